//! Takes actions: what comes with the later part of the program.

use contract::rules::Field;

use super::facts::LoadedFacts;
use super::state::Model;
use crate::action::{Action, CopyTarget, FieldRefusal, WorkAction};
use crate::clock::Now;
use crate::cx::Cx;
use crate::effect::{Effect, Focus};
use crate::form::state::Late;
use crate::notice::Notice;
use crate::session::press::Press;
use crate::target::Target;
use crate::ticket::Purpose;
use crate::work::press_limit::LONGEST_FROM_PRESS;

impl Model {
    /// The part is here: does what was held.
    pub(crate) fn do_what_was_deferred(&mut self, now: Now) -> Vec<Effect> {
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
        self.facts = LoadedFacts::HERE;
        deferred.into_iter().flat_map(|action| self.act_later(action, now)).collect()
    }

    /// Takes an action that [`Model::update`] has handed to the later part.
    pub fn update_later(&mut self, action: Action, now: Now) -> Vec<Effect> {
        let tokens = self.session.credentials.count();
        let mut effects = self.act_later(action, now);
        if self.has_forgotten_tokens(tokens) {
            effects.extend(self.act_on_work(WorkAction::TokenForgotten, now));
        }
        effects
    }

    /// Acts on what has to do with requests.
    pub(crate) fn act_later(&mut self, action: Action, now: Now) -> Vec<Effect> {
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

    pub(crate) fn act_on_request(&mut self, action: Action, now: Now) -> Vec<Effect> {
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
    pub(crate) fn latest_target(&self) -> Option<&Target> {
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
    pub(crate) fn act_on_follow_up(&mut self, action: Action, now: Now) -> Vec<Effect> {
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
    pub(crate) fn renew_refusal(&mut self) {
        let is_meant =
            matches!(self.form.refused, Some((Field::Name, FieldRefusal::UnderWay | FieldRefusal::Unsettled)));
        if let Some((target, Ok((.., request)))) =
            self.form.target().zip(Some(self.form.request())).filter(|_| is_meant)
        {
            let in_the_way = self.work.in_the_way(&target, &request).and_then(|(_, refusal)| refusal);
            self.form.refused = in_the_way.map(|refusal| (Field::Name, refusal));
        }
    }
}
