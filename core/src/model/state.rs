//! Everything that the page shows follows from this.

use std::mem::discriminant;
use std::rc::Rc;

use contract::rules::Field;
use contract::secret::Secret;

use super::facts::LoadedFacts;
use crate::action::{Action, CopyTarget};
use crate::clock::{Monotonic, Now};
use crate::effect::{Effect, PageEffect};
use crate::form::action::FieldRefusal;
use crate::form::messages::FieldMessages;
use crate::form::state::Form;
use crate::form::token_input::TokenInput;
use crate::load_state::LoadState;
use crate::notice::Notice;
use crate::option_fault::OptionFault;
use crate::options::Options;
use crate::policy::CallPolicy;
use crate::preferences::{Language, Limits, Theme};
use crate::reply::Failed;
use crate::session::state::Session;
use crate::target::Target;
use crate::ticket::{Purpose, Ticket, Tickets};
use crate::visibility::Visibility;
use crate::work::creation::Creation;
use crate::work::state::Work;

/// What the console finds when it starts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StartupContext {
    /// What the operator has set.
    pub options: Options,
    /// What is wrong with that.
    pub option_faults: Vec<OptionFault>,
    /// The language to start with: the one chosen here before, the operator's, or the browser's.
    pub language: Language,
    /// The language whose sentences failed to load, so that the page starts in English.
    pub missing_language: Option<Language>,
    /// The colours to start with: those chosen here before, or the operator's.
    pub theme: Theme,
    /// The address of the page without its fragment.
    pub address: String,
    /// Where the page's document lets it call.
    pub policy: CallPolicy,
    /// Whether the console is a part of somebody else's page, which then is the one to keep drafts and links.
    pub is_embedded: bool,
    /// Whether the page around it supplies the token.
    pub supplies_token: bool,
}

/// Everything that the page shows follows from this. It holds tokens, so it has no `Debug`.
#[derive(PartialEq)]
#[cfg_attr(test, derive(Clone))]
pub struct Model {
    /// The language of the page.
    pub language: Language,
    /// Its colours.
    pub theme: Theme,
    /// What the user should know.
    pub notices: Vec<Notice>,
    /// Whether the request is shown.
    pub request_is_shown: bool,
    /// What the operator has set.
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
    /// The actions that wait for the later part, and when they came.
    pub(crate) deferred: Vec<(Action, Now)>,
    /// Target, token and instance ID as they were when the newest deferred list was requested.
    pub(crate) deferred_for: Option<(Option<Target>, Secret, Rc<str>)>,
    /// Ticket of the timeout of the deferred actions.
    pub(crate) load_limit: Option<Ticket>,
    /// Lookups in the loaded lists, once the later part is loaded.
    pub(crate) facts: LoadedFacts,
    pub(crate) visibility: Visibility,
    pub(crate) address: String,
    /// The draft as it was last kept.
    pub(crate) draft: String,
    /// The drafts before the form was cleared or filled by something else than typing, each with the one after that.
    pub(crate) undo: Vec<(String, String)>,
    pub(crate) limits: Limits,
    pub(crate) session: Session,
    pub(crate) tickets: Tickets,
}

impl Model {
    /// The page as it opens.
    pub fn new(startup_context: StartupContext) -> Self {
        let StartupContext {
            options,
            option_faults,
            language,
            missing_language,
            theme,
            address,
            policy,
            is_embedded,
            supplies_token,
        } = startup_context;
        let mut form = Form::new(&options, policy);
        if supplies_token {
            form.token_input = TokenInput::Supplied;
        }
        Self {
            language,
            theme,
            notices: missing_language
                .map(Notice::LanguageMissing)
                .into_iter()
                .chain(option_faults.into_iter().map(Notice::Option))
                .collect(),
            request_is_shown: false,
            is_embedded,
            later_part: LoadState::default(),
            deferred: Vec::new(),
            facts: LoadedFacts::default(),
            deferred_for: None,
            load_limit: None,
            messages: FieldMessages::default(),
            is_unsent: false,
            work: Work::default(),
            copied: None,
            visibility: Visibility::Shown,
            address,
            // What the operator has filled in is no draft.
            draft: form.to_link(),
            undo: Vec::new(),
            limits: options.limits,
            session: Session::default(),
            tickets: Tickets::default(),
            form,
            options,
        }
    }

    /// Whether a press waits for the later part of the program, or for a token: the form can't be edited meanwhile.
    pub fn is_busy(&self) -> bool {
        self.defers_submission() || self.press_awaits_token()
    }

    /// Whether something would be lost sight of if the page were left: a request, a search, or a backup that is followed.
    pub fn has_something_underway(&self) -> bool {
        self.is_busy() || self.work.creations.iter().any(Creation::is_running)
    }

    /// When the last open attempt of a creation can no longer produce a backup; `None` when no attempt is open.
    pub fn closes_at(&self, creation: &Creation) -> Option<Monotonic> {
        creation.closes_at(self.limits.settle)
    }

    /// Where the form's requests would go, as it stands.
    pub fn target(&self) -> Option<Target> {
        self.form.target()
    }

    /// Why a field is refused beside its rule.
    pub fn refusal_of(&self, field: Field) -> Option<FieldRefusal> {
        self.form.refused.filter(|(refused, _)| *refused == field).map(|(_, refusal)| refusal)
    }

    pub(crate) fn notice(&mut self, notice: Notice) {
        self.notices.retain(|known| discriminant(known) != discriminant(&notice));
        self.notices.push(notice);
    }

    /// Gives up every call and wait for a purpose.
    pub(crate) fn give_up(&mut self, is_meant: impl Fn(Purpose) -> bool) -> Vec<Effect> {
        let given_up = self.tickets.withdraw(is_meant).into_iter();
        given_up.map(|ticket| Effect::Page(PageEffect::Abort(ticket))).collect()
    }
}
