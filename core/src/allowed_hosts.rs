//! The setting `allowed_hosts`: it fails closed. Whoever writes it wants a limit, so that whatever keeps it from being read
//! means the narrowest one, and not none.

use contract::json::Json;
use contract::rules::endpoint::HostName;

use crate::allowed_hosts_key::concerns_calls;
use crate::option_fault::{MAX_LIST_ELEMENTS, Problem};

/// Which hosts may be called, beside the page's own origin.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum AllowedHosts {
    /// Nobody has set a limit: those that the endpoint's rule and the page's policy admit.
    #[default]
    Any,
    /// These, of which there is at least one.
    Only(Vec<HostName>),
    /// Nobody has set a limit, unless it is what one of these keys is meant for, none of which could be read.
    AnyUnlessMeant(Vec<String>),
    /// None: a limit was wanted, and it can't be read.
    NoneUntilMended,
}

impl AllowedHosts {
    /// Whether no host may be called: a limit was wanted, and there is none that could be read.
    pub fn are_none(&self) -> bool {
        match self {
            Self::Any | Self::Only(_) => false,
            Self::AnyUnlessMeant(keys) => keys.iter().any(|key| concerns_calls(key)),
            Self::NoneUntilMended => true,
        }
    }
}

/// The hosts of a list, and what is wrong with its elements, by their number from 1 on; 0 is the list as a whole. An
/// element that is wrong allows nothing.
pub(super) fn read(elements: &[Json]) -> (Vec<HostName>, Vec<(usize, Problem)>) {
    let (mut hosts, mut faults) = (Vec::new(), Vec::new());
    for (number, element) in (1..).zip(elements.iter().take(MAX_LIST_ELEMENTS)) {
        match element {
            // It would allow the hosts that any customer of a cloud can get below its domain.
            Json::Text(text) if text.contains('*') => faults.push((number, Problem::HostPattern)),
            Json::Text(text) => match HostName::read(text) {
                Some(host) => hosts.push(host),
                None => faults.push((number, Problem::NoHost)),
            },
            Json::Null
            | Json::Bool(_)
            | Json::Integer(_)
            | Json::Fraction(_)
            | Json::List(_)
            | Json::Truncated(_)
            | Json::Object(_) => faults.push((number, Problem::NoHost)),
        }
    }
    if elements.is_empty() {
        faults.push((0, Problem::Empty));
    }
    (hosts, faults)
}
