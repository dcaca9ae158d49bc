//! Takes the actions of the page as a whole.

use super::action::PageAction;
use super::state::Page;
use crate::action::Action;
use crate::cx::Cx;
use crate::effect::{Effect, Focus, PageEffect};
use crate::notice::Notice;
use crate::option_fault::{OptionFault, SettingsSource};
use crate::options::Options;
use crate::ticket::Purpose;
use crate::work::action::WorkAction;

impl Page {
    /// Takes an action.
    pub(crate) fn update(&mut self, action: PageAction, cx: &mut Cx) {
        match action {
            PageAction::LanguageChosen(language) => {
                self.language = language;
                self.notices.retain(|notice| !matches!(notice, Notice::LanguageMissing(_)));
                cx.emit(Effect::Page(PageEffect::SetLanguage(language)));
            }
            PageAction::ThemeChosen(theme) => {
                self.theme = theme;
                cx.emit(Effect::Page(PageEffect::SetTheme(theme)));
            }
            PageAction::LanguageMissing(language) => self.add_notice(Notice::LanguageMissing(language)),
            PageAction::Noticed(notice) => self.add_notice(notice),
            PageAction::DismissPressed => self.notices.clear(),
            PageAction::FormRestored => self.notices.retain(|notice| !notice.is_about_form()),
        }
    }

    /// Escape: closes the innermost of what is open.
    pub(crate) fn close_innermost(&mut self, instances_are_shown: bool, can_restore: bool, cx: &mut Cx) {
        if std::mem::take(&mut self.request_is_shown) {
            cx.focus(Focus::Request);
        } else if instances_are_shown {
            cx.then(Action::Work(WorkAction::InstancesClosed));
            cx.focus(Focus::Instances);
        } else {
            // What stood in the form can be brought back by a button of its notice only.
            self.notices.retain(|notice| can_restore && notice.is_about_form());
        }
    }

    /// Takes over other settings. A page that sets the same again changes nothing: what its user has chosen stays.
    pub(crate) fn set_options(&mut self, options: Options, faults: Vec<OptionFault>, cx: &mut Cx) {
        self.notices.retain(|notice| !matches!(notice, Notice::Option(..)));
        let source = SettingsSource::of(self.is_embedded);
        self.notices.extend(faults.into_iter().map(|fault| Notice::Option(fault, source)));
        if options.limits.idle != self.limits.idle {
            // The page looks again when the new time has passed.
            cx.withdraw(|purpose| purpose == Purpose::Idleness);
        }
        self.limits = options.limits;
        if options.theme != self.options.theme {
            self.theme = options.theme.unwrap_or(self.theme);
        }
        if let Some(language) = options.language.filter(|_| options.language != self.options.language) {
            cx.emit(Effect::ChooseLanguage(language));
        }
        self.options = options;
    }
}
