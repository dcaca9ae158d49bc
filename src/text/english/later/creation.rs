//! English: a press and its outcome.

use contract::codes::ErrorKind;
use contract::failure::Failure;

use super::errors::error_kind;
use super::token;
use crate::text::later::{Advice, CreationText};
use crate::text::words::LATIN_UNITS;
use console_core::{Blocker, Cause, Certainty, NotSent, Unknown};

pub(super) const TEXT: CreationText = CreationText {
    reading: |name| format!("Looking whether the name “{name}” is free. Nothing has been sent yet."),
    reading_again: |name| format!("Looking for “{name}” before the request is sent again."),
    not_sent,
    retry_not_sent: |why| format!("The new try wasn't sent: {why}"),
    looking: "It can't be told yet whether the backup was made",
    looking_detail: |name| {
        format!("The page is looking for “{name}” in the instance's list of backups. It sends nothing again.")
    },
    making_sure: |name| {
        format!(
            "The page is making sure that nothing was created: it looks for “{name}” in the instance's list of backups, and sends nothing again."
        )
    },
    closes: |seconds| match seconds {
        1.. => {
            format!("A server may still be working on the request, for {} at the most.", LATIN_UNITS.duration(seconds))
        }
        _ => "No server can be working on the request any more: a whole list settles it.".to_owned(),
    },
    blocker,
    goes_on: "The page goes on trying.",
    cause,
    listed: "The backup exists",
    listed_detail: |name| format!("“{name}” is in the instance's list, and wasn't there before your press."),
    certainty: |certainty| match certainty {
        Certainty::Responded => "The backup is yours: its ID came in the answer to your request.",
        Certainty::Listed => {
            "The backup was found by its name. Somebody who asked for the same name of this instance at that moment can't be told apart from you."
        }
    },
    unlisted: "The API has accepted the backup, and the instance's list doesn't have it yet.",
    link_unlisted: "This backup isn't in the instance's list: the link may be wrong, or the backup was deleted. The page goes on asking.",
    missing: "The instance's list doesn't have this backup any more. If that stays so for a minute, it was deleted.",
    unheard,
    of_link: "A link names this backup",
    of_reload: "This page was opened anew, or its tab duplicated, while this backup was followed",
    absent: "No backup was created",
    absent_detail: |name| format!("The instance's list has no backup named “{name}”. It is safe to try again."),
    asked_again: "The name was asked for again since: see the other card.",
    taken: "The name was taken before",
    taken_detail: |name, backup| match backup {
        Some((backup, is_told)) => {
            let which = if is_told { "the backup on another card" } else { "another backup" };
            format!(
                "“{name}” is the name of {which}: {}, begun {}. Nothing new was created. Choose another name.",
                backup.id.as_deref().unwrap_or("without ID"),
                backup.begin_time.as_deref().unwrap_or("at an unknown time")
            )
        }
        None => format!(
            "The API says that “{name}” is taken, but not by a manual backup of this instance. Nothing was created. Choose another name."
        ),
    },
    gone: "The backup is gone",
    gone_detail: "The instance's list had it, and doesn't have it any more: it was deleted.",
    unknown: "It can't be told whether the backup was made",
    unknown_detail,
    by_hand: |name, instance_id| {
        format!(
            "Look by hand for “{name}” among the backups of {instance_id}, in the console of your cloud or with “openstack rds backup list {instance_id}”. Trying again with the same name can't make a second backup."
        )
    },
    was_corrected: "This card said something else before. It was corrected when the instance's list told more.",
    not_kept: "This browser keeps nothing: a reload forgets what is under way.",
    awaiting: "Waiting for the instance",
    awaiting_detail: |status| match status {
        Some(status) => {
            format!("Its status is {status}. The request is sent once more as soon as it is available.")
        }
        None => "Its status is being asked for. The request is sent once more as soon as it is available.".to_owned(),
    },
    details: "Details",
    stop: "Stop looking",
    try_again: "Try again",
    create_anyway: "Create anyway",
    await_instance: "Try again when the instance is ready",
    await_instance_at: |endpoint| format!("Try again at {endpoint} when the instance is ready"),
    look_again: "Look again",
    look_again_at: |endpoint| format!("Look again at {endpoint}"),
    follow_at: |endpoint| format!("Follow at {endpoint}"),
    elsewhere: |endpoint, project_id| {
        format!(
            "The form doesn't have the endpoint and the project of this. It is at {endpoint}, project {project_id}: put these into the form, and enter a token of theirs."
        )
    },
    take_target: |endpoint| format!("Put {endpoint} into the form"),
};

fn cause(cause: &Cause, is_same_origin: bool, exists: bool) -> String {
    let sentence = match (cause, is_same_origin) {
        (Cause::Unreachable, _) if exists => "No answer was received: the connection broke before it came.",
        (Cause::Unreachable, false) => {
            "No answer was received, and the browser doesn't say why: the connection failed or broke, or the API doesn't allow calls from this page's address (CORS). Against the latter, serve the page with a proxy: start it with “cargo xtask serve --endpoint https://…”, or let your web server pass a path on to the API, and enter that path as the endpoint."
        }
        (Cause::Unreachable, true) => {
            "No answer was received: the connection to the web server that serves this page failed, or broke before the answer."
        }
        (Cause::TimedOut, _) => "No answer within the time limit.",
        (Cause::Cancelled, _) => "You cancelled. The request had been sent by then.",
        (Cause::Unclear(failure), _) => error_kind(failure.error_kind).heading,
        (Cause::NameTaken(_), _) if exists => {
            "The API said that a backup of this name exists. The browser may have sent the request twice: it does so when the connection drops before the answer."
        }
        (Cause::NameTaken(_), _) => {
            "The API says that a backup of this name exists. It may be the one that you have just asked for: browsers send a request again when the connection drops before the answer."
        }
        (Cause::Refused(_), _) if exists => {
            "A refusal came as the answer, and yet the backup is in the list: something between this page and the API refused what had been passed on already, or an earlier sending of the same request made it."
        }
        (Cause::Refused(failure), _) => {
            return format!("The answer was a refusal: {}.", error_kind(failure.error_kind).heading);
        }
        (Cause::ReloadedWhileAwaiting, _) => {
            "This page was opened anew, or its tab duplicated, while it waited for the instance to be ready, to send the request once more."
        }
        (Cause::Reloaded, _) => {
            "This page was opened anew, or its tab duplicated, before it was known what had become of the request."
        }
    };
    sentence.to_owned()
}

fn blocker(blocker: &Blocker) -> String {
    let sentence = match blocker {
        Blocker::TokenMissing => "There is no token for this endpoint and project. Enter one: the page then looks.",
        Blocker::TokenRejected => "The token was rejected. Enter a new one of the same project: the page then looks.",
        Blocker::Refused(failure) if failure.error_kind == ErrorKind::WebServerLogin => {
            return web_server_login() + " Then look again.";
        }
        Blocker::Refused(failure) => {
            let said = format!(
                "The list of backups is refused: {} (HTTP {}).",
                error_kind(failure.error_kind).heading,
                failure.status
            );
            return said + &clue_of(failure);
        }
        Blocker::Unreachable => "The endpoint can't be reached at the moment (offline, VPN, name or certificate).",
        Blocker::Failed(failure) => {
            let said = format!(
                "The list of backups can't be read: {} (HTTP {}).",
                error_kind(failure.error_kind).heading,
                failure.status
            );
            return said + &clue_of(failure);
        }
        Blocker::Incomplete => {
            "The list of backups can't be read as a whole: it is too long, was cut short, changes while it is read, or came in pages without a total. The backup isn't in what was read."
        }
        Blocker::InstanceBackingUp => {
            "The list doesn't have the backup, and the instance is backing up: it may be at this very backup."
        }
        Blocker::GaveUp => "The page has stopped looking.",
        Blocker::AwaitsPress => {
            "The page asks for nothing before you press: enter a token of the project, and press the button."
        }
    };
    sentence.to_owned()
}

fn web_server_login() -> String {
    let Advice { heading, detail } = error_kind(ErrorKind::WebServerLogin);
    format!("{heading}. {detail}")
}

fn unheard(blocker: &Blocker, seconds: i64) -> String {
    let sentence = match blocker {
        Blocker::TokenMissing => {
            "There is no token for this endpoint and project. Enter one: the page then goes on. The backup doesn't depend on this page."
        }
        Blocker::TokenRejected => {
            "The token was rejected. Enter a new one of the same project: the page then goes on. The backup doesn't depend on this page."
        }
        Blocker::Refused(failure) if failure.error_kind == ErrorKind::WebServerLogin => {
            return format!("{} The page has stopped asking; the backup doesn't depend on it.", web_server_login());
        }
        Blocker::Refused(failure) => {
            let said = format!(
                "The API refuses to tell of it: {} (HTTP {}). The page has stopped asking; the backup doesn't depend on it.",
                error_kind(failure.error_kind).heading,
                failure.status
            );
            return said + &clue_of(failure);
        }
        Blocker::Failed(failure) => {
            let said = format!(
                "Nothing heard for {}: {} (HTTP {}). The page goes on asking; the backup doesn't depend on it.",
                LATIN_UNITS.duration(seconds),
                error_kind(failure.error_kind).heading,
                failure.status
            );
            return said + &clue_of(failure);
        }
        Blocker::Unreachable | Blocker::Incomplete | Blocker::InstanceBackingUp => {
            return format!(
                "Nothing heard for {}. The page goes on asking; the backup doesn't depend on it.",
                LATIN_UNITS.duration(seconds)
            );
        }
        Blocker::GaveUp => {
            "The page has asked for this backup for as long as it does by itself, and has stopped. The backup itself is not affected."
        }
        Blocker::AwaitsPress => {
            "The page asks for nothing before you press: enter a token of its project, and press the button. The backup itself is not affected."
        }
    };
    sentence.to_owned()
}

fn unknown_detail(unknown: &Unknown) -> String {
    match unknown {
        Unknown::Blocked(in_the_way) => blocker(in_the_way),
        Unknown::OriginNotAllowed => "The endpoint answers, and the browser keeps its answers from this page, since the API doesn't allow calls from this address (CORS). Either it refused the request, and nothing was made, or only its answer is hidden: both look alike.".to_owned(),
        Unknown::Near(backup) => format!(
            "A backup of this name began at {}, near your press ({}): whether it is yours can't be told. Compare its description and databases, and ask who else makes backups of this instance.",
            backup.begin_time.as_deref().unwrap_or("an unknown time"),
            backup.id.as_deref().unwrap_or("without ID")
        ),
        Unknown::NeverListed => "The API has accepted the request, and the instance's list has not had the backup since.".to_owned(),
        Unknown::Stopped => "You stopped the search.".to_owned(),
    }
}

/// The cause that the token itself tells, behind a sentence.
fn clue_of(failure: &Failure) -> String {
    failure.token_clue.as_deref().map(|clue| [" ", &(token::TEXT.clue)(clue)].concat()).unwrap_or_default()
}

/// The cause that the token itself tells, or else what usually helps.
fn with_clue(sentence: &str, failure: &Failure, advice: &str) -> String {
    let clue = failure.token_clue.as_deref().map(token::TEXT.clue);
    [sentence, clue.as_deref().unwrap_or(advice)].join(" ")
}

fn not_sent(why: &NotSent, endpoint: &str, is_same_origin: bool) -> String {
    let sentence = match (why, is_same_origin) {
        (NotSent::Cancelled, _) => "You cancelled before the request was sent.",
        (NotSent::TokenRejected(failure), _) if failure.error_kind == ErrorKind::LoginRefusedOnTheWay => {
            let refused = "The login was refused when the page looked whether the name is free, apparently on the way to the API: a gateway or a proxy rejects the token, or wants a login of its own.";
            return with_clue(refused, failure, "Get a new token, or see to that login, and try again.");
        }
        (NotSent::TokenRejected(failure), _) => {
            let rejected = "The token was rejected when the page looked whether the name is free.";
            return with_clue(
                rejected,
                failure,
                "Get a new one, enter it, and try again; everything else stays as it is.",
            );
        }
        (NotSent::TokenMissing, _) => "There was no token any more when the page needed it. With one, try again.",
        (NotSent::Unreachable, false) => {
            return format!(
                "Can't reach {endpoint}: check address, port and VPN, and whether the API allows calls from this page's address (CORS). Against the latter, serve the page with a proxy: start it with “cargo xtask serve --endpoint https://…”, or let your web server pass a path on to the API, and enter that path as the endpoint."
            );
        }
        (NotSent::Unreachable, true) => {
            return format!(
                "Can't reach {endpoint} on the web server that serves this page: check the connection and the VPN."
            );
        }
        (NotSent::WebServerLogin, _) => {
            let Advice { heading, detail } = error_kind(ErrorKind::WebServerLogin);
            return format!("{heading} when the page looked whether the name is free. {detail} Then try again.");
        }
        (NotSent::Forbidden, _) => {
            "This page is set up to call certain endpoints only, and this one isn't among them. Check its spelling. If it is right, whoever hosts the page has to add it to connect-src in the Content-Security-Policy of index.html or of the web server."
        }
        (NotSent::InvalidRequest, _) => "The browser couldn't make a request of the endpoint. Check its spelling.",
        (NotSent::Lapsed, _) => {
            "Too much time passed between your press and the request, as when the computer slept. Try again if you still want it."
        }
        (NotSent::InstanceStaysBusy, _) => {
            "The instance didn't become ready within an hour. Look at what it is doing, and try again."
        }
    };
    sentence.to_owned()
}
