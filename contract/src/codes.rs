//! The table of error codes: what a code means for this call, which field it is about, and whether asking again helps.
//!
//! Sources: "Error Codes" of the Open Telekom Cloud RDS reference (`DBS.*`), "Error Codes" of its API Gateway guide
//! (`APIG.*`, which live answers spell `APIGW.*`); for codes that these leave out, the retry lists of the Terraform
//! providers and the DDS and GaussDB references, which share the number space. The published tables are incomplete: a
//! code that isn't here is shown with the server's own words.

use crate::rules::Field;

/// What a failure means to the person who wanted a backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
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
    /// The token is expired, garbled, or from another region.
    TokenRejected,
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

impl Meaning {
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
            Self::TokenRejected => Some(Field::Token),
            Self::ApiUnknown => Some(Field::Endpoint),
            Self::ProjectUnavailable => Some(Field::ProjectId),
            Self::ParameterRefused
            | Self::NotFound
            | Self::Conflict
            | Self::BackupRunning
            | Self::InstanceBusy
            | Self::NotAllowed
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

    /// The meaning of an error code; `None` for a code that isn't in the table.
    pub fn of_code(code: &str) -> Option<Self> {
        let code = code.trim();
        let (service, number) = code.split_once('.')?;
        // Live answers of the gateway spell its prefix APIGW, its docs APIG.
        let service = if service == "APIGW" { "APIG" } else { service };
        TABLE.iter().find(|row| row.service == service && row.numbers.contains(&number)).map(|row| row.meaning)
    }

    /// The meaning of a status alone, when the code says nothing ("Status Codes" of the RDS reference).
    pub fn of_status(status: u16) -> Self {
        match status {
            200..=299 => Self::AnswerUnclear,
            400 | 413 | 415 | 422 => Self::ParameterRefused,
            401 => Self::TokenRejected,
            403 => Self::NotAllowed,
            404 => Self::NotFound,
            405 => Self::ApiUnknown,
            409 => Self::Conflict,
            429 => Self::Throttled,
            408 | 502..=504 => Self::GatewayTrouble,
            500..=599 => Self::ServerFault,
            _ => Self::Unknown,
        }
    }
}

/// A row: the codes of one service that mean the same.
struct Row {
    service: &'static str,
    numbers: &'static [&'static str],
    meaning: Meaning,
}

const fn dbs(numbers: &'static [&'static str], meaning: Meaning) -> Row {
    Row { service: "DBS", numbers, meaning }
}

const fn gateway(numbers: &'static [&'static str], meaning: Meaning) -> Row {
    Row { service: "APIG", numbers, meaning }
}

/// RDS v1 codes, which the Terraform providers still expect in v3 answers.
const fn v1(numbers: &'static [&'static str], meaning: Meaning) -> Row {
    Row { service: "RDS", numbers, meaning }
}

static TABLE: &[Row] = &[
    dbs(&["200001", "200004", "200006", "200405", "280001", "280204", "290000", "290001"], Meaning::ParameterRefused),
    dbs(&["280404"], Meaning::InstanceIdRefused),
    // 201210 is GaussDB's.
    dbs(&["280277", "201210"], Meaning::NameRefused),
    dbs(&["280127"], Meaning::DescriptionRefused),
    dbs(&["280128"], Meaning::DatabaseUnknown),
    // 201209 is GaussDB's.
    dbs(&["201201", "201209"], Meaning::NameTaken),
    dbs(&["201205"], Meaning::BackupRunning),
    dbs(&["200011", "200019", "200047", "201202"], Meaning::InstanceBusy),
    // In the Terraform providers' retry lists only.
    dbs(
        &[
            "200018", "200076", "200080", "200463", "200611", "201015", "201206", "212033", "280011", "280343",
            "280816", "01010337", "01280030",
        ],
        Meaning::InstanceBusy,
    ),
    // 201208 and 200038 are Huawei's; 200203 is "failed to query the instance".
    dbs(&["200086", "201014", "201208", "200038", "200203"], Meaning::InstanceStatus),
    dbs(&["200316"], Meaning::StorageFull),
    dbs(&["280449"], Meaning::Frozen),
    dbs(&["200002", "200008", "200045", "200408", "200602", "201028", "290005", "290011"], Meaning::InstanceUnknown),
    dbs(&["200010", "200604", "200044", "201003", "280015"], Meaning::NotAllowed),
    dbs(&["280056"], Meaning::TokenRejected),
    dbs(&["201207", "200040", "280235", "280238"], Meaning::EngineUnsupported),
    // "Invalid operation", "not allowed"; 280216, 280251 and 280406 are Huawei's "type or status restricted".
    dbs(&["200402", "212003", "280216", "280251", "280406"], Meaning::OperationUnsupported),
    dbs(&["216028"], Meaning::QuotaUsedUp),
    // 201204 is DDS's, 280124 GaussDB's.
    dbs(&["201010", "201203", "280214", "201204", "280124"], Meaning::BackupUnknown),
    dbs(&["108000", "108002", "108005", "111205", "200005", "213004", "290006", "290015"], Meaning::ServerFault),
    v1(&["0001"], Meaning::ParameterRefused),
    v1(&["5044"], Meaning::NameRefused),
    v1(&["0128"], Meaning::DatabaseUnknown),
    v1(&["0031"], Meaning::NameTaken),
    v1(&["3004"], Meaning::BackupRunning),
    v1(&["0011"], Meaning::InstanceBusy),
    v1(&["0002", "0022", "1103"], Meaning::InstanceUnknown),
    v1(&["0010", "0015"], Meaning::NotAllowed),
    v1(&["0030", "3003"], Meaning::QuotaUsedUp),
    gateway(&["0101"], Meaning::ApiUnknown),
    gateway(&["0201", "0202", "0203", "0613"], Meaning::GatewayTrouble),
    gateway(&["0301", "0305", "0307"], Meaning::TokenRejected),
    gateway(&["0302", "0306"], Meaning::NotAllowed),
    gateway(&["0308"], Meaning::Throttled),
    gateway(&["0310", "0802"], Meaning::ProjectUnavailable),
    gateway(&["0601"], Meaning::ServerFault),
    gateway(&["0602"], Meaning::ParameterRefused),
];

#[cfg(test)]
mod tests {
    use super::*;

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
            assert_eq!(Meaning::of_code(code).and_then(Meaning::field), Some(field), "{code}");
        }
    }

    #[test]
    fn both_spellings_of_the_gateway_are_known() {
        assert_eq!(Meaning::of_code("APIG.0101"), Some(Meaning::ApiUnknown));
        assert_eq!(Meaning::of_code("APIGW.0101"), Some(Meaning::ApiUnknown));
    }

    #[test]
    fn busy_codes_are_worth_waiting_for_and_refusals_are_not() {
        for code in ["DBS.201205", "DBS.200011", "DBS.200019", "DBS.200047", "DBS.201202", "DBS.201014", "APIG.0308"] {
            assert_eq!(Meaning::of_code(code).map(Meaning::retry), Some(Retry::Later), "{code}");
        }
        for code in ["DBS.201201", "DBS.280277", "DBS.280056"] {
            assert_eq!(Meaning::of_code(code).map(Meaning::retry), Some(Retry::AfterChange), "{code}");
        }
    }

    #[test]
    fn an_unknown_code_has_no_meaning_of_its_own() {
        for code in ["", "DBS", "DBS.", "DBS.999999", "OBS.280277", "401", "111401001"] {
            assert_eq!(Meaning::of_code(code), None, "{code}");
        }
    }

    #[test]
    fn no_code_stands_twice() {
        let mut codes: Vec<_> =
            TABLE.iter().flat_map(|row| row.numbers.iter().map(|number| (row.service, *number))).collect();
        let count = codes.len();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), count);
    }

    #[test]
    fn every_status_has_a_meaning() {
        for (status, meaning) in [
            (200, Meaning::AnswerUnclear),
            (204, Meaning::AnswerUnclear),
            (302, Meaning::Unknown),
            (400, Meaning::ParameterRefused),
            (401, Meaning::TokenRejected),
            (403, Meaning::NotAllowed),
            (404, Meaning::NotFound),
            (405, Meaning::ApiUnknown),
            (408, Meaning::GatewayTrouble),
            (409, Meaning::Conflict),
            (429, Meaning::Throttled),
            (500, Meaning::ServerFault),
            (502, Meaning::GatewayTrouble),
            (599, Meaning::ServerFault),
            (600, Meaning::Unknown),
        ] {
            assert_eq!(Meaning::of_status(status), meaning, "{status}");
        }
    }
}
