//! What the form learns from the lists of instances and backups. It comes with the later part.

use std::rc::Rc;

use contract::backup::Backup;
use contract::instance::Instance;
use contract::rules::{Field, Warning, normalize};

use contract::time::UnixSeconds;

use crate::cx::Cx;
use crate::form::action::FieldRefusal;
use crate::form::state::Form;
use crate::options::Options;
use crate::parse_json::ParseJson;
use crate::work::creation::Creation;
use crate::work::state::Work;

/// What is known that is about the form.
pub(crate) trait Lookups {
    /// Tells the form what is known of its token, its instance and its name, and says what is unusual about it.
    fn learn(
        &self,
        form: &mut Form,
        work: &Work,
        options: &Options,
        parse_json: ParseJson,
        cx: &mut Cx,
    ) -> Vec<(Field, Warning)>;
}

/// The lookups, once they are loaded.
#[derive(Clone, Copy, Default)]
pub(crate) struct LoadedLookups(pub(crate) Option<(&'static dyn Lookups, ParseJson)>);

impl PartialEq for LoadedLookups {
    fn eq(&self, other: &Self) -> bool {
        self.0.is_some() == other.0.is_some()
    }
}

impl LoadedLookups {
    /// All of them. Naming this links their code.
    pub(crate) const fn with(parse_json: ParseJson) -> Self {
        Self(Some((&Here, parse_json)))
    }

    /// The parser that came with them.
    pub(crate) fn parse_json(self) -> Option<ParseJson> {
        self.0.map(|(_, parse_json)| parse_json)
    }
}

struct Here;

impl Lookups for Here {
    fn learn(
        &self,
        form: &mut Form,
        work: &Work,
        options: &Options,
        parse_json: ParseJson,
        cx: &mut Cx,
    ) -> Vec<(Field, Warning)> {
        form.read_token_content(&options.endpoints, parse_json, cx);
        form.watch_replacements();
        if form.chosen.is_none() {
            // An instance whose ID was typed is known where the list of its project is here: as if it had been chosen.
            form.chosen = typed_instance(form, work);
        }
        let now = cx.now.wall.moment();
        form.learn_selected(|target, id| work.instances.find_at(target, id), now);
        renew_refusal(form, work);
        let token_ends = token_ends_too_soon(form, work, now).map(|warning| (Field::Token, warning));
        if form.selects_several() {
            let of_connection = |(field, _): &(Field, Warning)| *field < Field::InstanceId;
            let of_form = form.warnings(None, now).into_iter().filter(of_connection).chain(token_ends);
            let window = form.selection.instances.iter().find_map(|selected| {
                let instance = selected.instance.as_ref()?;
                Some(Warning::InBackupWindow {
                    instance: Some(instance.name.clone()),
                    until: instance.backup_window?.ends(now)?,
                })
            });
            let window = window.map(|window| (Field::InstanceId, window));
            let listed = selected_name_listed(form, work).map(|listed| (Field::NamePattern, listed));
            return of_form.chain(window).chain(listed).collect();
        }
        let window = form.chosen.as_ref().and_then(|chosen| chosen.backup_window?.ends(now));
        let window = window.map(|until| (Field::InstanceId, Warning::InBackupWindow { instance: None, until }));
        form.warnings(name_listed(form, work), now).into_iter().chain(token_ends).chain(window).collect()
    }
}

/// A token that ends before a backup is likely to end, which is asked for in the form or is followed where that leads to.
fn token_ends_too_soon(form: &Form, work: &Work, now: UnixSeconds) -> Option<Warning> {
    let at = form.token_content.as_ref()?.expires.filter(|at| *at > now)?;
    let target = form.target()?;
    let asked_for = work.past_durations(&target, normalize(&form.instance_id.text)).into_iter().max();
    let asked_for = asked_for.filter(|_| !form.selects_several());
    // Durations are known of a backup that is followed only.
    let followed = work.creations.iter().filter(|creation| creation.target == target && creation.is_running());
    let followed = followed
        .filter_map(|creation| Some((creation.requested?.moment(), creation.past_durations.iter().copied().max()?)));
    let mut likely = asked_for.map(|usual| (now, usual)).into_iter().chain(followed);
    let (_, usual) = likely.find(|(begin, usual)| begin.0 + usual > at.0)?;
    Some(Warning::TokenEndsTooSoon { at, usual })
}

/// The instance of the list whose ID was typed.
fn typed_instance(form: &Form, work: &Work) -> Option<Rc<Instance>> {
    let id = normalize(&form.instance_id.text);
    if work.instances.items.is_empty() { None } else { work.instances.find_at(&form.target()?, id).cloned() }
}

/// A name that was refused because of another creation is judged again, since that conflict may be gone.
fn renew_refusal(form: &mut Form, work: &Work) {
    let Some((field, FieldRefusal::UnderWay | FieldRefusal::Unsettled | FieldRefusal::InstanceUnderWay)) = form.refused
    else {
        return;
    };
    if let Some((target, Ok((.., requests)))) = form.target().zip(Some(form.request())) {
        let in_the_way = requests.iter().find_map(|request| {
            if form.selects_several() {
                return work.in_the_way_of_several(&target, request).map(|(_, refusal)| refusal);
            }
            work.in_the_way(&target, request)?.1
        });
        form.refused = in_the_way.map(|refusal| (field, refusal));
    }
}

/// A name that the instance's list has. It may have been deleted since: the press looks again.
fn name_listed(form: &Form, work: &Work) -> Option<Warning> {
    let instance_id = normalize(&form.instance_id.text);
    let name = normalize(&form.name.text);
    if name.is_empty() || instance_id.is_empty() {
        return None;
    }
    let target = form.target()?;
    // The backup that the newest press has created is no conflict.
    let is_own = |newest: &Creation| newest.exists() && newest.is_of(&target, instance_id, name);
    if work.creations.first().is_some_and(is_own) {
        return None;
    }
    let taken = work.named(&target, instance_id, name)?;
    Some(listed(taken))
}

/// The same for the selected instances. What was asked for here isn't asked for again.
fn selected_name_listed(form: &Form, work: &Work) -> Option<Warning> {
    let (target, names) = (form.target()?, form.names_of_selected()?);
    let taken = form.selection.instances.iter().zip(&names).find_map(|(selected, name)| {
        let is_own = |creation: &Creation| creation.is_of(&target, &selected.id, name) && creation.exists();
        work.named(&target, &selected.id, name).filter(|_| !work.creations.iter().any(is_own))
    });
    taken.map(listed)
}

fn listed(taken: &Backup) -> Warning {
    let (id, begin_time) = (taken.id.clone().unwrap_or_default(), taken.begin_time.clone().unwrap_or_default());
    Warning::NameListed { id, begin_time }
}
