//! The clouds' regions and their RDS hosts, defined only here. The form's suggestions, the hosts in the page's
//! Content-Security-Policy (`cargo xtask policy`) and the message about any other host of these clouds are derived from
//! it.
//!
//! Any customer of these clouds can get a host below their domains (API Gateway gives `<id>.apic.<region>.<domain>`,
//! OBS `<bucket>.obs.<domain>`), and the token is sent to the endpoint's host. So hosts are listed one by one, never by
//! domain.

use crate::cloud::Cloud;

/// The operator of a cloud. A region's name is unique among the clouds of one operator only: `eu-west-0` and
/// `ru-moscow-1` exist with two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    /// T-Systems.
    TSystems,
    /// Huawei.
    Huawei,
    /// Orange Business.
    Orange,
}

/// Regions whose RDS hosts are `rds.<region>.<domain>`.
struct Row {
    cloud: Cloud,
    operator: Operator,
    name: &'static str,
    domain: &'static str,
    /// The regions, separated by spaces: a single text takes the fewest bytes in the page.
    regions: &'static str,
    /// How many of them, from the start, the form suggests.
    suggested: usize,
}

/// The clouds, in the order in which the form suggests their hosts.
const CLOUDS: [Row; 5] = [
    // Open Telekom Cloud, "Regions and Endpoints".
    Row {
        cloud: Cloud::OpenTelekom,
        operator: Operator::TSystems,
        name: "Open Telekom Cloud",
        domain: "otc.t-systems.com",
        regions: "eu-de eu-nl",
        suggested: 2,
    },
    // terraform-provider-opentelekomcloud, issue 2444: its users' addresses; none without `sc` exists.
    Row {
        cloud: Cloud::Swiss,
        operator: Operator::TSystems,
        name: "Swiss Open Telekom Cloud",
        domain: "sc.otc.t-systems.com",
        regions: "eu-ch2",
        suggested: 1,
    },
    // huaweicloud-sdk-python-v3, `rds_region.py`; terraform-provider-huaweicloud, `provider.go`.
    Row {
        cloud: Cloud::Huawei,
        operator: Operator::Huawei,
        name: "Huawei Cloud",
        domain: "myhuaweicloud.eu",
        regions: "eu-west-101",
        suggested: 1,
    },
    // huaweicloud-sdk-python-v3, `rds_region.py`.
    Row {
        cloud: Cloud::Huawei,
        operator: Operator::Huawei,
        name: "Huawei Cloud",
        domain: "myhuaweicloud.com",
        regions: "ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ae-ad-1 af-north-1 \
                  af-south-1 cn-east-2 cn-east-3 cn-east-4 cn-east-5 cn-north-1 cn-north-2 cn-north-4 cn-north-9 \
                  cn-north-11 cn-north-12 cn-south-1 cn-south-2 cn-south-4 cn-southwest-2 cn-southwest-3 la-north-2 \
                  la-south-2 me-east-1 my-kualalumpur-1 na-mexico-1 ru-moscow-1 ru-northwest-2 sa-brazil-1 tr-west-1",
        suggested: 1,
    },
    // terraform-provider-flexibleengine, issue 548.
    Row {
        cloud: Cloud::FlexibleEngine,
        operator: Operator::Orange,
        name: "Flexible Engine",
        domain: "prod-cloud-ocb.orange-business.com",
        regions: "eu-west-0",
        suggested: 0,
    },
];

impl Row {
    fn regions(&self) -> impl Iterator<Item = &'static str> {
        self.regions.split(' ')
    }

    fn has(&self, region: &str) -> bool {
        self.regions().any(|known| known == region)
    }

    fn host(&self, region: &str) -> String {
        ["rds.", region, ".", self.domain].concat()
    }

    /// The part before the cloud's domain in one of its hosts; "" for the domain itself.
    fn labels<'a>(&self, host: &'a str) -> Option<&'a str> {
        let before = host.strip_suffix(self.domain)?;
        if before.is_empty() { Some(before) } else { before.strip_suffix('.') }
    }
}

/// Every RDS host of the table.
pub fn hosts() -> impl Iterator<Item = String> {
    CLOUDS.iter().flat_map(|cloud| cloud.regions().map(|region| cloud.host(region)))
}

/// The clouds of the table by their names, each with its regions and their RDS hosts.
pub fn clouds() -> impl Iterator<Item = (&'static str, Vec<(&'static str, String)>)> {
    CLOUDS.iter().map(|cloud| (cloud.name, cloud.regions().map(|region| (region, cloud.host(region))).collect()))
}

/// The RDS hosts that the form suggests, each with the names of its cloud and region.
pub fn suggested() -> Vec<(String, String)> {
    let mut list = Vec::new();
    for cloud in &CLOUDS {
        for region in cloud.regions().take(cloud.suggested) {
            list.push((cloud.host(region), [cloud.name, ", ", region].concat()));
        }
    }
    list
}

/// The region of an RDS host in the table.
pub fn region_of(host: &str) -> Option<&'static str> {
    let host = host.to_ascii_lowercase();
    CLOUDS.iter().find_map(|cloud| cloud.regions().find(|region| cloud.host(region) == host))
}

/// The IAM host beside an RDS host in the table ("Regions and Endpoints"; for the Swiss cloud
/// terraform-provider-opentelekomcloud, issue 2444).
pub fn iam_host(rds_host: &str) -> Option<String> {
    let region = region_of(rds_host)?;
    let cloud = CLOUDS.iter().find(|cloud| cloud.has(region) && cloud.host(region).eq_ignore_ascii_case(rds_host))?;
    let service = if cloud.domain.starts_with("sc.") { "iam-pub." } else { "iam." };
    Some([service, region, ".", cloud.domain].concat())
}

/// The RDS host of the region that an address names, if it is the address of another service of these clouds.
pub fn rds_host_meant(address: &str) -> Option<String> {
    let address = address.split_once("://").map_or(address, |(_, rest)| rest);
    let (host, rest) = address.split_at(address.find(['/', ':', '?', '#']).unwrap_or(address.len()));
    let HostKind::NotRds { meant } = classify(host) else { return None };
    let Some(cloud) = CLOUDS.iter().find(|cloud| cloud.host(ANY_REGION) == meant) else { return Some(meant) };
    // The address of a cloud's console has the region behind its host: `?region=eu-de`.
    let mut words = rest.split(|character: char| !character.is_ascii_alphanumeric() && character != '-');
    words.find_map(|word| {
        let found = CLOUDS.iter().find(|other| other.operator == cloud.operator && other.has(word));
        found.map(|found| found.host(word))
    })
}

/// Whether a region is in the table.
pub fn is_known(region: &str) -> bool {
    CLOUDS.iter().any(|cloud| cloud.has(region))
}

/// Stands for a region in the general form of a cloud's hosts.
const ANY_REGION: &str = "<region>";

/// Regions of which two clouds have one: a token has to tell which.
const AMBIGUOUS: [&str; 2] = ["eu-west-0", "ru-moscow-1"];

/// The RDS host of a region. `xdomain_type`: what a token says of its cloud; without it, a region of one cloud only is
/// still clear. `None` rather than a guess.
pub fn rds_host(region: &str, xdomain_type: Option<&str>) -> Option<String> {
    of_region(region, xdomain_type).map(|row| row.host(region))
}

/// The cloud of a region, as far as that is clear: see [`rds_host`].
pub fn cloud_of_region(region: &str, xdomain_type: Option<&str>) -> Option<Cloud> {
    of_region(region, xdomain_type).map(|row| row.cloud)
}

fn of_region(region: &str, xdomain_type: Option<&str>) -> Option<&'static Row> {
    let operator = match xdomain_type {
        Some("TSI") => Some(Operator::TSystems),
        Some("HWC_HK") => Some(Operator::Huawei),
        // Another cloud, as SberCloud's `SBC`.
        Some(_) => return None,
        None => None,
    };
    let is_meant = |cloud: &&Row| match operator {
        Some(operator) => cloud.operator == operator,
        None => !AMBIGUOUS.contains(&region),
    };
    CLOUDS.iter().filter(is_meant).find(|cloud| cloud.has(region))
}

/// How a host is related to these clouds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HostKind {
    /// An RDS host of the table.
    Rds,
    /// It has the form of an RDS host, with a region that isn't in the table, as for a new region.
    RdsOfUnknownRegion,
    /// A host of these clouds that isn't RDS: it belongs to another service or to a customer.
    NotRds {
        /// The RDS host of the region in it, or else the general form of the cloud's RDS hosts.
        meant: String,
    },
    /// It isn't below these clouds' domains.
    Elsewhere,
}

/// The cloud that a host is below, and its labels before the cloud's domain.
fn of_domain(host: &str) -> Option<(&'static Row, &str)> {
    let below = CLOUDS.iter().filter_map(|cloud| Some((cloud, cloud.labels(host)?)));
    // `sc.otc.t-systems.com` is below `otc.t-systems.com`: the longest domain wins.
    below.min_by_key(|(_, labels)| labels.len())
}

/// The cloud of an RDS host, of a new region too. `None` for any other host: what a customer has below a cloud's domain
/// may pass calls on to another cloud.
pub fn cloud_of_host(host: &str) -> Option<Cloud> {
    let host = host.to_ascii_lowercase();
    let (row, labels) = of_domain(&host)?;
    labels.strip_prefix("rds.").filter(|label| reads_as_region(label)).map(|_| row.cloud)
}

/// Classifies a host.
pub fn classify(host: &str) -> HostKind {
    let host = host.to_ascii_lowercase();
    let Some((cloud, labels)) = of_domain(&host) else { return HostKind::Elsewhere };
    let siblings = || CLOUDS.iter().filter(|other| other.operator == cloud.operator);
    match labels.strip_prefix("rds.") {
        Some(region) if cloud.has(region) => HostKind::Rds,
        Some(label) if reads_as_region(label) && !siblings().any(|other| other.has(label)) => {
            HostKind::RdsOfUnknownRegion
        }
        _ => {
            // A subproject of a region is called `<region>_<name>`, and can be mistaken for the region.
            let regions = labels.split('.').filter_map(|label| label.split('_').next());
            let mut found = regions.filter_map(|region| Some((siblings().find(|other| other.has(region))?, region)));
            let meant = found.next().map(|(other, region)| other.host(region));
            HostKind::NotRds { meant: meant.unwrap_or_else(|| cloud.host(ANY_REGION)) }
        }
    }
}

/// Whether one label has the form of every region in the table: two letters of a continent or country, a hyphen, and
/// more. Nothing else may be between `rds.` and a cloud's domain: `rds.obs.myhuaweicloud.com` is a customer's bucket
/// with the name "rds".
fn reads_as_region(label: &str) -> bool {
    label.split_once('-').is_some_and(|(place, rest)| {
        place.len() == 2
            && place.bytes().all(|byte| byte.is_ascii_lowercase())
            && !rest.is_empty()
            && rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::endpoint::endpoint;

    #[test]
    fn the_address_of_another_service_leads_to_rds_and_that_of_rds_to_iam() {
        for (address, meant) in [
            ("https://iam.eu-de.otc.t-systems.com/v3", Some("rds.eu-de.otc.t-systems.com")),
            ("https://IAM-PUB.eu-ch2.sc.otc.t-systems.com/v3/auth/tokens?x", Some("rds.eu-ch2.sc.otc.t-systems.com")),
            ("rds.eu-ch2.otc.t-systems.com:443", Some("rds.eu-ch2.sc.otc.t-systems.com")),
            ("ecs.cn-north-4.myhuaweicloud.com", Some("rds.cn-north-4.myhuaweicloud.com")),
            ("https://console.otc.t-systems.com/console", None),
            ("https://console.otc.t-systems.com/rds/?region=eu-nl#/rds/list", Some("rds.eu-nl.otc.t-systems.com")),
            ("https://console.otc.t-systems.com/rds/?region=cn-north-4", None),
            ("https://console-intl.huaweicloud.com/rds/?region=eu-de", None),
            ("rds.eu-de.otc.t-systems.com", None),
            ("rds.eu-new-1.otc.t-systems.com", None),
            ("/api", None),
            ("", None),
        ] {
            assert_eq!(rds_host_meant(address).as_deref(), meant, "{address}");
        }
        for (rds, iam) in [
            ("rds.eu-de.otc.t-systems.com", Some("iam.eu-de.otc.t-systems.com")),
            ("rds.eu-ch2.sc.otc.t-systems.com", Some("iam-pub.eu-ch2.sc.otc.t-systems.com")),
            ("RDS.eu-west-101.myhuaweicloud.eu", Some("iam.eu-west-101.myhuaweicloud.eu")),
            ("rds.eu-new-1.otc.t-systems.com", None),
            ("rds.example", None),
        ] {
            assert_eq!(iam_host(rds).as_deref(), iam, "{rds}");
        }
    }

    #[test]
    fn every_host_of_the_table_is_an_rds_host_and_an_endpoint_and_stands_there_once() {
        let all: Vec<String> = hosts().collect();
        assert_eq!(all.len(), 37);
        for host in &all {
            assert_eq!(classify(host), HostKind::Rds, "{host}");
            assert_eq!(classify(&host.to_uppercase()), HostKind::Rds, "{host}");
            assert_eq!(endpoint(host).unwrap().host(), Some(&**host));
            assert_eq!(all.iter().filter(|other| *other == host).count(), 1, "{host}");
        }
        for cloud in CLOUDS {
            assert!(cloud.regions().all(reads_as_region), "{}", cloud.name);
        }
    }

    #[test]
    fn the_form_suggests_some_of_them() {
        let expected = [
            ("rds.eu-de.otc.t-systems.com", "Open Telekom Cloud, eu-de"),
            ("rds.eu-nl.otc.t-systems.com", "Open Telekom Cloud, eu-nl"),
            ("rds.eu-ch2.sc.otc.t-systems.com", "Swiss Open Telekom Cloud, eu-ch2"),
            ("rds.eu-west-101.myhuaweicloud.eu", "Huawei Cloud, eu-west-101"),
            ("rds.ap-southeast-1.myhuaweicloud.com", "Huawei Cloud, ap-southeast-1"),
        ];
        assert_eq!(suggested(), expected.map(|(host, name)| (host.to_owned(), name.to_owned())));
    }

    #[test]
    fn another_host_of_these_clouds_is_told_with_the_rds_host_of_its_region() {
        for (host, meant) in [
            ("abc.apic.eu-de.otc.t-systems.com", "rds.eu-de.otc.t-systems.com"),
            ("iam.eu-de.otc.t-systems.com", "rds.eu-de.otc.t-systems.com"),
            ("IAM.EU-NL.OTC.T-SYSTEMS.COM", "rds.eu-nl.otc.t-systems.com"),
            ("rds.eu-de_orders.otc.t-systems.com", "rds.eu-de.otc.t-systems.com"),
            ("x.rds.eu-de.otc.t-systems.com", "rds.eu-de.otc.t-systems.com"),
            ("rds.x.eu-de.otc.t-systems.com", "rds.eu-de.otc.t-systems.com"),
            ("rds-eu-de.otc.t-systems.com", "rds.<region>.otc.t-systems.com"),
            ("rds.eu-ch2.otc.t-systems.com", "rds.eu-ch2.sc.otc.t-systems.com"),
            ("iam-pub.eu-ch2.sc.otc.t-systems.com", "rds.eu-ch2.sc.otc.t-systems.com"),
            ("rds.eu-de.sc.otc.t-systems.com", "rds.eu-de.otc.t-systems.com"),
            ("rds.sc.otc.t-systems.com", "rds.<region>.sc.otc.t-systems.com"),
            ("rds.eu-west-101.myhuaweicloud.com", "rds.eu-west-101.myhuaweicloud.eu"),
            ("console.otc.t-systems.com", "rds.<region>.otc.t-systems.com"),
            ("otc.t-systems.com", "rds.<region>.otc.t-systems.com"),
            ("rds.otc.t-systems.com", "rds.<region>.otc.t-systems.com"),
            ("evil.myhuaweicloud.com", "rds.<region>.myhuaweicloud.com"),
            ("rds.obs.myhuaweicloud.com", "rds.<region>.myhuaweicloud.com"),
            ("rds.obs-website.myhuaweicloud.com", "rds.<region>.myhuaweicloud.com"),
            ("iam.eu-west-0.prod-cloud-ocb.orange-business.com", "rds.eu-west-0.prod-cloud-ocb.orange-business.com"),
        ] {
            assert_eq!(classify(host), HostKind::NotRds { meant: meant.into() }, "{host}");
        }
    }

    #[test]
    fn a_region_that_is_new_or_of_another_operator_is_no_fault_by_itself() {
        for host in [
            "rds.eu-de2.otc.t-systems.com",
            "rds.eu-ch3.sc.otc.t-systems.com",
            "rds.cn-north-99.myhuaweicloud.com",
            // A Flexible Engine region; that cloud has another operator.
            "rds.eu-west-0.myhuaweicloud.com",
        ] {
            assert_eq!(classify(host), HostKind::RdsOfUnknownRegion, "{host}");
        }
    }

    #[test]
    fn an_rds_host_or_a_clear_region_tells_the_cloud_and_nothing_else_does() {
        for (host, cloud) in [
            ("rds.eu-de.otc.t-systems.com", Some(Cloud::OpenTelekom)),
            ("RDS.eu-de2.OTC.t-systems.com", Some(Cloud::OpenTelekom)),
            ("rds.eu-ch2.sc.otc.t-systems.com", Some(Cloud::Swiss)),
            ("rds.eu-west-101.myhuaweicloud.eu", Some(Cloud::Huawei)),
            ("rds.cn-north-99.myhuaweicloud.com", Some(Cloud::Huawei)),
            ("rds.eu-west-0.prod-cloud-ocb.orange-business.com", Some(Cloud::FlexibleEngine)),
            ("abc.apic.cn-north-4.myhuaweicloud.com", None),
            ("rds.obs.myhuaweicloud.com", None),
            ("myhuaweicloud.com", None),
            ("rds.example", None),
        ] {
            assert_eq!(cloud_of_host(host), cloud, "{host}");
        }
        for (region, xdomain_type, cloud) in [
            ("eu-nl", None, Some(Cloud::OpenTelekom)),
            ("eu-ch2", Some("TSI"), Some(Cloud::Swiss)),
            ("cn-north-4", None, Some(Cloud::Huawei)),
            ("ru-moscow-1", None, None),
            ("ru-moscow-1", Some("HWC_HK"), Some(Cloud::Huawei)),
            ("ru-moscow-1", Some("SBC"), None),
            ("cn-north-4", Some("TSI"), None),
            ("sandbox", Some("HWC_HK"), None),
        ] {
            assert_eq!(cloud_of_region(region, xdomain_type), cloud, "{region}, {xdomain_type:?}");
        }
    }

    #[test]
    fn hosts_of_others_are_not_in_this_table() {
        for host in ["rds.example", "evilotc.t-systems.com", "rds.eu-de.otc.t-systems.com.evil.example", "127.0.0.1"] {
            assert_eq!(classify(host), HostKind::Elsewhere, "{host}");
        }
    }
}
