//! Several instances with one press: what is selected, and what has become of it.

use yew::prelude::*;

use crate::text::LanguageText;
use crate::view::button::{Button, FieldButton, button};
use crate::view::copy_button::copy_button;
use crate::view::cx::ViewCx;
use crate::view::field::{TextField, messages};
use crate::view::ids::id_of;
use crate::view::outcome_view::OutcomeView;
use console_core::{
    Action, BatchSummary, CopyTarget, Creation, FillAction, Format, Model, Outcome, Press, Selected, ShareAction,
    Stage, Work, WorkAction,
};
use contract::rules::Field;

/// In place of `Instance ID` and `Backup name`: how many are selected, and the pattern of the names.
pub(super) fn selection(cx: &ViewCx, model: &Model) -> Html {
    let (text, words) = (cx.language.text(), &cx.language.later_text().batch);
    let id = id_of(Field::InstanceId);
    let [hint, remarks] = ["hint", "remarks"].map(|part| format!("{id}-{part}"));
    let of_selection = model.form.messages.of(Field::InstanceId);
    let described_by = if of_selection.is_empty() { hint.clone() } else { format!("{hint} {remarks}") };
    html! {
        <div class="pair">
            <div class="field field-instances">
                <h3 class="label">{ words.selection }</h3>
                <p class="hint" id={hint}>{ words.selection_hint }</p>
                <div class="input">
                    <p {id} tabindex="-1" role="group" aria-label={words.selection} aria-describedby={described_by}>
                        { (words.selected)(model.form.selection.instances.len()) }
                    </p>
                    { FieldButton::LoadInstances.button(text).draw(cx) }
                    { button(cx, words.clear, || Action::Fill(FillAction::SelectionCleared)) }
                </div>
                { messages(cx, &of_selection, remarks) }
                if model.form.sets_aside() {
                    <p class="warning">{ words.set_aside }</p>
                }
            </div>
            <TextField
                cx={cx.clone()}
                field={Field::NamePattern}
                value={model.form.name_pattern.text.clone()}
                messages={model.form.messages.of(Field::NamePattern)}
            />
        </div>
    }
}

/// The selected instances, each with the name that its backup gets.
pub(super) fn names(cx: &ViewCx, model: &Model) -> Html {
    if !model.form.selects_several() {
        return Html::default();
    }
    let words = &cx.language.later_text().batch;
    let names = model.form.names_of_selected().unwrap_or_default();
    let names = names.into_iter().map(Some).chain(std::iter::repeat(None));
    html! {
        <section class="selected" aria-label={words.names}>
            <div class="with-copy">
                <h3>{ words.names }</h3>
                { button(cx, words.rename, || Action::Fill(FillAction::NamesRenewed)) }
            </div>
            <ul>{ for model.form.selection.instances.iter().zip(names).map(|(selected, name)| row(cx, selected, name)) }</ul>
        </section>
    }
}

fn row(cx: &ViewCx, selected: &Selected, name: Option<String>) -> Html {
    let words = &cx.language.later_text().batch;
    let instance = selected.instance.as_ref().map_or(&selected.id, |instance| &instance.name);
    let id = selected.id.clone();
    let remove = Button {
        class: Some("quiet-button"),
        ..Button::new((words.remove)(instance), move || Action::Fill(FillAction::InstanceUnselected(id.clone())))
    };
    html! {
        <li key={selected.id.clone()}>
            <div>
                <strong><bdi>{ instance.clone() }</bdi></strong>
                <span class="line id">{ name.unwrap_or_else(|| words.name_unknown.to_owned()) }</span>
            </div>
            { remove.draw(cx) }
        </li>
    }
}

/// How far a press for several has come, above their cards.
pub(super) fn in_view(cx: &ViewCx, model: &Model, creation: &Creation) -> OutcomeView {
    let words = &cx.language.later_text().batch;
    let batch = model.work.batch(creation);
    let summary = Work::summary(&batch);
    let status = html! {
        <>
            <p>{ (words.summary)(&summary) }</p>
            if summary.completed == summary.requested {
                <p>{ words.all_completed }</p>
            }
        </>
    };
    OutcomeView {
        tone: Some(tone(&summary)),
        is_followed: true,
        name: Some((words.heading)(summary.requested).into()),
        head: head(cx, creation.key, &batch, &summary),
        status,
        alert: Html::default(),
        more: more(cx, model, creation, &batch, &summary),
    }
}

/// `Cancel` stands apart from what sends, so that no second click meets that in its place.
fn head(cx: &ViewCx, key: u32, batch: &[&Creation], summary: &BatchSummary) -> Html {
    let heading = (cx.language.later_text().batch.heading)(summary.requested);
    let can_cancel = batch.iter().any(|creation| creation.may_be_cancelled());
    let cancel = || button(cx, cx.language.text().cancel, move || Action::Work(WorkAction::CancelBatch(key)));
    html! {
        <div class="card-head">
            <h3>{ heading }</h3>
            if can_cancel {
                <div class="stop">{ cancel() }</div>
            }
        </div>
    }
}

fn tone(summary: &BatchSummary) -> &'static str {
    if summary.failed + summary.refused + summary.taken + summary.unknown > 0 {
        "refused"
    } else if summary.has_ended() {
        "accepted"
    } else {
        "underway"
    }
}

fn more(cx: &ViewCx, model: &Model, creation: &Creation, batch: &[&Creation], summary: &BatchSummary) -> Html {
    let text = cx.language.later_text();
    let (words, key) = (&text.batch, creation.key);
    let count = |is_meant: fn(&Creation) -> bool| batch.iter().filter(|creation| is_meant(creation)).count();
    let retries = batch.iter().filter(|creation| model.work.may_be_tried_again(creation)).count();
    let looks = count(Creation::wants_a_look);
    let is_refused = |creation: &&&Creation| matches!(creation.stage, Stage::Ended(Outcome::Refused(_)));
    let are_refused = batch.iter().filter(is_refused).count() == retries;
    let buttons = [
        (retries > 0).then(|| Button::press((words.try_again)(retries, are_refused), Press::TryBatchAgain(key))),
        (looks > 0).then(|| {
            // A button that sends a token names the endpoint.
            let is_new = batch.iter().any(|creation| creation.is_resumed());
            let label = if is_new {
                (words.look_again_at)(looks, creation.target.endpoint.typed())
            } else {
                (words.look_again)(looks)
            };
            Button::press(label, Press::LookAgainAtBatch(key))
        }),
    ];
    let has_link = !model.page.is_embedded && model.work.link(creation).is_some() && !summary.has_ended();
    html! {
        <>
            <progress
                aria-label={(words.heading)(summary.requested)}
                max={summary.requested.to_string()}
                value={summary.completed.to_string()}
            ></progress>
            <div class="actions">
                { for buttons.into_iter().flatten().map(|button| button.draw(cx)) }
                if has_link {
                    { copy_button(cx, model, CopyTarget::WatchLink(key), None, text.copy_watch_link) }
                }
                if summary.has_ended() {
                    { copy_button(cx, model, CopyTarget::BatchReceipt(key), None, text.copy_receipt) }
                    { receipt(cx, text.download_receipt, key, Format::Json) }
                    { receipt(cx, words.table, key, Format::Csv) }
                    { button(cx, text.print, || Action::Share(ShareAction::PrintPressed)) }
                }
            </div>
        </>
    }
}

fn receipt(cx: &ViewCx, label: &'static str, key: u32, format: Format) -> Html {
    button(cx, label, move || Action::Share(ShareAction::BatchReceiptPressed(key, format)))
}
