//! Takes over what a link says, and what the tab has kept for a reload. Nothing is sent for either.

use super::action::Input;
use super::state::Form;
use super::undo_step::ReplacedBy;
use crate::action::{Action, Persisted};
use crate::cx::Cx;
use crate::effect::{Effect, PageEffect};
use crate::link::Link;
use crate::notice::Notice;
use crate::work::action::WorkAction;

impl Form {
    /// Takes over what the tab has kept.
    pub(crate) fn reloaded(&mut self, kept: Persisted, cx: &mut Cx) {
        let Persisted { draft, underway } = kept;
        if !draft.is_empty() {
            self.bring_back(&Link::read(&draft));
            cx.notice(Notice::DraftRestored);
        }
        if !underway.is_empty() {
            cx.then(Action::Work(WorkAction::Restored(underway)));
        }
    }

    /// Takes over what the URL fragment says.
    pub(crate) fn opened(&mut self, fragment: &str, is_locked: bool, cx: &mut Cx) {
        let link = Link::read(fragment);
        if link.is_empty() {
            return;
        }
        // Whatever else the link has: a token is out of the address at once.
        let address = if !link.watch.is_empty() && !is_locked { link.without_token() } else { String::new() };
        cx.emit(Effect::Page(PageEffect::SetAddress(address)));
        if link.had_token {
            cx.notice(Notice::LinkHadToken);
        }
        if !link.unknown.is_empty() {
            cx.notice(Notice::LinkUnknown(link.unknown.clone()));
        }
        if is_locked {
            // While a press waits the form stays as it was.
            if link.is_watch || link.fills_something() {
                cx.notice(Notice::LinkMissed);
            }
            return;
        }
        if !link.watch.is_empty() {
            self.watch(link, cx);
        } else if link.is_watch {
            cx.notice(Notice::WatchIncomplete);
        } else if link.fills_something() {
            self.fill_from_link(&link, cx);
        }
    }

    /// A link that names an instance or a backup is a whole request: what it leaves out is emptied.
    fn fill_from_link(&mut self, link: &Link, cx: &mut Cx) {
        let before = self.to_draft();
        if link.is_whole_request() {
            self.clear_request();
        }
        self.fill_in(link, Input::Pasted);
        self.can_undo(before, ReplacedBy::Link, cx);
    }

    /// A link names backups. It fills only what is empty, and asks for nothing before its user's press.
    fn watch(&mut self, link: Link, cx: &mut Cx) {
        let Some(target) = link.target() else { return cx.notice(Notice::WatchIncomplete) };
        self.fill_in_where_empty(&link);
        cx.then(Action::Work(WorkAction::Watched(target, link.watch)));
    }
}
