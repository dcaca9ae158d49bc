use super::*;
use crate::rules::violation::{TokenFault, Violation};

fn sample() -> String {
    format!("MII{}Tw==", "FbgYJ+oZ/h-v".repeat(100))
}

#[track_caller]
fn gives(text: &str, token: &str, removed: &[Removed]) {
    let extracted = extract(text);
    assert_eq!(extracted.token.expose(), token);
    assert_eq!(extracted.removed, removed);
}

#[test]
fn a_clean_token_stays_as_it_is() {
    gives(&sample(), &sample(), &[]);
    gives("", "", &[]);
}

#[test]
fn white_space_line_breaks_and_quotes_go() {
    let token = sample();
    let (head, tail) = token.split_at(600);
    gives(&format!("  {token}\n"), &token, &[]);
    gives(&format!("{head}\r\n{tail}"), &token, &[Removed::LineBreaks]);
    gives(&format!("{head} \t{tail}"), &token, &[Removed::Spaces]);
    gives(&format!("\"{token}\","), &token, &[Removed::Quotes]);
    gives(
        &format!("“{head}\n {tail}\u{200b}”"),
        &token,
        &[Removed::LineBreaks, Removed::Spaces, Removed::Quotes, Removed::Invisible],
    );
}

#[test]
fn the_name_of_the_header_goes() {
    let token = sample();
    gives(&format!("X-Subject-Token: {token}"), &token, &[Removed::HeaderName("X-Subject-Token")]);
    gives(&format!("x-auth-token:{token}\n"), &token, &[Removed::HeaderName("X-Auth-Token")]);
    gives(&format!("bearer {token}"), &token, &[Removed::HeaderName("Bearer")]);
    gives("Bearer ", "Bearer", &[]);
    gives(
        &format!("curl -H 'X-Auth-Token: {token}' https://rds.example/v3"),
        &token,
        &[Removed::HeaderName("X-Auth-Token"), Removed::OtherLines],
    );
    gives(&format!("\"X-Auth-Token\": \"{token}\","), &token, &[Removed::HeaderName("X-Auth-Token"), Removed::Quotes]);
}

#[test]
fn a_header_block_of_curl_gives_the_token() {
    let token = sample();
    let block = format!(
        "HTTP/1.1 201 Created\r\nDate: Tue, 24 Nov 2026 01:25:41 GMT\r\nX-Subject-Token: {token}\r\n\
         Content-Type: application/json\r\n\r\n{{\"token\":{{\"methods\":[\"password\"]}}}}"
    );
    gives(&block, &token, &[Removed::HeaderName("X-Subject-Token"), Removed::OtherLines]);
    // curl -v shows what was sent as well: the issued token is the one that is meant.
    let verbose = format!("> X-Auth-Token: old\r\n>\r\n< HTTP/1.1 201 Created\r\n< x-subject-token: {token}\r\n<\r\n");
    gives(&verbose, &token, &[Removed::HeaderName("X-Subject-Token"), Removed::OtherLines]);
}

#[test]
fn a_header_that_the_terminal_wrapped_is_put_together() {
    let token = sample();
    let (head, tail) = token.split_at(80);
    let wrapped = format!("X-Subject-Token: {head}\n{tail}\nX-Request-Id: 1");
    gives(&wrapped, &token, &[Removed::HeaderName("X-Subject-Token"), Removed::OtherLines, Removed::LineBreaks]);
}

#[test]
fn a_name_in_the_list_of_another_header_is_none() {
    let token = sample();
    let removed = [Removed::HeaderName("X-Subject-Token"), Removed::OtherLines];
    for listed in [
        "Access-Control-Expose-Headers: X-Subject-Token",
        "access-control-expose-headers: X-Request-Id,X-Subject-Token",
        "Access-Control-Allow-Headers: X-Auth-Token, Content-Type",
        "Vary: X-Auth-Token",
        "X-Trace: said X-Subject-Token: none",
        "Access-Control-Expose-Headers: Date,\r\n X-Subject-Token, Vary",
    ] {
        let block = format!("HTTP/1.1 201 Created\r\n{listed}\r\nX-Subject-Token: {token}\r\nDate: x\r\n\r\n{{}}");
        gives(&block, &token, &removed);
        let verbose = format!("< HTTP/1.1 201 Created\n< {listed}\n< X-Subject-Token: {token}\n< Date: x");
        gives(&verbose, &token, &removed);
    }
    // Without the header itself there is no token in it.
    let listed = "HTTP/1.1 201 Created\r\nAccess-Control-Expose-Headers: X-Subject-Token\r\n\r\n{}";
    gives(listed, listed, &[]);
    assert!(is_an_answer(listed));
}

#[test]
fn a_header_without_a_value_gives_way_to_one_that_has_it() {
    let token = sample();
    gives(
        &format!("X-Subject-Token:\nX-Auth-Token: {token}"),
        &token,
        &[Removed::HeaderName("X-Auth-Token"), Removed::OtherLines],
    );
}

#[test]
fn an_option_of_curl_may_touch_the_name() {
    let token = sample();
    let removed = [Removed::HeaderName("X-Auth-Token"), Removed::OtherLines];
    for option in ["-H '", "-H\"", "--header '", "--header=\""] {
        let mark = option.chars().last().unwrap();
        gives(&format!("curl {option}X-Auth-Token: {token}{mark} https://rds.example/v3"), &token, &removed);
    }
    gives(&format!("curl https://rds.example -H X-Auth-Token:{token}"), &token, &removed[..1]);
}

#[test]
fn what_prints_or_takes_a_token_is_known() {
    let token = sample();
    gives(&format!("Authorization: Bearer {token}"), &token, &[Removed::HeaderName("Authorization")]);
    gives(&format!("x-subject-token: {token}\r"), &token, &[Removed::HeaderName("X-Subject-Token")]);
    gives(&format!("export OS_TOKEN={token}\n"), &token, &[Removed::HeaderName("OS_TOKEN")]);
    gives(&format!("export OS_TOKEN=\"{token}\""), &token, &[Removed::HeaderName("OS_TOKEN"), Removed::Quotes]);
    let json = format!(
        "{{\n  \"expires\": \"2026-11-25T01:25:41+0000\",\n  \"id\": \"{token}\",\n  \"project_id\": \"0483b6b1\",\n  \
         \"user_id\": \"7116d09f\"\n}}"
    );
    let removed = [Removed::HeaderName("id"), Removed::OtherLines, Removed::Quotes];
    gives(&json, &token, &removed);
    gives(&json.replace('\n', ""), &token, &removed);
}

#[test]
fn the_table_of_the_openstack_client_gives_the_token() {
    let token = sample();
    let (head, tail) = token.split_at(70);
    let removed = [Removed::HeaderName("id"), Removed::OtherLines];
    let table = |value: &str| {
        format!(
            "+------------+-----+\n| Field      | Value |\n+------------+-----+\n| expires    | 2026-11-25 |\n\
             | id         | {value} |\n| project_id | 0483b6b1 |\n+------------+-----+"
        )
    };
    gives(&table(&token), &token, &removed);
    // What else is called so there is no token.
    let of_image = format!("| id         | 42 |\n{}", table(&token));
    gives(&of_image, &token, &removed);
    let wrapped = table(&format!("{head} |\n|            | {tail}"));
    assert_eq!(extract(&wrapped).token.expose(), token);
}

#[test]
fn an_id_that_is_no_token_is_none() {
    let response = r#"{"token":{"user":{"id":"7116d09f88fa41908676fdd4b039e95b"},"project":{"id":"0483b6b1"}}}"#;
    gives(response, response, &[]);
}

#[test]
fn an_answer_without_a_token_stays_as_it_is() {
    let refusal = "HTTP/1.1 401 Unauthorized\r\nContent-Type: application/json\r\n\r\n{\"error\":{\"code\":401,\
                   \"message\":\"The username or password is wrong.\",\"title\":\"Unauthorized\"}}";
    for text in [refusal, "{\"error\":{}}", "< http/2 401", "HTTP/1.1 401 Unauthorized"] {
        gives(text, text, &[]);
        assert_eq!(super::super::token(text).err(), Some(vec![Violation::Token(TokenFault::NotFound)]), "{text}");
    }
    assert!(!is_an_answer(&sample()) && !is_an_answer("http") && !is_an_answer(""));
}

#[test]
fn a_line_of_many_names_is_read_in_one_go() {
    let long = "id: x -H id: ".repeat(20_000);
    let started = std::time::Instant::now();
    let _ = extract(&long);
    assert!(started.elapsed().as_secs() < 5);
}
