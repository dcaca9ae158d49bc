//! Which files of a crate import which others: read from the source, without expanding macros but
//! the one for each language.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use console_core::Language;
use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// A crate's files and their imports. Test modules are left out: they may look at anything.
pub struct Imports {
    /// For each file, relative to the crate's folder, the files that it imports from.
    pub edges: BTreeMap<PathBuf, BTreeSet<PathBuf>>,
}

/// The path of a module from the crate's root on, as in `["work", "press"]`.
type Module = Vec<String>;

impl Imports {
    /// Reads the crate whose root file is `root`.
    pub fn read(root: &Path) -> Self {
        let mut modules = BTreeMap::new();
        find_modules(root, root.parent().unwrap(), &[], &mut modules);
        let base = root.parent().unwrap();
        let relative = |file: &Path| file.strip_prefix(base).unwrap().to_owned();
        let mut edges = BTreeMap::new();
        for (module, (file, tokens)) in &modules {
            let mut paths = Vec::new();
            collect_paths(tokens, module, &mut paths);
            let aliases = aliases(&paths, &modules);
            let imported = paths.iter().filter_map(|path| resolve(&path.names, &path.from, &aliases, &modules));
            let imported = imported.filter(|target| target != file).map(|target| relative(&target)).collect();
            edges.insert(relative(file), imported);
        }
        Self { edges }
    }

    /// The shortest circle of files there is, as `a imports b imports … imports a`.
    pub fn circle(&self) -> Option<Vec<&Path>> {
        let circles = self.edges.keys().filter_map(|start| self.way_back_to(start));
        circles.min_by_key(Vec::len)
    }

    fn way_back_to<'a>(&'a self, start: &'a Path) -> Option<Vec<&'a Path>> {
        let mut seen = BTreeSet::new();
        let mut ways = std::collections::VecDeque::from([vec![start]]);
        while let Some(way) = ways.pop_front() {
            for next in self.edges.get(*way.last().unwrap()).into_iter().flatten() {
                if next == start {
                    return Some(way);
                }
                if seen.insert(next) {
                    ways.push_back([&way[..], &[next.as_path()]].concat());
                }
            }
        }
        None
    }
}

type Modules = BTreeMap<Module, (PathBuf, TokenStream)>;

/// An `a::b::c` of a file.
struct ModulePath {
    /// The module that it stands in.
    from: Module,
    names: Vec<String>,
    /// What it is called from here on (`as`).
    alias: Option<String>,
}

/// The names by which a file calls modules that it has imported as a whole.
fn aliases(paths: &[ModulePath], modules: &Modules) -> BTreeMap<String, Module> {
    let imported = paths.iter().filter_map(|path| {
        let module = module_of(&path.names, &path.from, &BTreeMap::new(), modules)?;
        let name = path.alias.clone().or_else(|| path.names.last().cloned())?;
        (path.names.len() > 1 && module.last() == path.names.last()).then_some((name, module))
    });
    imported.collect()
}

/// The only macro that declares and imports modules is expanded: the one for each language, whose module it calls `$module`
/// or `$built_in_module`.
fn in_every_language(text: &str) -> String {
    if !text.contains("for_each_language!(") {
        return text.to_owned();
    }
    let expanded = |module: &str| {
        let declared = if text.contains("$(mod $module;)*") { format!("mod {module};\n") } else { String::new() };
        declared + &text.replace("$built_in_module", module).replace("$module", module)
    };
    // What a comment at the beginning of a file documents stays there only once.
    let expanded = Language::ALL.map(|language| expanded(language.module()).replace("//!", "//"));
    expanded.concat()
}

/// Reads a file and, by its `mod name;`, those below it.
fn find_modules(file: &Path, folder: &Path, module: &[String], modules: &mut Modules) {
    let text = std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let tokens =
        without_tests(in_every_language(&text).parse().unwrap_or_else(|error| panic!("{}: {error}", file.display())));
    for name in declared(&tokens) {
        let beside = folder.join(&name).with_extension("rs");
        let below = if beside.exists() { beside } else { folder.join(&name).join("mod.rs") };
        find_modules(&below, &folder.join(&name), &[module, std::slice::from_ref(&name)].concat(), modules);
    }
    modules.insert(module.to_vec(), (file.to_owned(), tokens));
}

/// The names of `mod name;`.
fn declared(tokens: &TokenStream) -> Vec<String> {
    let tokens: Vec<_> = tokens.clone().into_iter().collect();
    let is = |index: usize, what: &str| tokens.get(index).is_some_and(|token: &TokenTree| token.to_string() == what);
    for inline in (0..tokens.len()).filter(|index| is(*index, "mod") && !is(*index + 2, ";")) {
        if let Some(TokenTree::Group(body)) = tokens.get(inline + 2) {
            assert!(
                declared(&body.stream()).is_empty(),
                "a module with a file of its own isn't read in an inline module"
            );
        }
    }
    let at = (0..tokens.len()).filter(|index| is(*index, "mod") && is(*index + 2, ";"));
    at.map(|index| tokens[index + 1].to_string()).collect()
}

/// Leaves out every item that only tests have.
fn without_tests(tokens: TokenStream) -> TokenStream {
    let mut kept = Vec::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let is_attribute = matches!(&token, TokenTree::Punct(mark) if mark.as_char() == '#');
        if is_attribute && tokens.peek().is_some_and(|next| next.to_string().replace(' ', "") == "[cfg(test)]") {
            // The item goes to the end of its braces or its line, a field or a variant to its comma.
            for skipped in tokens.by_ref() {
                let is_body = matches!(&skipped, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
                if is_body || matches!(&*skipped.to_string(), ";" | ",") {
                    break;
                }
            }
            continue;
        }
        kept.push(match token {
            TokenTree::Group(group) => proc_macro2::Group::new(group.delimiter(), without_tests(group.stream())).into(),
            single @ (TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_)) => single,
        });
    }
    kept.into_iter().collect()
}

/// Every `a::b::c` of the file; a tree of imports has a path for each of its leaves.
fn collect_paths(tokens: &TokenStream, module: &[String], paths: &mut Vec<ModulePath>) {
    let tokens: Vec<_> = tokens.clone().into_iter().collect();
    let mut index = 0;
    while index < tokens.len() {
        match &tokens[index] {
            // A visibility imports nothing.
            TokenTree::Ident(word) if word == "pub" && is_in_parentheses(tokens.get(index + 1)) => index += 2,
            TokenTree::Ident(word) if word == "mod" && matches!(tokens.get(index + 2), Some(TokenTree::Group(_))) => {
                if let TokenTree::Group(body) = &tokens[index + 2] {
                    let name = tokens[index + 1].to_string();
                    collect_paths(&body.stream(), &[module, &[name]].concat(), paths);
                }
                index += 3;
            }
            TokenTree::Ident(_) => {
                index = read_path(
                    &tokens,
                    index,
                    ModulePath { from: module.to_vec(), names: Vec::new(), alias: None },
                    paths,
                );
            }
            TokenTree::Group(group) => {
                collect_paths(&group.stream(), module, paths);
                index += 1;
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => index += 1,
        }
    }
}

fn is_in_parentheses(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis)
}

/// Reads one path from `index` on, behind `path`, and says where it ends.
fn read_path(tokens: &[TokenTree], mut index: usize, mut path: ModulePath, paths: &mut Vec<ModulePath>) -> usize {
    let is = |index: usize, what: &str| tokens.get(index).is_some_and(|token: &TokenTree| token.to_string() == what);
    while let Some(TokenTree::Ident(name)) = tokens.get(index) {
        path.names.push(name.to_string());
        index += 1;
        if !is(index, ":") || !is(index + 1, ":") {
            break;
        }
        index += 2;
        if is(index, "*") {
            path.names.push("*".to_owned());
            break;
        }
        if let Some(TokenTree::Group(tree)) = tokens.get(index)
            && tree.delimiter() == Delimiter::Brace
        {
            let branches: Vec<_> = tree.stream().into_iter().collect();
            let mut at = 0;
            while at < branches.len() {
                at = if matches!(branches[at], TokenTree::Ident(_)) {
                    let branch = ModulePath { from: path.from.clone(), names: path.names.clone(), alias: None };
                    read_path(&branches, at, branch, paths)
                } else {
                    at + 1
                };
            }
            return index + 1;
        }
    }
    if is(index, "as") {
        path.alias = tokens.get(index + 1).map(ToString::to_string);
        index += 2;
    }
    paths.push(path);
    index
}

/// The file in which the path is looked up: that of the last module that it names.
fn resolve(path: &[String], from: &[String], aliases: &BTreeMap<String, Module>, modules: &Modules) -> Option<PathBuf> {
    let module = module_of(path, from, aliases, modules)?;
    modules.get(&module).map(|(file, _)| file.clone())
}

/// The last module that the path names.
fn module_of(
    path: &[String],
    from: &[String],
    aliases: &BTreeMap<String, Module>,
    modules: &Modules,
) -> Option<Module> {
    let mut names = path.iter().map(String::as_str).peekable();
    let mut module: Module = match *names.peek()? {
        "crate" => {
            names.next();
            Vec::new()
        }
        "self" => {
            names.next();
            from.to_vec()
        }
        "super" => {
            let mut module = from.to_vec();
            while names.next_if_eq(&"super").is_some() {
                module.pop();
            }
            module
        }
        name if path.len() > 1 && modules.contains_key(&[from, &[name.to_owned()]].concat()) => from.to_vec(),
        name if path.len() > 1 => {
            names.next();
            aliases.get(name)?.clone()
        }
        // Something of this file, of another crate, or of the language.
        _ => return None,
    };
    for name in names {
        let child = [&module[..], &[name.to_owned()]].concat();
        if !modules.contains_key(&child) {
            break;
        }
        module = child;
    }
    Some(module)
}
