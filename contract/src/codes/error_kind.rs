//! The meaning of a failure: for the user, for a field of the form, and for repeating the request later.

use crate::rules::Field;

/// The meaning of a failure for the user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// The server finds a parameter wrong and doesn't say which.
    ParameterRefused,
    /// The server finds the instance ID malformed.
    InstanceIdRefused,
    /// The server refuses the backup name.
    NameRefused,
    /// The server refuses the description.
    DescriptionRefused,
    /// A named database doesn't exist.
    DatabaseUnknown,
    /// A backup of this name exists.
    NameTaken,
    /// Another backup of the instance is running.
    BackupRunning,
    /// Another operation on the instance is running.
    InstanceBusy,
    /// The instance's status doesn't allow a backup.
    InstanceStatus,
    /// The instance's storage is full.
    StorageFull,
    /// The account or the instance is frozen.
    Frozen,
    /// There is no such instance in this project and region.
    InstanceUnknown,
    /// The token may not do this, or not in this project.
    NotAllowed,
    /// A refusal that doesn't have the format of the API's errors: usually from a gateway or a proxy in between.
    RefusedOnTheWay,
    /// The token is expired, garbled, or from another region.
    TokenRejected,
    /// A 401 that doesn't have the format of the API's errors: a gateway or a proxy in between rejects the token, or
    /// wants its own login.
    LoginRefusedOnTheWay,
    /// The web server of the page wants its user to sign in, and has answered in place of the API.
    WebServerLogin,
    /// The engine or its version has no manual backups.
    EngineUnsupported,
    /// The operation isn't allowed on this instance, for example a read replica.
    OperationUnsupported,
    /// The quota of backups or storage is used up.
    QuotaUsedUp,
    /// There is no such backup.
    BackupUnknown,
    /// The endpoint has no such API.
    ApiUnknown,
    /// Something doesn't exist, and the answer doesn't say what: the API, the project, the instance.
    NotFound,
    /// The request conflicts with something, and the answer doesn't say with what.
    Conflict,
    /// A proxy or the gateway doesn't accept a header of this length, which can only be the token's.
    HeadersTooLarge,
    /// Too many requests.
    Throttled,
    /// The project or the user is not available in this region.
    ProjectUnavailable,
    /// The gateway, or a proxy, got no answer from the service behind it.
    GatewayTrouble,
    /// The service failed.
    ServerFault,
    /// A 2xx whose body isn't the documented answer.
    AnswerUnclear,
    /// A status that the API doesn't document.
    Unknown,
}

/// Whether the same request can succeed later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// Something has to be changed first.
    AfterChange,
    /// Waiting helps.
    Later,
}

impl ErrorKind {
    /// The field that the failure is about, if any.
    pub fn field(self) -> Option<Field> {
        match self {
            Self::InstanceIdRefused
            | Self::InstanceUnknown
            | Self::InstanceStatus
            | Self::OperationUnsupported
            | Self::StorageFull
            | Self::Frozen => Some(Field::InstanceId),
            Self::NameRefused | Self::NameTaken => Some(Field::Name),
            Self::DescriptionRefused => Some(Field::Description),
            Self::DatabaseUnknown => Some(Field::Databases),
            Self::TokenRejected | Self::LoginRefusedOnTheWay | Self::HeadersTooLarge => Some(Field::Token),
            Self::ApiUnknown => Some(Field::Endpoint),
            Self::ProjectUnavailable => Some(Field::ProjectId),
            Self::ParameterRefused
            | Self::NotFound
            | Self::Conflict
            | Self::BackupRunning
            | Self::InstanceBusy
            | Self::NotAllowed
            | Self::RefusedOnTheWay
            | Self::WebServerLogin
            | Self::EngineUnsupported
            | Self::QuotaUsedUp
            | Self::BackupUnknown
            | Self::Throttled
            | Self::GatewayTrouble
            | Self::ServerFault
            | Self::AnswerUnclear
            | Self::Unknown => None,
        }
    }

    /// Whether the same request can succeed later.
    pub fn retry(self) -> Retry {
        let passes = matches!(self, Self::Throttled | Self::GatewayTrouble | Self::ServerFault) || self.is_busy();
        if passes { Retry::Later } else { Retry::AfterChange }
    }

    /// Whether the instance is temporarily busy.
    pub fn is_busy(self) -> bool {
        matches!(self, Self::BackupRunning | Self::InstanceBusy | Self::InstanceStatus | Self::Conflict)
    }

    /// Whether the token is rejected, by whichever server: it isn't resent automatically.
    pub fn rejects_token(self) -> bool {
        matches!(self, Self::TokenRejected | Self::LoginRefusedOnTheWay)
    }

    /// The same for an answer that doesn't have the format of the API's errors: it doesn't prove that the API refused.
    pub(crate) fn on_the_way(self) -> Self {
        if self == Self::TokenRejected {
            Self::LoginRefusedOnTheWay
        } else if matches!(self, Self::NotAllowed | Self::ParameterRefused) {
            Self::RefusedOnTheWay
        } else {
            self
        }
    }

    /// The meaning of a status without a usable code ("Status Codes" of the RDS reference).
    pub fn of_status(status: u16) -> Self {
        match status {
            200..=299 => Self::AnswerUnclear,
            400 | 413..=415 | 422 => Self::ParameterRefused,
            401 => Self::TokenRejected,
            403 => Self::NotAllowed,
            404 => Self::NotFound,
            405 => Self::ApiUnknown,
            409 => Self::Conflict,
            429 => Self::Throttled,
            // 431 is RFC 6585's; 494 is nginx's own, which the gateway sends and nginx itself turns into a 400.
            431 | 494 => Self::HeadersTooLarge,
            408 | 502..=504 => Self::GatewayTrouble,
            500..=599 => Self::ServerFault,
            _ => Self::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_has_a_meaning() {
        for (status, error_kind) in [
            (200, ErrorKind::AnswerUnclear),
            (204, ErrorKind::AnswerUnclear),
            (302, ErrorKind::Unknown),
            (400, ErrorKind::ParameterRefused),
            (401, ErrorKind::TokenRejected),
            (403, ErrorKind::NotAllowed),
            (404, ErrorKind::NotFound),
            (405, ErrorKind::ApiUnknown),
            (408, ErrorKind::GatewayTrouble),
            (409, ErrorKind::Conflict),
            (413, ErrorKind::ParameterRefused),
            (414, ErrorKind::ParameterRefused),
            (429, ErrorKind::Throttled),
            (431, ErrorKind::HeadersTooLarge),
            (494, ErrorKind::HeadersTooLarge),
            (500, ErrorKind::ServerFault),
            (502, ErrorKind::GatewayTrouble),
            (599, ErrorKind::ServerFault),
            (600, ErrorKind::Unknown),
        ] {
            assert_eq!(ErrorKind::of_status(status), error_kind, "{status}");
        }
    }
}
