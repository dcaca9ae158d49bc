//! The documents tell the truth: each of their commands is run by a test or by the test command, each link leads somewhere,
//! and each piece of JSON in them is what it claims to be.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop at the first thing that isn't as expected"
)]

use std::path::{Path, PathBuf};
use std::process::Command;

use console_core::Options;

const DOCUMENTS: [&str; 8] = [
    "README.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "CHANGELOG.md",
    "docs/embedding.md",
    "docs/hosting.md",
    "docs/configuration.md",
    "docs/comparison.md",
];

/// Who runs a command.
enum Runs {
    /// This test.
    Here,
    /// A file of the tests, or of the test command, by the part of it that does.
    In(&'static str, &'static str),
    /// This test, with the folders of a server replaced by folders of its own.
    OnAServer,
}

use Runs::{Here, In, OnAServer};

const COMMANDS: &[(&str, Runs)] = &[
    ("cargo xtask serve", In("tests/browser/serve.rs", "\"xtask\", \"serve\"")),
    ("cargo xtask serve --cloud huawei", In("xtask/src/serve.rs", "\"--cloud\"")),
    ("cargo xtask serve --endpoint https://rds.eu-de.otc.t-systems.com", In("xtask/src/serve.rs", "--proxy-backend")),
    ("cargo xtask test", In(".ci/run", "cargo xtask test")),
    ("cargo xtask test --list", Here),
    // Each is a step of what `.ci/run` plays.
    ("cargo xtask test chromium -- links::", In("xtask/src/steps/table.rs", "name: \"chromium\"")),
    ("cargo xtask test firefox", In("xtask/src/steps/table.rs", "name: \"firefox\"")),
    ("cargo xtask test languages", In("xtask/src/steps/table.rs", "name: \"languages\"")),
    ("cargo xtask test measured", In("xtask/src/steps/table.rs", "name: \"measured\"")),
    ("cargo xtask build", In("xtask/src/steps/table.rs", "page::build(tools)")),
    ("cargo xtask explore", In("xtask/src/steps/table.rs", "name: \"explore\"")),
    // It takes hours.
    ("cargo xtask mutants", In("xtask/src/mutants.rs", "\"mutants\"")),
    ("cargo test -p contract", In("xtask/src/cargo_test.rs", "\"--workspace\"")),
    ("cargo test -p console-core", In("xtask/src/cargo_test.rs", "\"--workspace\"")),
    ("cargo xtask build --module", In("xtask/src/steps/table.rs", "module::build")),
    ("cargo xtask languages", In("tests/browser/prerender.rs", "var(\"CONSOLE_LANGUAGES\")")),
    (
        "apt-get install nginx-light libnginx-mod-http-brotli-static ca-certificates",
        In("xtask/src/setup/need.rs", "libnginx-mod-http-brotli-static"),
    ),
    ("apt-get install caddy ca-certificates", In("xtask/src/setup/need.rs", "\"caddy\"")),
    ("tar -xzf rds-backup-console-0.1.0.tar.gz", OnAServer),
    ("cd rds-backup-console-0.1.0", OnAServer),
    ("sha256sum --check --quiet SHA256SUMS", OnAServer),
    ("cp -r dist /srv/rds-backup-console", OnAServer),
    (
        "find dist -type f ! -name 'index.html*' ! -name 'config.json*' -exec cp -t /srv/rds-backup-console {} +",
        OnAServer,
    ),
    ("cp dist/index.html* /srv/rds-backup-console/", OnAServer),
    ("cp -r deploy/nginx/. /etc/nginx/conf.d/", OnAServer),
    ("mv /etc/nginx/conf.d/rds-backup-console /etc/nginx/", OnAServer),
    ("nginx -t && systemctl reload nginx", In("tests/common/host.rs", "Command::new(\"nginx\")")),
    ("cp -r deploy/caddy/. /etc/caddy/", OnAServer),
    ("systemctl reload caddy", In("tests/common/host.rs", "Command::new(\"caddy\")")),
    (
        r#"printf 'dba:%s\n' "$(openssl passwd -6)" > /etc/nginx/rds-backup-console/users"#,
        In("tests/common/host.rs", "\"passwd\", \"-6\""),
    ),
    ("caddy hash-password", In("tests/common/host.rs", "\"hash-password\"")),
    // There may be no engine: what these two do is played in a root folder.
    (
        "podman build --tag rds-backup-console --file deploy/container/Containerfile .",
        In("tests/container/image.rs", "deploy/container/Containerfile"),
    ),
    (
        "podman run --read-only --tmpfs /tmp --cap-drop all --publish 8080:8080 --env ENDPOINTS=\"eu-de eu-nl\" rds-backup-console",
        In("tests/container/image.rs", "-t tmpfs -o mode=1777 tmpfs \"$IMAGE_ROOT/tmp\""),
    ),
    ("npm run build", In("tests/common/portal.rs", "\"run\", \"build\"")),
    ("cargo run -p sandbox -- --help", Here),
];

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn read(file: &str) -> String {
    std::fs::read_to_string(workspace().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// The blocks of a document in a language.
fn blocks<'a>(document: &'a str, language: &str) -> Vec<&'a str> {
    let start = format!("```{language}\n");
    document.split(&start).skip(1).map(|rest| rest.split("```").next().unwrap()).collect()
}

/// The commands of a document, without their remarks.
fn commands(document: &str) -> Vec<String> {
    let lines = blocks(document, "sh").into_iter().flat_map(str::lines);
    lines.map(|line| line.split("   #").next().unwrap().trim().to_owned()).filter(|line| !line.is_empty()).collect()
}

#[test]
fn every_command_is_run() {
    let server = tempfile::tempdir().unwrap();
    for folder in ["srv", "etc/nginx/conf.d", "etc/caddy"] {
        std::fs::create_dir_all(server.path().join(folder)).unwrap();
    }
    // The step has packed it.
    let archive = format!("rds-backup-console-{}.tar.gz", env!("CARGO_PKG_VERSION"));
    std::fs::copy(workspace().join("target/archive").join(&archive), server.path().join(&archive)).unwrap();
    let mut folder = server.path().to_owned();
    let (mut run, mut seen) = (Vec::new(), Vec::new());
    for name in DOCUMENTS {
        for command in commands(&read(name)) {
            let known = COMMANDS.iter().find(|(known, _)| *known == command);
            let (known, runs) = known.unwrap_or_else(|| panic!("{name}: nothing runs `{command}`"));
            seen.push(*known);
            match runs {
                In(file, part) => assert!(read(file).contains(part), "{file} doesn't run `{command}`"),
                Here | OnAServer if run.contains(&command) => {}
                Here => shell(&workspace(), &command),
                OnAServer => match command.strip_prefix("cd ") {
                    Some(inner) => folder.push(inner),
                    None => shell(&folder, &on(server.path(), &command)),
                },
            }
            run.push(command);
        }
    }
    for (command, _) in COMMANDS {
        assert!(
            seen.contains(command) || matches!(*command, "cargo run -p sandbox -- --help"),
            "no document has `{command}`"
        );
    }
    // What the documents say is to be changed then is there.
    for file in [
        "srv/rds-backup-console/index.html",
        "etc/nginx/rds-backup-console/site.conf",
        "etc/nginx/conf.d/rds-backup-console.conf",
        "etc/caddy/Caddyfile",
        "etc/caddy/rds-backup-console/endpoints.conf",
    ] {
        assert!(server.path().join(file).exists(), "{file} is missing on the server");
    }
}

fn on(server: &Path, command: &str) -> String {
    ["/srv/", "/etc/"].iter().fold(command.to_owned(), |command, folder| {
        command.replace(&format!(" {folder}"), &format!(" {}{folder}", server.display()))
    })
}

fn shell(folder: &Path, command: &str) {
    let output = Command::new("sh").args(["-c", command]).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "`{command}`: {}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn every_link_leads_to_a_file_of_the_project() {
    for name in DOCUMENTS {
        let document = read(name);
        let folder = workspace().join(name).parent().unwrap().to_owned();
        for target in document.split("](").skip(1).map(|rest| rest.split(')').next().unwrap()) {
            let file = target.split('#').next().unwrap();
            let is_elsewhere = file.starts_with("https://") || file.is_empty();
            assert!(is_elsewhere || folder.join(file).exists(), "{name} links to {target}");
        }
    }
}

/// An operator has the archive, and nothing else of the project.
#[test]
fn every_link_in_the_archive_leads_to_a_file_in_it() {
    let name = format!("rds-backup-console-{}", env!("CARGO_PKG_VERSION"));
    let archive = workspace().join("target/archive").join(format!("{name}.tar.gz"));
    let folder = tempfile::tempdir().unwrap();
    shell(folder.path(), &format!("tar -xzf '{}'", archive.display()));
    let unpacked = folder.path().join(name);
    let mut documents = Vec::new();
    let mut folders = vec![unpacked.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                folders.push(entry);
            } else if entry.extension().is_some_and(|extension| extension == "md") {
                documents.push(entry);
            }
        }
    }
    assert!(documents.len() >= 4, "{documents:?}");
    for document in documents {
        let text = std::fs::read_to_string(&document).unwrap();
        for target in text.split("](").skip(1).map(|rest| rest.split([')', '#']).next().unwrap()) {
            let is_there = target.starts_with("https://") || document.parent().unwrap().join(target).exists();
            assert!(is_there, "{} links to {target}", document.display());
        }
    }
}

#[test]
fn files_that_are_named_exist() {
    for name in DOCUMENTS {
        for word in read(name).split('`').skip(1).step_by(2) {
            let is_file =
                ["tests/", "src/", "contract/", "sandbox/", "deploy/", "examples/", "static/", "module/", "xtask/"]
                    .iter()
                    .any(|folder| word.starts_with(folder));
            if is_file && !word.contains([' ', '*', ':']) {
                assert!(workspace().join(word).exists() || word.ends_with("/src/rules"), "{name} names {word}");
            }
        }
    }
}

#[test]
fn every_file_that_names_the_version_names_this_one() {
    let version = env!("CARGO_PKG_VERSION");
    for (file, line) in [
        ("index.html", format!("<meta name=\"version\" content=\"{version}\" />")),
        ("module/package.json", format!("\"version\": \"{version}\"")),
        ("CHANGELOG.md", format!("\n## {version} (")),
        ("docs/hosting.md", format!("rds-backup-console-{version}.tar.gz")),
    ] {
        assert!(read(file).contains(&line), "{file} doesn't have {line}");
    }
}

#[test]
fn every_manifest_names_the_licence_and_both_texts_are_there() {
    let manifests =
        ["contract/Cargo.toml", "core/Cargo.toml", "sandbox/Cargo.toml", "tests/Cargo.toml", "xtask/Cargo.toml"];
    for manifest in manifests {
        assert!(read(manifest).contains("license.workspace = true"), "{manifest}");
    }
    for (file, licence) in [
        ("Cargo.toml", "license = \"MIT OR Apache-2.0\""),
        ("fuzz/Cargo.toml", "license = \"MIT OR Apache-2.0\""),
        ("module/package.json", "\"license\": \"MIT OR Apache-2.0\""),
        ("README.md", "MIT OR Apache-2.0"),
        ("LICENSE-MIT", "MIT License"),
        ("LICENSE-APACHE", "Version 2.0, January 2004"),
    ] {
        assert!(read(file).contains(licence), "{file} doesn't say {licence}");
    }
}

/// CONTRIBUTING.md says where it stands.
#[test]
fn what_measures_memory_or_time_runs_alone() {
    let measures =
        ["Performance.getMetrics", "memory.buffer.byteLength", "'longtask'", "performance.now()", "Instant::now"];
    let mut files = vec![workspace().join("tests/browser")];
    while let Some(file) = files.pop() {
        if file.is_dir() {
            files.extend(std::fs::read_dir(&file).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        let source = std::fs::read_to_string(&file).unwrap();
        for measure in measures {
            assert!(!source.contains(measure), "{} measures ({measure}): it belongs to tests/measured", file.display());
        }
    }
}

#[test]
fn the_settings_in_the_documents_are_without_fault() {
    let document = read("docs/configuration.md");
    let blocks = blocks(&document, "json");
    assert!(!blocks.is_empty());
    for block in blocks {
        let (_, faults) = Options::read(&serde_json::from_str(block).unwrap());
        assert_eq!(faults, [], "{block}");
    }
    // And each key has its row.
    let schema: serde_json::Value = serde_json::from_str(&read("static/config.schema.json")).unwrap();
    for key in schema["properties"].as_object().unwrap().keys().filter(|key| *key != "$schema") {
        assert!(document.contains(&format!("`{key}`")), "{key} isn't explained");
    }
}

#[test]
fn nobody_is_told_to_allow_a_whole_domain_of_the_clouds() {
    let others = [
        "index.html",
        "static/config.json",
        "static/config.schema.json",
        "module/index.d.ts",
        "deploy/caddy/Caddyfile",
        "deploy/caddy/rds-backup-console/endpoints.conf",
        "deploy/nginx/rds-backup-console/headers.conf",
        "deploy/nginx/rds-backup-console/endpoints.conf",
    ];
    let domains = contract::regions::hosts().map(|host| host.splitn(3, '.').nth(2).unwrap().to_owned());
    let domains: std::collections::BTreeSet<String> = domains.collect();
    for name in DOCUMENTS.into_iter().chain(others) {
        let text = read(name);
        for domain in &domains {
            assert!(!text.contains(&format!("*.{domain}")), "{name} names *.{domain}");
        }
    }
}
