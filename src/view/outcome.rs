//! The outcome of each press, the newest first. The live regions for screen readers exist from the start and only their
//! content changes. They contain only what happened: the details of an answer are beside them, to be read when needed.

use yew::prelude::*;

use super::cx::ViewCx;
use super::ids::ANSWER;
use super::outcome_view::OutcomeView;
use crate::text::LanguageText;
use console_core::{Creation, LoadState, Model, Submission};

pub(super) fn activity(cx: &ViewCx, model: &Model) -> Html {
    let OutcomeView { tone, is_followed, name, head, status, alert, more } = outcome_view(cx, model);
    let followed = if is_followed { " followed" } else { "" };
    let beside = (model.form.submission == Submission::Faulty && in_view(model).is_some()).then(|| unsent(cx, model));
    html! {
        <section class="group activity" aria-labelledby="activity-heading">
            <h2 id="activity-heading">{ cx.language.text().activity }</h2>
            <div id={ANSWER} class="outcome">
                if let Some(OutcomeView { tone, more, .. }) = beside {
                    <article ~className={["card ", tone.unwrap_or_default()].concat()}>{ more }</article>
                }
                <article ~className={["card ", tone.unwrap_or_default(), followed].concat()} aria-label={name}>
                    { head }
                    <div role="status">{ status }</div>
                    <div role="alert">{ alert }</div>
                    { more }
                </article>
            </div>
            { cx.section(|sections| sections.others(cx, model)) }
        </section>
    }
}

/// The creation in the live regions: the newest press that led to one. A press that was stopped by errors is shown
/// above it and doesn't move it: content that is moved out of the regions and back is read out again.
pub(super) fn in_view(model: &Model) -> Option<&Creation> {
    if model.is_locked() || model.deferred.defers_press() || model.deferred.load_state == LoadState::Failed {
        return None;
    }
    let latest = model.work.latest.and_then(|key| model.work.creation(key));
    latest.or(model.work.creations.first())
}

fn outcome_view(cx: &ViewCx, model: &Model) -> OutcomeView {
    let text = cx.language.text();
    if model.deferred.defers_press() {
        return underway(text.page.part_underway.to_owned(), Html::default());
    }
    if model.deferred.load_state == LoadState::Failed {
        let page = &text.page;
        let alert = html! {
            <>
                { lines(page.part_missing, &[page.part_missing_detail]) }
                // Something may have been sent before the page was reloaded.
                if model.deferred.defers_restored() {
                    { lines(page.not_restored, &[page.not_restored_detail]) }
                }
            </>
        };
        return OutcomeView { tone: Some("refused"), alert, ..OutcomeView::default() };
    }
    if model.deferred.defers_restored() {
        return restoring(cx, model);
    }
    match cx.later {
        Some(sections) if model.is_locked() => sections.outcome(cx, model),
        Some(sections) if !model.work.creations.is_empty() => sections.outcome(cx, model),
        _ if model.form.submission == Submission::Faulty => unsent(cx, model),
        _ => OutcomeView { status: html! { <p class="quiet">{ text.nothing_yet }</p> }, ..OutcomeView::default() },
    }
}

/// A backup from a link or a reload, before the later part can show it.
fn restoring(cx: &ViewCx, model: &Model) -> OutcomeView {
    let page = &cx.language.text().page;
    if model.deferred.load_state == LoadState::FailedUnneeded {
        let alert = lines(page.not_restored, &[page.not_restored_detail]);
        return OutcomeView { tone: Some("refused"), alert, ..OutcomeView::default() };
    }
    underway(page.restoring.to_owned(), Html::default())
}

/// The last press sent nothing. The error summary has the focus and announces it. Once every error is fixed, it no
/// longer counts as an error.
fn unsent(cx: &ViewCx, model: &Model) -> OutcomeView {
    let text = cx.language.text();
    let faulty = model.form.faulty_fields();
    let tone = if faulty > 0 { "refused" } else { "" };
    OutcomeView {
        tone: Some(tone),
        more: lines(text.not_sent, &[&(text.not_sent_detail)(faulty)]),
        ..OutcomeView::default()
    }
}

/// A heading with details.
fn lines(heading: &'static str, details: &[&str]) -> Html {
    html! { <><h3>{ heading }</h3>{ for details.iter().map(|detail| html! { <p>{ (*detail).to_owned() }</p> }) }</> }
}

/// Something that takes time.
pub(super) fn underway(sentence: String, more: Html) -> OutcomeView {
    let status = html! {
        <>
            <div class="sending">
                <span class="spinner" aria-hidden="true"></span>
                <p>{ sentence }</p>
            </div>
            { more }
        </>
    };
    OutcomeView { tone: Some("underway"), status, ..OutcomeView::default() }
}
