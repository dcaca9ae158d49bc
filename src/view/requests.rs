//! What is drawn of requests and all that comes of them. It comes as a part of the program, see [`crate::parts`].

mod backups;
mod chart;
mod clock;
mod counter;
mod follow;
mod instances;
mod parts;
mod preview;
mod record;

use contract::answer::{Body, LARGEST};
use contract::backup::Backup;
use contract::codes::Retry;
use contract::failure::Failure;
use contract::harmless::harmless;
use yew::prelude::*;

use crate::view::button::button;

use super::outcome::{Told, lines, underway};
use super::{Drawing, Frame, announcement};
use crate::text::Advice;
use crate::text::LanguageText;
use console_core::{Action, Attempt, Copied, Look, Obstacle, Phase, Repeat, State, Why};

/// Most characters of an answer that are drawn as it came; all of it can be copied.
const LONGEST_RAW: usize = 20_000;

/// Draws all of it.
pub(crate) static DRAWING: Drawing = Drawing {
    outcome: |frame, state| Told { raw: raw(frame, state), ..told(frame, state) },
    follow: follow::follow,
    backups: backups::backups,
    records: record::records,
    request: preview::request,
    instances: instances::instances,
    databases: instances::databases,
    counter: counter::counter,
    refused: |language, meaning| (language.request_text().meaning)(meaning).heading,
    copied: |language, what, success| (language.request_text().copied)(what, success),
    ended,
};

pub use record::receipt;

/// What became of the newest backup.
fn ended(state: &State) -> Option<String> {
    let newest = state.followed.first()?;
    let name = newest.backup.name.as_deref().unwrap_or_default();
    newest.backup.status.as_ref().map(|status| announcement(state.language, name, status))
}

fn told(frame: &Frame, state: &State) -> Told {
    let text = frame.language.request_text();
    match &state.phase {
        // The form's own affair.
        Phase::Idle | Phase::NotSent => Told::default(),
        Phase::Sending(attempt) => underway((text.sending)(attempt.backup.name.as_str()), Html::default()),
        Phase::Looking(look) => looking(frame, look),
        Phase::AwaitingInstance { status, .. } => {
            underway(text.look.awaiting.to_owned(), html! { <p>{ (text.look.awaiting_detail)(status.as_deref()) }</p> })
        }
        Phase::Accepted { attempt, backup, .. } => {
            let backup = newest(state, attempt, backup);
            let status = backup.status.as_ref();
            created(
                lines((text.accepted)(status), &[(text.accepted_detail)(status)]),
                html! { <>{ parts::of_backup(frame, state, attempt, backup) }{ repeats(frame) }</> },
            )
        }
        Phase::Found { attempt, why, backup } => found(frame, state, attempt, why, backup),
        Phase::Unsendable { is_forbidden, .. } => {
            let Advice { heading, detail } = if *is_forbidden { text.forbidden } else { text.unsendable };
            failed(lines(heading, &[detail]), Html::default())
        }
        Phase::Refused { failure, .. } => refused(frame, failure),
        Phase::Absent { attempt, why } => {
            let alert = lines(text.look.absent, &[&(text.look.absent_detail)(attempt.backup.name.as_str())]);
            failed(alert, html! { <>{ explained(frame, attempt, why) }{ try_again(frame) }</> })
        }
        Phase::Collision { attempt, why, backup } => {
            let detail = (text.look.collision_detail)(attempt.backup.name.as_str(), backup.as_ref());
            failed(lines(text.look.collision, &[&detail]), answered(frame, why))
        }
        Phase::Untold { attempt, why, obstacle } => untold(frame, attempt, why, obstacle),
    }
}

fn created(status: Html, more: Html) -> Told {
    Told { tone: Some("accepted"), status, more, ..Told::default() }
}

fn failed(alert: Html, more: Html) -> Told {
    Told { tone: Some("refused"), alert, more, ..Told::default() }
}

fn looking(frame: &Frame, look: &Look) -> Told {
    let text = frame.language.request_text();
    let status = html! {
        <>
            <h3>{ text.look.heading }</h3>
            <p class="outlook">{ (text.look.detail)(look.attempt.backup.name.as_str()) }</p>
            if let Some(obstacle) = &look.obstacle {
                <p>{ (text.look.obstacle)(obstacle) }</p>
            }
        </>
    };
    Told { tone: Some("underway"), status, more: explained(frame, &look.attempt, &look.why), ..Told::default() }
}

/// The backup as it is known by now: what the answer said may have changed since.
fn newest<'a>(state: &'a State, attempt: &Attempt, answered: &'a Backup) -> &'a Backup {
    let followed = state.followed.iter().find(|followed| followed.key == attempt.number);
    followed.map_or(answered, |followed| &followed.backup)
}

fn found(frame: &Frame, state: &State, attempt: &Attempt, why: &Why, backup: &Backup) -> Told {
    let text = frame.language.request_text();
    let more = html! {
        <>
            { explained(frame, attempt, why) }
            { parts::of_backup(frame, state, attempt, newest(state, attempt, backup)) }
            { repeats(frame) }
        </>
    };
    created(lines(text.look.found, &[&(text.look.found_detail)(attempt.backup.name.as_str())]), more)
}

/// What often comes next.
fn repeats(frame: &Frame) -> Html {
    let buttons = [Repeat::NewName, Repeat::OtherInstance].map(|repeat| {
        html! {
            { button(frame, (frame.language.request_text().repeat)(repeat), Action::RepeatPressed(repeat)) }
        }
    });
    html! { <div class="actions">{ for buttons }</div> }
}

fn try_again(frame: &Frame) -> Html {
    html! {
        { button(frame, frame.language.request_text().look.try_again, Action::TryAgainPressed) }
    }
}

fn untold(frame: &Frame, attempt: &Attempt, why: &Why, obstacle: &Obstacle) -> Told {
    let text = frame.language.request_text();
    let (name, instance_id) = (attempt.backup.name.as_str(), attempt.backup.instance_id.as_str());
    let alert = html! {
        <>
            <h3>{ text.look.untold }</h3>
            <p>{ (text.look.obstacle)(obstacle) }</p>
            <p class="outlook">{ (text.look.untold_detail)(name, instance_id) }</p>
        </>
    };
    failed(alert, html! { <>{ explained(frame, attempt, why) }{ try_again(frame) }</> })
}

/// Why the backup has to be looked for: the sentence, and the answer where there was one.
fn explained(frame: &Frame, attempt: &Attempt, why: &Why) -> Html {
    let text = frame.language.request_text();
    html! {
        <>
            <p>{ (text.look.why)(why, attempt.target.endpoint.is_same_origin()) }</p>
            { answered(frame, why) }
        </>
    }
}

/// The answer that left it open, where there was one.
fn answered(frame: &Frame, why: &Why) -> Html {
    why.failure().map_or_else(Html::default, |failure| parts::of_failure(frame, failure))
}

fn refused(frame: &Frame, failure: &Failure) -> Told {
    let text = frame.language.request_text();
    let Advice { heading, detail } = (text.meaning)(failure.meaning);
    let alert = html! {
        <>
            <h3>{ heading }</h3>
            <p>{ detail }</p>
            <p class="outlook">{ text.nothing_created }</p>
        </>
    };
    let more = html! {
        <>
            { parts::of_failure(frame, failure) }
            if failure.meaning.is_busy() {
                { button(frame, text.look.await_instance, Action::AwaitInstancePressed) }
            } else if failure.meaning.retry() == Retry::Later {
                { try_again(frame) }
            }
        </>
    };
    failed(alert, more)
}

/// The answer as it came.
fn raw(frame: &Frame, state: &State) -> Html {
    let text = frame.language.request_text();
    let body = match &state.phase {
        Phase::Accepted { answer, .. } => &answer.body,
        Phase::Refused { failure, .. } => &failure.body,
        Phase::Looking(Look { why, .. })
        | Phase::Found { why, .. }
        | Phase::Absent { why, .. }
        | Phase::Collision { why, .. }
        | Phase::Untold { why, .. } => match why.failure() {
            Some(failure) => &failure.body,
            None => return Html::default(),
        },
        _ => return Html::default(),
    };
    match body {
        Body::Unreadable => html! { <p class="quiet">{ text.unreadable_body }</p> },
        Body::TooLong => html! { <p class="quiet">{ (text.too_long_body)(LARGEST / (1 << 20)) }</p> },
        Body::Text(body) if body.is_empty() => html! { <p class="quiet">{ text.empty_body }</p> },
        Body::Text(body) => html! {
            <details class="raw">
                <summary>{ text.raw_answer }</summary>
                { parts::copy_button(frame, state, Copied::Answer) }
                <pre tabindex="0" aria-label={text.raw_answer}>{ harmless(body, LONGEST_RAW) }</pre>
            </details>
        },
    }
}
