//! What the token of a refused call tells about the cause.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first thing that isn't as expected")]

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

/// What a token with these problems tells of an answer.
fn clue(status: u16, body: &str, problems: &[TokenProblem]) -> Option<TokenClue> {
    let sent_token = Some(SentToken { length: 9_448, problems: problems.to_vec(), is_sound: problems.is_empty() });
    read(status, body, sent_token).token_clue.map(|clue| *clue)
}

fn expired() -> TokenProblem {
    TokenProblem::Expired { at: UnixSeconds(0) }
}

fn of_other_project() -> TokenProblem {
    TokenProblem::OfOtherProject { project: "eu-de_orders".into() }
}

fn of_other_region() -> TokenProblem {
    TokenProblem::OfOtherRegion { token: "eu-nl".into(), endpoint: "eu-de".into() }
}

const REJECTED: &str =
    r#"{"error_code":"APIGW.0301","error_msg":"Incorrect IAM authentication information: decrypt token fail"}"#;
const FORBIDDEN: &str = r#"{"error":{"code":403,"message":"Action Forbidden"}}"#;
/// Codes of RDS, which has read the token before it answers.
const NOT_ALLOWED: &str = r#"{"error_code":"DBS.200010","error_msg":"x"}"#;
const FROZEN: &str = r#"{"error_code":"DBS.280449","error_msg":"x"}"#;
const INSTANCE_UNKNOWN: &str = r#"{"error_code":"DBS.200002","error_msg":"x"}"#;

#[test]
fn a_refusal_that_can_have_its_cause_in_the_token_names_the_first_that_the_token_tells() {
    for (status, body) in [(401, REJECTED), (401, "<html>"), (403, FORBIDDEN), (403, ""), (404, "")] {
        for problem in [expired(), of_other_project(), of_other_region()] {
            let told = [problem.clone(), TokenProblem::ReadOnly];
            assert_eq!(clue(status, body, &told), Some(TokenClue::Problem(problem)), "{status} {body}");
        }
        let unreadable = Some(SentToken { length: 32, problems: vec![], is_sound: false });
        assert_eq!(read(status, body, unreadable).token_clue, None, "{status} {body}");
        assert_eq!(read(status, body, None).token_clue, None, "{status} {body}");
    }
    let unavailable = r#"{"error_code":"APIGW.0802","error_msg":"x"}"#;
    assert_eq!(clue(403, unavailable, &[of_other_project()]), Some(TokenClue::Problem(of_other_project())));
}

#[test]
fn what_the_answers_code_disproves_is_no_cause() {
    // RDS refuses what a valid token may not do, or not in this project.
    for problem in [expired(), of_other_region()] {
        assert_eq!(clue(403, NOT_ALLOWED, std::slice::from_ref(&problem)), None, "{problem:?}");
        let behind = clue(403, NOT_ALLOWED, &[problem, TokenProblem::ReadOnly]);
        assert_eq!(behind, Some(TokenClue::Problem(TokenProblem::ReadOnly)));
    }
    assert_eq!(clue(403, NOT_ALLOWED, &[of_other_project()]), Some(TokenClue::Problem(of_other_project())));
    // What names another cause, and what is no refusal.
    let all = [expired(), of_other_project(), of_other_region(), TokenProblem::ReadOnly];
    for (status, body) in [
        (404, INSTANCE_UNKNOWN),
        (403, FROZEN),
        (400, ""),
        (409, ""),
        (413, ""),
        (429, ""),
        (500, ""),
        (500, REJECTED),
        (200, ""),
    ] {
        assert_eq!(clue(status, body, &all), None, "{status} {body}");
    }
}

#[test]
fn a_token_that_is_sound_by_what_it_says_and_is_rejected_is_told_from_one_that_may_not_do_this() {
    assert_eq!(clue(401, r#"{"error_code":"APIGW.0301"}"#, &[]), Some(TokenClue::Sound));
    assert_eq!(clue(401, r#"{"error_code":"APIGW.0307"}"#, &[]), None, "the code says that it has expired");
    for (status, body) in [(401, "<html>"), (403, NOT_ALLOWED), (404, "")] {
        assert_eq!(clue(status, body, &[]), None, "{status} {body}");
    }
}

#[test]
fn a_role_explains_what_is_not_allowed_and_nothing_else() {
    let read_only = [TokenProblem::ReadOnly];
    assert_eq!(clue(403, FORBIDDEN, &read_only), Some(TokenClue::Problem(TokenProblem::ReadOnly)));
    let rejected = r#"{"error_code":"DBS.280056","error_msg":"x"}"#;
    for (status, body) in
        [(401, "<html>"), (404, "<html>"), (403, rejected), (403, r#"{"error_msg":"decrypt token fail"}"#)]
    {
        assert_eq!(clue(status, body, &read_only), None, "{status} {body}");
    }
}

#[test]
fn a_header_that_is_too_long_has_the_length_of_a_long_token() {
    let page = "<html><head><title>400 Request Header Or Cookie Too Large</title></head></html>";
    for (status, body) in [(400, page), (431, ""), (494, "")] {
        assert_eq!(clue(status, body, &[]), Some(TokenClue::Length(9_448)), "{status}");
        let short = Some(SentToken { length: 3_999, problems: vec![], is_sound: true });
        assert_eq!(read(status, body, short).token_clue, None, "{status}");
    }
    assert_eq!(clue(400, "<html>400 Bad Request", &[]), None);
}
