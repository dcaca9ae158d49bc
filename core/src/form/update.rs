//! Takes what is typed and pressed in the form.

use std::rc::Rc;

use contract::rules::Field;
use contract::secret::Secret;

use super::action::{FormAction, Input};
use super::replaced_step::Typed;
use super::state::{Form, Submission};
use super::undo_step::ReplacedBy;
use crate::action::Action;
use crate::cx::Cx;
use crate::effect::{Effect, Focus, PageEffect};
use crate::form::action::TokenAction;
use crate::options::Options;

impl Form {
    /// Takes an action.
    pub(crate) fn update(&mut self, action: FormAction, cx: &mut Cx) {
        match action {
            FormAction::Edited(field, text, input) => {
                self.typed(field, &text);
                self.edit(field, text, input);
            }
            FormAction::TokenEdited(secret, input) => self.token_edited(secret, input, cx),
            FormAction::Blurred(field) => {
                self.blur(field);
                if field == Field::Token {
                    cx.then(Action::Token(TokenAction::Given));
                }
            }
            FormAction::DatabasesPasted(index, text) => {
                self.typed(Field::Databases, "");
                let last = self.paste_databases(index, &text);
                cx.focus(Focus::Field(Field::Database(last)));
            }
            FormAction::AddDatabasePressed => {
                let added = self.add_database();
                cx.focus(Focus::Field(Field::Database(added)));
            }
            FormAction::RemoveDatabasePressed(index) => {
                self.remove_database(index);
                let last = self.databases.len().checked_sub(1);
                cx.focus(last.map_or(Focus::AddDatabase, |last| Focus::Field(Field::Database(index.min(last)))));
            }
            FormAction::IndividuallyTicked(is_ticked) => self.tick_individually(is_ticked),
            FormAction::EndpointConfirmed => self.confirm_endpoint(),
            FormAction::RevealTokenPressed => self.reveal_token(),
            FormAction::ForgetTokenPressed => {
                self.forget_token(cx);
                cx.focus(Focus::Field(Field::Token));
            }
            FormAction::EngineChosen(choice) => self.engine = choice,
            FormAction::ClearFormPressed => self.clear(cx),
            FormAction::FieldLinkPressed(field) => cx.focus(Focus::Field(self.focusable(field))),
        }
    }

    /// The browser shows a text in a field.
    fn typed(&mut self, field: Field, text: &str) {
        let before = self.entry(field).map(|entry| entry.text.clone()).unwrap_or_default();
        self.replacements.typed = Some(Typed { field, before, text: text.into() });
    }

    pub(super) fn token_edited(&mut self, secret: Secret, input: Input, cx: &mut Cx) {
        if secret.is_empty() {
            // What is deleted by hand is forgotten, for what runs as well.
            cx.session.credentials.clear();
        }
        self.edit_token(secret, input);
        // A token that is typed key by key is complete when its field is left.
        if input == Input::Pasted {
            cx.then(Action::Token(TokenAction::Given));
        }
    }

    /// `Create backup`, before anything else is done for it: whether the form may be sent. What is faulty is shown.
    pub(crate) fn is_ready_to_send(&mut self, cx: &mut Cx) -> bool {
        // A supplied token is asked for first.
        if self.token_is_supplied() {
            return true;
        }
        self.prepare_to_send();
        if self.faults().is_empty() {
            return true;
        }
        self.show_faults(cx);
        // What waits for a token may go on with the one in the form.
        cx.then(Action::Token(TokenAction::Given));
        false
    }

    /// The form was to be sent, and has faults.
    pub(crate) fn show_faults(&mut self, cx: &mut Cx) {
        self.submission = Submission::Faulty;
        cx.focus(Focus::Summary);
    }

    fn clear(&mut self, cx: &mut Cx) {
        let before = self.to_draft();
        self.forget_token(cx);
        *self = std::mem::take(self).cleared();
        self.can_undo(before, ReplacedBy::Clearing, cx);
        cx.focus(Focus::Field(if self.token_is_supplied() { Field::Endpoint } else { Field::Token }));
    }

    /// Forgets the token here, and for everything that was asked with it.
    pub(crate) fn forget_token(&mut self, cx: &mut Cx) {
        self.drop_token();
        cx.session.credentials.clear();
    }

    /// Forgets the token without the user, and says so at its field. One that was supplied nobody has to paste again.
    pub(crate) fn lose_token(&mut self, cx: &mut Cx) {
        let had_token = self.has_token(cx) && !self.token_is_supplied();
        self.forget_token(cx);
        self.token_has_lapsed |= had_token;
    }

    /// Whether there is a token, here or for what was asked before.
    pub(crate) fn has_token(&self, cx: &Cx) -> bool {
        !self.token.text.is_empty() || !cx.session.credentials.is_empty()
    }

    /// Takes over other settings. A limit on calls holds at once; what stands in a form that is locked is left alone, and taken
    /// over when it is set again.
    pub(crate) fn set_options(&mut self, options: &Options, is_locked: bool, cx: &mut Cx) {
        self.allow(&options.allowed_hosts);
        self.offered = Rc::new(options.endpoints.clone());
        cx.session.credentials.retain(|target| self.may_call(&target.endpoint));
        if !is_locked {
            self.set(&options.filled_in);
        }
        // What waited for a host that may be called again goes on.
        if self.token_is_supplied() {
            cx.then(Action::Token(TokenAction::Given));
        }
    }

    /// What was typed, for a reload of the tab, whenever it has changed.
    pub(crate) fn persist_draft(&mut self, cx: &mut Cx) {
        let draft = self.to_draft();
        if draft != self.persisted_draft {
            self.persisted_draft.clone_from(&draft);
            cx.emit(Effect::Page(PageEffect::PersistDraft(draft)));
        }
    }
}
