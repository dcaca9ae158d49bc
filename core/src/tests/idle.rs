//! An unattended machine forgets the token, by whichever clock says so first.

use super::stage::*;

#[test]
fn the_token_is_forgotten_when_nobody_has_used_the_page_for_half_an_hour() {
    let mut page = page();
    type_into(&mut page, Field::Endpoint, "rds.example");
    let (ticket, time) = wait(&paste_token(&mut page, &long_token()));
    assert_eq!(i64::from(time), 30 * MINUTE);
    page.pass(20 * MINUTE);
    type_into(&mut page, Field::Name, "backup");
    page.pass(10 * MINUTE);
    // The page was used in between: the rest of the time is waited for.
    let (ticket, time) = wait(&page.update(Action::Reply(ticket, Reply::WaitOver)));
    assert_eq!(i64::from(time), 20 * MINUTE);
    page.pass(20 * MINUTE);
    assert!(
        page.update(Action::Reply(ticket, Reply::WaitOver))
            .iter()
            .all(|effect| matches!(effect, Effect::Page(PageEffect::Abort(_))))
    );
    assert!(!page.has_token() && page.form.token_has_lapsed);
    assert_eq!((&*page.form.name.text, &*page.form.endpoint.text), ("backup", "rds.example"));
    type_into(&mut page, Field::Token, "M");
    assert!(!page.form.token_has_lapsed);
}

#[test]
fn a_machine_that_slept_wakes_up_without_the_token() {
    let mut page = filled();
    page.pass(31 * MINUTE);
    assert!(calls(&page.update(Action::Press(Press::Submit))).is_empty());
    assert!(!page.has_token());
}

#[test]
fn a_machine_whose_monotonic_clock_stood_still_while_it_slept_wakes_up_without_the_token() {
    for idle in [29 * MINUTE, 30 * MINUTE] {
        let mut page = filled();
        page.set_wall_clock(idle);
        page.update(Action::App(AppAction::VisibilityChanged(Visibility::Shown)));
        assert_eq!(page.has_token(), idle < 30 * MINUTE);
    }
}

#[test]
fn a_shorter_time_holds_as_soon_as_it_is_set() {
    let mut page = page();
    paste_token(&mut page, &long_token());
    page.pass(4 * MINUTE);
    let mut options = Options::default();
    options.limits.idle = 5 * 60_000;
    let (ticket, time) = wait(&page.update(Action::App(AppAction::OptionsSet(options, vec![]))));
    assert_eq!(i64::from(time), MINUTE);
    page.pass(MINUTE);
    page.update(Action::Reply(ticket, Reply::WaitOver));
    assert!(!page.has_token());
}

#[test]
fn a_computers_clock_that_is_set_back_does_not_draw_the_time_out() {
    let mut page = filled();
    page.set_wall_clock(-48 * HOUR);
    page.now.monotonic.0 += 30 * MINUTE;
    page.update(Action::App(AppAction::VisibilityChanged(Visibility::Shown)));
    assert!(!page.has_token());
}

#[test]
fn what_comes_back_by_itself_is_no_use_of_the_page() {
    let (mut page, mut waiting) = followed();
    for _ in 0..7 {
        page.pass(5 * MINUTE);
        let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
        waiting = wait(&answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "BUILDING"))).0;
        page.update(Action::App(AppAction::VisibilityChanged(Visibility::Hidden)));
        page.update(Action::App(AppAction::OptionsSet(Options::default(), vec![])));
    }
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "COMPLETED"));
    page.update(Action::App(AppAction::VisibilityChanged(Visibility::Hidden)));
    assert!(!page.has_token(), "what ran has ended, and nobody was here for 35 minutes");
}

#[test]
fn a_running_request_and_a_followed_backup_are_brought_to_their_end_before_the_token_is_forgotten() {
    let mut page = filled();
    page.state.page.limits.idle = 60_000;
    let ticket = press(&mut page);
    page.pass(2 * MINUTE);
    let effects = answer(&mut page, ticket, 200, STARTED);
    assert!(page.has_token(), "the backup is followed");
    let (again, _) = wait(&effects);
    let poll = only(&page.update(Action::Reply(again, Reply::WaitOver)));
    let effects = answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "COMPLETED"));
    assert!(calls(&effects).is_empty());
    page.update(Action::App(AppAction::VisibilityChanged(Visibility::Shown)));
    assert!(!page.has_token());
}

#[test]
fn what_runs_keeps_the_token_eight_hours_longer_and_no_more() {
    let (mut page, mut waiting) = followed();
    let limit = page.now.monotonic.0 + 8 * HOUR + 30 * MINUTE;
    while page.now.monotonic.0 < limit - MINUTE {
        page.pass(MINUTE);
        let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
        waiting = wait(&answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "BUILDING"))).0;
    }
    assert!(page.has_token());
    page.pass(MINUTE);
    assert!(calls(&page.update(Action::Reply(waiting, Reply::WaitOver))).is_empty());
    assert!(!page.has_token());
    assert_eq!(page.blocker(), Some(&Blocker::TokenMissing));
}

#[test]
fn the_page_looks_again_when_those_hours_are_over_even_if_nothing_else_comes() {
    let mut page = page();
    type_into(&mut page, Field::Endpoint, "rds.example");
    type_into(&mut page, Field::ProjectId, PROJECT);
    let (mut idle, pause) = wait(&paste_token(&mut page, &long_token()));
    page.update(Action::Press(Press::LoadInstances));
    let mut left = i64::from(pause);
    // The list never comes: what is waited for keeps the token, and the idle time alone has to end it.
    for _ in 0..20 {
        page.pass(left);
        let effects = page.update(Action::Reply(idle, Reply::WaitOver));
        let Some((again, pause)) = waits(&effects).pop() else { break };
        (idle, left) = (again, pause.into());
    }
    assert!(!page.has_token());
    assert!(page.now.monotonic.since(START.monotonic) <= 8 * HOUR + 31 * MINUTE);
}

#[test]
fn no_wait_is_longer_than_a_browsers_timer_can_be() {
    for idle in [30_000 * 60_000, u32::MAX] {
        let mut page = page();
        page.state.page.limits.idle = idle;
        let (idleness, pause) = wait(&paste_token(&mut page, &long_token()));
        assert!(pause <= i32::MAX.unsigned_abs());
        fill(&mut page, MYSQL, "backup");
        // With something under way, hours are added to it.
        let effects = page.update(Action::Press(Press::Submit));
        page.pass(i64::from(pause));
        let again = waits(&page.update(Action::Reply(idleness, Reply::WaitOver)));
        assert!(waits(&effects).iter().chain(&again).all(|(_, pause)| *pause <= i32::MAX.unsigned_abs()));
        assert!(!again.is_empty());
    }
}

#[test]
fn a_page_that_is_put_away_has_no_token_when_it_comes_back() {
    let (mut page, waiting) = followed();
    page.update(Action::App(AppAction::PageHidden));
    assert!(!page.has_token());
    assert!(
        calls(&page.update(Action::Reply(waiting, Reply::WaitOver))).is_empty(),
        "nor do the waits that the browser kept find one"
    );
    assert!(calls(&page.update(Action::App(AppAction::VisibilityChanged(Visibility::Shown)))).is_empty());
    assert_eq!(page.blocker(), Some(&Blocker::TokenMissing));
    assert_eq!(&*page.form.name.text, "backup");
    // A new one goes on.
    assert_eq!(calls(&paste_token(&mut page, &other_token())).len(), 1);
}

#[test]
fn a_token_that_is_asked_for_when_the_page_is_put_away_comes_too_late() {
    let startup_context = StartupContext { is_embedded: true, supplies_token: true, ..StartupContext::default() };
    let mut page = Page::of(startup_context);
    fill(&mut page, MYSQL, "backup");
    let effects = page.update(Action::Press(Press::Submit));
    let asked = effects.iter().find_map(|effect| match effect {
        Effect::Page(PageEffect::AskForToken(ticket, _)) => Some(*ticket),
        _ => None,
    });
    page.update(Action::App(AppAction::PageHidden));
    let secret = contract::secret::Secret::new(long_token());
    assert!(page.update(Action::Reply(asked.unwrap(), Reply::Token(Some(secret)))).is_empty());
    assert!(!page.has_token() && !page.is_locked());
}

#[test]
fn what_ran_when_the_idle_time_had_passed_draws_it_out_only_until_its_end() {
    let mut page = page();
    type_into(&mut page, Field::Endpoint, "rds.example");
    let (idle, pause) = wait(&paste_token(&mut page, &long_token()));
    type_into(&mut page, Field::ProjectId, PROJECT);
    type_into(&mut page, Field::InstanceId, MYSQL);
    type_into(&mut page, Field::Name, "backup");
    let create = press(&mut page);
    let (waiting, _) = wait(&answer(&mut page, create, 200, STARTED));
    page.pass(pause.into());
    let idle = waits(&page.update(Action::Reply(idle, Reply::WaitOver))).pop().unwrap();
    assert!(page.has_token(), "the backup is followed");
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "COMPLETED"));
    wait_for(&mut page, idle);
    assert!(!page.has_token());
    assert!(page.now.monotonic.since(START.monotonic) <= HOUR);
}
