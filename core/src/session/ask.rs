//! Asks the page around the console for a token.

use super::token_provider::Question;
use crate::cx::Cx;
use crate::effect::{Effect, PageEffect};
use crate::ticket::Purpose;

/// How long the page around the console may take to supply a token, in milliseconds.
const SUPPLY_TIME_LIMIT: u32 = 30_000;
/// The pause before it is asked again, in milliseconds.
const PAUSE_BETWEEN_TRIES: u32 = 5_000;

/// Asks the page around the console for a token, in place of what it was being asked.
pub(crate) fn ask(question: Question, cx: &mut Cx) {
    stop_asking(cx);
    let ticket = cx.tickets.issue(Purpose::Token);
    cx.emit(Effect::Page(PageEffect::AskForToken(ticket, question.target.clone())));
    cx.wait_for(Purpose::TokenLimit, SUPPLY_TIME_LIMIT);
    cx.session.provider.asked = Some(question);
}

/// Asks it again after a pause.
pub(crate) fn ask_later(question: Question, cx: &mut Cx) {
    cx.session.provider.asked = Some(question);
    cx.wait_for(Purpose::AskForToken, PAUSE_BETWEEN_TRIES);
}

/// Gives up the question, and the press that waits for its answer.
pub(crate) fn stop_asking(cx: &mut Cx) {
    cx.session.provider.asked = None;
    cx.withdraw(|purpose| matches!(purpose, Purpose::Token | Purpose::TokenLimit | Purpose::AskForToken));
}
