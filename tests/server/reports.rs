//! The signed check report: goes with the order to the desk and back to the student as it was signed.

use std::io::Cursor;

use kortautomat::seal::signing::Signer;
use kortautomat::wire::ProblemCode;
use kortautomat::wire::order::{Finding, Limit, Order, Photo, Wish};
use kortautomat::wire::report::{Check, Signed, VERSION};
use reqwest::StatusCode;
use sha2::{Digest, Sha256};

use super::world::{Caller, World, uuid};

fn signer(caller: &Caller) -> Signer {
    caller.key.as_ref().unwrap().signer.clone()
}

/// The photo with a finding and a report of it.
fn judged(photo: &Photo, signer: &Signer) -> Photo {
    let finding = Finding {
        rule: "even_light".into(),
        weight: "soft".into(),
        measured: 0.48,
        limit: Limit::AtLeast(0.65),
        region: Some([0.2, 0.2, 0.6, 0.5]),
    };
    let photo = Photo {
        verdict: "ask".into(),
        findings: vec![finding],
        insisted: true,
        report: None,
        ..photo.clone()
    };
    let check = Check {
        version: VERSION,
        photo: photo.sha256.clone(),
        terminal: "K1".into(),
        program: "9.8.7".into(),
        policy: photo.policy.clone(),
        head_covering: Some(true),
        verdict: photo.verdict.clone(),
        findings: photo.findings.clone(),
        measured: [("even_light".to_owned(), 0.48), ("yaw".to_owned(), -2.5)].into(),
    };
    let text = serde_json::to_string(&check).unwrap();
    let signature = signer.sign(text.as_bytes());
    Photo { report: Some(Signed { text, signature }), ..photo }
}

#[tokio::test]
async fn desk_and_student_see_what_the_terminal_signed() {
    let world = World::new().await;
    let (student, staff) = (world.student("ingridh").await, world.staff().await);
    let mut submission = world.submission(&student, "ingridh").await;
    submission.photo = judged(&submission.photo, &signer(&student));
    let id = uuid();
    let order: Order = world.submit(id, &submission).await.ok();
    assert_eq!(world.submit(id, &submission).await.ok::<Order>(), order, "again, the same answer");
    let by = order.photo.signed_by.as_ref().unwrap();
    assert_eq!((by.terminal.as_str(), by.program.as_str()), ("K1", "9.8.7"));
    assert_eq!(order.photo.report, None, "lists stay short");
    for caller in [&staff, &student] {
        let details = world.details(caller, &order).await;
        assert_eq!(details.order.photo.report, submission.photo.report);
        assert_eq!(details.order.photo.findings, submission.photo.findings);
    }
    // another photo brings its own report, and one without a report takes the old one away
    let refuse = Wish::RefusePhoto { rule: "even_light".into(), words: "Mørkt".into() };
    let refused = world.moved(&world.ask(&staff, &order, refuse).await);
    let other = Photo { sha256: world.photo(90).await, ..order.photo.clone() };
    let wish = Wish::ReplacePhoto { photo: judged(&other, &signer(&student)) };
    let replaced = world.moved(&world.ask(&student, &refused, wish).await);
    let report = world.details(&staff, &replaced).await.order.photo.report.unwrap();
    assert!(report.text.contains(&other.sha256));
    let wish = Wish::ReplacePhoto { photo: other };
    let bare = world.moved(&world.ask(&staff, &replaced, wish).await);
    let details = world.details(&staff, &bare).await.order;
    assert_eq!((details.photo.report, details.photo.signed_by), (None, None));
}

#[tokio::test]
async fn a_photo_that_no_terminal_vouches_for_is_decoded_first() {
    let world = World::new().await;
    let student = world.student("ingridh").await;
    // header and end are in order; within the scan stands what must not stand there
    let grain =
        image::RgbImage::from_fn(200, 260, |x, y| image::Rgb([(x * y) as u8, (x ^ y) as u8, (x + y) as u8]));
    let mut damaged = Vec::new();
    grain.write_to(&mut Cursor::new(&mut damaged), image::ImageFormat::Jpeg).unwrap();
    let middle = damaged.len() / 2;
    damaged[middle..middle + 2].copy_from_slice(&[0xFF, 0xDC]);
    let sha256 = hex::encode(Sha256::digest(&damaged));
    assert_eq!(world.put_photo(&sha256, damaged).await.status, StatusCode::NO_CONTENT);
    let mut submission = world.submission(&student, "ingridh").await;
    let good = std::mem::replace(&mut submission.photo.sha256, sha256.clone());
    let id = uuid();
    assert_eq!(world.submit(id, &submission).await.refused(), ProblemCode::PhotoUnreadable);
    let another = Photo { sha256: good.clone(), ..submission.photo.clone() };
    let forged = Photo {
        report: judged(&another, &signer(&student)).report,
        ..judged(&submission.photo, &signer(&student))
    };
    submission.photo = forged;
    assert_eq!(world.submit(id, &submission).await.refused(), ProblemCode::PhotoUnreadable);
    submission.photo = Photo { sha256: good, report: None, ..submission.photo };
    let order: Order = world.submit(id, &submission).await.ok();
    let damaged = Photo { sha256, report: None, ..order.photo.clone() };
    let answer = world.ask(&world.staff().await, &order, Wish::ReplacePhoto { photo: damaged }).await;
    assert_eq!(answer.refused(), ProblemCode::PhotoUnreadable);
}

#[tokio::test]
async fn a_report_that_does_not_hold_loses_no_order_but_a_person_looks() {
    let world = World::new().await;
    let student = world.student("ingridh").await;
    let mut submission = world.submission(&student, "ingridh").await;
    let signed = judged(&submission.photo, &signer(&student));
    // what the terminal signed was "ask"; on the way it became "accept"
    submission.photo = Photo { verdict: "accept".into(), findings: Vec::new(), insisted: false, ..signed };
    let order: Order = world.submit(uuid(), &submission).await.ok();
    assert_eq!((order.status.as_str(), order.photo.signed_by), ("review", None));

    let other = world.student("jonasb").await;
    let mut submission = world.submission(&other, "jonasb").await;
    submission.photo = Photo {
        verdict: "accept".into(),
        findings: Vec::new(),
        insisted: false,
        ..judged(&submission.photo, &signer(&world.counter()))
    };
    let order: Order = world.submit(uuid(), &submission).await.ok();
    assert_eq!((order.status.as_str(), order.photo.signed_by), ("review", None));
}
