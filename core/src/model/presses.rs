//! What is done for a press that needs a token, or that fills the form.

use contract::codes::ErrorKind;
use contract::rules::{Field, normalize};
use contract::suggestion::backup_name_for;

use super::state::Model;
use crate::action::Press;
use crate::clock::Now;
use crate::effect::{Effect, Focus, PageEffect};
use crate::form::action::{FieldRefusal, Input, Repeat};
use crate::notice::Notice;
use crate::target::Target;
use crate::work::action::WorkAction;
use crate::work::creation::Creation;

impl Model {
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
                    effects.push(Effect::Page(PageEffect::Focus(Focus::Field(Field::Token))));
                }
                effects
            }
            Press::AwaitInstance(key) => self.act_on_work(WorkAction::AwaitInstance(key), now),
        }
    }

    pub(crate) fn submit(&mut self, now: Now) -> Vec<Effect> {
        self.form.prepare_to_send();
        let Ok((connection, request)) = self.form.validate() else { return self.not_sent() };
        self.is_unsent = false;
        self.form.give_token_to_endpoint();
        let target = self.session.credentials.keep(connection);
        self.act_on_work(WorkAction::Create(target, request), now)
    }

    /// The token in the form goes to a target that its user's press names, unless it was given for another endpoint.
    pub(crate) fn keep_token_by_press(&mut self, target: &Target) -> bool {
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
    pub(crate) fn token_wanted_for(&mut self, target: Target, now: Now) -> Vec<Effect> {
        if self.form.token_is_supplied() {
            self.renew_token(target, now)
        } else if self.form.token_is_complete() {
            self.token_is_complete(now)
        } else {
            vec![]
        }
    }

    /// The token in the form is complete: what waits for one of the endpoint that it was given for goes on.
    pub(crate) fn token_is_complete(&mut self, now: Now) -> Vec<Effect> {
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
            // A token that the API has already rejected doesn't count as new.
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
    pub(crate) fn pressed_target(&mut self) -> Result<Target, Vec<Effect>> {
        self.form.raise_connection_stage();
        match self.form.connection() {
            Ok(connection) => {
                self.form.give_token_to_endpoint();
                Ok(self.session.credentials.keep(connection))
            }
            Err(fault) => Err(vec![Effect::Page(PageEffect::Focus(Focus::Field(fault)))]),
        }
    }

    pub(crate) fn show_backups(&mut self, now: Now) -> Vec<Effect> {
        let target = match self.pressed_target() {
            Ok(target) => target,
            Err(effects) => return effects,
        };
        let Some(instance_id) = self.form.wanted_instance() else {
            return vec![Effect::Page(PageEffect::Focus(Focus::Field(Field::InstanceId)))];
        };
        self.act_on_work(WorkAction::ShowBackups(target, instance_id.as_str().to_owned()), now)
    }

    pub(crate) fn choose_instance(&mut self, id: &str, now: Now) -> Vec<Effect> {
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
        effects.push(Effect::Page(PageEffect::Focus(Focus::Field(Field::Name))));
        effects
    }

    pub(crate) fn suggest_name(&mut self, now: Now) -> Vec<Effect> {
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
        let before = self.form.to_link();
        let is_typed =
            !self.form.name.text.is_empty() && self.form.suggested_name.as_ref() != Some(&self.form.name.text);
        self.form.edit(Field::Name, name, Input::Pasted);
        self.form.suggested_name = Some(self.form.name.text.clone());
        if is_typed {
            self.can_undo(before);
            self.notice(Notice::FormFilled);
        }
        vec![Effect::Page(PageEffect::Focus(Focus::Field(Field::Name)))]
    }

    /// Whether a press at a creation lacks a token, and the form is about another endpoint or project, so that none can be
    /// given there for it.
    pub fn is_elsewhere(&self, creation: &Creation) -> bool {
        creation.wants_token()
            && !self.form.token_is_supplied()
            && !self.form.names(&creation.target)
            && self.session.credentials.connect(&creation.target).is_err()
    }

    /// Puts the endpoint and the project of a creation into the form. The token stays with the endpoint that it was given for.
    pub(crate) fn take_target(&mut self, key: u32) -> Vec<Effect> {
        let Some(target) = self.work.creation(key).map(|creation| creation.target.clone()) else { return vec![] };
        let before = self.form.to_link();
        self.form.take_target(&target);
        self.can_undo(before);
        self.notice(Notice::FormFilled);
        vec![Effect::Page(PageEffect::Focus(Focus::Field(Field::Token)))]
    }

    /// `Repeat …`: what the newest press asked for, as far as it is to be the same. What stood in the form can be brought back.
    pub(crate) fn repeat(&mut self, repeat: Repeat, now: Now) -> Vec<Effect> {
        let latest = self.work.latest.and_then(|key| self.work.creation(key));
        let Some((target, request)) =
            latest.and_then(|creation| Some((creation.target.clone(), creation.request.clone()?)))
        else {
            return vec![];
        };
        let before = self.form.to_link();
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
            Repeat::OtherInstance => vec![Effect::Page(PageEffect::Focus(Focus::Field(Field::InstanceId)))],
            Repeat::NewName => self.suggest_name(now),
        };
        if is_replaced {
            self.can_undo(before);
            self.notice(Notice::FormFilled);
        }
        effects
    }
}
