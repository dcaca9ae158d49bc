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
    let content = json.as_ref().and_then(IamToken::from_json);
    let (project_id, host, now) = (target.project_id.as_str(), target.endpoint.host(), cx.now.wall.moment());
    let problems = content.as_ref().map(|content| content.problems(project_id, host, now)).unwrap_or_default();
    // Of one that states no end, or was issued later than now, it can't be said whether it has expired.
    let is_clear = |content: IamToken| content.expires.is_some() && content.issued_later(now).is_none();
    let is_sound = problems.is_empty() && content.is_some_and(is_clear);
    let mut received = received;
    received.response.sent_token = Some(SentToken { length: token.expose().len(), problems, is_sound });
    received
}
