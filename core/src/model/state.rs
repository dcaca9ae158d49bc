//! Everything that the page shows follows from this.

use contract::rules::{Field, normalize};

use super::deferred::DeferredActions;
use super::lookups::LoadedLookups;
use crate::clock::{Monotonic, Now};
use crate::cx::Cx;
use crate::form::action::FieldRefusal;
use crate::form::state::Form;
use crate::form::token_input::TokenInput;
use crate::language::Language;
use crate::notice::Notice;
use crate::option_fault::{OptionFault, SettingsSource};
use crate::options::Options;
use crate::page::state::Page;
use crate::page_address::PageAddress;
use crate::policy::CallPolicy;
use crate::preferences::Theme;
use crate::target::Target;
use crate::work::backups::BackupList;
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
    /// The address of the page.
    pub address: PageAddress,
    /// Where the page's document lets it call.
    pub policy: CallPolicy,
    /// Whether the console is a part of somebody else's page, which then is the one to keep drafts and links.
    pub is_embedded: bool,
    /// Whether the page around it supplies the token.
    pub supplies_token: bool,
}

/// Everything that the page shows follows from this. Each feature has its own state. It holds tokens, so it has no `Debug`.
#[derive(PartialEq)]
#[cfg_attr(test, derive(Clone))]
pub struct Model {
    /// The page as a whole.
    pub page: Page,
    /// What was typed, and what the page says about it.
    pub form: Form,
    /// Creations, and what is known of instances and backups.
    pub work: Work,
    /// The later part of the program, and what waits for it.
    pub deferred: DeferredActions,
    /// Lookups in the loaded lists, once the later part is loaded.
    pub(crate) lookups: LoadedLookups,
    /// What features work with: the session among it.
    pub(crate) cx: Cx,
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
        let token_input = if supplies_token { TokenInput::Supplied } else { TokenInput::default() };
        let mut cx = Cx::new(Now::default(), options.limits, language);
        cx.session.provider.is_there = supplies_token;
        Self {
            form: Form::new(&options, address.folder(), policy, token_input),
            work: Work::default(),
            deferred: DeferredActions::default(),
            lookups: LoadedLookups::default(),
            cx,
            page: Page {
                language,
                theme,
                notices: missing_language
                    .map(Notice::LanguageMissing)
                    .into_iter()
                    .chain(
                        option_faults.into_iter().map(|fault| Notice::Option(fault, SettingsSource::of(is_embedded))),
                    )
                    .collect(),
                request_is_shown: false,
                copied: None,
                is_embedded,
                limits: options.limits,
                address,
                options,
            },
        }
    }

    /// Whether a press waits for the later part of the program, or for a token: the form can't be edited meanwhile.
    pub fn is_locked(&self) -> bool {
        self.deferred.defers_submission() || self.cx.session.provider.press_waits()
    }

    /// Whether something would be lost sight of if the page were left: a request, a search, or a backup that is followed.
    pub fn has_something_underway(&self) -> bool {
        self.is_locked() || self.work.creations.iter().any(Creation::is_running)
    }

    /// When the last open attempt of a creation can no longer produce a backup; `None` when no attempt is open.
    pub fn closes_at(&self, creation: &Creation) -> Option<Monotonic> {
        creation.closes_at(self.page.limits.settle)
    }

    /// Whether the list of instances is shown: that of another project or endpoint than the form's isn't.
    pub fn shows_instances(&self) -> bool {
        let instances = &self.work.instances;
        instances.is_open && self.form.target().is_none_or(|target| instances.is_of(&target))
    }

    /// The list of backups, if it is that of the instance in the form.
    pub fn backups_of_form(&self) -> Option<&BackupList> {
        let target = self.form.target().filter(|_| !self.form.selects_several())?;
        let backups = &self.work.backups;
        backups.is_of(&target, normalize(&self.form.instance_id.text)).then_some(backups)
    }

    /// Where the form's requests would go, as it stands.
    pub fn target(&self) -> Option<Target> {
        self.form.target()
    }

    /// Why a field is refused beside its rule.
    pub fn refusal_of(&self, field: Field) -> Option<FieldRefusal> {
        self.form.refused.filter(|(refused, _)| *refused == field).map(|(_, refusal)| refusal)
    }

    /// Whether a press at a creation lacks a token, and the form is about another endpoint or project, so that none can be
    /// given there for it.
    pub fn is_elsewhere(&self, creation: &Creation) -> bool {
        creation.wants_token()
            && !self.form.token_is_supplied()
            && !self.form.names(&creation.target)
            && self.cx.session.credentials.connect(&creation.target).is_err()
    }
}
