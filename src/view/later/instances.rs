//! The project's instances to choose from. Those that can't be backed up are shown with the reason.

use std::rc::Rc;

use contract::codes::ErrorKind;
use contract::iam_token::Scope;
use contract::instance::{Instance, Unsuitable};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::view::button::{Button, button};

use crate::text::{Advice, LanguageText};
use crate::view::cx::ViewCx;
use crate::view::databases::LIST_REMARKS;
use console_core::{
    Action, Extent, FillAction, Form, FormAction, Loading, MAX_SHOWN, Model, NoResponse, NotSent, WorkAction,
};

/// The `id` of the hint of that box.
const INDIVIDUALLY_HINT: &str = "individually-hint";

pub(super) fn instances(cx: &ViewCx, model: &Model) -> Html {
    let text = cx.language.later_text();
    if !model.shows_instances() {
        return Html::default();
    }
    let matching: Vec<&Rc<Instance>> = model.work.instances.matching().collect();
    let search = cx.dispatch.reform(|event: InputEvent| {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        Action::Work(WorkAction::InstanceSearched(input.map(|input| input.value()).unwrap_or_default()))
    });
    let empty = match (&model.work.instances.loading, model.work.instances.items.is_empty(), matching.is_empty()) {
        (Loading::Done(Extent::Complete), true, _) => Some((text.lists.no_instances)(project(model))),
        (_, false, true) => Some(text.lists.no_match.to_owned()),
        _ => None,
    };
    html! {
        <section class="instances" aria-label={text.lists.instances}>
            <div class="field">
                <label for="instance-search">{ text.lists.search_instances }</label>
                <input id="instance-search" type="search" autocomplete="off" value={model.work.instances.search.clone()} oninput={search} />
            </div>
            <p class="note" role="status">{ progress(cx, &model.work.instances.loading, model.work.instances.items.len()) }</p>
            { for empty.map(|sentence| html! { <p class="quiet">{ sentence }</p> }) }
            if !matching.is_empty() {
                <div>{ button(cx, text.batch.select_shown, || Action::Fill(FillAction::ShownSelected)) }</div>
            }
            <ul>{ for model.work.instances.shown().map(|instance| item(cx, model, instance)) }</ul>
            if matching.len() > MAX_SHOWN {
                <p class="note">{ (text.lists.shown)(MAX_SHOWN, matching.len()) }</p>
            }
        </section>
    }
}

/// The project whose instances were asked for: as the token calls it, or else by its ID.
fn project(model: &Model) -> &str {
    let id = model.work.instances.project_id().unwrap_or_default();
    match model.form.token_content.as_ref().map(|content| &content.scope) {
        Some(Scope::Project { id: of_token, name }) if of_token == id => name,
        Some(Scope::Project { .. } | Scope::Account { .. } | Scope::Unscoped) | None => id,
    }
}

/// The databases that the API lists, as check boxes.
pub(super) fn databases(cx: &ViewCx, model: &Model) -> Html {
    if model.work.instances.databases.is_empty() || model.form.chosen.is_none() {
        return Html::default();
    }
    let boxes = model.work.instances.databases.iter().enumerate().map(|(index, name)| {
        let id = format!("tick-{index}");
        let checked = model.form.databases.iter().any(|database| *database.entry.text == **name);
        let ticked = name.clone();
        let tick = cx.on(move || Action::Fill(FillAction::DatabaseTicked(ticked.clone())));
        html! {
            <div key={name.clone()} class="tick">
                <input id={id.clone()} type="checkbox" {checked} disabled={cx.is_locked} onchange={tick} />
                <label for={id}>{ name.clone() }</label>
            </div>
        }
    });
    html! {
        <div class="ticks" role="group" aria-label={cx.language.later_text().lists.databases_found}>{ for boxes }</div>
    }
}

/// Whether each database is to be backed up individually, where the cloud has that.
pub(super) fn individually(cx: &ViewCx, form: &Form) -> Html {
    if !form.offers_individually() {
        return Html::default();
    }
    let text = &cx.language.later_text().lists;
    let is_faulty = !form.partial_backups().can_be_individual;
    let described_by =
        if is_faulty { [INDIVIDUALLY_HINT, " ", LIST_REMARKS].concat() } else { INDIVIDUALLY_HINT.into() };
    let tick = cx.dispatch.reform(|event: Event| {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        Action::Form(FormAction::IndividuallyTicked(input.is_some_and(|input| input.checked())))
    });
    html! {
        <div class="individually">
            <div class="tick">
                <input id="individually" type="checkbox" checked={form.wants_individually()} disabled={cx.is_locked} onchange={tick}
                    aria-describedby={described_by} aria-invalid={is_faulty.then_some("true")} />
                <label for="individually">{ text.individually }</label>
            </div>
            <p class="hint" id={INDIVIDUALLY_HINT}>{ text.individually_hint }</p>
        </div>
    }
}

/// The progress of reading a list, or why it couldn't be read.
pub(super) fn progress(cx: &ViewCx, loading: &Loading, loaded: usize) -> Html {
    let text = cx.language.later_text();
    match loading {
        Loading::NotAsked | Loading::Done(Extent::Complete) => Html::default(),
        Loading::Done(Extent::Truncated) => html! { { text.lists.truncated } },
        Loading::Done(Extent::Shifted) => html! { { text.lists.shifted } },
        Loading::NoToken => html! { { (text.lists.failed)(text.lists.no_token) } },
        Loading::Underway { total, .. } => html! {
            <>
                { (text.lists.loading)(loaded, *total) }
                <progress max={total.map(|total| total.to_string())} value={total.map(|_| loaded.to_string())}></progress>
            </>
        },
        Loading::Refused(failure) => {
            let punctuation = &cx.language.text().punctuation;
            let Advice { heading, detail } = (text.error_kind)(failure.error_kind);
            let code = failure.code.clone().unwrap_or_default();
            let (said, more) = if failure.error_kind == ErrorKind::WebServerLogin {
                (heading.to_owned(), Some(detail.to_owned()))
            } else {
                let clue = failure.token_clue.as_deref().map(text.token.clue);
                (punctuation.with_note(heading, Some(&format!("HTTP {} {code}", failure.status))), clue)
            };
            html! {
                <>
                    { (text.lists.failed)(&said) }
                    { for more.map(|more| [punctuation.stop, &more].concat()) }
                </>
            }
        }
        Loading::Unanswered(NoResponse::Forbidden) => {
            html! { { (text.lists.failed)(&(text.creation.not_sent)(&NotSent::Forbidden, "", false)) } }
        }
        Loading::Unanswered(_) => html! { { (text.lists.failed)(text.lists.unanswered) } },
    }
}

fn item(cx: &ViewCx, model: &Model, instance: &Instance) -> Html {
    let text = cx.language.later_text();
    let is_chosen =
        !model.form.selects_several() && model.form.chosen.as_ref().is_some_and(|chosen| chosen.id == instance.id);
    let facts =
        [&instance.datastore, &(text.lists.role)(&instance.role), &instance.status].map(String::as_str).join(" · ");
    html! {
        <li key={instance.id.clone()} ~className={if is_chosen { "chosen" } else { "" }}>
            { tick(cx, model, instance) }
            <div>
                <strong><bdi>{ instance.name.clone() }</bdi></strong>
                <span class="line quiet">{ facts }</span>
                <span class="line id">{ instance.id.clone() }</span>
            </div>
            { choice(cx, model, instance, is_chosen) }
        </li>
    }
}

/// The check box that selects an instance among several; with Shift, all between it and the one before.
fn tick(cx: &ViewCx, model: &Model, instance: &Instance) -> Html {
    // What is selected can be unticked, whatever it has become since.
    if instance.unsuitable().is_some() && !model.form.selection.has(&instance.id) {
        return Html::default();
    }
    let (dispatch, id) = (cx.dispatch.clone(), instance.id.clone());
    let onclick = Callback::from(move |event: MouseEvent| {
        dispatch.emit(Action::Fill(FillAction::InstanceTicked { id: id.clone(), extends: event.shift_key() }));
    });
    html! {
        <input
            type="checkbox"
            class="select"
            aria-label={(cx.language.later_text().batch.select)(&instance.name)}
            checked={model.form.selection.has(&instance.id)}
            disabled={cx.is_locked}
            {onclick}
        />
    }
}

/// The action of a button that chooses an instance.
fn chooses(instance: &Instance) -> impl Fn() -> Action + use<> {
    let id = instance.id.clone();
    move || Action::Fill(FillAction::InstanceChosen(id.clone()))
}

fn choice(cx: &ViewCx, model: &Model, instance: &Instance, is_chosen: bool) -> Html {
    let text = cx.language.later_text();
    let Some(unsuitable) = instance.unsuitable() else {
        let label = if is_chosen { text.lists.chosen.to_owned() } else { (text.lists.choose)(&instance.name) };
        return Button { pressed: Some(is_chosen), ..Button::new(label, chooses(instance)) }.draw(cx);
    };
    let primary = match &unsuitable {
        Unsuitable::ReadReplica(Some(id)) => model.work.instances.find(id),
        Unsuitable::ReadReplica(None) | Unsuitable::Status(_) => None,
    };
    html! {
        <div class="reason">
            <p class="warning">{ (text.lists.unsuitable)(&unsuitable, primary.map(|primary| primary.name.as_str())) }</p>
            if let Some(primary) = primary {
                { button(cx, (text.lists.choose_primary)(&primary.name), chooses(primary)) }
            }
        </div>
    }
}
