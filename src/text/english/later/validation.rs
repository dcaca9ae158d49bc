//! English: the violations that the later part detects, and errors in the settings.

use contract::instance::{Engine, MAX_INSTANCES};
use contract::rules::token::{MAX_TOKEN_BYTES, Removed};
use contract::rules::{Field, TokenFault, Uncallable, Violation, Warning, project_id};

use super::token;
use crate::text::english::{LANGUAGE, TEXT, each_with_place};
use crate::text::intl::{decimal, number};
use crate::text::time::local_hour;
use crate::text::words::{LATIN, engines};
use console_core::{Notice, OptionFault, Problem, SettingsSource};

pub(super) fn violation(violation: &Violation) -> String {
    match violation {
        Violation::EndpointUncallable(why) => uncallable(why),
        Violation::Token(fault) => token_fault(fault),
        Violation::DatabasesUnsupported { engine, supported } => databases_unsupported(*engine, supported),
        Violation::IndividuallyUnsupported => INDIVIDUALLY_UNSUPPORTED.to_owned(),
        Violation::ReadReplica { primary: Some(primary) } => {
            format!("This instance is a read replica. Enter its primary, {primary}")
        }
        Violation::ReadReplica { primary: None } => "This instance is a read replica. Enter its primary".to_owned(),
        Violation::Missing(Field::NamePattern) => "Enter a name pattern".to_owned(),
        Violation::PatternPlaceholder(word) => {
            format!("Name pattern knows {{instance}}, {{date}} and {{time}}. Replace {{{word}}}")
        }
        Violation::NamesAlike(name) => {
            format!(
                "Each backup needs a name of its own, and several would be called {name}. Put {{instance}} into the name pattern"
            )
        }
        Violation::TooManyInstances { found } => {
            format!("Select {MAX_INSTANCES} instances or fewer. {} are selected", number(LANGUAGE, *found))
        }
        Violation::InstanceUnlisted(id) => {
            format!("Load the instances, or remove this one: its name isn't known, {id}")
        }
        Violation::ReplicaSelected(name) => {
            format!("{name} is a read replica and can't be backed up. Remove it, and select its primary")
        }
        Violation::Missing(_)
        | Violation::EndpointNotAHost(_)
        | Violation::EndpointInsecure
        | Violation::EndpointScheme(_)
        | Violation::EndpointUserInfo
        | Violation::EndpointQuery
        | Violation::EndpointPath(_)
        | Violation::EndpointNotAPath
        | Violation::EndpointPort(_)
        | Violation::EndpointChanged { .. }
        | Violation::ProjectIdCharacters(_)
        | Violation::NotAnInstance(_)
        | Violation::NameTooShort { .. }
        | Violation::NameTooLong { .. }
        | Violation::NameStart(_)
        | Violation::NameCharacters(_)
        | Violation::DescriptionTooLong { .. }
        | Violation::DescriptionCharacters(_)
        | Violation::DescriptionLineBreak
        | Violation::DatabaseBlank
        | Violation::DatabaseRepeated { .. } => (TEXT.violation)(violation),
    }
}

fn uncallable(why: &Uncallable) -> String {
    match why {
        Uncallable::NotAllowed { allowed } => {
            format!("Change the endpoint: whoever runs this page allows calls to these hosts only: {allowed}")
        }
        Uncallable::NoneAllowed => {
            "Enter a path of this page's own server, such as /api: which hosts its operator allows can't be read, so that no other is called until the setting allowed_hosts is mended".to_owned()
        }
        Uncallable::NotRds { meant } => {
            format!("Change the endpoint to the host of the RDS API, {meant}: this one is another service's or a customer's, and the token would go there")
        }
        Uncallable::OutsidePolicy { endpoint, named } => {
            let named = if named.is_empty() { "its own server only" } else { named };
            format!("Change the endpoint, or enter a path such as /api: this page may not call {endpoint}. Its Content-Security-Policy (connect-src) names {named}; whoever hosts the page can add to it (docs/hosting.md)")
        }
    }
}

fn token_fault(fault: &TokenFault) -> String {
    match fault {
        TokenFault::Characters(invalid_characters) => {
            format!("Token must contain only what an HTTP header can carry. Remove {}", each_with_place(invalid_characters))
        }
        TokenFault::NotFound => {
            "Paste the header X-Subject-Token from IAM. What stands here is an answer without it".to_owned()
        }
        TokenFault::InAnotherField => {
            "Take the token out of this field: only the field Token keeps it out of addresses, records and copied commands".to_owned()
        }
        TokenFault::TooLong { found } => {
            format!(
                "Token must be {} KB or less, the most that the API takes in a header. It has {} KB",
                MAX_TOKEN_BYTES / 1024,
                found.div_ceil(1024)
            )
        }
        TokenFault::Cut { found, stated } => {
            format!(
                "Paste the whole token: {} of {} characters are here, the rest was cut off",
                number(LANGUAGE, *found),
                number(LANGUAGE, *stated)
            )
        }
        TokenFault::Extended { found, stated } => {
            format!(
                "Keep only the token: it ends after {} characters, and {} more follow",
                number(LANGUAGE, *stated),
                number(LANGUAGE, found - stated)
            )
        }
        TokenFault::AccessKey => {
            "Paste a token from IAM (X-Subject-Token). This is an access key, which only signs requests".to_owned()
        }
        TokenFault::SecurityToken => {
            "Paste a token from IAM (X-Subject-Token). This is the security token of a temporary access key, which only signs requests"
                .to_owned()
        }
    }
}

fn databases_unsupported(engine: Engine, supported: &[Engine]) -> String {
    let verb = if supported.len() == 1 { "supports" } else { "support" };
    format!(
        "Remove the databases, or correct the entries on the instance: only {} {verb} partial backups, and this is given as an instance of {}",
        engines(&LATIN, supported, " and "),
        engine.name()
    )
}

const INDIVIDUALLY_UNSUPPORTED: &str = "Untick “Back up each database individually”, or change the endpoint: as far as this page knows, its API can't be asked for that";

pub(super) fn warning(warning: &Warning) -> String {
    match warning {
        Warning::RegionUnknown => {
            "This page doesn't know the region of this endpoint. Check its spelling: the token goes there".to_owned()
        }
        Warning::ProjectIdLength { found } => {
            format!("Project IDs usually have {} characters. This one has {found}", project_id::USUAL_LENGTH)
        }
        Warning::TokenLength { found } => {
            format!(
                "Tokens usually have 1 to 10 KB. This one has {} characters; check that it is complete",
                number(LANGUAGE, *found)
            )
        }
        Warning::TokenUnpadded => "The = at the end of the token are missing. Check that it is complete".to_owned(),
        Warning::Token(problem) => token::warning(problem),
        Warning::TokenIssuedLater { at } => token::issued_later(*at),
        Warning::TokenEndsTooSoon { at, usual } => token::ends_too_soon(*at, *usual),
        Warning::TokenStart => {
            "Tokens usually start with MII. Check that this is the token and that it is complete".to_owned()
        }
        Warning::InBackupWindow { instance, until } => {
            let instance = instance.as_deref().unwrap_or("this instance");
            format!(
                "Automated backups of {instance} are made at this time, until {}. Another one may be refused until then",
                local_hour(*until, LANGUAGE)
            )
        }
        Warning::InstanceIdForm => {
            "Instance IDs of RDS usually have 32 letters and digits and then in01, in03 or in04".to_owned()
        }
        Warning::InstanceOfAnotherService => {
            "This looks like the ID of an instance of another database service, not of RDS".to_owned()
        }
        Warning::NameListed { id, begin_time } => {
            format!(
                "The instance's list has a backup of this name, {id}, begun {begin_time}. The page looks again before it sends"
            )
        }
        Warning::EngineUnknown { supported } => {
            format!(
                "The instance ID doesn't tell the engine. Partial backups need {}",
                engines(&LATIN, supported, " or ")
            )
        }
    }
}

pub(super) fn removed(removed: &[Removed]) -> String {
    let names: Vec<_> = removed
        .iter()
        .map(|what| match what {
            Removed::HeaderName(header) => format!("“{header}:”"),
            Removed::OtherLines => "what stood around the header".to_owned(),
            Removed::LineBreaks => "line breaks".to_owned(),
            Removed::Spaces => "white space".to_owned(),
            Removed::SpacesForPlus => "spaces in place of +".to_owned(),
            Removed::Quotes => "quotation marks".to_owned(),
            Removed::Invisible => "invisible characters".to_owned(),
        })
        .collect();
    format!("Removed from what you entered: {}.", LATIN.list(&names, " and "))
}

/// What fields are called.
fn labels(fields: &[Field]) -> Vec<String> {
    fields.iter().map(|field| (TEXT.label)(*field)).collect()
}

pub(super) fn notice(notice: &Notice) -> String {
    match notice {
        Notice::LanguageMissing(_) => TEXT.page.language_missing.to_owned(),
        Notice::LinkFilled => "The form was filled from a link. Check it before you send: nothing is sent without a press.".to_owned(),
        Notice::FilledFromToken(fields) => format!("Filled in from the token: {}.", LATIN.commas(&labels(fields))),
        Notice::FormFilled => "The form was filled for what you pressed.".to_owned(),
        Notice::WatchIncomplete => "The link follows a backup, and doesn't say which, or where: it lacks the backup, the endpoint or the project ID, or one of them isn't right. Ask for the link again.".to_owned(),
        Notice::DraftRestored => "What stood in this form before the page was opened anew, or its tab duplicated, is back, except for the token.".to_owned(),
        Notice::LinkHadToken => TEXT.page.link_had_token.to_owned(),
        Notice::LinkUnknown(names) => format!("The link has parts that this page doesn't know: {}. Check that nothing is missing.", LATIN.commas(names)),
        Notice::Cleared => "The form was cleared, and the token forgotten.".to_owned(),
        Notice::LinkMissed => "A link was opened while a press was waiting, and wasn't taken over. Open it again.".to_owned(),
        Notice::PressedBeforeFilled => "What you pressed wasn't done yet, and nothing was sent: the token filled in fields only after it. Look at them, and press again.".to_owned(),
        Notice::AlreadyRequested => "Nothing was sent: these backups were requested already. Press “Use the current time” if you want others.".to_owned(),
        Notice::PressLapsed => "What you pressed wasn't done, and nothing was sent for it: too much time passed, or the page was left or changed. Press again if you still want it.".to_owned(),
        Notice::NotCallable => "Nothing was sent: this page may not call the endpoint of that card. Its settings, or its policy, name the hosts that it may call.".to_owned(),
        Notice::TokenNotSupplied => "The page around this form supplied no token. Enter one, and try again.".to_owned(),
        Notice::Option(fault, source) => option_fault(fault, *source),
    }
}

fn option_fault(fault: &OptionFault, source: SettingsSource) -> String {
    let problem = problem(&fault.problem);
    let what = match (&*fault.key, source) {
        ("", SettingsSource::ConfigFile) => {
            format!("The settings of this page (config.json) can't be used: {problem}. It works with its defaults.")
        }
        (key, SettingsSource::ConfigFile) => {
            format!("The setting “{key}” of this page (config.json) isn't used: {problem}.")
        }
        ("", SettingsSource::HostPage) => {
            format!(
                "The options that the page around this console sets can't be used: {problem}. It works with its defaults."
            )
        }
        (key, SettingsSource::HostPage) => {
            format!("The option “{key}” that the page around this console sets isn't used: {problem}.")
        }
    };
    let limit = if fault.concerns_calls() {
        " Until that is mended, the page calls its own server and the hosts that are rightly listed in allowed_hosts, and no other."
    } else {
        ""
    };
    what + limit
}

fn problem(problem: &Problem) -> String {
    match problem {
        Problem::NotLoaded => "they couldn't be loaded; reload the page".to_owned(),
        Problem::Unreadable => "they aren't JSON".to_owned(),
        Problem::NoObject => "they must be a JSON object".to_owned(),
        Problem::Unknown => "there is no setting of this name".to_owned(),
        Problem::NoText => "it must be text".to_owned(),
        Problem::NoList => "it must be a list".to_owned(),
        Problem::NoNumber(least, most) => {
            let [least, most] = [least, most].map(|bound| decimal(LANGUAGE, *bound));
            format!("it must be a number from {least} to {most}")
        }
        Problem::NotOneOf(words) => format!("it must be one of {words}"),
        Problem::NoEndpoint => "it must be a host, an https address or a path".to_owned(),
        Problem::NoProjectId => "it must have letters and digits only".to_owned(),
        Problem::NoHost => "it must be the name of a host without scheme, port and path, such as rds.eu-de.otc.t-systems.com".to_owned(),
        Problem::HostPattern => "it may not stand for several hosts, since customers of a cloud can get hosts below its domain. List the hosts one by one, such as rds.eu-de.otc.t-systems.com".to_owned(),
        Problem::Empty => "it has no entry. List the hosts, or leave the setting out to allow every host that the page's policy names".to_owned(),
        Problem::TooMany(most) => format!("only the first {most} entries count"),
        Problem::NoOwnFile => "it must be the address of a file beside the page".to_owned(),
    }
}
