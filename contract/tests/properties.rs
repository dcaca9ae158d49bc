//! Properties of the parsers and decoders, for inputs made up by chance and near the forms that they read.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first thing that isn't as expected")]

#[path = "properties/mod.rs"]
mod holds;

use proptest::prelude::*;

fn near_an_endpoint() -> impl Strategy<Value = String> {
    let piece = proptest::sample::select(vec![
        "https://",
        "http://",
        "HTTPS:",
        "//",
        "/",
        "\\",
        "localhost",
        "127.0.0.1",
        "rds.eu-de.otc.t-systems.com",
        "@",
        ":",
        "8443",
        ".",
        "..",
        "%2f",
        "[::1]",
        "0x7f.1",
        "?",
        "#",
        " ",
        "\u{200b}",
        "\u{ad}",
        "é",
        "。",
        "/v3/",
        "abc",
        "\t",
        "xn--nxasmq6b",
        "-",
        "_",
        "2130706433",
    ]);
    proptest::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

fn near_a_paste() -> impl Strategy<Value = String> {
    let piece = proptest::sample::select(vec![
        "X-Auth-Token",
        "x-subject-token",
        ":",
        " ",
        "\n",
        "\r\n",
        "\"",
        "'",
        "MII",
        "abc+/=",
        "“",
        "curl -H ",
        "\u{feff}",
        ",",
        ";",
        "db1",
        "POST ",
        "https://rds.example",
        "/v3/",
        "0483b6b16e954cb88930a360d2c4e663",
        "/backups",
        "é",
        "\\",
    ]);
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

fn near_a_time() -> impl Strategy<Value = String> {
    prop_oneof![
        "[0-9]{4}-[0-2][0-9]-[0-3][0-9]T[0-2][0-9]:[0-6][0-9]:[0-6][0-9](\\.[0-9]{1,3})?(Z|[+-][0-9]{2}:?[0-9]{2})?",
        "[0-9TZ:+. -]{0,30}",
        any::<String>(),
    ]
}

fn near_an_answer() -> impl Strategy<Value = Vec<u8>> {
    let key = proptest::sample::select(vec![
        "backup",
        "backups",
        "instances",
        "databases",
        "tasks",
        "id",
        "name",
        "status",
        "type",
        "begin_time",
        "end_time",
        "size",
        "error",
        "error_code",
        "error_msg",
        "errCode",
        "code",
        "message",
        "request_id",
        "total_count",
        "datastore",
        "related_instance",
        "fail_reason",
    ]);
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<f64>().prop_map(Into::into),
        any::<String>().prop_map(Into::into),
        proptest::sample::select(vec![
            "BUILDING",
            "manual",
            "2026-11-24T12:00:00Z",
            "backup",
            "\u{202e}x",
            "DBS.201201"
        ])
        .prop_map(Into::into),
    ];
    let value = leaf.prop_recursive(5, 60, 6, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(serde_json::Value::from),
            proptest::collection::vec((key.clone(), inner), 0..6)
                .prop_map(|members| members.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()),
        ]
    });
    prop_oneof![
        4 => value.prop_map(|value| value.to_string().into_bytes()),
        1 => any::<Vec<u8>>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_endpoint_is_what_it_reads_as(text in prop_oneof![near_an_endpoint(), any::<String>()]) {
        holds::endpoint_is_what_it_reads_as(&text);
    }

    #[test]
    fn a_paste_is_read_once_and_for_all(text in prop_oneof![near_a_paste(), any::<String>()]) {
        holds::a_paste_is_read_once_and_for_all(&text);
    }

    #[test]
    fn a_moment_is_written_as_it_is_read(text in near_a_time()) {
        holds::a_moment_is_written_as_it_is_read(&text);
    }

    #[test]
    fn an_answer_is_harmless(status in 100_u16..600, bytes in near_an_answer()) {
        holds::an_answer_is_harmless(status, &bytes);
    }
}
