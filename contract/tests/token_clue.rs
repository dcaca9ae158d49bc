//! What the token of a refused call tells about the cause.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first thing that isn't as expected")]

use contract::codes::ErrorKind;
use contract::failure::Failure;
use contract::iam_token::{SentToken, TokenClue, TokenProblem};
use contract::json::Json;
use contract::response::{Body, HttpResponse};
use contract::time::UnixSeconds;

/// An answer, and what is known of the token of its call.
fn read(status: u16, body: &str, sent_token: Option<SentToken>) -> Failure {
    let response = HttpResponse { sent_token, ..HttpResponse::new(status, Body::Text(body.into())) };
    Failure::read(&response, serde_json::from_str::<Json>(body).ok().as_ref())
}

/// What the token tells of an answer.
fn clue(status: u16, body: &str, problems: Option<&[TokenProblem]>) -> Option<TokenClue> {
    let sent_token = Some(SentToken { length: 9_448, problems: problems.map(<[TokenProblem]>::to_vec) });
    read(status, body, sent_token).token_clue.map(|clue| *clue)
}

#[test]
fn a_refusal_that_can_have_its_cause_in_the_token_names_the_first_that_the_token_tells() {
    let expired = TokenProblem::Expired { at: UnixSeconds(0) };
    let other = TokenProblem::OfOtherProject { project: "eu-de_orders".into() };
    let told = [expired.clone(), other];
    let rejected =
        r#"{"error_code":"APIGW.0301","error_msg":"Incorrect IAM authentication information: decrypt token fail"}"#;
    let not_in_project = r#"{"error":{"code":403,"message":"urlTenantId is not equal tokenTenantId"}}"#;
    for (status, body) in [(401, rejected), (401, "<html>"), (403, not_in_project), (403, ""), (404, "")] {
        assert_eq!(clue(status, body, Some(&told)), Some(TokenClue::Problem(expired.clone())), "{status} {body}");
        assert_eq!(clue(status, body, None), None, "{status} {body}: of a token that can't be read nothing is known");
    }
    // What names another cause, and what is no refusal.
    let frozen = r#"{"error_code":"DBS.280449","error_msg":"x"}"#;
    let unknown = r#"{"error_code":"DBS.200002","error_msg":"x"}"#;
    for (status, body) in
        [(404, unknown), (403, frozen), (400, ""), (409, ""), (429, ""), (500, ""), (200, ""), (413, "")]
    {
        assert_eq!(clue(status, body, Some(&told)), None, "{status} {body}");
    }
}

#[test]
fn a_token_that_is_sound_by_what_it_says_and_is_rejected_is_told_from_one_that_may_not_do_this() {
    assert_eq!(clue(401, r#"{"error_code":"APIGW.0301"}"#, Some(&[])), Some(TokenClue::Sound));
    for (status, body) in [(401, "<html>"), (403, r#"{"error_code":"DBS.280056"}"#), (404, "")] {
        let expected = read(status, body, None).error_kind == ErrorKind::TokenRejected;
        assert_eq!(clue(status, body, Some(&[])).is_some(), expected, "{status} {body}");
    }
}

#[test]
fn a_role_explains_what_is_not_allowed_and_nothing_else() {
    let read_only = [TokenProblem::ReadOnly];
    let explained = Some(TokenClue::Problem(TokenProblem::ReadOnly));
    assert_eq!(clue(403, r#"{"error":{"message":"Action Forbidden"}}"#, Some(&read_only)), explained);
    for status in [401, 404] {
        assert_eq!(clue(status, "<html>", Some(&read_only)), None, "{status}");
    }
}

#[test]
fn a_header_that_is_too_long_has_the_length_of_the_token() {
    let page = "<html><head><title>400 Request Header Or Cookie Too Large</title></head></html>";
    for (status, body) in [(400, page), (431, ""), (494, "")] {
        assert_eq!(clue(status, body, None), Some(TokenClue::Length(9_448)), "{status}");
    }
    assert_eq!(clue(400, "<html>400 Bad Request", None), None);
}
