//! Draws the state and sends actions. It judges nothing and fetches nothing.
//!
//! Classes that change are the property `className` in what the form is drawn from: yew's `Classes` would bring a set of
//! hashed strings along, and whoever opens the page waits for it.

mod backup;
mod button;
mod connection;
mod copying;
mod databases;
mod field;
mod header;
mod notices;
mod outcome;
pub(crate) mod requests;

use std::rc::Rc;

use contract::backup::Status;
use contract::rules::token::Removed;
use contract::rules::{Field, Violation, Warning};
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};
use yew::prelude::*;

use crate::text::LanguageText;
use button::{Button, button};
use console_core::{Action, CopyTarget, Creation, Failed, FieldRefusal, Focus, Input, Language, Notice, State};
use copying::copying;
pub use outcome::OutcomeView;
pub use requests::receipt;

/// What every piece of the page needs.
#[derive(Clone)]
pub struct ViewCx {
    /// The language of the page.
    pub language: Language,
    /// Whether the form can't be edited.
    pub is_locked: bool,
    /// Takes the actions.
    pub dispatch: Callback<Action>,
    /// Draws what has to do with requests, once that part of the program is here.
    pub drawing: Option<&'static Drawing>,
}

impl PartialEq for ViewCx {
    fn eq(&self, other: &Self) -> bool {
        // Nothing that the rest draws is in the page before it is here.
        (self.language, self.is_locked) == (other.language, other.is_locked) && self.dispatch == other.dispatch
    }
}

impl ViewCx {
    /// A callback that sends an action whatever the event was. It makes the action anew each time: to copy one, the page would
    /// need the code that copies everything that any action can have.
    pub fn on<E>(&self, action: impl Fn() -> Action + 'static) -> Callback<E> {
        self.dispatch.reform(move |_| action())
    }

    /// What to do about a broken rule.
    fn violation(&self, violation: &Violation) -> String {
        let words = (self.language.text().violation)(violation);
        match self.drawing {
            // What that part finds it words as well.
            Some(drawing) if words.is_empty() => (drawing.violation)(self.language, violation),
            Some(_) | None => words,
        }
    }

    /// What the user should know; `None` before the part of the program is here that words it. What a token has met is said at
    /// once, and so is that a file couldn't be had: that part may not come either.
    fn notice(&self, notice: &Notice) -> Option<String> {
        let page = &self.language.text().page;
        match notice {
            Notice::LinkHadToken => Some(page.link_had_token.to_owned()),
            Notice::LanguageMissing(_) => Some(page.language_missing.to_owned()),
            Notice::LinkFilled
            | Notice::FormFilled
            | Notice::NotificationsDenied
            | Notice::LinkUnknown(_)
            | Notice::WatchIncomplete
            | Notice::LinkMissed
            | Notice::DraftRestored
            | Notice::Cleared
            | Notice::TokenNotSupplied
            | Notice::PressLapsed
            | Notice::NotCallable
            | Notice::Option(_) => self.drawing.map(|drawing| (drawing.notice)(self.language, notice)),
        }
    }

    /// What was left out of a pasted token.
    fn removed(&self, removed: &[Removed]) -> String {
        self.drawing.map(|drawing| (drawing.removed)(self.language, removed)).unwrap_or_default()
    }

    /// What is unusual.
    fn warning(&self, warning: &Warning) -> String {
        self.drawing.map(|drawing| (drawing.warning)(self.language, warning)).unwrap_or_default()
    }

    /// Why a field was refused.
    fn refused(&self, refusal: FieldRefusal) -> String {
        self.drawing.map(|drawing| (drawing.refused)(self.language, refusal)).unwrap_or_default().to_owned()
    }

    /// Draws something that has to do with requests; nothing before that part of the program is here.
    fn later(&self, draw: impl Fn(&Drawing) -> Draw, state: &State) -> Html {
        self.drawing.map_or_else(Html::default, |drawing| draw(drawing)(self, state))
    }
}

/// Draws a piece of the page.
pub type Draw = fn(&ViewCx, &State) -> Html;

/// Draws requests and all that comes of them: the part of `view` that nobody needs before.
pub struct Drawing {
    /// What became of the newest press.
    pub outcome: fn(&ViewCx, &State) -> OutcomeView,
    /// What became of the others, and what can be done about all of them.
    pub others: Draw,
    /// The backups of an instance.
    pub backups: Draw,
    /// What is printed.
    pub records: Draw,
    /// The request before it is sent.
    pub request: Draw,
    /// The instances to choose from.
    pub instances: Draw,
    /// The databases to choose from.
    pub databases: Draw,
    /// How many characters of the description are left.
    pub counter: fn(Language, &Rc<str>) -> Html,
    /// Why an endpoint isn't called.
    pub violation: fn(Language, &Violation) -> String,
    /// What is unusual.
    pub warning: fn(Language, &Warning) -> String,
    /// What was left out of a pasted token.
    pub removed: fn(Language, &[Removed]) -> String,
    /// Something that the user should know.
    pub notice: fn(Language, &Notice) -> String,
    /// Why a field was refused.
    pub refused: fn(Language, FieldRefusal) -> &'static str,
    /// What became of a copy.
    pub copied: fn(&State, CopyTarget, Result<(), Failed>) -> Html,
    /// What became of the newest backup, in one line.
    pub ended: fn(&State) -> Option<String>,
}

/// Marks in the browser's timeline that a piece is drawn, in debug builds: a test counts what a key draws anew.
fn mark(piece: &str) {
    #[cfg(debug_assertions)]
    if let Some(performance) = gloo_utils::window().performance() {
        // A browser without marks shows none.
        let _ = performance.mark(piece);
    }
    #[cfg(not(debug_assertions))]
    let _ = piece;
}

/// The whole page, or the whole of a part.
pub fn page(state: &State, dispatch: &Callback<Action>, drawing: Option<&'static Drawing>) -> Html {
    let cx = ViewCx { language: state.language, is_locked: state.is_busy(), dispatch: dispatch.clone(), drawing };
    // The answer stays in view as far as the form beside it goes, and no further: what is sticky is so within its parent.
    let content = html! {
        <>
            <div class="sides">
                { form(&cx, state) }
                <div class="answers">{ outcome::activity(&cx, state) }</div>
            </div>
            { cx.later(|drawing| drawing.backups, state) }
        </>
    };
    let has_records = state.work.creations.iter().any(Creation::exists);
    let class = if has_records { "console has-records" } else { "console" };
    html! {
        <div ~className={class} lang={state.language.tag()} onkeydown={on_any_key(&cx)}>
            if !state.is_embedded {
                { skip_link(&cx) }
            }
            { header::header(&cx, state) }
            if state.is_embedded {
                <div class="columns">{ content }</div>
            } else {
                <main class="columns">{ content }</main>
            }
            { cx.later(|drawing| drawing.records, state) }
        </div>
    }
}

fn skip_link(cx: &ViewCx) -> Html {
    let follow = cx.dispatch.reform(|event: MouseEvent| {
        event.prevent_default();
        Action::FieldLinkPressed(Field::InstanceId)
    });
    html! {
        <a class="skip" href={format!("#{}", id_of(Field::InstanceId))} onclick={follow}>
            { cx.language.text().page.skip }
        </a>
    }
}

/// What can be pressed stands beside the form element, not in it: only what names the form submits it (HTML, "form owner" and
/// "implicit submission"), and these are `Create backup` and the six fields. Whatever else comes to stand here does not.
fn form(cx: &ViewCx, state: &State) -> Html {
    let submit = cx.dispatch.reform(|event: SubmitEvent| {
        event.prevent_default();
        Action::SubmitPressed
    });
    let dispatch_keys = cx.dispatch.clone();
    let on_key = Callback::from(move |event: KeyboardEvent| {
        let is_with_control = event.key() == "Enter" && (event.ctrl_key() || event.meta_key());
        if is_with_control && !event.repeat() && !composes(&event) && submits(&event) {
            // The browser would send as well, from a field of one line.
            event.prevent_default();
            dispatch_keys.emit(Action::SubmitPressed);
        }
    });
    let keep_focus = Callback::from(|event: MouseEvent| keep_focus(&event));
    html! {
        <div class="form" onkeydown={on_key} onmousedown={keep_focus}>
            <form id={FORM} hidden=true novalidate=true autocomplete="off" onsubmit={submit}></form>
            { notices::summary(cx, state) }
            { notices::notices(cx, state) }
            { connection::connection(cx, state) }
            { backup::backup(cx, state) }
            { actions(cx, state) }
            { cx.later(|drawing| drawing.request, state) }
        </div>
    }
}

/// Whether a key was pressed in something that submits the form.
fn submits(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|element| element.has_attribute("form"))
}

/// Whether a key belongs to an input method, which takes Enter for the end of a word. WebKit tells the last one by its code
/// alone: 229, "processed by an input method" (UI Events, B.2).
fn composes(event: &KeyboardEvent) -> bool {
    event.is_composing() || event.key_code() == 229
}

/// Escape closes what is open. Enter counts when it goes down, not while it stays there: the focus may have moved since.
fn on_any_key(cx: &ViewCx) -> Callback<KeyboardEvent> {
    let dispatch = cx.dispatch.clone();
    Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
        "Escape" => dispatch.emit(Action::EscapePressed),
        "Enter" if event.repeat() => event.prevent_default(),
        _ => {}
    })
}

/// Keeps the focus in its field while a button is pressed. A field that is left gets its remarks, and these move the
/// buttons below: the press would end beside the button, and the click would be lost.
fn keep_focus(event: &MouseEvent) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    if target.is_some_and(|element| element.closest("button").is_ok_and(|button| button.is_some())) {
        event.prevent_default();
    }
}

/// The title of the document: what became of the newest backup, or that there are faults, in front of the page's name.
pub fn title(state: &State, drawing: Option<&Drawing>) -> String {
    let text = state.language.text();
    let title = state.options.title.as_deref().unwrap_or(text.title);
    if state.is_unsent && state.messages.faulty().next().is_some() {
        return [text.error, title].concat();
    }
    match drawing.and_then(|drawing| (drawing.ended)(state)) {
        Some(ended) => [&ended, " – ", title].concat(),
        None => title.to_owned(),
    }
}

/// The status of a backup in one line.
pub fn announcement(language: Language, name: &str, status: &Status) -> String {
    (language.request_text().follow.ended)(name, status)
}

fn actions(cx: &ViewCx, state: &State) -> Html {
    let text = cx.language.text();
    let clear =
        Button { class: Some("quiet-button"), ..Button::new(text.page.clear_form, || Action::ClearFormPressed) };
    // The second click of a double click is no press of its own, however soon the answer to the first was there.
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
                { text.create_backup }
            </button>
            if cx.is_locked {
                { button(cx, text.cancel, || Action::CancelPressed) }
            }
            { show_request(cx, state) }
            if !state.is_embedded {
                { copying(cx, state, CopyTarget::FormLink, None, text.page.copy_form_link) }
            }
            { clear.draw(cx) }
        </div>
    }
}

/// The button that opens and closes the request.
fn show_request(cx: &ViewCx, state: &State) -> Html {
    let page = &cx.language.text().page;
    let label = if state.request_is_shown { page.hide_request } else { page.show_request };
    let button = Button::new(label, || Action::RequestPressed);
    Button { id: Some(REQUEST), expanded: Some(state.request_is_shown), ..button }.draw(cx)
}

const ANSWER: &str = "answer";
/// The form: named by what submits it.
const FORM: &str = "form";
const SUBMIT: &str = "create-backup";
const ADD_DATABASE: &str = "add-database";
const SUMMARY: &str = "summary";
const REQUEST: &str = "show-request";
const LOAD_INSTANCES: &str = "load-instances";

/// The `id` of a field's input.
pub(crate) fn id_of(field: Field) -> String {
    match field {
        Field::Database(index) => format!("field-database-{index}"),
        _ => format!("field-{}", field.api_name()),
    }
}

/// Moves the focus to something in the console that is drawn in `root`.
pub fn focus(root: &Element, target: Focus) {
    let id = match target {
        Focus::Field(field) => id_of(field),
        Focus::AddDatabase => ADD_DATABASE.to_owned(),
        Focus::Submit => SUBMIT.to_owned(),
        Focus::Summary => SUMMARY.to_owned(),
        Focus::Request => REQUEST.to_owned(),
        Focus::Instances => LOAD_INSTANCES.to_owned(),
    };
    let Some(element) = element(root, &id) else { return };
    let options = FocusOptions::new();
    // A field comes into view with its label and hint, which the browser alone would leave above the screen's edge.
    if let Ok(Some(field)) = element.closest(".field") {
        field.scroll_into_view_with_scroll_into_view_options(&as_little_as_possible());
        options.set_prevent_scroll(true);
    }
    // An element that can't take the focus leaves it where it is.
    let _ = element.focus_with_options(&options);
}

/// What was done in the page's frame, whose fields take text before the program is there.
#[derive(Default)]
pub struct PrerenderInput {
    /// The same as it would have been told by the fields of the console.
    pub actions: Vec<Action>,
    /// The field that has the focus.
    pub focus: Option<Field>,
}

/// Reads what was done in the frame that is in `root`.
pub fn prerender_input(root: &Element) -> PrerenderInput {
    let focused = gloo_utils::document().active_element().map(|element| element.id());
    let mut prerender_input = PrerenderInput::default();
    for field in Field::SINGLE {
        let id = id_of(field);
        let text = element(root, &id).map(|input| field::text_of(&input)).unwrap_or_default();
        let has_focus = focused.as_ref() == Some(&id);
        if has_focus {
            prerender_input.focus = Some(field);
        }
        if !text.is_empty() {
            prerender_input.actions.push(field::edited(field, text, Input::Restored));
            if !has_focus {
                prerender_input.actions.push(Action::Blurred(field));
            }
        }
    }
    prerender_input
}

/// Scrolls the answer into view, as little as possible: on a narrow screen it stands below the form.
pub fn reveal_answer(root: &Element) {
    if let Some(element) = element(root, ANSWER) {
        element.scroll_into_view_with_scroll_into_view_options(&as_little_as_possible());
    }
}

fn as_little_as_possible() -> ScrollIntoViewOptions {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    options
}

/// Looked for in the console itself: a page may have several.
fn element(root: &Element, id: &str) -> Option<HtmlElement> {
    root.query_selector(&format!("#{id}")).ok().flatten().and_then(|element| element.dyn_into().ok())
}
