//! Ensures that no process started by a command outlives it: neither its children nor their descendants, including
//! orphaned ones.
//!
//! On Linux, orphaned descendants are re-parented to this program, so that a browser whose driver was killed is found
//! as well. On other systems only processes whose parents still run are found.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use rustix::process::{Pid, Signal, getpid, kill_process};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::run::forbid_starts;

/// The signals that end a program: from a user, from another program, from a terminal that is closed.
const SIGNALS: [i32; 3] = [SIGINT, SIGTERM, SIGHUP];
/// How long programs have to end by themselves: a browser writes its profile, a web server finishes its requests.
const TERMINATION_TIMEOUT: Duration = Duration::from_secs(3);
/// How long programs have that are ended by force, and their own descendants.
const KILL_TIMEOUT: Duration = Duration::from_secs(5);
/// How often the processes that still run are looked at.
const POLL_INTERVAL: Duration = Duration::from_millis(20);
/// The exit code of a program that was ended by a signal is this plus the signal's number, by the shell's convention.
const SIGNAL_EXIT_CODE_BASE: i32 = 128;

/// Stops every descendant when it is dropped, also during a panic.
pub struct ProcessCleanup {
    /// Whether a signal has arrived, so that another thread ends the program.
    signal_received: Arc<AtomicBool>,
}

impl ProcessCleanup {
    /// Stops descendants at the end, however it comes: a return, a panic, SIGINT, SIGTERM, SIGHUP.
    ///
    /// # Errors
    /// If the system doesn't allow handling signals.
    pub fn register() -> Result<Self> {
        #[cfg(target_os = "linux")]
        rustix::process::set_child_subreaper(Some(getpid())).context("orphans can't be adopted")?;
        let signal_received = Arc::new(AtomicBool::new(false));
        for signal in SIGNALS {
            // Set when the signal arrives: the thread below reacts a moment later.
            signal_hook::flag::register(signal, Arc::clone(&signal_received)).context("signals can't be heard")?;
        }
        let mut signals = Signals::new(SIGNALS).context("signals can't be heard")?;
        std::thread::spawn(move || {
            if let Some(signal) = signals.forever().next() {
                // The rest of the program would notice that its children have ended, and continue.
                let _none = forbid_starts();
                stop_descendants();
                std::process::exit(SIGNAL_EXIT_CODE_BASE + signal);
            }
        });
        Ok(Self { signal_received })
    }
}

impl Drop for ProcessCleanup {
    fn drop(&mut self) {
        stop_descendants();
        // The thread that handles the signal ends the program, with the signal's code.
        while self.signal_received.load(Ordering::SeqCst) {
            std::thread::park();
        }
    }
}

/// Stops every descendant.
fn stop_descendants() {
    for (signal, timeout) in [(Signal::TERM, TERMINATION_TIMEOUT), (Signal::KILL, KILL_TIMEOUT)] {
        let end = Instant::now() + timeout;
        let mut signalled = Vec::new();
        while Instant::now() < end {
            let running = descendants();
            if running.is_empty() {
                return;
            }
            // One that was killed leaves its children to this program: they are signalled in the next round.
            for pid in running.iter().filter(|pid| !signalled.contains(*pid)) {
                // It may already have ended.
                let _ = kill_process(*pid, signal);
            }
            signalled = running;
            // There is no notification for the end of somebody else's child.
            std::thread::sleep(POLL_INTERVAL);
        }
    }
}

/// A process as the system lists it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Process {
    id: i32,
    parent: i32,
}

/// All running descendants of this program.
fn descendants() -> Vec<Pid> {
    descendants_of(getpid().as_raw_nonzero().get(), &processes()).into_iter().filter_map(Pid::from_raw).collect()
}

/// The descendants of a process, each after its parent.
fn descendants_of(root: i32, processes: &[Process]) -> Vec<i32> {
    let mut found = vec![root];
    let mut next = 0;
    while let Some(parent) = found.get(next).copied() {
        found.extend(processes.iter().filter(|process| process.parent == parent).map(|process| process.id));
        next += 1;
    }
    found.split_off(1)
}

/// Every running process, without zombies.
#[cfg(target_os = "linux")]
fn processes() -> Vec<Process> {
    let folders = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    folders.filter_map(|folder| parse_stat(&std::fs::read_to_string(folder.path().join("stat")).ok()?)).collect()
}

/// The same from `ps`.
#[cfg(not(target_os = "linux"))]
fn processes() -> Vec<Process> {
    // Not through `Program`: at the end no more of those are started.
    let listed = std::process::Command::new("ps").args(["-A", "-o", "pid=,ppid="]).output();
    let listed = listed.map(|listed| String::from_utf8_lossy(&listed.stdout).into_owned()).unwrap_or_default();
    let numbers = |line: &str| {
        let mut numbers = line.split_whitespace().map(str::parse);
        Some(Process { id: numbers.next()?.ok()?, parent: numbers.next()?.ok()? })
    };
    listed.lines().filter_map(numbers).collect()
}

/// Reads a line of `/proc/…/stat` (`proc_pid_stat(5)`): the ID, the name in parentheses, which may contain any
/// character, the state, the parent's ID. `None` for a zombie.
#[cfg(target_os = "linux")]
fn parse_stat(line: &str) -> Option<Process> {
    let (id, rest) = line.split_once(' ')?;
    let (_, rest) = rest.rsplit_once(") ")?;
    let mut rest = rest.split(' ');
    let state = rest.next()?;
    (state != "Z").then_some(Process { id: id.parse().ok()?, parent: rest.next()?.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::{Process, descendants_of};

    #[test]
    #[cfg(target_os = "linux")]
    fn a_line_of_the_system_is_read_whatever_the_name() {
        use super::parse_stat;
        assert_eq!(parse_stat("12 (sh) S 7 12 7 0"), Some(Process { id: 12, parent: 7 }));
        assert_eq!(parse_stat("12 (a) R 9 (b)) S 7 12"), Some(Process { id: 12, parent: 7 }));
        assert_eq!(parse_stat("12 (sh) Z 7 12 7 0"), None);
        assert_eq!(parse_stat(""), None);
    }

    #[test]
    fn children_of_children_are_found() {
        let processes = [(1, 0), (5, 4), (4, 3), (3, 1), (6, 1), (7, 4)].map(|(id, parent)| Process { id, parent });
        assert_eq!(descendants_of(3, &processes), [4, 5, 7]);
        assert!(descendants_of(6, &processes).is_empty());
    }
}
