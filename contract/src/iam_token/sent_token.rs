//! What is known of the token that a call was made with, for when the call is refused.

use super::problem::TokenProblem;
use crate::codes::ErrorKind;

/// What is known of the token of a call, beside itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentToken {
    /// How many characters it has.
    pub length: usize,
    /// What is wrong with it by what it says; `None` if it can't be read.
    pub problems: Option<Vec<TokenProblem>>,
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

impl SentToken {
    /// What it tells about a failure. Only a refusal can have its cause in the token; at some services an expired one leads to a
    /// 404.
    pub(crate) fn clue(&self, status: u16, error_kind: ErrorKind) -> Option<TokenClue> {
        if error_kind == ErrorKind::HeadersTooLarge {
            return Some(TokenClue::Length(self.length));
        }
        let mut problems = self.problems.iter().flatten();
        // A role decides what is allowed, and about nothing else.
        let can_be = |problem: &&TokenProblem| **problem != TokenProblem::ReadOnly || status == 403;
        // A code that names another cause proves that the token was accepted.
        let is_open = matches!(
            error_kind,
            ErrorKind::TokenRejected
                | ErrorKind::LoginRefusedOnTheWay
                | ErrorKind::NotAllowed
                | ErrorKind::RefusedOnTheWay
                | ErrorKind::NotFound
                | ErrorKind::ProjectUnavailable
        );
        let problem = problems.find(can_be).filter(|_| is_open && matches!(status, 401 | 403 | 404));
        let is_sound = error_kind == ErrorKind::TokenRejected && self.problems.as_ref().is_some_and(Vec::is_empty);
        problem.cloned().map(TokenClue::Problem).or_else(|| is_sound.then_some(TokenClue::Sound))
    }
}
