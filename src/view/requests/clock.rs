//! Time that passes: redrawn every second by itself, so that nothing else is.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use js_sys::Date;
use yew::platform::spawn_local;
use yew::platform::time::sleep;
use yew::prelude::*;

use crate::text::LanguageText;
use console_core::{Language, Millis, Trouble};

/// What a clock is drawn from.
#[derive(PartialEq, Properties)]
pub struct ClockProps {
    /// The language of the page.
    pub language: Language,
    /// Since when it counts.
    pub since: Millis,
    /// What it says of the time.
    pub says: Says,
}

/// What a clock says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    /// The time since the request.
    Elapsed,
    /// How long nothing was heard.
    Trouble(Trouble),
}

/// A clock.
#[component]
pub fn Clock(props: &ClockProps) -> Html {
    let redraw = use_force_update();
    use_effect_with((), move |()| {
        let is_drawn = Rc::new(Cell::new(true));
        let still_drawn = Rc::clone(&is_drawn);
        spawn_local(async move {
            loop {
                sleep(Duration::from_secs(1)).await;
                if !still_drawn.get() {
                    break;
                }
                redraw.force_update();
            }
        });
        move || is_drawn.set(false)
    });
    let text = props.language.request_text();
    #[allow(clippy::cast_possible_truncation, reason = "milliseconds since 1970 are far below 2^53")]
    let seconds = Millis(Date::now() as i64).since(props.since) / 1000;
    match props.says {
        Says::Elapsed => {
            let minutes = format!("{}:{:02}", seconds / 60, seconds % 60);
            html! { <p>{ format!("{}: ", text.follow.elapsed) }<span role="timer" aria-live="off">{ minutes }</span></p> }
        }
        Says::Trouble(trouble) => html! { <p class="warning">{ (text.follow.trouble)(trouble, seconds) }</p> },
    }
}
