//! Takes over other settings.

use super::state::Model;
use crate::effect::Effect;
use crate::notice::Notice;
use crate::option_fault::OptionFault;
use crate::options::Options;
use crate::ticket::Purpose;

impl Model {
    /// Takes over other settings. A page that sets the same again changes nothing: what its user has chosen stays.
    pub(crate) fn set_options(&mut self, options: Options, faults: Vec<OptionFault>) -> Vec<Effect> {
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
        // The idle timer is restarted if its duration has changed.
        let is_meant = |purpose| has_other_idle_time && purpose == Purpose::Idleness;
        self.give_up(is_meant)
    }
}
