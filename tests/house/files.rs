//! How files are named, cut and filled.

use super::sources;

/// A file longer than this holds more than one thing.
const MOST_LINES: usize = 600;
/// From here on a file is reported, so that it is cut before it must be.
const MANY_LINES: usize = 400;

fn all() -> Vec<sources::Source> {
    ["src", "tests", "benches"].into_iter().flat_map(|folder| sources::under(folder, "rs")).collect()
}

#[test]
fn files_are_of_a_size_that_can_be_read() {
    let mut sizes: Vec<_> = all()
        .into_iter()
        .map(|source| (source.text.lines().count(), source.path))
        .filter(|(lines, _)| *lines > MANY_LINES)
        .collect();
    sizes.sort();
    for (lines, path) in &sizes {
        eprintln!("{path}: {lines} lines");
    }
    let wrong: Vec<_> = sizes.iter().filter(|(lines, _)| *lines > MOST_LINES).collect();
    assert!(wrong.is_empty(), "more than {MOST_LINES} lines: {wrong:?}");
}

#[test]
fn modules_are_named_by_meaning() {
    let wrong: Vec<_> = all()
        .into_iter()
        .filter(|source| {
            let name = source.path.rsplit('/').next().unwrap().trim_end_matches(".rs");
            ["mod", "util", "utils", "helper", "helpers", "common", "misc"].contains(&name)
        })
        .map(|source| source.path)
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn every_module_has_content() {
    let wrong: Vec<_> = sources::under("src", "rs")
        .into_iter()
        .filter(|source| source.code().next().is_none())
        .map(|source| source.path)
        .collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn colours_stand_in_the_theme_only() {
    let mut wrong = Vec::new();
    for source in sources::under("src/desktop", "rs") {
        if source.path.starts_with("src/desktop/theme") {
            continue;
        }
        for (line, code) in source.code() {
            let written =
                ["color!(", "Color::from_rgb", "Color::from_rgba", "Color::WHITE", "Color::BLACK", "Color {"]
                    .iter()
                    .any(|way| code.contains(way))
                    || hex_colour(code);
            if written {
                wrong.push(format!("{}:{line}: {}", source.path, code.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn hex_colour(code: &str) -> bool {
    code.match_indices("\"#").any(|(at, _)| {
        let digits = code[at + 2..].chars().take_while(char::is_ascii_hexdigit).count();
        (digits == 6 || digits == 8) && code[at + 2 + digits..].starts_with('"')
    })
}

#[test]
fn the_reader_of_colours_sees_them() {
    assert!(hex_colour(r##"fill("#00509E")"##));
    assert!(!hex_colour(r##"id("#kiosk")"##));
}

#[test]
fn nothing_names_the_machine_it_was_written_on() {
    let here = sources::root();
    let mut wrong = Vec::new();
    let places = ["src", "tests", "benches", "packaging", "docs", "i18n", "assets", ".ci"];
    let files = places.iter().flat_map(|place| {
        let mut paths = Vec::new();
        sources::walk(&here.join(place), &mut |path| paths.push(path.to_owned()));
        paths
    });
    let pages =
        std::fs::read_dir(&here).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file());
    let pages = pages.filter(|path| path.file_name().is_some_and(|name| name != ".git"));
    for path in files.chain(pages) {
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        for home in ["/work/", "/root/", "/home/"].map(|home| home.trim_end_matches('/')) {
            let found = text.match_indices(home).any(|(at, _)| {
                let before = text[..at].chars().next_back();
                let rest = &text[at + home.len()..];
                before.is_none_or(|c| " \"'`=(:\n\t".contains(c))
                    && rest
                        .strip_prefix('/')
                        .is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric()))
            });
            if found {
                wrong.push(format!("{}: {home}", path.strip_prefix(&here).unwrap().display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
