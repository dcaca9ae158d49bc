//! English.

pub(super) mod later;

use contract::rules::instance_id::Resource;
use contract::rules::{Field, InvalidCharacters, Violation, description, name};

#[cfg(test)]
use super::claims::ClaimWords;
use super::intl::{is_one, number};
use super::sentences::{PageText, Text};
#[cfg(test)]
use super::start::StartText;
use super::words::{CharacterNames, LATIN, character};
use console_core::{Language, Theme};

const LANGUAGE: Language = Language::English;

/// The language's name in that language.
pub(super) const NAME: &str = "English";

#[cfg(test)]
pub(super) const CLAIM_WORDS: ClaimWords = ClaimWords {
    scolding: &["please", "sorry", "valid", "forbidden", "illegal", "oops"],
    answer: "answer",
    duplicated: "duplicated",
    refused_by_api: &["token", "the api re"],
    nothing_created: &["nothing was created", "no backup was created"],
    calls_own_server: "calls its own server and the hosts that are rightly listed in allowed_hosts",
};

#[cfg(test)]
pub(super) const START: StartText = StartText {
    loading: "Loading the console…",
    late: "This takes unusually long. Reload the page; if that doesn't help, something keeps its scripts from running.",
    no_webassembly: "This browser has no WebAssembly, or it is switched off. Use a current browser, or switch it on, and reload the page.",
    not_started: "The console can't start. Reload the page. If that doesn't help, the web server may not serve all of its files, or not as what they are (application/wasm). The browser says: ",
    no_javascript: "This page needs JavaScript and WebAssembly. Switch them on and reload the page.",
    module_not_loaded: "The backup console can't be loaded.",
};

pub(super) static TEXT: Text = Text {
    punctuation: LATIN,
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
    token_summary,
    show_token: "Show token",
    hide_token: "Hide token",
    forget_token: "Forget token",
    url_was_split: "Endpoint and project ID were taken from the address that you entered.",
    use_token_at: |endpoint| format!("Use the token at {endpoint}"),
    token_has_lapsed: "The token was forgotten because the page had not been used for a while, or was left. Paste it again to go on; everything else is still here.",
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
    activity: "Activity",
    nothing_yet: "The API's answer will appear here.",
    not_sent: "Nothing was sent",
    not_sent_detail: |count| match count {
        0 => "Your last press found faults. Every field is right now: send again when you are ready.".to_owned(),
        _ if is_one(LANGUAGE, count) => "One field needs a change first.".to_owned(),
        _ => format!("{} fields need a change first.", number(LANGUAGE, count)),
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
        notices: "Notes",
        link_had_token: "The link had a token in it, and the page has dropped it: links stay in histories and logs. Paste the token into its field, and have the one in the link revoked.",
        language_missing: "The sentences of that language couldn't be loaded. Check the connection and choose it again.",
        dismiss: "Dismiss",
        restore: "Bring it back",
        load_instances: "Load instances",
        suggest_name: "Suggest a name",
        show_backups: "Show backups",
        part_underway: "Loading the part of this page that talks to the API…",
        part_missing: "A part of this page couldn't be loaded",
        part_missing_detail: "Nothing was sent for this press. Check the connection and press the button again. If that doesn't help, the page may have been renewed on its server: reload it. What was typed is still there then, except for the token.",
        restoring: "Loading what shows the earlier request, or the backup that the link names…",
        not_restored: "An earlier request, or the backup that a link names, can't be shown",
        not_restored_detail: "A part of this page couldn't be loaded. What was sent doesn't depend on the page. Check the connection and reload the page.",
    },
    broken: "The page has stopped because of a fault of its own. Reload it to go on, and check what the form has then: the token isn't kept, and the rest may be. A backup that was asked for is not affected: look for it in the instance's list of backups.",
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
        Field::NamePattern => "Name pattern".to_owned(),
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
        Field::NamePattern => "For all: {instance}, and {date} and {time} (UTC) of when you began to select.",
        Field::Description => "Optional. One line, without > ! < \" & ' =",
        Field::Databases | Field::Database(_) => "",
    }
}

fn each(invalid_characters: &InvalidCharacters) -> String {
    let names: Vec<_> = invalid_characters.first.iter().map(|offender| character(offender.character, &NAMES)).collect();
    LATIN.list(&names, " and ")
}

fn each_with_place(invalid_characters: &InvalidCharacters) -> String {
    let mut names: Vec<_> = invalid_characters
        .first
        .iter()
        .map(|offender| format!("{} (character {})", character(offender.character, &NAMES), offender.position))
        .collect();
    let others = invalid_characters.total.saturating_sub(names.len());
    if others > 0 {
        names.push(format!("{others} more"));
    }
    LATIN.list(&names, " and ")
}

fn violation(violation: &Violation) -> String {
    match violation {
        Violation::Missing(Field::Endpoint) => "Enter the endpoint: the host of the RDS API, such as rds.eu-de.otc.t-systems.com".to_owned(),
        Violation::Missing(Field::ProjectId) => "Enter the project ID".to_owned(),
        Violation::Missing(Field::Token) => "Enter the token".to_owned(),
        Violation::Missing(Field::InstanceId) => "Enter the instance ID".to_owned(),
        Violation::Missing(Field::Name | Field::Description | Field::Databases | Field::Database(_)) => "Enter a backup name".to_owned(),
        Violation::EndpointNotAHost(invalid_characters) if invalid_characters.total > 0 => {
            format!("Endpoint must be a host, an https address or a path. Remove {}", each(invalid_characters))
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
        // The later part words this: see `later`.
        Violation::Missing(Field::NamePattern) | Violation::EndpointUncallable(_) | Violation::Token(_) | Violation::DatabasesUnsupported { .. } | Violation::IndividuallyUnsupported | Violation::ReadReplica { .. } | Violation::PatternPlaceholder(_) | Violation::NamesAlike(_) | Violation::TooManyInstances { .. } | Violation::InstanceUnlisted(_) | Violation::ReplicaSelected(_) => String::new(),
        Violation::EndpointScheme(scheme) => format!("Endpoint must start with https://, not with {scheme}://"),
        Violation::EndpointUserInfo => "Remove what stands before the @ from the endpoint".to_owned(),
        Violation::EndpointQuery => "Remove ? or # and what follows from the endpoint".to_owned(),
        Violation::EndpointPath(path) => {
            format!("Remove {path} from the endpoint: the page adds the path of the API itself")
        }
        Violation::EndpointNotAPath => {
            "A path as endpoint must start with one slash and name each folder once, such as /api".to_owned()
        }
        Violation::EndpointPort(port) if port.is_empty() => "Enter a port behind the colon of the endpoint, or remove the colon".to_owned(),
        Violation::EndpointPort(port) => format!("The port of the endpoint must be a number from 1 to 65535, not {port}"),
        Violation::ProjectIdCharacters(invalid_characters) => {
            format!("Project ID must contain only letters A–Z a–z and digits. Remove {}", each_with_place(invalid_characters))
        }
        Violation::NotAnInstance(resource) => not_an_instance(*resource).to_owned(),
        Violation::NameTooShort { found } => format!("Backup name must have {} characters or more. It has {found}", name::MIN_NAME_LENGTH),
        Violation::NameTooLong { found } => format!("Backup name must have {} characters or less. It has {found}", name::MAX_NAME_LENGTH),
        Violation::NameStart(first) => format!("Backup name must start with a letter A–Z or a–z, not with {}", character(*first, &NAMES)),
        Violation::NameCharacters(invalid_characters) => {
            format!("Backup name must contain only letters A–Z a–z, digits, - and _. Replace {}", each_with_place(invalid_characters))
        }
        Violation::DescriptionTooLong { found } => {
            format!("Description must have {} characters or less. It has {found}", description::MAX_DESCRIPTION_LENGTH)
        }
        Violation::DescriptionCharacters(invalid_characters) => format!("Description must not contain {}", each(invalid_characters)),
        Violation::DescriptionLineBreak => "Description must be a single line. Remove the line breaks".to_owned(),
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
