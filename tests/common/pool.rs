//! Browsers that have played a test and play the next one: to start one takes longer than many a test.
//!
//! Every test has an origin of its own, and a tab of its own, so that nothing that a page keeps, and nothing that a test has set of
//! its tab, is there in the next one. A browser that has seen a test fail plays none any more.

use std::sync::Mutex;

use serde_json::json;
use thirtyfour::prelude::*;

use super::browser::{Browser, Preferences, Running};

/// Browsers that are ready.
static IDLE: Mutex<Vec<Running>> = Mutex::new(Vec::new());

/// A browser for a test: one that is ready, or a new one.
pub async fn take(browser: Browser, preferences: Preferences) -> Running {
    while let Some(running) = take_idle(browser, preferences) {
        // One that has died meanwhile is no test's fault.
        if running.driver.window().await.is_ok() {
            return running;
        }
    }
    browser.start(preferences).await
}

fn take_idle(browser: Browser, preferences: Preferences) -> Option<Running> {
    let mut idle = IDLE.lock().unwrap();
    let place = idle.iter().position(|running| running.browser == browser && running.fits(preferences));
    place.map(|place| idle.swap_remove(place))
}

/// Puts a browser back after a test that has passed: in a new tab, without what the page of the test has left.
pub async fn give_back(running: Running, url: &str) {
    // WebKit opens no second tab.
    if running.browser == Browser::WebKit {
        return drop(running.driver.quit().await);
    }
    match clear(&running, url).await {
        Ok(()) => IDLE.lock().unwrap().push(running),
        // What can't be cleared away ends here.
        Err(_) => drop(running.driver.quit().await),
    }
}

async fn clear(running: &Running, url: &str) -> WebDriverResult<()> {
    let driver = &running.driver;
    let before = driver.windows().await?;
    let tab = driver.new_tab().await?;
    for window in before {
        driver.switch_to_window(window).await?;
        driver.close_window().await?;
    }
    driver.switch_to_window(tab).await?;
    if running.browser == Browser::Chromium {
        let tools = driver.cdp();
        // Only what is in front copies and pastes.
        tools.send_raw("Page.bringToFront", json!({})).await?;
        // Ports are used again.
        let origin = json!({ "origin": url.trim_end_matches('/'), "storageTypes": "all" });
        tools.send_raw("Storage.clearDataForOrigin", origin).await?;
        tools.send_raw("Network.clearBrowserCache", json!({})).await?;
        driver.browser_log().await?;
    }
    Ok(())
}
