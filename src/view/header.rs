//! Title and language switch.

use yew::prelude::*;

use super::Frame;
use crate::state::{Action, Language};

pub(super) fn header(frame: &Frame) -> Html {
    let text = frame.language.text();
    let choices = Language::ALL.into_iter().map(|language| {
        let is_chosen = language == frame.language;
        html! {
            <button
                type="button"
                lang={language.tag()}
                aria-pressed={if is_chosen { "true" } else { "false" }}
                onclick={frame.on(Action::LanguageChosen(language))}
            >
                { language.text().language_name }
            </button>
        }
    });
    html! {
        <header class="banner">
            <div>
                <h1>{ text.title }</h1>
                <p>{ text.subtitle }</p>
            </div>
            <div class="switch" role="group" aria-label={text.language}>{ for choices }</div>
        </header>
    }
}
