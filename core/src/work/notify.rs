//! Has the browser tell its user that a backup has ended.

use super::notifications::{NoNotification, Notifications};
use super::state::Work;
use crate::cx::Cx;
use crate::effect::{Effect, WorkEffect};

impl Work {
    /// `Notify me when it is done`.
    pub(super) fn notify_pressed(&self, cx: &mut Cx) {
        if self.notifications.can_be_asked_for() {
            cx.emit(Effect::Work(WorkEffect::AskForNotifications));
        }
    }

    /// Whether the browser allows notifications, as it says now.
    pub(super) fn notifications_answered(&mut self, result: Result<(), NoNotification>) {
        self.notifications = result.map_or_else(Notifications::Refused, |()| Notifications::Allowed);
    }

    /// Whether the end of a backup is to be told by a notification.
    pub(super) fn notifies(&self) -> bool {
        self.notifications == Notifications::Allowed
    }
}
