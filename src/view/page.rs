//! The whole page.

use console_core::{Action, AppAction, CopyTarget, Creation, FormAction, Model, Press, ShareAction};
use contract::rules::Field;
use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

use super::button::{Button, button};
use super::copy_button::copy_button;
use super::cx::{Sections, ViewCx};
use super::ids::{FORM, REQUEST, SUBMIT, id_of};
use super::key::composes;
use super::{backup, connection, header, notices, outcome};
use crate::text::LanguageText;

/// The whole page, or the whole embedded console.
pub fn page(model: &Model, dispatch: &Callback<Action>, later: Option<&'static dyn Sections>) -> Html {
    let cx = ViewCx { language: model.page.language, is_locked: model.is_locked(), dispatch: dispatch.clone(), later };
    // The answer stays in view only as far as the form beside it extends: a sticky element stays within its parent.
    let content = html! {
        <>
            <div class="sides">
                { form(&cx, model) }
                <div class="answers">{ outcome::activity(&cx, model) }</div>
            </div>
            { cx.section(|sections| sections.backups(&cx, model)) }
        </>
    };
    let has_records = model.work.creations.iter().any(Creation::exists);
    let class = if has_records { "console has-records" } else { "console" };
    html! {
        <div ~className={class} lang={model.page.language.tag()} onkeydown={on_any_key(&cx)}>
            if !model.page.is_embedded {
                { skip_link(&cx) }
            }
            { header::header(&cx, model) }
            if model.page.is_embedded {
                <div class="columns">{ content }</div>
            } else {
                <main class="columns">{ content }</main>
            }
            { cx.section(|sections| sections.records(&cx, model)) }
        </div>
    }
}

fn skip_link(cx: &ViewCx) -> Html {
    let follow = cx.dispatch.reform(|event: MouseEvent| {
        event.prevent_default();
        Action::Form(FormAction::FieldLinkPressed(Field::InstanceId))
    });
    html! {
        <a class="skip" href={format!("#{}", id_of(Field::InstanceId))} onclick={follow}>
            { cx.language.text().page.skip }
        </a>
    }
}

/// Buttons are beside the form element, not in it: only elements that name the form submit it (HTML, "form owner" and
/// "implicit submission"), and these are `Create backup` and the six fields. Anything added here later doesn't.
fn form(cx: &ViewCx, model: &Model) -> Html {
    let submit = cx.dispatch.reform(|event: SubmitEvent| {
        event.prevent_default();
        Action::Press(Press::Submit)
    });
    let dispatch_keys = cx.dispatch.clone();
    let undo_key = cx.later.map(|sections| sections.undo_key(cx, model));
    let on_key = Callback::from(move |event: KeyboardEvent| {
        if let Some(undo_key) = &undo_key {
            undo_key.emit(event.clone());
        }
        let is_with_control = event.key() == "Enter" && (event.ctrl_key() || event.meta_key());
        if is_with_control && !event.repeat() && !composes(&event) && submits(&event) {
            // From a single-line field, the browser would submit as well.
            event.prevent_default();
            dispatch_keys.emit(Action::Press(Press::Submit));
        }
    });
    let keep_focus = Callback::from(|event: MouseEvent| keep_focus(&event));
    html! {
        <div class="form" onkeydown={on_key} onmousedown={keep_focus}>
            <form id={FORM} hidden=true novalidate=true autocomplete="off" onsubmit={submit}></form>
            { notices::summary(cx, model) }
            { notices::notices(cx, model) }
            { connection::connection(cx, model) }
            { backup::backup(cx, model) }
            { actions(cx, model) }
            { cx.section(|sections| sections.request(cx, model)) }
        </div>
    }
}

/// Whether a key was pressed in an element that submits the form.
fn submits(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|element| element.has_attribute("form"))
}

/// Escape closes what is open. Enter counts when it is pressed, not while it is held: the focus may have moved since.
fn on_any_key(cx: &ViewCx) -> Callback<KeyboardEvent> {
    let dispatch = cx.dispatch.clone();
    Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
        _ if composes(&event) => {}
        "Escape" => dispatch.emit(Action::App(AppAction::EscapePressed)),
        "Enter" if event.repeat() => event.prevent_default(),
        _ => {}
    })
}

/// Keeps the focus in its field while a button is pressed. Messages appear when a field loses the focus, and move the
/// buttons below: the mouse would be released beside the button, and the click would be lost.
fn keep_focus(event: &MouseEvent) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    if target.is_some_and(|element| element.closest("button").is_ok_and(|button| button.is_some())) {
        event.prevent_default();
    }
}

fn actions(cx: &ViewCx, model: &Model) -> Html {
    let text = cx.language.text();
    let clear = Button {
        class: Some("quiet-button"),
        ..Button::new(text.page.clear_form, || Action::Form(FormAction::ClearFormPressed))
    };
    // The second click of a double click isn't a press, however soon the answer to the first one came.
    let once = Callback::from(|event: MouseEvent| {
        if event.detail() > 1 {
            event.prevent_default();
        }
    });
    html! {
        <div class="actions">
            // Not `disabled`, which would take the focus away.
            <button
                id={SUBMIT}
                type="submit"
                form={FORM}
                class="primary"
                aria-disabled={cx.is_locked.then_some("true")}
                onclick={once}
            >
                { create_label(cx, model) }
            </button>
            if cx.is_locked {
                { button(cx, text.cancel, || Action::App(AppAction::CancelPressed)) }
            }
            { show_request(cx, model) }
            if !model.page.is_embedded {
                { copy_button(cx, model, CopyTarget::FormLink, None, text.page.copy_form_link) }
            }
            { clear.draw(cx) }
        </div>
    }
}

/// The label of the button that sends.
fn create_label(cx: &ViewCx, model: &Model) -> String {
    let count = model.form.selection.instances.len();
    let several = cx.later.filter(|_| count > 0).map(|sections| sections.create(cx.language, count));
    several.unwrap_or_else(|| cx.language.text().create_backup.to_owned())
}

/// The button that opens and closes the request.
fn show_request(cx: &ViewCx, model: &Model) -> Html {
    let page = &cx.language.text().page;
    let label = if model.page.request_is_shown { page.hide_request } else { page.show_request };
    let button = Button::new(label, || Action::Share(ShareAction::PreviewToggled));
    Button { id: Some(REQUEST), expanded: Some(model.page.request_is_shown), ..button }.draw(cx)
}
