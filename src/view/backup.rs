//! The backup to create: instance, name, description, databases.

use contract::rules::Field;
use contract::rules::description::{MAX_DESCRIPTION_LENGTH, length};
use yew::prelude::*;

use super::button::FieldButton;
use super::cx::ViewCx;
use super::databases::databases;
use super::field::{Kind, TextField};
use crate::text::LanguageText;
use console_core::{Language, Model};

pub(super) fn backup(cx: &ViewCx, model: &Model) -> Html {
    let text = cx.language.text();
    let (form, messages) = (&model.form, &model.form.messages);
    let counter = cx.later.map_or_else(
        || html! { <p class="note" aria-hidden="true">{ left(cx.language, &form.description.text) }</p> },
        |sections| sections.counter(cx.language, &form.description.text),
    );
    html! {
        <section class="group" aria-labelledby="backup-heading">
            <h2 id="backup-heading">{ text.backup }</h2>
            if form.selects_several() {
                { cx.section(|sections| sections.selection(cx, model)) }
            } else {
                <div class="pair">
                <TextField
                    cx={cx.clone()}
                    field={Field::InstanceId}
                    value={form.instance_id.text.clone()}
                    messages={messages.of(Field::InstanceId)}
                    buttons={vec![FieldButton::LoadInstances, FieldButton::ShowBackups]}
                />
                <TextField
                    cx={cx.clone()}
                    field={Field::Name}
                    value={form.name.text.clone()}
                    messages={messages.of(Field::Name)}
                    buttons={vec![FieldButton::SuggestName]}
                />
                </div>
            }
            { cx.section(|sections| sections.instances(cx, model)) }
            <TextField
                cx={cx.clone()}
                field={Field::Description}
                value={form.description.text.clone()}
                messages={messages.of(Field::Description)}
                kind={Kind::Multiline}
                below={counter}
            />
            if form.offers_databases() && !form.selects_several() {
                { databases(cx, model) }
            }
        </section>
    }
}

/// How many more characters the description may have.
pub(super) fn left(language: Language, description: &str) -> String {
    (language.text().characters_left)(MAX_DESCRIPTION_LENGTH.cast_signed() - length(description).cast_signed())
}
