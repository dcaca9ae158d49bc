//! German: formal address; „Sicherung" for a backup, „Instanz" for an instance.

use contract::backup::{Kind, Status};
use contract::codes::Meaning;
use contract::instance::{Role, Unsuitable};
use contract::rules::instance_id::Resource;
use contract::rules::token::{LONGEST as LONGEST_TOKEN, Removed};
use contract::rules::{Field, Offenders, Violation, Warning, description, name, project_id};

use super::intl::{is_one, number};
use super::{Advice, CharacterNames, FollowText, ListText, LookText, PageText, Parts, Text, character, list, size};
use crate::state::{Copied, Ending, Language, Notice, Obstacle, Problem, Repeat, Success, Theme, Trouble, Why};

const LANGUAGE: Language = Language::German;

pub(super) static TEXT: Text = Text {
    language_name: "Deutsch",
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
    warning,
    removed,
    token_summary,
    show_token: "Token anzeigen",
    hide_token: "Token verbergen",
    forget_token: "Token vergessen",
    url_was_split: "Endpunkt und Projekt-ID wurden aus der eingegebenen Adresse übernommen.",
    use_token_at: |endpoint| format!("Token bei {endpoint} verwenden"),
    token_timed_out: "Das Token wurde vergessen, weil die Seite eine Weile nicht benutzt wurde. Fügen Sie es erneut ein, um fortzufahren; alles andere ist noch da.",
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
    copied,
    answer: "Antwort",
    nothing_yet: "Bisher wurde nichts gesendet. Die Antwort der API erscheint hier.",
    sending: |name| format!("Die API soll „{name}“ anlegen. Die Antwort steht noch aus …"),
    not_sent: "Es wurde nichts gesendet",
    not_sent_detail: |count| match count {
        0 => "Alle Felder stimmen jetzt. Senden Sie erneut, wenn Sie so weit sind.".to_owned(),
        _ if is_one(LANGUAGE, count) => {
            "Ein Feld muss zuvor geändert werden. Es ist im Formular gekennzeichnet.".to_owned()
        }
        _ => format!(
            "{} Felder müssen zuvor geändert werden. Sie sind im Formular gekennzeichnet.",
            number(LANGUAGE, count)
        ),
    },
    accepted: |status| match status {
        Some(Status::Building) => "Sicherung begonnen",
        Some(Status::Completed) => "Sicherung abgeschlossen",
        Some(Status::Failed) => "Sicherung fehlgeschlagen",
        Some(Status::Deleting) => "Sicherung wird gelöscht",
        Some(Status::Other(_)) | None => "Sicherung angenommen",
    },
    accepted_detail: |status| match status {
        Some(Status::Building) => {
            "Die API hat die Sicherung angenommen und erstellt sie. Sie ist erst verwendbar, wenn ihr Status COMPLETED lautet, meist nach einigen Minuten; die Dauer hängt von der Datenmenge ab."
        }
        Some(Status::Completed) => "Die Sicherung ist vorhanden und verwendbar.",
        Some(Status::Failed) => {
            "Die API hat mit einer fehlgeschlagenen Sicherung geantwortet. Sie ist nicht verwendbar: Prüfen Sie die Instanz, und legen Sie eine neue an."
        }
        Some(Status::Deleting) => {
            "Die API hat mit einer Sicherung geantwortet, die gerade gelöscht wird. Sie ist nicht verwendbar."
        }
        Some(Status::Other(_)) | None => {
            "Die API hat die Sicherung angenommen und meldet einen Status, den ihre Dokumentation nicht nennt. Sehen Sie in der Liste der Sicherungen der Instanz nach."
        }
    },
    parts: Parts {
        id: "Sicherungs-ID",
        name: "Name",
        instance_id: "Instanz-ID",
        description: "Beschreibung",
        databases: "Datenbanken",
        begin_time: "Beginn",
        status: "Status",
        kind: "Art",
        http_status: "HTTP-Status",
        code: "Fehlercode",
        message: "Meldung",
        request_id: "Anfrage-ID",
    },
    status: |status| match status {
        Status::Building => "Sicherung läuft",
        Status::Completed => "Sicherung abgeschlossen",
        Status::Failed => "Sicherung fehlgeschlagen",
        Status::Deleting => "Sicherung wird gelöscht",
        Status::Other(_) => "kein dokumentierter Status",
    },
    kind: |kind| match kind {
        Kind::Auto => "automatische Vollsicherung",
        Kind::Manual => "manuelle Vollsicherung",
        Kind::Fragment => "differenzielle Sicherung",
        Kind::Incremental => "automatische inkrementelle Sicherung",
        Kind::Other(_) => "keine dokumentierte Art",
    },
    not_in_answer: "nicht in der Antwort",
    zone_not_stated: "Die API nennt keine Zeitzone.",
    local_time: "Ihre Ortszeit",
    meaning,
    nothing_created: "Es wurde keine Sicherung angelegt.",
    unsendable: Advice {
        heading: "Es wurde nichts gesendet",
        detail: "Der Browser konnte mit dem Endpunkt keine Anfrage bilden. Prüfen Sie seine Schreibweise.",
    },
    forbidden: Advice {
        heading: "Es wurde nichts gesendet",
        detail: "Diese Seite ist so eingerichtet, dass sie nur bestimmte Endpunkte aufruft, und dieser gehört nicht dazu. Prüfen Sie seine Schreibweise. Ist er richtig, so muss der Betreiber der Seite ihn in connect-src der Content-Security-Policy aufnehmen, in index.html oder beim Webserver.",
    },
    look: LookText {
        why,
        heading: "Noch ist offen, ob die Sicherung angelegt wurde",
        detail: |name| {
            format!(
                "Die Seite sucht „{name}“ in der Liste der Sicherungen der Instanz. Sie sendet nichts ein zweites Mal."
            )
        },
        obstacle,
        found: "Die Sicherung ist vorhanden",
        found_detail: |name| {
            format!(
                "„{name}“ steht in der Liste der Instanz und hat mit Ihrer Anfrage begonnen: Sie wurde angelegt, obwohl die Antwort verloren ging."
            )
        },
        absent: "Es wurde keine Sicherung angelegt",
        absent_detail: |name| {
            format!(
                "Die Liste der Instanz enthält keine Sicherung namens „{name}“. Sie können es gefahrlos erneut versuchen."
            )
        },
        collision: "Der Name war schon vorher vergeben",
        collision_detail: |name, backup| match backup {
            Some(backup) => format!(
                "Die Sicherung namens „{name}“ ist älter als Ihre Anfrage: {}, begonnen {}. Es wurde nichts angelegt. Wählen Sie einen anderen Namen.",
                backup.id.as_deref().unwrap_or("ohne ID"),
                backup.begin_time.as_deref().unwrap_or("zu unbekannter Zeit")
            ),
            None => format!(
                "Laut API ist „{name}“ vergeben, und diese Instanz hat keine Sicherung dieses Namens: Eine andere hat sie. Es wurde nichts angelegt. Wählen Sie einen anderen Namen."
            ),
        },
        untold: "Es lässt sich nicht feststellen, ob die Sicherung angelegt wurde",
        untold_detail: |name, instance_id| {
            format!(
                "Suchen Sie „{name}“ von Hand unter den Sicherungen von {instance_id}, in der Konsole Ihrer Cloud oder mit „openstack rds backup list {instance_id}“. Ein neuer Versuch mit demselben Namen kann keine zweite Sicherung anlegen."
            )
        },
        stop: "Suche beenden",
        try_again: "Erneut versuchen",
        await_instance: "Erneut versuchen, sobald die Instanz bereit ist",
        awaiting: "Warten auf die Instanz",
        awaiting_detail: |status| match status {
            Some(status) => {
                format!("Ihr Status lautet {status}. Die Anfrage wird noch einmal gesendet, sobald sie verfügbar ist.")
            }
            None => {
                "Ihr Status wird abgefragt. Die Anfrage wird noch einmal gesendet, sobald sie verfügbar ist.".to_owned()
            }
        },
    },
    follow: FollowText {
        heading: "Sicherungen dieser Sitzung",
        elapsed: "Zeit seit der Anfrage",
        duration,
        earlier: |shortest, longest, count| match count {
            _ if is_one(LANGUAGE, count) => format!("Die letzte dauerte {}", duration(longest)),
            _ if duration(shortest) == duration(longest) => {
                format!("Die letzten {count} dauerten je {}", duration(longest))
            }
            _ => format!("Die letzten {count} dauerten {} bis {}", duration(shortest), duration(longest)),
        },
        trouble: |trouble, seconds| {
            match trouble {
            Trouble::Token => "Die API lehnt das Token ab. Geben Sie ein neues für dasselbe Projekt ein: Dann geht es hier weiter. Die Sicherung selbst läuft unterdessen weiter.".to_owned(),
            Trouble::Unheard => format!("Seit {} keine Nachricht. Die Seite fragt weiter nach; die Sicherung selbst läuft unterdessen weiter.", duration(seconds)),
            Trouble::Missing => "Die Liste der Instanz enthält diese Sicherung nicht mehr. Vielleicht wurde sie gelöscht. Die Seite fragt weiter nach.".to_owned(),
        }
        },
        ended: |name, status| match status {
            Status::Completed => format!("✓ COMPLETED – {name}"),
            Status::Failed => format!("✗ FAILED – {name}"),
            other => format!("{} – {name}", other.code()),
        },
        reason: |reason| format!("Die API nennt diesen Grund: {reason}"),
        usual_causes: "Übliche Ursachen: DDL-Anweisungen oder lange Transaktionen, die die Sicherungssperre verhinderten, ein voller Speicher, mehr als 500.000 Tabellen, ein Neustart oder eine Änderung der Instanz unterdessen. Prüfen Sie die Instanz, und legen Sie eine neue Sicherung an.",
        notify: "Benachrichtigen, wenn sie fertig ist",
        notifies: "Der Browser wird Sie benachrichtigen.",
        history: "Anfragen dieser Sitzung",
        ending: |ending| match ending {
            Ending::Created => "angelegt".to_owned(),
            Ending::Refused { status, code: Some(code) } => format!("abgelehnt: {code} (HTTP {status})"),
            Ending::Refused { status, code: None } => format!("abgelehnt: HTTP {status}"),
            Ending::NotSent => "nicht gesendet".to_owned(),
            Ending::NotCreated => "keine Antwort, nicht angelegt".to_owned(),
            Ending::NameTaken => "Name schon vorher vergeben".to_owned(),
            Ending::Unknown => "nicht bekannt".to_owned(),
        },
        export_json: "Als JSON exportieren",
        export_csv: "Als CSV exportieren",
    },
    lists: ListText {
        load_instances: "Instanzen laden",
        instances: "Instanzen",
        search_instances: "Instanzen durchsuchen",
        loading: |loaded, total| match total {
            Some(total) => format!("Wird geladen: {} von {}", number(LANGUAGE, loaded), number(LANGUAGE, total)),
            None => format!("Wird geladen: {}", number(LANGUAGE, loaded)),
        },
        failed: |words| format!("Die Liste ließ sich nicht laden: {words}"),
        unanswered: "keine Antwort",
        no_instances: "Das Projekt hat in dieser Region keine Instanzen. Eine ID lässt sich weiterhin eintippen.",
        no_match: "Keine Instanz passt zur Suche.",
        shown: |shown, all| {
            format!(
                "Die ersten {} von {} Instanzen; eine Suche findet die anderen",
                number(LANGUAGE, shown),
                number(LANGUAGE, all)
            )
        },
        choose: |name| format!("{name} auswählen"),
        chosen: "Ausgewählt",
        unsuitable: |unsuitable, primary| match (unsuitable, primary) {
            (Unsuitable::ReadReplica(_), Some(primary)) => {
                format!("Lesereplikat: Sichern Sie die primäre Instanz {primary}")
            }
            (Unsuitable::ReadReplica(_), None) => "Lesereplikat: Sichern Sie die primäre Instanz".to_owned(),
            (Unsuitable::Status(status), _) => format!("Nicht zu sichern, solange der Status {status} lautet"),
        },
        choose_primary: |name| format!("Primäre Instanz {name} auswählen"),
        role: |role| match role {
            Role::Single => "einzeln".to_owned(),
            Role::PrimaryStandby => "primär mit Standby".to_owned(),
            Role::ReadReplica(_) => "Lesereplikat".to_owned(),
            Role::Other(word) => word.clone(),
        },
        suggest_name: "Namen vorschlagen",
        databases_found: "Datenbanken dieser Instanz",
        show_backups: "Sicherungen anzeigen",
        backups_of: |instance| format!("Sicherungen von {instance}"),
        filter_name: "Name enthält",
        filter_kind: "Art",
        all_kinds: "Alle Arten",
        no_backups: "Diese Instanz hat noch keine Sicherungen. Die erste, die Sie anlegen, erscheint hier, wenn Sie die Liste erneut anzeigen.",
        count: |shown, all| {
            let all_of_them = number(LANGUAGE, all);
            if shown < all {
                format!("{} von {all_of_them} Sicherungen", number(LANGUAGE, shown))
            } else if is_one(LANGUAGE, all) {
                format!("{all_of_them} Sicherung")
            } else {
                format!("{all_of_them} Sicherungen")
            }
        },
        end: "Ende",
        duration: "Dauer",
        size: "Größe",
        size_of: |kilobytes| size(LANGUAGE, kilobytes),
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
        request: "Die Anfrage",
        request_after: "Sie lässt sich anzeigen, sobald dies behoben ist:",
        curl: "Als curl-Befehl",
        curl_note: |variable| format!("Er nimmt das Token aus der Umgebungsvariablen {variable}."),
        openstack: "Als Befehl des OpenStack-Clients",
        openstack_note: "Cloud, Projekt und Token nimmt er aus seinen eigenen Einstellungen: Prüfen Sie, ob es dieselben sind. Er braucht python-otcextensions.",
        no_openstack: "Der OpenStack-Client kann das nicht ausdrücken: Er nimmt die Datenbanken als eine Liste mit Kommas, und ein Name hier enthält ein Komma.",
        notices: "Hinweise",
        notice,
        dismiss: "Ausblenden",
        restore: "Wiederherstellen",
        repeat: |repeat| match repeat {
            Repeat::OtherInstance => "Für eine andere Instanz wiederholen",
            Repeat::NewName => "Mit neuem Namen wiederholen",
        },
        record: "Beleg einer Sicherung",
        copy_receipt: "Beleg kopieren",
        download_receipt: "Beleg herunterladen",
        print: "Drucken",
        copy_watch_link: "Link zum Verfolgen kopieren",
        taken_up: "Sicherung aus einem Link",
        steps: ["Angefordert", "Begonnen", "Beendet"],
        to_come: "steht noch aus",
        chart: "Dauer und Größe der letzten Sicherungen",
        chart_summary: |count, [shortest, longest, smallest, largest]| {
            format!("{} Sicherungen: {shortest} bis {longest}, {smallest} bis {largest}", number(LANGUAGE, count))
        },
        chart_legend: ["Manuell", "Automatisch"],
        chart_numbers: "Die Zahlen",
    },
    raw_answer: "Antwort im Wortlaut",
    broken: "Die Seite ist wegen eines eigenen Fehlers stehen geblieben. Laden Sie sie neu, um weiterzuarbeiten; Eingegebenes muss neu eingegeben werden. Eine angeforderte Sicherung ist davon nicht betroffen: Suchen Sie sie in der Liste der Sicherungen der Instanz.",
    empty_body: "Der Inhalt der Antwort ist leer.",
    unreadable_body: "Die Verbindung brach ab, bevor der Inhalt der Antwort gelesen war.",
    too_long_body: |limit| {
        format!(
            "Die Antwort ist länger als {limit} MiB. So etwas sendet die API nicht, deshalb wurde sie nicht gelesen."
        )
    },
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
        Field::Description => "Optional. Eine Zeile, ohne > ! < \" & ' =",
        Field::Databases | Field::Database(_) => "",
    }
}

fn each(offenders: &Offenders) -> String {
    let names: Vec<_> = offenders.first.iter().map(|offender| character(offender.character, &NAMES)).collect();
    list(&names, "und")
}

fn each_with_place(offenders: &Offenders) -> String {
    let mut names: Vec<_> = offenders
        .first
        .iter()
        .map(|offender| format!("{} (Zeichen {})", character(offender.character, &NAMES), offender.position))
        .collect();
    let others = offenders.total.saturating_sub(names.len());
    if others > 0 {
        names.push(format!("{others} weitere"));
    }
    list(&names, "und")
}

fn violation(violation: &Violation) -> String {
    match violation {
        Violation::Missing(Field::Endpoint) => "Geben Sie den Endpunkt ein: den Host der RDS-API, etwa rds.eu-de.otc.t-systems.com".to_owned(),
        Violation::Missing(Field::ProjectId) => "Geben Sie die Projekt-ID ein".to_owned(),
        Violation::Missing(Field::Token) => "Geben Sie das Token ein".to_owned(),
        Violation::Missing(Field::InstanceId) => "Geben Sie die Instanz-ID ein".to_owned(),
        Violation::Missing(_) => "Geben Sie einen Namen für die Sicherung ein".to_owned(),
        Violation::EndpointNotAHost(offenders) if offenders.total > 0 => {
            format!("Der Endpunkt muss ein Host, eine https-Adresse oder ein Pfad sein. Entfernen Sie {}", each(offenders))
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
        Violation::EndpointNotAllowed { allowed } => {
            format!("Ändern Sie den Endpunkt: Der Betreiber dieser Seite erlaubt Aufrufe nur an diese Hosts: {allowed}")
        }
        Violation::EndpointScheme(scheme) => format!("Der Endpunkt muss mit https:// beginnen, nicht mit {scheme}://"),
        Violation::EndpointUserInfo => "Entfernen Sie den Benutzernamen und alles Weitere vor dem @ aus dem Endpunkt".to_owned(),
        Violation::EndpointQuery => "Entfernen Sie ? oder # und alles Folgende aus dem Endpunkt".to_owned(),
        Violation::EndpointPath(path) => {
            format!("Entfernen Sie {path} aus dem Endpunkt: Er nimmt die Adresse bis zum Host auf. Den Pfad der API ergänzt die Seite selbst")
        }
        Violation::EndpointNotAPath => {
            "Ein Pfad als Endpunkt muss mit einem Schrägstrich beginnen und jeden Ordner einmal nennen, etwa /api oder /otc/eu-de".to_owned()
        }
        Violation::EndpointPort(port) if port.is_empty() => "Geben Sie hinter dem Doppelpunkt des Endpunkts einen Port ein, oder entfernen Sie den Doppelpunkt".to_owned(),
        Violation::EndpointPort(port) => format!("Der Port des Endpunkts muss eine Zahl von 1 bis 65535 sein, nicht {port}"),
        Violation::ProjectIdCharacters(offenders) => {
            format!("Die Projekt-ID darf nur Buchstaben A–Z a–z und Ziffern enthalten. Entfernen Sie {}", each_with_place(offenders))
        }
        Violation::TokenCharacters(offenders) => {
            format!("Das Token darf nur enthalten, was ein HTTP-Header befördern kann. Entfernen Sie {}", each_with_place(offenders))
        }
        Violation::TokenTooLong { found } => {
            format!("Das Token darf höchstens {} KB groß sein, so viel nimmt die API in einem Header an. Es hat {} KB", LONGEST_TOKEN / 1024, found.div_ceil(1024))
        }
        Violation::NotAnInstance(resource) => not_an_instance(*resource).to_owned(),
        Violation::NameTooShort { found } => format!("Der Name der Sicherung muss mindestens {} Zeichen haben. Er hat {found}", name::SHORTEST),
        Violation::NameTooLong { found } => format!("Der Name der Sicherung darf höchstens {} Zeichen haben. Er hat {found}", name::LONGEST),
        Violation::NameStart(first) => format!("Der Name der Sicherung muss mit einem Buchstaben A–Z oder a–z beginnen, nicht mit {}", character(*first, &NAMES)),
        Violation::NameCharacters(offenders) => {
            format!("Der Name der Sicherung darf nur Buchstaben A–Z a–z, Ziffern, - und _ enthalten. Ersetzen Sie {}", each_with_place(offenders))
        }
        Violation::NameExists { id, begin_time } => {
            format!("Ändern Sie den Namen der Sicherung: Die Instanz hat bereits eine Sicherung dieses Namens, {id}, begonnen {begin_time}")
        }
        Violation::DescriptionTooLong { found } => {
            format!("Die Beschreibung darf höchstens {} Zeichen haben. Sie hat {found}", description::LONGEST)
        }
        Violation::DescriptionCharacters(offenders) => format!("Die Beschreibung darf nicht enthalten: {}", each(offenders)),
        Violation::DescriptionLineBreak => "Die Beschreibung muss eine einzige Zeile sein. Entfernen Sie die Zeilenumbrüche".to_owned(),
        Violation::DatabasesUnsupported(engine) => {
            let engine = engine.name();
            format!("Entfernen Sie die Datenbanken: Nur Microsoft SQL Server kennt Teilsicherungen, und diese Instanz-ID deutet auf {engine}. Falls es eine SQL-Server-Instanz ist, geben Sie das unter „Datenbanksystem“ an")
        }
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

fn warning(warning: &Warning) -> String {
    match warning {
        Warning::ProjectIdLength { found } => {
            format!("Projekt-IDs haben üblicherweise {} Zeichen. Diese hat {found}", project_id::USUAL_LENGTH)
        }
        Warning::TokenLength { found } => {
            format!(
                "Token haben üblicherweise 1 bis 10 KB. Dieses hat {} Zeichen; prüfen Sie, ob es vollständig ist",
                number(LANGUAGE, *found)
            )
        }
        Warning::TokenStart => {
            "Token beginnen üblicherweise mit MII. Prüfen Sie, ob dies das Token und ob es vollständig ist".to_owned()
        }
        Warning::InstanceIdForm => {
            "Instanz-IDs von RDS haben üblicherweise 32 Buchstaben und Ziffern und danach in01, in03 oder in04"
                .to_owned()
        }
        Warning::InstanceOfAnotherService => {
            "Das sieht nach der ID einer Instanz eines anderen Datenbankdienstes aus, nicht von RDS".to_owned()
        }
        Warning::EngineUnknown => {
            "Die Instanz-ID verrät das Datenbanksystem nicht. Teilsicherungen setzen Microsoft SQL Server voraus"
                .to_owned()
        }
    }
}

fn removed(removed: &[Removed]) -> String {
    let names: Vec<_> = removed
        .iter()
        .map(|what| match what {
            Removed::HeaderName(header) => format!("„{header}:“"),
            Removed::OtherLines => "was um den Header herum stand".to_owned(),
            Removed::LineBreaks => "Zeilenumbrüche".to_owned(),
            Removed::Spaces => "Leerraum".to_owned(),
            Removed::Quotes => "Anführungszeichen".to_owned(),
            Removed::Invisible => "unsichtbare Zeichen".to_owned(),
        })
        .collect();
    format!("Aus der Eingabe entfernt: {}.", list(&names, "und"))
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

fn copied(what: Copied, success: Success) -> &'static str {
    match (what, success) {
        (Copied::BackupId | Copied::ListedId(_), Success::Yes) => "Sicherungs-ID kopiert",
        (Copied::Answer, Success::Yes) => "Antwort kopiert",
        (Copied::Request(_), Success::Yes) => "Anfrage kopiert",
        (Copied::FormLink | Copied::WatchLink(_), Success::Yes) => "Link kopiert",
        (Copied::Receipt(_), Success::Yes) => "Beleg kopiert",
        (Copied::BackupId | Copied::ListedId(_), Success::No) => {
            "Die Sicherungs-ID ließ sich nicht kopieren. Markieren und kopieren Sie sie von Hand."
        }
        (Copied::Answer, Success::No) => {
            "Die Antwort ließ sich nicht kopieren. Markieren und kopieren Sie sie von Hand."
        }
        (Copied::Request(_), Success::No) => {
            "Die Anfrage ließ sich nicht kopieren. Markieren und kopieren Sie sie von Hand."
        }
        (Copied::FormLink | Copied::WatchLink(_), Success::No) => {
            "Der Link ließ sich nicht kopieren. Der Browser erlaubt es nur auf https-Seiten."
        }
        (Copied::Receipt(_), Success::No) => {
            "Der Beleg ließ sich nicht kopieren. Laden Sie ihn herunter, oder drucken Sie ihn."
        }
    }
}

fn notice(notice: &Notice) -> String {
    match notice {
        Notice::LinkFilled => "Das Formular wurde aus einem Link ausgefüllt. Prüfen Sie es, bevor Sie senden: Von selbst wird nichts gesendet.".to_owned(),
        Notice::LinkHadToken => "Der Link enthielt ein Token, und die Seite hat es verworfen: Links bleiben in Verläufen und Protokollen stehen. Fügen Sie das Token in sein Feld ein, und lassen Sie das aus dem Link widerrufen.".to_owned(),
        Notice::LinkUnknown(names) => format!("Der Link enthält Teile, die diese Seite nicht kennt: {}. Prüfen Sie, ob etwas fehlt.", names.join(", ")),
        Notice::WatchNeedsToken => "Der Link verfolgt eine Sicherung. Geben Sie ein Token ihres Projekts ein, um fortzufahren.".to_owned(),
        Notice::Cleared => "Das Formular wurde geleert und das Token vergessen.".to_owned(),
        Notice::TokenNotSupplied => "Die Seite, in der dieses Formular steht, hat kein Token geliefert. Geben Sie eines ein, und versuchen Sie es erneut.".to_owned(),
        Notice::Option(fault) if fault.key.is_empty() => format!("Die Einstellungen dieser Seite (config.json) sind nicht verwendbar: {}. Es gelten die Vorgaben.", problem(&fault.problem)),
        Notice::Option(fault) => format!("Die Einstellung „{}“ dieser Seite (config.json) wird nicht verwendet: {}.", fault.key, problem(&fault.problem)),
    }
}

fn problem(problem: &Problem) -> String {
    match problem {
        Problem::Unreadable => "Sie sind kein JSON".to_owned(),
        Problem::NoObject => "Sie müssen ein JSON-Objekt sein".to_owned(),
        Problem::Unknown => "Eine Einstellung dieses Namens gibt es nicht".to_owned(),
        Problem::NoText => "Sie muss Text sein".to_owned(),
        Problem::NoList => "Sie muss eine Liste sein".to_owned(),
        Problem::NoNumber(least, most) => format!("Sie muss eine Zahl von {least} bis {most} sein"),
        Problem::NotOneOf(words) => format!("Sie muss eines dieser Wörter sein: {words}"),
        Problem::NoEndpoint => "Sie muss ein Host, eine https-Adresse oder ein Pfad sein".to_owned(),
        Problem::NoProjectId => "Sie darf nur Buchstaben und Ziffern enthalten".to_owned(),
        Problem::NoHost => "Sie muss der Name eines Hosts sein, etwa rds.example.com oder *.example.com".to_owned(),
        Problem::NoOwnFile => "Sie muss die Adresse einer Datei neben der Seite sein".to_owned(),
    }
}

#[allow(clippy::too_many_lines, reason = "a line or two for each meaning")]
fn meaning(meaning: Meaning) -> Advice {
    let (heading, detail) = match meaning {
        Meaning::ParameterRefused => (
            "Die API hat die Anfrage abgelehnt",
            "Sie beanstandet etwas an der Anfrage; vielleicht sagt ihre Meldung, was. Vergleichen Sie die IDs und Namen mit denen in der Konsole Ihrer Cloud.",
        ),
        Meaning::InstanceIdRefused => (
            "Die API nimmt die Instanz-ID nicht an",
            "Kopieren Sie die ID von der Seite der Instanz in der Konsole Ihrer Cloud.",
        ),
        Meaning::NameRefused => (
            "Die API nimmt den Namen der Sicherung nicht an",
            "Ändern Sie den Namen: 4 bis 64 Buchstaben, Ziffern, Binde- und Unterstriche, am Anfang ein Buchstabe.",
        ),
        Meaning::DescriptionRefused => {
            ("Die API nimmt die Beschreibung nicht an", "Kürzen Sie sie, oder entfernen Sie ungewöhnliche Zeichen.")
        }
        Meaning::DatabaseUnknown => (
            "Eine Datenbank ist nicht vorhanden",
            "Die Instanz hat keine Datenbank mit einem dieser Namen. Prüfen Sie die Schreibweise, auch Groß- und Kleinschreibung.",
        ),
        Meaning::NameTaken => (
            "Eine Sicherung dieses Namens ist vorhanden",
            "Wenn Sie den Namen schon einmal verwendet haben, wählen Sie einen anderen. Andernfalls ist es die Sicherung, die Sie soeben angefordert haben: Browser senden eine Anfrage erneut, wenn die Verbindung vor der Antwort abbricht.",
        ),
        Meaning::BackupRunning => (
            "Eine andere Sicherung dieser Instanz läuft",
            "Die API erstellt je Instanz nur eine Sicherung auf einmal. Versuchen Sie es erneut, wenn sie abgeschlossen ist.",
        ),
        Meaning::InstanceBusy => (
            "Die Instanz ist beschäftigt",
            "Auf der Instanz läuft ein anderer Vorgang. Versuchen Sie es erneut, wenn er beendet ist.",
        ),
        Meaning::InstanceStatus => (
            "Die Instanz lässt sich in ihrem jetzigen Zustand nicht sichern",
            "Warten Sie, bis sie verfügbar ist, und versuchen Sie es erneut.",
        ),
        Meaning::StorageFull => (
            "Der Speicher der Instanz ist voll",
            "Geben Sie Platz frei, oder vergrößern Sie den Speicher, und versuchen Sie es erneut.",
        ),
        Meaning::Frozen => (
            "Die Instanz oder das Konto ist gesperrt",
            "Klären Sie die Ursache der Sperre, meist das Guthaben des Kontos, und versuchen Sie es erneut.",
        ),
        Meaning::InstanceUnknown => (
            "Diese Instanz ist nicht vorhanden",
            "Prüfen Sie die Instanz-ID und ob die Instanz zu diesem Projekt und dieser Region gehört.",
        ),
        Meaning::NotAllowed => (
            "Das Token berechtigt nicht dazu",
            "Vielleicht gehört es zu einem anderen Projekt, oder seinem Benutzer fehlt die Berechtigung rds:backup:create. Auch ein abgelaufenes Token kann so abgelehnt werden.",
        ),
        Meaning::TokenRejected => (
            "Die API hat das Token abgelehnt",
            "Es ist abgelaufen (Token gelten 24 Stunden), unvollständig oder aus einer anderen Region. Holen Sie ein neues, und geben Sie es ein; alles andere bleibt stehen.",
        ),
        Meaning::EngineUnsupported => (
            "Dieses Datenbanksystem lässt sich so nicht sichern",
            "Für dieses System oder diese Version bietet die API keine manuellen Sicherungen.",
        ),
        Meaning::OperationUnsupported => (
            "Diese Instanz erlaubt keine manuellen Sicherungen",
            "Vielleicht ist sie ein Lesereplikat: Sichern Sie stattdessen ihre primäre Instanz.",
        ),
        Meaning::QuotaUsedUp => (
            "Das Kontingent ist ausgeschöpft",
            "Löschen Sie eine manuelle Sicherung, die nicht mehr gebraucht wird, oder beantragen Sie ein größeres Kontingent.",
        ),
        Meaning::BackupUnknown => ("Diese Sicherung ist nicht vorhanden", "Vielleicht wurde sie inzwischen gelöscht."),
        Meaning::NotFound => (
            "Nicht gefunden",
            "Etwas, das die Anfrage nennt, ist nicht vorhanden: die Instanz, das Projekt oder die API selbst. Prüfen Sie Instanz-ID, Projekt-ID und Endpunkt.",
        ),
        Meaning::Conflict => (
            "Die Anfrage gerät mit etwas in Konflikt",
            "Womit, sagt vielleicht die Meldung der API: oft mit einem anderen Vorgang auf der Instanz. Warten Sie dessen Ende ab, und versuchen Sie es erneut.",
        ),
        Meaning::ApiUnknown => (
            "Der Endpunkt kennt diesen Aufruf nicht",
            "Prüfen Sie den Endpunkt: Es muss der RDS-Endpunkt der Region des Projekts sein. Bei einem Proxy prüfen Sie den Pfad.",
        ),
        Meaning::Throttled => (
            "Zu viele Anfragen",
            "Die API nimmt im Augenblick keine weiteren Anfragen an. Warten Sie eine Minute, und versuchen Sie es erneut.",
        ),
        Meaning::ProjectUnavailable => (
            "Das Projekt ist hier nicht verfügbar",
            "Prüfen Sie die Projekt-ID und ob das Projekt und Ihr Benutzer in dieser Region aktiv sind.",
        ),
        Meaning::GatewayTrouble => (
            "Der Dienst hinter dem Gateway hat nicht rechtzeitig geantwortet",
            "Das Gateway oder ein Proxy hat die Anfrage weitergereicht, oder es versucht, und keine Antwort erhalten.",
        ),
        Meaning::ServerFault => (
            "Der Dienst hat versagt",
            "Der Fehler liegt auf der Seite der Cloud. Wenn er anhält, nennen Sie dem Support die Anfrage-ID.",
        ),
        Meaning::AnswerUnclear => (
            "Die Antwort entspricht nicht der Dokumentation der API",
            "Laut Status war die Anfrage erfolgreich, doch der Inhalt beschreibt keine Sicherung. Ist der Endpunkt ein Proxy, so prüfen Sie, ob er zur RDS-API führt.",
        ),
        Meaning::Unknown => {
            ("Eine Antwort, die die API nicht dokumentiert", "Prüfen Sie, ob der Endpunkt die RDS-API ist.")
        }
    };
    Advice { heading, detail }
}

fn why(why: &Why, same_origin: bool) -> &'static str {
    match (why, same_origin) {
        (Why::Unreachable, false) => {
            "Es kam keine Antwort, und den Grund nennt der Browser nicht: Die Verbindung kam nicht zustande oder brach ab, oder die API erlaubt keine Aufrufe von der Adresse dieser Seite (CORS). Gegen Letzteres hilft ein Proxy: Starten Sie die Seite mit „cargo xtask serve --endpoint https://…“, oder lassen Sie Ihren Webserver einen Pfad an die API weiterreichen, und geben Sie diesen Pfad als Endpunkt ein."
        }
        (Why::Unreachable, true) => {
            "Es kam keine Antwort: Die Verbindung zu dem Webserver, von dem diese Seite kommt, kam nicht zustande oder brach vor der Antwort ab."
        }
        (Why::TimedOut, _) => "Keine Antwort innerhalb der Frist.",
        (Why::Cancelled, _) => "Sie haben abgebrochen. Die Anfrage war da schon gesendet.",
        (Why::Unclear(failure), _) => meaning(failure.meaning).heading,
        (Why::Contradicted(_), _) => {
            "Als Antwort kam eine Ablehnung, und doch steht die Sicherung in der Liste: Etwas zwischen dieser Seite und der API hat abgelehnt, was schon weitergereicht war."
        }
        (Why::NameTaken(_), _) => {
            "Laut API ist eine Sicherung dieses Namens vorhanden. Es kann die soeben angeforderte sein: Browser senden eine Anfrage erneut, wenn die Verbindung vor der Antwort abbricht."
        }
    }
}

fn obstacle(obstacle: &Obstacle) -> String {
    match obstacle {
        Obstacle::Unreachable => "Der Endpunkt ist zurzeit nicht erreichbar (offline, VPN, Name oder Zertifikat). Die Seite versucht es weiter.".to_owned(),
        Obstacle::OriginNotAllowed => "Der Endpunkt antwortet, doch der Browser enthält dieser Seite die Antworten vor, weil die API keine Aufrufe von dieser Adresse erlaubt (CORS). Entweder hat sie die Anfrage abgelehnt, und es wurde nichts angelegt, oder nur ihre Antwort bleibt verborgen: Beides sieht gleich aus.".to_owned(),
        Obstacle::Refused(failure) => format!("Die Liste der Sicherungen wird verweigert: {} (HTTP {}).", meaning(failure.meaning).heading, failure.status),
        Obstacle::Undated(backup) => format!("Eine Sicherung dieses Namens ist vorhanden ({}), doch ihr Beginn „{}“ lässt sich nicht mit Ihrer Anfrage vergleichen.", backup.id.as_deref().unwrap_or("ohne ID"), backup.begin_time.as_deref().unwrap_or_default()),
        Obstacle::Stopped => "Sie haben die Suche beendet.".to_owned(),
    }
}

fn duration(seconds: i64) -> String {
    match seconds {
        ..60 => format!("{} s", seconds.max(0)),
        60..3600 => format!("{} min", seconds / 60),
        _ => format!("{} h {} min", seconds / 3600, seconds / 60 % 60),
    }
}
