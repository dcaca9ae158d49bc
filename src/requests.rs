//! Everything that has to do with requests, as one table of functions: nobody needs it before something is to be sent, so it
//! is a part of the program that comes later (see [`crate::parts`]). Whatever only this table leads to is in that part.

use yew::Context;

use crate::console::{self, Console};
use crate::view::{self, Drawing};
use console_core::{Act, Effect, State};

/// What can be done about requests.
pub struct Requests {
    /// Decides.
    pub act: Act,
    /// Carries out what was decided.
    pub run_effect: fn(&mut Console, &Context<Console>, Effect),
    /// Draws.
    pub drawing: &'static Drawing,
}

/// All of it.
pub(crate) static REQUESTS: Requests = Requests {
    act: State::act_on_requests,
    run_effect: console::requests::run_effect,
    drawing: &view::requests::DRAWING,
};
