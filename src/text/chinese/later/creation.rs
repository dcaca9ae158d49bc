//! Simplified Chinese: a press and its outcome.

use contract::codes::ErrorKind;
use contract::failure::Failure;

use super::super::UNITS;
use super::errors::error_kind;
use super::token;
use crate::text::later::{Advice, CreationText};
use console_core::{Blocker, Cause, Certainty, NotSent, Unknown};

pub(super) const TEXT: CreationText = CreationText {
    reading: |name| format!("正在检查名称“{name}”是否可用。尚未发送任何请求。"),
    reading_again: |name| format!("正在查找“{name}”，然后再重新发送请求。"),
    not_sent,
    retry_not_sent: |why| format!("重试请求未发送：{why}"),
    looking: "尚不能确定备份是否已创建",
    looking_detail: |name| format!("页面正在实例的备份列表中查找“{name}”，不会重复发送请求。"),
    making_sure: |name| format!("页面正在确认没有创建任何备份：正在实例的备份列表中查找“{name}”，不会重复发送请求。"),
    closes: |seconds| match seconds {
        1.. => format!("服务器可能仍在处理该请求，最多还需{}。", UNITS.duration(seconds)),
        _ => "已不可能再有服务器在处理该请求：读到完整的列表即可确定。".to_owned(),
    },
    blocker,
    goes_on: "页面将继续尝试。",
    cause,
    listed: "备份已存在",
    listed_detail: |name| format!("“{name}”已在实例的列表中，您提交之前它不在其中。"),
    certainty: |certainty| match certainty {
        Certainty::Responded => "这是您的备份：其ID来自对您请求的响应。",
        Certainty::Listed => {
            "该备份是按名称找到的。如果其他人恰好在同一时刻为该实例请求了相同名称的备份，则无法与您的请求区分。"
        }
    },
    unlisted: "API已接受该备份，但实例的列表中尚未出现该备份。",
    link_unlisted: "该备份不在实例的列表中：可能链接有误，或备份已被删除。页面将继续查询。",
    missing: "实例的列表中已没有该备份。如果一分钟后仍然如此，则说明它已被删除。",
    unheard,
    of_link: "该备份来自一个链接",
    of_reload: "在跟踪该备份期间，页面被重新打开，或其标签页被复制",
    absent: "未创建备份",
    absent_detail: |name| format!("实例的列表中没有名为“{name}”的备份。可以放心重试。"),
    asked_again: "此后又请求过同一名称：请查看另一张卡片。",
    taken: "该名称此前已被占用",
    taken_detail: |name, backup| match backup {
        Some((backup, is_told)) => {
            let which = if is_told { "另一张卡片上的备份" } else { "另一个备份" };
            format!(
                "“{name}”是{which}的名称：{}，开始时间：{}。未创建新的备份。请选择其他名称。",
                backup.id.as_deref().unwrap_or("无ID"),
                backup.begin_time.as_deref().unwrap_or("未知")
            )
        }
        None => format!("API返回“{name}”已被占用，但占用它的不是该实例的手动备份。未创建任何备份。请选择其他名称。"),
    },
    gone: "备份已不存在",
    gone_detail: "该备份曾在实例的列表中，现在已不在：它已被删除。",
    unknown: "无法确定备份是否已创建",
    unknown_detail,
    by_hand: |name, instance_id| {
        format!(
            "请在您的云的控制台中，或使用“openstack rds backup list {instance_id}”，在{instance_id}的备份中手动查找“{name}”。使用相同名称重试不会产生第二个备份。"
        )
    },
    was_corrected: "此卡片先前显示的内容与现在不同。实例的列表提供了更多信息后，已予以更正。",
    not_kept: "该浏览器不保存任何数据：重新加载页面后，将不再记得正在进行的操作。",
    awaiting: "正在等待实例就绪",
    awaiting_detail: |status| match status {
        Some(status) => format!("实例状态为{status}。实例可用后，将立即再次发送请求。"),
        None => "正在查询实例状态。实例可用后，将立即再次发送请求。".to_owned(),
    },
    details: "详情",
    stop: "停止查找",
    try_again: "重试",
    create_anyway: "仍然创建",
    await_instance: "实例就绪后重试",
    await_instance_at: |endpoint| format!("实例就绪后在{endpoint}重试"),
    look_again: "重新查找",
    look_again_at: |endpoint| format!("在{endpoint}重新查找"),
    follow_at: |endpoint| format!("在{endpoint}跟踪"),
    elsewhere: |endpoint, project_id| {
        format!(
            "表单中的终端节点和项目与此处的不同。此处为{endpoint}，项目{project_id}：请将其填入表单，并输入对应的Token。"
        )
    },
    take_target: |endpoint| format!("将{endpoint}填入表单"),
};

fn cause(cause: &Cause, is_same_origin: bool, exists: bool) -> String {
    let sentence = match (cause, is_same_origin) {
        (Cause::Unreachable, _) if exists => "未收到响应：连接在响应到达之前已中断。",
        (Cause::Unreachable, false) => {
            "未收到响应，浏览器也没有说明原因：连接失败或中断，或者API不允许来自本页面地址的调用（CORS）。如果是后者，请通过代理提供页面：使用“cargo xtask serve --endpoint https://…”启动，或让您的Web服务器将某个路径转发到API，并将该路径作为终端节点输入。"
        }
        (Cause::Unreachable, true) => "未收到响应：与提供本页面的Web服务器的连接失败，或在响应到达之前已中断。",
        (Cause::TimedOut, _) => "在时限内未收到响应。",
        (Cause::Cancelled, _) => "您已取消。取消时请求已经发送。",
        (Cause::Unclear(failure), _) => error_kind(failure.error_kind).heading,
        (Cause::NameTaken(_), _) if exists => {
            "API曾返回已存在同名备份。可能是浏览器将请求发送了两次：连接在响应到达之前断开时，浏览器会这样做。"
        }
        (Cause::NameTaken(_), _) => {
            "API返回已存在同名备份。它可能就是您刚刚请求的备份：连接在响应到达之前断开时，浏览器会再次发送请求。"
        }
        (Cause::Refused(_), _) if exists => {
            "收到的响应是拒绝，但备份已在列表中：本页面与API之间的某个环节拒绝了已转发的请求，或者该备份由更早发送的同一请求创建。"
        }
        (Cause::Refused(failure), _) => {
            return format!("收到的响应是拒绝：{}。", error_kind(failure.error_kind).heading);
        }
        (Cause::ReloadedWhileAwaiting, _) => "在等待实例就绪以再次发送请求期间，页面被重新打开，或其标签页被复制。",
        (Cause::Reloaded, _) => "在得知请求的结果之前，页面被重新打开，或其标签页被复制。",
    };
    sentence.to_owned()
}

/// Why a list can't be had: what the error is, its HTTP status, and what the token says about it.
fn said(start: &str, failure: &Failure, end: &str) -> String {
    let heading = error_kind(failure.error_kind).heading;
    let clue = failure.token_clue.as_deref().map(token::TEXT.clue).unwrap_or_default();
    format!("{start}：{heading}（HTTP {}）。{end}{clue}", failure.status)
}

fn blocker(blocker: &Blocker) -> String {
    let sentence = match blocker {
        Blocker::TokenMissing => "没有适用于该终端节点和项目的Token。请输入Token：页面随后会进行查找。",
        Blocker::TokenRejected => "Token已被拒绝。请输入同一项目的新Token：页面随后会进行查找。",
        Blocker::Refused(failure) if failure.error_kind == ErrorKind::WebServerLogin => {
            return web_server_login() + "然后再次查找。";
        }
        Blocker::Refused(failure) => return said("读取备份列表的请求被拒绝", failure, ""),
        Blocker::Unreachable => "目前无法访问该终端节点（离线、VPN、域名或证书问题）。",
        Blocker::Failed(failure) => return said("无法读取备份列表", failure, ""),
        Blocker::Incomplete => {
            "无法完整读取备份列表：列表过长、被截断、在读取过程中发生变化，或分页返回而没有总数。已读取的部分中没有该备份。"
        }
        Blocker::InstanceBackingUp => "列表中没有该备份，而实例正在备份：正在进行的可能就是该备份。",
        Blocker::GaveUp => "页面已停止查找。",
        Blocker::AwaitsPress => "在您操作之前，页面不会查询：请输入该项目的Token，然后单击按钮。",
    };
    sentence.to_owned()
}

fn web_server_login() -> String {
    let Advice { heading, detail } = error_kind(ErrorKind::WebServerLogin);
    format!("{heading}。{detail}")
}

fn unheard(blocker: &Blocker, seconds: i64) -> String {
    let sentence = match blocker {
        Blocker::TokenMissing => "没有适用于该终端节点和项目的Token。请输入Token：页面随后会继续。备份不依赖于本页面。",
        Blocker::TokenRejected => "Token已被拒绝。请输入同一项目的新Token：页面随后会继续。备份不依赖于本页面。",
        Blocker::Refused(failure) if failure.error_kind == ErrorKind::WebServerLogin => {
            return format!("{}页面已停止查询；备份不依赖于本页面。", web_server_login());
        }
        Blocker::Refused(failure) => {
            return said("API拒绝提供备份的状态", failure, "页面已停止查询；备份不依赖于本页面。");
        }
        Blocker::Failed(failure) => {
            let start = format!("{}没有收到消息", UNITS.duration(seconds));
            return said(&start, failure, "页面将继续查询；备份不依赖于本页面。");
        }
        Blocker::Unreachable | Blocker::Incomplete | Blocker::InstanceBackingUp => {
            return format!("{}没有收到消息。页面将继续查询；备份不依赖于本页面。", UNITS.duration(seconds));
        }
        Blocker::GaveUp => "页面对该备份的自动查询已达到时限，现已停止。备份本身不受影响。",
        Blocker::AwaitsPress => "在您操作之前，页面不会查询：请输入其项目的Token，然后单击按钮。备份本身不受影响。",
    };
    sentence.to_owned()
}

fn unknown_detail(unknown: &Unknown) -> String {
    match unknown {
        Unknown::Blocked(in_the_way) => blocker(in_the_way),
        Unknown::OriginNotAllowed => "终端节点有响应，但浏览器不让本页面读取，因为API不允许来自本页面地址的调用（CORS）。要么API拒绝了请求，没有创建任何备份；要么只是响应不可见：两者看起来没有区别。".to_owned(),
        Unknown::Near(backup) => format!(
            "有一个同名备份的开始时间为{}，与您提交的时间接近（{}）：无法确定它是否是您的备份。请比较其描述和数据库，并了解还有谁在为该实例创建备份。",
            backup.begin_time.as_deref().unwrap_or("未知时间"),
            backup.id.as_deref().unwrap_or("无ID")
        ),
        Unknown::NeverListed => "API已接受请求，但此后实例的列表中一直没有该备份。".to_owned(),
        Unknown::Stopped => "您已停止查找。".to_owned(),
    }
}

/// The cause that the token itself tells, or else what usually helps.
fn with_clue(sentence: &str, failure: &Failure, advice: &str) -> String {
    let clue = failure.token_clue.as_deref().map(token::TEXT.clue);
    [sentence, clue.as_deref().unwrap_or(advice)].concat()
}

fn not_sent(why: &NotSent, endpoint: &str, is_same_origin: bool) -> String {
    let sentence = match (why, is_same_origin) {
        (NotSent::Cancelled, _) => "您在请求发送之前已取消。",
        (NotSent::TokenRejected(failure), _) if failure.error_kind == ErrorKind::LoginRefusedOnTheWay => {
            let refused =
                "页面检查名称是否可用时，登录被拒绝，看来是在到达API之前：网关或代理拒绝了Token，或要求单独登录。";
            return with_clue(refused, failure, "请获取新的Token，或处理该登录，然后重试。");
        }
        (NotSent::TokenRejected(failure), _) => {
            let rejected = "页面检查名称是否可用时，Token已被拒绝。";
            return with_clue(rejected, failure, "请获取并输入新的Token，然后重试；其他内容保持不变。");
        }
        (NotSent::TokenMissing, _) => "页面需要Token时，Token已不存在。请输入Token后重试。",
        (NotSent::Unreachable, false) => {
            return format!(
                "无法访问{endpoint}：请检查地址、端口和VPN，以及API是否允许来自本页面地址的调用（CORS）。如果是后者，请通过代理提供页面：使用“cargo xtask serve --endpoint https://…”启动，或让您的Web服务器将某个路径转发到API，并将该路径作为终端节点输入。"
            );
        }
        (NotSent::Unreachable, true) => {
            return format!("无法在提供本页面的Web服务器上访问{endpoint}：请检查网络连接和VPN。");
        }
        (NotSent::WebServerLogin, _) => {
            return format!("页面检查名称是否可用时，{}然后重试。", web_server_login());
        }
        (NotSent::Forbidden, _) => {
            "本页面被设置为只能调用特定的终端节点，该终端节点不在其中。请检查拼写。如果拼写正确，则需由页面的托管者将其添加到index.html或Web服务器的Content-Security-Policy中的connect-src。"
        }
        (NotSent::InvalidRequest, _) => "浏览器无法用该终端节点构成请求。请检查拼写。",
        (NotSent::Lapsed, _) => "从您提交到发送请求之间间隔过长，例如计算机曾进入睡眠状态。如果仍然需要，请重试。",
        (NotSent::InstanceStaysBusy, _) => "实例在一小时内未就绪。请查看实例正在执行的操作，然后重试。",
    };
    sentence.to_owned()
}
