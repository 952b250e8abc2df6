//! Code 128 (ISO/IEC 15417) of a card's number.

use barcoders::sym::code128::Code128;

use super::Error;
use crate::domain::card::Number;

/// Makes the encoder use set C, two digits a symbol.
const SET_C: char = '\u{0106}';

/// The modules from left to right, dark or light, without the quiet zones.
pub fn modules(number: Number) -> Result<Vec<bool>, Error> {
    let code =
        Code128::new(format!("{SET_C}{number}")).map_err(|error| Error::Barcode(format!("{error:?}")))?;
    Ok(code.encode().into_iter().map(|module| module == 1).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_digits_take_eight_symbols() {
        // start, five pairs, check: 11 modules each; stop: 13 (ISO/IEC 15417, 4.3)
        let modules = modules(Number::with_check(123_456_789).unwrap()).unwrap();
        assert_eq!(modules.len(), 7 * 11 + 13);
        // start C is 11010011100
        let start: String = modules[..11].iter().map(|dark| if *dark { '1' } else { '0' }).collect();
        assert_eq!(start, "11010011100");
    }
}
