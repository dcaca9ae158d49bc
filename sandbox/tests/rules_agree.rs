//! Compares the page's rules with the OpenAPI document: for any request, both accept or both refuse.
//! `agreement::stricter_on_purpose` lists where the page is deliberately stricter.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test may stop at the first thing that isn't as expected"
)]

mod agreement;

use std::sync::LazyLock;

use agreement::Typed;
use contract::cloud::Cloud;
use contract::instance::Engine;
use contract::rules::{description, name, normalize, project_id};
use proptest::prelude::*;
use sandbox::document::Schema;
use serde_json::json;

static PROJECT_ID: LazyLock<Schema> = LazyLock::new(|| Schema::named("ProjectId").unwrap());

fn text_near_the_rules(longest: usize) -> impl Strategy<Value = String> {
    let character = prop_oneof![
        8 => proptest::char::range('a', 'z'),
        2 => proptest::char::range('A', 'Z'),
        2 => proptest::char::range('0', '9'),
        2 => proptest::sample::select(vec!['-', '_', ' ', '.', '>', '!', '<', '"', '&', '\'', '=', '\n', '\r', 'é', 'ß', '٣', '😀', '\u{301}', 'ש', '\u{202e}', '\u{0}']),
        1 => any::<char>(),
    ];
    let length = prop_oneof![Just(0), Just(3), Just(4), Just(longest), Just(longest + 1), 0..longest + 8];
    length
        .prop_flat_map(move |length| proptest::collection::vec(character.clone(), length))
        .prop_map(|characters| characters.into_iter().collect())
}

fn letters(longest: usize) -> impl Strategy<Value = String> {
    let length = prop_oneof![Just(3), Just(4), Just(longest), Just(longest + 1), 1..longest + 8];
    length.prop_map(|length| "b".repeat(length))
}

fn typed() -> impl Strategy<Value = Typed> {
    let name = prop_oneof![letters(name::MAX_NAME_LENGTH), text_near_the_rules(name::MAX_NAME_LENGTH)];
    let description = prop_oneof![
        letters(description::MAX_DESCRIPTION_LENGTH),
        text_near_the_rules(description::MAX_DESCRIPTION_LENGTH)
    ];
    let instance_id = prop_oneof![
        4 => "[0-9a-f]{32}(in0[134]|no01|br04|pr01)",
        1 => text_near_the_rules(40),
    ];
    let engine = prop_oneof![
        Just(None),
        Just(Some(Engine::SqlServer)),
        Just(Some(Engine::MySql)),
        Just(Some(Engine::PostgreSql))
    ];
    let databases = proptest::collection::vec(prop_oneof![4 => "[a-c]{1,2}", 1 => text_near_the_rules(8)], 0..4);
    let cloud = prop_oneof![Just(Cloud::OpenTelekom), Just(Cloud::Swiss), Just(Cloud::Huawei)];
    (instance_id, name, description, databases, engine, any::<bool>(), cloud).prop_map(
        |(instance_id, name, description, databases, engine, individually, cloud)| Typed {
            instance_id,
            name,
            description,
            databases,
            engine,
            individually,
            cloud,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn page_and_document_accept_and_refuse_the_same(typed in typed()) {
        typed.is_agreed_on();
    }

    #[test]
    fn page_and_document_agree_on_project_ids(text in prop_oneof!["[0-9a-f]{31,33}", text_near_the_rules(32)]) {
        let document = PROJECT_ID.check(&json!(normalize(&text)));
        prop_assert_eq!(project_id::project_id(&text).is_ok(), document.is_ok());
    }
}
