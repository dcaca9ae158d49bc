//! Simplified Chinese: what each error means, and what to do about it.

use contract::codes::ErrorKind;

use crate::text::later::Advice;

#[allow(clippy::too_many_lines, reason = "a line or two for each meaning")]
pub(super) fn error_kind(error_kind: ErrorKind) -> Advice {
    let (heading, detail) = match error_kind {
        ErrorKind::ParameterRefused => (
            "API拒绝了请求",
            "API认为请求中有错误；其返回的消息中可能有说明。请将ID和名称与您的云的控制台中的内容进行比较。",
        ),
        ErrorKind::InstanceIdRefused => ("API不接受该实例ID", "请从您的云的控制台中的实例页面复制ID。"),
        ErrorKind::NameRefused => {
            ("API不接受该备份名称", "请修改名称：4～64个字母、数字、连字符和下划线，以字母开头。")
        }
        ErrorKind::DescriptionRefused => ("API不接受该描述", "请缩短描述，或删除不常见的字符。"),
        ErrorKind::DatabaseUnknown => ("数据库不存在", "实例中没有其中某个名称的数据库。请检查拼写，包括大小写。"),
        ErrorKind::NameTaken => (
            "已存在同名备份",
            "如果您曾使用过该名称，请选择其他名称。如果没有，则它就是您刚刚请求的备份：连接在响应到达之前断开时，浏览器会再次发送请求。",
        ),
        ErrorKind::BackupRunning => {
            ("该实例正在进行另一个备份", "API对同一实例一次只创建一个备份。请在该备份完成后重试。")
        }
        ErrorKind::InstanceBusy => ("实例忙", "实例上正在执行其他操作。请在操作结束后重试。"),
        ErrorKind::InstanceStatus => ("实例在当前状态下不能备份", "请等待实例状态变为可用，然后重试。"),
        ErrorKind::StorageFull => ("实例的存储空间已满", "请释放或扩容存储空间，然后重试。"),
        ErrorKind::Frozen => ("实例或账号已被冻结", "请处理冻结的原因，通常是账号余额，然后重试。"),
        ErrorKind::InstanceUnknown => ("实例不存在", "请检查实例ID，以及该实例是否属于此项目和区域。"),
        ErrorKind::NotAllowed => (
            "该Token无权执行此操作",
            "Token可能属于其他项目，或其用户缺少rds:backup:create权限。过期的Token也可能以这种方式被拒绝。",
        ),
        ErrorKind::RefusedOnTheWay => (
            "请求被拒绝，看来是在到达API之前",
            "响应不是API错误的格式：通常由途中的网关或代理（例如防火墙）发出。响应原文中可能会说明是谁发出的。请检查终端节点、其路径和VPN。",
        ),
        ErrorKind::LoginRefusedOnTheWay => (
            "登录被拒绝，看来是在到达API之前",
            "响应不是API错误的格式：途中的网关或代理拒绝了Token，或要求单独登录。请输入新的Token；如果仍被拒绝，请检查终端节点、其路径和VPN。",
        ),
        ErrorKind::WebServerLogin => (
            "本页面所在的Web服务器代替API作出了响应",
            "您与该服务器的会话似乎已结束：请在其他标签页中或通过重新加载本页面重新登录；重新加载后需要重新输入Token。如果您已登录，则原因可能在于Token：请输入新的Token。",
        ),
        ErrorKind::TokenRejected => (
            "API拒绝了Token",
            "Token已过期（有效期为24小时）、不完整，或属于其他区域；也可能是其账号已欠费或被冻结。请获取并输入新的Token；其他内容保持不变。",
        ),
        ErrorKind::EngineUnsupported => ("该数据库引擎不支持这种备份方式", "对于该引擎或版本，API不支持手动备份。"),
        ErrorKind::OperationUnsupported => ("该实例不支持手动备份", "它可能是只读实例：请改为备份其主实例。"),
        ErrorKind::QuotaUsedUp => ("配额已用尽", "请删除不再需要的手动备份，或申请更大的配额。"),
        ErrorKind::BackupUnknown => ("备份不存在", "备份可能在此期间已被删除。"),
        ErrorKind::NotFound => {
            ("未找到", "请求中提到的某项内容不存在：实例、项目或API本身。请检查实例ID、项目ID和终端节点。")
        }
        ErrorKind::Conflict => {
            ("请求与其他内容冲突", "API返回的消息中可能说明了与什么冲突：通常是实例上的其他操作。请等待其结束后重试。")
        }
        ErrorKind::ApiUnknown => {
            ("终端节点不支持此调用", "请检查终端节点：必须是项目所在区域的RDS终端节点。如果使用代理，请检查其路径。")
        }
        ErrorKind::HeadersTooLarge => (
            "Token对途中的代理来说过长",
            "代理或网关不接受这样长的请求头，而其中只有Token较长。代理的管理者可以放宽限制：除非large_client_header_buffers另有规定，nginx只接受8 KB；本页面附带的配置已作此规定。",
        ),
        ErrorKind::Throttled => ("请求过多", "API暂时不再接受请求。请等待一分钟后重试。"),
        ErrorKind::ProjectUnavailable => {
            ("该项目在此处不可用", "请检查项目ID，以及该项目和您的用户在此区域是否处于启用状态。")
        }
        ErrorKind::GatewayTrouble => ("网关后的服务未及时响应", "网关或代理已转发或尝试转发请求，但没有收到响应。"),
        ErrorKind::ServerFault => ("服务发生故障", "故障在云服务一侧。如果持续出现，请将请求ID提供给其技术支持。"),
        ErrorKind::AnswerUnclear => (
            "响应与API文档不符",
            "响应的状态表示请求成功，但响应体中没有描述任何备份。如果终端节点是代理，请检查它是否指向RDS API。",
        ),
        ErrorKind::Unknown => ("API文档中没有的响应", "请检查终端节点是否为RDS API。"),
    };
    Advice { heading, detail }
}
