//! The page starts, lets nothing in, and says when it can't.

use crate::stage::Stage;

#[tokio::test]
async fn a_page_without_its_wasm_says_what_to_do() {
    for (language, words) in
        [("en", "The console can't start. Reload the page."), ("de", "Die Konsole lässt sich nicht starten.")]
    {
        Stage::new()
            .in_language(language)
            .without_wasm()
            .play(async |scene| {
                scene.page.says(words).await;
                scene.page.says("application/wasm").await;
            })
            .await;
    }
}

#[tokio::test]
async fn an_inline_script_and_a_foreign_image_are_blocked() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            page.script(
                "window.blocked = [];
                 document.addEventListener('securitypolicyviolation', event => {
                     window.blocked.push(event.effectiveDirective);
                     document.body.dataset.blocked = window.blocked.length;
                 });
                 const script = document.createElement('script');
                 try { script.textContent = 'window.ran = true'; } catch { window.blocked.push('trusted types'); }
                 const image = document.createElement('img');
                 image.src = 'https://elsewhere.invalid/pixel.png';
                 document.body.append(script, image);",
                vec![],
            )
            .await;
            page.until("document.body.dataset.blocked >= 1", "the violations are reported").await;
            page.until("window.blocked.includes('img-src')", "the image is blocked").await;
            assert_eq!(page.script("return window.ran ?? false;", vec![]).await, false);
            // They are what this test expects in the console.
            page.driver.browser_log().await.unwrap();
        })
        .await;
}

#[tokio::test]
async fn a_page_that_breaks_says_so_and_what_it_means_for_the_backup() {
    Stage::new()
        .play(async |scene| {
            let page = &scene.page;
            page.type_into("Token", sandbox::world::token()).await;
            // No element can be made any more: yew has to give up.
            page.script("Document.prototype.createElement = Document.prototype.createElementNS = () => { throw new Error('broken'); };", vec![]).await;
            page.press("Add database").await;
            page.says("The page has stopped because of a fault of its own. Reload it to go on").await;
            page.says("A backup that was asked for is not affected").await;
            // The trap is what this test expects in the console; what was typed isn't there.
            let log = page.driver.browser_log().await.unwrap();
            assert!(!log.iter().any(|entry| entry.message.contains("MIISandbox")), "{log:?}");
        })
        .await;
}
