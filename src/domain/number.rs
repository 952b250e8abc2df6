//! The order number that a person is shown: terminal code (2), six random characters, one check character.
//!
//! Crockford base 32: no I, L, O, U, so that it can be read aloud and typed; the check character is the value of the
//! other eight modulo 31, weighted by place, which finds every single wrong character and every swapped pair.

use std::fmt;
use std::str::FromStr;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The two characters that name a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TerminalCode([u8; 2]);

/// An order's shown number, nine characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Number([u8; 9]);

/// Why a text is not a number or a terminal's code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error("not {0} characters long")]
    Length(usize),
    #[error("a character that order numbers never hold")]
    Character,
    #[error("the check character does not fit: one character is wrong")]
    Check,
}

/// The value of a character, with the look-alikes that Crockford's alphabet forgives.
pub(crate) fn value(character: u8) -> Option<u8> {
    let character = match character.to_ascii_uppercase() {
        b'O' => b'0',
        b'I' | b'L' => b'1',
        other => other,
    };
    ALPHABET.iter().position(|&c| c == character).and_then(|at| u8::try_from(at).ok())
}

/// The character of a value below 32.
pub(crate) fn letter(value: u8) -> u8 {
    ALPHABET.get(usize::from(value % 32)).copied().unwrap_or(b'0')
}

fn check(body: &[u8]) -> u8 {
    let sum: u32 = body
        .iter()
        .enumerate()
        .map(|(at, &c)| u32::from(value(c).unwrap_or(0)) * (u32::try_from(at).unwrap_or(0) + 1))
        .sum();
    letter(u8::try_from(sum % 31).unwrap_or(0))
}

impl TerminalCode {
    /// The code with this place in the list of all 1,024.
    pub fn nth(index: u16) -> Self {
        Self([letter((index / 32 % 32) as u8), letter((index % 32) as u8)])
    }

    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl FromStr for TerminalCode {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        match text.as_bytes() {
            &[a, b] => Ok(Self([
                letter(value(a).ok_or(Error::Character)?),
                letter(value(b).ok_or(Error::Character)?),
            ])),
            _ => Err(Error::Length(2)),
        }
    }
}

impl fmt::Display for TerminalCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Number {
    /// A number made on a terminal from 30 of the random bits given, without counter or clock.
    pub fn new(terminal: TerminalCode, random: u32) -> Self {
        let mut number = [b'0'; 9];
        number[..2].copy_from_slice(&terminal.0);
        for (at, slot) in number[2..8].iter_mut().enumerate() {
            *slot = letter((random >> (5 * at) & 31) as u8);
        }
        number[8] = check(&number[..8]);
        Self(number)
    }

    /// The nine characters without spaces, as in a QR code's address.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The terminal that made it.
    pub fn terminal(&self) -> TerminalCode {
        TerminalCode([self.0[0], self.0[1]])
    }

    /// The number inside whatever a scanner or a person typed: an address, small letters, spaces, hyphens, or the
    /// punctuation that a foreign keyboard layout makes of `:` and `/`.
    pub fn find(scan: &str) -> Result<Self, Error> {
        if let Ok(number) = scan.parse() {
            return Ok(number);
        }
        scan.rsplit(|c: char| !c.is_ascii_alphanumeric())
            .find(|part| !part.is_empty())
            .ok_or(Error::Length(9))?
            .parse()
    }
}

impl FromStr for Number {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let mut number = [0; 9];
        let mut filled = 0;
        for byte in text.bytes().filter(|b| !matches!(b, b' ' | b'-')) {
            let slot = number.get_mut(filled).ok_or(Error::Length(9))?;
            *slot = letter(value(byte).ok_or(Error::Character)?);
            filled += 1;
        }
        if filled != 9 {
            return Err(Error::Length(9));
        }
        if check(&number[..8]) != number[8] { Err(Error::Check) } else { Ok(Self(number)) }
    }
}

/// In three groups, the way it is read aloud: `K7 4M2 Q9PX`.
impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.as_str();
        write!(
            f,
            "{} {} {}",
            text.get(..2).unwrap_or_default(),
            text.get(2..5).unwrap_or_default(),
            text.get(5..).unwrap_or_default()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_scan_of_the_address_gives_the_number() {
        let number = Number::new("K1".parse().unwrap(), 0x2AAA_1234);
        for scan in [
            format!("https://kort.example/o/{number}", number = number.as_str()),
            format!("HTTPSÆ--KORT.EXAMPLE-O-{}", number.as_str()),
            number.to_string().to_lowercase(),
        ] {
            assert_eq!(Number::find(&scan), Ok(number), "{scan}");
        }
    }

    proptest! {
        #[test]
        fn one_wrong_character_is_found(terminal in 0u16..1024, random: u32, at in 0usize..9, other in 1u8..32) {
            let number = Number::new(TerminalCode::nth(terminal), random);
            prop_assert_eq!(number.as_str().parse(), Ok(number));
            prop_assert_eq!(number.to_string().parse(), Ok(number));
            let mut wrong = number.0;
            wrong[at] = letter(value(wrong[at]).unwrap() + other);
            let text = std::str::from_utf8(&wrong).unwrap();
            // 0 and Z are the same modulo 31: the one pair that the check character cannot tell apart
            let pair = [number.0[at], wrong[at]];
            if at == 8 || !(pair.contains(&b'0') && pair.contains(&b'Z')) {
                prop_assert_eq!(text.parse::<Number>(), Err(Error::Check));
            }
        }

        #[test]
        fn two_neighbours_swapped_are_found(terminal in 0u16..1024, random: u32, at in 0usize..7) {
            let number = Number::new(TerminalCode::nth(terminal), random);
            let mut wrong = number.0;
            wrong.swap(at, at + 1);
            let differ = (i16::from(value(wrong[at]).unwrap()) - i16::from(value(wrong[at + 1]).unwrap())) % 31 != 0;
            if differ {
                let text = std::str::from_utf8(&wrong).unwrap();
                prop_assert_eq!(text.parse::<Number>(), Err(Error::Check));
            }
        }
    }
}
