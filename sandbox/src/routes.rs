//! The API's routes, and what goes round them: the record, CORS, the faults.

use std::sync::Arc;
use std::time::SystemTime;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Extension, Path, Query, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};

use uuid::Uuid;

use crate::cloud::Cloud;
use crate::date_header::DateHeader;
use crate::fault::{ErrorFormat, Fault, FaultTiming, Route, WithoutCorsHeaders, date_value};
use crate::fixtures;
use crate::list::{Filter, Parameters};
use crate::record::RecordedRequest;
use crate::refusal::Refusal;
use crate::resources::{Instance, StoredBackup};
use crate::state::{ApiState, AppState, Injection};

/// The gateway's limit for a body.
const MAX_REQUEST_BODY_BYTES: usize = 12 * 1024 * 1024;

pub(crate) fn router(shared: Arc<AppState>) -> Router {
    let api = Router::new()
        .route("/v3/{project_id}/backups", get(list_backups).post(create_backup))
        .route("/v3/{project_id}/instances", get(list_instances))
        .route("/v3/{project_id}/instances/{instance_id}/database/detail", get(list_databases))
        .route("/v3/{project_id}/tasklist", get(list_tasks))
        .fallback(|| async { Refusal::NoSuchApi })
        .method_not_allowed_fallback(|| async { Refusal::NoSuchApi })
        .layer(middleware::from_fn_with_state(Arc::clone(&shared), fault_middleware));
    Router::new().route("/sandbox/requests", get(recorded_requests)).merge(api).with_state(shared)
}

/// Records the request, answers preflights, holds, applies the fault of the call, and lets the page read the answer.
async fn fault_middleware(State(shared): State<Arc<AppState>>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, MAX_REQUEST_BODY_BYTES).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let (method, origin) = (parts.method.clone(), parts.headers.get(header::ORIGIN).cloned());
    let recorded = RecordedRequest {
        method: method.clone(),
        uri: parts.uri.clone(),
        headers: parts.headers.clone(),
        body: body.clone(),
    };
    shared.requests.send_modify(|requests| requests.push(recorded));

    let mut response = if method == Method::OPTIONS {
        preflight(shared.settings.cors)
    } else {
        let route = Route::of(&method, &parts.uri);
        let is_held = |held: &Vec<Option<Route>>| held.iter().any(|held| held.is_none() || *held == route);
        // The sender is in `shared`, so the wait can't fail.
        let _ = shared.held.subscribe().wait_for(|held| !is_held(held)).await;
        let injection = route.and_then(|route| shared.api().take_fault(route));
        // Wakes those who wait until the fault has happened.
        shared.requests.send_modify(|_| {});
        if let Some(route) = route {
            parts.extensions.insert(route);
        }
        let request = Request::from_parts(parts, Body::from(body));
        let now = shared.api().date.now();
        answer(request, next, injection, now).await
    };
    let date = shared.api().date;
    if date != DateHeader::Missing {
        response.headers_mut().insert(header::DATE, date_value(date.now()));
    }
    if response.extensions().get::<WithoutCorsHeaders>().is_some() {
        return response;
    }
    let exposed =
        if date == DateHeader::NotExposed { "retry-after, x-request-id" } else { "date, retry-after, x-request-id" };
    response.headers_mut().insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(exposed));
    if response.status().is_success() {
        let request_id = HeaderValue::from_str(&Uuid::new_v4().simple().to_string());
        response.headers_mut().extend(request_id.ok().map(|id| (HeaderName::from_static("x-request-id"), id)));
    }
    if let Some(origin) = origin.filter(|_| shared.settings.cors) {
        response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        response.headers_mut().insert(header::VARY, HeaderValue::from_static("Origin"));
    }
    response
}

/// The answer to a call, with the fault that a test has set for it.
async fn answer(request: Request, next: Next, injection: Option<Injection>, now: SystemTime) -> Response {
    let Some(Injection { when, fault, .. }) = injection else { return next.run(request).await };
    let commits = when == FaultTiming::AfterCommit || request.method() != Method::POST;
    let unavailable = Fault::Refusal(503, ErrorFormat::Gateway);
    let response =
        if commits { next.run(request).await } else { unavailable.apply(StatusCode::OK.into_response(), now).await };
    fault.apply(response, now).await
}

fn preflight(cors: bool) -> Response {
    if !cors {
        return Refusal::NoSuchApi.into_response();
    }
    let allowed = [
        (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST"),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, "content-type, x-auth-token, x-language"),
    ];
    (StatusCode::NO_CONTENT, allowed).into_response()
}

/// `POST /v3/{project_id}/backups`.
async fn create_backup(
    State(shared): State<Arc<AppState>>,
    Path(project_id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, Refusal> {
    authorize(&shared, &headers, &project_id)?;
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !content_type.starts_with("application/json") {
        return Err(Refusal::ContentType);
    }
    let body: Value = serde_json::from_slice(&body).map_err(|_| Refusal::NotJson)?;
    shared.create_backup.check(&body).map_err(Refusal::Contract)?;
    let instance = instance(&shared, body.get("instance_id").and_then(Value::as_str))?;
    if instance.replica_of.is_some() {
        return Err(Refusal::ReadReplica);
    }
    check_databases(&instance, &body, shared.settings.cloud)?;

    let mut api = shared.api();
    check_availability(&api, &instance, body.get("name").and_then(Value::as_str))?;
    let fails = std::mem::take(&mut api.next_fails);
    let backup = StoredBackup::new(&instance, &body, shared.settings.build_time, fails);
    Ok(Json(api.add(backup)))
}

/// Whether a backup of this name can be created now.
fn check_availability(api: &ApiState, instance: &Instance, name: Option<&str>) -> Result<(), Refusal> {
    let is_taken = api.backups.iter().any(|backup| Some(backup.name.as_str()) == name);
    let is_running = is_backing_up(api, instance);
    match (is_taken, is_running) {
        (true, true) if api.checks_running_first => Err(Refusal::BackupRunning),
        (true, _) => Err(Refusal::NameTaken),
        (false, true) => Err(Refusal::BackupRunning),
        (false, false) if api.statuses.get(&instance.id).is_some_and(|status| *status != "ACTIVE") => {
            Err(Refusal::Busy)
        }
        (false, false) => Ok(()),
    }
}

/// `GET /v3/{project_id}/backups`.
async fn list_backups(
    State(shared): State<Arc<AppState>>,
    Path(project_id): Path<String>,
    Extension(route): Extension<Route>,
    Query(query): Query<Parameters>,
    headers: HeaderMap,
) -> Result<Json<Value>, Refusal> {
    authorize(&shared, &headers, &project_id)?;
    let instance = instance(&shared, query.text("instance_id"))?;
    let filter = Filter::of(&query, &shared.backup_type)?;
    let mut api = shared.api();
    let listing = api.listing(route);
    let extra = api.extra_elements.iter().filter(|(instance_id, element)| {
        *instance_id == instance.id && filter.takes_id(element.get("id").and_then(Value::as_str))
    });
    let mut backups: Vec<&StoredBackup> = api
        .backups
        .iter()
        .filter(|backup| backup.instance.id == instance.id && backup.is_listed() && filter.takes(backup, &listing))
        .collect();
    if !listing.oldest_first {
        backups.reverse();
    }
    let elements = extra.map(|(_, element)| Err(element)).chain(backups.into_iter().map(Ok)).collect();
    let page = listing.page(elements, &query);
    let (has_next, ids) =
        (page.has_next, page.elements.iter().flatten().map(|backup| backup.id.clone()).collect::<Vec<_>>());
    let answer = listing.answer("backups", page.map(|element| element.map_or_else(Value::clone, StoredBackup::listed)));
    api.list_was_read(&instance.id);
    if has_next {
        api.apply_list_change(&instance.id, &ids);
    }
    Ok(Json(answer))
}

/// `GET /v3/{project_id}/instances`.
async fn list_instances(
    State(shared): State<Arc<AppState>>,
    Path(project_id): Path<String>,
    Extension(route): Extension<Route>,
    Query(query): Query<Parameters>,
    headers: HeaderMap,
) -> Result<Json<Value>, Refusal> {
    authorize(&shared, &headers, &project_id)?;
    let api = shared.api();
    let listing = api.listing(route);
    let wanted = |instance: &&Arc<Instance>| query.text("id").is_none_or(|id| instance.id == id);
    let page = listing.page(api.instances.iter().filter(wanted).collect(), &query);
    Ok(Json(listing.answer("instances", page.map(|instance| instance.listed(status_of(&api, instance))))))
}

/// `GET /v3/{project_id}/instances/{instance_id}/database/detail`.
async fn list_databases(
    State(shared): State<Arc<AppState>>,
    Path((project_id, instance_id)): Path<(String, String)>,
    Extension(route): Extension<Route>,
    Query(query): Query<Parameters>,
    headers: HeaderMap,
) -> Result<Json<Value>, Refusal> {
    if !shared.settings.lists_databases {
        return Err(Refusal::NoSuchApi);
    }
    authorize(&shared, &headers, &project_id)?;
    let instance = instance(&shared, Some(&instance_id))?;
    let listing = shared.api().listing(route);
    let page = listing.page(instance.databases.to_vec(), &query);
    Ok(Json(listing.answer("databases", page.map(|name| json!({ "name": name, "state": "Running" })))))
}

/// `GET /v3/{project_id}/tasklist`: a failed task for each failed backup of the instance.
async fn list_tasks(
    State(shared): State<Arc<AppState>>,
    Path(project_id): Path<String>,
    Query(query): Query<Parameters>,
    headers: HeaderMap,
) -> Result<Json<Value>, Refusal> {
    authorize(&shared, &headers, &project_id)?;
    let instance = instance(&shared, query.text("instance_id"))?;
    let api = shared.api();
    let failed =
        api.backups.iter().rev().filter(|backup| backup.instance.id == instance.id && backup.status() == "FAILED");
    let tasks: Vec<Value> = failed.map(StoredBackup::failed_task).collect();
    Ok(Json(json!({ "total_count": tasks.len(), "tasks": tasks })))
}

/// The record for human readers: it contains no token.
async fn recorded_requests(State(shared): State<Arc<AppState>>) -> Json<Value> {
    Json(shared.requests.borrow().iter().map(RecordedRequest::shown).collect())
}

fn authorize(shared: &AppState, headers: &HeaderMap, project_id: &str) -> Result<(), Refusal> {
    let valid = fixtures::renewed_token(shared.api().renewals);
    if headers.get("x-auth-token").is_none_or(|token| *token != valid) {
        return Err(Refusal::Token);
    }
    if project_id == fixtures::PROJECT_ID { Ok(()) } else { Err(Refusal::Project) }
}

fn instance(shared: &AppState, id: Option<&str>) -> Result<Arc<Instance>, Refusal> {
    let api = shared.api();
    let found = api.instances.iter().find(|instance| Some(instance.id.as_str()) == id).map(Arc::clone);
    found.ok_or(Refusal::NoSuchInstance)
}

/// The status of an instance: the one set by a test, or the one that follows from its backups.
fn status_of(api: &ApiState, instance: &Instance) -> &'static str {
    let shows_backing_up = !api.hides_backing_up && is_backing_up(api, instance);
    let own = if shows_backing_up { "BACKING UP" } else { "ACTIVE" };
    api.statuses.get(&instance.id).copied().unwrap_or(own)
}

fn is_backing_up(api: &ApiState, instance: &Instance) -> bool {
    api.backups.iter().any(|backup| backup.instance.id == instance.id && backup.is_building())
}

fn check_databases(instance: &Instance, body: &Value, cloud: Cloud) -> Result<(), Refusal> {
    let Some(databases) = body.get("databases").and_then(Value::as_array) else { return Ok(()) };
    if !cloud.partial_backups().contains(&instance.engine) {
        return Err(Refusal::PartialBackup(cloud));
    }
    let mut names = databases.iter().filter_map(|database| database.get("name").and_then(Value::as_str));
    match names.find(|name| !instance.databases.contains(name)) {
        Some(unknown) => Err(Refusal::NoSuchDatabase(unknown.to_owned())),
        None => Ok(()),
    }
}
