//! What the tab keeps for a reload: what stood in the form, and what was under way.

use super::stage::*;

#[test]
fn a_draft_has_everything_but_the_token_and_is_kept_when_something_changed() {
    let mut page = page();
    type_into(&mut page, Field::Name, "nightly");
    assert_eq!(page.drafts(), ["name=nightly"]);
    page.update(Action::Form(FormAction::Blurred(Field::Name)));
    assert!(page.drafts().is_empty(), "nothing has changed");
    type_into(&mut page, Field::Token, &long_token());
    assert!(page.drafts().is_empty(), "the token is no part of it");
    let reloaded = reload("name=nightly&databases=a&databases=b&engine=SQLServer", "");
    assert_eq!((&*reloaded.form.name.text, reloaded.form.databases.len()), ("nightly", 2));
    assert_eq!(reloaded.form.engine, EngineChoice::Stated(contract::instance::Engine::SqlServer));
    assert_eq!(reloaded.page.notices, [Notice::DraftRestored]);
}

/// The texts of the databases.
fn databases(page: &Page) -> Vec<&str> {
    page.form.databases.iter().map(|database| &*database.entry.text).collect()
}

#[test]
fn a_draft_holds_exactly_what_stood_in_the_form() {
    for names in [
        vec!["sales,2026", "people"],
        vec!["", "a", ""],
        vec![""],
        vec!["", ""],
        vec![" padded ", "\u{a0}"],
        vec!["a=b&c", "50%", "+", "#"],
    ] {
        let mut page = page();
        type_into(&mut page, Field::InstanceId, SQL_SERVER);
        type_into(&mut page, Field::Name, "  nightly ");
        type_into(&mut page, Field::Description, "a & b\u{3000}");
        for (index, name) in names.iter().enumerate() {
            page.update(Action::Form(FormAction::AddDatabasePressed));
            type_into(&mut page, Field::Database(index), name);
        }
        let draft = page.form.to_link();
        let reloaded = reload(&draft, "");
        assert_eq!(databases(&reloaded), names, "{draft}");
        assert_eq!(&*reloaded.form.name.text, "  nightly ");
        assert_eq!(&*reloaded.form.description.text, "a & b\u{3000}");
        assert_eq!(reloaded.form.to_link(), draft);
    }
}

#[test]
fn a_pasted_url_that_stood_in_the_form_unsettled_comes_back_as_it_was() {
    let url = format!("https://rds.example/v3/{PROJECT}/backups");
    let mut page = page();
    type_into(&mut page, Field::Endpoint, &url);
    let reloaded = reload(&page.form.to_link(), "");
    assert_eq!((&*reloaded.form.endpoint.text, &*reloaded.form.project_id.text), (url.as_str(), ""));
}

#[test]
fn what_the_operator_has_filled_in_and_its_user_has_emptied_stays_empty_after_a_reload() {
    let options = Options { filled_in: vec![(Field::ProjectId, PROJECT.into())], ..Options::default() };
    let startup_context = StartupContext { options, ..StartupContext::default() };
    let mut page = Page::of(startup_context.clone());
    type_into(&mut page, Field::Name, "nightly");
    type_into(&mut page, Field::ProjectId, "");
    let draft = page.form.to_link();
    let mut reloaded = Page::of(startup_context);
    let kept = Some(Persisted { draft, underway: String::new() });
    reloaded.update(Action::App(AppAction::Opened { fragment: String::new(), kept }));
    assert_eq!((&*reloaded.form.name.text, &*reloaded.form.project_id.text), ("nightly", ""));
}

#[test]
fn a_cleared_form_comes_back_without_its_token() {
    let mut page = filled();
    page.update(Action::Form(FormAction::ClearFormPressed));
    assert!(page.form.name.text.is_empty() && !page.has_token());
    assert_eq!(page.drafts(), [""]);
    assert!(page.form.can_restore());
    page.update(Action::Fill(FillAction::RestorePressed));
    assert_eq!((&*page.form.name.text, page.form.token.text.is_empty()), ("backup", true));
    assert!(page.page.notices.is_empty());
}

#[test]
fn a_form_that_is_cleared_twice_comes_back_all_the_same() {
    let mut page = filled();
    page.update(Action::Form(FormAction::ClearFormPressed));
    page.update(Action::Form(FormAction::ClearFormPressed));
    page.update(Action::Fill(FillAction::RestorePressed));
    assert_eq!((&*page.form.name.text, &*page.form.endpoint.text), ("backup", "rds.example"));
    assert!(!page.form.can_restore(), "once");
}

#[test]
fn what_comes_back_is_what_was_cleared_and_no_mixture_with_what_was_typed_since() {
    let mut page = page();
    type_into(&mut page, Field::Name, "nightly");
    page.update(Action::Form(FormAction::ClearFormPressed));
    type_into(&mut page, Field::Endpoint, "rds.example");
    type_into(&mut page, Field::Description, "since");
    page.update(Action::Fill(FillAction::RestorePressed));
    assert_eq!((&*page.form.name.text, &*page.form.description.text, &*page.form.endpoint.text), ("nightly", "", ""));
}

#[test]
fn what_is_under_way_is_persisted_before_the_post_and_has_no_token() {
    let mut page = filled();
    let list = only(&take(&mut page.state, Action::Press(Press::Submit), page.now));
    let listed = Action::Reply(list, Reply::Response(Ok(received(200, NONE_LISTED))));
    let effects = take(&mut page.state, listed, page.now);
    let place = |is_it: fn(&Effect) -> bool| effects.iter().position(is_it).unwrap();
    let kept = place(|effect| matches!(effect, Effect::Page(PageEffect::PersistUnderway(_))));
    assert!(kept < place(|effect| matches!(effect, Effect::Work(WorkEffect::Fetch { .. }))));
    let Effect::Page(PageEffect::PersistUnderway(underway)) = &effects[kept] else { panic!("a underway") };
    assert!(underway.contains("backup") && !underway.contains("MII"));
    page.update(Action::Work(WorkAction::UnderwayPersisted(Err(Failed))));
    assert_eq!(page.work.is_persisted, Some(Err(Failed)));
}

#[test]
fn a_reload_while_the_list_is_read_forgets_no_press() {
    let mut page = filled();
    page.update(Action::Press(Press::Submit));
    let underway = page.persisted_underway().pop().unwrap();
    // What the browser kept may be older than what was sent.
    let mut reloaded = reload("", &underway);
    assert_eq!(*reloaded.outcome(), Outcome::Unknown(Unknown::Blocked(Blocker::AwaitsPress)));
    fill(&mut reloaded, MYSQL, "backup");
    let key = reloaded.newest().key;
    let look = only(&reloaded.update(Action::Press(Press::LookAgain(key))));
    answer(&mut reloaded, look, 200, &listed("backup", JUST_NOW, "BUILDING"));
    assert!(matches!(reloaded.outcome(), Outcome::Unknown(Unknown::Near(_))), "no list from before the press is known");
    // Cancelled in time there is nothing to look for.
    let key = page.newest().key;
    page.update(Action::Work(WorkAction::Cancel(key)));
    assert_eq!(page.persisted_underway(), [""]);
}

#[test]
fn a_reload_forgets_nothing_that_is_under_way_and_asks_for_nothing_before_a_press() {
    let mut page = page();
    fill(&mut page, SQL_SERVER, "backup");
    type_into(&mut page, Field::Description, "why, and when");
    page.update(Action::Fill(FillAction::DatabaseTicked("sales,2026".into())));
    press(&mut page);
    let underway = page.persisted_underway().pop().unwrap();
    let mut reloaded = reload(&page.form.to_link(), &underway);
    let creation = reloaded.newest();
    assert_eq!((&creation.request, creation.requested), (&page.newest().request, page.newest().requested));
    assert_eq!(creation.backup, page.newest().backup);
    assert_eq!(*reloaded.outcome(), Outcome::Unknown(Unknown::Blocked(Blocker::AwaitsPress)));
    assert!(calls(&paste_token(&mut reloaded, &long_token())).is_empty());
    let key = reloaded.newest().key;
    let look = only(&reloaded.update(Action::Press(Press::LookAgain(key))));
    answer(&mut reloaded, look, 200, &listed("backup", JUST_NOW, "BUILDING"));
    assert!(reloaded.is_building());
}

#[test]
fn a_followed_backup_keeps_name_description_moment_and_request_id_over_a_reload() {
    let mut page = filled();
    type_into(&mut page, Field::Description, "why");
    let create = press(&mut page);
    let mut accepted = received(200, STARTED);
    accepted.response.request_id = Some("71ec".into());
    page.update(Action::Reply(create, Reply::Response(Ok(accepted))));
    let underway = page.persisted_underway().pop().unwrap();
    let reloaded = reload("", &underway);
    let creation = reloaded.newest();
    assert_eq!(creation.backup.id.as_deref(), Some("b1"));
    assert_eq!((creation.name(), creation.request_id.as_deref()), (Some("backup"), Some("71ec")));
    assert_eq!((&creation.request, creation.requested), (&page.newest().request, page.newest().requested));
    // There is no token: nobody has rejected one.
    assert_eq!(reloaded.blocker(), Some(&Blocker::AwaitsPress));
}

#[test]
fn a_reload_goes_on_waiting_for_the_instance_at_a_press() {
    let mut page = filled();
    let create = press(&mut page);
    answer(&mut page, create, 409, BUSY);
    let key = page.newest().key;
    page.update(Action::Press(Press::AwaitInstance(key)));
    let underway = page.persisted_underway().pop().unwrap();
    assert!(!underway.contains("MII"));
    let mut reloaded = reload("", &underway);
    assert_eq!(*reloaded.outcome(), Outcome::Unknown(Unknown::Blocked(Blocker::AwaitsPress)));
    assert_eq!(reloaded.newest().cause, Some(Cause::ReloadedWhileAwaiting));
    assert!(reloaded.newest().may_await_instance());
    let key = reloaded.newest().key;
    // Nothing is asked before its user's press, and nothing is sent without a token.
    assert!(calls(&reloaded.update(Action::Press(Press::AwaitInstance(key)))).is_empty());
    let mut reloaded = reload(&page.form.to_link(), &underway);
    paste_token(&mut reloaded, &long_token());
    let ask = only(&reloaded.update(Action::Press(Press::AwaitInstance(key))));
    assert!(matches!(reloaded.stage(), Stage::AwaitingInstance(_)) && reloaded.newest().is_running());
    let list = only(&answer(&mut reloaded, ask, 200, &instance("ACTIVE")));
    let read = reloaded.persisted_underway().pop().unwrap();
    assert_eq!(sent(&answer(&mut reloaded, list, 200, NONE_LISTED)).len(), 1);
    assert_eq!(reload("", &read).newest().cause, Some(Cause::Reloaded), "it waits no more");
}

#[test]
fn when_a_backup_was_begun_is_known_after_a_reload() {
    let (mut page, waiting) = followed();
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "BUILDING"));
    let underway = page.persisted_underway().pop().unwrap();
    assert_eq!(reload("", &underway).newest().backup.begin_time.as_deref(), Some(JUST_NOW));
    // One that was kept before this was known says nothing of it.
    let old: Vec<&str> = underway.split('&').filter(|part| !part.starts_with("begin_time=")).collect();
    assert_eq!(reload("", &old.join("&")).newest().backup.begin_time, None);
}

#[test]
fn what_was_persisted_at_another_time_or_by_another_hand_breaks_nothing() {
    for underway in ["x", "endpoint=rds.example", "endpoint=%&&&=", "\n\n", "endpoint=http://x&project_id=p\nname=1"] {
        let reloaded = reload("", underway);
        assert!(reloaded.work.creations.is_empty(), "{underway}");
    }
}

#[test]
fn somebody_elses_page_persists_neither_draft_nor_what_is_under_way() {
    let startup_context = StartupContext { is_embedded: true, ..StartupContext::default() };
    let mut page = Page::of(startup_context);
    fill(&mut page, MYSQL, "backup");
    assert!(page.drafts().is_empty());
    press(&mut page);
    assert!(page.persisted_underway().is_empty());
}

#[test]
fn a_token_in_another_field_is_neither_kept_nor_copied() {
    for token in [long_token(), format!("gAAAA{}", "Zk3xTbQ0w-".repeat(18))] {
        for field in [Field::Description, Field::Name, Field::InstanceId] {
            let mut page = filled();
            page.update(edit(field, &token, Input::Pasted));
            assert!(page.drafts().iter().all(|draft| !draft.contains(&token)), "{field:?}");
            let effects = page.update(Action::Share(ShareAction::CopyPressed(CopyTarget::FormLink)));
            let [Effect::Work(WorkEffect::Copy(_, text))] = &effects[..] else { panic!("the link is copied") };
            assert!(!text.contains(&token), "{field:?}");
        }
    }
}

#[test]
fn an_impossible_persisted_moment_stops_nothing() {
    for moment in [i64::MIN, i64::MAX] {
        for rest in ["", "&sent_after=9223372036854775807", "&requested_by_server=-9223372036854775808"] {
            let underway = format!(
                "endpoint=rds.example&project_id={PROJECT}&instance_id={MYSQL}&name=backup&requested={moment}{rest}"
            );
            let mut page = reload("", &underway);
            fill(&mut page, MYSQL, "backup");
            let key = page.newest().key;
            let look = only(&page.update(Action::Press(Press::LookAgain(key))));
            answer(&mut page, look, 200, &listed("backup", JUST_NOW, "COMPLETED"));
        }
    }
}

#[test]
fn a_backup_that_has_ended_is_known_after_a_reload() {
    let done = r#"{"backups":[{"id":"b1","name":"backup","begin_time":"2026-11-24T12:00:01Z","end_time":"2026-11-24T12:00:03Z","status":"COMPLETED","size":7}],"total_count":1}"#;
    let failed = listed("backup", JUST_NOW, "FAILED");
    for (list, expected) in [(done, Outcome::Completed), (&failed, Outcome::Failed), (NONE_LISTED, Outcome::Gone)] {
        let (mut page, waiting) = followed();
        let mut poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
        if expected == Outcome::Gone {
            let again = wait(&answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "DELETING")));
            poll = only(&wait_for(&mut page, again));
        }
        answer(&mut page, poll, 200, list);
        assert_eq!(*page.outcome(), expected);
        let underway = page.persisted_underway().pop().unwrap();
        // The address still names it, and is no other one.
        let link = page.work.link(page.newest()).unwrap();
        let (mut reloaded, effects) = opened(&format!("#{link}"), "", &underway);
        assert!(calls(&effects).is_empty());
        assert_eq!((reloaded.work.creations.len(), reloaded.outcome()), (1, &expected));
        let (before, after) = (page.newest().record(), reloaded.newest().record());
        assert_eq!(
            (&after.backup.status, &after.backup.end_time, after.backup.size, after.backup.name.as_deref()),
            (&before.backup.status, &before.backup.end_time, before.backup.size, Some("backup"))
        );
        assert!(!reloaded.has_something_underway());
        fill(&mut reloaded, MYSQL, "another");
        only(&reloaded.update(Action::Press(Press::Submit)));
    }
}

#[test]
fn a_backup_and_each_followed_link_is_known_after_a_reload() {
    let mut page = filled();
    link(&mut page, &format!("#watch={MYSQL}/b8&endpoint=rds.example&project_id={PROJECT}"));
    link(&mut page, &format!("#watch={MYSQL}/b9&endpoint=rds.example&project_id={PROJECT}"));
    let create = press(&mut page);
    answer(&mut page, create, 200, STARTED);
    let reloaded = reload("", &page.persisted_underway().pop().unwrap());
    let ids: Vec<_> = reloaded.work.creations.iter().filter_map(|creation| creation.backup.id.as_deref()).collect();
    assert_eq!(ids, ["b1", "b9", "b8"]);
    assert!(reloaded.work.creations.iter().skip(1).all(|creation| creation.request.is_none()));
    // How far it is by now nobody has said.
    assert_eq!(reloaded.newest().backup.status, None);
}

#[test]
fn what_has_ended_stays_so_over_reloads_until_it_is_being_deleted() {
    let completed = || {
        let (mut page, waiting) = followed();
        let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
        answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "COMPLETED"));
        page
    };
    // It is being deleted.
    let mut page = completed();
    let table = only(&page.update(Action::Press(Press::ShowBackups)));
    answer(&mut page, table, 200, &listed("backup", JUST_NOW, "DELETING"));
    assert!(reload("", &page.persisted_underway().pop().unwrap()).is_building());
    // A page that is older than what was known before the reload.
    let mut page = reload("", &completed().persisted_underway().pop().unwrap());
    fill(&mut page, MYSQL, "another");
    let table = only(&page.update(Action::Press(Press::ShowBackups)));
    answer(&mut page, table, 200, &listed("backup", JUST_NOW, "BUILDING"));
    assert_eq!(page.newest().backup.status.as_ref().map(contract::backup::Status::code), Some("COMPLETED"));
}

#[test]
fn the_name_of_a_followed_links_backup_is_known_after_a_reload() {
    let mut page = filled();
    link(&mut page, &format!("#watch={MYSQL}/b1&endpoint=rds.example&project_id={PROJECT}"));
    let key = page.newest().key;
    let poll = only(&page.update(Action::Press(Press::LookAgain(key))));
    answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "COMPLETED"));
    let page = reload("", &page.persisted_underway().pop().unwrap());
    assert_eq!((page.outcome(), page.newest().name()), (&Outcome::Completed, Some("backup")));
}

#[test]
fn a_token_in_another_field_is_kept_nowhere_whatever_stands_round_it() {
    let around = [
        ("", ""),
        ("X-Auth-Token: ", ""),
        ("\"", "\""),
        ("token=", "=="),
        ("see ", " there"),
        ("'", "'\n"),
        ("(", ")"),
        ("<", ">"),
    ];
    for (before, behind) in around {
        let text = format!("{before}{}{behind}", long_token());
        for field in [Field::Description, Field::Name, Field::InstanceId, Field::Database(0)] {
            let mut page = filled();
            page.update(Action::Form(FormAction::AddDatabasePressed));
            let mut drafts = Vec::new();
            for input in [Input::Typed, Input::Pasted] {
                page.update(edit(field, &text, input));
                drafts.extend(page.drafts());
            }
            assert!(drafts.iter().all(|draft| !draft.contains("aaaa")), "{field:?} {before}");
            assert!(!page.text_of(CopyTarget::FormLink).unwrap().contains("aaaa"), "{field:?} {before}");
        }
    }
}

#[test]
fn what_only_speaks_of_a_token_is_kept() {
    let mut page = filled();
    type_into(&mut page, Field::Description, "before token=rotation");
    page.update(Action::Form(FormAction::ClearFormPressed));
    page.update(Action::Fill(FillAction::RestorePressed));
    assert_eq!(&*page.form.description.text, "before token=rotation");
}
