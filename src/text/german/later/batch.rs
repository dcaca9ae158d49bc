//! German: several instances with one press.

use super::super::LANGUAGE;
use crate::text::batch::BatchText;
use crate::text::intl::{is_one, number};
use crate::text::words::LATIN;
use console_core::BatchSummary;

pub(super) const TEXT: BatchText = BatchText {
    select: |name| format!("{name} zur Auswahl hinzufügen"),
    select_shown: "Alle angezeigten auswählen, höchstens 50",
    selection: "Instanzen",
    selection_hint: "Mit einem Klick je eine Sicherung. Datenbanken lassen sich für mehrere nicht angeben.",
    selected: |count| format!("{} ausgewählt", instances(count)),
    clear: "Auswahl aufheben",
    set_aside: "Was unter „Name der Sicherung“ und „Datenbanken“ steht, gilt für eine einzelne Instanz. Hier wird es nicht verwendet, und mit „Auswahl aufheben“ kommt es zurück.",
    remove: |name| format!("{name} entfernen"),
    names: "Anzulegende Sicherungen",
    name_unknown: "Laden Sie die Instanzen, um den Namen zu sehen",
    rename: "Aktuelle Zeit verwenden",
    create: |count| format!("{} anlegen", backups(count)),
    queued: |name| format!("„{name}“ wartet, bis die anderen gesendet sind. Dafür wurde noch nichts gesendet."),
    heading: backups,
    summary,
    all_completed: "Alle Sicherungen sind fertig.",
    try_again: |count, are_refused| {
        let what = if are_refused { "abgelehnten" } else { "ohne Sicherung" };
        match (is_one(LANGUAGE, count), are_refused) {
            (true, true) => "Die abgelehnte erneut versuchen".to_owned(),
            (true, false) => "Die eine ohne Sicherung erneut versuchen".to_owned(),
            (false, _) => format!("Die {} {what} erneut versuchen", number(LANGUAGE, count)),
        }
    },
    look_again: |count| format!("Die {} erneut suchen", number(LANGUAGE, count)),
    look_again_at: |count, endpoint| format!("Die {} bei {endpoint} suchen", number(LANGUAGE, count)),
    table: "Beleg als CSV herunterladen",
    outcome: "Ergebnis der Anfrage",
};

fn backups(count: usize) -> String {
    format!("{} {}", number(LANGUAGE, count), if is_one(LANGUAGE, count) { "Sicherung" } else { "Sicherungen" })
}

fn instances(count: usize) -> String {
    format!("{} {}", number(LANGUAGE, count), if is_one(LANGUAGE, count) { "Instanz" } else { "Instanzen" })
}

fn summary(summary: &BatchSummary) -> String {
    let counts = [
        (summary.unknown, "unbekannt"),
        (summary.failed, "fehlgeschlagen oder gelöscht"),
        (summary.refused, "ohne Sicherung"),
        (summary.taken, "Name vergeben"),
        (summary.waiting, "wartend"),
        (summary.underway, "in Anfrage"),
        (summary.looked_for, "gesucht"),
        (summary.unfollowed, "nicht verfolgt"),
        (summary.running, "laufend"),
        (summary.completed, "fertig"),
    ];
    let counts = counts.into_iter().filter(|(count, _)| *count > 0);
    let counts: Vec<String> = counts.map(|(count, what)| format!("{} {what}", number(LANGUAGE, count))).collect();
    format!("{}: {}", backups(summary.requested), LATIN.commas(&counts))
}
