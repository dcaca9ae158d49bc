//! German: the token, and what it says by itself.

use contract::iam_token::{TokenClue, TokenProblem};
use contract::time::UnixSeconds;

use super::super::LANGUAGE;
use crate::text::intl::number;
use crate::text::later::TokenText;
use crate::text::time::local_time;
use crate::text::words::{LATIN, LATIN_UNITS};

pub(super) const TEXT: TokenText = TokenText {
    says: |scope, user| match user {
        Some(user) => format!("Das Token sagt: {scope}, Benutzer „{user}“."),
        None => format!("Das Token sagt: {scope}."),
    },
    of_project: |name, id| LATIN.with_note(&format!("Projekt „{name}“"), id),
    of_account: |name| format!("Konto „{name}“, kein Projekt"),
    of_nothing: "kein Projekt",
    valid_until: |time, seconds| format!("Gültig bis {time} ({}).", LATIN_UNITS.duration(seconds)),
    expired: "Nach der Uhr dieses Rechners nicht mehr gültig.",
    how_to_get: "So bekommen Sie ein Token",
    how_to_get_detail: "In einer Shell, in der OS_USERNAME, OS_PASSWORD und OS_USER_DOMAIN_NAME (das Konto) gesetzt sind, für den zweiten Befehl auch OS_AUTH_URL und OS_PROJECT_ID. Der erste gibt den Header X-Subject-Token aus, der zweite das Token:",
    use_endpoint: |host| format!("{host} verwenden"),
    use_project: "Das Projekt des Tokens verwenden",
    trim: "Nur das Token behalten",
    ends_soon: "Dieses Token gilt weniger als 30 Minuten.",
    clue,
};

/// What is wrong with a token; `token`: which, and what is different from its project.
fn problem(problem: &TokenProblem, (token, other): (&str, &str)) -> String {
    match problem {
        TokenProblem::Expired { at } => {
            format!("{token} ist nach der Uhr dieses Rechners am {} abgelaufen", local_time(*at, LANGUAGE))
        }
        TokenProblem::WithoutProject { account: Some(account) } => format!(
            "{token} gilt für das Konto „{account}“; RDS braucht eines für ein Projekt, was immer sein Benutzer darf"
        ),
        TokenProblem::WithoutProject { account: None } => {
            format!("{token} gilt für kein Projekt; RDS braucht eines für ein Projekt, was immer sein Benutzer darf")
        }
        TokenProblem::OfOtherProject { project } => format!("{token} gilt für das Projekt „{project}“, und {other}"),
        TokenProblem::OfOtherRegion { token: region, endpoint } => {
            format!("{token} gilt für die Region {region}, und der Endpunkt liegt in {endpoint}")
        }
        TokenProblem::ReadOnly => format!("{token} hat keine andere Rolle als readonly"),
    }
}

/// A warning about the token in its field.
pub(super) fn warning(found: &TokenProblem) -> String {
    let said = problem(found, ("Dieses Token", "im Formular steht ein anderes"));
    let advice = match found {
        TokenProblem::WithoutProject { .. } => return said,
        TokenProblem::Expired { .. } => "Holen Sie ein neues, oder fahren Sie fort, wenn die Uhr falsch geht",
        TokenProblem::OfOtherProject { .. } | TokenProblem::OfOtherRegion { .. } => "In der Regel lehnt die API das ab",
        TokenProblem::ReadOnly => "Die Sicherung wird wahrscheinlich abgelehnt",
    };
    format!("{said}. {advice}")
}

/// A warning about a token that was issued later than now.
pub(super) fn issued_later(at: UnixSeconds) -> String {
    format!(
        "Dieses Token wurde am {} ausgestellt, nach der Uhr dieses Rechners also erst später. Prüfen Sie die Uhr: Wie lange das Token gilt, lässt sich nicht sagen",
        local_time(at, LANGUAGE)
    )
}

/// A warning about a token that ends before a backup does.
pub(super) fn ends_too_soon(at: UnixSeconds, usual: i64) -> String {
    format!(
        "Dieses Token läuft am {} ab, und Sicherungen dieser Instanz haben bis zu {} gedauert. Die Sicherung läuft ohne es weiter, doch bis zum Ende kann ihr die Seite nur mit einem neuen folgen",
        local_time(at, LANGUAGE),
        LATIN_UNITS.duration(usual)
    )
}

/// What the token of a refused call tells about the cause, and what to do.
fn clue(clue: &TokenClue) -> String {
    let found = match clue {
        TokenClue::Problem(found) => found,
        TokenClue::Sound => return "Nach dem, was es sagt, ist das verwendete Token richtig: Es gilt für dieses Projekt und ist nicht abgelaufen. Vielleicht wurde es widerrufen, etwa weil ein Passwort oder eine Berechtigung geändert wurde, oder das Konto ist im Rückstand oder gesperrt. Holen Sie ein neues, und geben Sie es ein; alles andere bleibt, wie es ist.".to_owned(),
        TokenClue::Length(length) => return format!("Das verwendete Token hat {} Zeichen.", number(LANGUAGE, *length)),
    };
    let advice = match found {
        TokenProblem::Expired { .. } => "Holen Sie ein neues, und geben Sie es ein; alles andere bleibt, wie es ist.",
        TokenProblem::WithoutProject { .. } => {
            "Holen Sie eines für das Projekt, und geben Sie es ein; alles andere bleibt, wie es ist."
        }
        TokenProblem::OfOtherProject { .. } => {
            "Geben Sie ein Token des Projekts der Anfrage ein, oder berichtigen Sie die Projekt-ID."
        }
        TokenProblem::OfOtherRegion { .. } => {
            "Geben Sie ein Token der Region des Endpunkts ein, oder berichtigen Sie den Endpunkt."
        }
        TokenProblem::ReadOnly => "Geben Sie ein Token ein, dessen Benutzer Sicherungen erstellen darf.",
    };
    let said = problem(found, ("Das verwendete Token", "in der Anfrage steht ein anderes"));
    format!("{said}. {advice}")
}
