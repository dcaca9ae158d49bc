//! Every limit at its edge: the last moment on this side of it, and the first beyond. A limit that moves is a sentence that is
//! said too early, or a wait that doesn't end.

use contract::call::BackupTypes;
use contract::time::UnixSeconds;

use super::press::settle;
use super::stage::*;

/// When the page was pressed, in seconds since 1970.
const PRESSED: i64 = START.wall.0 / 1000;
/// What a request that failed at once leaves open: a minute, and what times are cut by at both ends.
const LATEST: i64 = 60 + 2;
const TEN_MINUTES: i64 = 10 * 60;
const A_DAY: i64 = 24 * 60 * 60;

/// A list with one backup, which has the ID `b1` and began so many seconds after the press.
fn begun_after(seconds: i64) -> String {
    listed("backup", &UnixSeconds(PRESSED + seconds).at_offset(0), "BUILDING")
}

/// The same as an automated backup.
fn automated(list: &str) -> String {
    list.replace(r#""type":"manual""#, r#""type":"auto""#)
}

/// An answer that was given by the API's own clock.
fn answer_at(page: &mut Page, ticket: Ticket, body: &str, date: i64) -> Vec<Effect> {
    let mut received = received(200, body);
    received.response.date = Some(UnixSeconds(date));
    page.update(Action::Reply(ticket, Reply::Response(Ok(received))))
}

/// A press whose list before it was cut short, so that who was first is for the clocks to say; the API's own is known, or not.
/// The request was refused since the name exists: the ticket of the list that is read then.
fn name_exists(date: Option<i64>) -> (Page, Ticket) {
    let mut page = filled();
    let list = only(&page.update(Action::Press(Press::Submit)));
    let cut_short = r#"{"backups":[],"total_count":80}"#;
    let effects = match date {
        Some(date) => answer_at(&mut page, list, cut_short, date),
        None => answer(&mut page, list, 200, cut_short),
    };
    let [create] = sent(&effects)[..] else { panic!("it is sent") };
    let look = only(&answer(&mut page, create, 409, TAKEN));
    (page, look)
}

#[test]
fn a_name_was_taken_before_where_a_backup_began_clearly_before_the_press() {
    // The API's clock may be an hour off the computer's: what it says itself counts.
    for (date, tolerance) in [(Some(PRESSED), TEN_MINUTES), (Some(PRESSED + 3_600), TEN_MINUTES), (None, A_DAY)] {
        for (beyond, is_taken) in [(0, false), (1, true)] {
            let (mut page, look) = name_exists(date);
            let before = date.map_or(0, |date| date - PRESSED) - tolerance - beyond;
            answer(&mut page, look, 200, &begun_after(before));
            match page.outcome() {
                Outcome::NameTaken(Some(_)) => assert!(is_taken, "{date:?} {before}"),
                Outcome::Unknown(Unknown::Near(_)) => assert!(!is_taken, "{date:?} {before}"),
                other => panic!("{other:?}"),
            }
        }
    }
}

/// A press that came to nothing, with a complete list from before it: the API's own clock is known, or not.
fn nothing_came_of_it(date: Option<i64>) -> Page {
    let mut page = filled();
    let list = only(&page.update(Action::Press(Press::Submit)));
    let effects = match date {
        Some(date) => answer_at(&mut page, list, NONE_LISTED, date),
        None => answer(&mut page, list, 200, NONE_LISTED),
    };
    let [create] = sent(&effects)[..] else { panic!("it is sent") };
    let look = only(&fail(&mut page, create, NoResponse::Unreachable));
    settle(&mut page, look);
    assert_eq!(*page.outcome(), Outcome::NotCreated);
    page
}

#[test]
fn a_backup_that_shows_up_is_ones_own_near_or_from_long_after_by_when_it_began() {
    for (date, tolerance) in [(Some(PRESSED), TEN_MINUTES), (None, A_DAY)] {
        for (after, is_own, is_near) in [
            (LATEST, true, false),
            (LATEST + 1, false, true),
            (LATEST + tolerance, false, true),
            (LATEST + tolerance + 1, false, false),
        ] {
            let mut page = nothing_came_of_it(date);
            let table = only(&page.update(Action::Press(Press::ShowBackups)));
            answer(&mut page, table, 200, &begun_after(after));
            let says_near = matches!(page.stage(), Stage::Ended(Outcome::Unknown(Unknown::Near(_))));
            assert_eq!((page.is_building(), says_near), (is_own, is_near), "{date:?} {after}");
            if !is_own && !is_near {
                assert_eq!(*page.outcome(), Outcome::NotCreated);
            }
        }
    }
}

#[test]
fn another_kind_of_backup_took_the_name_only_if_it_was_there_in_time() {
    for (after, is_taken) in [(LATEST, true), (LATEST + 1, false)] {
        let mut page = filled();
        let list = only(&page.update(Action::Press(Press::Submit)));
        let [create] = sent(&answer(&mut page, list, 200, NONE_LISTED))[..] else { panic!("it is sent") };
        let look = only(&fail(&mut page, create, NoResponse::Unreachable));
        page.pass(2 * MINUTE);
        let list = automated(&begun_after(after));
        let again = waits(&answer(&mut page, look, 200, &list));
        if !is_taken {
            // That reading began before the request was closed.
            let look = only(&wait_for(&mut page, again[0]));
            let check = only(&answer(&mut page, look, 200, &list));
            answer(&mut page, check, 200, &instance("ACTIVE"));
        }
        assert_eq!(matches!(page.outcome(), Outcome::NameTaken(Some(_))), is_taken, "{after}");
        assert_eq!(*page.outcome() == Outcome::NotCreated, !is_taken, "{after}");
    }
}

#[test]
fn a_backup_that_was_being_deleted_is_gone_with_the_next_list_that_lacks_it() {
    let (mut page, waiting) = followed();
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    let (waiting, _) = wait(&answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "DELETING")));
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    answer(&mut page, poll, 200, NONE_LISTED);
    assert_eq!(*page.outcome(), Outcome::Gone);
}

#[test]
fn a_listed_backup_is_gone_after_a_minute_and_no_sooner() {
    for (time, is_gone) in [(MINUTE - 1, false), (MINUTE, true)] {
        let (mut page, waiting) = followed();
        let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
        let (waiting, _) = wait(&answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "BUILDING")));
        let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
        let (waiting, _) = wait(&answer(&mut page, poll, 200, NONE_LISTED));
        page.pass(time);
        let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
        answer(&mut page, poll, 200, NONE_LISTED);
        assert_eq!(!page.is_building(), is_gone, "{time}");
    }
}

#[test]
fn a_list_that_is_cut_short_makes_no_backup_disappear() {
    let (mut page, waiting) = followed();
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    let (mut waiting, _) = wait(&answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "BUILDING")));
    for list in [r#"{"backups":[],"total_count":1}"#, r#"{"backups":[{"name":"x"}],"total_count":1}"#] {
        for _ in 0..3 {
            page.pass(MINUTE);
            let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
            waiting = wait(&answer(&mut page, poll, 200, list)).0;
        }
        assert!(page.is_building(), "{list}");
    }
}

#[test]
fn a_backup_that_no_list_has_can_not_be_told_of_after_half_an_hour_and_no_sooner() {
    for (time, is_told) in [(30 * MINUTE - 1, true), (30 * MINUTE, false)] {
        let (mut page, waiting) = followed();
        page.pass(time);
        let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
        answer(&mut page, poll, 200, NONE_LISTED);
        assert_eq!(page.is_building(), is_told, "{time}");
    }
}

#[test]
fn a_backup_is_followed_for_a_day_and_two_hours_without_a_word() {
    // What was asked for after its time says its last word: a machine that slept asks once.
    for (time, goes_on) in [(2 * HOUR - 1, true), (2 * HOUR, false)] {
        let (mut page, waiting) = followed();
        page.state.page.limits.idle = u32::MAX;
        page.pass(time);
        let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
        let effects = fail(&mut page, poll, NoResponse::Unreachable);
        assert_eq!(
            (waits(&effects).len() == 1, page.blocker() == Some(&Blocker::GaveUp)),
            (goes_on, !goes_on),
            "{time}"
        );
    }
    for (rest, goes_on) in [(HOUR - 1, true), (HOUR, false)] {
        let (mut page, mut waiting) = followed();
        page.state.page.limits.idle = u32::MAX;
        for _ in 0..23 {
            page.pass(HOUR);
            let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
            waiting = wait(&answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "BUILDING"))).0;
        }
        page.pass(rest);
        let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
        let effects = answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "BUILDING"));
        assert_eq!((waits(&effects).len() == 1, page.blocker().is_none()), (goes_on, goes_on), "{rest}");
    }
}

#[test]
fn a_busy_instance_is_awaited_for_an_hour() {
    for (time, goes_on) in [(HOUR - 1, true), (HOUR, false)] {
        let mut page = filled();
        let create = press(&mut page);
        answer(&mut page, create, 409, BUSY);
        let key = page.newest().key;
        let ask = only(&page.update(Action::Press(Press::AwaitInstance(key))));
        let (again, _) = wait(&answer(&mut page, ask, 200, &instance("BACKING UP")));
        page.state.page.limits.idle = u32::MAX;
        page.pass(time);
        let ask = only(&page.update(Action::Reply(again, Reply::WaitOver)));
        answer(&mut page, ask, 200, &instance("BACKING UP"));
        assert_eq!(matches!(page.stage(), Stage::AwaitingInstance(_)), goes_on, "{time}");
        assert_eq!(page.newest().not_sent == Some(NotSent::InstanceStaysBusy), !goes_on, "{time}");
    }
}

#[test]
fn a_backup_is_looked_for_a_quarter_of_an_hour() {
    for (time, goes_on) in [(15 * MINUTE - 1, true), (15 * MINUTE, false)] {
        let mut page = filled();
        let create = press(&mut page);
        let look = only(&fail(&mut page, create, NoResponse::Unreachable));
        page.pass(time);
        answer(&mut page, look, 500, "");
        assert_eq!(page.is_looking(), goes_on, "{time}");
    }
}

#[test]
fn after_the_name_exists_all_backups_are_read_and_else_the_manual_ones() {
    let types = |effects: &[Effect]| match &calls(effects)[..] {
        [(_, Call::Backups { types, .. })] => *types,
        other => panic!("one list, not {other:?}"),
    };
    let mut page = filled();
    let create = press(&mut page);
    assert_eq!(types(&answer(&mut page, create, 409, TAKEN)), BackupTypes::All);
    for reason in [NoResponse::Unreachable, NoResponse::TimedOut, NoResponse::Cancelled] {
        let mut page = filled();
        let create = press(&mut page);
        assert_eq!(types(&fail(&mut page, create, reason)), BackupTypes::Manual);
    }
    let mut page = filled();
    assert_eq!(types(&page.update(Action::Press(Press::Submit))), BackupTypes::Manual);
}

/// What another project or instance has says nothing of this one's press, be its ID and its name the same.
fn of_another(page: &mut Page, status: &str, change: impl FnOnce(&mut Page)) {
    change(page);
    let table = only(&page.update(Action::Press(Press::ShowBackups)));
    answer(page, table, 200, &listed("backup", JUST_NOW, status));
}

#[test]
fn nothing_is_learned_of_a_press_from_another_project_or_instance() {
    let in_another_project = |page: &mut Page| type_into(page, Field::ProjectId, "another");
    let of_another_instance = |page: &mut Page| type_into(page, Field::InstanceId, SQL_SERVER);
    let (mut page, _) = followed();
    of_another(&mut page, "COMPLETED", in_another_project);
    of_another(&mut page, "COMPLETED", |page| type_into(page, Field::ProjectId, PROJECT));
    assert_eq!(*page.outcome(), Outcome::Completed, "the right one counts");
    for change in [in_another_project, of_another_instance] {
        let (mut page, _) = followed();
        of_another(&mut page, "COMPLETED", change);
        assert!(page.is_building());
        let mut page = filled();
        let create = press(&mut page);
        fail(&mut page, create, NoResponse::Unreachable);
        of_another(&mut page, "BUILDING", change);
        assert!(page.is_looking());
    }
}

#[test]
fn a_list_of_the_manual_backups_says_nothing_of_automated_ones() {
    let mut page = filled();
    let table = only(&page.update(Action::Press(Press::ShowBackups)));
    answer(&mut page, table, 200, &automated(&listed("another", JUST_NOW, "COMPLETED")));
    page.pass(11_000);
    press(&mut page);
    let target = page.newest().target.clone();
    assert!(page.work.named(&target, MYSQL, "another").is_some());
}

#[test]
fn another_request_under_a_name_that_may_exist_is_not_sent() {
    let mut page = filled();
    let create = press(&mut page);
    let look = only(&fail(&mut page, create, NoResponse::Unreachable));
    answer(&mut page, look, 403, "");
    assert!(matches!(page.outcome(), Outcome::Unknown(_)));
    type_into(&mut page, Field::Description, "another");
    assert!(calls(&page.update(Action::Press(Press::Submit))).is_empty());
    says(&page, Field::Name, &[FieldMessage::Refused(FieldRefusal::Unsettled)]);
    assert_eq!(page.work.creations.len(), 1);
}

#[test]
fn the_moment_of_a_press_survives_a_reload_by_both_clocks() {
    let mut before = filled();
    press(&mut before);
    let underway = before.persisted_underway().pop().unwrap();
    let mut page = page();
    page.now = Now { wall: UnixMillis(START.wall.0 + 5 * MINUTE), monotonic: Monotonic(1_000) };
    page.update(Action::App(AppAction::Opened {
        fragment: String::new(),
        kept: Some(Persisted { draft: String::new(), underway }),
    }));
    assert_eq!(page.newest().requested, Some(START.wall));
    assert_eq!(page.now.monotonic.since(page.newest().pressed), 5 * MINUTE);
}

#[test]
fn a_backup_without_a_begin_is_ones_own_while_it_is_looked_for_and_near_afterwards() {
    let undated = r#"{"backups":[{"id":"b1","name":"backup","type":"manual","status":"BUILDING"}],"total_count":1}"#;
    let mut page = filled();
    let create = press(&mut page);
    let look = only(&fail(&mut page, create, NoResponse::Unreachable));
    answer(&mut page, look, 200, undated);
    assert!(page.is_building());
    let mut page = nothing_came_of_it(None);
    let table = only(&page.update(Action::Press(Press::ShowBackups)));
    // Whatever it is, no press has made an automated one.
    answer(&mut page, table, 200, &automated(undated));
    assert_eq!(*page.outcome(), Outcome::NotCreated);
    let table = only(&page.update(Action::Press(Press::ShowBackups)));
    answer(&mut page, table, 200, undated);
    assert!(matches!(page.outcome(), Outcome::Unknown(Unknown::Near(_))));
}

#[test]
fn a_backup_of_other_databases_is_not_ones_own() {
    let of = |databases: &str| {
        format!(
            r#"{{"backups":[{{"id":"b1","name":"backup","begin_time":"{JUST_NOW}","status":"BUILDING","type":"manual","databases":[{databases}]}}],"total_count":1}}"#
        )
    };
    let (db1, db2) = (r#"{"name":"db1"}"#, r#"{"name":"db2"}"#);
    for (databases, is_own) in [
        (String::new(), true),
        (format!("{db2},{db1}"), true),
        (format!("{db1},{db2}"), true),
        (db1.to_owned(), false),
        (format!("{db1},{db2},{db1}"), false),
    ] {
        let mut page = page();
        fill(&mut page, SQL_SERVER, "backup");
        page.update(Action::Fill(FillAction::DatabaseTicked("db1".into())));
        page.update(Action::Fill(FillAction::DatabaseTicked("db2".into())));
        let create = press(&mut page);
        let look = only(&fail(&mut page, create, NoResponse::Unreachable));
        answer(&mut page, look, 200, &of(&databases));
        assert_eq!(page.is_building(), is_own, "{databases}");
        assert_eq!(matches!(page.stage(), Stage::Ended(Outcome::Unknown(Unknown::Near(_)))), !is_own, "{databases}");
    }
}

#[test]
fn a_lost_request_can_come_to_something_until_a_minute_after_its_connection_has_ended() {
    let mut page = filled();
    let create = press(&mut page);
    assert_eq!(page.closes_at(page.newest()), None, "no connection has ended");
    page.pass(7_000);
    fail(&mut page, create, NoResponse::Unreachable);
    assert_eq!(page.closes_at(page.newest()), Some(Monotonic(page.now.monotonic.0 + MINUTE)));
    let (page, _) = followed();
    assert_eq!(page.closes_at(page.newest()), None, "it was answered");
}

#[test]
fn a_newer_press_of_the_name_may_have_made_what_shows_up() {
    // The first was lost, and its user looks no longer; the second, of another name, isn't about it; the third is.
    let mut page = filled();
    let create = press(&mut page);
    let look = only(&fail(&mut page, create, NoResponse::Unreachable));
    settle(&mut page, look);
    let first = page.newest().key;
    assert_eq!(*page.outcome(), Outcome::NotCreated);
    paste_token(&mut page, &long_token());
    type_into(&mut page, Field::Description, "the second");
    let create = press(&mut page);
    let look = only(&fail(&mut page, create, NoResponse::Unreachable));
    let begin = UnixSeconds(page.now.wall.moment().0).at_offset(0);
    answer(&mut page, look, 200, &listed("backup", &begin, "BUILDING"));
    assert!(page.is_building(), "it is the newer one's");
    let first = page.work.creation(first).unwrap();
    assert_eq!((&first.stage, first.was_corrected), (&Stage::Ended(Outcome::NotCreated), false));
}

#[test]
fn what_is_there_while_something_may_come_of_an_attempt_was_begun_in_time() {
    for (time, is_taken) in [(MINUTE - 1, true), (MINUTE, false)] {
        let mut page = filled();
        let create = press(&mut page);
        let look = only(&fail(&mut page, create, NoResponse::Unreachable));
        page.pass(time);
        // By the API's clock it begins later than anything that can come of the attempt.
        answer(&mut page, look, 200, &automated(&begun_after(LATEST + 1)));
        assert_eq!(matches!(page.stage(), Stage::Ended(Outcome::NameTaken(Some(_)))), is_taken, "{time}");
    }
}

#[test]
fn what_was_accepted_without_an_id_began_no_more_than_ten_minutes_before_the_press() {
    for (before, is_own) in [(TEN_MINUTES, true), (TEN_MINUTES + 1, false)] {
        let mut page = filled();
        let post = press_without_list(&mut page);
        let again = wait(&answer(&mut page, post, 202, r#"{"backup":{}}"#));
        let list = only(&wait_for(&mut page, again));
        answer(&mut page, list, 200, &begun_after(-before));
        assert_eq!(page.is_building(), is_own, "{before}");
    }
}

#[test]
fn a_time_of_another_hand_in_what_a_reload_has_kept_is_held_within_those_that_there_are() {
    let mut page = filled();
    press(&mut page);
    let underway = page.persisted_underway().concat();
    for (kept, read) in [
        ("5000", 5_000),
        ("-5000", -5_000),
        ("8640000000000", 8_640_000_000_000),
        ("8640000000001", 8_640_000_000_000),
        ("-8640000000000", -8_640_000_000_000),
        ("-8640000000001", -8_640_000_000_000),
    ] {
        let page = reload("", &format!("{underway}&requested_by_server={kept}"));
        assert_eq!(page.newest().pressed_by_server, Some(read), "{kept}");
    }
}

#[test]
fn what_is_kept_of_a_reload_waits_for_an_instance_only_without_a_backup() {
    let mut page = filled();
    press(&mut page);
    let underway = page.persisted_underway().concat();
    let cause = |rest: &str| reload("", &format!("{underway}{rest}")).newest().cause.clone();
    assert_eq!(cause(""), Some(Cause::Reloaded));
    assert_eq!(cause("&awaits_instance="), Some(Cause::ReloadedWhileAwaiting));
    assert_eq!(cause("&accepted="), None);
    assert_eq!(cause("&id=b1"), None);
}

#[test]
fn the_clock_in_an_answer_of_a_failed_service_may_be_a_proxys() {
    for (status, is_heard) in [(499, true), (500, false)] {
        let mut page = filled();
        let post = press(&mut page);
        let mut refused = received(status, BUSY);
        refused.response.date = Some(UnixSeconds(5_000));
        page.update(Action::Reply(post, Reply::Response(Ok(refused))));
        assert_eq!(page.newest().pressed_by_server.is_some(), is_heard, "{status}");
    }
}
