//! What the token says by itself, below its field.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use contract::iam_token::{self, Length, Scope};
use contract::time::UnixSeconds;
use yew::platform::spawn_local;
use yew::platform::time::sleep;
use yew::prelude::*;

use crate::clock::now;
use crate::text::{LanguageText, local_hour};
use crate::view::button::button;
use crate::view::cx::ViewCx;
use console_core::{Action, FillAction, Language, Model};

/// How often the remaining time is shown anew.
const PAUSE: Duration = Duration::from_secs(5);
/// From how many seconds before the end on the page warns.
const SOON: i64 = 30 * 60;

/// What the token says, and what can be done about it.
pub(super) fn token(cx: &ViewCx, model: &Model) -> Html {
    let text = &cx.language.later_text().token;
    let form = &model.form;
    let is_extended = matches!(iam_token::length(form.token.text.expose()), Some(Length::Extended { .. }));
    let says = form.token_content.as_ref().map(|content| {
        let scope = match &content.scope {
            Scope::Project { id, name } => (text.of_project)(name, id),
            Scope::Account { name } => (text.of_account)(name),
            Scope::Unscoped => text.of_nothing.to_owned(),
        };
        html! {
            <div class="note">
                <p>{ (text.says)(&scope, content.user.as_deref()) }</p>
                if let Some(expires) = content.expires {
                    <Validity language={cx.language} expires={expires.0} />
                }
            </div>
        }
    });
    html! {
        <>
            { for says }
            if form.other_token_project().is_some() {
                { button(cx, text.use_project, || Action::Fill(FillAction::UseTokenProjectPressed)) }
            }
            if is_extended {
                { button(cx, text.trim, || Action::Fill(FillAction::TrimTokenPressed)) }
            }
        </>
    }
}

/// The properties of [`Validity`].
#[derive(PartialEq, Properties)]
pub struct ValidityProps {
    /// The language of the page.
    pub language: Language,
    /// Until when the token is valid, in seconds since 1970.
    pub expires: i64,
}

/// How long the token is still valid by this computer's clock. That it has expired is a warning of the field.
#[component]
pub fn Validity(props: &ValidityProps) -> Html {
    let redraw = use_force_update();
    use_effect_with((), move |()| {
        let is_drawn = Rc::new(Cell::new(true));
        let still_drawn = Rc::clone(&is_drawn);
        spawn_local(async move {
            loop {
                sleep(PAUSE).await;
                if !still_drawn.get() {
                    break;
                }
                redraw.force_update();
            }
        });
        move || is_drawn.set(false)
    });
    let text = &props.language.later_text().token;
    let left = props.expires - now().wall.moment().0;
    if left <= 0 {
        return html! { <p>{ text.expired }</p> };
    }
    let until = local_hour(UnixSeconds(props.expires), props.language);
    html! { <p ~className={if left <= SOON { "warning" } else { "" }}>{ (text.valid_until)(&until, left) }</p> }
}
