//! What the page says about a creation. Each sentence follows from its stage, and claims no more than is known.

use contract::backup::{Backup, Status};
use contract::codes::ErrorKind;
use contract::failure::Failure;
use yew::prelude::*;

use crate::text::{Advice, CreationText, LanguageText, LaterText, local_time};
use console_core::{
    Blocker, Building, Cause, Certainty, Creation, Language, Listing, Outcome, Reconciliation, Stage, Unknown, Work,
};

/// A heading with details.
#[derive(Default)]
pub(super) struct Lines {
    /// The heading; empty for a warning about something that is announced elsewhere.
    pub heading: String,
    /// The details.
    pub details: Vec<String>,
    /// The most important detail.
    pub outlook: Option<String>,
    /// Whether it takes time, so that a spinner is shown.
    pub takes_time: bool,
}

/// What is said about a creation, by how it is announced.
#[derive(Default)]
pub(super) struct Summary {
    /// Class of the card.
    pub tone: Option<&'static str>,
    /// Announced if the user doesn't have to act.
    pub status: Option<Lines>,
    /// Announced if the user has to act.
    pub alert: Option<Lines>,
}

impl Lines {
    fn new(heading: impl Into<String>, details: Vec<String>) -> Self {
        Self { heading: heading.into(), details, ..Self::default() }
    }

    pub(super) fn draw(&self) -> Html {
        let has_heading = !self.heading.is_empty();
        let class = (!has_heading).then_some("warning");
        let details = self.details.iter().map(|detail| html! { <p ~className={class}>{ detail.clone() }</p> });
        let heading = has_heading.then(|| html! { <h4>{ self.heading.clone() }</h4> });
        html! {
            <>
                if self.takes_time {
                    <div class="sending">
                        <span class="spinner" aria-hidden="true"></span>
                        <p>{ self.heading.clone() }</p>
                    </div>
                } else {
                    { for heading }
                }
                { for details }
                if let Some(outlook) = &self.outlook {
                    <p class="outlook">{ outlook.clone() }</p>
                }
            </>
        }
    }
}

impl Summary {
    fn status(tone: &'static str, lines: Lines) -> Self {
        Self { tone: Some(tone), status: Some(lines), alert: None }
    }

    fn alert(tone: &'static str, lines: Lines) -> Self {
        Self { tone: Some(tone), status: None, alert: Some(lines) }
    }

    fn takes_time(sentence: String, details: Vec<String>) -> Self {
        Self::status("underway", Lines { takes_time: true, ..Lines::new(sentence, details) })
    }

    /// What is said about a creation, given the others.
    pub(super) fn of(language: Language, work: &Work, creation: &Creation) -> Self {
        let text = language.later_text();
        let name = creation.name().unwrap_or_default();
        match &creation.stage {
            Stage::Queued(_) => Self::takes_time((text.batch.queued)(name), vec![]),
            Stage::Reading(_) => {
                let words = if creation.was_sent() { text.creation.reading_again } else { text.creation.reading };
                Self::takes_time(words(name), vec![])
            }
            Stage::Sending => Self::takes_time((text.sending)(name), vec![]),
            Stage::Reconciling(reconciliation) => reconciling(text, creation, reconciliation),
            Stage::AwaitingInstance(awaiting) => {
                let detail = (text.creation.awaiting_detail)(awaiting.status.as_deref());
                Self::takes_time(text.creation.awaiting.to_owned(), vec![detail])
            }
            Stage::Building(building) => being_built(text, creation, building),
            Stage::Ended(Outcome::NotCreated) if work.was_asked_for_again(creation) => {
                Self::alert("refused", Lines::new(text.creation.absent, vec![text.creation.asked_again.to_owned()]))
            }
            Stage::Ended(outcome) => ended(language, work, creation, outcome),
        }
    }

    /// The heading, for announcing a card that isn't in view.
    pub(super) fn heading(&self) -> Option<&str> {
        [&self.alert, &self.status].into_iter().flatten().map(|lines| lines.heading.as_str()).find(|it| !it.is_empty())
    }
}

/// The page is searching for the backup.
fn reconciling(text: &LaterText, creation: &Creation, reconciliation: &Reconciliation) -> Summary {
    let words = &text.creation;
    let name = creation.name().unwrap_or_default();
    let goes_on = |blocker: &Blocker| format!("{} {}", (words.blocker)(blocker), words.goes_on);
    let in_the_way = reconciliation.blocker.as_ref().map(goes_on);
    let lines = match &creation.cause {
        Some(Cause::Refused(failure)) => {
            let (heading, details) = explained(text, failure);
            let details = details.into_iter().chain(in_the_way).collect();
            Lines { outlook: Some((words.making_sure)(name)), ..Lines::new(heading, details) }
        }
        Some(
            Cause::Unreachable
            | Cause::TimedOut
            | Cause::Cancelled
            | Cause::Unclear(_)
            | Cause::NameTaken(_)
            | Cause::Reloaded
            | Cause::ReloadedWhileAwaiting,
        )
        | None => {
            let details = in_the_way.into_iter().collect();
            Lines { outlook: Some((words.looking_detail)(name)), ..Lines::new(words.looking, details) }
        }
    };
    Summary::status("underway", lines)
}

/// What a failure means and what to do about it; first what the token tells of the cause.
fn explained(text: &LaterText, failure: &Failure) -> (&'static str, Vec<String>) {
    let Advice { heading, detail } = (text.error_kind)(failure.error_kind);
    let clue = failure.token_clue.as_deref();
    // The usual causes say nothing more where the cause is known.
    let is_about_token = matches!(failure.error_kind, ErrorKind::TokenRejected | ErrorKind::NotAllowed);
    let is_enough = is_about_token && clue.is_some();
    let usual = (!is_enough).then(|| detail.to_owned());
    (heading, clue.map(text.token.clue).into_iter().chain(usual).collect())
}

/// The backup exists. What keeps the page from getting its status doesn't change that.
fn being_built(text: &LaterText, creation: &Creation, building: &Building) -> Summary {
    let words = &text.creation;
    let name = creation.name().unwrap_or_default();
    let status = creation.backup.status.as_ref();
    let awaits_press = building.blocker == Some(Blocker::AwaitsPress);
    let mut lines = match creation.certainty {
        _ if awaits_press => {
            Lines::new(if creation.request.is_some() { words.of_reload } else { words.of_link }, vec![])
        }
        _ if creation.is_away() => Lines::new((text.accepted)(status), vec![]),
        Some(Certainty::Listed) => {
            Lines::new(words.listed, vec![(words.listed_detail)(name), (words.certainty)(Certainty::Listed).to_owned()])
        }
        // A link says nothing about the status; the response to a request says at least that it was accepted.
        None if status.is_none() && creation.request.is_none() => Lines::default(),
        Some(Certainty::Responded) | None => {
            Lines::new((text.accepted)(status), vec![(text.accepted_detail)(status).to_owned()])
        }
    };
    let is_asked_for = creation.request.is_some();
    let listing = match creation.listing {
        Listing::Missing(_) => Some(words.missing),
        Listing::Never if awaits_press => None,
        Listing::Never => Some(if is_asked_for { words.unlisted } else { words.link_unlisted }),
        Listing::Unread | Listing::Listed => None,
    };
    lines.details.extend(listing.map(str::to_owned));
    let stopped = building.blocker.as_ref().filter(|_| !creation.is_running());
    let alert = stopped.map(|blocker| Lines::new("", vec![(words.unheard)(blocker, 0)]));
    Summary { tone: Some("underway"), status: Some(lines), alert }
}

fn ended(language: Language, work: &Work, creation: &Creation, outcome: &Outcome) -> Summary {
    let text = language.later_text();
    let words = &text.creation;
    let name = creation.name().unwrap_or_default();
    let endpoint = &creation.target.endpoint;
    match outcome {
        Outcome::Completed => Summary::status("accepted", of_status(text, &Status::Completed)),
        Outcome::Failed => Summary::status("refused", failed(language, creation)),
        Outcome::Gone => Summary::alert("refused", Lines::new(words.gone, vec![words.gone_detail.to_owned()])),
        Outcome::Refused(failure) => {
            let (heading, details) = explained(text, failure);
            let outlook = Some(text.nothing_created.to_owned());
            Summary::alert("refused", Lines { outlook, ..Lines::new(heading, details) })
        }
        Outcome::NotSent(why) => {
            let detail = (words.not_sent)(why, endpoint.typed(), endpoint.is_same_origin());
            Summary::alert("refused", Lines::new(text.nothing_sent, vec![detail]))
        }
        Outcome::NotCreated => Summary::alert("refused", Lines::new(words.absent, vec![(words.absent_detail)(name)])),
        Outcome::NameTaken(backup) => {
            let is_told = |backup: &Backup| work.is_on_another_card(creation.key, backup);
            let holder = backup.as_deref().map(|backup| (backup, is_told(backup)));
            let detail = (words.taken_detail)(name, holder);
            Summary::alert("refused", Lines::new(words.taken, vec![detail]))
        }
        Outcome::Unknown(unknown) => Summary::alert("unknown", of_unknown(words, creation, unknown)),
    }
}

fn of_status(text: &LaterText, status: &Status) -> Lines {
    Lines::new((text.accepted)(Some(status)), vec![(text.accepted_detail)(Some(status)).to_owned()])
}

/// It has failed: when the page learned that, from a response or later from a list.
fn failed(language: Language, creation: &Creation) -> Lines {
    let text = language.later_text();
    let mut lines = of_status(text, &Status::Failed);
    lines.details.extend(creation.ended.map(|ended| (text.learned)(&local_time(ended.moment(), language))));
    lines
}

/// The outcome can't be determined: the reason, and what to check by hand.
fn of_unknown(words: &CreationText, creation: &Creation, unknown: &Unknown) -> Lines {
    let detail = (words.unknown_detail)(unknown);
    let by_hand = || (words.by_hand)(creation.name().unwrap_or_default(), &creation.instance_id);
    match unknown {
        // One press, and the page searches by itself.
        Unknown::Blocked(Blocker::AwaitsPress) => Lines::new(words.looking, vec![detail]),
        Unknown::Blocked(
            Blocker::TokenMissing
            | Blocker::TokenRejected
            | Blocker::Refused(_)
            | Blocker::Unreachable
            | Blocker::Failed(_)
            | Blocker::Incomplete
            | Blocker::InstanceBackingUp
            | Blocker::GaveUp,
        )
        | Unknown::OriginNotAllowed
        | Unknown::Near(_)
        | Unknown::NeverListed
        | Unknown::Stopped => Lines::new(words.unknown, vec![detail, by_hand()]),
    }
}
