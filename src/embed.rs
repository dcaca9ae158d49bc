//! The console as a part of a host page: the basis of `module/index.js`. Each console draws into a node that the script
//! provides, a shadow root, and sends events and requests to its host.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CustomEvent, CustomEventInit, Element, Node};
use yew::platform::spawn_local;
use yew::prelude::*;

use crate::app::{Console, ConsoleProps};
use crate::broken::silence_panic_message;
use crate::host::Host;
use crate::lazy;
use crate::mount::{call_policy, options_of};
use crate::runtime::{json_from_js, object_from};
use crate::text::receipt_of;
use console_core::{HostEvent, Language, PageAddress, Record, StartupContext, Target, Theme};
use contract::secret::Secret;

/// The attribute of the console's own element that states its colours.
const THEME_ATTRIBUTE: &str = "data-theme";

/// A console in a host page. [`Mounted::unmount`] ends it.
#[wasm_bindgen]
pub struct Mounted {
    console: Rc<EmbeddedConsole>,
}

/// What a console needs while it stands there.
struct EmbeddedConsole {
    /// `None` once it was ended.
    root: RefCell<Option<Root>>,
    host: Rc<HostPage>,
}

/// Draws a console into `parent`. It reports its backups to `host`, and asks `supply`, if given, for tokens: a function
/// that takes an object with `endpoint` and `project_id`, and returns the token or a promise of it. `options` has the
/// keys of `config.json`. The console is drawn once the sentences of its language are loaded, or can't be.
///
/// # Errors
/// If the browser can't create an element.
#[wasm_bindgen]
pub async fn draw(parent: Node, host: Element, options: JsValue, supply: Option<Function>) -> Result<Mounted, JsValue> {
    silence_panic_message();
    lazy::provide_built_in();
    let root = Root::take()?;
    let host = HostPage {
        host,
        root: root.element.clone(),
        has_theme: Cell::default(),
        supply: RefCell::new(supply),
        options: RefCell::new(options),
    };
    let console = EmbeddedConsole { root: RefCell::new(Some(root)), host: Rc::new(host) };
    let language = console.startup_context(None).language;
    let missing_language = lazy::load_sentences(language).await.err().map(|_| language);
    parent.append_child(&console.host.root)?;
    console.apply(missing_language);
    Ok(Mounted { console: Rc::new(console) })
}

#[wasm_bindgen]
impl Mounted {
    /// Sets other options; omitted ones are reset to their defaults. What was typed stays.
    pub fn set(&mut self, options: JsValue) {
        self.console.host.options.replace(options);
        self.console.apply(None);
    }

    /// Sets another supplier of tokens, or none. What is under way stays.
    pub fn set_token_supply(&mut self, supply: Option<Function>) {
        self.console.host.supply.replace(supply);
        self.console.apply(None);
    }

    /// Ends the console: aborts what is under way, frees its state, and removes its element from the page.
    pub fn unmount(&mut self) {
        if let Some(root) = self.console.root.take() {
            root.give_back();
        }
    }
}

impl EmbeddedConsole {
    /// Draws the console by the options as they are now.
    fn apply(&self, missing_language: Option<Language>) {
        let mut root = self.root.borrow_mut();
        let Some(root) = root.as_mut() else { return };
        let startup_context = self.startup_context(missing_language);
        self.host.has_theme.set(startup_context.options.theme.is_some());
        let startup_context = Rc::new(Cell::new(startup_context));
        let host = Rc::clone(&self.host) as Rc<dyn Host>;
        let props =
            ConsoleProps { startup_context, element: root.element.clone(), host, prerender_input: Rc::default() };
        root.app.update(PlaceProps { console: Some(props), number: root.number });
    }

    fn startup_context(&self, missing_language: Option<Language>) -> StartupContext {
        let (options, option_faults) = options_of(Some(&json_from_js(&self.host.options.borrow())));
        let language = options.language.unwrap_or_else(|| self.host.language());
        StartupContext {
            missing_language,
            language: if missing_language.is_some() { Language::default() } else { language },
            theme: options.theme.unwrap_or_default(),
            address: PageAddress::new(&gloo_utils::window().location().href().unwrap_or_default()),
            policy: call_policy(),
            is_embedded: true,
            supplies_token: self.host.supply.borrow().is_some(),
            options,
            option_faults,
        }
    }
}

/// The host page.
struct HostPage {
    /// The element that it gives to the console.
    host: Element,
    /// The element in the shadow root that the console is drawn in.
    root: Element,
    /// Whether it has set the colours; otherwise they are its own, unless the user chooses others.
    has_theme: Cell<bool>,
    /// The supplier of tokens.
    supply: RefCell<Option<Function>>,
    /// The options as they were set last.
    options: RefCell<JsValue>,
}

impl HostPage {
    /// The language of the page at the console's place, or else the browser's.
    fn language(&self) -> Language {
        let around = self.host.closest("[lang]").ok().flatten();
        // A shadow root ends the search.
        let around = around.or_else(|| gloo_utils::document().document_element());
        let stated = around.and_then(|element| element.get_attribute("lang")).filter(|tag| !tag.is_empty());
        let stated = stated.or_else(|| gloo_utils::window().navigator().language());
        Language::of_tag(&stated.unwrap_or_default())
    }
}

impl Host for HostPage {
    fn notify(&self, event: &HostEvent) {
        let (name, detail) = match event {
            HostEvent::Created(record) => ("backup-created", object_from(&receipt_of(record))),
            HostEvent::Finished(record) => ("backup-finished", object_from(&receipt_of(record))),
            HostEvent::Refused(record) => ("backup-refused", refusal(record)),
        };
        freeze(&detail);
        let init = CustomEventInit::new();
        init.set_detail(&detail);
        init.set_bubbles(true);
        init.set_composed(true);
        if let Ok(event) = CustomEvent::new_with_event_init_dict(name, &init) {
            // The console ignores whether a listener prevents the default.
            drop(self.host.dispatch_event(&event));
        }
    }

    fn token_provider(&self, target: &Target, supplied: Callback<Option<Secret>>) {
        let question = Object::new();
        set(&question, "endpoint", target.endpoint.typed());
        set(&question, "project_id", target.project_id.as_str());
        let supply = self.supply.borrow().clone();
        let answer = supply.map(|supply| supply.call1(&JsValue::UNDEFINED, &question));
        spawn_local(async move {
            let token = match answer {
                Some(Ok(answer)) => JsFuture::from(Promise::resolve(&answer)).await.ok(),
                Some(Err(_)) | None => None,
            };
            supplied.emit(token.and_then(|token| token.as_string()).map(Secret::new));
        });
    }

    fn set_theme(&self, theme: Theme) {
        // An attribute of the host's element could mean something to the page. Setting one of this name can't fail.
        let _ = if theme == Theme::System && !self.has_theme.get() {
            self.root.remove_attribute(THEME_ATTRIBUTE)
        } else {
            self.root.set_attribute(THEME_ATTRIBUTE, theme.word())
        };
    }
}

fn refusal(record: &Record) -> JsValue {
    let detail = Object::new();
    set(&detail, "name", record.backup.name.as_deref().unwrap_or_default());
    set(&detail, "instance_id", &record.instance_id);
    set(&detail, "outcome", record.outcome);
    detail.into()
}

/// Makes a value immutable, with all that it has: every listener gets the same.
fn freeze(value: &JsValue) {
    if let Some(object) = value.dyn_ref::<Object>() {
        Object::freeze(object);
        Object::values(object).for_each(&mut |part, _, _| freeze(&part));
    }
}

fn set(object: &Object, key: &str, value: &str) {
    // Setting a property of a fresh object can't fail.
    let _ = Reflect::set(object, &key.into(), &value.into());
}

/// An element with yew's listeners. Yew never removes these, so an unused element is kept for the next console.
struct Root {
    element: Element,
    app: yew::AppHandle<Place>,
    /// The number of the console in this element.
    number: u32,
}

thread_local! {
    static UNUSED: RefCell<Vec<Root>> = const { RefCell::new(Vec::new()) };
}

impl Root {
    fn take() -> Result<Self, JsValue> {
        if let Some(root) = UNUSED.with_borrow_mut(Vec::pop) {
            return Ok(root);
        }
        let element = gloo_utils::document().create_element("div")?;
        element.set_class_name("console-root");
        let props = PlaceProps { console: None, number: 0 };
        let app = yew::Renderer::<Place>::with_root_and_props(element.clone(), props).render();
        Ok(Self { element, app, number: 0 })
    }

    fn give_back(mut self) {
        self.number += 1;
        self.app.update(PlaceProps { console: None, number: self.number });
        self.element.remove();
        UNUSED.with_borrow_mut(|unused| unused.push(self));
    }
}

#[derive(Clone, PartialEq, Properties)]
struct PlaceProps {
    console: Option<ConsoleProps>,
    number: u32,
}

/// The content of a root: a console, or nothing.
#[component]
fn Place(props: &PlaceProps) -> Html {
    match props.console.clone() {
        Some(ConsoleProps { startup_context, element, host, .. }) => {
            html! { <Console key={props.number} {startup_context} {element} {host} /> }
        }
        None => Html::default(),
    }
}
