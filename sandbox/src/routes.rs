//! The API's routes, and what goes round them: the record, CORS, the levers.

use std::sync::Arc;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};

use uuid::Uuid;

use crate::fault::{Fault, Route, Shape, Unreadable, When};
use crate::record::Record;
use crate::refusal::Refusal;
use crate::server::{Injection, Shared, World};
use crate::world::{self, Instance, StoredBackup};

/// The parameters of a query.
#[derive(serde::Deserialize)]
#[serde(transparent)]
struct Parameters(Vec<(String, String)>);

impl Parameters {
    fn text(&self, key: &str) -> Option<&str> {
        self.0.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }

    fn number(&self, key: &str, default: usize) -> usize {
        self.text(key).and_then(|text| text.parse().ok()).unwrap_or(default)
    }

    /// The page of a list that `offset` and `limit` ask for, and how many there are in all.
    fn page<'a, T: 'a>(&self, all: impl Iterator<Item = &'a T>) -> (impl Iterator<Item = &'a T>, usize) {
        let all: Vec<&T> = all.collect();
        let total = all.len();
        let (offset, limit) = (self.number("offset", 0), self.number("limit", 100).min(100));
        (all.into_iter().skip(offset).take(limit), total)
    }
}

/// The gateway's limit for a body.
const LARGEST_BODY: usize = 12 * 1024 * 1024;

pub(crate) fn router(shared: Arc<Shared>) -> Router {
    let api = Router::new()
        .route("/v3/{project_id}/backups", get(list_backups).post(create_backup))
        .route("/v3/{project_id}/instances", get(list_instances))
        .route("/v3/{project_id}/instances/{instance_id}/database/detail", get(list_databases))
        .route("/v3/{project_id}/tasklist", get(list_tasks))
        .fallback(|| async { Refusal::NoSuchApi })
        .method_not_allowed_fallback(|| async { Refusal::NoSuchApi })
        .layer(middleware::from_fn_with_state(Arc::clone(&shared), round_the_api));
    Router::new().route("/sandbox/requests", get(shown_requests)).merge(api).with_state(shared)
}

/// Records the request, answers preflights, holds, plays the script, and lets the page read the answer.
async fn round_the_api(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LARGEST_BODY).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let (method, origin) = (parts.method.clone(), parts.headers.get(header::ORIGIN).cloned());
    let recorded =
        Record { method: method.clone(), uri: parts.uri.clone(), headers: parts.headers.clone(), body: body.clone() };
    shared.requests.send_modify(|requests| requests.push(recorded));

    let mut response = if method == Method::OPTIONS {
        preflight(shared.settings.cors)
    } else {
        // The sender lives in `shared`: the wait can't fail.
        let _ = shared.held.subscribe().wait_for(|held| !held).await;
        let injection = Route::of(&method, &parts.uri).and_then(|route| shared.world().take_fault(route));
        // Whoever waits for the fault to be met looks again.
        shared.requests.send_modify(|_| {});
        let request = Request::from_parts(parts, Body::from(body));
        answer(request, next, injection).await
    };
    if response.extensions().get::<Unreadable>().is_some() {
        return response;
    }
    response
        .headers_mut()
        .insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("date, retry-after, x-request-id"));
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

/// The answer to a call, with the fault that a test has in store for it.
async fn answer(request: Request, next: Next, injection: Option<Injection>) -> Response {
    let Some(Injection { when, fault, .. }) = injection else { return next.run(request).await };
    let commits = when == When::AfterCommit || request.method() != Method::POST;
    let unavailable = Fault::Refusal(503, Shape::Gateway);
    let right =
        if commits { next.run(request).await } else { unavailable.strike(StatusCode::OK.into_response()).await };
    fault.strike(right).await
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
    State(shared): State<Arc<Shared>>,
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
    check_databases(&instance, &body)?;

    let mut world = shared.world();
    if world.backups.iter().any(|backup| Some(backup.name.as_str()) == body.get("name").and_then(Value::as_str)) {
        return Err(Refusal::NameTaken);
    }
    if world.backups.iter().any(|backup| backup.instance.id == instance.id && backup.is_building()) {
        return Err(Refusal::BackupRunning);
    }
    if world.statuses.contains_key(&instance.id) {
        return Err(Refusal::Busy);
    }
    let fails = std::mem::take(&mut world.next_fails);
    let backup = StoredBackup::new(&instance, &body, shared.settings.build_time, fails);
    let answer = backup.created();
    world.backups.push(backup);
    Ok(Json(answer))
}

/// `GET /v3/{project_id}/backups`.
async fn list_backups(
    State(shared): State<Arc<Shared>>,
    Path(project_id): Path<String>,
    Query(query): Query<Parameters>,
    headers: HeaderMap,
) -> Result<Json<Value>, Refusal> {
    authorize(&shared, &headers, &project_id)?;
    let instance = instance(&shared, query.text("instance_id"))?;
    let world = shared.world();
    let wanted = |backup: &&StoredBackup| {
        backup.instance.id == instance.id && query.text("backup_id").is_none_or(|id| backup.id == id)
    };
    let (page, total) = query.page(world.backups.iter().rev().filter(wanted));
    Ok(Json(json!({ "backups": page.map(StoredBackup::listed).collect::<Vec<_>>(), "total_count": total })))
}

/// `GET /v3/{project_id}/instances`.
async fn list_instances(
    State(shared): State<Arc<Shared>>,
    Path(project_id): Path<String>,
    Query(query): Query<Parameters>,
    headers: HeaderMap,
) -> Result<Json<Value>, Refusal> {
    authorize(&shared, &headers, &project_id)?;
    let world = shared.world();
    let wanted = |instance: &&Arc<Instance>| query.text("id").is_none_or(|id| instance.id == id);
    let (page, total) = query.page(world.instances.iter().filter(wanted));
    let page: Vec<Value> = page.map(|instance| instance.listed(status_of(&world, instance))).collect();
    Ok(Json(json!({ "instances": page, "total_count": total })))
}

/// `GET /v3/{project_id}/instances/{instance_id}/database/detail`.
async fn list_databases(
    State(shared): State<Arc<Shared>>,
    Path((project_id, instance_id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Json<Value>, Refusal> {
    if !shared.settings.lists_databases {
        return Err(Refusal::NoSuchApi);
    }
    authorize(&shared, &headers, &project_id)?;
    let instance = instance(&shared, Some(&instance_id))?;
    let databases: Vec<Value> =
        instance.databases.iter().map(|name| json!({ "name": name, "state": "Running" })).collect();
    Ok(Json(json!({ "total_count": databases.len(), "databases": databases })))
}

/// `GET /v3/{project_id}/tasklist`: a failed task for each failed backup of the instance.
async fn list_tasks(
    State(shared): State<Arc<Shared>>,
    Path(project_id): Path<String>,
    Query(query): Query<Parameters>,
    headers: HeaderMap,
) -> Result<Json<Value>, Refusal> {
    authorize(&shared, &headers, &project_id)?;
    let instance = instance(&shared, query.text("instance_id"))?;
    let world = shared.world();
    let failed =
        world.backups.iter().rev().filter(|backup| backup.instance.id == instance.id && backup.status() == "FAILED");
    let tasks: Vec<Value> = failed
        .map(|backup| json!({ "name": backup.name, "fail_reason": "The backup lock was not obtained." }))
        .collect();
    Ok(Json(json!({ "total_count": tasks.len(), "tasks": tasks })))
}

/// The record, for people: it holds no token.
async fn shown_requests(State(shared): State<Arc<Shared>>) -> Json<Value> {
    Json(shared.requests.borrow().iter().map(Record::shown).collect())
}

fn authorize(shared: &Shared, headers: &HeaderMap, project_id: &str) -> Result<(), Refusal> {
    let valid = world::renewed_token(shared.world().renewals);
    if headers.get("x-auth-token").is_none_or(|token| *token != valid) {
        return Err(Refusal::Token);
    }
    if project_id == world::PROJECT_ID { Ok(()) } else { Err(Refusal::Project) }
}

fn instance(shared: &Shared, id: Option<&str>) -> Result<Arc<Instance>, Refusal> {
    let world = shared.world();
    let found = world.instances.iter().find(|instance| Some(instance.id.as_str()) == id).map(Arc::clone);
    found.ok_or(Refusal::NoSuchInstance)
}

/// The status of an instance: that of the test, or what its backups make it.
fn status_of(world: &World, instance: &Instance) -> &'static str {
    let is_backing_up = world.backups.iter().any(|backup| backup.instance.id == instance.id && backup.is_building());
    let own = if is_backing_up { "BACKING UP" } else { "ACTIVE" };
    world.statuses.get(&instance.id).copied().unwrap_or(own)
}

fn check_databases(instance: &Instance, body: &Value) -> Result<(), Refusal> {
    let Some(databases) = body.get("databases").and_then(Value::as_array) else { return Ok(()) };
    if instance.engine != "SQLServer" {
        return Err(Refusal::PartialBackup);
    }
    let mut names = databases.iter().filter_map(|database| database.get("name").and_then(Value::as_str));
    match names.find(|name| !instance.databases.contains(name)) {
        Some(unknown) => Err(Refusal::NoSuchDatabase(unknown.to_owned())),
        None => Ok(()),
    }
}
