//! `PUT` and `GET /v1/photos/{sha256}`, and until when a photo is kept.

use jiff::SignedDuration;
use kortautomat::server::jobs;
use kortautomat::wire::ProblemCode;
use kortautomat::wire::order::Wish;
use reqwest::{Method, StatusCode};
use sha2::{Digest, Sha256};

use super::world::{World, jpeg};

fn name(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

#[tokio::test]
async fn only_a_jpeg_under_its_own_name_is_stored() {
    let world = World::new().await;
    let good = jpeg(10);
    assert_eq!(world.put_photo(&name(b"other"), good.clone()).await.refused(), ProblemCode::BadRequest);
    assert_eq!(world.put_photo("no-name", good.clone()).await.refused(), ProblemCode::BadRequest);
    let torn = good[..good.len() / 3].to_vec();
    let mut text = b"\xFF\xD8\xFF".to_vec();
    text.extend_from_slice(&[b'x'; 2_000]);
    for bad in [torn, text, Vec::new(), b"GIF89a".to_vec()] {
        let answer = world.put_photo(&name(&bad), bad).await;
        assert_eq!(
            (answer.status, answer.refused()),
            (StatusCode::UNPROCESSABLE_ENTITY, ProblemCode::PhotoUnreadable)
        );
    }
    let large = vec![0; 8 * 1024 * 1024 + 1];
    assert_eq!(world.put_photo(&name(&large), large).await.refused(), ProblemCode::TooLarge);
}

#[tokio::test]
async fn invariant_4_owner_and_staff_see_it_and_no_terminal_alone_does() {
    let world = World::new().await;
    let order = world.ordered("ingridh").await;
    let path = format!("/v1/photos/{}", order.photo.sha256);
    let owner = world.student("ingridh").await;
    let whole = world.get(&owner, &path).await;
    assert_eq!(name(&whole.bytes), order.photo.sha256);
    let staff = world.staff().await;
    let small = world.get(&staff, &format!("{path}?size=small")).await;
    let picture = image::load_from_memory(&small.bytes).unwrap();
    assert_eq!(picture.height(), 480);
    // made when it was first asked for, and the same ever after
    assert_eq!(world.get(&staff, &format!("{path}?size=small")).await.bytes, small.bytes);
    let tag = whole.headers["etag"].clone();
    let again = world.send(&owner, world.request(Method::GET, &path).header("if-none-match", tag)).await;
    assert_eq!((again.status, again.bytes.len()), (StatusCode::NOT_MODIFIED, 0));
    assert_eq!(world.get(&world.kiosk(), &path).await.refused(), ProblemCode::SessionExpired);
}

#[tokio::test]
async fn invariant_9_a_photo_is_gone_after_its_time() {
    let world = World::new().await;
    let kept = world.ordered("ingridh").await;
    let staff = world.staff().await;
    let app = world.server().app();
    let there = async |sha256: &str| {
        let mut db = app.storage.read().await.unwrap();
        kortautomat::server::storage::photos::known(&mut db, sha256).await.unwrap()
    };
    let abandoned = world.photo(33).await;
    world.pass(SignedDuration::from_hours(97));
    jobs::tidy(app).await.unwrap();
    assert!(!there(&abandoned).await && there(&kept.photo.sha256).await);

    let staff_again = world.staff().await;
    let small = format!("/v1/photos/{}?size=small", kept.photo.sha256);
    assert!(!world.get(&staff_again, &small).await.bytes.is_empty());
    drop(staff);
    world.moved(&world.ask(&staff_again, &kept, Wish::Cancel { words: String::new() }).await);
    world.pass(SignedDuration::from_hours(29 * 24));
    jobs::tidy(app).await.unwrap();
    assert!(there(&kept.photo.sha256).await);
    world.pass(SignedDuration::from_hours(2 * 24));
    jobs::tidy(app).await.unwrap();
    assert!(!there(&kept.photo.sha256).await);
    let staff = world.staff().await;
    for path in [small, format!("/v1/photos/{}", kept.photo.sha256)] {
        assert_eq!(world.get(&staff, &path).await.refused(), ProblemCode::NotFound);
    }
}
