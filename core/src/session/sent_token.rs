//! What the token of a refused call says by itself.

use contract::iam_token::{self, IamToken, SentToken};

use crate::cx::Cx;
use crate::parse_json::ParseJson;
use crate::reply::Received;
use crate::ticket::Ticket;

/// Notes with a refusal what the token says that the call was made with, unless it was forgotten or replaced since.
pub(crate) fn with_sent_token(received: Received, ticket: Ticket, parse_json: ParseJson, cx: &Cx) -> Received {
    let used = cx.tickets.credential(ticket).filter(|_| received.response.status >= 400);
    let Some((target, token)) = used.and_then(|used| cx.session.credentials.used(used)) else { return received };
    let json = iam_token::json(token.expose()).and_then(|json| parse_json(json.expose()));
    // Of one that states no end it can't be said that it hasn't expired.
    let content = json.as_ref().and_then(IamToken::from_json).filter(|content| content.expires.is_some());
    let (project_id, host) = (target.project_id.as_str(), target.endpoint.host());
    let problems = content.map(|content| content.problems(project_id, host, cx.now.wall.moment()));
    let mut received = received;
    received.response.sent_token = Some(SentToken { length: token.expose().len(), problems });
    received
}
