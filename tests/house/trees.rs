//! What each program is made of: the desktop holds no server, the server no window, the library alone neither.

use std::collections::BTreeSet;
use std::process::Command;

use super::sources;

const WINDOW: [&str; 4] = ["iced", "nokhwa", "rfd", "keyring"];
const SERVICE: [&str; 2] = ["axum", "object_store"];

/// Names of all packages that are linked in with these features, on this system.
fn tree(features: &str) -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .current_dir(sources::root())
        .args(["tree", "--locked", "--offline", "--edges", "normal", "--prefix", "none", "--format", "{p}"])
        .args(["--no-default-features", "--features", features])
        .output()
        .unwrap();
    assert!(output.status.success(), "cargo tree: {}", String::from_utf8_lossy(&output.stderr));
    let names: BTreeSet<_> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .filter_map(|line| line.split_whitespace().next().map(str::to_owned))
        .collect();
    assert!(names.contains("kortautomat"));
    names
}

fn assert_without(features: &str, unwanted: &[&str]) {
    let tree = tree(features);
    let found: Vec<_> = tree
        .iter()
        .filter(|name| {
            unwanted.iter().any(|unwanted| *name == unwanted || name.starts_with(&format!("{unwanted}_")))
        })
        .collect();
    assert!(found.is_empty(), "features [{features}] bring {found:?}");
}

#[test]
fn the_desktop_holds_no_server() {
    assert_without("desktop", &SERVICE);
    assert!(tree("desktop").contains("iced"));
}

#[test]
fn the_server_holds_no_window() {
    assert_without("server", &WINDOW);
    assert!(tree("server").contains("axum"));
}

#[test]
fn the_library_alone_holds_neither() {
    assert_without("", &[&WINDOW[..], &SERVICE[..]].concat());
}
