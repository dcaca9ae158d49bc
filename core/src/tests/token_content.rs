//! What a token says by itself, in the form.

use contract::iam_token::{Scope, TokenClue, TokenProblem};
use contract::rules::{TokenFault, Violation, Warning};
use contract::secret::Secret;
use contract::time::UnixSeconds;
use sandbox::iam_token::Claims;

use super::stage::*;

/// A day and an hour before the tests begin.
const OLD: i64 = 25 * 60 * 60;

/// A token that was issued so many seconds before the tests begin.
pub(super) fn token(region: &str, age: i64) -> String {
    Claims { project: Some((PROJECT.into(), region.into())), issued: issued(age), ..Claims::new() }.token()
}

/// So many seconds before the tests begin.
fn issued(age: i64) -> std::time::SystemTime {
    std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(u64::try_from(1_795_521_600 - age).unwrap())
}

fn texts(page: &Page) -> (&str, &str) {
    (&page.form.project_id.text, &page.form.endpoint.text)
}

#[test]
fn empty_fields_are_filled_and_brought_back_empty() {
    let mut page = page();
    paste_token(&mut page, &token("eu-de_orders", 60));
    assert_eq!(texts(&page), (PROJECT, "rds.eu-de.otc.t-systems.com"));
    assert_eq!(page.page.notices, [Notice::FilledFromToken(vec![Field::Endpoint, Field::ProjectId])]);
    page.update(Action::Fill(FillAction::RestorePressed));
    assert_eq!(texts(&page), ("", ""));
    assert!(page.page.notices.is_empty() && !page.form.token.text.is_empty());
    // What was typed elsewhere in between stays, and a text that was changed is nobody's but its user's.
    paste_token(&mut page, &token("eu-de_another", 60));
    type_into(&mut page, Field::Name, "typed");
    type_into(&mut page, Field::ProjectId, "mine");
    page.update(Action::Fill(FillAction::RestorePressed));
    assert_eq!((texts(&page), &*page.form.name.text), (("mine", ""), "typed"));
    assert!(!page.form.can_restore());
    type_into(&mut page, Field::ProjectId, "");
    // It fills once: what was emptied since stays empty.
    type_into(&mut page, Field::Name, "backup");
    assert_eq!(texts(&page), ("", ""));
}

#[test]
fn what_is_filled_in_is_where_the_token_goes_and_nowhere_else() {
    let mut page = page();
    paste_token(&mut page, &token("eu-de", 60));
    type_into(&mut page, Field::InstanceId, MYSQL);
    type_into(&mut page, Field::Name, "backup");
    assert_eq!(page.form.unconfirmed_endpoint(), None);
    let effects = page.update(Action::Press(Press::Submit));
    assert_eq!(connections(&effects), [("https://rds.eu-de.otc.t-systems.com".into(), token_in(&page))]);
    // Another endpoint needs another confirmation.
    type_into(&mut page, Field::Endpoint, "rds.eu-nl.otc.t-systems.com");
    assert!(page.form.unconfirmed_endpoint().is_some());
}

fn token_in(page: &Page) -> String {
    page.form.token.text.expose().to_owned()
}

#[test]
fn what_stands_there_stays() {
    for (field, text) in [(Field::ProjectId, "another"), (Field::Endpoint, "rds.example")] {
        let mut page = page();
        type_into(&mut page, field, text);
        paste_token(&mut page, &token("eu-de", 60));
        let expected = match field {
            // The endpoint of another project isn't filled in either.
            Field::ProjectId => ("another", ""),
            _ => (PROJECT, "rds.example"),
        };
        assert_eq!(texts(&page), expected);
    }
}

#[test]
fn an_endpoint_of_the_operators_comes_first_and_one_that_may_not_be_called_never() {
    let with = |json: &str| {
        let (options, faults) = Options::read(&serde_json::from_str(json).unwrap());
        assert!(faults.is_empty(), "{faults:?}");
        let mut page =
            Page::of(StartupContext { options, address: PageAddress::new(ADDRESS), ..StartupContext::default() });
        paste_token(&mut page, &token("eu-de", 60));
        page
    };
    let page = with(r#"{"endpoints":["/api/other",{"address":"/api/eu-de","region":"eu-de"}]}"#);
    assert_eq!(texts(&page), (PROJECT, "/api/eu-de"));
    let page = with(r#"{"allowed_hosts":["rds.eu-nl.otc.t-systems.com"]}"#);
    assert_eq!(texts(&page), (PROJECT, ""));
}

#[test]
fn a_token_that_is_probably_wrong_warns_and_is_sent() {
    let cases = [
        (token("eu-de", OLD), Warning::Token(TokenProblem::Expired { at: UnixSeconds(1_795_521_600 - 3600) })),
        (
            Claims { project: None, ..Claims::new() }.token(),
            Warning::Token(TokenProblem::WithoutProject { account: Some("OTC-EU-DE-00000000001000000001".into()) }),
        ),
        (
            Claims { project: Some(("p2".into(), "eu-de_2".into())), ..Claims::new() }.token(),
            Warning::Token(TokenProblem::OfOtherProject { project: "eu-de_2".into() }),
        ),
        (
            token("eu-nl", 60),
            Warning::Token(TokenProblem::OfOtherRegion { token: "eu-nl".into(), endpoint: "eu-de".into() }),
        ),
        (
            Claims { roles: vec!["readonly"], project: Some((PROJECT.into(), "eu-de".into())), ..Claims::new() }
                .token(),
            Warning::Token(TokenProblem::ReadOnly),
        ),
        (token("eu-de", 60).trim_end_matches('=').to_owned(), Warning::TokenUnpadded),
    ];
    for (wrong, warning) in cases {
        let mut page = filled();
        type_into(&mut page, Field::Endpoint, "rds.eu-de.otc.t-systems.com");
        paste_token(&mut page, &wrong);
        let messages = page.form.messages.of(Field::Token);
        // A token whose length is divisible has no padding that could be missing.
        let is_padded = wrong.ends_with('=') || warning != Warning::TokenUnpadded;
        let is_said = messages.contains(&FieldMessage::Warning(warning.clone()));
        assert!(is_said || !is_padded, "{warning:?}: {messages:?}");
        assert_eq!(calls(&page.update(Action::Press(Press::Submit))).len(), 1, "{warning:?}");
    }
}

#[test]
fn the_project_of_the_token_is_one_press_away_and_can_be_undone() {
    let mut page = filled();
    type_into(&mut page, Field::ProjectId, "another");
    paste_token(&mut page, &token("x", 60));
    assert_eq!(page.form.other_token_project(), Some("x"));
    page.update(Action::Fill(FillAction::UseTokenProjectPressed));
    assert_eq!((page.form.other_token_project(), texts(&page).0), (None, PROJECT));
    page.update(Action::Fill(FillAction::RestorePressed));
    assert_eq!(texts(&page).0, "another");
}

#[test]
fn a_token_that_is_certainly_wrong_is_not_sent() {
    let whole = token("x", 60);
    let stated = whole.len();
    let cut = TokenFault::Cut { found: 1_000, stated };
    let extended = TokenFault::Extended { found: stated + 4, stated };
    for (wrong, fault) in [
        (whole[..1_000].to_owned(), cut),
        (format!("{whole}AAAA"), extended),
        ("HPUAWJ4GEXAMPLE1KEY2".into(), TokenFault::AccessKey),
        ("LTAI5tExampleExampleExam".into(), TokenFault::AccessKey),
        (format!("gQpjbi1ub3J0aC00{}", "x".repeat(900)), TokenFault::SecurityToken),
    ] {
        let mut page = filled();
        paste_token(&mut page, &wrong);
        says(&page, Field::Token, &[FieldMessage::Fault(Violation::Token(fault))]);
        assert!(calls(&page.update(Action::Press(Press::Submit))).is_empty(), "{wrong}");
        assert!(page.form.token_content.is_none());
    }
    let mut page = filled();
    paste_token(&mut page, &format!("{whole}{whole}"));
    page.update(Action::Fill(FillAction::TrimTokenPressed));
    assert_eq!(token_in(&page), whole);
    assert_eq!(calls(&page.update(Action::Press(Press::Submit))).len(), 1);
}

#[test]
fn nothing_read_from_a_token_is_kept_when_it_is_forgotten_nor_read_of_one_that_is_supplied() {
    let mut page = page();
    paste_token(&mut page, &token("eu-de", 60));
    assert!(matches!(page.form.token_content.as_ref().unwrap().scope, Scope::Project { .. }));
    page.update(Action::Form(FormAction::ForgetTokenPressed));
    assert!(page.form.token_content.is_none());
    // A draft has what was filled in, and nothing else that was read.
    assert!(!page.form.to_link().contains("operator"));
    let mut supplied = Page::of(StartupContext { supplies_token: true, ..StartupContext::default() });
    supplied.update(Action::Form(FormAction::TokenEdited(Secret::new(token("eu-de", 60)), Input::Pasted)));
    assert_eq!(texts(&supplied), ("", ""));
}

#[test]
fn a_filled_endpoint_is_the_one_that_the_token_was_given_for() {
    let mut page = page();
    paste_token(&mut page, &token("eu-de", 60));
    type_into(&mut page, Field::InstanceId, MYSQL);
    type_into(&mut page, Field::Name, "backup");
    link(&mut page, "#endpoint=rds.evil.example");
    assert!(page.form.unconfirmed_endpoint().is_some());
    assert!(calls(&page.update(Action::Press(Press::Submit))).is_empty());
}

#[test]
fn a_token_that_is_trimmed_stays_given_for_its_endpoint() {
    let mut page = filled();
    paste_token(&mut page, &format!("{}AAAA", token("x", 60)));
    type_into(&mut page, Field::Endpoint, "rds.other.example");
    page.update(Action::Fill(FillAction::TrimTokenPressed));
    assert!(page.form.unconfirmed_endpoint().is_some());
    assert!(calls(&page.update(Action::Press(Press::Submit))).is_empty());
}

#[test]
fn of_two_tokens_the_one_that_was_pasted_last_is_kept() {
    let (old, new) = (token("x", 600), token("x", 60));
    let mut page = filled();
    paste_token(&mut page, &format!("{old}{new}"));
    page.update(Action::Fill(FillAction::TrimTokenPressed));
    assert_eq!(token_in(&page), new);
}

#[test]
fn a_deferred_list_lapses_when_the_form_is_cleared_and_another_token_given() {
    let options = Options::read(
        &serde_json::from_str(&format!(r#"{{"endpoint":"rds.example","project_id":"{PROJECT}"}}"#)).unwrap(),
    );
    let mut page = page_in_parts_of(StartupContext { options: options.0, ..StartupContext::default() });
    paste_token(&mut page, &long_token());
    page.update(Action::Press(Press::LoadInstances));
    page.update(Action::Form(FormAction::ClearFormPressed));
    paste_token(&mut page, &other_token());
    let effects = page.update(Action::App(AppAction::LaterLoaded(Ok(()))));
    assert!(calls(&effects).is_empty());
    assert!(page.page.notices.contains(&Notice::PressLapsed));
}

#[test]
fn a_token_stays_with_the_endpoint_that_another_one_had_filled_in_when_that_is_taken_back() {
    let mut page = page();
    paste_token(&mut page, &token("eu-de", 60));
    paste_token(&mut page, "MIIAnother");
    page.update(Action::Fill(FillAction::RestorePressed));
    assert_eq!(texts(&page), ("", ""));
    type_into(&mut page, Field::Endpoint, "rds.eu-nl.otc.t-systems.com");
    assert!(page.form.unconfirmed_endpoint().is_some());
}

/// The part of the page that reads tokens may come when the endpoint is no longer the one that a token was given for.
#[test]
fn a_token_that_was_given_for_an_endpoint_goes_to_its_own_only_once_that_is_confirmed() {
    let mut page = page_in_parts();
    type_into(&mut page, Field::Endpoint, "rds.eu-nl.otc.t-systems.com");
    paste_token(&mut page, &token("eu-de", 60));
    type_into(&mut page, Field::Endpoint, "");
    page.update(Action::App(AppAction::LaterLoaded(Ok(()))));
    assert_eq!(texts(&page), (PROJECT, "rds.eu-de.otc.t-systems.com"));
    assert!(page.form.unconfirmed_endpoint().is_some());
    assert!(calls(&page.update(Action::Press(Press::LoadInstances))).is_empty());
    page.update(Action::Form(FormAction::EndpointConfirmed));
    assert_eq!(calls(&page.update(Action::Press(Press::LoadInstances))).len(), 1);
}

#[test]
fn what_is_encoded_again_or_made_up_is_not_judged_by_its_length() {
    let encoded = token("x", 60).replace('=', "%3D").replace('+', "%2B");
    for text in [
        encoded,
        "12345678901234567890".to_owned(),
        "A".repeat(20),
        "0123456789ABCDEF0123".to_owned(),
        "LTAItest".to_owned(),
        "gAAAAABexampleexampleexample".to_owned(),
    ] {
        let mut page = filled();
        paste_token(&mut page, &text);
        let messages = page.form.messages.of(Field::Token);
        assert!(!messages.iter().any(FieldMessage::is_fault), "{text}: {messages:?}");
    }
}

#[test]
fn spaces_in_place_of_plus_are_put_right_and_named() {
    // Of some tokens one has a plus. At the very end a blank is taken off before anybody can count it.
    let has_plus = |token: &String| token.contains('+') && !token.ends_with('+');
    let whole = (0..50).map(|age| token("x", age)).find(has_plus).unwrap();
    let mut page = filled();
    paste_token(&mut page, &whole.replace('+', " "));
    assert_eq!(token_in(&page), whole);
    assert_eq!(*page.form.token_removed, [contract::rules::token::Removed::SpacesForPlus]);
    assert!(page.form.token_content.is_some());
}

#[test]
fn the_same_token_pasted_again_fills_again_and_the_press_fills_both() {
    let mut page = page();
    let token = token("eu-de", 60);
    paste_token(&mut page, &token);
    type_into(&mut page, Field::ProjectId, "");
    type_into(&mut page, Field::Endpoint, "");
    assert_eq!(page.form.other_token_project(), Some("eu-de"));
    page.update(Action::Fill(FillAction::UseTokenProjectPressed));
    assert_eq!(texts(&page), (PROJECT, "rds.eu-de.otc.t-systems.com"));
    type_into(&mut page, Field::ProjectId, "");
    paste_token(&mut page, &token);
    assert_eq!(texts(&page).0, PROJECT);
}

#[test]
fn an_id_that_is_none_fills_nothing() {
    for id in ["", " abc ", "a/b", "../v3"] {
        let mut page = page();
        let project = Some((id.to_owned(), "eu-de".to_owned()));
        paste_token(&mut page, &Claims { project, ..Claims::new() }.token());
        assert_eq!(texts(&page), ("", ""), "{id}");
        assert!(page.page.notices.is_empty());
    }
}

#[test]
fn a_region_that_only_the_operator_knows_leads_to_the_operators_endpoint() {
    let json = r#"{"endpoints":[{"address":"/api/own","region":"region-1"}]}"#;
    let (options, _) = Options::read(&serde_json::from_str(json).unwrap());
    let mut page =
        Page::of(StartupContext { options, address: PageAddress::new(ADDRESS), ..StartupContext::default() });
    paste_token(&mut page, &token("region-1_orders", 60));
    assert_eq!(texts(&page), (PROJECT, "/api/own"));
}

#[test]
fn escape_closes_a_notice_that_brings_nothing_back() {
    let mut page = page();
    page.update(Action::Form(FormAction::ClearFormPressed));
    assert_eq!(page.page.notices, [Notice::Cleared]);
    page.update(Action::App(AppAction::EscapePressed));
    assert!(page.page.notices.is_empty());
}

#[test]
fn what_waits_for_a_token_goes_on_with_one_that_filled_its_fields_only_after_a_press() {
    for emptied in [&[Field::Endpoint][..], &[Field::ProjectId], &[Field::Endpoint, Field::ProjectId]] {
        let mut page = filled();
        type_into(&mut page, Field::Endpoint, "rds.eu-de.otc.t-systems.com");
        paste_token(&mut page, &token("eu-de", 120));
        let list = only(&page.update(Action::Press(Press::Submit)));
        let create = only(&answer(&mut page, list, 200, NONE_LISTED));
        let (again, _) = wait(&answer(&mut page, create, 200, STARTED));
        let poll = only(&page.update(Action::Reply(again, Reply::WaitOver)));
        answer(&mut page, poll, 401, REJECTED);
        assert_eq!(page.blocker(), Some(&Blocker::TokenRejected));
        // Neither the endpoint nor what the token says of itself is a press.
        for field in emptied {
            type_into(&mut page, *field, "");
        }
        let mut effects = paste_token(&mut page, &token("eu-de", 60));
        assert_eq!(texts(&page), (PROJECT, "rds.eu-de.otc.t-systems.com"));
        effects.extend(page.update(Action::Form(FormAction::Blurred(Field::Token))));
        assert!(calls(&effects).is_empty(), "{:?}", calls(&effects));
        let key = page.newest().key;
        assert_eq!(calls(&page.update(Action::Press(Press::LookAgain(key)))).len(), 1);
    }
}

#[test]
fn a_token_that_was_issued_later_than_now_says_that_the_clock_is_behind() {
    for (age, is_said) in [(60, false), (-60, false), (-600, true)] {
        let mut page = filled();
        paste_token(&mut page, &token("x", age));
        let warning = Warning::TokenIssuedLater { at: UnixSeconds(1_795_521_600 - age) };
        let messages = page.form.messages.of(Field::Token);
        assert_eq!(messages.contains(&FieldMessage::Warning(warning)), is_said, "{age}: {messages:?}");
    }
}

/// What the token tells of the answer to the list that is read before the request.
fn clue_after(token: &str, status: u16, body: &str) -> Option<TokenClue> {
    let mut page = filled();
    paste_token(&mut page, token);
    let list = only(&page.update(Action::Press(Press::Submit)));
    answer(&mut page, list, status, body);
    match &page.newest().stage {
        Stage::Ended(Outcome::NotSent(NotSent::TokenRejected(failure))) => failure.token_clue.as_deref().cloned(),
        stage => panic!("{stage:?}"),
    }
}

#[test]
fn a_rejected_token_names_the_cause_that_it_states_itself() {
    let rejected = r#"{"error_code":"APIGW.0301","error_msg":"Incorrect IAM authentication information"}"#;
    let expired = TokenProblem::Expired { at: UnixSeconds(1_795_521_600 - 3600) };
    let other = Claims { project: Some(("p2".into(), "eu-de_2".into())), issued: issued(60), ..Claims::new() }.token();
    let both = Claims { project: Some(("p2".into(), "eu-de_2".into())), issued: issued(OLD), ..Claims::new() }.token();
    for (token, clue) in [
        (token("x", OLD), Some(TokenClue::Problem(expired.clone()))),
        // Nothing else matters of one that has expired.
        (both, Some(TokenClue::Problem(expired))),
        (other, Some(TokenClue::Problem(TokenProblem::OfOtherProject { project: "eu-de_2".into() }))),
        (token("x", 60), Some(TokenClue::Sound)),
        // One that can't be read tells nothing.
        (long_token(), None),
    ] {
        assert_eq!(clue_after(&token, 401, rejected), clue);
    }
}

#[test]
fn a_late_refusal_of_a_token_that_was_replaced_is_explained_by_nothing_of_the_new_one() {
    for is_replaced in [false, true] {
        let mut page = filled();
        paste_token(&mut page, &token("x", OLD));
        let create = press(&mut page);
        let (waiting, _) = wait(&answer(&mut page, create, 200, STARTED));
        let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
        if is_replaced {
            paste_token(&mut page, &token("y", OLD));
            page.update(Action::Press(Press::LoadInstances));
        }
        answer(&mut page, poll, 403, r#"{"error":{"code":403,"message":"Action Forbidden"}}"#);
        let Some(Blocker::Refused(failure)) = page.blocker() else { panic!("{:?}", page.blocker()) };
        assert_eq!(failure.token_clue.is_none(), is_replaced);
    }
}

#[test]
fn a_token_that_ends_before_the_backup_is_likely_to_is_said_before_and_while_it_is_followed() {
    // Earlier backups took up to 30 minutes.
    let backup = |id: &str, minutes: u8| {
        format!(
            r#"{{"id":"{id}","name":"{id}","status":"COMPLETED","type":"manual","begin_time":"2026-11-01T00:00:00+0000","end_time":"2026-11-01T00:{minutes:02}:00+0000"}}"#
        )
    };
    let listed = format!(r#"{{"backups":[{},{}],"total_count":2}}"#, backup("b1", 30), backup("b2", 20));
    for (left_minutes, is_said) in [(20, true), (40, false), (-5, false)] {
        let mut page = filled();
        paste_token(&mut page, &token("x", 24 * 60 * 60 - left_minutes * 60));
        let warning = Warning::TokenEndsTooSoon { at: UnixSeconds(1_795_521_600 + left_minutes * 60), usual: 1800 };
        let said = |page: &Page| page.form.messages.of(Field::Token).contains(&FieldMessage::Warning(warning.clone()));
        assert!(!said(&page), "nothing is known of earlier backups yet");
        let list = only(&page.update(Action::Press(Press::ShowBackups)));
        answer(&mut page, list, 200, &listed);
        assert_eq!(said(&page), is_said, "{left_minutes}");
    }
    // It was long enough when the backup began, and the form has been emptied since; the backup took its time.
    let mut page = filled();
    paste_token(&mut page, &token("x", 24 * 60 * 60 - 20 * 60));
    let list = only(&page.update(Action::Press(Press::Submit)));
    let post = only(&answer(&mut page, list, 200, &listed));
    answer(&mut page, post, 200, STARTED);
    type_into(&mut page, Field::InstanceId, "");
    let warning =
        FieldMessage::Warning(Warning::TokenEndsTooSoon { at: UnixSeconds(1_795_521_600 + 20 * 60), usual: 1800 });
    assert!(page.form.messages.of(Field::Token).contains(&warning));
    // A backup of another project is followed with another token.
    type_into(&mut page, Field::ProjectId, "another");
    assert!(!page.form.messages.of(Field::Token).contains(&warning));
}

#[test]
fn an_empty_project_is_no_other_one() {
    let mut page = page();
    paste_token(&mut page, &token("eu-de", 60));
    page.update(Action::Fill(FillAction::RestorePressed));
    assert_eq!((texts(&page), page.form.messages.of(Field::Token).len()), (("", ""), 0));
}

#[test]
fn blanks_in_a_cut_token_stand_for_nothing_even_where_their_number_fits() {
    let whole = token("x", 60);
    let cut = &whole[..whole.len() - 9];
    let lines: Vec<&str> =
        (0..10).map(|line| &cut[line * 110..if line == 9 { cut.len() } else { (line + 1) * 110 }]).collect();
    let mut page = page();
    paste_token(&mut page, &lines.join(" "));
    assert_eq!(token_in(&page), cut);
    assert!(page.form.messages.of(Field::Token).iter().any(FieldMessage::is_fault));
}

/// A page that waits for a token, since the one of before was rejected: for the project of the tokens at a known host.
#[track_caller]
fn waiting_for_token() -> Page {
    let mut page = filled();
    type_into(&mut page, Field::Endpoint, "rds.eu-de.otc.t-systems.com");
    paste_token(&mut page, &token("eu-de", 120));
    let create = press(&mut page);
    let (again, _) = wait(&answer(&mut page, create, 200, STARTED));
    let poll = only(&page.update(Action::Reply(again, Reply::WaitOver)));
    answer(&mut page, poll, 401, REJECTED);
    assert_eq!(page.blocker(), Some(&Blocker::TokenRejected));
    page
}

#[test]
fn what_a_token_has_filled_in_is_sent_nowhere_before_a_press_whatever_is_done_with_the_token() {
    let again: [fn(&mut Page) -> Vec<Effect>; 4] = [
        |page| paste_token(page, &token("eu-de", 50)),
        |page| {
            let text = token_in(page);
            paste_token(page, &text)
        },
        |page| {
            type_into(page, Field::Token, &token("eu-de", 50));
            page.update(Action::Form(FormAction::Blurred(Field::Token)))
        },
        |page| page.update(Action::Press(Press::Submit)),
    ];
    for (number, again) in again.into_iter().enumerate() {
        let mut page = waiting_for_token();
        type_into(&mut page, Field::Endpoint, "");
        type_into(&mut page, Field::ProjectId, "");
        type_into(&mut page, Field::Name, "");
        assert!(calls(&paste_token(&mut page, &token("eu-de", 60))).is_empty());
        assert_eq!(texts(&page), (PROJECT, "rds.eu-de.otc.t-systems.com"));
        assert!(calls(&again(&mut page)).is_empty(), "{number}");
        // A press that names where it leads to goes on with all that waits.
        assert_eq!(calls(&page.update(Action::Press(Press::LoadInstances))).len(), 2, "{number}");
    }
    // From then on it is named for the tokens after it, too.
    let mut page = waiting_for_token();
    type_into(&mut page, Field::Endpoint, "");
    paste_token(&mut page, &token("eu-de", 60));
    let effects = page.update(Action::Press(Press::LoadInstances));
    let is_poll = |(_, call): &(Ticket, Call)| matches!(call, Call::Backups { .. });
    let (poll, _) = calls(&effects).into_iter().find(is_poll).unwrap();
    answer(&mut page, poll, 401, REJECTED);
    assert!(!calls(&paste_token(&mut page, &token("eu-de", 50))).is_empty());
}

#[test]
fn the_press_for_the_tokens_project_names_no_endpoint() {
    let mut page = waiting_for_token();
    type_into(&mut page, Field::Endpoint, "");
    type_into(&mut page, Field::ProjectId, "another");
    paste_token(&mut page, &token("eu-de", 60));
    assert_eq!(texts(&page), ("another", ""));
    page.update(Action::Fill(FillAction::UseTokenProjectPressed));
    assert_eq!(texts(&page), (PROJECT, "rds.eu-de.otc.t-systems.com"));
    assert_eq!(page.page.notices, [Notice::FormFilled]);
    assert!(calls(&page.update(Action::Form(FormAction::Blurred(Field::Token)))).is_empty());
    assert_eq!(page.form.unconfirmed_endpoint(), None);
}

#[test]
fn taking_a_filling_back_unbinds_the_token() {
    let mut page = page();
    paste_token(&mut page, &token("eu-de", 60));
    page.update(Action::Fill(FillAction::RestorePressed));
    fill_all_but_token(&mut page, MYSQL, "backup");
    assert_eq!(page.form.unconfirmed_endpoint(), None);
    let effects = page.update(Action::Press(Press::Submit));
    assert_eq!(connections(&effects), [("https://rds.example".into(), token_in(&page))]);
}

#[test]
fn what_was_typed_is_never_taken_for_a_filling() {
    // Typed by hand since, whatever it is.
    let mut page = page();
    paste_token(&mut page, &token("eu-de", 60));
    type_into(&mut page, Field::ProjectId, "");
    type_into(&mut page, Field::ProjectId, PROJECT);
    assert_eq!(page.page.notices, [Notice::FilledFromToken(vec![Field::Endpoint])]);
    page.update(Action::Fill(FillAction::RestorePressed));
    assert_eq!(texts(&page), (PROJECT, ""));
    // Filled twice.
    let mut page = super::stage::page();
    let again = token("eu-de", 60);
    paste_token(&mut page, &again);
    type_into(&mut page, Field::ProjectId, "");
    type_into(&mut page, Field::Endpoint, "");
    assert!(!page.form.can_restore() && page.page.notices.is_empty());
    paste_token(&mut page, &again);
    page.update(Action::Fill(FillAction::RestorePressed));
    assert!(!page.form.can_restore() && page.page.notices.is_empty());
    // Cleared, and brought back.
    paste_token(&mut page, &token("eu-de", 50));
    type_into(&mut page, Field::Name, "typed");
    page.update(Action::Form(FormAction::ClearFormPressed));
    page.update(Action::Fill(FillAction::RestorePressed));
    assert_eq!(texts(&page), (PROJECT, "rds.eu-de.otc.t-systems.com"));
    assert!(!page.form.can_restore());
    // Used by a press: it is the user's now.
    let mut page = super::stage::page();
    paste_token(&mut page, &token("eu-de", 60));
    type_into(&mut page, Field::InstanceId, MYSQL);
    type_into(&mut page, Field::Name, "backup");
    page.update(Action::Press(Press::Submit));
    assert!(!page.form.can_restore() && page.page.notices.is_empty());
}

#[test]
fn after_one_step_was_taken_back_the_one_before_is_said_as_it_was() {
    let mut page = page();
    link(&mut page, "name=linked&project_id=another");
    paste_token(&mut page, &token("x", 60));
    page.update(Action::Fill(FillAction::UseTokenProjectPressed));
    assert!(page.page.notices.contains(&Notice::FormFilled));
    page.update(Action::Fill(FillAction::RestorePressed));
    assert_eq!((texts(&page).0, &*page.form.name.text), ("another", "linked"));
    assert_eq!(page.page.notices, [Notice::LinkFilled]);
}

#[test]
fn a_press_before_the_token_has_filled_anything_waits_for_another() {
    let mut page = page_in_parts();
    paste_token(&mut page, &token("eu-de", 60));
    page.update(Action::Press(Press::LoadInstances));
    let effects = page.update(Action::App(AppAction::LaterLoaded(Ok(()))));
    assert!(calls(&effects).is_empty());
    assert!(page.page.notices.contains(&Notice::PressedBeforeFilled));
    assert_eq!(texts(&page), (PROJECT, "rds.eu-de.otc.t-systems.com"));
    assert_eq!(calls(&page.update(Action::Press(Press::LoadInstances))).len(), 1);
    // What a reload has brought isn't a press.
    let (page, _) = super::stage::followed();
    let underway = page.persisted_underway().concat();
    let mut page = page_in_parts();
    let kept = Some(Persisted { draft: String::new(), underway });
    page.update(Action::App(AppAction::Opened { fragment: String::new(), kept }));
    paste_token(&mut page, &token("eu-de", 60));
    page.update(Action::Press(Press::LoadInstances));
    page.update(Action::App(AppAction::LaterLoaded(Ok(()))));
    assert!(page.page.notices.contains(&Notice::PressedBeforeFilled));
    assert_eq!(page.newest().backup.id.as_deref(), Some("b1"), "the backup from before the reload");
    // Where nothing was filled in, the press is done.
    let mut page = page_in_parts();
    type_into(&mut page, Field::Endpoint, "rds.example");
    type_into(&mut page, Field::ProjectId, PROJECT);
    paste_token(&mut page, &token("eu-de", 60));
    page.update(Action::Press(Press::LoadInstances));
    assert_eq!(calls(&page.update(Action::App(AppAction::LaterLoaded(Ok(()))))).len(), 1);
}

#[test]
fn the_endpoint_of_the_tokens_region_is_one_press_away_and_only_what_may_be_called() {
    let mut page = page();
    paste_token(&mut page, &token("eu-nl", 60));
    paste_token(&mut page, &token("eu-de", 50));
    let meant = |page: &Page| page.form.meant_endpoint(&page.page.options.endpoints);
    assert_eq!(
        (texts(&page).1, meant(&page)),
        ("rds.eu-nl.otc.t-systems.com", Some("rds.eu-de.otc.t-systems.com".into()))
    );
    page.update(Action::Fill(FillAction::UseEndpointPressed(meant(&page).unwrap())));
    assert_eq!(
        (texts(&page).1, meant(&page), page.form.unconfirmed_endpoint()),
        ("rds.eu-de.otc.t-systems.com", None, None)
    );
    // An operator's own gateway is no wrong address, and nothing else than it may be called.
    let (options, faults) =
        Options::read(&serde_json::from_str(r#"{"allowed_hosts":["gate.apic.eu-de.otc.t-systems.com"]}"#).unwrap());
    assert!(faults.is_empty());
    let mut page =
        Page::of(StartupContext { options, address: PageAddress::new(ADDRESS), ..StartupContext::default() });
    for endpoint in ["gate.apic.eu-de.otc.t-systems.com", "iam.eu-de.otc.t-systems.com"] {
        type_into(&mut page, Field::Endpoint, endpoint);
        assert_eq!(meant(&page), None, "{endpoint}");
    }
}

#[test]
fn a_token_by_a_clock_that_is_behind_is_not_called_sound() {
    let rejected = r#"{"error_code":"APIGW.0301","error_msg":"x"}"#;
    for (age, is_sound) in [(60, true), (-290, true), (-310, false), (-600, false)] {
        assert_eq!(clue_after(&token("x", age), 401, rejected) == Some(TokenClue::Sound), is_sound, "{age}");
    }
}
