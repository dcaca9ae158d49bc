//! What can be wrong with a setting.

use crate::allowed_hosts_key::concerns_calls;

/// What is wrong with a setting.
#[derive(Clone, Debug, PartialEq)]
pub struct OptionFault {
    /// Its key, with the number of an element from 1 on; "" for the settings as a whole.
    pub key: String,
    /// What is wrong.
    pub problem: Problem,
}

/// Who sets the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettingsSource {
    /// The file `config.json` beside the page.
    ConfigFile,
    /// The page around the console.
    HostPage,
}

impl SettingsSource {
    /// Who sets those of a console that is a part of another page, or a page of its own.
    pub(crate) fn of(is_embedded: bool) -> Self {
        if is_embedded { Self::HostPage } else { Self::ConfigFile }
    }
}

/// What can be wrong with a setting.
#[derive(Clone, Debug, PartialEq)]
pub enum Problem {
    /// The file couldn't be loaded; whether it exists is unknown.
    NotLoaded,
    /// The file is no JSON.
    Unreadable,
    /// It is no JSON object.
    NoObject,
    /// There is no such key.
    Unknown,
    /// It isn't text.
    NoText,
    /// It isn't a list.
    NoList,
    /// It isn't a number from the first to the second.
    NoNumber(f64, f64),
    /// It is none of these words.
    NotOneOf(&'static str),
    /// It isn't an endpoint.
    NoEndpoint,
    /// It isn't a project ID.
    NoProjectId,
    /// It isn't the name of a host.
    NoHost,
    /// It stands for several hosts, whoever they belong to.
    HostPattern,
    /// It is a list without elements.
    Empty,
    /// It has more than so many parts.
    TooMany(usize),
    /// It isn't the address of a file on the page's own server.
    NoOwnFile,
}

/// How many elements of a list are read.
pub(crate) const MAX_LIST_ELEMENTS: usize = 100;

impl OptionFault {
    /// Whether it may keep a limit on calls from being read: it is one of `allowed_hosts`, or of something that is meant for
    /// it, or of the settings as a whole.
    pub fn concerns_calls(&self) -> bool {
        concerns_calls(&self.key)
    }

    /// A fault of the settings as a whole.
    pub(crate) fn of_all(problem: Problem) -> Self {
        Self { key: String::new(), problem }
    }
}
