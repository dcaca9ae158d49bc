//! A text that the browser didn't copy, in a field to be copied by hand.

use console_core::{Action, CopyTarget, Model, ShareAction};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

use crate::text::{LanguageText, batch_receipt, receipt, receipt_of};
use crate::view::cx::ViewCx;
use crate::view::key::composes;

/// The most lines that are shown at once.
const MAX_ROWS: usize = 8;

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
    text.map_or_else(Html::default, |text| html! { <CopyByHand cx={cx.clone()} {text} /> })
}

/// The properties of the field.
#[derive(PartialEq, Properties)]
struct CopyByHandProps {
    /// Language and dispatch.
    cx: ViewCx,
    /// What is to be copied.
    text: String,
}

/// The field. It takes the focus, and gives it back when it is closed.
struct CopyByHand {
    node: NodeRef,
    /// The text that the copy was pressed for. If it is another one by now, the field is gone: nobody has asked for that.
    text: String,
    /// What had the focus before: the copy button.
    before: Option<HtmlElement>,
}

impl Component for CopyByHand {
    type Message = ();
    type Properties = CopyByHandProps;

    fn create(context: &Context<Self>) -> Self {
        Self { node: NodeRef::default(), text: context.props().text.clone(), before: None }
    }

    fn rendered(&mut self, _: &Context<Self>, is_first: bool) {
        let Some(field) = self.node.cast::<HtmlElement>().filter(|_| is_first) else { return };
        // The console may be in a shadow tree, which has its own.
        let active = js_sys::Reflect::get(&field.get_root_node(), &JsValue::from_str("activeElement"));
        self.before = active.ok().and_then(|active| active.dyn_into().ok());
        // As a property: an attribute would leave a copy in the document. A text area has properties of the same names.
        let input = field.unchecked_ref::<HtmlInputElement>();
        input.set_value(&self.text);
        // If it can't take the focus, it stays where it is.
        let _ = field.focus();
        input.select();
    }

    fn view(&self, context: &Context<Self>) -> Html {
        let CopyByHandProps { cx, text } = context.props();
        if *text != self.text {
            return Html::default();
        }
        let (dispatch, before) = (cx.dispatch.clone(), self.before.clone());
        let onkeydown = Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Escape" && !composes(&event) {
                // Nothing else is closed.
                event.stop_propagation();
                if let Some(before) = &before {
                    let _ = before.focus();
                }
                dispatch.emit(Action::Share(ShareAction::CopyDismissed));
            }
        });
        let rows = text.lines().count().clamp(1, MAX_ROWS);
        html! {
            <label class="by-hand">
                { cx.language.later_text().copy_by_hand }
                <textarea ref={self.node.clone()} readonly=true spellcheck="false" rows={rows.to_string()} {onkeydown} />
            </label>
        }
    }
}
