//! What became of the request. The regions that a screen reader listens to stand there from the start; only their content
//! changes.

pub(super) mod parts;

use contract::answer::{Body, LARGEST};
use contract::backup::Backup;
use contract::codes::Retry;
use contract::failure::Failure;
use contract::harmless::harmless;
use yew::prelude::*;

use super::{ANSWER, Frame};
use crate::state::{Action, Attempt, Copied, Look, Obstacle, Phase, State, Why};
use crate::text::Advice;

/// Most characters of an answer that are drawn as it came; all of it can be copied.
const LONGEST_RAW: usize = 20_000;

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
        Phase::Sending(attempt) => underway((text.sending)(attempt.backup.name.as_str())),
        Phase::Looking(look) => looking(frame, look),
        Phase::AwaitingInstance { status, .. } => html! {
            <>
                { underway(text.look.awaiting.to_owned()) }
                <p>{ (text.look.awaiting_detail)(status.as_deref()) }</p>
            </>
        },
        Phase::Accepted { attempt, backup, .. } => {
            let backup = newest(state, attempt, backup);
            let status = backup.status.as_ref();
            card(
                "accepted",
                (text.accepted)(status),
                (text.accepted_detail)(status).to_owned(),
                parts::of_backup(frame, state, attempt, backup),
            )
        }
        Phase::Found { attempt, why, backup } => found(frame, state, attempt, why, backup),
        _ => Html::default(),
    }
}

fn alert(frame: &Frame, state: &State) -> Html {
    let text = frame.language.text();
    match &state.phase {
        Phase::NotSent => {
            let detail = (text.not_sent_detail)(state.remarks.faulty().count());
            card("refused", text.not_sent, detail, Html::default())
        }
        Phase::Unsendable { is_forbidden, .. } => {
            let Advice { heading, detail } = if *is_forbidden { text.forbidden } else { text.unsendable };
            card("refused", heading, detail.to_owned(), Html::default())
        }
        Phase::Refused { failure, .. } => refused(frame, failure),
        Phase::Absent { attempt, why } => {
            let name = attempt.backup.name.as_str();
            let more = html! {
                <>
                    { explained(frame, attempt, why) }
                    <button type="button" onclick={frame.on(Action::TryAgainPressed)}>{ text.look.try_again }</button>
                </>
            };
            card("refused", text.look.absent, (text.look.absent_detail)(name), more)
        }
        Phase::Collision { attempt, why, backup } => {
            let detail = (text.look.collision_detail)(attempt.backup.name.as_str(), backup.as_ref());
            card("refused", text.look.collision, detail, answered(frame, why))
        }
        Phase::Untold { attempt, why, obstacle } => untold(frame, attempt, why, obstacle),
        _ => Html::default(),
    }
}

fn card(class: &'static str, heading: &'static str, detail: String, more: Html) -> Html {
    html! {
        <div class={classes!("card", class)}>
            <h3>{ heading }</h3>
            <p>{ detail }</p>
            { more }
        </div>
    }
}

fn underway(sentence: String) -> Html {
    html! {
        <div class="card sending">
            <span class="spinner" aria-hidden="true"></span>
            <p>{ sentence }</p>
        </div>
    }
}

fn looking(frame: &Frame, look: &Look) -> Html {
    let text = frame.language.text();
    html! {
        <div class="card">
            <h3>{ text.look.heading }</h3>
            { explained(frame, &look.attempt, &look.why) }
            <p class="outlook">{ (text.look.detail)(look.attempt.backup.name.as_str()) }</p>
            if let Some(obstacle) = &look.obstacle {
                <p>{ (text.look.obstacle)(obstacle) }</p>
            }
        </div>
    }
}

/// The backup as it is known by now: what the answer said may have changed since.
fn newest<'a>(state: &'a State, attempt: &Attempt, answered: &'a Backup) -> &'a Backup {
    let followed = state.followed.iter().find(|followed| followed.key == attempt.number);
    followed.map_or(answered, |followed| &followed.backup)
}

fn found(frame: &Frame, state: &State, attempt: &Attempt, why: &Why, backup: &Backup) -> Html {
    let text = frame.language.text();
    let more = html! {
        <>
            { explained(frame, attempt, why) }
            { parts::of_backup(frame, state, attempt, newest(state, attempt, backup)) }
        </>
    };
    card("accepted", text.look.found, (text.look.found_detail)(attempt.backup.name.as_str()), more)
}

fn untold(frame: &Frame, attempt: &Attempt, why: &Why, obstacle: &Obstacle) -> Html {
    let text = frame.language.text();
    let (name, instance_id) = (attempt.backup.name.as_str(), attempt.backup.instance_id.as_str());
    let more = html! {
        <>
            <p>{ (text.look.obstacle)(obstacle) }</p>
            <p class="outlook">{ (text.look.untold_detail)(name, instance_id) }</p>
            <button type="button" onclick={frame.on(Action::TryAgainPressed)}>{ text.look.try_again }</button>
        </>
    };
    html! {
        <div class="card refused">
            <h3>{ text.look.untold }</h3>
            { explained(frame, attempt, why) }
            { more }
        </div>
    }
}

/// Why the backup has to be looked for: the sentence, and the answer where there was one.
fn explained(frame: &Frame, attempt: &Attempt, why: &Why) -> Html {
    let text = frame.language.text();
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

fn refused(frame: &Frame, failure: &Failure) -> Html {
    let text = frame.language.text();
    let Advice { heading, detail } = (text.meaning)(failure.meaning);
    html! {
        <div class="card refused">
            <h3>{ heading }</h3>
            <p>{ detail }</p>
            <p class="outlook">{ text.nothing_created }</p>
            { parts::of_failure(frame, failure) }
            if failure.meaning.is_busy() {
                <button type="button" onclick={frame.on(Action::AwaitInstancePressed)}>{ text.look.await_instance }</button>
            } else if failure.meaning.retry() == Retry::Later {
                <button type="button" onclick={frame.on(Action::TryAgainPressed)}>{ text.look.try_again }</button>
            }
        </div>
    }
}

/// The answer as it came: it can be long, so it stands outside the regions that are read out.
fn raw(frame: &Frame, state: &State) -> Html {
    let text = frame.language.text();
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
                <pre tabindex="0">{ harmless(body, LONGEST_RAW) }</pre>
            </details>
        },
    }
}
