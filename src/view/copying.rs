//! A button that copies, and what became of it.

use yew::prelude::*;

use super::Frame;
use super::button::Button;
use console_core::{Action, Copied, State};

/// The button; `thing` is what it copies where its words don't say so.
pub(super) fn copying(
    frame: &Frame,
    state: &State,
    what: Copied,
    thing: Option<&'static str>,
    words: &'static str,
) -> Html {
    let done = state.copied.filter(|(copied, _)| *copied == what);
    let done = done.zip(frame.drawing).map(|((what, success), drawing)| (drawing.copied)(state, what, success));
    let name = thing.map(|thing| AttrValue::from([words, ": ", thing].concat()));
    html! {
        <span ~className={if thing.is_some() { "copy small" } else { "copy" }}>
            { Button { name, ..Button::new(words, move || Action::CopyPressed(what)) }.draw(frame) }
            <span role="status">{ done }</span>
        </span>
    }
}
