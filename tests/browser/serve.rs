//! `cargo xtask serve`, as a newcomer runs it: one command, and the page works as it says.

use std::process::Stdio;
use std::time::Duration;

use sandbox::fixtures::{MYSQL, PROJECT_ID};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader, Lines};
use tokio::net::TcpStream;
use tokio::process::{Child, ChildStdout, Command};

use crate::common::host::workspace;
use crate::common::page::Page;
use crate::common::stage::{PATIENCE, Stage};

/// The served page; stopped at the end with everything that was started for it.
struct Served {
    xtask: Child,
    output: Lines<BufReader<ChildStdout>>,
}

impl Served {
    fn start(arguments: &[&str]) -> Self {
        let mut xtask = Command::new("cargo")
            .args(["xtask", "serve"])
            .args(arguments)
            .current_dir(workspace())
            .stdout(Stdio::piped())
            // A group of its own, to be interrupted as a whole, as Ctrl+C does.
            .process_group(0)
            .spawn()
            .unwrap();
        let output = BufReader::new(xtask.stdout.take().unwrap()).lines();
        Self { xtask, output }
    }

    async fn says(&mut self, text: &str) -> String {
        line_with(&mut self.output, text).await
    }

    /// Interrupts the group and waits for its end.
    async fn interrupt(mut self) {
        self.signal("INT");
        self.xtask.wait().await.unwrap();
    }

    fn signal(&self, signal: &str) {
        if let Some(group) = self.xtask.id() {
            let kill = format!("kill -s {signal} -- -{group}");
            let sent = std::process::Command::new("sh").args(["-c", &kill]).status().unwrap();
            assert!(sent.success(), "{kill} failed");
        }
    }
}

/// Reads on until a line contains a text.
async fn line_with(output: &mut Lines<BufReader<ChildStdout>>, text: &str) -> String {
    while let Some(line) = output.next_line().await.unwrap() {
        if line.contains(text) {
            return line;
        }
    }
    panic!("the command ended without saying {text:?}");
}

impl Drop for Served {
    /// Leaves nothing behind when the test fails half-way.
    fn drop(&mut self) {
        self.signal("KILL");
    }
}

/// Commands that serve the page build it in the same folder.
static SERVES: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// A port that is free now.
fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

#[tokio::test]
async fn the_sandbox_makes_a_backup_with_what_the_command_says_to_type() {
    let _one = SERVES.lock().await;
    let (page_port, sandbox_port) = (free_port().to_string(), free_port().to_string());
    let mut served = Served::start(&["--port", &page_port, "--sandbox-port", &sandbox_port]);
    let url = served.says("The page is served at").await;
    let url = url.split_whitespace().last().unwrap().to_owned();
    let token = served.says("Token").await.split_whitespace().last().unwrap().to_owned();
    assert!(token.starts_with("MII"), "{token}");
    let endpoint = served.says("Endpoint").await;
    assert!(endpoint.ends_with("/api"), "{endpoint}");
    assert!(served.says("Project ID").await.ends_with(PROJECT_ID));
    assert!(served.says("Instance ID").await.contains(MYSQL));
    Stage::new()
        .at(url)
        .play(async |scene| {
            let page = &scene.page;
            page.paste_into("Token", &token).await;
            page.says("Filled in from the token: ").await;
            assert_eq!(
                (page.value("Endpoint").await, page.value("Project ID").await),
                ("/api".into(), PROJECT_ID.into())
            );
            page.chooses_instance("reports-sqlserver").await;
            page.press("Create backup").await;
            page.sees("Backup started").await;
            no_other_host_is_called(page).await;
            // A click into a long text doesn't go to its end.
            page.replace("Backup name", "backup").await;
            a_key_draws_its_own_field_only(page).await;
        })
        .await;
    // A connection that stays open ends when the sandbox does.
    let mut connection = TcpStream::connect(format!("127.0.0.1:{sandbox_port}")).await.unwrap();
    served.interrupt().await;
    let end = tokio::time::timeout(PATIENCE, connection.read_u8()).await;
    assert!(end.expect("the sandbox still runs").is_err());
}

/// Everything that the page has asked for came from its own server, the API behind its proxy too.
async fn no_other_host_is_called(page: &Page) {
    let asked = "const entries = performance.getEntriesByType('resource');
         return [entries.length, entries.map(entry => new URL(entry.name)).filter(url => url.origin !== location.origin)];";
    let asked = page.script(asked, vec![]).await;
    assert!(asked[0].as_u64().is_some_and(|count| count > 5), "{asked}");
    assert_eq!(asked[1], serde_json::json!([]));
}

/// The page marks in debug builds what it draws.
async fn a_key_draws_its_own_field_only(page: &Page) {
    page.press("Show backups").await;
    page.says("Name contains").await;
    for count in 1..=3 {
        page.press("Add database").await;
        page.has_focus(&format!("Database {count}")).await;
    }
    for (label, drawn) in [
        ("Endpoint", &["field-endpoint"][..]),
        ("Backup name", &["field-name"]),
        ("Description", &["field-description", "counter"]),
        ("Database 2", &["databases", "field-database-1"]),
    ] {
        page.field(label).await.click().await.unwrap();
        // A key first, for what its field has to say from then on.
        page.keys("a").await;
        page.script("performance.clearMarks();", vec![]).await;
        page.keys("b").await;
        let ends = page.value(label).await.ends_with("ab");
        assert!(ends, "{label} has what was typed");
        let marks = page.script("return performance.getEntriesByType('mark').map(mark => mark.name);", vec![]).await;
        assert_eq!(marks, serde_json::json!(drawn), "{label}");
    }
}

/// A program that runs.
struct Running {
    id: String,
    name: String,
}

/// Every program that has something in its environment, and everything that these have started.
fn marked(mark: &str) -> Vec<Running> {
    let processes = std::fs::read_dir("/proc").unwrap().map(|entry| entry.unwrap().path());
    let is_marked = |folder: &std::path::PathBuf| {
        let environment = std::fs::read(folder.join("environ")).unwrap_or_default();
        environment.split(|byte| *byte == 0).any(|variable| variable == mark.as_bytes())
    };
    let running = |folder: std::path::PathBuf| {
        let name = std::fs::read_to_string(folder.join("comm")).unwrap_or_default();
        Running { id: folder.file_name().unwrap().to_str().unwrap().to_owned(), name: name.trim().to_owned() }
    };
    processes.filter(is_marked).map(running).collect()
}

/// A command whose programs can be found by a mark in their environment.
struct Marked {
    mark: String,
    xtask: Child,
    output: Lines<BufReader<ChildStdout>>,
}

impl Marked {
    fn start(command: &[&str]) -> Self {
        let (name, value) = ("CONSOLE_TEST_MARK", format!("{}-{}", std::process::id(), free_port()));
        let mut xtask = Command::new("cargo");
        let xtask = xtask.args(command).current_dir(workspace()).env(name, &value).kill_on_drop(true);
        let mut xtask = xtask.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let output = BufReader::new(xtask.stdout.take().unwrap()).lines();
        Self { mark: format!("{name}={value}"), xtask, output }
    }

    /// Waits until it has started a program, and gives its number.
    async fn has_started(&self, program: &str) -> String {
        let started = async {
            loop {
                if let Some(found) = marked(&self.mark).into_iter().find(|running| running.name.contains(program)) {
                    return found.id;
                }
                // Nothing tells when somebody else's child has started one of its own.
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(PATIENCE * 6, started).await.unwrap_or_else(|_| panic!("{program} isn't started"))
    }

    /// Waits for its end, and gives its code and the names of the programs that it leaves.
    async fn ends(mut self) -> (Option<i32>, Vec<String>) {
        // cargo lets one of its commands wait for another that builds.
        let status = tokio::time::timeout(PATIENCE * 6, self.xtask.wait()).await.expect("it ends").unwrap();
        (status.code(), marked(&self.mark).into_iter().map(|running| running.name).collect())
    }
}

fn send(signal: &str, process: &str) {
    let kill = format!("kill -s {signal} {process}");
    assert!(std::process::Command::new("sh").args(["-c", &kill]).status().unwrap().success(), "{kill} failed");
}

#[tokio::test]
async fn nothing_is_left_of_a_command_that_is_ended_by_a_signal() {
    let _one = SERVES.lock().await;
    // The code of a program that a signal has ended is 128 and the signal's number, as shells have it.
    for (signal, code) in [("TERM", 143), ("INT", 130), ("HUP", 129)] {
        let (page_port, sandbox_port) = (free_port().to_string(), free_port().to_string());
        let serve = Marked::start(&["xtask", "serve", "--port", &page_port, "--sandbox-port", &sandbox_port]);
        serve.has_started("trunk").await;
        send(signal, &serve.xtask.id().unwrap().to_string());
        assert_eq!(serve.ends().await, (Some(code), Vec::new()), "{signal}");
        for port in [&page_port, &sandbox_port] {
            let port: u16 = port.parse().unwrap();
            assert!(std::net::TcpListener::bind(("127.0.0.1", port)).is_ok(), "{signal} leaves port {port} taken");
        }
    }
    // The tests: drivers, browsers, web servers.
    let test = Marked::start(&["xtask", "test", "chromium", "--", "follow::"]);
    test.has_started("chromium").await;
    send("TERM", &test.xtask.id().unwrap().to_string());
    assert_eq!(test.ends().await, (Some(143), Vec::new()));
}

#[tokio::test]
async fn it_ends_when_its_sandbox_or_its_page_does() {
    let _one = SERVES.lock().await;
    for program in ["sandbox", "trunk"] {
        let (page_port, sandbox_port) = (free_port().to_string(), free_port().to_string());
        let mut serve = Marked::start(&["xtask", "serve", "--port", &page_port, "--sandbox-port", &sandbox_port]);
        // Only once it is served: before, trunk is asked for its version by a process of its own.
        line_with(&mut serve.output, "The page is served at").await;
        send("KILL", &serve.has_started(program).await);
        assert_eq!(serve.ends().await, (Some(1), Vec::new()), "{program}");
    }
}

#[tokio::test]
async fn ports_that_cannot_be_are_refused_before_anything_is_built() {
    let port = free_port().to_string();
    let ports = [["--port", "0"], ["--sandbox-port", "0"], ["--port", "70000"]];
    for arguments in ports.iter().map(|ports| &ports[..]).chain([&["--port", &port, "--sandbox-port", &port][..]]) {
        let serve = Marked::start(&[&["xtask", "serve"], arguments].concat());
        let (code, left) = serve.ends().await;
        assert!(code.is_some_and(|code| code > 0) && left.is_empty(), "{arguments:?}: {code:?}, {left:?}");
    }
}

/// Somebody has trunk and the wasm target, and has never heard of the commands of this project. What trunk downloads then,
/// wasm-bindgen and wasm-opt, it finds on PATH here.
#[tokio::test]
async fn plain_trunk_builds_and_serves_a_fresh_checkout() {
    let checkout = tempfile::tempdir().unwrap();
    let copy = format!("git ls-files -z | xargs -0 cp --parents --target-directory='{}'", checkout.path().display());
    let copied = std::process::Command::new("sh").args(["-c", &copy]).current_dir(workspace()).status().unwrap();
    assert!(copied.success());
    let port = free_port();
    let _trunk = Command::new("trunk")
        .args(["serve", "--release", "--port", &port.to_string()])
        .current_dir(checkout.path())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let served = async {
        // It builds first: nothing tells when a server of others listens.
        while TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    };
    tokio::time::timeout(PATIENCE * 30, served).await.expect("trunk serves the page");
    Stage::new()
        .at(format!("http://127.0.0.1:{port}/"))
        .play(async |scene| {
            scene.page.fill(MYSQL, "backup").await;
            scene.page.press("Create backup").await;
            scene.page.sees("Backup started").await;
        })
        .await;
}
