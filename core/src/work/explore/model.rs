//! The world around [`Work`]: the page's session, its open calls and waits, the user, the server.

use contract::backup::{Connection, CreateBackup};
use contract::call::{BackupTypes, Call};
use contract::failure::Failure;
use contract::rules::{databases, description, endpoint, instance_id, name, project_id, token};

use super::SETTLE;
use super::check;
use super::server::{BEGIN, By, INSTANCE, Made, SECOND_INSTANCE, Server};
use super::step::{Asked, Bounds, Condition, Listing, Sent, Step};
use crate::clock::Now;
use crate::clock::{Monotonic, UnixMillis};
use crate::cx::Cx;
use crate::effect::{Effect, PageEffect, WorkEffect};
use crate::language::Language;
use crate::preferences::Limits;
use crate::reply::{Failed, NoResponse, Received};
use crate::target::Target;
use crate::ticket::{CallPurpose, Purpose, Ticket};
use crate::visibility::Visibility;
use crate::work::action::WorkAction;
use crate::work::creation::Creation;
use crate::work::reading::Reading;
use crate::work::record::HostEvent;
use crate::work::stage::{Outcome, Stage};
use crate::work::state::Work;

/// What an open ticket waits for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Awaited {
    /// The answer to a POST, by life and attempt.
    Post(usize, usize),
    /// A list, or one backup.
    List {
        instance: &'static str,
        types: BackupTypes,
        one: Option<String>,
        offset: usize,
        /// Whether this continues a list of which another page was read before.
        goes_on: bool,
    },
    Instance(&'static str),
    Tasks,
    Probe,
    /// The end of a wait.
    Wait(Monotonic),
}

/// A call or a wait that is open.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Open {
    pub(super) ticket: Ticket,
    pub(super) what: Awaited,
    pub(super) asked: Monotonic,
    /// The number of the token that it was made with, as the press had it.
    pub(super) token: u32,
}

/// The truth about an attempt.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Try {
    /// When its press began.
    pub(super) pressed: Monotonic,
    /// When its connection ended; `None` while it is open.
    pub(super) ended: Option<Monotonic>,
    /// Whether it can't take effect any more, whatever the time.
    pub(super) is_dead: bool,
    /// The backup that it has created.
    pub(super) made: Option<usize>,
}

/// The truth about a press and everything that followed from it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Life {
    pub(super) asked: Asked,
    pub(super) pressed: Monotonic,
    pub(super) requested: UnixMillis,
    /// When its last press began, and when that press finished reading.
    pub(super) press: Monotonic,
    pub(super) last_press: Monotonic,
    pub(super) attempts: Vec<Try>,
    /// Backups whose ID was in an answer.
    pub(super) answered: Vec<usize>,
    /// Whether an answer contained a backup without an ID.
    pub(super) was_accepted: bool,
    /// When its last press began, by the computer's clock; if it begins anew, a reload uses this time.
    pub(super) press_requested: UnixMillis,
    /// How many more POSTs its last press may cause.
    pub(super) may_post: u8,
    /// What the host page was told last.
    pub(super) announced: &'static str,
    /// Whether the host page was told that the backup was created.
    pub(super) is_told_created: bool,
    /// Whether the host page was told that it has ended.
    pub(super) is_told_finished: bool,
    /// Until when the server has imposed a pause.
    pub(super) quiet_until: Monotonic,
}

/// The world.
#[derive(Clone)]
pub(super) struct World {
    pub(super) work: Work,
    pub(super) cx: Cx,
    pub(super) now: Monotonic,
    /// By how many milliseconds the computer's clock is wrong.
    pub(super) wall_error: i64,
    pub(super) server: Server,
    pub(super) open: Vec<Open>,
    pub(super) lives: Vec<Life>,
    /// Which creation shows which life.
    pub(super) keys: Vec<(u32, usize)>,
    /// What the tab has stored.
    pub(super) underway: String,
    /// The token in the form, by its number.
    pub(super) typed: Option<u32>,
    pub(super) tokens: u32,
    /// Which token is stored for calls, and whether it has been rejected since.
    pub(super) kept: Option<u32>,
    pub(super) is_rejected: bool,
    /// How often a token was stored that wasn't stored before, or was rejected.
    pub(super) vouched: u32,
    /// Backups that the page has seen in a list.
    pub(super) seen: Vec<usize>,
    pub(super) used: Bounds,
    /// The events of the step.
    pub(super) events: Vec<HostEvent>,
    /// The call that the step has answered, with the creation that it belongs to.
    pub(super) answered: Option<(u32, Open)>,
    /// Whether the step is a press, and how many POSTs it has sent.
    is_press: bool,
    posts: u8,
    /// What was under way before the step.
    under_way_before: Vec<u32>,
    /// The calls that the step has started.
    begun: Vec<Ticket>,
    /// What the page did wrong in the step.
    pub(super) fault: Option<String>,
}

fn target() -> Target {
    Target {
        endpoint: endpoint::endpoint("rds.eu-de.otc.t-systems.com").unwrap(),
        project_id: project_id::project_id("0123456789abcdef0123456789abcdef").unwrap(),
    }
}

/// What a press for both instances asks for.
const BOTH: [Asked; 2] = [Asked::Plain, Asked::OfSecond];

fn known_instance(id: &str) -> &'static str {
    [INSTANCE, SECOND_INSTANCE].into_iter().find(|known| *known == id).unwrap()
}

pub(super) fn request(asked: Asked) -> CreateBackup {
    let about = if asked == Asked::Described { "before the update" } else { "" };
    CreateBackup {
        instance_id: instance_id::instance_id(asked.instance()).unwrap(),
        name: name::backup_name(asked.name()).unwrap(),
        description: description::description(about).unwrap(),
        databases: databases::databases([]).unwrap(),
        backup_database_individually: false,
    }
}

impl World {
    pub(super) fn new() -> Self {
        Self {
            work: Work::default(),
            cx: Cx::new(Now::default(), Limits::default(), Language::English),
            now: Monotonic(0),
            wall_error: 0,
            server: Server::new(),
            open: Vec::new(),
            lives: Vec::new(),
            keys: Vec::new(),
            underway: String::new(),
            typed: Some(1),
            tokens: 1,
            kept: None,
            is_rejected: false,
            vouched: 0,
            seen: Vec::new(),
            used: Bounds::default(),
            events: Vec::new(),
            answered: None,
            is_press: false,
            posts: 0,
            under_way_before: Vec::new(),
            begun: Vec::new(),
            fault: None,
        }
    }

    /// The current time by the computer's clocks.
    pub(super) fn moment(&self) -> Now {
        Now { wall: UnixMillis(BEGIN + self.now.0 + self.wall_error), monotonic: self.now }
    }

    /// Whether both instances were pressed for at once.
    pub(super) fn is_about_two(&self) -> bool {
        self.work.creations.iter().any(|creation| creation.batch.is_some())
    }

    /// The life that a creation shows.
    pub(super) fn life_of(&self, key: u32) -> Option<usize> {
        self.keys.iter().find(|(known, _)| *known == key).map(|(_, life)| *life)
    }

    fn key(&self, place: usize) -> u32 {
        self.work.creations.get(place).map_or(0, |creation| creation.key)
    }

    /// Plays a step, and checks the result.
    pub(super) fn play(&mut self, step: Step) -> Result<(), String> {
        self.events.clear();
        self.begun.clear();
        self.answered = None;
        (self.is_press, self.posts, self.fault) = (false, 0, None);
        let under_way = self.work.creations.iter().filter(|creation| creation.is_under_way());
        self.under_way_before = under_way.map(|creation| creation.key).collect();
        self.presses_last();
        if let Step::LookAgain(place) | Step::Cancel(place) | Step::TryAgain(place) | Step::AwaitInstance(place) = step
            && let Some(life) = self.life_of(self.key(place))
        {
            // The user may ask at any time.
            self.lives[life].quiet_until = self.now;
        }
        let asked_for = |creation: &Creation| match step {
            Step::LookAtBothAgain => creation.wants_a_look(),
            Step::TryBothAgain => self.work.may_be_tried_again(creation),
            Step::CancelBoth => creation.may_be_cancelled(),
            _ => false,
        };
        for life in self.lives_that(asked_for) {
            self.lives[life].quiet_until = self.now;
        }
        let shown = self.take(step);
        self.name_new_lives(step);
        self.hold_to_quiet();
        if let Some(fault) = self.fault.take() {
            return Err(fault);
        }
        check::hold(self, &shown)?;
        self.spend_presses(step);
        Ok(())
    }

    /// A press lasts until its reading has ended.
    fn presses_last(&mut self) {
        for creation in &self.work.creations {
            let life = self.keys.iter().find(|(key, _)| *key == creation.key).map(|(_, life)| *life);
            if let (Stage::Reading(_), Some(life)) = (&creation.stage, life) {
                self.lives[life].last_press = self.now;
            }
        }
    }

    /// Carries out a step. Returns the backups that a list has shown.
    fn take(&mut self, step: Step) -> Vec<usize> {
        match step {
            Step::Dates(dates) => self.server.dates = dates,
            Step::ShortPages => self.server.shorten_pages(),
            Step::NoTotals => self.server.states_no_total = true,
            Step::Press(asked) => {
                self.used.presses += 1;
                self.press(WorkAction::Create(target(), request(asked)));
            }
            Step::OneAtATime => self.cx.limits.at_once = 1,
            Step::PressBoth | Step::TryBothAgain | Step::LookAtBothAgain | Step::CancelBoth => self.take_for_both(step),
            Step::TryAgain(place) => {
                self.used.presses += 1;
                self.press(WorkAction::TryAgain(self.key(place)));
            }
            Step::CreateAnyway(place) => {
                self.used.presses += 1;
                self.press(WorkAction::CreateAnyway(self.key(place)));
            }
            Step::AwaitInstance(place) => {
                self.used.presses += 1;
                self.press(WorkAction::AwaitInstance(self.key(place)));
            }
            Step::LookAgain(place) => {
                self.used.looks += 1;
                self.keep_typed();
                self.act(WorkAction::LookAgain(self.key(place)));
            }
            Step::Cancel(place) => {
                self.used.looks += 1;
                self.act(WorkAction::Cancel(self.key(place)));
            }
            Step::ShowBackups => {
                self.used.glances += 1;
                self.keep_typed();
                self.act(WorkAction::ShowBackups(target(), INSTANCE.to_owned()));
            }
            Step::NewToken => self.type_token(),
            Step::ForgetToken => {
                self.used.tokens += 1;
                (self.typed, self.kept, self.is_rejected) = (None, None, false);
                self.cx.session.credentials.clear();
                self.act(WorkAction::TokenForgotten);
            }
            Step::SwitchTabs => {
                self.used.glances += 1;
                self.act(WorkAction::VisibilityChanged(Visibility::Hidden));
                self.act(WorkAction::VisibilityChanged(Visibility::Shown));
            }
            Step::Reload => self.reload(),
            Step::Commit(life) => self.commit(life),
            Step::Post(place, sent) => self.answer_post(place, sent),
            Step::List(place, listing) => return self.answer_list(place, listing),
            Step::Instance(place, condition) => self.answer_instance(place, condition),
            Step::Tasks => {
                let answer = self.server.answer_tasks(self.now);
                if let Some(open) = self.take_open(0, |what| *what == Awaited::Tasks) {
                    self.act(WorkAction::Replied(open.ticket, Ok(answer)));
                }
            }
            Step::Probe(reached) => {
                if let Some(open) = self.take_open(0, |what| *what == Awaited::Probe) {
                    let success = reached.then_some(()).ok_or(Failed);
                    self.act(WorkAction::Probed(open.ticket, success));
                }
            }
            Step::Next => self.next_wait(),
            Step::Pass(span) => {
                self.used.sleeps += 1;
                self.now.0 += span.milliseconds();
            }
            Step::SetClock(seconds) => {
                self.used.clocks += 1;
                self.wall_error += seconds * 1_000;
            }
            Step::Another(other) => {
                self.used.others += 1;
                self.server.make(INSTANCE, "nightly", By::Another(other), self.now);
            }
            Step::OfAnotherName => {
                self.used.others += 1;
                let made = self.server.make(INSTANCE, "unrelated", By::Nobody, self.now);
                self.server.made[made].visible = Some(self.now);
            }
            Step::Complete(place) => self.end_backup(place, "COMPLETED"),
            Step::Fail(place) => self.end_backup(place, "FAILED"),
            Step::Delete(place) => {
                self.used.ends += 1;
                self.server.made[place].is_deleted = true;
            }
        }
        Vec::new()
    }

    fn take_for_both(&mut self, step: Step) {
        match step {
            Step::PressBoth => {
                self.used.presses += 1;
                self.press(WorkAction::CreateSeveral(target(), BOTH.map(request).to_vec()));
            }
            Step::TryBothAgain => {
                self.used.presses += 1;
                self.press(WorkAction::TryBatchAgain(self.key(0)));
            }
            Step::LookAtBothAgain => {
                self.used.looks += 1;
                self.keep_typed();
                self.act(WorkAction::LookAgainAtBatch(self.key(0)));
            }
            Step::CancelBoth => {
                self.used.looks += 1;
                self.act(WorkAction::CancelBatch(self.key(0)));
            }
            _ => {}
        }
    }

    fn end_backup(&mut self, place: usize, status: &'static str) {
        self.used.ends += 1;
        self.server.made[place].status = status;
    }

    /// A press that may send.
    fn press(&mut self, action: WorkAction) {
        self.is_press = true;
        self.keep_typed();
        self.act(action);
    }

    /// A press uses the token in the form.
    fn keep_typed(&mut self) {
        let Some(number) = self.typed else { return };
        let Target { endpoint, project_id } = target();
        let token = token::token(&format!("MIIabcdefgh{number}")).unwrap();
        self.cx.session.credentials.keep(Connection { endpoint, project_id, token });
        // A press vouches for a token that was rejected before.
        self.vouched += u32::from(self.is_rejected || self.kept != Some(number));
        (self.kept, self.is_rejected) = (Some(number), false);
    }

    fn type_token(&mut self) {
        self.used.tokens += 1;
        self.tokens += 1;
        self.typed = Some(self.tokens);
        if self.work.creations.iter().any(Creation::awaits_token) {
            self.keep_typed();
            self.act(WorkAction::TokenGiven(target()));
        }
    }

    fn next_wait(&mut self) {
        let due = |open: &Open| match open.what {
            Awaited::Wait(due) => Some(due),
            _ => None,
        };
        let Some(next) = self.open.iter().filter_map(due).min() else { return };
        let Some(place) = self.open.iter().position(|open| due(open) == Some(next)) else { return };
        let open = self.open.remove(place);
        self.now = self.now.max(next);
        self.act(WorkAction::Waited(open.ticket));
    }

    /// The page is reloaded: its connections end, and its state is lost except for what the tab has stored.
    fn reload(&mut self) {
        self.used.reloads += 1;
        for open in std::mem::take(&mut self.open) {
            self.connection_ended(&open);
        }
        (self.typed, self.kept, self.is_rejected) = (None, None, false);
        self.cx = Cx::new(self.cx.now, self.cx.limits, Language::English);
        let before: Vec<(usize, bool)> =
            self.work.creations.iter().filter_map(|creation| self.must_be_kept(creation)).collect();
        // A press from before the reload sends nothing any more.
        self.lives.iter_mut().for_each(|life| life.may_post = 0);
        let awaiting: Vec<usize> = self.lives_that(|creation| matches!(creation.stage, Stage::AwaitingInstance(_)));
        self.work = Work::default();
        self.keys.clear();
        let underway = self.underway.clone();
        self.act(WorkAction::Restored(underway));
        self.recognise();
        for (life, _) in before {
            if !self.keys.iter().any(|(_, known)| *known == life) {
                self.fault = Some(format!("the reload has forgotten life {life}"));
            }
        }
        let awaited = self.lives_that(Creation::may_await_instance);
        if awaiting.iter().any(|life| !awaited.contains(life)) {
            self.fault = Some("the reload has forgotten that the instance was awaited".into());
        }
    }

    /// The lives whose view satisfies a condition.
    fn lives_that(&self, are: impl Fn(&Creation) -> bool) -> Vec<usize> {
        let creations = self.work.creations.iter().filter(|creation| are(creation));
        creations.filter_map(|creation| self.life_of(creation.key)).collect()
    }

    /// What a reload must not forget.
    fn must_be_kept(&self, creation: &Creation) -> Option<(usize, bool)> {
        let life = self.life_of(creation.key)?;
        let is_kept = match &creation.stage {
            Stage::Sending | Stage::Reconciling(_) | Stage::AwaitingInstance(_) | Stage::Building(_) => true,
            Stage::Queued(_) | Stage::Reading(_) => !creation.attempts.is_empty(),
            Stage::Ended(outcome) => matches!(outcome, Outcome::Unknown(_)),
        };
        is_kept.then_some((life, true))
    }

    /// Assigns the creations that a reload has restored to their lives.
    fn recognise(&mut self) {
        for place in (0..self.work.creations.len()).rev() {
            let creation = &self.work.creations[place];
            let fits = |life: &Life| {
                creation.request == Some(request(life.asked))
                    && [life.requested, life.press_requested].map(Some).contains(&creation.requested)
            };
            let free = |life: usize| !self.keys.iter().any(|(_, known)| *known == life);
            let found = (0..self.lives.len()).rev().find(|life| free(*life) && fits(&self.lives[*life]));
            match found {
                Some(life) => self.keys.push((creation.key, life)),
                None => self.fault = Some("the reload has brought what was never asked for".into()),
            }
        }
    }

    fn name_new_lives(&mut self, step: Step) {
        let asked: &[Asked] = match &step {
            Step::Press(asked) => std::slice::from_ref(asked),
            Step::PressBoth => &BOTH,
            _ => return,
        };
        for asked in asked {
            let is_new = |creation: &&Creation| {
                creation.request.as_ref() == Some(&request(*asked)) && self.life_of(creation.key).is_none()
            };
            if let Some(key) = self.work.creations.iter().find(is_new).map(|creation| creation.key) {
                self.begin_life(key, *asked);
            }
        }
    }

    fn begin_life(&mut self, key: u32, asked: Asked) -> usize {
        self.lives.push(Life {
            asked,
            pressed: self.now,
            requested: self.moment().wall,
            press: self.now,
            last_press: self.now,
            press_requested: self.moment().wall,
            attempts: Vec::new(),
            answered: Vec::new(),
            was_accepted: false,
            may_post: 0,
            announced: "",
            is_told_created: false,
            is_told_finished: false,
            quiet_until: self.now,
        });
        self.keys.push((key, self.lives.len() - 1));
        self.lives.len() - 1
    }

    /// A press leads to a POST at once, or waits for a reading or for the instance; then it is used up.
    fn spend_presses(&mut self, step: Step) {
        let both: Vec<u32> = match step {
            Step::PressBoth | Step::TryBothAgain => self.begun_by_press(),
            _ => Vec::new(),
        };
        let pressed = match step {
            Step::Press(_) => self.work.latest,
            Step::TryAgain(place) | Step::CreateAnyway(place) | Step::AwaitInstance(place) => Some(self.key(place)),
            _ => None,
        };
        for place in 0..self.work.creations.len() {
            let creation = &self.work.creations[place];
            let Some(life) = self.life_of(creation.key) else { continue };
            if let Some(requested) = creation.requested.filter(|requested| *requested != self.lives[life].requested) {
                // It begins anew: nothing was sent before, or all that was sent is known to have created nothing.
                let truth = &self.lives[life];
                let has_settled = |ended: Monotonic| self.now.since(ended) >= SETTLE;
                let is_over = |attempt: &Try| attempt.is_dead || attempt.ended.is_some_and(has_settled);
                let are_over = truth.attempts.iter().rev().skip(self.posts.into()).all(is_over);
                if !are_over || self.made_by(life).next().is_some() {
                    self.fault = Some("it forgets its first press, of which something may come".into());
                }
                let is_pressed = pressed == Some(creation.key) || both.contains(&creation.key);
                let begin = if is_pressed { self.now } else { truth.press };
                (self.lives[life].pressed, self.lives[life].requested) = (begin, requested);
            }
            let may_send = matches!(creation.stage, Stage::Queued(_) | Stage::Reading(_) | Stage::AwaitingInstance(_));
            let is_of_both = both.contains(&creation.key);
            if pressed == Some(creation.key) || is_of_both {
                (self.lives[life].press, self.lives[life].last_press) = (self.now, self.now);
                self.lives[life].press_requested = self.moment().wall;
            }
            let is_pressed = pressed == Some(creation.key) && self.posts == 0 || is_of_both;
            let may_post = if is_pressed { 1 } else { self.lives[life].may_post };
            self.lives[life].may_post = if may_send { may_post } else { 0 };
        }
    }

    /// The creations that a press for both has begun, or begun again.
    fn begun_by_press(&self) -> Vec<u32> {
        let is_begun = |creation: &&Creation| {
            matches!(creation.stage, Stage::Queued(_) | Stage::Reading(_) | Stage::Sending)
                && !self.under_way_before.contains(&creation.key)
        };
        self.work.creations.iter().filter(is_begun).map(|creation| creation.key).collect()
    }

    // Actions of the page.

    pub(super) fn act(&mut self, action: WorkAction) {
        self.cx.now = self.moment();
        self.cx.pressed_at = self.cx.now;
        self.work.update(action, &mut self.cx);
        self.cx.take_follow_ups();
        for effect in self.cx.take_effects() {
            self.carry_out(effect);
        }
    }

    fn carry_out(&mut self, effect: Effect) {
        match effect {
            Effect::Work(WorkEffect::Fetch { ticket, connection, call, .. }) => self.fetch(ticket, &connection, call),
            Effect::Page(PageEffect::Wait(ticket, milliseconds)) => {
                if milliseconds > 10 * 60_000 {
                    self.fault = Some(format!("it waits for {milliseconds} ms"));
                }
                let due = Monotonic(self.now.0 + i64::from(milliseconds));
                self.opened(ticket, Awaited::Wait(due), 0);
            }
            Effect::Work(WorkEffect::Probe { ticket, .. }) => self.opened(ticket, Awaited::Probe, 0),
            Effect::Page(PageEffect::Abort(ticket)) => {
                if let Some(place) = self.open.iter().position(|open| open.ticket == ticket) {
                    let open = self.open.remove(place);
                    self.connection_ended(&open);
                }
            }
            Effect::Page(PageEffect::PersistUnderway(underway)) => self.underway = underway,
            Effect::Page(PageEffect::Notify(event)) => self.events.push(*event),
            Effect::Work(
                WorkEffect::AskForNotifications
                | WorkEffect::ShowNotification(..)
                | WorkEffect::Save(..)
                | WorkEffect::Copy(..)
                | WorkEffect::CopyReceipt(_)
                | WorkEffect::SaveReceipt(_)
                | WorkEffect::CopyBatchReceipt(..)
                | WorkEffect::SaveBatchReceipt(_)
                | WorkEffect::Print,
            )
            | Effect::Page(
                PageEffect::Focus(_)
                | PageEffect::RevealAnswer
                | PageEffect::SetLanguage(_)
                | PageEffect::SetTheme(_)
                | PageEffect::PersistDraft(_)
                | PageEffect::SetAddress(_)
                | PageEffect::AskForToken(..),
            )
            | Effect::LoadLater
            | Effect::ChooseLanguage(_)
            | Effect::Later(_) => {}
        }
    }

    fn opened(&mut self, ticket: Ticket, what: Awaited, token: u32) {
        self.open.push(Open { ticket, what, asked: self.now, token });
    }

    fn fetch(&mut self, ticket: Ticket, connection: &Connection, call: Call) {
        let kept = self.kept.map(|number| format!("MIIabcdefgh{number}"));
        if kept.as_deref() != Some(connection.token.expose()) {
            self.fault = Some("a call has another token than the one that was given".into());
        } else if self.is_rejected {
            self.fault = Some("a rejected token is sent without a press".into());
        }
        let token = self.vouched;
        let what = match call {
            Call::CreateBackup(_) => return self.posted(ticket, token),
            Call::Backups { instance_id, types, backup_id, offset } => {
                let instance = known_instance(&instance_id);
                let is_it = |reading: &Reading| {
                    self.cx.tickets.find(ticket) == Some(Purpose::Call(CallPurpose::Page(reading.id)))
                };
                let reading = self.work.readings.iter().find(|reading| is_it(reading));
                let goes_on = reading.is_some_and(|reading| reading.reader.pages() > 0);
                Awaited::List { instance, types, one: backup_id, offset, goes_on }
            }
            Call::Instance { id } => Awaited::Instance(known_instance(&id)),
            Call::Tasks { .. } => return self.opened(ticket, Awaited::Tasks, token),
            Call::Instances { .. } | Call::Databases { .. } => return,
        };
        self.begun.push(ticket);
        self.opened(ticket, what, token);
    }

    /// The life that makes a request, by the ticket's purpose.
    fn asks(&self, ticket: Ticket) -> Option<usize> {
        let key = check::key_of(&self.work, self.cx.tickets.find(ticket)?)?;
        self.life_of(key)
    }

    fn hold_to_quiet(&mut self) {
        let is_early = |ticket: &Ticket| self.asks(*ticket).is_some_and(|life| self.now < self.lives[life].quiet_until);
        if !self.is_press && self.begun.iter().any(is_early) {
            self.fault = Some("it asks before the server wants to hear it".into());
        }
    }

    fn posted(&mut self, ticket: Ticket, token: u32) {
        let Some(key) = self.cx.tickets.find(ticket).and_then(|purpose| check::key_of(&self.work, purpose)) else {
            return;
        };
        self.posts += 1;
        self.used.posts += 1;
        let asked = self.work.creation(key).and_then(|creation| creation.request.clone());
        let life = self.life_of(key).unwrap_or_else(|| {
            let known = [Asked::Plain, Asked::Described, Asked::OtherName, Asked::OfSecond];
            let asked = known.into_iter().find(|known| Some(request(*known)) == asked).unwrap();
            self.begin_life(key, asked)
        });
        // A press for both may send for both at once.
        if self.is_press && (self.lives[life].press != self.now || self.posts == 1) {
            self.lives[life].may_post = 1;
        }
        if self.lives[life].may_post == 0 {
            self.fault = Some("a POST without a press of its own".into());
        }
        self.lives[life].may_post = 0;
        if self.lives[life].attempts.iter().any(|attempt| attempt.ended.is_none()) {
            self.fault = Some("two POSTs of one life at once".into());
        }
        let asked = self.lives[life].asked;
        let kept = format!("&instance_id={}&name={}&", asked.instance(), asked.name());
        if !self.underway.contains(&kept) {
            self.fault = Some("a POST goes out, and a reload would forget it".into());
        }
        let pressed = if self.is_press { self.now } else { self.lives[life].press };
        self.lives[life].attempts.push(Try { pressed, ended: None, is_dead: false, made: None });
        let attempt = self.lives[life].attempts.len() - 1;
        self.opened(ticket, Awaited::Post(life, attempt), token);
    }

    // Actions of the server.

    fn connection_ended(&mut self, open: &Open) {
        let Awaited::Post(life, attempt) = open.what else { return };
        let attempt = &mut self.lives[life].attempts[attempt];
        attempt.ended = Some(self.now);
        if let Some(made) = attempt.made {
            self.server.made[made].visible = Some(Monotonic(self.now.0 + SETTLE));
        }
    }

    /// The attempt of a life that the server may still carry out: the newest one.
    pub(super) fn pending(&self, life: usize) -> Option<usize> {
        let is_pending = |attempt: &Try| {
            let in_time = attempt.ended.is_none_or(|ended| self.now.since(ended) < SETTLE);
            attempt.made.is_none() && !attempt.is_dead && in_time
        };
        self.lives[life].attempts.iter().rposition(is_pending)
    }

    fn commit(&mut self, life: usize) {
        let Some(attempt) = self.pending(life) else { return };
        let asked = self.lives[life].asked;
        if self.server.has_name(asked.instance(), asked.name()) {
            return;
        }
        let made = self.server.make(asked.instance(), asked.name(), By::Life(life), self.now);
        let attempt = &mut self.lives[life].attempts[attempt];
        attempt.made = Some(made);
        self.server.made[made].visible = attempt.ended.map(|ended| Monotonic(ended.0 + SETTLE));
    }

    fn take_open(&mut self, place: usize, is_meant: impl Fn(&Awaited) -> bool) -> Option<Open> {
        let meant = |open: &&Open| is_meant(&open.what);
        let ticket = self.open.iter().filter(meant).nth(place)?.ticket;
        let place = self.open.iter().position(|open| open.ticket == ticket)?;
        Some(self.open.remove(place))
    }

    fn answer_post(&mut self, place: usize, sent: Sent) {
        let Some(open) = self.take_open(place, |what| matches!(what, Awaited::Post(..))) else { return };
        let Awaited::Post(life, attempt) = open.what else { return };
        if matches!(sent, Sent::Responded | Sent::AnsweredWithoutId)
            && self.lives[life].attempts[attempt].made.is_none()
        {
            self.commit(life);
        }
        self.connection_ended(&open);
        let made = self.lives[life].attempts[attempt].made;
        let settles =
            matches!(sent, Sent::NameRefused | Sent::TokenRejected | Sent::InvalidRequest | Sent::PolicyForbids);
        self.lives[life].attempts[attempt].is_dead |= settles;
        match sent {
            Sent::Responded => self.lives[life].answered.extend(made),
            Sent::AnsweredWithoutId => self.lives[life].was_accepted = true,
            _ => {}
        }
        let answer = self.server.answer_post(sent, made, self.now);
        self.note_rejection(&answer, &open);
        self.act(WorkAction::Replied(open.ticket, answer));
    }

    /// Records that the API has rejected the stored token.
    fn note_rejection(&mut self, answer: &Result<Received, NoResponse>, open: &Open) {
        let Ok(received) = answer else { return };
        let is_rejected = Failure::read(&received.response, received.json.as_ref()).error_kind.rejects_token();
        self.is_rejected |= is_rejected && self.vouched == open.token;
    }

    fn note_answer(&mut self, open: &Open) {
        let key = self.cx.tickets.find(open.ticket).and_then(|purpose| check::key_of(&self.work, purpose));
        self.answered = key.map(|key| (key, open.clone()));
    }

    fn answer_list(&mut self, place: usize, listing: Listing) -> Vec<usize> {
        let Some(open) = self.take_open(place, |what| matches!(what, Awaited::List { .. })) else { return vec![] };
        let Awaited::List { instance, types, one, offset, .. } = &open.what else { return vec![] };
        let listed = self.server.listed(instance, *types, one.as_deref(), listing, open.asked);
        let (answer, shown) = self.server.answer_list(listing, &listed, *offset, "nightly", self.now);
        self.note_rejection(&answer, &open);
        self.note_quiet(listing, &open);
        self.note_answer(&open);
        if answer.as_ref().is_ok_and(|received| received.response.status == 200) {
            // The server answers again.
            for life in &mut self.lives {
                life.quiet_until = self.now;
            }
        }
        if !matches!(listing, Listing::Honest | Listing::Lagging) {
            self.used.faults += 1;
        }
        for made in &shown {
            if !self.seen.contains(made) {
                self.seen.push(*made);
            }
        }
        self.act(WorkAction::Replied(open.ticket, answer));
        shown
    }

    fn note_quiet(&mut self, listing: Listing, open: &Open) {
        let quiet = match listing {
            Listing::Throttled => 30_000,
            Listing::ThrottledForLong => 10 * 60_000,
            _ => return,
        };
        let key = self.cx.tickets.find(open.ticket).and_then(|purpose| check::key_of(&self.work, purpose));
        let creation = key.and_then(|key| self.work.creation(key));
        // A press continues without its list.
        if creation.is_some_and(|creation| matches!(creation.stage, Stage::Reading(_))) {
            return;
        }
        if let Some(life) = self.asks(open.ticket) {
            self.lives[life].quiet_until = Monotonic(self.now.0 + quiet);
        }
    }

    fn answer_instance(&mut self, place: usize, condition: Condition) {
        let Some(open) = self.take_open(place, |what| matches!(what, Awaited::Instance(_))) else { return };
        let Awaited::Instance(id) = open.what else { return };
        let answer = match condition {
            Condition::Ready => Ok(self.server.answer_instance(id, "ACTIVE", self.now)),
            Condition::BackingUp => Ok(self.server.answer_instance(id, "BACKING UP", self.now)),
            Condition::Unanswered => self.server.refuse(Listing::Unanswered, self.now),
            Condition::Forbidden => self.server.refuse(Listing::Forbidden, self.now),
            Condition::Unavailable => self.server.refuse(Listing::Unavailable, self.now),
            Condition::WebServerLogin => self.server.refuse(Listing::WebServerLogin, self.now),
            Condition::TokenRejected => self.server.refuse(Listing::TokenRejected, self.now),
        };
        if !matches!(condition, Condition::Ready | Condition::BackingUp) {
            self.used.faults += 1;
        }
        self.note_answer(&open);
        self.note_rejection(&answer, &open);
        self.act(WorkAction::Replied(open.ticket, answer));
    }

    /// The existing backups of a life.
    pub(super) fn made_by(&self, life: usize) -> impl Iterator<Item = (usize, &Made)> {
        let is_own = move |(_, made): &(usize, &Made)| made.by == By::Life(life) && !made.is_deleted;
        self.server.made.iter().enumerate().filter(is_own)
    }
}
