//! The instance's latest backups for the chart: how long each took and how large it is.

use contract::backup::{Kind, Status};

use super::listed::Listed;
use super::order::sort_by;

/// The most backups that are drawn.
pub const MAX_BARS: usize = 24;

/// A backup in the chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// Its name.
    pub name: String,
    /// When it began, as sent by the API.
    pub begin_time: String,
    /// Whether it was created manually.
    pub is_manual: bool,
    /// How many seconds it took.
    pub seconds: i64,
    /// Its size in kB.
    pub size: i64,
}

impl Bar {
    fn of(listed: &Listed) -> Self {
        let backup = &listed.backup;
        Self {
            name: backup.name.clone().unwrap_or_default(),
            begin_time: backup.begin_time.clone().unwrap_or_default(),
            is_manual: backup.kind == Some(Kind::Manual),
            seconds: listed.duration.unwrap_or_default(),
            size: backup.size.unwrap_or_default(),
        }
    }
}

/// The latest completed backups with known duration, the oldest first; none if there are fewer than two, which show no
/// trend.
pub(super) fn bars(items: &[Listed]) -> Vec<Bar> {
    let mut ended: Vec<(i64, &Listed)> = items
        .iter()
        .filter(|listed| listed.backup.status == Some(Status::Completed) && listed.duration.is_some())
        .filter_map(|listed| Some((listed.begun?, listed)))
        .collect();
    if ended.len() < 2 {
        return Vec::new();
    }
    // Only the last few of possibly ten thousand are needed.
    let first = ended.len().saturating_sub(MAX_BARS);
    sort_by(&mut ended, |(left, _), (right, _)| left.cmp(right));
    ended.into_iter().skip(first).map(|(_, listed)| Bar::of(listed)).collect()
}
