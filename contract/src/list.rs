//! The API's lists, page by page.

use crate::backup::Backup;
use crate::failure::Failure;
use crate::instance::Instance;
use crate::json::Json;
use crate::response::http::HttpResponse;
use crate::search;
use crate::time;

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// Its elements; those without an ID are left out, since they can't be told apart.
    pub items: Vec<T>,
    /// How many elements the server sent, including those left out: the offset of the next page.
    pub sent: usize,
    /// How many of them lack what is needed to prove that something doesn't exist: an ID, or the name of a backup.
    pub unreadable: usize,
    /// The number of elements in all pages, if the API states it (`total_count`).
    pub total: Option<usize>,
}

/// Reads a page of `GET …/backups`.
///
/// # Errors
/// The failure, if the answer isn't such a list.
pub fn backups(response: &HttpResponse, json: Option<&Json>) -> Result<Page<Backup>, Failure> {
    let mut page = read(response, json, "backups", |element| {
        let backup = Backup::from_json(element);
        backup.id.is_some().then_some(backup)
    })?;
    page.unreadable += page.items.iter().filter(|backup| backup.name.is_none()).count();
    Ok(page)
}

/// Reads a page of `GET …/instances`.
///
/// # Errors
/// The failure, if the answer isn't such a list.
pub fn instances(response: &HttpResponse, json: Option<&Json>) -> Result<Page<Instance>, Failure> {
    read(response, json, "instances", Instance::from_json)
}

/// Reads a page of `GET …/database/detail`: the names.
///
/// # Errors
/// The failure, if the answer isn't such a list.
pub fn databases(response: &HttpResponse, json: Option<&Json>) -> Result<Page<String>, Failure> {
    read(response, json, "databases", |element| element.text("name"))
}

/// How many seconds before its backup begins, or after it ends, a task may have been created, by the API's times.
const TASK_TIME_TOLERANCE_SECONDS: i64 = 5 * 60;

/// The reason that the task list states for a failed backup. Tasks don't name a backup ("Querying Instant Tasks", table
/// 4), so the reason is used only if exactly one failed task of the instance is about backups and was created during
/// the backup. The task's name isn't documented; the audit trail calls creating a manual backup `createManualSnapshot`.
/// `None` if the API has no such list.
pub fn failure_reason(json: Option<&Json>, backup: &Backup) -> Option<String> {
    let tasks = json?;
    let begun = backup.begun()?;
    let ended = backup.end_time.as_deref().and_then(time::moment).unwrap_or(begun);
    let is_of_backup = |task: &&Json| {
        let name = task.text("name").unwrap_or_default().to_ascii_lowercase();
        let is_about_backups = ["backup", "snapshot"].iter().any(|word| search::contains(&name, word))
            && !search::contains(&name, "restore");
        let has_failed = task.text("status").is_some_and(|status| status.eq_ignore_ascii_case("failed"));
        let is_of_instance =
            task.text("instance_id").is_none_or(|id| backup.instance_id.as_ref().is_none_or(|own| *own == id));
        // `create_time` for instant tasks, `created` for jobs; their `end_time` is a planned one.
        let created = task.text("create_time").or_else(|| task.text("created"));
        let created = created.as_deref().and_then(time::moment);
        let is_of_its_time = created.is_some_and(|created| {
            (begun.0 - TASK_TIME_TOLERANCE_SECONDS..=ended.0 + TASK_TIME_TOLERANCE_SECONDS).contains(&created.0)
        });
        is_about_backups && has_failed && is_of_instance && is_of_its_time
    };
    let mut failed = ["tasks", "jobs"].into_iter().flat_map(|key| tasks.list(key)).filter(is_of_backup);
    let only = failed.next()?;
    failed.next().is_none().then(|| only.text("fail_reason")).flatten().filter(|reason| !reason.is_empty())
}

fn read<T>(
    response: &HttpResponse,
    json: Option<&Json>,
    key: &str,
    element: impl Fn(&Json) -> Option<T>,
) -> Result<Page<T>, Failure> {
    let succeeded = (200..300).contains(&response.status);
    let list = json.filter(|json| succeeded && matches!(json.get(key), Some(Json::List(_))));
    let Some(list) = list else { return Err(Failure::read(response, json)) };
    let total = list.integer("total_count").and_then(|total| usize::try_from(total).ok());
    let elements = list.list(key);
    let items: Vec<T> = elements.iter().filter_map(element).collect();
    let sent = elements.iter().map(|element| if let Json::Truncated(more) = element { *more } else { 1 }).sum();
    Ok(Page { unreadable: sent - items.len(), items, sent, total })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes::ErrorKind;
    use crate::json::tests::parse;
    use crate::response::http::Body;

    fn response(status: u16, body: &str) -> (HttpResponse, Option<Json>) {
        (HttpResponse::new(status, Body::Text(body.into())), parse(body))
    }

    #[test]
    fn a_page_has_its_elements_and_the_total() {
        let (response, json) = response(200, r#"{"backups":[{"id":"a"},{"id":"b"}],"total_count":7}"#);
        let page = backups(&response, json.as_ref()).unwrap();
        assert_eq!((page.total, page.sent, page.unreadable), (Some(7), 2, 2), "both lack a name");
        assert_eq!(page.items.iter().filter_map(|backup| backup.id.as_deref()).collect::<Vec<_>>(), ["a", "b"]);
    }

    #[test]
    fn an_element_without_an_id_is_left_out_and_counted() {
        let (response, json) =
            response(200, r#"{"backups":[{"id":"a","name":"x"},{"name":"y"},7,{"id":"c","name":"z"}]}"#);
        let page = backups(&response, json.as_ref()).unwrap();
        assert_eq!((page.items.len(), page.sent, page.unreadable, page.total), (2, 4, 2, None));
    }

    #[test]
    fn elements_that_were_not_read_are_counted() {
        let many = vec![r#"{"id":"a","name":"x"}"#; crate::json::MAX_ELEMENTS + 5].join(",");
        let (response, json) = response(200, &format!(r#"{{"backups":[{many}]}}"#));
        let page = backups(&response, json.as_ref()).unwrap();
        assert_eq!(
            (page.items.len(), page.sent, page.unreadable),
            (crate::json::MAX_ELEMENTS, crate::json::MAX_ELEMENTS + 5, 5)
        );
    }

    #[test]
    fn what_is_no_list_is_a_failure() {
        for (status, body, error_kind) in [
            (200, "{}", ErrorKind::AnswerUnclear),
            (200, r#"{"backups":{}}"#, ErrorKind::AnswerUnclear),
            (401, r#"{"error_code":"APIGW.0301","error_msg":"x"}"#, ErrorKind::TokenRejected),
            (404, r#"{"backups":[]}"#, ErrorKind::NotFound),
        ] {
            let (response, json) = response(status, body);
            assert_eq!(backups(&response, json.as_ref()).unwrap_err().error_kind, error_kind, "{body}");
        }
    }

    #[test]
    fn the_reason_of_a_failure_is_that_of_the_only_failed_task_about_backups_from_its_time() {
        let backup = Backup {
            begin_time: Some("2026-11-24T12:00:00+0000".into()),
            end_time: Some("2026-11-24T12:10:00+0000".into()),
            instance_id: Some("i1".into()),
            ..Backup::default()
        };
        let task = |name: &str, status: &str, created: &str| {
            format!(
                r#"{{"name":"{name}","status":"{status}","created":"{created}","fail_reason":"lock not obtained"}}"#
            )
        };
        let reason = |tasks: &[String]| {
            let json = parse(&format!(r#"{{"tasks":[{}]}}"#, tasks.join(",")));
            failure_reason(json.as_ref(), &backup)
        };
        let own = task("CreateManualSnapshot", "Failed", "2026-11-24T11:59:58+0000");
        assert_eq!(reason(std::slice::from_ref(&own)).as_deref(), Some("lock not obtained"));
        let resize = task("ResizeFlavor", "Failed", "2026-11-24T12:05:00+0000");
        let old = task("CreateManualSnapshot", "Failed", "2026-01-24T12:00:00+0000");
        let done = task("CreateManualSnapshot", "Completed", "2026-11-24T12:01:00+0000");
        assert_eq!(
            reason(&[resize.clone(), old.clone(), own.clone(), done.clone()]).as_deref(),
            Some("lock not obtained")
        );
        let others = own.replacen('{', r#"{"instance_id":"another","#, 1);
        let restore = task("RestoreFromSnapshot", "Failed", "2026-11-24T12:05:00+0000");
        assert_eq!(reason(&[resize, old, done, others, restore]), None);
        assert_eq!(reason(&[own.clone(), own.clone()]), None, "which of the two can't be told");
        assert_eq!(failure_reason(parse(&format!(r#"{{"tasks":[{own}]}}"#)).as_ref(), &Backup::default()), None);
        assert_eq!(failure_reason(None, &backup), None);
    }
}
