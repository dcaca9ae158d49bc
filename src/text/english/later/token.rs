//! English: the token, and what it says by itself.

use contract::iam_token::{TokenClue, TokenProblem};
use contract::time::UnixSeconds;

use super::super::LANGUAGE;
use crate::text::intl::number;
use crate::text::later::TokenText;
use crate::text::time::local_time;
use crate::text::words::{LATIN, LATIN_UNITS};

pub(super) const TEXT: TokenText = TokenText {
    says: |scope, user| match user {
        Some(user) => format!("The token says: {scope}, user “{user}”."),
        None => format!("The token says: {scope}."),
    },
    of_project: |name, id| LATIN.with_note(&format!("project “{name}”"), id),
    of_account: |name| format!("account “{name}”, no project"),
    of_nothing: "no project",
    valid_until: |time, seconds| format!("Valid until {time} ({}).", LATIN_UNITS.duration(seconds)),
    expired: "No longer valid by this computer's clock.",
    how_to_get: "How to get a token",
    how_to_get_detail: "In a shell in which OS_USERNAME, OS_PASSWORD and OS_USER_DOMAIN_NAME (the account) are set, for the second command OS_AUTH_URL and OS_PROJECT_ID too. The first one prints the header X-Subject-Token, the second the token:",
    use_endpoint: |host| format!("Use {host}"),
    use_project: "Use the project of the token",
    trim: "Keep only the token",
    ends_soon: "This token is valid for less than 30 minutes.",
    clue,
};

/// What is wrong with a token; `token`: which, and what is different from its project.
fn problem(problem: &TokenProblem, (token, other): (&str, &str)) -> String {
    match problem {
        TokenProblem::Expired { at } => {
            format!("{token} expired on {} by this computer's clock", local_time(*at, LANGUAGE))
        }
        TokenProblem::WithoutProject { account: Some(account) } => {
            format!("{token} is for the account “{account}”; RDS needs one for a project, whatever its user may do")
        }
        TokenProblem::WithoutProject { account: None } => {
            format!("{token} is for no project; RDS needs one for a project, whatever its user may do")
        }
        TokenProblem::OfOtherProject { project } => format!("{token} is for the project “{project}”, and {other}"),
        TokenProblem::OfOtherRegion { token: region, endpoint } => {
            format!("{token} is for the region {region}, and the endpoint is in {endpoint}")
        }
        TokenProblem::ReadOnly => format!("{token} has no other role than readonly"),
    }
}

/// A warning about the token in its field.
pub(super) fn warning(found: &TokenProblem) -> String {
    let said = problem(found, ("This token", "the form names another"));
    let advice = match found {
        TokenProblem::WithoutProject { .. } => return said,
        TokenProblem::Expired { .. } => "Get a new one, or go on if the clock is wrong",
        TokenProblem::OfOtherProject { .. } | TokenProblem::OfOtherRegion { .. } => "The API refuses that as a rule",
        TokenProblem::ReadOnly => "Creating a backup will probably be refused",
    };
    format!("{said}. {advice}")
}

/// A warning about a token that was issued later than now.
pub(super) fn issued_later(at: UnixSeconds) -> String {
    format!(
        "This token was issued on {}, which is later than now by this computer's clock. Check the clock: how long the token is valid can't be told",
        local_time(at, LANGUAGE)
    )
}

/// A warning about a token that ends before a backup does.
pub(super) fn ends_too_soon(at: UnixSeconds, usual: i64) -> String {
    format!(
        "This token ends on {}, and backups of this instance took up to {}. The backup goes on without it, but the page can't follow it to the end before there is a new one",
        local_time(at, LANGUAGE),
        LATIN_UNITS.duration(usual)
    )
}

/// What the token of a refused call tells about the cause, and what to do.
fn clue(clue: &TokenClue) -> String {
    let found = match clue {
        TokenClue::Problem(found) => found,
        TokenClue::Sound => return "By what it says, the token that was used is right: it is for this project, and hasn't expired. It may have been revoked, as when a password or a permission changes, or the account is in arrears or frozen. Get a new one and enter it; everything else stays as it is.".to_owned(),
        TokenClue::Length(length) => return format!("The token that was used has {} characters.", number(LANGUAGE, *length)),
    };
    let advice = match found {
        TokenProblem::Expired { .. } => "Get a new one and enter it; everything else stays as it is.",
        TokenProblem::WithoutProject { .. } => "Get one for the project and enter it; everything else stays as it is.",
        TokenProblem::OfOtherProject { .. } => "Enter a token of the request's project, or correct the project ID.",
        TokenProblem::OfOtherRegion { .. } => "Enter a token of the endpoint's region, or correct the endpoint.",
        TokenProblem::ReadOnly => "Enter a token whose user may create backups.",
    };
    let said = problem(found, ("The token that was used", "the request is about another"));
    format!("{said}. {advice}")
}
