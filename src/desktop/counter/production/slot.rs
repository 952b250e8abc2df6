//! Slots of a pickup place's tray: a letter for the row and two digits, `A01` to `Z40`.

use std::collections::BTreeSet;

/// Slots in a row.
const IN_A_ROW: u8 = 40;

/// The first slot that is free; none when the tray is full.
pub fn next_free<'a>(taken: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let taken: BTreeSet<&str> = taken.into_iter().collect();
    ('A'..='Z')
        .flat_map(|letter| (1..=IN_A_ROW).map(move |number| format!("{letter}{number:02}")))
        .find(|slot| !taken.contains(slot.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_gap_is_filled() {
        assert_eq!(next_free([]).as_deref(), Some("A01"));
        assert_eq!(next_free(["A01", "A03"]).as_deref(), Some("A02"));
        let full: Vec<String> =
            ('A'..='Z').flat_map(|l| (1..=40).map(move |n| format!("{l}{n:02}"))).collect();
        assert_eq!(next_free(full.iter().map(String::as_str)), None);
        assert_eq!(next_free(full[..40].iter().map(String::as_str)).as_deref(), Some("B01"));
    }
}
