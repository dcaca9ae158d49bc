//! The meaning of the answer to the create call.

use super::http::HttpResponse;
use crate::backup::{Backup, CreateBackup};
use crate::failure::Failure;
use crate::json::Json;

/// Reads the answer to the create call; `json` is its body if that is JSON. A backup with another name or instance than
/// requested only proves that something was accepted: the answer may belong to another request.
///
/// # Errors
/// The failure, if the status isn't 2xx or the body contains no backup. The documented success is 200; some clients
/// receive 201, so any 2xx with a backup counts.
pub fn parse_create_response(
    response: &HttpResponse,
    json: Option<&Json>,
    request: &CreateBackup,
) -> Result<Backup, Failure> {
    let succeeded = (200..300).contains(&response.status);
    let backup = json.filter(|_| succeeded).and_then(Backup::from_response);
    let backup = backup.ok_or_else(|| Failure::read(response, json))?;
    // How the API writes the values that it repeats isn't documented.
    let fits = |stated: &Option<String>, asked: &str| {
        stated.as_deref().is_none_or(|stated| stated.is_empty() || stated.eq_ignore_ascii_case(asked))
    };
    let is_asked_for =
        fits(&backup.name, request.name.as_str()) && fits(&backup.instance_id, request.instance_id.as_str());
    Ok(if is_asked_for { backup } else { Backup::default() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes::ErrorKind;
    use crate::json::tests::parse;
    use crate::response::http::Body;
    use crate::rules::instance_id::instance_id;
    use crate::rules::name::backup_name;

    fn request() -> CreateBackup {
        CreateBackup {
            instance_id: instance_id("i1").unwrap(),
            name: backup_name("nightly").unwrap(),
            description: None,
            databases: Vec::new(),
            backup_database_individually: false,
        }
    }

    fn read(status: u16, body: &str) -> Result<Backup, Failure> {
        parse_create_response(&HttpResponse::new(status, Body::Text(body.into())), parse(body).as_ref(), &request())
    }

    #[test]
    fn any_2xx_with_a_backup_is_accepted() {
        for status in [200, 201, 202] {
            let backup = read(status, r#"{"backup":{"id":"x","status":"BUILDING"}}"#).unwrap();
            assert_eq!(backup.id.as_deref(), Some("x"));
        }
    }

    #[test]
    fn of_a_backup_that_was_not_asked_for_nothing_is_known() {
        for (backup, is_asked_for) in [
            (r#""name":"nightly","instance_id":"i1""#, true),
            (r#""name":"Nightly","instance_id":"I1""#, true),
            (r#""name":"nightly","instance_id":"""#, true),
            (r#""name":"weekly","instance_id":"i1""#, false),
            (r#""name":"nightly","instance_id":"i2""#, false),
            (r#""status":"COMPLETED""#, true),
        ] {
            let understood = read(200, &format!(r#"{{"backup":{{"id":"x",{backup}}}}}"#)).unwrap();
            assert_eq!(understood.id.is_some(), is_asked_for, "{backup}");
            assert!(is_asked_for || understood == Backup::default());
        }
    }

    #[test]
    fn a_backup_in_a_refusal_is_no_success() {
        assert_eq!(read(400, r#"{"backup":{"id":"x"}}"#).unwrap_err().status, 400);
    }

    #[test]
    fn a_2xx_without_a_backup_is_unclear_and_neither_success_nor_refusal() {
        for body in ["", "{}", "<html>", r#"{"backup":null}"#, "[]"] {
            assert_eq!(read(200, body).unwrap_err().error_kind, ErrorKind::AnswerUnclear, "{body}");
        }
        for body in [Body::Unreadable, Body::TooLong] {
            let unread = parse_create_response(&HttpResponse::new(200, body), None, &request());
            assert_eq!(unread.unwrap_err().error_kind, ErrorKind::AnswerUnclear);
        }
    }
}
