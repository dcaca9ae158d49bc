//! Clears the form, and brings back what stood in it.

use contract::rules::Field;

use super::state::Model;
use crate::effect::{Effect, Focus, PageEffect};
use crate::link::Link;
use crate::notice::Notice;

impl Model {
    pub(crate) fn clear_form(&mut self) -> Vec<Effect> {
        let before = self.form.to_link();
        self.forget_token();
        self.form = self.form.cleared(&self.options);
        self.can_undo(before);
        self.is_unsent = false;
        self.notice(Notice::Cleared);
        vec![Effect::Page(PageEffect::Focus(Focus::Field(Field::Endpoint)))]
    }

    /// Keeps what stood in the form before something else was put there.
    pub(crate) fn can_undo(&mut self, before: String) {
        let after = self.form.to_link();
        if after != before {
            self.undo.push((before, after));
        }
    }

    /// Whether something can be brought back into the form.
    pub fn can_restore(&self) -> bool {
        !self.undo.is_empty()
    }

    /// Brings back what stood in the form before it was cleared, or filled by something else than typing; step by step where
    /// that happened more than once. What was typed since, or brought back before, comes last and isn't lost.
    pub(crate) fn restore(&mut self) {
        self.notices.retain(|notice| !matches!(notice, Notice::Cleared | Notice::LinkFilled | Notice::FormFilled));
        let Some((before, after)) = self.undo.pop() else { return };
        let current = self.form.to_link();
        self.form.bring_back(&Link::read(&before));
        if current != after {
            self.undo.retain(|(known, _)| *known != current);
            self.undo.insert(0, (current, String::new()));
        }
        self.undo.retain(|(known, _)| *known != before);
        if self.can_restore() {
            self.notice(Notice::FormFilled);
        }
    }
}
