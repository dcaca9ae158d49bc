//! Properties of the parsers and decoders, for inputs made up by chance and near the forms that they read. Each counts how
//! often it met what it is about.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first thing that isn't as expected")]

#[path = "properties/mod.rs"]
mod holds;
#[path = "properties/near.rs"]
mod near;
#[path = "properties/near_token.rs"]
mod near_token;
#[path = "properties/reach.rs"]
mod reach;

use contract::rules::token;

const INPUTS: u32 = 4000;

#[test]
fn an_endpoint_is_what_it_reads_as() {
    let floors = [
        ("a host", 400),
        ("a port", 300),
        ("a path", 250),
        ("this machine", 120),
        ("an address of numbers", 70),
        ("refused", 1000),
    ];
    reach::holds(INPUTS, &near::an_endpoint(), &floors, |text| holds::endpoint_is_what_it_reads_as(&text));
}

#[test]
fn a_paste_is_read_once_and_for_all() {
    let floors = [
        ("a token", 1500),
        ("a token behind its name", 600),
        ("an answer without a token", 400),
        ("a list of databases", 800),
        ("a URL of the API", 400),
    ];
    reach::holds(INPUTS, &near::a_paste(), &floors, |text| holds::a_paste_is_read_once_and_for_all(&text));
}

#[test]
fn a_token_is_found_in_whatever_it_is_handed_about() {
    let floors = [
        ("plain", 250),
        ("its header", 250),
        ("a block of headers", 250),
        ("what curl -v prints", 250),
        ("an option of curl", 250),
        ("JSON", 250),
        ("a table", 250),
        ("a variable", 250),
        ("Bearer", 250),
        ("among other lines", 800),
        ("in one line", 800),
    ];
    reach::holds(INPUTS, &near::a_dressed_token(), &floors, |(dressing, text, token)| {
        assert_eq!(token::extract(&text).token.expose(), token, "{text}");
        let lines = text.trim().lines().count();
        [reach::cases([("among other lines", lines > 1), ("in one line", lines == 1)]), vec![dressing.name()]].concat()
    });
}

#[test]
fn a_token_is_read_within_its_bounds() {
    let floors = [
        ("not judged", 300),
        ("whole", 1000),
        ("cut", 300),
        ("extended", 40),
        ("a text", 1500),
        ("a known region", 60),
        ("a project", 60),
        ("an account", 100),
        ("no scope", 400),
    ];
    reach::holds(INPUTS, &near_token::bytes(), &floors, |bytes| {
        holds::iam_token::a_token_is_read_within_its_bounds(&bytes)
    });
}

#[test]
fn a_moment_is_written_as_it_is_read() {
    let floors = [("a moment", 450), ("a moment with an offset", 650), ("no zone", 300), ("no time", 800)];
    reach::holds(INPUTS, &near::a_time(), &floors, |text| holds::a_moment_is_written_as_it_is_read(&text));
}

#[test]
fn an_answer_is_harmless() {
    let floors = [
        ("a backup", 200),
        ("a list of backups", 150),
        ("a backup of the name", 70),
        ("a list of instances", 100),
        ("a list of databases", 100),
        ("the reason of a failure", 40),
        ("a refusal of the request", 110),
        ("a known refusal of the moment", 180),
        ("another failure", 1500),
        ("a text that would mislead", 500),
    ];
    reach::holds(INPUTS, &near::an_answer(), &floors, |(status, bytes)| holds::an_answer_is_harmless(status, &bytes));
}
