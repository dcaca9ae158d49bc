//! Somebody else's page with the console in it: the pages of `examples/`, served with the module and a source of tokens.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use axum::Router;
use axum::extract::RawQuery;
use axum::routing::get;
use sandbox::fixtures::PROJECT_ID;
use serde_json::{Value, json};
use thirtyfour::prelude::*;
use tokio::net::TcpListener;
use tokio::process::Command;
use tokio::sync::watch;
use tower_http::services::ServeDir;

use super::host::workspace;
use super::page::Page;
use super::stage::Scene;

/// A portal that is served until the test ends.
pub struct Portal {
    /// Where.
    pub url: String,
    /// What was asked of the source of tokens.
    pub asked: watch::Receiver<Vec<String>>,
}

impl Portal {
    /// Serves a folder with the module in it. The source gives these tokens in turn, and the last one ever after.
    pub async fn serve(folder: PathBuf, tokens: Vec<String>) -> Self {
        let (sender, asked) = watch::channel(Vec::new());
        let token = move |RawQuery(query): RawQuery| async move {
            sender.send_modify(|asked| asked.push(query.unwrap_or_default()));
            let number = sender.borrow().len() - 1;
            tokens.get(number).or(tokens.last()).cloned().unwrap_or_default()
        };
        let module = workspace().join("dist-module");
        assert!(module.exists(), "dist-module/ is missing: run `cargo xtask build --module`");
        let site = Router::new()
            .route("/token", get(token))
            .nest_service("/rds-backup-console", ServeDir::new(module))
            .fallback_service(ServeDir::new(folder));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, site).await });
        Self { url, asked }
    }

    /// Opens it in front of the sandbox of a scene.
    pub async fn open(&self, scene: &Scene) {
        let url = format!("{}?endpoint={}&project_id={PROJECT_ID}", self.url, scene.sandbox.endpoint());
        scene.page.driver.goto(url).await.unwrap();
    }
}

/// The folder of an example.
pub fn example(name: &str) -> PathBuf {
    workspace().join("examples").join(name)
}

/// Builds an example as its package.json says, in a folder of its own, and gives what is to be served.
pub async fn build_example(name: &str, folder: &Path) -> PathBuf {
    let tools = workspace().join("xtask/npm/node_modules");
    copy(&example(name), folder);
    // What `npm install` would bring.
    let modules = folder.join("node_modules");
    std::fs::create_dir(&modules).unwrap();
    for entry in std::fs::read_dir(&tools).expect("vite is missing: run `cargo xtask setup`") {
        let entry = entry.unwrap();
        std::os::unix::fs::symlink(entry.path(), modules.join(entry.file_name())).unwrap();
    }
    std::os::unix::fs::symlink(workspace().join("dist-module"), modules.join("rds-backup-console")).unwrap();
    let output =
        Command::new("npm").args(["run", "build"]).current_dir(folder).stdin(Stdio::null()).output().await.unwrap();
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert!(output.status.success(), "{said}");
    folder.join("dist")
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// A console in a portal: its host's selector.
pub struct Part<'a>(pub &'a Page, pub &'a str);

impl Part<'_> {
    /// Waits until a JavaScript expression about its shadow root, `root`, is true. What happens in there is seen by nobody
    /// outside, so that it is looked at with each frame.
    pub async fn until(&self, condition: &str, what: &str) {
        let script = format!(
            "const done = arguments[arguments.length - 1];
             const look = () => {{
                 const root = document.querySelector({host}).shadowRoot;
                 let holds = false;
                 try {{ holds = Boolean({condition}); }} catch {{ }}
                 if (holds) {{ done(); }} else {{ requestAnimationFrame(look); }}
             }};
             look();",
            host = json!(self.1)
        );
        if let Err(error) = self.0.driver.execute_async(script, vec![]).await {
            panic!("waited in vain until {what}: {error}\n{}", self.text().await);
        }
    }

    /// What a script with `root` gives.
    pub async fn script(&self, script: &str) -> Value {
        let script = format!("const root = document.querySelector({}).shadowRoot; {script}", json!(self.1));
        self.0.script(&script, vec![]).await
    }

    /// What it shows.
    pub async fn text(&self) -> String {
        self.script("return root.querySelector('.console')?.innerText ?? root.textContent;")
            .await
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// Waits until it shows a text.
    pub async fn says(&self, text: &str) {
        let condition = format!("root.querySelector('.console').innerText.includes({})", json!(text));
        self.until(&condition, &format!("{} says {text:?}", self.1)).await;
    }

    async fn element(&self, script: &str, what: &str) -> WebElement {
        self.until(&format!("({script})(root)"), &format!("there is {what}")).await;
        let script = format!("return ({script})(document.querySelector({}).shadowRoot);", json!(self.1));
        self.0.driver.execute(script, vec![]).await.unwrap().element().unwrap()
    }

    /// The field with a label.
    pub async fn field(&self, label: &str) -> WebElement {
        let find = format!(
            "root => {{ const label = [...root.querySelectorAll('label')].find(label => label.innerText === {});
                 return label && root.getElementById(label.htmlFor); }}",
            json!(label)
        );
        self.element(&find, label).await
    }

    /// Types into a field.
    pub async fn type_into(&self, label: &str, text: &str) {
        self.field(label).await.send_keys(text).await.unwrap();
    }

    /// Presses a button.
    pub async fn press(&self, name: &str) {
        let find = format!(
            "root => [...root.querySelectorAll('button')].find(button => button.innerText === {})",
            json!(name)
        );
        self.element(&find, name).await.click().await.unwrap();
    }
}
