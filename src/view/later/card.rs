//! A creation as a card: its outcome, what is known about its backup, and the available actions.

use contract::backup::Status;
use contract::failure::Failure;
use contract::response::{Body, MAX_BODY_BYTES};
use contract::sanitize::sanitize;
use yew::prelude::*;

use super::answer;
use super::buttons::{buttons, stop};
use super::clock::{Clock, Says};
use super::rely;
use super::summary::{Lines, Summary};
use super::timeline::{past_durations, timeline};
use crate::text::LanguageText;
use crate::view::cx::ViewCx;
use crate::view::outcome_view::OutcomeView;
use console_core::{Blocker, Cause, CopyTarget, Creation, Model, NotSent, Outcome, Stage};

/// The most characters of an unmodified answer that are shown; all of it can be copied.
const LONGEST_RAW: usize = 20_000;

/// The card of the newest press, by how its parts are announced.
pub(super) fn in_view(cx: &ViewCx, model: &Model, creation: &Creation) -> OutcomeView {
    let Summary { tone, status, alert } = Summary::of(cx.language, &model.work, creation);
    let draw = |lines: Option<Lines>| lines.map_or_else(Html::default, |lines| lines.draw());
    OutcomeView {
        tone,
        is_followed: creation.exists(),
        name: Some(name(cx, creation).into()),
        head: head(cx, model, creation),
        status: draw(status),
        alert: draw(alert),
        more: more(cx, model, creation, true),
    }
}

/// The card of another press.
pub(super) fn listed(cx: &ViewCx, model: &Model, creation: &Creation) -> Html {
    let Summary { tone, status, alert } = Summary::of(cx.language, &model.work, creation);
    let followed = if creation.exists() { " followed" } else { "" };
    let class = ["card ", tone.unwrap_or_default(), followed].concat();
    html! {
        <article ~className={class} aria-label={name(cx, creation)}>
            { head(cx, model, creation) }
            { for [status, alert].iter().flatten().map(Lines::draw) }
            { more(cx, model, creation, false) }
        </article>
    }
}

/// The requested name.
pub(super) fn name(cx: &ViewCx, creation: &Creation) -> String {
    creation.name().unwrap_or(cx.language.later_text().taken_up).to_owned()
}

/// Name, status and instance.
fn head(cx: &ViewCx, model: &Model, creation: &Creation) -> Html {
    let text = cx.language.later_text();
    // What was last known before a reload, or before lists lacked it, may be outdated.
    let awaits_press =
        matches!(&creation.stage, Stage::Building(building) if building.blocker == Some(Blocker::AwaitsPress));
    let status = creation.backup.status.as_ref().filter(|_| !awaits_press && !creation.is_away());
    let words =
        status.map(|status| cx.language.text().punctuation.with_note((text.status)(status), Some(status.code())));
    let instance = answer::instance_name(model, creation).unwrap_or(&creation.instance_id).to_owned();
    html! {
        <div class="card-head">
            <h3><bdi>{ name(cx, creation) }</bdi></h3>
            if let Some(words) = words {
                <p class="pill">{ words }</p>
            }
            { stop(cx, creation) }
            <p class="note instance"><bdi>{ instance }</bdi></p>
        </div>
    }
}

/// Everything that is shown without being announced.
fn more(cx: &ViewCx, model: &Model, creation: &Creation, is_in_view: bool) -> Html {
    let exists = creation.exists();
    let has_times = exists || creation.stage == Stage::Ended(Outcome::Gone);
    let about_backup = if has_times || creation.certainty.is_some() {
        answer::of_backup(cx, model, creation)
    } else {
        Html::default()
    };
    html! {
        <>
            { why(cx, creation) }
            { messages(cx, model, creation) }
            { progress(cx, model, creation) }
            if has_times {
                { timeline(cx, creation) }
            }
            if exists {
                { past_durations(cx, creation) }
                { rely::compared(cx, creation) }
            }
            if is_in_view {
                { about_backup.clone() }
            }
            { buttons(cx, model, creation, is_in_view) }
            { rely::restore(cx, model, creation) }
            { details(cx, creation, if is_in_view { Html::default() } else { about_backup }) }
            { raw(cx, model, creation) }
        </>
    }
}

/// That something is in progress, and for how long.
fn progress(cx: &ViewCx, model: &Model, creation: &Creation) -> Html {
    let is_running = creation.is_running();
    let unheard = match &creation.stage {
        Stage::Building(building) => building
            .blocker
            .clone()
            .filter(|_| is_running)
            .map(|blocker| (building.last_response_at, Says::Unheard(blocker))),
        Stage::Queued(_)
        | Stage::Reading(_)
        | Stage::Sending
        | Stage::Reconciling(_)
        | Stage::AwaitingInstance(_)
        | Stage::Ended(_) => None,
    };
    let closes = match &creation.stage {
        // The reason is shown above, and time alone doesn't resolve it.
        Stage::Reconciling(reconciliation) if reconciliation.blocker.is_none() => {
            model.closes_at(creation).map(|moment| (moment, Says::Closes))
        }
        Stage::Queued(_)
        | Stage::Reading(_)
        | Stage::Sending
        | Stage::Reconciling(_)
        | Stage::AwaitingInstance(_)
        | Stage::Building(_)
        | Stage::Ended(_) => None,
    };
    let is_queued = matches!(creation.stage, Stage::Queued(_));
    let elapsed = creation.requested.filter(|_| is_running && !is_queued).map(|_| (creation.pressed, Says::Elapsed));
    let clocks = [elapsed, unheard, closes].into_iter().flatten();
    html! {
        <>
            if is_running && creation.exists() {
                <progress aria-label={name(cx, creation)}></progress>
            }
            { for clocks.map(|(moment, says)| html! { <Clock language={cx.language} {moment} {says} /> }) }
        </>
    }
}

/// Why it had to be searched for: the sentence, and the answer if there was one.
fn why(cx: &ViewCx, creation: &Creation) -> Html {
    let words = &cx.language.later_text().creation;
    let is_same_origin = creation.target.endpoint.is_same_origin();
    let is_told = match &creation.stage {
        // The refusal is shown above with its own message.
        Stage::Reconciling(_) => matches!(creation.cause, Some(Cause::Refused(_))),
        Stage::Queued(_)
        | Stage::Reading(_)
        | Stage::Sending
        | Stage::AwaitingInstance(_)
        | Stage::Ended(Outcome::Refused(_) | Outcome::NameTaken(_)) => true,
        Stage::Building(_) | Stage::Ended(_) => false,
    };
    let sentence = creation.cause.as_ref().filter(|_| !is_told);
    let sentence = sentence.map(|cause| (words.cause)(cause, is_same_origin, creation.exists()));
    html! {
        <>
            { for sentence.map(|sentence| html! { <p>{ sentence }</p> }) }
            { for answered(creation).map(|failure| answer::of_failure(cx, failure)) }
        </>
    }
}

/// The answer that wasn't a backup.
fn answered(creation: &Creation) -> Option<&Failure> {
    match &creation.stage {
        Stage::Ended(Outcome::Refused(failure) | Outcome::NotSent(NotSent::TokenRejected(failure))) => Some(failure),
        Stage::Queued(_)
        | Stage::Reading(_)
        | Stage::Sending
        | Stage::Reconciling(_)
        | Stage::AwaitingInstance(_)
        | Stage::Building(_)
        | Stage::Ended(_) => creation.cause.as_ref().and_then(Cause::failure),
    }
}

/// Why it failed, that a retry wasn't sent, that it was corrected, that the form has another endpoint.
fn messages(cx: &ViewCx, model: &Model, creation: &Creation) -> Html {
    let text = cx.language.later_text();
    let words = &text.creation;
    let endpoint = &creation.target.endpoint;
    let has_failed = creation.backup.status == Some(Status::Failed);
    let reason = creation.failure_reason.as_deref().filter(|_| has_failed).map(text.follow.reason);
    let unsent = creation.not_sent.as_ref().filter(|_| !creation.is_under_way() || is_reconciling(creation));
    let unsent = unsent.map(|why| (words.not_sent)(why, endpoint.typed(), endpoint.is_same_origin()));
    let lines = [
        reason,
        has_failed.then(|| text.follow.usual_causes.to_owned()),
        unsent.map(|why| (words.retry_not_sent)(&why)),
        creation.was_corrected.then(|| words.was_corrected.to_owned()),
        model.is_elsewhere(creation).then(|| (words.elsewhere)(endpoint.typed(), creation.target.project_id.as_str())),
    ];
    lines.into_iter().flatten().map(|line| html! { <p>{ line }</p> }).collect()
}

fn is_reconciling(creation: &Creation) -> bool {
    matches!(creation.stage, Stage::Reconciling(_))
}

/// The details that are hidden at first.
fn details(cx: &ViewCx, creation: &Creation, about_backup: Html) -> Html {
    let text = cx.language.later_text();
    let certainty = creation.certainty.map(|certainty| (text.creation.certainty)(certainty));
    let is_empty = certainty.is_none() && about_backup == Html::default();
    if is_empty {
        return Html::default();
    }
    html! {
        <details>
            <summary>{ text.creation.details }</summary>
            { for certainty.map(|sentence| html! { <p>{ sentence }</p> }) }
            { about_backup }
        </details>
    }
}

/// The newest answer, unmodified.
fn raw(cx: &ViewCx, model: &Model, creation: &Creation) -> Html {
    let text = cx.language.later_text();
    let Some(answer) = &creation.answer else { return Html::default() };
    match &answer.body {
        Body::Unreadable => html! { <p class="quiet">{ text.unreadable_body }</p> },
        Body::TooLong => html! { <p class="quiet">{ (text.too_long_body)(MAX_BODY_BYTES / (1 << 20)) }</p> },
        Body::Text(body) if body.is_empty() => html! { <p class="quiet">{ text.empty_body }</p> },
        Body::Text(body) => html! {
            <details class="raw">
                <summary>{ text.raw_answer }</summary>
                { answer::labelled_copy_button(cx, model, CopyTarget::Response(creation.key)) }
                <pre tabindex="0" aria-label={text.raw_answer}>{ sanitize(body, LONGEST_RAW) }</pre>
            </details>
        },
    }
}
