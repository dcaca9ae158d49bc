//! Files that the user saves.

use console_core::{Format, Receipt, Record, Row, csv};
use js_sys::Array;
use wasm_bindgen::JsCast;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

use super::json::pretty_json;
use crate::text::receipt_of;

/// Saves the outcome of each press.
pub(super) fn save_history(format: Format, rows: &[Row]) {
    match format {
        Format::Json => save(&pretty_json(&rows), "backups.json", "application/json"),
        Format::Csv => save(&csv(rows), "backups.csv", "text/csv"),
    }
}

/// Saves the receipt of a backup.
pub(super) fn save_receipt(record: &Record) {
    let receipt = receipt_of(record);
    let name = format!("{}.json", if receipt.name.is_empty() { "backup" } else { &receipt.name });
    save(&pretty_json(&receipt), &name, "application/json");
}

/// Saves the receipt of all backups of a press.
pub(super) fn save_batch_receipt(records: &[Record]) {
    let receipts: Vec<Receipt> = records.iter().map(receipt_of).collect();
    save(&pretty_json(&receipts), "backups.json", "application/json");
}

/// Offers a file as a download, as a link to it would.
fn save(text: &str, name: &str, kind: &str) {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let Ok(blob) = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &options) else { return };
    let Ok(url) = Url::create_object_url_with_blob(&blob) else { return };
    let anchor =
        gloo_utils::document().create_element("a").ok().and_then(|anchor| anchor.dyn_into::<HtmlAnchorElement>().ok());
    if let Some(anchor) = anchor {
        anchor.set_href(&url);
        anchor.set_download(name);
        anchor.click();
    }
    // The browser has the blob by now; its URL isn't needed any more.
    let _ = Url::revoke_object_url(&url);
}
