//! The request before it is sent: as HTTP has it, and as commands to copy.

use contract::command::TOKEN_VARIABLE;
use yew::prelude::*;

use super::notices::field_links;
use super::outcome::parts::copy_button;
use super::{Frame, REQUEST};
use crate::state::{Action, Copied, Shown, State};

/// The button that opens and closes it.
pub(super) fn button(frame: &Frame, state: &State) -> Html {
    let page = &frame.language.text().page;
    let label = if state.request_is_shown { page.hide_request } else { page.show_request };
    html! {
        <button
            id={REQUEST}
            type="button"
            aria-expanded={if state.request_is_shown { "true" } else { "false" }}
            onclick={frame.on(Action::RequestPressed)}
        >
            { label }
        </button>
    }
}

pub(super) fn request(frame: &Frame, state: &State) -> Html {
    if !state.request_is_shown {
        return Html::default();
    }
    let page = &frame.language.text().page;
    let content = match state.preview() {
        Err(faults) => {
            let words = frame.language.text().violation;
            let faults = faults.into_iter().map(|(field, violation)| (field, words(&violation))).collect();
            html! { <><p>{ page.request_after }</p>{ field_links(frame, state, faults) }</> }
        }
        Ok(preview) => html! {
            <>
                { block(frame, state, page.request, Shown::Http, preview.http, Html::default()) }
                { block(frame, state, page.curl, Shown::Curl, preview.curl, note((page.curl_note)(TOKEN_VARIABLE))) }
                if let Some(openstack) = preview.openstack {
                    { block(frame, state, page.openstack, Shown::OpenStack, openstack, note(page.openstack_note.to_owned())) }
                } else {
                    <h3>{ page.openstack }</h3>
                    { note(page.no_openstack.to_owned()) }
                }
            </>
        },
    };
    html! { <section class="group request" aria-label={page.request}>{ content }</section> }
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
