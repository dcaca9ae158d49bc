//! The API in the model: what was created, and what it answers.

use contract::call::{BackupTypes, PAGE_SIZE};
use contract::json::Json;
use contract::response::{Body, HttpResponse, WebServerSigns};
use contract::time::UnixSeconds;

use super::step::{Asked, Dates, Listing, Other, Sent};
use super::{SETTLE, SKEW};
use crate::clock::Monotonic;
use crate::reply::{NoResponse, Received};

/// When the world begins, by every correct clock, in milliseconds since 1970.
pub(super) const BEGIN: i64 = 1_780_000_000_000;
/// The instance.
pub(super) const INSTANCE: &str = "d8e6ca5a624745bcb546a227aa3ae1cfin01";
/// The second instance.
pub(super) const SECOND_INSTANCE: &str = "d8e6ca5a624745bcb546a227aa3ae1cfin03";
const OTHER_INSTANCE: &str = "d8e6ca5a624745bcb546a227aa3ae1cfin09";

/// An element of a list.
#[derive(Clone, Copy)]
enum Element {
    /// A created backup, by its index.
    Made(usize),
    /// Another backup, by its number.
    OfNoInterest(usize),
}

/// Who created a backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    /// It existed from the beginning, under another name.
    Nobody,
    /// An attempt of a life.
    Life(usize),
    /// Somebody else.
    Another(Other),
}

/// A backup.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Made {
    pub(super) id: String,
    pub(super) instance: &'static str,
    pub(super) name: &'static str,
    pub(super) by: By,
    pub(super) begun: Monotonic,
    /// From when on every list contains it; `None` while the connection that requested it is open.
    pub(super) visible: Option<Monotonic>,
    pub(super) status: &'static str,
    pub(super) is_deleted: bool,
}

/// The server.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Server {
    pub(super) made: Vec<Made>,
    pub(super) dates: Dates,
    pub(super) has_short_pages: bool,
    pub(super) states_no_total: bool,
}

impl Asked {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Plain | Self::Described | Self::OfSecond => "nightly",
            Self::OtherName => "weekly",
        }
    }

    pub(super) fn instance(self) -> &'static str {
        match self {
            Self::Plain | Self::Described | Self::OtherName => INSTANCE,
            Self::OfSecond => SECOND_INSTANCE,
        }
    }
}

/// The API's clock, in seconds since 1970.
pub(super) fn seconds(moment: Monotonic) -> i64 {
    (BEGIN + moment.0).div_euclid(1_000)
}

impl Server {
    pub(super) fn new() -> Self {
        let old = Made {
            id: "old".into(),
            instance: INSTANCE,
            name: "old",
            by: By::Nobody,
            begun: Monotonic(-86_400_000),
            visible: Some(Monotonic(-86_400_000)),
            status: "COMPLETED",
            is_deleted: false,
        };
        Self { made: vec![old], dates: Dates::Right, has_short_pages: false, states_no_total: false }
    }

    /// From now on a page has two elements, and one more backup exists from the beginning.
    pub(super) fn shorten_pages(&mut self) {
        self.has_short_pages = true;
        let older = self.made.first().map(|old| Made { id: "older".into(), name: "older", ..old.clone() });
        self.made.extend(older);
    }

    pub(super) fn has_name(&self, instance: &str, name: &str) -> bool {
        self.made.iter().any(|made| made.instance == instance && made.name == name && !made.is_deleted)
    }

    pub(super) fn make(&mut self, instance: &'static str, name: &'static str, by: By, now: Monotonic) -> usize {
        let visible = match by {
            By::Life(_) => None,
            By::Nobody | By::Another(_) => Some(Monotonic(now.0 + SETTLE)),
        };
        let id = format!("b{}", self.made.len());
        self.made.push(Made { id, instance, name, by, begun: now, visible, status: "BUILDING", is_deleted: false });
        self.made.len() - 1
    }

    pub(super) fn find(&self, id: &str) -> Option<&Made> {
        self.made.iter().find(|made| made.id == id)
    }

    fn answer(&self, now: Monotonic, status: u16, json: Option<Json>) -> Received {
        let date = match self.dates {
            Dates::Right => Some(UnixSeconds(seconds(now))),
            Dates::Absent => None,
            Dates::Skewed => Some(UnixSeconds(seconds(now) + SKEW)),
        };
        let body = if json.is_some() { "{}" } else { "<html>" };
        Received { response: HttpResponse { date, ..HttpResponse::new(status, Body::Text(body.into())) }, json }
    }

    fn web_server_login(&self, now: Monotonic) -> Received {
        let mut received = self.answer(now, 200, None);
        received.response.web_server = Some(WebServerSigns { is_html: true, ..WebServerSigns::default() });
        received
    }

    fn refusal(&self, now: Monotonic, status: u16, code: &str) -> Received {
        self.answer(now, status, Some(object(vec![("error_code", text(code)), ("error_msg", text("no"))])))
    }

    /// The answer to a POST, which has created a backup or not.
    pub(super) fn answer_post(&self, sent: Sent, made: Option<usize>, now: Monotonic) -> Result<Received, NoResponse> {
        match sent {
            Sent::Responded => {
                let backup = made.and_then(|made| self.made.get(made)).map(element);
                Ok(self.answer(now, 200, Some(object(vec![("backup", backup.unwrap_or(Json::Null))]))))
            }
            Sent::AnsweredWithoutId => Ok(self.answer(now, 200, Some(object(vec![("backup", object(vec![]))])))),
            Sent::Unclear => Ok(self.answer(now, 200, Some(object(vec![])))),
            Sent::Lost => Err(NoResponse::Unreachable),
            Sent::TimedOut => Err(NoResponse::TimedOut),
            Sent::GivenUp => Err(NoResponse::Cancelled),
            Sent::Running => Ok(self.refusal(now, 409, "DBS.201205")),
            Sent::NameExists => Ok(self.refusal(now, 409, "DBS.201201")),
            Sent::NameRefused => Ok(self.refusal(now, 400, "DBS.280277")),
            Sent::TokenRejected => Ok(self.refusal(now, 401, "APIGW.0301")),
            Sent::Forbidden => Ok(self.answer(now, 403, None)),
            Sent::Unavailable => Ok(self.answer(now, 503, None)),
            Sent::Unauthorized => Ok(self.answer(now, 401, None)),
            Sent::WebServerLogin => Ok(self.web_server_login(now)),
            Sent::InvalidRequest => Err(NoResponse::InvalidRequest),
            Sent::PolicyForbids => Err(NoResponse::Forbidden),
        }
    }

    /// The content of a list that was requested at a moment and is answered now, in order of creation.
    pub(super) fn listed(
        &self,
        instance: &str,
        types: BackupTypes,
        one: Option<&str>,
        listing: Listing,
        asked: Monotonic,
    ) -> Vec<usize> {
        let is_in = |made: &Made| {
            let is_of_type = types == BackupTypes::All || made.by != By::Another(Other::Automated);
            let may_lack = made.visible.is_none_or(|visible| visible > asked);
            !made.is_deleted
                && made.instance == instance
                && is_of_type
                && one.is_none_or(|one| made.id == one)
                && !(listing == Listing::Lagging && may_lack)
        };
        self.made.iter().enumerate().filter(|(_, made)| is_in(made)).map(|(place, _)| place).collect()
    }

    /// The answer to a request for backups, and which of them it contains.
    pub(super) fn answer_list(
        &self,
        listing: Listing,
        listed: &[usize],
        offset: usize,
        name: &str,
        now: Monotonic,
    ) -> (Result<Received, NoResponse>, Vec<usize>) {
        let page = if self.has_short_pages { 2 } else { PAGE_SIZE };
        // If no total is stated, lists have pages: there are 99 irrelevant backups between two of the instance's.
        let others = if self.states_no_total { PAGE_SIZE - 1 } else { 0 };
        let all: Vec<Element> = (0..self.made.len())
            .flat_map(|place| {
                let made = listed.contains(&place).then_some(Element::Made(place));
                made.into_iter().chain((0..others).map(move |number| Element::OfNoInterest(place * PAGE_SIZE + number)))
            })
            .collect();
        let mut total = all.len();
        let (from, many) = match listing {
            Listing::Honest | Listing::Lagging | Listing::OfAnotherInstance => (offset, page),
            Listing::CutShort => (offset, (total / 2).saturating_sub(offset).min(page)),
            Listing::Shifted => {
                total += 1;
                (offset.saturating_sub(1), page)
            }
            Listing::Unanswered => return (Err(NoResponse::Unreachable), vec![]),
            Listing::TimedOut => return (Err(NoResponse::TimedOut), vec![]),
            Listing::NotSent => return (Err(NoResponse::InvalidRequest), vec![]),
            Listing::PolicyForbids => return (Err(NoResponse::Forbidden), vec![]),
            Listing::Forbidden => return (Ok(self.refusal(now, 403, "DBS.200010")), vec![]),
            Listing::Unavailable => return (Ok(self.answer(now, 503, None)), vec![]),
            Listing::Throttled => return (Ok(self.throttled(now, 30)), vec![]),
            Listing::ThrottledForLong => return (Ok(self.throttled(now, 3_600)), vec![]),
            Listing::TokenRejected => return (Ok(self.refusal(now, 401, "APIGW.0301")), vec![]),
            Listing::WebServerLogin => return (Ok(self.web_server_login(now)), vec![]),
        };
        let shown = || all.iter().skip(from).take(many);
        let mut elements: Vec<Json> = shown()
            .filter_map(|shown| match shown {
                Element::Made(place) => self.made.get(*place).map(element),
                Element::OfNoInterest(number) => Some(self.of_no_interest(*number, now)),
            })
            .collect();
        let shown: Vec<usize> = shown()
            .filter_map(|shown| match shown {
                Element::Made(place) => Some(*place),
                Element::OfNoInterest(_) => None,
            })
            .collect();
        if listing == Listing::OfAnotherInstance {
            let foreign = Made { id: "foreign".into(), ..self.foreign(now) };
            elements.push(element_of(&foreign, name, OTHER_INSTANCE));
            total += 1;
        }
        if self.states_no_total {
            return (Ok(self.answer(now, 200, Some(object(vec![("backups", Json::List(elements))])))), shown);
        }
        let total = i64::try_from(total).unwrap();
        let list = object(vec![("backups", Json::List(elements)), ("total_count", Json::Integer(total))]);
        (Ok(self.answer(now, 200, Some(list))), shown)
    }

    fn foreign(&self, now: Monotonic) -> Made {
        let like = self.made.first().cloned().unwrap();
        Made { begun: now, status: "BUILDING", ..like }
    }

    /// Another instance's backup of another name.
    fn of_no_interest(&self, place: usize, now: Monotonic) -> Json {
        element_of(&Made { id: format!("other{place}"), ..self.foreign(now) }, "other", OTHER_INSTANCE)
    }

    fn throttled(&self, now: Monotonic, seconds: u32) -> Received {
        let mut received = self.answer(now, 429, None);
        received.response.retry_after = Some(seconds);
        received
    }

    /// The answer to a request for the instance; `None` if it isn't answered.
    pub(super) fn answer_instance(&self, id: &str, status: &str, now: Monotonic) -> Received {
        let instance = object(vec![
            ("id", text(id)),
            ("name", text("orders")),
            ("status", text(status)),
            ("type", text("Single")),
        ]);
        self.answer(now, 200, Some(object(vec![("instances", Json::List(vec![instance]))])))
    }

    pub(super) fn refuse(&self, listing: Listing, now: Monotonic) -> Result<Received, NoResponse> {
        self.answer_list(listing, &[], 0, "", now).0
    }

    pub(super) fn answer_tasks(&self, now: Monotonic) -> Received {
        let task = object(vec![("fail_reason", text("no space"))]);
        self.answer(now, 200, Some(object(vec![("tasks", Json::List(vec![task]))])))
    }
}

fn element(made: &Made) -> Json {
    element_of(made, made.name, made.instance)
}

fn element_of(made: &Made, name: &str, instance: &str) -> Json {
    let kind = if made.by == By::Another(Other::Automated) { "auto" } else { "manual" };
    let begun = UnixSeconds(seconds(made.begun)).at_offset(0);
    let mut members = vec![
        ("id", text(&made.id)),
        ("instance_id", text(instance)),
        ("name", text(name)),
        ("begin_time", text(&begun)),
        ("status", text(made.status)),
        ("type", text(kind)),
    ];
    if made.by == By::Another(Other::Partial) {
        members.push(("databases", Json::List(vec![object(vec![("name", text("sales"))])])));
    }
    object(members)
}

fn object(members: Vec<(&str, Json)>) -> Json {
    Json::Object(members.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

fn text(text: &str) -> Json {
    Json::Text(text.to_owned())
}
