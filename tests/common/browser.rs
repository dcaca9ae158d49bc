//! The browser: Chromium, or the one that `CONSOLE_BROWSER` names.

use std::process::Stdio;

use serde_json::json;
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
    /// WebKitGTK's own small browser with its driver, on a display of its own.
    WebKit,
}

/// A browser that runs until this is dropped.
pub struct Running {
    /// Its driver.
    pub driver: WebDriver,
    _processes: Vec<Child>,
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
            Ok("webkit") => Self::WebKit,
            Ok(other) => panic!("CONSOLE_BROWSER is {other}, and none of chromium, firefox and webkit"),
        }
    }

    /// Starts the browser.
    pub async fn start(self, preferences: Preferences) -> Running {
        match self {
            Self::Chromium => {
                let (process, port) = start("chromedriver", &["--port=0"], "started successfully on port ").await;
                let driver = WebDriver::new(&address(&port), chromium(preferences)).await.unwrap();
                Running { driver, _processes: vec![process] }
            }
            Self::Firefox => {
                let (process, port) = start("geckodriver", &["--port=0"], "Listening on 127.0.0.1:").await;
                let driver = WebDriver::new(&address(&port), firefox(preferences)).await.unwrap();
                Running { driver, _processes: vec![process] }
            }
            Self::WebKit => {
                let (display, number) = start("Xvfb", &["-displayfd", "1", "-screen", "0", "1400x1000x24"], "").await;
                let (process, port) = start_webkit_driver(&number, preferences).await;
                let driver = WebDriver::new(&address(&port.to_string()), webkit(preferences)).await.unwrap();
                Running { driver, _processes: vec![process, display] }
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
    // What is measured is what the page takes, not how long the screen's next turn is away.
    if std::env::var_os("BENCH_FRAMES").is_some() {
        for argument in ["--disable-frame-rate-limit", "--disable-gpu-vsync"] {
            capabilities.add_arg(argument).unwrap();
        }
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

fn webkit(preferences: Preferences) -> Capabilities {
    let javascript = format!("--enable-javascript={}", preferences.has_javascript);
    let options = json!({ "binary": find_minibrowser(), "args": ["--automation", javascript] });
    let mut capabilities = Capabilities::new();
    capabilities.set("browserName", "MiniBrowser").unwrap();
    capabilities.set("acceptInsecureCerts", true).unwrap();
    capabilities.set("webkitgtk:browserOptions", options).unwrap();
    capabilities
}

/// Debian has it beside the library, in a folder of the machine's kind.
fn find_minibrowser() -> std::path::PathBuf {
    let folders = std::fs::read_dir("/usr/lib").unwrap().map(|entry| entry.unwrap().path());
    let files = folders.map(|folder| folder.join("webkit2gtk-4.1/MiniBrowser"));
    files.into_iter().find(|file| file.exists()).expect("MiniBrowser is missing: run `cargo xtask setup`")
}

fn address(port: &str) -> String {
    format!("http://127.0.0.1:{port}")
}

/// So often a program is started again that ended at once: a port that was free can be taken in between, and chromedriver
/// takes one that is free for IPv4 and may not be for IPv6.
const TRIES: usize = 5;

/// Starts WebKit's driver, which says nothing when it listens, and takes no port by itself.
async fn start_webkit_driver(display: &str, preferences: Preferences) -> (Child, u16) {
    for _ in 0..TRIES {
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let theme = if preferences.is_dark { "Adwaita:dark" } else { "Adwaita" };
        let mut process = Command::new("WebKitWebDriver")
            .arg(format!("--port={port}"))
            .envs([("DISPLAY", format!(":{display}")), ("GTK_THEME", theme.to_owned())])
            .env("LC_ALL", format!("{}.UTF-8", preferences.language))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("WebKitWebDriver is missing: run `cargo xtask setup`");
        while process.try_wait().unwrap().is_none() {
            if tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
                return (process, port);
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
    }
    panic!("WebKitWebDriver didn't start");
}

/// Starts a program that finds a number by itself (a port, a display), and reads from its output which.
async fn start(program: &str, arguments: &[&str], before: &str) -> (Child, String) {
    for _ in 0..TRIES {
        if let Some(started) = try_to_start(program, arguments, before).await {
            return started;
        }
    }
    panic!("{program} didn't start");
}

async fn try_to_start(program: &str, arguments: &[&str], before: &str) -> Option<(Child, String)> {
    let mut process = Command::new(program)
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .unwrap_or_else(|_| panic!("{program} is missing: run `cargo xtask setup`"));
    let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
    while let Some(line) = lines.next_line().await.unwrap() {
        if let Some(start) = line.find(before) {
            let number = line.get(start + before.len()..).unwrap().trim_end_matches('.').to_owned();
            // Read on, or the program blocks once the pipe is full.
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            return Some((process, number));
        }
    }
    None
}
