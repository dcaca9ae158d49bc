//! The steps of a backup with their times, and how long backups of its instance take.

use contract::time::{Time, UnixSeconds, parse};
use yew::prelude::*;

use crate::text::{LanguageText, local_time};
use crate::view::cx::ViewCx;
use console_core::{Blocker, Creation, Stage};

/// The steps, and the final duration and size of the backup.
pub(super) fn timeline(cx: &ViewCx, creation: &Creation) -> Html {
    let (text, punctuation) = (cx.language.later_text(), &cx.language.text().punctuation);
    let [asked, begun, ended] = text.steps;
    let backup = &creation.backup;
    // A backup from a link or a reload that hasn't been queried since may have ended.
    let is_to_come = matches!(&creation.stage, Stage::Building(building) if building.blocker != Some(Blocker::AwaitsPress))
        && backup.status.is_some();
    let has_ended = !creation.is_under_way();
    let end = match &backup.end_time {
        Some(end) => Some(sent(cx, end)),
        // An answer can state the end before a list states its time.
        None => creation.ended.filter(|_| has_ended).map(|ended| at(cx, ended.moment())),
    };
    let took = backup
        .duration()
        .map(|seconds| punctuation.labelled(text.lists.duration, &text.follow.units.duration(seconds)));
    let size = backup.size.filter(|_| has_ended);
    let size = size.map(|size| punctuation.labelled(text.lists.size, &(text.lists.size_of)(size)));
    html! {
        <ol class="timeline">
            if let Some(moment) = creation.requested {
                { step(asked, Some(at(cx, moment.moment())), text.unheard_of) }
            }
            { step(begun, backup.begin_time.as_deref().map(|begin| sent(cx, begin)), text.unheard_of) }
            { step(ended, end.map(|end| html! {
                <>{ end }{ for [took, size].into_iter().flatten().map(|line| html! { <span class="line">{ line }</span> }) }</>
            }), if is_to_come { text.to_come } else { text.unheard_of }) }
        </ol>
    }
}

/// A step and its time, or the text in place of one.
fn step(label: &'static str, content: Option<Html>, otherwise: &'static str) -> Html {
    html! {
        <li ~className={if content.is_some() { "done" } else { "" }}>
            <strong>{ label }</strong>
            { " " }
            { content.unwrap_or_else(|| html! { <span class="quiet">{ otherwise }</span> }) }
        </li>
    }
}

fn at(cx: &ViewCx, moment: UnixSeconds) -> Html {
    html! { <time datetime={moment.at_offset(0)}>{ local_time(moment, cx.language) }</time> }
}

/// A time as the API sent it, in the user's time zone if it states an offset.
fn sent(cx: &ViewCx, sent: &str) -> Html {
    match parse(sent) {
        Some(Time::Exact(moment)) => at(cx, moment),
        Some(Time::ZoneNotStated) | None => html! { <bdi>{ sent.to_owned() }</bdi> },
    }
}

/// How long the instance's latest backups took.
pub(super) fn past_durations(cx: &ViewCx, creation: &Creation) -> Html {
    let past = &creation.past_durations;
    let (Some(shortest), Some(longest)) = (past.iter().min(), past.iter().max()) else { return Html::default() };
    let sentence = (cx.language.later_text().follow.earlier)(*shortest, *longest, past.len());
    html! { <p class="note">{ sentence }</p> }
}
