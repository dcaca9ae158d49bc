//! Gives the program short names for what it imports and exports.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{ExportSection, ImportSection, Module, RawSection, SectionId};
use wasmparser::{Parser, Payload};

/// The program with renamed imports and exports, and without exports that no script uses.
#[allow(clippy::wildcard_enum_match_arm, reason = "the enum of another crate: every other section is copied")]
pub(super) fn with_short_names(program: &[u8], names: &BTreeMap<String, String>, script: &str) -> Result<Vec<u8>> {
    let short = |name: &str| names.get(name).cloned().unwrap_or_else(|| name.to_owned());
    let mut renamed = Module::new();
    for payload in Parser::new(0).parse_all(program) {
        let payload = payload?;
        match payload {
            Payload::ImportSection(section) => {
                let mut imports = ImportSection::new();
                for import in section.into_imports() {
                    let import = import?;
                    let kind = RoundtripReencoder.entity_type(import.ty)?;
                    imports.import(&short(import.module), &short(import.name), kind);
                }
                renamed.section(&imports);
            }
            Payload::ExportSection(section) => {
                let mut exports = ExportSection::new();
                for export in section {
                    let export = export?;
                    if !names.contains_key(export.name) && !script.contains(export.name) {
                        continue;
                    }
                    exports.export(&short(export.name), RoundtripReencoder.export_kind(export.kind)?, export.index);
                }
                renamed.section(&exports);
            }
            _ => {
                if let Some((id, range)) = payload.as_section().filter(|(id, _)| *id != SectionId::Custom as u8) {
                    let range = usize::try_from(range.start)?..usize::try_from(range.end)?;
                    let data = program.get(range).context("the program breaks off")?;
                    renamed.section(&RawSection { id, data });
                }
            }
        }
    }
    Ok(renamed.finish())
}
