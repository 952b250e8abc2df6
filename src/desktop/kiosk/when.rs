//! Days in words.

use jiff::civil::Date;

use crate::texts::Texts;
pub use crate::texts::hours::{hours, time};

/// `torsdag 26. november`
pub fn day(texts: &Texts, day: Date) -> String {
    texts.kiosk_day(
        f64::from(day.day()),
        texts.kiosk_month(f64::from(day.month())),
        texts.kiosk_weekday(f64::from(day.weekday().to_monday_one_offset())),
    )
}
