//! A web server as operators have it: the page in a folder, behind a login, and a path from which calls are passed on to the
//! API.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{any, get};
use axum::{Json, Router};
use sandbox::Sandbox;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tower_http::services::ServeDir;

use super::host::dist;

/// What a login answers to whoever has no session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Challenge {
    /// A redirect to the page of the login, on the same server.
    Redirect,
    /// A redirect to a login of another origin.
    RedirectElsewhere,
    /// The page of the login, in place of what was asked for.
    Page,
    /// A 401 with a page, as of a web server's own authentication.
    Unauthorized,
}

/// A web server with a login that runs until the test ends.
pub struct WebServer {
    /// Where the page is.
    pub url: String,
    state: Arc<ServerState>,
}

struct ServerState {
    api: SocketAddr,
    /// Who gets what in place of an answer; nobody while everybody is signed in.
    challenge: watch::Sender<Option<Challenge>>,
    /// What has come to the login of another origin: method and headers.
    elsewhere: watch::Sender<Vec<(Method, HeaderMap)>>,
    login_elsewhere: String,
    client: reqwest::Client,
}

/// The cookie of a session.
const SESSION: &str = "session=signed-in";
/// The path of the login.
const LOGIN: &str = "/login";

impl WebServer {
    /// Serves the page in a folder (such as `/tools/rds`) with these settings, and passes `folder/api` on to a sandbox.
    pub async fn start(folder: &'static str, settings: Value, sandbox: &Sandbox) -> Self {
        let elsewhere = watch::Sender::new(Vec::new());
        let seen = elsewhere.clone();
        let login = any(async move |request: Request| {
            seen.send_modify(|seen| seen.push((request.method().clone(), request.headers().clone())));
            // It would let a page read its answer, and send it whatever it likes.
            let any_origin = [
                (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
                (header::ACCESS_CONTROL_ALLOW_HEADERS, "*"),
                (header::ACCESS_CONTROL_ALLOW_METHODS, "*"),
            ];
            (any_origin, Html("<h1>Sign in elsewhere</h1>"))
        });
        let login_elsewhere = listen(Router::new().fallback_service(login)).await + "login";
        let state = Arc::new(ServerState {
            api: sandbox.address(),
            challenge: watch::Sender::new(None),
            elsewhere,
            login_elsewhere,
            client: reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap(),
        });
        let page = Router::new()
            .route("/config.json", get(async move || Json(settings)))
            .route("/api/{*call}", any(pass_on).with_state(Arc::clone(&state)))
            .fallback_service(ServeDir::new(dist()));
        let site = Router::new()
            .nest_service(folder, page)
            .layer(from_fn_with_state(Arc::clone(&state), ask_for_login))
            .route(LOGIN, get(|| async { Html("<h1>Sign in</h1>") }));
        let url = listen(site).await;
        Self { url: format!("{}{folder}/", url.trim_end_matches('/')), state }
    }

    /// All sessions end: whoever comes is answered so.
    pub fn end_sessions(&self, challenge: Challenge) {
        self.state.challenge.send_replace(Some(challenge));
    }

    /// The user signs in again, in whichever tab.
    pub fn sign_in(&self) {
        self.state.challenge.send_replace(None);
    }

    /// What has come to the login of another origin.
    pub fn came_elsewhere(&self) -> Vec<(Method, HeaderMap)> {
        self.state.elsewhere.borrow().clone()
    }
}

async fn listen(router: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    url
}

/// The login in front of everything. The page itself gets the session, as at the end of a sign-in; without it there is no call.
async fn ask_for_login(State(state): State<Arc<ServerState>>, request: Request, next: Next) -> Response {
    let cookies = request.headers().get_all(header::COOKIE).iter();
    let has_session = cookies.filter_map(|value| value.to_str().ok()).any(|value| value.contains(SESSION));
    let is_call = request.uri().path().contains("/api/");
    let challenge = *state.challenge.borrow();
    let challenge = challenge.or((is_call && !has_session).then_some(Challenge::Redirect));
    match challenge {
        None => {
            let cookie = [(header::SET_COOKIE, format!("{SESSION}; Path=/; HttpOnly; SameSite=Strict"))];
            (cookie, next.run(request).await).into_response()
        }
        Some(Challenge::Redirect) => Redirect::to(LOGIN).into_response(),
        // The status that has a browser repeat the request as it is, with all of its headers.
        Some(Challenge::RedirectElsewhere) => Redirect::temporary(&state.login_elsewhere).into_response(),
        Some(Challenge::Page) => Html("<h1>Sign in</h1>").into_response(),
        Some(Challenge::Unauthorized) => {
            let scheme = [(header::WWW_AUTHENTICATE, "Bearer realm=\"tools\"")];
            (StatusCode::UNAUTHORIZED, scheme, Html("<h1>401</h1>")).into_response()
        }
    }
}

/// Passes a call on as deploy/ does, without the session.
async fn pass_on(
    State(state): State<Arc<ServerState>>,
    method: Method,
    uri: Uri,
    mut headers: HeaderMap,
    body: Bytes,
) -> Response {
    for own in [header::HOST, header::COOKIE, header::ORIGIN, header::REFERER, header::CONTENT_LENGTH] {
        headers.remove(own);
    }
    let (_, call) = uri.path_and_query().unwrap().as_str().split_once("/api").unwrap();
    let request = state.client.request(method, format!("http://{}{call}", state.api)).headers(headers).body(body);
    let Ok(answer) = request.send().await else { return StatusCode::BAD_GATEWAY.into_response() };
    let (status, mut headers) = (answer.status(), answer.headers().clone());
    headers.remove(header::TRANSFER_ENCODING);
    match answer.bytes().await {
        Ok(body) => (status, headers, body).into_response(),
        Err(_) => StatusCode::BAD_GATEWAY.into_response(),
    }
}
