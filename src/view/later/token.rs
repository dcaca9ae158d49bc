//! What the token says by itself, below its field.

use contract::command::ISSUE_TOKEN_BY_OPENSTACK;
use contract::iam_token::Scope;
use contract::iam_token::TokenProblem;
use contract::rules::{Field, Warning};
use contract::time::UnixSeconds;
use gloo_timers::callback::Interval;
use yew::prelude::*;

use super::answer::labelled_copy_button;
use crate::clock::now;
use crate::text::{LanguageText, local_hour, local_time};
use crate::view::button::Button;
use crate::view::cx::ViewCx;
use crate::view::ids::TOKEN_SAYS;
use console_core::{Action, CopyTarget, FieldMessage, FillAction, Language, Model};

/// How often the remaining time is shown anew, in milliseconds.
const PAUSE: u32 = 5_000;
/// For how many seconds from now on the day of the week says which day it is.
const DAYS: i64 = 6 * 24 * 60 * 60;
/// From how many seconds before the end on the page warns.
const SOON: i64 = 30 * 60;

/// What the token says, and what can be done about it.
pub(super) fn token(cx: &ViewCx, model: &Model) -> Html {
    let later = cx.language.later_text();
    let text = &later.token;
    let form = &model.form;
    let messages = form.messages.of(Field::Token);
    // The warning says it already.
    let is_expired =
        messages.iter().any(|said| matches!(said, FieldMessage::Warning(Warning::Token(TokenProblem::Expired { .. }))));
    let is_issued_later =
        messages.iter().any(|said| matches!(said, FieldMessage::Warning(Warning::TokenIssuedLater { .. })));
    let says = form.token_content.as_ref().map(|content| {
        let scope = match &content.scope {
            // Where the form has it already, the ID says nothing new.
            Scope::Project { id, name } if *form.project_id.text == **id => (text.of_project)(name, None),
            Scope::Project { id, name } => (text.of_project)(name, Some(id)),
            Scope::Account { name } => (text.of_account)(name),
            Scope::Unscoped => text.of_nothing.to_owned(),
        };
        html! {
            <p class="note" id={TOKEN_SAYS}>
                { (text.says)(&scope, content.user.as_deref()) }
                // By a clock that is behind nobody can tell how long.
                if let Some(expires) = content.expires.filter(|_| !is_expired && !is_issued_later) {
                    { " " }<Validity language={cx.language} expires={expires.0} />
                }
            </p>
        }
    });
    let is_wanted = form.token.text.is_empty() || form.token_has_lapsed || !messages.is_empty();
    html! {
        <>
            { for says }
            if form.other_token_project().is_some() {
                { confirm(text.use_project, || Action::Fill(FillAction::UseTokenProjectPressed)).draw(cx) }
            }
            if form.can_trim_token() {
                { confirm(text.trim, || Action::Fill(FillAction::TrimTokenPressed)).draw(cx) }
            }
            if is_wanted {
                <details>
                    <summary>{ text.how_to_get }</summary>
                    <p class="note">{ text.how_to_get_detail }</p>
                    { labelled_copy_button(cx, model, CopyTarget::TokenByCurl) }
                    <pre tabindex="0" aria-label={later.curl}>{ form.command_for_token() }</pre>
                    { labelled_copy_button(cx, model, CopyTarget::TokenByOpenStack) }
                    <pre tabindex="0" aria-label={later.openstack}>{ ISSUE_TOKEN_BY_OPENSTACK }</pre>
                </details>
            }
        </>
    }
}

/// The endpoint that is probably meant, one press away.
pub(super) fn endpoint(cx: &ViewCx, model: &Model) -> Html {
    let Some(address) = model.form.meant_endpoint(&model.page.options.endpoints) else { return Html::default() };
    let words = (cx.language.later_text().token.use_endpoint)(&address);
    confirm(words, move || Action::Fill(FillAction::UseEndpointPressed(address.clone()))).draw(cx)
}

fn confirm(words: impl Into<AttrValue>, action: impl Fn() -> Action + 'static) -> Button {
    Button { class: Some("confirm"), ..Button::new(words, action) }
}

/// The properties of [`Validity`].
#[derive(PartialEq, Properties)]
pub struct ValidityProps {
    /// The language of the page.
    pub language: Language,
    /// Until when the token is valid, in seconds since 1970.
    pub expires: i64,
}

/// How long the token is still valid by this computer's clock, or that it isn't any more.
#[component]
pub fn Validity(props: &ValidityProps) -> Html {
    let redraw = use_force_update();
    use_effect_with((), move |()| {
        let interval = Interval::new(PAUSE, move || redraw.force_update());
        // Dropping it ends it.
        move || drop(interval)
    });
    let text = &props.language.later_text().token;
    let left = props.expires - now().wall.moment().0;
    let expires = UnixSeconds(props.expires);
    // A day of the week alone says too little of a later one.
    let until = if left < DAYS { local_hour(expires, props.language) } else { local_time(expires, props.language) };
    // What changes every minute is announced twice only.
    let announced = if left <= 0 {
        text.expired
    } else if left <= SOON {
        text.ends_soon
    } else {
        ""
    };
    html! {
        <>
            if left > 0 {
                <span ~className={if left <= SOON { "warning" } else { "" }}>{ (text.valid_until)(&until, left) }</span>
            } else {
                <span class="warning" aria-hidden="true">{ text.expired }</span>
            }
            <span class="unseen" role="status">{ announced }</span>
        </>
    }
}
