//! Brings back what stood in the form before it was cleared, or filled by something else than typing.

use super::state::Form;
use crate::action::Action;
use crate::cx::Cx;
use crate::link::Link;
use crate::notice::Notice;
use crate::page::action::PageAction;

impl Form {
    /// Keeps what stood in the form before something else was put there.
    pub(crate) fn can_undo(&mut self, before: String) {
        let after = self.to_link();
        if after != before {
            self.undo.push((before, after));
        }
    }

    /// Whether something can be brought back.
    pub fn can_restore(&self) -> bool {
        !self.undo.is_empty()
    }

    /// Brings it back; step by step where there is more than one. What was typed since, or brought back before, comes last and
    /// isn't lost.
    pub(crate) fn restore(&mut self, cx: &mut Cx) {
        cx.then(Action::Page(PageAction::FormRestored));
        let Some((before, after)) = self.undo.pop() else { return };
        let current = self.to_link();
        self.bring_back(&Link::read(&before));
        if current != after {
            self.undo.retain(|(known, _)| *known != current);
            self.undo.insert(0, (current, String::new()));
        }
        self.undo.retain(|(known, _)| *known != before);
        if self.can_restore() {
            cx.notice(Notice::FormFilled);
        }
    }
}
