//! English: what each error means, and what to do about it.

use contract::codes::ErrorKind;

use crate::text::later::Advice;

#[allow(clippy::too_many_lines, reason = "a line or two for each meaning")]
pub(super) fn error_kind(error_kind: ErrorKind) -> Advice {
    let (heading, detail) = match error_kind {
        ErrorKind::ParameterRefused => (
            "The API refused the request",
            "It finds something in the request wrong; its own message may say what. Compare the IDs and names with those in the console of your cloud.",
        ),
        ErrorKind::InstanceIdRefused => (
            "The API doesn't accept the instance ID",
            "Copy the ID from the instance's page in the console of your cloud.",
        ),
        ErrorKind::NameRefused => (
            "The API doesn't accept the backup name",
            "Change the name: 4 to 64 letters, digits, hyphens and underscores, with a letter in front.",
        ),
        ErrorKind::DescriptionRefused => {
            ("The API doesn't accept the description", "Shorten it, or take out unusual characters.")
        }
        ErrorKind::DatabaseUnknown => (
            "A database doesn't exist",
            "The instance has no database of one of these names. Check their spelling, upper and lower case too.",
        ),
        ErrorKind::NameTaken => (
            "A backup of this name exists",
            "If you have used the name before, choose another one. If you haven't, it is the backup that you have just asked for: browsers send a request again when the connection drops before the answer.",
        ),
        ErrorKind::BackupRunning => (
            "Another backup of this instance is running",
            "The API builds one backup of an instance at a time. Try again when it is completed.",
        ),
        ErrorKind::InstanceBusy => {
            ("The instance is busy", "Another operation on the instance is running. Try again when it has ended.")
        }
        ErrorKind::InstanceStatus => (
            "The instance can't be backed up in its present state",
            "Wait until its status is available, and try again.",
        ),
        ErrorKind::StorageFull => {
            ("The instance's storage is full", "Free some space or enlarge the storage, and try again.")
        }
        ErrorKind::Frozen => (
            "The instance or the account is frozen",
            "Settle what has been frozen, usually the account's balance, and try again.",
        ),
        ErrorKind::InstanceUnknown => {
            ("There is no such instance", "Check the instance ID, and that it belongs to this project and region.")
        }
        ErrorKind::NotAllowed => (
            "The token isn't allowed to do this",
            "It may belong to another project, or its user lacks the permission rds:backup:create. An expired token can be refused this way too.",
        ),
        ErrorKind::RefusedOnTheWay => (
            "The request was refused, apparently on the way to the API",
            "The answer hasn't the form of the API's errors: as a rule a gateway or a proxy on the way has sent it, such as a firewall. The answer as received may say who it was. Check the endpoint, its path, and the VPN.",
        ),
        ErrorKind::LoginRefusedOnTheWay => (
            "The login was refused, apparently on the way to the API",
            "The answer hasn't the form of the API's errors: a gateway or a proxy on the way rejects the token, or wants a login of its own. Enter a new token; if that is refused too, check the endpoint, its path, and the VPN.",
        ),
        ErrorKind::WebServerLogin => (
            "The web server of this page answered in place of the API",
            "Your session with it seems to have ended: sign in again, in another tab or by reloading this page; after a reload the token has to be entered again. If you are signed in, the token may be the cause: enter a new one.",
        ),
        ErrorKind::TokenRejected => (
            "The API rejected the token",
            "It has expired (tokens are valid for 24 hours), is incomplete, or is of another region; or its account is in arrears or frozen. Get a new one and enter it; everything else stays as it is.",
        ),
        ErrorKind::EngineUnsupported => {
            ("The engine can't be backed up this way", "The API has no manual backups for this engine or version.")
        }
        ErrorKind::OperationUnsupported => (
            "This instance doesn't allow manual backups",
            "It may be a read replica: back up its primary instance instead.",
        ),
        ErrorKind::QuotaUsedUp => {
            ("The quota is used up", "Delete a manual backup that is no longer needed, or ask for a larger quota.")
        }
        ErrorKind::BackupUnknown => ("There is no such backup", "It may have been deleted in the meantime."),
        ErrorKind::NotFound => (
            "Not found",
            "Something that the request names isn't there: the instance, the project, or the API itself. Check the instance ID, the project ID and the endpoint.",
        ),
        ErrorKind::Conflict => (
            "The request clashes with something",
            "The API's own message may say with what: often another operation on the instance. Wait for its end and try again.",
        ),
        ErrorKind::ApiUnknown => (
            "The endpoint doesn't know this call",
            "Check the endpoint: it must be the RDS endpoint of the project's region. With a proxy, check its path.",
        ),
        ErrorKind::HeadersTooLarge => (
            "The token is too long for a proxy on the way",
            "A proxy or the gateway takes no header of this length, and the token is the only long one. Whoever runs the proxy can allow more: nginx takes 8 KB unless large_client_header_buffers says otherwise, as the configuration that comes with this page does.",
        ),
        ErrorKind::Throttled => {
            ("Too many requests", "The API takes no more requests for the moment. Wait a minute and try again.")
        }
        ErrorKind::ProjectUnavailable => (
            "The project isn't available here",
            "Check the project ID and that the project and your user are active in this region.",
        ),
        ErrorKind::GatewayTrouble => (
            "The service behind the gateway didn't answer in time",
            "The gateway or a proxy passed the request on, or tried to, and got no answer.",
        ),
        ErrorKind::ServerFault => (
            "The service failed",
            "The fault is on the side of the cloud. If it lasts, give the request ID to its support.",
        ),
        ErrorKind::AnswerUnclear => (
            "The answer isn't what the API documents",
            "The status says that the request succeeded, and the body describes no backup. If the endpoint is a proxy, check that it leads to the RDS API.",
        ),
        ErrorKind::Unknown => ("An answer that the API doesn't document", "Check that the endpoint is the RDS API."),
    };
    Advice { heading, detail }
}
