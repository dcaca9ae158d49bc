//! `cargo xtask serve`, as a newcomer runs it: one command, and the page works as it says.

use std::process::Stdio;

use sandbox::world::{MYSQL, PROJECT_ID, token};
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

    /// Reads on until a line contains a text.
    async fn says(&mut self, text: &str) -> String {
        while let Some(line) = self.output.next_line().await.unwrap() {
            if line.contains(text) {
                return line;
            }
        }
        panic!("`cargo xtask serve` ended without saying {text:?}");
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

impl Drop for Served {
    /// Leaves nothing behind when the test fails half-way.
    fn drop(&mut self) {
        self.signal("KILL");
    }
}

/// A port that is free now.
fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

#[tokio::test]
async fn the_sandbox_makes_a_backup_with_what_the_command_says_to_type() {
    let (page_port, sandbox_port) = (free_port().to_string(), free_port().to_string());
    let mut served = Served::start(&["--port", &page_port, "--sandbox-port", &sandbox_port]);
    let url = served.says("The page is served at").await;
    let url = url.split_whitespace().last().unwrap().to_owned();
    let endpoint = served.says("Endpoint").await;
    assert!(endpoint.ends_with("/api"), "{endpoint}");
    assert!(served.says("Project ID").await.ends_with(PROJECT_ID));
    assert!(served.says("Token").await.ends_with(&token()));
    assert!(served.says("Instance ID").await.contains(MYSQL));
    Stage::new()
        .at(url)
        .play(async |scene| {
            let page = &scene.page;
            page.type_into("Endpoint", "/api").await;
            page.type_into("Project ID", PROJECT_ID).await;
            page.paste_into("Token", &token()).await;
            page.type_into("Instance ID", MYSQL).await;
            page.type_into("Backup name", "backup").await;
            page.press("Create backup").await;
            page.sees("Backup started").await;
            a_key_draws_its_own_field_only(page).await;
        })
        .await;
    // A connection that stays open ends when the sandbox does.
    let mut connection = TcpStream::connect(format!("127.0.0.1:{sandbox_port}")).await.unwrap();
    served.interrupt().await;
    let end = tokio::time::timeout(PATIENCE, connection.read_u8()).await;
    assert!(end.expect("the sandbox still runs").is_err());
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

/// Every program that has something in its environment, and everything that these have started.
fn marked(mark: &str) -> Vec<String> {
    let processes = std::fs::read_dir("/proc").unwrap().map(|entry| entry.unwrap().path());
    let is_marked = |folder: &std::path::PathBuf| {
        let environment = std::fs::read(folder.join("environ")).unwrap_or_default();
        environment.split(|byte| *byte == 0).any(|variable| variable == mark.as_bytes())
    };
    let name = |folder: std::path::PathBuf| std::fs::read_to_string(folder.join("comm")).unwrap_or_default();
    processes.filter(is_marked).map(name).map(|name| name.trim().to_owned()).collect()
}

/// Starts a command, waits until it has started a program, ends it by a signal, and gives what is left then.
async fn what_is_left(command: &[&str], program: &str, signal: &str) -> Vec<String> {
    let mark = format!("CONSOLE_TEST_MARK={}-{}-{signal}", std::process::id(), free_port());
    let (name, value) = mark.split_once('=').unwrap();
    let mut xtask = Command::new("cargo")
        .args(command)
        .current_dir(workspace())
        .env(name, value)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let started = async {
        while !marked(&mark).iter().any(|running| running.contains(program)) {
            // Nothing tells when somebody else's child has started one of its own.
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(PATIENCE * 6, started).await.unwrap_or_else(|_| panic!("{program} isn't started"));
    let id = xtask.id().unwrap();
    let kill = std::process::Command::new("sh").args(["-c", &format!("kill -s {signal} {id}")]).status().unwrap();
    assert!(kill.success());
    xtask.wait().await.unwrap();
    marked(&mark)
}

#[tokio::test]
async fn nothing_is_left_of_a_command_that_is_ended_by_a_signal() {
    for signal in ["TERM", "INT", "HUP"] {
        let (page_port, sandbox_port) = (free_port().to_string(), free_port().to_string());
        let serve = ["xtask", "serve", "--port", &page_port, "--sandbox-port", &sandbox_port];
        assert_eq!(what_is_left(&serve, "trunk", signal).await, [""; 0], "{signal}");
        for port in [&page_port, &sandbox_port] {
            let port: u16 = port.parse().unwrap();
            assert!(std::net::TcpListener::bind(("127.0.0.1", port)).is_ok(), "{signal} leaves port {port} taken");
        }
    }
    // The tests: drivers, browsers, web servers.
    let test = ["xtask", "test", "chromium", "--", "follow::"];
    assert_eq!(what_is_left(&test, "chromium", "TERM").await, [""; 0]);
}
