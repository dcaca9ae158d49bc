//! What the page does about requests and all that comes of them. Nobody needs it before something is to be sent, and it
//! comes as a part of its own while the form is filled in: what is pressed before it is here is held until it is.

use std::mem::discriminant;

use contract::call::Call;
use contract::codes::ErrorKind;
use contract::command;
use contract::request::Request;
use contract::response::Body;
use contract::rules::{Field, Violation, normalize};
use contract::search;
use contract::suggestion::backup_name_for;

use crate::action::{Action, CopyTarget, FieldRefusal, Input, Repeat, Shown};
use crate::clock::Now;
use crate::cx::Cx;
use crate::effect::{Effect, Focus};
use crate::late::Late;
use crate::link::Link;
use crate::reply::Failed;
use crate::session::credentials::Target;
use crate::session::token_provider::Press;
use crate::state::{Notice, State};
use crate::ticket::{Purpose, Ticket};
use crate::work::{Creation, LONGEST_FROM_PRESS, WorkAction};

/// How far the later part of the program is loaded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LoadState {
    /// Nothing has asked for it.
    #[default]
    NotRequested,
    /// It is being loaded.
    Loading,
    /// It failed to load; nothing has needed it yet.
    FailedUnneeded,
    /// It failed to load, and something that was pressed has come to nothing.
    Failed,
    /// It is loaded.
    Loaded,
}

/// So long what was pressed waits for it, in milliseconds.
const LONGEST_WAIT: u32 = 30_000;

/// A request before it is sent, in each form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// As HTTP has it, the token hidden.
    pub http: String,
    /// As a command of curl.
    pub curl: String,
    /// As a command of the OpenStack client, where that can express it.
    pub openstack: Option<String>,
}

impl State {
    /// Whether `Create backup` was pressed, and waits for the part that sends.
    pub(crate) fn defers_submission(&self) -> bool {
        self.deferred.iter().any(|(deferred, _)| matches!(deferred, Action::SubmitPressed))
    }

    /// Whether something that was pressed waits for the part that can do it.
    pub fn defers_press(&self) -> bool {
        // What a link or a reload has brought waits as well, and nobody waits for it.
        self.deferred.iter().any(|(deferred, _)| !matches!(deferred, Action::Work(_)))
    }

    /// Asks for the part as soon as the user does anything: it is here before it is needed.
    pub(crate) fn load_in_advance(&mut self) -> Option<Effect> {
        (self.later_part == LoadState::NotRequested).then(|| {
            self.later_part = LoadState::Loading;
            Effect::LoadLater
        })
    }

    /// Hands an action to the later part, once that is loaded.
    pub(crate) fn later(&mut self, action: Action, now: Now) -> Vec<Effect> {
        if self.later_part == LoadState::Loaded { vec![Effect::Later(action)] } else { self.defer(action, now) }
    }

    /// Keeps an action until the later part is loaded.
    fn defer(&mut self, action: Action, now: Now) -> Vec<Effect> {
        let asks = self.later_part != LoadState::Loading;
        let is_first = asks || !self.defers_press();
        // A press that is repeated from impatience is one press.
        self.deferred.retain(|(deferred, _)| {
            discriminant(deferred) != discriminant(&action) || matches!(deferred, Action::Work(_))
        });
        // Only what asks says where: with anything else the form may say something new that no press has named.
        if matches!(action, Action::LoadInstancesPressed | Action::ShowBackupsPressed) {
            let form = &self.form;
            self.deferred_for = Some((form.target(), form.token.text.clone(), form.instance_id.text.clone()));
        }
        self.deferred.push((action, now));
        let mut effects = Vec::new();
        if is_first {
            let ticket = self.tickets.issue(Purpose::LoadLimit);
            self.load_limit = Some(ticket);
            effects.push(Effect::Wait(ticket, LONGEST_WAIT));
        }
        if asks {
            self.later_part = LoadState::Loading;
            effects.push(Effect::LoadLater);
        }
        effects
    }

    /// Gives up what was pressed before the part was here. What a link or a reload has brought is kept.
    pub(crate) fn drop_deferred_presses(&mut self) {
        self.deferred_for = None;
        self.deferred.retain(|(deferred, _)| matches!(deferred, Action::Work(_)));
    }

    /// The time is over that what was pressed waits for the part. Should that come late, nothing is done that nobody waits for
    /// any more.
    pub(crate) fn loading_took_too_long(&mut self, ticket: Ticket, now: Now) -> Vec<Effect> {
        // Another press may have its own time since.
        if self.later_part == LoadState::Loading && self.load_limit == Some(ticket) {
            self.later_loaded(Err(Failed), now)
        } else {
            vec![]
        }
    }

    /// What was held is done, or given up. What a link or a reload has brought is kept until the part is here.
    pub(crate) fn later_loaded(&mut self, success: Result<(), Failed>, now: Now) -> Vec<Effect> {
        if success.is_ok() {
            self.later_part = LoadState::Loaded;
            return self.later(Action::LaterLoaded(success), now);
        }
        let has_failed = self.defers_press();
        self.later_part = if has_failed { LoadState::Failed } else { LoadState::FailedUnneeded };
        self.drop_deferred_presses();
        if has_failed { vec![Effect::RevealAnswer] } else { vec![] }
    }

    /// The part is here: does what was held.
    fn do_what_was_deferred(&mut self, now: Now) -> Vec<Effect> {
        let is_in_time = |(deferred, at): &(Action, Now)| {
            matches!(deferred, Action::Work(_)) || now.since(*at) <= LONGEST_FROM_PRESS
        };
        let (in_time, lapsed): (Vec<_>, Vec<_>) = std::mem::take(&mut self.deferred).into_iter().partition(is_in_time);
        let mut deferred: Vec<Action> = in_time.into_iter().map(|(deferred, _)| deferred).collect();
        if deferred.iter().any(|deferred| matches!(deferred, Action::SubmitPressed)) {
            // It is what counts, and the form is to stay as it was when it was pressed.
            deferred.retain(|deferred| matches!(deferred, Action::SubmitPressed | Action::Work(_)));
        }
        let form = &self.form;
        let deferred_for = self.deferred_for.take();
        let pressed_for =
            deferred_for.filter(|(target, token, _)| form.target() == *target && form.token.text == *token);
        let pressed = deferred.len();
        // What stands in the form now may be named by no press.
        deferred.retain(|deferred| match (deferred, &pressed_for) {
            (Action::LoadInstancesPressed, pressed_for) => pressed_for.is_some(),
            (Action::ShowBackupsPressed, Some((.., instance))) => form.instance_id.text == *instance,
            (Action::ShowBackupsPressed, None) => false,
            _ => true,
        });
        if !lapsed.is_empty() || deferred.len() < pressed {
            self.notice(Notice::PressLapsed);
        }
        // The rules that come with it count before anything is done.
        self.form.take_late_rules(Late::HERE);
        deferred.into_iter().flat_map(|action| self.act_later(action, now)).collect()
    }

    /// Takes an action that [`State::update`] has handed to the later part.
    pub fn update_later(&mut self, action: Action, now: Now) -> Vec<Effect> {
        let tokens = self.session.credentials.count();
        let mut effects = self.act_later(action, now);
        if self.has_forgotten_tokens(tokens) {
            effects.extend(self.act_on_work(WorkAction::TokenForgotten, now));
        }
        effects
    }

    /// Acts on what has to do with requests.
    fn act_later(&mut self, action: Action, now: Now) -> Vec<Effect> {
        let Some(press) = Press::of(&action) else { return self.act_on_request(action, now) };
        // The form stays as it was while a press waits, and asks for nothing then.
        if self.is_busy() {
            return vec![];
        }
        if let Some(effects) = self.ask_for_token(press, now) {
            return effects;
        }
        let mut effects = self.press(press, now);
        // A press that uses the token in the form says that it is complete: what waits for one goes on, too.
        effects.extend(self.token_is_complete(now));
        effects
    }

    fn act_on_request(&mut self, action: Action, now: Now) -> Vec<Effect> {
        match action {
            Action::LaterLoaded(_) => self.do_what_was_deferred(now),
            Action::FieldRefused { field, refusal, of } => {
                // What was typed since is another text, and a token that was given since isn't the one that was rejected.
                let is_meant = match (field, self.form.connection()) {
                    (Field::Token, Ok(connection)) => self.session.credentials.is_kept(&connection),
                    _ => {
                        [Field::InstanceId, field].into_iter().all(|field| self.form.says_the_same(field, &of))
                            && self.latest_target() == self.form.target().as_ref()
                    }
                };
                self.quietly(|page| page.form.refused = is_meant.then_some((field, refusal)).or(page.form.refused))
            }
            Action::BackupExists => self.quietly(|page| page.form.has_been_created()),
            Action::RequestSent => self.quietly(|page| page.form.hide_token()),
            Action::TokenWanted => {
                self.tokens_are_typed();
                vec![Effect::Focus(Focus::Field(Field::Token))]
            }
            // It was forgotten: whoever supplies it is asked at the next press, or by what goes on by itself.
            Action::TokenMissing if self.form.token_is_supplied() => vec![],
            Action::TokenMissing => vec![Effect::Focus(Focus::Field(Field::Token))],
            Action::MarkerKept(success) => self.quietly(|page| page.work.is_kept = Some(success)),
            Action::Responded { ticket, result } => self.act_on_work(WorkAction::Replied(ticket, result), now),
            Action::Probed(ticket, reached) => self.act_on_work(WorkAction::Probed(ticket, reached), now),
            Action::Waited(ticket) => match self.tickets.find(ticket) {
                Some(purpose @ (Purpose::TokenLimit | Purpose::AskForToken)) => {
                    self.tickets.take(ticket);
                    self.provider_waited(purpose)
                }
                _ => self.act_on_work(WorkAction::Waited(ticket), now),
            },
            Action::VisibilityChanged(visibility) => {
                let effects = self.act_on_work(WorkAction::VisibilityChanged(visibility), now);
                effects.into_iter().chain(self.renew_for_others(now)).collect()
            }
            Action::DismissCreationPressed(key) => self.act_on_work(WorkAction::Dismiss(key), now),
            Action::CancelCreationPressed(key) => self.act_on_work(WorkAction::Cancel(key), now),
            Action::Work(action) => self.act_on_work(action, now),
            Action::TokenWantedFor(target) => self.token_wanted_for(target, now),
            Action::TokenGiven => self.token_is_complete(now),
            Action::TokenSupplied(ticket, token) => self.token_supplied(ticket, token, now),
            Action::CopyPressed(CopyTarget::Receipt(key)) => {
                self.work.creation(key).map(|creation| Effect::CopyReceipt(creation.record())).into_iter().collect()
            }
            Action::ReceiptPressed(key) => {
                self.work.creation(key).map(|creation| Effect::SaveReceipt(creation.record())).into_iter().collect()
            }
            Action::PrintPressed => vec![Effect::Print],
            Action::CopyPressed(what) => self.text_of(what).map(|text| Effect::Copy(what, text)).into_iter().collect(),
            Action::CopyEnded(what, success) => self.quietly(|page| page.copied = Some((what, success))),
            Action::RequestPressed => self.quietly(|page| page.request_is_shown = !page.request_is_shown),
            Action::NotifyPressed => vec![Effect::AskForNotifications],
            Action::NotificationsAnswered(success) => {
                if success.is_err() {
                    self.notice(Notice::NotificationsDenied);
                }
                self.act_on_work(WorkAction::NotificationsAnswered(success), now)
            }
            Action::ExportPressed(format) => vec![Effect::Save(format, self.work.rows())],
            Action::InstanceSearched(text) => self.act_on_work(WorkAction::InstanceSearched(text), now),
            Action::BackupsArranged(arrangement) => self.act_on_work(WorkAction::BackupsArranged(arrangement), now),
            Action::RepeatPressed(repeat) => self.repeat(repeat, now),
            Action::TakeTargetPressed(key) => self.take_target(key),
            // Its button stands in a notice, and their sentences come with this part.
            Action::RestorePressed => self.quietly(Self::restore),
            Action::DatabaseTicked(name) => self.quietly(|page| page.form.tick_database(&name)),
            Action::SuggestNamePressed => self.suggest_name(now),
            Action::InstanceChosen(id) => self.choose_instance(&id, now),
            // The form's own, and presses.
            _ => vec![],
        }
    }

    /// Where the newest press was to go.
    fn latest_target(&self) -> Option<&Target> {
        Some(&self.work.creation(self.work.latest?)?.target)
    }

    /// Hands an action to [`crate::Work`], and does what it asks of other features.
    pub(crate) fn act_on_work(&mut self, action: WorkAction, now: Now) -> Vec<Effect> {
        let Self { session, tickets, limits, language, work, .. } = self;
        let mut cx = Cx::new(now, *limits, *language, &mut session.credentials, tickets);
        work.update(action, &mut cx);
        let (mut effects, follow_ups) = cx.finish();
        if self.is_embedded {
            // Somebody else's page keeps nothing for a reload.
            effects.retain(|effect| !matches!(effect, Effect::KeepMarker(_)));
        }
        for action in follow_ups {
            effects.extend(self.act_on_follow_up(action, now));
        }
        self.renew_refusal();
        effects
    }

    /// What the first part makes of it, and then the later one.
    fn act_on_follow_up(&mut self, action: Action, now: Now) -> Vec<Effect> {
        let mut effects = Vec::new();
        for effect in self.act(action, now) {
            match effect {
                Effect::Later(action) => effects.extend(self.act_later(action, now)),
                other => effects.push(other),
            }
        }
        effects
    }

    /// A name that was refused for another press is refused for as long as that is in the way, and for what is true of it then.
    fn renew_refusal(&mut self) {
        let is_meant =
            matches!(self.form.refused, Some((Field::Name, FieldRefusal::UnderWay | FieldRefusal::Unsettled)));
        if let Some((target, Ok((.., request)))) =
            self.form.target().zip(Some(self.form.request())).filter(|_| is_meant)
        {
            let in_the_way = self.work.in_the_way(&target, &request).and_then(|(_, refusal)| refusal);
            self.form.refused = in_the_way.map(|refusal| (Field::Name, refusal));
        }
    }

    /// Does what a press is for, with the token that is there.
    pub(crate) fn press(&mut self, press: Press, now: Now) -> Vec<Effect> {
        if let Some(target) = press.key().and_then(|_| self.target_of(press)) {
            // The card stays as it is: no token would help.
            if !self.form.may_call(&target.endpoint) {
                self.notice(Notice::NotCallable);
                return vec![];
            }
            // What is in view is the creation that this press is about.
            self.is_unsent = false;
            self.keep_token_by_press(&target);
        }
        match press {
            Press::Submit => self.submit(now),
            Press::LoadInstances => match self.pressed_target() {
                Ok(target) => self.act_on_work(WorkAction::LoadInstances(target), now),
                Err(effects) => effects,
            },
            Press::ShowBackups => self.show_backups(now),
            Press::TryAgain(key) => self.act_on_work(WorkAction::TryAgain(key), now),
            Press::CreateAnyway(key) => self.act_on_work(WorkAction::CreateAnyway(key), now),
            Press::LookAgain(key) => {
                let target = self.target_of(press);
                let mut effects = self.act_on_work(WorkAction::LookAgain(key), now);
                // Without a token nothing else shows that it was pressed.
                if target.is_some_and(|target| self.session.credentials.connect(&target).is_err()) {
                    effects.push(Effect::Focus(Focus::Field(Field::Token)));
                }
                effects
            }
            Press::AwaitInstance(key) => self.act_on_work(WorkAction::AwaitInstance(key), now),
        }
    }

    fn submit(&mut self, now: Now) -> Vec<Effect> {
        self.form.prepare_to_send();
        let Ok((connection, request)) = self.form.validate() else { return self.not_sent() };
        self.is_unsent = false;
        self.form.give_token_to_endpoint();
        let target = self.session.credentials.keep(connection);
        self.act_on_work(WorkAction::Create(target, request), now)
    }

    /// The token in the form goes to a target that its user's press names, unless it was given for another endpoint.
    fn keep_token_by_press(&mut self, target: &Target) -> bool {
        // One that was supplied for this very press is there already.
        if self.form.token_is_supplied() {
            return false;
        }
        let Some(connection) = self.form.connection_to(target) else { return false };
        self.form.give_token_to_endpoint();
        self.session.credentials.keep(connection);
        true
    }

    /// Something that goes on by itself needs another token. It may stand in the form already: it was given while the refusal of
    /// the old one was under way.
    fn token_wanted_for(&mut self, target: Target, now: Now) -> Vec<Effect> {
        if self.form.token_is_supplied() {
            self.renew_token(target, now)
        } else if self.form.token_is_complete() {
            self.token_is_complete(now)
        } else {
            vec![]
        }
    }

    /// The token in the form is complete: what waits for one of the endpoint that it was given for goes on.
    fn token_is_complete(&mut self, now: Now) -> Vec<Effect> {
        if self.form.token_is_supplied() {
            return self.renew_for_others(now);
        }
        let mut waiting: Vec<Target> = Vec::new();
        for creation in self.work.creations.iter().filter(|creation| creation.awaits_token()) {
            if !waiting.contains(&creation.target) {
                waiting.push(creation.target.clone());
            }
        }
        let mut effects = Vec::new();
        for target in waiting {
            let connection = self.form.connection_to(&target).filter(|_| self.form.token_is_bound());
            // One that the API has rejected is no new one.
            let is_rejected =
                connection.as_ref().is_some_and(|connection| self.session.credentials.is_kept(connection));
            if let Some(connection) = connection.filter(|_| !is_rejected) {
                self.session.credentials.keep(connection);
            }
            if self.session.credentials.connect(&target).is_ok() {
                effects.extend(self.act_on_work(WorkAction::TokenGiven(target), now));
            } else if is_rejected {
                self.form.refused = Some((Field::Token, FieldRefusal::ByApi(ErrorKind::TokenRejected)));
            }
        }
        effects
    }

    /// The target as typed, its token kept, for a press.
    ///
    /// # Errors
    /// The faults of the fields are shown, and the first of them is to take the focus.
    fn pressed_target(&mut self) -> Result<Target, Vec<Effect>> {
        self.form.raise_connection_stage();
        match self.form.connection() {
            Ok(connection) => {
                self.form.give_token_to_endpoint();
                Ok(self.session.credentials.keep(connection))
            }
            Err(fault) => Err(vec![Effect::Focus(Focus::Field(fault))]),
        }
    }

    fn show_backups(&mut self, now: Now) -> Vec<Effect> {
        let target = match self.pressed_target() {
            Ok(target) => target,
            Err(effects) => return effects,
        };
        let Some(instance_id) = self.form.wanted_instance() else {
            return vec![Effect::Focus(Focus::Field(Field::InstanceId))];
        };
        self.act_on_work(WorkAction::ShowBackups(target, instance_id.as_str().to_owned()), now)
    }

    fn choose_instance(&mut self, id: &str, now: Now) -> Vec<Effect> {
        let instance = self.work.instances.find(id).cloned().filter(|instance| instance.unsuitable().is_none());
        let Some(instance) = instance else { return vec![] };
        let suggested = self.form.suggested_name.clone();
        self.form.choose(instance);
        // A name that was suggested for another instance says the wrong one.
        let is_suggested = suggested.is_some_and(|suggested| suggested == self.form.name.text);
        let mut effects = match self.pressed_target() {
            Ok(target) => self.act_on_work(WorkAction::InstanceChosen(target, id.to_owned()), now),
            Err(effects) => effects,
        };
        if is_suggested {
            effects.extend(self.suggest_name(now));
        }
        effects.push(Effect::Focus(Focus::Field(Field::Name)));
        effects
    }

    fn suggest_name(&mut self, now: Now) -> Vec<Effect> {
        let instance_name = self.form.chosen.as_ref().map_or("backup", |instance| &instance.name);
        let instance_id = normalize(&self.form.instance_id.text);
        let target = self.form.target();
        let is_taken = |name: &str| {
            let is_listed = target.as_ref().is_some_and(|target| self.work.named(target, instance_id, name).is_some());
            let is_asked_for =
                |creation: &Creation| creation.name() == Some(name) && creation.instance_id == instance_id;
            is_listed || self.work.creations.iter().any(is_asked_for)
        };
        let name = backup_name_for(instance_name, now.wall.moment(), is_taken);
        let before = Link::to_form(&self.form);
        let is_typed =
            !self.form.name.text.is_empty() && self.form.suggested_name.as_ref() != Some(&self.form.name.text);
        self.form.edit(Field::Name, name, Input::Pasted);
        self.form.suggested_name = Some(self.form.name.text.clone());
        if is_typed {
            self.can_undo(before);
            self.notice(Notice::FormFilled);
        }
        vec![Effect::Focus(Focus::Field(Field::Name))]
    }

    /// A link that can be copied.
    pub fn link_of(&self, what: CopyTarget) -> Option<String> {
        let link = match what {
            CopyTarget::FormLink => Some(Link::to_form(&self.form)),
            CopyTarget::WatchLink(key) => self.work.creation(key)?.link(),
            CopyTarget::BackupId(_)
            | CopyTarget::ListedId(_)
            | CopyTarget::Request(_)
            | CopyTarget::Receipt(_)
            | CopyTarget::Response(_) => None,
        };
        link.map(|link| self.link_to(&link))
    }

    /// Whether a press at a creation lacks a token, and the form is about another endpoint or project, so that none can be
    /// given there for it.
    pub fn is_elsewhere(&self, creation: &Creation) -> bool {
        creation.wants_token()
            && !self.form.token_is_supplied()
            && !self.form.names(&creation.target)
            && self.session.credentials.connect(&creation.target).is_err()
    }

    /// Brings back what stood in the form before it was cleared, or filled by something else than typing; step by step where
    /// that happened more than once. What was typed since, or brought back before, comes last and isn't lost.
    fn restore(&mut self) {
        self.notices.retain(|notice| !matches!(notice, Notice::Cleared | Notice::LinkFilled | Notice::FormFilled));
        let Some((before, after)) = self.undo.pop() else { return };
        let current = Link::to_form(&self.form);
        self.form.bring_back(&Link::read(&before));
        if current != after {
            self.undo.retain(|(known, _)| *known != current);
            self.undo.insert(0, (current, String::new()));
        }
        self.undo.retain(|(known, _)| *known != before);
        if self.can_restore() {
            self.notice(Notice::FormFilled);
        }
    }

    /// Puts the endpoint and the project of a creation into the form. The token stays with the endpoint that it was given for.
    fn take_target(&mut self, key: u32) -> Vec<Effect> {
        let Some(target) = self.work.creation(key).map(|creation| creation.target.clone()) else { return vec![] };
        let before = Link::to_form(&self.form);
        self.form.take_target(&target);
        self.can_undo(before);
        self.notice(Notice::FormFilled);
        vec![Effect::Focus(Focus::Field(Field::Token))]
    }

    fn text_of(&self, what: CopyTarget) -> Option<String> {
        match what {
            CopyTarget::BackupId(key) => self.work.creation(key)?.backup.id.clone(),
            CopyTarget::ListedId(index) => self.work.backups.arranged.get(index)?.id.clone(),
            CopyTarget::FormLink | CopyTarget::WatchLink(_) => self.link_of(what),
            CopyTarget::Request(shown) => {
                let preview = self.preview().ok()?;
                match shown {
                    Shown::Http => Some(preview.http),
                    Shown::Curl => Some(preview.curl),
                    Shown::OpenStack => preview.openstack,
                }
            }
            // A receipt is worded where sentences are.
            CopyTarget::Receipt(_) => None,
            CopyTarget::Response(key) => match &self.work.creation(key)?.answer.as_ref()?.body {
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
        let (endpoint, project_id, backup) = self.form.request()?;
        let openstack = command::openstack(&backup);
        let call = Call::CreateBackup(backup);
        let request = Request::new(&call, &endpoint, &project_id, self.language.api_tag());
        let request = request.from_elsewhere(self.origin());
        Ok(Preview { http: request.shown(), curl: command::curl(&request), openstack })
    }

    /// The origin of the page.
    fn origin(&self) -> &str {
        let authority = search::find(&self.address, "://").map_or(0, |scheme| scheme + 3);
        let end = self.address.get(authority..).and_then(|rest| rest.find('/')).map(|path| authority + path);
        end.and_then(|end| self.address.get(..end)).unwrap_or(&self.address)
    }

    fn link_to(&self, fragment: &str) -> String {
        format!("{}#{fragment}", self.address)
    }

    /// `Repeat …`: what the newest press asked for, as far as it is to be the same. What stood in the form can be brought back.
    fn repeat(&mut self, repeat: Repeat, now: Now) -> Vec<Effect> {
        let latest = self.work.latest.and_then(|key| self.work.creation(key));
        let Some((target, request)) =
            latest.and_then(|creation| Some((creation.target.clone(), creation.request.clone()?)))
        else {
            return vec![];
        };
        let before = Link::to_form(&self.form);
        let is_replaced = ![Field::InstanceId, Field::Name, Field::Description, Field::Databases]
            .into_iter()
            .all(|field| self.form.says_the_same(field, &request))
            || !self.form.names(&target);
        if !self.form.names(&target) {
            self.form.take_target(&target);
        }
        self.form.take_request(&request);
        self.form.prepare_to_repeat(repeat);
        let effects = match repeat {
            Repeat::OtherInstance => vec![Effect::Focus(Focus::Field(Field::InstanceId))],
            Repeat::NewName => self.suggest_name(now),
        };
        if is_replaced {
            self.can_undo(before);
            self.notice(Notice::FormFilled);
        }
        effects
    }
}
