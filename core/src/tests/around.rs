//! What stands around the form: links, drafts, the request before it is sent, tokens that others supply.

use contract::rules::endpoint::HostName;

use super::*;

fn opened(fragment: &str) -> (Stage, Vec<Effect>) {
    let mut page = page();
    let effects = page.update(Action::Opened { fragment: fragment.into(), draft: String::new() });
    (page, effects)
}

fn addresses(page: &Stage) -> Vec<String> {
    let address = |effect: &Effect| match effect {
        Effect::SetAddress(fragment) => Some(fragment.clone()),
        _ => None,
    };
    page.aside.iter().filter_map(address).collect()
}

fn drafts(page: &Stage) -> Vec<String> {
    let draft = |effect: &Effect| match effect {
        Effect::KeepDraft(draft) => Some(draft.clone()),
        _ => None,
    };
    page.aside.iter().filter_map(draft).collect()
}

fn events(page: &Stage) -> Vec<Event> {
    let event = |effect: &Effect| match effect {
        Effect::Tell(event) => Some(event.clone()),
        _ => None,
    };
    page.aside.iter().filter_map(event).collect()
}

#[test]
fn a_link_fills_the_form_is_judged_like_typed_text_and_sends_nothing() {
    let (page, effects) = opened("#name=1abc&instance_id=i1&token=MIISecret");
    assert!(calls(&effects).is_empty());
    assert_eq!(addresses(&page), [""]);
    assert!(matches!(*page.remarks.of(Field::Name), [Remark::Fault(Violation::NameStart('1'))]));
    assert!(page.form.token.text.is_empty());
    assert_eq!(page.notices, [Notice::LinkHadToken, Notice::LinkFilled]);
}

#[test]
fn a_link_to_another_endpoint_gets_the_token_only_once_that_is_confirmed() {
    let mut page = filled();
    page.update(Action::Opened { fragment: "#endpoint=evil.example".into(), draft: String::new() });
    let effects = page.update(Action::SubmitPressed);
    assert!(calls(&effects).is_empty());
    assert!(matches!(*page.remarks.of(Field::Endpoint), [Remark::Fault(Violation::EndpointChanged { .. })]));
}

#[test]
fn a_draft_has_everything_but_the_token_and_is_kept_when_something_changed() {
    let mut page = page();
    type_into(&mut page, Field::Name, "nightly");
    assert_eq!(drafts(&page), ["name=nightly"]);
    page.update(Action::Left(Field::Name));
    assert!(drafts(&page).is_empty(), "nothing has changed");
    type_into(&mut page, Field::Token, &long_token());
    assert!(drafts(&page).is_empty(), "the token is no part of it");
    let draft = "name=nightly&databases=a&databases=b&engine=SQLServer".to_owned();
    let mut reloaded = super::page();
    reloaded.update(Action::Opened { fragment: String::new(), draft });
    assert_eq!((&*reloaded.form.name.text, reloaded.form.databases.len()), ("nightly", 2));
    assert_eq!(reloaded.form.engine, EngineChoice::Stated(Engine::SqlServer));
    assert!(reloaded.notices.is_empty());
}

#[test]
fn a_cleared_form_comes_back_without_its_token() {
    let mut page = filled();
    page.update(Action::ClearFormPressed);
    assert!(page.form.name.text.is_empty() && page.form.token.text.is_empty());
    assert_eq!(drafts(&page), [""]);
    page.update(Action::RestorePressed);
    assert_eq!((&*page.form.name.text, page.form.token.text.is_empty()), ("backup", true));
    assert!(page.notices.is_empty());
}

#[test]
fn a_created_backup_has_a_link_and_the_link_takes_it_up_with_a_new_token() {
    let mut page = filled();
    let create = press(&mut page);
    answer(&mut page, create, 200, STARTED);
    let link = format!("watch={MYSQL}/b1&endpoint=https%3A%2F%2Frds.example&project_id={PROJECT}");
    assert_eq!(addresses(&page), std::slice::from_ref(&link));
    assert!(matches!(&events(&page)[..], [Event::Created(followed)] if followed.backup.id.as_deref() == Some("b1")));

    let (mut other, effects) = opened(&link);
    assert!(calls(&effects).is_empty(), "there is no token yet");
    assert!(other.followed[0].awaits_token() && !other.has_something_underway());
    assert_eq!(other.notices, [Notice::WatchNeedsToken]);
    let effects = other.update(Action::Edited(Field::Token, long_token(), Input::Pasted));
    let poll = only(&effects);
    answer(&mut other, poll, 200, &listed("backup", JUST_NOW, "COMPLETED"));
    assert!(other.followed[0].has_ended());
    assert!(matches!(&events(&other)[..], [Event::Finished(_)]));
    // The same link again is nothing new.
    other.update(Action::Opened { fragment: link, draft: String::new() });
    assert_eq!(other.followed.len(), 1);
}

#[test]
fn a_typed_token_is_used_once_its_field_is_left_or_a_button_needs_it() {
    let link = format!("watch={MYSQL}/b1&endpoint=rds.example&project_id={PROJECT}");
    for action in [Action::Left(Field::Token), Action::LoadInstancesPressed] {
        let (mut page, _) = opened(&link);
        let effects = page.update(Action::Edited(Field::Token, long_token(), Input::Typed));
        assert!(calls(&effects).is_empty(), "it may not be complete yet");
        let effects = page.update(action);
        let is_poll = |call: &Call| matches!(call, Call::Backups { backup_id: Some(id), .. } if id == "b1");
        assert_eq!(calls(&effects).iter().filter(|(_, call)| is_poll(call)).count(), 1);
    }
}

#[test]
fn the_request_is_shown_as_it_would_be_sent_and_needs_no_token() {
    let mut page = filled();
    page.update(Action::ForgetTokenPressed);
    let preview = page.preview().unwrap();
    let url = format!("https://rds.example/v3/{PROJECT}/backups");
    let body = format!(r#"{{"instance_id":"{MYSQL}","name":"backup"}}"#);
    assert_eq!(
        preview.http,
        format!("POST {url}\nX-Auth-Token: ********\nContent-Type: application/json\nX-Language: en-us\n\n{body}")
    );
    type_into(&mut page, Field::Endpoint, "/api/eu-de");
    assert!(page.preview().unwrap().curl.contains(" https://backup.example/api/eu-de/v3/"));
    type_into(&mut page, Field::Name, "1");
    let faults = page.preview().unwrap_err();
    assert!(faults.iter().all(|(field, _)| *field == Field::Name), "{faults:?}");
}

#[test]
fn repeating_keeps_what_makes_sense() {
    let mut page = filled();
    type_into(&mut page, Field::Description, "before");
    let create = press(&mut page);
    answer(&mut page, create, 200, STARTED);
    page.update(Action::RepeatPressed(Repeat::NewName));
    assert_eq!((&*page.form.instance_id.text, &*page.form.description.text), (MYSQL, "before"));
    assert!(name::backup_name(&page.form.name.text).is_ok() && &*page.form.name.text != "backup");
    page.update(Action::RepeatPressed(Repeat::OtherInstance));
    assert_eq!((&*page.form.instance_id.text, &*page.form.name.text), ("", ""));
    assert_eq!(&*page.form.description.text, "before");
}

#[test]
fn escape_closes_one_thing_at_a_time_the_innermost_first() {
    let (mut page, _) = opened("#name=nightly");
    page.update(Action::RequestPressed);
    page.page.instances.is_open = true;
    assert!(page.update(Action::EscapePressed) == [Effect::Focus(Focus::Request)]);
    assert!(page.update(Action::EscapePressed) == [Effect::Focus(Focus::Instances)]);
    assert_eq!(page.notices, [Notice::LinkFilled]);
    assert!(page.update(Action::EscapePressed).is_empty() && page.notices.is_empty());
}

/// A part whose token comes from around it.
fn supplied() -> Stage {
    let options = Options {
        allowed_hosts: AllowedHosts::Only(vec![HostName::read("rds.example").unwrap()]),
        ..Options::default()
    };
    let surroundings = Surroundings { options, is_part: true, supplies_token: true, ..Surroundings::default() };
    let mut page = Stage { page: State::new(surroundings), ..page() };
    for (field, text) in [
        (Field::Endpoint, "rds.example"),
        (Field::ProjectId, PROJECT),
        (Field::InstanceId, MYSQL),
        (Field::Name, "backup"),
    ] {
        type_into(&mut page, field, text);
    }
    page
}

fn asked(effects: &[Effect]) -> Vec<Ticket> {
    let ticket = |effect: &Effect| match effect {
        Effect::AskForToken(ticket, target) => {
            assert_eq!(target.endpoint.as_str(), "https://rds.example");
            Some(*ticket)
        }
        _ => None,
    };
    effects.iter().filter_map(ticket).collect()
}

#[test]
fn a_press_waits_for_the_supplied_token_and_a_second_one_asks_for_nothing() {
    let mut page = supplied();
    let effects = page.update(Action::SubmitPressed);
    let tickets = asked(&effects);
    assert_eq!((tickets.len(), calls(&effects).len()), (1, 0));
    assert!(page.update(Action::SubmitPressed).is_empty());
    let effects = page.update(Action::TokenSupplied(tickets[0], Some(long_token())));
    assert_eq!(sent(&effects).len(), 1);
    // One that comes twice is late.
    assert!(page.update(Action::TokenSupplied(tickets[0], Some(long_token()))).is_empty());
    assert!(drafts(&page).is_empty(), "drafts are the affair of the page around");
}

#[test]
fn a_faulty_form_asks_for_no_token_and_names_no_field_that_is_not_there() {
    let mut page = supplied();
    type_into(&mut page, Field::Name, "1");
    assert!(page.update(Action::SubmitPressed) == [Effect::Focus(Focus::Summary)]);
    assert_eq!(page.remarks.faulty().collect::<Vec<_>>(), [Field::Name]);
}

#[test]
fn a_supplied_token_goes_to_no_other_endpoint() {
    let mut page = supplied();
    let tickets = asked(&page.update(Action::LoadInstancesPressed));
    page.update(Action::TokenSupplied(tickets[0], Some(long_token())));
    type_into(&mut page, Field::Endpoint, "/api");
    assert!(page.form.token.text.is_empty());
    let effects = page.update(Action::ShowBackupsPressed);
    assert!(calls(&effects).is_empty() && matches!(effects[..], [Effect::AskForToken(..)]));
}

#[test]
fn a_token_that_comes_when_the_form_has_another_target_goes_nowhere_and_the_right_one_is_asked_for() {
    let mut page = supplied();
    let tickets = asked(&page.update(Action::SubmitPressed));
    type_into(&mut page, Field::ProjectId, "another");
    let effects = page.update(Action::TokenSupplied(tickets[0], Some(long_token())));
    assert!(calls(&effects).is_empty() && page.form.token.text.is_empty());
    let again = asked(&effects);
    assert_eq!(sent(&page.update(Action::TokenSupplied(again[0], Some(long_token() + "right")))).len(), 1);
}

#[test]
fn a_renewed_token_is_for_what_is_followed_and_not_for_the_form() {
    let mut page = supplied();
    let tickets = asked(&page.update(Action::SubmitPressed));
    let create = sent(&page.update(Action::TokenSupplied(tickets[0], Some(long_token()))))[0];
    let (again, _) = wait(&answer(&mut page, create, 200, STARTED));
    type_into(&mut page, Field::ProjectId, "another");
    let poll = only(&page.update(Action::Waited(again)));
    let tickets = asked(&answer(&mut page, poll, 401, r#"{"error_code":"APIGW.0307","error_msg":"x"}"#));
    let effects = page.update(Action::TokenSupplied(tickets[0], Some(long_token() + "new")));
    let [Effect::Abort(_), Effect::Fetch { connection, .. }] = &effects[..] else { panic!("one poll") };
    assert_eq!(connection.project_id.as_str(), PROJECT);
    assert!(page.form.token.text.is_empty());
}

#[test]
fn a_token_that_is_not_supplied_or_is_rejected_makes_way_for_the_field() {
    let mut page = supplied();
    let tickets = asked(&page.update(Action::SubmitPressed));
    let effects = page.update(Action::TokenSupplied(tickets[0], None));
    assert!(effects.contains(&Effect::Focus(Focus::Field(Field::Token))) && calls(&effects).is_empty());
    assert_eq!((page.form.token_is_supplied(), &page.notices[..]), (false, &[Notice::TokenNotSupplied][..]));

    let mut page = supplied();
    let tickets = asked(&page.update(Action::SubmitPressed));
    let create = sent(&page.update(Action::TokenSupplied(tickets[0], Some(long_token()))))[0];
    answer(&mut page, create, 401, r#"{"error_code":"APIGW.0301","error_msg":"x"}"#);
    assert!(!page.form.token_is_supplied() && page.form.token.text.is_empty());
    assert!(matches!(&events(&page)[..], [Event::Refused { ending: Ending::Refused { status: 401, .. }, .. }]));
}

#[test]
fn following_asks_for_a_new_token_by_itself() {
    let mut page = supplied();
    let tickets = asked(&page.update(Action::SubmitPressed));
    let create = sent(&page.update(Action::TokenSupplied(tickets[0], Some(long_token()))))[0];
    let (again, _) = wait(&answer(&mut page, create, 200, STARTED));
    let poll = only(&page.update(Action::Waited(again)));
    let effects = answer(&mut page, poll, 401, r#"{"error_code":"APIGW.0307","error_msg":"x"}"#);
    let tickets = asked(&effects);
    let poll = only(&page.update(Action::TokenSupplied(tickets[0], Some(long_token() + "new"))));
    answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "COMPLETED"));
    assert!(page.followed[0].has_ended());
}

#[test]
fn other_options_leave_what_was_typed() {
    let mut page = supplied();
    let options = Options {
        language: Some(Language::German),
        filled_in: vec![(Field::InstanceId, "another".into())],
        ..Options::default()
    };
    page.update(Action::OptionsSet(options.clone(), vec![]));
    assert_eq!((&*page.form.name.text, &*page.form.instance_id.text), ("backup", "another"));
    assert_eq!(page.language, Language::German);
    // What is set again has been set before.
    type_into(&mut page, Field::InstanceId, MYSQL);
    page.update(Action::OptionsSet(options, vec![]));
    assert_eq!(&*page.form.instance_id.text, MYSQL);
}

#[test]
fn the_chart_has_the_latest_completed_backups_in_their_order() {
    let mut page = filled();
    let list = only(&page.update(Action::ShowBackupsPressed));
    let backup = |number: usize, status: &str| {
        format!(
            r#"{{"id":"b{number}","name":"n{number}","status":"{status}","type":"manual","size":{number},
                "begin_time":"2026-11-{:02}T12:00:00Z","end_time":"2026-11-{:02}T12:0{}:00Z"}}"#,
            number + 1,
            number + 1,
            number % 10
        )
    };
    let backups: Vec<String> = [4, 1, 3].map(|number| backup(number, "COMPLETED")).into();
    let body = format!(r#"{{"backups":[{},{}]}}"#, backups.join(","), backup(9, "FAILED"));
    answer(&mut page, list, 200, &body);
    let bars: Vec<_> = page.backups.chart.iter().map(|bar| (bar.name.as_str(), bar.seconds, bar.size)).collect();
    assert_eq!(bars, [("n1", 60, 1), ("n3", 180, 3), ("n4", 240, 4)]);
}
