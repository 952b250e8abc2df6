//! Orders as somebody makes them who gave a user name only.

use image::codecs::jpeg::JpegEncoder;
use image::{Rgb, RgbImage};
use kortautomat::domain::person::{Language, UserName};
use kortautomat::domain::pin::Pin;
use kortautomat::domain::{order, photo, place};
use kortautomat::seal::pin::seal;
use kortautomat::store::outbox::Draft;
use kortautomat::system::Randomness;
use zeroize::Zeroizing;

use super::server::Template;

/// A picture as a JPEG, so small that the server has it read at once. What comes behind its end makes it another one.
pub fn jpeg() -> Vec<u8> {
    let picture = RgbImage::from_fn(24, 31, |x, y| Rgb([(x * 9) as u8, (y * 7) as u8, 90]));
    let mut jpeg = Vec::new();
    picture.write_with_encoder(JpegEncoder::new_with_quality(&mut jpeg, 80)).unwrap();
    jpeg
}

pub fn draft(
    template: &Template,
    id: order::Id,
    user: &str,
    jpeg: Vec<u8>,
    randomness: &Randomness,
) -> Draft {
    let key = template.access.public();
    Draft {
        id,
        user_name: UserName::new(user).unwrap(),
        identity: order::Identity::Unproven,
        reason: order::Reason::New,
        place: place::Id::new("gjovik").unwrap(),
        promised: None,
        consents: vec!["card-photo:1".into()],
        language: Language::Nynorsk,
        jpeg: Zeroizing::new(jpeg),
        verdict: photo::Verdict::Accept,
        policy: "university".into(),
        findings: vec![],
        insisted: false,
        report: None,
        sealed_pin: seal(&key, id, &Pin::new([9, 4, 7, 2]).unwrap(), randomness).unwrap(),
        pin_key: key.fingerprint(),
        session: None,
        phone: None,
    }
}
