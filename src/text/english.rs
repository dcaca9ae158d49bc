//! English.

use contract::backup::{Kind, Status};
use contract::codes::Meaning;
use contract::instance::{Role, Unsuitable};
use contract::rules::instance_id::Resource;
use contract::rules::token::{LONGEST as LONGEST_TOKEN, Removed};
use contract::rules::{Field, Offenders, Violation, Warning, description, name, project_id};

use super::intl::{is_one, number};
use super::{Advice, CharacterNames, FollowText, ListText, LookText, PageText, Parts, Text, character, list, size};
use crate::state::{Copied, Ending, Language, Notice, Obstacle, Problem, Repeat, Success, Theme, Trouble, Why};

const LANGUAGE: Language = Language::English;

pub(super) static TEXT: Text = Text {
    language_name: "English",
    title: "RDS Backup Console",
    subtitle: "Create a manual backup of a cloud database instance",
    language: "Language",
    connection: "Connection",
    backup: "Backup",
    databases: "Databases",
    databases_hint: "Optional, for Microsoft SQL Server only: name single databases for a partial backup. Without an entry the whole instance is backed up.",
    label,
    hint,
    error: "Error: ",
    warning_prefix: "Note: ",
    violation,
    warning,
    removed,
    token_summary,
    show_token: "Show token",
    hide_token: "Hide token",
    forget_token: "Forget token",
    url_was_split: "Endpoint and project ID were taken from the address that you entered.",
    use_token_at: |endpoint| format!("Use the token at {endpoint}"),
    token_timed_out: "The token was forgotten because the page had not been used for a while. Paste it again to go on; everything else is still here.",
    characters_left,
    joined_characters: "Some characters here are made of several, such as a letter with a separate accent or a joined emoji. The API counts each part.",
    engine: "Engine",
    engine_from_id: |hint| match hint {
        Some(engine) => format!("As the instance ID suggests: {engine}"),
        None => "Not stated".to_owned(),
    },
    add_database: "Add database",
    remove_database: |number| format!("Remove database {number}"),
    create_backup: "Create backup",
    cancel: "Cancel",
    copy: "Copy",
    copied,
    answer: "Answer",
    nothing_yet: "Nothing has been sent yet. The API's answer will appear here.",
    sending: |name| format!("Asking the API to create “{name}”. Waiting for its answer…"),
    not_sent: "Nothing was sent",
    not_sent_detail: |count| match count {
        0 => "Every field is right now. Send again when you are ready.".to_owned(),
        _ if is_one(LANGUAGE, count) => "One field needs a change first. It is marked in the form.".to_owned(),
        _ => format!("{} fields need a change first. They are marked in the form.", number(LANGUAGE, count)),
    },
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
        Some(Status::Failed) => {
            "The API answered with a backup that has failed. It can't be used: look at the instance and create another one."
        }
        Some(Status::Deleting) => "The API answered with a backup that is being deleted. It can't be used.",
        Some(Status::Other(_)) | None => {
            "The API has accepted the backup and reports a status that its documentation doesn't name. Look at the instance's list of backups."
        }
    },
    parts: Parts {
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
    meaning,
    nothing_created: "No backup was created.",
    unsendable: Advice {
        heading: "Nothing was sent",
        detail: "The browser couldn't make a request of the endpoint. Check its spelling.",
    },
    forbidden: Advice {
        heading: "Nothing was sent",
        detail: "This page is set up to call certain endpoints only, and this one isn't among them. Check its spelling. If it is right, whoever hosts the page has to add it to connect-src in the Content-Security-Policy of index.html or of the web server.",
    },
    look: LookText {
        why,
        heading: "It can't be told yet whether the backup was made",
        detail: |name| {
            format!("The page is looking for “{name}” in the instance's list of backups. It sends nothing again.")
        },
        obstacle,
        found: "The backup exists",
        found_detail: |name| {
            format!(
                "“{name}” is in the instance's list, and it began with your request: it was made, although the answer was lost."
            )
        },
        absent: "No backup was created",
        absent_detail: |name| format!("The instance's list has no backup named “{name}”. It is safe to try again."),
        collision: "The name was taken before",
        collision_detail: |name, backup| match backup {
            Some(backup) => format!(
                "The backup named “{name}” is older than your request: {}, begun {}. Nothing was created. Choose another name.",
                backup.id.as_deref().unwrap_or("without ID"),
                backup.begin_time.as_deref().unwrap_or("at an unknown time")
            ),
            None => format!(
                "The API says that “{name}” is taken, and this instance has no backup of that name: another one has. Nothing was created. Choose another name."
            ),
        },
        untold: "It can't be told whether the backup was made",
        untold_detail: |name, instance_id| {
            format!(
                "Look by hand for “{name}” among the backups of {instance_id}, in the console of your cloud or with “openstack rds backup list {instance_id}”. Trying again with the same name can't make a second backup."
            )
        },
        stop: "Stop looking",
        try_again: "Try again",
        await_instance: "Try again when the instance is ready",
        awaiting: "Waiting for the instance",
        awaiting_detail: |status| match status {
            Some(status) => {
                format!("Its status is {status}. The request is sent once more as soon as it is available.")
            }
            None => {
                "Its status is being asked for. The request is sent once more as soon as it is available.".to_owned()
            }
        },
    },
    follow: FollowText {
        heading: "Backups of this session",
        elapsed: "Time since the request",
        duration,
        earlier: |shortest, longest, count| match count {
            _ if is_one(LANGUAGE, count) => format!("The last one took {}", duration(longest)),
            _ if duration(shortest) == duration(longest) => format!("The last {count} took {} each", duration(longest)),
            _ => format!("The last {count} took {} to {}", duration(shortest), duration(longest)),
        },
        trouble: |trouble, seconds| {
            match trouble {
            Trouble::Token => "The API rejects the token. Enter a new one of the same project: the page then goes on. The backup itself goes on meanwhile.".to_owned(),
            Trouble::Unheard => format!("Nothing heard for {}. The page goes on asking; the backup itself goes on meanwhile.", duration(seconds)),
            Trouble::Missing => "The instance's list doesn't have this backup any more. It may have been deleted. The page goes on asking.".to_owned(),
        }
        },
        ended: |name, status| match status {
            Status::Completed => format!("✓ COMPLETED – {name}"),
            Status::Failed => format!("✗ FAILED – {name}"),
            other => format!("{} – {name}", other.code()),
        },
        reason: |reason| format!("The API gives this reason: {reason}"),
        usual_causes: "Usual causes: DDL statements or long transactions that kept the backup lock, a full storage, more than 500,000 tables, a restart or a change of the instance meanwhile. Look at the instance, and create another backup.",
        notify: "Notify me when it is done",
        notifies: "The browser will notify you.",
        history: "Requests of this session",
        ending: |ending| match ending {
            Ending::Created => "created".to_owned(),
            Ending::Refused { status, code: Some(code) } => format!("refused: {code} (HTTP {status})"),
            Ending::Refused { status, code: None } => format!("refused: HTTP {status}"),
            Ending::NotSent => "not sent".to_owned(),
            Ending::NotCreated => "no answer, not created".to_owned(),
            Ending::NameTaken => "name taken before".to_owned(),
            Ending::Unknown => "not known".to_owned(),
        },
        export_json: "Export as JSON",
        export_csv: "Export as CSV",
    },
    lists: ListText {
        load_instances: "Load instances",
        instances: "Instances",
        search_instances: "Search instances",
        loading: |loaded, total| match total {
            Some(total) => format!("Loading: {} of {}", number(LANGUAGE, loaded), number(LANGUAGE, total)),
            None => format!("Loading: {}", number(LANGUAGE, loaded)),
        },
        failed: |words| format!("The list couldn't be loaded: {words}"),
        unanswered: "no answer",
        no_instances: "The project has no instances in this region. An ID can still be typed.",
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
        suggest_name: "Suggest a name",
        databases_found: "Databases of this instance",
        show_backups: "Show backups",
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
    page: PageText {
        skip: "Skip to the backup",
        theme: "Colours",
        theme_name: |theme| match theme {
            Theme::System => "As the system",
            Theme::Light => "Light",
            Theme::Dark => "Dark",
        },
        summary: "There is a problem: nothing was sent",
        clear_form: "Clear form",
        copy_form_link: "Copy link to this form",
        show_request: "Show request",
        hide_request: "Hide request",
        request: "The request",
        request_after: "It can be shown once this is mended:",
        curl: "As a command of curl",
        curl_note: |variable| format!("It takes the token from the environment variable {variable}."),
        openstack: "As a command of the OpenStack client",
        openstack_note: "It takes cloud, project and token from its own settings: check that they are the same. Needs python-otcextensions.",
        no_openstack: "The OpenStack client can't express this: it takes databases as one list with commas, and a name here has a comma.",
        notices: "Notes",
        notice,
        dismiss: "Dismiss",
        restore: "Bring it back",
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
        chart: "Duration and size of the latest backups",
        chart_summary: |count, [shortest, longest, smallest, largest]| {
            format!("{} backups: {shortest} to {longest}, {smallest} to {largest}", number(LANGUAGE, count))
        },
        chart_legend: ["Manual", "Automated"],
        chart_numbers: "The numbers",
    },
    raw_answer: "Answer as received",
    broken: "The page has stopped because of a fault of its own. Reload it to go on; what was typed has to be typed again. A backup that was asked for is not affected: look for it in the instance's list of backups.",
    empty_body: "The body of the answer is empty.",
    unreadable_body: "The connection broke before the body of the answer was read.",
    too_long_body: |limit| {
        format!("The answer is longer than {limit} MiB. The API sends nothing of that size, so it was not read.")
    },
};

const NAMES: CharacterNames = CharacterNames {
    space: "space",
    no_break_space: "no-break space",
    tab: "tab",
    line_break: "line break",
    invisible: "invisible",
    open: "“",
    close: "”",
};

fn label(field: Field) -> String {
    match field {
        Field::Endpoint => "Endpoint".to_owned(),
        Field::ProjectId => "Project ID".to_owned(),
        Field::Token => "Token".to_owned(),
        Field::InstanceId => "Instance ID".to_owned(),
        Field::Name => "Backup name".to_owned(),
        Field::Description => "Description".to_owned(),
        Field::Databases => "Databases".to_owned(),
        Field::Database(index) => format!("Database {}", index + 1),
    }
}

fn hint(field: Field) -> &'static str {
    match field {
        Field::Endpoint => "Host, https address, or proxy path such as /api",
        Field::ProjectId => "32 letters and digits, from My Credentials",
        Field::Token => "X-Subject-Token from IAM. It stays in this page's memory only.",
        Field::InstanceId => "The primary: read replicas can't be backed up.",
        Field::Name => "4 to 64 characters: letters A–Z a–z, digits, - and _. Starts with a letter; must be unique.",
        Field::Description => "Optional. One line, without > ! < \" & ' =",
        Field::Databases | Field::Database(_) => "",
    }
}

fn each(offenders: &Offenders) -> String {
    let names: Vec<_> = offenders.first.iter().map(|offender| character(offender.character, &NAMES)).collect();
    list(&names, "and")
}

fn each_with_place(offenders: &Offenders) -> String {
    let mut names: Vec<_> = offenders
        .first
        .iter()
        .map(|offender| format!("{} (character {})", character(offender.character, &NAMES), offender.position))
        .collect();
    let others = offenders.total.saturating_sub(names.len());
    if others > 0 {
        names.push(format!("{others} more"));
    }
    list(&names, "and")
}

fn violation(violation: &Violation) -> String {
    match violation {
        Violation::Missing(Field::Endpoint) => "Enter the endpoint: the host of the RDS API, such as rds.eu-de.otc.t-systems.com".to_owned(),
        Violation::Missing(Field::ProjectId) => "Enter the project ID".to_owned(),
        Violation::Missing(Field::Token) => "Enter the token".to_owned(),
        Violation::Missing(Field::InstanceId) => "Enter the instance ID".to_owned(),
        Violation::Missing(_) => "Enter a backup name".to_owned(),
        Violation::EndpointNotAHost(offenders) if offenders.total > 0 => {
            format!("Endpoint must be a host, an https address or a path. Remove {}", each(offenders))
        }
        Violation::EndpointNotAHost(_) => {
            "Endpoint must be a host, an https address or a path, such as rds.eu-de.otc.t-systems.com or /api".to_owned()
        }
        Violation::EndpointInsecure => {
            "Endpoint must start with https:// so that nobody on the way can read the token. http:// is for this computer only: http://localhost or http://127.0.0.1".to_owned()
        }
        Violation::EndpointChanged { given, now } => format!(
            "The token was given for {given}. Confirm that it is to go to {now}, enter the token again, or change the endpoint back"
        ),
        Violation::EndpointNotAllowed { allowed } => {
            format!("Change the endpoint: whoever runs this page allows calls to these hosts only: {allowed}")
        }
        Violation::EndpointScheme(scheme) => format!("Endpoint must start with https://, not with {scheme}://"),
        Violation::EndpointUserInfo => "Remove the user name and everything else before the @ from the endpoint".to_owned(),
        Violation::EndpointQuery => "Remove ? or # and what follows from the endpoint".to_owned(),
        Violation::EndpointPath(path) => {
            format!("Remove {path} from the endpoint: it takes the address up to the host. The page adds the path of the API itself")
        }
        Violation::EndpointNotAPath => {
            "A path as endpoint must start with one slash and name each folder once, such as /api or /otc/eu-de".to_owned()
        }
        Violation::EndpointPort(port) if port.is_empty() => "Enter a port behind the colon of the endpoint, or remove the colon".to_owned(),
        Violation::EndpointPort(port) => format!("The port of the endpoint must be a number from 1 to 65535, not {port}"),
        Violation::ProjectIdCharacters(offenders) => {
            format!("Project ID must contain only letters A–Z a–z and digits. Remove {}", each_with_place(offenders))
        }
        Violation::TokenCharacters(offenders) => {
            format!("Token must contain only what an HTTP header can carry. Remove {}", each_with_place(offenders))
        }
        Violation::TokenTooLong { found } => {
            format!("Token must be {} KB or less, the most that the API takes in a header. It has {} KB", LONGEST_TOKEN / 1024, found.div_ceil(1024))
        }
        Violation::NotAnInstance(resource) => not_an_instance(*resource).to_owned(),
        Violation::NameTooShort { found: 1 } => format!("Backup name must have {} characters or more. It has 1", name::SHORTEST),
        Violation::NameTooShort { found } => format!("Backup name must have {} characters or more. It has {found}", name::SHORTEST),
        Violation::NameTooLong { found } => format!("Backup name must have {} characters or less. It has {found}", name::LONGEST),
        Violation::NameStart(first) => format!("Backup name must start with a letter A–Z or a–z, not with {}", character(*first, &NAMES)),
        Violation::NameCharacters(offenders) => {
            format!("Backup name must contain only letters A–Z a–z, digits, - and _. Replace {}", each_with_place(offenders))
        }
        Violation::NameExists { id, begin_time } => {
            format!("Change the backup name: the instance has a backup of this name, {id}, begun {begin_time}")
        }
        Violation::DescriptionTooLong { found } => {
            format!("Description must have {} characters or less. It has {found}", description::LONGEST)
        }
        Violation::DescriptionCharacters(offenders) => format!("Description must not contain {}", each(offenders)),
        Violation::DescriptionLineBreak => "Description must be a single line. Remove the line breaks".to_owned(),
        Violation::DatabasesUnsupported(engine) => {
            let engine = engine.name();
            format!("Remove the databases: only Microsoft SQL Server supports partial backups, and this instance ID reads as {engine}. If it is a SQL Server instance, say so under Engine")
        }
        Violation::DatabaseBlank => "Enter the name of the database, or remove this entry".to_owned(),
        Violation::DatabaseRepeated { earlier } => format!("Database {} has this name already. Change the name or remove this entry", earlier + 1),
    }
}

fn not_an_instance(resource: Resource) -> &'static str {
    match resource {
        Resource::Node => "This is the ID of a node. Enter the ID of its instance, which ends in in01, in03 or in04",
        Resource::Backup => {
            "This is the ID of a backup. Enter the ID of the instance, which ends in in01, in03 or in04"
        }
        Resource::ParameterGroup => {
            "This is the ID of a parameter group. Enter the ID of the instance, which ends in in01, in03 or in04"
        }
    }
}

fn warning(warning: &Warning) -> String {
    match warning {
        Warning::ProjectIdLength { found } => {
            format!("Project IDs usually have {} characters. This one has {found}", project_id::USUAL_LENGTH)
        }
        Warning::TokenLength { found } => {
            format!(
                "Tokens usually have 1 to 10 KB. This one has {} characters; check that it is complete",
                number(LANGUAGE, *found)
            )
        }
        Warning::TokenStart => {
            "Tokens usually start with MII. Check that this is the token and that it is complete".to_owned()
        }
        Warning::InstanceIdForm => {
            "Instance IDs of RDS usually have 32 letters and digits and then in01, in03 or in04".to_owned()
        }
        Warning::InstanceOfAnotherService => {
            "This looks like the ID of an instance of another database service, not of RDS".to_owned()
        }
        Warning::EngineUnknown => {
            "The instance ID doesn't tell the engine. Partial backups need Microsoft SQL Server".to_owned()
        }
    }
}

fn removed(removed: &[Removed]) -> String {
    let names: Vec<_> = removed
        .iter()
        .map(|what| match what {
            Removed::HeaderName(header) => format!("“{header}:”"),
            Removed::OtherLines => "what stood around the header".to_owned(),
            Removed::LineBreaks => "line breaks".to_owned(),
            Removed::Spaces => "white space".to_owned(),
            Removed::Quotes => "quotation marks".to_owned(),
            Removed::Invisible => "invisible characters".to_owned(),
        })
        .collect();
    format!("Removed from what you entered: {}.", list(&names, "and"))
}

fn token_summary(length: usize, end: Option<&str>) -> String {
    match end {
        Some(end) => format!("{} characters, ending in {end}", number(LANGUAGE, length)),
        None => format!("{} characters", number(LANGUAGE, length)),
    }
}

fn characters_left(left: isize) -> String {
    let count = left.unsigned_abs();
    let characters = if is_one(LANGUAGE, count) { "character" } else { "characters" };
    let rest = if left < 0 { "too many" } else { "remaining" };
    format!("You have {} {characters} {rest}", number(LANGUAGE, count))
}

fn copied(what: Copied, success: Success) -> &'static str {
    match (what, success) {
        (Copied::BackupId | Copied::ListedId(_), Success::Yes) => "Backup ID copied",
        (Copied::Answer, Success::Yes) => "Answer copied",
        (Copied::Request(_), Success::Yes) => "Request copied",
        (Copied::FormLink | Copied::WatchLink(_), Success::Yes) => "Link copied",
        (Copied::Receipt(_), Success::Yes) => "Receipt copied",
        (Copied::BackupId | Copied::ListedId(_), Success::No) => {
            "Backup ID failed to copy. Select it and copy it by hand."
        }
        (Copied::Answer, Success::No) => "Answer failed to copy. Select it and copy it by hand.",
        (Copied::Request(_), Success::No) => "Request failed to copy. Select it and copy it by hand.",
        (Copied::FormLink | Copied::WatchLink(_), Success::No) => {
            "Link failed to copy. The browser allows it on https pages only."
        }
        (Copied::Receipt(_), Success::No) => "Receipt failed to copy. Download or print it.",
    }
}

fn notice(notice: &Notice) -> String {
    match notice {
        Notice::LinkFilled => "The form was filled from a link. Check it before you send: nothing is sent without a press.".to_owned(),
        Notice::LinkHadToken => "The link had a token in it, and the page has dropped it: links stay in histories and logs. Paste the token into its field, and have the one in the link revoked.".to_owned(),
        Notice::LinkUnknown(names) => format!("The link has parts that this page doesn't know: {}. Check that nothing is missing.", names.join(", ")),
        Notice::WatchNeedsToken => "The link follows a backup. Enter a token of its project to go on.".to_owned(),
        Notice::Cleared => "The form was cleared, and the token forgotten.".to_owned(),
        Notice::TokenNotSupplied => "The page around this form supplied no token. Enter one, and try again.".to_owned(),
        Notice::Option(fault) if fault.key.is_empty() => format!("The settings of this page (config.json) can't be used: {}. It works with its defaults.", problem(&fault.problem)),
        Notice::Option(fault) => format!("The setting “{}” of this page (config.json) isn't used: {}.", fault.key, problem(&fault.problem)),
    }
}

fn problem(problem: &Problem) -> String {
    match problem {
        Problem::Unreadable => "they aren't JSON".to_owned(),
        Problem::NoObject => "they must be a JSON object".to_owned(),
        Problem::Unknown => "there is no setting of this name".to_owned(),
        Problem::NoText => "it must be text".to_owned(),
        Problem::NoList => "it must be a list".to_owned(),
        Problem::NoNumber(least, most) => format!("it must be a number from {least} to {most}"),
        Problem::NotOneOf(words) => format!("it must be one of {words}"),
        Problem::NoEndpoint => "it must be a host, an https address or a path".to_owned(),
        Problem::NoProjectId => "it must have letters and digits only".to_owned(),
        Problem::NoHost => "it must be the name of a host, such as rds.example.com or *.example.com".to_owned(),
        Problem::NoOwnFile => "it must be the address of a file beside the page".to_owned(),
    }
}

fn meaning(meaning: Meaning) -> Advice {
    let (heading, detail) = match meaning {
        Meaning::ParameterRefused => (
            "The API refused the request",
            "It finds something in the request wrong; its own message may say what. Compare the IDs and names with those in the console of your cloud.",
        ),
        Meaning::InstanceIdRefused => (
            "The API doesn't accept the instance ID",
            "Copy the ID from the instance's page in the console of your cloud.",
        ),
        Meaning::NameRefused => (
            "The API doesn't accept the backup name",
            "Change the name: 4 to 64 letters, digits, hyphens and underscores, with a letter in front.",
        ),
        Meaning::DescriptionRefused => {
            ("The API doesn't accept the description", "Shorten it, or take out unusual characters.")
        }
        Meaning::DatabaseUnknown => (
            "A database doesn't exist",
            "The instance has no database of one of these names. Check their spelling, upper and lower case too.",
        ),
        Meaning::NameTaken => (
            "A backup of this name exists",
            "If you have used the name before, choose another one. If you haven't, it is the backup that you have just asked for: browsers send a request again when the connection drops before the answer.",
        ),
        Meaning::BackupRunning => (
            "Another backup of this instance is running",
            "The API builds one backup of an instance at a time. Try again when it is completed.",
        ),
        Meaning::InstanceBusy => {
            ("The instance is busy", "Another operation on the instance is running. Try again when it has ended.")
        }
        Meaning::InstanceStatus => (
            "The instance can't be backed up in its present state",
            "Wait until its status is available, and try again.",
        ),
        Meaning::StorageFull => {
            ("The instance's storage is full", "Free some space or enlarge the storage, and try again.")
        }
        Meaning::Frozen => (
            "The instance or the account is frozen",
            "Settle what has been frozen, usually the account's balance, and try again.",
        ),
        Meaning::InstanceUnknown => {
            ("There is no such instance", "Check the instance ID, and that it belongs to this project and region.")
        }
        Meaning::NotAllowed => (
            "The token isn't allowed to do this",
            "It may belong to another project, or its user lacks the permission rds:backup:create. An expired token can be refused this way too.",
        ),
        Meaning::TokenRejected => (
            "The API rejected the token",
            "It has expired (tokens are valid for 24 hours), is incomplete, or is of another region. Get a new one and enter it; everything else stays as it is.",
        ),
        Meaning::EngineUnsupported => {
            ("The engine can't be backed up this way", "The API has no manual backups for this engine or version.")
        }
        Meaning::OperationUnsupported => (
            "This instance doesn't allow manual backups",
            "It may be a read replica: back up its primary instance instead.",
        ),
        Meaning::QuotaUsedUp => {
            ("The quota is used up", "Delete a manual backup that is no longer needed, or ask for a larger quota.")
        }
        Meaning::BackupUnknown => ("There is no such backup", "It may have been deleted in the meantime."),
        Meaning::NotFound => (
            "Not found",
            "Something that the request names isn't there: the instance, the project, or the API itself. Check the instance ID, the project ID and the endpoint.",
        ),
        Meaning::Conflict => (
            "The request clashes with something",
            "The API's own message may say with what: often another operation on the instance. Wait for its end and try again.",
        ),
        Meaning::ApiUnknown => (
            "The endpoint doesn't know this call",
            "Check the endpoint: it must be the RDS endpoint of the project's region. With a proxy, check its path.",
        ),
        Meaning::Throttled => {
            ("Too many requests", "The API takes no more requests for the moment. Wait a minute and try again.")
        }
        Meaning::ProjectUnavailable => (
            "The project isn't available here",
            "Check the project ID and that the project and your user are active in this region.",
        ),
        Meaning::GatewayTrouble => (
            "The service behind the gateway didn't answer in time",
            "The gateway or a proxy passed the request on, or tried to, and got no answer.",
        ),
        Meaning::ServerFault => (
            "The service failed",
            "The fault is on the side of the cloud. If it lasts, give the request ID to its support.",
        ),
        Meaning::AnswerUnclear => (
            "The answer isn't what the API documents",
            "The status says that the request succeeded, and the body describes no backup. If the endpoint is a proxy, check that it leads to the RDS API.",
        ),
        Meaning::Unknown => ("An answer that the API doesn't document", "Check that the endpoint is the RDS API."),
    };
    Advice { heading, detail }
}

fn why(why: &Why, same_origin: bool) -> &'static str {
    match (why, same_origin) {
        (Why::Unreachable, false) => {
            "No answer was received, and the browser doesn't say why: the connection failed or broke, or the API doesn't allow calls from this page's address (CORS). Against the latter, serve the page with a proxy: start it with “cargo xtask serve --endpoint https://…”, or let your web server pass a path on to the API, and enter that path as the endpoint."
        }
        (Why::Unreachable, true) => {
            "No answer was received: the connection to the web server that serves this page failed, or broke before the answer."
        }
        (Why::TimedOut, _) => "No answer within the time limit.",
        (Why::Cancelled, _) => "You cancelled. The request had been sent by then.",
        (Why::Unclear(failure), _) => meaning(failure.meaning).heading,
        (Why::Contradicted(_), _) => {
            "A refusal came as the answer, and yet the backup is in the list: something between this page and the API refused what had been passed on already."
        }
        (Why::NameTaken(_), _) => {
            "The API says that a backup of this name exists. It may be the one that you have just asked for: browsers send a request again when the connection drops before the answer."
        }
    }
}

fn obstacle(obstacle: &Obstacle) -> String {
    match obstacle {
        Obstacle::Unreachable => "The endpoint can't be reached at the moment (offline, VPN, name or certificate). The page goes on trying.".to_owned(),
        Obstacle::OriginNotAllowed => "The endpoint answers, and the browser keeps its answers from this page, since the API doesn't allow calls from this address (CORS). Either it refused the request, and nothing was made, or only its answer is hidden: both look alike.".to_owned(),
        Obstacle::Refused(failure) => format!("The list of backups is refused: {} (HTTP {}).", meaning(failure.meaning).heading, failure.status),
        Obstacle::Undated(backup) => format!("A backup of that name exists ({}), and its begin “{}” can't be compared with your request.", backup.id.as_deref().unwrap_or("without ID"), backup.begin_time.as_deref().unwrap_or_default()),
        Obstacle::Stopped => "You stopped the search.".to_owned(),
    }
}

fn duration(seconds: i64) -> String {
    match seconds {
        ..60 => format!("{} s", seconds.max(0)),
        60..3600 => format!("{} min", seconds / 60),
        _ => format!("{} h {} min", seconds / 3600, seconds / 60 % 60),
    }
}
