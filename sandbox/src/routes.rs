//! The API's routes, and what goes round them: the record, CORS, the levers.

use std::io;
use std::sync::Arc;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use futures_util::{StreamExt, stream};
use serde_json::{Value, json};

use crate::record::Recorded;
use crate::refusal::Refusal;
use crate::server::{Scripted, Shared};
use crate::world::{self, INSTANCES, Instance, StoredBackup};

/// The gateway's limit for a body.
const LARGEST_BODY: usize = 12 * 1024 * 1024;

pub(crate) fn router(shared: Arc<Shared>) -> Router {
    let api = Router::new()
        .route("/v3/{project_id}/backups", get(list_backups).post(create_backup))
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
        Recorded { method: method.clone(), uri: parts.uri.clone(), headers: parts.headers.clone(), body: body.clone() };
    shared.requests.send_modify(|requests| requests.push(recorded));

    let mut response = if method == Method::OPTIONS {
        preflight(shared.settings.cors)
    } else {
        // The sender lives in `shared`: the wait can't fail.
        let _ = shared.held.subscribe().wait_for(|held| !held).await;
        let scripted = if method == Method::POST { shared.world().script.pop_front() } else { None };
        match scripted {
            Some(script) => scripted_answer(script),
            None => next.run(Request::from_parts(parts, Body::from(body))).await,
        }
    };
    if let Some(origin) = origin.filter(|_| shared.settings.cors) {
        response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        response.headers_mut().insert(header::VARY, HeaderValue::from_static("Origin"));
    }
    response
}

fn scripted_answer(script: Scripted) -> Response {
    let status = StatusCode::from_u16(script.status).unwrap_or_default();
    let body = if script.breaks_off {
        let beginning = stream::iter([Ok(script.body)]);
        // A pause makes the server send what it has before it meets the error.
        let end = stream::once(async {
            tokio::task::yield_now().await;
            Err(io::Error::other("the script breaks off"))
        });
        Body::from_stream(beginning.chain(end))
    } else {
        Body::from(script.body)
    };
    let mut response = (status, [(header::CONTENT_TYPE, script.content_type)], body).into_response();
    if let Some(location) = script.location.and_then(|location| HeaderValue::from_str(&location).ok()) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
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
    authorize(&headers, &project_id)?;
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !content_type.starts_with("application/json") {
        return Err(Refusal::ContentType);
    }
    let body: Value = serde_json::from_slice(&body).map_err(|_| Refusal::NotJson)?;
    shared.create_backup.check(&body).map_err(Refusal::Contract)?;
    let instance = instance(body.get("instance_id").and_then(Value::as_str))?;
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
    let backup = StoredBackup::new(instance, &body, shared.settings.build_time);
    let answer = backup.created();
    world.backups.push(backup);
    Ok(Json(answer))
}

/// `GET /v3/{project_id}/backups`.
async fn list_backups(
    State(shared): State<Arc<Shared>>,
    Path(project_id): Path<String>,
    Query(query): Query<Vec<(String, String)>>,
    headers: HeaderMap,
) -> Result<Json<Value>, Refusal> {
    authorize(&headers, &project_id)?;
    let value = |key: &str| query.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str());
    let number = |key: &str, default| value(key).and_then(|text| text.parse().ok()).unwrap_or(default);
    let instance = instance(value("instance_id"))?;
    let world = shared.world();
    let wanted = |backup: &&StoredBackup| {
        backup.instance.id == instance.id && value("backup_id").is_none_or(|id| backup.id == id)
    };
    let all: Vec<Value> = world.backups.iter().rev().filter(wanted).map(StoredBackup::listed).collect();
    let page: Vec<&Value> = all.iter().skip(number("offset", 0)).take(number("limit", 100).min(100)).collect();
    Ok(Json(json!({ "backups": page, "total_count": all.len() })))
}

/// The record, for people: it holds no token.
async fn shown_requests(State(shared): State<Arc<Shared>>) -> Json<Value> {
    Json(shared.requests.borrow().iter().map(Recorded::shown).collect())
}

fn authorize(headers: &HeaderMap, project_id: &str) -> Result<(), Refusal> {
    if headers.get("x-auth-token").is_none_or(|token| *token != world::token()) {
        return Err(Refusal::Token);
    }
    if project_id == world::PROJECT_ID { Ok(()) } else { Err(Refusal::Project) }
}

fn instance(id: Option<&str>) -> Result<Instance, Refusal> {
    INSTANCES.into_iter().find(|instance| Some(instance.id) == id).ok_or(Refusal::NoSuchInstance)
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
