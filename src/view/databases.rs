//! The list of databases of a partial backup, and the instance's engine.

use std::rc::Rc;

use contract::instance::Engine;
use contract::rules::Field;
use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::button::{Button, FieldButton};
use super::cx::ViewCx;
use super::field::{Kind, TextField, messages as draw_remarks};
use super::ids::ADD_DATABASE;
use super::mark::mark;
use crate::text::LanguageText;
use console_core::{Action, DatabaseEntry, EngineChoice, FieldMessage, FieldMessages, Form, FormAction, Model};

/// The `id` of the messages about the list as a whole.
pub(super) const LIST_REMARKS: &str = "field-databases-remarks";

pub(super) fn databases(cx: &ViewCx, model: &Model) -> Html {
    let text = cx.language.text();
    let (form, messages) = (&model.form, &model.form.messages);
    let about_list = messages.of(Field::Databases);
    html! {
        <fieldset class="databases" aria-describedby="databases-hint">
            <legend>{ text.databases }</legend>
            <p class="hint" id="databases-hint">{ cx.databases_hint(form) }</p>
            { cx.section(|sections| sections.databases(cx, model)) }
            <Entries cx={cx.clone()} databases={form.databases.clone()} messages={messages.of_databases()} />
            { cx.section(|sections| sections.individually(cx, model)) }
            { draw_remarks(cx, &about_list, LIST_REMARKS.to_owned()) }
            <div class="below-list">
                { Button { id: Some(ADD_DATABASE), ..Button::new(text.add_database, || Action::Form(FormAction::AddDatabasePressed)) }.draw(cx) }
                if !form.databases.is_empty() && form.chosen.is_none() {
                    { engine(cx, form) }
                }
            </div>
        </fieldset>
    }
}

/// The properties of the entries.
#[derive(PartialEq, Properties)]
pub struct EntriesProps {
    /// Language, lock and dispatch.
    pub cx: ViewCx,
    /// The entries.
    pub databases: Rc<Vec<DatabaseEntry>>,
    /// The messages about them, and about the list as a whole.
    pub messages: FieldMessages,
}

/// The entries: a separate component, so that a keystroke in another field costs the same however many there are.
pub struct Entries;

impl Component for Entries {
    type Message = ();
    type Properties = EntriesProps;

    fn create(_: &Context<Self>) -> Self {
        Self
    }

    fn view(&self, context: &Context<Self>) -> Html {
        mark("databases");
        let EntriesProps { cx, databases, messages } = context.props();
        let about_list = messages.of(Field::Databases);
        let entries = databases.iter().enumerate();
        entries.map(|(index, database)| entry(cx, index, database, messages, &about_list)).collect()
    }
}

fn entry(
    cx: &ViewCx,
    index: usize,
    database: &DatabaseEntry,
    messages: &FieldMessages,
    about_list: &[FieldMessage],
) -> Html {
    let field = Field::Database(index);
    html! {
        <TextField
            key={database.key}
            cx={cx.clone()}
            {field}
            value={database.entry.text.clone()}
            messages={messages.of(field)}
            kind={Kind::Optional}
            also_described_by={(!about_list.is_empty()).then(|| AttrValue::from(LIST_REMARKS))}
            is_faulty_elsewhere={about_list.iter().any(FieldMessage::is_fault)}
            buttons={vec![FieldButton::RemoveDatabase(index)]}
        />
    }
}

fn engine(cx: &ViewCx, form: &Form) -> Html {
    let text = cx.language.text();
    let choices: Vec<EngineChoice> =
        [EngineChoice::FromInstanceId].into_iter().chain(Engine::ALL.map(EngineChoice::Stated)).collect();
    let options = choices.iter().map(|choice| {
        let name = match choice {
            EngineChoice::FromInstanceId => (text.engine_from_id)(form.engine_hint().map(Engine::name)),
            EngineChoice::Stated(engine) => engine.name().to_owned(),
        };
        html! { <option selected={*choice == form.engine}>{ name }</option> }
    });
    let options: Html = options.collect();
    let onchange = cx.dispatch.reform(move |event: Event| {
        let select = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
        let index = select.map(|select| select.selected_index()).and_then(|index| usize::try_from(index).ok());
        Action::Form(FormAction::EngineChosen(index.and_then(|index| choices.get(index)).copied().unwrap_or_default()))
    });
    html! {
        <div class="engine">
            <label for="engine">{ text.engine }</label>
            <select id="engine" name="engine" disabled={cx.is_locked} {onchange}>{ options }</select>
        </div>
    }
}
