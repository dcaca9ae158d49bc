//! What is known of the token that a call was made with, for when the call is refused.

use super::problem::TokenProblem;
use crate::codes::ErrorKind;

/// What is known of the token of a call, beside itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentToken {
    /// How many characters it has.
    pub length: usize,
    /// What is wrong with it by what it says; nothing if it can't be read.
    pub problems: Vec<TokenProblem>,
    /// Whether it can be read, and nothing is wrong with it as far as this computer's clock can tell.
    pub is_sound: bool,
}

/// What the token of a refused call tells about the cause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenClue {
    /// It says itself what is wrong with it.
    Problem(TokenProblem),
    /// By what it says, nothing is wrong with it, and yet it was rejected.
    Sound,
    /// It is long, and a header was found too long.
    Length(usize),
}

/// From how many characters on a token may be too long for a header: a small buffer holds 4 KB.
const LONG: usize = 4_000;
/// With these codes the gateway says that the token has expired.
const EXPIRED: [&str; 2] = ["APIGW.0307", "APIG.0307"];

impl SentToken {
    /// What it tells about a failure. Only a refusal can have its cause in the token; at some services an expired one leads to a
    /// 404.
    pub(crate) fn clue(&self, status: u16, error_kind: ErrorKind, code: Option<&str>) -> Option<TokenClue> {
        if error_kind == ErrorKind::HeadersTooLarge {
            return (self.length >= LONG).then_some(TokenClue::Length(self.length));
        }
        let is_rejected = error_kind.rejects_token();
        // IAM's own form repeats the status in place of a code.
        let code = code.filter(|code| *code != status.to_string());
        let is_cause = |problem: &&TokenProblem| match problem {
            // Whoever answers with a code of another meaning has read the token, and taken it for valid.
            TokenProblem::Expired { .. } | TokenProblem::OfOtherRegion { .. } => is_rejected || code.is_none(),
            TokenProblem::WithoutProject { .. } | TokenProblem::OfOtherProject { .. } => true,
            // A role decides what is allowed, and about nothing else.
            TokenProblem::ReadOnly => status == 403 && !is_rejected,
        };
        // Of other meanings the code names another cause.
        let is_open = is_rejected
            || matches!(
                error_kind,
                ErrorKind::NotAllowed
                    | ErrorKind::RefusedOnTheWay
                    | ErrorKind::NotFound
                    | ErrorKind::ProjectUnavailable
            );
        let is_refusal = is_open && matches!(status, 401 | 403 | 404);
        let problem = self.problems.iter().filter(|_| is_refusal).find(is_cause);
        let says_expired = code.is_some_and(|code| EXPIRED.contains(&code));
        let is_sound = self.is_sound && error_kind == ErrorKind::TokenRejected && !says_expired;
        problem.cloned().map(TokenClue::Problem).or_else(|| is_sound.then_some(TokenClue::Sound))
    }
}
