//! Brings back what stood in the form before it was cleared, or filled by something else than typing.

use std::rc::Rc;

use contract::rules::Field;

use super::action::Input;
use super::state::Form;
use crate::action::Action;
use crate::cx::Cx;
use crate::link::Link;
use crate::notice::Notice;
use crate::page::action::PageAction;

/// What can be brought back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Undo {
    /// The whole form, as a link.
    Form {
        /// As it was.
        before: String,
        /// What took its place.
        after: String,
    },
    /// Empty fields that were filled, each with the text that it got: what was typed elsewhere since stays.
    Filled(Vec<(Field, Rc<str>)>),
}

impl Form {
    /// Keeps what stood in the form before something else was put there.
    pub(crate) fn can_undo(&mut self, before: String) {
        let after = self.to_link();
        if after != before {
            self.undo.push(Undo::Form { before, after });
        }
    }

    /// Keeps which fields were filled that had been empty.
    pub(crate) fn can_undo_filling(&mut self, fields: &[Field]) {
        let filled = fields.iter().filter_map(|field| Some((*field, self.entry(*field)?.text.clone())));
        self.undo.push(Undo::Filled(filled.collect()));
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
            Some(Undo::Filled(fields)) => {
                for (field, filled) in fields {
                    if self.entry(field).is_some_and(|entry| entry.text == filled) {
                        self.edit(field, String::new(), Input::Restored);
                    }
                }
            }
            Some(Undo::Form { before, after }) => self.restore_form(&before, &after),
        }
        if self.can_restore() {
            cx.notice(Notice::FormFilled);
        }
    }

    fn restore_form(&mut self, before: &str, after: &str) {
        let current = self.to_link();
        self.bring_back(&Link::read(before));
        let is_of = |undo: &Undo, form: &str| matches!(undo, Undo::Form { before, .. } if before == form);
        if current != after {
            self.undo.retain(|undo| !is_of(undo, &current));
            self.undo.insert(0, Undo::Form { before: current, after: String::new() });
        }
        self.undo.retain(|undo| !is_of(undo, before));
    }
}
