//! What is unusual about a text that breaks no rule.

/// Something unusual that the user should look at. It never keeps a request from being sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning {
    /// The endpoint reads as the RDS host of a region that isn't known here: see [`crate::regions`].
    RegionUnknown,
    /// Every documented project ID has [`project_id::USUAL_LENGTH`](super::project_id::USUAL_LENGTH) characters.
    ProjectIdLength {
        /// How many there are.
        found: usize,
    },
    /// Tokens have [`token::USUAL_BYTES`](super::token::USUAL_BYTES).
    TokenLength {
        /// How many there are.
        found: usize,
    },
    /// Tokens start with [`token::USUAL_START`](super::token::USUAL_START).
    TokenStart,
    /// The ID hasn't the form of an RDS instance ID.
    InstanceIdForm,
    /// The ID has the form that another database service gives its instances.
    InstanceOfAnotherService,
    /// Databases are named, and nothing tells the engine.
    EngineUnknown,
    /// The instance's list has a backup of this name, unless that was deleted since.
    NameListed {
        /// The ID of that backup.
        id: String,
        /// When it began, as the API says.
        begin_time: String,
    },
}
