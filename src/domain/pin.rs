//! Which PINs are refused, and by which rule.
//!
//! An enforced list of about a tenth of all PINs is the balance that works (Markert, Bailey, Golla, Dürmuth, Aviv, "This
//! PIN Can Be Easily Guessed", IEEE S&P 2020); ours is made by rule, so that a refusal can say why. People choose their
//! own dates (Bonneau, Preibusch, Anderson, FC 2012): those are refused too.

use jiff::civil::Date;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// Digits of a PIN at Norwegian universities (ISO 9564-1 allows 4 to 12).
pub const LENGTH: usize = 4;

/// A PIN as it is entered: digits 0–9. Wiped when dropped, never printed.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Pin([u8; LENGTH]);

impl std::fmt::Debug for Pin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Pin(****)")
    }
}

impl Pin {
    /// None when a digit is above nine.
    pub fn new(digits: [u8; LENGTH]) -> Option<Self> {
        digits.iter().all(|&d| d <= 9).then_some(Self(digits))
    }

    pub fn digits(&self) -> &[u8; LENGTH] {
        &self.0
    }
}

/// Four digits that a PIN must not be, because they are the person's own. Wiped when dropped.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Forbidden([u8; LENGTH]);

impl std::fmt::Debug for Forbidden {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Forbidden(****)")
    }
}

impl Forbidden {
    pub fn new(digits: [u8; LENGTH]) -> Self {
        Self(digits)
    }

    pub fn digits(&self) -> &[u8; LENGTH] {
        &self.0
    }

    /// The ways a birth date is written in four digits: DDMM, MMDD, YYYY, MMYY, DDYY, YYMM.
    pub fn of_date(birth: Date) -> Vec<Self> {
        let pair = |n: i8| [n as u8 / 10, n as u8 % 10];
        let year = birth.year().unsigned_abs();
        let (d, m) = (pair(birth.day()), pair(birth.month()));
        let y = [(year / 10 % 10) as u8, (year % 10) as u8];
        let century = [(year / 1000 % 10) as u8, (year / 100 % 10) as u8];
        [(d, m), (m, d), (century, y), (m, y), (d, y), (y, m)]
            .into_iter()
            .map(|([a, b], [c, d])| Self([a, b, c, d]))
            .collect()
    }

    /// The last four digits of a number written in any way; none if it has fewer.
    pub fn of_number(text: &str) -> Option<Self> {
        let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_digit).map(|b| b - b'0').collect();
        digits.last_chunk::<LENGTH>().map(|last| Self(*last))
    }
}

/// The rule that refuses a PIN.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// The person's own date or number.
    Personal,
    /// 0000: one digit four times.
    SameDigit,
    /// 1212, 1122, 1221: two digits in a pattern.
    Repetition,
    /// 1234, 9876, 2468: digits in steps.
    Sequence,
    /// 1990: a year in living memory.
    Year,
    /// 2412, 1705: a date that many share.
    PopularDate,
    /// 2580, 1397: a line or a shape on the keypad.
    KeypadShape,
    /// 5683 = LOVE: a word on the letters of the keypad.
    KeypadWord,
}

impl Refusal {
    pub const ALL: [Self; 8] = [
        Self::Personal,
        Self::SameDigit,
        Self::Repetition,
        Self::Sequence,
        Self::Year,
        Self::PopularDate,
        Self::KeypadShape,
        Self::KeypadWord,
    ];
}

/// Days that many people share: MMDD and DDMM of these are refused. Day, month.
const POPULAR_DAYS: [(u8, u8); 14] = [
    (1, 1),
    (14, 2),
    (8, 3),
    (1, 4),
    (1, 5),
    (8, 5),
    (17, 5),
    (23, 6),
    (4, 7),
    (11, 9),
    (31, 10),
    (24, 12),
    (25, 12),
    (31, 12),
];

/// Words of four letters that are typed on a keypad's letters, English and Norwegian.
const WORDS: [&str; 40] = [
    "love", "baby", "kiss", "life", "home", "pass", "open", "door", "card", "code", "word", "hello", "girl",
    "boys", "play", "game", "king", "star", "blue", "book", "milk", "fish", "bird", "lion", "wolf", "mamm",
    "papp", "kode", "kort", "hjem", "skal", "norg", "elsk", "bade", "fest", "ferd", "sol", "gull", "vann",
    "ntnu",
];

/// The keypad's key of a letter (ITU-T E.161).
fn key_of(letter: u8) -> u8 {
    match letter {
        b'a'..=b'c' => 2,
        b'd'..=b'f' => 3,
        b'g'..=b'i' => 4,
        b'j'..=b'l' => 5,
        b'm'..=b'o' => 6,
        b'p'..=b's' => 7,
        b't'..=b'v' => 8,
        _ => 9,
    }
}

/// Column and row of a digit on the keypad, zero below eight.
fn at(digit: u8) -> (i8, i8) {
    match digit {
        0 => (1, 3),
        d => (((d - 1) % 3) as i8, ((d - 1) / 3) as i8),
    }
}

/// Neighbouring keys all the way in one line, around a square, or along the corners.
fn keypad_shape(d: &[u8; LENGTH]) -> bool {
    let steps: Vec<(i8, i8)> = d
        .windows(2)
        .map(|pair| {
            let (from, to) = (at(pair[0]), at(pair[1]));
            (to.0 - from.0, to.1 - from.1)
        })
        .collect();
    let straight = steps.windows(2).all(|pair| pair[0] == pair[1]);
    let closed_turn = |turn: fn((i8, i8)) -> (i8, i8)| steps.windows(2).all(|p| turn(p[0]) == p[1]);
    let square = closed_turn(|(x, y)| (-y, x)) || closed_turn(|(x, y)| (y, -x));
    let there_and_across = steps[0] == (-steps[2].0, -steps[2].1)
        && steps[1] != (0, 0)
        && steps[0] != (0, 0)
        && steps.iter().all(|s| s.0.abs() <= 2 && s.1.abs() <= 2)
        && (steps[0].0 == 0 || steps[0].1 == 0)
        && (steps[1].0 == 0 || steps[1].1 == 0);
    // two rows or columns one after the other: 1346, 7946; and the letter shapes along an edge: 1478, 3698
    let edge = steps[0] == steps[1]
        && steps[0].0.abs() + steps[0].1.abs() == 1
        && steps[2].0.abs() + steps[2].1.abs() == 1
        && d[..3].iter().all(|&x| x != 0);
    let mirrored_edge = steps[1] == steps[2]
        && steps[1].0.abs() + steps[1].1.abs() == 1
        && steps[0].0.abs() + steps[0].1.abs() == 1
        && d[1..].iter().all(|&x| x != 0);
    straight || square || there_and_across || edge || mirrored_edge
}

/// Why a PIN is refused for being common; none if it is not.
pub fn common(pin: &Pin) -> Option<Refusal> {
    let d = &pin.0;
    let [a, b, c, e] = *d;
    let first = i16::from(a) * 10 + i16::from(b);
    let second = i16::from(c) * 10 + i16::from(e);
    if a == b && b == c && c == e {
        return Some(Refusal::SameDigit);
    }
    let equal_pairs = [a == b, a == c, a == e, b == c, b == e, c == e].iter().filter(|x| **x).count();
    let distinct = d.iter().fold(0u16, |seen, &x| seen | 1 << x).count_ones();
    // abab, aabb, abba, and one digit three times
    if distinct == 2 && equal_pairs >= 2 {
        return Some(Refusal::Repetition);
    }
    let step = (10 + b - a) % 10;
    if step != 0 && d.windows(2).all(|pair| (10 + pair[1] - pair[0]) % 10 == step) {
        return Some(Refusal::Sequence);
    }
    // 1415, 2021: neighbouring pairs
    if (second - first).abs() == 1 || (a == c && (i16::from(b) - i16::from(e)).abs() == 1) {
        return Some(Refusal::Sequence);
    }
    let year = first * 100 + second;
    if (1940..=2049).contains(&year) {
        return Some(Refusal::Year);
    }
    let is = |day: (u8, u8), x: i16, y: i16| i16::from(day.0) == x && i16::from(day.1) == y;
    let popular = |day: &(u8, u8)| is(*day, first, second) || is(*day, second, first);
    // the first of a month and every doubled day such as 0606
    let first_of_month = first == 1 && (1..=12).contains(&second);
    if POPULAR_DAYS.iter().any(popular) || first_of_month {
        return Some(Refusal::PopularDate);
    }
    if keypad_shape(d) {
        return Some(Refusal::KeypadShape);
    }
    let typed = |word: &str| {
        word.len() == LENGTH && word.bytes().zip(d).all(|(letter, &digit)| key_of(letter) == digit)
    };
    WORDS.iter().any(|word| typed(word)).then_some(Refusal::KeypadWord)
}

/// Why this person may not have this PIN; none if they may.
pub fn refusal(pin: &Pin, own: &[Forbidden]) -> Option<Refusal> {
    if own.iter().any(|value| value.0 == pin.0) {
        return Some(Refusal::Personal);
    }
    common(pin)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn pin(text: &str) -> Pin {
        let digits: Vec<u8> = text.bytes().map(|b| b - b'0').collect();
        Pin::new(digits.try_into().unwrap()).unwrap()
    }

    #[test]
    fn each_rule_names_itself() {
        for (text, rule) in [
            ("0000", Refusal::SameDigit),
            ("1212", Refusal::Repetition),
            ("1122", Refusal::Repetition),
            ("7557", Refusal::Repetition),
            ("4443", Refusal::Repetition),
            ("1234", Refusal::Sequence),
            ("8901", Refusal::Sequence),
            ("9876", Refusal::Sequence),
            ("2468", Refusal::Sequence),
            ("1984", Refusal::Year),
            ("2412", Refusal::PopularDate),
            ("1705", Refusal::PopularDate),
            ("2580", Refusal::KeypadShape),
            ("1397", Refusal::KeypadShape),
            ("1478", Refusal::KeypadShape),
            ("5683", Refusal::KeypadWord),
        ] {
            assert_eq!(common(&pin(text)), Some(rule), "{text}");
        }
    }

    #[test]
    fn the_list_has_the_size_that_works() {
        let refused = (0..10_000).filter(|n| common(&pin(&format!("{n:04}"))).is_some()).count();
        assert!((800..=1_500).contains(&refused), "{refused} of 10000 are refused");
    }

    #[test]
    fn invariant_2_own_dates_and_numbers_are_refused() {
        let mut own = Forbidden::of_date(date(2004, 8, 29));
        own.extend(Forbidden::of_number("+47 901 58 274"));
        for text in ["2908", "0829", "2004", "0804", "2904", "0408", "8274"] {
            assert_eq!(refusal(&pin(text), &own), Some(Refusal::Personal), "{text}");
        }
        assert_eq!(refusal(&pin("8351"), &own), None);
    }

    #[test]
    fn a_pin_is_never_printed() {
        assert_eq!(
            format!("{:?} {:?}", pin("8351"), Forbidden::new([8, 3, 5, 1])),
            "Pin(****) Forbidden(****)"
        );
    }
}
