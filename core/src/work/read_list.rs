//! Reads lists of backups, and passes on what they contain.

use std::rc::Rc;

use contract::backup::Backup;
use contract::call::{BackupTypes, Call};
use contract::list;

use super::loading::Loading;
use super::read_error::{self, ReadError};
use super::reader::{Extent, Progress, Reader};
use super::reading::{Reading, ReadingFor};
use super::state::Work;
use crate::action::Action;
use crate::clock::Monotonic;
use crate::cx::Cx;
use crate::form::action::TokenAction;
use crate::reply::{NoResponse, Received};
use crate::session::credentials::{TokenUse, Unavailable};
use crate::target::Target;
use crate::ticket::{CallPurpose, Purpose, WaitPurpose};
use crate::work::stage::Stage;

/// How many pages are read without a pause.
const PAGES_WITHOUT_PAUSE: usize = 100;
/// The pause before each later one, in milliseconds.
const PAUSE_BETWEEN_PAGES: u32 = 50;
/// How long a press reads before it sends, in milliseconds.
pub(crate) const BEFORE_SENDING: u32 = 5_000;
/// How many pages it reads at most.
const MAX_PAGES_BEFORE_SENDING: usize = 5;
/// How many pages are read at most when searching for a backup or filling the table: five times what the page is tested
/// with.
const MAX_PAGES: usize = 500;

impl Work {
    /// Starts reading a list.
    ///
    /// # Errors
    /// If there is no token for it.
    pub(crate) fn start_reading(
        &mut self,
        purpose: ReadingFor,
        types: BackupTypes,
        target: &Target,
        instance_id: &str,
        cx: &mut Cx,
    ) -> Result<(), Unavailable> {
        self.stop_reading(purpose, cx);
        let pages = match purpose {
            ReadingFor::Press(_) => MAX_PAGES_BEFORE_SENDING,
            ReadingFor::Creation(_) | ReadingFor::Table => MAX_PAGES,
        };
        let reading = Reading {
            id: self.next_key(),
            purpose,
            target: target.clone(),
            instance_id: instance_id.to_owned(),
            types,
            reader: Reader::overlapping(cx.now.monotonic, pages),
            found: Vec::new(),
        };
        ask(&reading, cx)?;
        self.readings.push(reading);
        Ok(())
    }

    /// Aborts a reading.
    pub(crate) fn stop_reading(&mut self, purpose: ReadingFor, cx: &mut Cx) {
        let Some(place) = self.readings.iter().position(|reading| reading.purpose == purpose) else { return };
        let id = self.readings.remove(place).id;
        cx.withdraw(|open| matches!(open, Purpose::Call(CallPurpose::Page(page)) | Purpose::Wait(WaitPurpose::NextPage(page)) if page == id));
    }

    /// Requests the next page.
    pub(crate) fn read_page(&mut self, id: u32, cx: &mut Cx) {
        let Some(reading) = self.take_reading(id) else { return };
        match ask(&reading, cx) {
            Ok(()) => self.readings.push(reading),
            Err(unavailable) => self.reading_without_token(reading.purpose, unavailable, cx),
        }
    }

    fn take_reading(&mut self, id: u32) -> Option<Reading> {
        let place = self.readings.iter().position(|reading| reading.id == id)?;
        Some(self.readings.remove(place))
    }

    pub(crate) fn page_answered(
        &mut self,
        id: u32,
        asked: Option<Monotonic>,
        result: Result<Received, NoResponse>,
        credential: Option<&TokenUse>,
        cx: &mut Cx,
    ) {
        let Some(mut reading) = self.take_reading(id) else { return };
        let date = result.as_ref().ok().and_then(|received| received.response.date);
        let page = read_error::read(result, |received| list::backups(&received.response, received.json.as_ref()));
        let page = match page {
            Ok(page) => page,
            Err(read_error) => return self.reading_disrupted(reading, read_error, credential, cx),
        };
        self.learn_clock(&reading.target, date, cx);
        let is_of_instance =
            |backup: &Backup| backup.instance_id.as_ref().is_none_or(|stated| *stated == reading.instance_id);
        // Backups of other instances count as progress: a page with nothing else isn't the end.
        let (new, progress) = reading.reader.take(page, |backup| backup.id.as_deref().unwrap_or_default());
        let newer = |backup| self.newer(&reading.target, &reading.instance_id, backup, asked);
        let new: Vec<Rc<Backup>> = new.into_iter().filter(is_of_instance).filter_map(newer).collect();
        progress.collect(&mut reading.found, new.iter().cloned());
        let (target, instance_id) = (reading.target.clone(), reading.instance_id.clone());
        if reading.purpose == ReadingFor::Table {
            self.backups.take_page(&new, progress, reading.reader.count());
        } else {
            self.backups.learn(&target, &instance_id, &new);
        }
        self.learn(&target, &instance_id, &new, asked, cx);
        self.go_on_reading(reading, progress, cx);
    }

    fn go_on_reading(&mut self, reading: Reading, progress: Progress, cx: &mut Cx) {
        match progress {
            // This page may have contained the backup that was searched for.
            Progress::More | Progress::Again if !self.is_wanted(reading.purpose) => {}
            Progress::More | Progress::Again => {
                let (id, pages) = (reading.id, reading.reader.pages());
                self.readings.push(reading);
                if pages > PAGES_WITHOUT_PAUSE {
                    cx.wait(WaitPurpose::NextPage(id), PAUSE_BETWEEN_PAGES);
                } else {
                    self.read_page(id, cx);
                }
            }
            Progress::Ended(extent) => {
                let Reading { purpose, target, instance_id, types, reader, found, .. } = reading;
                if extent == Extent::Complete {
                    self.learn_all(&target, &instance_id, types, &found, reader.started);
                    self.learn_of_absent(&target, &instance_id, types, &found, reader.started, cx);
                }
                if self.is_wanted(purpose) {
                    match purpose {
                        ReadingFor::Press(key) => self.read_before_sending(key, extent, &found, cx),
                        ReadingFor::Creation(key) => self.read_for_creation(key, extent, reader.started, &found, cx),
                        ReadingFor::Table => self.backups.end(extent),
                    }
                }
            }
        }
    }

    /// Whether the requester of a list still waits for it.
    fn is_wanted(&self, purpose: ReadingFor) -> bool {
        match purpose {
            ReadingFor::Press(key) => {
                self.creation(key).is_some_and(|creation| matches!(creation.stage, Stage::Reading(_)))
            }
            ReadingFor::Creation(key) => self.creation(key).is_some_and(|creation| {
                creation.backup.id.is_none() && matches!(creation.stage, Stage::Reconciling(_) | Stage::Building(_))
            }),
            ReadingFor::Table => true,
        }
    }

    fn reading_disrupted(&mut self, reading: Reading, read_error: ReadError, used: Option<&TokenUse>, cx: &mut Cx) {
        if matches!(read_error, ReadError::TokenRejected(_))
            && used.is_some_and(|used| !cx.session.credentials.reject(used))
        {
            // The rejected token was an old one: request the same page with its replacement.
            match ask(&reading, cx) {
                Ok(()) => self.readings.push(reading),
                Err(unavailable) => self.reading_without_token(reading.purpose, unavailable, cx),
            }
            return;
        }
        match reading.purpose {
            ReadingFor::Press(key) => self.reading_before_sending_failed(key, read_error, cx),
            ReadingFor::Creation(key) => self.reading_for_creation_failed(key, read_error, cx),
            ReadingFor::Table => self.table_disrupted(read_error, cx),
        }
    }

    fn reading_without_token(&mut self, purpose: ReadingFor, unavailable: Unavailable, cx: &mut Cx) {
        match purpose {
            ReadingFor::Press(key) => self.press_without_token(key, cx),
            ReadingFor::Creation(key) => self.creation_without_token(key, unavailable, cx),
            ReadingFor::Table => self.backups.loading = Loading::NoToken,
        }
    }
}

fn ask(reading: &Reading, cx: &mut Cx) -> Result<(), Unavailable> {
    let time_limit = match reading.purpose {
        ReadingFor::Press(_) => cx.limits.answer.min(BEFORE_SENDING),
        ReadingFor::Creation(_) | ReadingFor::Table => cx.limits.answer,
    };
    let call = Call::Backups {
        instance_id: reading.instance_id.clone(),
        backup_id: None,
        types: reading.types,
        offset: reading.reader.next_offset(),
    };
    cx.call(CallPurpose::Page(reading.id), &reading.target, call, time_limit)
}

/// The loading state for a list that couldn't be read.
pub(super) fn loading_of(read_error: ReadError, cx: &mut Cx) -> Loading {
    match read_error {
        ReadError::TokenRejected(failure) => {
            cx.then(Action::Token(TokenAction::Wanted));
            Loading::Refused(failure)
        }
        ReadError::Refused(failure)
        | ReadError::WebServerLogin(failure)
        | ReadError::Throttled(failure, _)
        | ReadError::Failed(failure) => Loading::Refused(failure),
        ReadError::Unanswered(reason) => Loading::Unanswered(reason),
    }
}
