//! The same request as a command for a POSIX shell. No command contains the token: it is read from the environment
//! variable [`TOKEN_VARIABLE`], which the OpenStack client uses too.

use crate::backup::CreateBackup;
use crate::json::json_string;
use crate::request::{Request, TOKEN_HEADER};
use crate::rules::databases::Database;

/// The environment variable with the token.
pub const TOKEN_VARIABLE: &str = "OS_TOKEN";

/// The request as a command of curl.
pub fn curl(request: &Request) -> String {
    let mut lines = vec![format!("curl --request {} {}", request.method, quoted(&request.url))];
    // In double quotes, so that the shell inserts the token.
    lines.push(format!("--header \"{TOKEN_HEADER}: ${TOKEN_VARIABLE}\""));
    lines.extend(
        request.headers.iter().map(|(name, value)| format!("--header {}", quoted(&format!("{name}: {value}")))),
    );
    // Not `--data`, which would read a file if the text begins with @.
    lines.extend(request.body.iter().map(|body| format!("--data-raw {}", quoted(body))));
    lines.join(" \\\n  ")
}

/// The request as a command of the OpenStack client with python-otcextensions. `None` if the client can't express the
/// request: it takes databases as one comma-separated list, and knows nothing of backing each up individually.
pub fn openstack(backup: &CreateBackup) -> Option<String> {
    let databases: Vec<&str> = backup.databases.iter().map(Database::name).collect();
    if backup.backup_database_individually || databases.iter().any(|name| name.contains(',')) {
        return None;
    }
    let mut parts = vec!["openstack rds backup create".to_owned()];
    if let Some(description) = &backup.description {
        // The equals sign allows a description that begins with a hyphen.
        parts.push(quoted(&format!("--description={}", description.as_str())));
    }
    if !databases.is_empty() {
        parts.push(quoted(&format!("--databases={}", databases.join(","))));
    }
    parts.extend([quoted(backup.name.as_str()), quoted(backup.instance_id.as_str())]);
    Some(parts.join(" "))
}

/// A command of curl that asks IAM for a token of a project, and prints the header that has it ("Obtaining a User Token").
/// User, password and account come from the environment variables of the OpenStack client; what isn't known is a placeholder.
pub fn issue_token(iam_host: Option<&str>, project_id: Option<&str>) -> String {
    let (host, project) = (iam_host.unwrap_or("iam.<region>.<cloud>"), project_id.unwrap_or("<project ID>"));
    let user = r#"{"name":"$OS_USERNAME","password":"$OS_PASSWORD","domain":{"name":"$OS_USER_DOMAIN_NAME"}}"#;
    // The end of the document isn't quoted, so that the shell inserts the variables.
    [
        "curl --silent --dump-header - --output /dev/null \\\n  --header 'Content-Type: application/json' --data-binary @- \\\n  'https://",
        host,
        "/v3/auth/tokens?nocatalog=true' <<END | grep -i '^x-subject-token'\n",
        r#"{"auth":{"identity":{"methods":["password"],"password":{"user":"#,
        user,
        r#"}},"scope":{"project":{"id":""#,
        project,
        "\"}}}}\nEND",
    ]
    .concat()
}

/// A command of the OpenStack client that prints a token.
pub const ISSUE_TOKEN_BY_OPENSTACK: &str = "openstack token issue -f value -c id";

/// The part of "Creating a DB Instance" that restores a new instance from a backup. The documented alternative, restoring into
/// an instance that exists, overwrites what that has.
pub fn restore_point(instance_id: &str, backup_id: &str) -> String {
    let (instance_id, backup_id) = (json_string(instance_id), json_string(backup_id));
    format!(r#""restore_point": {{"instance_id": {instance_id}, "type": "backup", "backup_id": {backup_id}}}"#)
}

/// The same as a command of the OpenStack client with python-otcextensions (`rds/v3/instance.py`). What it needs besides is a
/// placeholder.
pub fn restore_by_openstack(instance_id: &str, backup_id: &str) -> String {
    [
        "openstack rds instance create --from-instance ",
        &quoted(instance_id),
        " --backup ",
        &quoted(backup_id),
        " \\\n  --datastore-type '<engine>' --datastore-version '<version>' --size '<GB>' --volume-type '<type>' \\\n  \
         --availability-zone '<zone>' '<new name>' '<flavor>'",
    ]
    .concat()
}

/// A word that the shell doesn't interpret.
fn quoted(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'/' | b':' | b'=');
    if !text.is_empty() && text.bytes().all(is_plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use proptest::prelude::*;

    use super::*;
    use crate::call::Call;
    use crate::reach::{cases, holds};
    use crate::rules::{databases, description, endpoint, instance_id, name, project_id};

    fn backup(description: &str, databases: &[&str]) -> CreateBackup {
        CreateBackup {
            instance_id: instance_id::instance_id("d8e6in04").unwrap(),
            name: name::backup_name("before_upgrade").unwrap(),
            description: description::description(description).unwrap(),
            databases: databases::databases(databases.iter().copied()).unwrap(),
            backup_database_individually: false,
        }
    }

    fn request(backup: CreateBackup, endpoint: &str) -> Request {
        let (endpoint, project) = (endpoint::endpoint(endpoint).unwrap(), project_id::project_id("p1").unwrap());
        Request::new(&Call::CreateBackup(backup), &endpoint, &project, "en-us").from_elsewhere("https://backup.example")
    }

    #[test]
    fn curl_takes_the_token_from_the_environment_and_the_rest_from_the_request() {
        let command = curl(&request(backup("", &[]), "rds.example"));
        let expected = r#"curl --request POST https://rds.example/v3/p1/backups \
  --header "X-Auth-Token: $OS_TOKEN" \
  --header 'Content-Type: application/json' \
  --header 'X-Language: en-us' \
  --data-raw '{"instance_id":"d8e6in04","name":"before_upgrade"}'"#;
        assert_eq!(command, expected);
    }

    #[test]
    fn a_token_is_asked_for_with_what_the_environment_has() {
        let command = issue_token(Some("iam.eu-de.otc.t-systems.com"), Some("0483b6b1"));
        // The shell calls this function in place of curl.
        let script = format!("curl() {{ for last; do :; done; echo \"X-Subject-Token: $last $(cat)\"; }}\n{command}");
        let output = Command::new("sh")
            .arg("-c")
            .arg(script)
            .envs([("OS_USERNAME", "jane"), ("OS_PASSWORD", "a $b 'c"), ("OS_USER_DOMAIN_NAME", "OTC-1")])
            .output()
            .unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        let said = said.strip_prefix("X-Subject-Token: ").unwrap();
        let (url, body) = said.split_once(' ').unwrap();
        assert_eq!(url, "https://iam.eu-de.otc.t-systems.com/v3/auth/tokens?nocatalog=true");
        let body: serde_json::Value = serde_json::from_str(body).unwrap();
        assert_eq!(
            body,
            serde_json::json!({"auth": {
                "identity": {"methods": ["password"], "password": {"user": {
                    "name": "jane", "password": "a $b 'c", "domain": {"name": "OTC-1"},
                }}},
                "scope": {"project": {"id": "0483b6b1"}},
            }})
        );
        assert!(issue_token(None, None).contains("https://iam.<region>.<cloud>/v3"));
    }

    #[test]
    fn a_path_becomes_an_address_of_the_page() {
        let command = curl(&request(backup("", &[]), "/api/eu-de"));
        assert!(command.contains(" https://backup.example/api/eu-de/v3/p1/backups "), "{command}");
    }

    #[test]
    fn the_openstack_client_gets_name_and_instance_last_and_databases_in_one_list() {
        let command = openstack(&backup("before the upgrade", &["db1", "db 2"]));
        let expected = "openstack rds backup create '--description=before the upgrade' '--databases=db1,db 2' before_upgrade d8e6in04";
        assert_eq!(command.as_deref(), Some(expected));
        assert_eq!(openstack(&backup("", &["a,b"])), None);
        let individually = CreateBackup { backup_database_individually: true, ..backup("", &["db1"]) };
        assert_eq!(openstack(&individually), None);
        assert!(curl(&request(individually, "rds.example")).contains(r#""backup_database_individually":true}'"#));
    }

    #[test]
    fn a_command_gives_a_shell_the_body_to_the_letter() {
        let request = request(backup("50 % of $HOME `id` \\ -d @file #1", &["it's", "*", "~", "\"q\""]), "rds.example");
        // The shell calls this function in place of curl.
        let script = format!("curl() {{ for last; do :; done; printf %s \"$last\"; }}\n{}", curl(&request));
        let output = Command::new("sh").arg("-c").arg(script).output().unwrap();
        assert_eq!(String::from_utf8(output.stdout).unwrap(), request.body.unwrap());
    }

    #[test]
    fn a_shell_reads_a_quoted_word_as_it_was() {
        let word = prop_oneof![
            "\\PC{1,30}",
            "[a-z$`\"\\\\ ;|<>()*?~#!-]{1,12}",
            "[a-z]{0,5}'[a-z $']{0,5}",
            "[a-z0-9._/:=-]{1,12}",
        ];
        let floors = [("is quoted", 20), ("has a quotation mark", 4), ("stays as it is", 4)];
        holds(64, &word, &floors, |word| {
            let quoted = quoted(&word);
            let output = Command::new("sh").arg("-c").arg(format!("printf %s {quoted}")).output().unwrap();
            assert_eq!(String::from_utf8(output.stdout).unwrap(), word);
            cases([
                ("is quoted", quoted != word),
                ("has a quotation mark", word.contains('\'')),
                ("stays as it is", quoted == word),
            ])
        });
    }
}
