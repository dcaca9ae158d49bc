//! Which hosts the page calls: those that whoever runs it allows, that are RDS's, and that its policy names.

use contract::rules::{Uncallable, Violation, Warning};

use super::stage::*;

fn set_up(options: Options, policies: &[&str]) -> Page {
    let policies: Vec<String> = policies.iter().map(|&policy| policy.to_owned()).collect();
    let policy = CallPolicy::new("https://backup.example".into(), policies);
    let startup_context =
        StartupContext { address: PageAddress::new(ADDRESS), options, policy, ..StartupContext::default() };
    Page::of(startup_context)
}

fn options(json: &str) -> Options {
    Options::read(&serde_json::from_str(json).unwrap()).0
}

/// A page with everything filled in, the endpoint last, and left.
fn pointed_at(mut page: Page, endpoint: &str) -> Page {
    fill(&mut page, MYSQL, "backup");
    type_into(&mut page, Field::Endpoint, "");
    type_into(&mut page, Field::Token, &long_token());
    type_into(&mut page, Field::Endpoint, endpoint);
    page.update(Action::Form(FormAction::Blurred(Field::Endpoint)));
    page
}

fn fault(page: &Page) -> Option<Violation> {
    page.form.messages.of(Field::Endpoint).iter().find_map(|message| match message {
        FieldMessage::Fault(violation) => Some(violation.clone()),
        FieldMessage::Refused(_) | FieldMessage::Warning(_) => None,
    })
}

/// Nothing is sent, whatever is pressed, and nothing is offered for confirmation.
fn calls_nothing(page: &mut Page) {
    assert_eq!(page.form.unconfirmed_endpoint(), None);
    for action in [
        Action::Press(Press::Submit),
        Action::Press(Press::LoadInstances),
        Action::Press(Press::ShowBackups),
        Action::Form(FormAction::EndpointConfirmed),
        Action::Press(Press::Submit),
    ] {
        assert!(calls(&page.update(action)).is_empty());
    }
}

#[test]
fn another_host_of_these_clouds_is_called_out_at_its_field_and_not_called() {
    for (host, meant) in [
        ("abc.apic.eu-de.otc.t-systems.com", "rds.eu-de.otc.t-systems.com"),
        ("rds.eu-ch2.otc.t-systems.com:8443", "rds.eu-ch2.sc.otc.t-systems.com"),
        ("evil.myhuaweicloud.com", "rds.<region>.myhuaweicloud.com"),
    ] {
        let mut page = pointed_at(page(), host);
        assert_eq!(
            fault(&page),
            Some(Violation::EndpointUncallable(Uncallable::NotRds { meant: meant.into() })),
            "{host}"
        );
        calls_nothing(&mut page);
    }
}

#[test]
fn an_endpoint_that_cannot_be_called_is_not_offered_for_confirmation() {
    let mut page = filled();
    type_into(&mut page, Field::Endpoint, "abc.apic.eu-de.otc.t-systems.com");
    page.update(Action::Form(FormAction::Blurred(Field::Endpoint)));
    assert!(matches!(fault(&page), Some(Violation::EndpointUncallable(Uncallable::NotRds { .. }))));
    calls_nothing(&mut page);
}

#[test]
fn the_right_host_after_a_wrong_one_needs_no_confirmation() {
    let mut page = pointed_at(page(), "iam.eu-de.otc.t-systems.com");
    type_into(&mut page, Field::Token, &long_token());
    type_into(&mut page, Field::Endpoint, "rds.eu-de.otc.t-systems.com");
    assert_eq!(fault(&page), None);
    press(&mut page);
}

#[test]
fn the_rds_host_of_a_new_region_is_called_with_a_warning_unless_the_policy_does_not_name_it() {
    let host = "rds.eu-de9.otc.t-systems.com";
    let mut open = pointed_at(page(), host);
    says(&open, Field::Endpoint, &[FieldMessage::Warning(Warning::RegionUnknown)]);
    press(&mut open);
    let mut closed = pointed_at(set_up(Options::default(), &["connect-src https://rds.eu-de.otc.t-systems.com"]), host);
    assert!(matches!(fault(&closed), Some(Violation::EndpointUncallable(Uncallable::OutsidePolicy { .. }))));
    calls_nothing(&mut closed);
}

#[test]
fn what_the_policy_of_the_document_does_not_name_is_said_at_the_field_and_not_called() {
    let policy = "connect-src 'self' https://rds.eu-de.otc.t-systems.com";
    let mut page = pointed_at(set_up(Options::default(), &[policy]), "rds.elsewhere");
    let named = "https://rds.eu-de.otc.t-systems.com".to_owned();
    assert_eq!(
        fault(&page),
        Some(Violation::EndpointUncallable(Uncallable::OutsidePolicy {
            endpoint: "https://rds.elsewhere".into(),
            named
        }))
    );
    calls_nothing(&mut page);
    // A form that was cleared is under the same policy.
    page.update(Action::Form(FormAction::ClearFormPressed));
    let mut page = pointed_at(page, "rds.elsewhere");
    assert!(fault(&page).is_some());
    calls_nothing(&mut page);
    type_into(&mut page, Field::Endpoint, "/api");
    press(&mut page);
}

#[test]
fn while_a_limit_cannot_be_read_only_the_pages_own_server_is_called() {
    let unreadable = Options::without(Problem::NotLoaded).0;
    for settings in
        [unreadable, options(r#"{"allowed_hosts":["*.otc.t-systems.com"]}"#), options(r#"{"allowed_host":[]}"#)]
    {
        let mut page = pointed_at(set_up(settings, &[]), "rds.eu-de.otc.t-systems.com");
        assert_eq!(fault(&page), Some(Violation::EndpointUncallable(Uncallable::NoneAllowed)));
        calls_nothing(&mut page);
        type_into(&mut page, Field::Endpoint, "/api/eu-de");
        assert_eq!(fault(&page), None);
        press(&mut page);
    }
}

#[test]
fn a_host_that_the_operator_names_is_called_and_no_other() {
    // A gateway of their own in front of the API.
    let gateway = "abc.apic.eu-de.otc.t-systems.com";
    let settings = || options(&format!(r#"{{"allowed_hosts":["{gateway}"]}}"#));
    press(&mut pointed_at(set_up(settings(), &[]), gateway));
    for host in ["rds.eu-de.otc.t-systems.com", "x.apic.eu-de.otc.t-systems.com", "rds.example"] {
        let mut page = pointed_at(set_up(settings(), &[]), host);
        assert_eq!(
            fault(&page),
            Some(Violation::EndpointUncallable(Uncallable::NotAllowed { allowed: gateway.into() })),
            "{host}"
        );
        calls_nothing(&mut page);
    }
}

#[test]
fn a_limit_that_is_set_while_a_request_is_under_way_holds_afterwards() {
    let mut page = filled();
    let ticket = press(&mut page);
    let limit = Options { allowed_hosts: only_host("a.example"), ..Options::default() };
    page.update(Action::App(AppAction::OptionsSet(limit, vec![])));
    answer(&mut page, ticket, 400, r#"{"error_code":"DBS.280001","error_msg":"x"}"#);
    assert!(matches!(page.outcome(), Outcome::Refused(_)));
    calls_nothing(&mut page);
}
