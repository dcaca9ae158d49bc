//! A text that the browser didn't copy, in a field to be copied by hand.

use std::cell::RefCell;

use console_core::{Action, CopyTarget, Model, ShareAction};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};
use yew::prelude::*;

use crate::text::{LanguageText, batch_receipt, receipt, receipt_of};
use crate::view::cx::ViewCx;
use crate::view::ids::COPY_BY_HAND;
use crate::view::key::composes;

/// The most lines that are shown at once.
const MAX_ROWS: usize = 8;

thread_local! {
    /// What had the focus before the field. In the list of backups it is the copy button, which stands elsewhere.
    static BEFORE: RefCell<Option<HtmlElement>> = const { RefCell::new(None) };
}

/// The field for what wasn't copied.
pub(super) fn copy_by_hand(cx: &ViewCx, model: &Model, what: CopyTarget) -> Html {
    let text = match what {
        CopyTarget::Receipt(key) => {
            let creation = model.work.creation(key);
            creation.map(|creation| receipt(cx.language, &receipt_of(&creation.record())))
        }
        CopyTarget::BatchReceipt(key) => Some(batch_receipt(cx.language, &model.work.records_of_batch(key))),
        CopyTarget::BackupId(_)
        | CopyTarget::ListedId(_)
        | CopyTarget::Response(_)
        | CopyTarget::Request(_)
        | CopyTarget::FormLink
        | CopyTarget::WatchLink(_)
        | CopyTarget::RestorePoint(_)
        | CopyTarget::RestoreByOpenStack(_)
        | CopyTarget::TokenByCurl
        | CopyTarget::TokenByOpenStack => model.text_of(what),
    };
    let Some(text) = text else { return Html::default() };
    let dispatch = cx.dispatch.clone();
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Escape" && !composes(&event) {
            // Nothing else is closed.
            event.stop_propagation();
            if let Some(button) = copy_button(&event).or_else(|| BEFORE.take()) {
                let _ = button.focus();
            }
            dispatch.emit(Action::Share(ShareAction::CopyDismissed));
        }
    });
    let onfocus = Callback::from(|event: FocusEvent| focused(&event));
    let rows = text.lines().count().clamp(1, MAX_ROWS).to_string();
    html! {
        <label class="by-hand">
            { cx.language.later_text().copy_by_hand }
            <textarea id={COPY_BY_HAND} readonly=true spellcheck="false" {rows} value={text} {onfocus} {onkeydown} />
        </label>
    }
}

/// The button beside the field. It hasn't had the focus if it was clicked in the form, where clicks leave the focus alone.
fn copy_button(event: &KeyboardEvent) -> Option<HtmlElement> {
    let field = event.target()?.dyn_into::<Element>().ok()?;
    field.closest(".copy").ok()??.query_selector("button").ok()??.dyn_into().ok()
}

/// All of it is selected, so that Ctrl+C copies it.
fn focused(event: &FocusEvent) {
    if let Some(target) = event.target() {
        // A text area has methods of the same names.
        target.unchecked_ref::<HtmlInputElement>().select();
    }
    BEFORE.set(event.related_target().and_then(|before| before.dyn_into().ok()));
}
