//! Each thing that must always hold has a test named after its number. The list stands in ARCHITECTURE.md.

use std::collections::BTreeMap;

use super::sources;

/// The tests named `invariant_N_…`, by number.
fn tests() -> BTreeMap<u32, Vec<String>> {
    let mut found = BTreeMap::<u32, Vec<String>>::new();
    for source in ["src", "tests"].into_iter().flat_map(|folder| sources::under(folder, "rs")) {
        for (_, code) in source.code() {
            let Some(name) = code.split("fn invariant_").nth(1) else { continue };
            let name: String = name.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            let Some(number) = name.split('_').next().and_then(|number| number.parse().ok()) else {
                continue;
            };
            found.entry(number).or_default().push(format!("{}: invariant_{name}", source.path));
        }
    }
    found
}

#[test]
fn every_tagged_test_names_an_invariant() {
    let tests = tests();
    let unknown: Vec<_> = tests.iter().filter(|(number, _)| !(1..=12).contains(*number)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
    assert!(tests.contains_key(&6), "the reader of tests finds none");
}
