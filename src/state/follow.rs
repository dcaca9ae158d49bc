//! Following a backup until it is there: from BUILDING to COMPLETED or FAILED.

use contract::backup::{Backup, Connection, Status};
use contract::call::Call;
use contract::codes::Meaning;
use contract::list;

use super::ticket::Purpose;
use super::{Attempt, Effect, Millis, NoAnswer, Received, State, Visibility};

/// A backup that is followed. It holds a token, so it has no `Debug`.
#[derive(Clone, PartialEq)]
pub struct Followed {
    /// Tells it from the others: the number of its request.
    pub key: u32,
    /// Everything that is known about it. The list has no description: that of the create answer stays.
    pub backup: Backup,
    /// When it was asked for.
    pub since: Millis,
    /// When the API last told of it.
    pub heard: Millis,
    /// When the page learned that it had ended.
    pub ended: Option<Millis>,
    /// What keeps the page from hearing of it.
    pub trouble: Option<Trouble>,
    /// Why it failed, where the API says so.
    pub reason: Option<String>,
    /// How long the instance's latest backups took, in seconds.
    pub earlier: Vec<i64>,
    connection: Connection,
    instance_id: String,
    pause: u32,
}

/// What keeps the page from hearing of a backup. It says nothing about the backup itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The API rejects the token: a new one is needed.
    Token,
    /// No answer, or one that isn't the list.
    Unheard,
    /// The list doesn't have the backup.
    Missing,
}

/// Milliseconds until the first question.
const FIRST_PAUSE: u32 = 2_000;
/// The longest pause while the page is in view.
const LONGEST_PAUSE: u32 = 15_000;
/// The pause while it isn't.
const HIDDEN_PAUSE: u32 = 60_000;
/// For so long a backup may be missing from the list after its creation, in milliseconds.
const MAY_BE_MISSING: i64 = 60_000;
/// So many earlier backups say how long this one may take.
const EARLIER: usize = 5;

impl Followed {
    /// Whether it has come to its end.
    pub fn has_ended(&self) -> bool {
        self.ended.is_some()
    }
}

impl State {
    /// Begins to follow a backup.
    pub(super) fn follow(&mut self, attempt: &Attempt, backup: Backup, now: Millis) -> Vec<Effect> {
        let key = attempt.number;
        let instance_id = attempt.backup.instance_id.as_str().to_owned();
        let ended = backup.status.as_ref().is_some_and(Status::is_final);
        self.followed.insert(
            0,
            Followed {
                key,
                backup,
                since: attempt.at,
                heard: now,
                ended: ended.then_some(now),
                trouble: None,
                reason: None,
                earlier: Vec::new(),
                connection: attempt.connection.clone(),
                instance_id: instance_id.clone(),
                pause: FIRST_PAUSE,
            },
        );
        if ended {
            return vec![];
        }
        let all = Call::Backups { instance_id, backup_id: None, offset: 0 };
        vec![
            self.wait(Purpose::PollAgain(key), FIRST_PAUSE),
            self.fetch(Purpose::Earlier(key), attempt.connection.clone(), all),
        ]
    }

    pub(super) fn poll(&mut self, key: u32) -> Vec<Effect> {
        let Some(followed) = self.followed.iter().find(|followed| followed.key == key) else { return vec![] };
        if followed.has_ended() {
            return vec![];
        }
        let instance_id = followed.instance_id.clone();
        let call = Call::Backups { instance_id, backup_id: followed.backup.id.clone(), offset: 0 };
        let connection = followed.connection.clone();
        vec![self.fetch(Purpose::Poll(key), connection, call)]
    }

    pub(super) fn poll_answered(&mut self, key: u32, result: Result<Received, NoAnswer>, now: Millis) -> Vec<Effect> {
        let is_hidden = self.is_hidden;
        let Some(followed) = self.followed.iter_mut().find(|followed| followed.key == key) else { return vec![] };
        let mut pause = if is_hidden { HIDDEN_PAUSE } else { followed.pause };
        followed.pause = (followed.pause + followed.pause / 2).min(LONGEST_PAUSE);
        followed.trouble = match result {
            Err(_) => Some(Trouble::Unheard),
            Ok(Received { answer, json }) => match list::backups(&answer, json.as_ref()) {
                Ok(page) => {
                    followed.heard = now;
                    let listed = page.items.into_iter().find(|backup| backup.id == followed.backup.id);
                    let may_be_missing = now.since(followed.since) < MAY_BE_MISSING;
                    let is_missing = listed.is_none() && !may_be_missing;
                    if let Some(listed) = listed {
                        followed.learn(listed);
                    }
                    is_missing.then_some(Trouble::Missing)
                }
                Err(failure) if failure.meaning == Meaning::TokenRejected => Some(Trouble::Token),
                Err(failure) => {
                    if failure.meaning == Meaning::Throttled {
                        let asked = answer.retry_after.unwrap_or(0).saturating_mul(1_000);
                        pause = pause.max(asked.min(10 * HIDDEN_PAUSE));
                    }
                    Some(Trouble::Unheard)
                }
            },
        };
        let status = followed.backup.status.clone().filter(Status::is_final);
        let Some(status) = status else { return vec![self.wait(Purpose::PollAgain(key), pause)] };
        followed.ended = Some(now);
        let (name, instance_id) = (followed.backup.name.clone().unwrap_or_default(), followed.instance_id.clone());
        let connection = followed.connection.clone();
        let mut effects = Vec::new();
        if status == Status::Failed {
            effects.push(self.fetch(Purpose::Reason(key), connection, Call::Tasks { instance_id }));
        }
        if self.notifies {
            effects.push(Effect::Notify(name, status));
        }
        effects
    }

    pub(super) fn earlier_answered(&mut self, key: u32, result: Result<Received, NoAnswer>) -> Vec<Effect> {
        let page = result.ok().and_then(|received| list::backups(&received.answer, received.json.as_ref()).ok());
        let followed = self.followed.iter_mut().find(|followed| followed.key == key);
        if let (Some(page), Some(followed)) = (page, followed) {
            let mut ended: Vec<_> =
                page.items.iter().filter(|backup| backup.status == Some(Status::Completed)).collect();
            ended.sort_by_key(|backup| std::cmp::Reverse(backup.begun()));
            followed.earlier = ended.into_iter().filter_map(Backup::duration).take(EARLIER).collect();
        }
        vec![]
    }

    pub(super) fn reason_answered(&mut self, key: u32, result: Result<Received, NoAnswer>) -> Vec<Effect> {
        let followed = self.followed.iter_mut().find(|followed| followed.key == key);
        if let (Ok(received), Some(followed)) = (result, followed) {
            followed.reason = list::failure_reason(received.json.as_ref());
        }
        vec![]
    }

    /// A new token for the same project goes on where the old one was rejected. It is sent nowhere else.
    pub(super) fn token_edited(&mut self) -> Vec<Effect> {
        let Ok(typed) = self.form.connection() else { return vec![] };
        let stuck: Vec<u32> = self
            .followed
            .iter_mut()
            .filter(|followed| followed.trouble == Some(Trouble::Token) && !followed.has_ended())
            .filter(|followed| {
                followed.connection.endpoint == typed.endpoint && followed.connection.project_id == typed.project_id
            })
            .map(|followed| {
                followed.connection.token = typed.token.clone();
                followed.key
            })
            .collect();
        stuck.into_iter().flat_map(|key| self.poll_now(key)).collect()
    }

    pub(super) fn visibility_changed(&mut self, visibility: Visibility) -> Vec<Effect> {
        self.is_hidden = visibility == Visibility::Hidden;
        if self.is_hidden {
            return vec![];
        }
        let waiting: Vec<u32> = self.followed.iter().map(|followed| followed.key).collect();
        waiting.into_iter().flat_map(|key| self.poll_now(key)).collect()
    }

    /// Asks at once where the page waits to ask.
    fn poll_now(&mut self, key: u32) -> Vec<Effect> {
        let mut effects = self.give_up(|purpose| *purpose == Purpose::PollAgain(key));
        if !effects.is_empty() {
            effects.extend(self.poll(key));
        }
        effects
    }
}

impl Followed {
    /// Takes over what the list says, and keeps what only the create answer had.
    fn learn(&mut self, listed: Backup) {
        let known = std::mem::take(&mut self.backup);
        let databases = if listed.databases.is_empty() { known.databases } else { listed.databases };
        self.backup = Backup {
            id: known.id,
            instance_id: listed.instance_id.or(known.instance_id),
            name: listed.name.or(known.name),
            description: known.description.or(listed.description),
            databases,
            begin_time: listed.begin_time.or(known.begin_time),
            status: listed.status.or(known.status),
            kind: listed.kind.or(known.kind),
            end_time: listed.end_time,
            size: listed.size,
        };
    }
}
