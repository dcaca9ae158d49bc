//! The lists of endpoints of the proxies in `deploy/`: written from the table of regions, so that each host is defined in
//! one place. Operators comment lines out, and add their own.

use contract::regions;

/// nginx's list.
pub const NGINX: &str = "deploy/nginx/rds-backup-console/endpoints.conf";
/// Caddy's list.
pub const CADDY: &str = "deploy/caddy/rds-backup-console/endpoints.conf";

/// What is said above both lists.
const ABOUT: &str = "\
# The endpoints that the proxy knows, one a line: its name, and its host. Users type /api/NAME as the endpoint; no other host can
# be reached. Comment out what nobody here needs. An endpoint elsewhere, as of a private cloud, is one more line with its complete
# host, and `:PORT` unless that is 443.
";

/// nginx's list with every region.
pub fn nginx() -> String {
    let lines = lines(|name, host| format!("    {name} {host};\n"), "    ");
    format!(
        "{ABOUT}map $console_name $console_upstream {{\n    default \"\";\n    # internal rds.example.com:8443;\n{lines}}}\n"
    )
}

/// Caddy's list with every region.
pub fn caddy() -> String {
    let lines = lines(|name, host| format!("import endpoint {name} {host}\n"), "");
    format!("{ABOUT}# import endpoint internal rds.example.com:8443\n{lines}")
}

fn lines(line: impl Fn(&str, &str) -> String, indent: &str) -> String {
    let of_cloud = |(cloud, regions): (&str, Vec<(&str, String)>)| {
        let lines: Vec<String> = regions.iter().map(|(name, host)| line(name, host)).collect();
        format!("\n{indent}# {cloud}\n{}", lines.concat())
    };
    regions::clouds().map(of_cloud).collect::<Vec<_>>().concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_host_of_the_table_stands_in_a_line_of_its_own_under_a_name_of_its_own() {
        let hosts: Vec<String> = regions::hosts().collect();
        for (list, before, after) in [(nginx(), "    ", ";"), (caddy(), "import endpoint ", "")] {
            let lines = list.lines().filter_map(|line| line.strip_prefix(before)?.strip_suffix(after)?.split_once(' '));
            let lines: Vec<(&str, &str)> = lines.filter(|(name, _)| !["#", "default"].contains(name)).collect();
            assert_eq!(lines.iter().map(|(_, host)| *host).collect::<Vec<_>>(), hosts);
            for (name, host) in &lines {
                assert_eq!(lines.iter().filter(|(other, _)| other == name).count(), 1, "{name} of {host}");
                assert!(host.starts_with(&format!("rds.{name}.")), "{name} of {host}");
            }
        }
    }
}
