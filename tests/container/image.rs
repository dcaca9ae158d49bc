//! The image and its containers, played with a root folder and the kernel's own means.

use std::fs::{self, File, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;
use std::time::Duration;

use crate::common::host::workspace;

/// Everything that the Containerfile says, done.
pub struct Image {
    root: PathBuf,
    instructions: Vec<(String, String)>,
    health: Vec<String>,
}

/// A container until this is dropped.
pub struct Container {
    child: Child,
    folder: tempfile::TempDir,
}

static IMAGE: LazyLock<Option<Image>> = LazyLock::new(|| is_root().then(Image::build));

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().unwrap();
    id.stdout == b"0\n"
}

/// What the image is built from: the release archive, unpacked, that `CONSOLE_RELEASE` names.
fn context() -> PathBuf {
    std::env::var_os("CONSOLE_RELEASE").map_or_else(workspace, PathBuf::from)
}

fn run(command: &mut Command) {
    let output = command.stdin(Stdio::null()).output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let said = [output.stdout, output.stderr].concat();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&said));
}

/// The instructions of a Containerfile with what they are given; lines that end with `\` go on.
fn instructions(text: &str) -> Vec<(String, String)> {
    let text = text.replace("\\\n", "");
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    lines.map(|line| line.split_once(' ').unwrap()).map(|(name, given)| (name.to_owned(), given.to_owned())).collect()
}

/// The words in `["a", "b"]`.
fn words(list: &str) -> Vec<String> {
    serde_json::from_str(list).unwrap()
}

impl Image {
    /// The image, built once; `None` for a user who may not make a root folder.
    pub fn of_this_run() -> Option<&'static Self> {
        IMAGE.as_ref()
    }

    fn build() -> Self {
        let text = fs::read_to_string(context().join("deploy/container/Containerfile")).unwrap();
        let instructions = instructions(&text);
        let place = workspace().join("target/container");
        let root = place.join("root");
        fs::create_dir_all(&place).unwrap();
        if root.exists() {
            fs::remove_dir_all(&root).unwrap();
        }
        let mut health = Vec::new();
        for (name, given) in &instructions {
            match name.as_str() {
                // Debian makes both from the same packages: its required ones and apt.
                "FROM" => {
                    assert_eq!(given, "docker.io/library/debian:12-slim");
                    unpack_debian(&place, &root);
                }
                "RUN" => run(Command::new("chroot").arg(&root).args(["sh", "-c", given])),
                "COPY" => copy(given, &root),
                "HEALTHCHECK" => health = words(given.split_once("CMD ").unwrap().1),
                "USER" | "EXPOSE" | "STOPSIGNAL" | "ENTRYPOINT" => {}
                other => panic!("this test doesn't know {other}"),
            }
        }
        Self { root, instructions, health }
    }

    fn instruction(&self, name: &str) -> &str {
        &self.instructions.iter().find(|(found, _)| found == name).unwrap().1
    }

    /// The command of the health check.
    pub fn health(&self) -> &[String] {
        &self.health
    }
}

/// Lays out Debian 12 in a folder. What was downloaded is kept in the folder beside it.
fn unpack_debian(place: &Path, root: &Path) {
    let archive = place.join("debian-12.tar");
    if !archive.exists() {
        let part = place.join("part.tar");
        run(Command::new("mmdebstrap").args(["--variant=apt", "bookworm"]).arg(&part));
        fs::rename(part, &archive).unwrap();
    }
    fs::create_dir_all(root).unwrap();
    run(Command::new("tar").arg("-xf").arg(&archive).arg("-C").arg(root));
}

/// As the instruction does: of a folder its content is copied, of files themselves.
fn copy(given: &str, root: &Path) {
    let names: Vec<&str> = given.split(' ').collect();
    let (target, sources) = names.split_last().unwrap();
    let target = root.join(target.trim_start_matches('/'));
    fs::create_dir_all(&target).unwrap();
    for source in sources {
        let source = context().join(source);
        let source = if source.is_dir() { source.join(".") } else { source };
        run(Command::new("cp").arg("-r").arg(source).arg(&target));
    }
}

/// Makes the mounts of a container, and becomes its first process, as its user.
const START: &str = r#"
    mount --bind "$IMAGE_ROOT" "$IMAGE_ROOT" && mount --bind "$IMAGE_FILES/mnt" "$IMAGE_ROOT/mnt" || exit 99
    if [ -e "$IMAGE_FILES/config.json" ]; then
        mount --bind "$IMAGE_FILES/config.json" "$IMAGE_ROOT/srv/rds-backup-console/config.json" || exit 99
    fi
    mount -o remount,bind,ro "$IMAGE_ROOT" && mount -t tmpfs -o mode=1777 tmpfs "$IMAGE_ROOT/tmp" || exit 99
    mount -t proc proc "$IMAGE_ROOT/proc" || exit 99
    chroot=$(command -v chroot) root=$IMAGE_ROOT as=$IMAGE_USER
    unset IMAGE_ROOT IMAGE_FILES IMAGE_USER
    exec "$chroot" --userspec="$as" --groups= "$root" "$@"
"#;

impl Container {
    /// Starts the image with variables, with files in /mnt, and with settings.
    pub fn start(
        image: &Image,
        variables: &[(&str, String)],
        files: &[(&str, String)],
        settings: Option<&str>,
    ) -> Self {
        let folder = tempfile::tempdir().unwrap();
        // Only the folder itself is to be entered by the container's user.
        fs::create_dir(folder.path().join("mnt")).unwrap();
        fs::set_permissions(folder.path().join("mnt"), Permissions::from_mode(0o755)).unwrap();
        for (name, content) in files {
            fs::write(folder.path().join("mnt").join(name), content).unwrap();
        }
        if let Some(settings) = settings {
            fs::write(folder.path().join("config.json"), settings).unwrap();
        }
        // Engines give what a container writes to its user.
        let log = File::options().append(true).create(true).open(folder.path().join("log")).unwrap();
        log.set_permissions(Permissions::from_mode(0o666)).unwrap();
        let child = Command::new("unshare")
            .args(["--mount", "--pid", "--fork", "--kill-child", "sh", "-c", START, "sh"])
            .args(words(image.instruction("ENTRYPOINT")))
            .env_clear()
            .env("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
            .env("IMAGE_ROOT", &image.root)
            .env("IMAGE_FILES", folder.path())
            .env("IMAGE_USER", image.instruction("USER"))
            .envs(variables.iter().map(|(name, value)| (*name, value.as_str())))
            .stdin(Stdio::null())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn()
            .unwrap();
        Self { child, folder }
    }

    /// Waits until it listens.
    pub async fn listens(&self, port: u16) {
        for _ in 0..1000 {
            if tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
                return;
            }
            // Nothing tells when a server of others listens.
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("it doesn't listen: {}", self.log());
    }

    /// Waits for its end; `None` if it goes on.
    pub async fn end(&mut self) -> Option<i32> {
        for _ in 0..1000 {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        None
    }

    /// What it has written.
    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap()
    }

    /// Its first process, as this machine numbers it.
    fn first_process(&self) -> String {
        let id = self.child.id();
        fs::read_to_string(format!("/proc/{id}/task/{id}/children")).unwrap().trim().to_owned()
    }

    /// What the kernel says of its first process.
    pub fn status(&self) -> String {
        fs::read_to_string(format!("/proc/{}/status", self.first_process())).unwrap()
    }

    /// Whether a command in it succeeds.
    pub fn inside(&self, command: &[impl AsRef<str>]) -> bool {
        let inside = ["--mount", "--pid", "--root", "--wdns=/", "--setuid=10001", "--setgid=10001"];
        let mut nsenter = Command::new("nsenter");
        nsenter.arg(format!("--target={}", self.first_process())).args(inside);
        nsenter.args(command.iter().map(AsRef::as_ref)).stdin(Stdio::null()).output().unwrap().status.success()
    }
}

impl Drop for Container {
    fn drop(&mut self) {
        // With the first process all others end. Its end isn't tied to that of `unshare` any more: the kernel unties it where a
        // process changes its user.
        let id = self.child.id();
        let first = fs::read_to_string(format!("/proc/{id}/task/{id}/children")).unwrap_or_default();
        for process in first.split_whitespace() {
            let _ = Command::new("kill").args(["-KILL", process]).status();
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
