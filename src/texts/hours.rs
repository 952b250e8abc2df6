//! Opening hours in words.

use jiff::civil::{Time, Weekday};

use super::Texts;
use crate::domain::place::Place;

/// `10.00`
pub fn time(time: Time) -> String {
    time.strftime("%H.%M").to_string()
}

/// `mandag–fredag 10.00–14.00`, a line for each run of days with the same hours.
pub fn hours(texts: &Texts, place: &Place) -> Vec<String> {
    let mut runs: Vec<(i8, i8, String)> = Vec::new();
    for offset in 1..=7 {
        let Ok(weekday) = Weekday::from_monday_one_offset(offset) else { continue };
        let Some(hours) = place.hours_on(weekday) else { continue };
        let says = format!("{}–{}", time(hours.from), time(hours.to));
        match runs.last_mut() {
            Some((_, last, said)) if *last == offset - 1 && *said == says => *last = offset,
            _ => runs.push((offset, offset, says)),
        }
    }
    let name = |offset: i8| texts.kiosk_weekday(f64::from(offset));
    runs.into_iter()
        .map(|(first, last, says)| {
            if first == last {
                format!("{} {says}", name(first))
            } else {
                format!("{}–{} {says}", name(first), name(last))
            }
        })
        .collect()
}
