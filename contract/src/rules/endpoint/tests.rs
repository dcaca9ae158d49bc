use super::*;

fn accepted(text: &str) -> String {
    endpoint(text).unwrap_or_else(|violations| panic!("{text}: {violations:?}")).as_str().to_owned()
}

fn refused(text: &str) -> Violation {
    endpoint(text).expect_err(text).remove(0)
}

#[test]
fn a_host_or_an_https_origin_becomes_an_https_origin() {
    for text in [
        "rds.eu-de.otc.t-systems.com",
        "https://rds.eu-de.otc.t-systems.com",
        " HTTPS://rds.eu-de.otc.t-systems.com/\n",
    ] {
        assert_eq!(accepted(text), "https://rds.eu-de.otc.t-systems.com");
    }
    assert_eq!(accepted("proxy.example:8443"), "https://proxy.example:8443");
    assert_eq!(accepted("https://[2001:db8::1]:8443"), "https://[2001:db8::1]:8443");
}

#[test]
fn the_root_of_the_pages_origin_is_typed_as_a_slash_and_the_rest_as_it_is() {
    for (text, typed) in [("/", "/"), ("/api/", "/api"), ("rds.example", "https://rds.example")] {
        assert_eq!(endpoint(text).unwrap().typed(), typed);
    }
}

#[test]
fn an_ipv6_address_is_one_as_std_reads_it() {
    for text in [
        "::",
        "::1",
        "1::",
        "2001:db8::1",
        "1:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7::",
        "1:2:3::5:6:7",
        "1:2:3:4::6:7:8",
        "1:2:3:4::5:6:7:8",
        "1::3:4:5:6:7:8",
        "fe80::ABCD",
        "",
        ":",
        "1",
        "1:2",
        ":::",
        "1:::2",
        "1::2::3",
        "12345::",
        "g::",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7",
        ":1::2",
        "1::2:",
        "1:2:3:4:5:6:7:",
        ":2:3:4:5:6:7:8",
        "fe80::1%1",
        "[::1]",
    ] {
        assert_eq!(is_ipv6(text), text.parse::<std::net::Ipv6Addr>().is_ok(), "{text}");
    }
}

#[test]
fn an_allowed_host_is_that_host_and_no_other() {
    let allowed = ["rds.example", "otc.t-systems.com"].map(|name| HostName::read(name).unwrap());
    for (text, is_among) in [
        ("rds.example", true),
        ("https://RDS.example:8443", true),
        ("/api", true),
        ("otc.t-systems.com", true),
        ("rds.eu-de.otc.t-systems.com", false),
        ("evilotc.t-systems.com", false),
        ("rds.example.evil", false),
        ("other.example", false),
    ] {
        assert_eq!(endpoint(text).unwrap().is_among(&allowed), is_among, "{text}");
    }
}

#[test]
fn a_host_name_is_a_whole_host_and_nothing_else() {
    for text in ["rds.example", "RDS.Example", "localhost", "10.0.0.1", "[2001:db8::1]"] {
        assert_eq!(HostName::read(text).as_ref().map(HostName::as_str), Some(text));
    }
    for text in [
        "*",
        "*.example",
        "rds.*",
        "https://rds.example",
        "rds.example:443",
        "rds.example/",
        "/api",
        "",
        " x.y",
        "a..b",
    ] {
        assert_eq!(HostName::read(text), None, "{text}");
    }
}

#[test]
fn scheme_host_and_port_are_what_a_call_goes_to() {
    for (text, expected) in [
        ("rds.example", Some(("https", "rds.example", "443"))),
        ("http://localhost", Some(("http", "localhost", "80"))),
        ("https://[2001:db8::1]:8443", Some(("https", "[2001:db8::1]", "8443"))),
        ("/api", None),
    ] {
        assert_eq!(endpoint(text).unwrap().authority(), expected, "{text}");
    }
}

#[test]
fn http_goes_to_this_machine_only() {
    for text in ["http://localhost:8080", "http://127.0.0.1", "http://LOCALHOST"] {
        assert_eq!(accepted(text), text);
    }
    for text in [
        "http://rds.eu-de.otc.t-systems.com",
        "http://127.0.0.1.example.com",
        "http://localhost.example",
        "http://10.0.0.1",
        "http://127.8.9.10:1",
        "http://[::1]:8080",
        "http://rds.localhost",
    ] {
        assert_eq!(refused(text), Violation::EndpointInsecure, "{text}");
    }
}

#[test]
fn a_path_is_a_proxy_on_the_same_origin() {
    assert_eq!(accepted("/api/"), "/api");
    assert_eq!(accepted("/otc/eu-de"), "/otc/eu-de");
    assert_eq!(accepted("/"), "");
    assert!(endpoint("/api").unwrap().is_same_origin());
    assert!(!endpoint("rds.example").unwrap().is_same_origin());
}

#[test]
fn what_a_browser_reads_as_another_host_is_no_path() {
    for text in [
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/api//x",
        "/api/../x",
        "/./x",
        "/api/%2e%2E/x",
        "/api%2f",
        "/api%5Cx",
        ".//evil.example",
        "./../x",
        "././x",
        "./\\evil.example",
    ] {
        assert_eq!(refused(text), Violation::EndpointNotAPath, "{text}");
        assert_eq!(endpoint_on_page(text, "/tools/rds"), Err(vec![Violation::EndpointNotAPath]), "{text}");
    }
    assert!(matches!(refused("/api x"), Violation::EndpointNotAHost(_)));
}

#[test]
fn a_path_from_the_folder_of_the_page_names_the_whole_path() {
    for (folder, text, expected) in [
        ("/tools/rds", "./api/eu-de", "/tools/rds/api/eu-de"),
        ("/tools/rds", " ./api/ ", "/tools/rds/api"),
        ("/tools/rds", "./", "/tools/rds"),
        ("", "./api", "/api"),
        ("/my%20tools", "./api", "/my%20tools/api"),
        ("/tools/rds", "/api/eu-de", "/api/eu-de"),
        ("/tools/rds", "rds.example", "https://rds.example"),
    ] {
        let found = endpoint_on_page(text, folder).unwrap();
        assert_eq!(found.as_str(), expected, "{folder} {text}");
        // What is kept of it is read without a page.
        assert_eq!(endpoint(found.typed()).as_ref(), Ok(&found), "{folder} {text}");
    }
    assert!(matches!(endpoint_on_page("./api", "/a b").unwrap_err()[..], [Violation::EndpointNotAHost(_)]));
    // A dot in front is no path.
    assert!(endpoint_on_page(".api", "/tools").is_err() && endpoint_on_page("../api", "/tools").is_err());
}

#[test]
fn user_info_query_fragment_and_other_schemes_are_refused() {
    assert_eq!(refused("https://user:secret@rds.example"), Violation::EndpointUserInfo);
    assert_eq!(refused("https://rds.example?x=1"), Violation::EndpointQuery);
    assert_eq!(refused("rds.example/#x"), Violation::EndpointQuery);
    assert_eq!(refused("/api?x"), Violation::EndpointQuery);
    assert_eq!(refused("ftp://rds.example"), Violation::EndpointScheme("ftp".into()));
    assert_eq!(refused("https://rds.example/rds"), Violation::EndpointPath("/rds".into()));
}

#[test]
fn an_address_that_is_no_host_is_refused() {
    for text in [
        "rds example",
        "rds.exämple",
        "a..b",
        "https://.",
        "[::1",
        "https://[zz]",
        "javascript:alert(1)",
        &"a".repeat(64),
    ] {
        assert!(
            matches!(refused(text), Violation::EndpointNotAHost(_) | Violation::EndpointPort(_)),
            "{text}: {:?}",
            refused(text)
        );
    }
    for port in ["0", "65536", "x", "+80", ""] {
        assert_eq!(refused(&format!("rds.example:{port}")), Violation::EndpointPort(port.into()));
    }
    for text in ["", "  ", "https://"] {
        assert_eq!(refused(text), Violation::Missing(Field::Endpoint));
    }
}

#[test]
fn a_whole_url_gives_endpoint_and_project() {
    let project_id = "0483b6b16e954cb88930a360d2c4e663";
    for (text, endpoint) in [
        (format!("https://rds.eu-de.otc.t-systems.com/v3/{project_id}/backups"), "https://rds.eu-de.otc.t-systems.com"),
        (format!("POST https://rds.example/v3/{project_id}/backups?x=1#y"), "https://rds.example"),
        (format!(" rds.example/v3/{project_id} "), "rds.example"),
        (format!("/api/v3/{project_id}/instances"), "/api"),
        (format!("/v3/{project_id}/backups"), "/"),
    ] {
        let expected = ApiUrl { endpoint: endpoint.into(), project_id: Some(project_id.into()) };
        assert_eq!(split_api_url(&text), Some(expected), "{text}");
    }
    let placeholder = split_api_url("https://rds.example/v3/{project_id}/backups").unwrap();
    assert_eq!((placeholder.endpoint.as_str(), placeholder.project_id), ("https://rds.example", None));
}

#[test]
fn other_text_is_no_api_url() {
    for text in ["rds.example", "https://rds.example/", "https://rds.example/v30/x", "https://x?y=/v3/z", "/api"] {
        assert_eq!(split_api_url(text), None, "{text}");
    }
}

#[test]
fn the_url_is_the_source_documents() {
    let project = super::super::project_id::project_id("0483b6b16e954cb88930a360d2c4e663").unwrap();
    assert_eq!(
        endpoint("rds.eu-de.otc.t-systems.com").unwrap().project_url(&project),
        "https://rds.eu-de.otc.t-systems.com/v3/0483b6b16e954cb88930a360d2c4e663"
    );
    assert_eq!(endpoint("/").unwrap().project_url(&project), "/v3/0483b6b16e954cb88930a360d2c4e663");
}
