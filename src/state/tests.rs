//! The page's decisions, told as what a user does.

use contract::answer::Body;
use contract::codes::Meaning;
use contract::instance::Engine;
use contract::rules::{Violation, Warning, name, token};
use proptest::prelude::*;

use super::*;

const PROJECT: &str = "0483b6b16e954cb88930a360d2c4e663";
const MYSQL: &str = "d8e6ca5a624745bcb546a227aa3ae1cfin01";
const SQL_SERVER: &str = "d8e6ca5a624745bcb546a227aa3ae1cfin04";

fn long_token() -> String {
    format!("MII{}", "a".repeat(1500))
}

fn page() -> State {
    State::new(Language::English)
}

fn type_into(page: &mut State, field: Field, text: &str) {
    page.update(Action::Edited(field, text.into(), Input::Typed));
}

fn fill(page: &mut State, instance_id: &str, name: &str) {
    type_into(page, Field::Endpoint, "rds.example");
    type_into(page, Field::ProjectId, PROJECT);
    type_into(page, Field::Token, &long_token());
    type_into(page, Field::InstanceId, instance_id);
    type_into(page, Field::Name, name);
}

fn filled() -> State {
    let mut page = page();
    fill(&mut page, MYSQL, "backup");
    page
}

fn sent(effects: &[Effect]) -> Vec<u32> {
    effects
        .iter()
        .filter_map(|effect| if let Effect::Send { attempt, .. } = effect { Some(*attempt) } else { None })
        .collect()
}

fn answer(page: &mut State, attempt: u32, status: u16, body: &str) -> Vec<Effect> {
    let json = serde_json::from_str(body).ok();
    let answer = Answer { status, request_id: None, body: Body::Text(body.into()) };
    page.update(Action::Answered { attempt, result: Ok(Received { answer, json }) })
}

const STARTED: &str = r#"{"backup":{"id":"b1","name":"backup","status":"BUILDING","type":"manual"}}"#;

#[track_caller]
fn says(page: &State, field: Field, expected: &[Remark]) {
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
    assert!(effects == [Effect::Focus(Focus::Field(Field::Endpoint))]);
    assert!(page.phase == Phase::NotSent);
    let faulty: Vec<_> = page.remarks.faulty().collect();
    assert_eq!(faulty, [Field::Endpoint, Field::ProjectId, Field::Token, Field::InstanceId, Field::Name]);
}

#[test]
fn the_focus_goes_to_the_first_fault_in_the_order_of_the_form() {
    let mut page = filled();
    type_into(&mut page, Field::Name, "1");
    type_into(&mut page, Field::ProjectId, "a b");
    let effects = page.update(Action::SubmitPressed);
    assert!(effects == [Effect::Focus(Focus::Field(Field::ProjectId))]);
}

#[test]
fn a_good_form_sends_what_was_typed() {
    let mut page = filled();
    type_into(&mut page, Field::Description, " before the upgrade ");
    let effects = page.update(Action::SubmitPressed);
    let [Effect::Send { attempt: 1, connection, backup, language: Language::English }, Effect::RevealAnswer] =
        &effects[..]
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
    assert_eq!(sent(&page.update(Action::SubmitPressed)), [1]);
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
    page.update(Action::SubmitPressed);
    answer(&mut page, 1, 200, STARTED);
    let Phase::Accepted { backup, .. } = &page.phase else { panic!("accepted") };
    assert_eq!(backup.id.as_deref(), Some("b1"));
    assert_eq!(&*page.form.name.text, "backup");
    assert!(*page.form.token.text == *long_token());
}

#[test]
fn a_late_answer_of_a_cancelled_attempt_is_ignored() {
    let mut page = filled();
    page.update(Action::SubmitPressed);
    let effects = page.update(Action::CancelPressed);
    assert!(effects.contains(&Effect::Abort));
    answer(&mut page, 1, 200, STARTED);
    assert!(matches!(page.phase, Phase::Unanswered { reason: NoAnswer::Cancelled, .. }));
    // Nor does it end a newer request.
    assert_eq!(sent(&page.update(Action::SubmitPressed)), [2]);
    answer(&mut page, 1, 200, STARTED);
    assert!(page.is_sending());
}

#[test]
fn a_faulty_press_takes_an_older_answer_out_of_view() {
    let mut page = filled();
    page.update(Action::SubmitPressed);
    answer(&mut page, 1, 200, STARTED);
    type_into(&mut page, Field::Name, "");
    page.update(Action::SubmitPressed);
    assert!(page.phase == Phase::NotSent);
}

#[test]
fn a_refusal_about_a_field_is_said_at_that_field_until_it_is_edited() {
    let mut page = filled();
    page.update(Action::SubmitPressed);
    let effects = answer(&mut page, 1, 409, r#"{"error_code":"DBS.201201","error_msg":"exists"}"#);
    assert!(effects == [Effect::RevealAnswer]);
    says(&page, Field::Name, &[Remark::Refused(Meaning::NameTaken)]);
    let Phase::Refused { failure, .. } = &page.phase else { panic!("refused") };
    assert_eq!(failure.outcome(), Outcome::MayExist);
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
        page.update(Action::SubmitPressed);
        let effects = answer(&mut page, 1, status, body);
        assert!(effects == [Effect::Focus(Focus::Field(Field::Token))], "{body}");
        assert!(*page.form.token.text == *long_token());
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
    assert!(*page.form.token.text == *long_token());
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
    assert_eq!(sent(&page.update(Action::SubmitPressed)), [1]);
    says(&page, Field::InstanceId, &[Remark::Warning(Warning::InstanceIdForm)]);
}

#[test]
fn databases_of_another_engine_are_refused_until_the_user_says_which_engine_it_is() {
    let mut page = page();
    fill(&mut page, MYSQL, "backup");
    page.update(Action::AddDatabasePressed);
    type_into(&mut page, Field::Database(0), "db1");
    says(&page, Field::Databases, &[Remark::Fault(Violation::DatabasesUnsupported(Engine::MySql))]);
    let effects = page.update(Action::SubmitPressed);
    assert!(effects == [Effect::Focus(Focus::Field(Field::Database(0)))]);
    page.update(Action::EngineChosen(EngineChoice::Stated(Engine::SqlServer)));
    says(&page, Field::Databases, &[]);
    assert_eq!(sent(&page.update(Action::SubmitPressed)), [1]);
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
    let [Effect::Send { backup, .. }, ..] = &effects[..] else { panic!("one request") };
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
    page.update(Action::SubmitPressed);
    answer(&mut page, 1, 200, STARTED);
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

fn any_action() -> impl Strategy<Value = Action> {
    let field = prop_oneof![
        Just(Field::Endpoint),
        Just(Field::ProjectId),
        Just(Field::Token),
        Just(Field::InstanceId),
        Just(Field::Name),
        Just(Field::Description),
        Just(Field::Databases),
        (0_usize..4).prop_map(Field::Database),
    ];
    let text = prop_oneof![
        Just("rds.example".to_owned()),
        Just(PROJECT.to_owned()),
        Just(long_token()),
        Just(SQL_SERVER.to_owned()),
        Just("backup".to_owned()),
        Just(String::new()),
        "\\PC{0,12}",
    ];
    let input = prop_oneof![Just(Input::Typed), Just(Input::Pasted)];
    let result = prop_oneof![
        Just(Err(NoAnswer::Unreachable)),
        Just(Err(NoAnswer::TimedOut)),
        (200_u16..600).prop_map(|status| Ok(Received {
            answer: Answer { status, request_id: None, body: Body::Unreadable },
            json: None
        })),
        Just(Ok(Received {
            answer: Answer { status: 200, request_id: None, body: Body::Text(STARTED.into()) },
            json: serde_json::from_str(STARTED).ok()
        })),
    ];
    prop_oneof![
        6 => (field.clone(), text.clone(), input).prop_map(|(field, text, input)| Action::Edited(field, text, input)),
        1 => (0_usize..4, text).prop_map(|(index, text)| Action::DatabasesPasted(index, text)),
        1 => field.prop_map(Action::Left),
        1 => Just(Action::AddDatabasePressed),
        1 => (0_usize..4).prop_map(Action::RemoveDatabasePressed),
        1 => Just(Action::EngineChosen(EngineChoice::Stated(Engine::SqlServer))),
        1 => Just(Action::RevealTokenPressed),
        1 => Just(Action::ForgetTokenPressed),
        4 => Just(Action::SubmitPressed),
        1 => Just(Action::CancelPressed),
        3 => (0_u32..4, result).prop_map(|(attempt, result)| Action::Answered { attempt, result }),
        1 => Just(Action::CopyPressed(Copied::BackupId)),
        1 => Just(Action::LanguageChosen(Language::German)),
    ]
}

proptest! {
    #[test]
    fn whatever_happens_one_press_sends_at_most_once_and_only_when_nothing_is_under_way(
        good_start: bool,
        actions in proptest::collection::vec(any_action(), 0..60),
    ) {
        let mut page = if good_start { filled() } else { page() };
        let mut last = 0;
        for action in actions {
            let was_sending = page.is_sending();
            let is_press = action == Action::SubmitPressed;
            let name_before = page.form.name.clone();
            let is_edit = matches!(action, Action::Edited(..) | Action::Left(_));
            let effects = page.update(action);
            let requests = sent(&effects);
            prop_assert!(requests.len() <= usize::from(is_press && !was_sending));
            for number in requests {
                prop_assert!(number > last && page.is_sending());
                last = number;
            }
            prop_assert!(is_edit || name_before.text == page.form.name.text || is_press, "typed text was lost");
        }
    }
}
