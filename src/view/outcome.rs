//! What became of the request. The regions that a screen reader listens to stand there from the start; only their content
//! changes.

mod parts;

use contract::answer::Body;
use contract::failure::Failure;
use yew::prelude::*;

use super::{ANSWER, Frame};
use crate::state::{Attempt, Copied, NoAnswer, Phase, State};
use crate::text::Advice;

pub(super) fn outcome(frame: &Frame, state: &State) -> Html {
    let text = frame.language.text();
    html! {
        <section id={ANSWER} class="outcome" aria-labelledby="outcome-heading">
            <h2 id="outcome-heading">{ text.answer }</h2>
            <div role="status">{ status(frame, state) }</div>
            <div role="alert">{ alert(frame, state) }</div>
            { raw(frame, state) }
        </section>
    }
}

fn status(frame: &Frame, state: &State) -> Html {
    let text = frame.language.text();
    match &state.phase {
        Phase::Idle => html! { <p class="quiet">{ text.nothing_yet }</p> },
        Phase::Sending(attempt) => html! {
            <div class="card sending">
                <span class="spinner" aria-hidden="true"></span>
                <p>{ (text.sending)(attempt.backup.name.as_str()) }</p>
            </div>
        },
        Phase::Accepted { attempt, backup, .. } => html! {
            <div class="card accepted">
                <h3>{ (text.accepted)(backup.status.as_ref()) }</h3>
                <p>{ (text.accepted_detail)(backup.status.as_ref()) }</p>
                { parts::of_backup(frame, state, attempt, backup) }
            </div>
        },
        Phase::NotSent | Phase::Refused { .. } | Phase::Unanswered { .. } => Html::default(),
    }
}

fn alert(frame: &Frame, state: &State) -> Html {
    let text = frame.language.text();
    match &state.phase {
        Phase::NotSent => html! {
            <div class="card refused">
                <h3>{ text.not_sent }</h3>
                <p>{ (text.not_sent_detail)(state.remarks.faulty().count()) }</p>
            </div>
        },
        Phase::Refused { attempt, failure } => refused(frame, attempt, failure),
        Phase::Unanswered { attempt, reason } => unanswered(frame, attempt, *reason),
        Phase::Idle | Phase::Sending(_) | Phase::Accepted { .. } => Html::default(),
    }
}

fn refused(frame: &Frame, attempt: &Attempt, failure: &Failure) -> Html {
    let text = frame.language.text();
    let Advice { heading, detail } = (text.meaning)(failure.meaning);
    html! {
        <div class="card refused">
            <h3>{ heading }</h3>
            <p>{ detail }</p>
            <p class="outlook">{ (text.outcome)(failure.outcome(), attempt.backup.name.as_str()) }</p>
            { parts::of_failure(frame, failure) }
        </div>
    }
}

fn unanswered(frame: &Frame, attempt: &Attempt, reason: NoAnswer) -> Html {
    let text = frame.language.text();
    let Advice { heading, detail } = (text.no_answer)(reason, attempt.same_origin);
    html! {
        <div class="card refused">
            <h3>{ heading }</h3>
            <p>{ detail }</p>
            <p class="outlook">{ (text.outcome)(reason.outcome(), attempt.backup.name.as_str()) }</p>
        </div>
    }
}

/// The answer as it came: it can be long, so it stands outside the regions that are read out.
fn raw(frame: &Frame, state: &State) -> Html {
    let text = frame.language.text();
    let body = match &state.phase {
        Phase::Accepted { answer, .. } => &answer.body,
        Phase::Refused { failure, .. } => &failure.body,
        Phase::Idle | Phase::NotSent | Phase::Sending(_) | Phase::Unanswered { .. } => return Html::default(),
    };
    match body {
        Body::Unreadable => html! { <p class="quiet">{ text.unreadable_body }</p> },
        Body::Text(body) if body.is_empty() => html! { <p class="quiet">{ text.empty_body }</p> },
        Body::Text(body) => html! {
            <details class="raw">
                <summary>{ text.raw_answer }</summary>
                { parts::copy_button(frame, state, Copied::Answer) }
                <pre tabindex="0">{ body.clone() }</pre>
            </details>
        },
    }
}
