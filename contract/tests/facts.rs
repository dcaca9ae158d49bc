//! The contract's small facts, each at its edge: words of the API, escapes, limits, the calendar.

use contract::backup::{Backup, Kind, Status};
use contract::call::{Call, decode};
use contract::instance::Engine;
use contract::json::{Json, MAX_DEPTH, MAX_ELEMENTS, json_string};
use contract::list::failure_reason;
use contract::request::Request;
use contract::response::MAX_BODY_BYTES;
use contract::rules::{Field, Violation, endpoint, project_id};
use contract::secret::Secret;
use contract::time::{Time, UnixSeconds, parse};

fn json(text: &str) -> Option<Json> {
    serde_json::from_str(text).ok()
}

#[test]
fn the_words_of_the_api_are_read_as_they_are_written() {
    for (word, status, is_final) in [
        ("BUILDING", Status::Building, false),
        ("COMPLETED", Status::Completed, true),
        ("FAILED", Status::Failed, true),
        ("DELETING", Status::Deleting, false),
        ("RESTORING", Status::Other("RESTORING".into()), false),
    ] {
        assert_eq!((Status::from(word.to_owned()), status.code(), status.is_final()), (status.clone(), word, is_final));
    }
    for (word, kind) in [
        ("auto", Kind::Auto),
        ("manual", Kind::Manual),
        ("fragment", Kind::Fragment),
        ("incremental", Kind::Incremental),
        ("snapshot", Kind::Other("snapshot".into())),
    ] {
        assert_eq!((Kind::from(word.to_owned()), kind.code()), (kind.clone(), word));
    }
    for (word, engine, name) in [
        ("MySQL", Engine::MySql, "MySQL"),
        ("PostgreSQL", Engine::PostgreSql, "PostgreSQL"),
        ("SQLServer", Engine::SqlServer, "Microsoft SQL Server"),
    ] {
        assert_eq!((Engine::of_datastore(word), engine.name()), (Some(engine), name));
    }
    assert_eq!(Engine::of_datastore("Oracle"), None);
    let names = Field::SINGLE.map(Field::api_name);
    assert_eq!(names, ["token", "endpoint", "project_id", "instance_id", "name", "name_pattern", "description"]);
    assert_eq!((Field::Databases.api_name(), Field::Database(3).api_name()), ("databases", "databases"));
}

#[test]
fn what_can_be_said_at_once_is_what_more_typing_does_not_mend() {
    for (violation, is_missing, is_final) in [
        (Violation::Missing(Field::Name), true, false),
        (Violation::DatabaseBlank, true, false),
        (Violation::NameStart('1'), false, true),
        (Violation::DescriptionLineBreak, false, true),
        (Violation::NameTooShort { found: 3 }, false, false),
    ] {
        assert_eq!(
            (violation.is_missing(), violation.is_final_while_typing()),
            (is_missing, is_final),
            "{violation:?}"
        );
    }
}

#[test]
fn a_request_is_shown_without_its_token() {
    let endpoint = endpoint::endpoint("rds.example").unwrap();
    let project_id = project_id::project_id("0483b6b16e954cb88930a360d2c4e663").unwrap();
    let shown = Request::new(&Call::Instances { offset: 0 }, &endpoint, &project_id, "en-us").shown();
    let lines: Vec<&str> = shown.lines().collect();
    assert!(lines[0].starts_with("GET https://rds.example/v3/0483b6b16e954cb88930a360d2c4e663/instances?"), "{shown}");
    assert_eq!(lines[1..], ["X-Auth-Token: ********", "Content-Type: application/json", "X-Language: en-us"]);
}

#[test]
fn a_secret_knows_whether_it_is_empty() {
    assert!(Secret::default().is_empty() && !Secret::new("x".into()).is_empty());
}

#[test]
fn a_body_is_read_up_to_four_mebibytes() {
    assert_eq!(MAX_BODY_BYTES, 4 * 1024 * 1024);
}

#[test]
fn what_is_not_encoded_rightly_stays_as_it_is() {
    for (text, expected) in [
        ("%41%7e+%c3%9F", "A~ ß"),
        ("%4g", "%4g"),
        ("%g4", "%g4"),
        ("%zz%4", "%zz%4"),
        ("100%", "100%"),
        ("%0F", "\u{f}"),
    ] {
        assert_eq!(decode(text), expected, "{text}");
    }
}

#[test]
fn json_is_written_so_that_it_reads_back_and_in_the_short_form_where_there_is_one() {
    assert_eq!(json_string("a\"\\\n\r\t\u{1}\u{1f}ß"), r#""a\"\\\n\r\t\u0001\u001fß""#);
    assert_eq!(json(&json_string("\n\r\t")), Some(Json::Text("\n\r\t".into())));
}

#[test]
fn a_number_is_read_from_a_text_as_well() {
    let object = json(r#"{"number":7,"text":" 8 ","word":"x","list":[9]}"#).unwrap();
    let numbers = ["number", "text", "word", "list", "none"].map(|key| object.integer(key));
    assert_eq!(numbers, [Some(7), Some(8), None, None, None]);
}

#[test]
fn json_is_read_to_a_length_and_to_a_depth_and_no_further() {
    let numbers = vec!["1"; MAX_ELEMENTS].join(",");
    let Some(Json::List(elements)) = json(&format!("[{numbers}]")) else { panic!("a list") };
    assert!(elements.len() == MAX_ELEMENTS && elements.iter().all(|element| *element == Json::Integer(1)));
    let Some(Json::List(elements)) = json(&format!("[{numbers},1,1]")) else { panic!("a list") };
    assert_eq!((elements.len(), elements.last()), (MAX_ELEMENTS + 1, Some(&Json::Truncated(2))));
    let members: Vec<String> = (0..MAX_ELEMENTS + 2).map(|number| format!("\"m{number}\":1")).collect();
    let Some(Json::Object(all)) = json(&format!("{{{}}}", members[..MAX_ELEMENTS].join(","))) else {
        panic!("an object")
    };
    assert!(all.len() == MAX_ELEMENTS && all.iter().all(|(_, value)| *value == Json::Integer(1)));
    let Some(Json::Object(all)) = json(&format!("{{{}}}", members.join(","))) else { panic!("an object") };
    assert_eq!((all.len(), all.last()), (MAX_ELEMENTS + 1, Some(&(String::new(), Json::Truncated(2)))));

    let depth = |open: &str, close: &str| {
        let mut value = json(&format!("{}1{}", open.repeat(40), close.repeat(40))).unwrap();
        let mut depth = 0;
        loop {
            value = match value {
                Json::List(mut elements) => elements.remove(0),
                Json::Object(mut members) => members.remove(0).1,
                Json::Null => return depth,
                Json::Bool(_) | Json::Integer(_) | Json::Fraction(_) | Json::Text(_) | Json::Truncated(_) => {
                    panic!("no level")
                }
            };
            depth += 1;
        }
    };
    assert_eq!((depth("[", "]"), depth("{\"a\":", "}")), (MAX_DEPTH, MAX_DEPTH));
}

#[test]
fn a_task_is_the_backups_up_to_five_minutes_before_its_begin_and_after_its_end() {
    let backup = Backup {
        begin_time: Some("2026-11-24T12:00:00Z".into()),
        end_time: Some("2026-11-24T12:30:00Z".into()),
        ..Backup::default()
    };
    for (created, is_its) in [
        ("2026-11-24T11:54:59Z", false),
        ("2026-11-24T11:55:00Z", true),
        ("2026-11-24T12:15:00Z", true),
        ("2026-11-24T12:35:00Z", true),
        ("2026-11-24T12:35:01Z", false),
    ] {
        let tasks = json(&format!(
            r#"{{"tasks":[{{"name":"createManualSnapshot","status":"Failed","fail_reason":"x","create_time":"{created}"}}]}}"#
        ));
        assert_eq!(failure_reason(tasks.as_ref(), &backup).is_some(), is_its, "{created}");
    }
}

#[test]
fn every_day_of_three_centuries_is_read_and_written() {
    let is_leap = |year: i64| match (year % 400, year % 100, year % 4) {
        (0, _, _) => true,
        (_, 0, _) => false,
        (_, _, rest) => rest == 0,
    };
    let mut seconds = -(70 * 365 + 17) * 86_400;
    for year in 1900..2200 {
        for month in 1..=12 {
            let length = match month {
                2 if is_leap(year) => 29,
                2 => 28,
                4 | 6 | 9 | 11 => 30,
                _ => 31,
            };
            for day in 1..=length {
                assert_eq!(UnixSeconds(seconds).utc(), format!("{year}-{month:02}-{day:02} 00:00:00"));
                let text = format!("{year}-{month:02}-{day:02}T00:00:00Z");
                assert_eq!(parse(&text), Some(Time::Exact(UnixSeconds(seconds))), "{text}");
                seconds += 86_400;
            }
            assert_eq!(parse(&format!("{year}-{month:02}-{:02}T00:00:00Z", length + 1)), None);
        }
    }
    for no_time in
        ["2026-11-24T12:00:60Z", "2026-11-24T12:60:00Z", "2026-11-24T12:00:00+0860", "2026-11-24T12:00:00+2400"]
    {
        assert_eq!(parse(no_time), None, "{no_time}");
    }
}
