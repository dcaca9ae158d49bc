//! The backups of an instance as a table, sorted and filtered as the user likes.

use std::cmp::Ordering;
use std::rc::Rc;

use contract::backup::{Backup, Kind};
use contract::call::BackupTypes;
use contract::search;

use super::Work;
use super::chart::Bar;
use super::disruption::Disruption;
use super::order::sort_by;
use super::reader::Progress;
use super::reading::{Loading, ReadingFor};
use crate::Action;
use crate::cx::Cx;
use crate::session::credentials::Target;

/// The backups of one instance.
#[derive(Clone, Default, PartialEq)]
#[cfg_attr(test, derive(Debug))]
pub struct BackupList {
    /// The instance; `None` while no list was asked for.
    pub instance_id: Option<String>,
    /// As the API listed them.
    pub items: Vec<Listed>,
    /// How far the reading has come.
    pub loading: Loading,
    /// How they are shown.
    pub arrangement: Arrangement,
    /// What is shown, in its order.
    pub arranged: Rc<[Rc<Backup>]>,
    /// The latest of them as a chart has them.
    pub chart: Rc<[Bar]>,
    /// Changes with [`BackupList::arranged`], so that a view needn't compare ten thousand backups.
    pub generation: u32,
    target: Option<Target>,
}

/// A backup with what it is sorted and filtered by: read off its texts once, and not whenever a page comes in.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// The backup.
    pub backup: Rc<Backup>,
    begun: Option<i64>,
    duration: Option<i64>,
    lower_name: Rc<str>,
}

impl Listed {
    /// When it began, in seconds since 1970.
    pub(super) fn begun(&self) -> Option<i64> {
        self.begun
    }

    /// How long it took, in seconds.
    pub(super) fn duration(&self) -> Option<i64> {
        self.duration
    }
}

impl From<Rc<Backup>> for Listed {
    fn from(backup: Rc<Backup>) -> Self {
        Self {
            begun: backup.begun().map(|moment| moment.0),
            duration: backup.duration(),
            lower_name: backup.name.as_deref().unwrap_or_default().to_lowercase().into(),
            backup,
        }
    }
}

/// How the backups are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arrangement {
    /// By which column they are sorted.
    pub column: Column,
    /// Whether the greatest comes last.
    pub ascends: bool,
    /// Only backups of this type.
    pub kind: Option<Kind>,
    /// Only backups whose name has this in it, in either case.
    pub name: String,
}

/// A column to sort by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Column {
    /// Name.
    Name,
    /// Begin.
    #[default]
    Begin,
    /// Duration.
    Duration,
    /// Size.
    Size,
}

impl BackupList {
    /// Whether this is the list of an instance.
    fn is_of(&self, target: &Target, instance_id: &str) -> bool {
        self.target.as_ref() == Some(target) && self.instance_id.as_deref() == Some(instance_id)
    }

    /// Takes in what a page of this list has brought.
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

    /// Enters what was learned of backups of this instance, or what has changed of them.
    pub(super) fn learn(&mut self, target: &Target, instance_id: &str, listed: &[Rc<Backup>]) {
        if !self.is_of(target, instance_id) {
            return;
        }
        let mut has_changed = false;
        for backup in listed {
            match self.items.iter_mut().find(|known| known.backup.id == backup.id) {
                Some(known) if known.backup == *backup => continue,
                Some(known) => *known = Listed::from(Rc::clone(backup)),
                // A page that is still to come may have it.
                None if matches!(self.loading, Loading::Underway { .. }) => continue,
                None => self.items.push(Listed::from(Rc::clone(backup))),
            }
            has_changed = true;
        }
        if has_changed {
            self.renew();
        }
    }

    /// Shows the backups in another way.
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

    /// Brings what follows from the backups up to date.
    fn renew(&mut self) {
        self.chart = self.bars().into();
        self.rearrange();
    }
}

impl Arrangement {
    /// Sorts by a column: the greatest first, and the other way round when it was so already.
    #[must_use]
    pub fn sorted_by(&self, column: Column) -> Self {
        let again = self.column == column;
        let starts_ascending = column == Column::Name;
        Self { column, ascends: if again { !self.ascends } else { starts_ascending }, ..self.clone() }
    }

    /// How a column is sorted; `None` when it isn't.
    pub fn order_of(&self, column: Column) -> Option<Ordering> {
        (self.column == column).then_some(if self.ascends { Ordering::Less } else { Ordering::Greater })
    }
}

impl Work {
    /// Reads the backups of an instance for the table.
    pub(super) fn show_backups(&mut self, target: &Target, instance_id: &str, cx: &mut Cx) {
        self.backups = BackupList {
            instance_id: Some(instance_id.to_owned()),
            loading: Loading::Underway { loaded: 0, total: None },
            arrangement: self.backups.arrangement.clone(),
            generation: self.backups.generation + 1,
            target: Some(target.clone()),
            ..BackupList::default()
        };
        if self.start_reading(ReadingFor::Table, BackupTypes::All, target, instance_id, cx).is_err() {
            self.backups.loading = Loading::NoToken;
        }
    }

    /// The table's reading has ended before its end.
    pub(super) fn table_disrupted(&mut self, disruption: Disruption, cx: &mut Cx) {
        self.backups.loading = Loading::of_disruption(disruption, cx);
    }
}

impl Loading {
    /// What a list that couldn't be read says.
    pub(super) fn of_disruption(disruption: Disruption, cx: &mut Cx) -> Self {
        match disruption {
            Disruption::TokenRejected(failure) => {
                cx.then(Action::TokenWanted);
                Self::Refused(failure)
            }
            Disruption::Refused(failure) | Disruption::Throttled(failure, _) | Disruption::Failed(failure) => {
                Self::Refused(failure)
            }
            Disruption::Unanswered(reason) => Self::Unanswered(reason),
        }
    }
}
