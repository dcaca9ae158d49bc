//! German, once there are requests.

use contract::backup::{Kind, Status};
use contract::codes::Meaning;
use contract::instance::{Role, Unsuitable};

use super::LANGUAGE;
use crate::text::intl::{is_one, number};
use crate::text::{Advice, CreationText, FollowText, ListText, Parts, RequestText, size};
use console_core::{Blocker, Cause, Certainty, Copied, FieldRefusal, NotSent, Repeat, Success, Unknown};

pub(in crate::text) static TEXT: RequestText = RequestText {
    copied,
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
            "Die API hat mit einer fehlgeschlagenen Sicherung geantwortet. Sie ist nicht verwendbar: Prüfen Sie die Instanz, und legen Sie eine neue an."
        }
        Some(Status::Deleting) => {
            "Die API hat mit einer Sicherung geantwortet, die gerade gelöscht wird. Sie ist nicht verwendbar."
        }
        Some(Status::Other(_)) => {
            "Die API hat die Sicherung angenommen und meldet einen Status, den ihre Dokumentation nicht nennt. Sehen Sie in der Liste der Sicherungen der Instanz nach."
        }
        None => "Die API hat die Sicherung angenommen und ihren Status noch nicht genannt.",
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
    nothing_sent: "Es wurde nichts gesendet",
    field_refusal: |refusal| match refusal {
        FieldRefusal::ByApi(refused) => meaning(refused).heading,
        FieldRefusal::UnderWay => {
            "Eine Sicherung dieses Namens wurde schon angefordert, mit anderen Datenbanken oder anderer Beschreibung, und entsteht vielleicht gerade. Warten Sie ihr Ende ab, oder wählen Sie einen anderen Namen"
        }
    },
    token_awaited: "Das Token, das die Seite um dieses Formular liefert, steht noch aus …",
    creation: CreationText {
        reading: |name| format!("Die Seite sieht nach, ob der Name „{name}“ frei ist. Es wurde noch nichts gesendet."),
        not_sent,
        retry_not_sent: |why| format!("Der neue Versuch wurde nicht gesendet: {why}"),
        looking: "Noch ist offen, ob die Sicherung angelegt wurde",
        looking_detail: |name| {
            format!(
                "Die Seite sucht „{name}“ in der Liste der Sicherungen der Instanz. Sie sendet nichts ein zweites Mal."
            )
        },
        making_sure: |name| {
            format!(
                "Die Seite vergewissert sich, dass nichts angelegt wurde: Sie sucht „{name}“ in der Liste der Sicherungen der Instanz und sendet nichts ein zweites Mal."
            )
        },
        closes: |seconds| match seconds {
            1.. => format!("Ein Server kann noch höchstens {} mit der Anfrage beschäftigt sein.", duration(seconds)),
            _ => "Kein Server kann mehr mit der Anfrage beschäftigt sein: Eine vollständige Liste entscheidet."
                .to_owned(),
        },
        blocker,
        goes_on: "Die Seite versucht es weiter.",
        cause,
        listed: "Die Sicherung ist vorhanden",
        listed_detail: |name| format!("„{name}“ steht in der Liste der Instanz und hat nach Ihrem Auftrag begonnen."),
        certainty: |certainty| match certainty {
            Certainty::Answered => "Es ist Ihre Sicherung: Ihre ID kam in der Antwort auf Ihre Anfrage.",
            Certainty::Listed => {
                "Die Sicherung wurde unter ihrem Namen gefunden. Wer in demselben Augenblick denselben Namen für diese Instanz angefordert hat, lässt sich nicht von Ihnen unterscheiden."
            }
        },
        unlisted: "Die API hat die Sicherung angenommen, und die Liste der Instanz enthält sie noch nicht.",
        missing: "Die Liste der Instanz enthält diese Sicherung nicht mehr. Bleibt es eine Minute dabei, so wurde sie gelöscht.",
        unheard,
        of_link: "Ein Link nennt diese Sicherung",
        of_reload: "Die Seite wurde neu geladen, während sie diese Sicherung verfolgte",
        absent: "Es wurde keine Sicherung angelegt",
        absent_detail: |name| {
            format!(
                "Die Liste der Instanz enthält keine Sicherung namens „{name}“. Sie können es gefahrlos erneut versuchen."
            )
        },
        taken: "Der Name war schon vorher vergeben",
        taken_detail: |name, backup| match backup {
            Some(backup) => format!(
                "„{name}“ heißt schon eine andere Sicherung: {}, begonnen {}. Es wurde nichts angelegt. Wählen Sie einen anderen Namen.",
                backup.id.as_deref().unwrap_or("ohne ID"),
                backup.begin_time.as_deref().unwrap_or("zu unbekannter Zeit")
            ),
            None => format!(
                "Laut API ist „{name}“ vergeben, aber nicht an eine manuelle Sicherung dieser Instanz. Es wurde nichts angelegt. Wählen Sie einen anderen Namen."
            ),
        },
        gone: "Die Sicherung ist nicht mehr da",
        gone_detail: "Die Liste der Instanz enthielt sie und enthält sie nicht mehr: Sie wurde gelöscht.",
        unknown: "Es lässt sich nicht feststellen, ob die Sicherung angelegt wurde",
        unknown_detail,
        by_hand: |name, instance_id| {
            format!(
                "Suchen Sie „{name}“ von Hand unter den Sicherungen von {instance_id}, in der Konsole Ihrer Cloud oder mit „openstack rds backup list {instance_id}“. Ein neuer Versuch mit demselben Namen kann keine zweite Sicherung anlegen."
            )
        },
        was_corrected: "Hier stand zuvor etwas anderes. Es wurde berichtigt, als die Liste der Instanz mehr verriet.",
        not_kept: "Dieser Browser bewahrt nichts auf: Wird die Seite neu geladen, so ist vergessen, was gerade geschieht.",
        awaiting: "Warten auf die Instanz",
        awaiting_detail: |status| match status {
            Some(status) => {
                format!("Ihr Status lautet {status}. Die Anfrage wird noch einmal gesendet, sobald sie verfügbar ist.")
            }
            None => {
                "Ihr Status wird abgefragt. Die Anfrage wird noch einmal gesendet, sobald sie verfügbar ist.".to_owned()
            }
        },
        details: "Einzelheiten",
        stop: "Suche beenden",
        try_again: "Erneut versuchen",
        create_anyway: "Trotzdem anlegen",
        await_instance: "Erneut versuchen, sobald die Instanz bereit ist",
        look_again: "Erneut nachsehen",
        look_again_at: |endpoint| format!("Bei {endpoint} erneut nachsehen"),
        follow_at: |endpoint| format!("Bei {endpoint} verfolgen"),
    },
    follow: FollowText {
        elapsed: "Zeit seit der Anfrage",
        duration,
        earlier: |shortest, longest, count| match count {
            _ if is_one(LANGUAGE, count) => format!("Die letzte dauerte {}", duration(longest)),
            _ if duration(shortest) == duration(longest) => {
                format!("Die letzten {count} dauerten je {}", duration(longest))
            }
            _ => format!("Die letzten {count} dauerten {} bis {}", duration(shortest), duration(longest)),
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
        export_json: "Als JSON exportieren",
        export_csv: "Als CSV exportieren",
    },
    lists: ListText {
        instances: "Instanzen",
        search_instances: "Instanzen durchsuchen",
        loading: |loaded, total| match total {
            Some(total) => format!("Wird geladen: {} von {}", number(LANGUAGE, loaded), number(LANGUAGE, total)),
            None => format!("Wird geladen: {}", number(LANGUAGE, loaded)),
        },
        failed: |words| format!("Die Liste ließ sich nicht laden: {words}"),
        unanswered: "keine Antwort",
        no_token: "Für diesen Endpunkt und dieses Projekt ist kein Token da, oder die API lehnt es ab. Geben Sie eines ein, und drücken Sie noch einmal",
        truncated: "Das ist nicht die ganze Liste: Sie ist zu lang, wurde gekürzt oder enthält Einträge, die zu wenig über sich sagen.",
        shifted: "Vielleicht ist das nicht die ganze Liste: Sie änderte sich jedes Mal, während sie gelesen wurde. Laden Sie sie neu.",
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
        databases_found: "Datenbanken dieser Instanz",
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

fn copied(what: Copied, success: Success) -> &'static str {
    match (what, success) {
        (Copied::BackupId(_) | Copied::ListedId(_), Success::Yes) => "Sicherungs-ID kopiert",
        (Copied::Answer(_), Success::Yes) => "Antwort kopiert",
        (Copied::Request(_), Success::Yes) => "Anfrage kopiert",
        (Copied::FormLink | Copied::WatchLink(_), Success::Yes) => "Link kopiert",
        (Copied::Receipt(_), Success::Yes) => "Beleg kopiert",
        (Copied::BackupId(_) | Copied::ListedId(_), Success::No) => {
            "Die Sicherungs-ID ließ sich nicht kopieren. Markieren und kopieren Sie sie von Hand."
        }
        (Copied::Answer(_), Success::No) => {
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
        Meaning::HeadersTooLarge => (
            "Das Token ist zu lang für einen Proxy auf dem Weg",
            "Ein Proxy oder das Gateway nimmt keinen so langen Header an, und nur der des Tokens ist lang. Wer den Proxy betreibt, kann mehr erlauben: nginx nimmt 8 KB, wenn large_client_header_buffers nichts anderes sagt.",
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

fn cause(cause: &Cause, is_same_origin: bool, exists: bool) -> String {
    let sentence = match (cause, is_same_origin) {
        (Cause::Unreachable, _) if exists => "Es kam keine Antwort: Die Verbindung brach vorher ab.",
        (Cause::Unreachable, false) => {
            "Es kam keine Antwort, und den Grund nennt der Browser nicht: Die Verbindung kam nicht zustande oder brach ab, oder die API erlaubt keine Aufrufe von der Adresse dieser Seite (CORS). Gegen Letzteres hilft ein Proxy: Starten Sie die Seite mit „cargo xtask serve --endpoint https://…“, oder lassen Sie Ihren Webserver einen Pfad an die API weiterreichen, und geben Sie diesen Pfad als Endpunkt ein."
        }
        (Cause::Unreachable, true) => {
            "Es kam keine Antwort: Die Verbindung zu dem Webserver, von dem diese Seite kommt, kam nicht zustande oder brach vor der Antwort ab."
        }
        (Cause::TimedOut, _) => "Keine Antwort innerhalb der Frist.",
        (Cause::Cancelled, _) => "Sie haben abgebrochen. Die Anfrage war da schon gesendet.",
        (Cause::Unclear(failure), _) => meaning(failure.meaning).heading,
        (Cause::NameTaken(_), _) if exists => {
            "Laut API war eine Sicherung dieses Namens schon vorhanden: Browser senden eine Anfrage erneut, wenn die Verbindung vor der Antwort abbricht, und die zweite findet vor, was die erste angelegt hat."
        }
        (Cause::NameTaken(_), _) => {
            "Laut API ist eine Sicherung dieses Namens vorhanden. Es kann die soeben angeforderte sein: Browser senden eine Anfrage erneut, wenn die Verbindung vor der Antwort abbricht."
        }
        (Cause::Refused(_), _) if exists => {
            "Als Antwort kam eine Ablehnung, und doch steht die Sicherung in der Liste: Etwas zwischen dieser Seite und der API hat abgelehnt, was schon weitergereicht war, oder dieselbe Anfrage war schon einmal angekommen."
        }
        (Cause::Refused(failure), _) => {
            return format!("Die Antwort war eine Ablehnung: {}.", meaning(failure.meaning).heading);
        }
        (Cause::Reloaded, _) => "Die Seite wurde neu geladen, ehe bekannt war, was aus der Anfrage geworden ist.",
    };
    sentence.to_owned()
}

fn blocker(blocker: &Blocker) -> String {
    let sentence = match blocker {
        Blocker::TokenMissing => {
            "Für diesen Endpunkt und dieses Projekt ist kein Token da. Geben Sie eines ein: Dann sieht die Seite nach."
        }
        Blocker::TokenRejected => {
            "Die API lehnt das Token ab. Geben Sie ein neues für dasselbe Projekt ein: Dann sieht die Seite nach."
        }
        Blocker::Refused(failure) => {
            return format!(
                "Die Liste der Sicherungen wird verweigert: {} (HTTP {}).",
                meaning(failure.meaning).heading,
                failure.status
            );
        }
        Blocker::Unreachable => "Der Endpunkt ist zurzeit nicht erreichbar (offline, VPN, Name oder Zertifikat).",
        Blocker::Failed(failure) => {
            return format!(
                "Die Liste der Sicherungen ist nicht lesbar: {} (HTTP {}).",
                meaning(failure.meaning).heading,
                failure.status
            );
        }
        Blocker::Incomplete => {
            "Die Liste der Sicherungen lässt sich nicht ganz lesen: Sie ist zu lang, wurde gekürzt oder ändert sich, während sie gelesen wird. In dem, was gelesen wurde, ist die Sicherung nicht."
        }
        Blocker::InstanceBackingUp => {
            "Die Liste enthält die Sicherung nicht, und die Instanz wird gerade gesichert: vielleicht eben diese Sicherung."
        }
        Blocker::GaveUp => "Die Seite sucht nicht mehr.",
        Blocker::AwaitsPress => {
            "Die Seite fragt nichts ab, bevor Sie es wollen: Geben Sie ein Token des Projekts ein, und drücken Sie die Schaltfläche."
        }
    };
    sentence.to_owned()
}

fn unheard(blocker: &Blocker, seconds: i64) -> String {
    let sentence = match blocker {
        Blocker::TokenMissing => {
            "Für diesen Endpunkt und dieses Projekt ist kein Token da. Geben Sie eines ein: Dann geht es hier weiter. Die Sicherung selbst läuft unterdessen weiter."
        }
        Blocker::TokenRejected => {
            "Die API lehnt das Token ab. Geben Sie ein neues für dasselbe Projekt ein: Dann geht es hier weiter. Die Sicherung selbst läuft unterdessen weiter."
        }
        Blocker::Refused(failure) => {
            return format!(
                "Die API verweigert die Auskunft: {} (HTTP {}). Die Seite fragt nicht mehr nach; die Sicherung selbst läuft weiter.",
                meaning(failure.meaning).heading,
                failure.status
            );
        }
        Blocker::Failed(failure) => {
            return format!(
                "Seit {} keine Nachricht: {} (HTTP {}). Die Seite fragt weiter nach; die Sicherung selbst läuft unterdessen weiter.",
                duration(seconds),
                meaning(failure.meaning).heading,
                failure.status
            );
        }
        Blocker::Unreachable | Blocker::Incomplete | Blocker::InstanceBackingUp => {
            return format!(
                "Seit {} keine Nachricht. Die Seite fragt weiter nach; die Sicherung selbst läuft unterdessen weiter.",
                duration(seconds)
            );
        }
        Blocker::GaveUp => {
            "Die Seite hat so lange nach dieser Sicherung gefragt, wie sie es von selbst tut, und fragt nicht mehr. Die Sicherung selbst ist davon nicht betroffen."
        }
        Blocker::AwaitsPress => {
            "Die Seite fragt nichts ab, bevor Sie es wollen: Geben Sie ein Token des Projekts ein, und drücken Sie die Schaltfläche. Die Sicherung selbst ist davon nicht betroffen."
        }
    };
    sentence.to_owned()
}

fn unknown_detail(unknown: &Unknown) -> String {
    match unknown {
        Unknown::Blocked(in_the_way) => blocker(in_the_way),
        Unknown::OriginNotAllowed => "Der Endpunkt antwortet, doch der Browser enthält dieser Seite die Antworten vor, weil die API keine Aufrufe von dieser Adresse erlaubt (CORS). Entweder hat sie die Anfrage abgelehnt, und es wurde nichts angelegt, oder nur ihre Antwort bleibt verborgen: Beides sieht gleich aus.".to_owned(),
        Unknown::Near(backup) => format!(
            "Eine Sicherung dieses Namens begann {}, zur Zeit Ihres Auftrags ({}): Ob es Ihre ist, lässt sich nicht feststellen. Vergleichen Sie Beschreibung und Datenbanken, und fragen Sie, wer sonst diese Instanz sichert.",
            backup.begin_time.as_deref().unwrap_or("zu unbekannter Zeit"),
            backup.id.as_deref().unwrap_or("ohne ID")
        ),
        Unknown::NeverListed => "Die API hat die Anfrage angenommen, und die Liste der Instanz enthielt die Sicherung seither nicht.".to_owned(),
        Unknown::Stopped => "Sie haben die Suche beendet.".to_owned(),
    }
}

fn not_sent(why: &NotSent, endpoint: &str, is_same_origin: bool) -> String {
    let sentence = match (why, is_same_origin) {
        (NotSent::Cancelled, _) => "Sie haben abgebrochen, bevor die Anfrage gesendet war.",
        (NotSent::TokenRejected(_), _) => {
            "Die API hat das Token abgelehnt, als die Seite nachsah, ob der Name frei ist. Holen Sie ein neues, geben Sie es ein, und versuchen Sie es erneut; alles andere bleibt stehen."
        }
        (NotSent::TokenMissing, _) => "Es ist kein Token mehr da. Geben Sie eines ein, und versuchen Sie es erneut.",
        (NotSent::Unreachable, false) => {
            return format!(
                "{endpoint} ist nicht erreichbar: Prüfen Sie Adresse, Port und VPN und ob die API Aufrufe von der Adresse dieser Seite erlaubt (CORS). Gegen Letzteres hilft ein Proxy: Starten Sie die Seite mit „cargo xtask serve --endpoint https://…“, oder lassen Sie Ihren Webserver einen Pfad an die API weiterreichen, und geben Sie diesen Pfad als Endpunkt ein."
            );
        }
        (NotSent::Unreachable, true) => {
            return format!(
                "{endpoint} ist auf dem Webserver, von dem diese Seite kommt, nicht erreichbar: Prüfen Sie die Verbindung und das VPN."
            );
        }
        (NotSent::Forbidden, _) => {
            "Diese Seite ist so eingerichtet, dass sie nur bestimmte Endpunkte aufruft, und dieser gehört nicht dazu. Prüfen Sie seine Schreibweise. Ist er richtig, so muss der Betreiber der Seite ihn in connect-src der Content-Security-Policy aufnehmen, in index.html oder beim Webserver."
        }
        (NotSent::Unsendable, _) => {
            "Der Browser konnte mit dem Endpunkt keine Anfrage bilden. Prüfen Sie seine Schreibweise."
        }
        (NotSent::InstanceStaysBusy, _) => {
            "Die Instanz wurde binnen einer Stunde nicht bereit. Sehen Sie nach, was sie tut, und versuchen Sie es erneut."
        }
    };
    sentence.to_owned()
}

fn duration(seconds: i64) -> String {
    match seconds {
        ..60 => format!("{} s", seconds.max(0)),
        60..3600 => format!("{} min", seconds / 60),
        _ => format!("{} h {} min", seconds / 3600, seconds / 60 % 60),
    }
}
