//! Ties state, view and client together: actions go in, effects are carried out. It decides nothing.

use wasm_bindgen::JsValue;
use yew::platform::spawn_local;
use yew::prelude::*;

use crate::client::{self, InFlight};
use crate::state::{Action, Copied, Effect, Focus, Language, State, Success};
use crate::view;

/// How long the page waits for an answer unless the page says otherwise, in milliseconds: longer than gateways wait for
/// the service behind them, so that their answer comes first.
const TIME_LIMIT: u32 = 60_000;

/// Mounts the console on the element `#console` of the page. The element's attribute `data-time-limit` can set another
/// time limit for requests, in milliseconds.
pub fn mount_on_page() {
    let Some(element) = gloo_utils::document().get_element_by_id("console") else { return };
    let time_limit = element.get_attribute("data-time-limit").and_then(|text| text.parse().ok());
    let properties = Settings { time_limit: time_limit.unwrap_or(TIME_LIMIT) };
    yew::Renderer::<Console>::with_root_and_props(element, properties).render();
}

/// What the page that hosts the console can set.
#[derive(Clone, PartialEq, Properties)]
pub struct Settings {
    /// How long to wait for an answer, in milliseconds.
    pub time_limit: u32,
}

/// The console.
pub struct Console {
    state: State,
    dispatch: Callback<Action>,
    in_flight: Option<InFlight>,
    focus: Option<Focus>,
    reveals_answer: bool,
}

impl Component for Console {
    type Message = Action;
    type Properties = Settings;

    fn create(context: &Context<Self>) -> Self {
        let preferred = gloo_utils::window().navigator().language().unwrap_or_default();
        let state = State::new(Language::of_tag(&preferred));
        set_language(state.language);
        Self {
            state,
            dispatch: context.link().callback(|action| action),
            in_flight: None,
            focus: None,
            reveals_answer: false,
        }
    }

    fn update(&mut self, context: &Context<Self>, action: Action) -> bool {
        for effect in self.state.update(action) {
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
    }
}

impl Console {
    fn carry_out(&mut self, context: &Context<Self>, effect: Effect) {
        match effect {
            Effect::Send { attempt, connection, backup, language } => {
                let link = context.link().clone();
                let report = move |result| link.send_message(Action::Answered { attempt, result });
                let time_limit = context.props().time_limit;
                match client::create_backup(&connection, &backup, language, time_limit, report) {
                    Ok(in_flight) => self.in_flight = Some(in_flight),
                    Err(reason) => context.link().send_message(Action::Answered { attempt, result: Err(reason) }),
                }
            }
            Effect::Abort => self.in_flight = None,
            // The element may be drawn only now.
            Effect::Focus(target) => self.focus = Some(target),
            Effect::RevealAnswer => self.reveals_answer = true,
            Effect::Copy(what, text) => copy(what, &text, self.dispatch.clone()),
            Effect::SetLanguage(language) => set_language(language),
        }
    }
}

fn set_language(language: Language) {
    let document = gloo_utils::document();
    document.set_title(language.text().title);
    if let Some(root) = document.document_element() {
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
