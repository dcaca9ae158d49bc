//! The browser: Chromium, or the one that `CONSOLE_BROWSER` names.

use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::process::{Child, ChildStdin, Command, Stdio};

use serde_json::json;
use thirtyfour::common::capabilities::firefox::FirefoxPreferences;
use thirtyfour::prelude::*;
use thirtyfour::{ChromiumLikeCapabilities, LoggingPrefsLogLevel};

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

/// Chromium without all that draws its own windows: a page is the same in it, and takes two thirds of the processor's time.
const HEADLESS_SHELL: &str = "chromium-headless-shell";

/// Whether Chromium is played in its shell. It asks nobody for a permission, and refuses what it isn't told to grant.
pub fn is_shell() -> bool {
    std::env::var("CONSOLE_BROWSER").is_ok_and(|name| name == HEADLESS_SHELL)
}

/// A browser that runs until this is dropped, or the program has ended.
pub struct Running {
    /// Its driver.
    pub driver: WebDriver,
    /// Which one it is.
    pub browser: Browser,
    preferences: Preferences,
    _processes: Vec<Process>,
}

impl Running {
    /// Whether it is as a test wants it. Of Chromium a test sets colours and scripts itself, in its tab; WebKit opens no other tab.
    pub fn fits(&self, preferences: Preferences) -> bool {
        match self.browser {
            Browser::Chromium => self.preferences.language == preferences.language,
            Browser::Firefox => self.preferences == preferences,
            Browser::WebKit => false,
        }
    }
}

/// A program of the tests. It ends when this is dropped, and when the tests end, in whichever way: its input does then.
struct Process {
    shell: Child,
    input: Option<ChildStdin>,
}

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.input.take());
        self.shell.wait().unwrap();
    }
}

/// What its user has set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
            Err(_) | Ok("chromium" | HEADLESS_SHELL) => Self::Chromium,
            Ok("firefox") => Self::Firefox,
            Ok("webkit") => Self::WebKit,
            Ok(other) => {
                panic!("CONSOLE_BROWSER is {other}, and none of chromium, {HEADLESS_SHELL}, firefox and webkit")
            }
        }
    }

    /// Starts the browser.
    pub async fn start(self, preferences: Preferences) -> Running {
        let (capabilities, processes, port) = match self {
            Self::Chromium => {
                let (process, port) = start("chromedriver --port=0", "started successfully on port ").await;
                (chromium(preferences), vec![process], port)
            }
            Self::Firefox => {
                let (process, port) = start("geckodriver --port=0", "Listening on 127.0.0.1:").await;
                (firefox(preferences), vec![process], port)
            }
            Self::WebKit => {
                let (display, number) = start("Xvfb -displayfd 1 -screen 0 1400x1000x24", "").await;
                let (process, port) = start_webkit_driver(&number, preferences).await;
                (webkit(preferences), vec![process, display], port)
            }
        };
        // Each test has a runtime of its own, and no connection outlives it.
        let client = reqwest::Client::builder().pool_max_idle_per_host(0).build().unwrap();
        let driver = WebDriver::builder(format!("http://127.0.0.1:{port}"), capabilities).client(client);
        let driver = driver.connect().await.unwrap();
        Running { driver, browser: self, preferences, _processes: processes }
    }
}

fn chromium(preferences: Preferences) -> Capabilities {
    let mut capabilities = DesiredCapabilities::chrome();
    if is_shell() {
        capabilities.set_binary(&format!("/usr/bin/{HEADLESS_SHELL}")).unwrap();
    }
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
    capabilities.into()
}

fn firefox(preferences: Preferences) -> Capabilities {
    let mut capabilities = DesiredCapabilities::firefox();
    capabilities.add_arg("-headless").unwrap();
    let mut settings = FirefoxPreferences::new();
    settings.set("intl.accept_languages", preferences.language).unwrap();
    let colours = i32::from(!preferences.is_dark);
    settings.set("layout.css.prefers-color-scheme.content-override", colours).unwrap();
    settings.set("javascript.enabled", preferences.has_javascript).unwrap();
    capabilities.set_preferences(settings).unwrap();
    capabilities.accept_insecure_certs(true).unwrap();
    capabilities.into()
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

/// So often a program is started again that ended at once: a port that was free can be taken in between, and chromedriver
/// takes one that is free for IPv4 and may not be for IPv6.
const TRIES: usize = 5;

/// So often it is looked whether a program listens, which says nothing of it.
const LOOKS: usize = 500;

/// Starts WebKit's driver, which says nothing when it listens, and takes no port by itself.
async fn start_webkit_driver(display: &str, preferences: Preferences) -> (Process, String) {
    for _ in 0..TRIES {
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let theme = if preferences.is_dark { "Adwaita:dark" } else { "Adwaita" };
        let process = spawn(
            &format!("WebKitWebDriver --port={port}"),
            &[
                ("DISPLAY", format!(":{display}")),
                ("GTK_THEME", theme.to_owned()),
                ("LC_ALL", format!("{}.UTF-8", preferences.language)),
            ],
        );
        for _ in 0..LOOKS {
            if tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
                return (process, port.to_string());
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
    }
    panic!("WebKitWebDriver didn't start");
}

/// Starts a program that finds a number by itself (a port, a display), and reads from its output which.
async fn start(program: &'static str, before: &'static str) -> (Process, String) {
    for _ in 0..TRIES {
        let started = tokio::task::spawn_blocking(move || try_to_start(program, before)).await.unwrap();
        if let Some(started) = started {
            return started;
        }
    }
    panic!("`{program}` didn't start: run `cargo xtask setup`");
}

fn try_to_start(program: &str, before: &str) -> Option<(Process, String)> {
    let mut process = spawn(program, &[]);
    let mut lines = BufReader::new(process.shell.stdout.take().unwrap()).lines();
    while let Some(Ok(line)) = lines.next() {
        if let Some(start) = line.find(before) {
            let number = line.get(start + before.len()..).unwrap().trim_end_matches('.').to_owned();
            // Read on, or the program blocks once the pipe is full.
            std::thread::spawn(move || lines.for_each(drop));
            return Some((process, number));
        }
    }
    None
}

/// Starts a program in a group of its own, which ends with all that it has started when the shell's input does.
fn spawn(program: &str, variables: &[(&str, String)]) -> Process {
    // The program alone holds the output: it ends when the program does.
    let script = format!("{program} 2>/dev/null & exec >/dev/null; read -r _; kill 0");
    let mut shell = Command::new("sh")
        .args(["-c", &script])
        .envs(variables.iter().map(|(name, value)| (name, value)))
        .process_group(0)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let input = shell.stdin.take();
    Process { shell, input }
}
