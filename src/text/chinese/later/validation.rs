//! Simplified Chinese: the violations that the later part detects, and errors in the settings.

use contract::instance::{Engine, MAX_INSTANCES};
use contract::rules::token::{MAX_TOKEN_BYTES, Removed};
use contract::rules::{Field, TokenFault, Uncallable, Violation, Warning, project_id};

use super::token;
use crate::text::chinese::{AND, LANGUAGE, NAMES, OR, PUNCTUATION, TEXT, each_with_place};
use crate::text::intl::{decimal, number};
use crate::text::time::local_hour;
use console_core::{Notice, OptionFault, Problem, SettingsSource};

pub(super) fn violation(violation: &Violation) -> String {
    match violation {
        Violation::EndpointUncallable(why) => uncallable(why),
        Violation::Token(fault) => token_fault(fault),
        Violation::DatabasesUnsupported { engine, supported } => databases_unsupported(*engine, supported),
        Violation::IndividuallyUnsupported => INDIVIDUALLY_UNSUPPORTED.to_owned(),
        Violation::ReadReplica { primary: Some(primary) } => format!("该实例是只读实例。请输入其主实例{primary}"),
        Violation::ReadReplica { primary: None } => "该实例是只读实例。请输入其主实例".to_owned(),
        Violation::Missing(Field::NamePattern) => "输入名称模板".to_owned(),
        Violation::PatternPlaceholder(word) => {
            format!("名称模板支持{{instance}}、{{date}}和{{time}}。请替换{{{word}}}")
        }
        Violation::NamesAlike(name) => {
            format!("每个备份都需要有自己的名称，而有多个备份会被命名为{name}。请在名称模板中加入{{instance}}")
        }
        Violation::TooManyInstances { found } => {
            format!("最多选择{MAX_INSTANCES}个实例。当前已选择{}个", number(LANGUAGE, *found))
        }
        Violation::InstanceUnlisted(id) => format!("请加载实例，或移除该实例：其名称未知，{id}"),
        Violation::ReplicaSelected(name) => format!("{name}是只读实例，不能备份。请将其移除，并选择其主实例"),
        Violation::Missing(_)
        | Violation::EndpointNotAHost(_)
        | Violation::EndpointInsecure
        | Violation::EndpointScheme(_)
        | Violation::EndpointUserInfo
        | Violation::EndpointQuery
        | Violation::EndpointPath(_)
        | Violation::EndpointNotAPath
        | Violation::EndpointPort(_)
        | Violation::EndpointChanged { .. }
        | Violation::ProjectIdCharacters(_)
        | Violation::NotAnInstance(_)
        | Violation::NameTooShort { .. }
        | Violation::NameTooLong { .. }
        | Violation::NameStart(_)
        | Violation::NameCharacters(_)
        | Violation::DescriptionTooLong { .. }
        | Violation::DescriptionCharacters(_)
        | Violation::DescriptionLineBreak
        | Violation::DatabaseBlank
        | Violation::DatabaseRepeated { .. } => (TEXT.violation)(violation),
    }
}

fn uncallable(why: &Uncallable) -> String {
    match why {
        Uncallable::NotAllowed { allowed } => {
            format!("更改终端节点：本页面的管理者仅允许调用以下主机：{allowed}")
        }
        Uncallable::NoneAllowed => {
            "输入本页面自身服务器上的路径，例如/api：无法读取管理者允许调用哪些主机，因此在设置项allowed_hosts修正之前，不会调用其他主机".to_owned()
        }
        Uncallable::NotRds { meant } => {
            format!("将终端节点改为RDS API的主机{meant}：当前主机属于其他服务或某个客户，Token会被发送到那里")
        }
        Uncallable::OutsidePolicy { endpoint, named } => {
            let named = if named.is_empty() { "自身的服务器" } else { named };
            format!("更改终端节点，或输入路径，例如/api：本页面不能调用{endpoint}。其Content-Security-Policy（connect-src）仅列出{named}；页面的托管者可以添加其他主机（docs/hosting.md）")
        }
    }
}

fn token_fault(fault: &TokenFault) -> String {
    match fault {
        TokenFault::Characters(invalid_characters) => {
            format!("Token只能包含HTTP请求头中允许的字符。请删除{}", each_with_place(invalid_characters))
        }
        TokenFault::NotFound => "粘贴IAM返回的X-Subject-Token。此处的内容是不含它的响应".to_owned(),
        TokenFault::InAnotherField => {
            "从此字段中删除Token：只有Token字段能避免其出现在地址、记录和复制的命令中".to_owned()
        }
        TokenFault::TooLong { found } => {
            format!(
                "Token不能超过{} KB，即API在请求头中可接受的最大长度。当前为{} KB",
                MAX_TOKEN_BYTES / 1024,
                found.div_ceil(1024)
            )
        }
        TokenFault::Cut { found, stated } => {
            format!(
                "粘贴完整的Token：此处只有{}个字符，共应有{}个，其余部分已被截断",
                number(LANGUAGE, *found),
                number(LANGUAGE, *stated)
            )
        }
        TokenFault::Extended { found, stated } => {
            format!(
                "仅保留Token：它在{}个字符之后结束，其后还有{}个字符",
                number(LANGUAGE, *stated),
                number(LANGUAGE, found - stated)
            )
        }
        TokenFault::AccessKey => "粘贴IAM返回的Token（X-Subject-Token）。此处是访问密钥，只能用于对请求签名".to_owned(),
        TokenFault::SecurityToken => {
            "粘贴IAM返回的Token（X-Subject-Token）。此处是临时访问密钥的SecurityToken，只能用于对请求签名".to_owned()
        }
    }
}

fn names(engines: &[Engine], last: &str) -> String {
    PUNCTUATION.list(&engines.iter().map(|engine| engine.name().to_owned()).collect::<Vec<_>>(), last)
}

fn databases_unsupported(engine: Engine, supported: &[Engine]) -> String {
    format!(
        "移除数据库，或更正有关实例的内容：仅{}支持局部备份，而此处指定的是{}实例",
        names(supported, AND),
        engine.name()
    )
}

const INDIVIDUALLY_UNSUPPORTED: &str = "取消勾选“逐个备份每个数据库”，或更改终端节点：据本页面所知，其API不支持该功能";

pub(super) fn warning(warning: &Warning) -> String {
    match warning {
        Warning::RegionUnknown => "本页面不认识该终端节点的区域。请检查拼写：Token会被发送到那里".to_owned(),
        Warning::ProjectIdLength { found } => {
            format!("项目ID通常为{}个字符，当前为{found}个", project_id::USUAL_LENGTH)
        }
        Warning::TokenLength { found } => {
            format!("Token通常为1～10 KB，当前为{}个字符；请检查是否完整", number(LANGUAGE, *found))
        }
        Warning::TokenUnpadded => "Token末尾缺少=。请检查是否完整".to_owned(),
        Warning::Token(problem) => token::warning(problem),
        Warning::TokenIssuedLater { at } => token::issued_later(*at),
        Warning::TokenEndsTooSoon { at, usual } => token::ends_too_soon(*at, *usual),
        Warning::TokenStart => "Token通常以MII开头。请检查这是否是Token，以及是否完整".to_owned(),
        Warning::InBackupWindow { instance, until } => {
            let instance = instance.as_deref().unwrap_or("该实例");
            format!(
                "当前处于{instance}的自动备份时间段，至{}结束。在此之前，其他备份可能会被拒绝",
                local_hour(*until, LANGUAGE)
            )
        }
        Warning::InstanceIdForm => "RDS的实例ID通常为32位字母和数字，后接in01、in03或in04".to_owned(),
        Warning::InstanceOfAnotherService => "这看起来是其他数据库服务的实例ID，而不是RDS的".to_owned(),
        Warning::NameListed { id, begin_time } => {
            format!("实例的列表中有同名备份{id}，开始时间为{begin_time}。页面在发送之前会再次检查")
        }
        Warning::EngineUnknown { supported } => {
            format!("无法从实例ID得知数据库引擎。局部备份需要{}", names(supported, OR))
        }
    }
}

pub(super) fn removed(removed: &[Removed]) -> String {
    let names: Vec<_> = removed
        .iter()
        .map(|what| match what {
            Removed::HeaderName(header) => [NAMES.open, header, ":", NAMES.close].concat(),
            Removed::OtherLines => "请求头前后的内容".to_owned(),
            Removed::LineBreaks => "换行符".to_owned(),
            Removed::Spaces => "空白字符".to_owned(),
            Removed::SpacesForPlus => "代替+的空格".to_owned(),
            Removed::Quotes => "引号".to_owned(),
            Removed::Invisible => "不可见字符".to_owned(),
        })
        .collect();
    format!("已从您输入的内容中删除：{}。", PUNCTUATION.list(&names, AND))
}

/// What fields are called.
fn labels(fields: &[Field]) -> Vec<String> {
    fields.iter().map(|field| (TEXT.label)(*field)).collect()
}

pub(super) fn notice(notice: &Notice) -> String {
    match notice {
        Notice::LanguageMissing(_) => TEXT.page.language_missing.to_owned(),
        Notice::LinkFilled => "表单内容来自一个链接。发送前请检查：未经您操作，不会发送任何请求。".to_owned(),
        Notice::FilledFromToken(fields) => format!("已根据Token填写：{}。", PUNCTUATION.commas(&labels(fields))),
        Notice::FormFilled => "已按您的操作填写表单。".to_owned(),
        Notice::WatchIncomplete => "该链接用于跟踪备份，但没有说明是哪个备份或位于何处：缺少备份、终端节点或项目ID，或其中某项有误。请重新索取链接。".to_owned(),
        Notice::DraftRestored => "页面被重新打开或其标签页被复制之前表单中的内容已恢复，Token除外。".to_owned(),
        Notice::LinkHadToken => TEXT.page.link_had_token.to_owned(),
        Notice::LinkUnknown(names) => format!("该链接中有本页面不认识的部分：{}。请检查是否缺少内容。", PUNCTUATION.commas(names)),
        Notice::Cleared => "表单已清空，Token已清除。".to_owned(),
        Notice::LinkMissed => "在一项操作等待期间打开了链接，链接未被采用。请重新打开该链接。".to_owned(),
        Notice::PressedBeforeFilled => "您的操作尚未执行，未发送任何请求：Token在此操作之后才填写了一些字段。请检查这些字段，然后重新操作。".to_owned(),
        Notice::AlreadyRequested => "未发送任何请求：这些备份已请求过。如需另外的备份，请单击“使用当前时间”。".to_owned(),
        Notice::PressLapsed => "您的操作未执行，也未为其发送任何请求：间隔时间过长，或者您已离开或更改了页面。如果仍然需要，请重新操作。".to_owned(),
        Notice::NotCallable => "未发送任何请求：本页面不能调用该卡片的终端节点。页面的设置或策略中列出了它可以调用的主机。".to_owned(),
        Notice::TokenNotSupplied => "嵌入此表单的页面没有提供Token。请输入Token，然后重试。".to_owned(),
        Notice::Option(fault, source) => option_fault(fault, *source),
    }
}

fn option_fault(fault: &OptionFault, source: SettingsSource) -> String {
    let problem = problem(&fault.problem);
    let what = match (&*fault.key, source) {
        ("", SettingsSource::ConfigFile) => {
            format!("无法使用本页面的设置（config.json）：{problem}。页面将使用默认设置。")
        }
        (key, SettingsSource::ConfigFile) => format!("本页面的设置“{key}”（config.json）未被使用：{problem}。"),
        ("", SettingsSource::HostPage) => {
            format!("无法使用嵌入本控制台的页面所设置的选项：{problem}。控制台将使用默认设置。")
        }
        (key, SettingsSource::HostPage) => {
            format!("嵌入本控制台的页面所设置的选项“{key}”未被使用：{problem}。")
        }
    };
    let limit = if fault.concerns_calls() {
        "在修正之前，页面只调用自身的服务器和allowed_hosts中正确列出的主机，不调用其他主机。"
    } else {
        ""
    };
    what + limit
}

fn problem(problem: &Problem) -> String {
    match problem {
        Problem::NotLoaded => "未能加载；请重新加载页面".to_owned(),
        Problem::Unreadable => "不是JSON".to_owned(),
        Problem::NoObject => "必须是JSON对象".to_owned(),
        Problem::Unknown => "没有该名称的设置".to_owned(),
        Problem::NoText => "必须是文本".to_owned(),
        Problem::NoList => "必须是列表".to_owned(),
        Problem::NoNumber(least, most) => {
            let [least, most] = [least, most].map(|bound| decimal(LANGUAGE, *bound));
            format!("必须是{least}～{most}之间的数字")
        }
        Problem::NotOneOf(words) => format!("必须是以下值之一：{words}"),
        Problem::NoEndpoint => "必须是主机名、https地址或路径".to_owned(),
        Problem::NoProjectId => "只能包含字母和数字".to_owned(),
        Problem::NoHost => "必须是主机名，不含协议、端口和路径，例如rds.eu-de.otc.t-systems.com".to_owned(),
        Problem::HostPattern => {
            "不能代表多个主机，因为云的客户可以获得其域名下的主机。请逐个列出主机，例如rds.eu-de.otc.t-systems.com"
                .to_owned()
        }
        Problem::Empty => "没有任何条目。请列出主机，或删除该设置以允许页面策略中列出的所有主机".to_owned(),
        Problem::TooMany(most) => format!("只有前{most}个条目有效"),
        Problem::NoOwnFile => "必须是与页面位于同处的文件的地址".to_owned(),
    }
}
