//! The words for a file that is no picture for us.

use crate::texts::Texts;
use crate::vision::intake;

/// What is wrong with a file and what to do, in a sentence or two.
pub fn explain(texts: &Texts, error: &intake::Error) -> String {
    match error {
        intake::Error::Empty => texts.intake_empty(),
        intake::Error::TooManyBytes { bytes, limit } => {
            // rounded up, so that 31 MB never read as 30
            texts.intake_too_many_bytes(limit >> 20, bytes.div_ceil(1 << 20))
        }
        intake::Error::TooManyPixels { width, height, limit } => {
            let pixels = u64::from(*width) * u64::from(*height);
            texts.intake_too_many_pixels(limit / 1_000_000, pixels.div_ceil(1_000_000))
        }
        intake::Error::TooMuchMemory => texts.intake_too_much_memory(),
        intake::Error::TooSlow { .. } => texts.intake_too_slow(),
        intake::Error::Heic => texts.intake_heic(),
        intake::Error::UnknownFormat => texts.intake_unknown_format(),
        intake::Error::Unusual(_) => texts.intake_unusual(),
        intake::Error::Truncated => texts.intake_truncated(),
        intake::Error::Broken { .. } | intake::Error::Panicked => texts.intake_broken(),
    }
}

/// What is worth knowing of a picture that could be read.
pub fn note(texts: &Texts, note: intake::Note) -> String {
    match note {
        intake::Note::Animated => texts.intake_animated(),
        intake::Note::ProfileIgnored => texts.intake_profile_ignored(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::person::Language;

    #[test]
    fn sizes_are_named_in_the_right_place() {
        let texts = Texts::load(Language::English).unwrap();
        let said = explain(&texts, &intake::Error::TooManyBytes { bytes: (30 << 20) + 1, limit: 30 << 20 });
        assert!(said.starts_with("The file is 31 MB. The largest we can read is 30 MB"), "{said}");
        let many = intake::Error::TooManyPixels { width: 10_000, height: 6_000, limit: 50_000_000 };
        assert!(explain(&texts, &many).starts_with("The picture has 60 megapixels. We can read at most 50"));
    }
}
