//! What the page does about requests and all that comes of them. Nobody needs it before something is to be sent, and it
//! comes as a part of its own while the form is filled in: what is pressed before it is here is held until it is.

use std::mem::discriminant;

use contract::answer::{Answer, Body};
use contract::backup::Backup;
use contract::call::Call;
use contract::command;
use contract::request::Request;
use contract::rules::{Field, Violation};

use super::link::Link;
use super::ticket::{Purpose, Ticket};
use super::{
    Action, Copied, Effect, Focus, Followed, Millis, NoAnswer, Phase, Preview, Received, Repeat, Shown, State, Success,
    Target,
};

/// Acts on what has to do with requests: [`State::act_on_requests`], or [`State::hold`] until that is here.
pub type Act = fn(&mut State, Action, Millis) -> Vec<Effect>;

/// Whether the part of the program is here that has to do with requests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Part {
    /// Nobody has asked for it.
    #[default]
    Away,
    /// It is on its way.
    Underway,
    /// It couldn't be had; nothing has needed it yet.
    Late,
    /// It couldn't be had, and something that was pressed has come to nothing.
    Missing,
    /// It is here.
    Here,
}

impl State {
    /// Whether `Create backup` was pressed, and waits for the part that sends.
    pub(super) fn holds_a_submission(&self) -> bool {
        self.held.iter().any(|held| matches!(held, Action::SubmitPressed))
    }

    /// Whether something that was pressed waits for the part that can do it.
    pub fn holds_something(&self) -> bool {
        !self.held.is_empty()
    }

    /// Asks for the part as soon as the user does anything: it is here before it is needed.
    pub(super) fn load_part_in_advance(&mut self) -> Option<Effect> {
        (self.part == Part::Away).then(|| {
            self.part = Part::Underway;
            Effect::LoadPart
        })
    }

    /// Keeps an action until the part is here that acts on it.
    pub fn hold(&mut self, action: Action, _: Millis) -> Vec<Effect> {
        // A press that is repeated from impatience is one press.
        self.held.retain(|held| discriminant(held) != discriminant(&action));
        self.held.push(action);
        if self.part == Part::Underway {
            return vec![];
        }
        self.part = Part::Underway;
        vec![Effect::LoadPart]
    }

    /// Does what was held, or says that it can't.
    pub(super) fn part_loaded(&mut self, success: Success, now: Millis, act_on_requests: Act) -> Vec<Effect> {
        let held = std::mem::take(&mut self.held);
        if success == Success::No {
            self.part = if held.is_empty() { Part::Late } else { Part::Missing };
            return if held.is_empty() { vec![] } else { vec![Effect::RevealAnswer] };
        }
        self.part = Part::Here;
        held.into_iter().flat_map(|action| act_on_requests(self, action, now)).collect()
    }

    /// Acts on what has to do with requests.
    pub fn act_on_requests(&mut self, action: Action, now: Millis) -> Vec<Effect> {
        // A press that uses the token in the form says that it is complete: what waits for one goes on, too.
        let uses_token = Self::pressed(&action).is_some();
        let mut effects = self.act_on_request(action, now);
        if uses_token {
            effects.extend(self.token_edited());
        }
        effects
    }

    fn act_on_request(&mut self, action: Action, now: Millis) -> Vec<Effect> {
        // The form stays as it was sent while a request is under way, and asks for nothing then.
        let pressed = Self::pressed(&action).filter(|_| !self.is_busy());
        if let Some(effects) = pressed.and_then(|pressed| self.ask_for_token(pressed)) {
            return effects;
        }
        match action {
            Action::SubmitPressed => self.submit(now),
            Action::CancelPressed => self.cancel(now),
            Action::TryAgainPressed => self.try_again(),
            Action::AwaitInstancePressed => self.await_instance(now),
            Action::Answered { ticket, result } => self.answered(ticket, result, now),
            Action::Probed(ticket, reached) => match self.tickets.take(ticket) {
                Some(Purpose::Probe) => self.probed(reached, now),
                _ => vec![],
            },
            Action::Waited(ticket) => self.waited(ticket, now),
            Action::VisibilityChanged(visibility) => self.visibility_changed(visibility),
            Action::Watched(instance_id, backup_id) => self.watch(&instance_id, &backup_id, now),
            Action::TokenGiven => self.token_edited(),
            Action::CopyPressed(Copied::Receipt(key)) => {
                self.followed_as(key).map(|followed| Effect::CopyReceipt(followed.clone())).into_iter().collect()
            }
            Action::ReceiptPressed(key) => {
                self.followed_as(key).map(|followed| Effect::SaveReceipt(followed.clone())).into_iter().collect()
            }
            Action::PrintPressed => vec![Effect::Print],
            Action::CopyPressed(what) => self.text_of(what).map(|text| Effect::Copy(what, text)).into_iter().collect(),
            Action::CopyEnded(what, success) => self.quietly(|page| page.copied = Some((what, success))),
            Action::RequestPressed => self.quietly(|page| page.request_is_shown = !page.request_is_shown),
            Action::TokenSupplied(ticket, token) => self.token_supplied(ticket, token, now),
            Action::NotifyPressed => vec![Effect::AskForNotifications],
            Action::NotificationsAnswered(success) => self.quietly(|page| page.notifies = success == Success::Yes),
            Action::ExportPressed(format) => vec![Effect::Save(format, self.rows())],
            Action::InstanceSearched(text) => self.quietly(|page| page.instances.search = text),
            Action::BackupsArranged(arrangement) => self.quietly(|page| page.backups.arrange(arrangement)),
            Action::RepeatPressed(repeat) => self.repeat(repeat, now),
            Action::DatabaseTicked(name) => self.quietly(|page| page.form.tick_database(&name)),
            Action::SuggestNamePressed => self.suggest_name(now),
            Action::LoadInstancesPressed => self.load_instances(),
            Action::InstanceChosen(id) => self.choose_instance(&id),
            Action::ShowBackupsPressed => self.show_backups(),
            // The form's own affairs.
            _ => vec![],
        }
    }

    fn answered(&mut self, ticket: Ticket, result: Result<Received, NoAnswer>, now: Millis) -> Vec<Effect> {
        // An answer that nobody waits for any more is late.
        let Some(purpose) = self.tickets.take(ticket) else { return vec![] };
        if let Ok(Received { answer: Answer { date: Some(date), .. }, .. }) = &result {
            self.skew = Some(date.0 - now.moment().0);
        }
        match purpose {
            Purpose::Create => self.create_answered(result, now),
            Purpose::Confirm(number) => self.refusal_confirmed(number, result, now),
            Purpose::LookUp => self.look_up_answered(result, now),
            Purpose::Instance => self.instance_answered(result, now),
            Purpose::Poll(key) => self.poll_answered(key, result, now),
            Purpose::Earlier(key) => self.earlier_answered(key, result),
            Purpose::Reason(key) => self.reason_answered(key, result),
            Purpose::Instances => self.instances_answered(result),
            Purpose::Backups => self.backups_answered(result, now),
            Purpose::Databases => self.databases_answered(result),
            Purpose::Probe
            | Purpose::LookAgain
            | Purpose::PollAgain(_)
            | Purpose::AskInstance
            | Purpose::Idleness
            | Purpose::Token(_) => vec![],
        }
    }

    fn waited(&mut self, ticket: Ticket, now: Millis) -> Vec<Effect> {
        match self.tickets.take(ticket) {
            Some(Purpose::LookAgain) => self.look(now),
            Some(Purpose::PollAgain(key)) => self.poll(key),
            Some(Purpose::AskInstance) => self.ask_instance(now),
            _ => vec![],
        }
    }

    /// Makes a call to a target; nothing when its token was forgotten.
    pub(super) fn fetch(&mut self, purpose: Purpose, target: &Target, call: Call) -> Option<Effect> {
        let connection = self.keyring.connect(target)?;
        let ticket = self.tickets.issue(purpose);
        Some(Effect::Fetch { ticket, connection, call, language: self.language, time_limit: self.limits.answer })
    }

    /// The target as typed, its token kept.
    ///
    /// # Errors
    /// The faults of the fields are shown, and the first of them is to take the focus.
    pub(super) fn target(&mut self) -> Result<Target, Vec<Effect>> {
        self.form.attend_connection();
        match self.form.connection() {
            Ok(connection) => {
                self.form.give_token_to_endpoint();
                Ok(self.keyring.keep(connection))
            }
            Err(fault) => Err(vec![Effect::Focus(Focus::Field(fault))]),
        }
    }

    pub(super) fn text_of(&self, what: Copied) -> Option<String> {
        let body = match &self.phase {
            Phase::Accepted { answer, .. } => Some(&answer.body),
            Phase::Refused { failure, .. } => Some(&failure.body),
            _ => None,
        };
        match what {
            Copied::BackupId => self.shown_backup()?.id.clone(),
            Copied::ListedId(index) => self.backups.arranged.get(index)?.id.clone(),
            Copied::FormLink => Some(self.link_to(&Link::to_form(&self.form))),
            Copied::WatchLink(key) => self.followed_as(key)?.link().map(|link| self.link_to(&link)),
            Copied::Request(shown) => {
                let preview = self.preview().ok()?;
                match shown {
                    Shown::Http => Some(preview.http),
                    Shown::Curl => Some(preview.curl),
                    Shown::OpenStack => preview.openstack,
                }
            }
            // A receipt is worded where sentences are.
            Copied::Receipt(_) => None,
            Copied::Answer => match body? {
                Body::Text(text) => Some(text.clone()),
                Body::Unreadable | Body::TooLong => None,
            },
        }
    }

    /// The request that `Create backup` would send.
    ///
    /// # Errors
    /// What keeps it from being sent, in the order of the form.
    pub fn preview(&self) -> Result<Preview, Vec<(Field, Violation)>> {
        let (endpoint, project_id, backup) = self.form.request(&self.backups)?;
        let openstack = command::openstack(&backup);
        let call = Call::CreateBackup(backup);
        let request = Request::new(&call, &endpoint, &project_id, self.language.api_tag());
        let request = request.from_elsewhere(self.origin());
        Ok(Preview { http: request.shown(), curl: command::curl(&request), openstack })
    }

    /// The origin of the page.
    fn origin(&self) -> &str {
        let authority = self.address.find("://").map_or(0, |scheme| scheme + 3);
        let end = self.address.get(authority..).and_then(|rest| rest.find('/')).map(|path| authority + path);
        end.and_then(|end| self.address.get(..end)).unwrap_or(&self.address)
    }

    pub(super) fn link_to(&self, fragment: &str) -> String {
        format!("{}#{fragment}", self.address)
    }

    pub(super) fn followed_as(&self, key: u32) -> Option<&Followed> {
        self.followed.iter().find(|followed| followed.key == key)
    }

    fn repeat(&mut self, repeat: Repeat, now: Millis) -> Vec<Effect> {
        self.form.prepare_to_repeat(repeat);
        match repeat {
            Repeat::OtherInstance => vec![Effect::Focus(Focus::Field(Field::InstanceId))],
            Repeat::NewName => self.suggest_name(now),
        }
    }

    /// The backup that the answer is about.
    pub fn shown_backup(&self) -> Option<&Backup> {
        match &self.phase {
            Phase::Accepted { backup, .. } | Phase::Found { backup, .. } => Some(backup),
            _ => None,
        }
    }
}
