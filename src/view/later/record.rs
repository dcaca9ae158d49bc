//! The printed record of each backup, in place of the form.

use yew::prelude::*;

use crate::text::{LanguageText, receipt_lines, receipt_of};
use crate::view::cx::ViewCx;
use console_core::Model;

/// Only printed; on screen all of it is shown elsewhere.
pub(super) fn records(cx: &ViewCx, model: &Model) -> Html {
    let text = cx.language.later_text();
    html! {
        <div class="records" aria-hidden="true">
            { for model.work.creations.iter().filter(|creation| creation.exists()).map(|creation| html! {
                <section key={creation.key}>
                    <h2>{ text.record }</h2>
                    <dl>
                        { for receipt_lines(cx.language, &receipt_of(&creation.record())).into_iter().map(|(label, value)| html! {
                            <><dt>{ label }</dt><dd>{ value }</dd></>
                        }) }
                    </dl>
                </section>
            }) }
        </div>
    }
}
