//! Whatever the user, the network and the server do, in whatever order: a thousand random sequences against a model of
//! the server. The seed is printed; set `CONSOLE_SEED` to it to play the same sequences again.

use std::hash::{BuildHasher, RandomState};

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::*;

/// How many sequences are played.
const SEQUENCES: u32 = 1_000;

/// What a test can do without knowing a ticket.
#[derive(Clone, Debug)]
enum Step {
    Act(Action),
    /// Answers one of the calls, waits or probes that are under way, or one that was.
    Return(usize, Come),
}

/// What comes back.
#[derive(Clone, Debug)]
enum Come {
    Nothing(NoAnswer),
    Status(u16),
    /// A gateway refuses what it has passed on.
    RefusedYetMade,
    Started,
    Taken,
    Listed,
}

fn any_step() -> impl Strategy<Value = Step> {
    let field = prop_oneof![
        Just(Field::Endpoint),
        Just(Field::ProjectId),
        Just(Field::Token),
        Just(Field::InstanceId),
        Just(Field::Name),
        Just(Field::Description),
        Just(Field::Databases),
        (0_usize..4).prop_map(Field::Database),
    ];
    let text = prop_oneof![
        Just("rds.example".to_owned()),
        Just(PROJECT.to_owned()),
        Just(long_token()),
        Just(SQL_SERVER.to_owned()),
        Just("backup".to_owned()),
        Just(String::new()),
        "\\PC{0,12}",
    ];
    let input = prop_oneof![Just(Input::Typed), Just(Input::Pasted)];
    let action = prop_oneof![
        4 => (field.clone(), text.clone(), input).prop_map(|(field, text, input)| Action::Edited(field, text, input)),
        1 => (0_usize..4, text).prop_map(|(index, text)| Action::DatabasesPasted(index, text)),
        1 => field.prop_map(Action::Left),
        1 => Just(Action::AddDatabasePressed),
        1 => (0_usize..4).prop_map(Action::RemoveDatabasePressed),
        1 => Just(Action::EngineChosen(EngineChoice::Stated(Engine::SqlServer))),
        1 => Just(Action::ForgetTokenPressed),
        1 => Just(Action::EndpointConfirmed),
        6 => Just(Action::SubmitPressed),
        2 => Just(Action::CancelPressed),
        2 => Just(Action::TryAgainPressed),
        1 => Just(Action::AwaitInstancePressed),
        1 => Just(Action::ShowBackupsPressed),
        1 => Just(Action::LoadInstancesPressed),
        1 => Just(Action::SuggestNamePressed),
        1 => Just(Action::VisibilityChanged(Visibility::Hidden)),
        1 => Just(Action::VisibilityChanged(Visibility::Shown)),
    ];
    let come = prop_oneof![
        Just(Come::Nothing(NoAnswer::Unreachable)),
        Just(Come::Nothing(NoAnswer::TimedOut)),
        (200_u16..600).prop_map(Come::Status),
        Just(Come::RefusedYetMade),
        Just(Come::Started),
        Just(Come::Taken),
        Just(Come::Listed),
    ];
    prop_oneof![2 => action.prop_map(Step::Act), 3 => (any::<usize>(), come).prop_map(|(which, come)| Step::Return(which, come))]
}

/// A server of one instance that keeps the promise of unique names.
#[derive(Default)]
struct World {
    /// What is out, with what it is.
    out: Vec<Effect>,
    /// The backups that exist: name, and which POST made it.
    made: Vec<(String, usize)>,
    posts: usize,
    /// The POSTs that were refused though they made a backup, until the page could know.
    lies: Vec<usize>,
    /// The calls for the list that follow on a refusal, each with the number of the refused POST.
    confirmations: Vec<(Ticket, usize)>,
    /// What came back already: it can come a second time.
    late: Vec<Action>,
}

impl World {
    fn take(&mut self, effects: Vec<Effect>) {
        self.posts += sent(&effects).len();
        for effect in &effects {
            if let Effect::Abort(aborted) = effect {
                self.abort(*aborted);
            }
        }
        self.out.extend(effects.into_iter().filter(|effect| {
            matches!(effect, Effect::Fetch { .. } | Effect::Wait(..) | Effect::Probe(..) | Effect::LoadPart)
        }));
    }

    fn exists(&self, name: &str) -> bool {
        self.made.iter().any(|(made, _)| made == name)
    }

    /// There is never more than one POST under way, so it is the newest that makes.
    fn make(&mut self, name: &str) {
        if !self.exists(name) {
            self.made.push((name.to_owned(), self.posts));
        }
    }

    /// An aborted request has reached the server all the same.
    fn abort(&mut self, aborted: Ticket) {
        let is_it = |effect: &Effect| matches!(effect, Effect::Fetch { ticket, .. } if *ticket == aborted);
        let Some(index) = self.out.iter().position(is_it) else { return };
        if let Effect::Fetch { call: Call::CreateBackup(backup), .. } = self.out.remove(index) {
            self.make(backup.name.as_str());
        }
    }

    /// What comes back for one of the things that are out; what the server holds changes with it.
    fn answer(&mut self, which: usize, come: &Come) -> Option<Action> {
        if self.out.is_empty() {
            return None;
        }
        if which.is_multiple_of(7) && !self.late.is_empty() {
            return Some(self.late[which % self.late.len()].clone());
        }
        let effect = self.out.remove(which % self.out.len());
        let action = self.come_back(effect, come)?;
        if !matches!(action, Action::PartLoaded(_)) {
            self.late.push(action.clone());
        }
        Some(action)
    }

    fn come_back(&mut self, effect: Effect, come: &Come) -> Option<Action> {
        Some(match effect {
            Effect::Wait(ticket, _) => Action::Waited(ticket),
            Effect::Probe(ticket, _) => Action::Probed(ticket, Success::Yes),
            Effect::LoadPart => {
                let is_lost = matches!(come, Come::Nothing(_) | Come::Status(300..));
                Action::PartLoaded(if is_lost { Success::No } else { Success::Yes })
            }
            Effect::Fetch { ticket, call: Call::CreateBackup(backup), .. } => {
                let name = backup.name.as_str().to_owned();
                let is_new = !self.exists(&name);
                // Whatever else the page gets to see, the server may have made it; and a gateway that answers 408 may
                // have passed the request on.
                if !matches!(come, Come::Status(300..=407 | 409..=499)) {
                    self.make(&name);
                }
                let started = STARTED.replace(r#""name":"backup""#, &format!(r#""name":"{name}""#));
                let taken = r#"{"error_code":"DBS.201201","error_msg":"x"}"#;
                let result = match come {
                    Come::Nothing(reason) => Err(*reason),
                    Come::RefusedYetMade => {
                        self.lies.push(self.posts);
                        Ok(received(403, "<html>Forbidden</html>"))
                    }
                    Come::Started | Come::Listed if is_new => Ok(received(200, &started)),
                    Come::Started | Come::Listed | Come::Taken => Ok(received(409, taken)),
                    // A refusal, or a status that says nothing clear.
                    Come::Status(status) => Ok(received(*status, "")),
                };
                Action::Answered { ticket, result }
            }
            Effect::Fetch { ticket, .. } => {
                let names = self.made.iter().map(|(name, _)| {
                    format!(r#"{{"id":"id-{name}","name":"{name}","begin_time":"{JUST_NOW}","status":"BUILDING"}}"#)
                });
                let list = format!(r#"{{"backups":[{}]}}"#, names.collect::<Vec<_>>().join(","));
                let tells = !matches!(come, Come::Nothing(_) | Come::Status(300..));
                if let Some((_, post)) = self.confirmations.iter().find(|(confirm, _)| *confirm == ticket && tells) {
                    self.lies.retain(|lie| lie != post);
                }
                let result = match come {
                    Come::Nothing(reason) => Err(*reason),
                    Come::Status(status @ 300..) => Ok(received(*status, "")),
                    _ => Ok(received(200, &list)),
                };
                Action::Answered { ticket, result }
            }
            _ => return None,
        })
    }
}

fn received(status: u16, body: &str) -> Received {
    Received { answer: Answer::new(status, Body::Text(body.into())), json: serde_json::from_str(body).ok() }
}

#[test]
fn whatever_happens_one_press_sends_at_most_once_and_every_end_is_true() {
    // std's own source of randomness: each new state has other keys.
    let fresh = || format!("{:016x}", RandomState::new().hash_one(0));
    let seed = std::env::var("CONSOLE_SEED").unwrap_or_else(|_| fresh());
    println!("CONSOLE_SEED={seed}");
    let mut bytes = [0; 32];
    bytes.iter_mut().zip(seed.bytes()).for_each(|(byte, digit)| *byte = digit);
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let config = Config { cases: SEQUENCES, failure_persistence: None, ..Config::default() };
    let sequences = proptest::collection::vec(any_step(), 0..60);
    TestRunner::new_with_rng(config, rng).run(&sequences, play).unwrap();
}

fn play(steps: Vec<Step>) -> Result<(), TestCaseError> {
    let mut world = World::default();
    let mut page = page_in_parts();
    world.take(page.update(Action::Edited(Field::Endpoint, "rds.example".into(), Input::Typed)));
    fill(&mut page, MYSQL, "backup");
    page.page.limits.settle = 3_000;
    // So short that it happens within a sequence.
    page.page.limits.idle = 8_000;
    for step in steps {
        let was_busy = page.is_busy();
        let had_token = !page.form.token.text.is_empty();
        let action = match step {
            Step::Act(action) => action,
            Step::Return(which, come) => match world.answer(which, &come) {
                Some(action) => action,
                None => continue,
            },
        };
        let forgets = matches!(action, Action::ForgetTokenPressed | Action::Edited(Field::Token, ..));
        let sends = matches!(action, Action::SubmitPressed | Action::TryAgainPressed) && !was_busy
            || action == Action::PartLoaded(Success::Yes) && page.holds_a_submission();
        let is_answer = matches!(action, Action::Answered { .. });
        let asks_once_more = matches!(page.phase, Phase::AwaitingInstance { .. });
        let posts = world.posts;
        page.pass(700);
        let effects = page.update(action);
        if is_answer
            && matches!(page.phase, Phase::Refused { .. })
            && let [(ticket, Call::Backups { .. })] = &calls(&effects)[..]
        {
            world.confirmations.push((*ticket, world.posts));
        }
        world.take(effects);
        let new = world.posts - posts;
        prop_assert!(new == 0 || new == 1 && (sends || asks_once_more));
        prop_assert!(
            !(was_busy && had_token && !forgets && page.form.token.text.is_empty()),
            "forgotten while it runs"
        );
        let is_made = world.made.iter().any(|(_, post)| *post == world.posts);
        let is_lied_about = world.lies.contains(&world.posts);
        match &page.phase {
            Phase::Accepted { attempt, .. }
            | Phase::Found { attempt, .. }
            | Phase::Collision { attempt, backup: Some(_), .. } => {
                prop_assert!(world.exists(attempt.backup.name.as_str()), "said to exist, and doesn't");
            }
            Phase::Absent { .. } | Phase::Refused { .. } | Phase::Unsendable { .. } => {
                prop_assert!(!is_made || is_lied_about, "said not to be made, and is");
            }
            _ => {}
        }
        prop_assert!(world.made.len() <= world.posts);
    }
    Ok(())
}
