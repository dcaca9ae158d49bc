//! Simplified Chinese: what an instance has in backups, and how far a new one can be relied on.

use super::super::{LANGUAGE, NAMES, PUNCTUATION, UNITS};
use crate::text::intl::number;
use crate::text::later::RelyText;

pub(super) const TEXT: RelyText = RelyText {
    backup: |name, kind| PUNCTUATION.with_note(&[NAMES.open, name, NAMES.close].concat(), kind),
    last_full: |name, when, seconds, size| {
        let size = size.map(|size| format!("，{size}")).unwrap_or_default();
        format!("最近一次全量备份：{name}，{when}（{}）{size}。", ago(seconds))
    },
    no_full: "实例的列表中没有已完成的全量备份。",
    as_of: |time| format!("此为列表在{time}的内容。"),
    looking: "正在查找最近一次全量备份…",
    cant_tell: "无法确定是否有全量备份：未能完整读取备份列表。",
    manual: |count, size, oldest| {
        let size = size.map(|size| format!("，{size}")).unwrap_or_default();
        let oldest = oldest.map(|oldest| format!("；最早的备份时间为{oldest}")).unwrap_or_default();
        format!(
            "{}个已完成的手动备份{size}{oldest}。手动备份会一直保留，直到您将其删除，即使实例已被删除。",
            number(LANGUAGE, count)
        )
    },
    mysql: "MySQL：在备份状态变为COMPLETED之前，请勿变更表结构（DDL）。",
    longer: |usual| format!("此次用时比平常长：该实例最近的备份最长用时{}。目前还不能使用。", UNITS.duration(usual)),
    task: |reason| format!("API的任务列表显示：{reason}"),
    compared: |name, took, size| {
        let facts: Vec<&str> = [took, size].into_iter().flatten().collect();
        format!("作为对比，先前的一个全量备份{name}：{}。", facts.join("，"))
    },
    is_empty: "API返回的大小为0。在依赖该备份之前，请先查明原因。",
    is_small: "该备份不到其大小的一半。在依赖该备份之前，请先查明原因。",
    restore: "如何从该备份恢复",
    restore_detail: "只有通过恢复才能证明备份有效。将以下内容加入创建数据库实例的请求（Creating a DB Instance），连同新实例所需的其他参数，即可从该备份恢复到新实例：",
    restore_command: "或使用以下OpenStack客户端命令；请替换尖括号中的内容：",
    previous_full: "先前的全量备份",
    audit_event: "审计事件（CTS）",
    restore_point: "用于恢复",
};

/// How long something is past.
fn ago(seconds: i64) -> String {
    match seconds / (24 * 60 * 60) {
        days @ 2.. => format!("{days}天前"),
        _ => format!("{}前", UNITS.duration(seconds)),
    }
}
