//! Elapsed and remaining times, in a separate component that redraws every second.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use yew::platform::spawn_local;
use yew::platform::time::sleep;
use yew::prelude::*;

use crate::clock::now;
use crate::text::LanguageText;
use console_core::{Blocker, Language, Monotonic};

/// The properties of a clock.
#[derive(PartialEq, Properties)]
pub struct ClockProps {
    /// The language of the page.
    pub language: Language,
    /// The moment from which, or to which, it counts.
    pub moment: Monotonic,
    /// What the time means.
    pub says: Says,
}

/// What a time means.
#[derive(Clone, Debug, PartialEq)]
pub enum Says {
    /// The time since the request.
    Elapsed,
    /// The time without an answer, and the reason.
    Unheard(Blocker),
    /// How long a server may still be processing the request.
    Closes,
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
    let text = props.language.later_text();
    let seconds = now().monotonic.since(props.moment).max(0) / 1000;
    match &props.says {
        Says::Elapsed => {
            let minutes = format!("{}:{:02}", seconds / 60, seconds % 60);
            html! { <p>{ [text.follow.elapsed, props.language.text().punctuation.colon].concat() }<span role="timer" aria-live="off">{ minutes }</span></p> }
        }
        Says::Unheard(blocker) => html! { <p class="warning">{ (text.creation.unheard)(blocker, seconds) }</p> },
        Says::Closes => {
            // Rounded up: before the moment is reached, some time is left.
            let left = (props.moment.since(now().monotonic) + 999).div_euclid(1000);
            html! { <p class="note">{ (text.creation.closes)(left) }</p> }
        }
    }
}
