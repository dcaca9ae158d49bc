//! German: the sentences of the later part.

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
    copy_by_hand: "Text zum Kopieren",
    sending: |name| format!("Die API soll „{name}“ anlegen. Die Antwort steht noch aus …"),
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
            "Die Sicherung ist fehlgeschlagen und nicht verwendbar: Prüfen Sie die Instanz, und legen Sie eine neue an."
        }
        Some(Status::Deleting) => "Die Sicherung wird gerade gelöscht. Sie ist nicht verwendbar.",
        Some(Status::Other(_)) => {
            "Die API hat die Sicherung angenommen und meldet einen Status, den ihre Dokumentation nicht nennt. Sehen Sie in der Liste der Sicherungen der Instanz nach."
        }
        None => "Die API hat die Sicherung angenommen und ihren Status noch nicht genannt.",
    },
    learned: |time| format!("Die Seite hat davon erfahren: {time}."),
    parts: FieldLabels {
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
        known_by: "Wessen sie ist",
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
    error_kind,
    nothing_created: "Es wurde keine Sicherung angelegt.",
    nothing_sent: "Es wurde nichts gesendet",
    field_refusal: |refusal| match refusal {
        FieldRefusal::ByApi(refused) => error_kind(refused).heading,
        FieldRefusal::InstanceUnderWay => {
            "Eine Sicherung einer dieser Instanzen läuft auf dieser Seite unter einem anderen Namen. Warten Sie, bis sie beendet ist, oder entfernen Sie die Instanz"
        }
        FieldRefusal::UnderWay => {
            "Eine Sicherung dieses Namens wurde schon angefordert, mit anderen Datenbanken oder anderer Beschreibung, und entsteht vielleicht gerade. Warten Sie ihr Ende ab, oder wählen Sie einen anderen Namen"
        }
        FieldRefusal::Unsettled => {
            "Ob eine Sicherung dieses Namens angelegt wurde, mit anderen Datenbanken oder anderer Beschreibung angefordert, lässt sich nicht sagen. Sehen Sie auf deren Karte erneut nach, oder wählen Sie einen anderen Namen"
        }
    },
    token_awaited: "Das Token, das die Seite um dieses Formular liefert, steht noch aus …",
    token: token::TEXT,
    creation: creation::TEXT,
    follow: FollowText {
        elapsed: "Zeit seit der Anfrage",
        units: LATIN_UNITS,
        earlier: |shortest, longest, count| match count {
            _ if is_one(LANGUAGE, count) => format!("Die letzte dauerte {}", LATIN_UNITS.duration(longest)),
            _ if LATIN_UNITS.duration(shortest) == LATIN_UNITS.duration(longest) => {
                format!("Die letzten {count} dauerten je {}", LATIN_UNITS.duration(longest))
            }
            _ => format!(
                "Die letzten {count} dauerten {} bis {}",
                LATIN_UNITS.duration(shortest),
                LATIN_UNITS.duration(longest)
            ),
        },
        ended: |name, status| match status {
            Status::Completed => format!("✓ COMPLETED – {name}"),
            Status::Failed => format!("✗ FAILED – {name}"),
            Status::Building | Status::Deleting | Status::Other(_) => format!("{} – {name}", status.code()),
        },
        reason: |reason| format!("Die API nennt diesen Grund: {reason}"),
        usual_causes: "Übliche Ursachen: DDL-Anweisungen oder lange Transaktionen, die die Sicherungssperre verhinderten, ein voller Speicher, mehr als 500.000 Tabellen, ein Neustart oder eine Änderung der Instanz unterdessen. Prüfen Sie die Instanz, und legen Sie eine neue Sicherung an.",
        notify: "Benachrichtigen, wenn sie fertig ist",
        notifies: "Diese Seite lässt Sie vom Browser benachrichtigen, solange sie offen bleibt.",
        no_notification: |reason| match reason {
            NoNotification::Dismissed => {
                "Keine Mitteilung: Die Frage des Browsers wurde ohne Antwort geschlossen. Drücken Sie noch einmal, um wieder gefragt zu werden."
            }
            NoNotification::Denied => {
                "Keine Mitteilung: Der Browser verbietet die dieser Seite. In seinen Einstellungen für diese Website lassen sie sich erlauben. Diese Seite selbst sagt, wann die Sicherung fertig ist."
            }
            NoNotification::Unsupported => {
                "Keine Mitteilung: Dieser Browser hat keine für diese Seite. Diese Seite selbst sagt, wann die Sicherung fertig ist."
            }
        },
        export_json: "Als JSON exportieren",
        export_csv: "Als CSV exportieren",
    },
    rely: rely::TEXT,
    batch: batch::TEXT,
    lists: ListText {
        instances: "Instanzen",
        search_instances: "Instanzen durchsuchen",
        loading: |loaded, total| match total {
            Some(total) => format!("Wird geladen: {} von {}", number(LANGUAGE, loaded), number(LANGUAGE, total)),
            None => format!("Wird geladen: {}", number(LANGUAGE, loaded)),
        },
        failed: |words| format!("Die Liste ließ sich nicht laden: {words}"),
        unanswered: "keine Antwort",
        no_token: "Für diesen Endpunkt und dieses Projekt ist kein Token da, oder es wurde abgelehnt. Geben Sie eines ein, und drücken Sie noch einmal",
        truncated: "Das ist nicht die ganze Liste, soweit es sich feststellen lässt: Sie ist zu lang, wurde gekürzt, enthält Einträge, die zu wenig über sich sagen, oder kommt in mehreren Seiten ohne Gesamtzahl.",
        shifted: "Vielleicht ist das nicht die ganze Liste: Sie änderte sich jedes Mal, während sie gelesen wurde. Laden Sie sie neu.",
        no_instances: |project| {
            format!(
                "Das Projekt {project} hat an diesem Endpunkt keine Instanzen. Vielleicht liegen sie in einem Unterprojekt der Region: Dieses braucht ein eigenes Token. Eine ID lässt sich weiterhin eintippen."
            )
        },
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
        databases_found: "Datenbanken dieser Instanz",
        databases_hint: |supported| {
            super::TEXT.databases_hint.replace(Engine::SqlServer.name(), &engines(&LATIN, supported, " und "))
        },
        individually: "Jede Datenbank einzeln sichern",
        individually_hint: "Huawei Cloud sichert dann jede dieser Datenbanken für sich, nicht alle zusammen (backup_database_individually).",
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
    request: "Die Anfrage",
    request_after: "Sie lässt sich anzeigen, sobald dies behoben ist:",
    curl: "Als curl-Befehl",
    curl_note: |variable| format!("Er nimmt das Token aus der Umgebungsvariablen {variable}."),
    openstack: "Als Befehl des OpenStack-Clients",
    openstack_note: "Cloud, Projekt und Token nimmt er aus seinen eigenen Einstellungen: Prüfen Sie, ob es dieselben sind. Er braucht python-otcextensions.",
    no_openstack: "Der OpenStack-Client kann das nicht ausdrücken: Er nimmt die Datenbanken als eine Liste mit Kommas, und ein Name hier enthält ein Komma.",
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
    unheard_of: "noch nicht bekannt",
    chart: "Dauer und Größe der letzten Sicherungen",
    chart_summary: |count, [shortest, longest, smallest, largest]| {
        format!("{} Sicherungen: {shortest} bis {longest}, {smallest} bis {largest}", number(LANGUAGE, count))
    },
    chart_legend: ["Manuell", "Automatisch"],
    chart_numbers: "Die Zahlen",
    raw_answer: "Antwort im Wortlaut",
    empty_body: "Der Inhalt der Antwort ist leer.",
    unreadable_body: "Die Verbindung brach ab, bevor der Inhalt der Antwort gelesen war.",
    too_long_body: |limit| {
        format!(
            "Die Antwort ist länger als {limit} MiB. So etwas sendet die API nicht, deshalb wurde sie nicht gelesen."
        )
    },
};

fn copied(what: CopyTarget, success: Result<(), Failed>) -> &'static str {
    match (what, success) {
        (CopyTarget::BackupId(_) | CopyTarget::ListedId(_), Ok(())) => "Sicherungs-ID kopiert",
        (CopyTarget::Response(_), Ok(())) => "Antwort kopiert",
        (CopyTarget::Request(_), Ok(())) => "Anfrage kopiert",
        (CopyTarget::FormLink | CopyTarget::WatchLink(_), Ok(())) => "Link kopiert",
        (CopyTarget::Receipt(_) | CopyTarget::BatchReceipt(_), Ok(())) => "Beleg kopiert",
        (
            CopyTarget::RestorePoint(_)
            | CopyTarget::RestoreByOpenStack(_)
            | CopyTarget::TokenByCurl
            | CopyTarget::TokenByOpenStack,
            Ok(()),
        ) => "Kopiert",
        (_, Err(Failed)) => {
            "Es ließ sich nicht kopieren: Der Browser hat es nicht erlaubt. Kopieren Sie den Text aus dem Feld."
        }
    }
}
