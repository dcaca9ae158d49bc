//! Routes an action to its feature: what comes with the later part of the program.

use super::lookups::LoadedLookups;
use super::state::Model;
use crate::action::{Action, AppAction, Press, Reply};
use crate::clock::Now;
use crate::effect::{Effect, Focus, PageEffect, WorkEffect};
use crate::form::action::FillAction;
use crate::form::action::TokenAction;
use crate::form::state::LoadedRules;
use crate::notice::Notice;
use crate::page::action::{CopyTarget, Format, ShareAction};
use crate::parse_json::ParseJson;
use crate::session::sent_token::with_sent_token;
use crate::target::Target;
use crate::ticket::{Purpose, Ticket};
use crate::work::action::WorkAction;

impl Model {
    /// Takes an action that [`Model::update`] has handed to the later part. `parse_json`: the parser that the form's token needs.
    pub fn update_later(&mut self, action: Action, now: Now, parse_json: ParseJson) -> Vec<Effect> {
        self.begin(now);
        self.lookups = LoadedLookups::with(parse_json);
        let tokens = self.cx.session.credentials.count();
        self.route_later(action);
        if self.has_forgotten_tokens(tokens) {
            self.route_later(Action::Work(WorkAction::TokenForgotten));
        }
        let mut effects = self.cx.take_effects();
        if self.page.is_embedded {
            // A host page keeps nothing for a reload.
            effects.retain(|effect| !matches!(effect, Effect::Page(PageEffect::PersistUnderway(_))));
        }
        effects
    }

    /// Hands an action to its feature.
    fn route_later(&mut self, action: Action) {
        match action {
            Action::App(AppAction::LaterLoaded(_)) => self.do_what_was_deferred(),
            Action::Press(press) => self.pressed(press),
            Action::Fill(action) => self.fill(action),
            Action::Share(action) => self.share(action),
            Action::Token(action) => {
                let waiting = self.work.targets_awaiting_token();
                self.form.update_token(action, &waiting, &mut self.cx);
            }
            Action::Work(action) => {
                let generation = self.work.backups.generation;
                self.work.update(action, &mut self.cx);
                // In another list, the place is another backup's.
                let is_moved = self.work.backups.generation != generation;
                self.page.copied =
                    self.page.copied.filter(|(what, _)| !is_moved || !matches!(what, CopyTarget::ListedId(_)));
            }
            Action::Reply(ticket, reply) => self.replied(ticket, reply),
            // Done already.
            Action::App(_) | Action::Page(_) | Action::Form(_) => {}
        }
        self.follow_up_later();
    }

    /// Does what features have asked of each other, here and in the first part.
    fn follow_up_later(&mut self) {
        for action in self.cx.take_follow_ups() {
            let before = self.cx.take_effects();
            self.route(action);
            let effects = self.cx.replace_effects(before);
            for effect in effects {
                match effect {
                    Effect::Later(action) => self.route_later(action),
                    Effect::Page(_) | Effect::Work(_) | Effect::LoadLater | Effect::ChooseLanguage(_) => {
                        self.cx.emit(effect);
                    }
                }
            }
        }
    }

    /// The later part is loaded: carries out what was deferred.
    fn do_what_was_deferred(&mut self) {
        let Self { page, form, deferred, cx, .. } = self;
        let mut actions = deferred.take_due(form, cx);
        // The rules that come with it count before anything is done, and so does what the token says.
        form.take_later_rules(LoadedRules::LOADED);
        form.begin_to_watch_replacements();
        if let Some(parse_json) = self.lookups.parse_json() {
            form.read_token_content(&page.options.endpoints, parse_json, cx);
        }
        if form.is_filled_from_token() {
            // Whoever pressed had not seen where this leads to.
            let deferred = actions.len();
            actions.retain(|(action, _)| action.is_from_link_or_reload());
            if actions.len() < deferred {
                cx.notice(Notice::PressedBeforeFilled);
            }
        }
        self.follow_up_later();
        for (action, pressed_at) in actions {
            self.cx.pressed_at = pressed_at;
            self.route_later(action);
        }
    }

    fn pressed(&mut self, press: Press) {
        // The form stays as it was while a press waits, and asks for nothing then.
        if self.is_locked() {
            return;
        }
        let Self { form, work, cx, .. } = self;
        let creation = press.key().and_then(|key| work.target_of(key));
        let target = if press.key().is_some() { creation.cloned() } else { form.target() };
        if form.asks_for_token(press, target, cx) {
            return;
        }
        form.press(press, creation, cx);
        // A press that uses the token in the form says that it is complete: what waits for one goes on, too.
        cx.then(Action::Token(TokenAction::Given));
    }

    fn fill(&mut self, action: FillAction) {
        let shows_instances = self.shows_instances();
        let Self { page, form, work, cx, .. } = self;
        let is_taken =
            |target: Option<&Target>, instance_id: &str, name: &str| work.has_name(target, instance_id, name);
        match action {
            FillAction::SuggestNamePressed => form.suggest_name(&is_taken, cx),
            FillAction::InstanceChosen(id) => {
                let is_of_form = form.target().is_none_or(|target| work.instances.is_of(&target));
                if let Some(instance) = work.instances.find_suitable(&id).filter(|_| is_of_form) {
                    form.choose_instance(instance, &is_taken, cx);
                }
            }
            FillAction::InstanceTicked { id, extends } if shows_instances => {
                let shown: Vec<_> = work.instances.shown().cloned().collect();
                form.tick_instance(&id, extends, &shown, cx);
            }
            FillAction::ShownSelected if shows_instances => {
                form.select_shown(work.instances.shown().cloned().collect(), cx);
            }
            // The list of another project.
            FillAction::InstanceTicked { .. } | FillAction::ShownSelected => {}
            FillAction::InstanceUnselected(id) => form.unselect(&id, cx),
            FillAction::SelectionCleared => form.clear_selection(cx),
            FillAction::NamesRenewed => form.rename(cx),
            FillAction::RepeatPressed(repeat) => {
                if let Some((target, request)) = work.latest_request() {
                    form.repeat(repeat, (target, request), &is_taken, cx);
                }
            }
            FillAction::TakeTargetPressed(key) => {
                if let Some(target) = work.target_of(key) {
                    form.take_target_pressed(target, cx);
                }
            }
            FillAction::DatabaseTicked(name) => form.tick_database(&name),
            FillAction::RestorePressed => form.restore(cx),
            FillAction::UndoPressed(field) => form.undo_in(field, cx),
            FillAction::UseTokenProjectPressed => form.use_token_project(&page.options.endpoints, cx),
            FillAction::UseEndpointPressed(address) => form.use_endpoint(address, cx),
            FillAction::TrimTokenPressed => form.trim_token(cx),
            FillAction::FieldRefused { field, refusal, of } => {
                form.field_refused(field, refusal, &of, work.latest_target(), cx);
            }
            FillAction::BackupExists => form.has_been_created(),
            FillAction::RequestSent => form.hide_token(),
        }
    }

    fn share(&mut self, action: ShareAction) {
        let record = |key| self.work.creation(key).map(|creation| Box::new(creation.record()));
        let effect = match action {
            ShareAction::CopyPressed(CopyTarget::Receipt(key)) => record(key).map(WorkEffect::CopyReceipt),
            ShareAction::CopyPressed(CopyTarget::BatchReceipt(key)) => {
                Some(WorkEffect::CopyBatchReceipt(key, self.work.records_of_batch(key)))
            }
            ShareAction::BatchReceiptPressed(key, Format::Json) => {
                Some(WorkEffect::SaveBatchReceipt(self.work.records_of_batch(key)))
            }
            ShareAction::BatchReceiptPressed(key, Format::Csv) => {
                Some(WorkEffect::Save(Format::Csv, self.work.rows_of_batch(key)))
            }
            ShareAction::CopyPressed(what) => self.text_of(what).map(|text| WorkEffect::Copy(what, text)),
            ShareAction::ReceiptPressed(key) => record(key).map(WorkEffect::SaveReceipt),
            ShareAction::ExportPressed(format) => Some(WorkEffect::Save(format, self.work.rows())),
            ShareAction::PrintPressed => Some(WorkEffect::Print),
            ShareAction::CopyEnded(what, result) => {
                if result.is_err() {
                    self.cx.focus(Focus::CopyByHand);
                }
                return self.page.copied = Some((what, result));
            }
            // As with whatever else the user does.
            ShareAction::CopyDismissed => return,
            ShareAction::PreviewToggled => return self.page.request_is_shown = !self.page.request_is_shown,
        };
        if let Some(effect) = effect {
            self.cx.emit(Effect::Work(effect));
        }
    }

    fn replied(&mut self, ticket: Ticket, reply: Reply) {
        let parse_json = self.lookups.parse_json();
        let Self { form, work, cx, .. } = self;
        match (reply, cx.tickets.find(ticket)) {
            (Reply::Token(token), _) => {
                let press = cx.session.provider.asked.as_ref().and_then(|question| question.press);
                let creation = press.and_then(Press::key).and_then(|key| work.target_of(key));
                form.token_supplied(ticket, token, creation, cx);
            }
            (Reply::WaitOver, Some(purpose @ (Purpose::TokenLimit | Purpose::AskForToken))) => {
                cx.tickets.take(ticket);
                form.provider_waited(purpose, cx);
            }
            (Reply::WaitOver, _) => work.update(WorkAction::Waited(ticket), cx),
            (Reply::Response(result), _) => {
                let result = result.map(|received| match parse_json {
                    Some(parse_json) => with_sent_token(received, ticket, parse_json, cx),
                    None => received,
                });
                work.update(WorkAction::Replied(ticket, result), cx);
            }
            (Reply::Probe(result), _) => work.update(WorkAction::Probed(ticket, result), cx),
        }
    }
}
