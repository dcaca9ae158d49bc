//! Any texts as a request: the page's rules and the OpenAPI document agree on it.

#![no_main]

#[path = "../../sandbox/tests/agreement/mod.rs"]
mod agreement;

use agreement::Typed;
use contract::instance::Engine;
use libfuzzer_sys::fuzz_target;

const ENGINES: [Option<Engine>; 3] = [None, Some(Engine::SqlServer), Some(Engine::MySql)];

fuzz_target!(|typed: (u8, String, String, String, Vec<String>)| {
    let (engine, instance_id, name, description, databases) = typed;
    let engine = ENGINES[usize::from(engine) % ENGINES.len()];
    Typed { instance_id, name, description, databases, engine }.is_agreed_on();
});
