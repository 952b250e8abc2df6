//! Who may call: enrolment, signatures and numbers, copies and older states, new keys, and what the operator says.

use std::path::Path;

use jiff::SignedDuration;
use kortautomat::domain::audit::Subject;
use kortautomat::seal::keys::Prefer;
use kortautomat::seal::signing::Signer;
use kortautomat::server::storage::record;
use kortautomat::server::storage::terminals::{Role, Status, Terminal};
use kortautomat::server::tls::Authority;
use kortautomat::server::{Config, Server, install, terminals};
use kortautomat::sync::client::{Client, Error, Key};
use kortautomat::sync::enrol::enrol;
use kortautomat::sync::outbox::{Link as Found, deliver};
use kortautomat::sync::plan::Pace;
use kortautomat::sync::terminal;
use kortautomat::system::{Clock, Randomness};
use kortautomat::wire::ProblemCode;
use kortautomat::wire::enrolment::Enrolled;
use kortautomat::wire::health::{Health, Heard, Terminals};
use kortautomat::wire::session::{Account, HEADER};
use kortautomat::wire::terminal::Enrolment;
use reqwest::{Method, StatusCode};

use super::link::Link;
use super::outbox::{World as Plant, delivered, for_polls};
use super::world::{self, Answer, Caller, World, copy, jpeg};

async fn line(world: &World) -> Enrolment {
    let storage = &world.server().app().storage;
    let (clock, randomness) = (world.clock(), Randomness::system());
    install::add_terminal(storage, "gjovik", Role::Kiosk, None, &clock, &randomness).await.unwrap()
}

fn url(world: &World) -> String {
    format!("http://{}", world.server().local_addr())
}

fn client(world: &World, line: &Enrolment, signer: &Signer) -> Client {
    Client::new(&url(world), None, Key::fleeting(line.code, signer.clone(), 1)).unwrap()
}

fn refused<T: std::fmt::Debug>(result: Result<T, Error>) -> ProblemCode {
    match result {
        Err(Error::Refused(problem)) => problem.code,
        other => panic!("{other:?}"),
    }
}

async fn known(world: &World, code: &str) -> Terminal {
    use kortautomat::server::storage::terminals::find;
    let mut db = world.server().app().storage.read().await.unwrap();
    find(&mut db, code.parse().unwrap()).await.unwrap().unwrap()
}

/// What the record says of a terminal, in order.
async fn told(world: &World, code: &str) -> Vec<String> {
    let mut db = world.server().app().storage.read().await.unwrap();
    let entries = record::of(&mut db, Subject::Terminal, code).await.unwrap();
    entries.into_iter().map(|named| named.entry.action).collect()
}

/// The kiosk says how it is, in the call of this number.
async fn says(world: &World, caller: &Caller, number: u64, waiting: u64) -> Answer {
    let health = Health { now: 1, waiting, ..Health::default() };
    let mut request = world.request(Method::PUT, "/v1/health").json(&health).build().unwrap();
    caller.key.as_ref().unwrap().sign(&mut request, number);
    world.carry(request).await
}

#[tokio::test]
async fn a_code_works_once_and_for_one_key() {
    let world = World::new().await;
    let line = line(&world).await;
    let code = line.secret.as_str();
    let (signer, other) = (Signer::from_bytes(&[1; 32]), Signer::from_bytes(&[2; 32]));
    let (own, thief) = (client(&world, &line, &signer), client(&world, &line, &other));
    assert_eq!(refused(own.setup().await), ProblemCode::TerminalUnknown, "not enrolled yet");
    assert_eq!(refused(own.enrol(&"0".repeat(32)).await), ProblemCode::TerminalUnknown);
    let first = own.enrol(code).await.unwrap();
    assert_eq!((first.setup.place.as_str(), first.phone_key.len()), ("gjovik", 64));
    assert_eq!(own.enrol(code).await.unwrap(), first, "the same key again: the same answer");
    assert_eq!(refused(thief.enrol(code).await), ProblemCode::CodeUsed);
    world.pass(SignedDuration::from_hours(30 * 24));
    assert_eq!(own.enrol(code).await.unwrap(), first, "whenever it asks again");
    assert_eq!(own.setup().await.unwrap(), first.setup);
    assert_eq!(refused(thief.setup().await), ProblemCode::TerminalUnknown);
    assert_eq!(told(&world, line.code.as_str()).await, ["added", "enrolled"]);
    let debug = format!("{:?} {first:?}", known(&world, line.code.as_str()).await);
    assert!(!debug.contains(&first.phone_key), "{debug}");
    // another terminal's code is not this one's
    let second = super::terminals::line(&world).await;
    assert_eq!(refused(own.enrol(second.secret.as_str()).await), ProblemCode::TerminalUnknown);
}

#[tokio::test]
async fn a_code_has_its_time_and_few_guesses() {
    let world = World::new().await;
    let line = line(&world).await;
    let own = client(&world, &line, &Signer::from_bytes(&[1; 32]));
    for _ in 0..5 {
        assert_eq!(refused(own.enrol(&"0".repeat(32)).await), ProblemCode::TerminalUnknown);
    }
    assert_eq!(refused(own.enrol(line.secret.as_str()).await), ProblemCode::Locked);
    world.pass(SignedDuration::from_hours(7 * 24 + 1));
    assert_eq!(refused(own.enrol(line.secret.as_str()).await), ProblemCode::CodeUsed);
    // a newer code ends the one before
    let storage = &world.server().app().storage;
    let again = async || {
        install::restore_terminal(storage, line.code, None, &world.clock(), &Randomness::system())
            .await
            .unwrap()
    };
    let (older, newer) = (again().await, again().await);
    assert_eq!(refused(own.enrol(older.secret.as_str()).await), ProblemCode::TerminalUnknown);
    own.enrol(newer.secret.as_str()).await.unwrap();
}

#[tokio::test]
async fn enrolment_is_signed_with_the_key_that_is_handed_in() {
    let world = World::new().await;
    let line = line(&world).await;
    let (own, other) = (world::Key::new(line.code.as_str(), &[1; 32]), world::Key::new("K9", &[1; 32]));
    let thief = world::Key::new(line.code.as_str(), &[2; 32]);
    let body = serde_json::json!({
        "secret": line.secret.as_str(), "public_key": own.signer.public().to_string(),
    });
    for (key, number) in [(&thief, 0), (&other, 0), (&own, 1)] {
        let mut request = world.request(Method::POST, "/v1/enrolments").json(&body).build().unwrap();
        key.sign(&mut request, number);
        assert_eq!(world.carry(request).await.refused(), ProblemCode::TerminalUnknown);
    }
    let unsigned = world.request(Method::POST, "/v1/enrolments").json(&body).build().unwrap();
    assert_eq!(world.carry(unsigned).await.refused(), ProblemCode::TerminalUnknown);
    let mut request = world.request(Method::POST, "/v1/enrolments").json(&body).build().unwrap();
    own.sign(&mut request, 0);
    world.carry(request).await.ok::<Enrolled>();
}

#[tokio::test]
async fn every_byte_of_a_call_is_the_terminals_own() {
    let world = World::new().await;
    let kiosk = world.kiosk();
    let key = kiosk.key.as_ref().unwrap();
    let signed = |path: &str| {
        let mut request = world.request(Method::PUT, path).json(&Health::default()).build().unwrap();
        key.sign(&mut request, 77);
        request
    };
    let mut body = signed("/v1/health");
    *body.body_mut() = Some(serde_json::to_vec(&Health { now: 2, ..Health::default() }).unwrap().into());
    let mut method = signed("/v1/health");
    *method.method_mut() = Method::POST;
    let mut query = signed("/v1/health?a=1");
    query.url_mut().set_query(Some("a=2"));
    let mut path = signed("/v1/health");
    path.url_mut().set_path("/v1/key");
    let mut number = signed("/v1/health");
    let claim = number.headers()["authorization"].to_str().unwrap().replace(":77:", ":78:");
    number.headers_mut().insert("authorization", claim.parse().unwrap());
    for request in [body, method, query, path, number] {
        assert_eq!(world.carry(request).await.refused(), ProblemCode::TerminalUnknown);
    }
    assert_eq!(known(&world, "K1").await.status, Status::Active, "a forged call is nobody's");
}

#[tokio::test]
async fn invariant_1_a_call_again_has_one_effect_and_one_answer() {
    let world = World::new().await;
    let student = world.student("ingridh").await;
    let submission = world.submission(&student, "ingridh").await;
    let path = format!("/v1/orders/{}", world::uuid());
    let key = world.kiosk().key.unwrap();
    let order = || {
        let mut request = world.request(Method::PUT, &path).json(&submission).build().unwrap();
        key.sign(&mut request, 900);
        request
    };
    let first = world.carry(order()).await;
    assert_eq!(first.status, StatusCode::OK);
    for _ in 0..3 {
        assert_eq!(world.carry(order()).await.bytes, first.bytes);
    }
    // what was recorded, for good: the same after a start
    let mut world = world;
    world.stop().await;
    world.start(None).await;
    let mut request = world.request(Method::PUT, &path).json(&submission).build().unwrap();
    key.sign(&mut request, 900);
    assert_eq!(world.carry(request).await.bytes, first.bytes);
    let answer = says(&world, &world.kiosk(), 900, 1).await;
    assert_eq!(answer.refused(), ProblemCode::TerminalSetAside, "the number with other bytes, after a start");
    let staff = world.staff().await;
    let found: kortautomat::wire::order::Found = world.get(&staff, "/v1/orders?query=ingridh").await.ok();
    assert_eq!(found.orders.iter().filter(|order| order.user_name == "ingridh").count(), 1);
}

#[tokio::test]
async fn a_call_again_makes_no_second_session_and_blocks_no_card_that_was_found() {
    let world = World::new().await;
    let key = world.kiosk().key.unwrap();
    let sign_in = || {
        let body = serde_json::json!({ "user_name": "jonasb", "password": "demo" });
        let mut request = world.request(Method::POST, "/v1/sessions").json(&body).build().unwrap();
        key.sign(&mut request, 700);
        request
    };
    let first: kortautomat::wire::session::Session = world.carry(sign_in()).await.ok();
    let again: kortautomat::wire::session::Session = world.carry(sign_in()).await.ok();
    assert_eq!(first.token.0, again.token.0);
    let Account::Student { person, .. } = first.account else { panic!("a student") };
    let path = format!("/v1/cards/{}/reports", person.cards[0].number);
    let report = |what: &str, number| {
        let body = serde_json::json!({ "what": what });
        let mut request = world.request(Method::POST, &path).json(&body).build().unwrap();
        key.sign(&mut request, number);
        request.headers_mut().insert(HEADER, first.token.0.parse().unwrap());
        request
    };
    let status = async |request| world.carry(request).await.ok::<kortautomat::wire::card::Card>().status;
    assert_eq!(status(report("lost", 701)).await, "blocked");
    assert_eq!(status(report("found", 702)).await, "active");
    assert_eq!(status(report("lost", 701)).await, "active", "the same call again");
    assert_eq!(status(report("lost", 703)).await, "blocked", "another one");
}

#[tokio::test]
async fn calls_may_overtake_each_other_but_not_by_far() {
    let world = World::new().await;
    let kiosk = world.kiosk();
    for number in [5, 3, 1_000, 999, 4, 5_000] {
        let answer = says(&world, &kiosk, number, number).await;
        assert_eq!(answer.ok::<Heard>(), Heard::default(), "{number}");
    }
    for number in 6_000..7_100 {
        says(&world, &kiosk, number, 0).await.ok::<Heard>();
    }
    let answer = says(&world, &kiosk, 2_000, 0).await;
    assert_eq!(answer.refused(), ProblemCode::TerminalSetAside, "older than all that is remembered");
    assert_eq!(told(&world, "K1").await, ["added", "enrolled", "set_aside"]);
    // nothing of it is heard any more, reading included, and the counter beside it is
    assert_eq!(world.get(&kiosk, "/v1/setup").await.refused(), ProblemCode::TerminalSetAside);
    world.staff().await;
}

#[tokio::test]
async fn revoked_is_revoked_in_the_middle_of_a_call() {
    let world = World::new().await;
    let kiosk = world.kiosk();
    let bytes = jpeg(60);
    let sha256 = hex::encode(<sha2::Sha256 as sha2::Digest>::digest(&bytes));
    let (begin, end) = bytes.split_at(bytes.len() / 2);
    let (send, rest) = tokio::sync::mpsc::channel::<Result<Vec<u8>, std::io::Error>>(1);
    let stream = futures_util::stream::unfold(rest, async |mut rest| Some((rest.recv().await?, rest)));
    let path = format!("/v1/photos/{sha256}");
    // signed whole, sent in two halves
    let mut signed = world.request(Method::PUT, &path).body(bytes.clone()).build().unwrap();
    kiosk.key.as_ref().unwrap().sign(&mut signed, 50);
    let claim = signed.headers()["authorization"].clone();
    let request = world
        .request(Method::PUT, &path)
        .header("authorization", claim)
        .body(reqwest::Body::wrap_stream(stream))
        .build()
        .unwrap();
    let storage = world.server().app().storage.clone();
    let (answer, ()) = tokio::join!(world.carry(request), async {
        send.send(Ok(begin.to_vec())).await.unwrap();
        terminals::revoke(&storage, "K1".parse().unwrap(), &world.clock()).await.unwrap();
        send.send(Ok(end.to_vec())).await.unwrap();
        drop(send);
    });
    assert_eq!(answer.refused(), ProblemCode::TerminalRevoked);
    assert_eq!(world.get(&kiosk, "/v1/setup").await.refused(), ProblemCode::TerminalRevoked);
    assert_eq!(told(&world, "K1").await, ["added", "enrolled", "revoked"]);
}

#[tokio::test]
async fn the_administrator_sees_how_the_terminals_are() {
    let world = World::new().await;
    let health = Health {
        now: world.clock().now().as_microsecond() + 90_000_000,
        version: "1.2.3".into(),
        waiting: 3,
        keys: Some("files".into()),
        camera: Some("missing".into()),
        ..Health::default()
    };
    world.put(&world.kiosk(), "/v1/health", &health).await.ok::<Heard>();
    assert_eq!(world.get(&world.staff().await, "/v1/terminals").await.refused(), ProblemCode::Forbidden);
    let list: Terminals = world.get(&world.clerk("admin").await, "/v1/terminals").await.ok();
    let kiosk = list.terminals.iter().find(|terminal| terminal.code == "K1").unwrap();
    assert_eq!((kiosk.status.as_str(), kiosk.clock_difference), ("active", Some(90_000_000)));
    assert_eq!(kiosk.health.as_ref(), Some(&health));
    assert!(kiosk.heard_at.is_some() && list.terminals.len() == 2);
}

async fn open(folder: &Path) -> terminal::Terminal {
    terminal::Terminal::open(folder, Clock::system(), Randomness::system()).await.unwrap()
}

/// Prints a new line for the kiosk and enrols its folder with it.
async fn enrol_anew(plant: &Plant, server: &Server, link: &Link) {
    let storage = &server.app().storage;
    let (clock, randomness) = (Clock::system(), Randomness::system());
    let code = plant.enrolments[0].code;
    let line = install::restore_terminal(storage, code, None, &clock, &randomness).await.unwrap();
    enrol(&plant.kiosk_folder(), &link.url(), &line, Prefer::Files, clock, randomness).await.unwrap();
}

#[tokio::test]
async fn invariant_1_a_copied_terminal_is_set_aside_and_its_orders_are_kept() {
    let mut plant = Plant::new().await;
    let server = plant.serve().await;
    let link = Link::to(server.local_addr()).await;
    let terminal = plant.enrol(&link).await;
    drop(terminal);
    let copied = plant.folder.path().join("copied");
    std::fs::create_dir(&copied).unwrap();
    copy(&plant.kiosk_folder(), &copied);
    let (terminal, thief) = (plant.reopen().await, open(&copied).await);
    plant.order(&terminal).await;
    delivered(&terminal).await;
    // the thief's first call that changes something has a number that was used for another
    let health = Health { now: 1, ..Health::default() };
    assert_eq!(refused(thief.client().put_health(&health).await), ProblemCode::TerminalSetAside);
    plant.order(&terminal).await;
    let round = deliver(terminal.store(), terminal.client()).await.unwrap();
    assert_eq!((round.link, round.left), (Found::Unenrolled, true));
    let summary = terminal.store().outbox().summary().await.unwrap();
    assert_eq!((summary.waiting, summary.needs_person), (1, 0));
    drop(terminal);
    enrol_anew(&plant, &server, &link).await;
    let terminal = plant.reopen().await;
    delivered(&terminal).await;
    plant.holds(&server.app().storage, 0).await;
    assert_eq!(
        refused(thief.client().setup().await),
        ProblemCode::TerminalUnknown,
        "the copy has the old key"
    );
}

#[tokio::test]
async fn invariant_1_a_terminal_put_back_to_an_older_state_is_set_aside_and_goes_on_with_a_new_key() {
    let mut plant = Plant::new().await;
    let server = plant.serve().await;
    let link = Link::to(server.local_addr()).await;
    let terminal = plant.enrol(&link).await;
    plant.order(&terminal).await;
    drop(terminal);
    let older = plant.folder.path().join("older");
    std::fs::create_dir(&older).unwrap();
    copy(&plant.kiosk_folder(), &older);
    let terminal = plant.reopen().await;
    delivered(&terminal).await;
    plant.order(&terminal).await;
    delivered(&terminal).await;
    drop(terminal);
    std::fs::remove_dir_all(plant.kiosk_folder()).unwrap();
    std::fs::rename(&older, plant.kiosk_folder()).unwrap();
    // the first order waits there again, and goes out with the numbers of calls that were used for others
    let terminal = plant.reopen().await;
    plant.order(&terminal).await;
    for _ in 0..3 {
        let round = deliver(terminal.store(), terminal.client()).await.unwrap();
        if round.link == Found::Unenrolled {
            break;
        }
    }
    assert_eq!(refused(terminal.client().setup().await), ProblemCode::TerminalSetAside);
    drop(terminal);
    enrol_anew(&plant, &server, &link).await;
    delivered(&plant.reopen().await).await;
    plant.holds(&server.app().storage, 0).await;
}

#[tokio::test]
async fn a_new_key_is_exchanged_whole_wherever_it_is_cut() {
    let plant = Plant::new().await;
    let server = plant.serve().await;
    let link = Link::to(server.local_addr()).await;
    let mut terminal = plant.enrol(&link).await;
    let storage = &server.app().storage;
    let code = plant.enrolments[0].code;
    for polls in 0.. {
        terminals::rotate(storage, code, &Clock::system()).await.unwrap();
        let ended = for_polls(terminal.exchange_key(), polls).await;
        drop(terminal);
        terminal = plant.reopen().await;
        terminal.refresh_setup().await.unwrap();
        terminal.client().put_health(&Health { now: 1, ..Health::default() }).await.unwrap();
        // what was begun is brought to its end by the next attempt
        terminal.exchange_key().await.unwrap();
        terminal.refresh_setup().await.unwrap();
        if ended.is_some() {
            assert!(polls > 3, "{polls}");
            break;
        }
    }
    // asked for, it is done by the terminal itself
    terminals::rotate(storage, code, &Clock::system()).await.unwrap();
    let key = async || {
        let mut db = storage.read().await.unwrap();
        kortautomat::server::storage::terminals::find(&mut db, code).await.unwrap().unwrap()
    };
    let before = key().await.public_key;
    let sender = terminal.send(Pace::default());
    let exchanged = async {
        while key().await.public_key == before {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(30), exchanged).await.unwrap();
    drop(sender);
    let known = key().await;
    assert!(!known.new_key_wanted && known.former_keys.first() == before.as_ref());
    assert!(known.health.unwrap().content.contains("\"keys\":\"files\""));
}

#[tokio::test]
async fn only_the_pinned_authority_vouches_for_the_server_and_only_in_its_time() {
    let plant = Plant::new().await;
    let data = plant.server_folder();
    let authority = Authority::make(&data).unwrap().fingerprint();
    let start = async |clock| {
        let config = Config { tls: true, ..Config::new(data.clone(), "127.0.0.1:0".parse().unwrap()) };
        Server::start(config, clock, Randomness::system()).await.unwrap()
    };
    let key = || Key::fleeting(plant.enrolments[0].code, Signer::from_bytes(&[1; 32]), 1);
    let ask = async |server: &Server, authority| {
        Client::new(&server.url(), Some(authority), key()).unwrap().setup().await
    };
    // a certificate that has run out, by the clock here
    let server = start(Clock::of(|| Clock::system().now() - SignedDuration::from_hours(200 * 24))).await;
    let answer = ask(&server, authority).await;
    assert!(matches!(answer, Err(Error::CertificateTime(_))), "{answer:?}");
    server.shutdown().await.unwrap();

    let server = start(Clock::system()).await;
    assert!(server.url().starts_with("https://"));
    assert_eq!(refused(ask(&server, authority).await), ProblemCode::TerminalUnknown);
    let answer = ask(&server, [7; 32]).await;
    assert!(matches!(answer, Err(Error::Certificate(_))), "{answer:?}");
    let unpinned = Client::new(&server.url(), None, key()).unwrap().setup().await;
    assert!(matches!(unpinned, Err(Error::Certificate(_))), "{unpinned:?}");
    // the whole way: the line names the authority, the terminal remembers it
    let mut line = plant.enrolments[0].clone();
    line.authority = Some(authority);
    let (clock, randomness) = (Clock::system(), Randomness::system());
    enrol(&plant.kiosk_folder(), &server.url(), &line, Prefer::Files, clock, randomness).await.unwrap();
    let mut plant = plant;
    let terminal = plant.reopen().await;
    plant.order(&terminal).await;
    delivered(&terminal).await;
    plant.holds(&server.app().storage, 0).await;
}
