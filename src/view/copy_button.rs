//! A button that copies, and the result.

use yew::prelude::*;

use super::button::Button;
use super::cx::ViewCx;
use crate::text::LanguageText;
use console_core::{Action, CopyTarget, Model, ShareAction};

/// The button; `thing` names what it copies, if its label doesn't say so.
pub(super) fn copy_button(
    cx: &ViewCx,
    model: &Model,
    what: CopyTarget,
    thing: Option<&'static str>,
    words: &'static str,
) -> Html {
    let done = model.page.copied.filter(|(copied, _)| *copied == what);
    let done = done.zip(cx.later).map(|((what, success), sections)| sections.copied(cx, model, what, success));
    let (sentence, field) = done.unwrap_or_default();
    let name = thing.map(|thing| AttrValue::from(cx.language.text().punctuation.labelled(words, thing)));
    html! {
        <span ~className={if thing.is_some() { "copy small" } else { "copy" }}>
            { Button { name, ..Button::new(words, move || Action::Share(ShareAction::CopyPressed(what))) }.draw(cx) }
            <span role="status">{ sentence }</span>
            { field }
        </span>
    }
}
