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

use sandbox::fixtures::{MYSQL, POSTGRESQL, SQL_SERVER};
use sandbox::{ErrorFormat, Fault, FaultTiming, ListBehaviour, ListChange, ListDelay, Route, Sandbox, TotalCount};
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
        Fault::SlowBody(Duration::from_millis(20)),
        Fault::SlowBody(LIMIT / 2),
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
    STATUSES.into_iter().zip(ErrorFormat::ALL.into_iter().cycle()).map(|(status, shape)| Fault::Refusal(status, shape))
}

/// Every fault.
fn all() -> Vec<Fault> {
    of_networks().into_iter().chain(of_statuses()).collect()
}

/// Every status in every shape.
fn of_every_shape() -> Vec<Fault> {
    STATUSES.into_iter().flat_map(|status| ErrorFormat::ALL.map(|shape| Fault::Refusal(status, shape))).collect()
}

/// What the page has said in the cases of a test: a count of each, so that a test which reaches nothing fails.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Tally {
    /// Cases that were played to their end.
    played: usize,
    /// The backup was made, and the page said so.
    made: usize,
    /// It wasn't, and the page said so.
    not_made: usize,
    /// Meanwhile the page said that it can't be told.
    untold: usize,
    /// Meanwhile the page said that nothing was sent.
    unsent: usize,
}

/// The page through a series of cases.
struct Series<'a> {
    scene: &'a Scene,
    instance_id: String,
    number: usize,
    clicks: u64,
    name: String,
    tally: Tally,
}

impl<'a> Series<'a> {
    /// Fills in the form, and counts what the page sends from now on.
    async fn begin(scene: &'a Scene, instance_id: &str, tally: Tally) -> Self {
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
        Self { scene, instance_id: instance_id.to_owned(), number: 0, clicks: 0, name: "case-0".to_owned(), tally }
    }

    /// Types the name of the next case.
    async fn next(&mut self) {
        self.number += 1;
        self.name = format!("case-{}", self.number);
        self.scene.page.replace("Backup name", &self.name).await;
    }

    /// Types another instance, of which the page has read nothing yet.
    async fn turn_to_another_instance(&mut self) {
        self.instance_id = format!("{:032x}in01", self.number);
        self.scene.page.replace("Instance ID", &self.instance_id).await;
    }

    /// Presses a button that sends once.
    async fn click(&mut self, button: &str) {
        self.clicks += 1;
        self.scene.page.press(button).await;
    }

    /// Presses `Create backup`, and lets `prepare` do what is to happen between the reading and the answer to the POST.
    async fn click_and_prepare(&mut self, prepare: impl FnOnce()) {
        let sandbox = &self.scene.sandbox;
        let (hold, sent) = (sandbox.hold_only(Route::Create), sandbox.call_count(Route::Create));
        self.click("Create backup").await;
        sandbox.wait_for_calls(Route::Create, sent + 1).await;
        prepare();
        drop(hold);
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

    /// Waits until the page says what is true. Where it can't be told, its user looks again: that sends nothing.
    async fn truth(&mut self, case: &str) {
        let said = format!("{EXISTS} || {DOES_NOT_EXIST} || {UNTOLD}");
        self.until(&said, &format!("{case}: the page says something")).await;
        if self.holds(UNTOLD).await {
            self.tally.untold += 1;
            self.scene.sandbox.start_listening().await;
            self.scene.page.press("Look again").await;
            let settled = format!("{EXISTS} || {DOES_NOT_EXIST}");
            self.until(&settled, &format!("{case}: looking again tells")).await;
        }
        // By now the server has done what it will do.
        let truth = if self.is_made() { EXISTS } else { DOES_NOT_EXIST };
        self.until(truth, &format!("{case}: the page tells the truth")).await;
        *(if self.is_made() { &mut self.tally.made } else { &mut self.tally.not_made }) += 1;
    }

    /// Waits until a call that is to fail has arrived.
    async fn met(&self, route: Route) {
        self.scene.sandbox.wait_for_fault(route).await;
    }

    /// Checks what must hold after every case.
    async fn check(&mut self, case: &str) {
        let (page, sandbox) = (&self.scene.page, &self.scene.sandbox);
        let endpoint = sandbox.endpoint();
        let token = sandbox::fixtures::token();
        let typed = [
            ("Token", token.as_str()),
            ("Endpoint", &endpoint),
            ("Project ID", sandbox::fixtures::PROJECT_ID),
            ("Instance ID", &self.instance_id),
            ("Backup name", &self.name),
            ("Description", "as typed"),
        ];
        assert_eq!(typed.map(|(label, _)| label), LABELS);
        assert_eq!(page.values(&LABELS).await, typed.map(|(_, text)| text), "{case}: the form");
        assert_eq!(page.script("return window.posts;", vec![]).await, json!(self.clicks), "{case}: requests sent");
        let backups = sandbox.backups();
        let of_this_case = backups.iter().filter(|backup| backup.name == self.name).count();
        let of_all = backups.iter().filter(|backup| backup.name.starts_with("case-")).count();
        assert!(of_this_case <= 1 && of_all <= self.number, "{case}: {of_this_case} backups");
        assert_eq!(sandbox.clear_faults(), 0, "{case}: the fault wasn't met");
        sandbox.finish_backups();
        self.tally.played += 1;
    }
}

const EXISTS: &str = "['Backup started', 'The backup exists']
    .some(words => document.querySelector('.outcome').innerText.includes(words))";
const UNTOLD: &str = "document.querySelector('.outcome').innerText.includes('be told whether the backup was made')";
const DOES_NOT_EXIST: &str = "document.querySelector('.outcome').innerText.includes('No backup was created')";
const UNSENT: &str = "document.querySelector('.outcome').innerText.includes('Nothing was sent')";

/// Plays a series of cases on one page, and counts what the page has said.
async fn play(
    instance_id: &str,
    cases: Vec<(FaultTiming, Fault)>,
    case: impl AsyncFn(&mut Series, FaultTiming, Fault),
) -> Tally {
    let name = |(when, fault): &(FaultTiming, Fault)| format!("{fault:?} {when:?}");
    play_each(Stage::new, instance_id, cases, name, async |series, (when, fault)| case(series, when, fault).await).await
}

/// The same with a scene and cases of any kind.
async fn play_each<C: Clone>(
    stage: impl Fn() -> Stage,
    instance_id: &str,
    cases: Vec<C>,
    name: impl Fn(&C) -> String,
    case: impl AsyncFn(&mut Series, C),
) -> Tally {
    let mut tally = Tally::default();
    // A page that shows what became of dozens of requests is nobody's.
    for part in cases.chunks(12) {
        stage()
            .with_backups(0)
            .with_time_limit(LIMIT)
            .with_settle_time(SETTLE)
            .with_poll_time(POLL)
            .play(async |scene| {
                let mut series = Series::begin(scene, instance_id, tally).await;
                for next in part.iter().cloned() {
                    series.next().await;
                    let name = name(&next);
                    case(&mut series, next).await;
                    scene.sandbox.start_listening().await;
                    series.check(&name).await;
                }
                tally = series.tally;
            })
            .await;
    }
    assert_eq!(tally.played, cases.len(), "each case was played");
    println!("{tally:?}");
    tally
}

fn before(faults: Vec<Fault>) -> Vec<(FaultTiming, Fault)> {
    faults.into_iter().map(|fault| (FaultTiming::BeforeCommit, fault)).collect()
}

fn after(faults: Vec<Fault>) -> Vec<(FaultTiming, Fault)> {
    faults.into_iter().map(|fault| (FaultTiming::AfterCommit, fault)).collect()
}

fn both(faults: &[Fault]) -> Vec<(FaultTiming, Fault)> {
    before(faults.to_vec()).into_iter().chain(after(faults.to_vec())).collect()
}

/// Whether the browser sends again by itself upon a fault: that may make the backup.
fn is_sent_again(fault: &Fault) -> bool {
    matches!(fault, Fault::Closed | Fault::ResetInHeader | Fault::Refusal(408, _))
}

async fn create(series: &mut Series<'_>, when: FaultTiming, fault: Fault) {
    let case = format!("{fault:?} {when:?}");
    series.scene.sandbox.inject(Route::Create, when, fault.clone());
    series.click("Create backup").await;
    if fault == Fault::GoesDown {
        // Nobody can tell while the server is away, and the page says so.
        series.scene.page.sees("It can't be told yet whether the backup was made").await;
        series.scene.sandbox.start_listening().await;
    }
    series.truth(&case).await;
    if !is_sent_again(&fault) {
        assert_eq!(series.is_made(), when == FaultTiming::AfterCommit, "{case}");
    }
}

/// The list that is read before the request fails: the page sends all the same, or says that it hasn't.
async fn read(series: &mut Series<'_>, when: FaultTiming, fault: Fault) {
    let (page, sandbox) = (&series.scene.page, &series.scene.sandbox);
    let case = format!("{fault:?}");
    series.turn_to_another_instance().await;
    sandbox.inject(Route::Backups, when, fault.clone());
    let sent = series.clicks;
    series.click("Create backup").await;
    series.met(Route::Backups).await;
    let unsent = format!("window.posts === {sent} && {UNSENT}");
    let started = format!("window.posts === {} && {EXISTS}", series.clicks);
    page.until(&format!("{unsent} || {started}"), &format!("{case}: it is sent or not")).await;
    if series.holds(&unsent).await {
        assert!(!series.is_made(), "{case}: nothing was sent");
        series.tally.unsent += 1;
        sandbox.start_listening().await;
        page.press("Try again").await;
    }
    series.truth(&case).await;
    assert!(series.is_made(), "{case}");
}

/// The answer to the request is lost, and then reading the list fails.
async fn look_up(series: &mut Series<'_>, when: FaultTiming, fault: Fault) {
    let (page, sandbox) = (&series.scene.page, &series.scene.sandbox);
    let case = format!("{fault:?} {when:?}");
    // Of the faults that hide the answer, one upon which no browser sends again.
    sandbox.inject(Route::Create, when, Fault::WithoutCors(502));
    series.click_and_prepare(|| sandbox.inject(Route::Backups, when, fault.clone())).await;
    if fault == Fault::GoesDown {
        page.sees("be reached at the moment").await;
        sandbox.start_listening().await;
    }
    series.truth(&case).await;
    series.met(Route::Backups).await;
    assert_eq!(series.is_made(), when == FaultTiming::AfterCommit, "{case}");
}

/// A gateway refuses what it has passed on, or hasn't, and then reading the list fails.
async fn confirm(series: &mut Series<'_>, when: FaultTiming, fault: Fault) {
    let (page, sandbox) = (&series.scene.page, &series.scene.sandbox);
    let case = format!("{fault:?} {when:?}");
    sandbox.inject(Route::Create, when, Fault::Refusal(403, ErrorFormat::Html));
    series.click_and_prepare(|| sandbox.inject(Route::Backups, FaultTiming::BeforeCommit, fault.clone())).await;
    if fault == Fault::GoesDown {
        page.sees("be reached at the moment").await;
        sandbox.start_listening().await;
    }
    series.truth(&case).await;
    series.met(Route::Backups).await;
    assert_eq!(series.is_made(), when == FaultTiming::AfterCommit, "{case}");
}

/// A list that doesn't show all there is, or something that isn't there.
#[derive(Clone, Copy, Debug)]
enum Misleading {
    /// New backups come into it late, within the time that a server may take.
    Lags,
    /// New backups come into it late, and the instance says that it is backing up.
    LagsWhileTheInstanceIsBusy,
    /// It says that it has more than comes.
    IsCutShort,
    /// Somebody makes a backup between its pages.
    GrowsMeanwhile,
    /// Somebody deletes a backup between its pages.
    ShrinksMeanwhile,
    /// It has a backup of the name that is another instance's.
    AnswersForAnotherInstance,
}

impl Misleading {
    const ALL: [Self; 6] = [
        Self::Lags,
        Self::LagsWhileTheInstanceIsBusy,
        Self::IsCutShort,
        Self::GrowsMeanwhile,
        Self::ShrinksMeanwhile,
        Self::AnswersForAnotherInstance,
    ];

    /// From now on the lists are so.
    fn begin(self, series: &Series) {
        let sandbox = &series.scene.sandbox;
        match self {
            Self::Lags => {
                sandbox.set_shows_backing_up(false);
                sandbox.set_list_delay(ListDelay::Duration(SETTLE / 2));
            }
            Self::LagsWhileTheInstanceIsBusy => sandbox.set_list_delay(ListDelay::Requests(4)),
            Self::IsCutShort => {
                let listing = ListBehaviour { total_count: TotalCount::Claims(1_000), ..ListBehaviour::default() };
                sandbox.set_list_behaviour(Route::Backups, listing);
            }
            Self::GrowsMeanwhile | Self::ShrinksMeanwhile => {
                sandbox.set_list_behaviour(
                    Route::Backups,
                    ListBehaviour { longest_page: Some(2), ..ListBehaviour::default() },
                );
                let shift = if matches!(self, Self::GrowsMeanwhile) {
                    ListChange::BackupCreated
                } else {
                    ListChange::BackupDeleted
                };
                sandbox.change_lists_between_pages(shift, 3);
            }
            Self::AnswersForAnotherInstance => {
                let element = json!({
                    "id": format!("another-{}", series.name), "name": series.name, "type": "manual",
                    "status": "COMPLETED", "instance_id": POSTGRESQL,
                });
                sandbox.add_list_element(&series.instance_id, element);
            }
        }
    }
}

/// The lists are right again.
fn mend_lists(sandbox: &Sandbox) {
    sandbox.set_shows_backing_up(true);
    sandbox.set_list_delay(ListDelay::None);
    sandbox.set_list_behaviour(Route::Backups, ListBehaviour::default());
    sandbox.change_lists_between_pages(ListChange::BackupCreated, 0);
}

/// What hides whether the request was carried out, and lists that mislead.
fn of_misleading_lists() -> Vec<(FaultTiming, Fault, Misleading)> {
    let hides = [
        Fault::WithoutCors(502),
        Fault::ResetInBody,
        Fault::Refusal(403, ErrorFormat::Html),
        Fault::Refusal(504, ErrorFormat::Html),
    ];
    let cases = both(&hides).into_iter();
    cases.flat_map(|(when, fault)| Misleading::ALL.map(|list| (when, fault.clone(), list))).collect()
}

async fn be_misled(series: &mut Series<'_>, (when, fault, misleading): (FaultTiming, Fault, Misleading)) {
    let sandbox = &series.scene.sandbox;
    let case = format!("{fault:?} {when:?} {misleading:?}");
    sandbox.inject(Route::Create, when, fault);
    let (hold, sent) = (sandbox.hold_only(Route::Create), sandbox.call_count(Route::Create));
    series.click("Create backup").await;
    sandbox.wait_for_calls(Route::Create, sent + 1).await;
    misleading.begin(series);
    let read = sandbox.call_count(Route::Backups);
    drop(hold);
    if matches!(misleading, Misleading::IsCutShort) && when == FaultTiming::BeforeCommit {
        // Never by such a list, however long it is read.
        series.scene.page.sees("can't be read as a whole").await;
        sandbox.wait_for_calls(Route::Backups, read + 8).await;
        assert!(!series.holds(DOES_NOT_EXIST).await, "{case}");
        series.tally.untold += 1;
        mend_lists(sandbox);
    }
    series.truth(&case).await;
    assert_eq!(series.is_made(), when == FaultTiming::AfterCommit, "{case}");
    mend_lists(sandbox);
}

/// A backup is followed, and asking for it fails.
async fn poll(series: &mut Series<'_>, when: FaultTiming, fault: Fault) {
    let (page, sandbox) = (&series.scene.page, &series.scene.sandbox);
    let case = format!("{fault:?}");
    sandbox.inject(Route::Backup, when, fault.clone());
    series.click("Create backup").await;
    series.truth(&case).await;
    series.met(Route::Backup).await;
    sandbox.start_listening().await;
    sandbox.finish_backups();
    let stopped = "['token was rejected', 'has stopped asking']
        .some(words => document.querySelector('.outcome').innerText.includes(words))";
    let completed = format!("document.title.startsWith('✓ COMPLETED – {} ')", series.name);
    page.until(&format!("{stopped} || {completed}"), &format!("{case}: it goes on, or says that it doesn't")).await;
    if series.holds(stopped).await {
        // A press may send again what was refused: gateways err.
        series.tally.untold += 1;
        page.press("Look again").await;
    }
    page.until(&completed, &format!("{case}: the page hears of the end")).await;
}

/// A backup fails, and asking why fails as well.
async fn tasks(series: &mut Series<'_>, when: FaultTiming, fault: Fault) {
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
async fn instance(series: &mut Series<'_>, when: FaultTiming, fault: Fault) {
    let (page, sandbox) = (&series.scene.page, &series.scene.sandbox);
    let case = format!("{fault:?}");
    let id = series.instance_id.clone();
    sandbox.set_status(&id, Some("REBOOTING"));
    series.click("Create backup").await;
    series.until(DOES_NOT_EXIST, &format!("{case}: it is refused")).await;
    sandbox.inject(Route::Instance, when, fault.clone());
    page.press("Try again when the instance is ready").await;
    series.met(Route::Instance).await;
    sandbox.start_listening().await;
    assert!(!series.is_made());
    sandbox.set_status(&id, None);
    // The page sends once more by itself, as it was told to; or says that it doesn't.
    let started = format!("window.posts === {} && {EXISTS}", series.clicks + 1);
    let stopped = format!("({UNTOLD} || {DOES_NOT_EXIST})");
    page.until(&format!("{started} || {stopped}"), &format!("{case}: it goes on, or says that it doesn't")).await;
    if series.holds(UNTOLD).await {
        series.tally.untold += 1;
        page.press("Look again").await;
        page.until(DOES_NOT_EXIST, &format!("{case}: looking again tells")).await;
    }
    if series.holds(DOES_NOT_EXIST).await {
        series.tally.not_made += 1;
        page.press("Try again when the instance is ready").await;
    }
    series.clicks += 1;
    series.truth(&case).await;
}

/// A list that the user asks for fails, and comes when asked for again.
async fn list(series: &mut Series<'_>, route: Route, button: &str, section: &str, fault: Fault) {
    let (page, sandbox) = (&series.scene.page, &series.scene.sandbox);
    let case = format!("{fault:?}");
    sandbox.inject(route, FaultTiming::BeforeCommit, fault);
    page.press(button).await;
    let has = |words: &str| format!("document.querySelector('{section}').innerText.includes({})", json!(words));
    let (failed, loaded) =
        (has("The list couldn't be loaded"), has(if route == Route::Instances { MYSQL } else { "no backups yet" }));
    page.until(&format!("{failed} || {loaded}"), &format!("{case}: the list comes or the page says why not")).await;
    sandbox.start_listening().await;
    page.press(button).await;
    page.until(&loaded, &format!("{case}: the list comes when asked for again")).await;
}

/// The names of the databases can't be read: they can be typed.
async fn databases(series: &mut Series<'_>, when: FaultTiming, fault: Fault) {
    let (page, sandbox) = (&series.scene.page, &series.scene.sandbox);
    page.chooses_instance("orders-mysql").await;
    sandbox.inject(Route::Databases, when, fault.clone());
    page.chooses_instance("reports-sqlserver").await;
    series.met(Route::Databases).await;
    sandbox.start_listening().await;
    page.chooses_instance("orders-mysql").await;
    page.chooses_instance("reports-sqlserver").await;
    page.until("document.querySelector('.ticks')", &format!("{fault:?}: the databases come when asked for again"))
        .await;
    series.click("Create backup").await;
    series.truth(&format!("{fault:?}")).await;
}

/// Of what the browser may have sent again nobody can say beforehand whether it was made.
fn sent_again(cases: &[(FaultTiming, Fault)]) -> usize {
    cases.iter().filter(|(_, fault)| is_sent_again(fault)).count()
}

#[tokio::test]
async fn creating_meets_every_fault_before_the_backup_is_made() {
    let cases = before(all());
    let least = cases.len() - sent_again(&cases);
    let tally = play(MYSQL, cases, create).await;
    assert!(tally.not_made >= least && tally.untold > 0, "{tally:?}");
}

#[tokio::test]
async fn creating_meets_every_fault_after_the_backup_is_made() {
    let cases = after(all());
    let tally = play(MYSQL, cases.clone(), create).await;
    assert!(tally.made == cases.len() && tally.untold > 0, "{tally:?}");
}

#[tokio::test]
async fn creating_is_refused_in_every_shape() {
    let cases = before(of_every_shape());
    let least = cases.len() - sent_again(&cases);
    let tally = play(MYSQL, cases, create).await;
    assert!(tally.not_made >= least, "{tally:?}");
}

#[tokio::test]
async fn reading_before_the_request_meets_every_fault() {
    let cases = before(all());
    let name = |(when, fault): &(FaultTiming, Fault)| format!("{fault:?} {when:?}");
    // Each case has an instance of its own.
    let stage = || Stage::new().large();
    let tally =
        play_each(stage, MYSQL, cases.clone(), name, async |series, (when, fault)| read(series, when, fault).await)
            .await;
    // Sent without a list, or after another try of its user's: in the end each is made.
    assert!(tally.made == cases.len() && tally.unsent > 0 && tally.unsent < cases.len() / 4, "{tally:?}");
}

#[tokio::test]
async fn looking_for_a_lost_backup_meets_every_fault() {
    let cases = after(all()).into_iter().chain(before(of_networks())).collect();
    let tally = play(MYSQL, cases, look_up).await;
    let (made, not_made) = (all().len(), of_networks().len());
    assert!((tally.made, tally.not_made) == (made, not_made) && tally.untold > 0, "{tally:?}");
}

#[tokio::test]
async fn confirming_a_refusal_meets_every_fault_whether_or_not_the_backup_was_made() {
    let tally = play(MYSQL, both(&all()), confirm).await;
    let each = all().len();
    assert!((tally.made, tally.not_made) == (each, each) && tally.untold > 0, "{tally:?}");
}

#[tokio::test]
async fn a_list_that_misleads_makes_the_page_say_nothing_untrue() {
    let cases = of_misleading_lists();
    let name =
        |(when, fault, misleading): &(FaultTiming, Fault, Misleading)| format!("{fault:?} {when:?} {misleading:?}");
    let tally = play_each(Stage::new, MYSQL, cases.clone(), name, be_misled).await;
    let each = cases.len() / 2;
    // A list that is cut short is read for each of the faults.
    assert!((tally.made, tally.not_made) == (each, each) && tally.untold >= 4, "{tally:?}");
}

#[tokio::test]
async fn following_a_backup_meets_every_fault() {
    let cases = after(all());
    let tally = play(MYSQL, cases.clone(), poll).await;
    assert!(tally.made == cases.len() && tally.untold > 0, "{tally:?}");
}

#[tokio::test]
async fn asking_why_a_backup_failed_meets_every_fault() {
    let cases = after(all());
    let tally = play(MYSQL, cases.clone(), tasks).await;
    assert_eq!(tally.made, cases.len(), "{tally:?}");
}

#[tokio::test]
async fn waiting_for_a_busy_instance_meets_every_fault() {
    let cases = after(all());
    let tally = play(MYSQL, cases.clone(), instance).await;
    assert!(tally.made == cases.len() && tally.not_made > 0, "{tally:?}");
}

#[tokio::test]
async fn listing_instances_and_databases_meets_every_fault() {
    play(SQL_SERVER, before(all()), async |series, _, fault| {
        list(series, Route::Instances, "Load instances", ".instances", fault).await;
    })
    .await;
    let tally = play(SQL_SERVER, before(all()), async |series, when, fault| {
        if series.number == 1 {
            series.scene.page.press("Load instances").await;
            series.scene.page.says("reports-sqlserver").await;
        }
        databases(series, when, fault).await;
    })
    .await;
    assert_eq!(tally.made, all().len(), "{tally:?}");
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
    // Creating before and after, and in every shape; reading; looking up; confirming before and after; lists that mislead;
    // six calls that only read. Each test checks that it has played all of its own.
    let cases = 2 * all + shapes + all + all + networks + 2 * all + of_misleading_lists().len() + 6 * all;
    println!("{cases} cases");
    assert!(cases >= 590);
}
