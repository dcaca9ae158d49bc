//! Simplified Chinese: the token, and what it says by itself.

use contract::iam_token::{TokenClue, TokenProblem};
use contract::time::UnixSeconds;

use super::super::{LANGUAGE, PUNCTUATION, UNITS};
use crate::text::intl::number;
use crate::text::later::TokenText;
use crate::text::time::local_time;

pub(super) const TEXT: TokenText = TokenText {
    says: |scope, user| match user {
        Some(user) => format!("Token内容：{scope}，用户“{user}”。"),
        None => format!("Token内容：{scope}。"),
    },
    of_project: |name, id| PUNCTUATION.with_note(&format!("项目“{name}”"), id),
    of_account: |name| format!("账号“{name}”，无项目"),
    of_nothing: "无项目",
    valid_until: |time, seconds| format!("有效期至{time}（{}）。", UNITS.duration(seconds)),
    expired: "根据本机时钟，Token已失效。",
    how_to_get: "如何获取Token",
    how_to_get_detail: "在设置了OS_USERNAME、OS_PASSWORD和OS_USER_DOMAIN_NAME（账号）的命令行中执行；第二条命令还需要OS_AUTH_URL和OS_PROJECT_ID。第一条命令输出X-Subject-Token请求头，第二条命令输出Token：",
    use_endpoint: |host| format!("使用{host}"),
    use_project: "使用Token的项目",
    trim: "仅保留Token",
    ends_soon: "该Token的有效期不足30分钟。",
    clue,
};

/// What is wrong with a token; `token`: which, and what is different from its project.
fn problem(problem: &TokenProblem, (token, other): (&str, &str)) -> String {
    match problem {
        TokenProblem::Expired { at } => {
            format!("{token}根据本机时钟已于{}过期", local_time(*at, LANGUAGE))
        }
        TokenProblem::WithoutProject { account: Some(account) } => {
            format!("{token}属于账号“{account}”；无论其用户有何权限，RDS都需要项目的Token")
        }
        TokenProblem::WithoutProject { account: None } => {
            format!("{token}不属于任何项目；无论其用户有何权限，RDS都需要项目的Token")
        }
        TokenProblem::OfOtherProject { project } => format!("{token}属于项目“{project}”，而{other}"),
        TokenProblem::OfOtherRegion { token: region, endpoint } => {
            format!("{token}属于区域{region}，而终端节点位于{endpoint}")
        }
        TokenProblem::ReadOnly => format!("{token}除readonly外没有其他角色"),
    }
}

/// A warning about the token in its field.
pub(super) fn warning(found: &TokenProblem) -> String {
    let said = problem(found, ("该Token", "表单中是另一个项目"));
    let advice = match found {
        TokenProblem::WithoutProject { .. } => return said,
        TokenProblem::Expired { .. } => "请获取新的Token；如果时钟有误，可以继续",
        TokenProblem::OfOtherProject { .. } | TokenProblem::OfOtherRegion { .. } => "API通常会拒绝这样的Token",
        TokenProblem::ReadOnly => "创建备份很可能会被拒绝",
    };
    format!("{said}。{advice}")
}

/// A warning about a token that was issued later than now.
pub(super) fn issued_later(at: UnixSeconds) -> String {
    format!(
        "该Token的签发时间为{}，晚于本机时钟的当前时间。请检查时钟：无法确定Token的有效期",
        local_time(at, LANGUAGE)
    )
}

/// A warning about a token that ends before a backup does.
pub(super) fn ends_too_soon(at: UnixSeconds, usual: i64) -> String {
    format!(
        "该Token将于{}失效，而该实例的备份最长用时{}。没有Token时备份也会继续，但在有新的Token之前，页面无法一直跟踪到备份结束",
        local_time(at, LANGUAGE),
        UNITS.duration(usual)
    )
}

/// What the token of a refused call tells about the cause, and what to do.
fn clue(clue: &TokenClue) -> String {
    let found = match clue {
        TokenClue::Problem(found) => found,
        TokenClue::Sound => return "从内容来看，所用的Token没有问题：它属于该项目，且尚未过期。它可能已被吊销，例如密码或权限发生了变更；也可能是账号已欠费或被冻结。请获取并输入新的Token；其他内容保持不变。".to_owned(),
        TokenClue::Length(length) => return format!("所用的Token有{}个字符。", number(LANGUAGE, *length)),
    };
    let advice = match found {
        TokenProblem::Expired { .. } => "请获取并输入新的Token；其他内容保持不变。",
        TokenProblem::WithoutProject { .. } => "请获取并输入该项目的Token；其他内容保持不变。",
        TokenProblem::OfOtherProject { .. } => "请输入请求所属项目的Token，或更正项目ID。",
        TokenProblem::OfOtherRegion { .. } => "请输入终端节点所在区域的Token，或更正终端节点。",
        TokenProblem::ReadOnly => "请输入其用户可以创建备份的Token。",
    };
    let said = problem(found, ("所用的Token", "请求针对的是另一个项目"));
    format!("{said}。{advice}")
}
