//! What the form leaves to the part of the program that has to do with requests. Nothing can be sent before that is here, so
//! that until then nobody misses a rule about where a token may go, or about what was pasted as one. Once it is here, the
//! form has it in hand, and everything is judged anew.

use std::rc::Rc;

use contract::instance::{Instance, Unsuitable};
use contract::regions::{self, HostKind};
use contract::rules::endpoint::{Endpoint, HostName};
use contract::rules::token::{self, Extracted, Token};
use contract::rules::{Field, Uncallable, Validated, Warning};

use crate::allowed_hosts::AllowedHosts;
use crate::form::Form;
use crate::policy::CallPolicy;
use crate::work::Work;

/// The rules that come with that part.
pub(crate) trait LateRules {
    /// What keeps a call to another host than the page's own from being made, whatever the token; or what is unusual about
    /// the host.
    fn call(
        &self,
        endpoint: &Endpoint,
        allowed: &AllowedHosts,
        policy: &CallPolicy,
    ) -> Result<Option<Warning>, Uncallable>;
    /// What is unusual.
    fn warnings(&self, form: &Form, work: &Work) -> Vec<(Field, Warning)>;
    /// The instance of the list whose ID was typed.
    fn recognized(&self, form: &Form, work: &Work) -> Option<Rc<Instance>>;
    /// Why an instance can't be backed up.
    fn unsuitable(&self, instance: &Instance) -> Option<Unsuitable>;
    /// Finds the token in what was pasted.
    fn extract(&self, text: &str) -> Extracted;
    /// Reads the token.
    fn token(&self, text: &str) -> Validated<Token>;
}

/// The rules, where they are here.
#[derive(Clone, Copy, Default)]
pub(crate) struct Late(Option<&'static dyn LateRules>);

impl PartialEq for Late {
    fn eq(&self, other: &Self) -> bool {
        self.0.is_some() == other.0.is_some()
    }
}

impl Late {
    /// All of them. Whoever calls this brings their code along.
    pub(crate) const HERE: Self = Self(Some(&Here));

    /// The rules, once they are here.
    pub(crate) fn rules(self) -> Option<&'static dyn LateRules> {
        self.0
    }
}

struct Here;

impl LateRules for Here {
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

    fn warnings(&self, form: &Form, work: &Work) -> Vec<(Field, Warning)> {
        form.warnings(work)
    }

    fn recognized(&self, form: &Form, work: &Work) -> Option<Rc<Instance>> {
        form.listed_instance(work)
    }

    fn unsuitable(&self, instance: &Instance) -> Option<Unsuitable> {
        instance.unsuitable()
    }

    fn extract(&self, text: &str) -> Extracted {
        token::extract(text)
    }

    fn token(&self, text: &str) -> Validated<Token> {
        token::token(text)
    }
}
