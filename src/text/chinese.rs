//! Simplified Chinese, in the words of Huawei Cloud's own console and documents: formal address (您); no space between Chinese
//! and other characters; punctuation of full width.

pub(super) mod later;

use contract::rules::instance_id::Resource;
use contract::rules::{Field, InvalidCharacters, Violation, description, name};

#[cfg(test)]
use super::claims::ClaimWords;
use super::intl::number;
use super::sentences::{PageText, Text};
#[cfg(test)]
use super::start::StartText;
use super::words::{CharacterNames, Punctuation, Units, character};
use console_core::{Language, Theme};

const LANGUAGE: Language = Language::SimplifiedChinese;

/// The language's name in that language.
pub(super) const NAME: &str = "简体中文";

#[cfg(test)]
pub(super) const CLAIM_WORDS: ClaimWords = ClaimWords {
    scolding: &["抱歉", "对不起", "遗憾", "非法", "违规", "无效", "禁止"],
    answer: "响应",
    duplicated: "标签页被复制",
    refused_by_api: &["token", "api拒绝"],
    nothing_created: &["未创建"],
    calls_own_server: "页面只调用自身的服务器和allowed_hosts中正确列出的主机",
};

#[cfg(test)]
pub(super) const START: StartText = StartText {
    loading: "正在加载控制台…",
    late: "加载时间异常长。请重新加载页面；如果仍无改善，则可能有某些设置阻止了页面脚本运行。",
    no_webassembly: "该浏览器不支持WebAssembly，或WebAssembly已被关闭。请使用较新的浏览器，或开启WebAssembly，然后重新加载页面。",
    not_started: "控制台无法启动。请重新加载页面。如果仍无法启动，则可能是Web服务器没有提供全部文件，或没有以正确的类型提供（application/wasm）。浏览器给出的信息：",
    no_javascript: "该页面需要JavaScript和WebAssembly。请开启两者，然后重新加载页面。",
    module_not_loaded: "无法加载备份控制台。",
};

const PUNCTUATION: Punctuation = Punctuation { colon: "：", comma: "、", stop: "。", note: ["（", "）"] };
/// Behind the numbers of a duration.
const UNITS: Units = Units { second: "秒", minute: "分钟", hour: "小时" };
/// Between facts, which are no list.
const FACTS: Punctuation = Punctuation { comma: "，", ..PUNCTUATION };
/// Before the last one of a list.
const AND: &str = "和";
/// Before the last one of several possibilities.
const OR: &str = "或";

pub(super) static TEXT: Text = Text {
    punctuation: PUNCTUATION,
    title: "RDS备份控制台",
    subtitle: "为云数据库实例创建手动备份",
    language: "语言",
    connection: "连接",
    backup: "备份",
    databases: "数据库",
    databases_hint: "可选，仅适用于Microsoft SQL Server：指定要局部备份的数据库。不填写时备份整个实例。",
    label,
    hint,
    error: "错误：",
    warning_prefix: "提示：",
    violation,
    token_summary,
    show_token: "显示Token",
    hide_token: "隐藏Token",
    forget_token: "清除Token",
    url_was_split: "已从您输入的地址中提取终端节点和项目ID。",
    use_token_at: |endpoint| format!("将Token用于{endpoint}"),
    token_has_lapsed: "由于页面有一段时间未使用，或您离开了页面，Token已被清除。如需继续，请重新粘贴Token；其他内容均已保留。",
    characters_left,
    joined_characters: "此处有些字符由多个字符组成，例如带有独立重音符的字母或组合的表情符号。API会分别计算每个组成部分。",
    engine: "数据库引擎",
    engine_from_id: |hint| match hint {
        Some(engine) => format!("根据实例ID推断：{engine}"),
        None => "未指定".to_owned(),
    },
    add_database: "添加数据库",
    remove_database: |number| format!("移除数据库{number}"),
    create_backup: "创建备份",
    cancel: "取消",
    copy: "复制",
    activity: "操作记录",
    nothing_yet: "API的响应将显示在此处。",
    not_sent: "未发送任何请求",
    not_sent_detail: |count| match count {
        0 => "您上次提交时有字段填写有误。现在所有字段均已正确：准备好后请重新提交。".to_owned(),
        _ => format!("请先修改{}个字段。", number(LANGUAGE, count)),
    },
    page: PageText {
        skip: "跳转到备份",
        theme: "颜色",
        theme_name: |theme| match theme {
            Theme::System => "跟随系统",
            Theme::Light => "浅色",
            Theme::Dark => "深色",
        },
        summary: "存在问题：未发送任何请求",
        clear_form: "清空表单",
        copy_form_link: "复制此表单的链接",
        show_request: "显示请求",
        hide_request: "隐藏请求",
        notices: "提示",
        link_had_token: "该链接中含有Token，页面已将其丢弃：链接会留在历史记录和日志中。请将Token粘贴到对应的字段中，并吊销链接中的Token。",
        language_missing: "无法加载该语言的文本。请检查网络连接，然后重新选择该语言。",
        dismiss: "关闭",
        restore: "恢复内容",
        load_instances: "加载实例",
        suggest_name: "推荐名称",
        show_backups: "显示备份",
        part_underway: "正在加载本页面中与API通信的部分…",
        part_missing: "无法加载本页面的一部分",
        part_missing_detail: "本次操作未发送任何请求。请检查网络连接，然后重新单击按钮。如果仍无法加载，则可能是服务器上的页面已更新：请重新加载页面。届时除Token外，已输入的内容均会保留。",
        restoring: "正在加载用于显示先前的请求或链接所指备份的部分…",
        not_restored: "无法显示先前的请求或链接所指的备份",
        not_restored_detail: "无法加载本页面的一部分。已发送的请求不依赖于本页面。请检查网络连接，然后重新加载页面。",
    },
    broken: "页面因自身故障已停止运行。请重新加载页面以继续，并检查届时表单中的内容：Token不会保留，其余内容可能会保留。已请求的备份不受影响：请在实例的备份列表中查找。",
};

const NAMES: CharacterNames = CharacterNames {
    space: "空格",
    no_break_space: "不间断空格",
    tab: "制表符",
    line_break: "换行符",
    invisible: "不可见字符",
    open: "“",
    close: "”",
};

fn label(field: Field) -> String {
    match field {
        Field::Endpoint => "终端节点".to_owned(),
        Field::ProjectId => "项目ID".to_owned(),
        Field::Token => "Token".to_owned(),
        Field::InstanceId => "实例ID".to_owned(),
        Field::Name => "备份名称".to_owned(),
        Field::NamePattern => "名称模板".to_owned(),
        Field::Description => "描述".to_owned(),
        Field::Databases => "数据库".to_owned(),
        Field::Database(index) => format!("数据库{}", index + 1),
    }
}

fn hint(field: Field) -> &'static str {
    match field {
        Field::Endpoint => "主机名、https地址或代理路径，例如/api",
        Field::ProjectId => "32位字母和数字，可在“我的凭证”中获取",
        Field::Token => "IAM返回的X-Subject-Token，仅保存在本页面的内存中。",
        Field::InstanceId => "主实例的ID：只读实例不能备份。",
        Field::Name => "4～64个字符：字母A～Z、a～z、数字、-和_。以字母开头；名称必须唯一。",
        Field::NamePattern => "适用于所有备份：{instance}，以及开始选择时的{date}和{time}（UTC）。",
        Field::Description => "可选。单行文本，不能包含> ! < \" & ' =",
        Field::Databases | Field::Database(_) => "",
    }
}

fn each(invalid_characters: &InvalidCharacters) -> String {
    let names: Vec<_> = invalid_characters.first.iter().map(|offender| character(offender.character, &NAMES)).collect();
    PUNCTUATION.list(&names, AND)
}

fn each_with_place(invalid_characters: &InvalidCharacters) -> String {
    let mut names: Vec<_> = invalid_characters
        .first
        .iter()
        .map(|offender| format!("{}（第{}个字符）", character(offender.character, &NAMES), offender.position))
        .collect();
    let others = invalid_characters.total.saturating_sub(names.len());
    if others > 0 {
        names.push(format!("另外{others}个字符"));
    }
    PUNCTUATION.list(&names, AND)
}

fn violation(violation: &Violation) -> String {
    match violation {
        Violation::Missing(Field::Endpoint) => "输入终端节点：RDS API的主机名，例如rds.eu-de.otc.t-systems.com".to_owned(),
        Violation::Missing(Field::ProjectId) => "输入项目ID".to_owned(),
        Violation::Missing(Field::Token) => "输入Token".to_owned(),
        Violation::Missing(Field::InstanceId) => "输入实例ID".to_owned(),
        Violation::Missing(Field::Name | Field::Description | Field::Databases | Field::Database(_)) => "输入备份名称".to_owned(),
        Violation::EndpointNotAHost(invalid_characters) if invalid_characters.total > 0 => {
            format!("终端节点必须是主机名、https地址或路径。请删除{}", each(invalid_characters))
        }
        Violation::EndpointNotAHost(_) => {
            "终端节点必须是主机名、https地址或路径，例如rds.eu-de.otc.t-systems.com或/api".to_owned()
        }
        Violation::EndpointInsecure => {
            "终端节点必须以https://开头，以免Token在传输途中被他人读取。http://仅可用于本机：http://localhost或http://127.0.0.1".to_owned()
        }
        Violation::EndpointChanged { given, now } => format!(
            "Token是为{given}提供的。请确认要将其发送到{now}，或重新输入Token，或改回原来的终端节点"
        ),
        // The later part words this: see `later`.
        Violation::Missing(Field::NamePattern) | Violation::EndpointUncallable(_) | Violation::Token(_) | Violation::DatabasesUnsupported { .. } | Violation::IndividuallyUnsupported | Violation::ReadReplica { .. } | Violation::PatternPlaceholder(_) | Violation::NamesAlike(_) | Violation::TooManyInstances { .. } | Violation::InstanceUnlisted(_) | Violation::ReplicaSelected(_) => String::new(),
        Violation::EndpointScheme(scheme) => format!("终端节点必须以https://开头，而不是{scheme}://"),
        Violation::EndpointUserInfo => "从终端节点中删除@之前的内容".to_owned(),
        Violation::EndpointQuery => "从终端节点中删除?或#及其后的内容".to_owned(),
        Violation::EndpointPath(path) => {
            format!("从终端节点中删除{path}：页面会自行添加API的路径")
        }
        Violation::EndpointNotAPath => {
            "作为终端节点的路径必须以一个斜杠开头，且各级目录之间只用一个斜杠，例如/api".to_owned()
        }
        Violation::EndpointPort(port) if port.is_empty() => "在终端节点的冒号后输入端口，或删除冒号".to_owned(),
        Violation::EndpointPort(port) => format!("终端节点的端口必须是1～65535之间的数字，而不是{port}"),
        Violation::ProjectIdCharacters(invalid_characters) => {
            format!("项目ID只能包含字母A～Z、a～z和数字。请删除{}", each_with_place(invalid_characters))
        }
        Violation::NotAnInstance(resource) => not_an_instance(*resource).to_owned(),
        Violation::NameTooShort { found } => format!("备份名称至少需要{}个字符，当前为{found}个", name::MIN_NAME_LENGTH),
        Violation::NameTooLong { found } => format!("备份名称最多{}个字符，当前为{found}个", name::MAX_NAME_LENGTH),
        Violation::NameStart(first) => format!("备份名称必须以字母A～Z或a～z开头，而不是{}", character(*first, &NAMES)),
        Violation::NameCharacters(invalid_characters) => {
            format!("备份名称只能包含字母A～Z、a～z、数字、-和_。请替换{}", each_with_place(invalid_characters))
        }
        Violation::DescriptionTooLong { found } => {
            format!("描述最多{}个字符，当前为{found}个", description::MAX_DESCRIPTION_LENGTH)
        }
        Violation::DescriptionCharacters(invalid_characters) => format!("描述不能包含{}", each(invalid_characters)),
        Violation::DescriptionLineBreak => "描述必须是单行文本。请删除换行符".to_owned(),
        Violation::DatabaseBlank => "输入数据库名称，或移除此条目".to_owned(),
        Violation::DatabaseRepeated { earlier } => format!("数据库{}已使用此名称。请更改名称或移除此条目", earlier + 1),
    }
}

fn not_an_instance(resource: Resource) -> &'static str {
    match resource {
        Resource::Node => "这是节点的ID。请输入该节点所属实例的ID，其以in01、in03或in04结尾",
        Resource::Backup => "这是备份的ID。请输入实例的ID，其以in01、in03或in04结尾",
        Resource::ParameterGroup => "这是参数模板的ID。请输入实例的ID，其以in01、in03或in04结尾",
    }
}

fn token_summary(length: usize, end: Option<&str>) -> String {
    match end {
        Some(end) => format!("{}个字符，以{end}结尾", number(LANGUAGE, length)),
        None => format!("{}个字符", number(LANGUAGE, length)),
    }
}

fn characters_left(left: isize) -> String {
    let count = number(LANGUAGE, left.unsigned_abs());
    if left < 0 { format!("已超出{count}个字符") } else { format!("还可输入{count}个字符") }
}
