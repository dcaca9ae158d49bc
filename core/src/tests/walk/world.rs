//! What answers the page in a walk: a server of unique names, the browser, and the page around the console.

use std::time::{Duration, SystemTime};

use contract::secret::Secret;
use sandbox::iam_token::Claims;

use crate::tests::stage::*;

/// Tells the tokens that can't be read from every other text, and the users in those that can.
const MARK: &str = "MIISECRET";

/// What is out, and what came back already.
#[derive(Default)]
pub(super) struct World {
    pub(super) out: Vec<Effect>,
    /// Names of the backups that exist.
    made: Vec<String>,
    late: Vec<Action>,
    tokens: u32,
    /// Those of them that can be read.
    readable: Vec<String>,
}

impl World {
    /// The page was loaded again: what was out is gone, and what the server holds isn't.
    pub(super) fn after_reload(before: &Self) -> Self {
        let Self { made, tokens, readable, .. } = before;
        Self { made: made.clone(), tokens: *tokens, readable: readable.clone(), ..Self::default() }
    }

    /// A token that was never there before: every other one can be read.
    pub(super) fn new_token(&mut self) -> String {
        self.tokens += 1;
        if self.tokens.is_multiple_of(2) {
            return format!("{MARK}{}{}", self.tokens, "a".repeat(1100));
        }
        let project = |id: &str, name: &str| Some((id.to_owned(), name.to_owned()));
        let project = match self.tokens / 2 % 4 {
            0 => project(PROJECT, "eu-de"),
            1 => project("p2", "eu-nl_orders"),
            2 => project(PROJECT, "nowhere"),
            _ => None,
        };
        let age = Duration::from_secs(if self.tokens.is_multiple_of(5) { 25 } else { 1 } * 60 * 60);
        let issued = SystemTime::UNIX_EPOCH + Duration::from_millis(START.wall.0.unsigned_abs()) - age;
        let user = format!("{MARK}{}", self.tokens);
        let token = Claims { project, issued, user, ..Claims::new() }.token();
        self.readable.push(token.clone());
        token
    }

    /// Whether a text has a part of a token, or says who its user is.
    pub(super) fn has_token(&self, text: &str) -> bool {
        // Their beginnings are alike; the end of a signature stands nowhere else.
        let has_end = |token: &String| token.len().checked_sub(30).is_some_and(|at| text.contains(&token[at..]));
        text.contains(MARK) || self.readable.iter().any(has_end)
    }

    pub(super) fn take(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Page(PageEffect::Abort(aborted)) => self.abort(aborted),
                Effect::Work(WorkEffect::Fetch { .. } | WorkEffect::Probe { .. })
                | Effect::Page(PageEffect::Wait(..) | PageEffect::AskForToken(..) | PageEffect::PersistUnderway(_))
                | Effect::LoadLater => self.out.push(effect),
                _ => {}
            }
        }
    }

    /// An aborted request has reached the server all the same.
    fn abort(&mut self, aborted: Ticket) {
        let is_it = |effect: &Effect| match effect {
            Effect::Work(WorkEffect::Fetch { ticket, .. }) | Effect::Page(PageEffect::Wait(ticket, _)) => {
                *ticket == aborted
            }
            _ => false,
        };
        let Some(index) = self.out.iter().position(is_it) else { return };
        if let Effect::Work(WorkEffect::Fetch { call: Call::CreateBackup(backup), .. }) = self.out.remove(index) {
            self.make(backup.name.as_str());
        }
    }

    fn make(&mut self, name: &str) -> bool {
        let is_new = !self.made.iter().any(|made| made == name);
        if is_new {
            self.made.push(name.to_owned());
        }
        is_new
    }

    /// What comes back for one of the things that are out, or once more what came back before.
    pub(super) fn come_back(&mut self, which: usize, how: u32) -> Option<Action> {
        if which.is_multiple_of(9) && !self.late.is_empty() {
            return Some(self.late[which % self.late.len()].clone());
        }
        if self.out.is_empty() {
            return None;
        }
        let effect = self.out.remove(which % self.out.len());
        let action = self.answer(effect, how)?;
        if matches!(action, Action::Reply(_, Reply::Response(_) | Reply::WaitOver | Reply::Token(_))) {
            self.late.push(action.clone());
        }
        Some(action)
    }

    fn answer(&mut self, effect: Effect, how: u32) -> Option<Action> {
        let success = if how.is_multiple_of(4) { Err(Failed) } else { Ok(()) };
        Some(match effect {
            Effect::Page(PageEffect::Wait(ticket, _)) => Action::Reply(ticket, Reply::WaitOver),
            Effect::Work(WorkEffect::Probe { ticket, .. }) => Action::Reply(ticket, Reply::Probe(success)),
            Effect::LoadLater => Action::App(AppAction::LaterLoaded(success)),
            Effect::Page(PageEffect::PersistUnderway(_)) => Action::Work(WorkAction::UnderwayPersisted(success)),
            Effect::Page(PageEffect::AskForToken(ticket, _)) => {
                let token = (success.is_ok()).then(|| Secret::new(self.new_token()));
                Action::Reply(ticket, Reply::Token(token))
            }
            Effect::Work(WorkEffect::Fetch { ticket, call, .. }) => {
                Action::Reply(ticket, Reply::Response(self.result(&call, how)))
            }
            _ => return None,
        })
    }

    fn result(&mut self, call: &Call, how: u32) -> Result<Received, NoResponse> {
        let is_made = match call {
            // Whatever the page gets to see, the server may have made it.
            Call::CreateBackup(backup) if how % 16 < 12 => Some(self.make(backup.name.as_str())),
            _ => None,
        };
        match how % 16 {
            0 => Err(NoResponse::Unreachable),
            1 => Err(NoResponse::TimedOut),
            2 => Ok(received(500, "")),
            3 => Ok(received(403, "<html>Forbidden</html>")),
            12 | 13 => Ok(received(401, REJECTED)),
            14 => Ok(received(429, "")),
            15 => Ok(received(400, r#"{"error_code":"DBS.280001","error_msg":"x"}"#)),
            _ => Ok(self.good(call, is_made)),
        }
    }

    fn good(&self, call: &Call, is_made: Option<bool>) -> Received {
        match call {
            Call::CreateBackup(_) if is_made == Some(false) => received(409, TAKEN),
            Call::CreateBackup(backup) => {
                let name = backup.name.as_str();
                received(200, &format!(r#"{{"backup":{{"id":"id-{name}","name":"{name}","status":"BUILDING"}}}}"#))
            }
            Call::Backups { .. } => {
                let element = |name: &String| {
                    let status = if self.tokens.is_multiple_of(2) { "BUILDING" } else { "COMPLETED" };
                    format!(r#"{{"id":"id-{name}","name":"{name}","begin_time":"{JUST_NOW}","status":"{status}"}}"#)
                };
                let elements: Vec<String> = self.made.iter().map(element).collect();
                let total = elements.len();
                received(200, &format!(r#"{{"backups":[{}],"total_count":{total}}}"#, elements.join(",")))
            }
            Call::Instances { .. } => received(
                200,
                &format!(
                    r#"{{"instances":[{{"id":"{MYSQL}","name":"orders","status":"ACTIVE","type":"Single"}},
                    {{"id":"{SQL_SERVER}","name":"people","status":"ACTIVE","type":"Single","datastore":{{"type":"SQLServer"}}}},
                    {{"id":"r1","name":"copy","status":"ACTIVE","type":"Replica"}}],"total_count":3}}"#
                ),
            ),
            Call::Instance { .. } => received(200, &instance("ACTIVE")),
            Call::Databases { .. } => received(200, r#"{"databases":[{"name":"db1"},{"name":"db2"}]}"#),
            Call::Tasks { .. } => received(200, r#"{"tasks":[]}"#),
        }
    }
}

/// Everything that an effect says to the world, but for the connection of a call, which is for the token.
pub(super) fn says_to_the_world(effect: &Effect) -> String {
    match effect {
        Effect::Work(WorkEffect::Fetch { ticket, connection: _, call, language, time_limit }) => {
            format!("{ticket:?} {call:?} {language:?} {time_limit}")
        }
        Effect::Work(WorkEffect::Probe { ticket, endpoint, .. }) => format!("{ticket:?} {endpoint:?}"),
        Effect::Page(PageEffect::Wait(ticket, time)) => format!("{ticket:?} {time}"),
        Effect::Page(PageEffect::Abort(ticket)) => format!("{ticket:?}"),
        Effect::Work(WorkEffect::AskForNotifications | WorkEffect::Print)
        | Effect::Page(PageEffect::RevealAnswer)
        | Effect::LoadLater => String::new(),
        Effect::Later(_) => unreachable!("the page takes it back at once"),
        Effect::Work(WorkEffect::ShowNotification(ended)) => format!("{ended:?}"),
        Effect::Work(WorkEffect::CopyBatchReceipt(_, records) | WorkEffect::SaveBatchReceipt(records)) => {
            format!("{records:?}")
        }
        Effect::Work(WorkEffect::Save(format, rows)) => format!("{format:?} {rows:?} {}", csv(rows)),
        Effect::Page(PageEffect::Focus(focus)) => format!("{focus:?}"),
        Effect::Work(WorkEffect::Copy(copied, text)) => format!("{copied:?} {text}"),
        Effect::Work(WorkEffect::CopyReceipt(record) | WorkEffect::SaveReceipt(record)) => {
            format!("{record:?} {:?}", Receipt::of(record, |_| 0))
        }
        Effect::Page(PageEffect::SetLanguage(language)) | Effect::ChooseLanguage(language) => format!("{language:?}"),
        Effect::Page(PageEffect::SetTheme(theme)) => format!("{theme:?}"),
        Effect::Page(
            PageEffect::PersistDraft(text) | PageEffect::PersistUnderway(text) | PageEffect::SetAddress(text),
        ) => text.clone(),
        Effect::Page(PageEffect::AskForToken(ticket, target)) => format!("{ticket:?} {target:?}"),
        Effect::Page(PageEffect::Notify(event)) => format!("{event:?}"),
    }
}
