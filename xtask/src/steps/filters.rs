//! Which tests of the browser suite each step has.

/// Tests with their own steps: they need more than the page and Chromium, or build something first.
pub(super) const WITH_OWN_STEP: [&str; 3] = ["embedding::", "hosting::", "serve::"];

/// Tests that take long and find little that shorter tests don't: only the long run includes them.
pub(super) const FULL_RUN_ONLY: [&str; 6] = [
    "accessible::in_every_state_at",
    "accessible::in_every_state_dark",
    "effort::",
    "languages::",
    "large::",
    "media::nothing_sticks_out",
];

/// Tests that need a permission from the browser, which the headless shell grants without asking.
pub(super) const NEEDS_PERMISSION: [&str; 3] = ["links::", "receipt::", "it_completes_and_page_title"];

/// The tests that are run in WebKit as well: those of requests and their ends, and of the prerendered form. Its driver is slow, and
/// the small browser that Debian has for it lacks what some others need (a language of its own, downloads, line breaks typed
/// into a field).
pub(super) const IN_WEBKIT: [&str; 6] =
    ["no_answer::", "lost::", "token::", "create::of", "start::a_whole_run", "prerender::what"];

/// The tests of the web servers themselves, and of requests through them.
pub(super) const ON_WEB_SERVERS: [&str; 4] = ["hosting::", "create::", "follow::", "lost::"];

/// What Firefox needn't run again: sentences, lists, names and roles, which no engine changes, and the web servers' own tests.
pub(super) const NOT_IN_FIREFOX: [&str; 14] = [
    "accessible::",
    "answers::",
    "choose::",
    "effort::",
    "languages::",
    "hosting::",
    "large::",
    "layout::",
    "links::",
    "refused_",
    "serve::",
    "settings::",
    "spoken::",
    "token::",
];

/// What the runs in other languages needn't run again: tests that run in every language by themselves, and those in which little is
/// said or asked of the web server.
pub(super) const NOT_IN_EVERY_LANGUAGE: [&str; 15] = [
    "accessible::",
    "effort::",
    "embedding::",
    "prerender::",
    "languages::",
    "hosting::",
    "keyboard::",
    "large::",
    "layout::",
    "links::",
    "media::",
    "no_answer::",
    "receipt::",
    "serve::",
    "spoken::",
];
