//! Takes the actions of the page as a whole.

use super::action::PageAction;
use super::state::Page;
use crate::cx::Cx;
use crate::effect::{Effect, PageEffect};
use crate::notice::Notice;
use crate::option_fault::OptionFault;
use crate::options::Options;
use crate::ticket::Purpose;

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
            PageAction::FormRestored => {
                let is_about_it =
                    |notice: &Notice| matches!(notice, Notice::Cleared | Notice::LinkFilled | Notice::FormFilled);
                self.notices.retain(|notice| !is_about_it(notice));
            }
        }
    }

    /// Takes over other settings. A page that sets the same again changes nothing: what its user has chosen stays.
    pub(crate) fn set_options(&mut self, options: Options, faults: Vec<OptionFault>, cx: &mut Cx) {
        self.notices.retain(|notice| !matches!(notice, Notice::Option(_)));
        self.notices.extend(faults.into_iter().map(Notice::Option));
        if options.limits.idle != self.limits.idle {
            // The page looks again when the new time has passed.
            cx.withdraw(|purpose| purpose == Purpose::Idleness);
        }
        self.limits = options.limits;
        if options.theme != self.options.theme {
            self.theme = options.theme.unwrap_or(self.theme);
        }
        if options.language != self.options.language {
            self.language = options.language.unwrap_or(self.language);
        }
        self.options = options;
    }
}
