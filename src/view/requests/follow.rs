//! The backups that this page has made, until they are there, and what became of each request.

use contract::backup::Status;
use contract::time::{Moment, Time, parse};
use yew::prelude::*;

use crate::view::button::button;

use super::clock::{Clock, Says};
use super::parts::local;
use crate::text::LanguageText;
use crate::view::Frame;
use crate::view::copying::copying;
use console_core::{Action, Copied, Entered, Followed, Format, State};

pub(super) fn follow(frame: &Frame, state: &State) -> Html {
    let text = frame.language.request_text();
    let goes_on = state.followed.iter().any(|followed| !followed.has_ended());
    html! {
        <>
            <p class="unseen" role="status">{ announcement(state) }</p>
            if !state.followed.is_empty() {
                <section class="group followed" aria-labelledby="followed-heading">
                    <h2 id="followed-heading">{ text.follow.heading }</h2>
                    { for state.followed.iter().map(|followed| one(frame, state, followed)) }
                    if goes_on && !state.notifies {
                        <div>{ button(frame, text.follow.notify, Action::NotifyPressed) }</div>
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

/// The end of the backup that ended last, unless the answer in view has told it.
fn announcement(state: &State) -> Option<String> {
    let ended = state.followed.iter().filter(|followed| followed.has_ended() && !followed.is_told);
    let last = ended.max_by_key(|followed| followed.ended)?;
    let name = last.backup.name.as_deref().unwrap_or_default();
    last.backup.status.as_ref().map(|status| (state.language.request_text().follow.ended)(name, status))
}

fn one(frame: &Frame, state: &State, followed: &Followed) -> Html {
    let text = frame.language.request_text();
    let status = followed.backup.status.as_ref();
    let words = status.map(|status| format!("{} ({})", (text.status)(status), status.code()));
    let name = followed.backup.name.clone().unwrap_or_else(|| text.taken_up.to_owned());
    html! {
        <article key={followed.key} class={classes!("card", tone(status))} aria-label={name.clone()}>
            <div class="card-head">
                <h3>{ &name }</h3>
                if let Some(words) = words {
                    <p class="pill">{ words }</p>
                }
            </div>
            { timeline(frame, followed) }
            if !followed.has_ended() && !followed.awaits_token() {
                <progress aria-label={name}></progress>
                <Clock language={frame.language} since={followed.asked.unwrap_or(followed.since)} says={Says::Elapsed} />
            }
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
            { takeaways(frame, state, followed) }
        </article>
    }
}

/// The steps of the backup, each with its time, and how long and how large it came out.
fn timeline(frame: &Frame, followed: &Followed) -> Html {
    let text = frame.language.request_text();
    let [asked, begun, ended] = text.steps;
    let backup = &followed.backup;
    let end = match &backup.end_time {
        Some(end) => Some(sent(frame, end)),
        // An answer can tell the end before the list tells its time.
        None => followed.ended.map(|ended| at(frame, ended.moment())),
    };
    let took = backup.duration().map(|seconds| format!("{}: {}", text.lists.duration, (text.follow.duration)(seconds)));
    let size = backup.size.filter(|_| followed.has_ended());
    let size = size.map(|size| format!("{}: {}", text.lists.size, (text.lists.size_of)(size)));
    html! {
        <ol class="timeline">
            if let Some(moment) = followed.asked {
                { step(frame, asked, Some(at(frame, moment.moment()))) }
            }
            { step(frame, begun, backup.begin_time.as_deref().map(|begin| sent(frame, begin))) }
            { step(frame, ended, end.map(|end| html! {
                <>{ end }{ for [took, size].into_iter().flatten().map(|line| html! { <span class="line">{ line }</span> }) }</>
            })) }
        </ol>
    }
}

fn step(frame: &Frame, label: &'static str, content: Option<Html>) -> Html {
    html! {
        <li class={classes!(content.is_some().then_some("done"))}>
            <strong>{ label }</strong>
            { " " }
            { content.unwrap_or_else(|| html! { <span class="quiet">{ frame.language.request_text().to_come }</span> }) }
        </li>
    }
}

fn at(frame: &Frame, moment: Moment) -> Html {
    html! { <time datetime={moment.at_offset(0)}>{ local(moment, frame.language) }</time> }
}

/// A time as the API sent it, by the user's clock where it states its zone.
fn sent(frame: &Frame, sent: &str) -> Html {
    match parse(sent) {
        Some(Time::Moment(moment)) => at(frame, moment),
        Some(Time::ZoneNotStated) | None => html! { <bdi>{ sent.to_owned() }</bdi> },
    }
}

/// What one takes along: the link while it is being made, the receipt when it is there.
fn takeaways(frame: &Frame, state: &State, followed: &Followed) -> Html {
    let text = frame.language.request_text();
    if !followed.has_ended() {
        return if state.is_part || followed.backup.id.is_none() {
            Html::default()
        } else {
            html! {
                <div class="actions">
                    { copying(frame, state, Copied::WatchLink(followed.key), None, text.copy_watch_link) }
                </div>
            }
        };
    }
    html! {
        <div class="actions">
            { copying(frame, state, Copied::Receipt(followed.key), None, text.copy_receipt) }
            { button(frame, text.download_receipt, Action::ReceiptPressed(followed.key)) }
            { button(frame, text.print, Action::PrintPressed) }
        </div>
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
    let sentence = (frame.language.request_text().follow.earlier)(*shortest, *longest, followed.earlier.len());
    html! { <p class="note">{ sentence }</p> }
}

fn history(frame: &Frame, state: &State) -> Html {
    let text = frame.language.request_text();
    if state.history.is_empty() {
        return Html::default();
    }
    html! {
        <section class="group history" aria-labelledby="history-heading">
            <h2 id="history-heading">{ text.follow.history }</h2>
            <ol>{ for state.history.iter().map(|entered| entry(frame, state, entered)) }</ol>
            <div class="actions">
                { button(frame, text.follow.export_json, Action::ExportPressed(Format::Json)) }
                { button(frame, text.follow.export_csv, Action::ExportPressed(Format::Csv)) }
            </div>
        </section>
    }
}

fn entry(frame: &Frame, state: &State, entered: &Entered) -> Html {
    let text = frame.language.request_text();
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
