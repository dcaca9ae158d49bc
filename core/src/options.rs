//! What whoever runs the page sets: `config.json` beside the page, or the options of `mount`. Both have the same keys and
//! are read by the same code. A fault is named with its key, and the rest counts all the same.

use contract::json::Json;
use contract::rules::endpoint::{self, KNOWN};
use contract::rules::{Field, project_id};

use crate::preferences::{Language, Limits, Theme};

/// The settings.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// The endpoints that the form suggests.
    pub endpoints: Vec<Suggested>,
    /// What stands in the form from the start.
    pub filled_in: Vec<(Field, String)>,
    /// The hosts that may be called; none: every one that the endpoint's rule and the page's policy admit.
    pub allowed_hosts: Vec<String>,
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
}

/// What is wrong with a setting.
#[derive(Clone, Debug, PartialEq)]
pub struct OptionFault {
    /// Its key, with the number of an element from 1 on; "" for the settings as a whole.
    pub key: String,
    /// What is wrong.
    pub problem: Problem,
}

/// What can be wrong with a setting.
#[derive(Clone, Debug, PartialEq)]
pub enum Problem {
    /// The file couldn't be read.
    Unreadable,
    /// It is no JSON object.
    NoObject,
    /// There is no such key.
    Unknown,
    /// It isn't text.
    NoText,
    /// It isn't a list.
    NoList,
    /// It isn't a number from the first to the second.
    NoNumber(f64, f64),
    /// It is none of these words.
    NotOneOf(&'static str),
    /// It isn't an endpoint.
    NoEndpoint,
    /// It isn't a project ID.
    NoProjectId,
    /// It isn't the name of a host.
    NoHost,
    /// It isn't the address of a file on the page's own server.
    NoOwnFile,
}

/// The keys that are texts.
const TEXTS: [&str; 7] = ["endpoint", "project_id", "instance_id", "language", "theme", "title", "logo"];
/// The keys that are spans of time: how many milliseconds one of them has, and the least and the most.
const TIMES: [(&str, f64, f64, f64); 5] = [
    ("answer_seconds", 1_000.0, 0.1, 600.0),
    ("settle_seconds", 1_000.0, 0.1, 3_600.0),
    ("poll_seconds", 1_000.0, 0.05, 3_600.0),
    ("instance_seconds", 1_000.0, 0.05, 3_600.0),
    // Browsers' timers go no further than 24 days.
    ("idle_minutes", 60_000.0, 0.001, 30_000.0),
];
/// The keys that are lists.
const LISTS: [&str; 2] = ["endpoints", "allowed_hosts"];
/// So many elements of a list count.
const MOST: usize = 100;

impl Default for Options {
    fn default() -> Self {
        let known = KNOWN.map(|(address, name)| Suggested { address: address.to_owned(), name: name.to_owned() });
        Self {
            endpoints: known.into(),
            filled_in: Vec::new(),
            allowed_hosts: Vec::new(),
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
        let (mut options, mut faults) = (Self::default(), Vec::new());
        let Json::Object(members) = json else {
            return (options, vec![OptionFault { key: String::new(), problem: Problem::NoObject }]);
        };
        for (key, value) in members {
            if let Err(fault) = options.take(key, value) {
                faults.extend(fault);
            }
        }
        (options, faults)
    }

    fn take(&mut self, key: &str, value: &Json) -> Result<(), Vec<OptionFault>> {
        let fault = |problem| vec![OptionFault { key: key.to_owned(), problem }];
        if let Some((_, unit, least, most)) = TIMES.into_iter().find(|(name, ..)| *name == key) {
            let milliseconds =
                number(value).filter(|number| (least..=most).contains(number)).map(|number| number * unit);
            let milliseconds = milliseconds.ok_or_else(|| fault(Problem::NoNumber(least, most)))?;
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within the bounds of TIMES")]
            self.set_time(key, milliseconds as u32);
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

    fn set_time(&mut self, key: &str, milliseconds: u32) {
        let limits = &mut self.limits;
        match key {
            "answer_seconds" => limits.answer = milliseconds,
            "settle_seconds" => limits.settle = milliseconds,
            "poll_seconds" => limits.poll = milliseconds,
            "instance_seconds" => limits.instance = milliseconds,
            _ => limits.idle = milliseconds,
        }
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
            "language" => {
                let known = Language::ALL.into_iter().find(|language| language.tag() == text);
                self.language = Some(known.ok_or(Problem::NotOneOf("en, de"))?);
            }
            "theme" => self.theme = Some(Theme::of_word(text).ok_or(Problem::NotOneOf("system, light, dark"))?),
            "title" => self.title = Some(text.to_owned()),
            _ => {
                let is_own = !text.is_empty() && !text.contains([':', '\\']) && !text.starts_with("//");
                self.logo = Some(text.to_owned()).filter(|_| is_own);
                self.logo.as_ref().ok_or(Problem::NoOwnFile)?;
            }
        }
        Ok(())
    }

    fn take_list(&mut self, key: &str, elements: &[Json]) -> Result<(), Vec<OptionFault>> {
        let mut faults = Vec::new();
        let mut fault = |number: usize, problem| faults.push(OptionFault { key: format!("{key}[{number}]"), problem });
        let numbered = (1..).zip(elements.iter().take(MOST));
        if key == "endpoints" {
            self.endpoints.clear();
            for (number, element) in numbered {
                let (address, name) = match element {
                    Json::Text(address) => (Some(address.clone()), None),
                    _ => (element.text("address"), element.text("name")),
                };
                match address.filter(|address| endpoint::endpoint(address).is_ok()) {
                    Some(address) => {
                        let name = name.unwrap_or_else(|| address.clone());
                        self.endpoints.push(Suggested { address, name });
                    }
                    None => fault(number, Problem::NoEndpoint),
                }
            }
        } else {
            for (number, element) in numbered {
                match element {
                    Json::Text(host) if is_host(host) => self.allowed_hosts.push(host.clone()),
                    _ => fault(number, Problem::NoHost),
                }
            }
        }
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }
}

fn number(value: &Json) -> Option<f64> {
    match value {
        #[allow(clippy::cast_precision_loss, reason = "the bounds are far below 2^53")]
        Json::Integer(number) => Some(*number as f64),
        Json::Fraction(number) => Some(*number),
        _ => None,
    }
}

fn is_host(text: &str) -> bool {
    let host = text.strip_prefix("*.").unwrap_or(text);
    endpoint::endpoint(host).is_ok_and(|endpoint| endpoint.host() == Some(host))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn read(json: &str) -> (Options, Vec<OptionFault>) {
        Options::read(&serde_json::from_str(json).unwrap())
    }

    #[test]
    fn nothing_set_is_the_default_and_no_fault() {
        assert_eq!(read("{}"), (Options::default(), vec![]));
    }

    #[test]
    fn each_setting_is_taken() {
        let (options, faults) = read(
            r#"{"$schema":"./config.schema.json","endpoints":[{"address":"/api/eu-de","name":"Germany"},"rds.example"],
                "endpoint":"/api/eu-de","project_id":"p1","instance_id":"i1","allowed_hosts":["*.otc.t-systems.com","rds.example"],
                "language":"de","theme":"dark","title":"Backups","logo":"logo.svg","answer_seconds":30,"settle_seconds":1.5,
                "poll_seconds":5,"instance_seconds":7,"idle_minutes":10}"#,
        );
        assert_eq!(faults, vec![]);
        let suggested = |address: &str, name: &str| Suggested { address: address.into(), name: name.into() };
        let expected = Options {
            endpoints: vec![suggested("/api/eu-de", "Germany"), suggested("rds.example", "rds.example")],
            filled_in: vec![
                (Field::Endpoint, "/api/eu-de".into()),
                (Field::ProjectId, "p1".into()),
                (Field::InstanceId, "i1".into()),
            ],
            allowed_hosts: vec!["*.otc.t-systems.com".into(), "rds.example".into()],
            language: Some(Language::German),
            theme: Some(Theme::Dark),
            title: Some("Backups".into()),
            logo: Some("logo.svg".into()),
            limits: Limits { answer: 30_000, settle: 1_500, poll: 5_000, instance: 7_000, idle: 600_000 },
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
            (r#"{"allowed_hosts":["https://rds.example"]}"#, "allowed_hosts[1]", Problem::NoHost),
            (r#"{"allowed_hosts":["*"]}"#, "allowed_hosts[1]", Problem::NoHost),
            (r#"{"endpoint":"http://x.example"}"#, "endpoint", Problem::NoEndpoint),
            (r#"{"project_id":"a-b"}"#, "project_id", Problem::NoProjectId),
            (r#"{"language":"fr"}"#, "language", Problem::NotOneOf("en, de")),
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
        for (key, _, least, most) in TIMES {
            let bound = |name: &str| properties[key][name].as_f64();
            assert_eq!((bound("minimum"), bound("maximum")), (Some(least), Some(most)), "{key}");
        }
        for (key, words) in [("language", "en, de"), ("theme", "system, light, dark")] {
            let choices: Vec<_> =
                properties[key]["enum"].as_array().unwrap().iter().filter_map(|word| word.as_str()).collect();
            assert_eq!(choices.join(", "), words);
        }
    }
}
