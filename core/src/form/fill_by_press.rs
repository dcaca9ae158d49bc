//! Fills the form from what was pressed: an instance of the list, a suggested name, an earlier request.

use std::rc::Rc;

use contract::backup::CreateBackup;
use contract::instance::Instance;
use contract::name_pattern::{DEFAULT_NAME_PATTERN, name_pattern};
use contract::rules::{Field, normalize};

use super::action::{FieldRefusal, Input, Repeat};
use super::selection::Selection;
use super::state::Form;
use super::undo_step::ReplacedBy;
use crate::action::Action;
use crate::cx::Cx;
use crate::effect::Focus;
use crate::target::Target;
use crate::work::action::WorkAction;

/// Whether a backup of an instance, by its ID, has a name already. There is no target while the form names none.
pub(crate) type IsTaken<'a> = &'a dyn Fn(Option<&Target>, &str, &str) -> bool;

impl Form {
    /// An instance was chosen from the list.
    pub(crate) fn choose_instance(&mut self, instance: Rc<Instance>, is_taken: IsTaken, cx: &mut Cx) {
        let (before, id) = (self.to_draft(), instance.id.clone());
        let typed = normalize(&self.typed_instance_id);
        let is_typed_over = !typed.is_empty() && typed == normalize(&self.instance_id.text) && typed != id;
        let has_partial_backups = instance.engine.is_some_and(|engine| self.partial_backups().supports(engine));
        // A name that was suggested for another instance says the wrong one.
        let wants_name = self.is_blank(Field::Name) || self.suggested_name.as_ref() == Some(&self.name.text);
        let takes_place = self.selects_several();
        self.selection = Selection::default();
        self.choose(instance);
        if let Some(target) = self.pressed_target(cx) {
            cx.then(Action::Work(WorkAction::InstanceChosen(target, id, has_partial_backups)));
        }
        if wants_name {
            self.suggest_name(is_taken, cx);
        }
        if is_typed_over || takes_place {
            self.can_undo(before, ReplacedBy::Press, cx);
        }
        cx.focus(Focus::Field(Field::Name));
    }

    /// `Suggest a name`.
    pub(crate) fn suggest_name(&mut self, is_taken: IsTaken, cx: &mut Cx) {
        let instance_name = self.chosen.as_ref().map_or("backup", |instance| &instance.name);
        let (target, instance_id) = (self.target(), normalize(&self.instance_id.text));
        let is_taken = |name: &str| is_taken(target.as_ref(), instance_id, name);
        let patterns = [&*self.name_pattern.text, DEFAULT_NAME_PATTERN];
        let name = patterns.iter().find_map(|pattern| name_pattern(pattern).ok());
        let name = name.map(|pattern| pattern.free_name(instance_name, cx.now.wall.moment(), is_taken));
        let name = name.unwrap_or_default();
        let before = self.to_draft();
        let is_typed = !self.name.text.is_empty() && self.suggested_name.as_ref() != Some(&self.name.text);
        self.edit(Field::Name, name, Input::Pasted);
        self.suggested_name = Some(self.name.text.clone());
        if is_typed {
            self.can_undo(before, ReplacedBy::Press, cx);
        }
        cx.focus(Focus::Field(Field::Name));
    }

    /// Puts the endpoint and the project of a creation into the form. The token stays with the endpoint that it was given for.
    pub(crate) fn take_target_pressed(&mut self, target: &Target, cx: &mut Cx) {
        let before = self.to_draft();
        self.take_target(target);
        self.can_undo(before, ReplacedBy::Press, cx);
        cx.focus(Focus::Field(Field::Token));
    }

    /// `Repeat …`: what the newest press asked for, as far as it is to be the same. What stood in the form can be brought back.
    pub(crate) fn repeat(
        &mut self,
        repeat: Repeat,
        (target, request): (&Target, &CreateBackup),
        is_taken: IsTaken,
        cx: &mut Cx,
    ) {
        let before = self.to_draft();
        let is_replaced = ![Field::InstanceId, Field::Name, Field::Description, Field::Databases]
            .into_iter()
            .all(|field| self.says_the_same(field, request))
            || !self.names(target)
            || self.selects_several();
        if !self.names(target) {
            self.take_target(target);
        }
        self.take_request(request);
        self.prepare_to_repeat(repeat);
        match repeat {
            Repeat::OtherInstance => cx.focus(Focus::Field(Field::InstanceId)),
            Repeat::NewName => self.suggest_name(is_taken, cx),
        }
        if is_replaced {
            self.can_undo(before, ReplacedBy::Press, cx);
        }
    }

    /// A field of a request is refused. `latest`: where the newest press was to go.
    pub(crate) fn field_refused(
        &mut self,
        field: Field,
        refusal: FieldRefusal,
        of: &CreateBackup,
        latest: Option<&Target>,
        cx: &Cx,
    ) {
        // What was typed since is another text, and a token that was given since isn't the one that was rejected.
        let is_meant = match (field, self.connection()) {
            (Field::Token, Ok(connection)) => cx.session.credentials.is_kept(&connection),
            _ if self.selects_several() => self.asks_for(latest, of),
            _ => {
                [Field::InstanceId, field].into_iter().all(|field| self.says_the_same(field, of))
                    && latest == self.target().as_ref()
            }
        };
        if is_meant {
            self.refused = Some((field, refusal));
        }
    }
}
