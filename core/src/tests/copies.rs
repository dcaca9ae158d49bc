//! What can be copied, shown and saved, and the language of it.

use super::stage::*;

#[test]
fn the_id_and_the_answer_can_be_copied_and_nothing_else() {
    let mut page = filled();
    assert!(page.update(Action::Share(ShareAction::CopyPressed(CopyTarget::BackupId(1)))).is_empty());
    let ticket = press(&mut page);
    let key = page.newest().key;
    assert!(page.update(Action::Share(ShareAction::CopyPressed(CopyTarget::BackupId(key)))).is_empty());
    answer(&mut page, ticket, 200, STARTED);
    let id = CopyTarget::BackupId(key);
    assert!(
        page.update(Action::Share(ShareAction::CopyPressed(id))) == [Effect::Work(WorkEffect::Copy(id, "b1".into()))]
    );
    let raw = CopyTarget::Response(key);
    assert!(
        page.update(Action::Share(ShareAction::CopyPressed(raw)))
            == [Effect::Work(WorkEffect::Copy(raw, STARTED.into()))]
    );
    page.update(Action::Share(ShareAction::CopyEnded(raw, Ok(()))));
    assert_eq!(page.page.copied, Some((raw, Ok(()))));
}

#[test]
fn the_answer_can_be_copied_in_every_stage_that_shows_one() {
    let mut page = filled();
    let ticket = press(&mut page);
    answer(&mut page, ticket, 409, BUSY);
    assert!(page.is_looking());
    let raw = CopyTarget::Response(page.newest().key);
    assert!(
        page.update(Action::Share(ShareAction::CopyPressed(raw))) == [Effect::Work(WorkEffect::Copy(raw, BUSY.into()))]
    );
}

#[test]
fn the_request_is_shown_as_it_would_be_sent_and_needs_no_token() {
    let mut page = filled();
    page.update(Action::Form(FormAction::ForgetTokenPressed));
    let preview = page.preview().unwrap();
    let url = format!("https://rds.example/v3/{PROJECT}/backups");
    let body = format!(r#"{{"instance_id":"{MYSQL}","name":"backup"}}"#);
    assert_eq!(
        preview.http,
        format!("POST {url}\nX-Auth-Token: ********\nContent-Type: application/json\nX-Language: en-us\n\n{body}")
    );
    type_into(&mut page, Field::Endpoint, "/api/eu-de");
    assert!(page.preview().unwrap().curl.contains(" https://backup.example/api/eu-de/v3/"));
    type_into(&mut page, Field::Name, "1");
    let faults = page.preview().unwrap_err();
    assert!(faults.iter().all(|(field, _)| *field == Field::Name), "{faults:?}");
}

#[test]
fn escape_closes_one_thing_at_a_time_the_innermost_first() {
    let mut page = filled();
    page.update(Action::Page(PageAction::Noticed(Notice::NotificationsDenied)));
    page.update(Action::Share(ShareAction::PreviewToggled));
    page.state.work.instances.is_open = true;
    assert!(page.update(Action::App(AppAction::EscapePressed)) == [Effect::Page(PageEffect::Focus(Focus::Request))]);
    assert!(page.update(Action::App(AppAction::EscapePressed)) == [Effect::Page(PageEffect::Focus(Focus::Instances))]);
    assert_eq!(page.page.notices, [Notice::NotificationsDenied]);
    assert!(page.update(Action::App(AppAction::EscapePressed)).is_empty() && page.page.notices.is_empty());
}

#[test]
fn the_browsers_language_decides_where_it_is_known() {
    for (tag, language) in [
        ("de", Language::German),
        ("de-AT", Language::German),
        ("DE-ch", Language::German),
        ("del", Language::English),
        ("zh", Language::SimplifiedChinese),
        ("zh-CN", Language::SimplifiedChinese),
        ("zh-SG", Language::SimplifiedChinese),
        ("zh-Hans", Language::SimplifiedChinese),
        ("zh-Hans-HK", Language::SimplifiedChinese),
        // Who reads Traditional Chinese isn't served Simplified Chinese by a guess.
        ("zh-TW", Language::English),
        ("zh-HK", Language::English),
        ("zh-MO", Language::English),
        ("zh-Hant", Language::English),
        ("zh-Hant-CN", Language::English),
        ("en-GB", Language::English),
        ("fr", Language::English),
        ("", Language::English),
    ] {
        assert_eq!(Language::of_tag(tag), language, "{tag}");
    }
}
