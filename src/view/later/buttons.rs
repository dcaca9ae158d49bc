//! The available actions for a creation, by its stage.

use yew::prelude::*;

use crate::text::LanguageText;
use crate::view::button::{Button, button};
use crate::view::copy_button::copy_button;
use crate::view::cx::ViewCx;
use console_core::{
    Action, Blocker, CopyTarget, Creation, FillAction, Model, NotSent, Outcome, Press, Repeat, ShareAction, Stage,
    Unknown, WorkAction,
};
use contract::codes::Retry;

/// The buttons of a card. `is_in_view`: whether it is the card of the newest press.
pub(super) fn buttons(cx: &ViewCx, model: &Model, creation: &Creation, is_in_view: bool) -> Html {
    let take_target = model.is_elsewhere(creation).then(|| take_target(cx, creation));
    let key = creation.key;
    let dismiss = creation
        .may_be_dismissed()
        .then(|| Button::new(cx.language.text().page.dismiss, move || Action::Work(WorkAction::Dismiss(key))));
    let wanted: Vec<Button> = take_target.into_iter().chain(wanted(cx, model, creation)).chain(dismiss).collect();
    let exists = creation.exists();
    if wanted.is_empty() && !exists {
        return Html::default();
    }
    html! {
        <div class="actions">
            { for wanted.into_iter().map(|button| button.draw(cx)) }
            if exists {
                { takeaways(cx, model, creation) }
            }
            if exists && is_in_view && creation.request.is_some() {
                { repeats(cx) }
            }
        </div>
    }
}

/// What stops a creation. It stands apart from what sends, so that no second click meets that in its place.
pub(super) fn stop(cx: &ViewCx, creation: &Creation) -> Html {
    let words = match &creation.stage {
        Stage::Queued(_) | Stage::Reading(_) | Stage::Sending | Stage::AwaitingInstance(_) => cx.language.text().cancel,
        Stage::Reconciling(_) => cx.language.later_text().creation.stop,
        Stage::Building(_) | Stage::Ended(_) => return Html::default(),
    };
    let key = creation.key;
    html! { <div class="stop">{ button(cx, words, move || Action::Work(WorkAction::Cancel(key))) }</div> }
}

/// The likely next actions.
fn wanted(cx: &ViewCx, model: &Model, creation: &Creation) -> Vec<Button> {
    let text = cx.language.later_text();
    let (words, key) = (&text.creation, creation.key);
    let look_again = || Button::press(words.look_again, Press::LookAgain(key));
    let await_instance =
        creation.may_await_instance().then(|| Button::press(words.await_instance, Press::AwaitInstance(key)));
    match &creation.stage {
        Stage::Queued(_) | Stage::Reading(_) | Stage::Sending | Stage::AwaitingInstance(_) => vec![],
        Stage::Reconciling(_) => await_instance.into_iter().collect(),
        Stage::Building(building) => match &building.blocker {
            Some(Blocker::AwaitsPress | Blocker::TokenMissing) => {
                vec![at_endpoint(creation, words.follow_at, Press::LookAgain)]
            }
            Some(Blocker::TokenRejected | Blocker::Refused(_) | Blocker::GaveUp) => vec![look_again()],
            Some(Blocker::Unreachable | Blocker::Failed(_) | Blocker::Incomplete | Blocker::InstanceBackingUp)
            | None => vec![],
        },
        Stage::Ended(Outcome::Unknown(Unknown::Blocked(Blocker::AwaitsPress))) => {
            let await_instance = creation
                .may_await_instance()
                .then(|| at_endpoint(creation, words.await_instance_at, Press::AwaitInstance));
            let look = at_endpoint(creation, words.look_again_at, Press::LookAgain);
            await_instance.into_iter().chain([look]).collect()
        }
        Stage::Ended(outcome) => {
            let look = matches!(outcome, Outcome::Unknown(_)).then(look_again);
            // If another card has a later outcome, this one can't be retried.
            let retries =
                if model.work.was_asked_for_again(creation) { vec![] } else { retries(cx, creation, outcome) };
            look.into_iter().chain(await_instance).chain(retries).collect()
        }
    }
}

/// Fills the card's endpoint and project into a form with other ones, so that a token can be given for them.
fn take_target(cx: &ViewCx, creation: &Creation) -> Button {
    let key = creation.key;
    let words = (cx.language.later_text().creation.take_target)(creation.target.endpoint.typed());
    Button::new(words, move || Action::Fill(FillAction::TakeTargetPressed(key)))
}

/// A button that sends a token names the endpoint.
fn at_endpoint(creation: &Creation, words: fn(&str) -> String, press: fn(u32) -> Press) -> Button {
    let key = creation.key;
    Button::press(words(creation.target.endpoint.typed()), press(key))
}

/// Ways to send the same request again, where that can help.
fn retries(cx: &ViewCx, creation: &Creation, outcome: &Outcome) -> Vec<Button> {
    let words = &cx.language.later_text().creation;
    if !creation.can_go_on() || creation.request.is_none() {
        return vec![];
    }
    let unsent = match outcome {
        Outcome::NotSent(why) => Some(why),
        Outcome::Completed
        | Outcome::Failed
        | Outcome::Gone
        | Outcome::Refused(_)
        | Outcome::NotCreated
        | Outcome::NameTaken(_)
        | Outcome::Unknown(_) => creation.not_sent.as_ref(),
    };
    let can_help = match outcome {
        Outcome::Unknown(_) | Outcome::NotCreated => true,
        Outcome::Refused(failure) => !failure.error_kind.is_busy() && failure.error_kind.retry() == Retry::Later,
        Outcome::NotSent(why) => match why {
            NotSent::Cancelled
            | NotSent::TokenRejected(_)
            | NotSent::TokenMissing
            | NotSent::Unreachable
            | NotSent::WebServerLogin
            | NotSent::InstanceStaysBusy
            | NotSent::Lapsed => true,
            NotSent::Forbidden | NotSent::InvalidRequest => false,
        },
        Outcome::Completed | Outcome::Failed | Outcome::Gone | Outcome::NameTaken(_) => false,
    };
    let key = creation.key;
    let anyway =
        (unsent == Some(&NotSent::Unreachable)).then(|| Button::press(words.create_anyway, Press::CreateAnyway(key)));
    let again = can_help.then(|| Button::press(words.try_again, Press::TryAgain(key)));
    again.into_iter().chain(anyway).collect()
}

/// What can be taken along: the link while the backup is being created, the receipt afterwards.
fn takeaways(cx: &ViewCx, model: &Model, creation: &Creation) -> Html {
    let text = cx.language.later_text();
    if creation.is_under_way() {
        return if model.page.is_embedded || creation.backup.id.is_none() {
            Html::default()
        } else {
            copy_button(cx, model, CopyTarget::WatchLink(creation.key), None, text.copy_watch_link)
        };
    }
    let key = creation.key;
    html! {
        <>
            { copy_button(cx, model, CopyTarget::Receipt(key), None, text.copy_receipt) }
            { button(cx, text.download_receipt, move || Action::Share(ShareAction::ReceiptPressed(key))) }
            { button(cx, text.print, || Action::Share(ShareAction::PrintPressed)) }
        </>
    }
}

/// Common next steps.
fn repeats(cx: &ViewCx) -> Html {
    let text = cx.language.later_text();
    [Repeat::NewName, Repeat::OtherInstance]
        .into_iter()
        .map(|repeat| button(cx, (text.repeat)(repeat), move || Action::Fill(FillAction::RepeatPressed(repeat))))
        .collect()
}
