//! The backups of an instance: read page by page, sorted and filtered as the user likes.

use std::cmp::Ordering;
use std::rc::Rc;

use contract::answer::Answer;
use contract::backup::{Backup, Kind};
use contract::call::{BackupTypes, Call, PAGE};
use contract::failure::Failure;
use contract::json::Json;
use contract::list::{self, Page};
use contract::rules::Field;

use super::chart::Bar;
use super::ticket::Purpose;
use super::{Effect, Focus, Millis, NoAnswer, Received, State, Target};

/// So many backups are read: five times as many as the page is tested with.
pub(super) const MOST: usize = 50_000;

/// The backups of one instance.
#[derive(Clone, Default, PartialEq)]
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
    /// When the last page came in.
    pub(super) read_at: Option<Millis>,
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

impl From<Backup> for Listed {
    fn from(backup: Backup) -> Self {
        Self {
            begun: backup.begun().map(|moment| moment.0),
            duration: backup.duration(),
            lower_name: backup.name.as_deref().unwrap_or_default().to_lowercase().into(),
            backup: Rc::new(backup),
        }
    }
}

/// How far the reading of a list has come.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Loading {
    /// Nobody asked for it.
    #[default]
    NotAsked,
    /// Pages are coming in.
    Underway {
        /// How many elements are there.
        loaded: usize,
        /// How many there will be, where the API says so.
        total: Option<usize>,
    },
    /// All pages are there.
    Done,
    /// The API refused a page.
    Refused(Failure),
    /// A page wasn't answered.
    Unanswered(NoAnswer),
}

/// A page of a list that has arrived.
pub(super) struct Arrived<T> {
    /// Its elements.
    pub(super) items: Vec<T>,
    /// Whether no page follows.
    pub(super) is_last: bool,
}

impl Loading {
    /// Takes in what came of asking for the next page of a list of which `loaded` elements are there; `most` are wanted.
    pub(super) fn advance<T>(
        &mut self,
        result: Result<Received, NoAnswer>,
        read: impl Fn(&Answer, Option<&Json>) -> Result<Page<T>, Failure>,
        loaded: usize,
        most: usize,
    ) -> Option<Arrived<T>> {
        let page = match result.map(|received| read(&received.answer, received.json.as_ref())) {
            Ok(Ok(page)) => page,
            Ok(Err(failure)) => {
                *self = Self::Refused(failure);
                return None;
            }
            Err(reason) => {
                *self = Self::Unanswered(reason);
                return None;
            }
        };
        let loaded = loaded + page.items.len();
        let is_last = page.items.len() < PAGE || loaded >= most;
        *self = if is_last { Self::Done } else { Self::Underway { loaded, total: page.total } };
        Some(Arrived { items: page.items, is_last })
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
    pub fn is_of(&self, instance_id: &str) -> bool {
        self.instance_id.as_deref() == Some(instance_id)
    }

    /// The backup of an instance that has a name.
    pub fn named(&self, instance_id: &str, name: &str) -> Option<&Backup> {
        let mut backups = self.items.iter().filter(|_| self.is_of(instance_id)).map(|listed| listed.backup.as_ref());
        backups.find(|backup| backup.name.as_deref() == Some(name))
    }

    /// Whether the whole list of an instance had been read at a moment: what it doesn't have wasn't there.
    pub(super) fn was_complete_at(&self, instance_id: &str, moment: Millis) -> bool {
        let was_read = self.read_at.is_some_and(|read_at| read_at <= moment);
        self.is_of(instance_id) && self.loading == Loading::Done && was_read
    }

    /// Enters what was learned of a backup of this instance, or what has changed of it.
    pub(super) fn learn(&mut self, instance_id: &str, backup: &Backup) {
        if !self.is_of(instance_id) || backup.id.is_none() {
            return;
        }
        let listed = Listed::from(backup.clone());
        match self.items.iter_mut().find(|known| known.backup.id == backup.id) {
            Some(known) if known.backup == listed.backup => return,
            Some(known) => *known = listed,
            None => self.items.push(listed),
        }
        self.renew();
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
                && (wanted.is_empty() || listed.lower_name.contains(&wanted))
        };
        let mut shown: Vec<&Listed> = self.items.iter().filter(is_wanted).collect();
        shown.sort_by(|left, right| {
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

impl State {
    /// Reads the backups of the instance in the form.
    pub(super) fn show_backups(&mut self) -> Vec<Effect> {
        let target = match self.target() {
            Ok(target) => target,
            Err(effects) => return effects,
        };
        let Some(instance_id) = self.form.wanted_instance() else {
            return vec![Effect::Focus(Focus::Field(Field::InstanceId))];
        };
        let mut effects = self.give_up(|purpose| *purpose == Purpose::Backups);
        self.backups = BackupList {
            instance_id: Some(instance_id.as_str().to_owned()),
            loading: Loading::Underway { loaded: 0, total: None },
            arrangement: self.backups.arrangement.clone(),
            generation: self.backups.generation + 1,
            target: Some(target),
            ..BackupList::default()
        };
        effects.extend(self.next_backups());
        effects
    }

    fn next_backups(&mut self) -> Option<Effect> {
        let (instance_id, target) = (self.backups.instance_id.clone()?, self.backups.target.clone()?);
        let call =
            Call::Backups { instance_id, backup_id: None, types: BackupTypes::All, offset: self.backups.items.len() };
        self.fetch(Purpose::Backups, &target, call)
    }

    pub(super) fn backups_answered(&mut self, result: Result<Received, NoAnswer>, now: Millis) -> Vec<Effect> {
        let loaded = self.backups.items.len();
        let Some(Arrived { items, is_last }) = self.backups.loading.advance(result, list::backups, loaded, MOST) else {
            return vec![];
        };
        self.backups.items.extend(items.into_iter().map(Listed::from));
        self.backups.read_at = Some(now);
        self.backups.renew();
        if is_last { vec![] } else { self.next_backups().into_iter().collect() }
    }
}
