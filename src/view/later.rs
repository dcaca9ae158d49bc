//! Draws the later part: everything that isn't needed before there is something to send.

mod answer;
mod backups;
mod batch;
mod buttons;
mod card;
mod chart;
mod clock;
mod copy_by_hand;
mod counter;
mod instances;
mod others;
mod preview;
mod record;
mod rely;
mod summary;
mod timeline;
mod token;
mod undo_key;

use std::rc::Rc;

use console_core::{CopyTarget, Failed, FieldRefusal, Form, Language, Model, Notice};
use contract::cloud::PartialBackups;
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
    fn outcome(&self, cx: &ViewCx, model: &Model) -> OutcomeView {
        match in_view(model) {
            Some(creation) if creation.batch.is_some() => batch::in_view(cx, model, creation),
            Some(creation) => card::in_view(cx, model, creation),
            // The press waits for a token.
            None => underway(cx.language.later_text().token_awaited.to_owned(), Html::default()),
        }
    }

    fn others(&self, cx: &ViewCx, model: &Model) -> Html {
        others::others(cx, model)
    }

    fn backups(&self, cx: &ViewCx, model: &Model) -> Html {
        backups::backups(cx, model)
    }

    fn records(&self, cx: &ViewCx, model: &Model) -> Html {
        record::records(cx, model)
    }

    fn request(&self, cx: &ViewCx, model: &Model) -> Html {
        preview::request(cx, model)
    }

    fn selection(&self, cx: &ViewCx, model: &Model) -> Html {
        batch::selection(cx, model)
    }

    fn create(&self, language: Language, count: usize) -> String {
        (language.later_text().batch.create)(count)
    }

    fn instances(&self, cx: &ViewCx, model: &Model) -> Html {
        html! { <>{ instances::instances(cx, model) }{ batch::names(cx, model) }{ rely::overview(cx, model) }</> }
    }

    fn databases(&self, cx: &ViewCx, model: &Model) -> Html {
        instances::databases(cx, model)
    }

    fn databases_hint(&self, language: Language, form: &Form) -> Option<String> {
        let engines = form.partial_backups().engines;
        (engines != PartialBackups::of(None).engines).then(|| (language.later_text().lists.databases_hint)(engines))
    }

    fn individually(&self, cx: &ViewCx, model: &Model) -> Html {
        instances::individually(cx, &model.form)
    }

    fn endpoint(&self, cx: &ViewCx, model: &Model) -> Html {
        token::endpoint(cx, model)
    }

    fn token(&self, cx: &ViewCx, model: &Model) -> Html {
        token::token(cx, model)
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

    fn copied(&self, cx: &ViewCx, model: &Model, what: CopyTarget, result: Result<(), Failed>) -> (Html, Html) {
        let field = if result.is_err() { copy_by_hand::copy_by_hand(cx, model, what) } else { Html::default() };
        ((cx.language.later_text().copied)(what, result).into(), field)
    }

    fn undo_key(&self, cx: &ViewCx, model: &Model) -> Callback<KeyboardEvent> {
        undo_key::undo_key(cx, model)
    }

    fn ended(&self, model: &Model) -> Option<String> {
        model.work.headline().map(|ended| announcement(model.page.language, &ended))
    }
}
