//! Simplified Chinese: the sentences of the later part.

mod batch;
mod creation;
mod errors;
mod rely;
mod token;
mod validation;

use contract::backup::{Kind, Status};
use contract::instance::{Engine, Role, Unsuitable};

use super::{AND, LANGUAGE, PUNCTUATION, UNITS};
use crate::text::intl::number;
use crate::text::later::{FieldLabels, FollowText, LaterText, ListText};
use crate::text::words::{engines, size};
use console_core::{CopyTarget, Failed, FieldRefusal, NoNotification, Repeat};
use errors::error_kind;

pub(in crate::text) static TEXT: LaterText = LaterText {
    violation: validation::violation,
    warning: validation::warning,
    removed: validation::removed,
    notice: validation::notice,
    copied,
    copy_by_hand: "待复制的文本",
    sending: |name| format!("正在请求API创建“{name}”。正在等待响应…"),
    accepted: |status| match status {
        Some(Status::Building) => "备份已开始",
        Some(Status::Completed) => "备份已完成",
        Some(Status::Failed) => "备份失败",
        Some(Status::Deleting) => "备份正在被删除",
        Some(Status::Other(_)) | None => "备份请求已被接受",
    },
    accepted_detail: |status| match status {
        Some(Status::Building) => {
            "API已接受备份请求，正在创建备份。状态变为COMPLETED后才能使用，通常需要几分钟；所需时间取决于数据量。"
        }
        Some(Status::Completed) => "备份已存在，可以使用。",
        Some(Status::Failed) => "备份失败，不能使用：请检查实例，并重新创建备份。",
        Some(Status::Deleting) => "备份正在被删除，不能使用。",
        Some(Status::Other(_)) => "API已接受备份请求，但返回了其文档中没有的状态。请查看实例的备份列表。",
        None => "API已接受备份请求，尚未说明其状态。",
    },
    learned: |time| format!("页面得知此结果的时间：{time}。"),
    parts: FieldLabels {
        id: "备份ID",
        name: "名称",
        instance_id: "实例ID",
        description: "描述",
        databases: "数据库",
        begin_time: "开始时间",
        status: "状态",
        kind: "类型",
        http_status: "HTTP状态码",
        code: "错误码",
        message: "消息",
        request_id: "请求ID",
        known_by: "备份归属",
    },
    status: |status| match status {
        Status::Building => "备份中",
        Status::Completed => "备份完成",
        Status::Failed => "备份失败",
        Status::Deleting => "备份删除中",
        Status::Other(_) => "文档中没有的状态",
    },
    kind: |kind| match kind {
        Kind::Auto => "自动全量备份",
        Kind::Manual => "手动全量备份",
        Kind::Fragment => "差异全量备份",
        Kind::Incremental => "自动增量备份",
        Kind::Other(_) => "文档中没有的类型",
    },
    not_in_answer: "响应中没有",
    zone_not_stated: "API没有说明时区。",
    local_time: "您的本地时间",
    error_kind,
    nothing_created: "未创建备份。",
    nothing_sent: "未发送任何请求",
    field_refusal: |refusal| match refusal {
        FieldRefusal::ByApi(refused) => error_kind(refused).heading,
        FieldRefusal::InstanceUnderWay => "其中一个实例正在本页面上以其他名称进行备份。请等待其结束，或移除该实例",
        FieldRefusal::UnderWay => {
            "已请求过该名称的备份，但数据库或描述不同，且可能正在创建。请等待其结束，或选择其他名称"
        }
        FieldRefusal::Unsettled => {
            "已请求过该名称的备份，但数据库或描述不同；无法确定该备份是否已创建。请在其卡片上重新查找，或选择其他名称"
        }
    },
    token_awaited: "正在等待嵌入此表单的页面提供Token…",
    token: token::TEXT,
    creation: creation::TEXT,
    follow: FollowText {
        elapsed: "自请求起的时间",
        units: UNITS,
        earlier: |shortest, longest, count| match count {
            1 => format!("最近一次用时{}", UNITS.duration(longest)),
            _ if UNITS.duration(shortest) == UNITS.duration(longest) => {
                format!("最近{count}次均用时{}", UNITS.duration(longest))
            }
            _ => format!("最近{count}次用时{}至{}", UNITS.duration(shortest), UNITS.duration(longest)),
        },
        ended: |name, status| match status {
            Status::Completed => format!("✓ COMPLETED – {name}"),
            Status::Failed => format!("✗ FAILED – {name}"),
            Status::Building | Status::Deleting | Status::Other(_) => format!("{} – {name}", status.code()),
        },
        reason: |reason| format!("API给出的原因：{reason}"),
        usual_causes: "常见原因：DDL语句或长事务导致无法获取备份锁、存储空间已满、表数量超过500,000、备份期间实例重启或变更。请检查实例，并重新创建备份。",
        notify: "完成后通知我",
        notifies: "只要本页面保持打开，它就会让浏览器通知您。",
        no_notification: |reason| match reason {
            NoNotification::Dismissed => "无法通知：浏览器的询问未得到答复就被关闭。再次点击即可重新询问。",
            NoNotification::Denied => {
                "无法通知：浏览器已阻止本页面的通知。您可以在浏览器的此网站设置中允许通知。备份完成时，本页面自身会显示。"
            }
            NoNotification::Unsupported => "无法通知：此浏览器不支持本页面的通知。备份完成时，本页面自身会显示。",
        },
        export_json: "导出为JSON",
        export_csv: "导出为CSV",
    },
    rely: rely::TEXT,
    batch: batch::TEXT,
    lists: ListText {
        instances: "实例",
        search_instances: "搜索实例",
        loading: |loaded, total| match total {
            Some(total) => format!("正在加载：{}/{}", number(LANGUAGE, loaded), number(LANGUAGE, total)),
            None => format!("正在加载：{}", number(LANGUAGE, loaded)),
        },
        failed: |words| format!("无法加载列表：{words}"),
        unanswered: "没有响应",
        no_token: "没有适用于该终端节点和项目的Token，或Token已被拒绝。请输入Token，然后重新单击按钮",
        truncated: "就目前所知，这不是完整的列表：列表过长、被截断、含有信息过少的条目，或分页返回而没有总数。",
        shifted: "这可能不是完整的列表：每次读取期间列表都发生了变化。请重新加载。",
        no_instances: |project| {
            format!(
                "项目{project}在该终端节点下没有实例。实例可能位于该区域的子项目中：子项目需要单独的Token。您仍可直接输入实例ID。"
            )
        },
        no_match: "没有匹配的实例。",
        shown: |shown, all| {
            format!("显示前{}个实例，共{}个；其余可通过搜索查找", number(LANGUAGE, shown), number(LANGUAGE, all))
        },
        choose: |name| format!("选择{name}"),
        chosen: "已选择",
        unsuitable: |unsuitable, primary| match (unsuitable, primary) {
            (Unsuitable::ReadReplica(_), Some(primary)) => format!("只读实例：请备份其主实例{primary}"),
            (Unsuitable::ReadReplica(_), None) => "只读实例：请备份其主实例".to_owned(),
            (Unsuitable::Status(status), _) => format!("状态为{status}时不能备份"),
        },
        choose_primary: |name| format!("选择主实例{name}"),
        role: |role| match role {
            Role::Single => "单机".to_owned(),
            Role::PrimaryStandby => "主备".to_owned(),
            Role::ReadReplica(_) => "只读实例".to_owned(),
            Role::Other(word) => word.clone(),
        },
        databases_found: "该实例的数据库",
        databases_hint: |supported| {
            super::TEXT.databases_hint.replace(Engine::SqlServer.name(), &engines(&PUNCTUATION, supported, AND))
        },
        individually: "逐个备份每个数据库",
        individually_hint: "华为云将分别备份其中的每个数据库，而不是一起备份（backup_database_individually）。",
        backups_of: |instance| format!("{instance}的备份"),
        filter_name: "名称包含",
        filter_kind: "类型",
        all_kinds: "所有类型",
        no_backups: "该实例尚无备份。您创建第一个备份后，重新显示列表即可看到。",
        count: |shown, all| {
            let all_of_them = number(LANGUAGE, all);
            if shown == all {
                format!("{all_of_them}个备份")
            } else {
                format!("{}个备份，共{all_of_them}个", number(LANGUAGE, shown))
            }
        },
        end: "结束时间",
        duration: "用时",
        size: "大小",
        size_of: |kilobytes| size(LANGUAGE, kilobytes),
    },
    request: "请求",
    request_after: "修正以下内容后即可显示：",
    curl: "curl命令",
    curl_note: |variable| format!("该命令从环境变量{variable}中获取Token。"),
    openstack: "OpenStack客户端命令",
    openstack_note: "该命令从其自身的设置中获取云、项目和Token：请检查它们是否与此处一致。需要python-otcextensions。",
    no_openstack: "OpenStack客户端无法表达此请求：它以逗号分隔的列表接收数据库，而此处有名称包含逗号。",
    repeat: |repeat| match repeat {
        Repeat::OtherInstance => "为其他实例重复创建",
        Repeat::NewName => "使用新名称重复创建",
    },
    record: "备份记录",
    copy_receipt: "复制回执",
    download_receipt: "下载回执",
    print: "打印",
    copy_watch_link: "复制跟踪链接",
    taken_up: "链接中的备份",
    steps: ["请求", "开始", "结束"],
    to_come: "尚未发生",
    unheard_of: "尚不清楚",
    chart: "最近备份的用时和大小",
    chart_summary: |count, [shortest, longest, smallest, largest]| {
        format!("{}个备份：{shortest}至{longest}，{smallest}至{largest}", number(LANGUAGE, count))
    },
    chart_legend: ["手动", "自动"],
    chart_numbers: "数据",
    raw_answer: "响应原文",
    empty_body: "响应体为空。",
    unreadable_body: "在读完响应体之前连接已中断。",
    too_long_body: |limit| format!("响应超过{limit} MiB。API不会返回这样大的内容，因此未予读取。"),
};

fn copied(what: CopyTarget, success: Result<(), Failed>) -> &'static str {
    match (what, success) {
        (CopyTarget::BackupId(_) | CopyTarget::ListedId(_), Ok(())) => "备份ID已复制",
        (CopyTarget::Response(_), Ok(())) => "响应已复制",
        (CopyTarget::Request(_), Ok(())) => "请求已复制",
        (CopyTarget::FormLink | CopyTarget::WatchLink(_), Ok(())) => "链接已复制",
        (CopyTarget::Receipt(_) | CopyTarget::BatchReceipt(_), Ok(())) => "回执已复制",
        (
            CopyTarget::RestorePoint(_)
            | CopyTarget::RestoreByOpenStack(_)
            | CopyTarget::TokenByCurl
            | CopyTarget::TokenByOpenStack,
            Ok(()),
        ) => "已复制",
        (_, Err(Failed)) => "复制失败：浏览器不允许。请从文本框中复制文本。",
    }
}
