//! axe-core, the accessibility checker, in the page. Every rule that it has is on.

use serde_json::Value;

use super::host::workspace;
use super::page::Page;

/// Checks the page as it stands.
pub async fn check(page: &Page, state: &str) {
    let is_there = page.script("return Boolean(window.axe);", vec![]).await == Value::Bool(true);
    if !is_there {
        let file = workspace().join("xtask/npm/node_modules/axe-core/axe.min.js");
        let axe = std::fs::read_to_string(file).expect("axe-core is missing: run `cargo xtask setup`");
        page.script(&axe, vec![]).await;
    }
    let script = "const done = arguments[arguments.length - 1];
         axe.run(document).then(
             result => done(result.violations.map(violation => [violation.id, ...violation.nodes.map(node => node.html + ' ' + node.failureSummary)])),
             error => done([String(error)]));";
    let violations = page.driver.execute_async(script, vec![]).await.unwrap().json().clone();
    assert!(violations.as_array().unwrap().is_empty(), "{state}: {violations:#}");
}
