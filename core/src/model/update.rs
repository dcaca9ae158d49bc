//! Takes actions: what the page has from the start.

use contract::rules::Field;

use super::state::Model;
use crate::action::{Action, Input, Visibility, WorkAction};
use crate::clock::Now;
use crate::effect::{Effect, Focus};
use crate::load_state::LoadState;
use crate::notice::Notice;
use crate::ticket::Purpose;
use crate::work::creation::Creation;

impl Model {
    /// Takes an action at a moment, and says what is to be done in the world. What is for the later part of the program comes back
    /// as [`Effect::Later`]: each goes to [`Model::update_later`] at once. After that comes [`Model::finish`].
    pub fn update(&mut self, action: Action, now: Now) -> Vec<Effect> {
        // First of all: a machine that was left must not wake up with the token still there.
        let tokens = self.session.credentials.count();
        let mut effects = self.forget_when_idle(now);
        if action.is_the_users() {
            self.copied = None;
            self.session.last_used = Some(now);
            self.session.provider.come_back();
            effects.extend(self.load_in_advance());
        }
        effects.extend(self.act(action, now));
        if self.has_forgotten_tokens(tokens) {
            effects.extend(self.later(Action::Work(WorkAction::TokenForgotten), now));
        }
        effects
    }

    /// Once an action is done: the form is validated, and what was typed is kept.
    pub fn finish(&mut self, now: Now) -> Vec<Effect> {
        let mut effects = Vec::new();
        if !self.notices.is_empty() {
            // The sentences of notices come with the later part.
            effects.extend(self.load_in_advance());
        }
        effects.extend(self.watch_idleness(now));
        if let Some(facts) = self.facts.0 {
            if self.form.chosen.is_none() {
                // An instance whose ID was typed is known where the list of its project is here: as if it had been chosen.
                self.form.chosen = facts.instance(&self.form, &self.work);
            }
            self.messages = self.form.messages(facts.warnings(&self.form, &self.work));
        } else {
            self.messages = self.form.messages(Vec::new());
        }
        effects.extend(self.keep_draft());
        effects
    }

    /// Whether there are fewer tokens than before. One that is supplied is asked for anew when it is needed.
    pub(crate) fn has_forgotten_tokens(&self, before: usize) -> bool {
        self.session.credentials.count() < before && !self.form.token_is_supplied()
    }

    pub(crate) fn act(&mut self, action: Action, now: Now) -> Vec<Effect> {
        match action {
            Action::SubmitPressed => self.submit_pressed(now),
            Action::LaterLoaded(success) => self.later_loaded(success, now),
            Action::CancelPressed => {
                self.drop_deferred_presses();
                let mut effects = self.stop_asking();
                // The press had taken the place of what goes on by itself.
                if self.form.token_is_supplied() {
                    effects.extend(self.token_given(now));
                }
                effects
            }
            Action::Waited(ticket) => match self.tickets.find(ticket) {
                // A wait that was given up.
                None => vec![],
                Some(Purpose::Idleness | Purpose::LoadLimit) => {
                    // Idleness was looked at first of all; that wait is no press's, and ends none.
                    self.tickets.take(ticket);
                    self.loading_took_too_long(ticket, now)
                }
                Some(_) => self.later(Action::Waited(ticket), now),
            },
            Action::VisibilityChanged(visibility) => {
                self.visibility = visibility;
                if visibility == Visibility::Shown {
                    self.session.provider.come_back();
                }
                if self.work.creations.is_empty() { vec![] } else { self.later(action, now) }
            }
            Action::PageHidden => {
                if self.press_awaits_token() || self.defers_press() {
                    // Whoever comes back is told.
                    self.notice(Notice::PressLapsed);
                }
                self.drop_deferred_presses();
                self.token_lapses();
                self.session.provider.leave();
                self.stop_asking()
            }
            Action::LanguageChosen(language) => {
                self.language = language;
                vec![Effect::SetLanguage(language)]
            }
            Action::LanguageMissing(language) => self.quietly(|page| page.notice(Notice::LanguageMissing(language))),
            Action::ThemeChosen(theme) => {
                self.theme = theme;
                vec![Effect::SetTheme(theme)]
            }
            Action::FieldLinkPressed(field) => vec![Effect::Focus(Focus::Field(self.form.focusable(field)))],
            Action::EscapePressed => self.close_what_is_open(),
            Action::DismissPressed => self.quietly(|page| page.notices.clear()),
            Action::OptionsSet(options, faults) => {
                let mut effects = self.set_options(options, faults);
                // What waited for a host that may be called again goes on.
                if self.form.token_is_supplied() {
                    effects.extend(self.token_given(now));
                }
                effects
            }
            Action::RevealTokenPressed => self.quietly(|page| page.form.reveal_token()),
            Action::ForgetTokenPressed => {
                self.forget_token();
                vec![Effect::Focus(Focus::Field(Field::Token))]
            }
            Action::Opened { fragment, kept } => self.open(&fragment, kept, now),
            // While a press waits the form stays as it was.
            _ if self.is_busy() && action.edits_the_form() => vec![],
            _ => self.act_on_form(action, now),
        }
    }

    pub(crate) fn act_on_form(&mut self, action: Action, now: Now) -> Vec<Effect> {
        match action {
            Action::ClearFormPressed => self.clear_form(),
            Action::Edited(field, text, input) => {
                if field == Field::Name {
                    // What is typed now counts more than what was asked for before.
                    self.deferred.retain(|(deferred, _)| !matches!(deferred, Action::SuggestNamePressed));
                }
                self.form.edit(field, text, input);
                vec![]
            }
            Action::TokenEdited(secret, input) => {
                if secret.is_empty() {
                    // What is deleted by hand is forgotten, for what runs as well.
                    self.session.credentials.clear();
                    self.deferred_for = None;
                }
                self.form.edit_token(secret, input);
                // A token that is typed key by key is complete when its field is left.
                if input == Input::Pasted { self.token_given(now) } else { vec![] }
            }
            Action::EndpointConfirmed => self.quietly(|page| page.form.confirm_endpoint()),
            Action::DatabasesPasted(index, text) => {
                let last = self.form.paste_databases(index, &text);
                vec![Effect::Focus(Focus::Field(Field::Database(last)))]
            }
            Action::Blurred(field) => {
                self.form.blur(field);
                if field == Field::Token { self.token_given(now) } else { vec![] }
            }
            Action::AddDatabasePressed => {
                let added = self.form.add_database();
                vec![Effect::Focus(Focus::Field(Field::Database(added)))]
            }
            Action::RemoveDatabasePressed(index) => {
                self.form.remove_database(index);
                let next = index.min(self.form.databases.len().saturating_sub(1));
                let none_left = self.form.databases.is_empty();
                vec![Effect::Focus(if none_left { Focus::AddDatabase } else { Focus::Field(Field::Database(next)) })]
            }
            Action::EngineChosen(choice) => self.quietly(|page| page.form.engine = choice),
            _ => self.later(action, now),
        }
    }

    /// `Create backup`: what is faulty is shown at once, the rest is for the part that sends.
    pub(crate) fn submit_pressed(&mut self, now: Now) -> Vec<Effect> {
        if self.is_busy() {
            return vec![];
        }
        // A supplied token is asked for first.
        if !self.form.token_is_supplied() {
            self.form.prepare_to_send();
            if !self.form.faults().is_empty() {
                // What waits for a token may go on with the one in the form.
                let effects = self.token_given(now);
                return self.not_sent().into_iter().chain(effects).collect();
            }
        }
        self.later(Action::SubmitPressed, now)
    }

    /// The form has faults.
    pub(crate) fn not_sent(&mut self) -> Vec<Effect> {
        self.is_unsent = true;
        if self.later_part == LoadState::Failed {
            self.later_part = LoadState::FailedUnneeded;
        }
        vec![Effect::Focus(Focus::Summary)]
    }

    /// What waits for a token goes on.
    pub(crate) fn token_given(&mut self, now: Now) -> Vec<Effect> {
        let waits = self.work.creations.iter().any(Creation::awaits_token);
        if waits { self.later(Action::TokenGiven, now) } else { vec![] }
    }

    /// Closes the innermost of what is open.
    pub(crate) fn close_what_is_open(&mut self) -> Vec<Effect> {
        if std::mem::take(&mut self.request_is_shown) {
            return vec![Effect::Focus(Focus::Request)];
        }
        if std::mem::take(&mut self.work.instances.is_open) {
            return vec![Effect::Focus(Focus::Instances)];
        }
        self.notices.clear();
        vec![]
    }
}
