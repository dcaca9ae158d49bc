//! How many more characters the description may have: updated at every keystroke, and announced by screen readers once
//! typing pauses.

use std::rc::Rc;
use std::time::Duration;

use contract::rules::description::{MAX_DESCRIPTION_LENGTH, has_joined_characters, length};
use yew::platform::spawn_local;
use yew::platform::time::sleep;
use yew::prelude::*;

use crate::text::LanguageText;
use crate::view::backup::left;
use crate::view::mark::mark;
use console_core::Language;

/// Draws the counter. Until the later part is loaded, the form shows the number itself.
pub(super) fn counter(language: Language, value: &Rc<str>) -> Html {
    html! { <Counter {language} value={Rc::clone(value)} /> }
}

/// A pause in typing: long enough not to interrupt the user.
const PAUSE: Duration = Duration::from_secs(1);
/// Up to this many characters the limit isn't announced.
const QUIET_UP_TO: usize = MAX_DESCRIPTION_LENGTH * 3 / 4;

/// The properties of the counter.
#[derive(PartialEq, Properties)]
pub struct CounterProps {
    /// The language of the page.
    pub language: Language,
    /// The description as typed.
    pub value: Rc<str>,
}

/// The counter.
#[component]
pub fn Counter(props: &CounterProps) -> Html {
    mark("counter");
    let text = props.language.text();
    let used = length(&props.value);
    let left = left(props.language, &props.value);
    let spoken = use_state_eq(String::new);
    let newest = use_mut_ref(|| 0_u32);
    let to_speak = if used > QUIET_UP_TO { left.clone() } else { String::new() };
    {
        let spoken = spoken.clone();
        use_effect_with(to_speak, move |to_speak| {
            *newest.borrow_mut() += 1;
            let (mine, to_speak) = (*newest.borrow(), to_speak.clone());
            spawn_local(async move {
                sleep(PAUSE).await;
                if *newest.borrow() == mine {
                    spoken.set(to_speak);
                }
            });
        });
    }
    html! {
        <>
            <p ~className={if used > MAX_DESCRIPTION_LENGTH { "note over" } else { "note" }} aria-hidden="true">{ left }</p>
            <p class="unseen" role="status">{ (*spoken).clone() }</p>
            if has_joined_characters(&props.value) {
                <p class="note">{ text.joined_characters }</p>
            }
        </>
    }
}
