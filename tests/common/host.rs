//! The web server: a plain one, or the one that `CONSOLE_HOST` names, with the configuration of deploy/.

use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::LazyLock;
use std::time::Duration;

use axum::Router;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use sandbox::{Authority, Identity, Sandbox};
use tokio::net::TcpListener;
use tokio::process::{Child, Command};
use tower_http::services::{ServeDir, ServeFile};

use super::names::NameServer;

/// A web server that the tests run on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Host {
    /// Files only; the page calls the API itself.
    Plain,
    /// nginx with deploy/nginx, in front of the sandbox over TLS.
    Nginx,
    /// Caddy with deploy/caddy/Caddyfile, likewise.
    Caddy,
}

/// What is served.
#[derive(Clone, Debug, Default)]
pub struct Content {
    /// What `config.json` has.
    pub settings: serde_json::Map<String, serde_json::Value>,
    /// `config.json` itself, where it is to be something else than settings.
    pub config: Option<&'static str>,
    /// A script that runs in the page before its own.
    pub watch: String,
    /// What becomes of the wasm.
    pub wasm: Wasm,
    /// A policy that the plain web server sends with the page.
    pub policy: Option<&'static str>,
    /// One of which it wants reports only.
    pub reported_policy: Option<&'static str>,
    /// What the set-up in deploy/ offers to switch on.
    pub extra: Extra,
}

/// A choice that the set-ups in deploy/ have as lines that are commented out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Extra {
    /// None.
    #[default]
    None,
    /// A login in front of everything: see [`LOGIN`].
    Login,
    /// The page below the folder `/tools/rds/`.
    Folder,
}

/// Name and password of [`Extra::Login`].
pub const LOGIN: (&str, &str) = ("dba", "secret of the login");

/// What the web server makes of the wasm.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wasm {
    /// It serves it as it is.
    #[default]
    AsBuilt,
    /// It doesn't find it.
    Missing,
    /// It serves something else in its place.
    Altered,
    /// It serves something else in place of the later part.
    PartAltered,
}

/// A page that is served until this is dropped.
pub struct Site {
    /// Where.
    pub url: String,
    /// The endpoint that leads to the sandbox.
    pub endpoint: String,
    /// The folder of the web server's files.
    pub folder: Option<tempfile::TempDir>,
    /// Where the web server finds the addresses of [`UPSTREAM`].
    pub names: Option<NameServer>,
    _server: Option<Child>,
}

/// The host name that the sandbox is certified for.
pub const UPSTREAM: &str = "rds.sandbox.test";
/// The name of a host at the same address, for which the sandbox isn't certified.
const IMPOSTOR: &str = "other.sandbox.test";
/// Where the web servers' proxies have the sandbox.
const PROXY_PATH: &str = "/api/sandbox";
/// The authority that the web servers trust.
pub static AUTHORITY: LazyLock<Authority> = LazyLock::new(|| Authority::new().unwrap());
/// A module of wasm with nothing in it.
const EMPTY_MODULE: &[u8; 8] = b"\0asm\x01\0\0\0";
/// The screen reader that a test can listen to.
const READER: &str = "xtask/npm/node_modules/@guidepup/virtual-screen-reader/lib/esm/index.browser.js";
/// Where the scripts of a test are found.
const WATCH: &str = "watch.js";

impl Host {
    /// The web server of this run.
    pub fn of_this_run() -> Self {
        match std::env::var("CONSOLE_HOST").as_deref() {
            Err(_) | Ok("plain") => Self::Plain,
            Ok("nginx") => Self::Nginx,
            Ok("caddy") => Self::Caddy,
            Ok(other) => panic!("CONSOLE_HOST is {other}, and none of plain, nginx and caddy"),
        }
    }

    /// Who the sandbox has to be for this web server.
    pub fn upstream(self) -> Option<Identity> {
        (self != Self::Plain).then(|| AUTHORITY.certify(UPSTREAM).unwrap())
    }

    /// The endpoint that leads to a sandbox.
    pub fn endpoint(self, sandbox: &Sandbox) -> String {
        if self == Self::Plain { sandbox.endpoint() } else { PROXY_PATH.to_owned() }
    }

    /// Serves the page in front of a sandbox.
    pub async fn serve(self, content: &Content, sandbox: &Sandbox) -> Site {
        match self {
            Self::Plain => Site {
                url: serve_plainly(content).await,
                endpoint: self.endpoint(sandbox),
                folder: None,
                names: None,
                _server: None,
            },
            Self::Nginx | Self::Caddy => self.serve_before(content, sandbox.address().port()).await,
        }
    }

    /// Serves the page in front of whatever listens on a port of this machine, as [`UPSTREAM`].
    pub async fn serve_before(self, content: &Content, upstream: u16) -> Site {
        match self {
            Self::Plain => panic!("the plain web server passes nothing on"),
            Self::Nginx => serve_for_real(nginx, content, upstream).await,
            Self::Caddy => serve_for_real(caddy, content, upstream).await,
        }
    }
}

/// The folder of the workspace.
pub fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// The folder with the page and the web servers' set-up: the workspace, or an unpacked release that `CONSOLE_RELEASE` names.
fn release() -> PathBuf {
    std::env::var_os("CONSOLE_RELEASE").map_or_else(workspace, PathBuf::from)
}

/// The folder of the page.
pub fn dist() -> PathBuf {
    release().join("dist")
}

/// Whether a file's name ends so.
pub fn has_extension(name: &str, extension: &str) -> bool {
    Path::new(name).extension().is_some_and(|found| found == extension)
}

/// Whether a file is the later part of the program.
fn is_part(name: &str) -> bool {
    name.contains("-later-") && has_extension(name, "wasm")
}

/// `index.html` with the script of a test.
fn index() -> String {
    let index = std::fs::read_to_string(dist().join("index.html")).expect("dist/ is missing: run `cargo xtask build`");
    index.replace("</head>", &format!("<script src=\"/{WATCH}\"></script></head>"))
}

/// `config.json` of a test.
fn config(content: &Content) -> String {
    content.config.map_or_else(|| serde_json::to_string(&content.settings).unwrap(), str::to_owned)
}

/// Serves `dist/` on a free port until the test ends.
async fn serve_plainly(content: &Content) -> String {
    let index = index();
    let wasm = index.split("data-wasm=\".").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let (config, watch) = (config(content), content.watch.clone());
    let json = [(header::CONTENT_TYPE, "application/json")];
    let policy = content.policy.map(|policy| (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy)));
    let reported = content
        .reported_policy
        .map(|policy| (header::CONTENT_SECURITY_POLICY_REPORT_ONLY, HeaderValue::from_static(policy)));
    let headers: HeaderMap = policy.into_iter().chain(reported).collect();
    let mut site = Router::new()
        .route("/", get(move || async { (headers, Html(index)) }))
        .route(&format!("/{WATCH}"), get(move || async { ([(header::CONTENT_TYPE, "text/javascript")], watch) }))
        .route("/config.json", get(move || async move { (json, config) }))
        .route_service("/reader.js", ServeFile::new(workspace().join(READER)))
        .fallback_service(ServeDir::new(dist()));
    let altered = || async { ([(header::CONTENT_TYPE, "application/wasm")], *EMPTY_MODULE).into_response() };
    match content.wasm {
        Wasm::AsBuilt => {}
        Wasm::Missing => site = site.route(&wasm, get(|| async { axum::http::StatusCode::NOT_FOUND })),
        Wasm::Altered => site = site.route(&wasm, get(altered)),
        Wasm::PartAltered => {
            let names = std::fs::read_dir(dist()).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
            let part = names.into_iter().find(|name| is_part(name)).unwrap();
            site = site.route(&format!("/{part}"), get(altered));
        }
    }
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, site).await });
    url
}

/// Where a web server of a test stands, and what is behind it.
struct Place<'a> {
    folder: &'a Path,
    port: u16,
    upstream: u16,
    names: u16,
    extra: Extra,
}

impl Place<'_> {
    /// The endpoints of the tests.
    fn endpoints(&self) -> [(&'static str, String); 2] {
        [("sandbox", UPSTREAM), ("impostor", IMPOSTOR)].map(|(name, host)| (name, format!("{host}:{}", self.upstream)))
    }
}

/// Takes the `# ` from the lines of a set-up that hold some words.
fn switched_on(configuration: &str, words: &[&str]) -> String {
    let mut missing = words.to_vec();
    let lines = configuration.lines().map(|line| {
        let Some(word) = words.iter().find(|word| line.trim_start().starts_with(&format!("# {word}"))) else {
            return line.to_owned();
        };
        missing.retain(|other| other != word);
        line.replacen("# ", "", 1)
    });
    let lines = lines.collect::<Vec<_>>().join("\n");
    assert!(missing.is_empty(), "the set-up has no {missing:?} to switch on");
    lines + "\n"
}

/// Lays out the files of a web server, starts it, and waits until it listens.
async fn serve_for_real(configure: fn(&Place) -> Command, content: &Content, upstream: u16) -> Site {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let site = path.join("site");
    std::fs::create_dir(&site).unwrap();
    for file in std::fs::read_dir(dist()).unwrap() {
        let file = file.unwrap();
        let name = file.file_name().into_string().unwrap();
        let is_meant = match content.wasm {
            // The compressed ones are of the page as built.
            _ if name.starts_with("index.html") || name.starts_with("config.json") => false,
            Wasm::Missing | Wasm::Altered => !name.contains(".wasm"),
            Wasm::PartAltered => !name.contains("-later-"),
            Wasm::AsBuilt => true,
        };
        if is_meant {
            std::fs::copy(file.path(), site.join(&name)).unwrap();
        } else if content.wasm == Wasm::Altered && has_extension(&name, "wasm")
            || content.wasm == Wasm::PartAltered && is_part(&name)
        {
            std::fs::write(site.join(&name), EMPTY_MODULE).unwrap();
        }
    }
    std::fs::write(site.join("index.html"), index()).unwrap();
    std::fs::write(site.join("config.json"), config(content)).unwrap();
    std::fs::write(site.join(WATCH), &content.watch).unwrap();
    let own = AUTHORITY.certify("localhost").unwrap();
    std::fs::write(path.join("site.pem"), &own.certificate).unwrap();
    std::fs::write(path.join("site.key"), &own.key).unwrap();
    std::fs::write(path.join("authority.pem"), AUTHORITY.certificate()).unwrap();
    // Others may take the port in between; then the test says so.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let names = NameServer::start().await;
    names.set(UPSTREAM, &[Ipv4Addr::LOCALHOST]);
    names.set(IMPOSTOR, &[Ipv4Addr::LOCALHOST]);
    let mut command = configure(&Place { folder: path, port, upstream, names: names.port(), extra: content.extra });
    let output = std::fs::File::create(path.join("output")).unwrap();
    let mut server =
        command.stdout(output.try_clone().unwrap()).stderr(output).kill_on_drop(true).spawn().unwrap_or_else(|error| {
            panic!("{} can't be started ({error}): run `cargo xtask setup`", command.as_std().get_program().display())
        });
    while tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_err() {
        if let Some(status) = server.try_wait().unwrap() {
            panic!("{status}: {}", std::fs::read_to_string(path.join("output")).unwrap());
        }
        // Nothing tells when a server of others listens.
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    Site {
        url: format!("https://localhost:{port}/"),
        endpoint: PROXY_PATH.to_owned(),
        folder: Some(folder),
        names: Some(names),
        _server: Some(server),
    }
}

fn nginx(place: &Place) -> Command {
    let (path, shown) = (place.folder, place.folder.display());
    let deploy = release().join("deploy/nginx");
    let configuration = std::fs::read_to_string(deploy.join("rds-backup-console.conf")).unwrap();
    let configuration = configuration.replace("/var/log/nginx/", &format!("{shown}/"));
    std::fs::write(path.join("rds-backup-console.conf"), configuration).unwrap();
    let (from, folder) = (deploy.join("rds-backup-console"), path.join("rds-backup-console"));
    std::fs::create_dir(&folder).unwrap();
    std::fs::copy(from.join("headers.conf"), folder.join("headers.conf")).unwrap();
    // What the file says is to be changed.
    let mut site = std::fs::read_to_string(from.join("site.conf")).unwrap();
    for (example, own) in [
        ("listen 443 ssl", format!("listen 127.0.0.1:{} ssl", place.port)),
        ("listen [::]:443 ssl http2;", String::new()),
        ("backup.example.com;", "localhost;".to_owned()),
        ("/etc/ssl/certs/backup.example.com.pem", format!("{shown}/site.pem")),
        ("/etc/ssl/private/backup.example.com.key", format!("{shown}/site.key")),
        ("root /srv/rds-backup-console;", format!("root {shown}/site;")),
        ("/etc/ssl/certs/ca-certificates.crt", format!("{shown}/authority.pem")),
        // A test changes the addresses of its names.
        ("resolver 127.0.0.53 valid=60s;", format!("resolver 127.0.0.1:{} valid=1s;", place.names)),
        ("/etc/nginx/", format!("{shown}/")),
    ] {
        assert!(site.contains(example), "site.conf has no {example}");
        site = site.replace(example, &own);
    }
    let site = match place.extra {
        Extra::None => site,
        Extra::Login => {
            // As docs/hosting.md says.
            let hash = std::process::Command::new("openssl").args(["passwd", "-6", LOGIN.1]).output().unwrap();
            let hash = String::from_utf8(hash.stdout).unwrap();
            std::fs::write(folder.join("users"), format!("{}:{hash}", LOGIN.0)).unwrap();
            switched_on(&site, &["auth_basic"])
        }
        Extra::Folder => switched_on(&site, &["rewrite"]),
    };
    std::fs::write(folder.join("site.conf"), site).unwrap();
    let list = std::fs::read_to_string(from.join("endpoints.conf")).unwrap();
    let (before, after) = list.split_once("default \"\";\n").unwrap();
    let own = place.endpoints().map(|(name, host)| format!("    {name} {host};\n")).concat();
    std::fs::write(folder.join("endpoints.conf"), format!("{before}default \"\";\n{own}{after}")).unwrap();
    let main = format!(
        "load_module /usr/lib/nginx/modules/ngx_http_brotli_static_module.so;
         # One process, which ends when the test does.
         master_process off;
         pid {shown}/nginx.pid;
         {}
         events {{ }}
         http {{
             include /etc/nginx/mime.types;
             client_body_temp_path {shown}/body;
             proxy_temp_path {shown}/proxy;
             fastcgi_temp_path {shown}/fastcgi;
             scgi_temp_path {shown}/scgi;
             uwsgi_temp_path {shown}/uwsgi;
             include rds-backup-console.conf;
         }}",
        // A worker of another user couldn't read the folder of the test.
        if is_root() { "user root;" } else { "" },
    );
    std::fs::write(path.join("nginx.conf"), main).unwrap();
    let mut command = Command::new("nginx");
    command.arg("-c").arg(path.join("nginx.conf")).args(["-e", &format!("{shown}/start.log")]);
    command.args(["-g", "daemon off;"]).stdin(Stdio::null());
    command
}

fn is_root() -> bool {
    std::env::var("USER").is_ok_and(|user| user == "root") || std::fs::File::open("/etc/shadow").is_ok()
}

fn caddy(place: &Place) -> Command {
    let (path, shown, port) = (place.folder, place.folder.display().to_string(), place.port);
    let deploy = release().join("deploy/caddy");
    let mut configuration = std::fs::read_to_string(deploy.join("Caddyfile")).unwrap();
    // What the file says is to be changed, and what a test can't have: the ports below 1024 and the system's resolver.
    for (example, own) in [
        ("\nbackup.example.com {", format!("\nhttps://localhost:{port} {{\n\ttls {shown}/site.pem {shown}/site.key")),
        ("/srv/rds-backup-console", format!("{shown}/site")),
        ("/var/log/caddy/", format!("{shown}/")),
        (
            "\ttls\n}",
            format!(
                "\ttls\n\ttls_trusted_ca_certs {shown}/authority.pem\n\tresolvers udp/127.0.0.1:{}\n}}",
                place.names
            ),
        ),
        ("{\n\t# The longest", "{\n\tadmin off\n\tauto_https disable_redirects\n\t# The longest".to_owned()),
    ] {
        assert!(configuration.contains(example), "the Caddyfile has no {example}");
        configuration = configuration.replace(example, &own);
    }
    let configuration = match place.extra {
        Extra::None => configuration,
        Extra::Login => {
            let hash = std::process::Command::new("caddy").args(["hash-password", "--plaintext", LOGIN.1]).output();
            let hash = String::from_utf8(hash.unwrap().stdout).unwrap();
            let (login, rest) = configuration.split_once("# basicauth {").unwrap();
            let (lines, rest) = rest.split_once("# }").unwrap();
            let lines = lines.replace("# ", "").replace("HASH", hash.trim());
            format!("{login}basicauth {{{lines}}}{rest}")
        }
        Extra::Folder => switched_on(&configuration, &["redir", "uri"]),
    };
    std::fs::write(path.join("Caddyfile"), configuration).unwrap();
    let folder = path.join("rds-backup-console");
    std::fs::create_dir(&folder).unwrap();
    let list = std::fs::read_to_string(deploy.join("rds-backup-console/endpoints.conf")).unwrap();
    let own = place.endpoints().map(|(name, host)| format!("import endpoint {name} {host}\n")).concat();
    std::fs::write(folder.join("endpoints.conf"), [list, own].concat()).unwrap();
    let mut command = Command::new("caddy");
    command.args(["run", "--config"]).arg(path.join("Caddyfile")).env("HOME", path).stdin(Stdio::null());
    command
}
