//! German: what each error means, and what to do about it.

use contract::codes::ErrorKind;

use crate::text::later::Advice;

#[allow(clippy::too_many_lines, reason = "a line or two for each meaning")]
pub(super) fn error_kind(error_kind: ErrorKind) -> Advice {
    let (heading, detail) = match error_kind {
        ErrorKind::ParameterRefused => (
            "Die API hat die Anfrage abgelehnt",
            "Sie beanstandet etwas an der Anfrage; vielleicht sagt ihre Meldung, was. Vergleichen Sie die IDs und Namen mit denen in der Konsole Ihrer Cloud.",
        ),
        ErrorKind::InstanceIdRefused => (
            "Die API nimmt die Instanz-ID nicht an",
            "Kopieren Sie die ID von der Seite der Instanz in der Konsole Ihrer Cloud.",
        ),
        ErrorKind::NameRefused => (
            "Die API nimmt den Namen der Sicherung nicht an",
            "Ändern Sie den Namen: 4 bis 64 Buchstaben, Ziffern, Binde- und Unterstriche, am Anfang ein Buchstabe.",
        ),
        ErrorKind::DescriptionRefused => {
            ("Die API nimmt die Beschreibung nicht an", "Kürzen Sie sie, oder entfernen Sie ungewöhnliche Zeichen.")
        }
        ErrorKind::DatabaseUnknown => (
            "Eine Datenbank ist nicht vorhanden",
            "Die Instanz hat keine Datenbank mit einem dieser Namen. Prüfen Sie die Schreibweise, auch Groß- und Kleinschreibung.",
        ),
        ErrorKind::NameTaken => (
            "Eine Sicherung dieses Namens ist vorhanden",
            "Wenn Sie den Namen schon einmal verwendet haben, wählen Sie einen anderen. Andernfalls ist es die Sicherung, die Sie soeben angefordert haben: Browser senden eine Anfrage erneut, wenn die Verbindung vor der Antwort abbricht.",
        ),
        ErrorKind::BackupRunning => (
            "Eine andere Sicherung dieser Instanz läuft",
            "Die API erstellt je Instanz nur eine Sicherung auf einmal. Versuchen Sie es erneut, wenn sie abgeschlossen ist.",
        ),
        ErrorKind::InstanceBusy => (
            "Die Instanz ist beschäftigt",
            "Auf der Instanz läuft ein anderer Vorgang. Versuchen Sie es erneut, wenn er beendet ist.",
        ),
        ErrorKind::InstanceStatus => (
            "Die Instanz lässt sich in ihrem jetzigen Zustand nicht sichern",
            "Warten Sie, bis sie verfügbar ist, und versuchen Sie es erneut.",
        ),
        ErrorKind::StorageFull => (
            "Der Speicher der Instanz ist voll",
            "Geben Sie Platz frei, oder vergrößern Sie den Speicher, und versuchen Sie es erneut.",
        ),
        ErrorKind::Frozen => (
            "Die Instanz oder das Konto ist gesperrt",
            "Klären Sie die Ursache der Sperre, meist das Guthaben des Kontos, und versuchen Sie es erneut.",
        ),
        ErrorKind::InstanceUnknown => (
            "Diese Instanz ist nicht vorhanden",
            "Prüfen Sie die Instanz-ID und ob die Instanz zu diesem Projekt und dieser Region gehört.",
        ),
        ErrorKind::NotAllowed => (
            "Das Token berechtigt nicht dazu",
            "Vielleicht gehört es zu einem anderen Projekt, oder seinem Benutzer fehlt die Berechtigung rds:backup:create. Auch ein abgelaufenes Token kann so abgelehnt werden.",
        ),
        ErrorKind::RefusedOnTheWay => (
            "Die Anfrage wurde abgelehnt, offenbar auf dem Weg zur API",
            "Die Antwort hat nicht die Form der Fehler der API: In der Regel kommt sie von einem Gateway oder Proxy unterwegs, etwa einer Firewall. Wer es war, sagt vielleicht die Antwort im Wortlaut. Prüfen Sie den Endpunkt, seinen Pfad und das VPN.",
        ),
        ErrorKind::LoginRefusedOnTheWay => (
            "Die Anmeldung wurde abgelehnt, offenbar auf dem Weg zur API",
            "Die Antwort hat nicht die Form der Fehler der API: Ein Gateway oder Proxy unterwegs lehnt das Token ab oder verlangt eine eigene Anmeldung. Geben Sie ein neues Token ein; wird auch das abgelehnt, prüfen Sie den Endpunkt, seinen Pfad und das VPN.",
        ),
        ErrorKind::WebServerLogin => (
            "Der Webserver dieser Seite hat anstelle der API geantwortet",
            "Ihre Sitzung bei ihm ist anscheinend abgelaufen: Melden Sie sich erneut an, in einem anderen Tab oder durch Neuladen dieser Seite; nach dem Neuladen muss das Token neu eingegeben werden. Sind Sie angemeldet, kann es am Token liegen: Geben Sie ein neues ein.",
        ),
        ErrorKind::TokenRejected => (
            "Die API hat das Token abgelehnt",
            "Es ist abgelaufen (Token gelten 24 Stunden), unvollständig oder aus einer anderen Region, oder sein Konto ist im Rückstand oder gesperrt. Holen Sie ein neues, und geben Sie es ein; alles andere bleibt stehen.",
        ),
        ErrorKind::EngineUnsupported => (
            "Dieses Datenbanksystem lässt sich so nicht sichern",
            "Für dieses System oder diese Version bietet die API keine manuellen Sicherungen.",
        ),
        ErrorKind::OperationUnsupported => (
            "Diese Instanz erlaubt keine manuellen Sicherungen",
            "Vielleicht ist sie ein Lesereplikat: Sichern Sie stattdessen ihre primäre Instanz.",
        ),
        ErrorKind::QuotaUsedUp => (
            "Das Kontingent ist ausgeschöpft",
            "Löschen Sie eine manuelle Sicherung, die nicht mehr gebraucht wird, oder beantragen Sie ein größeres Kontingent.",
        ),
        ErrorKind::BackupUnknown => {
            ("Diese Sicherung ist nicht vorhanden", "Vielleicht wurde sie inzwischen gelöscht.")
        }
        ErrorKind::NotFound => (
            "Nicht gefunden",
            "Etwas, das die Anfrage nennt, ist nicht vorhanden: die Instanz, das Projekt oder die API selbst. Prüfen Sie Instanz-ID, Projekt-ID und Endpunkt.",
        ),
        ErrorKind::Conflict => (
            "Die Anfrage gerät mit etwas in Konflikt",
            "Womit, sagt vielleicht die Meldung der API: oft mit einem anderen Vorgang auf der Instanz. Warten Sie dessen Ende ab, und versuchen Sie es erneut.",
        ),
        ErrorKind::ApiUnknown => (
            "Der Endpunkt kennt diesen Aufruf nicht",
            "Prüfen Sie den Endpunkt: Es muss der RDS-Endpunkt der Region des Projekts sein. Bei einem Proxy prüfen Sie den Pfad.",
        ),
        ErrorKind::HeadersTooLarge => (
            "Das Token ist zu lang für einen Proxy auf dem Weg",
            "Ein Proxy oder das Gateway nimmt keinen so langen Header an, und nur der des Tokens ist lang. Wer den Proxy betreibt, kann mehr erlauben: nginx nimmt 8 KB, wenn large_client_header_buffers nichts anderes sagt, wie es die Konfiguration tut, die dieser Seite beiliegt.",
        ),
        ErrorKind::Throttled => (
            "Zu viele Anfragen",
            "Die API nimmt im Augenblick keine weiteren Anfragen an. Warten Sie eine Minute, und versuchen Sie es erneut.",
        ),
        ErrorKind::ProjectUnavailable => (
            "Das Projekt ist hier nicht verfügbar",
            "Prüfen Sie die Projekt-ID und ob das Projekt und Ihr Benutzer in dieser Region aktiv sind.",
        ),
        ErrorKind::GatewayTrouble => (
            "Der Dienst hinter dem Gateway hat nicht rechtzeitig geantwortet",
            "Das Gateway oder ein Proxy hat die Anfrage weitergereicht, oder es versucht, und keine Antwort erhalten.",
        ),
        ErrorKind::ServerFault => (
            "Der Dienst hat versagt",
            "Der Fehler liegt auf der Seite der Cloud. Wenn er anhält, nennen Sie dem Support die Anfrage-ID.",
        ),
        ErrorKind::AnswerUnclear => (
            "Die Antwort entspricht nicht der Dokumentation der API",
            "Laut Status war die Anfrage erfolgreich, doch der Inhalt beschreibt keine Sicherung. Ist der Endpunkt ein Proxy, so prüfen Sie, ob er zur RDS-API führt.",
        ),
        ErrorKind::Unknown => {
            ("Eine Antwort, die die API nicht dokumentiert", "Prüfen Sie, ob der Endpunkt die RDS-API ist.")
        }
    };
    Advice { heading, detail }
}
