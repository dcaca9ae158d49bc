//! The console as a part of a host page: the basis of `module/index.js`. Each console draws into a node that the script
//! provides, a shadow root, and sends events and requests to its host.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
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

/// A console in a host page. [`Mounted::unmount`] ends it.
#[wasm_bindgen]
pub struct Mounted {
    root: Option<Root>,
    host: Rc<HostPage>,
    supplies_token: bool,
}

/// Draws a console into `parent`. It reports its backups to `host`, and asks `supply`, if given, for tokens: a function
/// that takes an object with `endpoint` and `project_id`, and returns the token or a promise of it. `options` has the
/// keys of `config.json`.
///
/// # Errors
/// If the browser can't create an element.
#[wasm_bindgen]
pub fn draw(parent: &Node, host: Element, options: &JsValue, supply: Option<Function>) -> Result<Mounted, JsValue> {
    silence_panic_message();
    lazy::provide_built_in();
    let root = Root::take()?;
    parent.append_child(&root.element)?;
    let supplies_token = supply.is_some();
    let host = Rc::new(HostPage { host, supply });
    let mut mounted = Mounted { root: Some(root), host, supplies_token };
    mounted.set(options);
    Ok(mounted)
}

#[wasm_bindgen]
impl Mounted {
    /// Sets other options; omitted ones are reset to their defaults. What was typed stays.
    pub fn set(&mut self, options: &JsValue) {
        let Some(root) = &mut self.root else { return };
        let (options, option_faults) = options_of(Some(&json_from_js(options)));
        let preferred = gloo_utils::window().navigator().language().unwrap_or_default();
        let startup_context = Rc::new(Cell::new(StartupContext {
            missing_language: None,
            language: options.language.unwrap_or_else(|| Language::of_tag(&preferred)),
            theme: options.theme.unwrap_or_default(),
            address: PageAddress::new(&gloo_utils::window().location().href().unwrap_or_default()),
            policy: call_policy(),
            is_embedded: true,
            supplies_token: self.supplies_token,
            options,
            option_faults,
        }));
        let host = Rc::clone(&self.host) as Rc<dyn Host>;
        let props =
            ConsoleProps { startup_context, element: root.element.clone(), host, prerender_input: Rc::default() };
        root.app.update(PlaceProps { console: Some(props), number: root.number });
    }

    /// Ends the console: aborts what is under way, frees its state, and removes its element from the page.
    pub fn unmount(&mut self) {
        if let Some(root) = self.root.take() {
            root.give_back();
        }
    }
}

/// The host page.
struct HostPage {
    host: Element,
    supply: Option<Function>,
}

impl Host for HostPage {
    fn notify(&self, event: &HostEvent) {
        let (name, detail) = match event {
            HostEvent::Created(record) => ("backup-created", object_from(&receipt_of(record))),
            HostEvent::Finished(record) => ("backup-finished", object_from(&receipt_of(record))),
            HostEvent::Refused(record) => ("backup-refused", refusal(record)),
        };
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
        let answer = self.supply.as_ref().map(|supply| supply.call1(&JsValue::UNDEFINED, &question));
        spawn_local(async move {
            let token = match answer {
                Some(Ok(answer)) => JsFuture::from(Promise::resolve(&answer)).await.ok(),
                Some(Err(_)) | None => None,
            };
            supplied.emit(token.and_then(|token| token.as_string()).map(Secret::new));
        });
    }

    fn set_theme(&self, theme: Theme) {
        // Setting an attribute of this name can't fail.
        let _ = self.host.set_attribute("data-theme", theme.word());
    }
}

fn refusal(record: &Record) -> JsValue {
    let detail = Object::new();
    set(&detail, "name", record.backup.name.as_deref().unwrap_or_default());
    set(&detail, "instance_id", &record.instance_id);
    set(&detail, "outcome", record.outcome);
    detail.into()
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
