//! Time limits of requests.

use std::cell::Cell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use web_sys::AbortController;

/// Aborts a request after its time limit. Dropping it earlier cancels the timer. WebKitGTK 2.50 loses the time limit of
/// `AbortSignal.any` with `AbortSignal.timeout`, so that the request would never end.
pub(super) struct TimeLimit {
    pub(super) has_passed: Rc<Cell<bool>>,
    _timer: Timeout,
}

impl TimeLimit {
    pub(super) fn start(controller: &AbortController, milliseconds: u32) -> Self {
        let has_passed = Rc::new(Cell::new(false));
        let (controller, passed) = (controller.clone(), Rc::clone(&has_passed));
        let timer = Timeout::new(milliseconds, move || {
            passed.set(true);
            controller.abort();
        });
        Self { has_passed, _timer: timer }
    }
}
