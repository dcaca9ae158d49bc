//! The API's lists, page by page.

use crate::answer::Answer;
use crate::backup::Backup;
use crate::failure::Failure;
use crate::instance::Instance;
use crate::json::Json;

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// Its elements.
    pub items: Vec<T>,
    /// How many elements all pages have, where the API says so.
    pub total: Option<usize>,
}

/// Reads a page of `GET …/backups`.
///
/// # Errors
/// The failure, when the answer is no such list.
pub fn backups(answer: &Answer, json: Option<&Json>) -> Result<Page<Backup>, Failure> {
    read(answer, json, "backups", |element| Some(Backup::from_json(element)))
}

/// Reads a page of `GET …/instances`.
///
/// # Errors
/// The failure, when the answer is no such list.
pub fn instances(answer: &Answer, json: Option<&Json>) -> Result<Page<Instance>, Failure> {
    read(answer, json, "instances", Instance::from_json)
}

/// Reads a page of `GET …/database/detail`: the names.
///
/// # Errors
/// The failure, when the answer is no such list.
pub fn databases(answer: &Answer, json: Option<&Json>) -> Result<Page<String>, Failure> {
    read(answer, json, "databases", |element| element.text("name"))
}

/// The reason that the task list gives for a failed backup, the newest first. Where the API has no such list, none.
pub fn failure_reason(json: Option<&Json>) -> Option<String> {
    let tasks = json?;
    ["tasks", "task_list", "jobs"]
        .into_iter()
        .flat_map(|key| tasks.list(key))
        .find_map(|task| task.text("fail_reason").filter(|reason| !reason.is_empty()))
}

fn read<T>(
    answer: &Answer,
    json: Option<&Json>,
    key: &str,
    element: impl Fn(&Json) -> Option<T>,
) -> Result<Page<T>, Failure> {
    let succeeded = (200..300).contains(&answer.status);
    let list = json.filter(|json| succeeded && matches!(json.get(key), Some(Json::List(_))));
    let Some(list) = list else { return Err(Failure::read(answer, json)) };
    let total = list.integer("total_count").and_then(|total| usize::try_from(total).ok());
    Ok(Page { items: list.list(key).iter().filter_map(element).collect(), total })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::Body;
    use crate::codes::Meaning;
    use crate::json::tests::parse;

    fn answer(status: u16, body: &str) -> (Answer, Option<Json>) {
        (Answer::new(status, Body::Text(body.into())), parse(body))
    }

    #[test]
    fn a_page_has_its_elements_and_the_total() {
        let (answer, json) = answer(200, r#"{"backups":[{"id":"a"},{"id":"b"}],"total_count":7}"#);
        let page = backups(&answer, json.as_ref()).unwrap();
        assert_eq!(page.total, Some(7));
        assert_eq!(page.items.iter().filter_map(|backup| backup.id.as_deref()).collect::<Vec<_>>(), ["a", "b"]);
    }

    #[test]
    fn what_is_no_list_is_a_failure() {
        for (status, body, meaning) in [
            (200, "{}", Meaning::AnswerUnclear),
            (200, r#"{"backups":{}}"#, Meaning::AnswerUnclear),
            (401, r#"{"error_code":"APIGW.0301","error_msg":"x"}"#, Meaning::TokenRejected),
            (404, r#"{"backups":[]}"#, Meaning::NotFound),
        ] {
            let (answer, json) = answer(status, body);
            assert_eq!(backups(&answer, json.as_ref()).unwrap_err().meaning, meaning, "{body}");
        }
    }

    #[test]
    fn the_newest_reason_of_a_failure_is_found() {
        let json = parse(r#"{"tasks":[{"fail_reason":""},{"fail_reason":"lock not obtained"},{"fail_reason":"old"}]}"#);
        assert_eq!(failure_reason(json.as_ref()).as_deref(), Some("lock not obtained"));
        assert_eq!(failure_reason(parse("{}").as_ref()), None);
        assert_eq!(failure_reason(None), None);
    }
}
