//! Bytes near those of a token.

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use crate::holds::iam_token::signed;

/// The JSON of a token: of a project, of an account, of neither, or of something else.
fn claims() -> impl Strategy<Value = Value> {
    const NAMES: [&str; 6] = ["eu-de", "eu-de_orders", "cn-north-4", "MOS", "orders\u{202e}", ""];
    const IDS: [&str; 3] = ["0483b6b16e954cb88930a360d2c4e663", "not an id", ""];
    let with_scope = prop_oneof![
        3 => (select(&IDS), select(&NAMES)).prop_map(|(id, name)| ("project", json!({ "id": id, "name": name }))),
        2 => (select(&NAMES), select(vec!["TSI", "SBC"]))
            .prop_map(|(name, cloud)| ("domain", json!({ "name": name, "xdomain_type": cloud }))),
        1 => Just(("methods", json!(["mapped"]))),
    ];
    let user = prop_oneof![select(&NAMES).prop_map(|name| json!({ "name": name })), Just(Value::Null)];
    (with_scope, user).prop_map(|((key, scope), user)| json!({ "token": { key: scope, "user": user } }))
}

/// What the property makes a token of: see there for the first byte.
pub fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let with = |choice: u8| move |rest: Vec<u8>| [vec![choice], rest].concat();
    let text = claims().prop_map(|claims| claims.to_string().into_bytes()).boxed();
    let changed =
        (text.clone(), any::<prop::sample::Index>(), any::<u8>(), 0..3_u8).prop_map(|(text, at, to, what)| {
            let mut bytes = signed(&text);
            let at = at.index(bytes.len());
            match what {
                0 => bytes.splice(at..=at, [to]).for_each(drop),
                1 => bytes.truncate(at),
                _ => bytes.push(to),
            }
            bytes
        });
    prop_oneof![
        1 => any::<Vec<u8>>().prop_map(with(0)),
        3 => changed.prop_map(with(1)),
        1 => any::<Vec<u8>>().prop_map(with(2)),
        3 => text.prop_map(with(3)),
    ]
}
