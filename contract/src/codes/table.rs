//! The table itself: one row for the codes of one service that mean the same and are refusals of the same kind.

use super::error_kind::ErrorKind;
use super::refusal_kind::RefusalKind;
use ErrorKind::{
    ApiUnknown, BackupRunning, BackupUnknown, DatabaseUnknown, DescriptionRefused, EngineUnsupported, Frozen,
    GatewayTrouble, HeadersTooLarge, InstanceBusy, InstanceIdRefused, InstanceStatus, InstanceUnknown, NameRefused,
    NameTaken, NotAllowed, OperationUnsupported, ParameterRefused, ProjectUnavailable, QuotaUsedUp, ServerFault,
    StorageFull, Throttled, TokenRejected,
};
use RefusalKind::{OfTheMoment, OfTheRequest};

/// A row of the table.
pub(super) struct Row {
    pub(super) service: &'static str,
    pub(super) numbers: &'static [&'static str],
    /// The statuses with which the codes mean this; none: with any.
    pub(super) statuses: &'static [u16],
    pub(super) error_kind: ErrorKind,
    pub(super) kind: RefusalKind,
}

const fn dbs(numbers: &'static [&'static str], error_kind: ErrorKind, kind: RefusalKind) -> Row {
    Row { service: "DBS", numbers, statuses: &[], error_kind, kind }
}

const fn gateway(numbers: &'static [&'static str], error_kind: ErrorKind, kind: RefusalKind) -> Row {
    Row { service: "APIG", numbers, statuses: &[], error_kind, kind }
}

/// The gateway's 0201, which its status alone tells apart.
const fn gateway_0201(statuses: &'static [u16], error_kind: ErrorKind, kind: RefusalKind) -> Row {
    Row { service: "APIG", numbers: &["0201"], statuses, error_kind, kind }
}

/// RDS v1 codes, which the Terraform providers still expect in v3 answers.
const fn v1(numbers: &'static [&'static str], error_kind: ErrorKind, kind: RefusalKind) -> Row {
    Row { service: "RDS", numbers, statuses: &[], error_kind, kind }
}

pub(super) static TABLE: &[Row] = &[
    // What the service finds wrong in the request it finds wrong each time.
    dbs(
        &["200001", "200004", "200006", "200405", "280001", "280204", "290000", "290001"],
        ParameterRefused,
        OfTheRequest,
    ),
    dbs(&["280404"], InstanceIdRefused, OfTheRequest),
    // 201210 is GaussDB's.
    dbs(&["280277", "201210"], NameRefused, OfTheRequest),
    dbs(&["280127"], DescriptionRefused, OfTheRequest),
    dbs(&["280128"], DatabaseUnknown, OfTheRequest),
    // It may be taken by the backup of this very request, which the browser has sent twice. 201209 is GaussDB's.
    dbs(&["201201", "201209"], NameTaken, OfTheMoment),
    // So may the running backup or operation be this request's own.
    dbs(&["201205"], BackupRunning, OfTheMoment),
    dbs(&["200011", "200019", "200047", "201202"], InstanceBusy, OfTheMoment),
    // In the Terraform providers' retry lists only.
    dbs(
        &[
            "200018", "200076", "200080", "200463", "200611", "201015", "201206", "212033", "280011", "280343",
            "280816", "01010337", "01280030",
        ],
        InstanceBusy,
        OfTheMoment,
    ),
    // A status, which the first sending of this request may have changed. 201208 and 200038 are Huawei's; 200203 is
    // "failed to query the instance".
    dbs(&["200086", "201014", "201208", "200038", "200203"], InstanceStatus, OfTheMoment),
    dbs(&["200316"], StorageFull, OfTheMoment),
    dbs(&["280449"], Frozen, OfTheMoment),
    dbs(&["200002", "200045", "200408", "200602", "201028", "290005", "290011"], InstanceUnknown, OfTheRequest),
    // "ECS of the instance not found": the instance is known, its machine isn't there at the moment.
    dbs(&["200008"], InstanceUnknown, OfTheMoment),
    dbs(&["200010", "200604", "200044", "201003", "280015"], NotAllowed, OfTheRequest),
    dbs(&["280056"], TokenRejected, OfTheRequest),
    dbs(&["201207", "200040", "280235", "280238"], EngineUnsupported, OfTheRequest),
    // "Invalid operation", "not allowed"; 280216, 280251 and 280406 are Huawei's "type or status restricted". Which of
    // the two they don't say.
    dbs(&["200402", "212003", "280216", "280251", "280406"], OperationUnsupported, OfTheMoment),
    // The first sending of this request may have used up the last of it.
    dbs(&["216028"], QuotaUsedUp, OfTheMoment),
    // Codes of lists and deletions, which say nothing of a backup to be made. 201204 is DDS's, 280124 GaussDB's.
    dbs(&["201010", "201203", "280214", "201204", "280124"], BackupUnknown, OfTheMoment),
    // A service that failed may have begun.
    dbs(&["108000", "108002", "108005", "111205", "200005", "213004", "290006", "290015"], ServerFault, OfTheMoment),
    v1(&["0001"], ParameterRefused, OfTheRequest),
    v1(&["5044"], NameRefused, OfTheRequest),
    v1(&["0128"], DatabaseUnknown, OfTheRequest),
    v1(&["0031"], NameTaken, OfTheMoment),
    v1(&["3004"], BackupRunning, OfTheMoment),
    v1(&["0011"], InstanceBusy, OfTheMoment),
    v1(&["0002", "0022", "1103"], InstanceUnknown, OfTheRequest),
    v1(&["0010", "0015"], NotAllowed, OfTheRequest),
    v1(&["0030", "3003"], QuotaUsedUp, OfTheMoment),
    // The gateway stands in front of the service: an address that it has no API for, a token that it rejects and a project
    // that it doesn't serve never get behind it.
    gateway(&["0101"], ApiUnknown, OfTheRequest),
    gateway(&["0301", "0305", "0307"], TokenRejected, OfTheRequest),
    gateway(&["0302", "0306"], NotAllowed, OfTheRequest),
    gateway(&["0310", "0802"], ProjectUnavailable, OfTheRequest),
    // "Request entity too large", "Request URI too large", "Request headers too large": measured as it comes in.
    gateway_0201(&[413, 414], ParameterRefused, OfTheRequest),
    gateway_0201(&[494], HeadersTooLarge, OfTheRequest),
    // "API request error", "Bad request": whose judgement it is, the gateway's or that of the service behind it, isn't said.
    gateway_0201(&[400], ParameterRefused, OfTheMoment),
    gateway(&["0602"], ParameterRefused, OfTheMoment),
    // It has passed the request on, or tried to.
    gateway_0201(&[500], ServerFault, OfTheMoment),
    gateway_0201(&[502, 504], GatewayTrouble, OfTheMoment),
    gateway(&["0202", "0203", "0613"], GatewayTrouble, OfTheMoment),
    gateway(&["0601"], ServerFault, OfTheMoment),
    gateway(&["0308"], Throttled, OfTheMoment),
];
