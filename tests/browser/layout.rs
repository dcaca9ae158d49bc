//! The page fits the screen that it is on.

use sandbox::fixtures::{MYSQL, PROJECT_ID, token};
use serde_json::json;

use crate::common::page::{LABELS, Page};
use crate::common::stage::{Scene, Stage, languages};

#[tokio::test]
async fn every_input_has_its_label_and_the_name_that_the_api_gives_it() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            page.press("Add database").await;
            let names = ["token", "endpoint", "project_id", "instance_id", "name", "description", "databases"];
            for (label, name) in LABELS.into_iter().chain(["Database 1"]).zip(names) {
                assert_eq!(page.field(label).await.attr("name").await.unwrap().as_deref(), Some(name), "{label}");
            }
            let headings =
                page.script("return [...document.querySelectorAll('h2')].map(h => h.innerText);", vec![]).await;
            assert_eq!(
                headings,
                serde_json::json!(["Connection", "Backup", "Activity"].map(|heading| page.words(heading)))
            );
        })
        .await;
}

#[tokio::test]
async fn nothing_sticks_out_sideways_on_a_narrow_screen() {
    for language in languages() {
        Stage::new()
            // Firefox has no window as narrow as that.
            .in_chromium()
            .in_language(language)
            .with_window(320, 640)
            .play(async |scene| {
                let page = &scene.page;
                // The page asks whether the token may go to the second one.
                page.type_into("Endpoint", "rds.eu-de.otc.t-systems.com").await;
                page.paste_into("Token", &sandbox::fixtures::token()).await;
                page.replace("Endpoint", "rds.ap-southeast-1.myhuaweicloud.com").await;
                page.press("Add database").await;
                page.press("Create backup").await;
                page.until("document.querySelector('.refused')", "the faults are shown").await;
                let width = page.script("return document.documentElement.scrollWidth;", vec![]).await;
                assert!(width.as_u64().unwrap() <= 320, "{language}: {width} px wide");
            })
            .await;
    }
}

/// The widths of the window at which the answer stands beside the form.
const WIDE: [u32; 3] = [1280, 1440, 1920];

/// The pieces of the page that cover each other at the present scroll position, by their names. What an element that scrolls
/// has cut off counts as not there.
const COVERED: &str = "
    const seen = element => {
        let { left, top, right, bottom } = element.getBoundingClientRect();
        for (let around = element.parentElement; around; around = around.parentElement) {
            if (getComputedStyle(around).overflowY === 'visible') { continue; }
            const edge = around.getBoundingClientRect();
            left = Math.max(left, edge.left); top = Math.max(top, edge.top);
            right = Math.min(right, edge.right); bottom = Math.min(bottom, edge.bottom);
        }
        return { left, top, right, bottom };
    };
    const pieces = [...document.querySelectorAll('header, section, article, fieldset, table, .form, .answers, .actions')]
        .filter(element => element.checkVisibility())
        .map(element => ({ element, ...seen(element) }))
        .filter(piece => piece.right - piece.left > 1 && piece.bottom - piece.top > 1);
    const name = ({ element }) => element.id || element.className || element.tagName;
    const covered = [];
    for (const [index, one] of pieces.entries()) {
        for (const other of pieces.slice(index + 1)) {
            if (one.element.contains(other.element) || other.element.contains(one.element)) { continue; }
            const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
            const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
            if (wide > 1 && high > 1) { covered.push(`${name(one)} and ${name(other)}`); }
        }
    }
    return covered;
";

/// The buttons among `arguments[0]` that don't take a click on their middle, each brought into view first; and how many
/// there are in all.
const OUT_OF_REACH: &str = "
    const buttons = [...document.querySelectorAll(arguments[0])];
    const covered = buttons.filter(button => {
        button.scrollIntoView({ block: arguments[1], inline: 'nearest' });
        const place = button.getBoundingClientRect();
        const top = document.elementFromPoint(place.x + place.width / 2, place.y + place.height / 2);
        return !button.contains(top);
    });
    return [buttons.length, covered.map(button => button.innerText)];
";

/// Checks that nothing covers anything, wherever the page is scrolled to.
async fn nothing_is_covered(page: &Page, state: &str) {
    for width in WIDE {
        page.set_window(width, 800).await;
        let height = "return document.documentElement.scrollHeight - innerHeight;";
        let height = page.script(height, vec![]).await.as_i64().unwrap();
        for part in 0..=8 {
            page.script("scrollTo(0, arguments[0]);", vec![json!(height * part / 8)]).await;
            let covered = page.script(COVERED, vec![]).await;
            assert_eq!(covered, json!([]), "{state}, {width} px wide, {part}/8 down");
        }
        // None is cut off by the table's edge, though nobody has scrolled it sideways.
        let cut_off = "const table = document.querySelector('.table');
             table.scrollLeft = 0;
             const edge = table.getBoundingClientRect().right;
             return [...table.querySelectorAll('tbody button')].filter(button => button.getBoundingClientRect().right > edge).length;";
        assert_eq!(page.script(cut_off, vec![]).await, 0, "{state}, {width} px wide");
        for place in ["nearest", "start", "center", "end"] {
            let found = page.script(OUT_OF_REACH, vec![json!(".backups tbody button"), json!(place)]).await;
            assert!(found[0].as_u64().unwrap() > 5, "{state}: there are rows");
            assert_eq!(found[1], json!([]), "{state}, {width} px wide, {place}: rows whose button is covered");
        }
    }
}

async fn with_backups(scene: &Scene) {
    let page = &scene.page;
    for number in 0..12 {
        scene.sandbox.create_backup(MYSQL, &format!("earlier-{number}"));
        scene.sandbox.finish_backups();
    }
    page.connect().await;
    page.press("Load instances").await;
    page.says("orders-mysql").await;
    page.press("Choose orders-mysql").await;
    page.until("document.querySelector('.backups tbody tr')", "the backups are listed").await;
}

#[tokio::test]
async fn nothing_covers_the_list_of_backups() {
    Stage::new()
        .in_language("en")
        .play(async |scene| {
            let page = &scene.page;
            with_backups(scene).await;
            nothing_is_covered(page, "an instance is chosen").await;
            page.type_into("Backup name", "before-upgrade").await;
            page.press("Create backup").await;
            page.sees("Backup started").await;
            nothing_is_covered(page, "a backup is started").await;
            scene.sandbox.finish_backups();
            page.says("backup completed (COMPLETED)").await;
            nothing_is_covered(page, "a backup is completed").await;
            page.press("Show request").await;
            page.until("document.querySelector('.request')", "the request is shown").await;
            nothing_is_covered(page, "the request is shown").await;
        })
        .await;
}

/// The answer keeps its place while the form beside it is scrolled, so that it is in view wherever the button was pressed.
#[tokio::test]
async fn the_answer_stays_in_view_as_far_as_the_form_goes() {
    Stage::new()
        .in_language("en")
        .play(async |scene| {
            let page = &scene.page;
            with_backups(scene).await;
            for width in WIDE {
                page.set_window(width, 500).await;
                let button = page.button("Create backup").await;
                page.script("arguments[0].scrollIntoView({ block: 'end' });", vec![button.to_json().unwrap()]).await;
                let top = "return document.querySelector('.answers').getBoundingClientRect().top;";
                let top = page.script(top, vec![]).await.as_f64().unwrap();
                assert!((0.0..=20.0).contains(&top), "{width} px wide: the answer begins {top} px down");
            }
        })
        .await;
}

/// The IDs in the list of backups that are covered in part by what stands over them, the button that copies most of all.
const COVERED_IDS: &str = "
    return [...document.querySelectorAll('.backups td .id')].flatMap(id => {
        const button = id.closest('td').querySelector('button').getBoundingClientRect();
        return [...id.getClientRects()]
            .filter(part => part.right > button.left + 0.5 && part.left < button.right - 0.5
                && part.bottom > button.top && part.top < button.bottom)
            .map(part => `${id.innerText}: ${part.left} to ${part.right}, button from ${button.left}`);
    });";

#[tokio::test]
async fn no_id_in_the_list_of_backups_lies_under_its_button() {
    for language in languages() {
        Stage::new()
            .in_language(language)
            .with_window(1280, 800)
            .play(async |scene| {
                let page = &scene.page;
                scene.sandbox.create_backup(MYSQL, "before-upgrade-2026-11-24");
                scene.sandbox.finish_backups();
                page.fill(MYSQL, "backup").await;
                page.press("Show backups").await;
                page.until("document.querySelector('.backups td .id')", "the list is there").await;
                for width in WIDE {
                    page.set_window(width, 800).await;
                    let covered = page.script(COVERED_IDS, vec![]).await;
                    assert_eq!(covered, json!([]), "{language} at {width} px");
                    let rows = page.script(ROW_HEIGHTS, vec![]).await;
                    assert_eq!(rows, json!([40]), "{language} at {width} px");
                    // Nor once it was pressed.
                    page.script("document.querySelector('.backups td button').click();", vec![]).await;
                    page.has(".backups", "Backup ID copied").await;
                    let (covered, rows) =
                        (page.script(COVERED_IDS, vec![]).await, page.script(ROW_HEIGHTS, vec![]).await);
                    assert_eq!((covered, rows), (json!([]), json!([40])), "{language} at {width} px, copied");
                }
            })
            .await;
    }
}

/// How high the rows of the list of backups are.
const ROW_HEIGHTS: &str = "
    return [...document.querySelectorAll('.backups tbody tr')].map(row => Math.round(row.getBoundingClientRect().height));";

/// Where a button stands in the window.
async fn top_of(page: &Page, button: &str) -> f64 {
    page.button(button).await.rect().await.unwrap().y
}

#[tokio::test]
async fn nothing_moves_as_a_token_comes_and_what_it_says() {
    for language in languages() {
        Stage::new()
            .in_language(language)
            .set("endpoint", "/api".into())
            .set("project_id", PROJECT_ID.into())
            .play(async |scene| {
                let page = &scene.page;
                let before = top_of(page, "Load instances").await;
                page.type_into("Description", "x").await;
                page.has(".field-token", "How to get a token").await;
                assert!((top_of(page, "Load instances").await - before).abs() < 1.0, "the later part has come");
                page.paste_into("Token", &token()).await;
                page.has(".field-token", "The token says: project “sandbox”").await;
                assert!((top_of(page, "Load instances").await - before).abs() < 1.0, "the token has come");
            })
            .await;
    }
}
