//! An answer that is no backup, read step by step: a known JSON shape, other JSON, text, nothing, unreadable. The status
//! is never lost on the way.

use crate::answer::{Answer, Body};
use crate::codes::Meaning;
use crate::json::Json;

/// Everything that an unsuccessful answer tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// HTTP status.
    pub status: u16,
    /// The server's error code.
    pub code: Option<String>,
    /// The server's own words.
    pub message: Option<String>,
    /// The ID under which the provider finds the request in its logs.
    pub request_id: Option<String>,
    /// What it means.
    pub meaning: Meaning,
    /// The body as it came.
    pub body: Body,
}

/// What is known about the backup after a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The server refused: there is no new backup.
    NothingCreated,
    /// There may be a backup: it has to be looked for before another try.
    MayExist,
}

impl Failure {
    /// Reads an answer that is no backup; `json` is its body where that is JSON.
    pub fn read(answer: &Answer, json: Option<&Json>) -> Self {
        let said = json.and_then(Said::find).unwrap_or_default();
        let meaning = said.code.as_deref().and_then(Meaning::of_code).unwrap_or_else(|| {
            let of_status = Meaning::of_status(answer.status);
            // Some services refuse a token with 403 and no code of their own: "X-Auth-Token is invalid in the request".
            let about_token = said.message.as_deref().is_some_and(is_about_token);
            if of_status == Meaning::NotAllowed && about_token { Meaning::TokenRejected } else { of_status }
        });
        Self {
            status: answer.status,
            code: said.code,
            message: said.message,
            request_id: said.request_id.or_else(|| answer.request_id.clone()),
            meaning,
            body: answer.body.clone(),
        }
    }

    /// What is known about the backup. A refusal with 4xx made nothing, with two exceptions: a gateway's time limit, and
    /// a name that is taken, which may be by the backup of this very request, since browsers send a POST again when the
    /// connection drops before the answer.
    pub fn outcome(&self) -> Outcome {
        let refused = (300..500).contains(&self.status) && self.status != 408;
        if refused && self.meaning != Meaning::NameTaken { Outcome::NothingCreated } else { Outcome::MayExist }
    }
}

/// What an error body says, whatever its shape.
#[derive(Default)]
struct Said {
    code: Option<String>,
    message: Option<String>,
    request_id: Option<String>,
}

impl Said {
    fn find(json: &Json) -> Option<Self> {
        let Json::Object(members) = json else { return None };
        // RDS v3 and the gateway; RDS v1.
        let flat = [("error_code", "error_msg"), ("errCode", "externalMessage")];
        let flat = flat.into_iter().find_map(|(code, message)| Self::of(json.text(code), json.text(message)));
        // `{"error": {…}}` of IAM and others, `{"itemNotFound": {…}}` and its like of the OpenStack services.
        let nested = || {
            members.iter().find_map(|(_, inner)| {
                Self::of(inner.text("code"), inner.text("message").or_else(|| inner.text("title")))
            })
        };
        let said = flat.or_else(nested)?;
        Some(Self { request_id: json.text("request_id"), ..said })
    }

    fn of(code: Option<String>, message: Option<String>) -> Option<Self> {
        (code.is_some() || message.is_some()).then_some(Self { code, message, request_id: None })
    }
}

fn is_about_token(message: &str) -> bool {
    message.to_ascii_lowercase().contains("token")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::tests::parse;

    fn failure(status: u16, body: &str) -> Failure {
        let answer =
            Answer { request_id: Some("from the header".into()), ..Answer::new(status, Body::Text(body.into())) };
        Failure::read(&answer, parse(body).as_ref())
    }

    #[track_caller]
    fn says(failure: &Failure, code: &str, message: &str, meaning: Meaning) {
        assert_eq!(
            (failure.code.as_deref(), failure.message.as_deref(), failure.meaning),
            (Some(code), Some(message), meaning)
        );
    }

    #[test]
    fn a_rds_v3_error_is_read() {
        let taken = failure(409, r#"{"error_msg":"The object already exists.","error_code":"DBS.201201"}"#);
        says(&taken, "DBS.201201", "The object already exists.", Meaning::NameTaken);
        assert_eq!(taken.request_id.as_deref(), Some("from the header"));
    }

    #[test]
    fn a_rds_v1_error_is_read() {
        let busy = failure(409, r#"{"errCode":"RDS.0011","externalMessage":"Busy."}"#);
        says(&busy, "RDS.0011", "Busy.", Meaning::InstanceBusy);
    }

    #[test]
    fn a_gateway_error_is_read_with_its_request_id() {
        let body = r#"{"error_msg":"The API does not exist or has not been published in the environment","error_code":"APIGW.0101","request_id":"71ec"}"#;
        let unknown = failure(404, body);
        says(
            &unknown,
            "APIGW.0101",
            "The API does not exist or has not been published in the environment",
            Meaning::ApiUnknown,
        );
        assert_eq!(unknown.request_id.as_deref(), Some("71ec"));
    }

    #[test]
    fn iams_and_other_services_nested_errors_are_read() {
        let iam = failure(
            401,
            r#"{"error":{"code":401,"message":"The request needs authentication.","title":"Unauthorized"}}"#,
        );
        says(&iam, "401", "The request needs authentication.", Meaning::TokenRejected);
        let other = failure(401, r#"{"error":{"code":"111401001","message":"Invalid token.","ext_message":null}}"#);
        says(&other, "111401001", "Invalid token.", Meaning::TokenRejected);
        let trove = failure(404, r#"{"itemNotFound":{"code":"404","message":"Not here."}}"#);
        says(&trove, "404", "Not here.", Meaning::NotFound);
        assert_eq!(failure(403, r#"{"error":{"title":"Forbidden"}}"#).message.as_deref(), Some("Forbidden"));
    }

    #[test]
    fn a_403_about_the_token_is_a_rejected_token() {
        let rejected = failure(403, r#"{"error":{"code":403,"message":"X-Auth-Token is invalid in the request"}}"#);
        assert_eq!(rejected.meaning, Meaning::TokenRejected);
        assert_eq!(
            failure(403, r#"{"error_code":"DBS.280056","error_msg":"Invalid token."}"#).meaning,
            Meaning::TokenRejected
        );
        assert_eq!(failure(403, r#"{"error":{"code":403,"message":"Forbidden"}}"#).meaning, Meaning::NotAllowed);
    }

    #[test]
    fn what_fits_no_shape_keeps_status_and_body() {
        for (status, body) in [
            (400, r#"{"detail":"x"}"#),
            (400, "[1,2]"),
            (400, "null"),
            (502, "<html><h1>502 Bad Gateway</h1></html>"),
            (503, "upstream connect error"),
            (500, ""),
            (400, r#"{"error_code": "#),
            (400, r#"{"error_code":null,"error_msg":null}"#),
        ] {
            let failure = failure(status, body);
            assert_eq!((failure.status, failure.code, failure.message), (status, None, None), "{body}");
            assert_eq!(failure.meaning, Meaning::of_status(status), "{body}");
            assert_eq!(failure.body, Body::Text(body.into()));
        }
    }

    #[test]
    fn half_an_error_is_better_than_none() {
        assert_eq!(failure(400, r#"{"error_code":"DBS.280127"}"#).meaning, Meaning::DescriptionRefused);
        let words = failure(400, r#"{"error_msg":"Invalid backup cycle."}"#);
        assert_eq!((words.code, words.message.as_deref()), (None, Some("Invalid backup cycle.")));
    }

    #[test]
    fn an_unreadable_body_never_hides_the_status() {
        let answer = Answer::new(503, Body::Unreadable);
        let failure = Failure::read(&answer, None);
        assert_eq!((failure.status, failure.meaning, failure.body), (503, Meaning::GatewayTrouble, Body::Unreadable));
    }

    #[test]
    fn only_a_clear_refusal_means_that_nothing_was_made() {
        for status in [400, 401, 403, 404, 405, 413, 429] {
            assert_eq!(failure(status, "").outcome(), Outcome::NothingCreated, "{status}");
        }
        for status in [200, 202, 204, 408, 500, 502, 503, 504] {
            assert_eq!(failure(status, "").outcome(), Outcome::MayExist, "{status}");
        }
        let taken = failure(409, r#"{"error_code":"DBS.201201","error_msg":"x"}"#);
        assert_eq!(taken.outcome(), Outcome::MayExist);
        assert_eq!(failure(409, r#"{"error_code":"DBS.201205","error_msg":"x"}"#).outcome(), Outcome::NothingCreated);
    }
}
