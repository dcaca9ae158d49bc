//! The parts of an answer, each with its label.

use contract::backup::Backup;
use contract::failure::Failure;
use contract::harmless::{LONGEST, harmless};
use contract::time::{Moment, Time, parse};
use js_sys::{Date, Object, Reflect};
use wasm_bindgen::JsValue;
use yew::prelude::*;

use crate::text::LanguageText;
use crate::view::Frame;
use crate::view::copying::copying;
use console_core::{Attempt, Copied, Language, Shown, State};

/// Every part of a backup. Description and databases appear where they were sent or answered.
pub(super) fn of_backup(frame: &Frame, state: &State, attempt: &Attempt, backup: &Backup) -> Html {
    let text = frame.language.request_text();
    let parts = &text.parts;
    let description = (attempt.backup.description.is_some() || backup.description.is_some())
        .then(|| part(frame, parts.description, backup.description.as_deref()));
    let databases = (!backup.databases.is_empty()).then(|| harmless(&backup.databases.join(", "), LONGEST));
    let databases = (!attempt.backup.databases.is_empty() || databases.is_some())
        .then(|| part(frame, parts.databases, databases.as_deref()));
    let status = backup.status.as_ref().map(|status| format!("{} ({})", (text.status)(status), status.code()));
    let kind = backup.kind.as_ref().map(|kind| format!("{} ({})", (text.kind)(kind), kind.code()));
    html! {
        <dl>
            <dt>{ parts.id }</dt>
            <dd class="with-copy">
                <span class="id">{ value(frame, backup.id.as_deref()) }</span>
                if backup.id.is_some() {
                    { copy_button(frame, state, Copied::BackupId) }
                }
            </dd>
            { part(frame, parts.name, backup.name.as_deref()) }
            { part(frame, parts.status, status.as_deref()) }
            { part(frame, parts.kind, kind.as_deref()) }
            <dt>{ parts.instance_id }</dt>
            <dd class="id">{ value(frame, backup.instance_id.as_deref()) }</dd>
            { description }
            { databases }
            <dt>{ parts.begin_time }</dt>
            <dd>{ begin_time(frame, backup.begin_time.as_deref()) }</dd>
        </dl>
    }
}

/// Every part of a failure that the answer has; the status it always has.
pub(super) fn of_failure(frame: &Frame, failure: &Failure) -> Html {
    let parts = &frame.language.request_text().parts;
    let given = |label, text: &Option<String>| text.as_deref().map(|text| part(frame, label, Some(text)));
    html! {
        <dl>
            { part(frame, parts.http_status, Some(&failure.status.to_string())) }
            { given(parts.code, &failure.code) }
            { given(parts.message, &failure.message) }
            { given(parts.request_id, &failure.request_id) }
        </dl>
    }
}

/// A button that copies something that stands beside it, and what became of it.
pub(super) fn copy_button(frame: &Frame, state: &State, what: Copied) -> Html {
    let text = frame.language.request_text();
    let thing = match what {
        Copied::Answer => text.raw_answer,
        Copied::Request(Shown::Http) => text.request,
        Copied::Request(Shown::Curl) => text.curl,
        Copied::Request(Shown::OpenStack) => text.openstack,
        _ => text.parts.id,
    };
    copying(frame, state, what, Some(thing), frame.language.text().copy)
}

fn part(frame: &Frame, label: &'static str, text: Option<&str>) -> Html {
    html! {
        <>
            <dt>{ label }</dt>
            <dd>{ value(frame, text) }</dd>
        </>
    }
}

fn value(frame: &Frame, text: Option<&str>) -> Html {
    match text {
        Some(text) => html! { <bdi>{ text.to_owned() }</bdi> },
        None => html! { <span class="quiet">{ frame.language.request_text().not_in_answer }</span> },
    }
}

/// The time as sent, in UTC, and in the user's own zone.
fn begin_time(frame: &Frame, sent: Option<&str>) -> Html {
    let text = frame.language.request_text();
    let explained = match sent.and_then(parse) {
        Some(Time::Moment(moment)) => html! {
            <>
                <span class="line">{ format!("{} UTC", moment.utc()) }</span>
                <span class="line">{ format!("{} ({})", local(moment, frame.language), text.local_time) }</span>
            </>
        },
        Some(Time::ZoneNotStated) => html! { <span class="line quiet">{ text.zone_not_stated }</span> },
        None => Html::default(),
    };
    html! { <>{ value(frame, sent) }{ explained }</> }
}

/// Date and time in the user's zone and the page's language, as the browser writes them.
pub(super) fn local(moment: Moment, language: Language) -> String {
    #[allow(clippy::cast_precision_loss, reason = "seconds since 1970 are far below 2^53")]
    let milliseconds = moment.0 as f64 * 1000.0;
    let date = Date::new(&JsValue::from_f64(milliseconds));
    let options = Object::new();
    for (name, style) in [("dateStyle", "medium"), ("timeStyle", "long")] {
        // Setting a property of a fresh object can't fail.
        let _ = Reflect::set(&options, &name.into(), &style.into());
    }
    date.to_locale_string(language.tag(), &options).into()
}
