//! Who may call: enrolment, signatures and numbers, copies and older states, new keys, and what the operator says.

use jiff::SignedDuration;
use kortautomat::domain::audit::Subject;
use kortautomat::seal::signing::Signer;
use kortautomat::server::storage::record;
use kortautomat::server::storage::terminals::{Role, Status, Terminal};
use kortautomat::server::{install, terminals};
use kortautomat::sync::client::{Client, Error, Key};
use kortautomat::system::Randomness;
use kortautomat::wire::ProblemCode;
use kortautomat::wire::enrolment::Enrolled;
use kortautomat::wire::health::{Health, Heard, Terminals};
use kortautomat::wire::terminal::Enrolment;
use reqwest::{Method, StatusCode};

use super::world::{self, Answer, Caller, World, jpeg};

async fn line(world: &World) -> Enrolment {
    let storage = &world.server().app().storage;
    let (clock, randomness) = (world.clock(), Randomness::system());
    install::add_terminal(storage, "gjovik", Role::Kiosk, None, &clock, &randomness).await.unwrap()
}

fn url(world: &World) -> String {
    format!("http://{}", world.server().local_addr())
}

fn client(world: &World, line: &Enrolment, signer: &Signer) -> Client {
    Client::new(&url(world), Key::fleeting(line.code, signer.clone(), 1)).unwrap()
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
