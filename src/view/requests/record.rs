//! What is printed once there are backups: a record of each, in place of the form.

use js_sys::Date;
use wasm_bindgen::JsValue;
use yew::prelude::*;

use crate::text::LanguageText;
use crate::text::receipt_lines;
use crate::view::ViewCx;
use console_core::{Receipt, Record, State};
use contract::time::UnixSeconds;

/// On paper only; the screen has all of it elsewhere.
pub(super) fn records(cx: &ViewCx, state: &State) -> Html {
    let text = cx.language.request_text();
    html! {
        <div class="records" aria-hidden="true">
            { for state.work.creations.iter().filter(|creation| creation.exists()).map(|creation| html! {
                <section key={creation.key}>
                    <h2>{ text.record }</h2>
                    <dl>
                        { for receipt_lines(cx.language, &receipt(&creation.record())).into_iter().map(|(label, value)| html! {
                            <><dt>{ label }</dt><dd>{ value }</dd></>
                        }) }
                    </dl>
                </section>
            }) }
        </div>
    }
}

/// The receipt of a backup, by the user's clock.
pub fn receipt(record: &Record) -> Receipt {
    Receipt::of(record, |moment: UnixSeconds| {
        #[allow(clippy::cast_precision_loss, reason = "seconds since 1970 are far below 2^53")]
        let date = Date::new(&JsValue::from_f64(moment.0 as f64 * 1_000.0));
        #[allow(clippy::cast_possible_truncation, reason = "an offset has whole minutes, a thousand at the most")]
        let minutes = -(date.get_timezone_offset() as i64);
        minutes
    })
}
