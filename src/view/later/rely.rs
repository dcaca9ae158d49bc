//! What an instance has in backups, and how far a new one can be relied on.

use contract::backup::{Backup, Status};
use contract::command;
use contract::instance::Engine;
use yew::prelude::*;

use super::answer::labelled_copy_button;
use crate::clock::now;
use crate::text::{LanguageText, LaterText, local_hour, local_time};
use crate::view::cx::ViewCx;
use console_core::{CopyTarget, Creation, Extent, Loading, Model, Stage};

/// What the chosen instance has already, below its field.
pub(super) fn overview(cx: &ViewCx, model: &Model) -> Html {
    let form = &model.form;
    let Some(chosen) = form.chosen.as_ref().filter(|_| !model.shows_instances() && !form.selects_several()) else {
        return Html::default();
    };
    let text = cx.language.later_text();
    let mysql = (chosen.engine == Some(Engine::MySql)).then_some(text.rely.mysql);
    let lines = held(cx, model).into_iter().chain(mysql.map(str::to_owned));
    html! {
        <div class="note overview" role="status">
            { for lines.map(|line| html! { <p>{ line }</p> }) }
        </div>
    }
}

/// What is known of its backups, where the table is about it.
fn held(cx: &ViewCx, model: &Model) -> Vec<String> {
    let text = &cx.language.later_text().rely;
    let Some(backups) = model.backups_of_form() else { return Vec::new() };
    match (&backups.overview, &backups.loading) {
        (Some(overview), _) => {
            let newest = overview.newest_full.as_deref();
            let newest = newest.map_or_else(|| text.no_full.to_owned(), |newest| last_full(cx, newest));
            let size = overview.manual_size.map(cx.language.later_text().lists.size_of);
            let oldest = overview.oldest_manual.map(|oldest| local_time(oldest, cx.language));
            let manual =
                (overview.manual > 0).then(|| (text.manual)(overview.manual, size.as_deref(), oldest.as_deref()));
            let past = &overview.durations;
            let past =
                past.iter().min().zip(past.iter().max()).map(|(shortest, longest)| {
                    (cx.language.later_text().follow.earlier)(*shortest, *longest, past.len())
                });
            let as_of = backups.read_at.map(|moment| (text.as_of)(&local_hour(moment.moment(), cx.language)));
            [newest].into_iter().chain(manual).chain(past).chain(as_of).collect()
        }
        (None, Loading::Underway { .. }) => vec![text.looking.to_owned()],
        (None, Loading::Done(Extent::Truncated | Extent::Shifted) | Loading::Refused(_) | Loading::Unanswered(_)) => {
            vec![text.cant_tell.to_owned()]
        }
        (None, Loading::NotAsked | Loading::NoToken | Loading::Done(Extent::Complete)) => Vec::new(),
    }
}

fn last_full(cx: &ViewCx, backup: &Backup) -> String {
    let text = cx.language.later_text();
    let moment = backup.ended().or_else(|| backup.begun());
    let size = backup.size.map(text.lists.size_of);
    let name = described(text, backup);
    match moment {
        Some(moment) => {
            let age = now().wall.moment().0 - moment.0;
            (text.rely.last_full)(&name, &local_time(moment, cx.language), age, size.as_deref())
        }
        None => name,
    }
}

/// Name and type.
fn described(text: &LaterText, backup: &Backup) -> String {
    let name = backup.name.as_deref().unwrap_or(text.not_in_answer);
    (text.rely.backup)(name, backup.kind.as_ref().map(text.kind))
}

/// How a backup compares with others of its instance, while it is built and at its end.
pub(super) fn compared(cx: &ViewCx, creation: &Creation) -> Html {
    let text = cx.language.later_text();
    let longer = creation.is_longer_than(now().monotonic).map(text.rely.longer);
    let is_building = matches!(creation.stage, Stage::Building(_));
    let task = creation.failure_reason.as_deref().filter(|_| is_building).map(text.rely.task);
    let completed = (creation.backup.status == Some(Status::Completed)).then(|| of_completed(text, creation));
    let (line, warning) = completed.unwrap_or_default();
    let warnings = [longer, warning.map(str::to_owned)].into_iter().flatten();
    html! {
        <>
            { for [task, line].into_iter().flatten().map(|line| html! { <p>{ line }</p> }) }
            { for warnings.map(|warning| html! { <p class="warning">{ warning }</p> }) }
        </>
    }
}

/// Size and duration beside those of the full backup before, and what is odd about them.
fn of_completed(text: &LaterText, creation: &Creation) -> (Option<String>, Option<&'static str>) {
    let size = creation.backup.size;
    let previous = creation.previous_full.as_deref();
    let line = previous.map(|previous| {
        let took = previous.duration().map(|seconds| text.follow.units.duration(seconds));
        let size = previous.size.map(text.lists.size_of);
        let is_known = took.is_some() || size.is_some();
        is_known.then(|| (text.rely.compared)(&described(text, previous), took.as_deref(), size.as_deref()))
    });
    let line = line.flatten();
    let is_small =
        size.zip(previous.and_then(|previous| previous.size)).is_some_and(|(size, before)| size * 2 < before);
    let warning = match size {
        Some(0) => Some(text.rely.is_empty),
        _ if is_small => Some(text.rely.is_small),
        _ => None,
    };
    (line, warning)
}

/// How to restore from it.
pub(super) fn restore(cx: &ViewCx, model: &Model, creation: &Creation) -> Html {
    let Some((instance_id, backup_id)) = creation.restorable() else { return Html::default() };
    let text = &cx.language.later_text().rely;
    html! {
        <details class="restore">
            <summary>{ text.restore }</summary>
            <p>{ text.restore_detail }</p>
            { labelled_copy_button(cx, model, CopyTarget::RestorePoint(creation.key)) }
            <pre tabindex="0" aria-label={text.restore_point}>{ command::restore_point(instance_id, backup_id) }</pre>
            <p>{ text.restore_command }</p>
            { labelled_copy_button(cx, model, CopyTarget::RestoreByOpenStack(creation.key)) }
            <pre tabindex="0" aria-label={cx.language.later_text().openstack}>
                { command::restore_by_openstack(instance_id, backup_id) }
            </pre>
        </details>
    }
}
