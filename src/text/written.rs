//! What is written from the table of languages and their sentences, so that each stands in one place: checked here, and
//! written when `CONSOLE_LANGUAGES` is `write`, as `cargo xtask languages` has it.

use std::fs;
use std::path::{Path, PathBuf};

use console_core::Language;

use super::language::{LanguageText, start_text};
use super::provide_sentences;

/// Where the form of the built-in language stands: a part of `index.html`.
const BUILT_IN_FORM: &str = "static/prerender.html";
/// Where a form begins, and what follows it.
const FORM: [&str; 2] = ["<div class=\"console\"", "\n</div>\n"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Checks that a file is what is written from the table, or writes it.
fn holds(file: &str, written: &str) {
    let path = root().join(file);
    if std::env::var("CONSOLE_LANGUAGES").is_ok_and(|wish| wish == "write") {
        fs::write(&path, written).unwrap();
    } else {
        assert!(
            fs::read_to_string(&path).unwrap_or_default() == written,
            "{file} isn't what core/src/language.rs and src/text/ make of it: run `cargo xtask languages`"
        );
    }
}

/// A text with something else between two marks.
fn replaced(text: &str, [start, end]: [&str; 2], content: &str) -> String {
    let (before, rest) = text.split_once(start).unwrap_or_else(|| panic!("there is no {start}"));
    let (_, after) = rest.split_once(end).unwrap_or_else(|| panic!("{start} has no {end}"));
    [before, start, content, end, after].concat()
}

fn read(file: impl AsRef<Path>) -> String {
    fs::read_to_string(root().join(file)).unwrap()
}

fn prerendered(language: Language) -> PathBuf {
    if language == Language::default() {
        BUILT_IN_FORM.into()
    } else {
        ["static/prerender/", language.tag(), ".html"].concat().into()
    }
}

/// A form in a language, with what it says while the program is loading. The rest of it is drawn by the program, see
/// `tests/browser/prerender.rs`; a language that has none yet gets the one of the built-in language until then.
fn form(language: Language) -> String {
    let file = root().join(prerendered(language));
    let built_in = || read(BUILT_IN_FORM).replacen("lang=\"en\"", &format!("lang=\"{}\"", language.tag()), 1);
    let file = fs::read_to_string(file).unwrap_or_else(|_| built_in());
    let [start, end] = FORM;
    let inner = file.split_once(start).unwrap().1.split_once(end).unwrap().0;
    let start_text = start_text(language);
    // Whoever sees this sentence sees the built-in language, unless the scripts run.
    let others = if language == Language::default() { Language::loaded().map(late).collect() } else { String::new() };
    let answers = format!(
        "\n        <section class=\"group activity\">\n          <h2>{}</h2>\n          <div class=\"card\">\n            \
         <p class=\"quiet\">{}</p>\n            <p class=\"late\">{}{others}</p>\n          </div>\n        </section>\n      ",
        language.text().activity,
        start_text.loading,
        start_text.late
    );
    let inner = replaced(inner, ["<div class=\"answers\">", "</div>\n    </div>\n  </main>"], &answers);
    [start, &inner, end].concat()
}

fn in_language(language: Language, sentence: &str) -> String {
    format!("<br /><span lang=\"{}\">{sentence}</span>", language.tag())
}

fn late(language: Language) -> String {
    in_language(language, start_text(language).late)
}

/// The sentences of a page that can't start, as boot.js looks for them.
fn templates(language: Language) -> String {
    let start_text = start_text(language);
    [("no-webassembly", start_text.no_webassembly), ("not-started", start_text.not_started)]
        .map(|(id, sentence)| {
            format!(
                "<template id=\"{id}\">\n<p class=\"loading\" role=\"alert\" lang=\"{}\">{sentence}</p>\n</template>\n",
                language.tag()
            )
        })
        .concat()
}

#[test]
fn each_language_has_its_prerendered_form_and_sentences() {
    provide_sentences();
    holds(BUILT_IN_FORM, &form(Language::default()));
    for language in Language::loaded() {
        let (tag, title) = (language.tag(), language.text().title);
        let head =
            format!("<!doctype html>\n<html lang=\"{tag}\">\n<meta charset=\"utf-8\" />\n<title>{title}</title>\n");
        let page = [head, form(language), templates(language)].concat();
        holds(prerendered(language).to_str().unwrap(), &page);
    }
}

#[test]
fn the_page_has_the_sentences_of_the_built_in_language_and_of_every_one_without_scripts() {
    provide_sentences();
    let index = replaced(
        &read("index.html"),
        ["<!-- Sentences: `cargo xtask languages` writes them. -->\n", "    <noscript>"],
        &templates(Language::default()),
    );
    let others: String =
        Language::loaded().map(|language| in_language(language, start_text(language).no_javascript)).collect();
    let sentences = [start_text(Language::default()).no_javascript, &*others].concat();
    holds("index.html", &replaced(&index, ["<noscript>\n      <p class=\"loading\">", "</p>"], &sentences));
}

#[test]
fn the_script_that_starts_the_page_knows_the_languages_with_a_file() {
    let rows = Language::loaded().map(|language| {
        let pattern =
            |range: &&str| range.strip_suffix("-*").map_or_else(|| (*range).to_owned(), |tag| format!("{tag}(-.*)?"));
        let ranges = language.ranges().iter().map(pattern).collect::<Vec<_>>().join("|");
        format!("  \"./prerender/{}.html\": /^({ranges})$/i,\n", language.tag())
    });
    let rows = rows.collect::<Vec<_>>().concat();
    holds("static/boot.js", &replaced(&read("static/boot.js"), ["const languages = {\n", "};"], &rows));
}

#[test]
fn the_settings_and_the_module_take_every_language() {
    let tags = |separator: &str| Language::ALL.map(|language| format!("\"{}\"", language.tag())).join(separator);
    let schema = read("static/config.schema.json");
    let description = "\"description\": \"For those who haven't chosen one; otherwise the browser's.\", \"enum\": [";
    holds("static/config.schema.json", &replaced(&schema, [description, "]"], &tags(", ")));
    holds("module/index.d.ts", &replaced(&read("module/index.d.ts"), ["  language?: ", ";"], &tags(" | ")));
    let sentences = Language::ALL.map(|language| start_text(language).module_not_loaded).join(" / ");
    holds("module/index.js", &replaced(&read("module/index.js"), ["paragraph.textContent = `", " ($"], &sentences));
}
