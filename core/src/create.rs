//! Creating a backup, and finding out whether it was made when the answer was lost.
//!
//! A browser sends a POST again when the connection drops before the answer, so neither an error nor "name exists" is
//! the truth until the list has been read. The name is the key: it is unique, so asking again with the same name can't
//! make a second backup. The page itself never sends twice for one press.

use contract::answer::understand;
use contract::backup::{Backup, CreateBackup};
use contract::call::{BackupTypes, Call, PAGE};
use contract::codes::{Meaning, Retry};
use contract::failure::{Failure, Outcome};
use contract::list;
use contract::look_up::{Finding, Sought, seek};
use contract::rules::Field;

use super::backups::MOST;
use super::history::Ending;
use super::ticket::Purpose;
use super::{Attempt, Effect, Event, Focus, Millis, NoAnswer, Phase, Received, State, Success, Target};

/// Looking for a backup.
#[derive(Clone, PartialEq)]
pub struct Look {
    /// The request.
    pub attempt: Attempt,
    /// Why its backup has to be looked for.
    pub why: Why,
    /// Since when.
    pub since: Millis,
    /// How often the whole list was asked for.
    pub tries: u32,
    /// What was in the way the last time.
    pub obstacle: Option<Obstacle>,
    read: Vec<Backup>,
}

/// Why it isn't known whether the backup was made.
#[derive(Clone, Debug, PartialEq)]
pub enum Why {
    /// The connection failed or broke.
    Unreachable,
    /// The time limit was reached.
    TimedOut,
    /// The user cancelled.
    Cancelled,
    /// An answer that is neither a backup nor a refusal.
    Unclear(Failure),
    /// The name exists, perhaps since this very request.
    NameTaken(Failure),
    /// A refusal that the list contradicts.
    Contradicted(Failure),
}

impl Why {
    /// The answer that leaves it open, where there was one.
    pub fn failure(&self) -> Option<&Failure> {
        match self {
            Self::Unclear(failure) | Self::NameTaken(failure) | Self::Contradicted(failure) => Some(failure),
            Self::Unreachable | Self::TimedOut | Self::Cancelled => None,
        }
    }
}

/// What keeps the page from knowing.
#[derive(Clone, Debug, PartialEq)]
pub enum Obstacle {
    /// Nothing answers at the endpoint.
    Unreachable,
    /// Something answers there, and the browser keeps the answers from this page (CORS).
    OriginNotAllowed,
    /// The list is refused.
    Refused(Failure),
    /// A backup of that name exists, and when it began can't be compared with the click.
    Undated(Backup),
    /// The user stopped it.
    Stopped,
}

/// Milliseconds between two looks: at first a short time, then ever longer.
const SHORTEST_PAUSE: u32 = 1_000;
const LONGEST_PAUSE: u32 = 10_000;
/// How long the page goes on trying when the list can't be read, in milliseconds.
const LONGEST_LOOK: i64 = 15 * 60 * 1_000;
/// So often the list must fail while something answers at the endpoint before that is called CORS: once is an accident.
const PROOFS_OF_CORS: u32 = 2;

impl State {
    pub(super) fn submit(&mut self, now: Millis) -> Vec<Effect> {
        if self.is_busy() {
            return vec![];
        }
        self.form.prepare_to_send();
        if let Ok((connection, backup)) = self.form.judge(&self.backups) {
            self.form.give_token_to_endpoint();
            self.attempts += 1;
            let target = self.keyring.keep(connection);
            return self.send(Attempt { number: self.attempts, target, backup, at: now });
        }
        self.not_sent()
    }

    fn send(&mut self, attempt: Attempt) -> Vec<Effect> {
        self.form.hide_token();
        let call = Call::CreateBackup(attempt.backup.clone());
        let Some(fetch) = self.fetch(Purpose::Create, &attempt.target, call) else {
            // The token was forgotten meanwhile. What the page waits for can't be done without one.
            let mut effects = self.cancel(attempt.at);
            effects.push(Effect::Focus(Focus::Field(Field::Token)));
            return effects;
        };
        self.phase = Phase::Sending(attempt);
        vec![fetch, Effect::RevealAnswer]
    }

    pub(super) fn cancel(&mut self, now: Millis) -> Vec<Effect> {
        match self.phase.clone() {
            Phase::Sending(attempt) => {
                let mut effects = self.give_up(|purpose| *purpose == Purpose::Create);
                effects.extend(self.start_look(attempt, Why::Cancelled, now));
                effects
            }
            Phase::Looking(look) => {
                let mut effects =
                    self.give_up(|purpose| matches!(purpose, Purpose::LookUp | Purpose::LookAgain | Purpose::Probe));
                let obstacle = look.obstacle.unwrap_or(Obstacle::Stopped);
                effects.extend(self.conclude(Phase::Untold { attempt: look.attempt, why: look.why, obstacle }));
                effects
            }
            Phase::AwaitingInstance { attempt, failure, .. } => {
                self.phase = Phase::Refused { attempt, failure };
                self.give_up(|purpose| matches!(purpose, Purpose::Instance | Purpose::AskInstance))
            }
            _ => vec![],
        }
    }

    /// Asks again for what was asked for: the same name, so that no second backup can come of it.
    pub(super) fn try_again(&mut self) -> Vec<Effect> {
        let attempt = match &self.phase {
            Phase::Absent { attempt, .. } | Phase::Untold { attempt, .. } => attempt.clone(),
            Phase::Refused { attempt, failure } if failure.meaning.retry() == Retry::Later => attempt.clone(),
            _ => return vec![],
        };
        // A new token may have been typed for the same target; another target is another request.
        self.keep_token_for(&attempt.target);
        self.attempts += 1;
        // The moment of the first press stays: a backup that it has made is this request's.
        self.send(Attempt { number: self.attempts, ..attempt })
    }

    /// Keeps the token in the form if it is given for this target.
    pub(super) fn keep_token_for(&mut self, target: &Target) -> bool {
        let typed = self.form.connection().ok();
        let typed = typed.filter(|typed| typed.endpoint == target.endpoint && typed.project_id == target.project_id);
        typed.map(|connection| self.keyring.keep(connection)).is_some()
    }

    pub(super) fn create_answered(&mut self, result: Result<Received, NoAnswer>, now: Millis) -> Vec<Effect> {
        let Phase::Sending(attempt) = self.phase.clone() else { return vec![] };
        let Received { answer, json } = match result {
            Ok(received) => received,
            Err(reason @ (NoAnswer::NotSent | NoAnswer::Forbidden)) => {
                let told = self.conclude(Phase::Unsendable { attempt, is_forbidden: reason == NoAnswer::Forbidden });
                return told.into_iter().chain([Effect::RevealAnswer]).collect();
            }
            Err(NoAnswer::Unreachable) => return self.start_look(attempt, Why::Unreachable, now),
            Err(NoAnswer::TimedOut) => return self.start_look(attempt, Why::TimedOut, now),
            Err(NoAnswer::Cancelled) => return self.start_look(attempt, Why::Cancelled, now),
        };
        match understand(&answer, json.as_ref()) {
            Ok(backup) => {
                let mut effects = self.follow(&attempt, backup.clone(), answer.request_id.clone(), now);
                effects.extend(self.conclude(Phase::Accepted { attempt, backup, answer }));
                effects.push(Effect::RevealAnswer);
                effects
            }
            Err(failure) if failure.meaning == Meaning::NameTaken => {
                self.start_look(attempt, Why::NameTaken(failure), now)
            }
            Err(failure) if failure.outcome() == Outcome::MayExist => {
                self.start_look(attempt, Why::Unclear(failure), now)
            }
            Err(failure) => self.refused(attempt, failure),
        }
    }

    fn refused(&mut self, attempt: Attempt, failure: Failure) -> Vec<Effect> {
        self.form.refused = failure.meaning.field().map(|field| (field, failure.meaning));
        let is_token = failure.meaning == Meaning::TokenRejected;
        let confirm = self.confirm_refusal(&attempt);
        if is_token {
            self.tokens_are_typed();
        }
        let told = self.conclude(Phase::Refused { attempt, failure });
        let shown = if is_token { Effect::Focus(Focus::Field(Field::Token)) } else { Effect::RevealAnswer };
        [Some(shown), confirm, told].into_iter().flatten().collect()
    }

    /// Reads the list once after a refusal. What refuses may be a gateway that has passed the request on all the same, or
    /// the answer to a request that the browser sent a second time by itself.
    fn confirm_refusal(&mut self, attempt: &Attempt) -> Option<Effect> {
        let instance_id = attempt.backup.instance_id.as_str().to_owned();
        let call = Call::Backups { instance_id, backup_id: None, types: BackupTypes::All, offset: 0 };
        self.fetch(Purpose::Confirm(attempt.number), &attempt.target, call)
    }

    /// A refusal stands unless the list has the very backup; a list that can't be read says nothing against it.
    pub(super) fn refusal_confirmed(
        &mut self,
        number: u32,
        result: Result<Received, NoAnswer>,
        now: Millis,
    ) -> Vec<Effect> {
        let (Phase::Refused { attempt, failure } | Phase::AwaitingInstance { attempt, failure, .. }) = &self.phase
        else {
            return vec![];
        };
        let page = result.ok().and_then(|received| list::backups(&received.answer, received.json.as_ref()).ok());
        let Some(page) = page.filter(|_| attempt.number == number) else { return vec![] };
        match seek(&page.items, &sought(&attempt.backup, attempt.at), self.skew) {
            Finding::Own(backup) if !self.is_known_before(&backup, attempt) => {
                let (attempt, why) = (attempt.clone(), Why::Contradicted(failure.clone()));
                self.form.refused = None;
                let mut effects = self.give_up(|purpose| matches!(purpose, Purpose::Instance | Purpose::AskInstance));
                effects.extend(self.found_own(attempt, why, backup, now));
                effects
            }
            _ => vec![],
        }
    }

    fn start_look(&mut self, attempt: Attempt, why: Why, now: Millis) -> Vec<Effect> {
        self.phase = Phase::Looking(Look { attempt, why, since: now, tries: 0, obstacle: None, read: Vec::new() });
        let mut effects = self.look(now);
        effects.push(Effect::RevealAnswer);
        effects
    }

    /// Asks for the next page of the list.
    pub(super) fn look(&mut self, now: Millis) -> Vec<Effect> {
        let Phase::Looking(look) = &mut self.phase else { return vec![] };
        if look.read.is_empty() {
            look.tries += 1;
        }
        let instance_id = look.attempt.backup.instance_id.as_str().to_owned();
        let call = Call::Backups { instance_id, backup_id: None, types: BackupTypes::All, offset: look.read.len() };
        let target = look.attempt.target.clone();
        match self.fetch(Purpose::LookUp, &target, call) {
            Some(fetch) => vec![fetch],
            None => self.cancel(now),
        }
    }

    pub(super) fn look_up_answered(&mut self, result: Result<Received, NoAnswer>, now: Millis) -> Vec<Effect> {
        let Phase::Looking(look) = &mut self.phase else { return vec![] };
        let Ok(Received { answer, json }) = result else {
            look.read.clear();
            look.obstacle = Some(Obstacle::Unreachable);
            let endpoint = look.attempt.target.endpoint.clone();
            let may_be_cors = look.why == Why::Unreachable && !endpoint.is_same_origin();
            let mut effects = self.look_again_or_stop(now);
            if may_be_cors && matches!(self.phase, Phase::Looking(_)) {
                effects.extend(self.give_up(|purpose| *purpose == Purpose::Probe));
                effects.push(Effect::Probe(self.tickets.issue(Purpose::Probe), endpoint));
            }
            return effects;
        };
        match list::backups(&answer, json.as_ref()) {
            Ok(page) => {
                look.obstacle = None;
                let is_last = page.items.len() < PAGE;
                look.read.extend(page.items);
                let sought = sought(&look.attempt.backup, look.attempt.at);
                let finding = seek(&look.read, &sought, self.skew);
                if finding == Finding::Absent && !is_last {
                    // A list without an end tells nothing.
                    return if look.read.len() < MOST { self.look(now) } else { self.cancel(now) };
                }
                self.found(finding, now)
            }
            Err(failure) => {
                look.read.clear();
                let is_token = failure.meaning == Meaning::TokenRejected;
                look.obstacle = Some(Obstacle::Refused(failure.clone()));
                // Only a new token can tell, and the form takes one again.
                if is_token {
                    let mut effects = self.cancel(now);
                    effects.push(Effect::Focus(Focus::Field(Field::Token)));
                    return effects;
                }
                self.look_again_or_stop(now)
            }
        }
    }

    fn found(&mut self, finding: Finding, now: Millis) -> Vec<Effect> {
        let Phase::Looking(look) = self.phase.clone() else { return vec![] };
        let Look { attempt, why, since, .. } = look;
        match finding {
            Finding::Own(backup) | Finding::Earlier(backup) | Finding::Undated(backup)
                if self.is_known_before(&backup, &attempt) =>
            {
                self.collided(attempt, why, Some(backup))
            }
            Finding::Own(backup) => self.found_own(attempt, why, backup, now),
            Finding::Undated(backup) if self.knew_all_before(&attempt) => self.found_own(attempt, why, backup, now),
            Finding::Earlier(backup) => self.collided(attempt, why, Some(backup)),
            Finding::Undated(backup) => {
                let told = self.conclude(Phase::Untold { attempt, why, obstacle: Obstacle::Undated(backup) });
                told.into_iter().chain([Effect::RevealAnswer]).collect()
            }
            Finding::Absent if now.since(since) < i64::from(self.limits.settle) => self.look_later(),
            // The name is taken, and not by a backup of this instance.
            Finding::Absent if matches!(why, Why::NameTaken(_)) => self.collided(attempt, why, None),
            Finding::Absent => {
                let told = self.conclude(Phase::Absent { attempt, why });
                told.into_iter().chain([Effect::RevealAnswer]).collect()
            }
        }
    }

    /// Whether the whole list had been read before the press: it tells for sure. One that came in since may have this very
    /// backup.
    fn knew_all_before(&self, attempt: &Attempt) -> bool {
        self.backups.was_complete_at(attempt.backup.instance_id.as_str(), attempt.at)
    }

    fn is_known_before(&self, backup: &Backup, attempt: &Attempt) -> bool {
        self.knew_all_before(attempt) && self.backups.items.iter().any(|known| known.backup.id == backup.id)
            || self.followed.iter().any(|followed| followed.backup.id == backup.id)
    }

    fn found_own(&mut self, attempt: Attempt, why: Why, backup: Backup, now: Millis) -> Vec<Effect> {
        let mut effects = self.follow(&attempt, backup.clone(), None, now);
        effects.extend(self.conclude(Phase::Found { attempt, why, backup }));
        effects.push(Effect::RevealAnswer);
        effects
    }

    fn collided(&mut self, attempt: Attempt, why: Why, backup: Option<Backup>) -> Vec<Effect> {
        self.form.refused = Some((Field::Name, Meaning::NameTaken));
        let told = self.conclude(Phase::Collision { attempt, why, backup });
        told.into_iter().chain([Effect::RevealAnswer]).collect()
    }

    fn look_again_or_stop(&mut self, now: Millis) -> Vec<Effect> {
        let Phase::Looking(look) = &self.phase else { return vec![] };
        if now.since(look.since) > LONGEST_LOOK { self.cancel(now) } else { self.look_later() }
    }

    fn look_later(&mut self) -> Vec<Effect> {
        let Phase::Looking(look) = &mut self.phase else { return vec![] };
        look.read.clear();
        let pause = SHORTEST_PAUSE.saturating_mul(1 << look.tries.saturating_sub(1).min(8)).min(LONGEST_PAUSE);
        let pause = pause.min(self.limits.settle.max(100));
        vec![self.wait(Purpose::LookAgain, pause)]
    }

    /// Something answers where the list has just failed, and the browser keeps the answers from the page. Once is an
    /// accident; and what doesn't answer at all may come back.
    pub(super) fn probed(&mut self, reached: Success, now: Millis) -> Vec<Effect> {
        let Phase::Looking(look) = &mut self.phase else { return vec![] };
        let has_failed_since = look.obstacle == Some(Obstacle::Unreachable);
        if reached == Success::No || !has_failed_since || look.tries < PROOFS_OF_CORS {
            return vec![];
        }
        look.obstacle = Some(Obstacle::OriginNotAllowed);
        self.cancel(now)
    }

    pub(super) fn await_instance(&mut self, now: Millis) -> Vec<Effect> {
        let Phase::Refused { attempt, failure } = self.phase.clone() else { return vec![] };
        self.form.refused = None;
        self.phase = Phase::AwaitingInstance { attempt, failure, status: None };
        self.ask_instance(now)
    }

    pub(super) fn ask_instance(&mut self, now: Millis) -> Vec<Effect> {
        let Phase::AwaitingInstance { attempt, .. } = &self.phase else { return vec![] };
        let call = Call::Instance { id: attempt.backup.instance_id.as_str().to_owned() };
        let target = attempt.target.clone();
        match self.fetch(Purpose::Instance, &target, call) {
            Some(fetch) => vec![fetch],
            None => self.cancel(now),
        }
    }

    pub(super) fn instance_answered(&mut self, result: Result<Received, NoAnswer>, now: Millis) -> Vec<Effect> {
        let Phase::AwaitingInstance { attempt, status, .. } = &mut self.phase else { return vec![] };
        let page = result.ok().and_then(|received| list::instances(&received.answer, received.json.as_ref()).ok());
        let id = attempt.backup.instance_id.as_str();
        let instance = page.and_then(|page| page.items.into_iter().find(|instance| instance.id == id));
        if instance.as_ref().is_some_and(|instance| instance.unsuitable().is_none()) {
            let attempt = Attempt { number: self.attempts + 1, at: now, ..attempt.clone() };
            self.attempts += 1;
            return self.send(attempt);
        }
        *status = instance.map(|instance| instance.status);
        vec![self.wait(Purpose::AskInstance, self.limits.instance)]
    }

    /// Enters an end state, and what it means into the history.
    #[must_use]
    fn conclude(&mut self, phase: Phase) -> Option<Effect> {
        let ending = match &phase {
            Phase::Accepted { attempt, .. } | Phase::Found { attempt, .. } => Some((attempt, Ending::Created)),
            Phase::Refused { attempt, failure } => {
                Some((attempt, Ending::Refused { status: failure.status, code: failure.code.clone() }))
            }
            Phase::Unsendable { attempt, .. } => Some((attempt, Ending::NotSent)),
            Phase::Absent { attempt, .. } => Some((attempt, Ending::NotCreated)),
            Phase::Collision { attempt, .. } => Some((attempt, Ending::NameTaken)),
            Phase::Untold { attempt, .. } => Some((attempt, Ending::Unknown)),
            Phase::Idle | Phase::NotSent | Phase::Sending(_) | Phase::Looking(_) | Phase::AwaitingInstance { .. } => {
                None
            }
        };
        let told = ending.as_ref().filter(|(_, ending)| ending.is_refusal());
        let told = told.map(|(attempt, ending)| {
            Effect::Tell(Event::Refused { name: attempt.backup.name.as_str().to_owned(), ending: ending.clone() })
        });
        if let Some((attempt, ending)) = ending {
            let attempt = attempt.clone();
            self.enter(&attempt, ending);
        }
        self.phase = phase;
        told
    }
}

fn sought(backup: &CreateBackup, at: Millis) -> Sought {
    Sought { name: backup.name.as_str().to_owned(), asked: at.moment() }
}
