//! German: formal address; „Sicherung" for a backup, „Instanz" for an instance.

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

const LANGUAGE: Language = Language::German;

/// The language's name in that language.
pub(super) const NAME: &str = "Deutsch";

#[cfg(test)]
pub(super) const CLAIM_WORDS: ClaimWords = ClaimWords {
    scolding: &["bitte", "ungültig", "verboten", "leider"],
    answer: "antwort",
    duplicated: "dupliziert",
    refused_by_api: &["token", "die api hat"],
    nothing_created: &["nichts angelegt", "keine sicherung angelegt"],
    calls_own_server: "ruft die seite nur den eigenen server auf",
};

#[cfg(test)]
pub(super) const START: StartText = StartText {
    loading: "Die Konsole wird geladen …",
    late: "Das dauert ungewöhnlich lange. Laden Sie die Seite neu; hilft das nicht, so hindert etwas ihre Skripte am Laufen.",
    no_webassembly: "Dieser Browser kennt kein WebAssembly, oder es ist abgeschaltet. Verwenden Sie einen aktuellen Browser, oder schalten Sie es ein, und laden Sie die Seite neu.",
    not_started: "Die Konsole lässt sich nicht starten. Laden Sie die Seite neu. Hilft das nicht, so liefert der Webserver vielleicht nicht alle Dateien aus, oder nicht als das, was sie sind (application/wasm). Der Browser meldet: ",
    no_javascript: "Diese Seite braucht JavaScript und WebAssembly. Schalten Sie beides ein, und laden Sie die Seite neu.",
    module_not_loaded: "Die Sicherungskonsole lässt sich nicht laden.",
};

pub(super) static TEXT: Text = Text {
    punctuation: LATIN,
    title: "RDS-Sicherungskonsole",
    subtitle: "Manuelle Sicherung einer Datenbankinstanz in der Cloud anlegen",
    language: "Sprache",
    connection: "Verbindung",
    backup: "Sicherung",
    databases: "Datenbanken",
    databases_hint: "Optional und nur für Microsoft SQL Server: Nennen Sie einzelne Datenbanken für eine Teilsicherung. Ohne Eintrag wird die ganze Instanz gesichert.",
    label,
    hint,
    error: "Fehler: ",
    warning_prefix: "Hinweis: ",
    violation,
    token_summary,
    show_token: "Token anzeigen",
    hide_token: "Token verbergen",
    forget_token: "Token vergessen",
    url_was_split: "Endpunkt und Projekt-ID wurden aus der eingegebenen Adresse übernommen.",
    use_token_at: |endpoint| format!("Token bei {endpoint} verwenden"),
    token_has_lapsed: "Das Token wurde vergessen, weil die Seite eine Weile nicht benutzt oder weil sie verlassen wurde. Fügen Sie es erneut ein, um fortzufahren; alles andere ist noch da.",
    characters_left,
    joined_characters: "Einige Zeichen bestehen hier aus mehreren, etwa ein Buchstabe mit eigenem Akzent oder ein zusammengesetztes Emoji. Die API zählt jeden Teil.",
    engine: "Datenbanksystem",
    engine_from_id: |hint| match hint {
        Some(engine) => format!("Wie die Instanz-ID vermuten lässt: {engine}"),
        None => "Keine Angabe".to_owned(),
    },
    add_database: "Datenbank hinzufügen",
    remove_database: |number| format!("Datenbank {number} entfernen"),
    create_backup: "Sicherung anlegen",
    cancel: "Abbrechen",
    copy: "Kopieren",
    activity: "Vorgänge",
    nothing_yet: "Die Antwort der API erscheint hier.",
    not_sent: "Es wurde nichts gesendet",
    not_sent_detail: |count| match count {
        0 => "Beim letzten Drücken gab es Fehler. Alle Felder stimmen jetzt: Senden Sie erneut, wenn Sie so weit sind."
            .to_owned(),
        _ if is_one(LANGUAGE, count) => "Ein Feld muss zuvor geändert werden.".to_owned(),
        _ => format!("{} Felder müssen zuvor geändert werden.", number(LANGUAGE, count)),
    },
    page: PageText {
        skip: "Zur Sicherung springen",
        theme: "Farben",
        theme_name: |theme| match theme {
            Theme::System => "Wie das System",
            Theme::Light => "Hell",
            Theme::Dark => "Dunkel",
        },
        summary: "Es gibt ein Problem: Es wurde nichts gesendet",
        clear_form: "Formular leeren",
        copy_form_link: "Link zu diesem Formular kopieren",
        show_request: "Anfrage anzeigen",
        hide_request: "Anfrage ausblenden",
        notices: "Hinweise",
        link_had_token: "Der Link enthielt ein Token, und die Seite hat es verworfen: Links bleiben in Verläufen und Protokollen stehen. Fügen Sie das Token in sein Feld ein, und lassen Sie das aus dem Link widerrufen.",
        language_missing: "Die Texte dieser Sprache konnten nicht geladen werden. Prüfen Sie die Verbindung, und wählen Sie sie noch einmal.",
        dismiss: "Ausblenden",
        restore: "Wiederherstellen",
        load_instances: "Instanzen laden",
        suggest_name: "Namen vorschlagen",
        show_backups: "Sicherungen anzeigen",
        part_underway: "Der Teil dieser Seite, der mit der API spricht, wird geladen …",
        part_missing: "Ein Teil dieser Seite konnte nicht geladen werden",
        part_missing_detail: "Es wurde nichts gesendet von dem, was Sie eben ausgelöst haben. Prüfen Sie die Verbindung, und drücken Sie die Schaltfläche noch einmal. Hilft das nicht, so wurde die Seite auf ihrem Server vielleicht erneuert: Laden Sie sie neu. Ihre Eingaben bleiben dabei erhalten, bis auf das Token.",
        restoring: "Die Anzeige der früheren Anfrage oder der Sicherung eines Links wird geladen …",
        not_restored: "Eine frühere Anfrage oder die Sicherung eines Links kann nicht angezeigt werden",
        not_restored_detail: "Ein Teil dieser Seite konnte nicht geladen werden. Was gesendet wurde, hängt nicht von der Seite ab. Prüfen Sie die Verbindung, und laden Sie die Seite neu.",
    },
    broken: "Die Seite ist wegen eines eigenen Fehlers stehen geblieben. Laden Sie sie neu, um weiterzuarbeiten, und prüfen Sie, was dann im Formular steht: Das Token wird nicht aufbewahrt, das Übrige vielleicht. Eine angeforderte Sicherung ist davon nicht betroffen: Suchen Sie sie in der Liste der Sicherungen der Instanz.",
};

const NAMES: CharacterNames = CharacterNames {
    space: "Leerzeichen",
    no_break_space: "geschütztes Leerzeichen",
    tab: "Tabulator",
    line_break: "Zeilenumbruch",
    invisible: "unsichtbar",
    open: "„",
    close: "“",
};

fn label(field: Field) -> String {
    match field {
        Field::Endpoint => "Endpunkt".to_owned(),
        Field::ProjectId => "Projekt-ID".to_owned(),
        Field::Token => "Token".to_owned(),
        Field::InstanceId => "Instanz-ID".to_owned(),
        Field::Name => "Name der Sicherung".to_owned(),
        Field::NamePattern => "Namensmuster".to_owned(),
        Field::Description => "Beschreibung".to_owned(),
        Field::Databases => "Datenbanken".to_owned(),
        Field::Database(index) => format!("Datenbank {}", index + 1),
    }
}

fn hint(field: Field) -> &'static str {
    match field {
        Field::Endpoint => "Host, https-Adresse oder Proxy-Pfad wie /api",
        Field::ProjectId => "32 Zeichen, aus „Meine Anmeldedaten“",
        Field::Token => "X-Subject-Token von IAM. Es bleibt nur im Arbeitsspeicher dieser Seite.",
        Field::InstanceId => "Die der primären Instanz, nicht die eines Lesereplikats",
        Field::Name => "4 bis 64 Zeichen: A–Z a–z 0–9 - und _, am Anfang ein Buchstabe; muss eindeutig sein.",
        Field::NamePattern => "Für alle: {instance}, dazu {date} und {time} (UTC), als Sie mit dem Auswählen begannen.",
        Field::Description => "Optional. Eine Zeile, ohne > ! < \" & ' =",
        Field::Databases | Field::Database(_) => "",
    }
}

fn each(invalid_characters: &InvalidCharacters) -> String {
    let names: Vec<_> = invalid_characters.first.iter().map(|offender| character(offender.character, &NAMES)).collect();
    LATIN.list(&names, " und ")
}

fn each_with_place(invalid_characters: &InvalidCharacters) -> String {
    let mut names: Vec<_> = invalid_characters
        .first
        .iter()
        .map(|offender| format!("{} (Zeichen {})", character(offender.character, &NAMES), offender.position))
        .collect();
    let others = invalid_characters.total.saturating_sub(names.len());
    if others > 0 {
        names.push(format!("{others} weitere"));
    }
    LATIN.list(&names, " und ")
}

fn violation(violation: &Violation) -> String {
    match violation {
        Violation::Missing(Field::Endpoint) => "Geben Sie den Endpunkt ein: den Host der RDS-API, etwa rds.eu-de.otc.t-systems.com".to_owned(),
        Violation::Missing(Field::ProjectId) => "Geben Sie die Projekt-ID ein".to_owned(),
        Violation::Missing(Field::Token) => "Geben Sie das Token ein".to_owned(),
        Violation::Missing(Field::InstanceId) => "Geben Sie die Instanz-ID ein".to_owned(),
        Violation::Missing(Field::Name | Field::Description | Field::Databases | Field::Database(_)) => "Geben Sie einen Namen für die Sicherung ein".to_owned(),
        Violation::EndpointNotAHost(invalid_characters) if invalid_characters.total > 0 => {
            format!("Der Endpunkt muss ein Host, eine https-Adresse oder ein Pfad sein. Entfernen Sie {}", each(invalid_characters))
        }
        Violation::EndpointNotAHost(_) => {
            "Der Endpunkt muss ein Host, eine https-Adresse oder ein Pfad sein, etwa rds.eu-de.otc.t-systems.com oder /api".to_owned()
        }
        Violation::EndpointInsecure => {
            "Der Endpunkt muss mit https:// beginnen, damit unterwegs niemand das Token lesen kann. http:// gilt nur für diesen Rechner, http://localhost oder http://127.0.0.1".to_owned()
        }
        Violation::EndpointChanged { given, now } => format!(
            "Das Token wurde für {given} eingegeben. Bestätigen Sie, dass es an {now} gehen soll, geben Sie es erneut ein, oder stellen Sie den Endpunkt zurück"
        ),
        // The later part words this: see `later`.
        Violation::Missing(Field::NamePattern) | Violation::EndpointUncallable(_) | Violation::Token(_) | Violation::DatabasesUnsupported { .. } | Violation::IndividuallyUnsupported | Violation::ReadReplica { .. } | Violation::PatternPlaceholder(_) | Violation::NamesAlike(_) | Violation::TooManyInstances { .. } | Violation::InstanceUnlisted(_) | Violation::ReplicaSelected(_) => String::new(),
        Violation::EndpointScheme(scheme) => format!("Der Endpunkt muss mit https:// beginnen, nicht mit {scheme}://"),
        Violation::EndpointUserInfo => "Entfernen Sie den Benutzernamen und alles Weitere vor dem @ aus dem Endpunkt".to_owned(),
        Violation::EndpointQuery => "Entfernen Sie ? oder # und alles Folgende aus dem Endpunkt".to_owned(),
        Violation::EndpointPath(path) => {
            format!("Entfernen Sie {path} aus dem Endpunkt: Den Pfad der API ergänzt die Seite selbst")
        }
        Violation::EndpointNotAPath => {
            "Ein Pfad als Endpunkt muss mit einem Schrägstrich beginnen und jeden Ordner einmal nennen, etwa /api oder /otc/eu-de".to_owned()
        }
        Violation::EndpointPort(port) if port.is_empty() => "Geben Sie hinter dem Doppelpunkt des Endpunkts einen Port ein, oder entfernen Sie den Doppelpunkt".to_owned(),
        Violation::EndpointPort(port) => format!("Der Port des Endpunkts muss eine Zahl von 1 bis 65535 sein, nicht {port}"),
        Violation::ProjectIdCharacters(invalid_characters) => {
            format!("Die Projekt-ID darf nur Buchstaben A–Z a–z und Ziffern enthalten. Entfernen Sie {}", each_with_place(invalid_characters))
        }
        Violation::NotAnInstance(resource) => not_an_instance(*resource).to_owned(),
        Violation::NameTooShort { found } => format!("Der Name der Sicherung muss mindestens {} Zeichen haben. Er hat {found}", name::MIN_NAME_LENGTH),
        Violation::NameTooLong { found } => format!("Der Name der Sicherung darf höchstens {} Zeichen haben. Er hat {found}", name::MAX_NAME_LENGTH),
        Violation::NameStart(first) => format!("Der Name der Sicherung muss mit einem Buchstaben A–Z oder a–z beginnen, nicht mit {}", character(*first, &NAMES)),
        Violation::NameCharacters(invalid_characters) => {
            format!("Der Name der Sicherung darf nur Buchstaben A–Z a–z, Ziffern, - und _ enthalten. Ersetzen Sie {}", each_with_place(invalid_characters))
        }
        Violation::DescriptionTooLong { found } => {
            format!("Die Beschreibung darf höchstens {} Zeichen haben. Sie hat {found}", description::MAX_DESCRIPTION_LENGTH)
        }
        Violation::DescriptionCharacters(invalid_characters) => format!("Die Beschreibung darf nicht enthalten: {}", each(invalid_characters)),
        Violation::DescriptionLineBreak => "Die Beschreibung muss eine einzige Zeile sein. Entfernen Sie die Zeilenumbrüche".to_owned(),
        Violation::DatabaseBlank => "Geben Sie den Namen der Datenbank ein, oder entfernen Sie diesen Eintrag".to_owned(),
        Violation::DatabaseRepeated { earlier } => format!("Datenbank {} heißt schon so. Ändern Sie den Namen, oder entfernen Sie diesen Eintrag", earlier + 1),
    }
}

fn not_an_instance(resource: Resource) -> &'static str {
    match resource {
        Resource::Node => {
            "Das ist die ID eines Knotens. Geben Sie die ID seiner Instanz ein; sie endet auf in01, in03 oder in04"
        }
        Resource::Backup => {
            "Das ist die ID einer Sicherung. Geben Sie die ID der Instanz ein; sie endet auf in01, in03 oder in04"
        }
        Resource::ParameterGroup => {
            "Das ist die ID einer Parametergruppe. Geben Sie die ID der Instanz ein; sie endet auf in01, in03 oder in04"
        }
    }
}

fn token_summary(length: usize, end: Option<&str>) -> String {
    match end {
        Some(end) => format!("{} Zeichen, endet auf {end}", number(LANGUAGE, length)),
        None => format!("{} Zeichen", number(LANGUAGE, length)),
    }
}

fn characters_left(left: isize) -> String {
    match left {
        0.. => format!("Noch {} Zeichen möglich", number(LANGUAGE, left.unsigned_abs())),
        _ => format!("{} Zeichen zu viel", number(LANGUAGE, left.unsigned_abs())),
    }
}
