//! An answer that isn't a backup. The formats are tried in order: a known JSON format, other JSON, text, nothing,
//! unreadable. The status is always kept.

use crate::codes::{self, ErrorKind, RefusalKind};
use crate::iam_token::sent_token::TokenClue;
use crate::json::Json;
use crate::response::http::{Body, HttpResponse};

/// Everything that an unsuccessful answer states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// HTTP status; 0 for a redirect that wasn't followed.
    pub status: u16,
    /// The server's error code.
    pub code: Option<String>,
    /// The server's error message.
    pub message: Option<String>,
    /// The ID under which the provider finds the request in its logs.
    pub request_id: Option<String>,
    /// Its meaning.
    pub error_kind: ErrorKind,
    /// What the token that was sent tells about the cause.
    pub token_clue: Option<Box<TokenClue>>,
    /// The body, unmodified.
    pub body: Body,
    kind: RefusalKind,
}

impl Failure {
    /// Reads an answer that isn't a backup; `json` is its body if that is JSON.
    pub fn read(response: &HttpResponse, json: Option<&Json>) -> Self {
        let said = json.and_then(Said::find).unwrap_or_default();
        let known = said.code.as_deref().and_then(|code| codes::known(code, response.status));
        // A refusal is a 4xx; with another status the same code is inconclusive.
        let is_refused_by_the_api = said.is_in_the_apis_shape && (400..500).contains(&response.status);
        let kind = known.filter(|_| is_refused_by_the_api).map_or(RefusalKind::Transient, |known| known.kind);
        let error_kind = known.map_or_else(|| without_code(response, &said), |known| known.error_kind);
        let sent = response.sent_token.as_ref();
        let token_clue =
            sent.and_then(|sent| sent.clue(response.status, error_kind, said.code.as_deref())).map(Box::new);
        Self {
            status: response.status,
            code: said.code,
            message: said.message,
            request_id: said.request_id.or_else(|| response.request_id.clone()),
            error_kind,
            token_clue,
            body: response.body.clone(),
            kind,
        }
    }

    /// Whether the API refused the request itself, so that no sending of it has created a backup. Only a code in the
    /// table proves that, in the API's own format: a bare 401, 403 or 404, an HTML page or another service's error may
    /// come from a server in between, after the API has handled the request.
    pub fn refusal_kind(&self) -> RefusalKind {
        self.kind
    }

    /// The status, unless the browser keeps it from the page: that of a redirect which isn't followed.
    pub fn known_status(&self) -> Option<u16> {
        (self.status > 0).then_some(self.status)
    }

    /// Whether the answer is a refusal. A gateway's time limit (408), a failed service and an undocumented answer are
    /// inconclusive.
    pub fn is_refusal(&self) -> bool {
        (300..500).contains(&self.status) && self.status != 408
    }
}

/// What an error body says, in any of the formats.
#[derive(Default)]
struct Said {
    code: Option<String>,
    message: Option<String>,
    request_id: Option<String>,
    /// Whether it has the format of RDS or of the gateway in front of it.
    is_in_the_apis_shape: bool,
}

impl Said {
    fn find(json: &Json) -> Option<Self> {
        let Json::Object(members) = json else { return None };
        // RDS v3 and the gateway; RDS v1.
        let flat = [("error_code", "error_msg"), ("errCode", "externalMessage")];
        let flat = flat.into_iter().find_map(|(code, message)| Self::of(json.text(code), json.text(message)));
        // `{"error": {…}}` of IAM and others; `{"itemNotFound": {…}}` and similar ones of the OpenStack services.
        let nested = || {
            members.iter().find_map(|(_, inner)| {
                Self::of(inner.text("code"), inner.text("message").or_else(|| inner.text("title")))
            })
        };
        let flat = flat.map(|said| Self { is_in_the_apis_shape: true, ..said });
        let said = flat.or_else(nested)?;
        Some(Self { request_id: json.text("request_id"), ..said })
    }

    /// Whether the body is not an error of any of these clouds' services: an HTML page, text, other JSON, nothing.
    fn is_nothing(&self) -> bool {
        self.code.is_none() && self.message.is_none()
    }

    fn of(code: Option<String>, message: Option<String>) -> Option<Self> {
        (code.is_some() || message.is_some()).then(|| Self { code, message, ..Self::default() })
    }
}

/// How the services of these clouds state that they reject the token, if they send a 403 without a code in the table:
/// Keystone (vault-plugin-secrets-openstack, issue 87), DCS (terraform-provider-opentelekomcloud, issue 2455), and what
/// the gateway's documents quote of its authentication ("The token must be updated", and the causes of APIG.0301).
const TOKEN_REFUSALS: [&str; 6] = [
    "X-Auth-Token is invalid in the request",
    "Invalid token.",
    "The token must be updated",
    "decrypt token fail",
    "x-auth-token not found",
    "token expires, expires_at",
];

/// nginx's page for a header that exceeds its buffer (`ngx_http_special_response.c`), which it sends with a 400.
const HEADER_TOO_LARGE: &str = "Request Header Or Cookie Too Large";

/// The meaning of an answer with no code, or with one that isn't in the table.
fn without_code(response: &HttpResponse, said: &Said) -> ErrorKind {
    let starts = |message: &str, phrase: &str| {
        message.get(..phrase.len()).is_some_and(|start| start.eq_ignore_ascii_case(phrase))
    };
    let is_about_the_token =
        || said.message.as_deref().is_some_and(|message| TOKEN_REFUSALS.iter().any(|phrase| starts(message, phrase)));
    let is_about_headers = || matches!(&response.body, Body::Text(page) if page.contains(HEADER_TOO_LARGE));
    match response.status {
        _ if said.is_nothing() && response.is_web_server_login() => ErrorKind::WebServerLogin,
        403 if is_about_the_token() => ErrorKind::TokenRejected,
        400 if is_about_headers() => ErrorKind::HeadersTooLarge,
        status if said.is_nothing() => ErrorKind::of_status(status).on_the_way(),
        status => ErrorKind::of_status(status),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::tests::parse;
    use crate::response::WebServerSigns;

    fn failure(status: u16, body: &str) -> Failure {
        let response = HttpResponse {
            request_id: Some("from the header".into()),
            ..HttpResponse::new(status, Body::Text(body.into()))
        };
        Failure::read(&response, parse(body).as_ref())
    }

    #[track_caller]
    fn says(failure: &Failure, code: &str, message: &str, error_kind: ErrorKind) {
        assert_eq!(
            (failure.code.as_deref(), failure.message.as_deref(), failure.error_kind),
            (Some(code), Some(message), error_kind)
        );
    }

    #[test]
    fn a_rds_v3_error_is_read() {
        let taken = failure(409, r#"{"error_msg":"The object already exists.","error_code":"DBS.201201"}"#);
        says(&taken, "DBS.201201", "The object already exists.", ErrorKind::NameTaken);
        assert_eq!(taken.request_id.as_deref(), Some("from the header"));
    }

    #[test]
    fn a_rds_v1_error_is_read() {
        let busy = failure(409, r#"{"errCode":"RDS.0011","externalMessage":"Busy."}"#);
        says(&busy, "RDS.0011", "Busy.", ErrorKind::InstanceBusy);
    }

    #[test]
    fn a_gateway_error_is_read_with_its_request_id() {
        let body = r#"{"error_msg":"The API does not exist or has not been published in the environment","error_code":"APIGW.0101","request_id":"71ec"}"#;
        let unknown = failure(404, body);
        says(
            &unknown,
            "APIGW.0101",
            "The API does not exist or has not been published in the environment",
            ErrorKind::ApiUnknown,
        );
        assert_eq!(unknown.request_id.as_deref(), Some("71ec"));
    }

    #[test]
    fn iams_and_other_services_nested_errors_are_read() {
        let iam = failure(
            401,
            r#"{"error":{"code":401,"message":"The request needs authentication.","title":"Unauthorized"}}"#,
        );
        says(&iam, "401", "The request needs authentication.", ErrorKind::TokenRejected);
        let other = failure(401, r#"{"error":{"code":"111401001","message":"Invalid token.","ext_message":null}}"#);
        says(&other, "111401001", "Invalid token.", ErrorKind::TokenRejected);
        let trove = failure(404, r#"{"itemNotFound":{"code":"404","message":"Not here."}}"#);
        says(&trove, "404", "Not here.", ErrorKind::NotFound);
        assert_eq!(failure(403, r#"{"error":{"title":"Forbidden"}}"#).message.as_deref(), Some("Forbidden"));
    }

    #[test]
    fn a_403_about_the_token_is_a_rejected_token() {
        let rejected = failure(403, r#"{"error":{"code":403,"message":"X-Auth-Token is invalid in the request"}}"#);
        assert_eq!(rejected.error_kind, ErrorKind::TokenRejected);
        assert_eq!(
            failure(403, r#"{"error_code":"DBS.280056","error_msg":"Invalid token."}"#).error_kind,
            ErrorKind::TokenRejected
        );
        for message in ["Invalid token.", "the token must be updated", "token expires, expires_at:2026-11-24T01:25:41Z"]
        {
            let body = format!(r#"{{"error_msg":"{message}"}}"#);
            assert_eq!(failure(403, &body).error_kind, ErrorKind::TokenRejected, "{message}");
        }
    }

    #[test]
    fn a_403_that_speaks_of_a_token_is_not_yet_a_rejected_one() {
        for message in [
            "Forbidden",
            "Policy doesn't allow rds:backup:create to be performed with this token",
            "Your token has insufficient privileges",
            "The CSRF token is missing",
            "urlTenantId is not equal tokenTenantId",
        ] {
            let body = format!(r#"{{"error":{{"code":403,"message":"{message}"}}}}"#);
            assert_eq!(failure(403, &body).error_kind, ErrorKind::NotAllowed, "{message}");
        }
        // The same message with another status isn't a rejection of the token either.
        assert_eq!(failure(404, r#"{"error_msg":"Invalid token."}"#).error_kind, ErrorKind::NotFound);
    }

    #[test]
    fn a_header_that_is_too_long_for_a_proxy_is_told_from_a_wrong_parameter() {
        let page = "<html>\r\n<head><title>400 Request Header Or Cookie Too Large</title></head>\r\n<body>\r\n<center><h1>400 \
                    Bad Request</h1></center>\r\n<center>Request Header Or Cookie Too Large</center>\r\n<hr><center>nginx</center>";
        assert_eq!(failure(400, page).error_kind, ErrorKind::HeadersTooLarge);
        assert_eq!(failure(400, page).refusal_kind(), RefusalKind::Transient);
        assert_eq!(failure(400, "<html><h1>400 Bad Request</h1>").error_kind, ErrorKind::RefusedOnTheWay);
        let gateways = failure(494, r#"{"error_code":"APIG.0201","error_msg":"Request headers too large."}"#);
        assert_eq!(
            (gateways.error_kind, gateways.refusal_kind()),
            (ErrorKind::HeadersTooLarge, RefusalKind::Permanent)
        );
    }

    #[test]
    fn a_refusal_that_is_not_in_the_apis_shape_is_not_called_the_apis() {
        let page = "<html><head><title>403 Forbidden</title></head><body><h1>Access denied</h1></body></html>";
        for body in [page, "Access denied", "", "[1,2]", r#"{"detail":"x"}"#] {
            for status in [400, 403, 413, 414, 415, 422] {
                assert_eq!(failure(status, body).error_kind, ErrorKind::RefusedOnTheWay, "{status} {body}");
            }
            assert_eq!(failure(401, body).error_kind, ErrorKind::LoginRefusedOnTheWay, "{body}");
            // These statuses mean the same, whoever sent them.
            for (status, error_kind) in
                [(404, ErrorKind::NotFound), (429, ErrorKind::Throttled), (503, ErrorKind::GatewayTrouble)]
            {
                assert_eq!(failure(status, body).error_kind, error_kind, "{status} {body}");
            }
        }
        for body in [r#"{"error_msg":"x"}"#, r#"{"error":{"message":"x"}}"#, r#"{"error_code":"DBS.999999"}"#] {
            for (status, error_kind) in
                [(400, ErrorKind::ParameterRefused), (401, ErrorKind::TokenRejected), (403, ErrorKind::NotAllowed)]
            {
                assert_eq!(failure(status, body).error_kind, error_kind, "{status} {body}");
            }
        }
    }

    #[test]
    fn a_token_is_rejected_by_a_401_whoever_sends_it() {
        for body in ["<html>", "", r#"{"error_code":"APIGW.0301"}"#] {
            assert!(failure(401, body).error_kind.rejects_token(), "{body}");
        }
        for body in ["<html>", "", r#"{"error_code":"DBS.200010"}"#] {
            assert!(!failure(403, body).error_kind.rejects_token(), "{body}");
        }
    }

    #[test]
    fn only_a_known_code_in_the_apis_own_shape_is_a_refusal_of_the_request() {
        for (status, body) in [
            (400, r#"{"error_code":"DBS.280277","error_msg":"x"}"#),
            (403, r#"{"error_code":"DBS.280056"}"#),
            (400, r#"{"errCode":"RDS.0001","externalMessage":"x"}"#),
            (401, r#"{"error_code":"APIGW.0301","error_msg":"x","request_id":"71ec"}"#),
        ] {
            assert_eq!(failure(status, body).refusal_kind(), RefusalKind::Permanent, "{status} {body}");
        }
        for (status, body) in [
            // Only a status, a text, another server's page.
            (400, ""),
            (401, ""),
            (403, "<html>"),
            (404, r#"{"error_msg":"Invalid token."}"#),
            (403, r#"{"error_msg":"Invalid token."}"#),
            // A code that isn't in the table.
            (400, r#"{"error_code":"DBS.999999","error_msg":"x"}"#),
            // Another service's format, whatever code it has.
            (401, r#"{"error":{"code":401,"message":"The request needs authentication."}}"#),
            (400, r#"{"error":{"code":"DBS.280277","message":"x"}}"#),
            // A status that is no refusal.
            (200, r#"{"error_code":"DBS.280277","error_msg":"x"}"#),
            (302, r#"{"error_code":"DBS.280277","error_msg":"x"}"#),
            (500, r#"{"error_code":"DBS.280277","error_msg":"x"}"#),
            (503, r#"{"error_code":"DBS.280056","error_msg":"x"}"#),
            // A temporary one.
            (409, r#"{"error_code":"DBS.201201","error_msg":"x"}"#),
            (409, r#"{"error_code":"DBS.201205","error_msg":"x"}"#),
            (429, r#"{"error_code":"APIG.0308","error_msg":"x"}"#),
        ] {
            assert_eq!(failure(status, body).refusal_kind(), RefusalKind::Transient, "{status} {body}");
        }
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
            assert_eq!(failure.error_kind, ErrorKind::of_status(status).on_the_way(), "{body}");
            assert_eq!(failure.body, Body::Text(body.into()));
        }
    }

    #[test]
    fn half_an_error_is_better_than_none() {
        assert_eq!(failure(400, r#"{"error_code":"DBS.280127"}"#).error_kind, ErrorKind::DescriptionRefused);
        let words = failure(400, r#"{"error_msg":"Invalid backup cycle."}"#);
        assert_eq!((words.code, words.message.as_deref()), (None, Some("Invalid backup cycle.")));
    }

    #[test]
    fn an_unreadable_body_never_hides_the_status() {
        let response = HttpResponse::new(503, Body::Unreadable);
        let failure = Failure::read(&response, None);
        assert_eq!(
            (failure.status, failure.error_kind, failure.body),
            (503, ErrorKind::GatewayTrouble, Body::Unreadable)
        );
    }

    #[test]
    fn what_says_no_is_told_from_what_leaves_it_open() {
        for status in [400, 401, 403, 404, 405, 409, 413, 429] {
            assert!(failure(status, "").is_refusal(), "{status}");
        }
        for status in [200, 202, 204, 408, 500, 502, 503, 504] {
            assert!(!failure(status, "").is_refusal(), "{status}");
        }
    }

    #[test]
    fn the_login_of_the_pages_web_server_is_known_by_its_signs_and_not_taken_for_the_api() {
        let html = "<html><h1>Sign in</h1>";
        let signs = |challenge: Option<&str>, is_html| {
            Some(WebServerSigns { is_redirect: false, challenge: challenge.map(str::to_owned), is_html })
        };
        let redirect = Some(WebServerSigns { is_redirect: true, ..WebServerSigns::default() });
        let (login, on_the_way) = (ErrorKind::WebServerLogin, ErrorKind::LoginRefusedOnTheWay);
        let own_page = r#"<html><meta name="console-files">"#;
        let api = r#"{"error_code":"APIGW.0301","error_msg":"Incorrect IAM authentication information"}"#;
        let keystone = r#"{"error":{"code":401,"message":"The request needs authentication."}}"#;
        for (status, body, web_server, expected) in [
            (0, "", redirect.clone(), login),
            (401, html, signs(None, true), login),
            (401, "", signs(Some("Basic"), false), login),
            (401, r#"{"ok":false}"#, signs(Some("Bearer"), false), login),
            (200, html, signs(None, true), login),
            // A static server that sends its start page for every path passes nothing on.
            (200, own_page, signs(None, true), ErrorKind::AnswerUnclear),
            (200, "", signs(None, false), ErrorKind::AnswerUnclear),
            (401, "", signs(None, false), on_the_way),
            // The API behind a proxy of the page's server.
            (401, "", signs(Some("keystone"), false), on_the_way),
            (401, html, signs(Some("Keystone"), true), on_the_way),
            (401, api, signs(Some("Basic"), true), ErrorKind::TokenRejected),
            (401, keystone, signs(Some("Keystone"), false), ErrorKind::TokenRejected),
            // A firewall or the list of endpoints, which no login mends.
            (403, html, signs(None, true), ErrorKind::RefusedOnTheWay),
            (502, html, signs(None, true), ErrorKind::GatewayTrouble),
            // From another origin nobody knows who answers.
            (401, html, None, on_the_way),
            (200, html, None, ErrorKind::AnswerUnclear),
        ] {
            let response = HttpResponse { web_server, ..HttpResponse::new(status, Body::Text(body.into())) };
            let failure = Failure::read(&response, parse(body).as_ref());
            assert_eq!(failure.error_kind, expected, "{response:?}");
            // Whatever it was, it doesn't prove that the API has refused.
            assert!(expected == ErrorKind::TokenRejected || failure.refusal_kind() == RefusalKind::Transient);
        }
    }
}
