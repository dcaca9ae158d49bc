//! Any texts as a request: the page's rules and the OpenAPI document agree on it.

#![no_main]

#[path = "../../sandbox/tests/agreement/mod.rs"]
mod agreement;

use agreement::Typed;
use contract::cloud::Cloud;
use contract::instance::Engine;
use libfuzzer_sys::fuzz_target;

const ENGINES: [Option<Engine>; 4] =
    [None, Some(Engine::SqlServer), Some(Engine::MySql), Some(Engine::PostgreSql)];
const CLOUDS: [Cloud; 3] = [Cloud::OpenTelekom, Cloud::Swiss, Cloud::Huawei];

fuzz_target!(|typed: (u8, String, String, String, Vec<String>)| {
    let (choice, instance_id, name, description, databases) = typed;
    let (engine, rest) = (ENGINES[usize::from(choice) % ENGINES.len()], usize::from(choice) / ENGINES.len());
    let (cloud, individually) = (CLOUDS[rest % CLOUDS.len()], rest / CLOUDS.len() % 2 == 1);
    Typed { instance_id, name, description, databases, engine, individually, cloud }.is_agreed_on();
});
