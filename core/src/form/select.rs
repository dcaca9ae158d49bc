//! Selects instances of the list, and names their backups.

use std::rc::Rc;

use contract::backup::CreateBackup;
use contract::instance::{Instance, MAX_INSTANCES, Unsuitable};
use contract::name_pattern::{DEFAULT_NAME_PATTERN, name_pattern};
use contract::rules::{Field, Violation, description, instance_id, name};
use contract::time::UnixSeconds;

use super::entry::{Entry, ValidationStage};
use super::selection::{Asked, Selected, Selection};
use super::state::{Faults, Form};
use super::undo_step::ReplacedBy;
use crate::cx::Cx;
use crate::effect::Focus;
use crate::target::Target;

impl Form {
    /// Whether the form is about selected instances of the list, and not about the one whose ID it has.
    pub fn selects_several(&self) -> bool {
        !self.selection.instances.is_empty()
    }

    /// Whether a name or databases that were typed for one instance are left aside.
    pub fn sets_aside(&self) -> bool {
        let is_typed = !self.name.text.is_empty() && self.suggested_name.as_ref() != Some(&self.name.text);
        self.selects_several() && (is_typed || !self.databases.is_empty())
    }

    /// An instance was ticked or unticked. `extends`: those between it and the one that was ticked last become as it is.
    pub(crate) fn tick_instance(&mut self, id: &str, extends: bool, shown: &[Rc<Instance>], cx: &mut Cx) {
        let is_selected = self.selection.has(id);
        let place = |id: &str| shown.iter().position(|instance| instance.id == id);
        let Some(end) = place(id) else { return };
        let start = self.selection.anchor.as_deref().filter(|_| extends).and_then(place).unwrap_or(end);
        let range = shown.iter().skip(start.min(end)).take(start.abs_diff(end) + 1);
        if is_selected {
            let unticked: Vec<&str> = range.map(|instance| instance.id.as_str()).collect();
            Rc::make_mut(&mut self.selection.instances).retain(|selected| !unticked.contains(&selected.id.as_str()));
        } else {
            self.select(range.cloned().collect(), cx);
        }
        self.selection.anchor = Some(id.to_owned());
        self.refused = None;
    }

    /// All of the list that are shown, but those that can't be backed up.
    pub(crate) fn select_shown(&mut self, shown: Vec<Rc<Instance>>, cx: &mut Cx) {
        self.select(shown, cx);
        self.refused = None;
    }

    fn select(&mut self, instances: Vec<Rc<Instance>>, cx: &Cx) {
        if !self.selects_several() {
            self.selection.named_at = Some(cx.now.wall.moment());
        }
        let suitable = instances.into_iter().filter(|instance| instance.unsuitable().is_none());
        for instance in suitable {
            if self.selection.instances.len() >= MAX_INSTANCES {
                break;
            }
            self.selection.add(&instance.id.clone(), Some(instance));
        }
        if self.is_blank(Field::NamePattern) {
            self.name_pattern = Entry { text: Rc::from(DEFAULT_NAME_PATTERN), stage: ValidationStage::Checked };
        }
    }

    /// An instance isn't selected any more.
    pub(crate) fn unselect(&mut self, id: &str, cx: &mut Cx) {
        Rc::make_mut(&mut self.selection.instances).retain(|selected| selected.id != id);
        self.refused = None;
        // The button that was pressed is gone.
        cx.focus(Focus::Field(Field::InstanceId));
    }

    /// No instance is selected any more: the form is about the one whose ID it has.
    pub(crate) fn clear_selection(&mut self, cx: &mut Cx) {
        let before = self.to_draft();
        self.selection = Selection::default();
        self.can_undo(before, ReplacedBy::Press, cx);
        self.refused = None;
        cx.focus(Focus::Field(Field::InstanceId));
    }

    /// The names state another moment: other backups of the same instances are asked for.
    pub(crate) fn rename(&mut self, cx: &mut Cx) {
        self.selection.named_at = Some(cx.now.wall.moment());
        self.selection.asked = Rc::default();
        self.refused = None;
        cx.focus(Focus::Field(Field::NamePattern));
    }

    /// What the loaded list has of the selected instances.
    pub(crate) fn learn_selected<'a>(
        &mut self,
        find: impl Fn(&Target, &str) -> Option<&'a Rc<Instance>>,
        now: UnixSeconds,
    ) {
        if !self.selects_several() {
            return;
        }
        self.selection.named_at.get_or_insert(now);
        let target = self.target();
        let listed = |id: &str| target.as_ref().and_then(|target| find(target, id));
        let is_news = |selected: &Selected| listed(&selected.id) != selected.instance.as_ref();
        if self.selection.instances.iter().any(is_news) {
            let instances = self.selection.instances.iter();
            let instances =
                instances.map(|Selected { id, .. }| Selected { id: id.clone(), instance: listed(id).cloned() });
            self.selection.instances = Rc::new(instances.collect());
        }
    }

    /// The names of the backups of the selected instances, in their order; `None` while the pattern, or the name of an
    /// instance, isn't known.
    pub fn names_of_selected(&self) -> Option<Vec<String>> {
        let pattern = name_pattern(&self.name_pattern.text).ok()?;
        let known = self.selection.instances.iter().map(|selected| {
            let instance = selected.instance.as_ref()?;
            Some((selected.id.as_str(), instance.name.as_str()))
        });
        let names = pattern.names(&known.collect::<Option<Vec<_>>>()?, self.selection.named_at?);
        let kept = |id: &str| {
            let is_it = |asked: &&Asked| asked.instance_id == id && asked.pattern == self.name_pattern.text;
            self.selection.asked.iter().find(is_it).map(|asked| asked.name.clone())
        };
        let instances = self.selection.instances.iter().zip(names);
        Some(instances.map(|(selected, name)| kept(&selected.id).unwrap_or(name)).collect())
    }

    /// These names are pressed for: the instances keep them.
    pub(super) fn keep_names(&mut self, requests: &[CreateBackup]) {
        let pattern = &self.name_pattern.text;
        let asked = Rc::make_mut(&mut self.selection.asked);
        for request in requests {
            let instance_id = request.instance_id.as_str();
            asked.retain(|asked| asked.instance_id != instance_id || asked.pattern != *pattern);
            let name = request.name.as_str().to_owned();
            asked.push(Asked { instance_id: instance_id.to_owned(), pattern: pattern.clone(), name });
        }
    }

    /// The requests for the selected instances.
    ///
    /// # Errors
    /// What is wrong with the selection and the names.
    pub(super) fn requests_for_selected(&self) -> Result<Vec<CreateBackup>, Faults> {
        let selected = &self.selection.instances;
        let mut faults = Vec::new();
        if selected.len() > MAX_INSTANCES {
            faults.push((Field::InstanceId, Violation::TooManyInstances { found: selected.len() }));
        }
        for Selected { id, instance } in selected.iter() {
            let violations =
                match (instance.as_ref().map(|instance| instance.unsuitable()), instance_id::instance_id(id)) {
                    (_, Err(violations)) => violations,
                    (None, Ok(_)) => vec![Violation::InstanceUnlisted(id.clone())],
                    (Some(Some(Unsuitable::ReadReplica(_))), Ok(_)) => {
                        let name = instance.as_ref().map_or(id, |instance| &instance.name);
                        vec![Violation::ReplicaSelected(name.clone())]
                    }
                    // A busy one may be ready when it is pressed.
                    (Some(Some(Unsuitable::Status(_)) | None), Ok(_)) => continue,
                };
            // One is enough to say what is to be done.
            faults.extend(violations.into_iter().map(|violation| (Field::InstanceId, violation)));
            break;
        }
        let of_pattern = name_pattern(&self.name_pattern.text).err().into_iter().flatten();
        faults.extend(of_pattern.map(|violation| (Field::NamePattern, violation)));
        let names = self.names_of_selected().unwrap_or_default();
        let of_names = names.iter().find_map(|name| name::backup_name(name).err()).into_iter().flatten();
        faults.extend(of_names.map(|violation| (Field::NamePattern, violation)));
        let is_repeated = |(place, name): (usize, &String)| names.iter().take(place).any(|other| other == name);
        if let Some((_, name)) = names.iter().enumerate().find(|(place, name)| is_repeated((*place, name))) {
            faults.push((Field::NamePattern, Violation::NamesAlike(name.clone())));
        }
        let requests = selected.iter().zip(&names).map(|(selected, name)| {
            Some(CreateBackup {
                instance_id: instance_id::instance_id(&selected.id).ok()?,
                name: name::backup_name(name).ok()?,
                description: description::description(&self.description.text).ok()?,
                databases: Vec::new(),
                backup_database_individually: false,
            })
        });
        let requests: Option<Vec<CreateBackup>> = requests.collect();
        match requests.filter(|requests| requests.len() == selected.len()) {
            Some(requests) if faults.is_empty() => Ok(requests),
            Some(_) | None => Err(faults),
        }
    }

    /// Whether the form asks for this backup of a selected instance.
    pub(super) fn asks_for(&self, target: Option<&Target>, request: &CreateBackup) -> bool {
        let requests = self.request().ok().map(|(.., requests)| requests);
        target == self.target().as_ref() && requests.is_some_and(|requests| requests.contains(request))
    }
}
