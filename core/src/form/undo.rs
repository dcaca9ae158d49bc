//! Brings back what stood in the form before it was cleared, or filled by something else than typing.

use contract::rules::Field;

use super::action::Input;
use super::state::Form;
use super::undo_step::{ReplacedBy, UndoStep};
use crate::action::Action;
use crate::cx::Cx;
use crate::link::Link;
use crate::page::action::PageAction;

impl Form {
    /// Keeps what stood in the form before something else was put there, and says so.
    pub(crate) fn can_undo(&mut self, before: String, replaced_by: ReplacedBy, cx: &mut Cx) {
        let step = UndoStep::Form { before, after: self.to_draft(), replaced_by };
        cx.notice(step.notice());
        if !matches!(&step, UndoStep::Form { before, after, .. } if before == after) {
            self.undo.push(step);
        }
    }

    /// Keeps which fields were filled that had been empty, and says so.
    pub(crate) fn can_undo_filling(&mut self, fields: Vec<Field>, cx: &mut Cx) {
        let step = UndoStep::Filled(fields);
        cx.notice(step.notice());
        self.undo.push(step);
    }

    /// A field has a text that its user has chosen: nothing that was filled in is to be taken back there.
    pub(super) fn keep_filled(&mut self, field: Field) {
        self.undo.retain_mut(|step| step.forget(field));
    }

    /// Whatever was filled in has been used by a press: it isn't taken back any more, and a token that it took the place of is
    /// forgotten.
    pub(super) fn keep_all_filled(&mut self) {
        self.undo.retain(|step| matches!(step, UndoStep::Form { .. }));
        self.replacements.forget(Field::Token);
    }

    /// The fields that were filled last, as far as they are as they were filled.
    pub(crate) fn filled_fields(&self) -> Option<&[Field]> {
        self.undo.iter().rev().find_map(|step| match step {
            UndoStep::Filled(fields) => Some(fields.as_slice()),
            UndoStep::Form { .. } => None,
        })
    }

    /// Whether something can be brought back.
    pub fn can_restore(&self) -> bool {
        !self.undo.is_empty()
    }

    /// Brings it back; step by step where there is more than one. What was typed since, or brought back before, comes last and
    /// isn't lost.
    pub(crate) fn restore(&mut self, cx: &mut Cx) {
        cx.then(Action::Page(PageAction::FormRestored));
        match self.undo.pop() {
            None => return,
            Some(UndoStep::Filled(fields)) => {
                for field in fields {
                    self.leave_filled(field);
                    self.edit(field, String::new(), Input::Restored);
                }
            }
            Some(UndoStep::Form { before, after, .. }) => self.restore_form(&before, &after),
        }
        if let Some(step) = self.undo.last() {
            cx.notice(step.notice());
        }
    }

    /// What a token has filled in is taken back.
    pub(super) fn leave_filled(&mut self, field: Field) {
        // The token was bound by nothing but the filling; another one that was given since was given for that endpoint.
        if field == Field::Endpoint && self.from_token.contains(&field) && self.filled_by == self.token_generation {
            self.token_for = None;
        }
    }

    fn restore_form(&mut self, before: &str, after: &str) {
        let current = self.to_draft();
        self.bring_back(&Link::read(before));
        let is_of = |step: &UndoStep, form: &str| matches!(step, UndoStep::Form { before, .. } if before == form);
        if current != after {
            self.undo.retain(|step| !is_of(step, &current));
            let step = UndoStep::Form { before: current, after: String::new(), replaced_by: ReplacedBy::Press };
            self.undo.insert(0, step);
        }
        self.undo.retain(|step| !is_of(step, before));
    }
}
