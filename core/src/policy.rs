//! What the page's Content-Security-Policy says of calls, as far as its document tells: a policy that a server sends as a
//! header can't be read by a script. So what is forbidden here is forbidden, and what isn't may still be; then the browser
//! refuses the call, and the page hears of that.
//!
//! Source: Content Security Policy Level 3, sections 6.7.2.5 to 6.7.2.12 (matching of URLs). Where a rule here is coarser than
//! that, it forbids less.

use contract::rules::endpoint::Endpoint;

/// The policies of the page's document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CallPolicy {
    /// The page's own origin.
    origin: String,
    /// The policies. They are read when a call is judged: the page is there sooner.
    policies: Vec<String>,
}

/// How many sources a sentence names.
const NAMED: usize = 4;

impl CallPolicy {
    /// The policies of a document, which comes from this origin.
    pub fn new(origin: String, policies: Vec<String>) -> Self {
        Self { origin, policies }
    }

    /// What the first policy that doesn't admit an endpoint names instead, beside the page's own origin; `None` when all
    /// admit it. A path on the page's origin isn't judged: the page has got its own settings that way.
    pub(super) fn forbids(&self, endpoint: &Endpoint) -> Option<String> {
        let call = endpoint.authority()?;
        // Of each policy that says where calls may go, the sources that it names. Every one of them has to admit a call.
        let mut lists = self.policies.iter().filter_map(|policy| sources(policy));
        let forbidding = lists.find(|sources| !sources.iter().any(|source| self.admits(source, call)))?;
        let mut others = forbidding.iter().filter(|source| !source.starts_with('\'')).map(String::as_str);
        let mut named: Vec<&str> = others.by_ref().take(NAMED).collect();
        named.extend(others.next().map(|_| "…"));
        Some(named.join(", "))
    }

    fn admits(&self, source: &str, (scheme, host, port): (&str, &str, &str)) -> bool {
        let own_scheme = self.origin.split(':').next().unwrap_or_default();
        let (wanted, place) = match source {
            "*" => return true,
            "'self'" => self.origin.split_once("://").unwrap_or_default(),
            _ => match source.split_once("://") {
                Some(parts) => parts,
                None => source.strip_suffix(':').map_or((own_scheme, source), |scheme| (scheme, "*:*")),
            },
        };
        // A path narrows the call further, which is left to the browser.
        let authority = place.split('/').next().unwrap_or_default();
        let (name, number) = authority.rsplit_once(':').unwrap_or((authority, ""));
        let admits_scheme = wanted == scheme || wanted == "http" && scheme == "https";
        let admits_port = match number {
            "*" => true,
            "" => port == if scheme == "https" { "443" } else { "80" },
            "80" => port == "80" || port == "443",
            _ => number == port,
        };
        let host = host.to_ascii_lowercase();
        let admits_host = match name.strip_prefix('*') {
            Some(domain) => host.ends_with(domain) && host.len() > domain.len(),
            None => host == name,
        };
        admits_scheme && admits_port && admits_host
    }
}

/// The sources that a policy names for calls, in small letters; `None` when it says nothing of them.
fn sources(policy: &str) -> Option<Vec<String>> {
    let policy = policy.to_ascii_lowercase();
    // The first directive of a name counts.
    let directive = |wanted: &str| {
        policy.split(';').find_map(|directive| {
            let mut words = directive.split_ascii_whitespace();
            (words.next()? == wanted).then(|| words.map(str::to_owned).collect())
        })
    };
    directive("connect-src").or_else(|| directive("default-src"))
}

#[cfg(test)]
mod tests {
    use contract::rules::endpoint::endpoint;

    use super::*;

    fn forbidden(policies: &[&str], text: &str) -> Option<String> {
        let policies: Vec<String> = policies.iter().map(|&policy| policy.to_owned()).collect();
        CallPolicy::new("https://backup.example".into(), policies).forbids(&endpoint(text).unwrap())
    }

    #[test]
    fn a_policy_admits_what_it_names() {
        for (sources, admitted, others) in [
            ("'none'", &["/api"][..], &["rds.example", "https://backup.example"][..]),
            ("", &["/api"], &["rds.example"]),
            (
                "'self'",
                &["/", "https://backup.example", "https://Backup.Example:443"],
                &["https://backup.example:8443"],
            ),
            ("https://rds.example", &["rds.example", "RDS.example:443"], &["rds.example:8443", "a.rds.example", "x.y"]),
            ("https://RDS.example/v3/", &["rds.example"], &["rds.example.evil"]),
            ("rds.example", &["rds.example"], &["https://other.example"]),
            ("rds.example:*", &["rds.example:8443"], &["other.example:8443"]),
            ("http://rds.example:80", &["rds.example"], &["rds.example:8443"]),
            ("https://rds.example:8443", &["rds.example:8443"], &["rds.example"]),
            ("https://*.example", &["a.example", "a.b.example"], &["example", "evilexample", "https://x.example:1"]),
            ("https:", &["rds.example", "rds.example:8443"], &["http://localhost"]),
            ("*", &["rds.example"], &[]),
            ("http://localhost:*", &["http://localhost:8787", "https://localhost"], &["http://127.0.0.1"]),
        ] {
            let policy = format!("default-src 'none';  Connect-Src  {sources} ; connect-src *");
            for text in admitted {
                assert_eq!(forbidden(&[&policy], text), None, "{sources}: {text}");
            }
            for text in others {
                assert!(forbidden(&[&policy], text).is_some(), "{sources}: {text}");
            }
        }
    }

    #[test]
    fn a_policy_without_a_word_about_calls_and_no_policy_forbid_nothing() {
        for policies in [&[][..], &["script-src 'self'"], &[""], &["default-src https:"]] {
            assert_eq!(forbidden(policies, "rds.example"), None, "{policies:?}");
        }
        assert!(forbidden(&["default-src 'self'"], "rds.example").is_some());
    }

    #[test]
    fn every_policy_has_to_admit_it_and_the_one_that_does_not_is_named() {
        let policies = ["connect-src *", "connect-src 'self' https://a.example https://b.example"];
        assert_eq!(forbidden(&policies, "rds.example").as_deref(), Some("https://a.example, https://b.example"));
        assert_eq!(forbidden(&policies, "a.example"), None);
        assert_eq!(forbidden(&["connect-src 'self'"], "rds.example").as_deref(), Some(""));
        let many = "connect-src https://a https://b https://c https://d https://e https://f";
        assert_eq!(forbidden(&[many], "x.example").as_deref(), Some("https://a, https://b, https://c, https://d, …"));
    }
}
