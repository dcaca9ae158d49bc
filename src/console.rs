//! Ties state, view and client together: actions go in, effects are carried out. It decides nothing.

pub(crate) mod requests;

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use contract::json::Json;
use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{Element, Storage};
use yew::platform::spawn_local;
use yew::platform::time::sleep;
use yew::prelude::*;

use crate::client::{self, InFlight};
use crate::clock::now;
use crate::parts;
use crate::requests::Requests;
use crate::text::LanguageText;
use crate::view::{self, PrerenderInput};
use console_core::{
    Act, Action, CallPolicy, Effect, Failed, Focus, HostEvent, Kept, Language, OptionFault, Options, Problem,
    StartupContext, State, Target, Theme, Ticket, Visibility,
};
use contract::secret::Secret;

/// Where the browser keeps the language that was chosen.
const LANGUAGE: &str = "rds-backup-console.language";
/// Where it keeps the colours.
const THEME: &str = "rds-backup-console.theme";
/// Where the tab keeps what was typed. The token is no part of it.
const DRAFT: &str = "rds-backup-console.draft";
/// Where the tab keeps what is under way. It has no token either.
const MARKER: &str = "rds-backup-console.underway";
/// The settings, beside the page.
const OPTIONS: &str = "config.json";

/// Mounts the console on the element `#console` of the page, with the settings of `config.json`.
pub fn mount_on_page() {
    let Some(element) = gloo_utils::document().get_element_by_id("console") else { return };
    silence_panic_message();
    spawn_local(async move {
        let (options, option_faults) = match client::beside_the_page(OPTIONS).await {
            Ok(None) => (Options::default(), Vec::new()),
            Ok(Some(text)) => options_of(client::settings(&text).as_ref()),
            Err(_) => Options::without(Problem::NotLoaded),
        };
        let window = gloo_utils::window();
        let preferred = window.navigator().language().unwrap_or_default();
        let language = kept(LANGUAGE).map(|tag| Language::of_tag(&tag)).or(options.language);
        let language = language.unwrap_or_else(|| Language::of_tag(&preferred));
        // Should they be missing, the page is there in English, and its reader can choose again.
        let language = parts::sentences(language).await.map_or_else(|_| Language::default(), |()| language);
        let startup_context = StartupContext {
            language,
            theme: kept(THEME).and_then(|word| Theme::of_word(&word)).or(options.theme).unwrap_or_default(),
            address: window.location().href().unwrap_or_default().split('#').next().unwrap_or_default().to_owned(),
            policy: call_policy(),
            options,
            option_faults,
            is_embedded: false,
            supplies_token: false,
        };
        // Drawing is a task of its own, so that a key that is pressed now needn't wait for the start as well.
        sleep(Duration::ZERO).await;
        let prerender_input = Rc::new(Cell::new(view::prerender_input(&element)));
        let startup_context = Rc::new(Cell::new(startup_context));
        let settings = Settings { startup_context, element: element.clone(), host: Rc::new(OwnPage), prerender_input };
        yew::Renderer::<Console>::with_root_and_props(element, settings).render();
    });
}

/// What the document says of calls: it is the page's own, or that of whoever has the console in theirs. A policy that comes
/// as a header no script can read; the client hears what that forbids.
pub fn call_policy() -> CallPolicy {
    let metas = gloo_utils::document().get_elements_by_tag_name("meta");
    let policies = (0..metas.length()).filter_map(|index| {
        let meta = metas.item(index)?;
        let is_policy = meta.get_attribute("http-equiv")?.eq_ignore_ascii_case("content-security-policy");
        meta.get_attribute("content").filter(|_| is_policy)
    });
    let origin = gloo_utils::window().location().origin().unwrap_or_default();
    CallPolicy::new(origin, policies.collect())
}

/// The settings that JSON has.
pub fn options_of(json: Option<&Json>) -> (Options, Vec<OptionFault>) {
    json.map_or_else(|| Options::without(Problem::Unreadable), Options::read)
}

thread_local! {
    /// Where consoles are drawn, to say so if they break.
    static DRAWN: RefCell<Vec<Element>> = const { RefCell::new(Vec::new()) };
}

/// Nothing is said of a panic itself: its message may quote what was typed. What the page shows then is
/// [`show_that_it_broke`].
pub fn silence_panic_message() {
    yew::set_custom_panic_hook(Box::new(|_| {}));
}

/// Shows a sentence in place of every console, should one ever break: all of them are of one program. The script that has
/// started the program calls this when it traps, which is how a panic ends.
#[wasm_bindgen]
pub fn show_that_it_broke() {
    let tag = gloo_utils::document().document_element().and_then(|root| root.get_attribute("lang")).unwrap_or_default();
    DRAWN.with(|drawn| {
        // What broke may have it in hand.
        for element in drawn.try_borrow().iter().flat_map(|drawn| drawn.iter()) {
            // Nothing is created and nothing asked of yew, which may be what broke.
            element.set_text_content(Some(Language::of_tag(&tag).text().broken));
            let _ = element.set_attribute("role", "alert");
            element.set_class_name("loading");
        }
    });
}

/// What stands around the console: its own page, or somebody else's.
pub trait Host {
    /// Tells what has happened.
    fn tell(&self, event: &HostEvent);
    /// Asks for the token of a target; `supplied` is called once.
    fn supply_token(&self, target: &Target, supplied: Callback<Option<Secret>>);
    /// Shows the colours that were chosen.
    fn set_theme(&self, theme: Theme);
}

/// The console's own page.
struct OwnPage;

impl Host for OwnPage {
    fn tell(&self, _: &HostEvent) {}

    fn supply_token(&self, _: &Target, supplied: Callback<Option<Secret>>) {
        supplied.emit(None);
    }

    fn set_theme(&self, theme: Theme) {
        if let Some(root) = gloo_utils::document().document_element() {
            // Setting an attribute of this name can't fail.
            let _ = root.set_attribute("data-theme", theme.word());
        }
    }
}

/// What a console is made with.
#[derive(Clone, Properties)]
pub struct Settings {
    /// What it finds when it starts, or is told anew. Taken from here: to compare or to copy settings takes more code than the
    /// form does.
    pub startup_context: Rc<Cell<StartupContext>>,
    /// Where it is drawn.
    pub element: Element,
    /// What stands around it.
    pub host: Rc<dyn Host>,
    /// What was done in its place before. Taken from here, since it may have the token.
    #[prop_or_default]
    pub prerender_input: Rc<Cell<PrerenderInput>>,
}

impl PartialEq for Settings {
    fn eq(&self, other: &Self) -> bool {
        self.element == other.element && Rc::ptr_eq(&self.startup_context, &other.startup_context)
    }
}

/// The console.
pub struct Console {
    state: State,
    settings: Settings,
    dispatch: Callback<Action>,
    requests: Rc<Cell<Option<&'static Requests>>>,
    /// A handful at a time.
    in_flight: Vec<(Ticket, InFlight)>,
    focus: Option<Focus>,
    reveals_answer: bool,
    title: String,
    asks_before_leaving: Rc<Cell<bool>>,
    _listeners: Vec<EventListener>,
}

impl Component for Console {
    type Message = Action;
    type Properties = Settings;

    fn create(context: &Context<Self>) -> Self {
        let settings = context.props().clone();
        DRAWN.with_borrow_mut(|drawn| drawn.push(settings.element.clone()));
        let state = State::new(settings.startup_context.take());
        settings.host.set_theme(state.theme);
        let asks_before_leaving = Rc::new(Cell::new(false));
        let mut listeners = vec![watch_visibility(context), forget_when_hidden(context)];
        let mut actions = Vec::new();
        if state.is_embedded {
            // Somebody else's page keeps links and drafts.
            actions.push(Action::Opened { fragment: String::new(), kept: None });
        } else {
            tell_document(state.language);
            listeners.push(ask_before_leaving(&asks_before_leaving));
            listeners.push(watch_address(context));
            let kept =
                |name| tab_storage().and_then(|storage| storage.get_item(name).ok().flatten()).unwrap_or_default();
            let kept = Kept { draft: kept(DRAFT), marker: kept(MARKER) };
            actions.push(Action::Opened { fragment: fragment(), kept: Some(kept) });
        }
        // What was typed just now counts more than what a link or a draft says.
        let prerender_input = settings.prerender_input.take();
        actions.extend(prerender_input.actions);
        let mut console = Self {
            state,
            settings,
            dispatch: context.link().callback(|action| action),
            requests: Rc::default(),
            in_flight: Vec::new(),
            focus: prerender_input.focus.map(Focus::Field),
            reveals_answer: false,
            title: String::new(),
            asks_before_leaving,
            _listeners: listeners,
        };
        // Before it is drawn for the first time, so that it isn't drawn twice.
        for action in actions {
            <Self as Component>::update(&mut console, context, action);
        }
        console
    }

    fn update(&mut self, context: &Context<Self>, action: Action) -> bool {
        match &action {
            Action::Responded { ticket, .. } => self.drop_request(*ticket),
            Action::LanguageChosen(language) if !parts::has_sentences(*language) => {
                load_sentences(context, *language);
                return false;
            }
            _ => {}
        }
        let act = self.requests.get().map_or(State::hold as Act, |requests| requests.act);
        let theme = self.state.theme;
        for effect in self.state.update_with(action, now(), act) {
            self.run_effect(context, effect);
        }
        if theme != self.state.theme {
            self.settings.host.set_theme(self.state.theme);
        }
        true
    }

    fn changed(&mut self, context: &Context<Self>, _: &Self::Properties) -> bool {
        let StartupContext { options, option_faults, .. } = context.props().startup_context.take();
        <Self as Component>::update(self, context, Action::OptionsSet(options, option_faults))
    }

    fn view(&self, _: &Context<Self>) -> Html {
        view::page(&self.state, &self.dispatch, self.drawing())
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        let element = &self.settings.element;
        if std::mem::take(&mut self.reveals_answer) {
            view::reveal_answer(element);
        }
        if let Some(target) = self.focus.take() {
            view::focus(element, target);
        }
        if self.state.is_embedded {
            return;
        }
        self.asks_before_leaving.set(self.state.has_something_underway());
        let title = view::title(&self.state, self.drawing());
        if title != self.title {
            gloo_utils::document().set_title(&title);
            self.title = title;
        }
    }

    fn destroy(&mut self, _: &Context<Self>) {
        DRAWN.with_borrow_mut(|drawn| drawn.retain(|element| *element != self.settings.element));
    }
}

impl Console {
    fn drawing(&self) -> Option<&'static view::Drawing> {
        self.requests.get().map(|requests| requests.drawing)
    }

    /// Nothing is waited for any more with this ticket: a request that is still under way is aborted.
    fn drop_request(&mut self, ticket: Ticket) {
        self.in_flight.retain(|(known, _)| *known != ticket);
    }

    fn run_effect(&mut self, context: &Context<Self>, effect: Effect) {
        let link = context.link().clone();
        match effect {
            Effect::Wait(ticket, milliseconds) => spawn_local(async move {
                sleep(Duration::from_millis(milliseconds.into())).await;
                link.send_message(Action::Waited(ticket));
            }),
            Effect::Abort(ticket) => self.drop_request(ticket),
            // The elements may be drawn only now.
            Effect::Focus(target) => self.focus = Some(target),
            Effect::RevealAnswer => self.reveals_answer = true,
            Effect::SetLanguage(language) => self.set_language(language),
            Effect::SetTheme(theme) => self.keep(THEME, theme.word()),
            // A tab that keeps nothing loses nothing else.
            Effect::KeepDraft(draft) => drop(tab_storage().map(|storage| storage.set_item(DRAFT, &draft))),
            Effect::KeepMarker(marker) => {
                let kept = tab_storage().is_some_and(|storage| storage.set_item(MARKER, &marker).is_ok());
                link.send_message(Action::MarkerKept(kept.then_some(()).ok_or(Failed)));
            }
            Effect::SetAddress(fragment) if !self.state.is_embedded => set_address(&fragment),
            Effect::SetAddress(_) => {}
            Effect::AskForToken(ticket, target) => {
                let supplied = self.dispatch.reform(move |token| Action::TokenSupplied(ticket, token));
                self.settings.host.supply_token(&target, supplied);
            }
            Effect::Notify(event) => self.settings.host.tell(&event),
            Effect::LoadPart => {
                let place = Rc::clone(&self.requests);
                spawn_local(async move {
                    place.set(parts::requests().await.ok());
                    let success = place.get().is_some().then_some(()).ok_or(Failed);
                    link.send_message(Action::PartLoaded(success));
                });
            }
            other => {
                if let Some(requests) = self.requests.get() {
                    (requests.run_effect)(self, context, other);
                }
            }
        }
    }

    fn set_language(&self, language: Language) {
        if !self.state.is_embedded {
            tell_document(language);
        }
        self.keep(LANGUAGE, language.tag());
    }

    /// Keeps a choice for the next visit; somebody else's page keeps its own.
    fn keep(&self, name: &str, value: &str) {
        if !self.state.is_embedded {
            // A browser that keeps nothing forgets this, too.
            drop(storage().map(|storage| storage.set_item(name, value)));
        }
    }
}

fn load_sentences(context: &Context<Console>, language: Language) {
    let link = context.link().clone();
    spawn_local(async move {
        let loaded = parts::sentences(language).await;
        link.send_message(loaded.map_or(Action::LanguageMissing(language), |()| Action::LanguageChosen(language)));
    });
}

fn watch_visibility(context: &Context<Console>) -> EventListener {
    let link = context.link().clone();
    EventListener::new(&gloo_utils::document(), "visibilitychange", move |_| {
        let visibility = if gloo_utils::document().hidden() { Visibility::Hidden } else { Visibility::Shown };
        link.send_message(Action::VisibilityChanged(visibility));
    })
}

/// A page that is put away keeps no token: the browser may show it again as it was.
fn forget_when_hidden(context: &Context<Console>) -> EventListener {
    let link = context.link().clone();
    EventListener::new(&gloo_utils::window(), "pagehide", move |_| link.send_message(Action::PageHidden))
}

fn ask_before_leaving(asks: &Rc<Cell<bool>>) -> EventListener {
    let asks = Rc::clone(asks);
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&gloo_utils::window(), "beforeunload", options, move |event| {
        if asks.get() {
            // The browser asks in its own words.
            event.prevent_default();
        }
    })
}

/// A link that is entered while the page is open.
fn watch_address(context: &Context<Console>) -> EventListener {
    let link = context.link().clone();
    EventListener::new(&gloo_utils::window(), "hashchange", move |_| {
        link.send_message(Action::Opened { fragment: fragment(), kept: None });
    })
}

/// What stands behind the `#` of the address.
fn fragment() -> String {
    gloo_utils::window().location().hash().unwrap_or_default()
}

/// Changes what stands behind the `#`, without a step in the browser's history: what stood there is gone.
fn set_address(fragment: &str) {
    let window = gloo_utils::window();
    let location = window.location();
    let page = location.pathname().unwrap_or_default() + &location.search().unwrap_or_default();
    let address = if fragment.is_empty() { page } else { format!("{page}#{fragment}") };
    if let Ok(history) = window.history() {
        // A page that is no document of a server (`file:`) keeps its address.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
    }
}

fn storage() -> Option<Storage> {
    gloo_utils::window().local_storage().ok().flatten()
}

fn tab_storage() -> Option<Storage> {
    gloo_utils::window().session_storage().ok().flatten()
}

fn kept(name: &str) -> Option<String> {
    storage()?.get_item(name).ok().flatten()
}

fn tell_document(language: Language) {
    if let Some(root) = gloo_utils::document().document_element() {
        // Setting an attribute of this name can't fail.
        let _ = root.set_attribute("lang", language.tag());
    }
}
