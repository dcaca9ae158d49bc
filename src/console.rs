//! Ties state, view and client together: actions go in, effects are carried out. It decides nothing.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::time::Duration;

use gloo_events::{EventListener, EventListenerOptions};
use js_sys::{Array, Date};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Notification, Url};
use yew::platform::spawn_local;
use yew::platform::time::sleep;
use yew::prelude::*;

use crate::client::{self, InFlight};
use crate::state::{
    Action, Copied, Effect, Focus, Format, Language, Limits, Millis, Row, State, Success, Ticket, Visibility, csv,
};
use crate::view;

/// How long the page waits for an answer, in milliseconds: longer than gateways wait for the service behind them, so
/// that their answer comes first.
const ANSWER: u32 = 60_000;
/// How long a backup whose answer was lost may take to appear in the list, in milliseconds.
const SETTLE: u32 = 60_000;

/// Milliseconds until a new backup's status is asked for.
const POLL: u32 = 2_000;
/// Milliseconds between two questions for a busy instance.
const INSTANCE: u32 = 5_000;
/// How long nobody may use the page before the token is forgotten, in milliseconds.
const IDLE: u32 = 30 * 60_000;

/// Mounts the console on the element `#console` of the page. Its attributes `data-time-limit`, `data-settle-time`,
/// `data-poll-time`, `data-instance-time` and `data-idle-time` can set other limits, in milliseconds.
pub fn mount_on_page() {
    let Some(element) = gloo_utils::document().get_element_by_id("console") else { return };
    let limit = |name: &str| element.get_attribute(name).and_then(|text| text.parse().ok());
    let limits = Limits {
        answer: limit("data-time-limit").unwrap_or(ANSWER),
        settle: limit("data-settle-time").unwrap_or(SETTLE),
        poll: limit("data-poll-time").unwrap_or(POLL),
        instance: limit("data-instance-time").unwrap_or(INSTANCE),
        // Browsers' timers go no further.
        idle: limit("data-idle-time").unwrap_or(IDLE).min(i32::MAX.cast_unsigned()),
    };
    let settings = Settings { limits };
    yew::set_custom_panic_hook(Box::new(|_| show_that_it_broke()));
    yew::Renderer::<Console>::with_root_and_props(element, settings).render();
}

/// Shows a sentence in place of the page, should it ever break. The message of the panic stays unsaid: it may quote what
/// was typed.
fn show_that_it_broke() {
    let document = gloo_utils::document();
    let tag = document.document_element().and_then(|root| root.get_attribute("lang")).unwrap_or_default();
    if let Some(element) = document.get_element_by_id("console") {
        // Nothing is created and nothing asked of yew, which may be what broke.
        element.set_text_content(Some(Language::of_tag(&tag).text().broken));
        let _ = element.set_attribute("role", "alert");
        element.set_class_name("loading");
    }
}

/// What the page that hosts the console can set.
#[derive(Clone, PartialEq, Properties)]
pub struct Settings {
    /// How long to wait for things.
    pub limits: Limits,
}

/// The console.
pub struct Console {
    state: State,
    dispatch: Callback<Action>,
    in_flight: BTreeMap<Ticket, InFlight>,
    focus: Option<Focus>,
    reveals_answer: bool,
    title: String,
    asks_before_leaving: Rc<Cell<bool>>,
    _listeners: [EventListener; 2],
}

impl Component for Console {
    type Message = Action;
    type Properties = Settings;

    fn create(context: &Context<Self>) -> Self {
        let preferred = gloo_utils::window().navigator().language().unwrap_or_default();
        let state = State::new(Language::of_tag(&preferred), context.props().limits);
        set_language(state.language);
        let link = context.link().clone();
        let visibility = EventListener::new(&gloo_utils::document(), "visibilitychange", move |_| {
            let is_hidden = gloo_utils::document().hidden();
            link.send_message(Action::VisibilityChanged(if is_hidden {
                Visibility::Hidden
            } else {
                Visibility::Shown
            }));
        });
        let asks_before_leaving = Rc::new(Cell::new(false));
        let asks = Rc::clone(&asks_before_leaving);
        let options = EventListenerOptions::enable_prevent_default();
        let leaving = EventListener::new_with_options(&gloo_utils::window(), "beforeunload", options, move |event| {
            if asks.get() {
                // The browser asks in its own words.
                event.prevent_default();
            }
        });
        Self {
            state,
            dispatch: context.link().callback(|action| action),
            in_flight: BTreeMap::new(),
            focus: None,
            reveals_answer: false,
            title: String::new(),
            asks_before_leaving,
            _listeners: [visibility, leaving],
        }
    }

    fn update(&mut self, context: &Context<Self>, action: Action) -> bool {
        if let Action::Answered { ticket, .. } = &action {
            self.in_flight.remove(ticket);
        }
        for effect in self.state.update(action, now()) {
            self.carry_out(context, effect);
        }
        true
    }

    fn view(&self, _: &Context<Self>) -> Html {
        view::page(&self.state, &self.dispatch)
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        if std::mem::take(&mut self.reveals_answer) {
            view::reveal_answer();
        }
        if let Some(target) = self.focus.take() {
            view::focus(target);
        }
        self.asks_before_leaving.set(self.state.has_something_underway());
        let title = view::title(&self.state);
        if title != self.title {
            gloo_utils::document().set_title(&title);
            self.title = title;
        }
    }
}

impl Console {
    fn carry_out(&mut self, context: &Context<Self>, effect: Effect) {
        let link = context.link().clone();
        match effect {
            Effect::Fetch { ticket, connection, call, language, time_limit } => {
                let report = move |result| link.send_message(Action::Answered { ticket, result });
                match client::call(&connection, &call, language, time_limit, report) {
                    Ok(in_flight) => {
                        self.in_flight.insert(ticket, in_flight);
                    }
                    Err(reason) => context.link().send_message(Action::Answered { ticket, result: Err(reason) }),
                }
            }
            Effect::Probe(ticket, endpoint) => {
                let report = move |reached| link.send_message(Action::Probed(ticket, reached));
                client::probe(&endpoint, self.state.time_limit(), report);
            }
            Effect::Wait(ticket, milliseconds) => spawn_local(async move {
                sleep(Duration::from_millis(milliseconds.into())).await;
                link.send_message(Action::Waited(ticket));
            }),
            Effect::Abort(ticket) => {
                self.in_flight.remove(&ticket);
            }
            // The elements may be drawn only now.
            Effect::Focus(target) => self.focus = Some(target),
            Effect::RevealAnswer => self.reveals_answer = true,
            Effect::Copy(what, text) => copy(what, &text, self.dispatch.clone()),
            Effect::SetLanguage(language) => set_language(language),
            Effect::AskForNotifications => ask_for_notifications(self.dispatch.clone()),
            Effect::Notify(name, status) => notify(&view::announcement(self.state.language, &name, &status)),
            Effect::Save(format, rows) => save(format, &rows),
        }
    }
}

fn now() -> Millis {
    #[allow(clippy::cast_possible_truncation, reason = "milliseconds since 1970 are far below 2^53")]
    Millis(Date::now() as i64)
}

fn ask_for_notifications(dispatch: Callback<Action>) {
    let Ok(asked) = Notification::request_permission() else {
        dispatch.emit(Action::NotificationsAnswered(Success::No));
        return;
    };
    spawn_local(async move {
        let answer = wasm_bindgen_futures::JsFuture::from(asked).await.ok().and_then(|answer| answer.as_string());
        let is_granted = answer.as_deref() == Some("granted");
        dispatch.emit(Action::NotificationsAnswered(if is_granted { Success::Yes } else { Success::No }));
    });
}

fn notify(text: &str) {
    // The page itself says the same: a browser that shows no notification takes nothing away.
    let _ = Notification::new(text);
}

/// Gives the user a file, as a link to it would.
fn save(format: Format, rows: &[Row]) {
    let (text, name, kind) = match format {
        Format::Json => (client::pretty_json(&rows), "backups.json", "application/json"),
        Format::Csv => (csv(rows), "backups.csv", "text/csv"),
    };
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let Ok(blob) = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &options) else { return };
    let Ok(url) = Url::create_object_url_with_blob(&blob) else { return };
    let anchor =
        gloo_utils::document().create_element("a").ok().and_then(|anchor| anchor.dyn_into::<HtmlAnchorElement>().ok());
    if let Some(anchor) = anchor {
        anchor.set_href(&url);
        anchor.set_download(name);
        anchor.click();
    }
    // The browser has the blob by now; the name isn't needed any more.
    let _ = Url::revoke_object_url(&url);
}

fn set_language(language: Language) {
    if let Some(root) = gloo_utils::document().document_element() {
        // Setting an attribute of this name can't fail.
        let _ = root.set_attribute("lang", language.tag());
    }
}

fn copy(what: Copied, text: &str, dispatch: Callback<Action>) {
    let clipboard = gloo_utils::window().navigator().clipboard();
    // Browsers leave it out on pages without https.
    if JsValue::is_undefined(&clipboard) {
        dispatch.emit(Action::CopyEnded(what, Success::No));
        return;
    }
    let written = wasm_bindgen_futures::JsFuture::from(clipboard.write_text(text));
    spawn_local(async move {
        let success = if written.await.is_ok() { Success::Yes } else { Success::No };
        dispatch.emit(Action::CopyEnded(what, success));
    });
}
