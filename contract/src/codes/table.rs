//! The table itself: each row has codes of one service with the same meaning and kind of refusal.

use super::error_kind::ErrorKind;
use super::refusal_kind::RefusalKind;
use ErrorKind::{
    ApiUnknown, BackupRunning, BackupUnknown, DatabaseUnknown, DescriptionRefused, EngineUnsupported, Frozen,
    GatewayTrouble, HeadersTooLarge, InstanceBusy, InstanceIdRefused, InstanceStatus, InstanceUnknown, NameRefused,
    NameTaken, NotAllowed, OperationUnsupported, ParameterRefused, ProjectUnavailable, QuotaUsedUp, ServerFault,
    StorageFull, Throttled, TokenRejected,
};
use RefusalKind::{Permanent, Transient};

/// A row of the table.
pub(super) struct Row {
    pub(super) service: &'static str,
    pub(super) numbers: &'static [&'static str],
    /// The statuses with which the codes mean this; empty for any status.
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

/// The gateway's 0201, whose meaning depends on its status.
const fn gateway_0201(statuses: &'static [u16], error_kind: ErrorKind, kind: RefusalKind) -> Row {
    Row { service: "APIG", numbers: &["0201"], statuses, error_kind, kind }
}

/// RDS v1 codes, which the Terraform providers still expect in v3 answers.
const fn v1(numbers: &'static [&'static str], error_kind: ErrorKind, kind: RefusalKind) -> Row {
    Row { service: "RDS", numbers, statuses: &[], error_kind, kind }
}

pub(super) static TABLE: &[Row] = &[
    // An invalid request is refused every time.
    dbs(&["200001", "200004", "200006", "200405", "280001", "280204", "290000", "290001"], ParameterRefused, Permanent),
    dbs(&["280404"], InstanceIdRefused, Permanent),
    // 201210 is GaussDB's.
    dbs(&["280277", "201210"], NameRefused, Permanent),
    dbs(&["280127"], DescriptionRefused, Permanent),
    dbs(&["280128"], DatabaseUnknown, Permanent),
    // The name may be taken by this very request's backup, if the browser has sent it twice. 201209 is GaussDB's.
    dbs(&["201201", "201209"], NameTaken, Transient),
    // Likewise, the running backup or operation may be this request's own.
    dbs(&["201205"], BackupRunning, Transient),
    dbs(&["200011", "200019", "200047", "201202"], InstanceBusy, Transient),
    // In the Terraform providers' retry lists only.
    dbs(
        &[
            "200018", "200076", "200080", "200463", "200611", "201015", "201206", "212033", "280011", "280343",
            "280816", "01010337", "01280030",
        ],
        InstanceBusy,
        Transient,
    ),
    // The instance's status, which the first sending of this request may have changed. 201208 and 200038 are Huawei's;
    // 200203 is "failed to query the instance".
    dbs(&["200086", "201014", "201208", "200038", "200203"], InstanceStatus, Transient),
    dbs(&["200316"], StorageFull, Transient),
    dbs(&["280449"], Frozen, Transient),
    dbs(&["200002", "200045", "200408", "200602", "201028", "290005", "290011"], InstanceUnknown, Permanent),
    // "ECS of the instance not found": the instance is known, but its machine is currently missing.
    dbs(&["200008"], InstanceUnknown, Transient),
    dbs(&["200010", "200604", "200044", "201003", "280015"], NotAllowed, Permanent),
    dbs(&["280056"], TokenRejected, Permanent),
    dbs(&["201207", "200040", "280235", "280238"], EngineUnsupported, Permanent),
    // "Invalid operation", "not allowed"; 280216, 280251 and 280406 are Huawei's "type or status restricted", which
    // doesn't say which of the two.
    dbs(&["200402", "212003", "280216", "280251", "280406"], OperationUnsupported, Transient),
    // The first sending of this request may have used up the rest of it.
    dbs(&["216028"], QuotaUsedUp, Transient),
    // Codes of lists and deletions, which say nothing about creating a backup. 201204 is DDS's, 280124 GaussDB's.
    dbs(&["201010", "201203", "280214", "201204", "280124"], BackupUnknown, Transient),
    // A failed service may have started the backup.
    dbs(&["108000", "108002", "108005", "111205", "200005", "213004", "290006", "290015"], ServerFault, Transient),
    v1(&["0001"], ParameterRefused, Permanent),
    v1(&["5044"], NameRefused, Permanent),
    v1(&["0128"], DatabaseUnknown, Permanent),
    v1(&["0031"], NameTaken, Transient),
    v1(&["3004"], BackupRunning, Transient),
    v1(&["0011"], InstanceBusy, Transient),
    v1(&["0002", "0022", "1103"], InstanceUnknown, Permanent),
    v1(&["0010", "0015"], NotAllowed, Permanent),
    v1(&["0030", "3003"], QuotaUsedUp, Transient),
    // The gateway is in front of the service: requests with an address that it has no API for, a token that it rejects
    // or a project that it doesn't serve never reach the service.
    gateway(&["0101"], ApiUnknown, Permanent),
    gateway(&["0301", "0305", "0307"], TokenRejected, Permanent),
    gateway(&["0302", "0306"], NotAllowed, Permanent),
    gateway(&["0310", "0802"], ProjectUnavailable, Permanent),
    // "Request entity too large", "Request URI too large", "Request headers too large": checked on arrival.
    gateway_0201(&[413, 414], ParameterRefused, Permanent),
    gateway_0201(&[494], HeadersTooLarge, Permanent),
    // "API request error", "Bad request": it isn't stated whether the gateway or the service behind it says so.
    gateway_0201(&[400], ParameterRefused, Transient),
    gateway(&["0602"], ParameterRefused, Transient),
    // The gateway has forwarded the request, or tried to.
    gateway_0201(&[500], ServerFault, Transient),
    gateway_0201(&[502, 504], GatewayTrouble, Transient),
    gateway(&["0202", "0203", "0613"], GatewayTrouble, Transient),
    gateway(&["0601"], ServerFault, Transient),
    gateway(&["0308"], Throttled, Transient),
];
