//! Routes an action to what acts on it.

use super::state::Work;
use crate::action::{Action, PageAction};
use crate::cx::Cx;
use crate::effect::{Effect, PageEffect, WorkEffect};
use crate::notice::Notice;
use crate::reply::{NoResponse, Received};
use crate::target::Target;
use crate::ticket::{Open, Purpose, Ticket};
use crate::work::action::WorkAction;

impl Work {
    /// Takes an action.
    pub(crate) fn update(&mut self, action: WorkAction, cx: &mut Cx) {
        match action {
            WorkAction::Create(target, request) => self.create(target, request, cx),
            WorkAction::CreateAnyway(key) => self.create_anyway(key, cx),
            WorkAction::TryAgain(key) => self.try_again(key, cx),
            WorkAction::AwaitInstance(key) => self.await_instance(key, cx),
            WorkAction::LookAgain(key) => self.look_again(key, cx),
            WorkAction::Cancel(key) => self.cancel(key, cx),
            WorkAction::Dismiss(key) => self.dismiss(key, cx),
            WorkAction::Restored(marker) => self.restore(&marker, cx),
            WorkAction::MarkerKept(success) => self.is_kept = Some(success),
            WorkAction::Watched { target, instance_id, backup_id } => self.watch(target, instance_id, backup_id, cx),
            WorkAction::Replied(ticket, result) => self.replied(ticket, result, cx),
            WorkAction::Probed(ticket, reached) => {
                if let Some(Open { purpose: Purpose::Probe(key), .. }) = cx.tickets.take(ticket) {
                    self.probed(key, reached, cx);
                }
            }
            WorkAction::Waited(ticket) => self.waited(ticket, cx),
            WorkAction::VisibilityChanged(visibility) => self.visibility_changed(visibility, cx),
            WorkAction::TokenGiven(target) => self.token_given(&target, cx),
            // What waits for its turn says so below.
            WorkAction::TokenForgotten => {}
            WorkAction::LoadInstances(target) => self.load_instances(target, cx),
            WorkAction::InstanceSearched(text) => self.instances.search = text,
            WorkAction::InstancesClosed => self.instances.is_open = false,
            WorkAction::InstanceChosen(target, id) => self.instance_chosen(&target, &id, cx),
            WorkAction::ShowBackups(target, instance_id) => self.show_backups(&target, &instance_id, cx),
            WorkAction::BackupsArranged(arrangement) => self.backups.arrange(arrangement),
            WorkAction::NotifyPressed => cx.emit(Effect::Work(WorkEffect::AskForNotifications)),
            WorkAction::NotificationsAnswered(result) => {
                self.notifies = result.is_ok();
                if result.is_err() {
                    cx.then(Action::Page(PageAction::Noticed(Notice::NotificationsDenied)));
                }
            }
        }
        self.end_waits_without_token(cx);
        self.keep_marker(cx);
    }

    /// What waits to ask again and has no token for it learns so now, and not once its pause is over.
    fn end_waits_without_token(&mut self, cx: &mut Cx) {
        for (ticket, wait) in cx.tickets.all() {
            let target = self.target_to_ask_again(wait);
            let is_in_vain = target.is_some_and(|target| cx.credentials.connect(target).is_err());
            // One that has just ended may have given up others.
            if is_in_vain && cx.tickets.take(ticket).is_some() {
                cx.emit(Effect::Page(PageEffect::Abort(ticket)));
                self.wait_ended(wait, cx);
            }
        }
    }

    /// What is asked again once a wait is over.
    fn target_to_ask_again(&self, wait: Purpose) -> Option<&Target> {
        match wait {
            Purpose::NextPage(id) => {
                self.readings.iter().find(|reading| reading.id == id).map(|reading| &reading.target)
            }
            Purpose::ReadAgain(key) | Purpose::AskInstance(key) | Purpose::PollAgain(key) => {
                self.creation(key).map(|creation| &creation.target)
            }
            Purpose::Create(_)
            | Purpose::Page(_)
            | Purpose::ReadingLimit(_)
            | Purpose::Probe(_)
            | Purpose::CheckInstance(_)
            | Purpose::Instance(_)
            | Purpose::Poll(_)
            | Purpose::Reason(_)
            | Purpose::Instances
            | Purpose::Databases
            | Purpose::Idleness
            | Purpose::Token
            | Purpose::TokenLimit
            | Purpose::AskForToken
            | Purpose::LoadLimit => None,
        }
    }

    fn replied(&mut self, ticket: Ticket, result: Result<Received, NoResponse>, cx: &mut Cx) {
        // An answer that nobody waits for any more is late.
        let Some(Open { purpose, credential, asked }) = cx.tickets.take(ticket) else { return };
        match purpose {
            Purpose::Create(key) => self.create_answered(key, result, credential.as_ref(), cx),
            Purpose::Page(reading) => self.page_answered(reading, asked, result, credential.as_ref(), cx),
            Purpose::CheckInstance(key) => self.instance_checked(key, result, credential.as_ref(), cx),
            Purpose::Instance(key) => self.instance_answered(key, result, credential.as_ref(), cx),
            Purpose::Poll(key) => self.poll_answered(key, asked, result, credential.as_ref(), cx),
            Purpose::Reason(key) => self.reason_answered(key, result, credential.as_ref(), cx),
            Purpose::Instances => self.instances_answered(result, credential.as_ref(), cx),
            Purpose::Databases => self.databases_answered(result, credential.as_ref(), cx),
            Purpose::NextPage(_)
            | Purpose::ReadingLimit(_)
            | Purpose::ReadAgain(_)
            | Purpose::Probe(_)
            | Purpose::AskInstance(_)
            | Purpose::PollAgain(_)
            | Purpose::Idleness
            | Purpose::Token
            | Purpose::TokenLimit
            | Purpose::AskForToken
            | Purpose::LoadLimit => {}
        }
    }

    fn waited(&mut self, ticket: Ticket, cx: &mut Cx) {
        if let Some(Open { purpose, .. }) = cx.tickets.take(ticket) {
            self.wait_ended(purpose, cx);
        }
    }

    fn wait_ended(&mut self, purpose: Purpose, cx: &mut Cx) {
        match purpose {
            Purpose::NextPage(reading) => self.read_page(reading, cx),
            Purpose::ReadingLimit(key) => self.reading_took_too_long(key, cx),
            Purpose::ReadAgain(key) => self.read_again(key, cx),
            Purpose::AskInstance(key) => self.ask_instance(key, cx),
            Purpose::PollAgain(key) => self.poll(key, cx),
            Purpose::Create(_)
            | Purpose::Page(_)
            | Purpose::Probe(_)
            | Purpose::CheckInstance(_)
            | Purpose::Instance(_)
            | Purpose::Poll(_)
            | Purpose::Reason(_)
            | Purpose::Instances
            | Purpose::Databases
            | Purpose::Idleness
            | Purpose::Token
            | Purpose::TokenLimit
            | Purpose::AskForToken
            | Purpose::LoadLimit => {}
        }
    }
}
