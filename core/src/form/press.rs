//! What is done for a press that needs a token.

use contract::codes::ErrorKind;
use contract::rules::Field;

use super::action::FieldRefusal;
use super::state::{Form, Submission};
use crate::action::{Action, Press};
use crate::cx::Cx;
use crate::effect::Focus;
use crate::notice::Notice;
use crate::target::Target;
use crate::work::action::WorkAction;

impl Form {
    /// Does what a press is for, with the token that is there. `creation`: where the creation leads to that it is about.
    pub(crate) fn press(&mut self, press: Press, creation: Option<&Target>, cx: &mut Cx) {
        if let Some(target) = creation {
            // The card stays as it is: no token would help.
            if !self.may_call(&target.endpoint) {
                return cx.notice(Notice::NotCallable);
            }
            // What is in view is the creation that this press is about.
            self.submission = Submission::Done;
            self.keep_token_by_press(target, cx);
        }
        match press {
            Press::Submit => self.submit(cx),
            Press::LoadInstances => {
                if let Some(target) = self.pressed_target(cx) {
                    cx.then(Action::Work(WorkAction::LoadInstances(target)));
                }
            }
            Press::ShowBackups => self.show_backups(cx),
            Press::TryAgain(key) => cx.then(Action::Work(WorkAction::TryAgain(key))),
            Press::CreateAnyway(key) => cx.then(Action::Work(WorkAction::CreateAnyway(key))),
            Press::LookAgain(key) => cx.then(Action::Work(WorkAction::LookAgain(key))),
            Press::TryBatchAgain(key) => cx.then(Action::Work(WorkAction::TryBatchAgain(key))),
            Press::LookAgainAtBatch(key) => cx.then(Action::Work(WorkAction::LookAgainAtBatch(key))),
            Press::AwaitInstance(key) => cx.then(Action::Work(WorkAction::AwaitInstance(key))),
        }
    }

    fn submit(&mut self, cx: &mut Cx) {
        self.prepare_to_send();
        let Ok((connection, requests)) = self.validate() else { return self.show_faults(cx) };
        self.submission = Submission::Done;
        self.give_token_by_press();
        self.keep_all_filled();
        let target = cx.session.credentials.keep(connection);
        if self.selects_several() {
            self.keep_names(&requests);
            return cx.then(Action::Work(WorkAction::CreateSeveral(target, requests)));
        }
        for request in requests {
            cx.then(Action::Work(WorkAction::Create(target.clone(), request)));
        }
    }

    /// The token in the form goes to a target that its user's press names, unless it was given for another endpoint.
    fn keep_token_by_press(&mut self, target: &Target, cx: &mut Cx) {
        // One that was supplied for this very press is there already.
        if self.token_is_supplied() {
            return;
        }
        if let Some(connection) = self.connection_to(target) {
            self.give_token_by_press();
            cx.session.credentials.keep(connection);
        }
    }

    /// The target as typed, its token kept, for a press; else the faults of the fields are shown, and the first of them takes
    /// the focus.
    pub(crate) fn pressed_target(&mut self, cx: &mut Cx) -> Option<Target> {
        self.raise_connection_stage();
        match self.connection() {
            Ok(connection) => {
                self.give_token_by_press();
                Some(cx.session.credentials.keep(connection))
            }
            Err(fault) => {
                cx.focus(Focus::Field(fault));
                None
            }
        }
    }

    /// A press sends the token to the endpoint in the form, whoever has filled it in.
    fn give_token_by_press(&mut self) {
        self.from_token.clear();
        self.give_token_to_endpoint();
    }

    fn show_backups(&mut self, cx: &mut Cx) {
        let Some(target) = self.pressed_target(cx) else { return };
        let Some(instance_id) = self.wanted_instance() else { return cx.focus(Focus::Field(Field::InstanceId)) };
        cx.then(Action::Work(WorkAction::ShowBackups(target, instance_id.as_str().to_owned())));
    }

    /// The token in the form is complete: what waits for one of the endpoint that it was given for goes on. `waiting`: the
    /// targets of what waits for a token.
    pub(crate) fn token_is_given(&mut self, waiting: &[Target], cx: &mut Cx) {
        for target in waiting {
            let connection = self.connection_to(target).filter(|_| self.token_is_bound());
            // A token that the API has already rejected doesn't count as new.
            let is_rejected = connection.as_ref().is_some_and(|connection| cx.session.credentials.is_kept(connection));
            if let Some(connection) = connection.filter(|_| !is_rejected) {
                cx.session.credentials.keep(connection);
            }
            if cx.session.credentials.connect(target).is_ok() {
                cx.then(Action::Work(WorkAction::TokenGiven(target.clone())));
            } else if is_rejected {
                self.refused = Some((Field::Token, FieldRefusal::ByApi(ErrorKind::TokenRejected)));
            }
        }
    }
}
