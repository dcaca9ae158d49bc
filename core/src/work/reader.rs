//! One reader for all lists of the API, page by page. It keeps its own account of what the server has sent, so that only a
//! list that was read whole counts as proof that something isn't in it.

use contract::call::PAGE_SIZE;
use contract::list::Page;

use crate::clock::Monotonic;

/// A list that is being read.
#[derive(Clone, PartialEq)]
#[cfg_attr(test, derive(Debug))]
pub(crate) struct Reader {
    /// When the reading began: what the list proves, it proves of this moment.
    pub(crate) started: Monotonic,
    /// How many elements the server has sent.
    offset: usize,
    /// The last of them, where each page begins with the last element of the one before: a list whose elements have moved up or
    /// down in between shows it, whatever total it states.
    overlap: Overlap,
    ids: Ids,
    pages: usize,
    most_pages: usize,
    unreadable: usize,
    total: Option<usize>,
    /// What the first page had: how many elements, and whether it stated the total.
    first: (usize, bool),
    restarts: u8,
}

/// What was read already, in an order of its own. A set would bring its code along, and the page's parts are held to a budget.
#[derive(Clone, Default, PartialEq)]
#[cfg_attr(test, derive(Debug))]
struct Ids(Vec<String>);

impl Ids {
    /// Takes in an ID; whether it is a new one.
    fn insert(&mut self, id: &str) -> bool {
        let place = self.0.binary_search_by(|known| known.as_str().cmp(id));
        if let Err(place) = place {
            self.0.insert(place, id.to_owned());
        }
        place.is_err()
    }
}

/// Whether pages overlap, and the ID with which the next one then begins.
#[derive(Clone, PartialEq)]
#[cfg_attr(test, derive(Debug))]
enum Overlap {
    Never,
    From(Option<String>),
}

/// How far a list is after a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Progress {
    /// There is more: the next page is to be asked for.
    More,
    /// The list has changed while it was read: it is to be read again from the beginning.
    Again,
    /// The list is at its end.
    Ended(Extent),
}

impl Progress {
    /// Adds what is new on a page to what was read of the list: nothing of a list that is read again.
    pub(crate) fn collect<T>(self, read: &mut Vec<T>, new: impl IntoIterator<Item = T>) {
        match self {
            Self::More | Self::Ended(_) => read.extend(new),
            Self::Again => read.clear(),
        }
    }
}

/// How much of a list was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// All of it: what it lacks isn't there.
    Complete,
    /// Not all of it, as far as can be told: it is too long, was cut short, has elements that say too little about themselves,
    /// or came in several pages without a total, between which one may have been deleted, and another skipped.
    Truncated,
    /// It changed each time while it was read.
    Shifted,
}

/// How often a list that changes is read again.
const MAX_RESTARTS: u8 = 2;

impl Reader {
    /// A reading that begins now, of so many pages at the most.
    pub(crate) fn new(started: Monotonic, most_pages: usize) -> Self {
        Self::with(Overlap::Never, started, most_pages)
    }

    /// The same with pages that overlap by an element.
    pub(crate) fn overlapping(started: Monotonic, most_pages: usize) -> Self {
        Self::with(Overlap::From(None), started, most_pages)
    }

    fn with(overlap: Overlap, started: Monotonic, most_pages: usize) -> Self {
        Self {
            started,
            offset: 0,
            overlap,
            ids: Ids::default(),
            pages: 0,
            most_pages,
            unreadable: 0,
            total: None,
            first: (0, false),
            restarts: 0,
        }
    }

    /// How many elements are there already, and how many there will be, where the API says so.
    pub(crate) fn count(&self) -> (usize, Option<usize>) {
        (self.ids.0.len(), self.total)
    }

    /// Where the next page begins.
    pub(crate) fn next_offset(&self) -> usize {
        self.offset - usize::from(matches!(self.overlap, Overlap::From(Some(_))))
    }

    /// How many pages were read since the beginning.
    pub(crate) fn pages(&self) -> usize {
        self.pages
    }

    /// Takes in a page, and says which of its elements are new, in their order, and how the reading goes on. `id` tells the
    /// elements apart.
    pub(crate) fn take<T>(&mut self, mut page: Page<T>, id: impl Fn(&T) -> &str) -> (Vec<T>, Progress) {
        self.pages += 1;
        self.unreadable += page.unreadable;
        let is_full = page.sent >= PAGE_SIZE;
        let has_moved = self.take_overlap(&mut page, &id);
        let sent = page.sent;
        self.offset += sent;
        if self.pages == 1 {
            self.first = (sent, page.total.is_some());
        }
        let has_other_total = self.total.is_some() && page.total.is_some() && page.total != self.total;
        self.total = page.total.or(self.total);
        let mut is_repeated = false;
        let mut new = Vec::new();
        for item in page.items {
            if self.ids.insert(id(&item)) {
                new.push(item);
            } else {
                is_repeated = true;
            }
        }
        let progress = if has_other_total || is_repeated && !new.is_empty() {
            self.again()
        } else if sent > 0 && new.is_empty() {
            // The server ignores the offset, or sends what nobody can tell apart.
            Progress::Ended(Extent::Truncated)
        } else if has_moved {
            self.again()
        } else if sent == 0 || !self.has_more(is_full) {
            Progress::Ended(self.extent())
        } else if self.pages >= self.most_pages {
            Progress::Ended(Extent::Truncated)
        } else {
            Progress::More
        };
        (new, progress)
    }

    /// Takes away the element with which the page before ended; whether another one has its place.
    fn take_overlap<T>(&mut self, page: &mut Page<T>, id: impl Fn(&T) -> &str) -> bool {
        let Overlap::From(last) = &mut self.overlap else { return false };
        let expected = last.take();
        let is_found = expected.is_some() && page.items.first().map(&id) == expected.as_deref();
        // Of elements that can't be read nobody can tell whether it is among them, and such a list proves nothing anyway.
        let is_readable = page.unreadable == 0;
        let has_moved = expected.is_some() && !is_found && is_readable;
        if is_found {
            page.items.remove(0);
        }
        if expected.is_some() && !has_moved {
            page.sent -= 1;
        }
        *last = page.items.last().map(|item| id(item).to_owned()).or(expected).filter(|_| is_readable);
        has_moved
    }

    /// Without a total only an empty page is surely the end: a server may give fewer elements than it is asked for. The total
    /// is believed where it says more.
    fn has_more(&self, is_full: bool) -> bool {
        is_full || self.total.is_none_or(|total| total > self.offset)
    }

    /// Between two pages an element can be deleted, and the one that moves up to its place is skipped. Pages that overlap show it;
    /// that nothing is missing behind the last of them shows a total that is stated from the first page on, or that there is but
    /// one page, which isn't full.
    fn extent(&self) -> Extent {
        let (first, states_total) = self.first;
        let is_single = self.offset == first && first < PAGE_SIZE && self.total.is_none_or(|total| total <= first);
        let is_counted = states_total && self.total == Some(self.offset);
        if (is_single || is_counted) && self.unreadable == 0 { Extent::Complete } else { Extent::Truncated }
    }

    fn again(&mut self) -> Progress {
        if self.restarts >= MAX_RESTARTS {
            return Progress::Ended(Extent::Shifted);
        }
        let overlap = match self.overlap {
            Overlap::Never => Overlap::Never,
            Overlap::From(_) => Overlap::From(None),
        };
        *self = Self { restarts: self.restarts + 1, ..Self::with(overlap, self.started, self.most_pages) };
        Progress::Again
    }
}

#[cfg(test)]
mod tests;
