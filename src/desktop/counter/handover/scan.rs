//! What a scanner or a person put into the field.

use crate::domain::{card, number};

/// What it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scan {
    Card(card::Number),
    /// Ten digits whose check digit does not fit.
    MisreadCard,
    Order(number::Number),
    Words,
}

/// Reads a scan.
pub fn read(text: &str) -> Scan {
    match text.parse::<card::Number>() {
        Ok(card) => return Scan::Card(card),
        Err(card::Error::Check) => return Scan::MisreadCard,
        Err(card::Error::Digits) => {}
    }
    number::Number::find(text).map_or(Scan::Words, Scan::Order)
}

/// What to search for: a number in its plain form, or the words as they are.
pub fn query(text: &str) -> String {
    match read(text) {
        Scan::Card(card) => card.to_string(),
        Scan::Order(order) => order.as_str().to_owned(),
        Scan::MisreadCard | Scan::Words => text.trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_from_words() {
        let card = card::Number::with_check(123_456_789).unwrap();
        assert_eq!(read(&format!("M {card}")), Scan::Card(card));
        let wrong = format!("{:010}", card.value() ^ 1);
        assert_eq!(read(&wrong), Scan::MisreadCard);
        let order = number::Number::new("K1".parse().unwrap(), 77);
        assert_eq!(read(&format!("https://kort.example/o/{}", order.as_str())), Scan::Order(order));
        assert_eq!(query(&order.to_string()), order.as_str());
        assert_eq!(read("Kari Nordmann"), Scan::Words);
        assert_eq!(query(" Kari "), "Kari");
    }
}
