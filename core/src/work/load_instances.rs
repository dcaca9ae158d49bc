//! Reads the project's instances, and the databases of the chosen one.

use std::rc::Rc;

use contract::call::{Call, PAGE_SIZE};
use contract::list;

use super::instances::{Catalog, DatabasesOf};
use super::loading::Loading;
use super::read_error::{self, ReadError};
use super::read_list::loading_of;
use super::reader::{Progress, Reader};
use super::state::Work;
use crate::action::Action;
use crate::cx::Cx;
use crate::form::action::TokenAction;
use crate::reply::{NoResponse, Received};
use crate::session::credentials::TokenUse;
use crate::target::Target;
use crate::ticket::{CallPurpose, Purpose};

/// How many pages of instances, or of databases, are read at most.
const MAX_PAGES: usize = 10;

impl Work {
    /// Reads the list, even if it is already loaded.
    pub(super) fn load_instances(&mut self, target: Target, cx: &mut Cx) {
        cx.withdraw(|purpose| purpose == Purpose::Call(CallPurpose::Instances));
        self.instances = Catalog {
            is_open: true,
            loading: Loading::Underway { loaded: 0, total: None },
            search: std::mem::take(&mut self.instances.search),
            target: Some(target),
            reader: Some(Reader::new(cx.now.monotonic, MAX_PAGES)),
            ..Catalog::default()
        };
        self.next_instances(cx);
    }

    fn next_instances(&mut self, cx: &mut Cx) {
        let (Some(target), Some(reader)) = (self.instances.target.clone(), &self.instances.reader) else { return };
        let call = Call::Instances { offset: reader.next_offset() };
        if cx.call(CallPurpose::Instances, &target, call, cx.limits.answer).is_err() {
            self.instances.loading = Loading::NoToken;
        }
    }

    pub(super) fn instances_answered(
        &mut self,
        result: Result<Received, NoResponse>,
        credential: Option<&TokenUse>,
        cx: &mut Cx,
    ) {
        let page = read_error::read(result, |received| list::instances(&received.response, received.json.as_ref()));
        let Some(reader) = &mut self.instances.reader else { return };
        let page = match page {
            Ok(page) => page,
            Err(ReadError::TokenRejected(_)) if credential.is_some_and(|used| !cx.session.credentials.reject(used)) => {
                return self.next_instances(cx);
            }
            Err(read_error) => return self.instances.loading = loading_of(read_error, cx),
        };
        let (new, progress) = reader.take(page, |instance| &instance.id);
        let (loaded, total) = reader.count();
        progress.collect(&mut self.instances.items, new.into_iter().map(Rc::new));
        match progress {
            Progress::More | Progress::Again => {
                self.instances.loading = Loading::Underway { loaded, total };
                self.next_instances(cx);
            }
            Progress::Ended(extent) => self.instances.loading = Loading::Done(extent),
        }
    }

    /// An instance was chosen: read its backups, and its databases, if they can be backed up by themselves.
    pub(super) fn instance_chosen(&mut self, target: &Target, id: &str, has_partial_backups: bool, cx: &mut Cx) {
        cx.withdraw(|purpose| purpose == Purpose::Call(CallPurpose::Databases));
        self.instances.is_open = false;
        self.instances.databases.clear();
        self.instances.databases_of = None;
        if has_partial_backups {
            let reader = Reader::new(cx.now.monotonic, MAX_PAGES);
            self.instances.databases_of =
                Some(DatabasesOf { target: target.clone(), instance_id: id.to_owned(), reader });
            self.next_databases(cx);
        }
        self.show_backups(target, id, cx);
    }

    /// If the API has no such list (Open Telekom Cloud), the user types the names; that is not an error.
    pub(super) fn databases_answered(
        &mut self,
        result: Result<Received, NoResponse>,
        credential: Option<&TokenUse>,
        cx: &mut Cx,
    ) {
        let page = read_error::read(result, |received| list::databases(&received.response, received.json.as_ref()));
        let page = match page {
            Ok(page) => page,
            Err(ReadError::TokenRejected(_)) => {
                if credential.is_some_and(|used| !cx.session.credentials.reject(used)) {
                    return self.next_databases(cx);
                }
                return cx.then(Action::Token(TokenAction::Wanted));
            }
            Err(_) => return,
        };
        let Some(DatabasesOf { reader, .. }) = &mut self.instances.databases_of else { return };
        let (new, progress) = reader.take(page, String::as_str);
        progress.collect(&mut self.instances.databases, new);
        match progress {
            Progress::More | Progress::Again => self.next_databases(cx),
            Progress::Ended(_) => {}
        }
    }

    fn next_databases(&mut self, cx: &mut Cx) {
        let Some(DatabasesOf { target, instance_id, reader }) = &self.instances.databases_of else { return };
        let call = Call::Databases { instance_id: instance_id.clone(), page: reader.next_offset() / PAGE_SIZE + 1 };
        let target = target.clone();
        // Without a list, the user types the names.
        let _ = cx.call(CallPurpose::Databases, &target, call, cx.limits.answer);
    }
}
