//! What a key, a click and a list cost once the page is there. The browser draws as often as it can here: what is measured is
//! what the page takes, not how long the screen's next turn is away.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use sandbox::fixtures::{MYSQL, SQL_SERVER};
use serde_json::{Value, json};

use crate::common::browser::{Browser, Preferences};
use crate::common::page::Page;
use crate::common::stage::{KEEP_MEMORY, Stage};
use crate::{PLAIN, REACT, THIS, keep, median, peers, serve, target};

/// So many keys are pressed for each figure.
const KEYS: usize = 60;
/// So many backups are made for each figure.
const CLICKS: usize = 9;
/// So often a list is drawn for each figure.
const ROUNDS: usize = 3;

/// Times each key until what it changes is painted: the frame is drawn before a task that the frame's own callback asks for.
const PAINTED: &str = "
    window.keys = [];
    const painted = then => requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => then(performance.now());
        channel.port2.postMessage(0);
    });
    window.painted = painted;
    addEventListener('keydown', () => {
        const start = performance.now();
        painted(end => window.keys.push(end - start));
    }, true);";

fn percentile(mut values: Vec<f64>, percent: usize) -> f64 {
    values.sort_by(f64::total_cmp);
    values[(values.len() * percent / 100).min(values.len() - 1)]
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

async fn slow_down(driver: &thirtyfour::WebDriver, rate: u32) {
    driver.cdp().send_raw("Emulation.setCPUThrottlingRate", json!({ "rate": rate })).await.unwrap();
}

/// Presses keys in the element that has the focus, one when the one before is painted.
async fn press_keys(driver: &thirtyfour::WebDriver) -> Vec<f64> {
    driver.execute("window.keys = [];", vec![]).await.unwrap();
    for count in 1..=KEYS {
        let key = json!({ "type": "keyDown", "text": "a", "key": "a", "code": "KeyA", "windowsVirtualKeyCode": 65 });
        driver.cdp().send_raw("Input.dispatchKeyEvent", key).await.unwrap();
        let key = json!({ "type": "keyUp", "key": "a", "code": "KeyA", "windowsVirtualKeyCode": 65 });
        driver.cdp().send_raw("Input.dispatchKeyEvent", key).await.unwrap();
        let script = format!(
            "const done = arguments[0]; const look = () => window.keys.length >= {count} ? done() : setTimeout(look, 1); look();"
        );
        driver.execute_async(script, vec![]).await.unwrap();
    }
    numbers(driver.execute("return window.keys;", vec![]).await.unwrap().json())
}

/// A line of the table of keys.
fn line(report: &mut String, page: &str, field: &str, entries: usize, rate: u32, keys: Vec<f64>) -> [f64; 2] {
    let (middle, most) = (median(keys.clone()), percentile(keys, 95));
    println!("{page}, {field}, {entries} entries, CPU {rate}x: median {middle:.1}, p95 {most:.1} ms");
    writeln!(report, "| {page} | {field} | {entries} | {rate}× | {middle:.1} | {most:.1} |").unwrap();
    [middle, most]
}

#[tokio::test]
#[ignore = "measures, tests nothing"]
async fn keys() {
    let mut report = format!(
        "\n## A key, until what it changes is painted\n\n{KEYS} keys each, in ms.\n\n| page | field | databases | CPU | median | p95 |\n|---|---|---:|---:|---:|---:|\n"
    );
    let (mut found, mut within) = (BTreeMap::new(), BTreeMap::new());
    for entries in [0, 100, 1_000] {
        Stage::new()
            .in_its_own_browser()
            .watched_by(PAINTED)
            .play(async |scene| {
                let page = &scene.page;
                page.fill(SQL_SERVER, "backup").await;
                if entries > 0 {
                    page.press("Add database").await;
                    let names: Vec<String> = (0..entries).map(|index| format!("database{index}")).collect();
                    page.paste_into("Database 1", &names.join("\n")).await;
                    page.until(
                        &format!("document.querySelectorAll('.field-databases').length === {entries}"),
                        "all are there",
                    )
                    .await;
                }
                for rate in [1, 4] {
                    slow_down(&page.driver, rate).await;
                    page.field("Backup name").await.click().await.unwrap();
                    let keys = press_keys(&page.driver).await;
                    found.insert((entries, rate), line(&mut report, THIS, "name", entries, rate, keys));
                    page.replace("Backup name", "backup").await;
                    if entries > 0 {
                        page.field("Database 2").await.click().await.unwrap();
                        let keys = press_keys(&page.driver).await;
                        within.insert((entries, rate), line(&mut report, THIS, "a database", entries, rate, keys));
                    }
                    slow_down(&page.driver, 1).await;
                }
            })
            .await;
    }
    for peer in peers().into_iter().filter(|peer| [REACT, PLAIN].contains(&peer.name)) {
        let url = serve(&peer).await;
        for entries in [0, 100, 1_000] {
            let preferences = Preferences { language: "en", is_dark: false, has_javascript: true };
            let running = Browser::Chromium.start(preferences).await;
            let driver = running.driver.clone();
            driver.cdp().send_raw("Page.addScriptToEvaluateOnNewDocument", json!({ "source": PAINTED })).await.unwrap();
            driver.goto(format!("{url}?databases={entries}")).await.unwrap();
            let script = format!(
                "const done = arguments[0]; const look = () => document.querySelector('{}') ? done() : setTimeout(look, 20); look();",
                peer.ready
            );
            driver.execute_async(script, vec![]).await.unwrap();
            for rate in [1, 4] {
                slow_down(&driver, rate).await;
                driver
                    .execute(
                        format!(
                            "const field = document.querySelector('{}'); field.value = ''; field.focus();",
                            peer.ready
                        ),
                        vec![],
                    )
                    .await
                    .unwrap();
                line(&mut report, peer.name, "name", entries, rate, press_keys(&driver).await);
            }
            driver.quit().await.unwrap();
        }
    }
    keep("keys.md", &report);
    let (fast, slow) = (found[&(1_000, 1)][1], found[&(1_000, 4)][1]);
    let flat = found[&(1_000, 4)][0] / found[&(0, 4)][0];
    let (fast_within, slow_within) = (within[&(1_000, 1)][1], within[&(1_000, 4)][1]);
    let what = "a key until its paint, p95 in ms, 1,000 databases";
    let rows = [
        target(what, "16", &format!("{fast:.1}"), fast < 16.0),
        target(&format!("{what}, CPU 4×"), "50", &format!("{slow:.1}"), slow < 50.0),
        target(&format!("{what}, typed into one of them"), "16", &format!("{fast_within:.1}"), fast_within < 16.0),
        target(
            &format!("{what}, typed into one of them, CPU 4×"),
            "50",
            &format!("{slow_within:.1}"),
            slow_within < 50.0,
        ),
        target(
            "the same with 1,000 databases, share of that with none (median, CPU 4×)",
            "1.2",
            &format!("{flat:.2}"),
            flat <= 1.2,
        ),
    ];
    keep("keys.targets.md", &rows.concat());
}

/// From the press to the call of fetch, and from the end of the answer to the paint of the result.
async fn one_backup(page: &Page, name: &str) -> [f64; 2] {
    page.replace("Backup name", name).await;
    let script = "
        const done = arguments[0];
        const button = document.getElementById('create-backup');
        performance.clearResourceTimings();
        const outcome = document.getElementById('answer');
        const observer = new MutationObserver(() => {
            if (!outcome.querySelector('.accepted')) { return; }
            observer.disconnect();
            window.painted(end => {
                const look = () => {
                    const call = performance.getEntriesByType('resource').find(entry => entry.name.endsWith('/backups'));
                    if (!call) { setTimeout(look, 5); return; }
                    done([call.startTime - window.pressed, end - call.responseEnd]);
                };
                look();
            });
        });
        observer.observe(outcome, { subtree: true, childList: true, attributes: true });
        button.addEventListener('click', () => { window.pressed = performance.now(); }, { capture: true, once: true });
        button.click();";
    let measured = page.driver.execute_async(script, vec![]).await.unwrap();
    let [wire, painted] = numbers(measured.json())[..] else { panic!("two figures") };
    [wire, painted]
}

#[tokio::test]
#[ignore = "measures, tests nothing"]
async fn clicks() {
    let mut report = format!(
        "\n## `Create backup`\n\nMedians of {CLICKS}, in ms.\n\n| CPU | press → call of fetch | answer → painted |\n|---:|---:|---:|\n"
    );
    Stage::new()
        .in_its_own_browser()
        .watched_by(PAINTED)
        .play(async |scene| {
            let page = &scene.page;
            page.fill(MYSQL, "first").await;
            page.press("Create backup").await;
            page.sees("Backup started").await;
            for rate in [1, 4] {
                slow_down(&page.driver, rate).await;
                let mut all = Vec::new();
                for round in 0..CLICKS {
                    // One at a time is all that an instance takes.
                    scene.sandbox.finish_backups();
                    all.push(one_backup(page, &format!("backup-{rate}-{round}")).await);
                }
                let of = |index: usize| median(all.iter().map(|one: &[f64; 2]| one[index]).collect());
                println!("CPU {rate}x: press to fetch {:.1}, answer to paint {:.1} ms", of(0), of(1));
                writeln!(report, "| {rate}× | {:.1} | {:.1} |", of(0), of(1)).unwrap();
            }
        })
        .await;
    keep("clicks.md", &report);
}

/// JavaScript's heap and the wasm, in bytes, without what is garbage.
async fn memory(page: &Page) -> f64 {
    let tools = page.driver.cdp();
    tools.send_raw("Performance.enable", json!({})).await.unwrap();
    tools.send_raw("HeapProfiler.collectGarbage", json!({})).await.unwrap();
    let metrics = tools.send_raw("Performance.getMetrics", json!({})).await.unwrap();
    let heap = metrics["metrics"].as_array().unwrap().iter().find(|metric| metric["name"] == "JSHeapUsedSize").unwrap();
    heap["value"].as_f64().unwrap()
        + page.script("return window.memory.buffer.byteLength;", vec![]).await.as_f64().unwrap()
}

/// Acts, and waits until a condition holds and is painted.
async fn until_painted(page: &Page, act: &str, condition: &str) -> f64 {
    let script = format!(
        "const done = arguments[0];
         const holds = () => {{ try {{ return Boolean({condition}); }} catch {{ return false; }} }};
         const start = performance.now();
         const observer = new MutationObserver(() => {{
             if (holds()) {{ observer.disconnect(); window.painted(end => done(end - start)); }}
         }});
         observer.observe(document.getElementById('console'), {{ subtree: true, childList: true, characterData: true, attributes: true }});
         {act}"
    );
    page.driver.execute_async(script, vec![]).await.unwrap().json().as_f64().unwrap()
}

#[tokio::test]
#[ignore = "measures, tests nothing"]
async fn lists() {
    let mut report = format!(
        "\n## Backups of an instance\n\nMedians of {ROUNDS}, in ms, CPU 4×; the sandbox answers with 100 at a time. Rows: how many are in the page.\n\n\
         | backups | first rows painted | all read | scrolled | filtered | rows | memory per 1,000 KB |\n|---:|---:|---:|---:|---:|---:|---:|\n"
    );
    let mut firsts = BTreeMap::new();
    for count in [100, 1_000, 10_000] {
        let mut all: Vec<[f64; 6]> = Vec::new();
        for _ in 0..ROUNDS {
            Stage::new().in_its_own_browser()
                .with_backups(count)
                .watched_by(&format!("{KEEP_MEMORY}{PAINTED}"))
                .play(async |scene| {
                    let page = &scene.page;
                    page.fill(MYSQL, "backup").await;
                    page.press("Suggest a name").await;
                    let before = memory(page).await;
                    slow_down(&page.driver, 4).await;
                    let rows = "document.querySelectorAll('.backups > .table tbody tr')";
                    let press = "const all = [...document.querySelectorAll('button')];
                        all.find(button => button.innerText === 'Show backups').click(); window.shown = performance.now();";
                    let first = until_painted(page, press, &format!("{rows}.length > 5")).await;
                    let done = format!("!document.querySelector('.backups progress') && document.querySelector('.backups').textContent.includes('{} backups')", thousands(count));
                    page.until(&done, "all are read").await;
                    let read = page.script("return performance.now() - window.shown;", vec![]).await.as_f64().unwrap();
                    let table = "document.querySelector('.backups > .table')";
                    let before_scroll = format!("window.row = {rows}[8].innerText;");
                    page.script(&before_scroll, vec![]).await;
                    let scrolled = until_painted(page, &format!("{table}.scrollTop = {table}.scrollHeight / 2;"), &format!("{rows}[8].innerText !== window.row")).await;
                    let field = page.field("Name contains").await;
                    field.click().await.unwrap();
                    let id = field.id().await.unwrap().unwrap();
                    let typing = format!(
                        "const field = document.getElementById('{id}'); field.value = '99';
                         field.dispatchEvent(new InputEvent('input', {{ bubbles: true, inputType: 'insertText' }}));"
                    );
                    let filtered = until_painted(page, &typing, "document.querySelector('.backups').textContent.includes(' of ')").await;
                    let drawn = page.script(&format!("return {rows}.length;"), vec![]).await.as_f64().unwrap();
                    slow_down(&page.driver, 1).await;
                    let grown = (memory(page).await - before) / 1024.0 / f64::from(count) * 1000.0;
                    all.push([first, read, scrolled, filtered, drawn, grown]);
                })
                .await;
        }
        let cells: Vec<String> =
            (0..6).map(|index| format!("{:.0}", median(all.iter().map(|one| one[index]).collect()))).collect();
        firsts.insert(count, median(all.iter().map(|one| one[0]).collect()));
        println!("{count} backups: {}", cells.join(" | "));
        writeln!(report, "| {} | {} |", thousands(count), cells.join(" | ")).unwrap();
    }
    keep("lists.md", &report);
    let share = firsts[&10_000] / firsts[&1_000];
    let what = "first screenful of 10,000 backups: share of that of 1,000";
    keep("lists.targets.md", &target(what, "2", &format!("{share:.2}"), share <= 2.0));
}

fn thousands(count: u32) -> String {
    if count < 1_000 { count.to_string() } else { format!("{},{:03}", count / 1_000, count % 1_000) }
}
