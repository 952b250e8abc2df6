//! Lines that cut, delay and throttle, names that nobody knows, and what is left of photos on the way.

use bytes::Bytes;
use kortautomat::server::photos::{Name, Progress, Size};
use kortautomat::server::{install, storage};
use kortautomat::wire::photo::PIECE;

use super::*;

/// A photo that takes several pieces.
fn large(world: &World) -> Draft {
    let mut draft = world.draft();
    draft.jpeg.resize(5 * PIECE, 7);
    draft
}

async fn accept(world: &mut World, terminal: &Terminal, draft: &Draft) {
    let accepted = terminal.accept(draft).await.unwrap();
    world.shown.insert(accepted.id, accepted.number);
}

#[tokio::test]
async fn what_a_bad_line_cuts_arrives_in_pieces() {
    let mut world = World::new().await;
    let server = world.serve().await;
    let link = Link::to(server.local_addr()).await;
    let mut terminal = world.enrol(&link).await;
    let draft = large(&world);
    accept(&mut world, &terminal, &draft).await;
    // at once, and cut; then two and a half pieces a time, from where the last ones ended
    let mut rounds = 0;
    loop {
        link.set(Fault::RequestCut(PIECE * 5 / 2));
        deliver(terminal.store(), terminal.client()).await.unwrap();
        rounds += 1;
        assert!(rounds < 8, "no end of it");
        if terminal.store().outbox().summary().await.unwrap().waiting == 0 {
            break;
        }
        // the kiosk ends meanwhile
        drop(terminal);
        terminal = world.reopen().await;
    }
    assert!(rounds >= 3, "{rounds}");
    let (photos, name) = (&server.app().photos, Name::of(&draft.jpeg));
    assert_eq!(photos.get(&name, Size::Whole).await.unwrap().unwrap(), draft.jpeg.as_slice());
    assert_eq!(photos.begun(&name).await.unwrap(), 0, "nothing is left");
    world.holds(&server.app().storage, 0).await;
}

#[tokio::test]
async fn pieces_that_were_left_are_put_together() {
    let mut world = World::new().await;
    let server = world.serve().await;
    let link = Link::to(server.local_addr()).await;
    let terminal = world.enrol(&link).await;
    let draft = large(&world);
    accept(&mut world, &terminal, &draft).await;
    // the server ended between the last piece and the whole
    let (photos, name) = (&server.app().photos, Name::of(&draft.jpeg));
    let mut from = 0;
    for piece in draft.jpeg.chunks(PIECE) {
        let progress =
            photos.put_piece(&name, from, draft.jpeg.len() as u64, Bytes::copy_from_slice(piece)).await;
        from += piece.len() as u64;
        assert!(!matches!(progress.unwrap(), Progress::Other));
    }
    assert_eq!(photos.begun(&name).await.unwrap(), draft.jpeg.len() as u64);
    delivered(&terminal).await;
    world.holds(&server.app().storage, 0).await;
}

#[tokio::test]
async fn pieces_of_something_else_are_thrown_away_and_the_photo_is_sent() {
    let mut world = World::new().await;
    let server = world.serve().await;
    let link = Link::to(server.local_addr()).await;
    let terminal = world.enrol(&link).await;
    let draft = large(&world);
    accept(&mut world, &terminal, &draft).await;
    let (photos, name) = (&server.app().photos, Name::of(&draft.jpeg));
    let other = Bytes::from(vec![1; PIECE]);
    photos.put_piece(&name, 0, draft.jpeg.len() as u64, other).await.unwrap();
    delivered(&terminal).await;
    world.holds(&server.app().storage, 0).await;
}

#[tokio::test]
async fn a_photo_whose_bytes_are_gone_is_asked_for_again() {
    let mut world = World::new().await;
    let server = world.serve().await;
    let link = Link::to(server.local_addr()).await;
    let terminal = world.enrol(&link).await;
    let draft = large(&world);
    accept(&mut world, &terminal, &draft).await;
    let sha256 = hex::decode(Name::of(&draft.jpeg).as_str()).unwrap().try_into().unwrap();
    terminal.client().put_photo(&sha256, Bytes::copy_from_slice(&draft.jpeg)).await.unwrap();
    let held = terminal.client().held_photos(&[sha256]).await.unwrap();
    assert_eq!(held.whole.len(), 1);
    // the row came back with a backup, the file did not
    server.app().photos.delete(&Name::of(&draft.jpeg)).await.unwrap();
    assert!(terminal.client().held_photos(&[sha256]).await.unwrap().whole.is_empty());
    delivered(&terminal).await;
    assert!(server.app().photos.holds(&Name::of(&draft.jpeg)).await.unwrap());
    world.holds(&server.app().storage, 0).await;
}

#[tokio::test]
async fn a_line_with_two_seconds_delay_and_64_kilobits_delivers() {
    let mut world = World::new().await;
    let server = world.serve().await;
    let link = Link::to(server.local_addr()).await;
    let terminal = world.enrol(&link).await;
    world.order(&terminal).await;
    link.set(Fault::Slow { delay: Duration::from_secs(2), rate: 8_000 });
    let sender = terminal.send(fast());
    // nobody waits for it: the next order is taken meanwhile
    let second = world.order(&terminal);
    tokio::time::timeout(Duration::from_secs(2), second).await.unwrap();
    until(&sender, |state| state.online() && state.waiting == 0).await;
    drop(sender);
    world.holds(&server.app().storage, 0).await;
}

#[tokio::test]
async fn a_name_that_nobody_knows_loses_nothing() {
    let mut world = World::new().await;
    let server = world.serve().await;
    let link = Link::to(server.local_addr()).await;
    let terminal = world.enrol(&link).await;
    world.order(&terminal).await;
    let key = Key::fleeting(world.enrolments[0].code, Signer::from_bytes(&[1; 32]), 1);
    let nowhere = Client::new("https://kort.invalid", None, key).unwrap();
    let round = deliver(terminal.store(), &nowhere).await.unwrap();
    assert_eq!((round.link, round.left), (Found::Offline, true));
    delivered(&terminal).await;
    world.holds(&server.app().storage, 0).await;
}

#[tokio::test]
async fn invariant_1_a_server_restored_from_a_backup_has_every_order_again() {
    let mut world = World::new().await;
    let server = world.serve().await;
    let link = Link::to(server.local_addr()).await;
    let terminal = world.enrol(&link).await;
    world.order(&terminal).await;
    delivered(&terminal).await;
    let backup = world.folder.path().join("backup");
    install::backup(&server.app().storage, &world.server_folder(), &backup).await.unwrap();
    for _ in 0..3 {
        world.order(&terminal).await;
    }
    delivered(&terminal).await;
    server.shutdown().await.unwrap();
    std::fs::remove_dir_all(world.server_folder()).unwrap();
    let (clock, random) = (Clock::system(), Randomness::system());
    let restored = install::restore(&backup, &world.server_folder(), &clock, &random).await.unwrap();
    restored.close().await;
    assert!(
        install::restore(&backup, &world.server_folder(), &clock, &random).await.is_err(),
        "not over another"
    );
    let server = world.serve().await;
    link.lead_to(server.local_addr());
    let mut db = server.app().storage.read().await.unwrap();
    assert_eq!(orders::of(&mut db, &UserName::new(STUDENT).unwrap()).await.unwrap().len(), 1);
    drop(db);
    delivered(&terminal).await;
    world.holds(&server.app().storage, 0).await;
    let mut db = server.app().storage.read().await.unwrap();
    assert!(storage::record::verify(&mut db).await.is_ok(), "the record holds");
}
