//! The page's decisions, told as what a user does.

use contract::answer::Body;
use contract::codes::Meaning;
use contract::instance::Engine;
use contract::rules::{Violation, Warning, name, token};

use super::*;

mod around;
mod calls;
mod parts;
mod random;

const PROJECT: &str = "0483b6b16e954cb88930a360d2c4e663";
const MYSQL: &str = "d8e6ca5a624745bcb546a227aa3ae1cfin01";
const SQL_SERVER: &str = "d8e6ca5a624745bcb546a227aa3ae1cfin04";

fn long_token() -> String {
    format!("MII{}", "a".repeat(1500))
}

/// 2026-11-24 12:00:00 UTC.
const START: Millis = Millis(1_795_521_600_000);
/// Where the page is.
const ADDRESS: &str = "https://backup.example/console/";

/// The page, and a clock that the test moves on.
struct Stage {
    page: State,
    now: Millis,
    /// What the page does besides, whatever the test is about: drafts, its address, and what it tells others.
    aside: Vec<Effect>,
    /// Whether the part of the program is here that acts on requests.
    is_whole: bool,
}

impl std::ops::Deref for Stage {
    type Target = State;

    fn deref(&self) -> &State {
        &self.page
    }
}

impl Stage {
    fn update(&mut self, action: Action) -> Vec<Effect> {
        let is_aside =
            |effect: &Effect| matches!(effect, Effect::KeepDraft(_) | Effect::SetAddress(_) | Effect::Tell(_));
        self.is_whole |= action == Action::PartLoaded(Success::Yes);
        let effects = if self.is_whole {
            self.page.update(action, self.now)
        } else {
            self.page.update_with(action, self.now, State::hold)
        };
        let (aside, effects) = effects.into_iter().partition(is_aside);
        self.aside = aside;
        effects
    }

    fn limits_to_one_minute(&mut self) {
        self.page.limits.idle = 60_000;
    }

    fn pass(&mut self, milliseconds: i64) {
        self.now.0 += milliseconds;
    }
}

fn page() -> Stage {
    Stage {
        page: State::new(Surroundings { address: ADDRESS.into(), ..Surroundings::default() }),
        now: START,
        aside: Vec::new(),
        is_whole: true,
    }
}

/// The page before the part is here that acts on requests.
fn page_in_parts() -> Stage {
    Stage { is_whole: false, ..page() }
}

fn type_into(page: &mut Stage, field: Field, text: &str) {
    page.update(Action::Edited(field, text.into(), Input::Typed));
}

fn fill(page: &mut Stage, instance_id: &str, name: &str) {
    type_into(page, Field::Endpoint, "rds.example");
    type_into(page, Field::ProjectId, PROJECT);
    type_into(page, Field::Token, &long_token());
    type_into(page, Field::InstanceId, instance_id);
    type_into(page, Field::Name, name);
}

fn filled() -> Stage {
    let mut page = page();
    fill(&mut page, MYSQL, "backup");
    page
}

/// The tickets of the requests to create a backup.
fn sent(effects: &[Effect]) -> Vec<Ticket> {
    calls(effects)
        .into_iter()
        .filter(|(_, call)| matches!(call, Call::CreateBackup(_)))
        .map(|(ticket, _)| ticket)
        .collect()
}

fn calls(effects: &[Effect]) -> Vec<(Ticket, Call)> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Fetch { ticket, call, .. } => Some((*ticket, call.clone())),
            _ => None,
        })
        .collect()
}

/// The ticket of the only call.
#[track_caller]
fn only(effects: &[Effect]) -> Ticket {
    let [(ticket, _)] = calls(effects)[..] else { panic!("one call, not {:?}", calls(effects)) };
    ticket
}

/// The ticket and the length of the only wait.
#[track_caller]
fn wait(effects: &[Effect]) -> (Ticket, u32) {
    let waits: Vec<_> = effects
        .iter()
        .filter_map(|effect| if let Effect::Wait(ticket, time) = effect { Some((*ticket, *time)) } else { None })
        .collect();
    let [wait] = waits[..] else { panic!("one wait, not {waits:?}") };
    wait
}

fn press(page: &mut Stage) -> Ticket {
    only(&page.update(Action::SubmitPressed))
}

fn answer(page: &mut Stage, ticket: Ticket, status: u16, body: &str) -> Vec<Effect> {
    let json = serde_json::from_str(body).ok();
    let answer = Answer::new(status, Body::Text(body.into()));
    page.update(Action::Answered { ticket, result: Ok(Received { answer, json }) })
}

fn fail(page: &mut Stage, ticket: Ticket, reason: NoAnswer) -> Vec<Effect> {
    page.update(Action::Answered { ticket, result: Err(reason) })
}

/// A list with one backup.
fn listed(name: &str, begin_time: &str, status: &str) -> String {
    format!(
        r#"{{"backups":[{{"id":"b1","name":"{name}","begin_time":"{begin_time}","status":"{status}","type":"manual"}}],"total_count":1}}"#
    )
}

const NONE_LISTED: &str = r#"{"backups":[],"total_count":0}"#;
const JUST_NOW: &str = "2026-11-24T12:00:01Z";
const STARTED: &str = r#"{"backup":{"id":"b1","name":"backup","status":"BUILDING","type":"manual"}}"#;

#[track_caller]
fn says(page: &Stage, field: Field, expected: &[Remark]) {
    assert_eq!(*page.remarks.of(field), *expected);
}

#[test]
fn nothing_is_said_while_first_typing() {
    let mut page = page();
    type_into(&mut page, Field::Name, "ab");
    type_into(&mut page, Field::Endpoint, "http://rds");
    says(&page, Field::Name, &[]);
    says(&page, Field::Endpoint, &[]);
}

#[test]
fn leaving_a_field_with_a_text_judges_it_and_leaving_an_empty_one_does_not() {
    let mut page = page();
    type_into(&mut page, Field::Name, "ab");
    page.update(Action::Left(Field::Name));
    says(&page, Field::Name, &[Remark::Fault(Violation::NameTooShort { found: 2 })]);
    page.update(Action::Left(Field::ProjectId));
    says(&page, Field::ProjectId, &[]);
}

#[test]
fn a_field_in_error_is_judged_at_every_key() {
    let mut page = page();
    type_into(&mut page, Field::Name, "ab");
    page.update(Action::Left(Field::Name));
    type_into(&mut page, Field::Name, "abc");
    says(&page, Field::Name, &[Remark::Fault(Violation::NameTooShort { found: 3 })]);
    type_into(&mut page, Field::Name, "abcd");
    says(&page, Field::Name, &[]);
    type_into(&mut page, Field::Name, &"a".repeat(name::LONGEST + 1));
    says(&page, Field::Name, &[Remark::Fault(Violation::NameTooLong { found: 65 })]);
}

#[test]
fn characters_that_are_not_allowed_are_said_at_once() {
    let mut page = page();
    type_into(&mut page, Field::Description, "a&");
    assert!(matches!(*page.remarks.of(Field::Description), [Remark::Fault(Violation::DescriptionCharacters(_))]));
    type_into(&mut page, Field::Name, "a.");
    assert!(matches!(*page.remarks.of(Field::Name), [Remark::Fault(Violation::NameCharacters(_))]));
    type_into(&mut page, Field::Name, "a");
    says(&page, Field::Name, &[]);
}

#[test]
fn an_empty_form_sends_nothing_and_asks_for_every_required_field() {
    let mut page = page();
    let effects = page.update(Action::SubmitPressed);
    assert!(effects == [Effect::Focus(Focus::Summary)]);
    assert!(page.phase == Phase::NotSent);
    let faulty: Vec<_> = page.remarks.faulty().collect();
    assert_eq!(faulty, [Field::Endpoint, Field::ProjectId, Field::Token, Field::InstanceId, Field::Name]);
}

#[test]
fn the_focus_goes_to_the_summary_of_faults_and_from_there_to_the_fields() {
    let mut page = filled();
    type_into(&mut page, Field::Name, "1");
    type_into(&mut page, Field::ProjectId, "a b");
    assert!(page.update(Action::SubmitPressed) == [Effect::Focus(Focus::Summary)]);
    assert_eq!(page.remarks.faulty().collect::<Vec<_>>(), [Field::ProjectId, Field::Name]);
    let effects = page.update(Action::FieldLinkPressed(Field::Name));
    assert!(effects == [Effect::Focus(Focus::Field(Field::Name))]);
    // The list as a whole has its first entry.
    page.update(Action::AddDatabasePressed);
    let effects = page.update(Action::FieldLinkPressed(Field::Databases));
    assert!(effects == [Effect::Focus(Focus::Field(Field::Database(0)))]);
}

#[test]
fn a_good_form_sends_what_was_typed() {
    let mut page = filled();
    type_into(&mut page, Field::Description, " before the upgrade ");
    let effects = page.update(Action::SubmitPressed);
    let [
        Effect::Fetch { connection, call: Call::CreateBackup(backup), language: Language::English, .. },
        Effect::RevealAnswer,
    ] = &effects[..]
    else {
        panic!("one request");
    };
    assert_eq!(connection.endpoint.as_str(), "https://rds.example");
    assert_eq!(connection.project_id.as_str(), PROJECT);
    assert!(connection.token.expose() == long_token());
    assert_eq!(backup.instance_id.as_str(), MYSQL);
    assert_eq!(backup.description.as_ref().unwrap().as_str(), "before the upgrade");
}

#[test]
fn a_second_press_while_sending_sends_nothing() {
    let mut page = filled();
    assert_eq!(sent(&page.update(Action::SubmitPressed)).len(), 1);
    assert!(sent(&page.update(Action::SubmitPressed)).is_empty());
}

#[test]
fn the_form_stays_as_it_was_sent_while_sending() {
    let mut page = filled();
    page.update(Action::SubmitPressed);
    let before = page.form.clone();
    type_into(&mut page, Field::Name, "other");
    page.update(Action::AddDatabasePressed);
    page.update(Action::DatabasesPasted(0, "a,b".into()));
    page.update(Action::EngineChosen(EngineChoice::Stated(Engine::SqlServer)));
    assert!(page.form == before);
}

#[test]
fn an_accepted_backup_is_shown_and_the_form_keeps_its_texts() {
    let mut page = filled();
    let ticket = press(&mut page);
    answer(&mut page, ticket, 200, STARTED);
    let Phase::Accepted { backup, .. } = &page.phase else { panic!("accepted") };
    assert_eq!(backup.id.as_deref(), Some("b1"));
    assert_eq!(&*page.form.name.text, "backup");
    assert!(page.form.token.text.expose() == long_token());
}

#[test]
fn a_late_answer_of_a_cancelled_attempt_is_ignored() {
    let mut page = filled();
    let create = press(&mut page);
    let effects = page.update(Action::CancelPressed);
    assert!(effects.contains(&Effect::Abort(create)));
    let look = only(&effects);
    assert!(answer(&mut page, create, 200, STARTED).is_empty());
    assert!(matches!(&page.phase, Phase::Looking(Look { why: Why::Cancelled, .. })));
    // Nor is a press heard while the page looks.
    assert!(page.update(Action::SubmitPressed).is_empty());
    answer(&mut page, look, 200, &listed("backup", JUST_NOW, "BUILDING"));
    assert!(matches!(&page.phase, Phase::Found { .. }));
}

#[test]
fn an_answer_that_got_lost_is_looked_for_and_not_sent_again() {
    for reason in [NoAnswer::Unreachable, NoAnswer::TimedOut, NoAnswer::Cancelled] {
        let mut page = filled();
        let create = press(&mut page);
        let effects = fail(&mut page, create, reason);
        let [(look, Call::Backups { instance_id, backup_id: None, offset: 0, .. })] = &calls(&effects)[..] else {
            panic!("the list is read");
        };
        assert_eq!(instance_id, MYSQL);
        answer(&mut page, *look, 200, &listed("backup", JUST_NOW, "BUILDING"));
        assert!(matches!(&page.phase, Phase::Found { .. }), "{reason:?}");
        assert_eq!(page.followed.len(), 1);
        assert_eq!(page.history[0].ending, Ending::Created);
    }
}

#[test]
fn unclear_answers_are_looked_for_too() {
    for (status, body) in [(500, ""), (502, "<html>"), (504, ""), (408, ""), (200, "{}"), (204, "")] {
        let mut page = filled();
        let create = press(&mut page);
        let look = only(&answer(&mut page, create, status, body));
        answer(&mut page, look, 200, &listed("backup", JUST_NOW, "BUILDING"));
        assert!(matches!(&page.phase, Phase::Found { why: Why::Unclear(_), .. }), "{status}");
    }
}

#[test]
fn what_is_not_in_the_list_is_given_time_and_then_known_not_to_be_there() {
    let mut page = filled();
    let create = press(&mut page);
    let mut look = only(&fail(&mut page, create, NoAnswer::TimedOut));
    let mut last = 0;
    while page.now.since(START) < 60_000 {
        let (again, pause) = wait(&answer(&mut page, look, 200, NONE_LISTED));
        assert!(matches!(&page.phase, Phase::Looking(_)));
        assert!((1_000..=10_000).contains(&pause) && pause >= last, "{pause}");
        last = pause;
        page.pass(pause.into());
        look = only(&page.update(Action::Waited(again)));
    }
    answer(&mut page, look, 200, NONE_LISTED);
    assert!(matches!(&page.phase, Phase::Absent { .. }));
    // One press asks again, with the same name.
    let effects = page.update(Action::TryAgainPressed);
    let [(_, Call::CreateBackup(backup))] = &calls(&effects)[..] else { panic!("one request") };
    assert_eq!(backup.name.as_str(), "backup");
}

#[test]
fn a_name_that_exists_is_a_collision_only_when_it_is_older_than_the_press() {
    let taken = r#"{"error_code":"DBS.201201","error_msg":"exists"}"#;
    for (begin_time, is_own) in [(JUST_NOW, true), ("2026-11-22T11:00:00Z", false)] {
        let mut page = filled();
        let create = press(&mut page);
        let look = only(&answer(&mut page, create, 409, taken));
        answer(&mut page, look, 200, &listed("backup", begin_time, "BUILDING"));
        assert_eq!(matches!(&page.phase, Phase::Found { .. }), is_own);
        assert_eq!(matches!(&page.phase, Phase::Collision { backup: Some(_), .. }), !is_own);
        assert_eq!(page.followed.len(), usize::from(is_own));
        let remark = Remark::Refused(Meaning::NameTaken);
        says(&page, Field::Name, if is_own { &[] } else { std::slice::from_ref(&remark) });
    }
}

const TAKEN: &str = r#"{"error_code":"DBS.201201","error_msg":"exists"}"#;

#[test]
fn a_list_that_comes_in_after_the_press_does_not_make_its_backup_an_older_one() {
    let mut page = filled();
    let list = only(&page.update(Action::ShowBackupsPressed));
    let create = press(&mut page);
    page.pass(1_000);
    answer(&mut page, list, 200, &listed("backup", JUST_NOW, "BUILDING"));
    let look = only(&answer(&mut page, create, 409, TAKEN));
    answer(&mut page, look, 200, &listed("backup", JUST_NOW, "BUILDING"));
    assert!(matches!(&page.phase, Phase::Found { .. }));
}

#[test]
fn a_list_from_before_the_press_tells_whatever_the_clocks_say() {
    for (before, is_own) in [(NONE_LISTED.to_owned(), true), (listed("older", JUST_NOW, "COMPLETED"), false)] {
        let mut page = filled();
        let list = only(&page.update(Action::ShowBackupsPressed));
        answer(&mut page, list, 200, &before);
        page.pass(1_000);
        let create = press(&mut page);
        let look = only(&answer(&mut page, create, 409, TAKEN));
        // An hour off, and of the ID that the list may have had.
        answer(&mut page, look, 200, &listed("backup", "2026-11-24T11:00:00Z", "BUILDING"));
        assert_eq!(matches!(&page.phase, Phase::Found { .. }), is_own);
        assert_eq!(matches!(&page.phase, Phase::Collision { .. }), !is_own);
    }
}

#[test]
fn a_begin_far_from_the_press_proves_nothing_while_the_servers_clock_is_not_known() {
    let mut page = filled();
    let create = press(&mut page);
    let look = only(&answer(&mut page, create, 409, TAKEN));
    answer(&mut page, look, 200, &listed("backup", "2026-11-24T11:00:00Z", "BUILDING"));
    assert!(matches!(&page.phase, Phase::Untold { obstacle: Obstacle::Undated(_), .. }));
}

#[test]
fn a_backup_of_an_earlier_press_is_not_taken_for_that_of_this_one() {
    let mut page = filled();
    let create = press(&mut page);
    answer(&mut page, create, 200, STARTED);
    page.pass(1_000);
    let create = press(&mut page);
    let look = only(&answer(&mut page, create, 409, r#"{"error_code":"DBS.201201","error_msg":"exists"}"#));
    answer(&mut page, look, 200, &listed("backup", JUST_NOW, "BUILDING"));
    assert!(matches!(&page.phase, Phase::Collision { .. }));
    assert_eq!(page.followed.len(), 1);
}

#[test]
fn a_list_that_can_not_be_read_leaves_it_open() {
    let mut page = filled();
    let create = press(&mut page);
    let look = only(&fail(&mut page, create, NoAnswer::TimedOut));
    let (again, _) = wait(&answer(&mut page, look, 500, ""));
    assert!(matches!(&page.phase, Phase::Looking(Look { obstacle: Some(Obstacle::Refused(_)), .. })));
    let look = only(&page.update(Action::Waited(again)));
    wait(&fail(&mut page, look, NoAnswer::Unreachable));
    page.update(Action::CancelPressed);
    assert!(matches!(&page.phase, Phase::Untold { obstacle: Obstacle::Unreachable, .. }));
    assert_eq!(page.history[0].ending, Ending::Unknown);
}

#[test]
fn something_that_answers_and_shows_the_page_nothing_twice_does_not_allow_its_origin() {
    for reached in [Success::Yes, Success::No] {
        let mut page = filled();
        let create = press(&mut page);
        let look = only(&fail(&mut page, create, NoAnswer::Unreachable));
        let effects = fail(&mut page, look, NoAnswer::Unreachable);
        page.update(Action::Probed(probe(&effects), Success::Yes));
        assert!(matches!(&page.phase, Phase::Looking(_)), "once is an accident");
        let (pause, _) = wait(&effects);
        let look = only(&page.update(Action::Waited(pause)));
        let effects = fail(&mut page, look, NoAnswer::Unreachable);
        page.update(Action::Probed(probe(&effects), reached));
        let is_cors = matches!(&page.phase, Phase::Untold { obstacle: Obstacle::OriginNotAllowed, .. });
        assert_eq!((is_cors, page.is_busy()), (reached == Success::Yes, reached == Success::No));
    }
}

#[track_caller]
fn probe(effects: &[Effect]) -> Ticket {
    let probe =
        effects.iter().find_map(|effect| if let Effect::Probe(ticket, _) = effect { Some(*ticket) } else { None });
    probe.unwrap()
}

#[test]
fn a_token_that_the_list_rejects_leaves_it_open_until_there_is_a_new_one() {
    let mut page = filled();
    let create = press(&mut page);
    let look = only(&fail(&mut page, create, NoAnswer::Unreachable));
    let rejected = r#"{"error_code":"APIGW.0301","error_msg":"x"}"#;
    let effects = answer(&mut page, look, 401, rejected);
    assert!(effects.contains(&Effect::Focus(Focus::Field(Field::Token))));
    assert!(matches!(&page.phase, Phase::Untold { obstacle: Obstacle::Refused(_), .. }));
    // The same name again, with the new token: what the first press has made is found.
    page.pass(10 * 60_000);
    let new = format!("MII{}", "b".repeat(1500));
    type_into(&mut page, Field::Token, &new);
    let create = only(&page.update(Action::TryAgainPressed));
    let look = only(&answer(&mut page, create, 409, r#"{"error_code":"DBS.201201","error_msg":"exists"}"#));
    answer(&mut page, look, 200, &listed("backup", JUST_NOW, "BUILDING"));
    assert!(matches!(&page.phase, Phase::Found { .. }));
}

fn followed() -> (Stage, Ticket) {
    let mut page = filled();
    let create = press(&mut page);
    let effects = answer(&mut page, create, 200, STARTED);
    let (ticket, pause) = wait(&effects);
    assert_eq!(pause, 2_000);
    (page, ticket)
}

#[test]
fn a_created_backup_is_followed_ever_more_slowly_until_it_is_there() {
    let (mut page, mut waiting) = followed();
    let mut pauses = vec![];
    for _ in 0..8 {
        let effects = page.update(Action::Waited(waiting));
        let [(poll, Call::Backups { backup_id, .. })] = &calls(&effects)[..] else { panic!("one question") };
        assert_eq!(backup_id.as_deref(), Some("b1"));
        let (next, pause) = wait(&answer(&mut page, *poll, 200, &listed("backup", JUST_NOW, "BUILDING")));
        (waiting, pauses) = (next, [pauses, vec![pause]].concat());
    }
    assert!(pauses.is_sorted() && pauses[0] >= 2_000 && pauses[7] == 15_000, "{pauses:?}");
    let poll = only(&page.update(Action::Waited(waiting)));
    assert!(answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "COMPLETED")).is_empty());
    assert!(page.followed[0].has_ended());
    assert_eq!(page.rows()[0].status, "COMPLETED");
}

#[test]
fn a_failing_poll_says_nothing_about_the_backup_and_goes_on() {
    let (mut page, waiting) = followed();
    let poll = only(&page.update(Action::Waited(waiting)));
    let (waiting, _) = wait(&fail(&mut page, poll, NoAnswer::Unreachable));
    assert_eq!(page.followed[0].trouble, Some(Trouble::Unheard));
    assert!(matches!(&page.phase, Phase::Accepted { .. }));
    let poll = only(&page.update(Action::Waited(waiting)));
    let answer = Answer { retry_after: Some(30), ..Answer::new(429, Body::Text(String::new())) };
    let (waiting, pause) =
        wait(&page.update(Action::Answered { ticket: poll, result: Ok(Received { answer, json: None }) }));
    assert_eq!(pause, 30_000);
    let poll = only(&page.update(Action::Waited(waiting)));
    super::tests::answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "BUILDING"));
    assert_eq!(page.followed[0].trouble, None);
}

#[test]
fn a_backup_may_be_missing_from_the_list_for_a_minute() {
    let (mut page, waiting) = followed();
    let poll = only(&page.update(Action::Waited(waiting)));
    let (waiting, _) = wait(&answer(&mut page, poll, 200, NONE_LISTED));
    assert_eq!(page.followed[0].trouble, None);
    page.pass(61_000);
    let poll = only(&page.update(Action::Waited(waiting)));
    answer(&mut page, poll, 200, NONE_LISTED);
    assert_eq!(page.followed[0].trouble, Some(Trouble::Missing));
}

#[test]
fn a_new_token_goes_on_where_the_old_one_was_rejected_and_only_there() {
    let (mut page, waiting) = followed();
    let poll = only(&page.update(Action::Waited(waiting)));
    answer(&mut page, poll, 401, r#"{"error_code":"APIGW.0307","error_msg":"x"}"#);
    assert_eq!(page.followed[0].trouble, Some(Trouble::Token));
    let new = format!("MII{}", "b".repeat(1500));
    // Of another project: it is none of this backup's business.
    type_into(&mut page, Field::ProjectId, "other");
    assert!(page.update(Action::Edited(Field::Token, new.clone(), Input::Pasted)).is_empty());
    type_into(&mut page, Field::ProjectId, PROJECT);
    let effects = page.update(Action::Edited(Field::Token, new.clone(), Input::Pasted));
    let connection = effects
        .iter()
        .find_map(|effect| if let Effect::Fetch { connection, .. } = effect { Some(connection) } else { None });
    assert!(connection.is_some_and(|connection| connection.token.expose() == new));
}

#[test]
fn a_forgotten_token_is_used_nowhere_any_more_and_a_new_one_goes_on() {
    let (mut page, waiting) = followed();
    page.update(Action::ForgetTokenPressed);
    assert!(page.update(Action::Waited(waiting)).is_empty());
    assert_eq!(page.followed[0].trouble, Some(Trouble::Token));
    only(&page.update(Action::Edited(Field::Token, long_token(), Input::Pasted)));
}

#[test]
fn backups_are_sorted_and_filtered() {
    let mut page = filled();
    let list = only(&page.update(Action::ShowBackupsPressed));
    let backups = r#"{"backups":[
        {"id":"1","name":"b","type":"manual","size":1,"begin_time":"2026-11-24T01:00:00Z","end_time":"2026-11-24T01:09:00Z"},
        {"id":"2","name":"a","type":"auto","size":3,"begin_time":"2026-11-24T03:00:00Z","end_time":"2026-11-24T03:01:00Z"},
        {"id":"3","name":"C","type":"manual","size":2,"begin_time":"2026-11-24T10:00:00+0800"}]}"#;
    answer(&mut page, list, 200, backups);
    let order =
        |page: &Stage| -> String { page.backups.arranged.iter().filter_map(|backup| backup.id.clone()).collect() };
    assert_eq!(order(&page), "231", "the newest first");
    for (column, expected) in
        [(Column::Name, "213"), (Column::Name, "312"), (Column::Size, "231"), (Column::Duration, "123")]
    {
        let arrangement = page.backups.arrangement.sorted_by(column);
        page.update(Action::BackupsArranged(arrangement));
        assert_eq!(order(&page), expected, "{column:?}");
    }
    let manual = Arrangement { kind: Some(contract::backup::Kind::Manual), ..Arrangement::default() };
    page.update(Action::BackupsArranged(manual.clone()));
    assert_eq!(order(&page), "31");
    page.update(Action::BackupsArranged(Arrangement { name: "c".into(), ..manual }));
    assert_eq!(order(&page), "3");
}

#[test]
fn a_created_backup_appears_in_the_list_of_its_instance_and_changes_there() {
    let mut page = filled();
    let list = only(&page.update(Action::ShowBackupsPressed));
    answer(&mut page, list, 200, NONE_LISTED);
    let create = press(&mut page);
    let (waiting, _) = wait(&answer(&mut page, create, 200, STARTED));
    let status = |page: &Stage| page.backups.arranged[0].status.clone().unwrap();
    assert_eq!(status(&page), Status::Building);
    let poll = only(&page.update(Action::Waited(waiting)));
    answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "COMPLETED"));
    assert_eq!((page.backups.items.len(), status(&page)), (1, Status::Completed));
}

#[test]
fn a_backup_whose_answer_had_no_id_is_followed_by_its_name() {
    let mut page = filled();
    let create = press(&mut page);
    let (waiting, _) = wait(&answer(&mut page, create, 200, r#"{"backup":{"name":"backup","status":"BUILDING"}}"#));
    let poll = only(&page.update(Action::Waited(waiting)));
    answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "COMPLETED"));
    assert_eq!(page.followed[0].backup.id.as_deref(), Some("b1"));
    assert!(page.followed[0].has_ended());
}

#[test]
fn a_hidden_page_asks_seldom_and_one_that_is_shown_again_at_once() {
    let (mut page, waiting) = followed();
    page.update(Action::VisibilityChanged(Visibility::Hidden));
    let poll = only(&page.update(Action::Waited(waiting)));
    let (waiting, pause) = wait(&answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "BUILDING")));
    assert_eq!(pause, 60_000);
    let effects = page.update(Action::VisibilityChanged(Visibility::Shown));
    assert!(effects.contains(&Effect::Abort(waiting)));
    only(&effects);
}

#[test]
fn a_failed_backup_asks_for_the_reason_and_keeps_the_description() {
    let mut page = filled();
    type_into(&mut page, Field::Description, "why");
    let create = press(&mut page);
    let started = STARTED.replace(r#""name""#, r#""description":"why","name""#);
    let (waiting, _) = wait(&answer(&mut page, create, 200, &started));
    let poll = only(&page.update(Action::Waited(waiting)));
    let effects = answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "FAILED"));
    let [(tasks, Call::Tasks { .. })] = calls(&effects)[..] else { panic!("the tasks are asked for") };
    answer(&mut page, tasks, 200, r#"{"tasks":[{"fail_reason":"lock"}]}"#);
    assert_eq!(page.followed[0].reason.as_deref(), Some("lock"));
    assert_eq!(page.followed[0].backup.description.as_deref(), Some("why"));
}

#[test]
fn what_only_needs_time_can_be_tried_again_by_one_press_and_what_needs_a_change_can_not() {
    for (body, status, again) in [
        (r#"{"error_code":"APIG.0308","error_msg":"throttled"}"#, 429, 1),
        (r#"{"error_code":"DBS.280277","error_msg":"name"}"#, 400, 0),
    ] {
        let mut page = filled();
        let create = press(&mut page);
        answer(&mut page, create, status, body);
        assert_eq!(sent(&page.update(Action::TryAgainPressed)).len(), again, "{body}");
    }
}

#[test]
fn a_busy_instance_is_waited_for_and_then_asked_once() {
    let mut page = filled();
    let create = press(&mut page);
    answer(&mut page, create, 409, r#"{"error_code":"DBS.201205","error_msg":"busy"}"#);
    let ask = only(&page.update(Action::AwaitInstancePressed));
    let instance = |status: &str| {
        format!(r#"{{"instances":[{{"id":"{MYSQL}","name":"n","status":"{status}","type":"Single"}}]}}"#)
    };
    let (again, _) = wait(&answer(&mut page, ask, 200, &instance("BACKING UP")));
    let ask = only(&page.update(Action::Waited(again)));
    assert_eq!(sent(&answer(&mut page, ask, 200, &instance("ACTIVE"))).len(), 1);
    assert!(matches!(&page.phase, Phase::Sending(_)));
}

#[test]
fn a_name_in_the_list_of_the_instance_is_refused_before_sending() {
    let mut page = filled();
    let list = only(&page.update(Action::ShowBackupsPressed));
    answer(&mut page, list, 200, &listed("backup", JUST_NOW, "COMPLETED"));
    page.update(Action::Left(Field::Name));
    let expected = Violation::NameExists { id: "b1".into(), begin_time: JUST_NOW.into() };
    says(&page, Field::Name, &[Remark::Fault(expected)]);
    assert!(sent(&page.update(Action::SubmitPressed)).is_empty());
    // Of another instance it may be free: the server decides.
    type_into(&mut page, Field::InstanceId, SQL_SERVER);
    assert_eq!(sent(&page.update(Action::SubmitPressed)).len(), 1);
}

#[test]
fn the_chosen_instance_decides_the_engine_and_a_replica_can_not_be_chosen() {
    let mut page = filled();
    let list = only(&page.update(Action::LoadInstancesPressed));
    let instances = format!(
        r#"{{"instances":[{{"id":"{MYSQL}","name":"odd","status":"ACTIVE","type":"Single","datastore":{{"type":"SQLServer","version":"2022"}}}},
        {{"id":"r1","name":"replica","status":"ACTIVE","type":"Replica"}}],"total_count":2}}"#
    );
    answer(&mut page, list, 200, &instances);
    assert!(page.update(Action::InstanceChosen("r1".into())).is_empty());
    let effects = page.update(Action::InstanceChosen(MYSQL.into()));
    assert_eq!(page.form.engine(), Some(Engine::SqlServer));
    let databases = calls(&effects).into_iter().find(|(_, call)| matches!(call, Call::Databases { .. })).unwrap().0;
    answer(&mut page, databases, 200, r#"{"databases":[{"name":"db1"},{"name":"db2"}],"total_count":2}"#);
    page.update(Action::DatabaseTicked("db2".into()));
    let effects = page.update(Action::SubmitPressed);
    let [(_, Call::CreateBackup(backup))] = &calls(&effects)[..] else { panic!("one request") };
    assert_eq!(backup.databases.iter().map(contract::rules::databases::Database::name).collect::<Vec<_>>(), ["db2"]);
}

#[test]
fn a_suggested_name_is_free() {
    let mut page = filled();
    let list = only(&page.update(Action::ShowBackupsPressed));
    answer(&mut page, list, 200, &listed("backup-20261124T120000Z", JUST_NOW, "COMPLETED"));
    page.update(Action::SuggestNamePressed);
    assert_eq!(&*page.form.name.text, "backup-20261124T120000Z-2");
    says(&page, Field::Name, &[]);
}

#[test]
fn all_pages_of_a_list_are_read() {
    let mut page = filled();
    let one = r#"{"id":"x","name":"n"}"#;
    let full = format!(r#"{{"backups":[{}],"total_count":101}}"#, [one; 100].join(","));
    let first = only(&page.update(Action::ShowBackupsPressed));
    let effects = answer(&mut page, first, 200, &full);
    let [(second, Call::Backups { offset: 100, .. })] = calls(&effects)[..] else { panic!("the second page") };
    answer(&mut page, second, 200, &format!(r#"{{"backups":[{one}],"total_count":101}}"#));
    assert_eq!((page.backups.items.len(), &page.backups.loading), (101, &Loading::Done));
}

#[test]
fn an_export_has_a_line_for_each_request_and_no_token() {
    let (page, _) = followed();
    let text = csv(&page.rows());
    assert_eq!(text.lines().count(), 2);
    assert!(text.contains(&format!("2026-11-24T12:00:00Z,backup,{MYSQL},created,BUILDING,b1,")), "{text}");
    assert!(!text.contains(&long_token()));
}

#[test]
fn a_faulty_press_takes_an_older_answer_out_of_view() {
    let mut page = filled();
    let ticket = press(&mut page);
    answer(&mut page, ticket, 200, STARTED);
    type_into(&mut page, Field::Name, "");
    page.update(Action::SubmitPressed);
    assert!(page.phase == Phase::NotSent);
}

#[test]
fn a_refusal_about_a_field_is_said_at_that_field_until_it_is_edited() {
    let mut page = filled();
    let ticket = press(&mut page);
    let effects = answer(&mut page, ticket, 400, r#"{"error_code":"DBS.280277","error_msg":"Invalid object name."}"#);
    assert!(effects.first() == Some(&Effect::RevealAnswer));
    says(&page, Field::Name, &[Remark::Refused(Meaning::NameRefused)]);
    type_into(&mut page, Field::Name, "backup2");
    says(&page, Field::Name, &[]);
}

#[test]
fn a_rejected_token_takes_the_focus_and_keeps_the_form() {
    for (status, body) in [
        (401, r#"{"error_code":"APIGW.0301","error_msg":"Incorrect IAM authentication information"}"#),
        (403, r#"{"error_code":"DBS.280056","error_msg":"Invalid token."}"#),
        (401, r#"{"error":{"code":401,"message":"x","title":"Unauthorized"}}"#),
        (403, r#"{"error":{"code":403,"message":"X-Auth-Token is invalid in the request"}}"#),
    ] {
        let mut page = filled();
        let ticket = press(&mut page);
        let effects = answer(&mut page, ticket, status, body);
        assert!(effects.contains(&Effect::Focus(Focus::Field(Field::Token))), "{body}");
        assert!(page.form.token.text.expose() == long_token());
        assert_eq!(&*page.form.name.text, "backup");
    }
}

#[test]
fn forgetting_the_token_leaves_the_rest() {
    let mut page = filled();
    page.update(Action::Edited(Field::Token, format!("X-Auth-Token: {}", long_token()), Input::Pasted));
    page.update(Action::ForgetTokenPressed);
    assert!(page.form.token.text.is_empty() && page.form.token_removed.is_empty());
    assert_eq!(&*page.form.name.text, "backup");
}

#[test]
fn a_pasted_token_is_cleaned_and_the_page_knows_what_it_removed() {
    let mut page = page();
    let block = format!("HTTP/1.1 201 Created\nX-Subject-Token: {}\nDate: x", long_token());
    assert!(takes_over_paste(Field::Token, &block, true));
    page.update(Action::Edited(Field::Token, block, Input::Pasted));
    assert!(page.form.token.text.expose() == long_token());
    assert_eq!(*page.form.token_removed, [token::Removed::HeaderName("X-Subject-Token"), token::Removed::OtherLines]);
    // Leaving the field keeps the note, typing in it ends it.
    page.update(Action::Left(Field::Token));
    assert_eq!(page.form.token_removed.len(), 2);
    type_into(&mut page, Field::Token, "MIIx");
    assert!(page.form.token_removed.is_empty());
}

#[test]
fn a_whole_url_fills_endpoint_and_project() {
    let url = format!("https://rds.example/v3/{PROJECT}/backups");
    for leaves in [false, true] {
        let mut page = page();
        if leaves {
            type_into(&mut page, Field::Endpoint, &url);
            assert_eq!(&*page.form.endpoint.text, &url);
            page.update(Action::Left(Field::Endpoint));
        } else {
            page.update(Action::Edited(Field::Endpoint, url.clone(), Input::Pasted));
        }
        assert_eq!(&*page.form.endpoint.text, "https://rds.example");
        assert_eq!(&*page.form.project_id.text, PROJECT);
        assert!(page.form.url_was_split);
    }
}

#[test]
fn warnings_are_said_once_a_field_was_left_and_do_not_keep_a_request_from_being_sent() {
    let mut page = filled();
    type_into(&mut page, Field::ProjectId, "abc");
    type_into(&mut page, Field::InstanceId, "my-instance");
    says(&page, Field::ProjectId, &[]);
    page.update(Action::Left(Field::ProjectId));
    says(&page, Field::ProjectId, &[Remark::Warning(Warning::ProjectIdLength { found: 3 })]);
    assert_eq!(sent(&page.update(Action::SubmitPressed)).len(), 1);
    says(&page, Field::InstanceId, &[Remark::Warning(Warning::InstanceIdForm)]);
}

#[test]
fn databases_of_another_engine_are_refused_until_the_user_says_which_engine_it_is() {
    let mut page = page();
    fill(&mut page, MYSQL, "backup");
    page.update(Action::AddDatabasePressed);
    type_into(&mut page, Field::Database(0), "db1");
    says(&page, Field::Databases, &[Remark::Fault(Violation::DatabasesUnsupported(Engine::MySql))]);
    assert!(page.update(Action::SubmitPressed) == [Effect::Focus(Focus::Summary)]);
    page.update(Action::EngineChosen(EngineChoice::Stated(Engine::SqlServer)));
    says(&page, Field::Databases, &[]);
    assert_eq!(sent(&page.update(Action::SubmitPressed)).len(), 1);
}

#[test]
fn an_id_that_does_not_tell_the_engine_is_pointed_out_once_databases_are_named() {
    let mut page = page();
    page.update(Action::AddDatabasePressed);
    says(&page, Field::Databases, &[]);
    type_into(&mut page, Field::InstanceId, "my-instance");
    says(&page, Field::Databases, &[Remark::Warning(Warning::EngineUnknown)]);
    page.update(Action::EngineChosen(EngineChoice::Stated(Engine::SqlServer)));
    says(&page, Field::Databases, &[]);
}

#[test]
fn a_pasted_list_becomes_entries() {
    let mut page = page();
    fill(&mut page, SQL_SERVER, "backup");
    assert!(
        takes_over_paste(Field::Database(0), "db1\ndb2", false) && !takes_over_paste(Field::Database(0), "db1", true)
    );
    page.update(Action::AddDatabasePressed);
    let effects = page.update(Action::DatabasesPasted(0, "db1, db2;db3".into()));
    assert!(effects == [Effect::Focus(Focus::Field(Field::Database(2)))]);
    // Behind an entry that has a name.
    page.update(Action::DatabasesPasted(0, "db4\ndb5".into()));
    let names: Vec<_> = page.form.databases.iter().map(|database| database.entry.text.to_string()).collect();
    assert_eq!(names, ["db1", "db4", "db5", "db2", "db3"]);
    let effects = page.update(Action::SubmitPressed);
    let [Effect::Fetch { call: Call::CreateBackup(backup), .. }, ..] = &effects[..] else { panic!("one request") };
    assert_eq!(backup.databases.len(), 5);
}

#[test]
fn removing_an_entry_moves_the_focus_to_its_neighbour() {
    let mut page = page();
    page.update(Action::AddDatabasePressed);
    page.update(Action::DatabasesPasted(0, "a,b".into()));
    let keys: Vec<_> = page.form.databases.iter().map(|database| database.key).collect();
    assert!(page.update(Action::RemoveDatabasePressed(0)) == [Effect::Focus(Focus::Field(Field::Database(0)))]);
    assert_eq!(page.form.databases[0].key, keys[1]);
    assert!(page.update(Action::RemoveDatabasePressed(0)) == [Effect::Focus(Focus::AddDatabase)]);
}

#[test]
fn a_blank_entry_is_asked_for_on_sending_only() {
    let mut page = page();
    fill(&mut page, SQL_SERVER, "backup");
    page.update(Action::AddDatabasePressed);
    page.update(Action::Left(Field::Database(0)));
    says(&page, Field::Database(0), &[]);
    page.update(Action::SubmitPressed);
    says(&page, Field::Database(0), &[Remark::Fault(Violation::DatabaseBlank)]);
}

#[test]
fn the_id_and_the_answer_can_be_copied_and_nothing_else() {
    let mut page = filled();
    assert!(page.update(Action::CopyPressed(Copied::BackupId)).is_empty());
    let ticket = press(&mut page);
    answer(&mut page, ticket, 200, STARTED);
    assert!(page.update(Action::CopyPressed(Copied::BackupId)) == [Effect::Copy(Copied::BackupId, "b1".into())]);
    assert!(page.update(Action::CopyPressed(Copied::Answer)) == [Effect::Copy(Copied::Answer, STARTED.into())]);
    page.update(Action::CopyEnded(Copied::Answer, Success::Yes));
    assert_eq!(page.copied, Some((Copied::Answer, Success::Yes)));
}

#[test]
fn the_browsers_language_decides_where_it_is_known() {
    for (tag, language) in [
        ("de", Language::German),
        ("de-AT", Language::German),
        ("en-GB", Language::English),
        ("fr", Language::English),
        ("", Language::English),
    ] {
        assert_eq!(Language::of_tag(tag), language, "{tag}");
    }
}

/// A minute, in milliseconds.
const MINUTE: i64 = 60_000;

#[test]
fn a_token_goes_to_no_endpoint_that_was_edited_after_it_was_given_until_that_is_confirmed() {
    let mut page = filled();
    type_into(&mut page, Field::Endpoint, "rds.elsewhere");
    page.update(Action::Left(Field::Endpoint));
    let changed =
        Violation::EndpointChanged { given: "https://rds.example".into(), now: "https://rds.elsewhere".into() };
    says(&page, Field::Endpoint, &[Remark::Fault(changed)]);
    for action in [Action::SubmitPressed, Action::LoadInstancesPressed, Action::ShowBackupsPressed] {
        let submits = action == Action::SubmitPressed;
        let effects = page.update(action);
        assert!(calls(&effects).is_empty());
        let focus = if submits { Focus::Summary } else { Focus::Field(Field::Endpoint) };
        assert!(effects.contains(&Effect::Focus(focus)));
    }
    page.update(Action::EndpointConfirmed);
    says(&page, Field::Endpoint, &[]);
    let effects = page.update(Action::SubmitPressed);
    let [Effect::Fetch { connection, .. }, ..] = &effects[..] else { panic!("one request") };
    assert_eq!(connection.endpoint.as_str(), "https://rds.elsewhere");
}

#[test]
fn an_endpoint_that_is_changed_back_and_one_that_the_token_is_given_for_anew_need_no_confirmation() {
    let mut page = filled();
    type_into(&mut page, Field::Endpoint, "rds.elsewhere");
    type_into(&mut page, Field::Endpoint, "https://rds.example/");
    assert_eq!(page.form.unconfirmed_endpoint(), None);
    type_into(&mut page, Field::Endpoint, "rds.elsewhere");
    type_into(&mut page, Field::Token, &long_token());
    assert_eq!(page.form.unconfirmed_endpoint(), None);
    press(&mut page);
}

#[test]
fn a_token_that_was_there_before_any_endpoint_is_given_for_the_first_it_is_used_with() {
    let mut page = page();
    type_into(&mut page, Field::Token, &long_token());
    type_into(&mut page, Field::ProjectId, PROJECT);
    for endpoint in ["r", "rds.example"] {
        type_into(&mut page, Field::Endpoint, endpoint);
    }
    assert_eq!(calls(&page.update(Action::LoadInstancesPressed)).len(), 1);
    type_into(&mut page, Field::Endpoint, "rds.elsewhere");
    assert!(calls(&page.update(Action::LoadInstancesPressed)).is_empty());
}

#[test]
fn the_token_is_forgotten_when_nobody_has_used_the_page_for_half_an_hour() {
    let mut page = page();
    type_into(&mut page, Field::Endpoint, "rds.example");
    let (ticket, time) = wait(&page.update(Action::Edited(Field::Token, long_token(), Input::Pasted)));
    assert_eq!(i64::from(time), 30 * MINUTE);
    page.pass(20 * MINUTE);
    type_into(&mut page, Field::Name, "backup");
    page.pass(10 * MINUTE);
    // The page was used in between: the rest of the time is waited for.
    let (ticket, time) = wait(&page.update(Action::Waited(ticket)));
    assert_eq!(i64::from(time), 20 * MINUTE);
    page.pass(20 * MINUTE);
    assert!(page.update(Action::Waited(ticket)).iter().all(|effect| matches!(effect, Effect::Abort(_))));
    assert!(page.form.token.text.is_empty() && page.form.token_timed_out);
    assert_eq!((&*page.form.name.text, &*page.form.endpoint.text), ("backup", "rds.example"));
    type_into(&mut page, Field::Token, "M");
    assert!(!page.form.token_timed_out);
}

#[test]
fn a_machine_that_slept_wakes_up_without_the_token() {
    let mut page = filled();
    page.pass(31 * MINUTE);
    assert!(calls(&page.update(Action::SubmitPressed)).is_empty());
    assert!(page.form.token.text.is_empty() && page.keyring.is_empty());
}

#[test]
fn a_running_request_and_a_followed_backup_are_brought_to_their_end_before_the_token_is_forgotten() {
    let mut page = filled();
    page.limits_to_one_minute();
    let ticket = press(&mut page);
    page.pass(2 * MINUTE);
    let effects = answer(&mut page, ticket, 200, STARTED);
    assert!(!page.keyring.is_empty(), "the backup is followed");
    let earlier = only(&effects);
    answer(&mut page, earlier, 200, NONE_LISTED);
    let (again, _) = wait(&effects);
    let poll = only(&page.update(Action::Waited(again)));
    assert!(
        answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "COMPLETED"))
            .iter()
            .all(|effect| { matches!(effect, Effect::Wait(_, 0)) })
    );
    page.update(Action::VisibilityChanged(Visibility::Shown));
    assert!(page.form.token.text.is_empty() && page.keyring.is_empty());
}

#[test]
fn a_refusal_that_the_list_contradicts_is_taken_back() {
    let mut page = filled();
    let ticket = press(&mut page);
    let effects = answer(&mut page, ticket, 403, "<html>Forbidden</html>");
    assert!(matches!(page.phase, Phase::Refused { .. }));
    let confirm = only(&effects);
    answer(&mut page, confirm, 200, &listed("backup", JUST_NOW, "BUILDING"));
    let Phase::Found { why: Why::Contradicted(failure), .. } = &page.phase else { panic!("found") };
    assert_eq!(failure.status, 403);
    assert_eq!((page.followed.len(), page.history.len()), (1, 1));
    assert_eq!(page.history[0].ending, Ending::Created);
}

#[test]
fn a_refusal_stands_when_the_list_has_no_such_backup_or_an_older_one_or_cannot_be_read() {
    for (status, body) in [
        (200, NONE_LISTED.to_owned()),
        (200, listed("backup", "2026-11-20T12:00:00Z", "COMPLETED")),
        (403, String::new()),
    ] {
        let mut page = filled();
        let ticket = press(&mut page);
        let confirm = only(&answer(&mut page, ticket, 403, ""));
        answer(&mut page, confirm, status, &body);
        assert!(matches!(page.phase, Phase::Refused { .. }), "{body}");
    }
}

#[test]
fn the_confirmation_of_an_older_refusal_says_nothing_about_a_newer_one() {
    let mut page = filled();
    let ticket = press(&mut page);
    let confirm = only(&answer(&mut page, ticket, 403, ""));
    type_into(&mut page, Field::Name, "backup2");
    let ticket = press(&mut page);
    answer(&mut page, ticket, 403, "");
    answer(&mut page, confirm, 200, &listed("backup2", JUST_NOW, "BUILDING"));
    assert!(matches!(page.phase, Phase::Refused { .. }));
}

#[test]
fn what_the_pages_own_policy_forbids_was_not_sent_and_needs_no_looking_for() {
    let mut page = filled();
    let ticket = press(&mut page);
    assert!(fail(&mut page, ticket, NoAnswer::Forbidden) == [Effect::RevealAnswer]);
    assert!(matches!(page.phase, Phase::Unsendable { is_forbidden: true, .. }));
    assert!(!page.is_busy());
}

#[test]
fn a_list_without_end_is_not_read_without_end() {
    let mut page = filled();
    let mut ticket = only(&page.update(Action::ShowBackupsPressed));
    let elements: Vec<String> = (0..100).map(|number| format!(r#"{{"id":"b{number}"}}"#)).collect();
    let body = format!(r#"{{"backups":[{}]}}"#, elements.join(","));
    for _ in 0..backups::MOST / 100 - 1 {
        ticket = only(&answer(&mut page, ticket, 200, &body));
    }
    assert!(calls(&answer(&mut page, ticket, 200, &body)).is_empty());
    assert_eq!(page.backups.loading, Loading::Done);
}

#[test]
fn a_token_that_is_forgotten_while_the_instance_is_awaited_ends_the_wait() {
    let mut page = filled();
    let ticket = press(&mut page);
    answer(&mut page, ticket, 409, r#"{"error_code":"DBS.200019","error_msg":"x"}"#);
    let ask = only(&page.update(Action::AwaitInstancePressed));
    page.update(Action::ForgetTokenPressed);
    let ready = format!(r#"{{"instances":[{{"id":"{MYSQL}","status":"ACTIVE","type":"Single"}}]}}"#);
    let effects = answer(&mut page, ask, 200, &ready);
    assert!(sent(&effects).is_empty() && effects.contains(&Effect::Focus(Focus::Field(Field::Token))));
    assert!(matches!(page.phase, Phase::Refused { .. }) && !page.is_busy());
}
