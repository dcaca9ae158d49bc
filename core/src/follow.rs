//! Following a backup until it is there: from BUILDING to COMPLETED or FAILED.

use contract::backup::{Backup, Status};
use contract::call::{BackupTypes, Call};
use contract::codes::Meaning;
use contract::list;
use contract::rules::Field;

use super::link::Link;
use super::ticket::Purpose;
use super::{Attempt, Effect, Event, Focus, Millis, NoAnswer, Notice, Phase, Received, State, Target, Visibility};

/// A backup that is followed.
#[derive(Clone, Debug, PartialEq)]
pub struct Followed {
    /// Tells it from the others: the number of its request.
    pub key: u32,
    /// Everything that is known about it. The list has no description: that of the create answer stays.
    pub backup: Backup,
    /// When this page asked for it; `None` for a backup that a link named.
    pub asked: Option<Millis>,
    /// Since when it is followed.
    pub since: Millis,
    /// The ID of the request that made it, where the server told.
    pub request_id: Option<String>,
    /// When the API last told of it.
    pub heard: Millis,
    /// When the page learned that it had ended.
    pub ended: Option<Millis>,
    /// Whether the answer in view told its end.
    pub is_told: bool,
    /// What keeps the page from hearing of it.
    pub trouble: Option<Trouble>,
    /// Why it failed, where the API says so.
    pub reason: Option<String>,
    /// How long the instance's latest backups took, in seconds.
    pub earlier: Vec<i64>,
    target: Target,
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

/// The longest pause while the page is in view.
const LONGEST_PAUSE: u32 = 15_000;
/// The pause while it isn't.
const HIDDEN_PAUSE: u32 = 60_000;
/// The longest pause that a server is granted.
const LONGEST_RETRY: u32 = 10 * 60_000;
/// For so long a backup may be missing from the list after its creation, in milliseconds.
const MAY_BE_MISSING: i64 = 60_000;
/// So many earlier backups say how long this one may take.
const EARLIER: usize = 5;

impl Followed {
    /// Whether it has come to its end.
    pub fn has_ended(&self) -> bool {
        self.ended.is_some()
    }

    /// Where it is asked for.
    pub fn target(&self) -> &Target {
        &self.target
    }

    /// The instance that it is a backup of.
    pub fn instance_id(&self) -> &str {
        &self.instance_id
    }

    /// Whether a new token is all that keeps the page from going on.
    pub fn awaits_token(&self) -> bool {
        self.trouble == Some(Trouble::Token) && !self.has_ended()
    }
}

impl State {
    /// Begins to follow a backup that was made by a request; its answer may have told the request's ID.
    pub(super) fn follow(
        &mut self,
        attempt: &Attempt,
        backup: Backup,
        request_id: Option<String>,
        now: Millis,
    ) -> Vec<Effect> {
        let key = attempt.number;
        let instance_id = attempt.backup.instance_id.as_str().to_owned();
        let ended = backup.status.as_ref().is_some_and(Status::is_final);
        self.form.has_been_created();
        self.backups.learn(&instance_id, &backup);
        let followed = Followed {
            key,
            backup,
            asked: Some(attempt.at),
            since: attempt.at,
            request_id,
            heard: now,
            ended: ended.then_some(now),
            is_told: ended,
            trouble: None,
            reason: None,
            earlier: Vec::new(),
            target: attempt.target.clone(),
            instance_id: instance_id.clone(),
            pause: self.limits.poll,
        };
        // From now on a reload takes it up again.
        let address = followed.link().map(Effect::SetAddress);
        let mut effects: Vec<Effect> =
            address.into_iter().chain([Effect::Tell(Event::Created(followed.clone()))]).collect();
        if ended {
            effects.push(Effect::Tell(Event::Finished(followed.clone())));
        }
        self.followed.insert(0, followed);
        if ended {
            return effects;
        }
        let all = Call::Backups { instance_id, backup_id: None, types: BackupTypes::All, offset: 0 };
        effects.push(self.wait(Purpose::PollAgain(key), self.limits.poll));
        effects.extend(self.fetch(Purpose::Earlier(key), &attempt.target, all));
        effects
    }

    /// Takes up the backup of a link.
    pub(super) fn watch(&mut self, instance_id: &str, backup_id: &str, now: Millis) -> Vec<Effect> {
        let mut effects = Vec::new();
        if let Some(target) = self.form.target() {
            effects.extend(self.take_up(target, instance_id, backup_id, now));
            effects.extend(self.followed.first().and_then(Followed::link).map(Effect::SetAddress));
            if self.followed.first().is_some_and(Followed::awaits_token) && !self.form.token_is_supplied() {
                self.notice(Notice::WatchNeedsToken);
                effects.push(Effect::Focus(Focus::Field(Field::Token)));
            }
        }
        effects
    }

    /// Follows a backup that a link names, as soon as there is a token.
    pub(super) fn take_up(&mut self, target: Target, instance_id: &str, backup_id: &str, now: Millis) -> Vec<Effect> {
        let is_known = |followed: &Followed| followed.backup.id.as_deref() == Some(backup_id);
        if self.followed.iter().any(is_known) {
            return vec![];
        }
        self.attempts += 1;
        let key = self.attempts;
        self.followed.insert(
            0,
            Followed {
                key,
                backup: Backup { id: Some(backup_id.to_owned()), ..Backup::default() },
                asked: None,
                since: now,
                request_id: None,
                heard: now,
                ended: None,
                is_told: false,
                trouble: Some(Trouble::Token),
                reason: None,
                earlier: Vec::new(),
                target,
                instance_id: instance_id.to_owned(),
                pause: self.limits.poll,
            },
        );
        // There may be a token of its project already.
        self.token_edited().into_iter().chain(self.renew_token()).collect()
    }

    /// Whether the answer in view is about a followed backup.
    fn is_in_view(&self, key: u32) -> bool {
        match &self.phase {
            Phase::Accepted { attempt, .. } | Phase::Found { attempt, .. } => attempt.number == key,
            _ => false,
        }
    }

    fn followed_by(&mut self, key: u32) -> Option<&mut Followed> {
        self.followed.iter_mut().find(|followed| followed.key == key)
    }

    pub(super) fn poll(&mut self, key: u32) -> Vec<Effect> {
        let Some(followed) = self.followed_by(key).filter(|followed| !followed.has_ended()) else { return vec![] };
        let (instance_id, backup_id) = (followed.instance_id.clone(), followed.backup.id.clone());
        let target = followed.target.clone();
        let fetch = self.fetch(
            Purpose::Poll(key),
            &target,
            Call::Backups { instance_id, backup_id, types: BackupTypes::All, offset: 0 },
        );
        if let (None, Some(followed)) = (&fetch, self.followed_by(key)) {
            // The token was forgotten: a new one goes on.
            followed.trouble = Some(Trouble::Token);
        }
        fetch.into_iter().collect()
    }

    pub(super) fn poll_answered(&mut self, key: u32, result: Result<Received, NoAnswer>, now: Millis) -> Vec<Effect> {
        let is_hidden = self.visibility == Visibility::Hidden;
        let is_in_view = self.is_in_view(key);
        let Some(followed) = self.followed_by(key) else { return vec![] };
        let mut pause = if is_hidden { HIDDEN_PAUSE } else { followed.pause };
        followed.pause = (followed.pause + followed.pause / 2).min(LONGEST_PAUSE);
        if let Some(asked) = retry_after(&result) {
            pause = pause.max(asked.min(LONGEST_RETRY));
        }
        followed.trouble = followed.hear(result, now);
        let status = followed.backup.status.clone().filter(Status::is_final);
        followed.ended = status.is_some().then_some(now);
        followed.is_told = is_in_view;
        let followed = followed.clone();
        let Followed { backup, instance_id, target, .. } = followed.clone();
        self.backups.learn(&instance_id, &backup);
        let Some(status) = status else {
            let mut effects = vec![self.wait(Purpose::PollAgain(key), pause)];
            if followed.awaits_token() {
                effects.extend(self.renew_token());
            }
            return effects;
        };
        let mut effects = vec![Effect::Tell(Event::Finished(followed))];
        if status == Status::Failed {
            effects.extend(self.fetch(Purpose::Reason(key), &target, Call::Tasks { instance_id }));
        }
        if self.notifies {
            effects.push(Effect::Notify(backup.name.unwrap_or_default(), status));
        }
        effects
    }

    pub(super) fn earlier_answered(&mut self, key: u32, result: Result<Received, NoAnswer>) -> Vec<Effect> {
        let page = result.ok().and_then(|received| list::backups(&received.answer, received.json.as_ref()).ok());
        if let (Some(page), Some(followed)) = (page, self.followed_by(key)) {
            let mut ended: Vec<_> =
                page.items.iter().filter(|backup| backup.status == Some(Status::Completed)).collect();
            ended.sort_by_key(|backup| std::cmp::Reverse(backup.begun()));
            followed.earlier = ended.into_iter().filter_map(Backup::duration).take(EARLIER).collect();
        }
        vec![]
    }

    pub(super) fn reason_answered(&mut self, key: u32, result: Result<Received, NoAnswer>) -> Vec<Effect> {
        if let (Ok(received), Some(followed)) = (result, self.followed_by(key)) {
            followed.reason = list::failure_reason(received.json.as_ref());
        }
        vec![]
    }

    /// A new token for the same target goes on where the old one was rejected or forgotten. It is sent nowhere else.
    pub(super) fn token_edited(&mut self) -> Vec<Effect> {
        let stuck: Vec<Target> = self
            .followed
            .iter()
            .filter(|followed| followed.awaits_token())
            .map(|followed| followed.target.clone())
            .collect();
        let mut effects = Vec::new();
        for target in stuck {
            if self.keep_token_for(&target) {
                effects.extend(self.poll_waiting_for(&target));
            }
        }
        effects
    }

    /// Asks at once for the backups of a target that a new token was wanted for.
    pub(super) fn poll_waiting_for(&mut self, target: &Target) -> Vec<Effect> {
        let waits = |followed: &&Followed| followed.awaits_token() && followed.target == *target;
        let keys: Vec<u32> = self.followed.iter().filter(waits).map(|followed| followed.key).collect();
        keys.into_iter().flat_map(|key| self.poll_now(key)).collect()
    }

    pub(super) fn visibility_changed(&mut self, visibility: Visibility) -> Vec<Effect> {
        if visibility == Visibility::Hidden {
            return vec![];
        }
        let waiting: Vec<u32> = self.followed.iter().map(|followed| followed.key).collect();
        waiting.into_iter().flat_map(|key| self.poll_now(key)).collect()
    }

    /// Asks at once, unless an answer is under way.
    fn poll_now(&mut self, key: u32) -> Vec<Effect> {
        if self.tickets.awaits(Purpose::Poll(key)) {
            return vec![];
        }
        let mut effects = self.give_up(|purpose| *purpose == Purpose::PollAgain(key));
        effects.extend(self.poll(key));
        effects
    }
}

/// How many milliseconds a throttled call is to wait.
fn retry_after(result: &Result<Received, NoAnswer>) -> Option<u32> {
    let answer = &result.as_ref().ok()?.answer;
    answer.retry_after.filter(|_| answer.status == 429).map(|seconds| seconds.saturating_mul(1_000))
}

impl Followed {
    /// The link that takes it up again, where its ID is known.
    pub(super) fn link(&self) -> Option<String> {
        self.backup.id.as_deref().map(|id| Link::to_backup(&self.target, &self.instance_id, id))
    }

    /// Takes in an answer to the question for the backup, and says what is the matter with it.
    fn hear(&mut self, result: Result<Received, NoAnswer>, now: Millis) -> Option<Trouble> {
        let Ok(Received { answer, json }) = result else { return Some(Trouble::Unheard) };
        match list::backups(&answer, json.as_ref()) {
            Ok(page) => {
                self.heard = now;
                match page.items.into_iter().find(|listed| self.is_the_same_as(listed)) {
                    Some(listed) => {
                        self.learn(listed);
                        None
                    }
                    None => (now.since(self.since) >= MAY_BE_MISSING).then_some(Trouble::Missing),
                }
            }
            Err(failure) if failure.meaning == Meaning::TokenRejected => Some(Trouble::Token),
            Err(_) => Some(Trouble::Unheard),
        }
    }

    /// Whether an element of the list is this backup: by its ID, or, where the create answer had none, by its name.
    fn is_the_same_as(&self, listed: &Backup) -> bool {
        match &self.backup.id {
            Some(id) => listed.id.as_ref() == Some(id),
            None => listed.name.is_some() && listed.name == self.backup.name,
        }
    }

    /// Takes over what the list says, and keeps what only the create answer had.
    fn learn(&mut self, listed: Backup) {
        let known = std::mem::take(&mut self.backup);
        let databases = if listed.databases.is_empty() { known.databases } else { listed.databases };
        self.backup = Backup {
            id: known.id.or(listed.id),
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
