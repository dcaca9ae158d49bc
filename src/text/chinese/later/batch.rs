//! Simplified Chinese: several instances with one press.

use super::super::{FACTS, LANGUAGE};
use crate::text::batch::BatchText;
use crate::text::intl::number;
use console_core::BatchSummary;

pub(super) const TEXT: BatchText = BatchText {
    select: |name| format!("将{name}添加到选择"),
    select_shown: "选择所有显示的实例，最多50个",
    selection: "实例",
    selection_hint: "一次操作，为每个实例各创建一个备份。选择多个实例时，不能指定数据库。",
    selected: |count| format!("已选择{}个实例", number(LANGUAGE, count)),
    clear: "清除选择",
    set_aside: "“备份名称”和“数据库”中的内容适用于单个实例，此处不会使用；单击“清除选择”后会恢复。",
    remove: |name| format!("移除{name}"),
    names: "待创建的备份",
    name_unknown: "加载实例后可查看其名称",
    rename: "使用当前时间",
    create: |count| format!("创建{}个备份", number(LANGUAGE, count)),
    queued: |name| format!("“{name}”正在排队，尚未为其发送任何请求。"),
    heading: backups,
    summary,
    all_completed: "所有备份均已完成。",
    try_again: |count, are_refused| {
        let what = if are_refused { "被拒绝的" } else { "没有备份的" };
        format!("重试{what}{}项", number(LANGUAGE, count))
    },
    look_again: |count| format!("重新查找这{}项", number(LANGUAGE, count)),
    look_again_at: |count, endpoint| format!("在{endpoint}查找这{}项", number(LANGUAGE, count)),
    table: "下载CSV格式的回执",
    outcome: "请求结果",
};

fn backups(count: usize) -> String {
    format!("{}个备份", number(LANGUAGE, count))
}

fn summary(summary: &BatchSummary) -> String {
    let counts = [
        (summary.unknown, "结果未知"),
        (summary.failed, "失败或已不存在"),
        (summary.refused, "没有备份"),
        (summary.taken, "名称已被占用"),
        (summary.waiting, "等待中"),
        (summary.underway, "正在请求"),
        (summary.looked_for, "正在查找"),
        (summary.unfollowed, "未跟踪"),
        (summary.running, "进行中"),
        (summary.completed, "已完成"),
    ];
    let counts = counts.into_iter().filter(|(count, _)| *count > 0);
    let counts: Vec<String> = counts.map(|(count, what)| format!("{}个{what}", number(LANGUAGE, count))).collect();
    format!("{}：{}", backups(summary.requested), FACTS.commas(&counts))
}
