//! Time that passes: redrawn every second by itself, so that nothing else is.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use yew::platform::spawn_local;
use yew::platform::time::sleep;
use yew::prelude::*;

use crate::clock::now;
use crate::text::LanguageText;
use console_core::{Blocker, Language, Monotonic};

/// What a clock is drawn from.
#[derive(PartialEq, Properties)]
pub struct ClockProps {
    /// The language of the page.
    pub language: Language,
    /// From when, or to when, it counts.
    pub moment: Monotonic,
    /// What it says of the time.
    pub says: Says,
}

/// What a clock says.
#[derive(Clone, Debug, PartialEq)]
pub enum Says {
    /// The time since the request.
    Elapsed,
    /// How long nothing was heard, and what is in the way.
    Unheard(Blocker),
    /// How long a server may still be at it.
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
            html! { <p>{ format!("{}: ", text.follow.elapsed) }<span role="timer" aria-live="off">{ minutes }</span></p> }
        }
        Says::Unheard(blocker) => html! { <p class="warning">{ (text.creation.unheard)(blocker, seconds) }</p> },
        Says::Closes => {
            // Rounded up: while the time hasn't come, some is left.
            let left = (props.moment.since(now().monotonic) + 999).div_euclid(1000);
            html! { <p class="note">{ (text.creation.closes)(left) }</p> }
        }
    }
}
