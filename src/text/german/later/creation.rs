//! German: a press and its outcome.

use contract::codes::ErrorKind;
use contract::failure::Failure;

use super::errors::error_kind;
use super::token;
use crate::text::later::{Advice, CreationText};
use crate::text::words::LATIN_UNITS;
use console_core::{Blocker, Cause, Certainty, NotSent, Unknown};

pub(super) const TEXT: CreationText = CreationText {
    reading: |name| format!("Die Seite sieht nach, ob der Name „{name}“ frei ist. Es wurde noch nichts gesendet."),
    reading_again: |name| format!("Die Seite sucht „{name}“, bevor sie die Anfrage erneut sendet."),
    not_sent,
    retry_not_sent: |why| format!("Der neue Versuch wurde nicht gesendet: {why}"),
    looking: "Noch ist offen, ob die Sicherung angelegt wurde",
    looking_detail: |name| {
        format!("Die Seite sucht „{name}“ in der Liste der Sicherungen der Instanz. Sie sendet nichts ein zweites Mal.")
    },
    making_sure: |name| {
        format!(
            "Die Seite vergewissert sich, dass nichts angelegt wurde: Sie sucht „{name}“ in der Liste der Sicherungen der Instanz und sendet nichts ein zweites Mal."
        )
    },
    closes: |seconds| match seconds {
        1.. => format!(
            "Ein Server kann noch höchstens {} mit der Anfrage beschäftigt sein.",
            LATIN_UNITS.duration(seconds)
        ),
        _ => "Kein Server kann mehr mit der Anfrage beschäftigt sein: Eine vollständige Liste entscheidet.".to_owned(),
    },
    blocker,
    goes_on: "Die Seite versucht es weiter.",
    cause,
    listed: "Die Sicherung ist vorhanden",
    listed_detail: |name| format!("„{name}“ steht in der Liste der Instanz und stand vor Ihrem Auftrag nicht darin."),
    certainty: |certainty| match certainty {
        Certainty::Responded => "Es ist Ihre Sicherung: Ihre ID kam in der Antwort auf Ihre Anfrage.",
        Certainty::Listed => {
            "Die Sicherung wurde unter ihrem Namen gefunden. Wer in demselben Augenblick denselben Namen für diese Instanz angefordert hat, lässt sich nicht von Ihnen unterscheiden."
        }
    },
    unlisted: "Die API hat die Sicherung angenommen, und die Liste der Instanz enthält sie noch nicht.",
    link_unlisted: "Diese Sicherung steht nicht in der Liste der Instanz: Der Link kann falsch sein, oder sie wurde gelöscht. Die Seite fragt weiter.",
    missing: "Die Liste der Instanz enthält diese Sicherung nicht mehr. Bleibt es eine Minute dabei, so wurde sie gelöscht.",
    unheard,
    of_link: "Ein Link nennt diese Sicherung",
    of_reload: "Diese Seite wurde neu geöffnet oder ihr Tab dupliziert, während sie diese Sicherung verfolgte",
    absent: "Es wurde keine Sicherung angelegt",
    absent_detail: |name| {
        format!(
            "Die Liste der Instanz enthält keine Sicherung namens „{name}“. Sie können es gefahrlos erneut versuchen."
        )
    },
    asked_again: "Der Name wurde seither erneut angefordert: siehe die andere Karte.",
    taken: "Der Name war schon vorher vergeben",
    taken_detail: |name, backup| match backup {
        Some((backup, is_told)) => {
            let which = if is_told { "die Sicherung auf einer anderen Karte" } else { "eine andere Sicherung" };
            format!(
                "„{name}“ heißt schon {which}: {}, begonnen {}. Es wurde nichts Neues angelegt. Wählen Sie einen anderen Namen.",
                backup.id.as_deref().unwrap_or("ohne ID"),
                backup.begin_time.as_deref().unwrap_or("zu unbekannter Zeit")
            )
        }
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
    await_instance_at: |endpoint| format!("Bei {endpoint} erneut versuchen, sobald die Instanz bereit ist"),
    look_again: "Erneut nachsehen",
    look_again_at: |endpoint| format!("Bei {endpoint} erneut nachsehen"),
    follow_at: |endpoint| format!("Bei {endpoint} verfolgen"),
    elsewhere: |endpoint, project_id| {
        format!(
            "Im Formular stehen nicht der Endpunkt und das Projekt, um die es hier geht: {endpoint}, Projekt {project_id}. Übernehmen Sie beides ins Formular, und geben Sie ein Token dafür ein."
        )
    },
    take_target: |endpoint| format!("{endpoint} ins Formular übernehmen"),
};

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
        (Cause::Unclear(failure), _) => error_kind(failure.error_kind).heading,
        (Cause::NameTaken(_), _) if exists => {
            "Laut API war eine Sicherung dieses Namens schon vorhanden. Vielleicht hat der Browser die Anfrage zweimal gesendet: Das tut er, wenn die Verbindung vor der Antwort abbricht."
        }
        (Cause::NameTaken(_), _) => {
            "Laut API ist eine Sicherung dieses Namens vorhanden. Es kann die soeben angeforderte sein: Browser senden eine Anfrage erneut, wenn die Verbindung vor der Antwort abbricht."
        }
        (Cause::Refused(_), _) if exists => {
            "Als Antwort kam eine Ablehnung, und doch steht die Sicherung in der Liste: Etwas zwischen dieser Seite und der API hat abgelehnt, was schon weitergereicht war, oder dieselbe Anfrage war schon einmal angekommen."
        }
        (Cause::Refused(failure), _) => {
            return format!("Die Antwort war eine Ablehnung: {}.", error_kind(failure.error_kind).heading);
        }
        (Cause::ReloadedWhileAwaiting, _) => {
            "Diese Seite wurde neu geöffnet oder ihr Tab dupliziert, während sie auf die Instanz wartete, um die Anfrage noch einmal zu senden."
        }
        (Cause::Reloaded, _) => {
            "Diese Seite wurde neu geöffnet oder ihr Tab dupliziert, ehe bekannt war, was aus der Anfrage geworden ist."
        }
    };
    sentence.to_owned()
}

fn blocker(blocker: &Blocker) -> String {
    let sentence = match blocker {
        Blocker::TokenMissing => {
            "Für diesen Endpunkt und dieses Projekt ist kein Token da. Geben Sie eines ein: Dann sieht die Seite nach."
        }
        Blocker::TokenRejected => {
            "Das Token wurde abgelehnt. Geben Sie ein neues für dasselbe Projekt ein: Dann sieht die Seite nach."
        }
        Blocker::Refused(failure) if failure.error_kind == ErrorKind::WebServerLogin => {
            return web_server_login() + " Suchen Sie dann noch einmal.";
        }
        Blocker::Refused(failure) => {
            let said = format!(
                "Die Liste der Sicherungen wird verweigert: {} (HTTP {}).",
                error_kind(failure.error_kind).heading,
                failure.status
            );
            return said + &clue_of(failure);
        }
        Blocker::Unreachable => "Der Endpunkt ist zurzeit nicht erreichbar (offline, VPN, Name oder Zertifikat).",
        Blocker::Failed(failure) => {
            let said = format!(
                "Die Liste der Sicherungen ist nicht lesbar: {} (HTTP {}).",
                error_kind(failure.error_kind).heading,
                failure.status
            );
            return said + &clue_of(failure);
        }
        Blocker::Incomplete => {
            "Die Liste der Sicherungen lässt sich nicht ganz lesen: Sie ist zu lang, wurde gekürzt, ändert sich, während sie gelesen wird, oder kommt in mehreren Seiten ohne Gesamtzahl. In dem, was gelesen wurde, ist die Sicherung nicht."
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

fn web_server_login() -> String {
    let Advice { heading, detail } = error_kind(ErrorKind::WebServerLogin);
    format!("{heading}. {detail}")
}

fn unheard(blocker: &Blocker, seconds: i64) -> String {
    let sentence = match blocker {
        Blocker::TokenMissing => {
            "Für diesen Endpunkt und dieses Projekt ist kein Token da. Geben Sie eines ein: Dann geht es hier weiter. Die Sicherung hängt nicht von dieser Seite ab."
        }
        Blocker::TokenRejected => {
            "Das Token wurde abgelehnt. Geben Sie ein neues für dasselbe Projekt ein: Dann geht es hier weiter. Die Sicherung hängt nicht von dieser Seite ab."
        }
        Blocker::Refused(failure) if failure.error_kind == ErrorKind::WebServerLogin => {
            return format!(
                "{} Die Seite fragt nicht mehr nach; die Sicherung hängt nicht davon ab.",
                web_server_login()
            );
        }
        Blocker::Refused(failure) => {
            let said = format!(
                "Die API verweigert die Auskunft: {} (HTTP {}). Die Seite fragt nicht mehr nach; die Sicherung hängt nicht von ihr ab.",
                error_kind(failure.error_kind).heading,
                failure.status
            );
            return said + &clue_of(failure);
        }
        Blocker::Failed(failure) => {
            let said = format!(
                "Seit {} keine Nachricht: {} (HTTP {}). Die Seite fragt weiter nach; die Sicherung hängt nicht von ihr ab.",
                LATIN_UNITS.duration(seconds),
                error_kind(failure.error_kind).heading,
                failure.status
            );
            return said + &clue_of(failure);
        }
        Blocker::Unreachable | Blocker::Incomplete | Blocker::InstanceBackingUp => {
            return format!(
                "Seit {} keine Nachricht. Die Seite fragt weiter nach; die Sicherung hängt nicht von ihr ab.",
                LATIN_UNITS.duration(seconds)
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

/// The cause that the token itself tells, behind a sentence.
fn clue_of(failure: &Failure) -> String {
    failure.token_clue.as_deref().map(|clue| [" ", &(token::TEXT.clue)(clue)].concat()).unwrap_or_default()
}

/// The cause that the token itself tells, or else what usually helps.
fn with_clue(sentence: &str, failure: &Failure, advice: &str) -> String {
    let clue = failure.token_clue.as_deref().map(token::TEXT.clue);
    [sentence, clue.as_deref().unwrap_or(advice)].join(" ")
}

fn not_sent(why: &NotSent, endpoint: &str, is_same_origin: bool) -> String {
    let sentence = match (why, is_same_origin) {
        (NotSent::Cancelled, _) => "Sie haben abgebrochen, bevor die Anfrage gesendet war.",
        (NotSent::TokenRejected(failure), _) if failure.error_kind == ErrorKind::LoginRefusedOnTheWay => {
            let refused = "Die Anmeldung wurde abgelehnt, als die Seite nachsah, ob der Name frei ist, offenbar auf dem Weg zur API: Ein Gateway oder Proxy lehnt das Token ab oder verlangt eine eigene Anmeldung.";
            return with_clue(
                refused,
                failure,
                "Holen Sie ein neues Token, oder melden Sie sich dort an, und versuchen Sie es erneut.",
            );
        }
        (NotSent::TokenRejected(failure), _) => {
            let rejected = "Das Token wurde abgelehnt, als die Seite nachsah, ob der Name frei ist.";
            return with_clue(
                rejected,
                failure,
                "Holen Sie ein neues, geben Sie es ein, und versuchen Sie es erneut; alles andere bleibt stehen.",
            );
        }
        (NotSent::TokenMissing, _) => {
            "Es war kein Token mehr da, als die Seite es brauchte. Versuchen Sie es mit einem erneut."
        }
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
        (NotSent::WebServerLogin, _) => {
            let Advice { heading, detail } = error_kind(ErrorKind::WebServerLogin);
            return format!(
                "{heading}, als die Seite prüfte, ob der Name frei ist. {detail} Versuchen Sie es dann noch einmal."
            );
        }
        (NotSent::Forbidden, _) => {
            "Diese Seite ist so eingerichtet, dass sie nur bestimmte Endpunkte aufruft, und dieser gehört nicht dazu. Prüfen Sie seine Schreibweise. Ist er richtig, so muss der Betreiber der Seite ihn in connect-src der Content-Security-Policy aufnehmen, in index.html oder beim Webserver."
        }
        (NotSent::InvalidRequest, _) => {
            "Der Browser konnte mit dem Endpunkt keine Anfrage bilden. Prüfen Sie seine Schreibweise."
        }
        (NotSent::Lapsed, _) => {
            "Zwischen Ihrem Knopfdruck und der Anfrage verging zu viel Zeit, etwa weil der Rechner schlief. Versuchen Sie es bei Bedarf erneut."
        }
        (NotSent::InstanceStaysBusy, _) => {
            "Die Instanz wurde binnen einer Stunde nicht bereit. Sehen Sie nach, was sie tut, und versuchen Sie es erneut."
        }
    };
    sentence.to_owned()
}
