//! The request before it is sent: as HTTP, and as commands to copy.

use contract::command::TOKEN_VARIABLE;
use yew::prelude::*;

use super::answer::labelled_copy_button;
use crate::text::LanguageText;
use crate::view::cx::ViewCx;
use crate::view::notices::field_links;
use console_core::{CopyTarget, Model, Shown};

pub(super) fn request(cx: &ViewCx, model: &Model) -> Html {
    if !model.page.request_is_shown {
        return Html::default();
    }
    let text = cx.language.later_text();
    let content = match model.preview() {
        Err(faults) => {
            let faults = faults.into_iter().map(|(field, violation)| (field, cx.violation(&violation))).collect();
            html! { <><p>{ text.request_after }</p>{ field_links(cx, model, faults) }</> }
        }
        Ok(preview) => html! {
            <>
                { block(cx, model, text.request, Shown::Http, preview.http, Html::default()) }
                { block(cx, model, text.curl, Shown::Curl, preview.curl, note((text.curl_note)(TOKEN_VARIABLE))) }
                if let Some(openstack) = preview.openstack {
                    { block(cx, model, text.openstack, Shown::OpenStack, openstack, note(text.openstack_note.to_owned())) }
                } else {
                    <h3>{ text.openstack }</h3>
                    { note(text.no_openstack.to_owned()) }
                }
            </>
        },
    };
    html! { <section class="group request" aria-label={text.request}>{ content }</section> }
}

fn note(sentence: String) -> Html {
    html! { <p class="note">{ sentence }</p> }
}

fn block(cx: &ViewCx, model: &Model, heading: &'static str, shown: Shown, command: String, message: Html) -> Html {
    html! {
        <>
            <div class="with-copy">
                <h3>{ heading }</h3>
                { labelled_copy_button(cx, model, CopyTarget::Request(shown)) }
            </div>
            { message }
            <pre tabindex="0" aria-label={heading}>{ command }</pre>
        </>
    }
}
