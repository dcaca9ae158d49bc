//! Sets the scene for a test: a sandbox, a web server with the release page, a browser; and clears it away.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::path::Path;
use std::time::Duration;

use console_core::Language;
use futures_util::FutureExt;
use sandbox::fixtures::PROJECT_NAME;
use sandbox::{Cloud, Sandbox, Settings};
use serde_json::json;
use thirtyfour::prelude::*;

use super::browser::{Browser, Preferences};
use super::host::{Content, Host, Site, Wasm, workspace};
use super::page::Page;
use super::pool;

/// How long anything on the page may take. Generous: it only passes when something is wrong.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// The tag of every language of the page.
pub fn languages() -> [&'static str; Language::COUNT] {
    Language::ALL.map(Language::tag)
}

/// The language of the pages in this run: English, or the one that `CONSOLE_LANGUAGE` names.
fn language_of_this_run() -> &'static str {
    match std::env::var("CONSOLE_LANGUAGE").as_deref() {
        Err(_) => Language::default().tag(),
        Ok(wanted) => {
            let language = Language::ALL.into_iter().find(|language| language.tag() == wanted);
            language.unwrap_or_else(|| panic!("CONSOLE_LANGUAGE is {wanted}, and none of {}", Language::TAGS)).tag()
        }
    }
}

/// What a test needs, and how it wants it.
pub struct Stage {
    settings: Settings,
    content: Content,
    preferences: Preferences,
    window: (u32, u32),
    url: Option<String>,
    host: Host,
    browser: Browser,
    /// Whether the test says itself in which language it is played.
    has_own_language: bool,
    /// Whether no test has used the browser before.
    has_own_browser: bool,
    /// Whether the operator offers the sandbox for the region of its project.
    offers_sandbox: bool,
}

/// What a test plays with.
pub struct Scene {
    /// The page, as a user sees it.
    pub page: Page,
    /// The API.
    pub sandbox: Sandbox,
    /// The web server.
    pub site: Site,
}

impl Stage {
    /// A sandbox that takes calls from any origin, and a page in the language of this run.
    pub fn new() -> Self {
        Self {
            settings: Settings { build_time: Duration::from_secs(600), ..Settings::default() },
            content: Content::default(),
            preferences: Preferences { language: language_of_this_run(), is_dark: false, has_javascript: true },
            window: (1280, 800),
            url: None,
            host: Host::of_this_run(),
            browser: Browser::of_this_run(),
            has_own_language: false,
            has_own_browser: false,
            offers_sandbox: false,
        }
    }

    /// The page calls the API itself, whatever serves it in this run: what the test looks at (CORS, connections that break,
    /// the address in the form) a proxy would hide.
    pub fn direct(mut self) -> Self {
        self.host = Host::Plain;
        self
    }

    /// It is played in Chromium, whatever the browser of this run: no other lets a test look so deep.
    pub fn in_chromium(mut self) -> Self {
        self.browser = Browser::Chromium;
        self
    }

    /// In a browser that no test has used before, and none uses after it.
    pub fn in_its_own_browser(mut self) -> Self {
        self.has_own_browser = true;
        self
    }

    /// The API allows no calls from other origins.
    pub fn without_cors(mut self) -> Self {
        self.settings.cors = false;
        self
    }

    /// The operator has set this in `config.json`.
    pub fn set(mut self, key: &str, value: serde_json::Value) -> Self {
        self.content.settings.insert(key.to_owned(), value);
        self
    }

    /// The operator offers the sandbox for the region of its project, as `cargo xtask serve` does.
    pub fn offering_the_sandbox(mut self) -> Self {
        self.offers_sandbox = true;
        self
    }

    /// The sandbox plays this cloud, and the operator says that its address is of that, which neither path nor token tells.
    pub fn in_cloud(mut self, cloud: Cloud) -> Self {
        self.settings.cloud = cloud;
        self.offers_sandbox = true;
        self
    }

    /// `config.json` has this text.
    pub fn with_config(mut self, text: &'static str) -> Self {
        self.content.config = Some(text);
        self
    }

    /// The page waits for an answer this long only.
    pub fn with_time_limit(self, limit: Duration) -> Self {
        self.set("answer_seconds", limit.as_secs_f64().into())
    }

    /// A backup whose answer was lost is looked for this long.
    pub fn with_settle_time(self, limit: Duration) -> Self {
        self.set("settle_seconds", limit.as_secs_f64().into())
    }

    /// A followed backup and a busy instance are asked for so soon.
    pub fn with_poll_time(self, time: Duration) -> Self {
        let seconds = time.as_secs_f64();
        self.set("poll_seconds", seconds.into()).set("instance_seconds", seconds.into())
    }

    /// The token is forgotten when nobody uses the page for so long.
    pub fn with_idle_time(self, time: Duration) -> Self {
        self.set("idle_minutes", (time.as_secs_f64() / 60.0).into())
    }

    /// The API doesn't list the databases of an instance.
    pub fn without_database_list(mut self) -> Self {
        self.settings.lists_databases = false;
        self
    }

    /// The project has 1,000 instances and 10,000 backups.
    pub fn large(mut self) -> Self {
        self.settings.is_large = true;
        self.with_backups(sandbox::fixtures::LARGE_PROJECT_BACKUPS)
    }

    /// Automated backups are made just now.
    pub fn in_backup_window(mut self) -> Self {
        self.settings.until_backup_window = Duration::ZERO;
        self
    }

    /// The first instance has so many backups.
    pub fn with_backups(mut self, count: u32) -> Self {
        self.settings.backups = count;
        self
    }

    /// The browser prefers this language.
    pub fn in_language(mut self, language: &'static str) -> Self {
        self.preferences.language = language;
        self.has_own_language = true;
        self
    }

    /// The system prefers dark colours.
    pub fn dark(mut self) -> Self {
        self.preferences.is_dark = true;
        self
    }

    /// The window has this size, in CSS pixels.
    pub fn with_window(mut self, width: u32, height: u32) -> Self {
        self.window = (width, height);
        self
    }

    /// What the web server makes of the wasm.
    pub fn with_wasm(mut self, wasm: Wasm) -> Self {
        self.content.wasm = wasm;
        self
    }

    /// The plain web server sends this policy as a header, beside that of the document.
    pub fn with_policy(mut self, policy: &'static str) -> Self {
        self.content.policy = Some(policy);
        self
    }

    /// The plain web server sends this policy as a header that forbids nothing: the browser is to report only.
    pub fn with_reported_policy(mut self, policy: &'static str) -> Self {
        self.content.reported_policy = Some(policy);
        self
    }

    /// JavaScript is switched off in the browser.
    pub fn without_javascript(mut self) -> Self {
        self.preferences.has_javascript = false;
        self
    }

    /// A script runs in the page before its own.
    pub fn watched_by(mut self, script: &str) -> Self {
        self.content.watch.push_str(script);
        self
    }

    /// The page is served elsewhere already.
    pub fn at(mut self, url: String) -> Self {
        self.url = Some(url);
        self
    }

    /// Whether another browser, web server or language was asked for, and nothing of that is in this test.
    fn is_a_repetition(&self) -> bool {
        let asked_for = (Browser::of_this_run(), Host::of_this_run(), language_of_this_run());
        let first_run = (Browser::Chromium, Host::Plain, "en");
        let language = if self.has_own_language { first_run.2 } else { self.preferences.language };
        asked_for != first_run && (self.browser, self.host, language) == first_run
    }

    /// Plays a test, and then checks that the console is free of errors.
    pub async fn play(self, test: impl AsyncFnOnce(&Scene)) {
        if self.is_a_repetition() {
            println!("Left out: the run in Chromium on the plain web server has played exactly this.");
            return;
        }
        let Self {
            mut settings,
            mut content,
            preferences,
            window,
            url,
            host,
            browser,
            has_own_browser,
            offers_sandbox,
            ..
        } = self;
        content.watch.insert_str(0, COMPLAINTS);
        settings.identity = host.upstream();
        let cloud = settings.cloud;
        let sandbox = Sandbox::start(settings).await.unwrap();
        if offers_sandbox {
            let address = host.endpoint(&sandbox);
            let endpoint =
                json!({ "address": address, "name": "Sandbox", "region": PROJECT_NAME, "cloud": cloud.word() });
            content.settings.insert("endpoints".to_owned(), json!([endpoint]));
        }
        let mut site = host.serve(&content, &sandbox).await;
        site.url = url.unwrap_or(site.url);
        let running =
            if has_own_browser { browser.start(preferences).await } else { pool::take(browser, preferences).await };
        let driver = running.driver.clone();
        driver.set_script_timeout(PATIENCE).await.unwrap();
        let page = Page {
            driver: driver.clone(),
            browser,
            endpoint: site.endpoint.clone(),
            language: Cell::new(preferences.language),
        };
        page.open(&site.url, window, preferences).await;
        let scene = Scene { page, sandbox, site };

        let outcome = AssertUnwindSafe(test(&scene)).catch_unwind().await;
        let complaints = if preferences.has_javascript { complaints(&scene.page).await } else { Vec::new() };
        let has_failed = outcome.is_err() || !complaints.is_empty();
        if has_failed {
            take_picture_of_failure(&driver).await;
        }
        if has_failed || has_own_browser {
            driver.quit().await.unwrap();
        } else {
            pool::give_back(running, &scene.site.url).await;
        }
        if let Err(panic) = outcome {
            resume_unwind(panic);
        }
        assert!(complaints.is_empty(), "the console has errors: {complaints:#?}");
    }
}

/// A script that keeps the memory of the wasm as `window.memory`.
pub const KEEP_MEMORY: &str = "
    const instantiate = WebAssembly.instantiateStreaming;
    WebAssembly.instantiateStreaming = async (...given) => {
        const result = await instantiate(...given);
        // The parts of the program that come later share it.
        window.memory ??= result.instance.exports.memory;
        return result;
    };
";

/// Keeps what the page itself complains about, which not every browser tells its driver.
const COMPLAINTS: &str = "
    window.complaints = [];
    for (const name of ['warn', 'error']) {
        const print = console[name];
        console[name] = (...words) => { window.complaints.push(words.map(String).join(' ')); print(...words); };
    }
    addEventListener('error', event => window.complaints.push(String(event.message)));
    addEventListener('unhandledrejection', event => window.complaints.push(String(event.reason)));
";

/// What the console complains about. Not counted is what the browser notes by itself about answers that a test provokes:
/// a status of 400 and above, a refused connection, a call that CORS forbids. Nor is Chromium's remark that it ignores the
/// integrity of the wasm's preload, which other browsers check.
async fn complaints(page: &Page) -> Vec<String> {
    let is_provoked = |message: &String| {
        ["Failed to load resource", "has been blocked by CORS policy", "`integrity` attribute is currently ignored"]
            .into_iter()
            .any(|remark| message.contains(remark))
    };
    page.messages().await.into_iter().filter(|message| !is_provoked(message)).collect()
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
