//! An accessible field: label, hint, input and messages, linked to each other.

use std::rc::Rc;

use contract::rules::Field;
use contract::secret::Secret;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, EventTarget, HtmlInputElement};
use yew::prelude::*;

use super::button::FieldButton;
use super::cx::ViewCx;
use super::ids::{FORM, id_of};
use super::mark::mark;
use crate::text::LanguageText;
use console_core::{Action, FieldMessage, FormAction, Input, takes_over_paste};

/// The properties of a field.
#[derive(PartialEq, Properties)]
pub struct TextFieldProps {
    /// Language, lock and dispatch.
    pub cx: ViewCx,
    /// Which field it is.
    pub field: Field,
    /// The text as typed, unless it is a secret.
    #[prop_or_default]
    pub value: Rc<str>,
    /// The text as typed, if it is a secret.
    #[prop_or_default]
    pub secret: Secret,
    /// The messages about it.
    pub messages: Rc<[FieldMessage]>,
    /// The kind of input.
    #[prop_or_default]
    pub kind: Kind,
    /// The `id` of a list of suggestions.
    #[prop_or_default]
    pub suggestions: Option<AttrValue>,
    /// The `id` of a message elsewhere that is also about this field.
    #[prop_or_default]
    pub also_described_by: Option<AttrValue>,
    /// Whether that message is an error in this field.
    #[prop_or_default]
    pub is_faulty_elsewhere: bool,
    /// Elements beside the input.
    #[prop_or_default]
    pub buttons: Vec<FieldButton>,
    /// Elements below the input.
    #[prop_or_default]
    pub below: Html,
}

/// A kind of input.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// One line that must be filled in.
    #[default]
    Required,
    /// One line that must be filled in, displayed as dots.
    Secret,
    /// A secret that is displayed as text.
    ShownSecret,
    /// One line that may stay empty.
    Optional,
    /// Several lines that may stay empty.
    Multiline,
}

/// A field.
pub struct TextField {
    node: NodeRef,
}

impl Component for TextField {
    type Message = ();
    type Properties = TextFieldProps;

    fn create(_: &Context<Self>) -> Self {
        Self { node: NodeRef::default() }
    }

    fn rendered(&mut self, context: &Context<Self>, _: bool) {
        if context.props().kind.is_secret() {
            show_secret(&self.node, &context.props().secret);
        }
    }

    fn view(&self, context: &Context<Self>) -> Html {
        let props = context.props();
        let text = props.cx.language.text();
        let id = id_of(props.field);
        mark(&id);
        let hint = (text.hint)(props.field);
        html! {
            <div ~className={["field field-", props.field.api_name()].concat()}>
                <label for={id.clone()}>{ (text.label)(props.field) }</label>
                if !hint.is_empty() {
                    <p class="hint" id={format!("{id}-hint")}>{ hint }</p>
                }
                <div class="input">
                    { input(props, &id, !hint.is_empty(), self.node.clone()) }
                    { for props.buttons.iter().map(|beside| beside.button(text).draw(&props.cx)) }
                </div>
                { messages(&props.cx, &props.messages, format!("{id}-remarks")) }
                { props.below.clone() }
            </div>
        }
    }
}

/// The messages about a field, with an `id` that the field refers to.
pub(super) fn messages(cx: &ViewCx, messages: &[FieldMessage], id: String) -> Html {
    if messages.is_empty() {
        return Html::default();
    }
    let text = cx.language.text();
    let lines = messages.iter().map(|message| {
        let (class, prefix, sentence) = match message {
            FieldMessage::Fault(violation) => ("fault", text.error, cx.violation(violation)),
            FieldMessage::Refused(refusal) => ("fault", text.error, cx.refused(*refusal)),
            FieldMessage::Warning(warning) => ("warning", text.warning_prefix, cx.warning(warning)),
        };
        html! { <p ~className={class}><span class="unseen">{ prefix }</span>{ sentence }</p> }
    });
    html! { <div class="remarks" {id}>{ for lines }</div> }
}

impl Kind {
    fn is_secret(self) -> bool {
        matches!(self, Self::Secret | Self::ShownSecret)
    }
}

/// Sets a secret as the value of its input. An attribute would leave a copy in yew's virtual DOM.
fn show_secret(node: &NodeRef, secret: &Secret) {
    let Some(input) = node.cast::<HtmlInputElement>() else { return };
    // Setting the value moves the cursor, so it is only set if it differs.
    if Secret::new(input.value()) != *secret {
        input.set_value(secret.expose());
    }
}

fn input(props: &TextFieldProps, id: &str, has_hint: bool, node: NodeRef) -> Html {
    let is_faulty = props.is_faulty_elsewhere || props.messages.iter().any(FieldMessage::is_fault);
    let mut described_by = String::new();
    let mut describe = |id: &str| {
        if !described_by.is_empty() {
            described_by.push(' ');
        }
        described_by.push_str(id);
    };
    if has_hint {
        describe(&format!("{id}-hint"));
    }
    if !props.messages.is_empty() {
        describe(&format!("{id}-remarks"));
    }
    if let Some(also) = &props.also_described_by {
        describe(also);
    }
    let described_by = (!described_by.is_empty()).then_some(described_by);
    let invalid = is_faulty.then_some("true");
    let is_required = props.kind == Kind::Required || props.kind.is_secret();
    let value = (!props.kind.is_secret()).then(|| AttrValue::from(Rc::clone(&props.value)));
    let (id, name) = (id.to_owned(), props.field.api_name());
    let form = Field::SINGLE.contains(&props.field).then_some(FORM);
    let field = props.field;
    let (oninput, onpaste, onblur) =
        (on_input(props), on_paste(props), props.cx.on(move || Action::Form(FormAction::Blurred(field))));
    if props.kind == Kind::Multiline {
        return html! {
            <textarea
                {id} {name} {form} {value} {oninput} {onblur}
                rows="2"
                readonly={props.cx.is_locked}
                aria-invalid={invalid}
                aria-describedby={described_by}
            />
        };
    }
    html! {
        <input
            ref={node}
            {id} {name} {form} {value} {oninput} {onpaste} {onblur}
            type={if props.kind == Kind::Secret { "password" } else { "text" }}
            autocomplete="off"
            autocapitalize="none"
            spellcheck="false"
            list={props.suggestions.clone()}
            readonly={props.cx.is_locked}
            aria-required={is_required.then_some("true")}
            aria-invalid={invalid}
            aria-describedby={described_by}
        />
    }
}

fn on_input(props: &TextFieldProps) -> Callback<InputEvent> {
    let field = props.field;
    props.cx.dispatch.reform(move |event: InputEvent| {
        // Choosing a suggestion causes an event without an input type.
        let kind = event.dyn_ref::<InputEvent>().map(InputEvent::input_type);
        let is_paste = matches!(kind.as_deref(), Some("insertFromPaste" | "insertFromDrop"));
        let text = event.target().as_ref().map(text_of).unwrap_or_default();
        edited(field, text, if is_paste { Input::Pasted } else { Input::Typed })
    })
}

/// A field's new text; a token becomes a secret here.
pub(super) fn edited(field: Field, text: String, input: Input) -> Action {
    Action::Form(if field == Field::Token {
        FormAction::TokenEdited(Secret::new(text), input)
    } else {
        FormAction::Edited(field, text, input)
    })
}

/// The text of an input or a text area: both have a `value`.
pub(super) fn text_of(target: &EventTarget) -> String {
    target.unchecked_ref::<HtmlInputElement>().value()
}

/// The start and end of the selection in an input or a text area. A text area has properties of the same names.
pub(super) fn selection_of(target: &EventTarget) -> Option<(u32, u32)> {
    let input = target.unchecked_ref::<HtmlInputElement>();
    input.selection_start().ok()?.zip(input.selection_end().ok()?)
}

/// Selects text in an input or a text area.
pub(super) fn select(target: &EventTarget, (start, end): (u32, u32)) {
    // If the text is shorter now, as much as there is.
    let _ = target.unchecked_ref::<HtmlInputElement>().set_selection_range(start, end);
}

fn on_paste(props: &TextFieldProps) -> Callback<Event> {
    let (field, is_locked, dispatch) = (props.field, props.cx.is_locked, props.cx.dispatch.clone());
    Callback::from(move |event: Event| {
        let pasted = event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data);
        let Some(text) = pasted.and_then(|data| data.get_data("text").ok()).filter(|_| !is_locked) else { return };
        if takes_over_paste(field, &text, everything_is_selected(&event)) {
            event.prevent_default();
            dispatch.emit(if let Field::Database(index) = field {
                Action::Form(FormAction::DatabasesPasted(index, text))
            } else {
                edited(field, text, Input::Pasted)
            });
        }
    })
}

/// Whether a paste would replace the whole text of the input.
fn everything_is_selected(event: &Event) -> bool {
    let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else {
        return false;
    };
    let start = input.selection_start().ok().flatten().unwrap_or_default();
    let end = input.selection_end().ok().flatten().unwrap_or_default();
    // The selection is in UTF-16 units.
    start == 0 && end as usize >= input.value().encode_utf16().count()
}
