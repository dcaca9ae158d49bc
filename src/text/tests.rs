//! Tests for the sentences that depend on data, and for rules that apply to all of them.

use std::collections::BTreeSet;

use contract::cloud::{Cloud, PartialBackups};
use contract::failure::Failure;
use contract::instance::Engine;
use contract::response::{Body, HttpResponse};
use contract::rules::instance_id::Resource;
use contract::rules::token::Removed;
use contract::rules::{InvalidCharacters, TokenFault, Uncallable, description::description, name::backup_name};

use console_core::{OptionFault, Problem, SettingsSource};

use console_core::{Blocker, Cause, Certainty, CopyTarget, Failed, FieldRefusal, Language, NotSent, Notice, Unknown};
use contract::backup::{Backup, Status};
use contract::codes::ErrorKind;
use contract::rules::{Field, Violation};

use super::language::claim_words;
use super::*;

/// Whether a sentence has one of these words in it.
fn claims(sentence: &str, words: &[&str]) -> bool {
    let lower = sentence.to_lowercase();
    words.iter().any(|word| lower.contains(word))
}

fn are_different(sentences: &[impl Ord + Clone]) -> bool {
    let different: BTreeSet<_> = sentences.iter().cloned().collect();
    different.len() == sentences.len()
}

fn words(language: Language, violation: &Violation) -> String {
    (language.later_text().violation)(violation)
}

fn english(violation: &Violation) -> String {
    words(Language::English, violation)
}

fn first(violations: Vec<Violation>) -> Violation {
    violations.into_iter().next().unwrap()
}

#[test]
fn the_message_about_a_name_says_which_character_stands_where() {
    provide_sentences();
    let violation = first(backup_name("ab c\u{e9}.é\u{202e}x").unwrap_err());
    assert_eq!(
        english(&violation),
        "Backup name must contain only letters A–Z a–z, digits, - and _. Replace space (character 3), “é” (character 5), \
         “.” (character 6), U+202E (invisible) (character 8) and 1 more"
    );
    assert_eq!(
        words(Language::German, &first(backup_name("1abc").unwrap_err())),
        "Der Name der Sicherung muss mit einem Buchstaben A–Z oder a–z beginnen, nicht mit „1“"
    );
}

#[test]
fn the_message_about_a_description_names_the_characters_found() {
    provide_sentences();
    let violation = first(description("a=b & c").unwrap_err());
    assert_eq!(english(&violation), "Description must not contain “=” and “&”");
}

#[test]
fn the_counter_speaks_of_one_and_of_many() {
    provide_sentences();
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
    provide_sentences();
    let removed = [Removed::HeaderName("X-Auth-Token"), Removed::LineBreaks, Removed::Quotes];
    assert_eq!(
        (Language::English.later_text().removed)(&removed),
        "Removed from what you entered: “X-Auth-Token:”, line breaks and quotation marks."
    );
}

fn every_violation() -> Vec<Violation> {
    let invalid_characters = || InvalidCharacters::find("a&b", |_, character| character != '&').unwrap();
    vec![
        Violation::Missing(Field::Endpoint),
        Violation::Missing(Field::ProjectId),
        Violation::Missing(Field::Token),
        Violation::Missing(Field::InstanceId),
        Violation::Missing(Field::Name),
        Violation::EndpointNotAHost(invalid_characters()),
        Violation::EndpointNotAHost(InvalidCharacters::default()),
        Violation::EndpointInsecure,
        Violation::EndpointUncallable(Uncallable::NoneAllowed),
        Violation::EndpointUncallable(Uncallable::NotAllowed { allowed: "rds.example".into() }),
        Violation::EndpointUncallable(Uncallable::NotRds { meant: "rds.eu-de.otc.t-systems.com".into() }),
        Violation::EndpointUncallable(Uncallable::OutsidePolicy {
            endpoint: "https://rds.example".into(),
            named: String::new(),
        }),
        Violation::EndpointUncallable(Uncallable::OutsidePolicy {
            endpoint: "https://rds.example".into(),
            named: "https://a.example".into(),
        }),
        Violation::EndpointScheme("ftp".into()),
        Violation::EndpointUserInfo,
        Violation::EndpointQuery,
        Violation::EndpointPath("/x".into()),
        Violation::EndpointNotAPath,
        Violation::EndpointPort(String::new()),
        Violation::EndpointPort("0".into()),
        Violation::ProjectIdCharacters(invalid_characters()),
        Violation::Token(TokenFault::Characters(invalid_characters())),
        Violation::Token(TokenFault::NotFound),
        Violation::Token(TokenFault::TooLong { found: 40_000 }),
        Violation::Token(TokenFault::InAnotherField),
        Violation::Token(TokenFault::Cut { found: 1_024, stated: 5_272 }),
        Violation::Token(TokenFault::Extended { found: 2_544, stated: 1_272 }),
        Violation::Token(TokenFault::AccessKey),
        Violation::Token(TokenFault::SecurityToken),
        Violation::NotAnInstance(Resource::Node),
        Violation::NotAnInstance(Resource::Backup),
        Violation::NotAnInstance(Resource::ParameterGroup),
        Violation::ReadReplica { primary: None },
        Violation::ReadReplica { primary: Some("d8e6ca5a624745bcb546a227aa3ae1cfin01".into()) },
        Violation::NameTooShort { found: 1 },
        Violation::NameTooLong { found: 65 },
        Violation::NameStart('1'),
        Violation::NameCharacters(invalid_characters()),
        Violation::Missing(Field::NamePattern),
        Violation::PatternPlaceholder("host".into()),
        Violation::NamesAlike("nightly".into()),
        Violation::TooManyInstances { found: 51 },
        Violation::InstanceUnlisted("d8e6ca5a624745bcb546a227aa3ae1cfin01".into()),
        Violation::ReplicaSelected("orders-replica".into()),
        Violation::DescriptionTooLong { found: 257 },
        Violation::DescriptionCharacters(invalid_characters()),
        Violation::DescriptionLineBreak,
        Violation::DatabasesUnsupported { engine: Engine::MySql, supported: &[Engine::SqlServer] },
        Violation::DatabasesUnsupported {
            engine: Engine::MySql,
            supported: PartialBackups::of(Some(Cloud::Huawei)).engines,
        },
        Violation::IndividuallyUnsupported,
        Violation::DatabaseBlank,
        Violation::DatabaseRepeated { earlier: 0 },
    ]
}

#[test]
fn messages_instruct_and_do_not_scold() {
    provide_sentences();
    for language in Language::ALL {
        for violation in every_violation() {
            let message = words(language, &violation);
            assert!(!claims(&message, claim_words(language).scolding), "{message}");
            assert!(!message.contains("! ") && !message.ends_with(['!', '.', '！', '。']), "{message}");
        }
    }
}

#[test]
fn no_message_is_the_same_in_two_languages() {
    provide_sentences();
    for violation in every_violation() {
        let messages = Language::ALL.map(|language| words(language, &violation));
        assert!(are_different(&messages), "{messages:?}");
    }
}

#[test]
fn a_fault_of_the_limit_on_calls_says_what_is_called_until_it_is_mended() {
    provide_sentences();
    let fault =
        |key: &str, problem| Notice::Option(OptionFault { key: key.to_owned(), problem }, SettingsSource::ConfigFile);
    for fault in [
        fault("allowed_hosts[1]", Problem::HostPattern),
        fault("allowed_hosts[2]", Problem::NoHost),
        fault("allowed_hosts", Problem::NoList),
        fault("allowed_hosts", Problem::Empty),
        fault("allowed_hosts", Problem::TooMany(100)),
        fault("allowed_host", Problem::Unknown),
        fault("", Problem::Unreadable),
        fault("", Problem::NotLoaded),
    ] {
        for language in Language::ALL {
            let said = (language.later_text().notice)(&fault);
            assert!(claims(&said, &[claim_words(language).calls_own_server]), "{said}");
            assert!(said.contains("allowed_hosts"), "{said}");
        }
    }
    for language in Language::ALL {
        let other = (language.later_text().notice)(&fault("titel", Problem::Unknown));
        assert!(!other.contains("allowed_hosts"), "{other}");
    }
}

/// Everything that the page says about a press, in the order of [`CreationText`].
fn every_sentence_about_a_press(language: Language) -> Vec<String> {
    let text = language.later_text();
    let words = &text.creation;
    let failure = || Failure::read(&HttpResponse::new(503, Body::Unreadable), None);
    let backup = || Box::new(Backup { id: Some("b1".into()), ..Backup::default() });
    let blockers = [
        Blocker::TokenMissing,
        Blocker::TokenRejected,
        Blocker::Refused(failure()),
        Blocker::Unreachable,
        Blocker::Failed(failure()),
        Blocker::Incomplete,
        Blocker::InstanceBackingUp,
        Blocker::GaveUp,
        Blocker::AwaitsPress,
    ];
    let causes = [
        Cause::Unreachable,
        Cause::TimedOut,
        Cause::Cancelled,
        Cause::Unclear(failure()),
        Cause::NameTaken(failure()),
        Cause::Refused(failure()),
        Cause::Reloaded,
        Cause::ReloadedWhileAwaiting,
    ];
    let unsent = [
        NotSent::Cancelled,
        NotSent::TokenRejected(failure()),
        NotSent::TokenMissing,
        NotSent::Unreachable,
        NotSent::Forbidden,
        NotSent::InvalidRequest,
        NotSent::InstanceStaysBusy,
        NotSent::Lapsed,
    ];
    let unknown = [Unknown::OriginNotAllowed, Unknown::Near(backup()), Unknown::NeverListed, Unknown::Stopped];
    let both = [false, true];
    let refusals = [FieldRefusal::UnderWay, FieldRefusal::Unsettled, FieldRefusal::ByApi(ErrorKind::NameTaken)];
    let fixed = [
        text.nothing_sent,
        text.token_awaited,
        words.looking,
        words.goes_on,
        words.listed,
        words.unlisted,
        words.missing,
        words.of_link,
        words.of_reload,
        words.absent,
        words.asked_again,
        words.taken,
        words.gone,
        words.gone_detail,
        words.unknown,
        words.was_corrected,
        words.not_kept,
        words.awaiting,
        words.details,
        words.stop,
        words.try_again,
        words.create_anyway,
        words.await_instance,
        words.look_again,
    ];
    let named = [
        words.reading,
        words.reading_again,
        words.retry_not_sent,
        words.looking_detail,
        words.making_sure,
        words.listed_detail,
        words.absent_detail,
        words.look_again_at,
        words.await_instance_at,
        words.follow_at,
        words.take_target,
        text.learned,
    ];
    let mut sentences: Vec<String> = fixed.map(str::to_owned).into();
    sentences.extend(named.map(|sentence| sentence("backup")));
    sentences.extend(blockers.iter().flat_map(|blocker| [(words.blocker)(blocker), (words.unheard)(blocker, 61)]));
    sentences.extend(causes.iter().flat_map(|cause| both.map(|exists| (words.cause)(cause, exists, exists))));
    sentences.extend(unsent.iter().flat_map(|why| both.map(|is_own| (words.not_sent)(why, "/api", is_own))));
    sentences.extend(unknown.iter().map(words.unknown_detail));
    sentences
        .extend([Certainty::Responded, Certainty::Listed].map(|certainty| (words.certainty)(certainty).to_owned()));
    sentences.extend([42, 0].map(words.closes));
    sentences.extend([Some("REBOOTING"), None].map(words.awaiting_detail));
    sentences.extend(
        [Some((&*backup(), true)), Some((&*backup(), false)), None]
            .map(|holder| (words.taken_detail)("backup", holder)),
    );
    sentences.push((words.by_hand)("backup", "i1"));
    sentences.push((words.elsewhere)("rds.example", "p1"));
    sentences.extend(refusals.map(|refusal| (text.field_refusal)(refusal).to_owned()));
    sentences
}

#[test]
fn each_language_has_its_own_sentence_for_whatever_becomes_of_a_press() {
    provide_sentences();
    let sentences = Language::ALL.map(every_sentence_about_a_press);
    let [first, others @ ..] = &sentences;
    for index in 0..first.len() {
        let same: Vec<&str> = sentences.iter().map(|sentences| &*sentences[index]).collect();
        assert!(same.iter().all(|sentence| !sentence.is_empty()) && are_different(&same), "{same:?}");
    }
    assert!(others.iter().all(|sentences| sentences.len() == first.len()));
}

#[test]
fn no_sentence_says_more_than_the_page_knows() {
    provide_sentences();
    for language in Language::ALL {
        let (text, known) = (language.later_text(), claim_words(language));
        // It may be known from the response or from a list hours later.
        for status in [Status::Failed, Status::Deleting] {
            let detail = (text.accepted_detail)(Some(&status));
            assert!(!claims(detail, &[known.answer]), "{detail}");
        }
        // A duplicated tab has what the other one stored, and was never reloaded.
        for sentence in [text.creation.of_reload.to_owned(), (text.creation.cause)(&Cause::Reloaded, false, false)] {
            assert!(claims(&sentence, &[known.duplicated]), "{sentence}");
        }
        // It wasn't checked whether the page was served by https.
        for what in [CopyTarget::FormLink, CopyTarget::WatchLink(1), CopyTarget::BackupId(1), CopyTarget::Receipt(1)] {
            let sentence = (text.copied)(what, Err(Failed));
            assert!(!claims(sentence, &["https"]), "{sentence}");
        }
        // A refusal that isn't in the API's format doesn't come from the API, and says nothing about the token's
        // permissions.
        for error_kind in [ErrorKind::RefusedOnTheWay, ErrorKind::LoginRefusedOnTheWay, ErrorKind::WebServerLogin] {
            let Advice { heading, .. } = (text.error_kind)(error_kind);
            assert!(!claims(heading, known.refused_by_api), "{heading}");
        }
        // The engine can't be chosen if the list of instances states it.
        let listed = words(
            language,
            &Violation::DatabasesUnsupported { engine: Engine::MySql, supported: &[Engine::SqlServer] },
        );
        assert!(!claims(&listed, &[&language.text().engine.to_lowercase(), "id "]), "{listed}");
    }
}

/// Only outcomes without a backup may say that nothing was created.
#[test]
fn what_keeps_the_page_from_knowing_says_neither_that_there_is_a_backup_nor_that_there_is_none() {
    provide_sentences();
    for language in Language::ALL {
        let words = &language.later_text().creation;
        let unknown = [Unknown::Blocked(Blocker::Incomplete), Unknown::NeverListed, Unknown::Stopped];
        for sentence in unknown.iter().map(words.unknown_detail).chain([words.unknown.to_owned()]) {
            assert!(!sentence.contains(words.goes_on), "the page has stopped: {sentence}");
            let lower = sentence.to_lowercase();
            for certain in claim_words(language).nothing_created {
                assert!(!lower.contains(certain), "{sentence}");
            }
        }
    }
}
