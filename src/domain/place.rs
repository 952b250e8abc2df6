//! Pickup places: data, not code.

use std::collections::BTreeSet;

use jiff::civil::{Date, Time, Weekday};

use super::card::IdDocument;
use super::person::Language;

/// A place's short name in data: 2–32 lower-case letters, digits and hyphens.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id(String);

impl Id {
    pub fn new(text: &str) -> Option<Self> {
        let fits = (2..=32).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        fits.then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A text in each language.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Localized {
    pub nb: String,
    pub nn: String,
    pub en: String,
}

impl Localized {
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Bokmal => &self.nb,
            Language::Nynorsk => &self.nn,
            Language::English => &self.en,
        }
    }
}

/// From opening to closing on one day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hours {
    pub day: Weekday,
    pub from: Time,
    pub to: Time,
}

/// Where cards are handed out.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    pub id: Id,
    pub name: Localized,
    /// Street address.
    pub address: String,
    /// How to find the counter from the front door.
    pub directions: Localized,
    pub hours: Vec<Hours>,
    /// Days on which it is closed besides weekends and public holidays.
    pub closed: BTreeSet<Date>,
    /// The kinds of identity document that are taken here.
    pub documents: Vec<IdDocument>,
    /// Latitude and longitude in degrees, for the map.
    pub position: Option<(f64, f64)>,
}

impl Place {
    /// Opening hours of a weekday, none if closed.
    pub fn hours_on(&self, day: Weekday) -> Option<Hours> {
        self.hours.iter().copied().find(|hours| hours.day == day)
    }
}
