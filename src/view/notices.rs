//! Notices about events that the user didn't cause, and the summary of errors that keep a request from being sent.

use contract::rules::Field;
use yew::prelude::*;

use super::button::button;
use super::cx::ViewCx;
use super::ids::{SUMMARY, id_of};
use crate::text::LanguageText;
use console_core::{Action, FieldMessage, FillAction, FormAction, Model, Notice, PageAction, Submission};

/// The notices. The region exists from the start, so that screen readers announce new content.
pub(super) fn notices(cx: &ViewCx, model: &Model) -> Html {
    let page = &cx.language.text().page;
    let worded = model.page.notices.iter().filter_map(|notice| Some((notice, cx.notice(notice)?)));
    let can_restore = |notice: &&Notice| notice.is_about_form() && model.form.can_restore();
    // Only about the newest.
    let restored = model.page.notices.iter().rev().find(can_restore);
    let lines: Vec<Html> = worded
        .map(|(notice, words)| {
            html! {
                <li>
                    { words }
                    if restored == Some(notice) {
                        { button(cx, page.restore, || Action::Fill(FillAction::RestorePressed)) }
                    }
                </li>
            }
        })
        .collect();
    html! {
        <div role="status" ~className={if lines.is_empty() { "notices empty" } else { "notices" }} aria-label={page.notices}>
            if !lines.is_empty() {
                <ul>{ for lines }</ul>
                { button(cx, page.dismiss, || Action::Page(PageAction::DismissPressed)) }
            }
        </div>
    }
}

/// The errors, each a link to its field. The focus moves here, so that a screen reader reads all of it. Only the
/// heading is an alert: the list shrinks while errors are fixed, and shouldn't be read out each time.
pub(super) fn summary(cx: &ViewCx, model: &Model) -> Html {
    let words = |field| Some((field, first_fault(cx, model, field)?));
    let faults: Vec<(Field, String)> = model.form.messages.faulty().filter_map(words).collect();
    if model.form.submission != Submission::Faulty || faults.is_empty() {
        return Html::default();
    }
    html! {
        <div id={SUMMARY} class="summary card refused" tabindex="-1" role="group" aria-labelledby="summary-heading">
            <div role="alert"><h2 id="summary-heading">{ cx.language.text().page.summary }</h2></div>
            { field_links(cx, model, faults) }
        </div>
    }
}

/// Links to fields with errors, each with its message.
pub(super) fn field_links(cx: &ViewCx, model: &Model, faults: Vec<(Field, String)>) -> Html {
    let links = faults.into_iter().map(|(field, words)| {
        let target = model.form.focusable(field);
        let follow = cx.dispatch.reform(move |event: MouseEvent| {
            // The page's address stays unchanged.
            event.prevent_default();
            Action::Form(FormAction::FieldLinkPressed(target))
        });
        html! { <li><a href={format!("#{}", id_of(target))} onclick={follow}>{ words }</a></li> }
    });
    html! { <ul>{ for links }</ul> }
}

fn first_fault(cx: &ViewCx, model: &Model, field: Field) -> Option<String> {
    model.form.messages.of(field).iter().find_map(|message| match message {
        FieldMessage::Fault(violation) => Some(cx.violation(violation)),
        FieldMessage::Refused(refusal) => Some(cx.refused(*refusal)),
        FieldMessage::Warning(_) => None,
    })
}
