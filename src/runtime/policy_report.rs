//! The browser's reports about the page's Content-Security-Policy.

use std::cell::Cell;
use std::rc::Rc;

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{SecurityPolicyViolationEvent, SecurityPolicyViolationEventDisposition};

/// Detects whether the page's Content-Security-Policy has blocked a call. The core already knows the policy of the
/// document; this is for a policy that the server sends as a header.
pub(super) struct PolicyReport {
    has_forbidden: Rc<Cell<bool>>,
    /// Resolved by the browser's report.
    report: Promise,
    /// Resolves it.
    fulfil: Rc<dyn Fn()>,
    _listener: EventListener,
}

/// How long the browser may take to report a violation after the call has failed, in milliseconds. Firefox, when busy,
/// takes longer than a task. Calls that failed for other reasons are handled with this delay.
const REPORT: u32 = 500;

impl PolicyReport {
    pub(super) fn listen(url: String) -> Self {
        let mut resolve: Option<Function> = None;
        let report = Promise::new(&mut |function, _| resolve = Some(function));
        // Resolving a promise can't fail.
        let fulfil: Rc<dyn Fn()> =
            Rc::new(move || drop(resolve.as_ref().map(|resolve| resolve.call0(&JsValue::UNDEFINED))));
        let has_forbidden = Rc::new(Cell::new(false));
        let (heard, end) = (Rc::clone(&has_forbidden), Rc::clone(&fulfil));
        let listener = EventListener::new(&gloo_utils::document(), "securitypolicyviolation", move |event| {
            let event = event.unchecked_ref::<SecurityPolicyViolationEvent>();
            let blocked = event.blocked_uri();
            // A report-only policy doesn't block.
            let is_enforced = event.disposition() == SecurityPolicyViolationEventDisposition::Enforce;
            // Browsers report either the whole URL or its origin.
            let is_call = event.effective_directive() == "connect-src";
            if is_enforced && is_call && !blocked.is_empty() && url.starts_with(&blocked) {
                heard.set(true);
                end();
            }
        });
        Self { has_forbidden, report, fulfil, _listener: listener }
    }

    /// Waits for the report, but not for long: a call that failed for another reason has none.
    pub(super) async fn has_forbidden(self) -> bool {
        let fulfil = self.fulfil;
        let _limit = Timeout::new(REPORT, move || fulfil());
        drop(JsFuture::from(self.report).await);
        self.has_forbidden.get()
    }
}
