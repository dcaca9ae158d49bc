//! What the operator sets: `config.json` beside the page, or the options of `mount`. Both have the same keys and
//! are read by the same code. A fault is named with its key, and the rest counts all the same.

use contract::cloud::Cloud;
use contract::json::{self, Json};
use contract::regions;
use contract::rules::{Field, endpoint, project_id};

use crate::allowed_hosts::{self, AllowedHosts};
use crate::language::Language;
use crate::option_fault::{MAX_LIST_ELEMENTS, OptionFault, Problem};
use crate::preferences::{Limits, Theme};

/// The settings.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// The endpoints that the form suggests.
    pub endpoints: Vec<Suggested>,
    /// What stands in the form from the start.
    pub filled_in: Vec<(Field, String)>,
    /// The hosts that may be called.
    pub allowed_hosts: AllowedHosts,
    /// The language for those who haven't chosen one.
    pub language: Option<Language>,
    /// The colours for those who haven't chosen any.
    pub theme: Option<Theme>,
    /// The title of the page.
    pub title: Option<String>,
    /// The address of a picture on the page's own server.
    pub logo: Option<String>,
    /// How long to wait for things.
    pub limits: Limits,
}

/// An endpoint that the form suggests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggested {
    /// What is put into the field.
    pub address: String,
    /// What it is called.
    pub name: String,
    /// The region that it serves: a token of this region leads to it.
    pub region: Option<String>,
    /// The cloud behind it, where the operator states it.
    pub cloud: Option<Cloud>,
}

/// The keys that are texts.
const TEXTS: [&str; 8] =
    ["endpoint", "project_id", "instance_id", "name_pattern", "language", "theme", "title", "logo"];
/// A key that is a span of time: how many milliseconds its unit has, the least and the most, and what it sets.
type Time = (&'static str, f64, f64, f64, fn(&mut Limits) -> &mut u32);

/// The keys that are spans of time.
const TIMES: [Time; 5] = [
    ("answer_seconds", 1_000.0, 0.1, 600.0, |limits| &mut limits.answer),
    ("settle_seconds", 1_000.0, 0.1, 3_600.0, |limits| &mut limits.settle),
    ("poll_seconds", 1_000.0, 0.05, 3_600.0, |limits| &mut limits.poll),
    ("instance_seconds", 1_000.0, 0.05, 3_600.0, |limits| &mut limits.instance),
    // Browsers' timers go no further than 24 days.
    ("idle_minutes", 60_000.0, 0.001, 30_000.0, |limits| &mut limits.idle),
];
/// The clouds that an endpoint can be of, as a fault names them.
const CLOUDS: &str = "otc, swiss, huawei, flexible-engine";
/// The keys that are lists.
const LISTS: [&str; 2] = ["endpoints", "allowed_hosts"];

impl Default for Options {
    fn default() -> Self {
        Self {
            endpoints: regions::suggested()
                .into_iter()
                .map(|(address, name)| Suggested { address, name, region: None, cloud: None })
                .collect(),
            filled_in: Vec::new(),
            allowed_hosts: AllowedHosts::Any,
            language: None,
            theme: None,
            title: None,
            logo: None,
            limits: Limits::default(),
        }
    }
}

impl Options {
    /// Reads the settings, and says what is wrong with them.
    pub fn read(json: &Json) -> (Self, Vec<OptionFault>) {
        let Json::Object(members) = json else { return Self::without(Problem::NoObject) };
        let (mut options, mut faults) = (Self::default(), Vec::new());
        for (key, value) in members {
            if let Err(fault) = options.take(key, value) {
                faults.extend(fault);
            }
        }
        // Maybe a limit was wanted. Whether it was is told once there is something that could call.
        if !faults.is_empty() && !matches!(options.allowed_hosts, AllowedHosts::Only(_)) {
            options.allowed_hosts =
                AllowedHosts::AnyUnlessMeant(faults.iter().map(|fault| fault.key.clone()).collect());
        }
        (options, faults)
    }

    /// The settings when there are some, and nothing of them can be read. They may have a limit on calls, so that none is
    /// made beyond the page's own origin.
    pub fn without(problem: Problem) -> (Self, Vec<OptionFault>) {
        let options = Self { allowed_hosts: AllowedHosts::NoneUntilMended, ..Self::default() };
        (options, vec![OptionFault::of_all(problem)])
    }

    fn take(&mut self, key: &str, value: &Json) -> Result<(), Vec<OptionFault>> {
        let fault = |problem| vec![OptionFault { key: key.to_owned(), problem }];
        if let Json::Truncated(_) = value {
            return Err(vec![OptionFault::of_all(Problem::TooMany(json::MAX_ELEMENTS))]);
        }
        if let Some((_, unit, least, most, limit)) = TIMES.into_iter().find(|(name, ..)| *name == key) {
            let milliseconds =
                number(value).filter(|number| (least..=most).contains(number)).map(|number| number * unit);
            let milliseconds = milliseconds.ok_or_else(|| fault(Problem::NoNumber(least, most)))?;
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within the bounds of TIMES")]
            let milliseconds = milliseconds as u32;
            *limit(&mut self.limits) = milliseconds;
            return Ok(());
        }
        if LISTS.contains(&key) {
            let Json::List(elements) = value else { return Err(fault(Problem::NoList)) };
            return self.take_list(key, elements);
        }
        if TEXTS.contains(&key) {
            let Json::Text(text) = value else { return Err(fault(Problem::NoText)) };
            return self.take_text(key, text).map_err(fault);
        }
        // By it editors know how to complete the file.
        if key == "$schema" { Ok(()) } else { Err(fault(Problem::Unknown)) }
    }

    fn take_text(&mut self, key: &str, text: &str) -> Result<(), Problem> {
        match key {
            "endpoint" => {
                endpoint::endpoint(text).map_err(|_| Problem::NoEndpoint)?;
                self.filled_in.push((Field::Endpoint, text.to_owned()));
            }
            "project_id" => {
                project_id::project_id(text).map_err(|_| Problem::NoProjectId)?;
                self.filled_in.push((Field::ProjectId, text.to_owned()));
            }
            "instance_id" => self.filled_in.push((Field::InstanceId, text.to_owned())),
            "name_pattern" => self.filled_in.push((Field::NamePattern, text.to_owned())),
            "language" => {
                let known = Language::ALL.into_iter().find(|language| language.tag() == text);
                self.language = Some(known.ok_or(Problem::NotOneOf(Language::TAGS))?);
            }
            "theme" => self.theme = Some(Theme::of_word(text).ok_or(Problem::NotOneOf("system, light, dark"))?),
            "title" => self.title = Some(text.to_owned()),
            "logo" => {
                let is_own = !text.is_empty() && !text.contains([':', '\\']) && !text.starts_with("//");
                self.logo = Some(text.to_owned()).filter(|_| is_own);
                self.logo.as_ref().ok_or(Problem::NoOwnFile)?;
            }
            _ => return Err(Problem::Unknown),
        }
        Ok(())
    }

    fn take_list(&mut self, key: &str, elements: &[Json]) -> Result<(), Vec<OptionFault>> {
        let mut faults = Vec::new();
        if key == "endpoints" {
            self.endpoints.clear();
            for (number, element) in (1..).zip(elements.iter().take(MAX_LIST_ELEMENTS)) {
                let (address, name) = if let Json::Text(address) = element {
                    (Some(address.clone()), None)
                } else {
                    (element.text("address"), element.text("name"))
                };
                let region = element.text("region");
                let word = element.get("cloud");
                let cloud = word.and_then(|word| if let Json::Text(word) = word { Cloud::of_word(word) } else { None });
                if word.is_some() && cloud.is_none() {
                    faults.push((number, Problem::NotOneOf(CLOUDS)));
                }
                match address.filter(|address| endpoint::endpoint(address).is_ok()) {
                    Some(address) => {
                        let name = name.unwrap_or_else(|| address.clone());
                        self.endpoints.push(Suggested { address, name, region, cloud });
                    }
                    None => faults.push((number, Problem::NoEndpoint)),
                }
            }
        } else if key == "allowed_hosts" {
            let (hosts, wrong) = allowed_hosts::read(elements);
            faults = wrong;
            if !hosts.is_empty() {
                self.allowed_hosts = AllowedHosts::Only(hosts);
            }
        }
        if elements.len() > MAX_LIST_ELEMENTS {
            faults.push((0, Problem::TooMany(MAX_LIST_ELEMENTS)));
        }
        let named = |(number, problem)| {
            let key = if number == 0 { key.to_owned() } else { format!("{key}[{number}]") };
            OptionFault { key, problem }
        };
        if faults.is_empty() { Ok(()) } else { Err(faults.into_iter().map(named).collect()) }
    }
}

fn number(value: &Json) -> Option<f64> {
    match value {
        #[allow(clippy::cast_precision_loss, reason = "the bounds are far below 2^53")]
        Json::Integer(number) => Some(*number as f64),
        Json::Fraction(number) => Some(*number),
        Json::Null | Json::Bool(_) | Json::Text(_) | Json::List(_) | Json::Truncated(_) | Json::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use contract::rules::endpoint::HostName;

    use super::*;

    fn read(json: &str) -> (Options, Vec<OptionFault>) {
        Options::read(&serde_json::from_str(json).unwrap())
    }

    fn only(hosts: &[&str]) -> AllowedHosts {
        AllowedHosts::Only(hosts.iter().map(|host| HostName::read(host).unwrap()).collect())
    }

    #[test]
    fn a_limit_that_cannot_be_read_allows_nothing_and_its_fault_is_said() {
        let long = format!(r#"{{{}"allowed_hosts":["rds.example"]}}"#, r#""title":"x","#.repeat(json::MAX_ELEMENTS));
        for (json, key, problem) in [
            (r#"{"allowed_hosts":["https://rds.example"]}"#, "allowed_hosts[1]", Problem::NoHost),
            (r#"{"allowed_hosts":["rds.example:443"]}"#, "allowed_hosts[1]", Problem::NoHost),
            (r#"{"allowed_hosts":[["rds.example"]]}"#, "allowed_hosts[1]", Problem::NoHost),
            (r#"{"allowed_hosts":[null]}"#, "allowed_hosts[1]", Problem::NoHost),
            (r#"{"allowed_hosts":["*"]}"#, "allowed_hosts[1]", Problem::HostPattern),
            (r#"{"allowed_hosts":["*.otc.t-systems.com"]}"#, "allowed_hosts[1]", Problem::HostPattern),
            (r#"{"allowed_hosts":["https://*.example"]}"#, "allowed_hosts[1]", Problem::HostPattern),
            (r#"{"allowed_hosts":"rds.example"}"#, "allowed_hosts", Problem::NoList),
            (r#"{"allowed_hosts":{"rds.example":true}}"#, "allowed_hosts", Problem::NoList),
            (r#"{"allowed_hosts":null}"#, "allowed_hosts", Problem::NoList),
            (r#"{"allowed_hosts":[]}"#, "allowed_hosts", Problem::Empty),
            (r#"{"allowed_host":["rds.example"]}"#, "allowed_host", Problem::Unknown),
            (r#"{"allowedHosts":["rds.example"]}"#, "allowedHosts", Problem::Unknown),
            (r#"{"alowed_hsots":["rds.example"]}"#, "alowed_hsots", Problem::Unknown),
            (r#"{"allowed_hosts ":["rds.example"]}"#, "allowed_hosts ", Problem::Unknown),
            (r#"{"endpoint_whitelist":["rds.example"]}"#, "endpoint_whitelist", Problem::Unknown),
            (r#"["allowed_hosts"]"#, "", Problem::NoObject),
            ("null", "", Problem::NoObject),
            (&long, "", Problem::TooMany(json::MAX_ELEMENTS)),
        ] {
            let (options, faults) = read(json);
            assert!(options.allowed_hosts.are_none(), "{json}");
            assert!(faults.iter().all(OptionFault::concerns_calls), "{json}");
            assert_eq!(faults, [OptionFault { key: key.into(), problem }], "{json}");
        }
        assert!(Options::without(Problem::NotLoaded).0.allowed_hosts.are_none());
    }

    #[test]
    fn what_is_wrongly_listed_allows_nothing_and_takes_nothing_from_what_is_rightly_listed() {
        let (options, faults) = read(r#"{"allowed_host":["a.example"],"allowed_hosts":["*.example","b.example",7]}"#);
        assert_eq!(options.allowed_hosts, only(&["b.example"]));
        let keys: Vec<&str> = faults.iter().map(|fault| &*fault.key).collect();
        assert_eq!(keys, ["allowed_host", "allowed_hosts[1]", "allowed_hosts[3]"]);
        let hosts: Vec<String> = (0..=MAX_LIST_ELEMENTS).map(|number| format!("h{number}.example")).collect();
        let (options, faults) = read(&serde_json::json!({ "allowed_hosts": hosts }).to_string());
        let AllowedHosts::Only(allowed) = options.allowed_hosts else { panic!("the first count") };
        assert_eq!(allowed.len(), MAX_LIST_ELEMENTS);
        assert_eq!(faults, [OptionFault { key: "allowed_hosts".into(), problem: Problem::TooMany(MAX_LIST_ELEMENTS) }]);
    }

    #[test]
    fn another_fault_is_no_limit_on_calls() {
        for json in [r#"{"titel":"x"}"#, r#"{"poll_seconds":0}"#, r#"{"endpoints":"x"}"#, r#"{"endpoints":[7]}"#] {
            let (options, faults) = read(json);
            assert_eq!((options.allowed_hosts.are_none(), faults.len()), (false, 1), "{json}");
        }
        let known = TEXTS.into_iter().chain(TIMES.iter().map(|(key, ..)| *key)).chain(["endpoints", "$schema"]);
        assert!(known.into_iter().all(|key| !crate::allowed_hosts_key::is_meant_by(key)));
    }

    #[test]
    fn nothing_set_is_the_default_and_no_fault() {
        assert_eq!(read("{}"), (Options::default(), vec![]));
    }

    #[test]
    fn each_setting_is_taken() {
        let (options, faults) = read(
            r#"{"$schema":"./config.schema.json","endpoints":[{"address":"/api/eu-de","name":"Germany","cloud":"otc"},"rds.example"],
                "endpoint":"/api/eu-de","project_id":"p1","instance_id":"i1","allowed_hosts":["rds.eu-de.otc.t-systems.com","rds.example"],
                "language":"de","theme":"dark","title":"Backups","logo":"logo.svg","answer_seconds":30,"settle_seconds":1.5,
                "poll_seconds":5,"instance_seconds":7,"idle_minutes":10}"#,
        );
        assert_eq!(faults, vec![]);
        let suggested = |address: &str, name: &str, cloud| Suggested {
            address: address.into(),
            name: name.into(),
            region: None,
            cloud,
        };
        let expected = Options {
            endpoints: vec![
                suggested("/api/eu-de", "Germany", Some(Cloud::OpenTelekom)),
                suggested("rds.example", "rds.example", None),
            ],
            filled_in: vec![
                (Field::Endpoint, "/api/eu-de".into()),
                (Field::ProjectId, "p1".into()),
                (Field::InstanceId, "i1".into()),
            ],
            allowed_hosts: only(&["rds.eu-de.otc.t-systems.com", "rds.example"]),
            language: Some(Language::German),
            theme: Some(Theme::Dark),
            title: Some("Backups".into()),
            logo: Some("logo.svg".into()),
            limits: Limits { answer: 30_000, settle: 1_500, poll: 5_000, instance: 7_000, idle: 600_000, at_once: 3 },
        };
        assert_eq!(options, expected);
    }

    #[test]
    fn each_fault_is_named_with_its_key_and_the_rest_counts() {
        for (json, key, problem) in [
            (r#"{"titel":"x"}"#, "titel", Problem::Unknown),
            (r#"{"title":7}"#, "title", Problem::NoText),
            (r#"{"endpoints":"x"}"#, "endpoints", Problem::NoList),
            (r#"{"endpoints":["/api",{"address":"http://rds.example"}]}"#, "endpoints[2]", Problem::NoEndpoint),
            (r#"{"endpoints":[{"address":"/api","cloud":"aws"}]}"#, "endpoints[1]", Problem::NotOneOf(CLOUDS)),
            (r#"{"endpoints":[{"address":"/api","cloud":null}]}"#, "endpoints[1]", Problem::NotOneOf(CLOUDS)),
            (r#"{"endpoint":"http://x.example"}"#, "endpoint", Problem::NoEndpoint),
            (r#"{"project_id":"a-b"}"#, "project_id", Problem::NoProjectId),
            (r#"{"language":"fr"}"#, "language", Problem::NotOneOf(Language::TAGS)),
            (r#"{"theme":"pink"}"#, "theme", Problem::NotOneOf("system, light, dark")),
            (r#"{"logo":"https://evil.example/x.svg"}"#, "logo", Problem::NoOwnFile),
            (r#"{"logo":"//evil.example/x.svg"}"#, "logo", Problem::NoOwnFile),
            (r#"{"poll_seconds":0}"#, "poll_seconds", Problem::NoNumber(0.05, 3_600.0)),
            (r#"{"idle_minutes":"30"}"#, "idle_minutes", Problem::NoNumber(0.001, 30_000.0)),
            ("[]", "", Problem::NoObject),
        ] {
            let (options, faults) = read(&json.replacen('{', r#"{"project_id":"good","#, 1));
            assert_eq!(faults, [OptionFault { key: key.into(), problem }], "{json}");
            assert!(json == "[]" || options.filled_in.contains(&(Field::ProjectId, "good".into())), "{json}");
        }
    }

    #[test]
    fn the_schema_has_the_same_keys_and_bounds() {
        let schema: serde_json::Value = serde_json::from_str(include_str!("../../static/config.schema.json")).unwrap();
        let properties = schema["properties"].as_object().unwrap();
        let times = TIMES.iter().map(|(key, ..)| *key);
        let known: BTreeSet<&str> = TEXTS.into_iter().chain(LISTS).chain(times).chain(["$schema"]).collect();
        assert_eq!(properties.keys().map(String::as_str).collect::<BTreeSet<_>>(), known);
        for (key, _, least, most, _) in TIMES {
            let bound = |name: &str| properties[key][name].as_f64();
            assert_eq!((bound("minimum"), bound("maximum")), (Some(least), Some(most)), "{key}");
        }
        let hosts = &properties["allowed_hosts"];
        assert_eq!((hosts["minItems"].as_u64(), hosts["maxItems"].as_u64()), (Some(1), Some(MAX_LIST_ELEMENTS as u64)));
        assert!(!hosts["items"]["pattern"].as_str().unwrap().contains('*'));
        for (key, words) in [("language", Language::TAGS), ("theme", "system, light, dark")] {
            let choices: Vec<_> =
                properties[key]["enum"].as_array().unwrap().iter().filter_map(|word| word.as_str()).collect();
            assert_eq!(choices.join(", "), words);
        }
        let clouds = &properties["endpoints"]["items"]["anyOf"][1]["properties"]["cloud"]["enum"];
        let clouds: Vec<_> = clouds.as_array().unwrap().iter().filter_map(|word| word.as_str()).collect();
        assert_eq!((clouds.join(", ").as_str(), clouds), (CLOUDS, Cloud::ALL.map(Cloud::word).to_vec()));
    }
}
