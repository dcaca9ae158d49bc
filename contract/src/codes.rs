//! The table of error codes: what a code means for this call, which field it is about, and whether asking again helps.
//!
//! Sources: "Error Codes" of the Open Telekom Cloud RDS reference (`DBS.*`), "Error Codes" of its API Gateway guide
//! (`APIG.*`, which live answers spell `APIGW.*`); for codes that these leave out, the retry lists of the Terraform
//! providers and the DDS and GaussDB references, which share the number space. The published tables are incomplete: a
//! code that isn't here is shown with the server's own words.

mod table;

use crate::rules::Field;
use table::{Row, TABLE};

/// What a failure means to the person who wanted a backup.
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
    /// A refusal that isn't in the shape of the API's errors: as a rule a gateway's or a proxy's on the way.
    RefusedOnTheWay,
    /// The token is expired, garbled, or from another region.
    TokenRejected,
    /// A 401 that isn't in the shape of the API's errors: a gateway or a proxy on the way rejects the token, or wants a login
    /// of its own.
    LoginRefusedOnTheWay,
    /// The engine or its version has no manual backups.
    EngineUnsupported,
    /// The operation isn't allowed on this instance; a read replica, for one.
    OperationUnsupported,
    /// The quota of backups or storage is used up.
    QuotaUsedUp,
    /// There is no such backup.
    BackupUnknown,
    /// The endpoint has no such API.
    ApiUnknown,
    /// Something isn't there, and the answer doesn't say what: the API, the project, the instance.
    NotFound,
    /// The request clashes with something, and the answer doesn't say with what.
    Conflict,
    /// A proxy or the gateway takes no header as long as this one, which can only be the token's.
    HeadersTooLarge,
    /// Too many requests.
    Throttled,
    /// The project or the user is not available in this region.
    ProjectUnavailable,
    /// The gateway, or a proxy, had no answer from the service behind it.
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

/// Whether a refusal holds for the request itself, or for the moment in which it came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusalKind {
    /// It is refused each time that it is sent: of however many sendings, none has made a backup.
    OfTheRequest,
    /// It may be refused now and not before, or not by the service at all: an earlier sending, or this one, may have made a
    /// backup.
    OfTheMoment,
}

/// What the table knows about an error code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// What it means.
    pub error_kind: ErrorKind,
    /// What kind of refusal it is.
    pub kind: RefusalKind,
}

/// Looks an error code up that came with a status; `None` when it isn't in the table.
pub fn known(code: &str, status: u16) -> Option<Known> {
    let (service, number) = code.trim().split_once('.')?;
    // Live answers of the gateway spell its prefix APIGW, its docs APIG.
    let service = if service == "APIGW" { "APIG" } else { service };
    let fits = |row: &&Row| {
        row.service == service
            && row.numbers.contains(&number)
            && (row.statuses.is_empty() || row.statuses.contains(&status))
    };
    TABLE.iter().find(fits).map(|row| Known { error_kind: row.error_kind, kind: row.kind })
}

impl ErrorKind {
    /// The field that the failure is about, where there is one.
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

    /// Whether the instance is busy now and will be ready by itself.
    pub fn is_busy(self) -> bool {
        matches!(self, Self::BackupRunning | Self::InstanceBusy | Self::InstanceStatus | Self::Conflict)
    }

    /// Whether the token is rejected, whoever says so: it isn't sent again by itself.
    pub fn rejects_token(self) -> bool {
        matches!(self, Self::TokenRejected | Self::LoginRefusedOnTheWay)
    }

    /// The same of an answer that isn't in the shape of the API's errors: it doesn't say that the API refused.
    pub(crate) fn on_the_way(self) -> Self {
        match self {
            Self::TokenRejected => Self::LoginRefusedOnTheWay,
            Self::NotAllowed | Self::ParameterRefused => Self::RefusedOnTheWay,
            other => other,
        }
    }

    /// The meaning of a status alone, when the code says nothing ("Status Codes" of the RDS reference).
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
            // 431 is RFC 6585's; 494 is nginx's own, which the gateway sends and nginx turns into a 400.
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

    /// The meaning of a code that means the same with every status.
    fn error_kind(code: &str) -> Option<ErrorKind> {
        known(code, 400).map(|known| known.error_kind)
    }

    #[test]
    fn codes_of_a_field_lead_to_it() {
        for (code, field) in [
            ("DBS.280277", Field::Name),
            ("DBS.201201", Field::Name),
            ("DBS.280127", Field::Description),
            ("DBS.280128", Field::Databases),
            ("DBS.280404", Field::InstanceId),
            ("DBS.200602", Field::InstanceId),
            ("DBS.280056", Field::Token),
            ("APIG.0307", Field::Token),
        ] {
            assert_eq!(error_kind(code).and_then(ErrorKind::field), Some(field), "{code}");
        }
        assert_eq!(ErrorKind::HeadersTooLarge.field(), Some(Field::Token));
    }

    #[test]
    fn both_spellings_of_the_gateway_are_known() {
        assert_eq!(error_kind("APIG.0101"), Some(ErrorKind::ApiUnknown));
        assert_eq!(error_kind("APIGW.0101"), Some(ErrorKind::ApiUnknown));
    }

    #[test]
    fn busy_codes_are_worth_waiting_for_and_refusals_are_not() {
        for code in ["DBS.201205", "DBS.200011", "DBS.200019", "DBS.200047", "DBS.201202", "DBS.201014", "APIG.0308"] {
            assert_eq!(error_kind(code).map(ErrorKind::retry), Some(Retry::Later), "{code}");
        }
        for code in ["DBS.201201", "DBS.280277", "DBS.280056"] {
            assert_eq!(error_kind(code).map(ErrorKind::retry), Some(Retry::AfterChange), "{code}");
        }
    }

    #[test]
    fn an_unknown_code_has_no_meaning_of_its_own() {
        for code in ["", "DBS", "DBS.", "DBS.999999", "OBS.280277", "401", "111401001"] {
            assert_eq!(known(code, 400), None, "{code}");
        }
    }

    #[test]
    fn a_code_of_several_meanings_is_told_apart_by_its_status() {
        let of =
            |status| known("APIG.0201", status).map(|known| (known.error_kind, known.error_kind.retry(), known.kind));
        let change = |error_kind, kind| Some((error_kind, Retry::AfterChange, kind));
        let later = |error_kind| Some((error_kind, Retry::Later, RefusalKind::OfTheMoment));
        assert_eq!(of(400), change(ErrorKind::ParameterRefused, RefusalKind::OfTheMoment));
        assert_eq!(of(413), change(ErrorKind::ParameterRefused, RefusalKind::OfTheRequest));
        assert_eq!(of(414), change(ErrorKind::ParameterRefused, RefusalKind::OfTheRequest));
        assert_eq!(of(494), change(ErrorKind::HeadersTooLarge, RefusalKind::OfTheRequest));
        assert_eq!(of(500), later(ErrorKind::ServerFault));
        assert_eq!(of(502), later(ErrorKind::GatewayTrouble));
        assert_eq!(of(504), later(ErrorKind::GatewayTrouble));
        assert_eq!(of(403), None);
    }

    #[test]
    fn what_may_be_the_work_of_the_same_request_is_of_the_moment() {
        for row in TABLE {
            let may_be_its_own = row.error_kind.is_busy()
                || row.error_kind.retry() == Retry::Later
                || matches!(row.error_kind, ErrorKind::NameTaken | ErrorKind::QuotaUsedUp | ErrorKind::StorageFull);
            if may_be_its_own {
                assert_eq!(row.kind, RefusalKind::OfTheMoment, "{}.{:?}", row.service, row.numbers);
            }
        }
    }

    #[test]
    fn every_kind_of_fault_in_a_request_is_of_the_request() {
        for code in [
            "DBS.200001",
            "DBS.280404",
            "DBS.280277",
            "DBS.280127",
            "DBS.280128",
            "DBS.200602",
            "DBS.200044",
            "DBS.280056",
            "DBS.201207",
            "RDS.0001",
            "RDS.0010",
            "APIG.0101",
            "APIGW.0301",
            "APIG.0302",
            "APIG.0310",
        ] {
            assert_eq!(known(code, 400).map(|known| known.kind), Some(RefusalKind::OfTheRequest), "{code}");
        }
        for code in ["DBS.200008", "DBS.200402", "DBS.280449", "DBS.201010", "APIG.0602"] {
            assert_eq!(known(code, 400).map(|known| known.kind), Some(RefusalKind::OfTheMoment), "{code}");
        }
    }

    #[test]
    fn no_code_stands_twice_with_a_status() {
        let any: &[u16] = &[0];
        let mut codes: Vec<_> = TABLE
            .iter()
            .flat_map(|row| {
                let statuses = if row.statuses.is_empty() { any } else { row.statuses };
                row.numbers
                    .iter()
                    .flat_map(move |number| statuses.iter().map(move |status| (row.service, *number, *status)))
            })
            .collect();
        let count = codes.len();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), count);
        // A row for any status would hide one for some of them.
        for (service, number, status) in &codes {
            let rows = codes.iter().filter(|code| (code.0, code.1) == (*service, *number)).count();
            assert!(*status != 0 || rows == 1, "{service}.{number}");
        }
    }

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
