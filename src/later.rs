//! The later part of the program: everything that isn't needed before there is something to send. All code that is only
//! reachable through [`LaterPart`] is in a file of its own, see [`crate::lazy`].

use console_core::{Action, Effect, Language, Model, Now, WorkEffect};

use crate::runtime::{self, Runtime};
use crate::view::Sections;
use crate::view::later::LaterSections;

/// The interface of the later part.
pub trait Later {
    /// Handles an action of the later part.
    fn update(&self, model: &mut Model, action: Action, now: Now) -> Vec<Effect>;
    /// Carries out an effect of the later part.
    fn run(&self, runtime: &mut Runtime, effect: WorkEffect, language: Language);
    /// The sections that it draws.
    fn sections(&self) -> &'static dyn Sections;
}

/// The later part itself.
pub struct LaterPart;

impl Later for LaterPart {
    fn update(&self, model: &mut Model, action: Action, now: Now) -> Vec<Effect> {
        model.update_later(action, now, runtime::parse_json)
    }

    fn run(&self, runtime: &mut Runtime, effect: WorkEffect, language: Language) {
        runtime::later::run(runtime, effect, language);
    }

    fn sections(&self) -> &'static dyn Sections {
        &LaterSections
    }
}
