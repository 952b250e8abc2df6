//! Which part may know which. The map stands in ARCHITECTURE.md.

use super::sources::{self, Source};

/// A part of the library and the parts that it may use.
const ARROWS: [(&str, &[&str]); 12] = [
    ("domain", &[]),
    ("system", &[]),
    ("memory", &[]),
    ("wire", &["domain"]),
    ("camera", &["domain", "system"]),
    ("vision", &["domain", "system"]),
    ("seal", &["domain", "system"]),
    ("texts", &["domain"]),
    ("store", &["seal", "domain", "system"]),
    ("sync", &["store", "wire", "seal", "domain", "system"]),
    ("server", &["wire", "vision", "seal", "texts", "domain", "system"]),
    ("desktop", &["sync", "camera", "vision", "store", "seal", "texts", "domain", "system", "memory"]),
];

/// What the programs may use of the library.
const PROGRAMS: [(&str, &[&str]); 2] =
    [("src/bin/kortautomat.rs", &["desktop", "memory"]), ("src/bin/kortserver.rs", &["server", "memory"])];

fn part(path: &str) -> Option<&str> {
    let inside = path.strip_prefix("src/")?;
    let part = inside.split('/').next()?;
    Some(part.strip_suffix(".rs").unwrap_or(part))
}

/// How many steps up lead from the file's module to the crate: `src/domain.rs` 1, `src/domain/pin.rs` 2.
fn depth(path: &str) -> usize {
    path.split('/').count() - 1
}

/// The names that follow a path's beginning: `a` of `a::b`, `a` and `b` of `{a::c, b}`.
fn heads(rest: &str) -> Vec<String> {
    let name = |text: &str| -> String {
        text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
    };
    let Some(list) = rest.strip_prefix('{') else { return vec![name(rest)] };
    let (mut heads, mut open, mut start) = (Vec::new(), 0, 0);
    for (at, character) in list.char_indices() {
        match character {
            '{' => open += 1,
            '}' if open == 0 => {
                heads.push(name(&list[start..at]));
                return heads;
            }
            '}' => open -= 1,
            ',' if open == 0 => {
                heads.push(name(&list[start..at]));
                start = at + 1;
            }
            _ => {}
        }
    }
    heads.push(name(&list[start..]));
    heads
}

/// The parts of the library that a file names, each with its line.
fn used(source: &Source, crate_name: &str) -> Vec<(usize, String)> {
    let code: Vec<_> = source.code().collect();
    let text: String = code.iter().map(|(_, line)| format!("{line}\n")).collect();
    let line_of = |at: usize| code[text[..at].matches('\n').count()].0;
    let climb = "super::".repeat(depth(&source.path));
    let mut used = Vec::new();
    for beginning in [format!("{crate_name}::"), climb] {
        for (at, _) in text.match_indices(&beginning) {
            let before = text[..at].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
                continue;
            }
            used.extend(heads(&text[at + beginning.len()..]).into_iter().map(|head| (line_of(at), head)));
        }
    }
    used
}

#[test]
fn parts_use_only_what_stands_below_them() {
    let mut wrong = Vec::new();
    for source in sources::under("src", "rs") {
        if source.path == "src/lib.rs" || source.path.starts_with("src/bin/") {
            continue;
        }
        let own = part(&source.path).unwrap();
        let Some((_, allowed)) = ARROWS.iter().find(|(part, _)| *part == own) else {
            wrong.push(format!("{}: {own} is no part of the map", source.path));
            continue;
        };
        for (line, other) in used(&source, "crate") {
            let known = ARROWS.iter().any(|(part, _)| *part == other);
            if known && other != own && !allowed.contains(&other.as_str()) {
                wrong.push(format!("{}:{line}: {own} may not use {other}", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn programs_hold_arguments_and_start_only() {
    let mut wrong = Vec::new();
    for source in sources::under("src/bin", "rs") {
        let Some((_, allowed)) = PROGRAMS.iter().find(|(path, _)| *path == source.path) else {
            wrong.push(format!("{} is no program of ours", source.path));
            continue;
        };
        for (line, other) in used(&source, "kortautomat") {
            if ARROWS.iter().any(|(part, _)| *part == other) && !allowed.contains(&other.as_str()) {
                wrong.push(format!("{}:{line}: a program may not use {other}", source.path));
            }
        }
        let length = source.text.lines().count();
        if length > 350 {
            wrong.push(format!("{}: {length} lines are more than arguments and start", source.path));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn the_domain_knows_no_outside() {
    let mut wrong = Vec::new();
    for source in sources::under("src/domain", "rs") {
        for (line, code) in source.code() {
            for outside in
                ["serde", "sqlx", "iced", "axum", "reqwest", "tokio", "std::fs", "std::net", "std::io"]
            {
                if code.contains(&format!("{outside}::")) {
                    wrong.push(format!("{}:{line}: {outside}", source.path));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn the_reader_of_arrows_sees_every_way_to_write_one() {
    let source = |path: &str, text: &str| Source { path: path.to_owned(), text: text.to_owned() };
    let names = |source: &Source| -> Vec<String> {
        used(source, "crate").into_iter().map(|(_, name)| name).collect()
    };
    assert_eq!(
        names(&source("src/wire/card.rs", "use crate::domain::card;\n// crate::server\n")),
        ["domain"]
    );
    assert_eq!(
        names(&source(
            "src/wire/card.rs",
            "use crate::{domain::{card, order}, store};\nlet x = crate::sync::go();"
        )),
        ["domain", "store", "sync"],
    );
    assert_eq!(names(&source("src/wire/card.rs", "use super::super::server::Router;")), ["server"]);
    assert_eq!(names(&source("src/wire.rs", "use super::server;")), ["server"]);
    assert!(names(&source("src/wire/card.rs", "use super::place; use other_crate::server;")).is_empty());
}
