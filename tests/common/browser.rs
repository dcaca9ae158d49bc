//! The browser: Chromium, or the one that `CONSOLE_BROWSER` names.

use std::process::Stdio;

use thirtyfour::common::capabilities::firefox::FirefoxPreferences;
use thirtyfour::prelude::*;
use thirtyfour::{ChromiumLikeCapabilities, LoggingPrefsLogLevel};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// A browser that the tests run in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Browser {
    /// Chromium with chromedriver.
    Chromium,
    /// Firefox with geckodriver.
    Firefox,
}

/// What its user has set.
#[derive(Clone, Copy, Debug)]
pub struct Preferences {
    /// The preferred language.
    pub language: &'static str,
    /// Whether the system prefers dark colours.
    pub is_dark: bool,
    /// Whether JavaScript is switched on.
    pub has_javascript: bool,
}

impl Browser {
    /// The browser of this run.
    pub fn of_this_run() -> Self {
        match std::env::var("CONSOLE_BROWSER").as_deref() {
            Err(_) | Ok("chromium") => Self::Chromium,
            Ok("firefox") => Self::Firefox,
            Ok(other) => panic!("CONSOLE_BROWSER is {other}, and neither chromium nor firefox"),
        }
    }

    /// Starts the browser; its driver ends with the returned value.
    pub async fn start(self, preferences: Preferences) -> (Child, WebDriver) {
        match self {
            Self::Chromium => {
                let (driver, address) = start_driver("chromedriver", "started successfully on port ").await;
                (driver, WebDriver::new(&address, chromium(preferences)).await.unwrap())
            }
            Self::Firefox => {
                let (driver, address) = start_driver("geckodriver", "Listening on 127.0.0.1:").await;
                (driver, WebDriver::new(&address, firefox(preferences)).await.unwrap())
            }
        }
    }
}

fn chromium(preferences: Preferences) -> impl Into<Capabilities> {
    let mut capabilities = DesiredCapabilities::chrome();
    for argument in [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--hide-scrollbars",
    ] {
        capabilities.add_arg(argument).unwrap();
    }
    capabilities.add_arg(&format!("--lang={}", preferences.language)).unwrap();
    capabilities.add_arg(&format!("--accept-lang={}", preferences.language)).unwrap();
    capabilities.set_browser_log_level(LoggingPrefsLogLevel::All).unwrap();
    // The certificates of the tests' own web servers.
    capabilities.accept_insecure_certs(true).unwrap();
    capabilities
}

fn firefox(preferences: Preferences) -> impl Into<Capabilities> {
    let mut capabilities = DesiredCapabilities::firefox();
    capabilities.add_arg("-headless").unwrap();
    let mut settings = FirefoxPreferences::new();
    settings.set("intl.accept_languages", preferences.language).unwrap();
    let colours = i32::from(!preferences.is_dark);
    settings.set("layout.css.prefers-color-scheme.content-override", colours).unwrap();
    settings.set("javascript.enabled", preferences.has_javascript).unwrap();
    capabilities.set_preferences(settings).unwrap();
    capabilities.accept_insecure_certs(true).unwrap();
    capabilities
}

/// Starts a driver on a free port, and reads from its output which.
async fn start_driver(program: &str, before_port: &str) -> (Child, String) {
    let mut driver = Command::new(program)
        .arg("--port=0")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .unwrap_or_else(|_| panic!("{program} is missing: run `cargo xtask setup`"));
    let mut lines = BufReader::new(driver.stdout.take().unwrap()).lines();
    while let Some(line) = lines.next_line().await.unwrap() {
        if let Some((_, port)) = line.trim_end_matches('.').rsplit_once(before_port) {
            let address = format!("http://127.0.0.1:{port}");
            // Read on, or the driver blocks once the pipe is full.
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            return (driver, address);
        }
    }
    panic!("{program} didn't start");
}
