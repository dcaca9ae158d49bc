//! The page on a stage: what a user does to it, what comes back to it, and both clocks, which the test moves on.

pub(super) use contract::call::Call;
use contract::response::{Body, HttpResponse};
pub(super) use contract::rules::Field;
use contract::secret::Secret;

use crate::form::state::LoadedRules;
use crate::model::lookups::LoadedLookups;
pub(super) use crate::*;

pub(super) const PROJECT: &str = "0483b6b16e954cb88930a360d2c4e663";
pub(super) const MYSQL: &str = "d8e6ca5a624745bcb546a227aa3ae1cfin01";
pub(super) const SQL_SERVER: &str = "d8e6ca5a624745bcb546a227aa3ae1cfin04";
/// Where the page is.
pub(super) const ADDRESS: &str = "https://backup.example/console/";

/// 2026-11-24 12:00:00 UTC; the page was opened a quarter of a minute before.
pub(super) const START: Now = Now { wall: UnixMillis(1_795_521_600_000), monotonic: Monotonic(15_000) };
pub(super) const JUST_NOW: &str = "2026-11-24T12:00:01Z";
/// A minute, in milliseconds.
pub(super) const MINUTE: i64 = 60_000;
pub(super) const HOUR: i64 = 60 * MINUTE;

pub(super) const NONE_LISTED: &str = r#"{"backups":[],"total_count":0}"#;
pub(super) const STARTED: &str = r#"{"backup":{"id":"b1","name":"backup","status":"BUILDING","type":"manual"}}"#;
pub(super) const TAKEN: &str = r#"{"error_code":"DBS.201201","error_msg":"exists"}"#;
pub(super) const BUSY: &str = r#"{"error_code":"DBS.201205","error_msg":"busy"}"#;
pub(super) const REJECTED: &str = r#"{"error_code":"APIGW.0307","error_msg":"x"}"#;

pub(super) fn long_token() -> String {
    format!("MII{}", "a".repeat(1500))
}

pub(super) fn other_token() -> String {
    format!("MII{}", "b".repeat(1500))
}

/// The page, and the clocks that the test moves on.
pub(super) struct Page {
    pub(super) state: Model,
    pub(super) now: Now,
    /// What the page does besides, whatever the test is about: drafts, what is under way, its address, and what it tells others.
    pub(super) aside: Vec<Effect>,
    /// Whether the later part of the program is loaded.
    pub(super) is_whole: bool,
}

impl std::ops::Deref for Page {
    type Target = Model;

    fn deref(&self) -> &Model {
        &self.state
    }
}

/// As the browser does.
pub(super) fn parse_json(text: &str) -> Option<contract::json::Json> {
    serde_json::from_str::<contract::json::Json>(text).ok().map(contract::json::Json::sanitize)
}

/// Takes an action as the app does: what is for the later part goes there at once.
pub(super) fn take(state: &mut Model, action: Action, now: Now) -> Vec<Effect> {
    let mut effects = Vec::new();
    for effect in state.update(action, now) {
        match effect {
            Effect::Later(action) => effects.extend(state.update_later(action, now, parse_json)),
            other => effects.push(other),
        }
    }
    effects.extend(state.finish(now));
    effects
}

impl Page {
    pub(super) fn of(startup_context: StartupContext) -> Self {
        Self { state: Model::new(startup_context), now: START, aside: Vec::new(), is_whole: true }
    }

    pub(super) fn update(&mut self, action: Action) -> Vec<Effect> {
        let is_aside = |effect: &Effect| {
            matches!(
                effect,
                Effect::Page(
                    PageEffect::PersistDraft(_)
                        | PageEffect::PersistUnderway(_)
                        | PageEffect::SetAddress(_)
                        | PageEffect::Notify(_)
                )
            )
        };
        if self.is_whole {
            self.state.deferred.load_state = LoadState::Loaded;
            self.state.form.take_later_rules(LoadedRules::LOADED);
            self.state.lookups = LoadedLookups::with(parse_json);
        }
        self.is_whole |= action == Action::App(AppAction::LaterLoaded(Ok(())));
        let effects = take(&mut self.state, action, self.now);
        let (aside, effects) = effects.into_iter().partition(is_aside);
        self.aside = aside;
        effects
    }

    /// Time passes, by both clocks.
    pub(super) fn pass(&mut self, milliseconds: i64) {
        self.now.wall.0 += milliseconds;
        self.now.monotonic.0 += milliseconds;
    }

    /// The computer's clock is set.
    pub(super) fn set_wall_clock(&mut self, by: i64) {
        self.now.wall.0 += by;
    }

    /// The newest creation.
    #[track_caller]
    pub(super) fn newest(&self) -> &Creation {
        self.work.creations.first().unwrap()
    }

    /// How far the newest creation is.
    #[track_caller]
    pub(super) fn stage(&self) -> &Stage {
        &self.newest().stage
    }

    /// How the newest creation has ended.
    #[track_caller]
    pub(super) fn outcome(&self) -> &Outcome {
        let Stage::Ended(outcome) = self.stage() else { panic!("it goes on: {:?}", self.stage()) };
        outcome
    }

    pub(super) fn is_building(&self) -> bool {
        matches!(self.stage(), Stage::Building(_))
    }

    pub(super) fn is_looking(&self) -> bool {
        matches!(self.stage(), Stage::Reconciling(_))
    }

    /// What keeps the page from hearing of the newest creation's backup.
    #[track_caller]
    pub(super) fn blocker(&self) -> Option<&Blocker> {
        let Stage::Building(building) = self.stage() else { panic!("it isn't followed: {:?}", self.stage()) };
        building.blocker.as_ref()
    }

    /// The parts of what the page did aside that `pick` picks.
    pub(super) fn aside<T>(&self, pick: impl Fn(&Effect) -> Option<T>) -> Vec<T> {
        self.aside.iter().filter_map(pick).collect()
    }

    pub(super) fn addresses(&self) -> Vec<String> {
        self.aside(|effect| {
            if let Effect::Page(PageEffect::SetAddress(fragment)) = effect { Some(fragment.clone()) } else { None }
        })
    }

    pub(super) fn drafts(&self) -> Vec<String> {
        self.aside(
            |effect| {
                if let Effect::Page(PageEffect::PersistDraft(draft)) = effect { Some(draft.clone()) } else { None }
            },
        )
    }

    pub(super) fn persisted_underway(&self) -> Vec<String> {
        self.aside(|effect| {
            if let Effect::Page(PageEffect::PersistUnderway(underway)) = effect { Some(underway.clone()) } else { None }
        })
    }

    pub(super) fn events(&self) -> Vec<HostEvent> {
        self.aside(
            |effect| if let Effect::Page(PageEffect::Notify(event)) = effect { Some((**event).clone()) } else { None },
        )
    }

    /// Whether a token is anywhere in the page.
    pub(super) fn has_token(&self) -> bool {
        !self.form.token.text.is_empty() || !self.cx.session.credentials.is_empty()
    }
}

pub(super) fn page() -> Page {
    Page::of(StartupContext { address: PageAddress::new(ADDRESS), ..StartupContext::default() })
}

/// The page before the part is here that acts on requests.
pub(super) fn page_in_parts() -> Page {
    Page { is_whole: false, ..page() }
}

/// The page after it was opened with an address, and with what its tab has kept.
pub(super) fn opened(fragment: &str, draft: &str, underway: &str) -> (Page, Vec<Effect>) {
    let mut page = page();
    let kept = Some(Persisted { draft: draft.into(), underway: underway.into() });
    let effects = page.update(Action::App(AppAction::Opened { fragment: fragment.into(), kept }));
    (page, effects)
}

/// The address of the open page gets another end.
pub(super) fn link(page: &mut Page, fragment: &str) -> Vec<Effect> {
    page.update(Action::App(AppAction::Opened { fragment: fragment.into(), kept: None }))
}

pub(super) fn type_into(page: &mut Page, field: Field, text: &str) {
    page.update(edit(field, text, Input::Typed));
}

pub(super) fn edit(field: Field, text: &str, input: Input) -> Action {
    match field {
        Field::Token => Action::Form(FormAction::TokenEdited(Secret::new(text.into()), input)),
        _ => Action::Form(FormAction::Edited(field, text.into(), input)),
    }
}

pub(super) fn paste_token(page: &mut Page, token: &str) -> Vec<Effect> {
    page.update(edit(Field::Token, token, Input::Pasted))
}

pub(super) fn fill_all_but_token(page: &mut Page, instance_id: &str, name: &str) {
    for (field, text) in [
        (Field::Endpoint, "rds.example"),
        (Field::ProjectId, PROJECT),
        (Field::InstanceId, instance_id),
        (Field::Name, name),
    ] {
        type_into(page, field, text);
    }
}

pub(super) fn fill(page: &mut Page, instance_id: &str, name: &str) {
    fill_all_but_token(page, instance_id, name);
    type_into(page, Field::Token, &long_token());
}

pub(super) fn filled() -> Page {
    let mut page = page();
    fill(&mut page, MYSQL, "backup");
    page
}

pub(super) fn calls(effects: &[Effect]) -> Vec<(Ticket, Call)> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Work(WorkEffect::Fetch { ticket, call, .. }) => Some((*ticket, call.clone())),
            _ => None,
        })
        .collect()
}

/// Where the calls go, and with which token.
pub(super) fn connections(effects: &[Effect]) -> Vec<(String, String)> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Work(WorkEffect::Fetch { connection, .. }) => {
                Some((connection.endpoint.as_str().to_owned(), connection.token.expose().to_owned()))
            }
            _ => None,
        })
        .collect()
}

/// The tickets of the requests to create a backup.
pub(super) fn sent(effects: &[Effect]) -> Vec<Ticket> {
    let is_post = |(ticket, call): (Ticket, Call)| matches!(call, Call::CreateBackup(_)).then_some(ticket);
    calls(effects).into_iter().filter_map(is_post).collect()
}

/// The ticket of the only call.
#[track_caller]
pub(super) fn only(effects: &[Effect]) -> Ticket {
    let [(ticket, _)] = calls(effects)[..] else { panic!("one call, not {:?}", calls(effects)) };
    ticket
}

pub(super) fn waits(effects: &[Effect]) -> Vec<(Ticket, u32)> {
    let wait = |effect: &Effect| {
        if let Effect::Page(PageEffect::Wait(ticket, time)) = effect { Some((*ticket, *time)) } else { None }
    };
    effects.iter().filter_map(wait).collect()
}

/// The ticket and the length of the only wait.
#[track_caller]
pub(super) fn wait(effects: &[Effect]) -> (Ticket, u32) {
    let [wait] = waits(effects)[..] else { panic!("one wait, not {:?}", waits(effects)) };
    wait
}

pub(super) fn focuses(effects: &[Effect], focus: Focus) -> bool {
    effects.contains(&Effect::Page(PageEffect::Focus(focus)))
}

/// `Create backup`; the list before it is empty. The ticket of the POST.
#[track_caller]
pub(super) fn press(page: &mut Page) -> Ticket {
    let list = only(&page.update(Action::Press(Press::Submit)));
    only(&answer(page, list, 200, NONE_LISTED))
}

/// `Create backup`; the list before it is forbidden. The ticket of the POST.
#[track_caller]
pub(super) fn press_without_list(page: &mut Page) -> Ticket {
    let list = only(&page.update(Action::Press(Press::Submit)));
    only(&answer(page, list, 403, ""))
}

pub(super) fn received(status: u16, body: &str) -> Received {
    Received { response: HttpResponse::new(status, Body::Text(body.into())), json: serde_json::from_str(body).ok() }
}

pub(super) fn answer(page: &mut Page, ticket: Ticket, status: u16, body: &str) -> Vec<Effect> {
    page.update(Action::Reply(ticket, Reply::Response(Ok(received(status, body)))))
}

pub(super) fn fail(page: &mut Page, ticket: Ticket, reason: NoResponse) -> Vec<Effect> {
    page.update(Action::Reply(ticket, Reply::Response(Err(reason))))
}

/// Waits for as long as the page wants to, and comes back.
pub(super) fn wait_for(page: &mut Page, (ticket, pause): (Ticket, u32)) -> Vec<Effect> {
    page.pass(pause.into());
    page.update(Action::Reply(ticket, Reply::WaitOver))
}

/// A list with one backup, which has the ID `b1`.
pub(super) fn listed(name: &str, begin_time: &str, status: &str) -> String {
    format!(
        r#"{{"backups":[{{"id":"b1","name":"{name}","begin_time":"{begin_time}","status":"{status}","type":"manual"}}],"total_count":1}}"#
    )
}

/// A list with the instance [`MYSQL`].
pub(super) fn instance(status: &str) -> String {
    format!(r#"{{"instances":[{{"id":"{MYSQL}","name":"n","status":"{status}","type":"Single"}}],"total_count":1}}"#)
}

/// A page whose backup `b1` is followed, and the wait for the first question.
#[track_caller]
pub(super) fn followed() -> (Page, Ticket) {
    let mut page = filled();
    let create = press(&mut page);
    let (ticket, pause) = wait(&answer(&mut page, create, 200, STARTED));
    assert_eq!(pause, 2_000);
    (page, ticket)
}

/// A page that follows `b1`, whose token the API has just rejected.
#[track_caller]
pub(super) fn followed_with_rejected_token() -> Page {
    let (mut page, waiting) = followed();
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    answer(&mut page, poll, 401, REJECTED);
    assert_eq!(page.blocker(), Some(&Blocker::TokenRejected));
    page
}

/// The page is loaded again, with what its tab has kept of the other.
pub(super) fn reload(draft: &str, underway: &str) -> Page {
    opened("", draft, underway).0
}

/// The same at the moment that the other page has come to.
pub(super) fn reload_of(page: &Page, underway: String) -> Page {
    let mut again = Page { now: page.now, ..self::page() };
    again.update(Action::App(AppAction::Opened {
        fragment: String::new(),
        kept: Some(Persisted { draft: String::new(), underway }),
    }));
    again
}

#[track_caller]
pub(super) fn says(page: &Page, field: Field, expected: &[FieldMessage]) {
    assert_eq!(*page.form.messages.of(field), *expected);
}

/// A limit to one host.
pub(super) fn only_host(host: &str) -> AllowedHosts {
    AllowedHosts::Only(vec![contract::rules::endpoint::HostName::read(host).unwrap()])
}

pub(super) fn page_in_parts_of(startup_context: StartupContext) -> Page {
    Page { is_whole: false, ..Page::of(startup_context) }
}
