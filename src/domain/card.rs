//! Cards: their numbers, what they are checked against, and why one is not handed out.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::Date;

use super::person::UserName;

/// A card's number: ten digits, the last one a check digit (Luhn, ISO/IEC 7812-1 annex B). Printed below the barcode as
/// `M …`; given by the server at production and new for every print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Number(u64);

/// The largest serial: nine digits.
pub const SERIALS: u64 = 1_000_000_000;

/// Why a scan is no card number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error("not ten digits")]
    Digits,
    #[error("the check digit does not fit")]
    Check,
}

fn luhn(serial: u64) -> u64 {
    let mut sum = 0;
    let mut rest = serial;
    let mut double = true;
    while rest > 0 {
        let digit = rest % 10 * if double { 2 } else { 1 };
        sum += digit / 10 + digit % 10;
        rest /= 10;
        double = !double;
    }
    (10 - sum % 10) % 10
}

impl Number {
    /// The number of this serial, with its check digit; none above nine digits.
    pub fn with_check(serial: u64) -> Option<Self> {
        (serial < SERIALS).then(|| Self(serial * 10 + luhn(serial)))
    }

    /// All ten digits as an integer, as stored.
    pub fn value(self) -> u64 {
        self.0
    }

    /// The number of a stored integer.
    pub fn from_value(value: u64) -> Result<Self, Error> {
        match Self::with_check(value / 10) {
            None => Err(Error::Digits),
            Some(number) if number.0 == value => Ok(number),
            Some(_) => Err(Error::Check),
        }
    }

    /// The last four digits, which a PIN must not be.
    pub fn last_four(self) -> [u8; 4] {
        let mut digits = [0; 4];
        let mut rest = self.0;
        for digit in digits.iter_mut().rev() {
            *digit = (rest % 10) as u8;
            rest /= 10;
        }
        digits
    }
}

/// Ten digits; a scanner's or a person's `M`, spaces and hyphens are passed over.
impl FromStr for Number {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let text = text.trim();
        let text = text.strip_prefix(['M', 'm']).unwrap_or(text);
        let digits: String = text.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
        if digits.len() != 10 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(Error::Digits);
        }
        Self::from_value(digits.parse().map_err(|_| Error::Digits)?)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:010}", self.0)
    }
}

/// Where a card stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    Active,
    /// Reported lost or found to break a rule: opens nothing from then on.
    Blocked,
    /// Taken in and destroyed, misprinted, or replaced.
    Dead,
}

impl Status {
    pub fn code(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Blocked => "blocked",
            Self::Dead => "dead",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Active, Self::Blocked, Self::Dead].into_iter().find(|status| status.code() == code)
    }
}

/// A card in the registry, imported or produced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    pub number: Number,
    pub owner: UserName,
    pub status: Status,
    pub valid_from: Date,
    pub valid_to: Date,
    pub produced_at: Option<Timestamp>,
}

/// The kind of identity document that a clerk looked at. The kind only: never its number, never a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IdDocument {
    Passport,
    NationalIdCard,
    DrivingLicence,
    BankCardWithPhoto,
    ImmigrantTravelDocument,
    DigitalDrivingLicence,
}

impl IdDocument {
    pub const ALL: [Self; 6] = [
        Self::Passport,
        Self::NationalIdCard,
        Self::DrivingLicence,
        Self::BankCardWithPhoto,
        Self::ImmigrantTravelDocument,
        Self::DigitalDrivingLicence,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Self::Passport => "passport",
            Self::NationalIdCard => "national_id_card",
            Self::DrivingLicence => "driving_licence",
            Self::BankCardWithPhoto => "bank_card_with_photo",
            Self::ImmigrantTravelDocument => "immigrant_travel_document",
            Self::DigitalDrivingLicence => "digital_driving_licence",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|document| document.code() == code)
    }
}

/// Why a clerk did not hand a card out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Withheld {
    NoValidId,
    FaceDiffers,
    CardMissing,
    WrongPlace,
}

impl Withheld {
    pub const ALL: [Self; 4] = [Self::NoValidId, Self::FaceDiffers, Self::CardMissing, Self::WrongPlace];

    pub fn code(self) -> &'static str {
        match self {
            Self::NoValidId => "no_valid_id",
            Self::FaceDiffers => "face_differs",
            Self::CardMissing => "card_missing",
            Self::WrongPlace => "wrong_place",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_check_digit_is_luhns() {
        // the worked example of ISO/IEC 7812-1: 7992739871 → 3
        assert_eq!(luhn(7_992_739_871), 3);
    }

    proptest! {
        #[test]
        fn printed_and_read_back(serial in 0..SERIALS) {
            let number = Number::with_check(serial).unwrap();
            prop_assert_eq!(format!("M {number}").parse(), Ok(number));
            prop_assert_eq!(Number::from_value(number.value()), Ok(number));
        }

        #[test]
        fn one_wrong_digit_is_found(serial in 0..SERIALS, at in 0usize..10, by in 1u8..10) {
            let mut digits = Number::with_check(serial).unwrap().to_string().into_bytes();
            digits[at] = b'0' + (digits[at] - b'0' + by) % 10;
            prop_assert_eq!(String::from_utf8(digits).unwrap().parse::<Number>(), Err(Error::Check));
        }
    }
}
