//! Runs other programs, with messages for what can go wrong.

use std::fs::File;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{OnceLock, PoisonError, RwLock, RwLockWriteGuard};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// How often a program with a timeout is looked at.
const POLL_INTERVAL: Duration = Duration::from_millis(100);

/// Another checkout than the one that this program was built from.
static OTHER_CHECKOUT: OnceLock<PathBuf> = OnceLock::new();

/// Uses another checkout from now on.
pub fn set_root(checkout: PathBuf) {
    // Set once, at the start.
    let _ = OTHER_CHECKOUT.set(checkout);
}

/// The folder of the workspace.
pub fn root() -> PathBuf {
    if let Some(checkout) = OTHER_CHECKOUT.get() {
        return checkout.clone();
    }
    let xtask = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().map_or(xtask.clone(), PathBuf::from)
}

/// Held while a program is started, and permanently once no more programs may start.
static START_LOCK: RwLock<()> = RwLock::new(());

/// Prevents programs from being started while the returned value is held; attempts to start one wait.
pub fn forbid_starts() -> RwLockWriteGuard<'static, ()> {
    START_LOCK.write().unwrap_or_else(PoisonError::into_inner)
}

/// A program to run in the folder of the workspace.
pub struct Program {
    name: String,
    command: Command,
}

impl Program {
    /// A program that is looked up on PATH.
    pub fn new(name: &str) -> Self {
        let mut command = Command::new(name);
        command.current_dir(root());
        Self { name: name.to_owned(), command }
    }

    /// Adds arguments.
    #[must_use]
    pub fn args<'a>(mut self, arguments: impl IntoIterator<Item = &'a str>) -> Self {
        self.command.args(arguments);
        self
    }

    /// Sets environment variables.
    #[must_use]
    pub fn envs(mut self, variables: &[(String, String)]) -> Self {
        self.command.envs(variables.iter().map(|(name, value)| (name, value)));
        self
    }

    /// Runs it in another folder.
    #[must_use]
    pub fn current_dir(mut self, folder: PathBuf) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// Runs it to its end, with its output passed through.
    ///
    /// # Errors
    /// If it can't be started or fails.
    pub fn run(mut self) -> Result<()> {
        let line = self.line();
        let status = self.spawn()?.wait()?;
        if status.success() { Ok(()) } else { bail!("`{line}` failed ({status})") }
    }

    /// Runs it to its end, with its output passed through; returns its exit code, `None` if a signal ended it.
    ///
    /// # Errors
    /// If it can't be started.
    pub fn exit_code(mut self) -> Result<Option<i32>> {
        Ok(self.spawn()?.wait()?.code())
    }

    /// Runs it for at most the given time.
    ///
    /// # Errors
    /// If it can't be started, fails, or doesn't end in time.
    pub fn run_with_timeout(mut self, timeout: Duration) -> Result<()> {
        let line = self.line();
        let mut child = self.spawn()?;
        let end = Instant::now() + timeout;
        while Instant::now() < end {
            if let Some(status) = child.try_wait()? {
                return if status.success() { Ok(()) } else { bail!("`{line}` failed ({status})") };
            }
            // std has no wait with a timeout.
            std::thread::sleep(POLL_INTERVAL);
        }
        child.kill()?;
        child.wait()?;
        bail!("`{line}` wasn't done after {} s", timeout.as_secs())
    }

    /// Starts it.
    ///
    /// # Errors
    /// If it can't be started.
    pub fn spawn(&mut self) -> Result<Child> {
        let _start = START_LOCK.read().unwrap_or_else(PoisonError::into_inner);
        self.command.spawn().with_context(|| format!("`{}` can't be started", self.name))
    }

    /// Starts it, with all of its output redirected to a file.
    ///
    /// # Errors
    /// If it can't be started.
    pub fn spawn_into(mut self, file: &File) -> Result<Child> {
        self.command.stdin(Stdio::null()).stdout(file.try_clone()?).stderr(file.try_clone()?);
        self.spawn()
    }

    /// Starts it, with its output available for reading.
    ///
    /// # Errors
    /// If it can't be started.
    pub fn spawn_piped(&mut self) -> Result<Child> {
        self.command.stdout(Stdio::piped());
        self.spawn()
    }

    /// Its output; `None` if it can't be started or fails.
    pub fn output(mut self) -> Option<String> {
        self.command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let output = self.spawn().ok()?.wait_with_output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
    }

    fn line(&self) -> String {
        let arguments = self.command.get_args().map(|argument| argument.to_string_lossy());
        [self.name.clone().into()].into_iter().chain(arguments).collect::<Vec<_>>().join(" ")
    }
}
