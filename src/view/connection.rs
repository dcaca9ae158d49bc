//! The connection to the API: token, endpoint, project ID.

use contract::rules::Field;
use yew::prelude::*;

use super::button::{Button, FieldButton};
use super::cx::ViewCx;
use super::field::{Kind, TextField};
use super::ids::TOKEN_SAYS;
use crate::text::LanguageText;
use console_core::{Action, FormAction, Model, TokenInput};

pub(super) fn connection(cx: &ViewCx, model: &Model) -> Html {
    let text = cx.language.text();
    let (form, messages) = (&model.form, &model.form.messages);
    let regions = model.page.options.endpoints.iter().map(|suggested| {
        html! { <option value={suggested.address.clone()}>{ suggested.name.clone() }</option> }
    });
    html! {
        <section class="group" aria-labelledby="connection-heading">
            <h2 id="connection-heading">{ text.connection }</h2>
            if !form.token_is_supplied() {
                { token(cx, model) }
            }
            <div class="pair">
                <TextField
                    cx={cx.clone()}
                    field={Field::Endpoint}
                    value={form.endpoint.text.clone()}
                    messages={messages.of(Field::Endpoint)}
                    suggestions="endpoints"
                />
                <datalist id="endpoints">{ for regions }</datalist>
                { endpoints(cx, model) }
                <TextField
                    cx={cx.clone()}
                    field={Field::ProjectId}
                    value={form.project_id.text.clone()}
                    messages={messages.of(Field::ProjectId)}
                />
            </div>
            <div class="note" role="status">
                if form.url_was_split {
                    <p>{ text.url_was_split }</p>
                }
            </div>
        </section>
    }
}

/// Other endpoints, one press away. Apart from the field, since each key anywhere draws them anew.
fn endpoints(cx: &ViewCx, model: &Model) -> Html {
    let meant = cx.section(|sections| sections.endpoint(cx, model));
    let unconfirmed = model.form.unconfirmed_endpoint();
    if meant == Html::default() && unconfirmed.is_none() {
        return Html::default();
    }
    let use_token_at = cx.language.text().use_token_at;
    html! {
        <div class="beneath">
            { meant }
            { for unconfirmed.map(|endpoint| confirm(use_token_at(endpoint.typed())).draw(cx)) }
        </div>
    }
}

fn confirm(words: String) -> Button {
    Button { class: Some("confirm"), ..Button::new(words, || Action::Form(FormAction::EndpointConfirmed)) }
}

fn token(cx: &ViewCx, model: &Model) -> Html {
    let (text, form) = (cx.language.text(), &model.form);
    let token = form.token.text.expose();
    let is_shown = form.token_input == TokenInput::Shown;
    let buttons = vec![FieldButton::RevealToken(is_shown), FieldButton::ForgetToken];
    let below = html! {
        <>
            // Its place is kept, so that nothing below moves as the token comes.
            <div class="about-token">
                if !token.is_empty() {
                    <p class="note">{ (text.token_summary)(token.chars().count(), visible_end(token)) }</p>
                }
                { cx.section(|sections| sections.token(cx, model)) }
            </div>
            <div class="note" role="status">
                if !form.token_removed.is_empty() {
                    <p>{ cx.removed(&form.token_removed) }</p>
                }
                if form.token_has_lapsed {
                    <p>{ text.token_has_lapsed }</p>
                }
            </div>
        </>
    };
    html! {
        <TextField
            cx={cx.clone()}
            field={Field::Token}
            secret={form.token.text.clone()}
            messages={form.messages.of(Field::Token)}
            also_described_by={form.token_content.is_some().then_some(AttrValue::Static(TOKEN_SAYS))}
            kind={if is_shown { Kind::ShownSecret } else { Kind::Secret }}
            {below}
            {buttons}
        />
    }
}

/// The last four characters, to distinguish tokens; for a short text they would reveal too much.
fn visible_end(token: &str) -> Option<&str> {
    let (hidden, end) = token.split_at_checked(token.len().checked_sub(4)?)?;
    (hidden.len() >= 60).then_some(end)
}
