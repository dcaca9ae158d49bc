//! The page as its user sees it: fields by their labels, buttons by their names, verbs for what one does.

use std::cell::Cell;
use std::time::Duration;

use sandbox::fixtures::{self, PROJECT_ID};
use serde_json::{Value, json};
use thirtyfour::TypingData;
use thirtyfour::prelude::*;

use super::browser::{self, Browser, Preferences};
use super::words;

/// The page in the browser.
pub struct Page {
    pub driver: WebDriver,
    /// Which browser it is.
    pub browser: Browser,
    /// The endpoint that leads to the sandbox.
    pub endpoint: String,
    /// The language that the page is in. The verbs take English words, and look for those of the page.
    pub language: Cell<&'static str>,
}

/// The English labels of the fields with one text, in the order of the form.
pub const LABELS: [&str; 6] = ["Token", "Endpoint", "Project ID", "Instance ID", "Backup name", "Description"];

/// Whether the program has drawn the page in place of the prerendered form.
pub const DRAWN: &str = "document.querySelector('.columns:not(.prerender)')";

impl Page {
    /// Opens the page and waits until it can be used.
    pub async fn open(&self, url: &str, (width, height): (u32, u32), preferences: Preferences) {
        if self.browser == Browser::Chromium {
            if !preferences.has_javascript {
                self.tools("Emulation.setScriptExecutionDisabled", json!({ "value": true })).await;
            }
            let colours = if preferences.is_dark { "dark" } else { "light" };
            let feature = json!({ "name": "prefers-color-scheme", "value": colours });
            self.tools("Emulation.setEmulatedMedia", json!({ "features": [feature] })).await;
            // What is saved by a test is nobody's, and doesn't belong where its user's files are.
            self.tools("Browser.setDownloadBehavior", json!({ "behavior": "deny" })).await;
            if browser::is_shell() {
                // It lasts as long as the tab.
                let permissions = json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] });
                self.tools("Browser.grantPermissions", permissions).await;
            }
        }
        self.set_window(width, height).await;
        self.driver.goto(url).await.unwrap();
        if preferences.has_javascript {
            let drawn = format!("{DRAWN} || document.querySelector('[role=alert]')");
            self.until(&drawn, "the form is drawn, or why it isn't").await;
            if self.browser == Browser::WebKit {
                self.wait_for_input().await;
            }
        }
    }

    /// WebKit's window takes no keys and clicks at first, and its driver doesn't say when it does: pressed until the page has
    /// heard it.
    async fn wait_for_input(&self) {
        let listen = "for (const name of ['keydown', 'click']) {
            window.addEventListener(name, () => { document.documentElement.dataset['heard' + name] = ''; }, { capture: true, once: true });
        }";
        self.script(listen, vec![]).await;
        let body = self.driver.find(By::Tag("body")).await.unwrap();
        for _ in 0..200 {
            // Neither means anything to the page.
            body.send_keys(Key::Shift + "").await.unwrap();
            body.click().await.unwrap();
            let heard = "const { heardkeydown, heardclick } = document.documentElement.dataset;
                return heardkeydown !== undefined && heardclick !== undefined;";
            if self.script(heard, vec![]).await == json!(true) {
                return;
            }
        }
        panic!("WebKit's window takes no keys or clicks");
    }

    /// Opens another address as if it were typed into a new tab of the same window, and waits until the page can be used.
    pub async fn visit(&self, url: &str) {
        self.driver.goto("about:blank").await.unwrap();
        self.driver.goto(url).await.unwrap();
        self.until(DRAWN, "the form is drawn").await;
    }

    /// Loads the page again, as its user would.
    pub async fn reload(&self) {
        self.driver.refresh().await.unwrap();
        self.until(DRAWN, "the form is drawn again").await;
    }

    /// The words of the page for English ones.
    pub fn words(&self, english: &str) -> String {
        words::in_language(self.language.get(), english)
    }

    /// What was written to the console since it was last asked for: errors and warnings.
    pub async fn messages(&self) -> Vec<String> {
        let own = self.script("return (window.complaints ?? []).splice(0);", vec![]).await;
        let own = own.as_array().unwrap().iter().map(|message| message.as_str().unwrap().to_owned());
        match self.browser {
            Browser::Chromium => {
                let log = self.driver.browser_log().await.unwrap().into_iter();
                let is_meant = |level: &str| matches!(level, "SEVERE" | "WARNING");
                own.chain(log.filter(|entry| is_meant(&entry.level)).map(|entry| entry.message)).collect()
            }
            Browser::Firefox | Browser::WebKit => own.collect(),
        }
    }

    /// Gives the window a size in CSS pixels; in Chromium also below the least that a window can have.
    pub async fn set_window(&self, width: u32, height: u32) {
        match self.browser {
            Browser::Chromium => {
                let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
                self.tools("Emulation.setDeviceMetricsOverride", metrics).await;
            }
            Browser::Firefox | Browser::WebKit => {
                self.driver.set_window_rect(0, 0, width, height).await.unwrap();
            }
        }
    }

    async fn tools(&self, command: &str, parameters: Value) {
        self.driver.cdp().send_raw(command, parameters).await.unwrap();
    }

    /// Runs a script and gives its value.
    pub async fn script(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.driver.execute(script, arguments).await.unwrap().json().clone()
    }

    /// Waits until a JavaScript expression is true, looking again whenever the page changes. A variable of the test's, which a
    /// watching script sets, changes without an event: for its sake it is looked again now and then as well.
    pub async fn until(&self, condition: &str, what: &str) {
        let script = format!(
            "const done = arguments[0];
             const holds = () => {{ try {{ return Boolean({condition}); }} catch {{ return false; }} }};
             if (holds()) {{ done(); return; }}
             const look = () => {{ if (holds()) {{ observer.disconnect(); clearInterval(timer); done(); }} }};
             const observer = new MutationObserver(look);
             const timer = setInterval(look, 200);
             observer.observe(document, {{ subtree: true, childList: true, characterData: true, attributes: true }});"
        );
        if let Err(error) = self.driver.execute_async(script, vec![]).await {
            let seen = self.text_of("body").await;
            panic!("waited in vain until {what}: {error}\n--- the page says:\n{seen}");
        }
    }

    /// The field with a label, as soon as it is there.
    pub async fn field(&self, label: &str) -> WebElement {
        let field = field_labelled(&self.words(label));
        let found = self.driver.execute(format!("return {field};"), vec![]).await.unwrap();
        if let Ok(found) = found.element() {
            return found;
        }
        self.until(&field, &format!("a field is labelled {label:?}")).await;
        self.driver.execute(format!("return {field};"), vec![]).await.unwrap().element().unwrap()
    }

    /// What an expression gives for the field with a label, named `field` in it. Found and read in one go: between two the page
    /// may have drawn another element in its place.
    async fn of_field(&self, label: &str, expression: &str) -> Value {
        let field = field_labelled(&self.words(label));
        let script = format!("const field = {field}; return field ? [{expression}] : [];");
        loop {
            if let Some(value) = self.script(&script, vec![]).await.as_array().unwrap().first() {
                return value.clone();
            }
            self.until(&field, &format!("a field is labelled {label:?}")).await;
        }
    }

    /// Types into a field, behind what it has.
    pub async fn type_into(&self, label: &str, text: impl Into<TypingData>) {
        self.field(label).await.send_keys(text).await.unwrap();
    }

    /// Puts texts into fields in place of what these have, each in one go, as a password manager does. Keys take a browser many
    /// times as long: tests type where it is typing that they are about.
    pub async fn enter(&self, texts: &[(&str, &str)]) {
        for (label, text) in texts {
            let script = "const [field, text] = arguments;
                field.focus();
                field.select();
                const has_focus = document.activeElement === field && !field.readOnly;
                return has_focus && (document.execCommand(text ? 'insertText' : 'delete', false, text) || !text);";
            let field = self.field(label).await.to_json().unwrap();
            assert_eq!(self.script(script, vec![field, json!(text)]).await, json!(true), "{label} takes no text");
        }
    }

    /// Puts a text into a field in place of what it has.
    pub async fn replace(&self, label: &str, text: &str) {
        self.enter(&[(label, text)]).await;
    }

    /// Pastes into a field, in place of what it has, as a user does: from the clipboard, by keyboard.
    pub async fn paste_into(&self, label: &str, text: &str) {
        self.script(
            "const area = document.createElement('textarea');
             area.id = 'clipboard'; area.value = arguments[0];
             document.body.append(area); area.select();",
            vec![json!(text)],
        )
        .await;
        self.driver.find(By::Id("clipboard")).await.unwrap().send_keys(Key::Control + "c").await.unwrap();
        self.script("document.getElementById('clipboard').remove();", vec![]).await;
        let field = self.field(label).await;
        field.click().await.unwrap();
        field.send_keys(Key::Control + "a").await.unwrap();
        field.send_keys(Key::Control + "v").await.unwrap();
    }

    /// What was copied: pasted into a field of the test's own.
    pub async fn clipboard(&self) -> String {
        self.script(
            "const area = document.createElement('textarea');
             area.id = 'clipboard'; document.body.append(area); area.focus();",
            vec![],
        )
        .await;
        let area = self.driver.find(By::Id("clipboard")).await.unwrap();
        area.send_keys(Key::Control + "v").await.unwrap();
        let text = area.value().await.unwrap().unwrap();
        self.script("document.getElementById('clipboard').remove();", vec![]).await;
        text
    }

    /// Presses keys, wherever the focus is.
    pub async fn keys(&self, keys: impl Into<TypingData>) {
        self.driver.active_element().await.unwrap().send_keys(keys).await.unwrap();
    }

    /// Waits until an element contains a text.
    pub async fn has(&self, selector: &str, text: &str) {
        let text = &*self.words(text);
        let condition = format!("document.querySelector({}).innerText.includes({})", json!(selector), json!(text));
        self.until(&condition, &format!("{selector} has {text:?}")).await;
    }

    /// Waits until the later part of the program is loaded: only that draws what is printed.
    pub async fn is_whole(&self) {
        self.until("document.querySelector('.records')", "the second part is here").await;
    }

    /// Waits until the title of the page begins so.
    pub async fn is_titled(&self, start: &str) {
        let condition = format!("document.title.startsWith({})", json!(self.words(start)));
        self.until(&condition, &format!("the title begins with {start:?}")).await;
    }

    /// Lets time pass in the page: that something doesn't happen has no event of its own.
    pub async fn passes(&self, time: Duration) {
        let script = "setTimeout(arguments[1], arguments[0]);";
        self.driver.execute_async(script, vec![json!(time.as_millis())]).await.unwrap();
    }

    /// Leaves the field that has the focus.
    pub async fn leave(&self) {
        self.script("document.activeElement.blur();", vec![]).await;
    }

    /// What a field holds.
    pub async fn value(&self, label: &str) -> String {
        self.of_field(label, "field.value").await.as_str().unwrap().to_owned()
    }

    /// What some fields hold.
    pub async fn values(&self, labels: &[&str]) -> Vec<String> {
        let fields: Vec<String> = labels.iter().map(|label| field_labelled(&self.words(label)) + ".value").collect();
        let values = self.script(&format!("return [{}];", fields.join(", ")), vec![]).await;
        values.as_array().unwrap().iter().map(|value| value.as_str().unwrap().to_owned()).collect()
    }

    /// The button with a name.
    pub async fn button(&self, name: &str) -> WebElement {
        let name = self.words(name);
        let path = format!("//button[normalize-space()='{name}' or @aria-label='{name}']");
        self.driver.find(By::XPath(path)).await.unwrap_or_else(|_| panic!("no button {name:?}"))
    }

    /// Presses a button.
    pub async fn press(&self, name: &str) {
        self.button(name).await.click().await.unwrap();
    }

    /// Chooses from a list that is named so.
    pub async fn choose(&self, list: &str, choice: &str) {
        let (list, choice) = (self.words(list), self.words(choice));
        let path = format!("//select[@aria-label='{list}' or @id=//label[normalize-space()='{list}']/@for]");
        let select = self.driver.find(By::XPath(path)).await.unwrap_or_else(|_| panic!("no list {list:?}"));
        let options = select.find_all(By::Tag("option")).await.unwrap();
        for option in options {
            if option.text().await.unwrap() == choice {
                return option.click().await.unwrap();
            }
        }
        panic!("{list:?} has no {choice:?}");
    }

    /// Waits until the summary of faults has the focus and names a fault, and follows its link.
    pub async fn follows_fault(&self, words: &str) {
        let words = self.words(words);
        self.until("document.activeElement.id === 'summary'", "the summary of faults has the focus").await;
        let path = format!("//*[@id='summary']//a[contains(., '{words}')]");
        let link = self.driver.find(By::XPath(path)).await;
        link.unwrap_or_else(|_| panic!("the summary doesn't name {words:?}")).click().await.unwrap();
    }

    /// Loads the instances and chooses one.
    pub async fn chooses_instance(&self, name: &str) {
        self.press("Load instances").await;
        self.until("!document.querySelector('.instances progress')", "the list is there").await;
        self.press(&format!("Choose {name}")).await;
    }

    /// Fills in the connection to a sandbox.
    pub async fn connect(&self) {
        let token = fixtures::token();
        self.enter(&[("Endpoint", &self.endpoint), ("Project ID", PROJECT_ID), ("Token", &token)]).await;
    }

    /// Fills in everything that is required for a backup that the sandbox makes.
    pub async fn fill(&self, instance_id: &str, name: &str) {
        self.connect().await;
        self.enter(&[("Instance ID", instance_id), ("Backup name", name)]).await;
    }

    /// Waits until the answer contains a text.
    pub async fn sees(&self, text: &str) {
        let text = &*self.words(text);
        let condition = format!("document.querySelector('.outcome').innerText.includes({})", json!(text));
        self.until(&condition, &format!("the answer says {text:?}")).await;
    }

    /// Checks that the answer contains a text by now.
    pub async fn shows(&self, text: &str) {
        let text = &*self.words(text);
        let answer = self.text_of(".outcome").await;
        assert!(answer.contains(text), "{text:?} is missing in the answer:\n{answer}");
    }

    /// Checks that the page contains a text nowhere.
    pub async fn shows_nowhere(&self, text: &str) {
        let text = &*self.words(text);
        let page = self.text_of("body").await;
        assert!(!page.contains(text), "{text:?} is on the page:\n{page}");
    }

    /// Waits until the page contains a text.
    pub async fn says(&self, text: &str) {
        let text = &*self.words(text);
        let condition = format!("document.body.innerText.includes({})", json!(text));
        self.until(&condition, &format!("the page says {text:?}")).await;
    }

    /// What an element shows.
    pub async fn text_of(&self, selector: &str) -> String {
        let text = self.script("return document.querySelector(arguments[0]).innerText;", vec![json!(selector)]).await;
        text.as_str().unwrap().to_owned()
    }

    /// What the region of the answer with a role says: "status" or "alert".
    pub async fn said_as(&self, role: &str) -> String {
        self.text_of(&format!(".outcome [role={role}]")).await
    }

    /// The texts that a screen reader gives for a field beside its label.
    pub async fn described(&self, label: &str) -> String {
        let texts = "(field.getAttribute('aria-describedby') ?? '').split(' ').filter(Boolean)
             .map(id => document.getElementById(id).innerText).join('\\n')";
        self.of_field(label, texts).await.as_str().unwrap().to_owned()
    }

    /// Whether a field is marked as faulty.
    pub async fn is_faulty(&self, label: &str) -> bool {
        self.of_field(label, "field.getAttribute('aria-invalid') === 'true'").await == json!(true)
    }

    /// Checks that a field is marked as faulty and says so.
    pub async fn complains(&self, label: &str, message: &str) {
        assert!(self.is_faulty(label).await, "{label} isn't marked as faulty");
        let described = self.described(label).await;
        let message = self.words(message);
        assert!(described.contains(&message), "{message:?} is missing at {label}:\n{described}");
    }

    /// Checks that a field isn't marked as faulty.
    pub async fn is_content(&self, label: &str) {
        assert!(!self.is_faulty(label).await, "{label} is faulty:\n{}", self.described(label).await);
    }

    /// Waits until a field has the focus.
    pub async fn has_focus(&self, label: &str) {
        let field = field_labelled(&self.words(label));
        let condition = format!("document.activeElement === {field}");
        self.until(&condition, &format!("the focus is on {label:?}")).await;
    }
}

/// An expression for the field with a label.
fn field_labelled(label: &str) -> String {
    format!(
        "[...document.querySelectorAll('label')].find(label => label.innerText.trim() === {})?.control",
        json!(label)
    )
}
