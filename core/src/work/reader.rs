//! One reader for all lists of the API, page by page. It keeps its own account of what the server has sent, so that only a
//! list that was read whole counts as proof that something isn't in it.

use contract::call::PAGE;
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
        let is_full = page.sent >= PAGE;
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
        let is_single = self.offset == first && first < PAGE && self.total.is_none_or(|total| total <= first);
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
mod tests {
    use super::*;

    fn page(ids: std::ops::Range<usize>, total: Option<usize>) -> Page<String> {
        let items: Vec<String> = ids.map(|number| format!("b{number}")).collect();
        Page { sent: items.len(), items, unreadable: 0, total }
    }

    /// Reads from a server that answers each offset, and says how it ended and how many pages that took.
    fn read(most_pages: usize, server: impl Fn(usize, usize) -> Page<String>) -> (Progress, usize, usize) {
        read_with(Reader::overlapping(Monotonic(0), most_pages), server)
    }

    fn read_with(mut reader: Reader, server: impl Fn(usize, usize) -> Page<String>) -> (Progress, usize, usize) {
        let (mut pages, mut found) = (0, 0);
        loop {
            let (new, progress) = reader.take(server(reader.next_offset(), pages), |id| id);
            pages += 1;
            found += new.len();
            match progress {
                Progress::More => {}
                Progress::Again => found = 0,
                Progress::Ended(_) => return (progress, found, pages),
            }
            assert!(pages < 100, "it never ends");
        }
    }

    /// A list of `length` elements, in pages of `size`.
    fn list(length: usize, size: usize, total: Option<usize>) -> impl Fn(usize, usize) -> Page<String> {
        move |offset, _| page(offset.min(length)..(offset + size).min(length), total)
    }

    #[test]
    fn a_whole_list_is_complete_however_long_its_pages_are() {
        for (length, size) in [(0, 100), (1, 100), (99, 100), (100, 100), (101, 100), (130, 50), (80, 50), (250, 100)] {
            let (progress, found, _) = read(100, list(length, size, Some(length)));
            assert_eq!((progress, found), (Progress::Ended(Extent::Complete), length), "{length} by {size}");
            let (progress, found, _) = read_with(Reader::new(Monotonic(0), 100), list(length, size, Some(length)));
            assert_eq!(
                (progress, found),
                (Progress::Ended(Extent::Complete), length),
                "{length} by {size}, page by page"
            );
        }
    }

    #[test]
    fn without_a_total_only_a_single_page_that_is_not_full_proves_absence() {
        let (whole, in_pages) = (Extent::Complete, Extent::Truncated);
        for (length, size, extent) in [
            (0, 100, whole),
            (1, 100, whole),
            (99, 100, whole),
            (50, 50, whole),
            // One that stood on the first page may have been deleted before the second was read: whatever took its place is skipped.
            (100, 100, in_pages),
            (101, 100, in_pages),
            (130, 50, in_pages),
            (250, 100, in_pages),
            (130, 130, in_pages),
        ] {
            let (progress, found, _) = read(100, list(length, size, None));
            assert_eq!((progress, found), (Progress::Ended(extent), length), "{length} by {size}");
        }
    }

    #[test]
    fn an_element_that_is_skipped_since_another_was_deleted_is_not_overlooked() {
        // The first of 101 is deleted once the first page was read. Who states a total, if anyone, and on which pages.
        let server = |states: fn(usize) -> bool| {
            move |offset: usize, pages: usize| {
                let from = usize::from(pages > 0);
                let ids = (from + offset).min(101)..(from + offset + 100).min(101);
                page(ids, states(pages).then_some(101 - from))
            }
        };
        let nobody = read(100, server(|_| false));
        assert_eq!((nobody.0, nobody.1), (Progress::Ended(Extent::Truncated), 100));
        let the_first = read(100, server(|pages| pages == 0));
        assert_eq!((the_first.0, the_first.1), (Progress::Ended(Extent::Truncated), 100));
        let the_last = read(100, server(|pages| pages > 0));
        assert_eq!((the_last.0, the_last.1), (Progress::Ended(Extent::Complete), 100), "it is read again");
        let all = read(100, server(|_| true));
        assert_eq!((all.0, all.1), (Progress::Ended(Extent::Complete), 100));
    }

    #[test]
    fn elements_that_move_between_two_pages_are_noticed_whatever_total_is_stated() {
        // Once the first page was read: which elements are deleted, and how many come in front, and how many at the end.
        for (deleted, in_front, at_end) in
            [(vec![0], 0, 1), (vec![0], 1, 0), (vec![0, 1], 1, 1), (vec![], 1, 0), (vec![99], 0, 1), (vec![150], 0, 1)]
        {
            let numbers = |has_changed: bool| -> Vec<usize> {
                let kept = (0..250).filter(|number| !has_changed || !deleted.contains(number));
                let (front, end) = if has_changed { (in_front, at_end) } else { (0, 0) };
                (900..900 + front).chain(kept).chain(950..950 + end).collect()
            };
            let asked = std::cell::RefCell::new(Vec::new());
            let (progress, found, _) = read(100, |offset, pages| {
                asked.borrow_mut().push(offset);
                let all = numbers(pages > 0);
                let items: Vec<String> = all.iter().skip(offset).take(100).map(|number| format!("b{number}")).collect();
                Page { sent: items.len(), items, unreadable: 0, total: Some(250) }
            });
            let moves = in_front != deleted.iter().filter(|number| **number < 99).count() || deleted.contains(&99);
            assert_eq!(
                asked.borrow().iter().filter(|offset| **offset == 0).count(),
                1 + usize::from(moves),
                "{deleted:?}"
            );
            let is_whole = numbers(true).len() == 250;
            assert_eq!(progress == Progress::Ended(Extent::Complete), is_whole, "{deleted:?} {progress:?} {found}");
        }
    }

    #[test]
    fn a_list_that_has_less_than_it_says_is_cut_short() {
        let (progress, found, _) = read(100, |offset, _| page(offset.min(50)..50, Some(80)));
        assert_eq!((progress, found), (Progress::Ended(Extent::Truncated), 50));
    }

    #[test]
    fn a_total_that_says_less_than_was_sent_is_not_believed() {
        let (progress, found, _) = read(100, list(150, 100, Some(0)));
        assert_eq!((progress, found), (Progress::Ended(Extent::Truncated), 150));
        let (progress, found, _) = read(100, list(50, 100, Some(0)));
        assert_eq!((progress, found), (Progress::Ended(Extent::Complete), 50));
    }

    #[test]
    fn a_server_that_ignores_the_offset_is_asked_twice() {
        let (progress, found, pages) = read(100, |_, _| page(0..100, Some(300)));
        assert_eq!((progress, found, pages), (Progress::Ended(Extent::Truncated), 100, 2));
    }

    #[test]
    fn a_list_that_is_too_long_is_read_so_far() {
        let (progress, found, pages) = read(5, list(10_000, 100, Some(10_000)));
        assert_eq!((progress, found, pages), (Progress::Ended(Extent::Truncated), 496, 5));
    }

    #[test]
    fn a_list_that_changes_is_read_again_and_not_for_ever() {
        // One more in front from the second page on: the last of the first page comes again.
        let once = |offset: usize, pages: usize| {
            let by = usize::from(pages > 0);
            let all: Vec<usize> = (0..by).map(|_| 999).chain(0..150).collect();
            let items: Vec<String> = all.iter().skip(offset).take(100).map(|number| format!("b{number}")).collect();
            Page { sent: items.len(), items, unreadable: 0, total: Some(150 + by) }
        };
        assert_eq!(read(100, once).0, Progress::Ended(Extent::Complete));
        let always = |offset: usize, pages: usize| page(offset..offset + 100, Some(1_000 + pages));
        assert_eq!(read(100, always).0, Progress::Ended(Extent::Shifted));
    }

    #[test]
    fn an_element_that_comes_again_has_the_list_read_again() {
        // One more in front, and the last one deleted: the total stays, and page by page only the repetition shows it.
        let moved = |offset: usize, pages: usize| {
            let all: Vec<usize> =
                if pages == 0 { (0..150).collect() } else { [999].into_iter().chain(0..149).collect() };
            let items: Vec<String> = all.iter().skip(offset).take(100).map(|number| format!("b{number}")).collect();
            Page { sent: items.len(), items, unreadable: 0, total: Some(150) }
        };
        let read = read_with(Reader::new(Monotonic(0), 100), moved);
        assert_eq!(read, (Progress::Ended(Extent::Complete), 150, 4));
    }

    #[test]
    fn an_element_that_says_too_little_takes_completeness_away() {
        let (progress, found, _) = read(100, |offset, _| match offset {
            0 => Page { sent: 3, unreadable: 1, ..page(0..2, Some(3)) },
            _ => page(0..0, Some(3)),
        });
        assert_eq!((progress, found), (Progress::Ended(Extent::Truncated), 2));
        let nameless = read(100, |offset, _| Page { sent: 2, unreadable: 2, ..page(offset..offset, Some(2)) });
        assert_eq!(nameless.0, Progress::Ended(Extent::Truncated));
    }
}
