//! The request before it is sent: as HTTP has it, and as commands to copy.

use contract::command::TOKEN_VARIABLE;
use yew::prelude::*;

use super::parts::copy_button;
use crate::text::LanguageText;
use crate::view::Frame;
use crate::view::notices::field_links;
use console_core::{Copied, Shown, State};

pub(super) fn request(frame: &Frame, state: &State) -> Html {
    if !state.request_is_shown {
        return Html::default();
    }
    let text = frame.language.request_text();
    let content = match state.preview() {
        Err(faults) => {
            let faults = faults.into_iter().map(|(field, violation)| (field, frame.violation(&violation))).collect();
            html! { <><p>{ text.request_after }</p>{ field_links(frame, state, faults) }</> }
        }
        Ok(preview) => html! {
            <>
                { block(frame, state, text.request, Shown::Http, preview.http, Html::default()) }
                { block(frame, state, text.curl, Shown::Curl, preview.curl, note((text.curl_note)(TOKEN_VARIABLE))) }
                if let Some(openstack) = preview.openstack {
                    { block(frame, state, text.openstack, Shown::OpenStack, openstack, note(text.openstack_note.to_owned())) }
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

fn block(frame: &Frame, state: &State, heading: &'static str, shown: Shown, command: String, remark: Html) -> Html {
    html! {
        <>
            <div class="with-copy">
                <h3>{ heading }</h3>
                { copy_button(frame, state, Copied::Request(shown)) }
            </div>
            { remark }
            <pre tabindex="0" aria-label={heading}>{ command }</pre>
        </>
    }
}
