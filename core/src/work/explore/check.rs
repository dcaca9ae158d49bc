//! Checks the page's statements against the truth (the table that the crate's documents call "when a sentence is
//! true").

use super::SETTLE;
use super::model::{Awaited, Life, Open, Try, World};
use super::server::By;
use super::step::Dates;
use crate::clock::Monotonic;
use crate::ticket::{CallPurpose, Purpose, WaitPurpose};
use crate::work::creation::Creation;
use crate::work::reading::ReadingFor;
use crate::work::record::{HostEvent, Record};
use crate::work::stage::{Certainty, Outcome, Stage, Unknown};
use crate::work::state::Work;

/// The maximum age of a list that a press accepts, the rounding of times to seconds, and the error of a proxy's clock,
/// in milliseconds.
const SLACK: i64 = 10_000 + 2_000 + 1_000 * super::SKEW;

/// The creation that a ticket belongs to.
pub(super) fn key_of(work: &Work, purpose: Purpose) -> Option<u32> {
    let (Purpose::Call(CallPurpose::Page(id)) | Purpose::Wait(WaitPurpose::NextPage(id))) = purpose else {
        return purpose.creation();
    };
    match work.readings.iter().find(|reading| reading.id == id)?.purpose {
        ReadingFor::Press(key) | ReadingFor::Creation(key) => Some(key),
        ReadingFor::Table => None,
    }
}

/// Checks a state; `shown` are the backups that a list has shown in this step.
pub(super) fn hold(world: &mut World, shown: &[usize]) -> Result<(), String> {
    tickets(world)?;
    for place in 0..world.work.creations.len() {
        let creation = &world.work.creations[place];
        let life = world.life_of(creation.key).ok_or("a creation that nobody pressed for")?;
        sentence(world, creation, life).map_err(|fault| format!("life {life}: {fault}"))?;
        waits(world, creation).map_err(|fault| format!("life {life}: {fault}"))?;
        later_truth(world, creation, life, shown).map_err(|fault| format!("life {life}: {fault}"))?;
    }
    one_backup_each(world)?;
    not_too_many_at_once(world)?;
    one_request_of_a_name(world)?;
    events(world)
}

/// At most one POST per name at a time: two in parallel would each be told of the other's backup.
fn one_request_of_a_name(world: &World) -> Result<(), String> {
    let sent = world.work.creations.iter().filter(|creation| creation.stage == Stage::Sending);
    let names: Vec<_> = sent.map(|creation| (&creation.instance_id, creation.name())).collect();
    let is_repeated =
        names.iter().enumerate().any(|(place, name)| names.iter().skip(place + 1).any(|other| other == name));
    ensure(!is_repeated, "it asks twice at once for the same name")
}

/// Only so many requests of a press for both are under way at a time.
fn not_too_many_at_once(world: &World) -> Result<(), String> {
    let is_sent = |creation: &&Creation| creation.batch.is_some() && creation.stage == Stage::Sending;
    let sent = world.work.creations.iter().filter(is_sent).count();
    // Each may be tried again by itself.
    let most = world.cx.limits.at_once + usize::from(world.used.presses > 1);
    ensure(sent <= most, "it sends too many at once")
}

fn ensure(holds: bool, fault: &str) -> Result<(), String> {
    if holds { Ok(()) } else { Err(fault.to_owned()) }
}

/// Checks what a creation states about its backup.
fn sentence(world: &World, creation: &Creation, life: usize) -> Result<(), String> {
    let truth = &world.lives[life];
    if let Some(id) = &creation.backup.id {
        its_backup(world, creation, life, id)?;
    } else {
        ensure(creation.certainty.is_none(), "it is sure of a backup without an ID")?;
    }
    match &creation.stage {
        Stage::Building(_) => {
            ensure(creation.backup.id.is_some() || truth.was_accepted, "it builds what nobody has accepted")
        }
        Stage::Ended(outcome) => ended(world, creation, life, outcome),
        Stage::Queued(_) | Stage::Reading(_) | Stage::Sending | Stage::Reconciling(_) | Stage::AwaitingInstance(_) => {
            Ok(())
        }
    }
}

/// Checks that the backup is a creation's own, or one that can't be told apart from it.
fn its_backup(world: &World, creation: &Creation, life: usize, id: &str) -> Result<(), String> {
    let truth = &world.lives[life];
    let place = world.server.made.iter().position(|made| made.id == id).ok_or("there is no such backup")?;
    let made = &world.server.made[place];
    let is_answered = truth.answered.contains(&place);
    match creation.certainty {
        Some(Certainty::Responded) => ensure(is_answered, "it calls its own what no answer has named"),
        Some(Certainty::Listed) => match made.by {
            By::Life(by) if by == life => Ok(()),
            By::Life(_) => Err("it takes another life's backup for its own".into()),
            By::Nobody => Err("it takes an old backup for its own".into()),
            By::Another(_) => {
                ensure(may_be_mistaken(world, truth, made.begun), "it takes somebody else's backup for its own")
            }
        },
        // After a reload: only the underway says that it was its own.
        None => ensure(
            is_answered || made.by == By::Life(life) || may_be_mistaken(world, truth, made.begun),
            "whose it follows",
        ),
    }
}

/// Whether somebody else's backup began so near an attempt that it can't be told apart.
fn may_be_mistaken(world: &World, life: &Life, begun: Monotonic) -> bool {
    let is_near = |attempt: &Try| {
        let is_early = begun.since(attempt.pressed) < -(SETTLE + SLACK);
        let is_late = attempt.ended.is_some_and(|ended| begun.since(ended) > SETTLE + SLACK);
        // Without a `Date` there is only the computer's clock, which may be wrong.
        let may_be_late = world.server.dates == Dates::Absent && world.wall_error != 0;
        !is_early && (!is_late || may_be_late)
    };
    // Attempts that are known to have created nothing can't have a backup.
    life.attempts.iter().filter(|attempt| attempt.pressed >= life.pressed).any(is_near)
}

fn ended(world: &World, creation: &Creation, life: usize, outcome: &Outcome) -> Result<(), String> {
    let truth = &world.lives[life];
    let has_none = || {
        ensure(world.made_by(life).next().is_none(), "it says that there is no backup, and there is one")?;
        let may_come =
            world.pending(life).is_some() && !world.server.has_name(truth.asked.instance(), truth.asked.name());
        ensure(!may_come, "it says that there is no backup, and one may still come")
    };
    let its = |status: &str| {
        let id = creation.backup.id.as_deref();
        let made = id.and_then(|id| world.server.find(id));
        ensure(made.is_some_and(|made| made.status == status), "the backup hasn't ended so")
    };
    match outcome {
        Outcome::Completed => its("COMPLETED"),
        Outcome::Failed => its("FAILED"),
        Outcome::Gone => {
            let id = creation.backup.id.as_deref().ok_or("gone without ever having had an ID")?;
            let place = world.server.made.iter().position(|made| made.id == id).ok_or("gone, and never there")?;
            ensure(world.seen.contains(&place), "gone, and never listed")?;
            ensure(world.server.made[place].is_deleted, "it calls gone what is there")
        }
        Outcome::NotSent(_) => {
            ensure(truth.attempts.iter().all(|attempt| attempt.is_dead), "it says that nothing was sent")?;
            has_none()
        }
        Outcome::Refused(_) | Outcome::NotCreated | Outcome::NameTaken(None) => has_none(),
        Outcome::NameTaken(Some(backup)) => {
            has_none()?;
            let holder = backup.id.as_deref().and_then(|id| world.server.find(id));
            let holder = holder.ok_or("taken by a backup that never was")?;
            ensure(holder.by != By::Life(life), "taken by its own")?;
            let last = truth.attempts.last().and_then(|attempt| attempt.ended).unwrap_or(world.now);
            let is_before = holder.begun <= truth.last_press || holder.begun.since(last) <= SETTLE + SLACK;
            // Without a `Date` there is only the computer's clock, which may be wrong.
            ensure(is_before || world.server.dates == Dates::Absent, "taken by one that was made long after")
        }
        Outcome::Unknown(Unknown::NeverListed) => {
            ensure(truth.was_accepted || !truth.answered.is_empty(), "never listed, and never accepted")
        }
        Outcome::Unknown(_) => Ok(()),
    }
}

/// Checks that something is pending or the page says that it waits for its user, and that no wait goes on for ever.
fn waits(world: &World, creation: &Creation) -> Result<(), String> {
    let is_its = |purpose: &Purpose| key_of(&world.work, *purpose) == Some(creation.key);
    let purposes: Vec<Purpose> =
        world.open.iter().filter_map(|open| world.cx.tickets.find(open.ticket)).filter(is_its).collect();
    let goes_on = purposes.iter().any(|purpose| {
        !matches!(purpose, Purpose::Call(CallPurpose::Reason(_)) | Purpose::Wait(WaitPurpose::ReadingLimit(_)))
    });
    if let Stage::Queued(_) = creation.stage {
        let is_begun = |other: &&Creation| matches!(other.stage, Stage::Reading(_) | Stage::Sending);
        let begun = world.work.creations.iter().filter(is_begun).count();
        ensure(!goes_on, "it waits for its turn, and goes on")?;
        ensure(begun >= world.cx.limits.at_once, "it waits for its turn, and nobody is before it")?;
    } else if creation.is_running() {
        ensure(goes_on, "it waits, and nothing is under way")?;
    } else if let Stage::Building(building) = &creation.stage {
        ensure(building.blocker.is_some(), "it has stopped without a word")?;
        ensure(!goes_on, "it says that it has stopped, and goes on")?;
    } else {
        ensure(!goes_on, "it has ended, and goes on")?;
    }
    let asks = |purpose: &Purpose| {
        matches!(
            purpose,
            Purpose::Call(CallPurpose::Poll(_) | CallPurpose::Page(_)) | Purpose::Wait(WaitPurpose::PollAgain(_))
        )
    };
    ensure(purposes.iter().filter(|purpose| asks(purpose)).count() <= 1, "it asks twice at once")?;
    let (since, most) = match &creation.stage {
        Stage::Reconciling(reconciliation) => (reconciliation.since, 15 * 60_000),
        Stage::AwaitingInstance(awaiting) => (awaiting.since.monotonic, 60 * 60_000),
        Stage::Building(building) if creation.is_running() => (building.since, 24 * 60 * 60_000),
        Stage::Queued(_) | Stage::Reading(_) | Stage::Sending | Stage::Building(_) | Stage::Ended(_) => return Ok(()),
    };
    // A request sent after the time limit is the last one: no wait follows.
    let is_its_last =
        |open: &Open| open.asked.since(since) > most && !matches!(open.what, Awaited::List { goes_on: true, .. });
    let had_its_say = world.answered.as_ref().is_some_and(|(key, open)| *key == creation.key && is_its_last(open));
    let waits = |purpose: &Purpose| {
        matches!(
            purpose,
            Purpose::Wait(WaitPurpose::ReadAgain(_) | WaitPurpose::AskInstance(_) | WaitPurpose::PollAgain(_))
        )
    };
    ensure(!had_its_say || !purposes.iter().any(waits) || world.now.since(since) <= most, "it never gives up")
}

/// Checks that a list that shows the backup of a life determines its outcome.
fn later_truth(world: &World, creation: &Creation, life: usize, shown: &[usize]) -> Result<(), String> {
    let is_own = |place: &&usize| world.server.made[**place].by == By::Life(life);
    let Some(own) = shown.iter().find(is_own) else { return Ok(()) };
    let id = world.server.made[*own].id.as_str();
    let is_told = match &creation.stage {
        Stage::Ended(Outcome::Unknown(Unknown::Near(near))) => near.id.as_deref() == Some(id),
        // In these stages the answer, or the end of the reading, comes first.
        Stage::Ended(Outcome::Completed | Outcome::Failed | Outcome::Gone)
        | Stage::Queued(_)
        | Stage::Reading(_)
        | Stage::Sending
        | Stage::Reconciling(_)
        | Stage::AwaitingInstance(_) => true,
        Stage::Building(_) => creation.awaits_press || creation.final_outcome().is_none(),
        Stage::Ended(_) => false,
    };
    ensure(is_told, "a list has shown its backup, and it doesn't say so")
}

fn one_backup_each(world: &World) -> Result<(), String> {
    let twice = (0..world.lives.len()).any(|life| world.made_by(life).count() > 1);
    ensure(!twice, "one life has made two backups")
}

/// Checks that each ticket has an open call or wait, and that no purpose has two.
fn tickets(world: &World) -> Result<(), String> {
    let mut purposes = Vec::new();
    for open in &world.open {
        let purpose = world.cx.tickets.find(open.ticket).ok_or("a call or a wait that nobody waits for")?;
        ensure(!purposes.contains(&purpose), "two calls or waits for the same")?;
        purposes.push(purpose);
    }
    ensure(!world.cx.tickets.any(|purpose| !purposes.contains(&purpose)), "it waits for what isn't open")
}

/// Checks that the events for the host page agree with the stages.
fn events(world: &mut World) -> Result<(), String> {
    for event in world.events.clone() {
        let (record, announced) = match &event {
            HostEvent::Created(record) => (record, "created"),
            HostEvent::Finished(record) => (record, "finished"),
            HostEvent::Refused(record) => (record, "refused"),
        };
        let life = world.life_of(record.key).ok_or("an event about nothing")?;
        // An event isn't repeated unless a different one came in between.
        let is_news = announced == "refused" || world.lives[life].announced != announced;
        ensure(is_news, "the page around the console is told the same twice")?;
        if announced == "created" {
            ensure(!world.lives[life].is_told_created, "it is told of one creation twice")?;
            world.lives[life].is_told_created = true;
        }
        if announced == "finished" {
            ensure(!world.lives[life].is_told_finished, "it is told of one end twice")?;
            world.lives[life].is_told_finished = true;
        }
        world.lives[life].announced = announced;
        if let HostEvent::Created(record) | HostEvent::Finished(record) = &event {
            named(world, record)?;
        }
    }
    for creation in &world.work.creations {
        let Some(life) = world.life_of(creation.key) else { continue };
        if creation.awaits_press {
            // What a reload resumes was announced to the previous page, and the host page is new too.
            world.lives[life].is_told_created = false;
            world.lives[life].is_told_finished = false;
            if matches!(creation.stage, Stage::Building(_)) {
                world.lives[life].announced = "created";
            }
            continue;
        }
        // It resumes, and its end isn't announced a second time.
        if matches!(creation.stage, Stage::Building(_)) && world.lives[life].is_told_created {
            world.lives[life].announced = if world.lives[life].is_told_finished { "finished" } else { "created" };
        }
        let announced = world.lives[life].announced;
        if matches!(creation.stage, Stage::Ended(Outcome::Gone | Outcome::Unknown(_))) {
            world.lives[life].announced = "";
        }
        let is_right = match &creation.stage {
            Stage::Building(_) => matches!(announced, "created" | "finished"),
            Stage::Ended(Outcome::Completed | Outcome::Failed) => announced == "finished",
            Stage::Ended(Outcome::Refused(_) | Outcome::NotSent(_) | Outcome::NotCreated | Outcome::NameTaken(_)) => {
                announced == "refused"
            }
            Stage::Ended(Outcome::Gone | Outcome::Unknown(_))
            | Stage::Queued(_)
            | Stage::Reading(_)
            | Stage::Sending
            | Stage::Reconciling(_)
            | Stage::AwaitingInstance(_) => true,
        };
        ensure(is_right, "the page around the console was told otherwise")?;
    }
    Ok(())
}

fn named(world: &World, record: &Record) -> Result<(), String> {
    let Some(id) = record.backup.id.as_deref() else { return Ok(()) };
    ensure(world.server.find(id).is_some(), "an event names a backup that never was")
}
