//! What became of the request. The regions that a screen reader listens to stand there from the start; only their content
//! changes, and they have what happened and nothing more: the parts of an answer stand beside them, to be read at leisure.

use yew::prelude::*;

use super::{ANSWER, Frame};
use crate::text::LanguageText;
use console_core::{Part, Phase, State};

/// What became of a request, taken apart by how it is told.
#[derive(Default)]
pub struct Told {
    /// Class of its card.
    pub tone: Option<&'static str>,
    /// Told when the user isn't expected to act.
    pub status: Html,
    /// Told when the user is.
    pub alert: Html,
    /// Not told, only shown.
    pub more: Html,
    /// The answer as it came.
    pub raw: Html,
}

pub(super) fn outcome(frame: &Frame, state: &State) -> Html {
    let Told { tone, status, alert, more, raw } = told(frame, state);
    html! {
        <section id={ANSWER} class="outcome" aria-labelledby="outcome-heading">
            <h2 id="outcome-heading">{ frame.language.text().answer }</h2>
            <div ~className={["card ", tone.unwrap_or_default()].concat()}>
                <div role="status">{ status }</div>
                <div role="alert">{ alert }</div>
                { more }
            </div>
            { raw }
        </section>
    }
}

fn told(frame: &Frame, state: &State) -> Told {
    let text = frame.language.text();
    let nothing_yet = Told { status: html! { <p class="quiet">{ text.nothing_yet }</p> }, ..Told::default() };
    match (&state.phase, frame.drawing) {
        _ if state.holds_something() => underway(text.page.part_underway.to_owned(), Html::default()),
        _ if state.part == Part::Missing => {
            let alert = lines(text.page.part_missing, &[text.page.part_missing_detail]);
            Told { tone: Some("refused"), alert, ..Told::default() }
        }
        (Phase::Idle, _) => nothing_yet,
        (Phase::NotSent, _) => {
            // The summary of faults has the focus and tells it.
            let more = lines(text.not_sent, &[&(text.not_sent_detail)(state.remarks.faulty().count())]);
            Told { tone: Some("refused"), more, ..Told::default() }
        }
        (_, Some(drawing)) => (drawing.outcome)(frame, state),
        (_, None) => Told::default(),
    }
}

/// A heading and what it means.
pub(super) fn lines(heading: &'static str, details: &[&str]) -> Html {
    html! { <><h3>{ heading }</h3>{ for details.iter().map(|detail| html! { <p>{ (*detail).to_owned() }</p> }) }</> }
}

/// Something that takes its time.
pub(super) fn underway(sentence: String, more: Html) -> Told {
    let status = html! {
        <>
            <div class="sending">
                <span class="spinner" aria-hidden="true"></span>
                <p>{ sentence }</p>
            </div>
            { more }
        </>
    };
    Told { tone: Some("underway"), status, ..Told::default() }
}
