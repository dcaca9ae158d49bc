//! Draws the state and sends actions. It judges nothing and fetches nothing.

mod backup;
mod connection;
mod counter;
mod databases;
mod field;
mod header;
mod outcome;

use contract::rules::Field;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::state::{Action, Focus, State};

/// What every piece of the form needs.
#[derive(Clone, PartialEq)]
pub struct Frame {
    /// The language of the page.
    pub language: crate::state::Language,
    /// Whether the form can't be edited.
    pub is_locked: bool,
    /// Takes the actions.
    pub dispatch: Callback<Action>,
}

impl Frame {
    /// A callback that sends the same action whatever the event was.
    pub fn on<E>(&self, action: Action) -> Callback<E> {
        self.dispatch.reform(move |_| action.clone())
    }
}

/// The whole page.
pub fn page(state: &State, dispatch: &Callback<Action>) -> Html {
    let frame = Frame { language: state.language, is_locked: state.is_sending(), dispatch: dispatch.clone() };
    let submit = frame.dispatch.reform(|event: SubmitEvent| {
        event.prevent_default();
        Action::SubmitPressed
    });
    html! {
        <>
            { header::header(&frame) }
            <main class="columns">
                <form class="form" novalidate=true autocomplete="off" onsubmit={submit}>
                    { connection::connection(&frame, &state.form, &state.remarks) }
                    { backup::backup(&frame, &state.form, &state.remarks) }
                    { actions(&frame) }
                </form>
                { outcome::outcome(&frame, state) }
            </main>
        </>
    }
}

fn actions(frame: &Frame) -> Html {
    let text = frame.language.text();
    html! {
        <div class="actions">
            // Not `disabled`, which would take the focus away.
            <button id={SUBMIT} type="submit" class="primary" aria-disabled={frame.is_locked.then_some("true")}>
                { text.create_backup }
            </button>
            if frame.is_locked {
                <button type="button" onclick={frame.on(Action::CancelPressed)}>{ text.cancel }</button>
            }
        </div>
    }
}

const SUBMIT: &str = "create-backup";
const ADD_DATABASE: &str = "add-database";

/// The `id` of a field's input.
pub(crate) fn id_of(field: Field) -> String {
    match field {
        Field::Database(index) => format!("field-database-{index}"),
        _ => format!("field-{}", crate::text::api_name(field)),
    }
}

/// Moves the focus.
pub fn focus(target: Focus) {
    let id = match target {
        Focus::Field(field) => id_of(field),
        Focus::AddDatabase => ADD_DATABASE.to_owned(),
        Focus::Submit => SUBMIT.to_owned(),
    };
    let element =
        gloo_utils::document().get_element_by_id(&id).and_then(|element| element.dyn_into::<HtmlElement>().ok());
    if let Some(element) = element {
        // An element that can't take the focus leaves it where it is.
        let _ = element.focus();
    }
}
