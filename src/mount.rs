//! Starts the console: on its own page, or, through [`crate::embed`], in a host page.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use console_core::{
    CallPolicy, HostEvent, Language, OptionFault, Options, PageAddress, Problem, StartupContext, Target, Theme,
};
use contract::json::Json;
use contract::secret::Secret;
use yew::platform::spawn_local;
use yew::platform::time::sleep;
use yew::prelude::*;

use crate::app::{Console, ConsoleProps};
use crate::broken::silence_panic_message;
use crate::host::Host;
use crate::lazy;
use crate::runtime::{kept_language, kept_theme, read_page_file, set_document_theme, settings};
use crate::view;

/// The file with the settings, beside the page.
const OPTIONS: &str = "config.json";

/// Mounts the console on the element `#console` of the page, with the settings of `config.json`.
pub fn mount_on_page() {
    let Some(element) = gloo_utils::document().get_element_by_id("console") else { return };
    silence_panic_message();
    lazy::provide_built_in();
    spawn_local(async move {
        let (options, option_faults) = match read_page_file(OPTIONS).await {
            Ok(None) => (Options::default(), Vec::new()),
            Ok(Some(text)) => options_of(settings(&text).as_ref()),
            Err(_) => Options::without(Problem::NotLoaded),
        };
        let window = gloo_utils::window();
        let preferred = window.navigator().language().unwrap_or_default();
        let language = kept_language().map(|tag| Language::of_tag(&tag)).or(options.language);
        let language = language.unwrap_or_else(|| Language::of_tag(&preferred));
        // If they can't be loaded, the page is shown in English, says so, and the user can choose again.
        let missing_language = lazy::load_sentences(language).await.err().map(|_| language);
        let language = if missing_language.is_some() { Language::default() } else { language };
        let startup_context = StartupContext {
            language,
            missing_language,
            theme: kept_theme().and_then(|word| Theme::of_word(&word)).or(options.theme).unwrap_or_default(),
            address: PageAddress::new(&window.location().href().unwrap_or_default()),
            policy: call_policy(),
            options,
            option_faults,
            is_embedded: false,
            supplies_token: false,
        };
        // Drawing is a separate task, so that a key that is pressed now needn't wait for the start as well.
        sleep(Duration::ZERO).await;
        let prerender_input = Rc::new(Cell::new(view::prerender_input(&element)));
        let startup_context = Rc::new(Cell::new(startup_context));
        let props = ConsoleProps { startup_context, element: element.clone(), host: Rc::new(OwnPage), prerender_input };
        yew::Renderer::<Console>::with_root_and_props(element, props).render();
    });
}

/// Reads the settings from JSON.
pub fn options_of(json: Option<&Json>) -> (Options, Vec<OptionFault>) {
    json.map_or_else(|| Options::without(Problem::Unreadable), Options::read)
}

/// The calls that the document's policy allows, whether the document is the console's own or a host page. Scripts can't
/// read a policy that is sent as a header; what it forbids is learned from the browser's reports.
pub fn call_policy() -> CallPolicy {
    let metas = gloo_utils::document().get_elements_by_tag_name("meta");
    let policies = (0..metas.length()).filter_map(|index| {
        let meta = metas.item(index)?;
        let is_policy = meta.get_attribute("http-equiv")?.eq_ignore_ascii_case("content-security-policy");
        meta.get_attribute("content").filter(|_| is_policy)
    });
    let origin = gloo_utils::window().location().origin().unwrap_or_default();
    CallPolicy::new(origin, policies.collect())
}

/// The console's own page as the host.
struct OwnPage;

impl Host for OwnPage {
    fn notify(&self, _: &HostEvent) {}

    fn token_provider(&self, _: &Target, supplied: Callback<Option<Secret>>) {
        supplied.emit(None);
    }

    fn set_theme(&self, theme: Theme) {
        set_document_theme(theme.word());
    }
}
