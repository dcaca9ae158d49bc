//! Random walks over the whole page: the form, links, drafts, settings, the later part, tokens that are typed or
//! supplied. What becomes of backups is explored in `work::explore`; here it is held that the form is never lost, that a token
//! is said nowhere and goes only where its user's press has sent it. The seed is printed; set `CONSOLE_SEED` to it to walk
//! the same ways again.

mod laws;
mod world;

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{BuildHasher, RandomState};

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::stage::*;
use world::{World, says_to_the_world};

/// How many ways are walked in a round, and how long one is at the most.
const WALKS: u32 = 200;
/// How many rounds there are at the most.
const MOST_ROUNDS: u8 = 8;
const LONGEST: usize = 120;

/// What happens: which of the things that can, and two numbers that say how.
type Step = (u32, usize, u32);

#[test]
fn whatever_happens_the_form_is_never_lost_and_a_token_goes_only_where_a_press_has_sent_it() {
    // std's own source of randomness: each new state has other keys.
    let fresh = || format!("{:016x}", RandomState::new().hash_one(0));
    let seed = std::env::var("CONSOLE_SEED").unwrap_or_else(|_| fresh());
    println!("CONSOLE_SEED={seed}");
    let mut bytes = [0; 32];
    bytes.iter_mut().zip(seed.bytes()).for_each(|(byte, digit)| *byte = digit);
    let config = Config { cases: WALKS, failure_persistence: None, ..Config::default() };
    let ways = proptest::collection::vec((0_u32..112, any::<usize>(), any::<u32>()), 1..LONGEST);
    let counts = std::cell::RefCell::new(BTreeMap::<&str, u32>::new());
    let walk = |steps: Vec<Step>| {
        let mut counts = counts.borrow_mut();
        let mut walk = Walk::begin(&mut counts, steps.len());
        // Most begin with a form that is filled in, and a press.
        let fill = if steps.len().is_multiple_of(4) { 0 } else { 6 };
        (0..fill).map(|_| FILL).chain(steps).try_for_each(|step| walk.step(step))
    };
    let missing = || {
        let counts = counts.borrow();
        FLOORS.into_iter().find(|(case, floor)| counts.get(case).copied().unwrap_or_default() < *floor)
    };
    // One round comes by all of it but for chance. A case that many rounds don't reach is one that no walk reaches.
    for round in 0..MOST_ROUNDS {
        bytes[31] = round;
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
        TestRunner::new_with_rng(config.clone(), rng).run(&ways, walk).unwrap();
        if missing().is_none() {
            break;
        }
    }
    println!("{:?}", counts.borrow());
    assert_eq!(missing(), None, "too few of these");
}

/// Fills in what is missing, or presses.
const FILL: Step = (52, 0, 1);

/// What the walks must come by at least so often: a quarter or so of what they do.
const FLOORS: [(&str, u32); 23] = [
    ("part came late", 25),
    ("press was held", 80),
    ("token filled the form", 20),
    ("token was supplied", 12),
    ("token was asked for", 15),
    ("form was cleared", 25),
    ("form was brought back", 8),
    ("link filled the form", 20),
    ("link had a token", 35),
    ("backup of a link", 200),
    ("reloaded with something under way", 10),
    ("token timed out", 8),
    ("token rejected", 12),
    ("several selected", 100),
    ("several pressed for", 20),
    ("reading", 300),
    ("sending", 300),
    ("looking", 100),
    ("building", 500),
    ("completed", 10),
    ("not sent", 100),
    ("refused", 15),
    ("can't be told", 50),
];

/// A walk: the page, what answers it, and what its user has allowed.
struct Walk<'a> {
    page: Page,
    world: World,
    seen: &'a mut BTreeMap<&'static str, u32>,
    /// Where each token may go: to the endpoint that it was given for, and to none before a press names one.
    allowed: BTreeMap<String, BTreeSet<String>>,
    /// The tokens that were given without an endpoint and that nothing was sent with yet, and the endpoints that presses have
    /// named since: the first that one of them is sent to is its own.
    unbound: BTreeMap<String, BTreeSet<String>>,
    /// Whether a token has filled something in that nobody has named since.
    is_filled: bool,
    /// The tokens that were in the form since a token has filled something in, and no press has named where that leads to.
    unpressed: BTreeSet<String>,
    /// The targets that a press has named.
    pressed: Vec<Target>,
    /// The tokens and targets that were rejected since their last press.
    rejected: Vec<(String, Target)>,
    /// The calls since then: with which token, and where to.
    calls: Vec<(Ticket, String, Target)>,
    /// The targets that tokens were asked for.
    asked: Vec<(Ticket, Target)>,
    last_used: Now,
    draft: String,
    underway: String,
}

impl<'a> Walk<'a> {
    fn begin(seen: &'a mut BTreeMap<&'static str, u32>, length: usize) -> Self {
        let supplies_token = length.is_multiple_of(3);
        let startup_context =
            StartupContext { address: PageAddress::new(ADDRESS), supplies_token, ..StartupContext::default() };
        let page = if length.is_multiple_of(2) { page_in_parts_of(startup_context) } else { Page::of(startup_context) };
        let mut walk = Self {
            page,
            world: World::default(),
            seen,
            allowed: BTreeMap::new(),
            unbound: BTreeMap::new(),
            is_filled: false,
            unpressed: BTreeSet::new(),
            pressed: Vec::new(),
            rejected: Vec::new(),
            calls: Vec::new(),
            asked: Vec::new(),
            last_used: START,
            draft: String::new(),
            underway: String::new(),
        };
        walk.page.state.page.limits.settle = 3_000;
        walk
    }

    fn count(&mut self, case: &'static str) {
        *self.seen.entry(case).or_default() += 1;
    }

    /// What happens, for three numbers.
    fn action(&mut self, (kind, which, how): Step) -> Option<Action> {
        let input = if how.is_multiple_of(2) { Input::Typed } else { Input::Pasted };
        let key = self.page.work.creations.get(which % 3).map_or(how % 4, |creation| creation.key);
        Some(match kind {
            0..36 => return self.world.come_back(which, how),
            36..46 => edit(FIELDS[which % FIELDS.len()], TEXTS[how as usize % TEXTS.len()], input),
            46..57 => self.fill_something(how),
            57..60 => edit(Field::Token, &self.world.new_token(), input),
            60 => edit(Field::Token, "", input),
            61 => Action::Form(FormAction::Blurred(FIELDS[which % FIELDS.len()])),
            62 => Action::Form(FormAction::Blurred(Field::Token)),
            63 => Action::Form(FormAction::AddDatabasePressed),
            64 => Action::Form(FormAction::RemoveDatabasePressed(which % 4)),
            65 => Action::Form(FormAction::DatabasesPasted(which % 4, "a, b\nc".into())),
            66 => Action::Form(FormAction::EngineChosen(EngineChoice::Stated(contract::instance::Engine::SqlServer))),
            67 => Action::Fill(FillAction::DatabaseTicked("db1".into())),
            68 => Action::Form(FormAction::ForgetTokenPressed),
            69 => Action::Form(FormAction::EndpointConfirmed),
            70..78 => Action::Press(Press::Submit),
            78 => Action::App(AppAction::CancelPressed),
            // A card's button is pressed where cards are drawn; those come with the later part.
            79..85 | 105..108 if !self.page.is_whole => return None,
            79 => Action::Work(WorkAction::Cancel(key)),
            80 => Action::Press(Press::TryAgain(key)),
            81 => Action::Press(Press::CreateAnyway(key)),
            82 => Action::Press(Press::LookAgain(key)),
            83 if how.is_multiple_of(2) => Action::Work(WorkAction::Dismiss(key)),
            83 => Action::Fill(FillAction::TakeTargetPressed(key)),
            84 => Action::Press(Press::AwaitInstance(key)),
            85 => Action::Press(Press::LoadInstances),
            86 => Action::Press(Press::ShowBackups),
            87 => Action::Fill(FillAction::InstanceChosen([MYSQL, SQL_SERVER, "r1"][which % 3].into())),
            88 => Action::Fill(FillAction::SuggestNamePressed),
            89 => Action::Fill(FillAction::RepeatPressed(if how.is_multiple_of(2) {
                Repeat::NewName
            } else {
                Repeat::OtherInstance
            })),
            90 => Action::Form(FormAction::ClearFormPressed),
            91 => Action::Fill(FillAction::RestorePressed),
            92 | 93 => self.link(which, how),
            94 => self.reload(),
            95 => look(which, how, key),
            96 => Action::App(AppAction::VisibilityChanged([Visibility::Hidden, Visibility::Shown][which % 2])),
            97 => Action::App(AppAction::PageHidden),
            98 => Action::App(AppAction::OptionsSet(settings(which), vec![])),
            99..103 => Action::Fill(FillAction::InstanceTicked {
                id: [MYSQL, SQL_SERVER, "r1"][which % 3].into(),
                extends: how.is_multiple_of(3),
            }),
            103 => Action::Fill(FillAction::ShownSelected),
            104 => match which % 3 {
                0 => Action::Fill(FillAction::SelectionCleared),
                1 => Action::Fill(FillAction::InstanceUnselected(MYSQL.into())),
                _ => Action::Fill(FillAction::NamesRenewed),
            },
            105 => Action::Press(Press::TryBatchAgain(key)),
            106 => Action::Press(Press::LookAgainAtBatch(key)),
            107 => Action::Work(WorkAction::CancelBatch(key)),
            108 => Action::Form(FormAction::IndividuallyTicked(how.is_multiple_of(2))),
            // Often enough that a token's idle time passes in every run.
            _ => {
                self.page.pass(i64::from(how % 40) * MINUTE);
                Action::App(AppAction::VisibilityChanged(Visibility::Shown))
            }
        })
    }

    /// A good text where something is missing: else no walk would get to a press.
    fn fill_something(&mut self, how: u32) -> Action {
        let form = &self.page.form;
        let name = format!("backup{}", how % 3);
        let good = [
            (Field::Endpoint, &form.endpoint, "rds.example"),
            (Field::ProjectId, &form.project_id, PROJECT),
            (Field::InstanceId, &form.instance_id, MYSQL),
            (Field::Name, &form.name, name.as_str()),
        ];
        match good.into_iter().find(|(_, entry, _)| entry.text.is_empty()) {
            // It comes first in the form.
            _ if form.token.text.is_empty() && how.is_multiple_of(2) => {
                edit(Field::Token, &self.world.new_token(), Input::Pasted)
            }
            Some((field, _, text)) => edit(field, text, Input::Typed),
            None if form.token.text.is_empty() => edit(Field::Token, &self.world.new_token(), Input::Pasted),
            None => Action::Press(Press::Submit),
        }
    }

    fn link(&mut self, which: usize, how: u32) -> Action {
        let token = self.world.new_token();
        let watch = format!("watch={MYSQL}/b{}&endpoint=rds.example&project_id={PROJECT}", which % 3);
        let several = format!("instances={MYSQL}&instances={SQL_SERVER}&name_pattern=x-{{instance}}");
        let links = ["name=linked&instance_id=i9", "endpoint=evil.example", &watch, "x=1", "", &several];
        let link = links[which % links.len()];
        let fragment = match how % 4 {
            0 => format!("#{link}&token={token}"),
            1 => format!("#{token}&{link}"),
            _ => format!("#{link}"),
        };
        Action::App(AppAction::Opened { fragment, kept: None })
    }

    /// The page is loaded again, with what its tab has kept.
    fn reload(&mut self) -> Action {
        let kept = Persisted { draft: self.draft.clone(), underway: self.underway.clone() };
        if !self.underway.is_empty() {
            self.count("reloaded with something under way");
        }
        self.page.state =
            Model::new(StartupContext { address: PageAddress::new(ADDRESS), ..StartupContext::default() });
        self.page.now.monotonic = Monotonic(0);
        self.world = World::after_reload(&self.world);
        self.allowed.clear();
        self.unbound.clear();
        self.is_filled = false;
        self.unpressed.clear();
        self.pressed.clear();
        self.rejected.clear();
        self.calls.clear();
        self.asked.clear();
        Action::App(AppAction::Opened { fragment: String::new(), kept: Some(kept) })
    }
}

/// A look at something, which changes nothing.
fn look(which: usize, how: u32, key: u32) -> Action {
    let shown = [Shown::Http, Shown::Curl, Shown::OpenStack][which % 3];
    let copies = [
        CopyTarget::BackupId(key),
        CopyTarget::ListedId(which % 3),
        CopyTarget::Response(key),
        CopyTarget::Request(shown),
        CopyTarget::FormLink,
        CopyTarget::WatchLink(key),
        CopyTarget::Receipt(key),
        CopyTarget::BatchReceipt(key),
    ];
    match how % 8 {
        0 => Action::Share(ShareAction::PreviewToggled),
        1 => Action::App(AppAction::EscapePressed),
        2 => Action::Share(ShareAction::ExportPressed(Format::Csv)),
        3 => Action::Share(ShareAction::ReceiptPressed(key)),
        4 => Action::Page(PageAction::LanguageChosen(Language::ALL[which % 2])),
        5 => Action::Form(FormAction::RevealTokenPressed),
        _ => Action::Share(ShareAction::CopyPressed(copies[which % copies.len()])),
    }
}

const FIELDS: [Field; 8] = [
    Field::NamePattern,
    Field::Endpoint,
    Field::ProjectId,
    Field::InstanceId,
    Field::Name,
    Field::Description,
    Field::Database(0),
    Field::Database(1),
];
const TEXTS: [&str; 10] =
    ["rds.example", "rds2.example", "", PROJECT, MYSQL, SQL_SERVER, " nightly ", "sales,2026", "backup0", "&=%#ü"];

fn settings(which: usize) -> Options {
    let filled_in = match which % 3 {
        0 => vec![],
        1 => vec![(Field::Endpoint, "rds3.example".into())],
        _ => vec![(Field::ProjectId, "p3".into())],
    };
    Options { filled_in, limits: Limits { settle: 3_000, ..Limits::default() }, ..Options::default() }
}
