//! Brings back what the page itself has replaced in a field: by a suggested name, by the parts of a pasted URL, by the token of
//! a pasted header block. A browser drops what it could undo in a field whose text a program sets, so Ctrl+Z in the field is
//! the page's to answer, as long as nothing was typed there since.

use std::rc::Rc;

use contract::rules::{Field, normalize};
use contract::secret::Secret;

use super::action::Input;
use super::replaced_step::{Replaced, Seen, SeenToken, Step};
use super::state::Form;
use super::undo_step::UndoStep;
use crate::action::Action;
use crate::cx::Cx;
use crate::effect::Focus;
use crate::page::action::PageAction;

/// How many texts are kept.
const MAX_STEPS: usize = 30;

impl Form {
    /// From now on, what the page replaces can be brought back. What was typed or pasted last, before that, may have been
    /// replaced already, and so may the token, which then took the place of nothing.
    pub(crate) fn begin_to_watch_replacements(&mut self) {
        let mut seen = self.seen();
        seen.token = SeenToken::default();
        if let Some(typed) = self.replacements.typed.take() {
            let known = seen.texts.iter_mut().find(|(field, text)| *field == typed.field && *text != typed.text);
            if let Some((_, text)) = known {
                *text = typed.before;
            }
        }
        self.replacements.seen = Some(seen);
    }

    /// An action is done: keeps what the page has replaced in its course.
    pub(crate) fn watch_replacements(&mut self) {
        let now = self.seen();
        let typed = self.replacements.typed.take();
        let Some(seen) = self.replacements.seen.replace(now.clone()) else { return };
        if let Some(typed) = &typed {
            self.replacements.steps.retain(|step| !step.replaced.is_in(typed.field));
        }
        let action = self.replacements.steps.last().map_or(0, |step| step.action + 1);
        let is_typed = |field: Field, text: &Rc<str>| {
            typed.as_ref().is_some_and(|typed| typed.field == field && typed.text == *text)
        };
        let texts = seen.texts.into_iter().zip(now.texts);
        // Blanks at the ends that were removed aren't missed.
        let changed = texts
            .filter(|((field, before), (_, after))| normalize(before) != normalize(after) && !is_typed(*field, after));
        let mut replaced: Vec<Replaced> =
            changed.map(|((field, before), (_, after))| Replaced::Text { field, before, after }).collect();
        if typed.is_some_and(|typed| typed.field == Field::Databases) {
            replaced.push(Replaced::Databases { before: seen.databases, after: now.databases });
        }
        if seen.token.generation != now.token.generation {
            self.replacements.forget_token();
            // A token that is typed key by key isn't complete before its field is left.
            if self.token_is_complete && !self.token.text.is_empty() && !self.token_is_supplied() {
                replaced.push(Replaced::Token { before: seen.token, after: now.token.generation });
            }
        }
        let steps = &mut self.replacements.steps;
        steps.extend(replaced.into_iter().map(|replaced| Step { replaced, action }));
        let surplus = steps.len().saturating_sub(MAX_STEPS);
        steps.drain(..surplus);
    }

    /// Whether Ctrl+Z in a field is for the page: what stands there is what the page has put there.
    pub fn undoes_in(&self, field: Field) -> bool {
        let step = self.replacements.steps.iter().rev().find(|step| step.replaced.is_in(field));
        step.is_some_and(|step| match &step.replaced {
            Replaced::Text { after, .. } => self.entry(field).is_some_and(|entry| entry.text == *after),
            Replaced::Databases { after, .. } => self.databases == *after,
            Replaced::Token { after, .. } => self.token_generation == *after,
        })
    }

    /// Ctrl+Z in a field: brings back what stood there. Nothing else changes, but for the project ID that came into the form with
    /// the endpoint, in one URL.
    pub(crate) fn undo_in(&mut self, field: Field, cx: &mut Cx) {
        let Some(action) = self.undo_one(field, cx) else { return };
        let is_same = |step: &Step| step.action == action && step.replaced.is_in(Field::ProjectId);
        if field == Field::Endpoint && self.undoes_in(Field::ProjectId) && self.replacements.steps.iter().any(is_same) {
            self.undo_one(Field::ProjectId, cx);
        }
        // What a button could bring back may stand there again.
        let (draft, steps) = (self.to_draft(), self.undo.len());
        self.undo.retain(|step| !matches!(step, UndoStep::Form { before, .. } if *before == draft));
        if self.undo.len() < steps {
            cx.then(Action::Page(PageAction::FormRestored));
            if let Some(step) = self.undo.last() {
                cx.notice(step.notice());
            }
        }
    }

    /// Brings back what was replaced last in a field, and says with which action it was replaced.
    fn undo_one(&mut self, field: Field, cx: &mut Cx) -> Option<u32> {
        if !self.undoes_in(field) {
            return None;
        }
        let index = self.replacements.steps.iter().rposition(|step| step.replaced.is_in(field))?;
        let Step { replaced, action } = self.replacements.steps.remove(index);
        match replaced {
            Replaced::Text { before, .. } => {
                self.leave_filled(field);
                self.edit(field, before.to_string(), Input::Restored);
            }
            Replaced::Databases { before, .. } => {
                let last = before.len().checked_sub(1);
                self.databases = before;
                let index = if let Field::Database(index) = field { index } else { 0 };
                cx.focus(last.map_or(Focus::AddDatabase, |last| Focus::Field(Field::Database(index.min(last)))));
            }
            // As if it were deleted by hand.
            Replaced::Token { before, .. } if before.text.is_empty() => {
                self.token_edited(Secret::default(), Input::Restored, cx);
            }
            Replaced::Token { before, .. } => {
                self.edit_token(before.text, Input::Restored);
                self.normalize_field(Field::Token);
                (self.token_for, self.token_project) = (before.given_for, before.project);
            }
        }
        // What was brought back isn't replaced: the same key brings back what stood there before that.
        let now = self.seen();
        if let Some(seen) = &mut self.replacements.seen {
            seen.databases = now.databases;
            seen.token = now.token;
            for (known, new) in seen.texts.iter_mut().zip(now.texts).filter(|(known, _)| known.0 == field) {
                *known = new;
            }
        }
        Some(action)
    }

    /// The fields as they are now.
    fn seen(&self) -> Seen {
        let texts = Field::SINGLE.into_iter().filter_map(|field| Some((field, self.entry(field)?.text.clone())));
        Seen {
            texts: texts.collect(),
            databases: self.databases.clone(),
            token: SeenToken {
                generation: self.token_generation,
                text: self.token.text.clone(),
                given_for: self.token_for.clone(),
                project: self.token_project.clone(),
            },
        }
    }
}
