//! How often an exploration has met each stage, outcome, cause and event. What it never met wasn't tested.

use std::collections::BTreeMap;

use super::model::World;
use crate::work::record::HostEvent;
use crate::work::stage::{Blocker, Cause, Certainty, NotSent, Outcome, Stage, Unknown};

/// Everything that has to be met. New stages, outcomes and causes belong here: meeting one that isn't listed fails too.
const EVERYTHING: &[&str] = &[
    "stage: queued",
    "stage: reading",
    "stage: sending",
    "stage: reconciling",
    "stage: awaiting the instance",
    "stage: building",
    "ended: completed",
    "ended: failed",
    "ended: gone",
    "ended: refused",
    "ended: not created",
    "ended: name taken by a backup",
    "ended: name taken by none that is listed",
    "not sent: cancelled",
    "not sent: token rejected",
    "not sent: token missing",
    "not sent: unreachable",
    "not sent: the web server's login",
    "not sent: forbidden by the policy",
    "not sent: unsendable",
    "not sent: instance stays busy",
    "not sent: lapsed",
    "unknown: blocked",
    "unknown: origin not allowed",
    "unknown: near",
    "unknown: never listed",
    "unknown: stopped",
    "blocker: token missing",
    "blocker: token rejected",
    "blocker: refused",
    "blocker: unreachable",
    "blocker: failed",
    "blocker: incomplete",
    "blocker: instance backing up",
    "blocker: gave up",
    "blocker: awaits press",
    "cause: unreachable",
    "cause: timed out",
    "cause: cancelled",
    "cause: unclear",
    "cause: name taken",
    "cause: refused",
    "cause: reloaded",
    "cause: reloaded while awaiting",
    "certainty: answered",
    "certainty: listed",
    "corrected",
    "event: created",
    "event: finished",
    "event: refused",
];

/// What was met, and how often.
#[derive(Default)]
pub(super) struct Reach {
    /// Distinct states.
    pub(super) states: usize,
    /// Steps played.
    pub(super) steps: usize,
    /// The greatest depth that was explored completely, counted from the seeds.
    pub(super) depth: usize,
    met: BTreeMap<&'static str, usize>,
}

impl Reach {
    /// Records a new state.
    pub(super) fn count(&mut self, world: &World) {
        self.states += 1;
        for creation in &world.work.creations {
            let blocker = match &creation.stage {
                Stage::Reconciling(reconciliation) => reconciliation.blocker.as_ref(),
                Stage::Building(building) => building.blocker.as_ref(),
                Stage::Ended(Outcome::Unknown(Unknown::Blocked(blocker))) => Some(blocker),
                Stage::Queued(_)
                | Stage::Reading(_)
                | Stage::Sending
                | Stage::AwaitingInstance(_)
                | Stage::Ended(_) => None,
            };
            let unsent = match &creation.stage {
                Stage::Ended(Outcome::NotSent(unsent)) => Some(unsent),
                _ => creation.not_sent.as_ref(),
            };
            self.meet(stage(&creation.stage));
            let certainty = creation.certainty.map(|certainty| match certainty {
                Certainty::Responded => "certainty: answered",
                Certainty::Listed => "certainty: listed",
            });
            let cause = creation.cause.as_ref().map(of_cause);
            let met = [blocker.map(of_blocker), unsent.map(of_unsent), cause, certainty];
            for what in met.into_iter().flatten() {
                self.meet(what);
            }
            if creation.was_corrected {
                self.meet("corrected");
            }
        }
        for event in &world.events {
            self.meet(match event {
                HostEvent::Created(_) => "event: created",
                HostEvent::Finished(_) => "event: finished",
                HostEvent::Refused(_) => "event: refused",
            });
        }
    }

    fn meet(&mut self, what: &'static str) {
        *self.met.entry(what).or_default() += 1;
    }

    /// Prints how often each was met.
    pub(super) fn print(&self) {
        println!("{} distinct states after {} steps, every sequence of {}", self.states, self.steps, self.depth);
        for what in EVERYTHING {
            println!("{:>9}  {what}", self.met.get(what).unwrap_or(&0));
        }
    }

    /// Fails for what was never met.
    pub(super) fn assert_everything_was_met(&self) {
        let missed: Vec<&&str> = EVERYTHING.iter().filter(|what| !self.met.contains_key(**what)).collect();
        assert!(missed.is_empty(), "never met: {missed:?}");
        let unlisted: Vec<&&str> = self.met.keys().filter(|what| !EVERYTHING.contains(what)).collect();
        assert!(unlisted.is_empty(), "met, and not in the list: {unlisted:?}");
    }
}

fn stage(stage: &Stage) -> &'static str {
    match stage {
        Stage::Queued(_) => "stage: queued",
        Stage::Reading(_) => "stage: reading",
        Stage::Sending => "stage: sending",
        Stage::Reconciling(_) => "stage: reconciling",
        Stage::AwaitingInstance(_) => "stage: awaiting the instance",
        Stage::Building(_) => "stage: building",
        Stage::Ended(outcome) => match outcome {
            Outcome::Completed => "ended: completed",
            Outcome::Failed => "ended: failed",
            Outcome::Gone => "ended: gone",
            Outcome::Refused(_) => "ended: refused",
            Outcome::NotSent(unsent) => of_unsent(unsent),
            Outcome::NotCreated => "ended: not created",
            Outcome::NameTaken(Some(_)) => "ended: name taken by a backup",
            Outcome::NameTaken(None) => "ended: name taken by none that is listed",
            Outcome::Unknown(unknown) => match unknown {
                Unknown::Blocked(_) => "unknown: blocked",
                Unknown::OriginNotAllowed => "unknown: origin not allowed",
                Unknown::Near(_) => "unknown: near",
                Unknown::NeverListed => "unknown: never listed",
                Unknown::Stopped => "unknown: stopped",
            },
        },
    }
}

fn of_unsent(unsent: &NotSent) -> &'static str {
    match unsent {
        NotSent::Cancelled => "not sent: cancelled",
        NotSent::TokenRejected(_) => "not sent: token rejected",
        NotSent::TokenMissing => "not sent: token missing",
        NotSent::Unreachable => "not sent: unreachable",
        NotSent::WebServerLogin => "not sent: the web server's login",
        NotSent::Forbidden => "not sent: forbidden by the policy",
        NotSent::InvalidRequest => "not sent: unsendable",
        NotSent::InstanceStaysBusy => "not sent: instance stays busy",
        NotSent::Lapsed => "not sent: lapsed",
    }
}

fn of_blocker(blocker: &Blocker) -> &'static str {
    match blocker {
        Blocker::TokenMissing => "blocker: token missing",
        Blocker::TokenRejected => "blocker: token rejected",
        Blocker::Refused(_) => "blocker: refused",
        Blocker::Unreachable => "blocker: unreachable",
        Blocker::Failed(_) => "blocker: failed",
        Blocker::Incomplete => "blocker: incomplete",
        Blocker::InstanceBackingUp => "blocker: instance backing up",
        Blocker::GaveUp => "blocker: gave up",
        Blocker::AwaitsPress => "blocker: awaits press",
    }
}

fn of_cause(cause: &Cause) -> &'static str {
    match cause {
        Cause::Unreachable => "cause: unreachable",
        Cause::TimedOut => "cause: timed out",
        Cause::Cancelled => "cause: cancelled",
        Cause::Unclear(_) => "cause: unclear",
        Cause::NameTaken(_) => "cause: name taken",
        Cause::Refused(_) => "cause: refused",
        Cause::Reloaded => "cause: reloaded",
        Cause::ReloadedWhileAwaiting => "cause: reloaded while awaiting",
    }
}
