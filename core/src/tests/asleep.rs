//! A machine that sleeps: the server and the wall clock go on, and in most browsers the monotonic clock doesn't
//! (<https://developer.mozilla.org/docs/Web/API/Performance/now#ticking_during_sleep>). Nobody can tell that from a clock that
//! was set, so that nothing is said that only one of the two would make true.

use super::stage::*;

fn sleep(page: &mut Page, milliseconds: i64) {
    page.set_wall_clock(milliseconds);
}

/// An answer with the server's clock, which is right.
fn dated(page: &mut Page, ticket: Ticket, status: u16, body: &str) -> Vec<Effect> {
    let mut received = received(status, body);
    received.response.date = Some(page.now.wall.moment());
    page.update(Action::Reply(ticket, Reply::Response(Ok(received))))
}

#[test]
fn ones_own_backup_is_not_called_older_than_the_press() {
    let mut page = filled();
    let list = only(&page.update(Action::Press(Press::Submit)));
    let post = only(&fail(&mut page, list, NoResponse::TimedOut));
    page.pass(2_000);
    sleep(&mut page, 8 * HOUR);
    let look = only(&fail(&mut page, post, NoResponse::Unreachable));
    dated(&mut page, look, 200, &listed("backup", "2026-11-24T12:00:03Z", "COMPLETED"));
    assert!(!matches!(page.stage(), Stage::Ended(Outcome::NameTaken(_))), "{:?}", page.stage());
}

#[test]
fn a_backup_of_a_try_after_a_night_is_not_called_later_than_all_of_them() {
    let mut page = filled();
    let list = only(&page.update(Action::Press(Press::Submit)));
    let post = only(&dated(&mut page, list, 200, NONE_LISTED));
    let look = only(&fail(&mut page, post, NoResponse::Unreachable));
    super::press::settle(&mut page, look);
    assert_eq!(*page.outcome(), Outcome::NotCreated);
    sleep(&mut page, 8 * HOUR);
    paste_token(&mut page, &long_token());
    let key = page.newest().key;
    let list = only(&page.update(Action::Press(Press::TryAgain(key))));
    let post = only(&dated(&mut page, list, 200, NONE_LISTED));
    let look = only(&fail(&mut page, post, NoResponse::Unreachable));
    let begin = page.now.wall.moment().at_offset(0);
    page.pass(2 * MINUTE);
    dated(&mut page, look, 200, &listed("backup", &begin, "COMPLETED"));
    assert!(matches!(page.outcome(), Outcome::Completed | Outcome::Unknown(Unknown::Near(_))), "{:?}", page.outcome());
}

#[test]
fn a_list_from_before_the_sleep_lets_no_press_pass() {
    let mut page = filled();
    let table = only(&page.update(Action::Press(Press::ShowBackups)));
    answer(&mut page, table, 200, NONE_LISTED);
    page.pass(3_000);
    sleep(&mut page, 8 * HOUR);
    paste_token(&mut page, &long_token());
    let effects = page.update(Action::Press(Press::Submit));
    assert!(sent(&effects).is_empty() && calls(&effects).len() == 1, "it is read again");
}

#[test]
fn nothing_is_sent_for_a_press_from_before_the_sleep() {
    for by_both_clocks in [true, false] {
        let pass = |page: &mut Page, time| if by_both_clocks { page.pass(time) } else { sleep(page, time) };
        for (time, is_sent) in [(2 * MINUTE, true), (2 * MINUTE + 1, false), (3 * HOUR, false)] {
            // The list was there already, or its time is over.
            for is_read in [true, false] {
                let mut page = filled();
                page.state.page.limits.idle = u32::MAX;
                let effects = page.update(Action::Press(Press::Submit));
                let limit = waits(&effects).into_iter().find(|(_, time)| *time == 5_000).unwrap().0;
                pass(&mut page, time);
                let effects = if is_read {
                    answer(&mut page, only(&effects), 200, NONE_LISTED)
                } else {
                    page.update(Action::Reply(limit, Reply::WaitOver))
                };
                assert_eq!(sent(&effects).len(), usize::from(is_sent), "{time} {is_read}");
                assert!(is_sent || *page.outcome() == Outcome::NotSent(NotSent::Lapsed));
            }
            // It was held.
            let mut page = page_in_parts();
            page.state.page.limits.idle = u32::MAX;
            fill(&mut page, MYSQL, "backup");
            page.update(Action::Press(Press::Submit));
            pass(&mut page, time);
            let effects = page.update(Action::App(AppAction::LaterLoaded(Ok(()))));
            assert_eq!(
                (calls(&effects).len(), page.page.notices.contains(&Notice::PressLapsed)),
                (usize::from(is_sent), !is_sent)
            );
        }
    }
}

/// An instance that is awaited, and asked for again after some time.
fn asked_again_after(time: i64) -> (Page, Ticket) {
    let mut page = filled();
    page.state.page.limits.idle = u32::MAX;
    let post = press(&mut page);
    answer(&mut page, post, 409, BUSY);
    let key = page.newest().key;
    let ask = only(&page.update(Action::Press(Press::AwaitInstance(key))));
    let (again, _) = wait(&answer(&mut page, ask, 200, &instance("BACKING UP")));
    page.pass(time);
    let ask = only(&page.update(Action::Reply(again, Reply::WaitOver)));
    (page, ask)
}

#[test]
fn nothing_is_sent_hours_after_an_instance_was_awaited() {
    for (status, why) in [("ACTIVE", NotSent::Lapsed), ("BACKING UP", NotSent::InstanceStaysBusy)] {
        let (mut page, ask) = asked_again_after(12 * HOUR);
        assert!(sent(&answer(&mut page, ask, 200, &instance(status))).is_empty());
        assert_eq!(page.newest().not_sent, Some(why));
    }
    // That nothing answers says nothing of the instance.
    let (mut page, ask) = asked_again_after(3 * HOUR);
    fail(&mut page, ask, NoResponse::Unreachable);
    assert_eq!(page.newest().not_sent, Some(NotSent::Lapsed));
}

#[test]
fn an_old_press_is_made_no_younger_by_another_one() {
    let mut page = page_in_parts();
    page.state.page.limits.idle = u32::MAX;
    fill(&mut page, MYSQL, "backup");
    page.update(Action::Press(Press::Submit));
    sleep(&mut page, 3 * HOUR);
    page.update(Action::Share(ShareAction::PreviewToggled));
    assert!(calls(&page.update(Action::App(AppAction::LaterLoaded(Ok(()))))).is_empty());
    assert!(page.page.notices.contains(&Notice::PressLapsed) && page.page.request_is_shown, "the new press is done");
}

#[test]
fn a_fresh_press_does_not_lapse_with_an_old_one() {
    let mut page = page_in_parts();
    fill(&mut page, MYSQL, "backup");
    page.update(Action::Press(Press::LoadInstances));
    sleep(&mut page, 3 * MINUTE);
    page.update(Action::Press(Press::Submit));
    page.pass(500);
    assert_eq!(calls(&page.update(Action::App(AppAction::LaterLoaded(Ok(()))))).len(), 1);
}
