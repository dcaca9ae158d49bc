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
fn a_text_that_was_not_copied_is_there_until_it_is_closed_or_something_else_is_done() {
    let (mut page, _) = followed();
    let id = CopyTarget::BackupId(page.newest().key);
    for done in [
        Action::Share(ShareAction::CopyDismissed),
        Action::Share(ShareAction::CopyPressed(CopyTarget::FormLink)),
        edit(Field::Name, "typed", Input::Typed),
    ] {
        page.update(Action::Share(ShareAction::PreviewToggled));
        page.update(Action::Share(ShareAction::CopyPressed(id)));
        let effects = page.update(Action::Share(ShareAction::CopyEnded(id, Err(Failed))));
        assert!(effects == [Effect::Page(PageEffect::Focus(Focus::CopyByHand))]);
        assert_eq!(page.page.copied, Some((id, Err(Failed))));
        assert_eq!(page.state.text_of(id).as_deref(), Some("b1"));
        let was_shown = page.page.request_is_shown;
        page.update(done);
        assert_eq!((page.page.copied, page.page.request_is_shown), (None, was_shown), "nothing else is closed");
    }
    assert_eq!(page.state.text_of(CopyTarget::BackupId(99)), None, "what is gone has no text");
}

#[test]
fn nothing_that_can_be_copied_has_the_token() {
    let (mut page, waiting) = followed();
    let poll = only(&page.update(Action::Reply(waiting, Reply::WaitOver)));
    answer(&mut page, poll, 200, &listed("backup", JUST_NOW, "COMPLETED"));
    let key = page.newest().key;
    let shown = [Shown::Http, Shown::Curl, Shown::OpenStack];
    for what in shown.map(CopyTarget::Request).into_iter().chain([
        CopyTarget::BackupId(key),
        CopyTarget::Response(key),
        CopyTarget::FormLink,
        CopyTarget::WatchLink(key),
        CopyTarget::RestorePoint(key),
        CopyTarget::RestoreByOpenStack(key),
        CopyTarget::TokenByCurl,
        CopyTarget::TokenByOpenStack,
    ]) {
        assert!(page.state.text_of(what).is_some_and(|text| !text.contains(&long_token())), "{what:?}");
    }
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
    page.update(Action::Page(PageAction::Noticed(Notice::PressLapsed)));
    page.update(Action::Share(ShareAction::PreviewToggled));
    page.state.work.instances.is_open = true;
    assert!(page.update(Action::App(AppAction::EscapePressed)) == [Effect::Page(PageEffect::Focus(Focus::Request))]);
    assert!(page.update(Action::App(AppAction::EscapePressed)) == [Effect::Page(PageEffect::Focus(Focus::Instances))]);
    assert_eq!(page.page.notices, [Notice::PressLapsed]);
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
