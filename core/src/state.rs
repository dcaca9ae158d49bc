//! The page as a whole: routes an action to its feature, and keeps what belongs to none.

use std::mem::discriminant;
use std::rc::Rc;

use contract::rules::Field;
use contract::secret::Secret;

use crate::action::{Action, CopyTarget, Kept, Visibility};
use crate::clock::{Monotonic, Now};
use crate::effect::{Effect, Focus};
use crate::form::{FieldMessages, Form, TokenInput};
use crate::later::LoadState;
use crate::link::Link;
use crate::options::{OptionFault, Options};
use crate::policy::CallPolicy;
use crate::preferences::{Language, Limits, Theme};
use crate::session::Session;
use crate::session::credentials::Target;
use crate::ticket::{Purpose, Ticket, Tickets};
use crate::work::{Work, WorkAction};
use crate::{Failed, FieldRefusal, Input};

/// What the console finds when it starts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StartupContext {
    /// What whoever runs the page has set.
    pub options: Options,
    /// What is wrong with that.
    pub option_faults: Vec<OptionFault>,
    /// The languages that the user prefers (BCP 47), and the one chosen here before.
    pub language: Language,
    /// The colours chosen here before.
    pub theme: Theme,
    /// The address of the page without what stands behind `#`.
    pub address: String,
    /// Where the page's document lets it call.
    pub policy: CallPolicy,
    /// Whether the console is a part of somebody else's page, which then is the one to keep drafts and links.
    pub is_embedded: bool,
    /// Whether the page around it supplies the token.
    pub supplies_token: bool,
}

/// Something that the user should know of what has happened by itself.
#[derive(Clone, Debug, PartialEq)]
pub enum Notice {
    /// The form was filled from a link; what it had before can be brought back.
    LinkFilled,
    /// A link had a token, or what may be one, which was dropped.
    LinkHadToken,
    /// A link had names that the page doesn't know.
    LinkUnknown(Vec<String>),
    /// A link names a backup to follow, and says too little about which, or where.
    WatchIncomplete,
    /// A link came while a press waited, and wasn't taken over.
    LinkMissed,
    /// The form has what stood in it before the page was loaded again.
    DraftRestored,
    /// The form was cleared; it can be brought back.
    Cleared,
    /// The form was filled for what was pressed; what it had before can be brought back.
    FormFilled,
    /// The browser shows no notifications for this page.
    NotificationsDenied,
    /// The page around the console has supplied no token.
    TokenNotSupplied,
    /// What was pressed wasn't done: too much time had passed, as when the machine slept, or the page was left or changed.
    PressLapsed,
    /// What was pressed at a card is for an endpoint that may not be called.
    NotCallable,
    /// The sentences of a language couldn't be had.
    LanguageMissing(Language),
    /// A setting is wrong.
    Option(OptionFault),
}

/// Everything that the page shows follows from this. It holds tokens, so it has no `Debug`.
#[derive(PartialEq)]
#[cfg_attr(test, derive(Clone))]
pub struct State {
    /// The language of the page.
    pub language: Language,
    /// Its colours.
    pub theme: Theme,
    /// What the user should know.
    pub notices: Vec<Notice>,
    /// Whether the request is shown.
    pub request_is_shown: bool,
    /// What whoever runs the page has set.
    pub options: Options,
    /// Whether the console is a part of somebody else's page.
    pub is_embedded: bool,
    /// How far the later part of the program is loaded.
    pub later_part: LoadState,
    /// What was typed.
    pub form: Form,
    /// What the page says about the fields.
    pub messages: FieldMessages,
    /// Whether `Create backup` was last pressed on a form with faults: nothing was sent.
    pub is_unsent: bool,
    /// Creations, and what is known of instances and backups.
    pub work: Work,
    /// What became of the last copy, until the next action of the user.
    pub copied: Option<(CopyTarget, Result<(), Failed>)>,
    /// What was pressed before that part was here, and when.
    pub(crate) deferred: Vec<(Action, Now)>,
    /// Where the newest of them that asks for a list was to ask, and the texts of token and instance then.
    pub(crate) deferred_for: Option<(Option<Target>, Secret, Rc<str>)>,
    /// The wait that ends theirs.
    pub(crate) load_limit: Option<Ticket>,
    pub(crate) visibility: Visibility,
    pub(crate) address: String,
    /// The draft as it was last kept.
    draft: String,
    /// The drafts before the form was cleared or filled by something else than typing, each with the one after that.
    pub(crate) undo: Vec<(String, String)>,
    pub(crate) limits: Limits,
    pub(crate) session: Session,
    pub(crate) tickets: Tickets,
}

impl State {
    /// The page as it opens.
    pub fn new(startup_context: StartupContext) -> Self {
        let StartupContext { options, option_faults, language, theme, address, policy, is_embedded, supplies_token } =
            startup_context;
        let mut form = Form::new(&options, policy);
        if supplies_token {
            form.token_input = TokenInput::Supplied;
        }
        Self {
            language,
            theme,
            notices: option_faults.into_iter().map(Notice::Option).collect(),
            request_is_shown: false,
            is_embedded,
            later_part: LoadState::default(),
            deferred: Vec::new(),
            deferred_for: None,
            load_limit: None,
            messages: FieldMessages::default(),
            is_unsent: false,
            work: Work::default(),
            copied: None,
            visibility: Visibility::Shown,
            address,
            // What the operator has filled in is no draft.
            draft: Link::to_form(&form),
            undo: Vec::new(),
            limits: options.limits,
            session: Session::default(),
            tickets: Tickets::default(),
            form,
            options,
        }
    }

    /// Whether a press waits for the part of the program that sends, or for a token: the form can't be edited meanwhile.
    pub fn is_busy(&self) -> bool {
        self.defers_submission() || self.press_awaits_token()
    }

    /// Whether something would be lost sight of if the page were left: a request, a search, or a backup that is followed.
    pub fn has_something_underway(&self) -> bool {
        self.is_busy() || self.work.creations.iter().any(crate::Creation::is_running)
    }

    /// When nothing can come any more of any attempt of a creation; `None` when no attempt is left open.
    pub fn closes_at(&self, creation: &crate::Creation) -> Option<Monotonic> {
        creation.closes_at(self.limits.settle)
    }

    /// Takes an action at a moment, and says what is to be done in the world. What is for the later part of the program comes back
    /// as [`Effect::Later`]: each goes to [`State::update_later`] at once. After that comes [`State::finish`].
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
        self.form.recognize(&self.work);
        self.messages = self.form.messages(&self.work);
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

    fn act_on_form(&mut self, action: Action, now: Now) -> Vec<Effect> {
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
    fn submit_pressed(&mut self, now: Now) -> Vec<Effect> {
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
    fn token_given(&mut self, now: Now) -> Vec<Effect> {
        let waits = self.work.creations.iter().any(crate::Creation::awaits_token);
        if waits { self.later(Action::TokenGiven, now) } else { vec![] }
    }

    pub(crate) fn notice(&mut self, notice: Notice) {
        self.notices.retain(|known| discriminant(known) != discriminant(&notice));
        self.notices.push(notice);
    }

    /// A change that asks for nothing in the world.
    pub(crate) fn quietly(&mut self, change: impl FnOnce(&mut Self)) -> Vec<Effect> {
        change(self);
        vec![]
    }

    /// What was typed, for a reload of the tab, whenever it has changed.
    fn keep_draft(&mut self) -> Option<Effect> {
        if self.is_embedded {
            return None;
        }
        let draft = Link::to_form(&self.form);
        if draft == self.draft {
            return None;
        }
        self.draft.clone_from(&draft);
        Some(Effect::KeepDraft(draft))
    }

    /// The page was opened, or its address has changed. Nothing is sent for it.
    fn open(&mut self, fragment: &str, kept: Option<Kept>, now: Now) -> Vec<Effect> {
        let mut effects = Vec::new();
        if let Some(Kept { draft, marker }) = kept {
            if !draft.is_empty() {
                self.form.bring_back(&Link::read(&draft));
                self.notice(Notice::DraftRestored);
            }
            if !marker.is_empty() {
                effects.extend(self.later(Action::Work(WorkAction::Restored(marker)), now));
            }
        }
        let link = Link::read(fragment);
        if link.is_empty() {
            return effects;
        }
        // Whatever else the link has: a token is out of the address at once.
        let address = link.watch.as_ref().filter(|_| !self.is_busy()).map(|_| link.without_token()).unwrap_or_default();
        effects.push(Effect::SetAddress(address));
        if link.had_token {
            self.notice(Notice::LinkHadToken);
        }
        if !link.unknown.is_empty() {
            self.notice(Notice::LinkUnknown(link.unknown.clone()));
        }
        if self.is_busy() {
            // While a press waits the form stays as it was.
            if link.is_watch || link.fills_something() {
                self.notice(Notice::LinkMissed);
            }
            return effects;
        }
        match &link.watch {
            Some((instance_id, backup_id)) => {
                let (instance_id, backup_id) = (instance_id.clone(), backup_id.clone());
                effects.extend(self.watch(&link, instance_id, backup_id, now));
            }
            None if link.is_watch => self.notice(Notice::WatchIncomplete),
            None if link.fills_something() => self.fill_from_link(&link),
            None => {}
        }
        effects
    }

    /// A link that names an instance or a backup is a whole request: what it leaves out is emptied.
    fn fill_from_link(&mut self, link: &Link) {
        let before = Link::to_form(&self.form);
        if link.is_whole_request() {
            self.form.clear_request();
        }
        self.form.fill_in(link, Input::Pasted);
        self.can_undo(before);
        self.notice(Notice::LinkFilled);
    }

    /// A link names a backup. It fills only what is empty, and asks for nothing before its user's press.
    fn watch(&mut self, link: &Link, instance_id: String, backup_id: String, now: Now) -> Vec<Effect> {
        let Some(target) = link.target() else {
            self.notice(Notice::WatchIncomplete);
            return vec![];
        };
        self.form.fill_in_where_empty(link);
        self.later(Action::Work(WorkAction::Watched { target, instance_id, backup_id }), now)
    }

    fn clear_form(&mut self) -> Vec<Effect> {
        let before = Link::to_form(&self.form);
        self.forget_token();
        self.form = self.form.cleared(&self.options);
        self.can_undo(before);
        self.is_unsent = false;
        self.notice(Notice::Cleared);
        vec![Effect::Focus(Focus::Field(Field::Endpoint))]
    }

    /// Keeps what stood in the form before something else was put there.
    pub(crate) fn can_undo(&mut self, before: String) {
        let after = Link::to_form(&self.form);
        if after != before {
            self.undo.push((before, after));
        }
    }

    /// Whether something can be brought back into the form.
    pub fn can_restore(&self) -> bool {
        !self.undo.is_empty()
    }

    /// Closes the innermost of what is open.
    fn close_what_is_open(&mut self) -> Vec<Effect> {
        if std::mem::take(&mut self.request_is_shown) {
            return vec![Effect::Focus(Focus::Request)];
        }
        if std::mem::take(&mut self.work.instances.is_open) {
            return vec![Effect::Focus(Focus::Instances)];
        }
        self.notices.clear();
        vec![]
    }

    /// Takes over other settings. A page that sets the same again changes nothing: what its user has chosen stays.
    fn set_options(&mut self, options: Options, faults: Vec<OptionFault>) -> Vec<Effect> {
        self.notices.retain(|notice| !matches!(notice, Notice::Option(_)));
        self.notices.extend(faults.into_iter().map(Notice::Option));
        let has_other_idle_time = self.limits.idle != options.limits.idle;
        self.limits = options.limits;
        if options.theme != self.options.theme {
            self.theme = options.theme.unwrap_or(self.theme);
        }
        if options.language != self.options.language {
            self.language = options.language.unwrap_or(self.language);
        }
        // A limit holds at once; what stands in the form is left alone while it is locked, and taken over when it is set again.
        self.form.allow(&options.allowed_hosts);
        let form = &self.form;
        self.session.credentials.retain(|target| form.may_call(&target.endpoint));
        if self.is_busy() {
            let filled_in = std::mem::take(&mut self.options.filled_in);
            self.options = Options { filled_in, ..options };
        } else {
            self.form.set(&options, &self.options);
            self.options = options;
        }
        // Another idle time is waited for anew.
        let is_meant = |purpose| has_other_idle_time && purpose == Purpose::Idleness;
        self.tickets.withdraw(is_meant).into_iter().map(Effect::Abort).collect()
    }

    /// Where the form's requests would go, as it stands.
    pub fn target(&self) -> Option<Target> {
        self.form.target()
    }

    /// Why a field is refused beside its rule.
    pub fn refusal_of(&self, field: Field) -> Option<FieldRefusal> {
        self.form.refused.filter(|(refused, _)| *refused == field).map(|(_, refusal)| refusal)
    }
}
