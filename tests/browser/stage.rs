//! Sets the scene for a test: a sandbox, a web server with the release page, a browser; and clears it away.

use std::panic::{AssertUnwindSafe, resume_unwind};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use futures_util::FutureExt;
use sandbox::{Sandbox, Settings};
use thirtyfour::prelude::*;
use thirtyfour::{ChromiumLikeCapabilities, LoggingPrefsLogLevel};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::net::TcpListener;
use tokio::process::{Child, Command};
use tower::ServiceExt;
use tower_http::services::ServeDir;

use crate::page::Page;

/// How long anything on the page may take. Generous: it only passes when something is wrong.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// What a test needs, and how it wants it.
pub struct Stage {
    settings: Settings,
    /// Attributes of the console's element: name and milliseconds.
    limits: Vec<(&'static str, Duration)>,
    language: &'static str,
    is_dark: bool,
    window: (u32, u32),
    url: Option<String>,
    wasm: Wasm,
    watch: Option<&'static str>,
    has_javascript: bool,
}

/// What the web server makes of the wasm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wasm {
    /// It serves it as it is.
    AsBuilt,
    /// It doesn't find it.
    Missing,
    /// It serves something else in its place.
    Altered,
}

/// What a test plays with.
pub struct Scene {
    /// The page, as a user sees it.
    pub page: Page,
    /// The API.
    pub sandbox: Sandbox,
}

impl Stage {
    /// A sandbox that takes calls from any origin, and an English page.
    pub fn new() -> Self {
        let settings = Settings { build_time: Duration::from_secs(600), ..Settings::default() };
        Self {
            settings,
            limits: Vec::new(),
            language: "en",
            is_dark: false,
            window: (1280, 800),
            url: None,
            wasm: Wasm::AsBuilt,
            watch: None,
            has_javascript: true,
        }
    }

    /// The API allows no calls from other origins.
    pub fn without_cors(mut self) -> Self {
        self.settings.cors = false;
        self
    }

    /// The page waits for an answer this long only.
    pub fn with_time_limit(mut self, limit: Duration) -> Self {
        self.limits.push(("data-time-limit", limit));
        self
    }

    /// A backup whose answer was lost is looked for this long.
    pub fn with_settle_time(mut self, limit: Duration) -> Self {
        self.limits.push(("data-settle-time", limit));
        self
    }

    /// A followed backup and a busy instance are asked for so soon.
    pub fn with_poll_time(mut self, time: Duration) -> Self {
        self.limits.extend([("data-poll-time", time), ("data-instance-time", time)]);
        self
    }

    /// The token is forgotten when nobody uses the page for so long.
    pub fn with_idle_time(mut self, time: Duration) -> Self {
        self.limits.push(("data-idle-time", time));
        self
    }

    /// The API doesn't list the databases of an instance.
    pub fn without_database_list(mut self) -> Self {
        self.settings.lists_databases = false;
        self
    }

    /// The project has 1,000 instances and 10,000 backups.
    pub fn large(mut self) -> Self {
        self.settings.is_large = true;
        self
    }

    /// The browser prefers this language.
    pub fn in_language(mut self, language: &'static str) -> Self {
        self.language = language;
        self
    }

    /// The system prefers dark colours.
    pub fn dark(mut self) -> Self {
        self.is_dark = true;
        self
    }

    /// The window has this size, in CSS pixels.
    pub fn with_window(mut self, width: u32, height: u32) -> Self {
        self.window = (width, height);
        self
    }

    /// What the web server makes of the wasm.
    pub fn with_wasm(mut self, wasm: Wasm) -> Self {
        self.wasm = wasm;
        self
    }

    /// JavaScript is switched off in the browser.
    pub fn without_javascript(mut self) -> Self {
        self.has_javascript = false;
        self
    }

    /// A script runs in the page before its own.
    pub fn watched_by(mut self, script: &'static str) -> Self {
        self.watch = Some(script);
        self
    }

    /// The page is served elsewhere already.
    pub fn at(mut self, url: String) -> Self {
        self.url = Some(url);
        self
    }

    /// Plays a test, and then checks that the console is free of errors.
    pub async fn play(self, test: impl AsyncFnOnce(&Scene)) {
        let url = match &self.url {
            Some(url) => url.clone(),
            None => serve(&self.limits, self.wasm).await,
        };
        let sandbox = Sandbox::start(self.settings.clone()).await.unwrap();
        let (_chromedriver, driver) = self.browser().await;
        driver.set_script_timeout(PATIENCE).await.unwrap();
        let page = Page { driver: driver.clone() };
        if let Some(script) = self.watch {
            page.run_first(script).await;
        }
        if self.has_javascript {
            page.open(&url, self.window).await;
        } else {
            page.open_without_javascript(&url).await;
        }
        if self.is_dark {
            page.prefer_dark().await;
        }
        let scene = Scene { page, sandbox };

        let outcome = AssertUnwindSafe(test(&scene)).catch_unwind().await;
        let complaints = complaints(&driver).await;
        if outcome.is_err() || !complaints.is_empty() {
            take_picture_of_failure(&driver).await;
        }
        driver.quit().await.unwrap();
        if let Err(panic) = outcome {
            resume_unwind(panic);
        }
        assert!(complaints.is_empty(), "the console has errors: {complaints:#?}");
    }

    async fn browser(&self) -> (Child, WebDriver) {
        let (chromedriver, address) = start_chromedriver().await;
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
        capabilities.add_arg(&format!("--lang={}", self.language)).unwrap();
        capabilities.add_arg(&format!("--accept-lang={}", self.language)).unwrap();
        capabilities.set_browser_log_level(LoggingPrefsLogLevel::All).unwrap();
        (chromedriver, WebDriver::new(&address, capabilities).await.unwrap())
    }
}

/// Starts a chromedriver on a free port; it ends with the returned value.
async fn start_chromedriver() -> (Child, String) {
    let mut chromedriver = Command::new("chromedriver")
        .arg("--port=0")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .expect("chromedriver is missing: run `cargo xtask setup`");
    let mut lines = BufReader::new(chromedriver.stdout.take().unwrap()).lines();
    while let Some(line) = lines.next_line().await.unwrap() {
        if let Some((_, port)) = line.trim_end_matches('.').rsplit_once("started successfully on port ") {
            let address = format!("http://127.0.0.1:{port}");
            // Read on, or chromedriver blocks once the pipe is full.
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            return (chromedriver, address);
        }
    }
    panic!("chromedriver didn't start");
}

/// A module of wasm with nothing in it.
const EMPTY_MODULE: &[u8; 8] = b"\0asm\x01\0\0\0";

/// Serves `dist/` on a free port until the test ends.
async fn serve(limits: &[(&str, Duration)], wasm: Wasm) -> String {
    let dist = workspace().join("dist");
    let index = std::fs::read_to_string(dist.join("index.html")).expect("dist/ is missing: run `cargo xtask build`");
    let mount = r#"id="console""#;
    assert!(index.contains(mount), "the page has no place for the console");
    let attributes: Vec<String> =
        limits.iter().map(|(name, limit)| format!("{name}=\"{}\"", limit.as_millis())).collect();
    let index = index.replace(mount, &format!("{mount} {}", attributes.join(" ")));
    let files = ServeDir::new(dist);
    let site = Router::new().route("/", get(move || async { Html(index) })).fallback(async move |request: Request| {
        let is_wasm = Path::new(request.uri().path()).extension().is_some_and(|extension| extension == "wasm");
        match wasm {
            Wasm::Missing if is_wasm => StatusCode::NOT_FOUND.into_response(),
            Wasm::Altered if is_wasm => ([("content-type", "application/wasm")], *EMPTY_MODULE).into_response(),
            _ => files.oneshot(request).await.into_response(),
        }
    });
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, site).await });
    url
}

pub fn workspace() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// What the console complains about. Not counted is what the browser notes by itself about answers that a test provokes:
/// a status of 400 and above, a refused connection, a call that CORS forbids. Nor is Chromium's remark that it ignores the
/// integrity of the wasm's preload, which other browsers check.
async fn complaints(driver: &WebDriver) -> Vec<String> {
    let is_provoked = |message: &str| {
        ["Failed to load resource", "has been blocked by CORS policy", "`integrity` attribute is currently ignored"]
            .into_iter()
            .any(|remark| message.contains(remark))
    };
    let log = driver.browser_log().await.unwrap();
    log.into_iter()
        .filter(|entry| matches!(entry.level.as_str(), "SEVERE" | "WARNING") && !is_provoked(&entry.message))
        .map(|entry| entry.message)
        .collect()
}

async fn take_picture_of_failure(driver: &WebDriver) {
    let folder = workspace().join("target/failures");
    std::fs::create_dir_all(&folder).unwrap();
    let thread = std::thread::current();
    let name = thread.name().unwrap_or("test").replace("::", "-");
    let file = folder.join(format!("{name}.png"));
    // The browser may be what failed.
    if driver.screenshot(Path::new(&file)).await.is_ok() {
        eprintln!("a picture of the page is in {}", file.display());
    }
}
