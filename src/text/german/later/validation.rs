//! German: the violations that the later part detects, and errors in the settings.

use contract::instance::{Engine, MAX_INSTANCES};
use contract::rules::token::{MAX_TOKEN_BYTES, Removed};
use contract::rules::{Field, TokenFault, Uncallable, Violation, Warning, project_id};

use super::token;
use crate::text::german::{LANGUAGE, TEXT, each_with_place};
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
            format!("Diese Instanz ist ein Lesereplikat. Geben Sie die primäre Instanz ein: {primary}")
        }
        Violation::ReadReplica { primary: None } => {
            "Diese Instanz ist ein Lesereplikat. Geben Sie die primäre Instanz ein".to_owned()
        }
        Violation::Missing(Field::NamePattern) => "Geben Sie ein Namensmuster ein".to_owned(),
        Violation::PatternPlaceholder(word) => {
            format!("Das Namensmuster kennt {{instance}}, {{date}} und {{time}}. Ersetzen Sie {{{word}}}")
        }
        Violation::NamesAlike(name) => {
            format!(
                "Jede Sicherung braucht einen eigenen Namen, und mehrere hießen {name}. Setzen Sie {{instance}} in das Namensmuster"
            )
        }
        Violation::TooManyInstances { found } => {
            format!("Wählen Sie höchstens {MAX_INSTANCES} Instanzen aus. Ausgewählt sind {}", number(LANGUAGE, *found))
        }
        Violation::InstanceUnlisted(id) => {
            format!("Laden Sie die Instanzen, oder entfernen Sie diese: Ihr Name ist nicht bekannt, {id}")
        }
        Violation::ReplicaSelected(name) => {
            format!(
                "{name} ist ein Lesereplikat und lässt sich nicht sichern. Entfernen Sie es, und wählen Sie die primäre Instanz aus"
            )
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
            format!("Ändern Sie den Endpunkt: Der Betreiber dieser Seite erlaubt Aufrufe nur an diese Hosts: {allowed}")
        }
        Uncallable::NoneAllowed => {
            "Geben Sie einen Pfad auf dem eigenen Server dieser Seite ein, etwa /api: Welche Hosts ihr Betreiber erlaubt, ist nicht lesbar, deshalb wird kein anderer aufgerufen, bis die Einstellung allowed_hosts berichtigt ist".to_owned()
        }
        Uncallable::NotRds { meant } => {
            format!("Ändern Sie den Endpunkt auf den Host der RDS-API, {meant}: Dieser gehört einem anderen Dienst oder einem Kunden, und dorthin ginge das Token")
        }
        Uncallable::OutsidePolicy { endpoint, named } => {
            let named = if named.is_empty() { "nur den eigenen Server" } else { named };
            format!("Ändern Sie den Endpunkt, oder geben Sie einen Pfad wie /api ein: Diese Seite darf {endpoint} nicht aufrufen. Ihre Content-Security-Policy (connect-src) nennt {named}; der Betreiber der Seite kann sie ergänzen (docs/hosting.md)")
        }
    }
}

fn token_fault(fault: &TokenFault) -> String {
    match fault {
        TokenFault::Characters(invalid_characters) => {
            format!(
                "Das Token darf nur enthalten, was ein HTTP-Header befördern kann. Entfernen Sie {}",
                each_with_place(invalid_characters)
            )
        }
        TokenFault::NotFound => {
            "Fügen Sie den Header X-Subject-Token von IAM ein. Was hier steht, ist eine Antwort ohne ihn".to_owned()
        }
        TokenFault::InAnotherField => {
            "Nehmen Sie das Token aus diesem Feld: Nur das Feld Token hält es aus Adressen, Aufzeichnungen und Befehlen heraus".to_owned()
        }
        TokenFault::TooLong { found } => {
            format!(
                "Das Token darf höchstens {} KB groß sein, so viel nimmt die API in einem Header an. Es hat {} KB",
                MAX_TOKEN_BYTES / 1024,
                found.div_ceil(1024)
            )
        }
        TokenFault::Cut { found, stated } => {
            format!(
                "Fügen Sie das ganze Token ein: {} von {} Zeichen sind hier, der Rest wurde abgeschnitten",
                number(LANGUAGE, *found),
                number(LANGUAGE, *stated)
            )
        }
        TokenFault::Extended { found, stated } => {
            format!(
                "Lassen Sie nur das Token stehen: Es endet nach {} Zeichen, und {} weitere folgen",
                number(LANGUAGE, *stated),
                number(LANGUAGE, found - stated)
            )
        }
        TokenFault::AccessKey => {
            "Fügen Sie ein Token von IAM ein (X-Subject-Token). Dies ist ein Zugriffsschlüssel, der nur Anfragen signiert"
                .to_owned()
        }
        TokenFault::SecurityToken => {
            "Fügen Sie ein Token von IAM ein (X-Subject-Token). Dies ist das Sicherheitstoken eines temporären Zugriffsschlüssels, der nur Anfragen signiert"
                .to_owned()
        }
    }
}

const INDIVIDUALLY_UNSUPPORTED: &str = "Entfernen Sie das Häkchen bei „Jede Datenbank einzeln sichern“, oder ändern Sie den Endpunkt: Soweit diese Seite weiß, kennt dessen API das nicht";

fn databases_unsupported(engine: Engine, supported: &[Engine]) -> String {
    let verb = if supported.len() == 1 { "kennt" } else { "kennen" };
    format!(
        "Entfernen Sie die Datenbanken, oder berichtigen Sie die Angaben zur Instanz: Nur {} {verb} Teilsicherungen, und angegeben ist {}",
        engines(&LATIN, supported, " und "),
        engine.name()
    )
}

pub(super) fn warning(warning: &Warning) -> String {
    match warning {
        Warning::RegionUnknown => {
            "Die Region dieses Endpunkts ist der Seite nicht bekannt. Prüfen Sie die Schreibweise: Das Token geht dorthin"
                .to_owned()
        }
        Warning::ProjectIdLength { found } => {
            format!("Projekt-IDs haben üblicherweise {} Zeichen. Diese hat {found}", project_id::USUAL_LENGTH)
        }
        Warning::TokenLength { found } => {
            format!(
                "Token haben üblicherweise 1 bis 10 KB. Dieses hat {} Zeichen; prüfen Sie, ob es vollständig ist",
                number(LANGUAGE, *found)
            )
        }
        Warning::TokenUnpadded => {
            "Am Ende des Tokens fehlen die Zeichen =. Prüfen Sie, ob es vollständig ist".to_owned()
        }
        Warning::Token(problem) => token::warning(problem),
        Warning::TokenIssuedLater { at } => token::issued_later(*at),
        Warning::TokenEndsTooSoon { at, usual } => token::ends_too_soon(*at, *usual),
        Warning::TokenStart => {
            "Token beginnen üblicherweise mit MII. Prüfen Sie, ob dies das Token und ob es vollständig ist".to_owned()
        }
        Warning::InBackupWindow { instance, until } => {
            let instance = instance.as_ref().map_or_else(|| "dieser Instanz".to_owned(), |name| format!("von {name}"));
            format!(
                "Zu dieser Zeit werden automatische Sicherungen {instance} erstellt, bis {}. Bis dahin kann eine weitere abgelehnt werden",
                local_hour(*until, LANGUAGE)
            )
        }
        Warning::InstanceIdForm => {
            "Instanz-IDs von RDS haben üblicherweise 32 Buchstaben und Ziffern und danach in01, in03 oder in04"
                .to_owned()
        }
        Warning::InstanceOfAnotherService => {
            "Das sieht nach der ID einer Instanz eines anderen Datenbankdienstes aus, nicht von RDS".to_owned()
        }
        Warning::NameListed { id, begin_time } => {
            format!(
                "In der Liste der Instanz steht eine Sicherung dieses Namens, {id}, begonnen {begin_time}. Vor dem Senden sieht die Seite noch einmal nach"
            )
        }
        Warning::EngineUnknown { supported } => {
            format!(
                "Die Instanz-ID verrät das Datenbanksystem nicht. Teilsicherungen setzen {} voraus",
                engines(&LATIN, supported, " oder ")
            )
        }
    }
}

pub(super) fn removed(removed: &[Removed]) -> String {
    let names: Vec<_> = removed
        .iter()
        .map(|what| match what {
            Removed::HeaderName(header) => format!("„{header}:“"),
            Removed::OtherLines => "was um den Header herum stand".to_owned(),
            Removed::LineBreaks => "Zeilenumbrüche".to_owned(),
            Removed::Spaces => "Leerraum".to_owned(),
            Removed::SpacesForPlus => "Leerzeichen anstelle von +".to_owned(),
            Removed::Quotes => "Anführungszeichen".to_owned(),
            Removed::Invisible => "unsichtbare Zeichen".to_owned(),
        })
        .collect();
    format!("Aus der Eingabe entfernt: {}.", LATIN.list(&names, " und "))
}

/// What fields are called.
fn labels(fields: &[Field]) -> Vec<String> {
    fields.iter().map(|field| (TEXT.label)(*field)).collect()
}

pub(super) fn notice(notice: &Notice) -> String {
    match notice {
        Notice::LanguageMissing(_) => TEXT.page.language_missing.to_owned(),
        Notice::LinkFilled => "Das Formular wurde aus einem Link ausgefüllt. Prüfen Sie es, bevor Sie senden: Von selbst wird nichts gesendet.".to_owned(),
        Notice::FilledFromToken(fields) => format!("Aus dem Token ausgefüllt: {}.", LATIN.commas(&labels(fields))),
        Notice::FormFilled => "Das Formular wurde für das ausgefüllt, was Sie gewählt haben.".to_owned(),
        Notice::WatchIncomplete => "Der Link verfolgt eine Sicherung und sagt nicht, welche, oder wo: Sicherung, Endpunkt oder Projekt-ID fehlen oder stimmen nicht. Bitten Sie um einen neuen Link.".to_owned(),
        Notice::DraftRestored => "Was in diesem Formular stand, ehe die Seite neu geöffnet oder ihr Tab dupliziert wurde, steht wieder da, bis auf das Token.".to_owned(),
        Notice::LinkHadToken => TEXT.page.link_had_token.to_owned(),
        Notice::LinkUnknown(names) => format!("Der Link enthält Teile, die diese Seite nicht kennt: {}. Prüfen Sie, ob etwas fehlt.", LATIN.commas(names)),
        Notice::Cleared => "Das Formular wurde geleert und das Token vergessen.".to_owned(),
        Notice::LinkMissed => "Ein Link wurde geöffnet, während ein Knopfdruck wartete, und nicht übernommen. Öffnen Sie ihn erneut.".to_owned(),
        Notice::PressedBeforeFilled => "Was Sie angeklickt haben, wurde noch nicht ausgeführt, und gesendet wurde nichts: Erst danach hat das Token Felder ausgefüllt. Sehen Sie sie sich an, und klicken Sie noch einmal.".to_owned(),
        Notice::AlreadyRequested => "Es wurde nichts gesendet: Diese Sicherungen wurden bereits angefordert. Klicken Sie auf „Aktuelle Zeit verwenden“, wenn Sie weitere wollen.".to_owned(),
        Notice::PressLapsed => "Was Sie gedrückt haben, wurde nicht ausgeführt und nichts dafür gesendet: Es verging zu viel Zeit, oder die Seite wurde verlassen oder geändert. Drücken Sie bei Bedarf erneut.".to_owned(),
        Notice::NotCallable => "Es wurde nichts gesendet: Diese Seite darf den Endpunkt dieser Karte nicht aufrufen. Welche Hosts sie aufrufen darf, sagen ihre Einstellungen oder ihre Richtlinie.".to_owned(),
        Notice::TokenNotSupplied => "Die Seite, in der dieses Formular steht, hat kein Token geliefert. Geben Sie eines ein, und versuchen Sie es erneut.".to_owned(),
        Notice::Option(fault, source) => option_fault(fault, *source),
    }
}

fn option_fault(fault: &OptionFault, source: SettingsSource) -> String {
    let problem = problem(&fault.problem);
    let what = match (&*fault.key, source) {
        ("", SettingsSource::ConfigFile) => format!(
            "Die Einstellungen dieser Seite (config.json) sind nicht verwendbar: {problem}. Es gelten die Vorgaben."
        ),
        (key, SettingsSource::ConfigFile) => {
            format!("Die Einstellung „{key}“ dieser Seite (config.json) wird nicht verwendet: {problem}.")
        }
        ("", SettingsSource::HostPage) => format!(
            "Die Optionen, die die umgebende Seite dieser Konsole gibt, sind nicht verwendbar: {problem}. Es gelten die Vorgaben."
        ),
        (key, SettingsSource::HostPage) => {
            format!("Die Option „{key}“, die die umgebende Seite dieser Konsole gibt, wird nicht verwendet: {problem}.")
        }
    };
    let limit = if fault.concerns_calls() {
        " Bis das berichtigt ist, ruft die Seite nur den eigenen Server auf und die Hosts, die in allowed_hosts richtig aufgeführt sind."
    } else {
        ""
    };
    what + limit
}

fn problem(problem: &Problem) -> String {
    match problem {
        Problem::NotLoaded => "Sie waren nicht zu laden; laden Sie die Seite neu".to_owned(),
        Problem::Unreadable => "Sie sind kein JSON".to_owned(),
        Problem::NoObject => "Sie müssen ein JSON-Objekt sein".to_owned(),
        Problem::Unknown => "Eine Einstellung dieses Namens gibt es nicht".to_owned(),
        Problem::NoText => "Sie muss Text sein".to_owned(),
        Problem::NoList => "Sie muss eine Liste sein".to_owned(),
        Problem::NoNumber(least, most) => {
            let [least, most] = [least, most].map(|bound| decimal(LANGUAGE, *bound));
            format!("Sie muss eine Zahl von {least} bis {most} sein")
        }
        Problem::NotOneOf(words) => format!("Sie muss eines dieser Wörter sein: {words}"),
        Problem::NoEndpoint => "Sie muss ein Host, eine https-Adresse oder ein Pfad sein".to_owned(),
        Problem::NoProjectId => "Sie darf nur Buchstaben und Ziffern enthalten".to_owned(),
        Problem::NoHost => "Sie muss der Name eines Hosts sein, ohne Schema, Port und Pfad, etwa rds.eu-de.otc.t-systems.com".to_owned(),
        Problem::HostPattern => "Sie darf nicht für mehrere Hosts stehen, denn Kunden einer Cloud können Hosts unter deren Domain bekommen. Führen Sie die Hosts einzeln auf, etwa rds.eu-de.otc.t-systems.com".to_owned(),
        Problem::Empty => "Sie hat keinen Eintrag. Führen Sie die Hosts auf, oder lassen Sie die Einstellung weg, um jeden Host zu erlauben, den die Policy der Seite nennt".to_owned(),
        Problem::TooMany(most) => format!("Nur die ersten {most} Einträge zählen"),
        Problem::NoOwnFile => "Sie muss die Adresse einer Datei neben der Seite sein".to_owned(),
    }
}
