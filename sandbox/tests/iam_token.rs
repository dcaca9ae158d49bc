//! The page's reader of tokens against a second opinion: what the sandbox issues, and what openssl makes.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first thing that isn't as expected")]

use std::fs;
use std::process::Command;
use std::time::{Duration, SystemTime};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use cms::content_info::ContentInfo;
use cms::signed_data::SignedData;
use contract::iam_token::{IamToken, Length, Scope, json, length};
use contract::json::Json;
use contract::time::UnixSeconds;
use proptest::prelude::*;
use sandbox::fixtures::PROJECT_ID;
use sandbox::iam_token::Claims;
use x509_cert::der::{Decode, Encode};

/// What a library makes of a token.
fn second_opinion(token: &str) -> Option<String> {
    let bytes = STANDARD.decode(token.replace('-', "/")).ok()?;
    let info = ContentInfo::from_der(&bytes).ok()?;
    let signed = SignedData::from_der(&info.content.to_der().ok()?).ok()?;
    String::from_utf8(signed.encap_content_info.econtent?.value().to_vec()).ok()
}

/// The JSON that the reader finds.
fn read(token: &str) -> Option<String> {
    json(token).map(|json| json.expose().to_owned())
}

fn said(token: &str) -> IamToken {
    assert_eq!(length(token), Some(Length::Whole));
    let read: Json = serde_json::from_str(json(token).unwrap().expose()).unwrap();
    IamToken::from_json(&read).unwrap()
}

#[test]
fn a_token_of_a_project_says_project_region_user_and_end() {
    let issued = SystemTime::UNIX_EPOCH + Duration::from_secs(1_795_521_600);
    let project = Some((PROJECT_ID.to_owned(), "eu-de".to_owned()));
    let token = Claims { issued, project, ..Claims::new() }.token();
    assert!(token.starts_with("MII") && !token.contains('/'));
    assert_eq!(read(&token), second_opinion(&token));
    let said = said(&token);
    let name = "eu-de".to_owned();
    assert_eq!(said.scope, Scope::Project { id: PROJECT_ID.into(), name });
    assert_eq!(said.user.as_deref(), Some("sandbox-operator"));
    assert_eq!(said.expires, Some(UnixSeconds(1_795_521_600 + 24 * 60 * 60)));
    assert_eq!(said.rds_host().as_deref(), Some("rds.eu-de.otc.t-systems.com"));
    assert!(!said.is_readonly);
}

#[test]
fn the_json_stands_where_the_samples_have_it() {
    let token = Claims::new().token();
    assert_eq!(STANDARD.decode(token.replace('-', "/")).unwrap()[64], b'{');
    assert!((1_176..2_216).contains(&token.len()), "{}", token.len());
}

#[test]
fn scope_region_and_cloud_are_known_for_sure_or_not_at_all() {
    let project = |name: &str| Some(("p1".to_owned(), name.to_owned()));
    for (claims, host) in [
        (Claims { project: project("eu-de_orders"), ..Claims::new() }, Some("rds.eu-de.otc.t-systems.com")),
        (Claims { project: project("eu-ch2"), ..Claims::new() }, Some("rds.eu-ch2.sc.otc.t-systems.com")),
        (
            Claims { project: project("eu-west-101"), xdomain_type: Some("HWC_HK"), ..Claims::new() },
            Some("rds.eu-west-101.myhuaweicloud.eu"),
        ),
        (
            Claims { project: project("cn-north-4_x"), xdomain_type: None, ..Claims::new() },
            Some("rds.cn-north-4.myhuaweicloud.com"),
        ),
        // Of two clouds, of another cloud, of none.
        (Claims { project: project("ru-moscow-1"), xdomain_type: None, ..Claims::new() }, None),
        (
            Claims { project: project("ru-moscow-1"), xdomain_type: Some("HWC_HK"), ..Claims::new() },
            Some("rds.ru-moscow-1.myhuaweicloud.com"),
        ),
        (Claims { project: project("ru-moscow-1"), xdomain_type: Some("SBC"), ..Claims::new() }, None),
        (Claims { project: project("eu-west-0"), xdomain_type: None, ..Claims::new() }, None),
        (Claims { project: project("cn-north-4"), xdomain_type: Some("TSI"), ..Claims::new() }, None),
        (Claims { project: project("MOS"), ..Claims::new() }, None),
        (Claims { project: project("eu-dex_orders"), ..Claims::new() }, None),
        (Claims { project: project(""), ..Claims::new() }, None),
        (Claims { project: None, ..Claims::new() }, None),
    ] {
        assert_eq!(said(&claims.token()).rds_host().as_deref(), host, "{claims:?}");
    }
    let of_account = said(&Claims { project: None, ..Claims::new() }.token());
    assert_eq!(of_account.scope, Scope::Account { name: "OTC-EU-DE-00000000001000000001".into() });
    for (roles, is_readonly) in [(vec!["readonly"], true), (vec!["readonly", "te_admin"], false), (vec![], false)] {
        assert_eq!(said(&Claims { roles, ..Claims::new() }.token()).is_readonly, is_readonly);
    }
}

#[test]
fn every_cut_of_a_token_is_called_cut_and_what_follows_it_is_noticed() {
    let token = Claims::new().token();
    let stated = token.len();
    let padding = token.len() - token.trim_end_matches('=').len();
    for found in 0..stated {
        let expected = match found {
            0..24 => None,
            _ if found >= stated - padding => Some(Length::Unpadded),
            _ => Some(Length::Cut { found, stated }),
        };
        assert_eq!(length(&token[..found]), expected, "{found} of {stated}");
    }
    for behind in ["A", "=", "AAAA", &token] {
        let found = stated + behind.len();
        assert_eq!(length(&format!("{token}{behind}")), Some(Length::Extended { found, stated }));
    }
}

#[test]
fn what_openssl_makes_is_read_likewise() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &str| {
        let ended = Command::new("openssl").args(arguments.split(' ')).current_dir(folder.path()).output();
        let ended = ended.expect("openssl is needed: it makes tokens as IAM does");
        assert!(ended.status.success(), "{arguments}: {}", String::from_utf8_lossy(&ended.stderr));
        ended.stdout
    };
    run("req -x509 -newkey rsa:2048 -nodes -keyout k.pem -out c.pem -subj /CN=iam -days 1");
    for (characters, at) in [(300, Some(64)), (1_000, Some(64)), (40_000, None), (20, None)] {
        let json = format!("{{\"token\":{{\"catalog\":[],\"é\":\"{}\"}}}}", "x".repeat(characters));
        fs::write(folder.path().join("token.json"), &json).unwrap();
        let der = run(
            "cms -sign -nodetach -binary -nocerts -noattr -md sha256 -signer c.pem -inkey k.pem -in token.json -outform DER",
        );
        assert!(at.is_none_or(|at| der[at] == b'{'), "{characters}");
        let token = STANDARD.encode(&der).replace('/', "-");
        // Longer ones than a header can be aren't read.
        let expected = (token.len() <= 32 * 1024).then_some(json);
        assert_eq!(read(&token), expected);
        assert_eq!(length(&token), Some(Length::Whole));
        // With `/` as base64 has it.
        assert_eq!(read(&STANDARD.encode(&der)), expected);
    }
}

proptest! {
    #[test]
    fn any_text_is_read_without_a_fault(text in "\\PC{0,80}") {
        let _ = (length(&text), read(&text));
    }

    #[test]
    fn a_changed_token_is_read_as_the_second_opinion_reads_it(at in 0..900_usize, to in proptest::char::range('+', 'z')) {
        let mut token = Claims { issued: SystemTime::UNIX_EPOCH, ..Claims::new() }.token();
        if token.is_char_boundary(at) && token.is_char_boundary(at + 1) {
            token.replace_range(at..=at, &to.to_string());
        }
        // Each is strict where the other isn't; what both read is the same.
        if let (Some(read), Some(second)) = (read(&token), second_opinion(&token)) {
            prop_assert_eq!(read, second);
        }
    }
}
