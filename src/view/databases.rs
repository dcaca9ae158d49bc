//! The list of databases of a partial backup, and which engine the instance has.

use std::rc::Rc;

use contract::instance::Engine;
use contract::rules::Field;
use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::button::{Beside, Button};
use super::field::{Kind, TextField, remarks as draw_remarks};
use super::{ADD_DATABASE, Frame, mark};
use crate::text::LanguageText;
use console_core::{Action, DatabaseEntry, EngineChoice, Form, Remark, Remarks, State};

/// The `id` of what is said about the list as a whole.
const LIST_REMARKS: &str = "field-databases-remarks";

pub(super) fn databases(frame: &Frame, state: &State) -> Html {
    let text = frame.language.text();
    let (form, remarks) = (&state.form, &state.remarks);
    let about_list = remarks.of(Field::Databases);
    html! {
        <fieldset class="databases" aria-describedby="databases-hint">
            <legend>{ text.databases }</legend>
            <p class="hint" id="databases-hint">{ text.databases_hint }</p>
            { frame.later(|drawing| drawing.databases, state) }
            <Entries frame={frame.clone()} databases={form.databases.clone()} remarks={remarks.of_databases()} />
            { draw_remarks(frame, &about_list, LIST_REMARKS.to_owned()) }
            <div class="below-list">
                { Button { id: Some(ADD_DATABASE), ..Button::new(text.add_database, || Action::AddDatabasePressed) }.draw(frame) }
                if !form.databases.is_empty() && form.chosen.is_none() {
                    { engine(frame, form) }
                }
            </div>
        </fieldset>
    }
}

/// What the entries are drawn from.
#[derive(PartialEq, Properties)]
pub struct EntriesProps {
    /// Language, lock and dispatch.
    pub frame: Frame,
    /// The entries.
    pub databases: Rc<Vec<DatabaseEntry>>,
    /// What is said about them, and about the list as a whole.
    pub remarks: Remarks,
}

/// The entries: drawn apart from the rest, so that a key in another field costs the same however many there are.
pub struct Entries;

impl Component for Entries {
    type Message = ();
    type Properties = EntriesProps;

    fn create(_: &Context<Self>) -> Self {
        Self
    }

    fn view(&self, context: &Context<Self>) -> Html {
        mark("databases");
        let EntriesProps { frame, databases, remarks } = context.props();
        let about_list = remarks.of(Field::Databases);
        let entries = databases.iter().enumerate();
        entries.map(|(index, database)| entry(frame, index, database, remarks, &about_list)).collect()
    }
}

fn entry(frame: &Frame, index: usize, database: &DatabaseEntry, remarks: &Remarks, about_list: &[Remark]) -> Html {
    let field = Field::Database(index);
    html! {
        <TextField
            key={database.key}
            frame={frame.clone()}
            {field}
            value={database.entry.text.clone()}
            remarks={remarks.of(field)}
            kind={Kind::Optional}
            also_described_by={(!about_list.is_empty()).then(|| AttrValue::from(LIST_REMARKS))}
            is_faulty_elsewhere={about_list.iter().any(Remark::is_fault)}
            buttons={vec![Beside::RemoveDatabase(index)]}
        />
    }
}

fn engine(frame: &Frame, form: &Form) -> Html {
    let text = frame.language.text();
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
    let onchange = frame.dispatch.reform(move |event: Event| {
        let select = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
        let index = select.map(|select| select.selected_index()).and_then(|index| usize::try_from(index).ok());
        Action::EngineChosen(index.and_then(|index| choices.get(index)).copied().unwrap_or_default())
    });
    html! {
        <div class="engine">
            <label for="engine">{ text.engine }</label>
            <select id="engine" name="engine" disabled={frame.is_locked} {onchange}>{ options }</select>
        </div>
    }
}
