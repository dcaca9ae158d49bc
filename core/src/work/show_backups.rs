//! Shows the backups of an instance.

use contract::call::BackupTypes;

use super::backups::BackupList;
use super::loading::Loading;
use super::read_error::ReadError;
use super::read_list::loading_of;
use super::reading::ReadingFor;
use super::state::Work;
use crate::cx::Cx;
use crate::target::Target;

impl Work {
    /// Reads the backups of an instance for the table.
    pub(super) fn show_backups(&mut self, target: &Target, instance_id: &str, cx: &mut Cx) {
        self.backups = BackupList {
            instance_id: Some(instance_id.to_owned()),
            loading: Loading::Underway { loaded: 0, total: None },
            arrangement: self.backups.arrangement.clone(),
            generation: self.backups.generation + 1,
            read_at: Some(cx.now.wall),
            target: Some(target.clone()),
            ..BackupList::default()
        };
        if self.start_reading(ReadingFor::Table, BackupTypes::All, target, instance_id, cx).is_err() {
            self.backups.loading = Loading::NoToken;
        }
    }

    /// The table's reading failed before its end.
    pub(super) fn table_disrupted(&mut self, read_error: ReadError, cx: &mut Cx) {
        self.backups.loading = loading_of(read_error, cx);
    }
}
