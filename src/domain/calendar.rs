//! Norwegian working days, and the day on which a card is promised.

use jiff::civil::{Date, Time, Weekday, date};
use jiff::{Span, Timestamp, tz::TimeZone};

use super::place::Place;

/// Orders before this time of day count from the same day.
pub const CUT_OFF: Time = Time::constant(12, 0, 0, 0);

/// Working days from the order to the card.
pub const WORKING_DAYS: u32 = 2;

/// A promise is never made further ahead than this many days: a place closed for longer promises nothing.
const HORIZON: u32 = 120;

/// Easter Sunday of a year of the Gregorian calendar (the anonymous algorithm, Meeus, Astronomical Algorithms, ch. 8).
pub fn easter(year: i16) -> Date {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let f = (b + 8) / 25;
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(year, (n / 31) as i8, (n % 31 + 1) as i8).unwrap_or(date(year, 4, 1))
}

/// Whether shops and offices are closed in Norway (lov om helligdager; lov om 1 og 17 mai).
pub fn public_holiday(day: Date) -> bool {
    if matches!((day.month(), day.day()), (1, 1) | (5, 1) | (5, 17) | (12, 25) | (12, 26)) {
        return true;
    }
    let after_easter = easter(day.year()).until(day).map(|span| span.get_days());
    // Maundy Thursday, Good Friday, Easter, Easter Monday, Ascension, Whit Sunday, Whit Monday
    matches!(after_easter, Ok(-3 | -2 | 0 | 1 | 39 | 49 | 50))
}

/// Whether cards are made and handed out at `place` on `day`.
pub fn working_day(place: &Place, day: Date) -> bool {
    !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
        && !public_holiday(day)
        && !place.closed.contains(&day)
}

/// A promise: the day and the place's opening time on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Promise {
    pub day: Date,
    pub from: Option<Time>,
}

/// The day on which a card ordered at `now` is ready at `place`: two working days after the day of the order, which is the
/// next working day when the order comes at noon or later or on a day off. None when the clock shows a day before the
/// program was built, or when the place stays closed too long.
pub fn promise(place: &Place, now: Timestamp, built: Date) -> Option<Promise> {
    let local = TimeZone::get("Europe/Oslo").ok()?.to_datetime(now);
    let today = local.date();
    if today < built {
        return None;
    }
    let mut day = today;
    let mut left = WORKING_DAYS;
    if local.time() >= CUT_OFF || !working_day(place, today) {
        left += 1;
    }
    // an order on a day off counts from the next working day's morning
    if !working_day(place, today) {
        left = WORKING_DAYS + 1;
    }
    for _ in 0..HORIZON {
        day = day.checked_add(Span::new().days(1)).ok()?;
        if working_day(place, day) {
            left -= 1;
            if left == 0 {
                return Some(Promise { day, from: place.hours_on(day.weekday()).map(|hours| hours.from) });
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::place::{Hours, Id, Localized};

    fn place() -> Place {
        let day = |day| Hours { day, from: Time::constant(9, 0, 0, 0), to: Time::constant(15, 0, 0, 0) };
        Place {
            id: Id::new("gjovik").unwrap(),
            name: Localized::default(),
            address: String::new(),
            directions: Localized::default(),
            hours: [
                Weekday::Monday,
                Weekday::Tuesday,
                Weekday::Wednesday,
                Weekday::Thursday,
                Weekday::Friday,
            ]
            .map(day)
            .to_vec(),
            closed: [date(2026, 11, 26)].into(),
            documents: vec![],
            position: None,
        }
    }

    fn promised(local: &str) -> Option<Date> {
        let at = local.parse::<jiff::civil::DateTime>().unwrap();
        let now = TimeZone::get("Europe/Oslo").unwrap().to_timestamp(at).unwrap();
        promise(&place(), now, date(2026, 1, 1)).map(|promise| promise.day)
    }

    #[test]
    fn easter_falls_where_the_church_says() {
        for (year, month, day) in [(2024, 3, 31), (2025, 4, 20), (2026, 4, 5), (2027, 3, 28), (2038, 4, 25)] {
            assert_eq!(easter(year), date(year, month, day));
        }
    }

    #[test]
    fn the_promise_counts_working_days_from_noon() {
        for (ordered, ready) in [
            ("2026-11-16T11:59", date(2026, 11, 18)), // Monday before noon → Wednesday
            ("2026-11-16T12:00", date(2026, 11, 19)), // Monday at noon → Thursday
            ("2026-11-20T09:00", date(2026, 11, 24)), // Friday morning → Tuesday
            ("2026-11-21T09:00", date(2026, 11, 25)), // Saturday counts as Monday
            ("2026-11-24T13:00", date(2026, 11, 30)), // over the place's own closed Thursday
            ("2026-04-01T10:00", date(2026, 4, 8)),   // over Easter
            ("2026-05-13T10:00", date(2026, 5, 18)),  // over Ascension and the seventeenth, a Sunday
            ("2026-12-23T10:00", date(2026, 12, 28)), // over Christmas
        ] {
            assert_eq!(promised(ordered), Some(ready), "{ordered}");
        }
    }

    #[test]
    fn a_clock_before_the_build_promises_nothing() {
        assert_eq!(promised("1970-01-01T10:00"), None);
    }
}
