//! What Lighthouse says of the page.

use std::fmt::Write as _;

use serde_json::Value;
use tokio::process::Command;

use crate::common::host::workspace;
use crate::{keep, peers, serve, target};

/// What it is asked for.
const CATEGORIES: [&str; 3] = ["performance", "accessibility", "best-practices"];

#[tokio::test]
#[ignore = "measures, tests nothing"]
async fn lighthouse() {
    let url = serve(&peers()[0]).await;
    let mut report =
        "\n## Lighthouse 12.8.2\n\n| as | performance | accessibility | best practices |\n|---|---:|---:|---:|\n"
            .to_owned();
    let mut rows = String::new();
    for preset in ["mobile", "desktop"] {
        let output = workspace().join(format!("target/bench/lighthouse-{preset}.json"));
        let mut command = Command::new(workspace().join("bench/node_modules/.bin/lighthouse"));
        command.arg(&url).arg("--quiet").arg("--output=json").arg(format!("--output-path={}", output.display()));
        command.arg(format!("--only-categories={}", CATEGORIES.join(",")));
        command
            .arg("--chrome-flags=--headless --no-sandbox --disable-gpu --disable-quic --disable-background-networking");
        if preset == "desktop" {
            command.arg("--preset=desktop");
        }
        let chromium = ["/usr/bin/chromium", "/usr/bin/google-chrome"]
            .into_iter()
            .find(|path| std::path::Path::new(path).exists());
        command.env("CHROME_PATH", chromium.unwrap());
        assert!(command.status().await.unwrap().success(), "Lighthouse failed");
        let result: Value = serde_json::from_slice(&std::fs::read(output).unwrap()).unwrap();
        let score = |category: &str| result["categories"][category]["score"].as_f64().unwrap() * 100.0;
        let cells = CATEGORIES.map(|category| format!("{:.0}", score(category))).join(" | ");
        println!("Lighthouse, {preset}: {cells}");
        writeln!(report, "| {preset} | {cells} |").unwrap();
        for category in ["performance", "accessibility"] {
            let (what, found) = (format!("Lighthouse, {preset}: {category}"), score(category));
            rows += &target(&what, "100", &format!("{found:.0}"), found >= 99.5);
        }
        let audits = result["audits"].as_object().unwrap();
        for (name, audit) in audits.iter().filter(|(_, audit)| audit["score"].as_f64().is_some_and(|score| score < 0.9))
        {
            println!("  {name}: {} {}", audit["score"], audit["displayValue"]);
        }
    }
    keep("lighthouse.md", &report);
    keep("lighthouse.targets.md", &rows);
}
