//! `Notify me when it is done`: what it comes to, and why there may be no notification.

use super::stage::*;

fn answered(page: &mut Page, result: Result<(), NoNotification>) {
    let asked = page.update(Action::Work(WorkAction::NotifyPressed));
    assert!(asked == [Effect::Work(WorkEffect::AskForNotifications)]);
    assert!(page.update(Action::Work(WorkAction::NotificationsAnswered(result))).is_empty());
}

/// Whether the end of the backup is told by a notification.
fn is_told(page: &mut Page, waiting: Ticket) -> bool {
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    let effects = answer(page, poll, 200, &listed("backup", JUST_NOW, "COMPLETED"));
    effects.iter().any(|effect| matches!(effect, Effect::Work(WorkEffect::ShowNotification(_))))
}

#[test]
fn it_comes_once_the_browser_allows_it_and_not_before() {
    let (mut page, waiting) = followed();
    page.update(Action::Work(WorkAction::NotifyPressed));
    assert_eq!(page.work.notifications, Notifications::NotAsked, "the browser still asks");
    assert!(!is_told(&mut page, waiting));
    let (mut page, waiting) = followed();
    answered(&mut page, Ok(()));
    assert_eq!(page.work.notifications, Notifications::Allowed);
    assert!(is_told(&mut page, waiting));
}

#[test]
fn what_keeps_it_from_coming_is_said_and_can_be_mended_where_that_is_possible() {
    for reason in [NoNotification::Dismissed, NoNotification::Denied, NoNotification::Unsupported] {
        let (mut page, waiting) = followed();
        answered(&mut page, Err(reason));
        assert_eq!(page.work.notifications, Notifications::Refused(reason));
        let is_final = reason == NoNotification::Unsupported;
        assert_eq!(page.work.notifications.can_be_asked_for(), !is_final);
        assert_eq!(page.update(Action::Work(WorkAction::NotifyPressed)).is_empty(), is_final);
        page.update(Action::Work(WorkAction::NotificationsAnswered(Err(reason))));
        assert!(!is_told(&mut page, waiting), "{reason:?}");
    }
    // The user has answered otherwise the second time.
    let (mut page, waiting) = followed();
    answered(&mut page, Err(NoNotification::Dismissed));
    answered(&mut page, Ok(()));
    assert!(is_told(&mut page, waiting));
}

#[test]
fn one_that_the_browser_does_not_show_at_the_end_is_not_promised_any_more() {
    let (mut page, waiting) = followed();
    answered(&mut page, Ok(()));
    assert!(is_told(&mut page, waiting));
    page.update(Action::Work(WorkAction::NotificationMissed(NoNotification::Denied)));
    assert_eq!(page.work.notifications, Notifications::Missed(NoNotification::Denied));
    assert!(page.work.notifications.can_be_asked_for());
}
