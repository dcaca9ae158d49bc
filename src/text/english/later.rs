//! English: the sentences of the later part.

mod batch;
mod creation;
mod errors;
mod rely;
mod token;
mod validation;

use contract::backup::{Kind, Status};
use contract::instance::{Engine, Role, Unsuitable};

use super::LANGUAGE;
use crate::text::intl::{is_one, number};
use crate::text::later::{FieldLabels, FollowText, LaterText, ListText};
use crate::text::words::{LATIN, LATIN_UNITS, engines, size};
use console_core::{CopyTarget, Failed, FieldRefusal, NoNotification, Repeat};
use errors::error_kind;

pub(in crate::text) static TEXT: LaterText = LaterText {
    violation: validation::violation,
    warning: validation::warning,
    removed: validation::removed,
    notice: validation::notice,
    copied,
    copy_by_hand: "Text to copy",
    sending: |name| format!("Asking the API to create “{name}”. Waiting for its answer…"),
    accepted: |status| match status {
        Some(Status::Building) => "Backup started",
        Some(Status::Completed) => "Backup completed",
        Some(Status::Failed) => "Backup failed",
        Some(Status::Deleting) => "Backup is being deleted",
        Some(Status::Other(_)) | None => "Backup accepted",
    },
    accepted_detail: |status| match status {
        Some(Status::Building) => {
            "The API has accepted the backup and is building it. It can be used once its status is COMPLETED, usually after some minutes; the time depends on the amount of data."
        }
        Some(Status::Completed) => "The backup is there and can be used.",
        Some(Status::Failed) => "The backup has failed and can't be used: look at the instance and create another one.",
        Some(Status::Deleting) => "The backup is being deleted. It can't be used.",
        Some(Status::Other(_)) => {
            "The API has accepted the backup and reports a status that its documentation doesn't name. Look at the instance's list of backups."
        }
        None => "The API has accepted the backup and hasn't stated its status yet.",
    },
    learned: |time| format!("The page learned of it at {time}."),
    parts: FieldLabels {
        id: "Backup ID",
        name: "Name",
        instance_id: "Instance ID",
        description: "Description",
        databases: "Databases",
        begin_time: "Begin",
        status: "Status",
        kind: "Type",
        http_status: "HTTP status",
        code: "Error code",
        message: "Message",
        request_id: "Request ID",
        known_by: "Whose it is",
    },
    status: |status| match status {
        Status::Building => "backup in progress",
        Status::Completed => "backup completed",
        Status::Failed => "backup failed",
        Status::Deleting => "backup being deleted",
        Status::Other(_) => "not a documented status",
    },
    kind: |kind| match kind {
        Kind::Auto => "automated full backup",
        Kind::Manual => "manual full backup",
        Kind::Fragment => "differential full backup",
        Kind::Incremental => "automated incremental backup",
        Kind::Other(_) => "not a documented type",
    },
    not_in_answer: "not in the answer",
    zone_not_stated: "The API doesn't state the time zone.",
    local_time: "your local time",
    error_kind,
    nothing_created: "No backup was created.",
    nothing_sent: "Nothing was sent",
    field_refusal: |refusal| match refusal {
        FieldRefusal::ByApi(refused) => error_kind(refused).heading,
        FieldRefusal::InstanceUnderWay => {
            "A backup of one of these instances is under way on this page under another name. Wait until it has ended, or remove the instance"
        }
        FieldRefusal::UnderWay => {
            "A backup of this name was asked for already, with other databases or another description, and may be on its way. Wait for its end, or choose another name"
        }
        FieldRefusal::Unsettled => {
            "Whether a backup of this name was made, asked for with other databases or another description, can't be told. Look again at its card, or choose another name"
        }
    },
    token_awaited: "Waiting for the token that the page around this form supplies…",
    token: token::TEXT,
    creation: creation::TEXT,
    follow: FollowText {
        elapsed: "Time since the request",
        units: LATIN_UNITS,
        earlier: |shortest, longest, count| match count {
            _ if is_one(LANGUAGE, count) => format!("The last one took {}", LATIN_UNITS.duration(longest)),
            _ if LATIN_UNITS.duration(shortest) == LATIN_UNITS.duration(longest) => {
                format!("The last {count} took {} each", LATIN_UNITS.duration(longest))
            }
            _ => {
                format!("The last {count} took {} to {}", LATIN_UNITS.duration(shortest), LATIN_UNITS.duration(longest))
            }
        },
        ended: |name, status| match status {
            Status::Completed => format!("✓ COMPLETED – {name}"),
            Status::Failed => format!("✗ FAILED – {name}"),
            Status::Building | Status::Deleting | Status::Other(_) => format!("{} – {name}", status.code()),
        },
        reason: |reason| format!("The API gives this reason: {reason}"),
        usual_causes: "Usual causes: DDL statements or long transactions that kept the backup lock, a full storage, more than 500,000 tables, a restart or a change of the instance meanwhile. Look at the instance, and create another backup.",
        notify: "Notify me when it is done",
        notifies: "This page has the browser notify you, as long as it stays open.",
        no_notification: |reason| match reason {
            NoNotification::Dismissed => {
                "No notification: the browser's question was closed without an answer. Press again to be asked once more."
            }
            NoNotification::Denied => {
                "No notification: the browser blocks those of this page. They can be allowed in its settings for this site. This page itself says when the backup is done."
            }
            NoNotification::Unsupported => {
                "No notification: this browser has none for this page. This page itself says when the backup is done."
            }
        },
        export_json: "Export as JSON",
        export_csv: "Export as CSV",
    },
    rely: rely::TEXT,
    batch: batch::TEXT,
    lists: ListText {
        instances: "Instances",
        search_instances: "Search instances",
        loading: |loaded, total| match total {
            Some(total) => format!("Loading: {} of {}", number(LANGUAGE, loaded), number(LANGUAGE, total)),
            None => format!("Loading: {}", number(LANGUAGE, loaded)),
        },
        failed: |words| format!("The list couldn't be loaded: {words}"),
        unanswered: "no answer",
        no_token: "there is no token for this endpoint and project, or it was rejected. Enter one, and press again",
        truncated: "This isn't the whole list, as far as can be told: it is too long, was cut short, has elements that say too little about themselves, or came in pages without a total.",
        shifted: "This may not be the whole list: it changed each time while it was read. Load it again.",
        no_instances: |project| {
            format!(
                "The project {project} has no instances at this endpoint. They may be in a sub-project of the region: that needs a token of its own. An ID can still be typed."
            )
        },
        no_match: "No instance matches the search.",
        shown: |shown, all| {
            format!(
                "The first {} of {} instances; a search finds the others",
                number(LANGUAGE, shown),
                number(LANGUAGE, all)
            )
        },
        choose: |name| format!("Choose {name}"),
        chosen: "Chosen",
        unsuitable: |unsuitable, primary| match (unsuitable, primary) {
            (Unsuitable::ReadReplica(_), Some(primary)) => format!("Read replica: back up its primary {primary}"),
            (Unsuitable::ReadReplica(_), None) => "Read replica: back up its primary".to_owned(),
            (Unsuitable::Status(status), _) => format!("Can't be backed up while its status is {status}"),
        },
        choose_primary: |name| format!("Choose primary {name}"),
        role: |role| match role {
            Role::Single => "single".to_owned(),
            Role::PrimaryStandby => "primary with standby".to_owned(),
            Role::ReadReplica(_) => "read replica".to_owned(),
            Role::Other(word) => word.clone(),
        },
        databases_found: "Databases of this instance",
        databases_hint: |supported| {
            super::TEXT.databases_hint.replace(Engine::SqlServer.name(), &engines(&LATIN, supported, " and "))
        },
        individually: "Back up each database individually",
        individually_hint: "Huawei Cloud then backs up each of these databases by itself, not all of them together (backup_database_individually).",
        backups_of: |instance| format!("Backups of {instance}"),
        filter_name: "Name contains",
        filter_kind: "Type",
        all_kinds: "All types",
        no_backups: "This instance has no backups yet. The first one that you create will appear here when you show the list again.",
        count: |shown, all| {
            let backups = if is_one(LANGUAGE, all) { "backup" } else { "backups" };
            let all_of_them = number(LANGUAGE, all);
            if shown == all {
                format!("{all_of_them} {backups}")
            } else {
                format!("{} of {all_of_them} {backups}", number(LANGUAGE, shown))
            }
        },
        end: "End",
        duration: "Duration",
        size: "Size",
        size_of: |kilobytes| size(LANGUAGE, kilobytes),
    },
    request: "The request",
    request_after: "It can be shown once this is mended:",
    curl: "As a command of curl",
    curl_note: |variable| format!("It takes the token from the environment variable {variable}."),
    openstack: "As a command of the OpenStack client",
    openstack_note: "It takes cloud, project and token from its own settings: check that they are the same. Needs python-otcextensions.",
    no_openstack: "The OpenStack client can't express this: it takes databases as one list with commas, and a name here has a comma.",
    repeat: |repeat| match repeat {
        Repeat::OtherInstance => "Repeat for another instance",
        Repeat::NewName => "Repeat with a new name",
    },
    record: "Record of a backup",
    copy_receipt: "Copy receipt",
    download_receipt: "Download receipt",
    print: "Print",
    copy_watch_link: "Copy link to follow",
    taken_up: "Backup of a link",
    steps: ["Requested", "Begun", "Ended"],
    to_come: "to come",
    unheard_of: "not known yet",
    chart: "Duration and size of the latest backups",
    chart_summary: |count, [shortest, longest, smallest, largest]| {
        format!("{} backups: {shortest} to {longest}, {smallest} to {largest}", number(LANGUAGE, count))
    },
    chart_legend: ["Manual", "Automated"],
    chart_numbers: "The numbers",
    raw_answer: "Answer as received",
    empty_body: "The body of the answer is empty.",
    unreadable_body: "The connection broke before the body of the answer was read.",
    too_long_body: |limit| {
        format!("The answer is longer than {limit} MiB. The API sends nothing of that size, so it was not read.")
    },
};

fn copied(what: CopyTarget, success: Result<(), Failed>) -> &'static str {
    match (what, success) {
        (CopyTarget::BackupId(_) | CopyTarget::ListedId(_), Ok(())) => "Backup ID copied",
        (CopyTarget::Response(_), Ok(())) => "Answer copied",
        (CopyTarget::Request(_), Ok(())) => "Request copied",
        (CopyTarget::FormLink | CopyTarget::WatchLink(_), Ok(())) => "Link copied",
        (CopyTarget::Receipt(_) | CopyTarget::BatchReceipt(_), Ok(())) => "Receipt copied",
        (
            CopyTarget::RestorePoint(_)
            | CopyTarget::RestoreByOpenStack(_)
            | CopyTarget::TokenByCurl
            | CopyTarget::TokenByOpenStack,
            Ok(()),
        ) => "Copied",
        (_, Err(Failed)) => "Failed to copy: the browser didn't allow it. Copy the text from the field.",
    }
}
