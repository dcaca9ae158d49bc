//! Whose is a backup that a list shows? Somebody else's is never one's own, and one's own is never "not created".

use super::stage::*;

const BAD: &str = r#"{"error_code":"DBS.280001","error_msg":"x"}"#;
const NO_RIGHT: &str = r#"{"error_code":"DBS.200010","error_msg":"x"}"#;

/// Answers every reading of a search with one list until it has ended.
fn settle_with(page: &mut Page, key: u32, mut list: Ticket, body: &str) {
    let looks = |page: &Page| matches!(page.work.creation(key).unwrap().stage, Stage::Reconciling(_));
    while looks(page) {
        let effects = answer(page, list, 200, body);
        if !looks(page) {
            return;
        }
        let effects = match calls(&effects)[..] {
            [(ticket, Call::Instance { .. })] => answer(page, ticket, 200, &instance("ACTIVE")),
            _ => wait_for(page, wait(&effects)),
        };
        if let [(ticket, _)] = calls(&effects)[..] {
            list = ticket;
        }
    }
}

/// The underway of a press whose answer never came.
fn underway_of_a_press(mut page: Page) -> String {
    fill(&mut page, MYSQL, "backup");
    press(&mut page);
    page.persisted_underway().pop().unwrap()
}

/// The page is loaded again after a while, and its user presses `Look again`: the ticket of the list.
#[track_caller]
fn look_after(milliseconds: i64, underway: String) -> (Page, Ticket) {
    let mut page = page();
    page.now.wall.0 += milliseconds;
    page.update(Action::App(AppAction::Opened {
        fragment: String::new(),
        kept: Some(Persisted { draft: String::new(), underway }),
    }));
    fill(&mut page, MYSQL, "backup");
    let key = page.newest().key;
    let look = only(&page.update(Action::Press(Press::LookAgain(key))));
    (page, look)
}

#[test]
fn a_newer_press_of_the_name_that_was_refused_hides_nothing_from_the_older_one() {
    let mut page = filled();
    let create = press(&mut page);
    answer(&mut page, create, 400, BAD);
    let first = page.newest().key;
    page.pass(HOUR);
    paste_token(&mut page, &long_token());
    type_into(&mut page, Field::Description, "x");
    let create = press(&mut page);
    answer(&mut page, create, 400, BAD);
    page.pass(HOUR);
    paste_token(&mut page, &long_token());
    let list = only(&page.update(Action::Press(Press::TryAgain(first))));
    let post = only(&answer(&mut page, list, 200, NONE_LISTED));
    let look = only(&fail(&mut page, post, NoResponse::Unreachable));
    settle_with(&mut page, first, look, &listed("backup", "2026-11-24T14:00:01Z", "COMPLETED"));
    assert_eq!(page.work.creation(first).unwrap().stage, Stage::Ended(Outcome::Completed));
}

#[test]
fn a_backup_that_a_link_follows_is_not_said_to_be_not_created() {
    let mut page = filled();
    let create = press(&mut page);
    let look = only(&fail(&mut page, create, NoResponse::Unreachable));
    let key = page.newest().key;
    link(&mut page, &format!("#watch={MYSQL}/b1&endpoint=rds.example&project_id={PROJECT}"));
    let watched = page.newest().key;
    let poll = only(&page.update(Action::Press(Press::LookAgain(watched))));
    let list = listed("backup", JUST_NOW, "BUILDING");
    answer(&mut page, poll, 200, &list);
    settle_with(&mut page, key, look, &list);
    let own = page.work.creation(key).unwrap();
    assert!(own.exists(), "{:?}", own.stage);
}

#[test]
fn a_backup_from_before_the_only_attempt_that_could_have_made_it_is_not_ones_own() {
    let mut page = filled();
    let create = press(&mut page);
    answer(&mut page, create, 403, NO_RIGHT);
    assert!(matches!(page.outcome(), Outcome::Refused(_)));
    let key = page.newest().key;
    page.pass(3 * HOUR);
    paste_token(&mut page, &long_token());
    let list = only(&page.update(Action::Press(Press::TryAgain(key))));
    let post = only(&answer(&mut page, list, 403, ""));
    let look = only(&answer(&mut page, post, 409, TAKEN));
    answer(&mut page, look, 200, &listed("backup", "2026-11-24T14:00:00Z", "COMPLETED"));
    assert!(!page.newest().exists(), "{:?}", page.stage());
    assert_eq!(page.newest().certainty, None);
}

#[test]
fn a_backup_from_hours_after_the_press_is_not_ones_own_after_a_reload() {
    let (mut page, look) = look_after(8 * HOUR, underway_of_a_press(page()));
    answer(&mut page, look, 200, &listed("backup", "2026-11-24T19:00:00Z", "COMPLETED"));
    assert!(!page.newest().exists(), "{:?}", page.stage());
    assert_eq!(page.newest().certainty, None);
}

#[test]
fn a_clock_that_was_wrong_at_the_press_makes_ones_own_backup_no_older_one_after_a_reload() {
    let mut before = page();
    before.set_wall_clock(2 * HOUR);
    fill(&mut before, MYSQL, "backup");
    press_without_list(&mut before);
    let underway = before.persisted_underway().pop().unwrap();
    // Half an hour later, by the right clock.
    let (mut page, look) = look_after(30 * MINUTE, underway);
    let mut list = received(200, &listed("backup", JUST_NOW, "COMPLETED"));
    list.response.date = Some(page.now.wall.moment());
    page.update(Action::Reply(look, Reply::Response(Ok(list))));
    assert!(matches!(page.outcome(), Outcome::Unknown(Unknown::Near(_))), "{:?}", page.stage());
}

#[test]
fn what_can_not_be_told_is_said_once() {
    let mut page = filled();
    let create = press_without_list(&mut page);
    let look = only(&answer(&mut page, create, 409, TAKEN));
    let list = listed("backup", JUST_NOW, "BUILDING");
    answer(&mut page, look, 200, &list);
    let is_open = |page: &Page| matches!(page.outcome(), Outcome::Unknown(Unknown::Near(_)));
    assert!(is_open(&page));
    let table = only(&page.update(Action::Press(Press::ShowBackups)));
    let effects = answer(&mut page, table, 200, &list);
    assert!(is_open(&page) && !page.newest().was_corrected);
    assert!(!effects.contains(&Effect::Page(PageEffect::RevealAnswer)));
}

#[test]
fn what_was_refused_for_good_has_made_no_backup_that_shows_up_later() {
    let mut page = filled();
    let create = press(&mut page);
    answer(&mut page, create, 403, NO_RIGHT);
    page.pass(MINUTE);
    let table = only(&page.update(Action::Press(Press::ShowBackups)));
    answer(&mut page, table, 200, &listed("backup", "2026-11-24T12:00:50Z", "BUILDING"));
    assert!(matches!(page.outcome(), Outcome::Refused(_)), "{:?}", page.stage());
    assert!(!page.events().iter().any(|event| matches!(event, HostEvent::Created(_))));
}

#[test]
fn a_backup_of_another_description_may_be_anybodys() {
    let of = |description: &str| {
        format!(
            r#"{{"backups":[{{"id":"b1","name":"backup","description":"{description}","begin_time":"{JUST_NOW}","status":"BUILDING","type":"manual"}}],"total_count":1}}"#
        )
    };
    for (asked, found, is_own) in
        [("mine", "mine", true), ("mine", "", true), ("", "", true), ("mine", "theirs", false), ("", "theirs", false)]
    {
        let mut page = filled();
        type_into(&mut page, Field::Description, asked);
        let create = press(&mut page);
        let look = only(&answer(&mut page, create, 409, TAKEN));
        answer(&mut page, look, 200, &of(found));
        assert_eq!(page.is_building(), is_own, "{asked} {found}");
        assert_eq!(
            matches!(page.stage(), Stage::Ended(Outcome::Unknown(Unknown::Near(_)))),
            !is_own,
            "{asked} {found}"
        );
    }
}

#[test]
fn an_older_press_is_not_tried_again_while_nobody_knows_what_has_become_of_a_newer_one() {
    let mut page = filled();
    let create = press(&mut page);
    let look = only(&fail(&mut page, create, NoResponse::Unreachable));
    super::press::settle(&mut page, look);
    let first = page.newest().key;
    paste_token(&mut page, &long_token());
    type_into(&mut page, Field::Description, "x");
    let create = press(&mut page);
    fail(&mut page, create, NoResponse::Unreachable);
    let second = page.newest().key;
    page.update(Action::Work(WorkAction::Cancel(second)));
    assert_eq!(*page.outcome(), Outcome::Unknown(Unknown::Stopped));
    assert!(calls(&page.update(Action::Press(Press::TryAgain(first)))).is_empty());
    assert_eq!(page.work.latest, Some(second), "it is shown");
    assert_eq!(calls(&page.update(Action::Press(Press::TryAgain(second)))).len(), 1);
}

#[test]
fn what_was_accepted_without_an_id_is_not_said_to_be_not_created_after_a_reload() {
    let mut before = filled();
    let create = press(&mut before);
    answer(&mut before, create, 200, r#"{"backup":{}}"#);
    let underway = before.persisted_underway().pop().unwrap();
    let mut page = reload("", &underway);
    fill(&mut page, MYSQL, "backup");
    assert!(page.is_building());
    let key = page.newest().key;
    let mut look = only(&page.update(Action::Press(Press::LookAgain(key))));
    for _ in 0..3 {
        let again = wait(&answer(&mut page, look, 200, NONE_LISTED));
        assert!(page.is_building());
        page.pass(MINUTE);
        look = only(&wait_for(&mut page, again));
    }
    answer(&mut page, look, 200, &listed("backup", JUST_NOW, "COMPLETED"));
    assert_eq!((page.newest().backup.id.as_deref(), page.outcome()), (Some("b1"), &Outcome::Completed));
}

#[test]
fn a_colleagues_backup_from_after_a_sure_end_is_not_ones_own() {
    for is_awaited in [false, true] {
        for (pause, fault) in [(0, BUSY), (20_000, BUSY), (2 * HOUR, BUSY)] {
            let mut page = filled();
            page.state.page.limits.idle = u32::MAX;
            let create = press(&mut page);
            let look = only(&answer(&mut page, create, 409, fault));
            super::press::settle(&mut page, look);
            assert!(matches!(page.outcome(), Outcome::Refused(_)));
            let key = page.newest().key;
            page.pass(pause);
            let begin = page.now.wall.moment().at_offset(0);
            page.pass(1_000);
            let list = if is_awaited {
                let ask = only(&page.update(Action::Press(Press::AwaitInstance(key))));
                only(&answer(&mut page, ask, 200, &instance("ACTIVE")))
            } else {
                only(&page.update(Action::Press(Press::TryAgain(key))))
            };
            let effects = answer(&mut page, list, 200, &listed("backup", &begin, "BUILDING"));
            assert!(calls(&effects).is_empty(), "nothing is sent");
            let is_told = matches!(page.outcome(), Outcome::NameTaken(Some(_)) | Outcome::Unknown(Unknown::Near(_)));
            assert!(is_told, "{:?}", page.outcome());
        }
    }
}

/// After a sure end: no answer, and no backup in a whole list.
fn not_created() -> Page {
    let mut page = filled();
    let create = press(&mut page);
    let look = only(&fail(&mut page, create, NoResponse::Unreachable));
    super::press::settle(&mut page, look);
    assert_eq!(*page.outcome(), Outcome::NotCreated);
    page.pass(MINUTE);
    page
}

#[test]
fn a_backup_of_ones_own_that_shows_up_late_is_not_taken_by_another_after_the_next_press() {
    let late = listed("backup", "2026-11-24T12:00:02Z", "COMPLETED");
    let mut page = not_created();
    let key = page.newest().key;
    let list = only(&page.update(Action::Press(Press::TryAgain(key))));
    assert!(calls(&answer(&mut page, list, 200, &late)).is_empty());
    assert_eq!(*page.outcome(), Outcome::Completed);
    // A press that has sent nothing changes nothing: neither its moment, nor that a list corrects the card.
    let mut page = not_created();
    let (key, requested) = (page.newest().key, page.newest().requested);
    page.update(Action::Press(Press::TryAgain(key)));
    page.update(Action::Work(WorkAction::Cancel(key)));
    assert_eq!((page.outcome(), page.newest().requested), (&Outcome::NotCreated, requested));
    let table = only(&page.update(Action::Press(Press::ShowBackups)));
    answer(&mut page, table, 200, &late);
    assert_eq!(*page.outcome(), Outcome::Completed);
}

/// Accepted without an ID, and half an hour of empty lists.
fn never_listed() -> (Page, String) {
    let mut page = filled();
    page.state.page.limits.idle = u32::MAX;
    let create = press(&mut page);
    let mut effects = answer(&mut page, create, 202, r#"{"backup":{"status":"BUILDING"}}"#);
    let mut underway = page.persisted_underway().pop().unwrap();
    while page.is_building() {
        let asked = only(&wait_for(&mut page, wait(&effects)));
        effects = answer(&mut page, asked, 200, NONE_LISTED);
        underway = page.persisted_underway().pop().unwrap_or(underway);
    }
    assert_eq!(*page.outcome(), Outcome::Unknown(Unknown::NeverListed));
    (page, underway)
}

#[test]
fn what_the_api_has_accepted_is_never_said_to_be_refused_or_not_created() {
    // A list that has it corrects the card.
    let (mut page, _) = never_listed();
    let table = only(&page.update(Action::Press(Press::ShowBackups)));
    answer(&mut page, table, 200, &listed("backup", JUST_NOW, "COMPLETED"));
    assert_eq!(*page.outcome(), Outcome::Completed);
    // Another press that is refused, or that the browser forbids, says nothing of it.
    for answered in [Some(400), None] {
        let (mut page, _) = never_listed();
        let list = only(&page.update(Action::Press(Press::Submit)));
        let post = only(&answer(&mut page, list, 200, NONE_LISTED));
        match answered {
            Some(status) => {
                let look = only(&answer(&mut page, post, status, r#"{"error_code":"DBS.280001","error_msg":"bad"}"#));
                answer(&mut page, look, 200, NONE_LISTED);
            }
            None => assert!(calls(&fail(&mut page, post, NoResponse::Forbidden)).is_empty()),
        }
        assert_eq!(*page.outcome(), Outcome::Unknown(Unknown::NeverListed), "{answered:?}");
        let table = only(&page.update(Action::Press(Press::ShowBackups)));
        answer(&mut page, table, 200, &listed("backup", JUST_NOW, "COMPLETED"));
        assert_eq!(*page.outcome(), Outcome::Completed, "{answered:?}");
    }
    // Nor does a reload forget it.
    let (page, underway) = never_listed();
    let mut page = Page { now: page.now, ..reload("", &underway) };
    fill(&mut page, MYSQL, "backup");
    let key = page.newest().key;
    let list = only(&page.update(Action::Press(Press::LookAgain(key))));
    answer(&mut page, list, 200, NONE_LISTED);
    assert!(page.is_building(), "{:?}", page.stage());
}

#[test]
fn a_list_that_was_cut_short_does_not_lack_what_was_accepted_without_an_id() {
    let mut page = filled();
    let create = press(&mut page);
    let effects = answer(&mut page, create, 202, r#"{"backup":{"status":"BUILDING"}}"#);
    let list = only(&wait_for(&mut page, wait(&effects)));
    wait(&answer(&mut page, list, 200, r#"{"backups":[],"total_count":80}"#));
    assert_eq!((page.newest().listing, page.blocker()), (Listing::Unread, Some(&Blocker::Incomplete)));
}

#[test]
fn an_accepted_backup_that_was_queued_is_told_of_when_it_begins() {
    let mut page = filled();
    let create = press(&mut page);
    let mut accepted = received(202, r#"{"backup":{"status":"BUILDING"}}"#);
    accepted.response.date = Some(page.now.wall.moment());
    let effects = page.update(Action::Reply(create, Reply::Response(Ok(accepted))));
    page.pass(20 * MINUTE);
    let list = only(&wait_for(&mut page, wait(&effects)));
    answer(&mut page, list, 200, &listed("backup", "2026-11-24T12:15:00Z", "BUILDING"));
    assert!(matches!(page.outcome(), Outcome::Unknown(Unknown::Near(_))), "{:?}", page.stage());
}

#[test]
fn what_came_before_the_press_or_is_described_otherwise_is_not_what_was_accepted_without_an_id() {
    let own = r#""begin_time":"2026-11-24T12:00:01Z""#;
    let earlier = r#""begin_time":"2026-11-24T07:00:00Z""#;
    let described = r#""description":"somebody else's","begin_time":"2026-11-24T12:00:01Z""#;
    for (element, is_own) in [(own, true), (earlier, false), (described, false)] {
        let mut page = filled();
        let post = press_without_list(&mut page);
        let again = wait(&answer(&mut page, post, 202, r#"{"backup":{}}"#));
        let list = only(&wait_for(&mut page, again));
        let list_of_one =
            format!(r#"{{"backups":[{{"id":"b9","name":"backup",{element},"status":"BUILDING"}}],"total_count":1}}"#);
        answer(&mut page, list, 200, &list_of_one);
        assert_eq!(page.is_building(), is_own, "{element}");
        assert!(is_own || matches!(page.outcome(), Outcome::Unknown(Unknown::Near(_))), "{element}");
        if !is_own {
            // Looked at again, it is the same.
            let key = page.newest().key;
            let list = only(&page.update(Action::Press(Press::LookAgain(key))));
            answer(&mut page, list, 200, &list_of_one);
            assert!(matches!(page.outcome(), Outcome::Unknown(Unknown::Near(_))), "{element}");
        }
    }
}

#[test]
fn a_retry_that_was_not_sent_leaves_the_card_open_to_correction() {
    let mut page = not_created();
    let key = page.newest().key;
    let list = only(&page.update(Action::Press(Press::TryAgain(key))));
    page.update(Action::App(AppAction::PageHidden));
    assert!(calls(&answer(&mut page, list, 200, NONE_LISTED)).is_empty());
    type_into(&mut page, Field::Token, &long_token());
    let table = only(&page.update(Action::Press(Press::ShowBackups)));
    answer(&mut page, table, 200, &listed("backup", JUST_NOW, "COMPLETED"));
    assert_eq!(*page.outcome(), Outcome::Completed);
}

#[test]
fn a_retry_that_the_browser_refused_to_send_closes_no_earlier_attempt() {
    for (reason, why) in
        [(NoResponse::Forbidden, NotSent::Forbidden), (NoResponse::InvalidRequest, NotSent::InvalidRequest)]
    {
        let mut page = not_created();
        page.pass(HOUR);
        fill(&mut page, MYSQL, "backup");
        let before = page.newest().clone();
        let list = only(&page.update(Action::Press(Press::Submit)));
        let post = only(&answer(&mut page, list, 200, NONE_LISTED));
        let effects = fail(&mut page, post, reason);
        assert!(calls(&effects).is_empty(), "what is known is no less than before");
        assert_eq!(*page.newest(), Creation { not_sent: Some(why), ..before }, "{reason:?}");
        let table = only(&page.update(Action::Press(Press::ShowBackups)));
        answer(&mut page, table, 200, &listed("backup", JUST_NOW, "COMPLETED"));
        assert_eq!(*page.outcome(), Outcome::Completed, "{reason:?}");
    }
}

#[test]
fn create_anyway_that_is_not_sent_leaves_what_was_said() {
    let mut page = not_created();
    let key = page.newest().key;
    let list = only(&page.update(Action::Press(Press::TryAgain(key))));
    let again = wait(&fail(&mut page, list, NoResponse::Unreachable));
    let list = only(&wait_for(&mut page, again));
    fail(&mut page, list, NoResponse::Unreachable);
    let post = only(&page.update(Action::Press(Press::CreateAnyway(key))));
    assert!(calls(&fail(&mut page, post, NoResponse::Forbidden)).is_empty());
    assert_eq!((page.outcome(), &page.newest().not_sent), (&Outcome::NotCreated, &Some(NotSent::Forbidden)));
}

#[test]
fn create_anyway_after_a_sure_end_begins_anew() {
    let mut page = not_created();
    page.state.page.limits.idle = u32::MAX;
    page.pass(30 * HOUR);
    let key = page.newest().key;
    let list = only(&page.update(Action::Press(Press::TryAgain(key))));
    let again = wait(&fail(&mut page, list, NoResponse::Unreachable));
    let list = only(&wait_for(&mut page, again));
    fail(&mut page, list, NoResponse::Unreachable);
    let post = only(&page.update(Action::Press(Press::CreateAnyway(key))));
    assert_eq!(page.newest().requested, Some(page.now.wall));
    let look = only(&answer(&mut page, post, 409, TAKEN));
    answer(&mut page, look, 200, &listed("backup", "2026-11-24T12:15:00Z", "COMPLETED"));
    assert!(matches!(page.outcome(), Outcome::NameTaken(Some(_))), "{:?}", page.outcome());
}

#[test]
fn an_undated_backup_that_shows_up_while_the_instance_is_awaited_is_not_ones_own() {
    let mut page = filled();
    page.state.page.limits.idle = u32::MAX;
    let post = press(&mut page);
    let look = only(&answer(&mut page, post, 409, BUSY));
    super::press::settle(&mut page, look);
    page.pass(8 * HOUR);
    let key = page.newest().key;
    page.update(Action::Press(Press::AwaitInstance(key)));
    let table = only(&page.update(Action::Press(Press::ShowBackups)));
    let undated = r#"{"backups":[{"id":"b9","name":"backup","status":"BUILDING","type":"manual"}],"total_count":1}"#;
    answer(&mut page, table, 200, undated);
    assert!(!page.is_building());
}

#[test]
fn with_a_backup_of_the_name_there_an_older_card_that_looks_again_does_not_say_that_there_is_none() {
    let mut page = filled();
    page.state.page.limits.idle = u32::MAX;
    for description in ["", "another"] {
        type_into(&mut page, Field::Description, description);
        page.pass(20_000);
        let post = press_without_list(&mut page);
        let look = only(&fail(&mut page, post, NoResponse::Unreachable));
        super::press::settle(&mut page, look);
        assert_eq!(*page.outcome(), Outcome::NotCreated);
    }
    // It may be that of either, and nobody has seen it come.
    let list = listed("backup", JUST_NOW, "COMPLETED");
    let older = page.work.creations[1].key;
    page.pass(20_000);
    let reading = only(&page.update(Action::Press(Press::TryAgain(older))));
    answer(&mut page, reading, 200, &list);
    let is_near = |page: &Page, key: u32| {
        matches!(page.work.creation(key).unwrap().stage, Stage::Ended(Outcome::Unknown(Unknown::Near(_))))
    };
    assert!(is_near(&page, older) && is_near(&page, page.newest().key));
    let look = only(&page.update(Action::Press(Press::LookAgain(older))));
    answer(&mut page, look, 200, &list);
    assert!(is_near(&page, older), "{:?}", page.work.creation(older).unwrap().stage);
}

#[test]
fn a_reload_while_a_press_after_a_sure_end_reads_revives_no_older_attempt() {
    for code in ["DBS.200001", "DBS.280001", "DBS.200010"] {
        let mut page = filled();
        let create = press(&mut page);
        answer(&mut page, create, 400, &format!(r#"{{"error_code":"{code}","error_msg":"x"}}"#));
        page.pass(40_000);
        let key = page.newest().key;
        page.update(Action::Press(Press::TryAgain(key)));
        let mut again = reload_of(&page, page.persisted_underway().pop().unwrap());
        fill(&mut again, MYSQL, "backup");
        assert_eq!(again.newest().requested, Some(page.now.wall));
        let key = again.newest().key;
        let list = only(&again.update(Action::Press(Press::LookAgain(key))));
        // A colleague's, from between the refusal and the press.
        answer(&mut again, list, 200, &listed("backup", "2026-11-24T12:00:30Z", "COMPLETED"));
        assert!(matches!(again.outcome(), Outcome::Unknown(Unknown::Near(_))), "{code} {:?}", again.stage());
    }
}

#[test]
fn a_name_that_was_free_before_a_request_that_was_never_sent_says_nothing_of_a_later_one() {
    let unsendable: fn(&mut Page) = |page| {
        let post = press(page);
        fail(page, post, NoResponse::Forbidden);
    };
    let lapsed: fn(&mut Page) = |page| {
        let list = only(&page.update(Action::Press(Press::Submit)));
        page.pass(3 * MINUTE);
        answer(page, list, 200, NONE_LISTED);
    };
    for unsent in [unsendable, lapsed] {
        let mut page = filled();
        page.state.page.limits.idle = u32::MAX;
        unsent(&mut page);
        assert!(matches!(page.outcome(), Outcome::NotSent(_)));
        page.pass(HOUR);
        page.update(Action::Press(Press::Submit));
        let mut again = reload_of(&page, page.persisted_underway().pop().unwrap());
        fill(&mut again, MYSQL, "backup");
        let key = again.newest().key;
        let list = only(&again.update(Action::Press(Press::LookAgain(key))));
        answer(&mut again, list, 200, &listed("backup", "2026-11-24T12:30:00Z", "COMPLETED"));
        assert!(matches!(again.outcome(), Outcome::Unknown(Unknown::Near(_))), "{:?}", again.stage());
    }
}

#[test]
fn what_a_list_showed_while_a_retry_went_on_counts_once_that_was_not_sent() {
    // While it reads before the retry, and while the POST is under way.
    for is_sent in [false, true] {
        let mut page = not_created();
        page.pass(20_000);
        let key = page.newest().key;
        let list = only(&page.update(Action::Press(Press::TryAgain(key))));
        let table = only(&page.update(Action::Press(Press::ShowBackups)));
        let shown = listed("backup", JUST_NOW, "COMPLETED");
        if is_sent {
            let post = only(&answer(&mut page, list, 200, NONE_LISTED));
            answer(&mut page, table, 200, &shown);
            assert_eq!(*page.stage(), Stage::Sending);
            fail(&mut page, post, NoResponse::InvalidRequest);
        } else {
            answer(&mut page, table, 200, &shown);
            page.update(Action::Work(WorkAction::Cancel(key)));
        }
        assert_eq!(*page.outcome(), Outcome::Completed, "{is_sent}");
    }
}

#[test]
fn a_taken_name_that_nobody_was_seen_to_have_is_corrected_by_the_list_that_has_it() {
    let manual = listed("backup", JUST_NOW, "COMPLETED");
    let automated = manual.replace(r#""type":"manual""#, r#""type":"auto""#);
    for (list, is_own) in [(manual, true), (automated, false)] {
        let mut page = filled();
        let create = press(&mut page);
        let look = only(&answer(&mut page, create, 409, TAKEN));
        let key = page.newest().key;
        settle_with(&mut page, key, look, NONE_LISTED);
        assert_eq!(*page.outcome(), Outcome::NameTaken(None));
        let table = only(&page.update(Action::Press(Press::ShowBackups)));
        answer(&mut page, table, 200, &list);
        assert_eq!(*page.outcome() == Outcome::Completed, is_own, "{:?}", page.stage());
        assert_eq!(matches!(page.outcome(), Outcome::NameTaken(Some(_))), !is_own, "{:?}", page.stage());
        assert!(page.newest().was_corrected);
    }
}

#[test]
fn a_reload_while_a_press_reads_again_keeps_the_first_press_of_which_something_may_come() {
    let mut page = filled();
    let post = press(&mut page);
    let mut underway = page.persisted_underway().pop().unwrap();
    fail(&mut page, post, NoResponse::Unreachable);
    let key = page.newest().key;
    page.update(Action::Work(WorkAction::Cancel(key)));
    page.pass(20_000);
    page.update(Action::Press(Press::TryAgain(key)));
    underway = page.persisted_underway().pop().unwrap_or(underway);
    assert!(matches!(page.stage(), Stage::Reading(_)));
    let again = reload_of(&page, underway);
    let expected = (page.newest().requested, true);
    assert_eq!((again.newest().requested, again.newest().name_was_free()), expected);
}

/// The press again, while lists are refused; its answer is lost, and then a colleague's backup from half an hour before shows up.
fn pressed_again_without_list(page: &mut Page, begin_time: &str) {
    let list = only(&page.update(Action::Press(Press::Submit)));
    let post = only(&answer(page, list, 403, ""));
    let look = only(&fail(page, post, NoResponse::Unreachable));
    answer(page, look, 200, &listed("backup", begin_time, "COMPLETED"));
}

#[test]
fn a_list_says_nothing_of_an_attempt_of_another_time() {
    for reloads in [false, true] {
        let mut page = filled();
        page.state.page.limits.idle = u32::MAX;
        let post = press(&mut page);
        let underway = page.persisted_underway().pop().unwrap();
        fail(&mut page, post, NoResponse::Unreachable);
        let key = page.newest().key;
        page.update(Action::Work(WorkAction::Cancel(key)));
        page.pass(HOUR);
        if reloads {
            page = reload_of(&page, underway);
            page.pass(20_000);
            fill(&mut page, MYSQL, "backup");
        }
        pressed_again_without_list(&mut page, "2026-11-24T12:30:00Z");
        assert!(matches!(page.outcome(), Outcome::Unknown(Unknown::Near(_))), "{reloads}: {:?}", page.stage());
    }
    // What the API has accepted, and nobody has seen, is of its time, too.
    let (mut page, _) = never_listed();
    page.state.page.limits.idle = u32::MAX;
    page.pass(HOUR);
    paste_token(&mut page, &long_token());
    pressed_again_without_list(&mut page, "2026-11-24T13:00:00Z");
    assert!(matches!(page.outcome(), Outcome::Unknown(Unknown::Near(_))), "{:?}", page.stage());
}

#[test]
fn what_appears_since_the_list_was_not_taken_before_however_the_api_writes_it() {
    let typed = |name: &str| {
        let mut page = page();
        fill(&mut page, SQL_SERVER, "backup");
        page.update(Action::Form(FormAction::AddDatabasePressed));
        type_into(&mut page, Field::Database(0), name);
        page
    };
    let lost = |page: &mut Page, list: &str| {
        let post = press(page);
        let look = only(&fail(page, post, NoResponse::Unreachable));
        answer(page, look, 200, list);
    };
    let of = |name: &str| {
        listed("backup", JUST_NOW, "BUILDING")
            .replace(r#""type""#, &format!(r#""databases":[{{"name":"{name}"}}],"type""#))
    };
    for (asked, found) in [("sales", "Sales"), ("sales\u{200b}2026", "sales\u{200b}2026")] {
        let mut page = typed(asked);
        lost(&mut page, &of(found));
        assert!(page.is_building(), "{asked}");
    }
    for list in [of("other"), listed("backup", JUST_NOW, "BUILDING").replace("manual", "fragment")] {
        let mut page = typed("sales");
        lost(&mut page, &list);
        assert!(matches!(page.outcome(), Outcome::Unknown(Unknown::Near(_))), "{list}");
        // It can still turn out to be one's own.
        let table = only(&page.update(Action::Press(Press::ShowBackups)));
        answer(&mut page, table, 200, &of("sales"));
        assert!(page.is_building());
    }
    // Of a thousand databases and more only the first are read.
    let mut page = filled();
    type_into(&mut page, Field::InstanceId, SQL_SERVER);
    for number in 0..1_001 {
        page.update(Action::Form(FormAction::AddDatabasePressed));
        page.state.form.edit(Field::Database(number), format!("db{number}"), Input::Typed);
    }
    let names: Vec<String> = (0..1_001).map(|number| format!(r#"{{"name":"db{number}"}}"#)).collect();
    let all = of("x").replace(r#"{"name":"x"}"#, &names.join(","));
    lost(&mut page, &all);
    assert!(page.is_building());
    // Of a thousand all are.
    let mut page = typed("sales");
    lost(&mut page, &of("x").replace(r#"{"name":"x"}"#, &names[..1_000].join(",")));
    assert!(matches!(page.outcome(), Outcome::Unknown(Unknown::Near(_))));
    // A character that can't be seen in a description.
    let mut page = filled();
    type_into(&mut page, Field::Description, "before\u{200b} it");
    lost(&mut page, &of("x").replace(r#""databases":[{"name":"x"}]"#, "\"description\":\"before\u{200b} it\""));
    assert!(page.is_building());
}

#[test]
fn once_a_newer_press_of_the_name_is_refused_or_unsent_the_older_one_is_judged_by_what_was_listed() {
    for is_refused in [true, false] {
        let mut page = not_created();
        type_into(&mut page, Field::Description, "another");
        let post = press(&mut page);
        let table = only(&page.update(Action::Press(Press::ShowBackups)));
        answer(&mut page, table, 200, &listed("backup", JUST_NOW, "COMPLETED"));
        if is_refused {
            answer(&mut page, post, 400, BAD);
        } else {
            fail(&mut page, post, NoResponse::InvalidRequest);
        }
        assert_eq!(page.work.creations[1].stage, Stage::Ended(Outcome::Completed), "{is_refused}");
    }
}

#[test]
fn a_retry_that_is_refused_for_what_it_is_takes_nothing_from_the_attempt_before() {
    let mut page = not_created();
    let (key, requested) = (page.newest().key, page.newest().requested);
    let list = only(&page.update(Action::Press(Press::TryAgain(key))));
    let post = only(&answer(&mut page, list, 200, NONE_LISTED));
    answer(&mut page, post, 403, r#"{"error_code":"DBS.280056","error_msg":"x"}"#);
    assert!(matches!(page.outcome(), Outcome::Refused(_)), "{:?}", page.stage());
    assert_eq!((page.newest().requested, page.newest().attempts.len()), (requested, 2));
    let table = only(&page.update(Action::Press(Press::ShowBackups)));
    answer(&mut page, table, 200, &listed("backup", JUST_NOW, "COMPLETED"));
    assert_eq!(*page.outcome(), Outcome::Completed);
}

#[test]
fn the_backup_of_another_card_has_taken_the_name_when_the_first_is_tried_again() {
    let mut page = not_created();
    type_into(&mut page, Field::Description, "another");
    let post = press(&mut page);
    answer(&mut page, post, 200, &STARTED.replace("BUILDING", "COMPLETED"));
    type_into(&mut page, Field::Description, "");
    let list = only(&page.update(Action::Press(Press::Submit)));
    answer(&mut page, list, 200, &listed("backup", JUST_NOW, "COMPLETED"));
    assert!(matches!(page.work.creations[1].stage, Stage::Ended(Outcome::NameTaken(Some(_)))));
}

/// A backup that is completed, its status told by a list.
fn completed() -> Page {
    let (mut page, waiting) = followed();
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "COMPLETED"));
    assert_eq!(*page.outcome(), Outcome::Completed);
    page
}

fn shows(page: &mut Page, list: &str) -> Vec<Effect> {
    let table = only(&page.update(Action::Press(Press::ShowBackups)));
    answer(page, table, 200, list)
}

#[test]
fn a_completed_backup_that_is_deleted_is_not_said_to_be_there() {
    // It is being deleted: the page asks until it is gone, and tells nobody that it was created once more.
    let mut page = completed();
    let effects = shows(&mut page, &listed("backup", JUST_NOW, "DELETING"));
    assert!(page.is_building() && page.events().is_empty());
    let poll = only(&wait_for(&mut page, wait(&effects)));
    answer(&mut page, poll, 200, NONE_LISTED);
    assert_eq!(*page.outcome(), Outcome::Gone);
    // A list lacks it, which may lag: the page asks on, until a minute has passed.
    let mut page = completed();
    page.pass(1_000);
    let mut effects = shows(&mut page, NONE_LISTED);
    assert!(page.is_building() && page.newest().is_missing() && page.work.newest_status().is_none());
    let missing = page.now.monotonic;
    while page.is_building() {
        let poll = only(&wait_for(&mut page, wait(&effects)));
        effects = answer(&mut page, poll, 200, NONE_LISTED);
        assert_eq!(page.is_building(), page.now.monotonic.since(missing) < MINUTE);
    }
    assert_eq!(page.outcome(), &Outcome::Gone);
    // Another list that lacks it says nothing more, and its name is free to ask for.
    let mut page = completed();
    page.pass(1_000);
    shows(&mut page, NONE_LISTED);
    let effects = shows(&mut page, NONE_LISTED);
    assert!(waits(&effects).is_empty() && page.is_building());
    type_into(&mut page, Field::Description, "again");
    only(&page.update(Action::Press(Press::Submit)));
    // One that has it counts, and tells nobody anew that it has ended.
    let mut page = completed();
    page.state.work.notifications = Notifications::Allowed;
    page.pass(1_000);
    shows(&mut page, NONE_LISTED);
    let effects = shows(&mut page, &listed("backup", JUST_NOW, "COMPLETED"));
    assert_eq!((page.outcome(), page.newest().listing), (&Outcome::Completed, Listing::Listed));
    assert!(
        page.events().is_empty()
            && !effects.iter().any(|effect| matches!(effect, Effect::Work(WorkEffect::ShowNotification(..))))
    );
    // So does a reading only that began after its end, and one of its kind.
    let (mut page, waiting) = followed();
    let table = only(&page.update(Action::Press(Press::ShowBackups)));
    page.pass(1_000);
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "COMPLETED"));
    answer(&mut page, table, 200, NONE_LISTED);
    assert_eq!(page.newest().listing, Listing::Listed);
}

#[test]
fn a_list_of_manual_backups_lacks_no_other_that_a_link_names() {
    for (kind, is_missing) in [("manual", true), ("auto", false)] {
        let mut page = filled();
        link(&mut page, &format!("#watch={MYSQL}/b1&endpoint=rds.example&project_id={PROJECT}"));
        let key = page.newest().key;
        let poll = only(&page.update(Action::Press(Press::LookAgain(key))));
        answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "COMPLETED").replace("manual", kind));
        page.pass(1_000);
        type_into(&mut page, Field::Name, "another");
        let list = only(&page.update(Action::Press(Press::Submit)));
        answer(&mut page, list, 200, NONE_LISTED);
        let creation = page.work.creation(key).unwrap();
        assert_eq!(matches!(creation.listing, Listing::Missing(_)), is_missing, "{kind}");
    }
}

#[test]
fn that_a_backup_was_created_is_told_once() {
    let (mut page, _) = never_listed();
    let key = page.newest().key;
    page.update(Action::Press(Press::LookAgain(key)));
    assert!(page.newest().exists() && page.events().is_empty());
}

#[test]
fn an_undated_backup_is_ones_own_for_as_long_as_the_server_may_be_at_the_request() {
    let undated = r#"{"backups":[{"id":"b1","name":"backup","status":"BUILDING","type":"manual"}],"total_count":1}"#;
    for (later, is_own) in [(MINUTE - 1, true), (MINUTE, false)] {
        let mut page = filled();
        let create = press(&mut page);
        let look = only(&fail(&mut page, create, NoResponse::Unreachable));
        page.pass(later);
        answer(&mut page, look, 200, undated);
        assert_eq!(page.is_building(), is_own, "{later}");
    }
}
