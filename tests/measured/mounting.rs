//! The console as a part of other pages, put there and taken away again and again.

use sandbox::fixtures::token;
use serde_json::json;

use super::memory::Held;
use crate::common::portal::{Part, Portal, example};
use crate::common::stage::Stage;

/// So often.
const TIMES: u32 = 200;
/// Nodes that may be more afterwards: the two consoles that stay draw their own clocks meanwhile, and the last one that went may
/// not be collected yet. One that each leaves behind would be `TIMES`.
const NODES: u64 = 50;
/// Listeners that may be more, for the same reason. One that each leaves behind would be `TIMES`.
const LISTENERS: u64 = 10;
/// KiB of JavaScript's heap that may be more: V8 compiles what runs often. It is 2.5 for each, and what a console's nodes alone
/// take is several times that.
const HEAP: u64 = 500;

#[tokio::test]
async fn mounting_and_unmounting_two_hundred_times_leaves_nothing_behind() {
    Stage::new()
        .in_its_own_browser()
        .direct()
        .in_language("en")
        .in_chromium()
        .play(async |scene| {
            let page = &scene.page;
            let portal = Portal::serve(example("plain"), vec![token()]).await;
            portal.open(scene).await;
            Part(page, "#second").says("Sicherung anlegen").await;
            let mount = |times: u32| {
                format!(
                    "const done = arguments[arguments.length - 1];
                     (async () => {{
                         for (let time = 0; time < {times}; time += 1) {{
                             const place = document.createElement('div');
                             document.body.append(place);
                             const handle = window.mount(place, {{ language: 'en' }});
                             await handle.ready;
                             await new Promise(requestAnimationFrame);
                             if (!place.shadowRoot.querySelector('form')) {{ throw new Error('not drawn'); }}
                             handle.unmount();
                             place.remove();
                             await new Promise(requestAnimationFrame);
                         }}
                         done(true);
                     }})().catch(error => done(String(error)));"
                )
            };
            // The first ones make what the others use again.
            assert_eq!(*page.driver.execute_async(mount(10), vec![]).await.unwrap().json(), json!(true));
            let before = Held::by(page).await;
            assert_eq!(*page.driver.execute_async(mount(TIMES), vec![]).await.unwrap().json(), json!(true));
            let after = Held::by(page).await;
            println!("{TIMES} mounts: {before:?} -> {after:?}");
            assert!(after.nodes <= before.nodes + NODES, "nodes: {before:?} -> {after:?}");
            assert!(after.listeners <= before.listeners + LISTENERS, "listeners: {before:?} -> {after:?}");
            assert!(after.heap <= before.heap + HEAP, "heap: {before:?} -> {after:?}");
        })
        .await;
}
