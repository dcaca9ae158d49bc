//! Title, and the choice of language and colours.

use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::cx::ViewCx;
use crate::text::LanguageText;
use console_core::{Action, Language, Model, Notice, PageAction, Theme};

pub(super) fn header(cx: &ViewCx, model: &Model) -> Html {
    let text = cx.language.text();
    let title = model.page.options.title.clone().unwrap_or_else(|| text.title.to_owned());
    let content = html! {
        <>
            if let Some(logo) = &model.page.options.logo {
                <img class="logo" src={logo.clone()} alt="" />
            }
            <div class="titles">
                if model.page.is_embedded {
                    <p class="title">{ title }</p>
                } else {
                    <h1 class="title">{ title }</h1>
                }
                <p>{ text.subtitle }</p>
            </div>
            <div class="switches">
                { languages(cx, model) }
                { themes(cx, model.page.theme) }
            </div>
        </>
    };
    // A page has one banner landmark, which an embedded console must not add.
    if model.page.is_embedded {
        html! { <div class="banner">{ content }</div> }
    } else {
        html! { <header class="banner">{ content }</header> }
    }
}

/// Each language by its own name, so that users who can't read the current one find theirs.
fn languages(cx: &ViewCx, model: &Model) -> Html {
    let options = Language::ALL.into_iter().map(|language| {
        let is_chosen = language == cx.language;
        html! { <option lang={language.tag()} selected={is_chosen}>{ language.name() }</option> }
    });
    let onchange =
        cx.dispatch.reform(|event: Event| Action::Page(PageAction::LanguageChosen(chosen(&event, Language::ALL))));
    // After a failed choice, a new element resets the selection.
    let is_missing = model.page.notices.iter().any(|notice| matches!(notice, Notice::LanguageMissing(_)));
    let key = if is_missing { "again" } else { "once" };
    html! { <select {key} aria-label={cx.language.text().language} {onchange}>{ for options }</select> }
}

fn themes(cx: &ViewCx, current: Theme) -> Html {
    let page = &cx.language.text().page;
    let options = Theme::ALL.into_iter().map(|theme| {
        html! { <option selected={theme == current}>{ (page.theme_name)(theme) }</option> }
    });
    let onchange = cx.dispatch.reform(|event: Event| Action::Page(PageAction::ThemeChosen(chosen(&event, Theme::ALL))));
    html! { <select aria-label={page.theme} {onchange}>{ for options }</select> }
}

fn chosen<T: Copy + Default>(event: &Event, all: impl AsRef<[T]>) -> T {
    let select = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
    let index = select.and_then(|select| usize::try_from(select.selected_index()).ok());
    index.and_then(|index| all.as_ref().get(index).copied()).unwrap_or_default()
}
