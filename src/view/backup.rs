//! What to back up: instance, name, description, databases.

use contract::rules::Field;
use yew::prelude::*;

use super::Frame;
use super::counter::Counter;
use super::databases::databases;
use super::field::{Kind, TextField};
use crate::state::{Form, Remarks};

pub(super) fn backup(frame: &Frame, form: &Form, remarks: &Remarks) -> Html {
    let text = frame.language.text();
    let counter = html! { <Counter language={frame.language} value={form.description.text.clone()} /> };
    html! {
        <section class="group" aria-labelledby="backup-heading">
            <h2 id="backup-heading">{ text.backup }</h2>
            <div class="pair">
                <TextField
                    frame={frame.clone()}
                    field={Field::InstanceId}
                    value={form.instance_id.text.clone()}
                    remarks={remarks.of(Field::InstanceId)}
                />
                <TextField
                    frame={frame.clone()}
                    field={Field::Name}
                    value={form.name.text.clone()}
                    remarks={remarks.of(Field::Name)}
                />
            </div>
            <TextField
                frame={frame.clone()}
                field={Field::Description}
                value={form.description.text.clone()}
                remarks={remarks.of(Field::Description)}
                kind={Kind::Multiline}
                below={counter}
            />
            { databases(frame, form, remarks) }
        </section>
    }
}
