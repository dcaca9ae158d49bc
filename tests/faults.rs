//! Every fault on every call, before and after the server has done what it was asked: in a real browser, over real
//! sockets. After each the page must stand, the form must be as it was typed, what the page says about the backup must be
//! true, no click may have sent twice, and no second backup may exist. That the page can be used for a next backup is
//! shown by the next case, which goes on with the same page.
//!
//! A test binary of its own: cargo runs one at a time, so that the time limits of these cases are the page's alone.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop at the first thing that isn't as expected"
)]

mod common;

use std::time::Duration;

use sandbox::world::{MYSQL, SQL_SERVER};
use sandbox::{Fault, Route, Shape, When};
use serde_json::json;

use crate::common::page::LABELS;
use crate::common::stage::{Scene, Stage};

/// How long the page waits for an answer.
const LIMIT: Duration = Duration::from_millis(700);
/// How long a lost backup may take to appear.
const SETTLE: Duration = Duration::from_millis(250);
/// How soon the page asks again.
const POLL: Duration = Duration::from_millis(100);

const STATUSES: [u16; 15] = [400, 401, 403, 404, 405, 408, 409, 413, 415, 429, 500, 501, 502, 503, 504];

/// What networks do, and answers that are more than a status.
fn of_networks() -> Vec<Fault> {
    vec![
        Fault::GoesDown,
        Fault::Closed,
        Fault::ResetInHeader,
        Fault::ResetInBody,
        Fault::StalledBody,
        Fault::SlowDrip(Duration::from_millis(20)),
        Fault::SlowDrip(LIMIT / 2),
        Fault::Delayed(LIMIT * 2),
        Fault::TruncatedJson,
        Fault::WrongContentType,
        Fault::NoContent,
        Fault::Redirect(301),
        Fault::Redirect(307),
        Fault::Throttled(Some(1)),
        Fault::Throttled(None),
        Fault::ClaimsMore,
        Fault::ClaimsLess,
        Fault::WithoutCors(401),
        Fault::WithoutCors(502),
    ]
}

/// Every status, each in one of the shapes.
fn of_statuses() -> impl Iterator<Item = Fault> {
    STATUSES.into_iter().zip(Shape::ALL.into_iter().cycle()).map(|(status, shape)| Fault::Refusal(status, shape))
}

/// Every fault.
fn all() -> Vec<Fault> {
    of_networks().into_iter().chain(of_statuses()).collect()
}

/// Every status in every shape.
fn of_every_shape() -> Vec<Fault> {
    STATUSES.into_iter().flat_map(|status| Shape::ALL.map(|shape| Fault::Refusal(status, shape))).collect()
}

/// The page through a series of cases.
struct Series<'a> {
    scene: &'a Scene,
    instance_id: &'static str,
    number: usize,
    clicks: u64,
    name: String,
}

impl<'a> Series<'a> {
    /// Fills in the form, and counts what the page sends from now on.
    async fn begin(scene: &'a Scene, instance_id: &'static str) -> Self {
        let page = &scene.page;
        page.fill(instance_id, "case-0").await;
        page.type_into("Description", "as typed").await;
        page.script(
            "window.posts = 0;
             const send = window.fetch;
             window.fetch = request => { window.posts += request.method === 'POST'; return send(request); };",
            vec![],
        )
        .await;
        Self { scene, instance_id, number: 0, clicks: 0, name: "case-0".to_owned() }
    }

    /// Types the name of the next case.
    async fn next(&mut self) {
        self.number += 1;
        self.name = format!("case-{}", self.number);
        self.scene.page.replace("Backup name", &self.name).await;
    }

    async fn click(&mut self, button: &str) {
        self.clicks += 1;
        self.scene.page.press(button).await;
    }

    fn is_made(&self) -> bool {
        self.scene.sandbox.backups().iter().any(|backup| backup.name == self.name)
    }

    /// Waits until something holds of the page after the newest click.
    async fn until(&self, condition: &str, what: &str) {
        let condition = format!("window.posts === {} && ({condition})", self.clicks);
        self.scene.page.until(&condition, &format!("{what} ({})", self.name)).await;
    }

    /// Whether something holds of the page.
    async fn holds(&self, condition: &str) -> bool {
        self.scene.page.script(&format!("return {condition};"), vec![]).await == json!(true)
    }

    /// Waits until the page says what is true.
    async fn truth(&self, case: &str) {
        self.until(&format!("{EXISTS} || {DOES_NOT_EXIST}"), &format!("{case}: the page says something")).await;
        // By now the server has done what it will do.
        let truth = if self.is_made() { EXISTS } else { DOES_NOT_EXIST };
        self.until(truth, &format!("{case}: the page tells the truth")).await;
    }

    /// Waits until a call that is to fail has arrived.
    async fn met(&self, route: Route) {
        self.scene.sandbox.fault_met(route).await;
    }

    /// Checks what must hold after every case.
    async fn check(&self, case: &str) {
        let (page, sandbox) = (&self.scene.page, &self.scene.sandbox);
        let endpoint = sandbox.endpoint();
        let typed = [
            endpoint.as_str(),
            sandbox::world::PROJECT_ID,
            &sandbox::world::token(),
            self.instance_id,
            &self.name,
            "as typed",
        ];
        for (label, text) in LABELS.into_iter().zip(typed) {
            assert_eq!(page.value(label).await, text, "{case}: {label}");
        }
        assert_eq!(page.script("return window.posts;", vec![]).await, json!(self.clicks), "{case}: requests sent");
        let backups = sandbox.backups();
        let of_this_case = backups.iter().filter(|backup| backup.name == self.name).count();
        assert!(of_this_case <= 1 && backups.len() <= self.number, "{case}: {of_this_case} backups");
        assert_eq!(sandbox.clear_faults(), 0, "{case}: the fault wasn't met");
        sandbox.finish_backups();
    }
}

const EXISTS: &str = "['Backup started', 'The backup exists']
    .some(words => document.querySelector('.outcome').innerText.includes(words))";
const UNTOLD: &str = "document.querySelector('.outcome').innerText.includes('be told whether the backup was made')";
const DOES_NOT_EXIST: &str = "document.querySelector('.outcome').innerText.includes('No backup was created')";

/// Plays a series of cases on one page.
async fn play(instance_id: &'static str, cases: Vec<(When, Fault)>, case: impl AsyncFn(&mut Series, When, Fault)) {
    // A page that shows what became of hundreds of requests is nobody's.
    for cases in cases.chunks(40) {
        let stage = Stage::new().with_time_limit(LIMIT).with_settle_time(SETTLE).with_poll_time(POLL);
        stage
            .play(async |scene| {
                let mut series = Series::begin(scene, instance_id).await;
                for (when, fault) in cases.iter().cloned() {
                    series.next().await;
                    let name = format!("{fault:?} {when:?}");
                    case(&mut series, when, fault).await;
                    scene.sandbox.come_up().await;
                    series.check(&name).await;
                }
            })
            .await;
    }
}

fn before(faults: Vec<Fault>) -> Vec<(When, Fault)> {
    faults.into_iter().map(|fault| (When::BeforeCommit, fault)).collect()
}

fn after(faults: Vec<Fault>) -> Vec<(When, Fault)> {
    faults.into_iter().map(|fault| (When::AfterCommit, fault)).collect()
}

async fn create(series: &mut Series<'_>, when: When, fault: Fault) {
    let case = format!("{fault:?} {when:?}");
    series.scene.sandbox.inject(Route::Create, when, fault.clone());
    series.click("Create backup").await;
    if fault == Fault::GoesDown {
        // Nobody can tell while the server is away, and the page says so.
        series.scene.page.sees("It can't be told yet whether the backup was made").await;
        series.scene.sandbox.come_up().await;
    }
    series.truth(&case).await;
    // These make the browser send again by itself, and that one may make the backup.
    if !matches!(fault, Fault::Closed | Fault::ResetInHeader | Fault::Refusal(408, _)) {
        assert_eq!(series.is_made(), when == When::AfterCommit, "{case}");
    }
}

/// The answer to the request is lost, and then reading the list fails.
async fn look_up(series: &mut Series<'_>, when: When, fault: Fault) {
    let (page, sandbox) = (&series.scene.page, &series.scene.sandbox);
    let case = format!("{fault:?} {when:?}");
    // Of the faults that hide the answer, one upon which no browser sends again.
    sandbox.inject(Route::Create, when, Fault::WithoutCors(502));
    sandbox.inject(Route::Backups, when, fault.clone());
    series.click("Create backup").await;
    if fault == Fault::GoesDown {
        page.sees("be reached at the moment").await;
        sandbox.come_up().await;
    }
    series.until(&format!("{EXISTS} || {DOES_NOT_EXIST} || {UNTOLD}"), &format!("{case}: it comes to an end")).await;
    if series.holds(UNTOLD).await {
        // A list that rejects the token tells nothing: the page leaves it to the user, and trying again is safe.
        series.click("Try again").await;
    }
    series.truth(&case).await;
}

/// A gateway refuses, and then reading the list fails. Nothing was made, and the page stays with it.
async fn confirm(series: &mut Series<'_>, when: When, fault: Fault) {
    let sandbox = &series.scene.sandbox;
    sandbox.inject(Route::Create, when, Fault::Refusal(403, Shape::Html));
    sandbox.inject(Route::Backups, when, fault.clone());
    series.click("Create backup").await;
    series.truth(&format!("{fault:?}")).await;
    series.met(Route::Backups).await;
}

/// A backup is followed, and asking for it fails.
async fn poll(series: &mut Series<'_>, when: When, fault: Fault) {
    let (page, sandbox) = (&series.scene.page, &series.scene.sandbox);
    let case = format!("{fault:?}");
    sandbox.inject(Route::Backup, when, fault.clone());
    series.click("Create backup").await;
    series.truth(&case).await;
    series.met(Route::Backup).await;
    sandbox.come_up().await;
    sandbox.finish_backups();
    let rejected = "document.querySelector('.followed .card').innerText.includes('rejects the token')";
    let completed = format!("document.title.startsWith('✓ COMPLETED – {} ')", series.name);
    page.until(&format!("{rejected} || {completed}"), &format!("{case}: it goes on")).await;
    if series.holds(rejected).await {
        page.paste_into("Token", &sandbox::world::token()).await;
        page.leave().await;
    }
    page.until(&completed, &format!("{case}: the page hears of the end")).await;
}

/// A backup fails, and asking why fails as well.
async fn tasks(series: &mut Series<'_>, when: When, fault: Fault) {
    let (page, sandbox) = (&series.scene.page, &series.scene.sandbox);
    sandbox.fail_next();
    sandbox.inject(Route::Tasks, when, fault.clone());
    series.click("Create backup").await;
    series.truth(&format!("{fault:?}")).await;
    sandbox.finish_backups();
    let failed = format!("document.title.startsWith('✗ FAILED – {} ')", series.name);
    page.until(&failed, "the page hears of the end").await;
    series.met(Route::Tasks).await;
}

/// The instance is busy, and asking whether it is ready fails.
async fn instance(series: &mut Series<'_>, when: When, fault: Fault) {
    let (page, sandbox) = (&series.scene.page, &series.scene.sandbox);
    sandbox.set_status(MYSQL, Some("REBOOTING"));
    series.click("Create backup").await;
    page.sees("No backup was created").await;
    sandbox.inject(Route::Instance, when, fault.clone());
    page.press("Try again when the instance is ready").await;
    series.met(Route::Instance).await;
    sandbox.come_up().await;
    assert!(!series.is_made());
    sandbox.set_status(MYSQL, None);
    // The page sends once more by itself, as it was told to.
    series.clicks += 1;
    page.sees("Backup started").await;
}

/// A list that the user asks for fails, and comes when asked for again.
async fn list(series: &mut Series<'_>, route: Route, button: &str, section: &str, fault: Fault) {
    let (page, sandbox) = (&series.scene.page, &series.scene.sandbox);
    let case = format!("{fault:?}");
    sandbox.inject(route, When::BeforeCommit, fault);
    page.press(button).await;
    let has = |words: &str| format!("document.querySelector('{section}').innerText.includes({})", json!(words));
    let (failed, loaded) =
        (has("The list couldn't be loaded"), has(if route == Route::Instances { MYSQL } else { "no backups yet" }));
    page.until(&format!("{failed} || {loaded}"), &format!("{case}: the list comes or the page says why not")).await;
    sandbox.come_up().await;
    page.press(button).await;
    page.until(&loaded, &format!("{case}: the list comes when asked for again")).await;
}

/// The names of the databases can't be read: they can be typed.
async fn databases(series: &mut Series<'_>, when: When, fault: Fault) {
    let (page, sandbox) = (&series.scene.page, &series.scene.sandbox);
    page.chooses_instance("orders-mysql").await;
    sandbox.inject(Route::Databases, when, fault.clone());
    page.chooses_instance("reports-sqlserver").await;
    series.met(Route::Databases).await;
    sandbox.come_up().await;
    page.chooses_instance("orders-mysql").await;
    page.chooses_instance("reports-sqlserver").await;
    page.until("document.querySelector('.ticks')", &format!("{fault:?}: the databases come when asked for again"))
        .await;
    series.click("Create backup").await;
    series.truth(&format!("{fault:?}")).await;
}

#[tokio::test]
async fn creating_meets_every_fault_before_the_backup_is_made() {
    play(MYSQL, before(all()), create).await;
}

#[tokio::test]
async fn creating_meets_every_fault_after_the_backup_is_made() {
    play(MYSQL, after(all()), create).await;
}

#[tokio::test]
async fn creating_is_refused_in_every_shape() {
    play(MYSQL, before(of_every_shape()), create).await;
}

#[tokio::test]
async fn looking_for_a_lost_backup_meets_every_fault() {
    let both = after(all()).into_iter().chain(before(of_networks())).collect();
    play(MYSQL, both, look_up).await;
}

#[tokio::test]
async fn confirming_a_refusal_meets_every_fault() {
    play(MYSQL, before(all()), confirm).await;
}

#[tokio::test]
async fn following_a_backup_meets_every_fault() {
    play(MYSQL, after(all()), poll).await;
}

#[tokio::test]
async fn asking_why_a_backup_failed_meets_every_fault() {
    play(MYSQL, after(all()), tasks).await;
}

#[tokio::test]
async fn waiting_for_a_busy_instance_meets_every_fault() {
    play(MYSQL, after(all()), instance).await;
}

#[tokio::test]
async fn listing_instances_and_databases_meets_every_fault() {
    play(SQL_SERVER, before(all()), async |series, _, fault| {
        list(series, Route::Instances, "Load instances", ".instances", fault).await;
    })
    .await;
    play(SQL_SERVER, before(all()), async |series, when, fault| {
        if series.number == 1 {
            series.scene.page.press("Load instances").await;
            series.scene.page.says("reports-sqlserver").await;
        }
        databases(series, when, fault).await;
    })
    .await;
}

#[tokio::test]
async fn listing_backups_meets_every_fault() {
    play(MYSQL, before(all()), async |series, _, fault| {
        list(series, Route::Backups, "Show backups", ".backups", fault).await;
    })
    .await;
}

#[test]
fn the_cases_are_as_many_as_they_are_meant_to_be() {
    let (all, networks, shapes) = (all().len(), of_networks().len(), of_every_shape().len());
    // Creating before and after, and in every shape; looking up; seven calls that only read.
    let cases = 2 * all + shapes + all + networks + 7 * all;
    println!("{cases} cases");
    assert!(cases >= 450);
}
