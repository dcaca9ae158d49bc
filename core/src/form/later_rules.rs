//! What the form leaves to the later part of the program. Nothing can be sent before that is here, so
//! that until then nobody misses a rule about where a token may go, or about what was pasted as one. Once it is here, the
//! form has it in hand, and everything is judged anew.

use contract::backup::CreateBackup;
use contract::instance::{Instance, Unsuitable};
use contract::regions::{self, HostKind};
use contract::rules::endpoint::{Endpoint, HostName};
use contract::rules::token::{self, Extracted, Token};
use contract::rules::{Uncallable, Validated, Violation, Warning, databases};

use super::state::{Faults, Form, LaterRules, LoadedRules};
use crate::allowed_hosts::AllowedHosts;
use crate::policy::CallPolicy;

impl LoadedRules {
    /// All of them. Naming this links their code.
    pub(crate) const LOADED: Self = Self::with(&Here);
}

struct Here;

impl LaterRules for Here {
    fn call(
        &self,
        endpoint: &Endpoint,
        allowed: &AllowedHosts,
        policy: &CallPolicy,
    ) -> Result<Option<Warning>, Uncallable> {
        let Some(host) = endpoint.host() else { return Ok(None) };
        let kind = regions::classify(host);
        if allowed.are_none() {
            return Err(Uncallable::NoneAllowed);
        }
        match allowed {
            AllowedHosts::Only(allowed) if !endpoint.is_among(allowed) => {
                let allowed: Vec<&str> = allowed.iter().map(HostName::as_str).collect();
                return Err(Uncallable::NotAllowed { allowed: allowed.join(", ") });
            }
            // The operator has named this very host, and may have a reason: a gateway of their own.
            AllowedHosts::Only(_) => {}
            AllowedHosts::Any | AllowedHosts::AnyUnlessMeant(_) | AllowedHosts::NoneUntilMended => {
                if let HostKind::NotRds { meant } = kind {
                    return Err(Uncallable::NotRds { meant });
                }
            }
        }
        match policy.forbids(endpoint) {
            Some(named) => Err(Uncallable::OutsidePolicy { endpoint: endpoint.typed().to_owned(), named }),
            // Clouds grow: a new region needs no new page, as long as the page's policy names its host.
            None => Ok((kind == HostKind::RdsOfUnknownRegion).then_some(Warning::RegionUnknown)),
        }
    }

    fn unsuitable(&self, instance: &Instance) -> Option<Unsuitable> {
        instance.unsuitable()
    }

    fn requests_for_selected(&self, form: &Form) -> Result<Vec<CreateBackup>, Faults> {
        form.requests_for_selected()
    }

    fn may_name_databases(&self, form: &Form) -> bool {
        let chosen = form.chosen.as_ref().and_then(|instance| instance.engine);
        chosen.is_none_or(|engine| form.partial_backups().supports(engine))
    }

    fn partial_backup(&self, form: &Form) -> Vec<Violation> {
        databases::partial_backup(form.engine(), form.is_individual(), form.partial_backups())
    }

    fn extract(&self, text: &str) -> Extracted {
        token::extract(text)
    }

    fn token(&self, text: &str) -> Validated<Token> {
        token::token(text)
    }
}
