//! How fast orders are accepted on a terminal's disk, and how fast those of many terminals reach the server.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::Duration;

use image::RgbImage;
use sha2::{Digest, Sha256};
use tokio::runtime::Runtime;
use zeroize::Zeroizing;

use super::{Answer, Bench, Error, decoded, ms};
use crate::domain::order::{self, Identity, Reason};
use crate::domain::person::{Language, UserName};
use crate::domain::photo::{Declared, Verdict};
use crate::domain::pin::Pin;
use crate::seal::pin;
use crate::store::outbox::Draft;
use crate::sync::client::Client;
use crate::sync::outbox::{Link, deliver};
use crate::sync::report::Found;
use crate::sync::setup::Setup;
use crate::sync::terminal::Terminal;
use crate::system::{Clock, Randomness};
use crate::vision::crop;

/// A card picture is at most so large; a camera's usually is.
const CARD: [u32; 2] = [1_200, 1_558];

/// A server that takes nothing now is asked again after this long.
const AGAIN: Duration = Duration::from_millis(100);

impl Bench {
    /// Accepts orders at the terminal with this data folder, each with a picture of its own, until it refuses one; none is sent.
    pub(super) fn accept(&self, data: &Path, photo: &Path, orders: Range<u32>) -> Result<Answer, Error> {
        let randomness = Randomness::system();
        let portrait = decoded(photo)?.into_rgb();
        let card =
            image::imageops::resize(&portrait, CARD[0], CARD[1], image::imageops::FilterType::Triangle);
        Runtime::new()?.block_on(async {
            let terminal = Terminal::open(data, Clock::system(), randomness.clone()).await?;
            let setup = terminal.refresh_setup().await?;
            let mut answer = Answer::default();
            for at in orders {
                let draft = draft(terminal.client(), &setup, &marked(&card, at), at, &randomness)?;
                answer.bytes += draft.jpeg.len() as u64;
                let start = self.stopwatch.elapsed();
                if let Err(error) = terminal.accept(&draft).await {
                    answer.error = Some(error.to_string());
                    break;
                }
                answer.wall_ms.push(ms(self.stopwatch.elapsed().saturating_sub(start)));
            }
            terminal.store().clone().close().await;
            Ok(answer)
        })
    }

    /// Sends what the terminals with these data folders hold, all of them at once, until nothing is left.
    pub(super) fn drain(&self, data: &[PathBuf]) -> Result<Answer, Error> {
        let runtime = Runtime::new()?;
        let terminals = data
            .iter()
            .map(|data| runtime.block_on(Terminal::open(data, Clock::system(), Randomness::system())));
        let terminals: Vec<Terminal> = terminals.collect::<Result<_, _>>()?;
        let start = self.stopwatch.elapsed();
        let running: Vec<_> = terminals
            .into_iter()
            .map(|terminal| {
                runtime.spawn(async move {
                    loop {
                        let round = deliver(terminal.store(), terminal.client()).await?;
                        if !round.left {
                            break;
                        }
                        if round.link != Link::Online {
                            tokio::time::sleep(AGAIN).await;
                        }
                    }
                    let left = terminal.store().outbox().summary().await?;
                    Ok::<_, Error>(left.waiting + left.needs_person)
                })
            })
            .collect();
        let mut answer = Answer::default();
        for terminal in running {
            let left = runtime.block_on(terminal).map_err(|_| Error::Thread)??;
            if left > 0 {
                return Err(Error::Left(left));
            }
        }
        answer.wall_ms.push(ms(self.stopwatch.elapsed().saturating_sub(start)));
        Ok(answer)
    }
}

/// The picture with a number in its first row: every photo is another one for the server.
fn marked(card: &RgbImage, number: u32) -> RgbImage {
    let mut card = card.clone();
    for bit in 0..32 {
        let value = if number >> bit & 1 == 1 { 255 } else { 0 };
        for x in 0..16 {
            for y in 0..16 {
                card.put_pixel(bit * 16 + x, y, image::Rgb([value; 3]));
            }
        }
    }
    card
}

/// An order as a kiosk makes it, signed report included.
fn draft(
    client: &Client,
    setup: &Setup,
    card: &RgbImage,
    number: u32,
    randomness: &Randomness,
) -> Result<Draft, Error> {
    let id = order::Id(randomness.uuid()?);
    let (jpeg, verdict, policy) =
        (Zeroizing::new(crop::encode_card(card)?), Verdict::Accept, setup.photo_policy.clone());
    let found = Found {
        sha256: Sha256::digest(jpeg.as_slice()).into(),
        policy: &policy,
        declared: Declared::default(),
        verdict,
        findings: &[],
        measured: &[],
    };
    let report = client.sign(&found);
    let digits = Pin::new([8, 3, 0, 5]).ok_or(Error::Thread)?;
    Ok(Draft {
        id,
        user_name: UserName::new(&format!("u{number:06}")).ok_or(Error::Thread)?,
        identity: Identity::Unproven,
        reason: Reason::New,
        place: setup.place.clone(),
        promised: None,
        consents: vec!["card-photo:1".to_owned()],
        language: Language::default(),
        jpeg,
        verdict,
        policy,
        findings: Vec::new(),
        insisted: false,
        report,
        sealed_pin: pin::seal(&setup.access_key, id, &digits, randomness)?,
        pin_key: setup.access_key.fingerprint(),
        session: None,
        phone: None,
    })
}
