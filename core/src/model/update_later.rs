//! Takes actions: what comes with the later part of the program.

use contract::backup::CreateBackup;
use contract::rules::Field;

use super::facts::LoadedFacts;
use super::state::Model;
use crate::action::{Action, CopyTarget, PageAction, Press, Reply, ShareAction};
use crate::clock::Now;
use crate::cx::Cx;
use crate::effect::{Effect, Focus, PageEffect, WorkEffect};
use crate::form::action::{FieldRefusal, FillAction};
use crate::form::state::Late;
use crate::notice::Notice;
use crate::session::action::TokenAction;
use crate::target::Target;
use crate::ticket::{Purpose, Ticket};
use crate::work::action::WorkAction;
use crate::work::creation::Creation;
use crate::work::press_limit::LONGEST_FROM_PRESS;

impl Model {
    /// The later part is loaded: carries out what was deferred.
    pub(crate) fn do_what_was_deferred(&mut self, now: Now) -> Vec<Effect> {
        let is_in_time = |(deferred, at): &(Action, Now)| deferred.is_brought() || now.since(*at) <= LONGEST_FROM_PRESS;
        let (in_time, lapsed): (Vec<_>, Vec<_>) = std::mem::take(&mut self.deferred).into_iter().partition(is_in_time);
        let mut deferred: Vec<Action> = in_time.into_iter().map(|(deferred, _)| deferred).collect();
        if deferred.iter().any(|deferred| matches!(deferred, Action::Press(Press::Submit))) {
            // The submission wins, and nothing may change the form before it.
            deferred.retain(|deferred| matches!(deferred, Action::Press(Press::Submit)) || deferred.is_brought());
        }
        let form = &self.form;
        let deferred_for = self.deferred_for.take();
        let pressed_for =
            deferred_for.filter(|(target, token, _)| form.target() == *target && form.token.text == *token);
        let pressed = deferred.len();
        // A list is skipped if the form has changed since its press.
        deferred.retain(|deferred| match (deferred, &pressed_for) {
            (Action::Press(Press::LoadInstances), pressed_for) => pressed_for.is_some(),
            (Action::Press(Press::ShowBackups), Some((.., instance))) => form.instance_id.text == *instance,
            (Action::Press(Press::ShowBackups), None) => false,
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

    fn act_later(&mut self, action: Action, now: Now) -> Vec<Effect> {
        match action {
            Action::Press(press) => self.pressed(press, now),
            Action::Fill(action) => self.fill(action, now),
            Action::Share(action) => self.share(action),
            Action::Token(action) => self.act_on_token(action, now),
            Action::Work(action) => self.act_on_work(action, now),
            Action::Reply(ticket, reply) => self.replied(ticket, reply, now),
            Action::Page(PageAction::LaterLoaded(_)) => self.do_what_was_deferred(now),
            Action::Page(PageAction::VisibilityChanged(visibility)) => {
                let effects = self.act_on_work(WorkAction::VisibilityChanged(visibility), now);
                effects.into_iter().chain(self.renew_for_others(now)).collect()
            }
            // Done already.
            Action::Page(_) | Action::Session(_) | Action::Form(_) => vec![],
        }
    }

    fn pressed(&mut self, press: Press, now: Now) -> Vec<Effect> {
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

    fn fill(&mut self, action: FillAction, now: Now) -> Vec<Effect> {
        match action {
            FillAction::SuggestNamePressed => return self.suggest_name(now),
            FillAction::InstanceChosen(id) => return self.choose_instance(&id, now),
            FillAction::RepeatPressed(repeat) => return self.repeat(repeat, now),
            FillAction::TakeTargetPressed(key) => return self.take_target(key),
            FillAction::DatabaseTicked(name) => self.form.tick_database(&name),
            FillAction::RestorePressed => self.restore(),
            FillAction::FieldRefused { field, refusal, of } => self.field_refused(field, refusal, &of),
            FillAction::BackupExists => self.form.has_been_created(),
            FillAction::RequestSent => self.form.hide_token(),
        }
        vec![]
    }

    fn field_refused(&mut self, field: Field, refusal: FieldRefusal, of: &CreateBackup) {
        // What was typed since is another text, and a token that was given since isn't the one that was rejected.
        let is_meant = match (field, self.form.connection()) {
            (Field::Token, Ok(connection)) => self.session.credentials.is_kept(&connection),
            _ => {
                [Field::InstanceId, field].into_iter().all(|field| self.form.says_the_same(field, of))
                    && self.latest_target() == self.form.target().as_ref()
            }
        };
        if is_meant {
            self.form.refused = Some((field, refusal));
        }
    }

    fn share(&mut self, action: ShareAction) -> Vec<Effect> {
        let record = |key| self.work.creation(key).map(Creation::record);
        let effect = match action {
            ShareAction::CopyPressed(CopyTarget::Receipt(key)) => record(key).map(WorkEffect::CopyReceipt),
            ShareAction::CopyPressed(what) => self.text_of(what).map(|text| WorkEffect::Copy(what, text)),
            ShareAction::ReceiptPressed(key) => record(key).map(WorkEffect::SaveReceipt),
            ShareAction::ExportPressed(format) => Some(WorkEffect::Save(format, self.work.rows())),
            ShareAction::PrintPressed => Some(WorkEffect::Print),
            ShareAction::CopyEnded(what, result) => {
                self.copied = Some((what, result));
                None
            }
            ShareAction::PreviewToggled => {
                self.request_is_shown = !self.request_is_shown;
                None
            }
        };
        effect.map(Effect::Work).into_iter().collect()
    }

    fn act_on_token(&mut self, action: TokenAction, now: Now) -> Vec<Effect> {
        match action {
            TokenAction::Wanted => self.tokens_are_typed(),
            // The provider is asked at the next press, or when something that goes on by itself needs a token.
            TokenAction::Missing if self.form.token_is_supplied() => return vec![],
            TokenAction::Missing => {}
            TokenAction::WantedFor(target) => return self.token_wanted_for(target, now),
            TokenAction::Given => return self.token_is_complete(now),
        }
        vec![Effect::Page(PageEffect::Focus(Focus::Field(Field::Token)))]
    }

    fn replied(&mut self, ticket: Ticket, reply: Reply, now: Now) -> Vec<Effect> {
        match (reply, self.tickets.find(ticket)) {
            (Reply::Token(token), _) => self.token_supplied(ticket, token, now),
            (Reply::WaitOver, Some(purpose @ (Purpose::TokenLimit | Purpose::AskForToken))) => {
                self.tickets.take(ticket);
                self.provider_waited(purpose)
            }
            (Reply::WaitOver, _) => self.act_on_work(WorkAction::Waited(ticket), now),
            (Reply::Response(result), _) => self.act_on_work(WorkAction::Replied(ticket, result), now),
            (Reply::Probe(result), _) => self.act_on_work(WorkAction::Probed(ticket, result), now),
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
            // A host page keeps nothing for a reload.
            effects.retain(|effect| !matches!(effect, Effect::Page(PageEffect::KeepMarker(_))));
        }
        for action in follow_ups {
            effects.extend(self.act_on_follow_up(action, now));
        }
        self.renew_refusal();
        effects
    }

    /// Handles a follow-up of `work`, and what of it is for the later part.
    pub(crate) fn act_on_follow_up(&mut self, action: Action, now: Now) -> Vec<Effect> {
        let mut effects = Vec::new();
        for effect in self.act(action, now) {
            if let Effect::Later(action) = effect {
                effects.extend(self.act_later(action, now));
            } else {
                effects.push(effect);
            }
        }
        effects
    }

    /// Evaluates a name conflict with another creation again, and clears it when the conflict is gone.
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
