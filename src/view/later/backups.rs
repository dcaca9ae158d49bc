//! The backups of an instance. Only the rows in view are rendered, however many there are.

use std::cmp::Ordering;
use std::rc::Rc;

use contract::backup::{Backup, Kind};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::view::button::button;

use super::chart::chart;
use super::instances::progress;
use crate::text::{LanguageText, utc_time};
use crate::view::cx::ViewCx;
use crate::view::mark::mark;
use console_core::{Action, Arrangement, Column, CopyTarget, Extent, Loading, Model, ShareAction, WorkAction};

/// Height of a row in CSS pixels, as in the style sheet.
const ROW: i32 = 40;
/// Rows drawn beyond those in view.
const MARGIN: i32 = 5;
/// Rows in view.
const VIEW: i32 = 12;

pub(super) fn backups(cx: &ViewCx, model: &Model) -> Html {
    let text = cx.language.later_text();
    let list = &model.work.backups;
    let Some(instance_id) = &list.instance_id else { return Html::default() };
    let name = model.work.instances.find(instance_id).map_or(instance_id, |instance| &instance.name);
    let is_empty = list.loading == Loading::Done(Extent::Complete) && list.items.is_empty();
    // Announced above the table: in a row it would hide the ID.
    let copied = model.page.copied.filter(|(what, _)| matches!(what, CopyTarget::ListedId(_)));
    let copied = copied.zip(cx.later).map(|((what, success), sections)| sections.copied(cx, model, what, success));
    let (copied, field) = copied.unwrap_or_default();
    html! {
        <section class="group backups" aria-labelledby="backups-heading">
            <h2 id="backups-heading">{ (text.lists.backups_of)(name) }</h2>
            <p class="note" role="status">{ progress(cx, &list.loading, list.items.len()) }</p>
            if is_empty {
                <p class="quiet">{ text.lists.no_backups }</p>
            } else if !list.items.is_empty() {
                { chart(cx, &list.chart) }
                { filters(cx, &list.arrangement) }
                <p class="note">
                    { (text.lists.count)(list.arranged.len(), list.items.len()) }
                    { " " }
                    <span role="status">{ copied }</span>
                </p>
                { field }
                <Table
                    cx={cx.clone()}
                    rows={Rows { backups: list.arranged.clone(), generation: list.generation }}
                    arrangement={list.arrangement.clone()}
                />
            }
        </section>
    }
}

fn filters(cx: &ViewCx, arrangement: &Arrangement) -> Html {
    let text = cx.language.later_text();
    let kinds = [None, Some(Kind::Manual), Some(Kind::Auto), Some(Kind::Fragment), Some(Kind::Incremental)];
    let options = kinds.iter().map(|kind| {
        let word = kind.as_ref().map_or(text.lists.all_kinds, |kind| (text.kind)(kind));
        html! { <option selected={*kind == arrangement.kind}>{ word }</option> }
    });
    let options: Html = options.collect();
    let current = arrangement.clone();
    let by_kind = cx.dispatch.reform(move |event: Event| {
        let select = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
        let index = select.and_then(|select| usize::try_from(select.selected_index()).ok()).unwrap_or_default();
        Action::Work(WorkAction::BackupsArranged(Arrangement {
            kind: kinds.get(index).cloned().flatten(),
            ..current.clone()
        }))
    });
    let current = arrangement.clone();
    let by_name = cx.dispatch.reform(move |event: InputEvent| {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        let name = input.map(|input| input.value()).unwrap_or_default();
        Action::Work(WorkAction::BackupsArranged(Arrangement { name, ..current.clone() }))
    });
    html! {
        <div class="pair">
            <div class="field">
                <label for="backups-name">{ text.lists.filter_name }</label>
                <input id="backups-name" type="search" autocomplete="off" value={arrangement.name.clone()} oninput={by_name} />
            </div>
            <div class="field">
                <label for="backups-kind">{ text.lists.filter_kind }</label>
                <select id="backups-kind" onchange={by_kind}>{ options }</select>
            </div>
        </div>
    }
}

/// The backups to draw; equal if they belong to the same arrangement.
#[derive(Clone)]
struct Rows {
    backups: Rc<[Rc<Backup>]>,
    generation: u32,
}

impl PartialEq for Rows {
    fn eq(&self, other: &Self) -> bool {
        self.generation == other.generation
    }
}

#[derive(PartialEq, Properties)]
struct TableProps {
    cx: ViewCx,
    rows: Rows,
    arrangement: Arrangement,
}

#[component]
fn Table(props: &TableProps) -> Html {
    mark("table");
    let first_in_view = use_state_eq(|| 0_i32);
    let onscroll = {
        let first_in_view = first_in_view.clone();
        Callback::from(move |event: Event| {
            let target = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
            first_in_view.set(target.map_or(0, |element| element.scroll_top() / ROW));
        })
    };
    let count = i32::try_from(props.rows.backups.len()).unwrap_or(i32::MAX);
    let first = (*first_in_view - MARGIN).clamp(0, count);
    let last = (*first_in_view + VIEW + MARGIN).clamp(first, count);
    let range = usize::try_from(first).unwrap_or_default()..usize::try_from(last).unwrap_or_default();
    let rows = props.rows.backups.get(range.clone()).unwrap_or_default().iter().zip(range);
    html! {
        <div class="table" tabindex="0" role="group" aria-labelledby="backups-heading" {onscroll}>
            <table aria-rowcount={(count + 1).to_string()}>
                { head(&props.cx, &props.arrangement) }
                <tbody>
                    { spacer(first) }
                    { for rows.map(|(backup, index)| row(&props.cx, backup, index)) }
                    { spacer(count - last) }
                </tbody>
            </table>
        </div>
    }
}

/// In place of the rows that aren't rendered. Its height is an attribute of SVG: the policy allows no inline style.
fn spacer(rows: i32) -> Html {
    if rows <= 0 {
        return Html::default();
    }
    let height = (rows * ROW).to_string();
    html! { <tr aria-hidden="true"><td colspan="8" class="spacer"><svg width="1" {height}></svg></td></tr> }
}

fn head(cx: &ViewCx, arrangement: &Arrangement) -> Html {
    let text = cx.language.later_text();
    let sortable = |column: Column, label: &'static str| {
        let order = match arrangement.order_of(column) {
            Some(Ordering::Less) => Some("ascending"),
            Some(_) => Some("descending"),
            None => None,
        };
        let sorted = arrangement.sorted_by(column);
        let sort = cx.on(move || Action::Work(WorkAction::BackupsArranged(sorted.clone())));
        html! { <th scope="col" aria-sort={order}><button type="button" onclick={sort}>{ label }</button></th> }
    };
    html! {
        <thead>
            <tr aria-rowindex="1">
                { sortable(Column::Name, text.parts.name) }
                <th scope="col">{ text.parts.kind }</th>
                <th scope="col">{ text.parts.status }</th>
                { sortable(Column::Begin, text.parts.begin_time) }
                <th scope="col">{ text.lists.end }</th>
                { sortable(Column::Duration, text.lists.duration) }
                { sortable(Column::Size, text.lists.size) }
                <th scope="col">{ text.parts.id }</th>
            </tr>
        </thead>
    }
}

fn row(cx: &ViewCx, backup: &Backup, index: usize) -> Html {
    let text = cx.language.later_text();
    let cell = |text: Option<String>| html! { <td><bdi>{ text.unwrap_or_default() }</bdi></td> };
    let what = CopyTarget::ListedId(index);
    html! {
        <tr key={index} aria-rowindex={(index + 2).to_string()}>
            <th scope="row"><bdi>{ backup.name.clone().unwrap_or_default() }</bdi></th>
            { cell(backup.kind.as_ref().map(|kind| (text.kind)(kind).to_owned())) }
            { cell(backup.status.as_ref().map(|status| (text.status)(status).to_owned())) }
            { cell(backup.begin_time.as_deref().map(utc_time)) }
            { cell(backup.end_time.as_deref().map(utc_time)) }
            { cell(backup.duration().map(|seconds| text.follow.units.duration(seconds))) }
            { cell(backup.size.map(text.lists.size_of)) }
            <td>
                <div class="with-copy">
                    <span class="id">{ backup.id.clone().unwrap_or_default() }</span>
                    <span class="copy small">
                        { button(cx, cx.language.text().copy, move || Action::Share(ShareAction::CopyPressed(what))) }
                    </span>
                </div>
            </td>
        </tr>
    }
}
