//! Handles the opening of the page and changes of its URL fragment, and keeps the draft for a reload.

use super::state::Model;
use crate::action::{Action, Kept};
use crate::clock::Now;
use crate::effect::{Effect, PageEffect};
use crate::form::action::Input;
use crate::link::Link;
use crate::notice::Notice;
use crate::work::action::WorkAction;

impl Model {
    /// The page was opened, or its address has changed. Nothing is sent for it.
    pub(crate) fn open(&mut self, fragment: &str, kept: Option<Kept>, now: Now) -> Vec<Effect> {
        let mut effects = Vec::new();
        if let Some(Kept { draft, marker }) = kept {
            if !draft.is_empty() {
                self.form.bring_back(&Link::read(&draft));
                self.notice(Notice::DraftRestored);
            }
            if !marker.is_empty() {
                effects.extend(self.later(Action::Work(WorkAction::Restored(marker)), now));
            }
        }
        let link = Link::read(fragment);
        if link.is_empty() {
            return effects;
        }
        // Whatever else the link has: a token is out of the address at once.
        let address = link.watch.as_ref().filter(|_| !self.is_busy()).map(|_| link.without_token()).unwrap_or_default();
        effects.push(Effect::Page(PageEffect::SetAddress(address)));
        if link.had_token {
            self.notice(Notice::LinkHadToken);
        }
        if !link.unknown.is_empty() {
            self.notice(Notice::LinkUnknown(link.unknown.clone()));
        }
        if self.is_busy() {
            // While a press waits the form stays as it was.
            if link.is_watch || link.fills_something() {
                self.notice(Notice::LinkMissed);
            }
            return effects;
        }
        match &link.watch {
            Some((instance_id, backup_id)) => {
                let (instance_id, backup_id) = (instance_id.clone(), backup_id.clone());
                effects.extend(self.watch(&link, instance_id, backup_id, now));
            }
            None if link.is_watch => self.notice(Notice::WatchIncomplete),
            None if link.fills_something() => self.fill_from_link(&link),
            None => {}
        }
        effects
    }

    /// A link that names an instance or a backup is a whole request: what it leaves out is emptied.
    pub(crate) fn fill_from_link(&mut self, link: &Link) {
        let before = self.form.to_link();
        if link.is_whole_request() {
            self.form.clear_request();
        }
        self.form.fill_in(link, Input::Pasted);
        self.can_undo(before);
        self.notice(Notice::LinkFilled);
    }

    /// A link names a backup. It fills only what is empty, and asks for nothing before its user's press.
    pub(crate) fn watch(&mut self, link: &Link, instance_id: String, backup_id: String, now: Now) -> Vec<Effect> {
        let Some(target) = link.target() else {
            self.notice(Notice::WatchIncomplete);
            return vec![];
        };
        self.form.fill_in_where_empty(link);
        self.later(Action::Work(WorkAction::Watched { target, instance_id, backup_id }), now)
    }

    /// What was typed, for a reload of the tab, whenever it has changed.
    pub(crate) fn keep_draft(&mut self) -> Option<Effect> {
        if self.is_embedded {
            return None;
        }
        let draft = self.form.to_link();
        if draft == self.draft {
            return None;
        }
        self.draft.clone_from(&draft);
        Some(Effect::Page(PageEffect::KeepDraft(draft)))
    }
}
