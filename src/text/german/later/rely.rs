//! German: what an instance has in backups, and how far a new one can be relied on.

use super::super::LANGUAGE;
use crate::text::intl::{is_one, number};
use crate::text::later::RelyText;
use crate::text::words::{LATIN, LATIN_UNITS};

pub(super) const TEXT: RelyText = RelyText {
    backup: |name, kind| LATIN.with_note(&format!("„{name}“"), kind),
    last_full: |name, when, seconds, size| {
        let size = size.map(|size| format!(", {size}")).unwrap_or_default();
        format!("Letzte vollständige Sicherung: {name}, {when} ({}){size}.", ago(seconds))
    },
    no_full: "In der Liste der Instanz steht keine fertige vollständige Sicherung.",
    as_of: |time| format!("So stand es um {time} in der Liste."),
    looking: "Die letzte vollständige Sicherung wird gesucht…",
    cant_tell: "Ob es eine vollständige Sicherung gibt, lässt sich nicht sagen: Die Liste der Sicherungen konnte nicht ganz gelesen werden.",
    manual: |count, size, oldest| {
        let backups =
            if is_one(LANGUAGE, count) { "fertige manuelle Sicherung" } else { "fertige manuelle Sicherungen" };
        let size = size.map(|size| format!(", {size}")).unwrap_or_default();
        let oldest = oldest.map(|oldest| format!("; die älteste vom {oldest}")).unwrap_or_default();
        format!(
            "{} {backups}{size}{oldest}. Manuelle Sicherungen bleiben, bis Sie sie löschen, auch wenn die Instanz gelöscht wird.",
            number(LANGUAGE, count)
        )
    },
    mysql: "MySQL: Führen Sie keine Schemaänderung (DDL) aus, bis die Sicherung COMPLETED ist.",
    longer: |usual| {
        format!(
            "Das dauert länger als üblich: Die letzten dieser Instanz haben bis zu {} gedauert. Sie lässt sich noch nicht verwenden.",
            LATIN_UNITS.duration(usual)
        )
    },
    task: |reason| format!("Die Aufgabenliste der API sagt: {reason}"),
    compared: |name, took, size| {
        let facts: Vec<&str> = [took, size].into_iter().flatten().collect();
        format!("Zum Vergleich eine frühere vollständige Sicherung, {name}: {}.", facts.join(", "))
    },
    is_empty: "Die API nennt die Größe 0. Gehen Sie dem nach, ehe Sie sich auf diese Sicherung verlassen.",
    is_small: "Diese hat weniger als die Hälfte dieser Größe. Gehen Sie dem nach, ehe Sie sich auf sie verlassen.",
    restore: "So stellen Sie aus ihr wieder her",
    restore_detail: "Nur eine Wiederherstellung beweist eine Sicherung. Eine neue Instanz wird mit diesem Teil der Anfrage „Creating a DB Instance“ aus ihr wiederhergestellt, neben dem, was jede neue Instanz braucht:",
    restore_command: "Oder mit diesem Befehl des OpenStack-Clients; ersetzen Sie, was in spitzen Klammern steht:",
    previous_full: "Frühere vollständige Sicherung",
    audit_event: "Ereignis im Audit (CTS)",
    restore_point: "Zur Wiederherstellung",
};

/// How long something is past.
fn ago(seconds: i64) -> String {
    match seconds / (24 * 60 * 60) {
        days @ 2.. => format!("vor {days} Tagen"),
        _ => format!("vor {}", LATIN_UNITS.duration(seconds)),
    }
}
