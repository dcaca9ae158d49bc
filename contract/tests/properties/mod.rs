//! What must hold for any input. The property tests and the fuzz targets call the same functions; each panics on an input
//! for which it doesn't hold, and returns the cases that the input is one of.

pub mod iam_token;

use contract::backup::{Backup, CreateBackup};
use contract::codes::{RefusalKind, known};
use contract::failure::Failure;
use contract::json::Json;
use contract::list;
use contract::response::{Body, HttpResponse, parse_create_response};
use contract::rules::endpoint::{endpoint, split_api_url};
use contract::rules::instance_id::instance_id;
use contract::rules::name::backup_name;
use contract::rules::project_id::project_id;
use contract::rules::{TokenFault, Violation, databases, token};
use contract::sanitize::sanitize;
use contract::time::{Time, UnixSeconds, parse};
use url::Url;

/// An endpoint that the rule accepts is, to a browser, the host that its user reads in it, and no other.
pub fn endpoint_is_what_it_reads_as(text: &str) -> Vec<&'static str> {
    let project = project_id("0483b6b16e954cb88930a360d2c4e663").unwrap();
    let Ok(endpoint) = endpoint(text) else { return vec!["refused"] };
    let page = Url::parse("https://page.example/console/").unwrap();
    // Of an address that is none (a broken name of another script) the browser makes no request, and the page says so.
    let Ok(called) = page.join(&endpoint.project_url(&project)) else { return vec!["no address"] };
    assert!(called.username().is_empty() && called.password().is_none() && called.query().is_none());
    if endpoint.is_same_origin() {
        assert_eq!(called.origin(), page.origin(), "{text:?}");
    } else {
        let host = called.host_str().unwrap();
        let is_here = matches!(host, "localhost" | "127.0.0.1");
        assert!(called.scheme() == "https" || called.scheme() == "http" && is_here, "{text:?}");
        assert_eq!(called.path(), format!("/v3/{}", project.as_str()), "{text:?}");
        // An address of numbers can be written in more than one way; a name reads as it is.
        let is_number = called.host().is_some_and(|host| !matches!(host, url::Host::Domain(_)));
        assert!(is_number || text.to_lowercase().contains(host), "{text:?} is {host}");
    }
    assert_eq!(contract::rules::endpoint::endpoint(endpoint.typed()).as_ref(), Ok(&endpoint), "{text:?}");
    vec![match called.scheme() {
        "http" => "this machine",
        _ if endpoint.is_same_origin() => "a path",
        _ if called.port().is_some() => "a port",
        _ if matches!(called.host(), Some(url::Host::Domain(_))) => "a host",
        _ => "an address of numbers",
    }]
}

/// What is taken out of a pasted text stays as it is when it is pasted again, and a token can be sent in a header.
pub fn a_paste_is_read_once_and_for_all(text: &str) -> Vec<&'static str> {
    let extracted = token::extract(text);
    assert!(extracted.token.expose().len() <= text.len());
    let token = token::token(text);
    if let Ok(token) = &token {
        assert!(token.expose().bytes().all(|byte| byte.is_ascii_graphic()));
        assert!(token.expose().len() <= token::MAX_TOKEN_BYTES);
        assert!(!extracted.token.is_empty());
    }
    let names = databases::split(text);
    for name in &names {
        assert!(!name.trim().is_empty() && text.contains(name));
    }
    let url = split_api_url(text);
    if let Some(url) = &url {
        assert!(url.endpoint == "/" || text.contains(&url.endpoint), "{text:?}");
        assert!(url.project_id.as_ref().is_none_or(|id| text.contains(id)));
    }
    let is_named = extracted.removed.iter().any(|removed| matches!(removed, token::Removed::HeaderName(_)));
    let mut met = Vec::new();
    met.extend(token.is_ok().then_some("a token"));
    met.extend((token.is_ok() && is_named).then_some("a token behind its name"));
    met.extend(
        (token.err() == Some(vec![Violation::Token(TokenFault::NotFound)])).then_some("an answer without a token"),
    );
    met.extend((names.len() > 1).then_some("a list of databases"));
    met.extend(url.is_some().then_some("a URL of the API"));
    met
}

/// Any text is read as a time or not, and a moment is written so that it can be read again.
pub fn a_moment_is_written_as_it_is_read(text: &str) -> Vec<&'static str> {
    let seconds = match parse(text) {
        Some(Time::Exact(UnixSeconds(seconds))) => seconds,
        Some(Time::ZoneNotStated) => return vec!["no zone"],
        None => return vec!["no time"],
    };
    let written = UnixSeconds(seconds).utc().replace(' ', "T") + "Z";
    // A year of five digits, which an offset can lead to, is no form of the API's.
    if written.len() == "2018-08-06T04:41:14Z".len() && !written.starts_with('-') {
        assert_eq!(parse(&written), Some(Time::Exact(UnixSeconds(seconds))), "{text:?}");
    }
    let has_an_offset = !text.trim_end().ends_with(['Z', 'z']);
    vec![if has_an_offset { "a moment with an offset" } else { "a moment" }]
}

/// A request that an answer is one to, as far as there can be one.
fn as_answered(json: Option<&Json>) -> CreateBackup {
    let backup = json.and_then(Backup::from_response).unwrap_or_default();
    let or = |text: Option<String>, other: &str| text.unwrap_or_else(|| other.to_owned());
    CreateBackup {
        instance_id: instance_id(&or(backup.instance_id, "i1")).unwrap_or_else(|_| instance_id("i1").unwrap()),
        name: backup_name(&or(backup.name, "nightly")).unwrap_or_else(|_| backup_name("nightly").unwrap()),
        description: None,
        databases: Vec::new(),
        backup_database_individually: false,
    }
}

/// Any bytes with any status are understood without panic, and nothing that misleads is left in what is shown.
pub fn an_answer_is_harmless(status: u16, bytes: &[u8]) -> Vec<&'static str> {
    let json: Option<Json> = serde_json::from_slice(bytes).ok();
    let response = HttpResponse::new(status, Body::Text(String::from_utf8_lossy(bytes).into_owned()));
    let mut shown = Vec::new();
    let mut met = Vec::new();
    match parse_create_response(&response, json.as_ref(), &as_answered(json.as_ref())) {
        Ok(backup) => {
            assert!((200..300).contains(&status));
            shown.extend(texts(&backup));
            met.push("a backup");
        }
        Err(failure) => met.push(failure_is_told(&failure, status, &mut shown)),
    }
    if let Ok(page) = list::backups(&response, json.as_ref()) {
        let has_name = page.items.iter().any(|backup| backup.name.as_deref() == Some("backup"));
        met.extend(has_name.then_some("a backup of the name"));
        for backup in &page.items {
            let _ = (backup.begun(), backup.duration());
            shown.extend(texts(backup));
        }
        met.extend((!page.items.is_empty()).then_some("a list of backups"));
    }
    if let Ok(page) = list::instances(&response, json.as_ref()) {
        met.extend((!page.items.is_empty()).then_some("a list of instances"));
        for instance in page.items {
            let _ = instance.unsuitable();
            shown.extend([instance.id, instance.name, instance.status, instance.datastore]);
        }
    }
    if let Ok(page) = list::databases(&response, json.as_ref()) {
        met.extend((!page.items.is_empty()).then_some("a list of databases"));
        shown.extend(page.items);
    }
    let of_the_time = Backup { begin_time: Some("2026-11-24T12:00:00Z".into()), ..Backup::default() };
    let reason = list::failure_reason(json.as_ref(), &of_the_time);
    met.extend(reason.is_some().then_some("the reason of a failure"));
    shown.extend(reason);
    for text in &shown {
        assert_eq!(&sanitize(text, usize::MAX), text);
    }
    met.extend(shown.iter().any(|text| text.contains("[U+")).then_some("a text that would mislead"));
    met
}

/// A failure has its status and is of the kind that its code says.
fn failure_is_told(failure: &Failure, status: u16, shown: &mut Vec<String>) -> &'static str {
    assert_eq!(failure.status, status);
    shown.extend([&failure.code, &failure.message, &failure.request_id].into_iter().flatten().cloned());
    let known = failure.code.as_deref().and_then(|code| known(code, status));
    match (failure.refusal_kind(), known) {
        (RefusalKind::Permanent, known) => {
            assert!((400..500).contains(&status));
            assert_eq!(known.map(|known| known.kind), Some(RefusalKind::Permanent));
            "a refusal of the request"
        }
        (RefusalKind::Transient, Some(_)) => "a known refusal of the moment",
        (RefusalKind::Transient, None) => "another failure",
    }
}

fn texts(backup: &Backup) -> Vec<String> {
    let Backup { id, instance_id, name, description, databases, begin_time, end_time, status, kind, .. } =
        backup.clone();
    let codes = [status.map(|status| status.code().to_owned()), kind.map(|kind| kind.code().to_owned())];
    let others = [id, instance_id, name, description, begin_time, end_time];
    others.into_iter().chain(codes).flatten().chain(databases).collect()
}
