//! Takes actions: what the page has from the start.

use contract::rules::Field;

use super::state::Model;
use crate::action::{Action, PageAction, Press, Reply};
use crate::clock::Now;
use crate::effect::{Effect, Focus, PageEffect};
use crate::form::action::{FillAction, FormAction, Input};
use crate::load_state::LoadState;
use crate::notice::Notice;
use crate::option_fault::OptionFault;
use crate::options::Options;
use crate::session::action::{SessionAction, TokenAction};
use crate::ticket::{Purpose, Ticket};
use crate::visibility::Visibility;
use crate::work::action::WorkAction;
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
        // While a press waits the form stays as it was.
        if self.is_busy() && action.edits_the_form() {
            return vec![];
        }
        match action {
            Action::Page(action) => self.act_on_page(action, now),
            Action::Session(SessionAction::ForgetTokenPressed) => {
                self.forget_token();
                vec![Effect::Page(PageEffect::Focus(Focus::Field(Field::Token)))]
            }
            Action::Form(action) => self.act_on_form(action, now),
            Action::Press(Press::Submit) => self.submit_pressed(now),
            Action::Reply(ticket, Reply::WaitOver) => self.wait_is_over(ticket, now),
            Action::Press(_)
            | Action::Fill(_)
            | Action::Share(_)
            | Action::Token(_)
            | Action::Work(_)
            | Action::Reply(_, Reply::Response(_) | Reply::Probe(_) | Reply::Token(_)) => self.later(action, now),
        }
    }

    fn wait_is_over(&mut self, ticket: Ticket, now: Now) -> Vec<Effect> {
        match self.tickets.find(ticket) {
            // A wait that was given up.
            None => vec![],
            Some(Purpose::Idleness | Purpose::LoadLimit) => {
                // Idleness is checked in `update` already, and has nothing to do with deferred presses.
                self.tickets.take(ticket);
                self.loading_took_too_long(ticket, now)
            }
            Some(_) => self.later(Action::Reply(ticket, Reply::WaitOver), now),
        }
    }

    fn act_on_page(&mut self, action: PageAction, now: Now) -> Vec<Effect> {
        match action {
            PageAction::Opened { fragment, kept } => return self.open(&fragment, kept, now),
            PageAction::LaterLoaded(result) => return self.later_loaded(result, now),
            PageAction::CancelPressed => return self.cancel_pressed(now),
            PageAction::VisibilityChanged(visibility) => return self.visibility_changed(visibility, now),
            PageAction::PageHidden => return self.page_hidden(),
            PageAction::OptionsSet(options, faults) => return self.options_set(options, faults, now),
            PageAction::LanguageChosen(language) => {
                self.language = language;
                self.notices.retain(|notice| !matches!(notice, Notice::LanguageMissing(_)));
                return vec![Effect::Page(PageEffect::SetLanguage(language))];
            }
            PageAction::ThemeChosen(theme) => {
                self.theme = theme;
                return vec![Effect::Page(PageEffect::SetTheme(theme))];
            }
            PageAction::FieldLinkPressed(field) => {
                return vec![Effect::Page(PageEffect::Focus(Focus::Field(self.form.focusable(field))))];
            }
            PageAction::EscapePressed => return self.close_what_is_open(),
            PageAction::LanguageMissing(language) => self.notice(Notice::LanguageMissing(language)),
            PageAction::Noticed(notice) => self.notice(notice),
            PageAction::DismissPressed => self.notices.clear(),
        }
        vec![]
    }

    fn cancel_pressed(&mut self, now: Now) -> Vec<Effect> {
        self.drop_deferred_presses();
        let mut effects = self.stop_asking();
        // The press had superseded what goes on by itself, which continues now.
        if self.form.token_is_supplied() {
            effects.extend(self.token_given(now));
        }
        effects
    }

    fn visibility_changed(&mut self, visibility: Visibility, now: Now) -> Vec<Effect> {
        self.visibility = visibility;
        if visibility == Visibility::Shown {
            self.session.provider.come_back();
        }
        if self.work.creations.is_empty() {
            vec![]
        } else {
            self.later(Action::Page(PageAction::VisibilityChanged(visibility)), now)
        }
    }

    fn page_hidden(&mut self) -> Vec<Effect> {
        if self.press_awaits_token() || self.defers_press() {
            // The user is told on coming back.
            self.notice(Notice::PressLapsed);
        }
        self.drop_deferred_presses();
        self.token_lapses();
        self.session.provider.leave();
        self.stop_asking()
    }

    fn options_set(&mut self, options: Options, faults: Vec<OptionFault>, now: Now) -> Vec<Effect> {
        let mut effects = self.set_options(options, faults);
        // What waited for a host that may be called again goes on.
        if self.form.token_is_supplied() {
            effects.extend(self.token_given(now));
        }
        effects
    }

    fn act_on_form(&mut self, action: FormAction, now: Now) -> Vec<Effect> {
        match action {
            FormAction::ClearFormPressed => return self.clear_form(),
            FormAction::Edited(field, text, input) => {
                if field == Field::Name {
                    // What is typed now counts more than what was asked for before.
                    let suggests = |action: &Action| matches!(action, Action::Fill(FillAction::SuggestNamePressed));
                    self.deferred.retain(|(deferred, _)| !suggests(deferred));
                }
                self.form.edit(field, text, input);
            }
            FormAction::TokenEdited(secret, input) => {
                if secret.is_empty() {
                    // What is deleted by hand is forgotten, for what runs as well.
                    self.session.credentials.clear();
                    self.deferred_for = None;
                }
                self.form.edit_token(secret, input);
                // A token that is typed key by key is complete when its field is left.
                if input == Input::Pasted {
                    return self.token_given(now);
                }
            }
            FormAction::Blurred(field) => {
                self.form.blur(field);
                if field == Field::Token {
                    return self.token_given(now);
                }
            }
            FormAction::DatabasesPasted(index, text) => {
                let last = self.form.paste_databases(index, &text);
                return vec![Effect::Page(PageEffect::Focus(Focus::Field(Field::Database(last))))];
            }
            FormAction::AddDatabasePressed => {
                let added = self.form.add_database();
                return vec![Effect::Page(PageEffect::Focus(Focus::Field(Field::Database(added))))];
            }
            FormAction::RemoveDatabasePressed(index) => {
                self.form.remove_database(index);
                let next = index.min(self.form.databases.len().saturating_sub(1));
                let none_left = self.form.databases.is_empty();
                let focus = if none_left { Focus::AddDatabase } else { Focus::Field(Field::Database(next)) };
                return vec![Effect::Page(PageEffect::Focus(focus))];
            }
            FormAction::EndpointConfirmed => self.form.confirm_endpoint(),
            FormAction::RevealTokenPressed => self.form.reveal_token(),
            FormAction::EngineChosen(choice) => self.form.engine = choice,
        }
        vec![]
    }

    /// `Create backup`: what is faulty is shown at once, the rest is for the later part.
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
        self.later(Action::Press(Press::Submit), now)
    }

    /// The form has faults.
    pub(crate) fn not_sent(&mut self) -> Vec<Effect> {
        self.is_unsent = true;
        if self.later_part == LoadState::Failed {
            self.later_part = LoadState::FailedUnneeded;
        }
        vec![Effect::Page(PageEffect::Focus(Focus::Summary))]
    }

    /// What waits for a token goes on.
    pub(crate) fn token_given(&mut self, now: Now) -> Vec<Effect> {
        let waits = self.work.creations.iter().any(Creation::awaits_token);
        if waits { self.later(Action::Token(TokenAction::Given), now) } else { vec![] }
    }

    /// Closes the innermost of what is open.
    pub(crate) fn close_what_is_open(&mut self) -> Vec<Effect> {
        if std::mem::take(&mut self.request_is_shown) {
            return vec![Effect::Page(PageEffect::Focus(Focus::Request))];
        }
        if std::mem::take(&mut self.work.instances.is_open) {
            return vec![Effect::Page(PageEffect::Focus(Focus::Instances))];
        }
        self.notices.clear();
        vec![]
    }
}
