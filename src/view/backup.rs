//! What to back up: instance, name, description, databases.

use contract::rules::Field;
use contract::rules::description::{LONGEST, length};
use yew::prelude::*;

use super::Frame;
use super::button::Beside;
use super::databases::databases;
use super::field::{Kind, TextField};
use crate::text::LanguageText;
use console_core::{Language, State};

pub(super) fn backup(frame: &Frame, state: &State) -> Html {
    let text = frame.language.text();
    let (form, remarks) = (&state.form, &state.remarks);
    let counter = frame.drawing.map_or_else(
        || html! { <p class="note" aria-hidden="true">{ left(frame.language, &form.description.text) }</p> },
        |drawing| (drawing.counter)(frame.language, &form.description.text),
    );
    html! {
        <section class="group" aria-labelledby="backup-heading">
            <h2 id="backup-heading">{ text.backup }</h2>
            <div class="pair">
                <TextField
                    frame={frame.clone()}
                    field={Field::InstanceId}
                    value={form.instance_id.text.clone()}
                    remarks={remarks.of(Field::InstanceId)}
                    buttons={vec![Beside::LoadInstances, Beside::ShowBackups]}
                />
                <TextField
                    frame={frame.clone()}
                    field={Field::Name}
                    value={form.name.text.clone()}
                    remarks={remarks.of(Field::Name)}
                    buttons={vec![Beside::SuggestName]}
                />
            </div>
            { frame.later(|drawing| drawing.instances, state) }
            <TextField
                frame={frame.clone()}
                field={Field::Description}
                value={form.description.text.clone()}
                remarks={remarks.of(Field::Description)}
                kind={Kind::Multiline}
                below={counter}
            />
            if form.offers_databases() {
                { databases(frame, state) }
            }
        </section>
    }
}

/// How many characters of a description are left.
pub(super) fn left(language: Language, description: &str) -> String {
    (language.text().characters_left)(LONGEST.cast_signed() - length(description).cast_signed())
}
