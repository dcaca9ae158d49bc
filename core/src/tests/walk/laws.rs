//! What must hold after every step of a walk.

use contract::iam_token::Scope;
use contract::rules::{endpoint, normalize};
use proptest::prelude::*;

use super::*;

/// What stands in the form, without what is taken off when a field is left.
fn texts(page: &Page) -> Vec<String> {
    let form = &page.form;
    let single = [&form.endpoint, &form.project_id, &form.instance_id, &form.name, &form.description];
    let databases = form.databases.iter().map(|database| &database.entry);
    single.into_iter().chain(databases).map(|entry| normalize(&entry.text).to_owned()).collect()
}

fn edits_texts(action: &Action) -> bool {
    matches!(
        action,
        Action::Form(
            FormAction::Edited(..)
                | FormAction::DatabasesPasted(..)
                | FormAction::AddDatabasePressed
                | FormAction::RemoveDatabasePressed(_)
                | FormAction::ClearFormPressed
        ) | Action::Fill(
            FillAction::DatabaseTicked(_)
                | FillAction::SuggestNamePressed
                | FillAction::InstanceChosen(_)
                | FillAction::RepeatPressed(_)
                | FillAction::TakeTargetPressed(_)
                | FillAction::RestorePressed
        ) | Action::App(AppAction::Opened { .. } | AppAction::OptionsSet(..))
    )
}

/// Whether a call may follow: from a press, or from what comes of one.
fn may_call(action: &Action) -> bool {
    matches!(
        action,
        Action::Reply(_, Reply::Response(_) | Reply::WaitOver | Reply::Probe(_) | Reply::Token(_))
            | Action::Form(FormAction::TokenEdited(..) | FormAction::Blurred(Field::Token))
            | Action::Work(WorkAction::Cancel(_) | WorkAction::CancelBatch(_))
            | Action::App(AppAction::VisibilityChanged(Visibility::Shown) | AppAction::LaterLoaded(Ok(())))
    )
}

/// An action for whoever looks for a fault, without what may be a token.
fn described(action: &Action) -> String {
    match action {
        Action::Press(press) => format!("{press:?}"),
        Action::Fill(fill) => format!("{fill:?}"),
        Action::Work(work) => format!("{work:?}"),
        Action::Reply(ticket, _) => format!("a reply to {ticket:?}"),
        _ => "something in the form or of the page".to_owned(),
    }
}

impl Walk<'_> {
    pub(super) fn step(&mut self, step: Step) -> Result<(), TestCaseError> {
        let Some(action) = self.action(step) else { return Ok(()) };
        let (before, draft, was_busy) = (texts(&self.page), self.page.form.to_link(), self.page.is_locked());
        let endpoint_before = self.page.form.endpoint.text.to_string();
        self.page.pass(700);
        let held_edit = matches!(action, Action::App(AppAction::LaterLoaded(_)))
            && self.page.deferred.actions.iter().any(|(held, _)| edits_texts(held));
        let is_press = self.note_press(&action);
        self.note_answer(&action);
        self.note_supplied(&action);
        if action.is_the_users() {
            self.last_used = self.page.now;
        }
        let mut effects = self.page.update(action.clone());
        effects.append(&mut self.page.aside);
        if is_press {
            // A press takes a whole URL apart first.
            self.note_press(&action);
        }
        self.note_rules(&action);
        self.note_token(&action, was_busy, &endpoint_before);
        // Whoever types the endpoint or the project has named it.
        self.is_filled &= !edits_texts(&action);
        let is_edited = edits_texts(&action) || held_edit || self.page.form.url_was_split;
        let after = texts(&self.page);
        prop_assert!(is_edited || self.only_filled(&before, &after), "{before:?} became {after:?}");
        if self.is_filled {
            self.unpressed.insert(self.page.form.token.text.expose().to_owned());
        }
        self.can_be_undone(&action, &draft)?;
        for effect in &effects {
            self.holds_for_effect(effect, is_press || may_call(&action))
                .map_err(|fault| TestCaseError::fail(format!("{fault}, after {}", described(&action))))?;
        }
        self.holds_for_token(&action, was_busy)?;
        self.count_cases(&action);
        self.world.take(effects);
        Ok(())
    }

    /// Whether every text is what it was, but for an empty endpoint and project ID that are now those of the token.
    fn only_filled(&mut self, before: &[String], after: &[String]) -> bool {
        let of_token = self.page.form.token_content.as_ref().map(|content| {
            let Scope::Project { id, .. } = &content.scope else { return [None, None] };
            [content.rds_host(), Some(id.clone())]
        });
        let of_token = of_token.into_iter().flatten().chain(std::iter::repeat(None));
        let mut has_filled = false;
        let is_right = before.len() == after.len()
            && before.iter().zip(after).zip(of_token).all(|((before, after), of_token)| {
                let is_filled = before.is_empty() && of_token.as_ref() == Some(after);
                has_filled |= is_filled;
                before == after || is_filled
            });
        if has_filled {
            self.count("token filled the form");
            self.is_filled = true;
        }
        is_right
    }

    /// The target that a press names, which the token may be sent to from now on.
    fn note_press(&mut self, action: &Action) -> bool {
        let key = match action {
            Action::Press(Press::Submit | Press::LoadInstances | Press::ShowBackups)
            | Action::Fill(FillAction::InstanceChosen(_)) => None,
            Action::Press(
                Press::TryAgain(key)
                | Press::CreateAnyway(key)
                | Press::LookAgain(key)
                | Press::AwaitInstance(key)
                | Press::TryBatchAgain(key)
                | Press::LookAgainAtBatch(key),
            ) => Some(*key),
            _ => return false,
        };
        let target = match key {
            Some(key) => self.page.work.creation(key).map(|creation| creation.target.clone()),
            None => self.page.target(),
        };
        let Some(target) = target else { return true };
        self.is_filled = false;
        self.unpressed.clear();
        let token = self.page.form.token.text.expose().to_owned();
        if self.page.target().as_ref() == Some(&target)
            && let Some(endpoints) = self.unbound.get_mut(&token)
        {
            endpoints.insert(target.endpoint.as_str().to_owned());
        }
        self.rejected.retain(|(_, rejected)| *rejected != target);
        self.calls.retain(|(_, _, called)| *called != target);
        self.pressed.push(target);
        true
    }

    /// The API rejects a token, and no press has asked for the same target since.
    fn note_answer(&mut self, action: &Action) {
        let Action::Reply(ticket, Reply::Response(Ok(received))) = action else { return };
        if received.response.status == 401 && self.page.state.cx.tickets.find(*ticket).is_some() {
            let of_call = self.calls.iter().filter(|(call, ..)| call == ticket);
            let rejected: Vec<_> = of_call.map(|(_, token, target)| (token.clone(), target.clone())).collect();
            self.rejected.extend(rejected);
            self.count("token rejected");
        }
    }

    /// A supplied token may go where it was asked for.
    fn note_supplied(&mut self, action: &Action) {
        if let Action::Reply(ticket, Reply::Token(Some(token))) = action {
            let asked: Vec<_> = self.asked.iter().filter(|(asked, _)| asked == ticket).cloned().collect();
            let endpoints = asked.into_iter().map(|(_, target)| target.endpoint.as_str().to_owned());
            self.allowed.entry(token.expose().to_owned()).or_default().extend(endpoints);
            self.count("token was supplied");
        }
    }

    /// A token may go to the endpoint that stands in the form when it is given; not to one that it has filled in itself.
    fn note_token(&mut self, action: &Action, was_busy: bool, endpoint_before: &str) {
        let token = self.page.form.token.text.expose().to_owned();
        if was_busy || token.is_empty() {
            return;
        }
        let stands = if *action == Action::Form(FormAction::EndpointConfirmed) {
            self.page.form.endpoint.text.to_string()
        } else {
            endpoint_before.to_owned()
        };
        // One that can't be called is none that a token could be given for.
        let endpoint = endpoint::endpoint(&stands).ok().filter(|endpoint| self.page.form.may_call(endpoint));
        match (action, endpoint) {
            (Action::Form(FormAction::TokenEdited(..) | FormAction::EndpointConfirmed), Some(endpoint)) => {
                self.allowed.entry(token).or_default().insert(endpoint.as_str().to_owned());
            }
            (Action::Form(FormAction::TokenEdited(..)), None) => {
                self.unbound.insert(token, BTreeSet::new());
            }
            _ => {}
        }
    }

    /// The rules have come that say which endpoints can be called: a token that was given for none of these was given for none.
    fn note_rules(&mut self, action: &Action) {
        let token = self.page.form.token.text.expose().to_owned();
        let given = self.allowed.get(&token).into_iter().flatten();
        let mut given = given.filter_map(|given| endpoint::endpoint(given).ok());
        let is_given = given.any(|given| self.page.form.may_call(&given));
        if *action == Action::App(AppAction::LaterLoaded(Ok(()))) && !token.is_empty() && !is_given {
            self.unbound.entry(token).or_default();
            self.count("token was given for a host that can't be called");
        }
    }

    /// A form that was cleared, or filled from a link, can be brought back as it was.
    fn can_be_undone(&mut self, action: &Action, draft: &str) -> Result<(), TestCaseError> {
        let is_cleared = *action == Action::Form(FormAction::ClearFormPressed);
        let is_link =
            matches!(action, Action::App(AppAction::Opened { fragment, kept: None }) if !fragment.contains("watch="));
        let is_changed = self.page.form.to_link() != *draft;
        if (is_cleared || is_link) && is_changed {
            let mut restored = self.page.state.clone();
            restored.deferred.load_state = LoadState::Loaded;
            take(&mut restored, Action::Fill(FillAction::RestorePressed), self.page.now);
            prop_assert_eq!(restored.form.to_link(), draft);
            self.count(if is_cleared { "form was cleared" } else { "link filled the form" });
        } else if *action == Action::Fill(FillAction::RestorePressed) && is_changed {
            self.count("form was brought back");
        }
        Ok(())
    }

    fn holds_for_effect(&mut self, effect: &Effect, may_call: bool) -> Result<(), TestCaseError> {
        prop_assert!(!self.world.has_token(&says_to_the_world(effect)), "a token is said to the world");
        match effect {
            Effect::Work(WorkEffect::Fetch { ticket, connection, call, .. }) => {
                let target =
                    Target { endpoint: connection.endpoint.clone(), project_id: connection.project_id.clone() };
                let token = connection.token.expose().to_owned();
                prop_assert!(may_call, "{call:?} follows from no press");
                prop_assert!(self.pressed.contains(&target), "{call:?} to {target:?}, which no press has named");
                if let Some(endpoints) = self.unbound.remove(&token) {
                    let first = endpoints.into_iter().filter(|endpoint| endpoint == target.endpoint.as_str());
                    self.allowed.entry(token.clone()).or_default().extend(first);
                }
                prop_assert!(!self.unpressed.contains(&token), "{call:?} takes a token where only a token has led to");
                let goes_there = self.allowed.get(&token).is_some_and(|to| to.contains(target.endpoint.as_str()));
                prop_assert!(goes_there, "{call:?} takes a token to {:?}", target.endpoint);
                let is_rejected = self.rejected.contains(&(token.clone(), target.clone()));
                prop_assert!(!is_rejected, "{call:?} takes a rejected token along");
                self.calls.push((*ticket, token, target));
            }
            Effect::Page(PageEffect::AskForToken(ticket, target)) => {
                self.asked.push((*ticket, target.clone()));
                self.count("token was asked for");
            }
            Effect::Page(PageEffect::PersistDraft(draft)) => self.draft.clone_from(draft),
            Effect::Page(PageEffect::PersistUnderway(underway)) => self.underway.clone_from(underway),
            Effect::Page(PageEffect::Wait(_, time)) => prop_assert!(*time <= i32::MAX.unsigned_abs()),
            _ => {}
        }
        Ok(())
    }

    fn holds_for_token(&mut self, action: &Action, was_busy: bool) -> Result<(), TestCaseError> {
        let page = &self.page;
        let shown =
            format!("{:?} {:?} {:?} {:?}", page.page.notices, page.form.messages, page.work.creations, page.preview());
        prop_assert!(!self.world.has_token(&shown), "a token is shown");
        let forgets =
            matches!(action, Action::App(AppAction::PageHidden) | Action::Form(FormAction::ForgetTokenPressed))
                || *action == Action::Form(FormAction::ClearFormPressed) && !was_busy;
        prop_assert!(!(forgets && page.has_token()), "it isn't forgotten");
        let unused = page.now.since(self.last_used);
        prop_assert!(!(page.has_token() && unused > 8 * HOUR + HOUR / 2), "it is kept for {unused} ms");
        Ok(())
    }

    fn count_cases(&mut self, action: &Action) {
        if *action == Action::App(AppAction::LaterLoaded(Ok(()))) {
            self.count("part came late");
        }
        if self.page.deferred.defers_press() {
            self.count("press was held");
        }
        if self.page.page.notices.contains(&Notice::LinkHadToken)
            && matches!(action, Action::App(AppAction::Opened { .. }))
        {
            self.count("link had a token");
        }
        if self.page.form.selects_several() {
            self.count("several selected");
        }
        if self.page.work.creations.iter().any(|creation| creation.batch.is_some() && creation.request.is_some()) {
            self.count("several pressed for");
        }
        if self.page.form.token_has_lapsed {
            self.count("token timed out");
        }
        if self.page.work.creations.iter().any(|creation| creation.request.is_none()) {
            self.count("backup of a link");
        }
        let Some(stage) = self.page.work.creations.first().map(|creation| creation.stage.clone()) else { return };
        self.count(match stage {
            Stage::Queued(_) => "queued",
            Stage::Reading(_) => "reading",
            Stage::Sending => "sending",
            Stage::Reconciling(_) => "looking",
            Stage::AwaitingInstance(_) => "awaiting the instance",
            Stage::Building(_) => "building",
            Stage::Ended(outcome) => match outcome {
                Outcome::Completed => "completed",
                Outcome::Failed => "failed",
                Outcome::Gone => "gone",
                Outcome::Refused(_) => "refused",
                Outcome::NotSent(_) => "not sent",
                Outcome::NotCreated => "not created",
                Outcome::NameTaken(_) => "name taken",
                Outcome::Unknown(_) => "can't be told",
            },
        });
    }
}
