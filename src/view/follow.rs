//! The backups that this page has made, until they are there, and what became of each request.

use contract::backup::Status;
use yew::prelude::*;

use super::Frame;
use super::clock::{Clock, Says};
use crate::state::{Action, Entered, Followed, Format, State};

pub(super) fn follow(frame: &Frame, state: &State) -> Html {
    let text = frame.language.text();
    let ended = state.followed.iter().filter(|followed| followed.has_ended()).max_by_key(|followed| followed.ended);
    let announcement = ended.map(|followed| {
        let name = followed.backup.name.as_deref().unwrap_or_default();
        followed.backup.status.as_ref().map(|status| (text.follow.ended)(name, status))
    });
    let goes_on = state.followed.iter().any(|followed| !followed.has_ended());
    html! {
        <>
            <p class="unseen" role="status">{ announcement.flatten() }</p>
            if !state.followed.is_empty() {
                <section class="group followed" aria-labelledby="followed-heading">
                    <h2 id="followed-heading">{ text.follow.heading }</h2>
                    { for state.followed.iter().map(|followed| one(frame, followed)) }
                    if goes_on && !state.notifies {
                        <div><button type="button" onclick={frame.on(Action::NotifyPressed)}>{ text.follow.notify }</button></div>
                    }
                    if goes_on && state.notifies {
                        <p class="note">{ text.follow.notifies }</p>
                    }
                </section>
            }
            { history(frame, state) }
        </>
    }
}

fn one(frame: &Frame, followed: &Followed) -> Html {
    let text = frame.language.text();
    let status = followed.backup.status.as_ref();
    let words = status.map(|status| format!("{} ({})", (text.status)(status), status.code()));
    let took = followed
        .backup
        .duration()
        .map(|seconds| format!("{}: {}", text.lists.duration, (text.follow.duration)(seconds)));
    let size = followed
        .backup
        .size
        .filter(|_| followed.has_ended())
        .map(|size| format!("{}: {}", text.lists.size, (text.lists.size_of)(size)));
    let name = followed.backup.name.clone().unwrap_or_default();
    html! {
        <article key={followed.key} class={classes!("card", tone(status))} aria-label={name.clone()}>
            <h3>{ &name }</h3>
            <p>{ words }</p>
            if !followed.has_ended() {
                <progress aria-label={name}></progress>
                <Clock language={frame.language} since={followed.since} says={Says::Elapsed} />
            }
            { for [took, size].into_iter().flatten().map(|line| html! { <p>{ line }</p> }) }
            { earlier(frame, followed) }
            if let Some(trouble) = followed.trouble.filter(|_| !followed.has_ended()) {
                <Clock language={frame.language} since={followed.heard} says={Says::Trouble(trouble)} />
            }
            if status == Some(&Status::Failed) {
                if let Some(reason) = &followed.reason {
                    <p>{ (text.follow.reason)(reason) }</p>
                }
                <p>{ text.follow.usual_causes }</p>
            }
        </article>
    }
}

fn tone(status: Option<&Status>) -> Option<&'static str> {
    match status {
        Some(Status::Completed) => Some("accepted"),
        Some(Status::Failed) => Some("refused"),
        _ => None,
    }
}

fn earlier(frame: &Frame, followed: &Followed) -> Html {
    let (Some(shortest), Some(longest)) = (followed.earlier.iter().min(), followed.earlier.iter().max()) else {
        return Html::default();
    };
    let sentence = (frame.language.text().follow.earlier)(*shortest, *longest, followed.earlier.len());
    html! { <p class="note">{ sentence }</p> }
}

fn history(frame: &Frame, state: &State) -> Html {
    let text = frame.language.text();
    if state.history.is_empty() {
        return Html::default();
    }
    html! {
        <section class="group history" aria-labelledby="history-heading">
            <h2 id="history-heading">{ text.follow.history }</h2>
            <ol>{ for state.history.iter().map(|entered| entry(frame, state, entered)) }</ol>
            <div class="actions">
                <button type="button" onclick={frame.on(Action::ExportPressed(Format::Json))}>{ text.follow.export_json }</button>
                <button type="button" onclick={frame.on(Action::ExportPressed(Format::Csv))}>{ text.follow.export_csv }</button>
            </div>
        </section>
    }
}

fn entry(frame: &Frame, state: &State, entered: &Entered) -> Html {
    let text = frame.language.text();
    let followed = state.followed.iter().find(|followed| followed.key == entered.key);
    let status =
        followed.and_then(|followed| followed.backup.status.as_ref()).map(|status| format!(", {}", status.code()));
    html! {
        <li key={entered.key}>
            <span class="quiet">{ format!("{} UTC ", entered.at.moment().utc()) }</span>
            <bdi>{ entered.name.clone() }</bdi>
            { ": " }{ (text.follow.ending)(&entered.ending) }{ status }
        </li>
    }
}
