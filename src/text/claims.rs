//! Words by which tests see what the sentences of a language claim.

/// The words of a language, in lower case, as they stand in its sentences.
pub struct ClaimWords {
    /// None of these may be in a message: it tells what to do, and blames nobody.
    pub scolding: &'static [&'static str],
    /// The answer to a request.
    pub answer: &'static str,
    /// Of a tab.
    pub duplicated: &'static str,
    /// Says that the API has refused something, or that it was because of the token.
    pub refused_by_api: &'static [&'static str],
    /// Say that there is no backup.
    pub nothing_created: &'static [&'static str],
    /// Says that the page calls its own server only, and the hosts that are listed.
    pub calls_own_server: &'static str,
}
