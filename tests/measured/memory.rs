//! What a page holds.

use serde_json::json;

use crate::common::page::Page;

/// What a page holds once everything that nobody needs any more was collected.
#[derive(Clone, Copy, Debug)]
pub struct Held {
    /// Nodes, those outside the document included.
    pub nodes: u64,
    /// Listeners of JavaScript.
    pub listeners: u64,
    /// JavaScript's heap, in KiB.
    pub heap: u64,
}

impl Held {
    /// By a page in Chromium.
    pub async fn by(page: &Page) -> Self {
        let tools = page.driver.cdp();
        // The first collection lets go of what the second one finds: nodes are freed after what JavaScript had of them.
        for _ in 0..2 {
            tools.send_raw("HeapProfiler.collectGarbage", json!({})).await.unwrap();
        }
        tools.send_raw("Performance.enable", json!({})).await.unwrap();
        let metrics = tools.send_raw("Performance.getMetrics", json!({})).await.unwrap();
        let metric = |name: &str| {
            let metrics = metrics["metrics"].as_array().unwrap();
            let found = metrics.iter().find(|metric| metric["name"] == name).unwrap();
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "counts and bytes")]
            let value = found["value"].as_f64().unwrap() as u64;
            value
        };
        Self { nodes: metric("Nodes"), listeners: metric("JSEventListeners"), heap: metric("JSHeapUsedSize") >> 10 }
    }
}

/// The memory of the wasm in KiB, of a page that is watched by [`crate::common::stage::KEEP_MEMORY`].
pub async fn of_wasm(page: &Page) -> u64 {
    page.script("return window.memory.buffer.byteLength;", vec![]).await.as_u64().unwrap() >> 10
}
