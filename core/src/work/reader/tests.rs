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
        assert_eq!((progress, found), (Progress::Ended(Extent::Complete), length), "{length} by {size}, page by page");
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
        assert_eq!(asked.borrow().iter().filter(|offset| **offset == 0).count(), 1 + usize::from(moves), "{deleted:?}");
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
        let all: Vec<usize> = if pages == 0 { (0..150).collect() } else { [999].into_iter().chain(0..149).collect() };
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
