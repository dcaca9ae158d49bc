//! What to back up: instance, name, description, databases.

use contract::rules::Field;
use yew::prelude::*;

use super::counter::Counter;
use super::databases::databases;
use super::field::{Kind, TextField};
use super::{Frame, LOAD_INSTANCES};
use crate::state::{Action, State};

pub(super) fn backup(frame: &Frame, state: &State) -> Html {
    let text = frame.language.text();
    let (form, remarks) = (&state.form, &state.remarks);
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
                >
                    <button
                        id={LOAD_INSTANCES}
                        type="button"
                        onclick={frame.on(Action::LoadInstancesPressed)}
                    >
                        { text.page.load_instances }
                    </button>
                    <button type="button" onclick={frame.on(Action::ShowBackupsPressed)}>{ text.page.show_backups }</button>
                </TextField>
                <TextField
                    frame={frame.clone()}
                    field={Field::Name}
                    value={form.name.text.clone()}
                    remarks={remarks.of(Field::Name)}
                >
                    <button type="button" onclick={frame.on(Action::SuggestNamePressed)}>{ text.page.suggest_name }</button>
                </TextField>
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
