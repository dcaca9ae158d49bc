//! The details of an answer, each with its label.

use contract::failure::Failure;
use contract::sanitize::{MAX_TEXT_LENGTH, sanitize};
use contract::time::{Time, parse};
use yew::prelude::*;

use crate::text::{LanguageText, local_time};
use crate::view::copy_button::copy_button;
use crate::view::cx::ViewCx;
use console_core::{Certainty, CopyTarget, Creation, Model, Shown};

/// Every detail of a backup; name and status are shown above. Details that are missing in the response to the request
/// are shown as missing; for lists, links and what is known from before a reload they are omitted.
pub(super) fn of_backup(cx: &ViewCx, model: &Model, creation: &Creation) -> Html {
    let text = cx.language.later_text();
    let (parts, backup, punctuation) = (&text.parts, &creation.backup, &cx.language.text().punctuation);
    let is_answered = creation.certainty == Some(Certainty::Responded) && creation.answer.is_some();
    let part_if =
        |label, is_wanted: bool, text: Option<&str>| (is_wanted || text.is_some()).then(|| part(cx, label, text));
    let asked = creation.request.as_ref();
    let other_name = backup.name.as_deref().filter(|name| Some(*name) != creation.name());
    let databases =
        (!backup.databases.is_empty()).then(|| sanitize(&punctuation.commas(&backup.databases), MAX_TEXT_LENGTH));
    let kind = backup.kind.as_ref().map(|kind| punctuation.with_note((text.kind)(kind), Some(kind.code())));
    let lines = [
        part_if(parts.name, false, other_name),
        part_if(parts.status, is_answered && backup.status.is_none(), None),
        part_if(parts.kind, is_answered, kind.as_deref()),
    ];
    let others = [
        part_if(
            parts.description,
            asked.is_some_and(|asked| asked.description.is_some()),
            backup.description.as_deref(),
        ),
        part_if(parts.databases, false, databases.as_deref()),
    ];
    html! {
        <dl>
            <dt>{ parts.id }</dt>
            <dd class="with-copy">
                <span class="id">
                    { value(cx, backup.id.as_deref().or(creation.answer.is_none().then_some(text.unheard_of))) }
                </span>
                if backup.id.is_some() {
                    { labelled_copy_button(cx, model, CopyTarget::BackupId(creation.key)) }
                }
            </dd>
            { for lines.into_iter().flatten() }
            // Without a name, it is shown above.
            if instance_name(model, creation).is_some() {
                <dt>{ parts.instance_id }</dt>
                <dd class="id">{ value(cx, Some(&creation.instance_id)) }</dd>
            }
            { for others.into_iter().flatten() }
            if is_answered || backup.begin_time.is_some() {
                <dt>{ parts.begin_time }</dt>
                <dd>{ begin_time(cx, backup.begin_time.as_deref()) }</dd>
            }
        </dl>
    }
}

/// The name of a creation's instance, if the list of instances is loaded.
pub(super) fn instance_name<'a>(model: &'a Model, creation: &Creation) -> Option<&'a str> {
    let instance = model.work.instances.find_at(&creation.target, &creation.instance_id)?;
    Some(&instance.name)
}

/// The details of a failure that the answer has; the status is always there.
pub(super) fn of_failure(cx: &ViewCx, failure: &Failure) -> Html {
    let parts = &cx.language.later_text().parts;
    let given = |label, text: &Option<String>| text.as_deref().map(|text| part(cx, label, Some(text)));
    html! {
        <dl>
            { for failure.known_status().map(|status| part(cx, parts.http_status, Some(&status.to_string()))) }
            { given(parts.code, &failure.code) }
            { given(parts.message, &failure.message) }
            { given(parts.request_id, &failure.request_id) }
        </dl>
    }
}

/// A button that copies the text beside it, and the result.
pub(super) fn labelled_copy_button(cx: &ViewCx, model: &Model, what: CopyTarget) -> Html {
    let text = cx.language.later_text();
    let thing = match what {
        CopyTarget::Response(_) => text.raw_answer,
        CopyTarget::Request(Shown::Http) => text.request,
        CopyTarget::Request(Shown::Curl) | CopyTarget::TokenByCurl => text.curl,
        CopyTarget::Request(Shown::OpenStack) | CopyTarget::TokenByOpenStack | CopyTarget::RestoreByOpenStack(_) => {
            text.openstack
        }
        CopyTarget::RestorePoint(_) => text.rely.restore_point,
        CopyTarget::BackupId(_) | CopyTarget::ListedId(_) => text.parts.id,
        CopyTarget::FormLink | CopyTarget::WatchLink(_) => text.copy_watch_link,
        CopyTarget::Receipt(_) | CopyTarget::BatchReceipt(_) => text.copy_receipt,
    };
    copy_button(cx, model, what, Some(thing), cx.language.text().copy)
}

fn part(cx: &ViewCx, label: &'static str, text: Option<&str>) -> Html {
    html! {
        <>
            <dt>{ label }</dt>
            <dd>{ value(cx, text) }</dd>
        </>
    }
}

fn value(cx: &ViewCx, text: Option<&str>) -> Html {
    match text {
        Some(text) => html! { <bdi>{ text.to_owned() }</bdi> },
        None => html! { <span class="quiet">{ cx.language.later_text().not_in_answer }</span> },
    }
}

/// The time as sent, in UTC, and in the user's time zone.
fn begin_time(cx: &ViewCx, sent: Option<&str>) -> Html {
    let text = cx.language.later_text();
    let explained = match sent.and_then(parse) {
        Some(Time::Exact(moment)) => html! {
            <>
                <span class="line">{ format!("{} UTC", moment.utc()) }</span>
                <span class="line">{ cx.language.text().punctuation.with_note(&local_time(moment, cx.language), Some(text.local_time)) }</span>
            </>
        },
        Some(Time::ZoneNotStated) => html! { <span class="line quiet">{ text.zone_not_stated }</span> },
        None => Html::default(),
    };
    html! { <>{ value(cx, sent) }{ explained }</> }
}
