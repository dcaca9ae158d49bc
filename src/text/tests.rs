//! The sentences that depend on data, and what all of them keep to.

use contract::instance::Engine;
use contract::rules::instance_id::Resource;
use contract::rules::token::Removed;
use contract::rules::{Offenders, description::description, name::backup_name};

use console_core::{OptionFault, Problem};

use super::*;

fn english(violation: &Violation) -> String {
    (Language::English.text().violation)(violation)
}

fn first(violations: Vec<Violation>) -> Violation {
    violations.into_iter().next().unwrap()
}

#[test]
fn the_message_about_a_name_says_which_character_stands_where() {
    let violation = first(backup_name("ab c\u{e9}.é\u{202e}x").unwrap_err());
    assert_eq!(
        english(&violation),
        "Backup name must contain only letters A–Z a–z, digits, - and _. Replace space (character 3), “é” (character 5), \
         “.” (character 6), U+202E (invisible) (character 8) and 1 more"
    );
    assert_eq!(
        (Language::German.text().violation)(&first(backup_name("1abc").unwrap_err())),
        "Der Name der Sicherung muss mit einem Buchstaben A–Z oder a–z beginnen, nicht mit „1“"
    );
}

#[test]
fn the_message_about_a_description_names_the_characters_found() {
    let violation = first(description("a=b & c").unwrap_err());
    assert_eq!(english(&violation), "Description must not contain “=” and “&”");
}

#[test]
fn the_counter_speaks_of_one_and_of_many() {
    let left = Language::English.text().characters_left;
    assert_eq!(
        [2, 1, 0, -1, -2].map(left),
        [
            "You have 2 characters remaining",
            "You have 1 character remaining",
            "You have 0 characters remaining",
            "You have 1 character too many",
            "You have 2 characters too many"
        ]
    );
}

#[test]
fn what_was_removed_is_listed() {
    let removed = [Removed::HeaderName("X-Auth-Token"), Removed::LineBreaks, Removed::Quotes];
    assert_eq!(
        (Language::English.text().removed)(&removed),
        "Removed from what you entered: “X-Auth-Token:”, line breaks and quotation marks."
    );
}

fn every_violation() -> Vec<Violation> {
    let offenders = || Offenders::find("a&b", |_, character| character != '&').unwrap();
    vec![
        Violation::Missing(Field::Endpoint),
        Violation::Missing(Field::ProjectId),
        Violation::Missing(Field::Token),
        Violation::Missing(Field::InstanceId),
        Violation::Missing(Field::Name),
        Violation::EndpointNotAHost(offenders()),
        Violation::EndpointNotAHost(Offenders::default()),
        Violation::EndpointInsecure,
        Violation::EndpointNoneAllowed,
        Violation::EndpointNotAllowed { allowed: "rds.example".into() },
        Violation::EndpointNotRds { meant: "rds.eu-de.otc.t-systems.com".into() },
        Violation::EndpointOutsidePolicy { endpoint: "https://rds.example".into(), named: String::new() },
        Violation::EndpointOutsidePolicy { endpoint: "https://rds.example".into(), named: "https://a.example".into() },
        Violation::EndpointScheme("ftp".into()),
        Violation::EndpointUserInfo,
        Violation::EndpointQuery,
        Violation::EndpointPath("/x".into()),
        Violation::EndpointNotAPath,
        Violation::EndpointPort(String::new()),
        Violation::EndpointPort("0".into()),
        Violation::ProjectIdCharacters(offenders()),
        Violation::TokenCharacters(offenders()),
        Violation::TokenNotFound,
        Violation::TokenTooLong { found: 40_000 },
        Violation::NotAnInstance(Resource::Node),
        Violation::NotAnInstance(Resource::Backup),
        Violation::NotAnInstance(Resource::ParameterGroup),
        Violation::ReadReplica { primary: None },
        Violation::ReadReplica { primary: Some("d8e6ca5a624745bcb546a227aa3ae1cfin01".into()) },
        Violation::NameTooShort { found: 1 },
        Violation::NameTooLong { found: 65 },
        Violation::NameStart('1'),
        Violation::NameCharacters(offenders()),
        Violation::DescriptionTooLong { found: 257 },
        Violation::DescriptionCharacters(offenders()),
        Violation::DescriptionLineBreak,
        Violation::DatabasesUnsupported(Engine::MySql),
        Violation::DatabaseBlank,
        Violation::DatabaseRepeated { earlier: 0 },
    ]
}

#[test]
fn messages_instruct_and_do_not_scold() {
    let scolding =
        ["please", "sorry", "valid", "forbidden", "illegal", "oops", "bitte", "ungültig", "verboten", "leider"];
    for language in Language::ALL {
        for violation in every_violation() {
            let message = (language.text().violation)(&violation);
            let lower = message.to_lowercase();
            assert!(!scolding.iter().any(|word| lower.contains(word)), "{message}");
            assert!(!message.contains("! ") && !message.ends_with(['!', '.']), "{message}");
        }
    }
}

#[test]
fn no_message_is_the_same_in_both_languages() {
    for violation in every_violation() {
        let [english, german] = Language::ALL.map(|language| (language.text().violation)(&violation));
        assert_ne!(english, german);
    }
}

#[test]
fn a_fault_of_the_limit_on_calls_says_what_is_called_until_it_is_mended() {
    let fault = |key: &str, problem| Notice::Option(OptionFault { key: key.to_owned(), problem });
    for notice in [
        fault("allowed_hosts[1]", Problem::HostPattern),
        fault("allowed_hosts[2]", Problem::NoHost),
        fault("allowed_hosts", Problem::NoList),
        fault("allowed_hosts", Problem::Empty),
        fault("allowed_hosts", Problem::TooMany(100)),
        fault("allowed_host", Problem::Unknown),
        fault("", Problem::Unreadable),
        fault("", Problem::NotLoaded),
    ] {
        let [english, german] = Language::ALL.map(|language| (language.text().page.notice)(&notice));
        assert!(
            english.contains("calls its own server and the hosts that are rightly listed in allowed_hosts"),
            "{english}"
        );
        assert!(german.contains("ruft die Seite nur den eigenen Server auf"), "{german}");
    }
    let other = (Language::English.text().page.notice)(&fault("titel", Problem::Unknown));
    assert!(!other.contains("allowed_hosts"), "{other}");
}
