//! Routes an action to what acts on it.

use super::notifications::Notifications;
use super::state::Work;
use crate::cx::Cx;
use crate::effect::{Effect, PageEffect};
use crate::reply::{NoResponse, Received};
use crate::target::Target;
use crate::ticket::{CallPurpose, Pending, Purpose, Ticket, WaitPurpose};
use crate::work::action::WorkAction;

impl Work {
    /// Takes an action.
    pub(crate) fn update(&mut self, action: WorkAction, cx: &mut Cx) {
        match action {
            WorkAction::Create(target, request) => self.create(target, request, cx),
            WorkAction::CreateSeveral(target, requests) => self.create_several(&target, requests, cx),
            WorkAction::CreateAnyway(key) => self.create_anyway(key, cx),
            WorkAction::TryAgain(key) => self.try_again(key, cx),
            WorkAction::AwaitInstance(key) => self.await_instance(key, cx),
            WorkAction::LookAgain(key) => self.look_again(key, cx),
            WorkAction::Cancel(key) => self.cancel(key, cx),
            WorkAction::TryBatchAgain(key) => self.try_batch_again(key, cx),
            WorkAction::LookAgainAtBatch(key) => self.look_again_at_batch(key, cx),
            WorkAction::CancelBatch(key) => self.cancel_batch(key, cx),
            WorkAction::Dismiss(key) => self.dismiss(key, cx),
            WorkAction::Restored(underway) => self.restore(&underway, cx),
            WorkAction::UnderwayPersisted(success) => self.is_persisted = Some(success),
            WorkAction::Watched(target, backups) => self.watch_all(&target, backups, cx),
            WorkAction::Replied(ticket, result) => self.replied(ticket, result, cx),
            WorkAction::Probed(ticket, reached) => {
                if let Some(Pending { purpose: Purpose::Probe(key), .. }) = cx.tickets.take(ticket) {
                    self.probed(key, reached, cx);
                }
            }
            WorkAction::Waited(ticket) => self.waited(ticket, cx),
            WorkAction::VisibilityChanged(visibility) => self.visibility_changed(visibility, cx),
            WorkAction::TokenGiven(target) => self.token_given(&target, cx),
            // Those that wait learn it below.
            WorkAction::TokenForgotten => {}
            WorkAction::LoadInstances(target) => self.load_instances(target, cx),
            WorkAction::InstanceSearched(text) => self.instances.search = text,
            WorkAction::InstancesClosed => self.instances.is_open = false,
            WorkAction::InstanceChosen(target, id, has_partial_backups) => {
                self.instance_chosen(&target, &id, has_partial_backups, cx);
            }
            WorkAction::ShowBackups(target, instance_id) => self.show_backups(&target, &instance_id, cx),
            WorkAction::BackupsArranged(arrangement) => self.backups.arrange(arrangement),
            WorkAction::NotifyPressed => self.notify_pressed(cx),
            WorkAction::NotificationsAnswered(result) => self.notifications_answered(result),
            WorkAction::NotificationMissed(reason) => self.notifications = Notifications::Missed(reason),
        }
        self.end_waits_without_token(cx);
        self.start_queued(cx);
        self.persist_underway(cx);
    }

    /// What waits to ask again and has no token for it learns so now, and not once its pause is over.
    fn end_waits_without_token(&mut self, cx: &mut Cx) {
        for (ticket, purpose) in cx.tickets.all() {
            let Purpose::Wait(wait) = purpose else { continue };
            let target = self.target_to_ask_again(wait);
            let is_in_vain = target.is_some_and(|target| cx.session.credentials.connect(target).is_err());
            // One that has just ended may have given up others.
            if is_in_vain && cx.tickets.take(ticket).is_some() {
                cx.emit(Effect::Page(PageEffect::Abort(ticket)));
                self.wait_ended(wait, cx);
            }
        }
    }

    /// The target of the call that is made once a wait is over.
    fn target_to_ask_again(&self, wait: WaitPurpose) -> Option<&Target> {
        match wait {
            WaitPurpose::NextPage(id) => {
                self.readings.iter().find(|reading| reading.id == id).map(|reading| &reading.target)
            }
            WaitPurpose::ReadAgain(key) | WaitPurpose::AskInstance(key) | WaitPurpose::PollAgain(key) => {
                self.creation(key).map(|creation| &creation.target)
            }
            WaitPurpose::ReadingLimit(_) => None,
        }
    }

    fn replied(&mut self, ticket: Ticket, result: Result<Received, NoResponse>, cx: &mut Cx) {
        // An answer that nobody waits for any more is late.
        let Some(Pending { purpose: Purpose::Call(purpose), credential, asked }) = cx.tickets.take(ticket) else {
            return;
        };
        match purpose {
            CallPurpose::Create(key) => self.create_answered(key, result, credential.as_ref(), cx),
            CallPurpose::Page(reading) => self.page_answered(reading, asked, result, credential.as_ref(), cx),
            CallPurpose::CheckInstance(key) => self.instance_checked(key, result, credential.as_ref(), cx),
            CallPurpose::Instance(key) => self.instance_answered(key, result, credential.as_ref(), cx),
            CallPurpose::Poll(key) => self.poll_answered(key, asked, result, credential.as_ref(), cx),
            CallPurpose::Reason(key) => self.reason_answered(key, result, credential.as_ref(), cx),
            CallPurpose::Instances => self.instances_answered(result, credential.as_ref(), cx),
            CallPurpose::Databases => self.databases_answered(result, credential.as_ref(), cx),
        }
    }

    fn waited(&mut self, ticket: Ticket, cx: &mut Cx) {
        if let Some(Pending { purpose: Purpose::Wait(wait), .. }) = cx.tickets.take(ticket) {
            self.wait_ended(wait, cx);
        }
    }

    fn wait_ended(&mut self, wait: WaitPurpose, cx: &mut Cx) {
        match wait {
            WaitPurpose::NextPage(reading) => self.read_page(reading, cx),
            WaitPurpose::ReadingLimit(key) => self.reading_took_too_long(key, cx),
            WaitPurpose::ReadAgain(key) => self.read_again(key, cx),
            WaitPurpose::AskInstance(key) => self.ask_instance(key, cx),
            WaitPurpose::PollAgain(key) => self.poll(key, cx),
        }
    }
}
