//! The console as a component: it takes actions, carries out effects, and draws the state. It decides nothing.

use std::cell::Cell;
use std::rc::Rc;

use console_core::{Action, AppAction, Effect, Language, Model, Now, PageAction, StartupContext, Visibility};
use gloo_events::{EventListener, EventListenerOptions};
use web_sys::Element;
use yew::platform::spawn_local;
use yew::prelude::*;

use crate::broken::{drawn_in, no_longer_drawn_in};
use crate::clock::now;
use crate::host::Host;
use crate::later::Later;
use crate::lazy;
use crate::runtime::{Runtime, fragment, persisted_in_tab, set_document_language};
use crate::text::has_sentences;
use crate::view::{self, PrerenderInput, Sections};

/// The properties of a console.
#[derive(Clone, Properties)]
pub struct ConsoleProps {
    /// The settings at the start, or new ones. A cell, so that no code for copying or comparing settings is needed.
    pub startup_context: Rc<Cell<StartupContext>>,
    /// The element that contains it.
    pub element: Element,
    /// The page that contains it.
    pub host: Rc<dyn Host>,
    /// What was typed into the prerendered form. A cell, since it may contain the token.
    #[prop_or_default]
    pub prerender_input: Rc<Cell<PrerenderInput>>,
}

impl PartialEq for ConsoleProps {
    fn eq(&self, other: &Self) -> bool {
        self.element == other.element && Rc::ptr_eq(&self.startup_context, &other.startup_context)
    }
}

/// The console.
pub struct Console {
    model: Model,
    props: ConsoleProps,
    dispatch: Callback<Action>,
    runtime: Runtime,
    later: Rc<Cell<Option<&'static dyn Later>>>,
    /// The language that was chosen last: an older choice, whose sentences may still be loading, no longer counts.
    chosen_language: Rc<Cell<Option<Language>>>,
    title: String,
    asks_before_leaving: Rc<Cell<bool>>,
    _listeners: Vec<EventListener>,
}

impl Component for Console {
    type Message = Action;
    type Properties = ConsoleProps;

    fn create(context: &Context<Self>) -> Self {
        let props = context.props().clone();
        drawn_in(&props.element);
        let model = Model::new(props.startup_context.take());
        props.host.set_theme(model.page.theme);
        let asks_before_leaving = Rc::new(Cell::new(false));
        let mut listeners = vec![watch_visibility(context), forget_when_hidden(context)];
        let mut actions = Vec::new();
        if model.page.is_embedded {
            // The host page owns the URL and keeps drafts.
            actions.push(Action::App(AppAction::Opened { fragment: String::new(), kept: None }));
        } else {
            set_document_language(model.page.language.tag());
            listeners.push(ask_before_leaving(&asks_before_leaving));
            listeners.push(watch_address(context));
            actions.push(Action::App(AppAction::Opened { fragment: fragment(), kept: Some(persisted_in_tab()) }));
        }
        // What was typed just now takes precedence over a link or a draft.
        let prerender_input = props.prerender_input.take();
        actions.extend(prerender_input.actions);
        let dispatch = context.link().callback(|action| action);
        let (element, host) = (props.element.clone(), Rc::clone(&props.host));
        let mut runtime = Runtime::new(element, host, model.page.is_embedded, dispatch.clone());
        if let Some(field) = prerender_input.focus {
            runtime.focus_once_drawn(field, prerender_input.selection);
        }
        let mut console = Self {
            model,
            props,
            dispatch,
            runtime,
            later: Rc::default(),
            chosen_language: Rc::default(),
            title: String::new(),
            asks_before_leaving,
            _listeners: listeners,
        };
        // Before the first rendering, so that it isn't drawn twice.
        for action in actions {
            <Self as Component>::update(&mut console, context, action);
        }
        console
    }

    fn update(&mut self, context: &Context<Self>, action: Action) -> bool {
        if let Action::Page(PageAction::LanguageChosen(language)) = action {
            self.chosen_language.set(Some(language));
            if !has_sentences(language) {
                self.load_sentences(context, language);
                return false;
            }
        }
        if let Action::Reply(ticket, _) = &action {
            self.runtime.drop_request(*ticket);
        }
        let (theme, now) = (self.model.page.theme, now());
        let effects = self.model.update(action, now);
        self.run_effects(context, effects, now);
        let effects = self.model.finish(now);
        self.run_effects(context, effects, now);
        if theme != self.model.page.theme {
            self.props.host.set_theme(self.model.page.theme);
        }
        true
    }

    fn changed(&mut self, context: &Context<Self>, _: &Self::Properties) -> bool {
        let StartupContext { options, option_faults, supplies_token, .. } = context.props().startup_context.take();
        <Self as Component>::update(self, context, Action::App(AppAction::TokenSupplySet(supplies_token)));
        <Self as Component>::update(self, context, Action::App(AppAction::OptionsSet(options, option_faults)))
    }

    fn view(&self, _: &Context<Self>) -> Html {
        view::page(&self.model, &self.dispatch, self.sections())
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        self.runtime.drawn();
        if self.model.page.is_embedded {
            return;
        }
        self.asks_before_leaving.set(self.model.has_something_underway());
        let title = view::title(&self.model, self.sections());
        if title != self.title {
            gloo_utils::document().set_title(&title);
            self.title = title;
        }
    }

    fn destroy(&mut self, _: &Context<Self>) {
        no_longer_drawn_in(&self.props.element);
    }
}

impl Console {
    fn sections(&self) -> Option<&'static dyn Sections> {
        self.later.get().map(Later::sections)
    }

    fn run_effects(&mut self, context: &Context<Self>, effects: Vec<Effect>, now: Now) {
        for effect in effects {
            match (effect, self.later.get()) {
                (Effect::Page(effect), _) => self.runtime.run(effect),
                (Effect::LoadLater, _) => self.load_later(context),
                (Effect::ChooseLanguage(language), _) => {
                    <Self as Component>::update(self, context, Action::Page(PageAction::LanguageChosen(language)));
                }
                (Effect::Later(action), Some(later)) => {
                    let effects = later.update(&mut self.model, action, now);
                    self.run_effects(context, effects, now);
                }
                (Effect::Work(effect), Some(later)) => later.run(&mut self.runtime, effect, self.model.page.language),
                // Only the later part requests these, and it gets no actions before it is loaded.
                (Effect::Later(_) | Effect::Work(_), None) => {}
            }
        }
    }

    fn load_sentences(&self, context: &Context<Self>, language: Language) {
        let (chosen, link) = (Rc::clone(&self.chosen_language), context.link().clone());
        spawn_local(async move {
            let loaded = lazy::load_sentences(language).await;
            if chosen.get() == Some(language) {
                link.send_message(Action::Page(
                    loaded.map_or(PageAction::LanguageMissing(language), |()| PageAction::LanguageChosen(language)),
                ));
            }
        });
    }

    fn load_later(&self, context: &Context<Self>) {
        let (place, link) = (Rc::clone(&self.later), context.link().clone());
        spawn_local(async move {
            let loaded = lazy::load_later().await;
            place.set(loaded.ok());
            link.send_message(Action::App(AppAction::LaterLoaded(loaded.map(drop))));
        });
    }
}

fn watch_visibility(context: &Context<Console>) -> EventListener {
    let link = context.link().clone();
    EventListener::new(&gloo_utils::document(), "visibilitychange", move |_| {
        let visibility = if gloo_utils::document().hidden() { Visibility::Hidden } else { Visibility::Shown };
        link.send_message(Action::App(AppAction::VisibilityChanged(visibility)));
    })
}

/// Forgets the token on `pagehide`: the browser may later show the page in the same state again.
fn forget_when_hidden(context: &Context<Console>) -> EventListener {
    let link = context.link().clone();
    EventListener::new(&gloo_utils::window(), "pagehide", move |_| {
        link.send_message(Action::App(AppAction::PageHidden));
    })
}

fn ask_before_leaving(asks: &Rc<Cell<bool>>) -> EventListener {
    let asks = Rc::clone(asks);
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&gloo_utils::window(), "beforeunload", options, move |event| {
        if asks.get() {
            // The browser uses its own message.
            event.prevent_default();
        }
    })
}

/// Handles a link that is entered while the page is open.
fn watch_address(context: &Context<Console>) -> EventListener {
    let link = context.link().clone();
    EventListener::new(&gloo_utils::window(), "hashchange", move |_| {
        link.send_message(Action::App(AppAction::Opened { fragment: fragment(), kept: None }));
    })
}
