//! Sequences in which a page easily says what it can't know: answers that get lost, lists that lag or are cut short, clocks
//! that go wrong, gateways that refuse what they have passed on.

use std::time::Duration;

use axum::http::Method;
use sandbox::fixtures::{MYSQL, POSTGRESQL};
use sandbox::{
    DateHeader, ErrorFormat, Fault, FaultTiming, FixedResponse, ListBehaviour, ListDelay, Route, Sandbox, TotalCount,
};
use serde_json::json;

use crate::common::page::Page;
use crate::common::stage::{Scene, Stage};

/// How long a server may be at a request, where a test waits for that.
const SETTLE: Duration = Duration::from_millis(300);

/// A gateway between page and API: its refusals are nobody's word about the request.
fn gateway_refuses_what_it_has_passed_on(sandbox: &Sandbox) {
    sandbox.inject(Route::Create, FaultTiming::AfterCommit, Fault::Refusal(403, ErrorFormat::Html));
}

/// Waits until the list was asked for so many times more.
async fn read_again(sandbox: &Sandbox, times: usize) {
    sandbox.wait_for_calls(Route::Backups, sandbox.call_count(Route::Backups) + times).await;
}

/// Checks that the page hasn't said of a backup that may exist that there is none.
async fn denies_nothing(page: &Page) {
    for words in ["No backup was created", "Nothing was created", "Nothing new was created", "It is safe to try again"]
    {
        page.shows_nowhere(words).await;
    }
}

/// The page says that the one backup exists.
async fn is_found(scene: &Scene) {
    scene.page.sees("The backup exists").await;
    let backups = scene.sandbox.backups();
    assert_eq!(backups.iter().filter(|backup| backup.name == "backup").count(), 1);
    scene.page.shows(&backups.iter().find(|backup| backup.name == "backup").unwrap().id).await;
}

#[tokio::test]
async fn the_browser_sends_again_and_meets_its_own_backup_as_a_running_one() {
    Stage::new()
        .direct()
        .in_chromium()
        .with_settle_time(Duration::from_secs(4))
        .with_poll_time(Duration::from_millis(100))
        .play(async |scene| {
            let (page, sandbox) = (&scene.page, &scene.sandbox);
            page.fill(MYSQL, "backup").await;
            sandbox.set_checks_running_first(true);
            sandbox.set_list_delay(ListDelay::UntilEnded);
            sandbox.drop_responses(&[FaultTiming::AfterCommit]);
            page.press("Create backup").await;
            page.sees("Another backup of this instance is running").await;
            page.sees("it may be at this very backup").await;
            denies_nothing(page).await;
            page.press("Try again when the instance is ready").await;
            page.sees("Its status is BACKING UP").await;
            sandbox.finish_backups();
            // Once more by itself, as it was told to: now the name is taken, by its own backup.
            sandbox.wait_for_calls(Route::Create, 3).await;
            page.sees("The API says that a backup of this name exists. It may be the one").await;
            denies_nothing(page).await;
            sandbox.end_list_delay();
            page.sees("The backup is there and can be used.").await;
            assert_eq!((sandbox.call_count(Route::Create), sandbox.backups().len()), (3, 1));
        })
        .await;
}

#[tokio::test]
async fn clocks_that_are_off_call_nobodys_backup_somebody_elses() {
    // The header `Date`, and the clock that `begin_time` is read from, in seconds.
    for (date, begin) in [(4, 0), (-4, 0), (0, -40), (300, 0), (-300, 0), (-20, 20)] {
        Stage::new()
            .direct()
            .play(async |scene| {
                let (page, sandbox) = (&scene.page, &scene.sandbox);
                sandbox.set_date(DateHeader::OffBy(date));
                sandbox.set_backup_clock(begin);
                page.fill(MYSQL, "backup").await;
                sandbox.drop_all_responses(FaultTiming::AfterCommit);
                page.press("Create backup").await;
                is_found(scene).await;
            })
            .await;
    }
}

#[tokio::test]
async fn a_clock_that_is_far_off_tells_nothing_once_an_attempt_is_over() {
    Stage::new()
        .direct()
        .with_settle_time(SETTLE)
        .play(async |scene| {
            let (page, sandbox) = (&scene.page, &scene.sandbox);
            // By the API's clock the backup began long after the request had come to its end.
            sandbox.set_date(DateHeader::OffBy(-300));
            sandbox.set_list_delay(ListDelay::UntilEnded);
            page.fill(MYSQL, "backup").await;
            sandbox.drop_all_responses(FaultTiming::AfterCommit);
            page.press("Create backup").await;
            page.sees("it may be at this very backup").await;
            sandbox.end_list_delay();
            page.sees("It can't be told whether the backup was made").await;
            page.shows(&sandbox.backups()[0].id).await;
            denies_nothing(page).await;
        })
        .await;
}

#[tokio::test]
async fn a_refusal_of_the_second_try_says_nothing_about_the_first() {
    Stage::new()
        .direct()
        .with_settle_time(SETTLE)
        .play(async |scene| {
            let (page, sandbox) = (&scene.page, &scene.sandbox);
            let forbidden = || Fault::FixedResponse(FixedResponse::forbidden());
            page.fill(MYSQL, "backup").await;
            sandbox.inject_always(Route::Backups, FaultTiming::BeforeCommit, forbidden());
            sandbox.drop_all_responses(FaultTiming::AfterCommit);
            page.press("Create backup").await;
            page.sees("It can't be told whether the backup was made").await;
            page.shows("The list of backups is refused").await;
            sandbox.stop_dropping_responses();
            let sent = sandbox.call_count(Route::Create);
            sandbox.inject(Route::Create, FaultTiming::BeforeCommit, forbidden());
            page.press("Try again").await;
            sandbox.wait_for_fault(Route::Create).await;
            page.sees("The answer was a refusal").await;
            page.sees("It can't be told whether the backup was made").await;
            denies_nothing(page).await;
            assert_eq!(sandbox.call_count(Route::Create), sent + 1);
            // The list is allowed again, and has it: whose it is nobody can tell.
            sandbox.clear_always(Route::Backups);
            page.press("Look again").await;
            page.sees("near your press").await;
            page.shows(&sandbox.backups()[0].id).await;
            denies_nothing(page).await;
        })
        .await;
}

#[tokio::test]
async fn a_gateway_refuses_what_it_has_passed_on_and_the_list_lags() {
    Stage::new()
        .with_settle_time(Duration::from_secs(5))
        .play(async |scene| {
            let (page, sandbox) = (&scene.page, &scene.sandbox);
            page.fill(MYSQL, "backup").await;
            sandbox.set_list_delay(ListDelay::Requests(3));
            gateway_refuses_what_it_has_passed_on(sandbox);
            page.press("Create backup").await;
            page.sees("The page is making sure that nothing was created").await;
            denies_nothing(page).await;
            is_found(scene).await;
        })
        .await;
}

#[tokio::test]
async fn a_gateway_refuses_what_it_has_passed_on_and_the_list_fails() {
    Stage::new()
        .with_settle_time(SETTLE)
        .play(async |scene| {
            let (page, sandbox) = (&scene.page, &scene.sandbox);
            page.fill(MYSQL, "backup").await;
            let hold = sandbox.hold_only(Route::Create);
            page.press("Create backup").await;
            sandbox.wait_for_calls(Route::Create, 1).await;
            gateway_refuses_what_it_has_passed_on(sandbox);
            for _ in 0..3 {
                sandbox.inject(Route::Backups, FaultTiming::BeforeCommit, Fault::Refusal(503, ErrorFormat::Gateway));
            }
            drop(hold);
            page.sees("The page goes on trying.").await;
            denies_nothing(page).await;
            is_found(scene).await;
        })
        .await;
}

#[tokio::test]
async fn a_gateway_refuses_what_it_has_passed_on_and_the_list_is_long() {
    Stage::new()
        .with_settle_time(SETTLE)
        .play(async |scene| {
            let (page, sandbox) = (&scene.page, &scene.sandbox);
            for number in 0..130 {
                sandbox.create_backup_with(MYSQL, &format!("earlier-{number}"), |backup| {
                    backup.begin -= Duration::from_secs(86_400);
                });
            }
            sandbox.finish_backups();
            sandbox
                .set_list_behaviour(Route::Backups, ListBehaviour { oldest_first: true, ..ListBehaviour::default() });
            page.fill(MYSQL, "backup").await;
            gateway_refuses_what_it_has_passed_on(sandbox);
            page.press("Create backup").await;
            is_found(scene).await;
            assert!(sandbox.call_count(Route::Backups) >= 4, "two pages, read twice");
        })
        .await;
}

#[tokio::test]
async fn a_list_that_is_cut_short_proves_nothing() {
    Stage::new()
        .direct()
        .with_settle_time(SETTLE)
        .play(async |scene| {
            let (page, sandbox) = (&scene.page, &scene.sandbox);
            for number in 0..50 {
                sandbox.create_backup(MYSQL, &format!("earlier-{number}"));
            }
            sandbox.finish_backups();
            sandbox.set_list_behaviour(
                Route::Backups,
                ListBehaviour { total_count: TotalCount::Claims(80), ..ListBehaviour::default() },
            );
            page.fill(MYSQL, "backup").await;
            sandbox.drop_all_responses(FaultTiming::BeforeCommit);
            page.press("Create backup").await;
            page.sees("The list of backups can't be read as a whole").await;
            // Beyond the time that a server may be at it.
            read_again(sandbox, 6).await;
            denies_nothing(page).await;
            page.press("Stop looking").await;
            page.sees("It can't be told whether the backup was made").await;
            page.shows("Look by hand").await;
            sandbox.set_list_behaviour(Route::Backups, ListBehaviour::default());
            page.press("Look again").await;
            page.sees("No backup was created").await;
            page.shows("It is safe to try again.").await;
        })
        .await;
}

#[tokio::test]
async fn a_server_that_ignores_the_offset_is_not_asked_without_end() {
    Stage::new()
        .direct()
        .with_settle_time(SETTLE)
        .play(async |scene| {
            let (page, sandbox) = (&scene.page, &scene.sandbox);
            for number in 0..130 {
                sandbox.create_backup(MYSQL, &format!("earlier-{number}"));
            }
            sandbox.finish_backups();
            sandbox
                .set_list_behaviour(Route::Backups, ListBehaviour { ignores_offset: true, ..ListBehaviour::default() });
            page.fill(MYSQL, "backup").await;
            sandbox.drop_all_responses(FaultTiming::BeforeCommit);
            page.press("Create backup").await;
            page.sees("The list of backups can't be read as a whole").await;
            let asked = sandbox.call_count(Route::Backups);
            assert!(asked <= 8, "{asked} pages");
            denies_nothing(page).await;
        })
        .await;
}

#[tokio::test]
async fn a_backup_of_another_instance_is_nobodys_answer() {
    Stage::new()
        .direct()
        .with_settle_time(SETTLE)
        .play(async |scene| {
            let (page, sandbox) = (&scene.page, &scene.sandbox);
            page.fill(MYSQL, "backup").await;
            sandbox.add_list_element(
                MYSQL,
                json!({
                    "id": "another", "name": "backup", "type": "manual", "status": "COMPLETED",
                    "instance_id": POSTGRESQL, "begin_time": "2026-11-26T12:00:00+0000",
                }),
            );
            sandbox.drop_all_responses(FaultTiming::BeforeCommit);
            page.press("Create backup").await;
            page.sees("No backup was created").await;
            page.shows_nowhere("The backup exists").await;
            sandbox.stop_dropping_responses();
            page.press("Try again").await;
            page.sees("Backup started").await;
            assert_eq!(sandbox.backups().len(), 1);
        })
        .await;
}

#[tokio::test]
async fn an_accepted_backup_without_an_id_is_found_under_its_name() {
    Stage::new()
        .with_poll_time(Duration::from_millis(100))
        .play(async |scene| {
            let (page, sandbox) = (&scene.page, &scene.sandbox);
            page.fill(MYSQL, "backup").await;
            page.type_into("Description", "before the upgrade").await;
            sandbox.set_list_delay(ListDelay::UntilEnded);
            let empty = Fault::FixedResponse(FixedResponse::json(200, r#"{"backup":{}}"#));
            sandbox.inject(Route::Create, FaultTiming::AfterCommit, empty);
            page.press("Create backup").await;
            page.sees("Backup accepted").await;
            for part in ["backup", "before the upgrade", MYSQL, "not in the answer"] {
                page.shows(part).await;
            }
            sandbox.end_list_delay();
            page.sees(&sandbox.backups()[0].id).await;
            sandbox.finish_backups();
            page.sees("The backup is there and can be used.").await;
            page.shows("before the upgrade").await;
        })
        .await;
}

#[tokio::test]
async fn a_backup_that_is_deleted_is_gone_and_not_asked_for_any_more() {
    Stage::new()
        .with_poll_time(Duration::from_millis(100))
        .play(async |scene| {
            let (page, sandbox) = (&scene.page, &scene.sandbox);
            page.fill(MYSQL, "backup").await;
            page.press("Create backup").await;
            page.sees("Backup started").await;
            sandbox.wait_for_calls(Route::Backup, 1).await;
            sandbox.delete_backups("backup");
            page.sees("backup being deleted (DELETING)").await;
            sandbox.finish_deletions();
            page.has(".outcome [role=alert]", "The backup is gone").await;
            let asked = sandbox.call_count(Route::Backup);
            page.passes(Duration::from_millis(600)).await;
            assert_eq!(sandbox.call_count(Route::Backup), asked);
        })
        .await;
}

#[tokio::test]
async fn a_token_that_is_rejected_is_not_sent_again_by_itself() {
    Stage::new()
        .with_poll_time(Duration::from_millis(100))
        .play(async |scene| {
            let (page, sandbox) = (&scene.page, &scene.sandbox);
            page.fill(MYSQL, "backup").await;
            page.press("Create backup").await;
            page.sees("Backup started").await;
            sandbox.renew_token();
            page.sees("The token was rejected").await;
            let asked = sandbox.requests().len();
            page.passes(Duration::from_millis(600)).await;
            assert_eq!(sandbox.requests().len(), asked);
            page.shows("Backup started").await;
        })
        .await;
}

#[tokio::test]
async fn the_answer_can_be_copied_in_every_state_that_shows_it() {
    Stage::new()
        .with_settle_time(Duration::from_secs(3))
        .play(async |scene| {
            let (page, sandbox) = (&scene.page, &scene.sandbox);
            page.fill(MYSQL, "backup").await;
            sandbox.set_list_delay(ListDelay::UntilEnded);
            let answer =
                Fault::FixedResponse(FixedResponse::json(502, r#"{"error_code":"APIGW.0202","error_msg":"words"}"#));
            sandbox.inject(Route::Create, FaultTiming::AfterCommit, answer);
            page.press("Create backup").await;
            let copies = async |state: &str| {
                page.sees(state).await;
                page.script("document.querySelector('.outcome details.raw').open = true;", vec![]).await;
                page.press("Copy: Answer as received").await;
                page.says("Answer copied").await;
                assert!(page.clipboard().await.contains("APIGW.0202"), "{state}");
                page.leave().await;
            };
            copies("It can't be told yet whether the backup was made").await;
            sandbox.end_list_delay();
            copies("The backup exists").await;
            sandbox.finish_backups();
            copies("The backup is there and can be used.").await;
            assert_eq!(sandbox.requests_with(&Method::POST).len(), 1);
        })
        .await;
}
