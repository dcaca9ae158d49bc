//! Brings back what the page itself has replaced in a field: by a suggested name, by the parts of a pasted URL, by the token of
//! a pasted header block. A browser drops what it could undo in a field whose text a program sets, so Ctrl+Z in the field is
//! the page's to answer, as long as nothing was typed there since.

use std::rc::Rc;

use contract::rules::token::looks_like_token;
use contract::rules::{Field, normalize};
use contract::secret::Secret;

use super::action::Input;
use super::replaced_step::{Replaced, Seen, SeenToken};
use super::state::Form;
use super::undo_step::UndoStep;
use crate::action::Action;
use crate::cx::Cx;
use crate::effect::Focus;
use crate::page::action::PageAction;

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
        let (typed, text) = typed.map_or((None, Rc::default()), |typed| (Some(typed.field), typed.text));
        if let Some(field) = typed {
            self.replacements.forget(field);
        }
        self.replacements.action = self.replacements.steps.last().map_or(0, |step| step.action + 1);
        for ((field, before), (_, after)) in seen.texts.into_iter().zip(now.texts) {
            // Blanks at the ends that were removed aren't missed.
            let is_same = normalize(&before) == normalize(&after);
            // A token in the wrong field isn't kept behind the user's back.
            if !is_same && (typed != Some(field) || after != text) && !looks_like_token(&before) {
                self.replacements.keep(Replaced::Text { field, before, after });
            }
        }
        if typed == Some(Field::Databases) {
            self.replacements.keep(Replaced::Databases { before: seen.databases, after: now.databases });
        }
        if seen.token.generation != now.token.generation {
            self.replacements.forget(Field::Token);
            // A token that is typed key by key isn't complete before its field is left.
            if self.token_is_complete && !self.token.text.is_empty() && !self.token_is_supplied() {
                self.replacements.keep(Replaced::Token { before: seen.token, after: now.token.generation });
            }
        }
    }

    /// Whether Ctrl+Z in a field is for the page: what stands there is what the page has put there.
    pub fn undoes_in(&self, field: Field) -> bool {
        self.replacements.newest_in(field).and_then(|index| self.replacements.steps.get(index)).is_some_and(|step| {
            match &step.replaced {
                Replaced::Text { after, .. } => self.entry(field).is_some_and(|entry| entry.text == *after),
                Replaced::Databases { after, .. } => self.databases == *after,
                Replaced::Token { after, .. } => self.token_generation == *after,
            }
        })
    }

    /// Ctrl+Z in a field: brings back what stood there. Nothing else changes, but for the project ID that came into the form with
    /// the endpoint, in one URL.
    pub(crate) fn undo_in(&mut self, field: Field, cx: &mut Cx) {
        let action = self.undo_one(field, None, cx);
        if field == Field::Endpoint && action.is_some() {
            self.undo_one(Field::ProjectId, action, cx);
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

    /// Brings back what was replaced last in a field, unless that was with another action than `with`; says with which it was.
    fn undo_one(&mut self, field: Field, with: Option<u32>, cx: &mut Cx) -> Option<u32> {
        let index = self.replacements.newest_in(field).filter(|_| self.undoes_in(field))?;
        let action = self.replacements.steps.get(index)?.action;
        if with.is_some_and(|with| with != action) {
            return None;
        }
        let replaced = self.replacements.steps.remove(index).replaced;
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
            for (known, new) in seen.texts.iter_mut().zip(now.texts) {
                if new.0 == field {
                    *known = new;
                }
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
