//! Measures the page beside its peers: not a test, run by `cargo xtask bench`, which writes bench/RESULTS.md.
//!
//! Each load has a browser of its own and a cold cache; files come compressed with brotli 11, as a well-set-up web server sends
//! them. What is stated is the median.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a measurement may stop at the first thing that isn't as expected"
)]

#[path = "../common/mod.rs"]
mod common;

mod chart;
mod interactions;
mod lighthouse;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::common::browser::{Browser, Preferences};
use crate::common::host::{has_extension, workspace};

/// Names of pages, as the report has them.
const THIS: &str = "this page";
const REACT: &str = "react-jsonschema-form 6.11.1";
const SWAGGER: &str = "Swagger UI 5.35.0";
const PLAIN: &str = "plain HTML and JavaScript";

/// A page that is measured.
struct Peer {
    name: &'static str,
    /// The folders that are served, and where.
    files: BTreeMap<String, PathBuf>,
    /// The page itself, where it is none of the files.
    index: Option<String>,
    /// A field of its form, or what opens it: once it is there, the form accepts a keystroke.
    ready: &'static str,
    /// What is there once the form also answers, where that is later.
    whole: &'static str,
}

/// A line to the page.
#[derive(Clone, Copy)]
struct Line {
    name: &'static str,
    conditions: Option<(u32, u32, u32)>,
}

/// Unthrottled, and 1.6 Mbit/s with 150 ms on a processor slowed down four times.
const LINES: [Line; 2] = [
    Line { name: "unthrottled", conditions: None },
    Line { name: "1.6 Mbit/s, 150 ms, CPU 4×", conditions: Some((200_000, 150, 4)) },
];

/// What one load is measured by.
const MEASURES: [&str; 8] =
    ["bytes", "requests", "first paint ms", "ready ms", "whole ms", "blocked ms", "memory KB", "shift"];

/// Keeps what a load is measured by.
const WATCH: &str = "
    window.blocked = 0; window.moved = 0; window.ready = null; window.whole = null; window.memories = [];
    new PerformanceObserver(list => list.getEntries().forEach(task => { window.blocked += Math.max(0, task.duration - 50); }))
        .observe({ type: 'longtask', buffered: true });
    new PerformanceObserver(list => list.getEntries().forEach(entry => { window.moved += entry.value; }))
        .observe({ type: 'layout-shift', buffered: true });
    const instantiate = WebAssembly.instantiateStreaming;
    WebAssembly.instantiateStreaming = async (...given) => {
        const result = await instantiate(...given);
        if (result.instance.exports.memory) { window.memories.push(result.instance.exports.memory); }
        return result;
    };
    const isThere = selector => {
        const element = document.querySelector(selector) ?? document.querySelector('rapi-doc')?.shadowRoot?.querySelector(selector);
        return element && element.getClientRects().length > 0;
    };
    const look = () => {
        if (window.ready === null && isThere(READY)) { window.ready = performance.now(); }
        if (isThere(WHOLE)) { window.whole = performance.now(); } else { requestAnimationFrame(look); }
    };
    requestAnimationFrame(look);";

fn folder(at: &str, path: &Path) -> BTreeMap<String, PathBuf> {
    let entries = std::fs::read_dir(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let files = entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_file());
    files.map(|file| (format!("{at}{}", file.file_name().unwrap().to_string_lossy()), file)).collect()
}

fn peers() -> Vec<Peer> {
    let modules = workspace().join("bench/node_modules");
    let document = [("/openapi.json".to_owned(), workspace().join("sandbox/openapi.json"))];
    let with = |package: &str, names: &[&str]| -> BTreeMap<String, PathBuf> {
        let files = names.iter().map(|name| (format!("/{name}"), modules.join(package).join(name)));
        files.chain(document.clone()).collect()
    };
    let page = |head: &str, body: &str| {
        Some(format!("<!doctype html><html lang=en><meta charset=utf-8><title>x</title>{head}<body>{body}"))
    };
    vec![
        Peer {
            name: THIS,
            files: folder("/", &workspace().join("dist")),
            index: None,
            ready: "#field-name",
            whole: ".columns:not(.prerender) #field-name",
        },
        Peer {
            name: PLAIN,
            files: folder("/", &workspace().join("bench/plain")),
            index: None,
            ready: "#name",
            whole: "#name",
        },
        Peer {
            name: REACT,
            files: folder("/", &workspace().join("target/bench/react")),
            index: None,
            ready: "#root_name",
            whole: "#root_name",
        },
        Peer {
            name: "RapiDoc 9.3.8",
            files: with("rapidoc/dist", &["rapidoc-min.js"]),
            index: page(
                "<script type=module src=/rapidoc-min.js></script>",
                "<rapi-doc spec-url=/openapi.json render-style=view></rapi-doc>",
            ),
            ready: ".section-endpoint, .endpoint-head",
            whole: ".section-endpoint, .endpoint-head",
        },
        Peer {
            name: SWAGGER,
            files: with("swagger-ui-dist", &["swagger-ui.css", "swagger-ui-bundle.js"]),
            index: page(
                "<link rel=stylesheet href=/swagger-ui.css>",
                "<div id=ui></div><script src=/swagger-ui-bundle.js></script>
                 <script>SwaggerUIBundle({ url: '/openapi.json', dom_id: '#ui' });</script>",
            ),
            ready: ".opblock-post",
            whole: ".opblock-post",
        },
        Peer {
            name: "Stoplight Elements 9.0.25",
            files: with("@stoplight/elements", &["styles.min.css", "web-components.min.js"]),
            index: page(
                "<script src=/web-components.min.js></script><link rel=stylesheet href=/styles.min.css>",
                "<elements-api apiDescriptionUrl=/openapi.json router=hash layout=stacked></elements-api>",
            ),
            ready: "elements-api h1, elements-api h2",
            whole: "elements-api h1, elements-api h2",
        },
        Peer {
            name: "Scalar 1.72.1",
            files: with("@scalar/api-reference/dist/browser", &["standalone.js"]),
            index: page(
                "",
                "<div id=app></div><script src=/standalone.js></script>
                 <script>Scalar.createApiReference('#app', { url: '/openapi.json', telemetry: false });</script>",
            ),
            ready: ".section-container .section, .section h2, #app h1",
            whole: ".section-container .section, .section h2, #app h1",
        },
    ]
}

/// The files of a page, compressed.
type Compressed = Arc<BTreeMap<String, (&'static str, Vec<u8>)>>;

async fn answer(State(files): State<Compressed>, request: Request) -> Response {
    let path = if request.uri().path() == "/" { "/index.html" } else { request.uri().path() };
    match files.get(path) {
        Some((kind, bytes)) => {
            ([(header::CONTENT_TYPE, *kind), (header::CONTENT_ENCODING, "br")], bytes.clone()).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn compress(bytes: &[u8]) -> Vec<u8> {
    let parameters = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut compressed, &parameters).unwrap();
    compressed
}

async fn serve(peer: &Peer) -> String {
    let kind = |path: &str| match path.rsplit('.').next().unwrap() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        _ => "application/json",
    };
    let read =
        |(path, file): (&String, &PathBuf)| (path.clone(), (kind(path), compress(&std::fs::read(file).unwrap())));
    let wanted = peer.files.iter().filter(|(path, _)| !has_extension(path, "br") && !has_extension(path, "gz"));
    let mut files: BTreeMap<_, _> = wanted.map(read).collect();
    if let Some(index) = &peer.index {
        files.insert("/index.html".to_owned(), ("text/html; charset=utf-8", compress(index.as_bytes())));
    }
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let site = Router::new().fallback(answer).with_state(Arc::new(files));
    tokio::spawn(async move { axum::serve(listener, site).await });
    url
}

/// One load, cold.
async fn load(peer: &Peer, url: &str, line: Line) -> Vec<f64> {
    let preferences = Preferences { language: "en", is_dark: false, has_javascript: true };
    let running = Browser::Chromium.start(preferences).await;
    let driver = running.driver.clone();
    let tools = driver.cdp();
    let watch = WATCH.replace("READY", &json!(peer.ready).to_string()).replace("WHOLE", &json!(peer.whole).to_string());
    tools.send_raw("Page.addScriptToEvaluateOnNewDocument", json!({ "source": watch })).await.unwrap();
    tools.send_raw("Performance.enable", json!({})).await.unwrap();
    if let Some((throughput, latency, rate)) = line.conditions {
        tools.send_raw("Network.enable", json!({})).await.unwrap();
        let conditions = json!({ "offline": false, "latency": latency, "downloadThroughput": throughput, "uploadThroughput": throughput });
        tools.send_raw("Network.emulateNetworkConditions", conditions).await.unwrap();
        tools.send_raw("Emulation.setCPUThrottlingRate", json!({ "rate": rate })).await.unwrap();
    }
    driver.set_script_timeout(Duration::from_secs(60)).await.unwrap();
    driver.goto(url).await.unwrap();
    // Two quiet seconds behind the moment when it is whole, for what still blocks then.
    let script = "const done = arguments[arguments.length - 1];
        const wait = () => { if (window.whole === null) { requestAnimationFrame(wait); return; }
            setTimeout(() => {
                const entries = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
                    .filter(entry => !entry.name.includes('icon'));
                const paint = performance.getEntriesByName('first-contentful-paint')[0];
                done([entries.reduce((sum, entry) => sum + entry.encodedBodySize, 0), entries.length,
                    paint ? paint.startTime : 0, window.ready, window.whole, window.blocked,
                    window.memories.reduce((sum, memory) => sum + memory.buffer.byteLength, 0), window.moved]);
            }, 2000); };
        wait();";
    let measured: Value = driver.execute_async(script, vec![]).await.unwrap().json().clone();
    let mut measured: Vec<f64> = measured.as_array().unwrap().iter().map(|value| value.as_f64().unwrap()).collect();
    let metrics = tools.send_raw("Performance.getMetrics", json!({})).await.unwrap();
    let heap = metrics["metrics"].as_array().unwrap().iter().find(|metric| metric["name"] == "JSHeapUsedSize").unwrap();
    measured[6] = (measured[6] + heap["value"].as_f64().unwrap()) / 1024.0;
    driver.quit().await.unwrap();
    measured
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// What this page is to reach as a share of a peer, on the slow line: the measure, the peer, and the most.
const TARGETS: [(&str, &str, f64); 6] = [
    ("bytes", REACT, 0.55),
    ("bytes", SWAGGER, 0.2),
    ("ready ms", REACT, 0.7),
    ("ready ms", SWAGGER, 0.25),
    ("first paint ms", REACT, 0.35),
    ("blocked ms", REACT, 1.0),
];

/// The medians of a page's measures.
type Medians = BTreeMap<&'static str, f64>;

/// A row of the table of targets.
fn target(what: &str, most: &str, found: &str, is_met: bool) -> String {
    let verdict = if is_met { "met" } else { "**missed**" };
    format!("| {what} | {most} | {found} | {verdict} |\n")
}

fn targets(medians: &BTreeMap<&'static str, Medians>) -> String {
    let row = |(measure, peer, most): (&str, &str, f64)| {
        let found = medians[THIS][measure] / medians[peer][measure];
        target(
            &format!("{measure}, slow line: share of {peer}"),
            &most.to_string(),
            &format!("{found:.2}"),
            found <= most,
        )
    };
    TARGETS.into_iter().map(row).collect()
}

/// Keeps a part of the report.
fn keep(name: &str, text: &str) {
    let folder = workspace().join("target/bench");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(name), text).unwrap();
}

#[tokio::test]
#[ignore = "measures, tests nothing"]
async fn pages() {
    let loads: usize = std::env::var("BENCH_LOADS").ok().and_then(|loads| loads.parse().ok()).unwrap_or(9);
    let mut report = format!("Medians of {loads} loads, each in a browser of its own with a cold cache.\n");
    let mut medians: BTreeMap<&'static str, Medians> = BTreeMap::new();
    for line in LINES {
        let rule = "---:|".repeat(MEASURES.len());
        write!(report, "\n## {}\n\n| page | {} |\n|---|{rule}\n", line.name, MEASURES.join(" | ")).unwrap();
        for peer in peers() {
            let url = serve(&peer).await;
            let mut all = Vec::new();
            for _ in 0..loads {
                all.push(load(&peer, &url, line).await);
            }
            let column = |index: usize| median(all.iter().map(|load| load[index]).collect());
            let of_this: Medians = MEASURES.into_iter().zip((0..MEASURES.len()).map(column)).collect();
            let digits = |measure: &str| if measure == "shift" { 3 } else { 0 };
            let cells = MEASURES.map(|measure| format!("{:.1$}", of_this[measure], digits(measure))).join(" | ");
            println!("{}: {}: {cells}", line.name, peer.name);
            writeln!(report, "| {} | {cells} |", peer.name).unwrap();
            medians.insert(peer.name, of_this);
        }
    }
    keep("pages.md", &report);
    // The slow line came last.
    keep("pages.targets.md", &targets(&medians));
    std::fs::write(workspace().join("bench/chart.svg"), chart::draw(&medians)).unwrap();
}
