//! The backups of an instance as a table, sorted and filtered as the user chooses.

use std::rc::Rc;

use contract::backup::Backup;
use contract::search;

use super::arrangement::{Arrangement, Column};
use super::chart::{Bar, bars};
use super::listed::Listed;
use super::loading::Loading;
use super::order::sort_by;
use super::overview::BackupOverview;
use super::reader::{Extent, Progress};
use crate::clock::UnixMillis;
use crate::target::Target;

/// The backups of one instance.
#[derive(Clone, Default, PartialEq)]
#[cfg_attr(test, derive(Debug))]
pub struct BackupList {
    /// The instance; `None` until a list is requested.
    pub instance_id: Option<String>,
    /// The backups as the API listed them.
    pub items: Vec<Listed>,
    /// How far the reading has come.
    pub loading: Loading,
    /// How they are sorted and filtered.
    pub arrangement: Arrangement,
    /// The backups that are shown, in order.
    pub arranged: Rc<[Rc<Backup>]>,
    /// The latest of them, for the chart.
    pub chart: Rc<[Bar]>,
    /// Changes with [`BackupList::arranged`], so that a view doesn't have to compare ten thousand backups.
    pub generation: u32,
    /// What the instance has, once the list was read whole.
    pub overview: Option<BackupOverview>,
    /// When reading the list began: what was made since may be missing.
    pub read_at: Option<UnixMillis>,
    pub(super) target: Option<Target>,
}

impl BackupList {
    /// Whether this is the list of an instance.
    pub(crate) fn is_of(&self, target: &Target, instance_id: &str) -> bool {
        self.target.as_ref() == Some(target) && self.instance_id.as_deref() == Some(instance_id)
    }

    /// Adds the backups of a page of this list.
    pub(super) fn take_page(
        &mut self,
        new: &[Rc<Backup>],
        progress: Progress,
        (loaded, total): (usize, Option<usize>),
    ) {
        progress.collect(&mut self.items, new.iter().cloned().map(Listed::from));
        self.loading = Loading::Underway { loaded, total };
        self.renew();
    }

    /// Adds or updates backups of this instance that the page learned about elsewhere.
    pub(super) fn learn(&mut self, target: &Target, instance_id: &str, listed: &[Rc<Backup>]) {
        if !self.is_of(target, instance_id) {
            return;
        }
        let mut has_changed = false;
        for backup in listed {
            match self.items.iter_mut().find(|known| known.backup.id == backup.id) {
                Some(known) if known.backup == *backup => continue,
                Some(known) => *known = Listed::from(Rc::clone(backup)),
                // A page that hasn't been read yet may contain it.
                None if matches!(self.loading, Loading::Underway { .. }) => continue,
                None => self.items.push(Listed::from(Rc::clone(backup))),
            }
            has_changed = true;
        }
        if has_changed {
            self.renew();
        }
    }

    /// Changes how the backups are sorted and filtered.
    pub(super) fn arrange(&mut self, arrangement: Arrangement) {
        self.arrangement = arrangement;
        self.rearrange();
    }

    fn rearrange(&mut self) {
        let Arrangement { column, ascends, kind, name } = &self.arrangement;
        let wanted = name.to_lowercase();
        let is_wanted = |listed: &&Listed| {
            (kind.is_none() || listed.backup.kind == *kind)
                && (wanted.is_empty() || search::contains(&listed.lower_name, &wanted))
        };
        let mut shown: Vec<&Listed> = self.items.iter().filter(is_wanted).collect();
        sort_by(&mut shown, |left, right| {
            let order = match column {
                Column::Name => left.lower_name.cmp(&right.lower_name),
                Column::Begin => left.begun.cmp(&right.begun),
                Column::Duration => left.duration.cmp(&right.duration),
                Column::Size => left.backup.size.cmp(&right.backup.size),
            };
            if *ascends { order } else { order.reverse() }
        });
        self.arranged = shown.into_iter().map(|listed| Rc::clone(&listed.backup)).collect();
        self.generation += 1;
    }

    /// The list was read as far as it can be.
    pub(super) fn end(&mut self, extent: Extent) {
        self.loading = Loading::Done(extent);
        self.renew();
    }

    /// Updates what is derived from the backups.
    fn renew(&mut self) {
        let is_whole = self.loading == Loading::Done(Extent::Complete);
        self.overview = is_whole.then(|| BackupOverview::of(&self.items));
        self.chart = bars(&self.items).into();
        self.rearrange();
    }
}
