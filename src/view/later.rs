//! What the later part of the program draws: all that nobody needs before there is something to send.

mod answer;
mod backups;
mod buttons;
mod card;
mod chart;
mod clock;
mod counter;
mod instances;
mod others;
mod preview;
mod record;
mod summary;
mod timeline;

use std::rc::Rc;

use console_core::{CopyTarget, Failed, FieldRefusal, Language, Notice, State};
use contract::rules::token::Removed;
use contract::rules::{Violation, Warning};
use yew::prelude::*;

use super::cx::{Sections, ViewCx};
use super::outcome::{in_view, underway};
use super::outcome_view::OutcomeView;
use super::title::announcement;
use crate::text::LanguageText;

/// The sections of the later part.
pub struct LaterSections;

impl Sections for LaterSections {
    fn outcome(&self, cx: &ViewCx, state: &State) -> OutcomeView {
        match in_view(state) {
            Some(creation) => card::in_view(cx, state, creation),
            // The press waits for a token.
            None => underway(cx.language.later_text().token_awaited.to_owned(), Html::default()),
        }
    }

    fn others(&self, cx: &ViewCx, state: &State) -> Html {
        others::others(cx, state)
    }

    fn backups(&self, cx: &ViewCx, state: &State) -> Html {
        backups::backups(cx, state)
    }

    fn records(&self, cx: &ViewCx, state: &State) -> Html {
        record::records(cx, state)
    }

    fn request(&self, cx: &ViewCx, state: &State) -> Html {
        preview::request(cx, state)
    }

    fn instances(&self, cx: &ViewCx, state: &State) -> Html {
        instances::instances(cx, state)
    }

    fn databases(&self, cx: &ViewCx, state: &State) -> Html {
        instances::databases(cx, state)
    }

    fn counter(&self, language: Language, description: &Rc<str>) -> Html {
        counter::counter(language, description)
    }

    fn violation(&self, language: Language, violation: &Violation) -> String {
        (language.later_text().violation)(violation)
    }

    fn warning(&self, language: Language, warning: &Warning) -> String {
        (language.later_text().warning)(warning)
    }

    fn removed(&self, language: Language, removed: &[Removed]) -> String {
        (language.later_text().removed)(removed)
    }

    fn notice(&self, language: Language, notice: &Notice) -> String {
        (language.later_text().notice)(notice)
    }

    fn refused(&self, language: Language, refusal: FieldRefusal) -> &'static str {
        (language.later_text().field_refusal)(refusal)
    }

    fn copied(&self, state: &State, what: CopyTarget, result: Result<(), Failed>) -> Html {
        let sentence = (state.language.later_text().copied)(what, result);
        // A link that the browser doesn't copy stands nowhere else.
        let link = state.link_of(what).filter(|_| result.is_err());
        html! { <>{ sentence }{ for link.map(|link| html! { <>{ " " }<bdi class="note">{ link }</bdi></> }) }</> }
    }

    fn ended(&self, state: &State) -> Option<String> {
        state.work.newest_status().map(|(name, status)| announcement(state.language, name, status))
    }
}
