//! Where the clouds differ: which databases can be backed up by themselves, and whether each individually.

use contract::backup::CreateBackup;
use contract::cloud::Cloud;
use contract::instance::Engine;
use contract::rules::Violation;
use sandbox::iam_token::Claims;

use super::stage::*;

const HUAWEI: &str = "rds.cn-north-4.myhuaweicloud.com";
const OTC: &str = "rds.eu-de.otc.t-systems.com";
const POSTGRESQL: &str = "a8a5f2c19d3e4b7788c1d0e9f6b273f8in03";

/// A token of a project with this name, from a cloud of this operator.
fn token(project: &str, xdomain_type: Option<&'static str>) -> String {
    let issued = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_795_521_000);
    Claims { project: Some((PROJECT.into(), project.into())), issued, xdomain_type, ..Claims::new() }.token()
}

/// A page whose operator offers paths of two clouds, one whose region tells its cloud, and others that don't tell it.
fn page_with_paths() -> Page {
    let offered = |address: &str, region: Option<&str>, cloud| Suggested {
        address: address.into(),
        name: address.into(),
        region: region.map(str::to_owned),
        cloud,
    };
    let endpoints = vec![
        offered("/huawei", None, Some(Cloud::Huawei)),
        offered("/otc", Some("cn-north-4"), Some(Cloud::OpenTelekom)),
        offered("/beijing", Some("cn-north-4"), None),
        offered("/moscow", Some("ru-moscow-1"), None),
        offered("gateway.example", None, Some(Cloud::Huawei)),
        offered(OTC, None, Some(Cloud::Huawei)),
    ];
    let options = Options { endpoints, ..Options::default() };
    Page::of(StartupContext { address: PageAddress::new(ADDRESS), options, ..StartupContext::default() })
}

#[test]
fn the_cloud_comes_from_the_settings_for_a_path_else_from_the_host_else_from_the_token() {
    let (huawei, otc) = (token("cn-north-4", Some("HWC_HK")), token("eu-de", Some("TSI")));
    let unclear = token("ru-moscow-1", None);
    for (endpoint, token, expected) in [
        // A path: the settings, whatever the token says.
        ("/huawei", &otc, Some(Cloud::Huawei)),
        ("/huawei/", &otc, Some(Cloud::Huawei)),
        ("/otc", &huawei, Some(Cloud::OpenTelekom)),
        ("/beijing", &otc, Some(Cloud::Huawei)),
        // A path of which the settings tell nothing, or nothing clear: the token.
        ("/moscow", &huawei, Some(Cloud::Huawei)),
        ("/another", &huawei, Some(Cloud::Huawei)),
        ("/another", &otc, Some(Cloud::OpenTelekom)),
        ("/another", &unclear, None),
        ("/another", &long_token(), None),
        // A host tells it itself; one of no cloud is like a path.
        (OTC, &huawei, Some(Cloud::OpenTelekom)),
        (HUAWEI, &otc, Some(Cloud::Huawei)),
        ("rds.eu-ch2.sc.otc.t-systems.com", &huawei, Some(Cloud::Swiss)),
        ("rds.eu-west-101.myhuaweicloud.eu", &otc, Some(Cloud::Huawei)),
        ("gateway.example", &otc, Some(Cloud::Huawei)),
        ("another.example", &huawei, Some(Cloud::Huawei)),
        ("another.example", &long_token(), None),
    ] {
        let mut page = page_with_paths();
        type_into(&mut page, Field::ProjectId, PROJECT);
        type_into(&mut page, Field::Endpoint, endpoint);
        paste_token(&mut page, token);
        assert_eq!(page.form.cloud(), expected, "{endpoint}");
    }
    // Other settings count at once.
    let mut page = page_with_paths();
    type_into(&mut page, Field::Endpoint, "/huawei");
    page.update(Action::App(AppAction::OptionsSet(Options::default(), vec![])));
    assert_eq!(page.form.cloud(), None);
}

/// A backup of one database, each to be backed up individually.
fn ticked(endpoint: &str) -> Page {
    let mut page = page();
    fill_all_but_token(&mut page, POSTGRESQL, "backup");
    type_into(&mut page, Field::Endpoint, endpoint);
    type_into(&mut page, Field::Token, &long_token());
    page.update(Action::Form(FormAction::AddDatabasePressed));
    type_into(&mut page, Field::Database(0), "ledger");
    page.update(Action::Form(FormAction::IndividuallyTicked(true)));
    page
}

#[track_caller]
fn asked(page: &mut Page) -> CreateBackup {
    let list = only(&page.update(Action::Press(Press::Submit)));
    let effects = answer(page, list, 200, NONE_LISTED);
    let [(_, Call::CreateBackup(backup))] = &calls(&effects)[..] else { panic!("one request") };
    backup.clone()
}

#[test]
fn what_was_ticked_for_huawei_cloud_is_sent_there_and_is_no_request_elsewhere() {
    let mut page = ticked(HUAWEI);
    assert!(page.form.offers_individually());
    says(&page, Field::Databases, &[]);
    type_into(&mut page, Field::Endpoint, OTC);
    page.update(Action::Form(FormAction::EndpointConfirmed));
    // Nothing that was asked for is left out by itself, and the box is there to be unticked.
    let unsupported = Violation::DatabasesUnsupported { engine: Engine::PostgreSql, supported: &[Engine::SqlServer] };
    let individually = FieldMessage::Fault(Violation::IndividuallyUnsupported);
    says(&page, Field::Databases, &[individually, FieldMessage::Fault(unsupported.clone())]);
    assert!(page.form.offers_individually() && page.form.request().is_err());
    assert!(page.update(Action::Press(Press::Submit)) == [Effect::Page(PageEffect::Focus(Focus::Summary))]);
    page.update(Action::Form(FormAction::IndividuallyTicked(false)));
    says(&page, Field::Databases, &[FieldMessage::Fault(unsupported)]);
    assert!(!page.form.offers_individually());
    page.update(Action::Form(FormAction::EngineChosen(EngineChoice::Stated(Engine::SqlServer))));
    let backup = asked(&mut page);
    assert!(!backup.backup_database_individually && backup.databases.len() == 1);

    let mut page = ticked(HUAWEI);
    let backup = asked(&mut page);
    assert!(backup.to_json().ends_with(r#""databases":[{"name":"ledger"}],"backup_database_individually":true}"#));
}

#[test]
fn without_databases_nothing_is_backed_up_individually() {
    for endpoint in [HUAWEI, OTC] {
        let mut page = ticked(endpoint);
        page.update(Action::Form(FormAction::RemoveDatabasePressed(0)));
        assert!(!page.form.offers_individually(), "{endpoint}");
        says(&page, Field::Databases, &[]);
        assert!(!asked(&mut page).backup_database_individually, "{endpoint}");
    }
}

#[test]
fn the_tick_makes_another_request() {
    let mut page = ticked(HUAWEI);
    let create = press(&mut page);
    answer(&mut page, create, 200, STARTED);
    page.update(Action::Form(FormAction::IndividuallyTicked(false)));
    assert!(calls(&page.update(Action::Press(Press::Submit))).is_empty());
    assert_eq!(page.refusal_of(Field::Name), Some(FieldRefusal::UnderWay));
}

#[test]
fn a_refusal_of_the_databases_is_gone_once_the_tick_is() {
    let mut page = ticked(HUAWEI);
    page.state.form.refused = Some((Field::Databases, FieldRefusal::ByApi(contract::codes::ErrorKind::NotFound)));
    page.update(Action::Form(FormAction::IndividuallyTicked(false)));
    assert_eq!(page.form.refused, None);
}

#[test]
fn drafts_links_and_repeated_backups_have_the_tick() {
    let mut page = ticked(HUAWEI);
    let draft = page.form.to_link();
    assert!(draft.contains("&databases=ledger&backup_database_individually=true"), "{draft}");
    assert!(reload(&draft, "").form.wants_individually());
    let create = press(&mut page);
    answer(&mut page, create, 200, STARTED);
    for repeat in [Repeat::NewName, Repeat::OtherInstance] {
        page.update(Action::Form(FormAction::IndividuallyTicked(false)));
        page.update(Action::Fill(FillAction::RepeatPressed(repeat)));
        assert!(page.form.wants_individually());
        says(&page, Field::Databases, &[]);
    }
    // A link to a whole request unticks what it doesn't tick.
    link(&mut page, &format!("#instance_id={POSTGRESQL}&databases=ledger"));
    assert!(!page.form.wants_individually());
    link(&mut page, "#backup_database_individually=true");
    assert!(page.form.wants_individually());
    link(&mut page, "#backup_database_individually=false");
    assert!(!page.form.wants_individually());
    page.update(Action::Form(FormAction::IndividuallyTicked(true)));
    page.update(Action::Form(FormAction::ClearFormPressed));
    assert!(!page.form.wants_individually());
}

#[test]
fn after_a_reload_a_backup_is_what_was_asked_for_whatever_the_engine() {
    for is_ticked in [true, false] {
        let mut page = ticked(HUAWEI);
        page.update(Action::Form(FormAction::IndividuallyTicked(is_ticked)));
        let backup = asked(&mut page);
        let underway = page.persisted_underway().pop().unwrap();
        assert_eq!(underway.contains("backup_database_individually="), is_ticked);
        let again = reload_of(&page, underway);
        assert_eq!(again.newest().request.as_ref(), Some(&backup));
        assert_eq!(backup.backup_database_individually, is_ticked);
    }
}

#[test]
fn a_chosen_instance_of_postgresql_has_databases_to_name_on_huawei_cloud_only() {
    for (endpoint, is_offered) in [(HUAWEI, true), (OTC, false)] {
        let mut page = page();
        fill(&mut page, POSTGRESQL, "backup");
        type_into(&mut page, Field::Endpoint, endpoint);
        page.update(Action::Form(FormAction::EndpointConfirmed));
        let list = only(&page.update(Action::Press(Press::LoadInstances)));
        let instances = format!(
            r#"{{"instances":[{{"id":"{POSTGRESQL}","name":"n","status":"ACTIVE","type":"Single","datastore":{{"type":"PostgreSQL","version":"16"}}}}],"total_count":1}}"#
        );
        answer(&mut page, list, 200, &instances);
        assert!(page.form.chosen.is_some());
        let effects = page.update(Action::Fill(FillAction::InstanceChosen(POSTGRESQL.into())));
        let asks = calls(&effects).iter().any(|(_, call)| matches!(call, Call::Databases { .. }));
        assert_eq!(asks, is_offered, "{endpoint}");
        assert_eq!(page.form.offers_databases(), is_offered, "{endpoint}");
    }
}

#[test]
fn nothing_is_said_of_what_clouds_differ_in_before_the_rules_for_it_are_here() {
    for endpoint in [HUAWEI, OTC] {
        let draft = ticked(endpoint).form.to_link();
        let mut page = page_in_parts();
        let kept = Some(Persisted { draft, underway: String::new() });
        page.update(Action::App(AppAction::Opened { fragment: String::new(), kept }));
        says(&page, Field::Databases, &[]);
        page.update(Action::App(AppAction::LaterLoaded(Ok(()))));
        type_into(&mut page, Field::Name, "another");
        assert_eq!(page.form.messages.of(Field::Databases).is_empty(), endpoint == HUAWEI);
    }
}
