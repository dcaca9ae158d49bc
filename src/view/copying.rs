//! A button that copies, and what became of it.

use yew::prelude::*;

use super::Frame;
use crate::state::{Action, Copied, State};

/// The button; `thing` is what it copies where its words don't say so.
pub(super) fn copying(
    frame: &Frame,
    state: &State,
    what: Copied,
    thing: Option<&'static str>,
    words: &'static str,
) -> Html {
    let done = state.copied.filter(|(copied, _)| *copied == what);
    let done =
        done.zip(frame.drawing).map(|((what, success), drawing)| (drawing.copied)(frame.language, what, success));
    html! {
        <span class={classes!("copy", thing.is_some().then_some("small"))}>
            <button type="button" aria-label={thing.map(|thing| format!("{words}: {thing}"))} onclick={frame.on(Action::CopyPressed(what))}>
                { words }
            </button>
            <span role="status">{ done }</span>
        </span>
    }
}
