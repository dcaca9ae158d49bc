//! What must hold for any input. The property tests and the fuzz targets call the same functions; each panics on an input
//! for which it doesn't hold.

use contract::answer::{Answer, Body, understand};
use contract::backup::Backup;
use contract::failure::Failure;
use contract::harmless::harmless;
use contract::json::Json;
use contract::list;
use contract::look_up::{Sought, seek};
use contract::rules::endpoint::{endpoint, split_api_url};
use contract::rules::project_id::project_id;
use contract::rules::{databases, token};
use contract::time::{Moment, Time, parse};
use url::Url;

/// An endpoint that the rule accepts is, to a browser, the host that its user reads in it, and no other.
pub fn endpoint_is_what_it_reads_as(text: &str) {
    let project = project_id("0483b6b16e954cb88930a360d2c4e663").unwrap();
    let Ok(endpoint) = endpoint(text) else { return };
    let page = Url::parse("https://page.example/console/").unwrap();
    // Of an address that is none (a broken name of another script) the browser makes no request, and the page says so.
    let Ok(called) = page.join(&endpoint.project_url(&project)) else { return };
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
}

/// What is taken out of a pasted text stays as it is when it is pasted again, and a token can be sent in a header.
pub fn a_paste_is_read_once_and_for_all(text: &str) {
    let extracted = token::extract(text);
    assert!(extracted.token.expose().len() <= text.len());
    if let Ok(token) = token::token(text) {
        assert!(token.expose().bytes().all(|byte| byte.is_ascii_graphic()));
        assert!(token.expose().len() <= token::LONGEST);
        assert!(!extracted.token.is_empty());
    }
    for name in databases::split(text) {
        assert!(!name.trim().is_empty() && text.contains(name));
    }
    if let Some(url) = split_api_url(text) {
        assert!(url.endpoint == "/" || text.contains(&url.endpoint), "{text:?}");
        assert!(url.project_id.is_none_or(|id| text.contains(&id)));
    }
}

/// Any text is read as a time or not, and a moment is written so that it can be read again.
pub fn a_moment_is_written_as_it_is_read(text: &str) {
    let Some(Time::Moment(Moment(seconds))) = parse(text) else { return };
    let written = Moment(seconds).utc().replace(' ', "T") + "Z";
    // A year of five digits, which an offset can lead to, is no form of the API's.
    if written.len() == "2018-08-06T04:41:14Z".len() && !written.starts_with('-') {
        assert_eq!(parse(&written), Some(Time::Moment(Moment(seconds))), "{text:?}");
    }
}

/// Any bytes with any status are understood without panic, and nothing that misleads is left in what is shown.
pub fn an_answer_is_harmless(status: u16, bytes: &[u8]) {
    let json: Option<Json> = serde_json::from_slice(bytes).ok();
    let answer = Answer::new(status, Body::Text(String::from_utf8_lossy(bytes).into_owned()));
    let mut shown = Vec::new();
    match understand(&answer, json.as_ref()) {
        Ok(backup) => {
            assert!((200..300).contains(&status));
            shown.extend(texts(&backup));
        }
        Err(Failure { status: known, code, message, request_id, .. }) => {
            assert_eq!(known, status);
            shown.extend([code, message, request_id].into_iter().flatten());
        }
    }
    if let Ok(page) = list::backups(&answer, json.as_ref()) {
        let sought = Sought { name: "backup".to_owned(), asked: Moment(1_795_521_600) };
        for skew in [None, Some(0), Some(-86_400)] {
            let _ = seek(&page.items, &sought, skew);
        }
        for backup in &page.items {
            let _ = (backup.begun(), backup.duration());
            shown.extend(texts(backup));
        }
    }
    if let Ok(page) = list::instances(&answer, json.as_ref()) {
        for instance in page.items {
            let _ = instance.unsuitable();
            shown.extend([instance.id, instance.name, instance.status, instance.datastore]);
        }
    }
    if let Ok(page) = list::databases(&answer, json.as_ref()) {
        shown.extend(page.items);
    }
    shown.extend(list::failure_reason(json.as_ref()));
    for text in shown {
        assert_eq!(harmless(&text, usize::MAX), text);
    }
}

fn texts(backup: &Backup) -> Vec<String> {
    let Backup { id, instance_id, name, description, databases, begin_time, end_time, status, kind, .. } =
        backup.clone();
    let codes = [status.map(|status| status.code().to_owned()), kind.map(|kind| kind.code().to_owned())];
    let others = [id, instance_id, name, description, begin_time, end_time];
    others.into_iter().chain(codes).flatten().chain(databases).collect()
}
