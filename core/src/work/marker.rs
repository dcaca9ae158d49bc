//! What is under way, as the tab keeps it for a reload: what was asked for, where and when, and the backup's ID where that
//! is known, and whether lists had it. No token is in it, and no attempt: after a reload the server has time to settle anew. That the page waited for
//! the instance to be ready is in it: after its user's press it goes on with that.

use contract::backup::{Backup, CreateBackup};
use contract::call::{decode, encode};
use contract::instance::Engine;
use contract::rules::{databases, description, endpoint, instance_id, name, project_id};

use super::Work;
use super::creation::{
    Attempt, Blocker, Cause, Certainty, Creation, End, Listing, Origin, Outcome, Stage, as_requested,
};
use crate::Effect;
use crate::clock::{Millis, Monotonic, Now};
use crate::cx::Cx;
use crate::session::credentials::Target;

/// So far from 1970 a browser's clock can be, in milliseconds (ECMA-262, "Time Values and Time Range"). What is kept may be
/// of another hand.
const LONGEST: i64 = 8_640_000_000_000_000;

impl Work {
    /// Keeps what is under way, whenever that has changed.
    pub(crate) fn keep_marker(&mut self, cx: &mut Cx) {
        let lines: Vec<String> = self.creations.iter().rev().filter_map(Creation::marker).collect();
        let marker = lines.join("\n");
        if marker != self.kept_marker {
            self.kept_marker.clone_from(&marker);
            cx.emit(Effect::KeepMarker(marker));
        }
    }

    /// Takes up what was under way when the page was left. Nothing is asked for before its user's press.
    pub(crate) fn restore(&mut self, marker: &str, cx: &mut Cx) {
        for line in marker.lines() {
            let key = self.next_key();
            if let Some(creation) = Creation::from_marker(key, line, cx.now) {
                self.take_up(creation, Blocker::AwaitsPress, cx);
            }
        }
        self.latest = self.creations.first().map(|creation| creation.key);
        marker.clone_into(&mut self.kept_marker);
    }
}

impl Creation {
    /// A creation that is known from a link or from before a reload.
    pub(crate) fn taken_up(key: u32, target: Target, instance_id: String, backup: Backup, now: Now) -> Self {
        Self {
            key,
            target,
            instance_id,
            request: None,
            requested: None,
            stage: Stage::Sending,
            backup,
            certainty: None,
            listing: Listing::Unread,
            cause: None,
            answer: None,
            not_sent: None,
            failure_reason: None,
            past_durations: Vec::new(),
            ended: None,
            was_corrected: false,
            request_id: None,
            name_was_free: false,
            attempts: Vec::new(),
            pressed: now.monotonic,
            pressed_by_server: None,
            not_before: now.monotonic,
            origin: Origin::Link,
            awaits_press: true,
        }
    }

    /// The line that brings it back; `None` when there is nothing to wait for.
    fn marker(&self) -> Option<String> {
        let request = self.request.as_ref()?;
        let is_kept = match &self.stage {
            // Whether the POST was still to come can't be told after a reload: what the browser keeps may be a little older.
            Stage::Reading(_)
            | Stage::Sending
            | Stage::Reconciling(_)
            | Stage::AwaitingInstance(_)
            | Stage::Building(_) => true,
            Stage::Ended(outcome) => matches!(outcome, Outcome::Unknown(_)),
        };
        if !is_kept {
            return None;
        }
        let moment = self.requested.map(|Millis(moment)| moment.to_string()).unwrap_or_default();
        let sent_after = self.last_sent().map(|sent| sent.since(self.pressed).to_string()).unwrap_or_default();
        let by_server = self.pressed_by_server.map(|seconds| seconds.to_string());
        let mut parts = vec![
            ("endpoint", self.target.endpoint.typed()),
            ("project_id", self.target.project_id.as_str()),
            ("instance_id", &self.instance_id),
            ("name", request.name.as_str()),
            ("requested", &moment),
            ("sent_after", &sent_after),
        ];
        parts.extend(by_server.as_deref().map(|seconds| ("requested_by_server", seconds)));
        parts.extend(request.description.as_ref().map(|description| ("description", description.as_str())));
        parts.extend(request.databases.iter().map(|database| ("database", database.name())));
        parts.extend(self.backup.id.as_deref().map(|id| ("id", id)));
        parts.extend(self.request_id.as_deref().map(|id| ("request_id", id)));
        parts.extend(self.backup.begin_time.as_deref().map(|begin| ("begin_time", begin)));
        parts.extend(self.name_was_free.then_some(("name_was_free", "")));
        let awaits_instance = matches!(self.stage, Stage::AwaitingInstance(_))
            || self.cause == Some(Cause::ReloadedWhileAwaiting) && self.may_await_instance();
        parts.extend(awaits_instance.then_some(("awaits_instance", "")));
        parts.extend(self.was_accepted().then_some(("accepted", "")));
        let was_listed = matches!(self.listing, Listing::Listed | Listing::Missing(_));
        parts.extend(was_listed.then_some(("listed", "")));
        parts.extend((self.certainty == Some(Certainty::Listed)).then_some(("known_by_name", "")));
        let parts: Vec<String> = parts.into_iter().map(|(key, value)| format!("{key}={}", encode(value))).collect();
        Some(parts.join("&"))
    }

    fn from_marker(key: u32, line: &str, now: Now) -> Option<Self> {
        let parts: Vec<(&str, String)> =
            line.split('&').filter_map(|part| part.split_once('=')).map(|(key, value)| (key, decode(value))).collect();
        let part = |key: &str| parts.iter().find(|(known, _)| *known == key).map(|(_, value)| value.as_str());
        let names = parts.iter().filter(|(known, _)| *known == "database").map(|(_, name)| name.as_str());
        let request = CreateBackup {
            instance_id: instance_id::instance_id(part("instance_id")?).ok()?,
            name: name::backup_name(part("name")?).ok()?,
            description: description::description(part("description").unwrap_or_default()).ok()?,
            databases: databases::databases(names, Some(Engine::SqlServer)).ok()?,
        };
        let target = Target {
            endpoint: endpoint::endpoint(part("endpoint")?).ok()?,
            project_id: project_id::project_id(part("project_id")?).ok()?,
        };
        let requested = Millis(part("requested")?.parse::<i64>().ok()?.clamp(-LONGEST, LONGEST));
        let backup = Backup {
            id: part("id").map(str::to_owned),
            begin_time: part("begin_time").map(str::to_owned),
            ..as_requested(&request)
        };
        let awaited_instance = part("awaits_instance").is_some();
        let cause = if awaited_instance { Cause::ReloadedWhileAwaiting } else { Cause::Reloaded };
        let instance_id = request.instance_id.as_str().to_owned();
        let is_accepted = part("accepted").is_some();
        let certainty = if part("known_by_name").is_some() { Certainty::Listed } else { Certainty::Answered };
        // The monotonic clock has begun anew with the page.
        let ago = now.wall.0.saturating_sub(requested.0).max(0);
        let pressed = Monotonic(now.monotonic.0.saturating_sub(ago));
        let sent_after: i64 = part("sent_after").and_then(|after| after.parse().ok()).unwrap_or_default();
        let sent = Monotonic(pressed.0.saturating_add(sent_after.max(0)).min(now.monotonic.0));
        Some(Self {
            requested: Some(requested),
            pressed,
            pressed_by_server: part("requested_by_server")
                .and_then(|seconds| seconds.parse::<i64>().ok())
                .map(|seconds| seconds.clamp(-LONGEST / 1000, LONGEST / 1000)),
            origin: Origin::Reload,
            // The connection has ended with the page: from now on the server has time to settle.
            attempts: vec![Attempt {
                sent,
                end: Some((if is_accepted { End::Accepted } else { End::Open }, now.monotonic)),
            }],
            name_was_free: part("name_was_free").is_some(),
            certainty: backup.id.is_some().then_some(certainty),
            listing: if part("listed").is_some() { Listing::Listed } else { Listing::Unread },
            request_id: part("request_id").map(str::to_owned),
            cause: (backup.id.is_none() && !is_accepted).then_some(cause),
            request: Some(request),
            ..Self::taken_up(key, target, instance_id, backup, now)
        })
    }
}
