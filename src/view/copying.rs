//! A button that copies, and what became of it.

use yew::prelude::*;

use super::ViewCx;
use super::button::Button;
use console_core::{Action, CopyTarget, State};

/// The button; `thing` is what it copies where its words don't say so.
pub(super) fn copying(
    cx: &ViewCx,
    state: &State,
    what: CopyTarget,
    thing: Option<&'static str>,
    words: &'static str,
) -> Html {
    let done = state.copied.filter(|(copied, _)| *copied == what);
    let done = done.zip(cx.drawing).map(|((what, success), drawing)| (drawing.copied)(state, what, success));
    let name = thing.map(|thing| AttrValue::from([words, ": ", thing].concat()));
    html! {
        <span ~className={if thing.is_some() { "copy small" } else { "copy" }}>
            { Button { name, ..Button::new(words, move || Action::CopyPressed(what)) }.draw(cx) }
            <span role="status">{ done }</span>
        </span>
    }
}
