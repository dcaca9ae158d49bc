//! Inputs near the forms that are read: mostly right, with something else in one place or another, and some of chance.

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

/// Often the one, sometimes the other.
fn mostly<T: std::fmt::Debug + 'static>(
    usual: impl Strategy<Value = T> + 'static,
    other: impl Strategy<Value = T> + 'static,
) -> BoxedStrategy<T> {
    prop_oneof![7 => usual, 1 => other].boxed()
}

fn one_of(texts: &'static [&'static str]) -> BoxedStrategy<String> {
    select(texts).prop_map(str::to_owned).boxed()
}

/// Pieces in any order: what no one meant.
fn jumble(pieces: &'static [&'static str], most: usize) -> BoxedStrategy<String> {
    proptest::collection::vec(select(pieces), 0..most).prop_map(|pieces| pieces.concat()).boxed()
}

pub fn an_endpoint() -> BoxedStrategy<String> {
    let scheme =
        mostly(one_of(&["", "", "https://", "HTTPS://"]), one_of(&["http://", "ftp://", "//", "https:/", "\\"]));
    let host = prop_oneof![
        4 => one_of(&["rds.eu-de.otc.t-systems.com", "RDS.example", "xn--nxasmq6b", "a-b_c.example"]),
        2 => "[a-z][a-z0-9-]{0,8}(\\.[a-z]{1,5}){0,2}",
        1 => one_of(&["127.0.0.1", "10.0.0.1", "0x7f.1", "2130706433", "[::1]", "[2001:db8::1]"]),
        1 => one_of(&["a..b", "user@rds.example", "é.example", "rds。example", "\u{ad}", "rds example", "%2f", ""]),
    ];
    let port = mostly(one_of(&["", "", ":443", ":8443", ":1"]), one_of(&[":", ":0", ":65536", ":+80", ":x", ":80:80"]));
    let tail = mostly(one_of(&["", "/", "\n", " \u{200b}"]), one_of(&["/v3", "?x", "#x", "/..", "\\", "\u{3164}"]));
    let origin = (scheme, host, port, tail).prop_map(|(scheme, host, port, tail)| [scheme, host, port, tail].concat());
    let here = prop_oneof![Just("http://localhost"), Just("http://127.0.0.1")];
    let local = (here, one_of(&["", ":8080", ":80", ":", "/", "/x"])).prop_map(|(here, end)| here.to_owned() + &end);
    let segment = mostly("[a-z0-9._~-]{1,8}".boxed(), one_of(&["", ".", "..", "%2e", "é", "\\"]));
    let path = (proptest::collection::vec(segment, 0..4), one_of(&["", "/", "?", " "]))
        .prop_map(|(segments, end)| format!("/{}{end}", segments.join("/")));
    let pieces = &[
        "https://",
        "http://",
        "//",
        "/",
        "\\",
        "localhost",
        "127.0.0.1",
        "rds.example",
        "@",
        ":",
        "8443",
        ".",
        "..",
        "%2f",
        "[::1]",
        "?",
        "#",
        " ",
        "\u{200b}",
        "é",
        "/v3/",
        "\t",
        "-",
        "_",
    ];
    prop_oneof![6 => origin, 1 => local, 2 => path, 1 => jumble(pieces, 8), 1 => any::<String>()].boxed()
}

/// A token as IAM makes them, for which anything round it is told from it.
pub fn a_token() -> BoxedStrategy<String> {
    "MII[A-Za-z0-9+/-]{30,200}={0,2}".boxed()
}

/// A way in which a token is handed about, and what stands round it there.
#[derive(Clone, Copy, Debug)]
pub enum Dressing {
    Plain,
    Header,
    Block,
    Verbose,
    Option,
    Json,
    Table,
    Variable,
    Bearer,
}

const LISTS: [&str; 4] = [
    "Access-Control-Expose-Headers: X-Subject-Token",
    "access-control-expose-headers: Date,X-Subject-Token,X-Auth-Token",
    "Vary: X-Auth-Token, Origin",
    "Date: Tue, 24 Nov 2026 01:25:41 GMT",
];

impl Dressing {
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Header => "its header",
            Self::Block => "a block of headers",
            Self::Verbose => "what curl -v prints",
            Self::Option => "an option of curl",
            Self::Json => "JSON",
            Self::Table => "a table",
            Self::Variable => "a variable",
            Self::Bearer => "Bearer",
        }
    }

    pub fn around(self, token: &str, list: &str, line: &str) -> String {
        match self {
            Self::Plain => token.to_owned(),
            Self::Header => format!("X-Auth-Token: {token}{line}"),
            Self::Block => {
                format!(
                    "HTTP/1.1 201 Created{line}{list}{line}X-Subject-Token: {token}{line}{list}{line}{line}{{\"token\":{{}}}}"
                )
            }
            Self::Verbose => {
                format!("> X-Auth-Token:{line}>{line}< HTTP/2 201{line}< {list}{line}< x-subject-token: {token}{line}<")
            }
            Self::Option => format!("curl -i -H 'X-Auth-Token: {token}' https://rds.example/v3/p/backups"),
            Self::Json => format!(
                "{{{line} \"expires\": \"2026\",{line} \"id\": \"{token}\",{line} \"user_id\": \"7116\"{line}}}"
            ),
            Self::Table => format!(
                "+---+{line}| Field | Value |{line}| expires | 2026 |{line}| id | {token} |{line}| user_id | 7116 |"
            ),
            Self::Variable => format!("export OS_TOKEN={token}{line}"),
            Self::Bearer => format!("Authorization: Bearer {token}{line}"),
        }
    }
}

pub fn a_dressed_token() -> impl Strategy<Value = (Dressing, String, String)> {
    let dressing = select(vec![
        Dressing::Plain,
        Dressing::Header,
        Dressing::Block,
        Dressing::Verbose,
        Dressing::Option,
        Dressing::Json,
        Dressing::Table,
        Dressing::Variable,
        Dressing::Bearer,
    ]);
    (dressing, a_token(), select(&LISTS[..]), select(vec!["\n", "\r\n"]))
        .prop_map(|(dressing, token, list, line)| (dressing, dressing.around(&token, list, line), token))
}

pub fn a_paste() -> BoxedStrategy<String> {
    let pieces = &[
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
        "OS_TOKEN",
        "=",
        "id",
        "|",
        "{",
        "HTTP/",
        "Bearer ",
        "<",
        "\u{3164}",
    ];
    let refusal = one_of(&[
        "HTTP/1.1 401 Unauthorized\r\nVary: X-Auth-Token\r\n\r\n{\"error\":{\"code\":401,\"title\":\"Unauthorized\"}}",
        "{\"error\":{\"code\":401,\"message\":\"The password is wrong.\"}}",
        "HTTP/1.1 401 Unauthorized",
    ]);
    let names = proptest::collection::vec("[a-z]{1,6}", 1..5);
    let list = (names, one_of(&[",", ";", "\n", "\t", ", "])).prop_map(|(names, mark)| names.join(&mark));
    let method = one_of(&["", "POST ", "GET "]);
    let url =
        (method, one_of(&["https://rds.example", "rds.example", "/api", ""]), one_of(&["/backups", "", "?x=1", "/"]))
            .prop_map(|(method, host, end)| format!("{method}{host}/v3/0483b6b16e954cb88930a360d2c4e663{end}"));
    prop_oneof![
        3 => a_dressed_token().prop_map(|(_, text, _)| text),
        1 => refusal,
        1 => list,
        1 => url,
        3 => jumble(pieces, 12),
        1 => any::<String>(),
    ]
    .boxed()
}

pub fn a_time() -> BoxedStrategy<String> {
    let zone = prop_oneof![
        3 => Just("Z".to_owned()),
        4 => "[+-](0[0-9]|1[0-4]):?[0-5][0-9]",
        2 => Just(String::new()),
        1 => "[+-][0-9]{0,3}:{0,2}[0-9]{1,4}",
    ];
    let fraction = mostly(Just(String::new()), "\\.[0-9]{0,6}");
    let day = (mostly(1_900..2_100_i32, 0..10_000), mostly(1..13_i32, 0..20), mostly(1..29_i32, 0..40));
    let clock = (mostly(0..24_i32, 0..30), mostly(0..60_i32, 0..70), mostly(0..60_i32, 0..70));
    let form = (day, clock, fraction, zone, mostly(Just(""), Just(" "))).prop_map(
        |((year, month, day), (hour, minute, second), fraction, zone, gap)| {
            format!(
                "{year:04}{gap}-{month:02}-{day:02}{gap}T{hour:02}:{gap}{minute:02}:{second:02}{fraction}{gap}{zone}"
            )
        },
    );
    prop_oneof![8 => form, 1 => "[0-9TZ:+. -]{0,30}", 1 => any::<String>()].boxed()
}

/// A text where the API has one; sometimes a value of another kind.
fn text_among(usual: &'static [&'static str]) -> BoxedStrategy<Value> {
    let usual =
        prop_oneof![5 => one_of(usual), 1 => any::<String>(), 1 => one_of(&["\u{202e}x", "db\u{3164}", "\u{1b}[31m"])];
    let other = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        Just(json!([])),
        Just(json!({})),
    ];
    mostly(usual.prop_map(Value::from), other)
}

/// An object of which each member may be missing.
fn object(members: Vec<(&'static str, BoxedStrategy<Value>)>) -> BoxedStrategy<Value> {
    let members: Vec<_> = members
        .into_iter()
        .map(|(key, value)| prop_oneof![7 => value.prop_map(move |value| Some((key.to_owned(), value))), 1 => Just(None)])
        .collect();
    members.prop_map(|members| Value::Object(members.into_iter().flatten().collect())).boxed()
}

const TIMES: &[&str] =
    &["2026-11-24T12:00:00Z", "2026-11-24T12:00:00+0800", "2026-11-24T12:00:00", "2016-09-12T01:17:05", ""];
const IDS: &[&str] = &["cb211c0075104151a748a854bc8bd87dbr01", "d8e6ca5a624745bcb546a227aa3ae1cfin01", "b1"];

fn named() -> BoxedStrategy<Value> {
    object(vec![("name", text_among(&["db1", "sales", "archive"]))])
}

fn list_of(element: BoxedStrategy<Value>) -> BoxedStrategy<Value> {
    proptest::collection::vec(element, 0..5).prop_map(Value::from).boxed()
}

fn backup() -> BoxedStrategy<Value> {
    object(vec![
        ("id", text_among(IDS)),
        ("instance_id", text_among(IDS)),
        ("name", text_among(&["backup", "nightly"])),
        ("description", text_among(&["before the upgrade", ""])),
        ("databases", list_of(named())),
        ("begin_time", text_among(TIMES)),
        ("end_time", text_among(TIMES)),
        ("status", text_among(&["BUILDING", "COMPLETED", "FAILED", "DELETING", "AVAILABLE"])),
        ("type", text_among(&["manual", "auto", "fragment", "incremental"])),
        ("size", any::<i64>().prop_map(Value::from).boxed()),
    ])
}

fn instance() -> BoxedStrategy<Value> {
    object(vec![
        ("id", text_among(IDS)),
        ("name", text_among(&["orders-mysql", "reports-sqlserver"])),
        ("status", text_among(&["ACTIVE", "BACKING UP", "FROZEN"])),
        ("type", text_among(&["Single", "Ha", "Replica"])),
        ("datastore", object(vec![("type", text_among(&["MySQL", "SQLServer"])), ("version", text_among(&["8.0"]))])),
        ("related_instance", list_of(object(vec![("id", text_among(IDS)), ("type", text_among(&["replica_of"]))]))),
    ])
}

fn task() -> BoxedStrategy<Value> {
    let failed = Just(serde_json::json!({
        "name": "CreateManualSnapshot", "status": "Failed", "create_time": "2026-11-24T12:00:00Z",
        "fail_reason": "lock not obtained",
    }));
    prop_oneof![2 => failed, 3 => any_task()].boxed()
}

fn any_task() -> BoxedStrategy<Value> {
    object(vec![
        ("id", text_among(IDS)),
        ("name", text_among(&["CreateManualSnapshot", "EnlargeVolume"])),
        ("instance_id", text_among(IDS)),
        ("status", text_among(&["Failed", "Completed", "Running"])),
        ("create_time", text_among(TIMES)),
        ("fail_reason", text_among(&["lock not obtained", "no space", ""])),
    ])
}

const CODES: &[&str] = &[
    "DBS.280277",
    "DBS.280127",
    "DBS.280128",
    "DBS.200602",
    "DBS.280056",
    "DBS.201201",
    "DBS.201205",
    "DBS.200019",
    "DBS.200086",
    "APIGW.0301",
    "APIG.0101",
    "APIG.0201",
    "APIG.0308",
    "RDS.0011",
    "DBS.999999",
    "401",
];

fn error() -> BoxedStrategy<Value> {
    let message = || text_among(&["Parameter error.", "Invalid token.", "The object already exists."]);
    prop_oneof![
        4 => object(vec![("error_code", text_among(CODES)), ("error_msg", message()), ("request_id", text_among(IDS))]),
        1 => object(vec![("errCode", text_among(CODES)), ("externalMessage", message())]),
        1 => object(vec![("error", object(vec![("code", text_among(CODES)), ("message", message())]))]),
        1 => object(vec![("itemNotFound", object(vec![("code", text_among(&["404"])), ("message", message())]))]),
    ]
    .boxed()
}

/// JSON of any shape, from the keys that are read.
fn shapeless() -> BoxedStrategy<Value> {
    let keys =
        &["backup", "backups", "instances", "databases", "tasks", "id", "name", "error", "error_code", "total_count"];
    let leaf = prop_oneof![text_among(IDS), any::<String>().prop_map(Value::from)];
    leaf.prop_recursive(5, 60, 6, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            proptest::collection::vec((one_of(keys), inner), 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
    .boxed()
}

fn page(key: &'static str, element: BoxedStrategy<Value>) -> BoxedStrategy<Value> {
    object(vec![(key, list_of(element)), ("total_count", (0..200_i64).prop_map(Value::from).boxed())])
}

/// An answer: its status, and the bytes of its body.
pub fn an_answer() -> impl Strategy<Value = (u16, Vec<u8>)> {
    let succeeded = prop_oneof![
        2 => object(vec![("backup", backup())]),
        1 => backup(),
        3 => page("backups", backup()),
        2 => page("instances", instance()),
        1 => page("databases", named()),
        2 => page("tasks", task()),
        1 => shapeless(),
    ];
    let bytes = |value: Value| value.to_string().into_bytes();
    let good = (mostly(select(vec![200_u16, 200, 201, 202]), 100..600_u16), succeeded.prop_map(bytes));
    let statuses = select(vec![400_u16, 401, 403, 404, 409, 413, 429, 494, 500, 503]);
    let refused = (mostly(statuses, 100..600_u16), mostly(error(), shapeless()).prop_map(bytes));
    prop_oneof![4 => good, 3 => refused, 1 => (100..600_u16, any::<Vec<u8>>())]
}
