//! Lists: their content, and how they are split into pages.

use std::time::SystemTime;

use serde_json::{Map, Value};

use crate::document::Schema;
use crate::refusal::Refusal;
use crate::resources::StoredBackup;
use crate::timestamps::parse_timestamp;

/// How `total_count` is answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TotalCount {
    /// The actual number.
    #[default]
    Correct,
    /// It is missing.
    Missing,
    /// This number.
    Claims(usize),
}

/// A change of a list of backups between two of its pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListChange {
    /// Somebody else creates a manual backup of the instance.
    BackupCreated,
    /// The first finished backup of the page that was just read is deleted.
    BackupDeleted,
}

/// How a list is answered. The default follows the API's documentation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListBehaviour {
    /// The most elements of a page, whatever `limit` asks for.
    pub longest_page: Option<usize>,
    /// Whether every request gets the first page.
    pub ignores_offset: bool,
    /// Whether backups of every type are returned, whatever `backup_type` asks for.
    pub ignores_backup_type: bool,
    /// Whether the oldest backup comes first.
    pub oldest_first: bool,
    /// How `total_count` is answered.
    pub total_count: TotalCount,
    /// Members that are omitted from every element.
    pub without: &'static [&'static str],
}

/// A page of a list.
pub(crate) struct Page<T> {
    pub(crate) elements: Vec<T>,
    total: usize,
    /// Whether elements follow it.
    pub(crate) has_next: bool,
}

/// The parameters of a query.
#[derive(serde::Deserialize)]
#[serde(transparent)]
pub(crate) struct Parameters(Vec<(String, String)>);

impl Parameters {
    pub(crate) fn text(&self, key: &str) -> Option<&str> {
        self.0.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }

    fn number(&self, key: &str, default: usize) -> usize {
        self.text(key).and_then(|text| text.parse().ok()).unwrap_or(default)
    }

    fn limit(&self) -> usize {
        self.number("limit", 100).min(100)
    }

    /// How many elements precede the page: `offset`, or derived from `page`, which counts from 1.
    fn offset(&self) -> usize {
        match self.text("page") {
            Some(_) => self.number("page", 1).saturating_sub(1) * self.limit(),
            None => self.number("offset", 0),
        }
    }
}

impl ListBehaviour {
    /// The page that a query requests.
    pub(crate) fn page<T>(&self, all: Vec<T>, query: &Parameters) -> Page<T> {
        let total = all.len();
        let offset = if self.ignores_offset { 0 } else { query.offset() };
        let limit = query.limit().min(self.longest_page.unwrap_or(usize::MAX));
        let elements: Vec<T> = all.into_iter().skip(offset).take(limit).collect();
        let has_next = offset.saturating_add(elements.len()) < total;
        Page { elements, total, has_next }
    }

    /// The answer with a page, whose elements are under `key`.
    pub(crate) fn answer(&self, key: &str, page: Page<Value>) -> Value {
        let mut elements = page.elements;
        for members in elements.iter_mut().filter_map(Value::as_object_mut) {
            members.retain(|member, _| !self.without.contains(&member.as_str()));
        }
        let total_count = match self.total_count {
            TotalCount::Correct => Some(page.total),
            TotalCount::Missing => None,
            TotalCount::Claims(number) => Some(number),
        };
        let mut answer = Map::from_iter([(key.to_owned(), elements.into())]);
        answer.extend(total_count.map(|number| ("total_count".to_owned(), number.into())));
        answer.into()
    }
}

impl<T> Page<T> {
    pub(crate) fn map<U>(self, change: impl FnMut(T) -> U) -> Page<U> {
        Page { elements: self.elements.into_iter().map(change).collect(), total: self.total, has_next: self.has_next }
    }
}

/// Which of the instance's backups a query requests.
pub(crate) struct Filter<'a> {
    backup_id: Option<&'a str>,
    backup_type: Option<&'a str>,
    begin: Option<(SystemTime, SystemTime)>,
}

impl<'a> Filter<'a> {
    /// `backup_id`, `backup_type`, and `begin_time` with `end_time`: both or neither, the end after the begin.
    pub(crate) fn of(query: &'a Parameters, backup_type: &Schema) -> Result<Self, Refusal> {
        let time = |key| match query.text(key) {
            Some(text) => parse_timestamp(text).map(Some).ok_or(Refusal::Parameter(key)),
            None => Ok(None),
        };
        let begin = match (time("begin_time")?, time("end_time")?) {
            (None, None) => None,
            (Some(begin), Some(end)) if begin < end => Some((begin, end)),
            _ => return Err(Refusal::Parameter("end_time")),
        };
        if query.text("backup_type").is_some_and(|text| backup_type.check(&text.into()).is_err()) {
            return Err(Refusal::Parameter("backup_type"));
        }
        Ok(Self { backup_id: query.text("backup_id"), backup_type: query.text("backup_type"), begin })
    }

    /// Whether the query matches an ID.
    pub(crate) fn takes_id(&self, id: Option<&str>) -> bool {
        self.backup_id.is_none_or(|wanted| id == Some(wanted))
    }

    /// Whether the query matches a backup.
    pub(crate) fn takes(&self, backup: &StoredBackup, listing: &ListBehaviour) -> bool {
        let is_within = |(begin, end)| begin <= backup.begin_time() && backup.begin_time() <= end;
        self.takes_id(Some(&backup.id))
            && (listing.ignores_backup_type || self.backup_type.is_none_or(|wanted| backup.kind == wanted))
            && self.begin.is_none_or(is_within)
    }
}
