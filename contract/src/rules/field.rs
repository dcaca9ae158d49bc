//! The fields of the form.

/// A field of the form, with the API's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// `X-Auth-Token` header. It comes first, since it fills in the two after it.
    Token,
    /// The API's address: host, origin or proxy path.
    Endpoint,
    /// `project_id` of the URI.
    ProjectId,
    /// `instance_id` of the body.
    InstanceId,
    /// `name` of the body.
    Name,
    /// The pattern of the names, where several instances are backed up with one press.
    NamePattern,
    /// `description` of the body.
    Description,
    /// `databases` of the body, as a whole.
    Databases,
    /// One entry of `databases`, counted from 0.
    Database(usize),
}

impl Field {
    /// The single-text fields, in the order of the form.
    pub const SINGLE: [Self; 7] = [
        Self::Token,
        Self::Endpoint,
        Self::ProjectId,
        Self::InstanceId,
        Self::Name,
        Self::NamePattern,
        Self::Description,
    ];

    /// The API's name of the field, or a name like it for endpoint and token. Links, DOM IDs and style classes use it too.
    pub fn api_name(self) -> &'static str {
        match self {
            Self::Token => "token",
            Self::Endpoint => "endpoint",
            Self::ProjectId => "project_id",
            Self::InstanceId => "instance_id",
            Self::Name => "name",
            Self::NamePattern => "name_pattern",
            Self::Description => "description",
            Self::Databases | Self::Database(_) => "databases",
        }
    }
}
