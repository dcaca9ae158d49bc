//! What is drawn of requests and all that comes of them. It comes as a part of the program, see [`crate::parts`].

mod backups;
mod buttons;
mod card;
mod chart;
mod clock;
mod counter;
mod instances;
mod others;
mod parts;
mod preview;
mod record;
mod summary;
mod timeline;

use yew::prelude::*;

use super::outcome::{OutcomeView, in_view, underway};
use super::{Drawing, ViewCx, announcement};
use crate::text::LanguageText;
use console_core::{CopyTarget, Failed, State};

/// Draws all of it.
pub(crate) static DRAWING: Drawing = Drawing {
    outcome,
    others: others::others,
    backups: backups::backups,
    records: record::records,
    request: preview::request,
    instances: instances::instances,
    databases: instances::databases,
    counter: counter::counter,
    violation: |language, violation| (language.request_text().violation)(violation),
    warning: |language, warning| (language.request_text().warning)(warning),
    removed: |language, removed| (language.request_text().removed)(removed),
    notice: |language, notice| (language.request_text().notice)(notice),
    refused: |language, refusal| (language.request_text().field_refusal)(refusal),
    copied,
    ended,
};

pub use record::receipt;

/// What became of the newest backup.
fn ended(state: &State) -> Option<String> {
    state.work.newest_status().map(|(name, status)| announcement(state.language, name, status))
}

/// What became of a copy. A link that the browser doesn't copy stands nowhere else.
fn copied(state: &State, what: CopyTarget, success: Result<(), Failed>) -> Html {
    let sentence = (state.language.request_text().copied)(what, success);
    let link = state.link_of(what).filter(|_| success.is_err());
    html! { <>{ sentence }{ for link.map(|link| html! { <>{ " " }<bdi class="note">{ link }</bdi></> }) }</> }
}

/// What became of the newest press; or that it waits for a token.
fn outcome(cx: &ViewCx, state: &State) -> OutcomeView {
    match in_view(state) {
        Some(creation) => card::in_view(cx, state, creation),
        None => underway(cx.language.request_text().token_awaited.to_owned(), Html::default()),
    }
}
