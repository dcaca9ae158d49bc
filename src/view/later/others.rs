//! The outcomes of the other presses, and the actions for all of them.

use yew::prelude::*;

use super::card;
use super::summary::Summary;
use crate::text::LanguageText;
use crate::view::button::button;
use crate::view::cx::ViewCx;
use crate::view::outcome::in_view;
use console_core::{
    Action, Blocker, Creation, Failed, Format, Model, Notifications, Outcome, ShareAction, Stage, Unknown, Work,
    WorkAction,
};

pub(super) fn others(cx: &ViewCx, model: &Model) -> Html {
    let latest = in_view(model);
    let key_in_view = latest.map(|creation| creation.key);
    // Those of a press for several stand below what is said of all of them.
    let batch = latest.map(|creation| model.work.batch(creation)).unwrap_or_default();
    let is_elsewhere = |creation: &&Creation| {
        let is_of_batch = creation.batch.is_some() && creation.batch == latest.and_then(|latest| latest.batch);
        !is_of_batch && Some(creation.key) != key_in_view
    };
    let others: Vec<&Creation> =
        batch.iter().copied().chain(model.work.creations.iter().filter(is_elsewhere)).collect();
    let told_in_view: Vec<u32> = batch.iter().map(|creation| creation.key).chain(key_in_view).collect();
    let ended = model
        .work
        .creations
        .iter()
        .filter_map(|creation| Some((creation.key, announcement(cx, &model.work, creation)?)));
    html! {
        <>
            <Announcer ended={ended.collect::<Vec<_>>()} {told_in_view} />
            { notes(cx, model) }
            if !others.is_empty() {
                <ul class="cards">
                    { for others.into_iter().map(|creation| html! {
                        <li key={creation.key}>{ card::listed(cx, model, creation) }</li>
                    }) }
                </ul>
            }
            { exports(cx, model) }
            // For users who ask their operator for help.
            if key_in_view.is_some() {
                <p class="note">{ cx.language.text().title }{ concat!(" ", env!("CARGO_PKG_VERSION")) }</p>
            }
        </>
    }
}

/// The button or note for notifications, and a note if the browser can't store what is under way.
fn notes(cx: &ViewCx, model: &Model) -> Html {
    let text = cx.language.later_text();
    let is_under_way = model.work.creations.iter().any(Creation::is_under_way);
    let goes_on = model.work.creations.iter().any(|creation| creation.exists() && creation.is_under_way());
    let notifies = match model.work.notifications {
        Notifications::Missed(reason) => Some((text.follow.no_notification)(reason)),
        Notifications::Refused(reason) if goes_on => Some((text.follow.no_notification)(reason)),
        Notifications::Allowed if goes_on => Some(text.follow.notifies),
        Notifications::NotAsked | Notifications::Allowed | Notifications::Refused(_) => None,
    };
    html! {
        <>
            if goes_on && model.work.notifications.can_be_asked_for() {
                <div>{ button(cx, text.follow.notify, || Action::Work(WorkAction::NotifyPressed)) }</div>
            }
            // The region exists before its text, so that screen readers announce it.
            <p class="note" role="status">{ notifies }</p>
            if is_under_way && model.work.is_persisted == Some(Err(Failed)) {
                <p class="note">{ text.creation.not_kept }</p>
            }
        </>
    }
}

fn exports(cx: &ViewCx, model: &Model) -> Html {
    let text = cx.language.later_text();
    if !model.work.creations.iter().any(|creation| creation.requested.is_some()) {
        return Html::default();
    }
    html! {
        <div class="actions exports">
            { button(cx, text.follow.export_json, || Action::Share(ShareAction::ExportPressed(Format::Json))) }
            { button(cx, text.follow.export_csv, || Action::Share(ShareAction::ExportPressed(Format::Csv))) }
        </div>
    }
}

/// The outcome of a creation in one line; `None` while it is in progress, or if it has waited for its user from the
/// start.
fn announcement(cx: &ViewCx, work: &Work, creation: &Creation) -> Option<String> {
    let name = card::name(cx, creation);
    let outcome = match &creation.stage {
        Stage::Ended(outcome) => outcome,
        Stage::Queued(_)
        | Stage::Reading(_)
        | Stage::Sending
        | Stage::Reconciling(_)
        | Stage::AwaitingInstance(_)
        | Stage::Building(_) => {
            return None;
        }
    };
    match outcome {
        Outcome::Unknown(Unknown::Blocked(Blocker::AwaitsPress)) => None,
        Outcome::Completed | Outcome::Failed => {
            let status = creation.backup.status.as_ref()?;
            Some((cx.language.later_text().follow.ended)(&name, status))
        }
        Outcome::Gone
        | Outcome::Refused(_)
        | Outcome::NotSent(_)
        | Outcome::NotCreated
        | Outcome::NameTaken(_)
        | Outcome::Unknown(_) => {
            let summary = Summary::of(cx.language, work, creation);
            summary.heading().map(|heading| cx.language.text().punctuation.labelled(&name, heading))
        }
    }
}

/// The properties of the announcer.
#[derive(PartialEq, Properties)]
struct AnnouncerProps {
    /// The creations that have ended, and their announcements.
    ended: Vec<(u32, String)>,
    /// The creations in view, whose end is announced there.
    told_in_view: Vec<u32>,
}

/// Announces the end of a creation whose card isn't in view: once, and not again when its card is replaced by a newer
/// press.
#[component]
fn Announcer(props: &AnnouncerProps) -> Html {
    let known = use_mut_ref(Vec::<(u32, String)>::new);
    let said = use_mut_ref(String::new);
    let mut known = known.borrow_mut();
    let mut said = said.borrow_mut();
    for (key, sentence) in &props.ended {
        if known.iter().any(|known| known.0 == *key && known.1 == *sentence) {
            continue;
        }
        known.retain(|known| known.0 != *key);
        known.push((*key, sentence.clone()));
        if !props.told_in_view.contains(key) {
            said.clone_from(sentence);
        }
    }
    html! { <p class="unseen" role="status">{ said.clone() }</p> }
}
