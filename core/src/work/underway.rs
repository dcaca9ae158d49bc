//! What is under way, and the backups that have ended, as the tab keeps them for a reload: what was asked for, where and when,
//! and what is known of the backup. No token is in it, and no attempt: after a reload the server has time to settle anew. That
//! the page waited for the instance to be ready is in it: after its user's press it goes on with that.

use std::rc::Rc;

use contract::backup::{Backup, CreateBackup, Kind, Status};
use contract::call::{decode, encode};
use contract::rules::{databases, description, endpoint, instance_id, name, project_id};

use super::batch::MAX_QUEUE_TIME;
use crate::clock::{Monotonic, Now, UnixMillis};
use crate::cx::Cx;
use crate::effect::{Effect, PageEffect};
use crate::link::INDIVIDUALLY;
use crate::target::Target;
use crate::work::attempt::{Attempt, End};
use crate::work::creation::{Creation, as_requested};
use crate::work::stage::{Announced, Blocker, Cause, Certainty, Listing, Origin, Outcome, Stage};
use crate::work::state::Work;

/// So far from 1970 a browser's clock can be, in milliseconds (ECMA-262, "Time Values and Time Range"). What is kept may be
/// of another hand.
const MAX_WALL_TIME: i64 = 8_640_000_000_000_000;

/// The ends that are kept.
const OUTCOMES: [(&str, Outcome); 4] = [
    ("completed", Outcome::Completed),
    ("failed", Outcome::Failed),
    ("gone", Outcome::Gone),
    (NONE, Outcome::NotCreated),
];
/// Why nothing was created for one of several isn't kept; that nothing was, is.
const NONE: &str = "none";

impl Work {
    /// Keeps what is under way, whenever that has changed.
    pub(crate) fn persist_underway(&mut self, cx: &mut Cx) {
        let lines: Vec<String> = self.creations.iter().rev().filter_map(Creation::underway).collect();
        let underway = lines.join("\n");
        if underway != self.persisted_underway {
            self.persisted_underway.clone_from(&underway);
            cx.emit(Effect::Page(PageEffect::PersistUnderway(underway)));
        }
    }

    /// Takes up what was under way when the page was left, and the backups that had ended. Nothing is asked for before its user's press.
    pub(crate) fn restore(&mut self, underway: &str, cx: &mut Cx) {
        let mut batches: Vec<(u32, u32)> = Vec::new();
        for line in underway.lines() {
            let key = self.next_key();
            let Some(mut creation) = Creation::from_persisted(key, line, cx.now) else { continue };
            if let Some(persisted) = creation.batch {
                let known = batches.iter().find(|(before, _)| *before == persisted).map(|(_, batch)| *batch);
                let batch = known.unwrap_or_else(|| self.next_key());
                batches.push((persisted, batch));
                creation.batch = Some(batch);
            }
            if creation.is_under_way() {
                self.resume(creation, Blocker::AwaitsPress, cx);
            } else {
                let known = [Rc::new(creation.backup.clone())];
                let (target, instance_id) = (creation.target.clone(), creation.instance_id.clone());
                // No list that lags takes its end back. That it is still there nobody has said since.
                if creation.exists() {
                    self.keep(&target, &instance_id, &known, None);
                }
                self.creations.insert(0, creation);
            }
        }
        self.latest = self.creations.first().map(|creation| creation.key);
        underway.clone_into(&mut self.persisted_underway);
    }
}

impl Creation {
    /// A creation that is known from a link or from before a reload.
    pub(crate) fn resumed(key: u32, target: Target, instance_id: String, backup: Backup, now: Now) -> Self {
        Self {
            key,
            target,
            instance_id,
            request: None,
            requested: None,
            batch: None,
            stage: Stage::Sending,
            backup,
            certainty: None,
            listing: Listing::Unread,
            cause: None,
            answer: None,
            not_sent: None,
            failure_reason: None,
            past_durations: Vec::new(),
            previous_full: None,
            asked_for_tasks: None,
            ended: None,
            was_corrected: false,
            announced: Announced::Nothing,
            request_id: None,
            attempts: Vec::new(),
            before_post: None,
            pressed: now.monotonic,
            pressed_by_server: None,
            not_before: now.monotonic,
            is_for_ready_instance: false,
            origin: Origin::Link,
            awaits_press: true,
        }
    }

    /// A creation that was just pressed.
    pub(crate) fn pressed(key: u32, target: Target, request: CreateBackup, stage: Stage, now: Now) -> Self {
        let (instance_id, backup) = (request.instance_id.as_str().to_owned(), as_requested(&request));
        Self {
            request: Some(request),
            requested: Some(now.wall),
            stage,
            origin: Origin::Press,
            awaits_press: false,
            ..Self::resumed(key, target, instance_id, backup, now)
        }
    }

    /// The line that brings it back; `None` when there is nothing to wait for, and no backup.
    fn underway(&self) -> Option<String> {
        let is_kept = match &self.stage {
            // Whether the POST was still to come can't be told after a reload: what the browser keeps may be a little older.
            Stage::Queued(_)
            | Stage::Reading(_)
            | Stage::Sending
            | Stage::Reconciling(_)
            | Stage::AwaitingInstance(_)
            | Stage::Building(_)
            | Stage::Ended(Outcome::Completed | Outcome::Failed | Outcome::Gone | Outcome::Unknown(_)) => true,
            Stage::Ended(Outcome::Refused(_) | Outcome::NotSent(_) | Outcome::NotCreated | Outcome::NameTaken(_)) => {
                // The others of its press are kept, too.
                self.batch.is_some()
            }
        };
        if !is_kept {
            return None;
        }
        // What was sent before a press that begins anew has come to nothing: the line is about what that press may send yet.
        let anew = if let Stage::Queued(reading) | Stage::Reading(reading) = &self.stage
            && reading.begins_anew()
        {
            Some(reading.since.wall)
        } else {
            None
        };
        let moment = anew.or(self.requested).map(|UnixMillis(moment)| moment.to_string()).unwrap_or_default();
        let sent_after = self.last_sent().filter(|_| anew.is_none());
        let sent_after = sent_after.map(|sent| sent.since(self.pressed).to_string()).unwrap_or_default();
        let by_server = self.pressed_by_server.filter(|_| anew.is_none()).map(|seconds| seconds.to_string());
        let is_without_backup = matches!(
            self.stage,
            Stage::Ended(Outcome::Refused(_) | Outcome::NotSent(_) | Outcome::NotCreated | Outcome::NameTaken(_))
        );
        let known = OUTCOMES.iter().find(|(_, outcome)| self.stage == Stage::Ended(outcome.clone()));
        let outcome = known.map(|(word, _)| *word).or(is_without_backup.then_some(NONE));
        let ended = self.ended.filter(|_| outcome.is_some()).map(|UnixMillis(moment)| moment.to_string());
        let size = self.backup.size.map(|bytes| bytes.to_string());
        let mut parts = vec![
            ("endpoint", self.target.endpoint.typed()),
            ("project_id", self.target.project_id.as_str()),
            ("instance_id", &self.instance_id),
        ];
        if let Some(request) = &self.request {
            parts.extend([("name", request.name.as_str()), ("requested", &moment), ("sent_after", &sent_after)]);
            parts.extend(request.description.as_ref().map(|description| ("description", description.as_str())));
            parts.extend(request.databases.iter().map(|database| ("database", database.name())));
        }
        let batch = self.batch.map(|batch| batch.to_string());
        let optional = [
            ("batch", batch.as_deref()),
            ("requested_by_server", by_server.as_deref()),
            ("id", self.backup.id.as_deref()),
            ("request_id", self.request_id.as_deref()),
            ("begin_time", self.backup.begin_time.as_deref()),
            ("end_time", self.backup.end_time.as_deref()),
            ("status", self.backup.status.as_ref().map(Status::code)),
            ("size", size.as_deref()),
            ("kind", self.backup.kind.as_ref().map(Kind::code)),
            ("ended", ended.as_deref()),
            ("outcome", outcome),
            ("failure_reason", self.failure_reason.as_deref()),
            ("listed_name", self.backup.name.as_deref().filter(|_| self.request.is_none())),
        ];
        parts.extend(optional.into_iter().filter_map(|(key, value)| Some((key, value?))));
        let awaits_instance =
            matches!(self.stage, Stage::AwaitingInstance(_)) || self.is_for_ready_instance && self.may_await_instance();
        // A reload makes one attempt of all: the newest, since what is kept says when that was sent.
        let is_last_free = self.attempts.last().is_some_and(Attempt::had_name_free);
        let flags = [
            (INDIVIDUALLY, self.request.as_ref().is_some_and(|request| request.backup_database_individually)),
            ("name_was_free", is_last_free && anew.is_none()),
            ("awaits_instance", awaits_instance),
            ("queued", matches!(self.stage, Stage::Queued(_))),
            ("accepted", self.was_accepted()),
            ("listed", self.listing == Listing::Listed),
            ("missing", matches!(self.listing, Listing::Missing(_))),
            ("known_by_name", self.certainty == Some(Certainty::Listed)),
        ];
        parts.extend(flags.into_iter().filter(|(_, is_set)| *is_set).map(|(key, _)| (key, "")));
        let parts: Vec<String> = parts.into_iter().map(|(key, value)| format!("{key}={}", encode(value))).collect();
        Some(parts.join("&"))
    }

    fn from_persisted(key: u32, line: &str, now: Now) -> Option<Self> {
        let parts: Vec<(&str, String)> =
            line.split('&').filter_map(|part| part.split_once('=')).map(|(key, value)| (key, decode(value))).collect();
        let part = |key: &str| parts.iter().find(|(known, _)| *known == key).map(|(_, value)| value.as_str());
        let number = |key: &str| part(key).and_then(|digits| digits.parse::<i64>().ok());
        let target = Target {
            endpoint: endpoint::endpoint(part("endpoint")?).ok()?,
            project_id: project_id::project_id(part("project_id")?).ok()?,
        };
        let instance_id = instance_id::instance_id(part("instance_id")?).ok()?;
        let backup = Backup {
            id: part("id").map(str::to_owned),
            begin_time: part("begin_time").map(str::to_owned),
            end_time: part("end_time").map(str::to_owned),
            status: part("status").map(|status| Status::from(status.to_owned())),
            name: part("listed_name").map(str::to_owned),
            size: part("size").and_then(|digits| digits.parse().ok()),
            kind: part("kind").map(|code| Kind::from(code.to_owned())),
            ..Backup::default()
        };
        let moment = |key: &str| number(key).map(|moment| UnixMillis(moment.clamp(-MAX_WALL_TIME, MAX_WALL_TIME)));
        let listing = match (part("listed"), part("missing")) {
            (_, Some(_)) => Listing::Missing(now.monotonic),
            (Some(_), None) => Listing::Listed,
            (None, None) => Listing::Unread,
        };
        let mut creation = Self::resumed(key, target, instance_id.as_str().to_owned(), backup, now);
        creation.listing = listing;
        creation.batch = part("batch").and_then(|digits| digits.parse().ok());
        if let Some(name) = part("name") {
            let names = parts.iter().filter(|(known, _)| *known == "database").map(|(_, name)| name.as_str());
            let request = CreateBackup {
                instance_id,
                name: name::backup_name(name).ok()?,
                description: description::description(part("description").unwrap_or_default()).ok()?,
                // What could be sent then is kept, whatever engine and cloud it was for.
                databases: databases::databases(names).ok()?,
                backup_database_individually: part(INDIVIDUALLY).is_some(),
            };
            let requested = moment("requested")?;
            creation.take_up_request(request, requested, number("sent_after").unwrap_or_default(), now);
            let is_accepted = part("accepted").is_some();
            // The connection has ended with the page: from now on the server has time to settle.
            if let Some(attempt) = creation.attempts.first_mut() {
                attempt.name_was_free = part("name_was_free").is_some();
                // A tab that was duplicated may still have it in its queue.
                let is_queued = part("queued").is_some();
                let queued_since =
                    if part("sent_after").is_some_and(str::is_empty) { attempt.sent.monotonic } else { now.monotonic };
                let sent_until = if is_queued { queued_since.0.saturating_add(MAX_QUEUE_TIME) } else { 0 };
                let ended = now.monotonic.max(Monotonic(sent_until));
                attempt.end = Some((if is_accepted { End::Accepted } else { End::Open }, ended));
            }
            creation.pressed_by_server =
                number("requested_by_server").map(|seconds| seconds.clamp(-MAX_WALL_TIME / 1000, MAX_WALL_TIME / 1000));
            creation.request_id = part("request_id").map(str::to_owned);
            let is_known = creation.backup.id.is_some();
            let is_listed = part("known_by_name").is_some();
            creation.certainty = is_known.then_some(if is_listed { Certainty::Listed } else { Certainty::Responded });
            creation.is_for_ready_instance = part("awaits_instance").is_some();
            let cause = if creation.is_for_ready_instance { Cause::ReloadedWhileAwaiting } else { Cause::Reloaded };
            creation.cause = (!is_known && !is_accepted).then_some(cause);
        } else if creation.backup.id.is_none() {
            return None;
        }
        if creation.is_missing() {
            creation.announced = Announced::Finished;
        }
        creation.ended = moment("ended");
        creation.failure_reason = part("failure_reason").map(str::to_owned);
        let outcome = part("outcome").and_then(|word| OUTCOMES.iter().find(|(known, _)| *known == word));
        if let Some((_, outcome)) = outcome.filter(|_| creation.ended.is_some()) {
            creation.stage = Stage::Ended(outcome.clone());
            creation.announced = match outcome {
                Outcome::Gone => Announced::Created,
                Outcome::NotCreated => Announced::Nothing,
                Outcome::Completed
                | Outcome::Failed
                | Outcome::Refused(_)
                | Outcome::NotSent(_)
                | Outcome::NameTaken(_)
                | Outcome::Unknown(_) => Announced::Finished,
            };
            if *outcome == Outcome::NotCreated {
                // No attempt of before can have an effect any more.
                creation.attempts.iter_mut().for_each(|attempt| attempt.end = Some((End::Refused, now.monotonic)));
            }
            creation.awaits_press = false;
        }
        Some(creation)
    }

    /// What was asked for, and when: the monotonic clock has begun anew with the page.
    fn take_up_request(&mut self, request: CreateBackup, requested: UnixMillis, sent_after: i64, now: Now) {
        let ago = now.wall.0.saturating_sub(requested.0).max(0);
        let pressed = Monotonic(now.monotonic.0.saturating_sub(ago));
        let sent = Monotonic(pressed.0.saturating_add(sent_after.max(0)).min(now.monotonic.0));
        let asked = as_requested(&request);
        self.backup = Backup {
            name: asked.name,
            description: asked.description,
            databases: asked.databases,
            ..std::mem::take(&mut self.backup)
        };
        self.backup.instance_id = asked.instance_id;
        self.requested = Some(requested);
        self.pressed = pressed;
        self.origin = Origin::Reload;
        let sent = Now { wall: UnixMillis(requested.0.saturating_add(sent_after.max(0))), monotonic: sent };
        self.attempts = vec![Attempt { sent, end: None, name_was_free: false }];
        self.request = Some(request);
    }
}
