//! Before the part of the program is here that has to do with requests.

use super::*;

fn filled_in_parts() -> Stage {
    let mut page = page_in_parts();
    fill(&mut page, MYSQL, "backup");
    page
}

fn loads(effects: &[Effect]) -> usize {
    effects.iter().filter(|effect| matches!(effect, Effect::LoadPart)).count()
}

#[test]
fn the_part_is_asked_for_once_as_soon_as_the_user_does_anything() {
    let mut page = page_in_parts();
    assert_eq!(loads(&page.update(Action::Opened { fragment: String::new(), draft: String::new() })), 0);
    assert_eq!(loads(&page.update(Action::Edited(Field::Name, "b".into(), Input::Typed))), 1);
    assert_eq!(loads(&page.update(Action::Edited(Field::Name, "ba".into(), Input::Typed))), 0);
    page.update(Action::PartLoaded(Success::No));
    // In vain, and nobody has missed it: the page says nothing, and asks again when it is needed.
    assert_eq!(page.part, Part::Late);
    assert_eq!(loads(&page.update(Action::Edited(Field::Name, "bac".into(), Input::Typed))), 0);
    assert_eq!(loads(&page.update(Action::LoadInstancesPressed)), 1);
}

#[test]
fn a_press_before_it_is_here_is_carried_out_once_when_it_comes() {
    let mut page = filled_in_parts();
    assert!(sent(&page.update(Action::SubmitPressed)).is_empty());
    assert!(page.is_busy() && page.holds_something());
    page.update(Action::SubmitPressed);
    page.update(Action::Edited(Field::Name, "another".into(), Input::Typed));
    assert_eq!(&*page.form.name.text, "backup", "the form stays as it was when the button was pressed");
    assert_eq!(sent(&page.update(Action::PartLoaded(Success::Yes))).len(), 1);
    assert!(matches!(page.phase, Phase::Sending(_)) && !page.holds_something());
}

#[test]
fn when_it_can_not_be_had_nothing_is_sent_nothing_is_lost_and_another_press_tries_again() {
    let mut page = filled_in_parts();
    page.update(Action::SubmitPressed);
    let effects = page.update(Action::PartLoaded(Success::No));
    assert!(effects.contains(&Effect::RevealAnswer));
    assert_eq!(page.part, Part::Missing);
    assert!(!page.is_busy() && page.phase == Phase::Idle);
    assert_eq!(&*page.form.name.text, "backup");
    assert_eq!(loads(&page.update(Action::SubmitPressed)), 1);
    assert_eq!(sent(&page.update(Action::PartLoaded(Success::Yes))).len(), 1);
}

#[test]
fn that_it_could_not_be_had_is_no_answer_to_a_later_press_on_a_faulty_form() {
    let mut page = filled_in_parts();
    page.update(Action::SubmitPressed);
    page.update(Action::PartLoaded(Success::No));
    page.update(Action::Edited(Field::Name, "1".into(), Input::Typed));
    page.update(Action::SubmitPressed);
    assert!(page.phase == Phase::NotSent && page.part == Part::Late);
}

#[test]
fn what_waits_for_it_can_be_cancelled() {
    let mut page = filled_in_parts();
    page.update(Action::SubmitPressed);
    page.update(Action::CancelPressed);
    assert!(!page.is_busy());
    assert!(calls(&page.update(Action::PartLoaded(Success::Yes))).is_empty());
}

#[test]
fn faults_are_shown_without_it() {
    let mut page = page_in_parts();
    let effects = page.update(Action::SubmitPressed);
    assert!(effects.contains(&Effect::Focus(Focus::Summary)));
    assert!(page.phase == Phase::NotSent && !page.holds_something());
}

#[test]
fn a_link_that_follows_a_backup_is_taken_up_when_it_comes() {
    let mut page = page_in_parts();
    let fragment = format!("#watch={MYSQL}/b1&endpoint=rds.example&project_id={PROJECT}");
    assert_eq!(loads(&page.update(Action::Opened { fragment, draft: String::new() })), 1);
    assert!(page.followed.is_empty());
    page.update(Action::PartLoaded(Success::Yes));
    assert_eq!(page.followed.len(), 1);
    assert!(page.notices.contains(&Notice::WatchNeedsToken));
}

#[test]
fn a_page_that_nobody_uses_does_not_ask_for_it_to_forget_the_token() {
    let mut page = page_in_parts();
    page.limits_to_one_minute();
    let effects = page.update(Action::Edited(Field::Token, long_token(), Input::Pasted));
    page.update(Action::PartLoaded(Success::No));
    let ticket = effects.iter().find_map(|effect| match effect {
        Effect::Wait(ticket, _) => Some(*ticket),
        _ => None,
    });
    page.pass(60_000);
    let effects = page.update(Action::Waited(ticket.unwrap()));
    assert!(page.form.token_timed_out && loads(&effects) == 0);
}
