//! `/s/{challenge}`: a code for a kiosk that hears no server, asked for as a phone's browser asks.

use jiff::{SignedDuration, Timestamp};
use kortautomat::domain::number::TerminalCode;
use kortautomat::domain::person::UserName;
use kortautomat::domain::phone::{Nonce, Refusal};
use kortautomat::seal::SharedKey;
use kortautomat::seal::keys::Prefer;
use kortautomat::seal::phone::{Challenge, Code};
use kortautomat::seal::pin::AccessSecret;
use kortautomat::server::storage::Storage;
use kortautomat::server::storage::terminals::{self, Role, Status};
use kortautomat::server::{Server, demo};
use kortautomat::sync;
use kortautomat::sync::enrol::enrol;
use kortautomat::sync::terminal::Terminal;
use kortautomat::system::{Clock, Randomness};
use kortautomat::wire::order::{Order, PHONE, Submission};
use reqwest::{Method, StatusCode};

use super::world::{Answer, World, config, uuid};

/// The kiosk's key and code, as the server keeps them.
async fn kiosk(world: &World) -> (TerminalCode, SharedKey) {
    let storage = Storage::open(&world.data()).await.unwrap();
    let all = terminals::all(&mut storage.read().await.unwrap()).await.unwrap();
    storage.close().await;
    let kiosk = all.into_iter().find(|terminal| terminal.role == Role::Kiosk).unwrap();
    (kiosk.code, kiosk.phone_key.unwrap())
}

struct Booth {
    key: SharedKey,
    challenge: Challenge,
}

impl Booth {
    async fn new(world: &World, nonce: u8) -> Self {
        Self::at(world, nonce, SignedDuration::ZERO).await
    }

    /// A kiosk whose clock is wrong by so much.
    async fn at(world: &World, nonce: u8, wrong: SignedDuration) -> Self {
        let (terminal, key) = kiosk(world).await;
        let at = Timestamp::from_second((world.clock().now() + wrong).as_second()).unwrap();
        Self { key, challenge: Challenge { terminal, nonce: Nonce([nonce; 16]), at } }
    }

    fn path(&self) -> String {
        format!("/s/{}", self.challenge.text(&self.key))
    }

    /// Whether the kiosk would let this user in with what the page says.
    fn takes(&self, user: &str, page: &str) -> bool {
        let typed: Code = code(page).parse().unwrap();
        self.challenge.code(&self.key, &UserName::new(user).unwrap()).fits(&typed)
    }
}

async fn plain(request: reqwest::RequestBuilder) -> Answer {
    let response = request.send().await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    Answer { status, headers, bytes: response.bytes().await.unwrap().to_vec() }
}

async fn get(world: &World, path: &str, language: &str) -> Answer {
    plain(world.request(Method::GET, path).header("accept-language", language)).await
}

async fn sign_in(world: &World, path: &str, user: &str, password: &str) -> Answer {
    let form = world
        .request(Method::POST, &format!("{path}?lang=en"))
        .header("content-type", "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .body(format!("user_name={user}&password={password}"));
    plain(form).await
}

fn text(answer: &Answer) -> String {
    String::from_utf8(answer.bytes.clone()).unwrap()
}

/// What stands large on the page.
fn code(page: &str) -> String {
    let after = page.split("</span><strong>").nth(1).unwrap_or_else(|| panic!("no code: {page}"));
    after.split('<').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_student_gets_a_code_that_the_kiosk_takes_and_the_same_when_asked_again() {
    let world = World::new().await;
    let booth = Booth::new(&world, 1).await;
    let form = get(&world, &booth.path(), "en").await;
    assert_eq!(form.status, StatusCode::OK);
    assert!(text(&form).contains("Gløshaugen") && text(&form).contains(booth.challenge.terminal.as_str()));
    let first = sign_in(&world, &booth.path(), "ingridh", "demo").await;
    assert_eq!(first.status, StatusCode::OK);
    let page = text(&first);
    assert!(booth.takes("ingridh", &page) && !booth.takes("olanor", &page));
    assert!(page.contains("9 more minutes") || page.contains("ten minutes"), "{page}");
    let again = text(&sign_in(&world, &booth.path(), "IngridH", "demo").await);
    assert_eq!(code(&again), code(&page));
    // once in the record, and without a name
    let storage = Storage::open(&world.data()).await.unwrap();
    let rows: Vec<(String, String)> =
        sqlx::query_as("SELECT subject_id, details FROM record WHERE action = 'phone_code'")
            .fetch_all(&mut *storage.read().await.unwrap())
            .await
            .unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].0, booth.challenge.terminal.as_str());
    assert!(rows[0].1.contains("person") && !rows[0].1.contains("ingridh"), "{}", rows[0].1);
    storage.close().await;
}

#[tokio::test]
async fn the_page_is_kept_nowhere_framed_nowhere_and_loads_nothing() {
    let world = World::new().await;
    let booth = Booth::new(&world, 1).await;
    for answer in [
        get(&world, &booth.path(), "nb").await,
        sign_in(&world, &booth.path(), "ingridh", "demo").await,
        sign_in(&world, &booth.path(), "ingridh", "wrong").await,
        get(&world, "/s/NOTHING", "nb").await,
    ] {
        let header = |name: &str| answer.headers[name].to_str().unwrap().to_owned();
        let policy = header("content-security-policy");
        for part in ["default-src 'none'", "frame-ancestors 'none'", "form-action 'self'", "base-uri 'none'"]
        {
            assert!(policy.contains(part), "{policy}");
        }
        assert_eq!(header("cache-control"), "no-store");
        assert_eq!(header("x-frame-options"), "DENY");
        assert_eq!(header("referrer-policy"), "no-referrer");
        assert!(!answer.headers.contains_key("set-cookie"));
        let page = text(&answer);
        assert!(!page.contains("<script") && !page.contains("src=") && !page.contains("value="), "{page}");
    }
}

#[tokio::test]
async fn it_speaks_the_browsers_language_or_the_chosen_one() {
    let world = World::new().await;
    let path = Booth::new(&world, 1).await.path();
    for (asked, chosen, tag, word) in [
        ("nb-NO", "", "nb", "Brukernavn"),
        ("nn", "", "nn", "Brukarnamn"),
        ("de", "", "en", "User name"),
        ("nb", "?lang=en", "en", "User name"),
        ("en", "?lang=nn", "nn", "Brukarnamn"),
        ("en", "?lang=zz", "en", "User name"),
    ] {
        let page = get(&world, &format!("{path}{chosen}"), asked).await;
        assert_eq!(page.headers["content-language"], tag);
        assert!(text(&page).contains(word) && text(&page).contains(&format!("<html lang=\"{tag}\">")));
    }
}

#[tokio::test]
async fn only_students_and_only_with_their_password() {
    let world = World::new().await;
    let path = Booth::new(&world, 1).await.path();
    for (user, password, status, says) in [
        ("ingridh", "wrong", StatusCode::FORBIDDEN, "do not match"),
        ("nobody", "demo", StatusCode::FORBIDDEN, "do not match"),
        ("staff", "demo", StatusCode::FORBIDDEN, "Only students"),
        ("", "", StatusCode::UNPROCESSABLE_ENTITY, "Type both"),
    ] {
        let answer = sign_in(&world, &path, user, password).await;
        assert_eq!(answer.status, status, "{user}");
        assert!(text(&answer).contains(says) && !text(&answer).contains("</span><strong>"), "{user}");
    }
}

#[tokio::test]
async fn attempts_are_limited_with_those_at_the_kiosk() {
    let world = World::new().await;
    let booth = Booth::new(&world, 1).await;
    for _ in 0..5 {
        assert_eq!(sign_in(&world, &booth.path(), "ingridh", "wrong").await.status, StatusCode::FORBIDDEN);
    }
    let locked = sign_in(&world, &booth.path(), "ingridh", "demo").await;
    assert_eq!(locked.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(locked.headers.contains_key("retry-after") && text(&locked).contains("Too many attempts"));
    // another QR code and the kiosk itself are no way round
    let other = Booth::new(&world, 2).await;
    assert_eq!(sign_in(&world, &other.path(), "ingridh", "demo").await.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(world.sign_in(&world.kiosk(), "ingridh", "demo").await.status, StatusCode::TOO_MANY_REQUESTS);
    world.pass(SignedDuration::from_mins(2));
    assert_eq!(sign_in(&world, &booth.path(), "ingridh", "demo").await.status, StatusCode::OK);
}

#[tokio::test]
async fn no_code_for_what_no_kiosk_of_ours_has_shown_lately() {
    let world = World::new().await;
    let booth = Booth::new(&world, 1).await;
    let forged = Booth { key: SharedKey::from_bytes([9; 32]), challenge: booth.challenge };
    let mut moved = booth.path();
    let last = if moved.pop() == Some('0') { '1' } else { '0' };
    moved.push(last);
    for path in [forged.path(), moved, "/s/".to_owned() + &"0".repeat(43), "/s/%3Cscript%3E".to_owned()] {
        assert_eq!(get(&world, &path, "en").await.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(sign_in(&world, &path, "ingridh", "demo").await.status, StatusCode::NOT_FOUND, "{path}");
    }
    for (hours, status) in
        [(23, StatusCode::OK), (-23, StatusCode::OK), (25, StatusCode::GONE), (-25, StatusCode::GONE)]
    {
        let booth = Booth::at(&world, 3, SignedDuration::from_hours(hours)).await;
        assert_eq!(sign_in(&world, &booth.path(), "ingridh", "demo").await.status, status, "{hours} h");
    }
}

#[tokio::test]
async fn no_code_for_a_kiosk_that_was_revoked_and_no_form_from_another_site() {
    let world = World::new().await;
    let booth = Booth::new(&world, 1).await;
    let form = world
        .request(Method::POST, &booth.path())
        .header("content-type", "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "cross-site")
        .body("user_name=ingridh&password=demo");
    assert_eq!(plain(form).await.status, StatusCode::FORBIDDEN);
    for status in [Status::Revoked, Status::SetAside] {
        let storage = Storage::open(&world.data()).await.unwrap();
        let mut db = storage.write().await.unwrap();
        let terminal = terminals::find(&mut db, booth.challenge.terminal).await.unwrap().unwrap();
        terminals::update(&mut db, &terminals::Terminal { status, ..terminal }).await.unwrap();
        db.commit().await.unwrap();
        storage.close().await;
        assert_eq!(get(&world, &booth.path(), "en").await.status, StatusCode::GONE);
        assert_eq!(sign_in(&world, &booth.path(), "ingridh", "demo").await.status, StatusCode::GONE);
    }
}

#[tokio::test]
async fn an_order_with_a_proof_from_the_phone_is_proven_and_others_are_not() {
    let world = World::new().await;
    let booth = Booth::new(&world, 1).await;
    sign_in(&world, &booth.path(), "ingridh", "demo").await;
    let nonce = booth.challenge.nonce.to_string();
    let other = Nonce([2; 16]).to_string();
    for (user, nonce, identity) in
        [("ingridh", &nonce, "proven"), ("ingridh", &other, "unproven"), ("olanor", &nonce, "unproven")]
    {
        let submission = Submission {
            identity: PHONE.into(),
            nonce: Some(nonce.clone()),
            ..world.submission(&world.kiosk(), user).await
        };
        let id = uuid();
        let order: Order = world.submit(id, &submission).await.ok();
        assert_eq!(order.identity, identity, "{user}");
        // the same once more, as after a lost answer
        let again: Order = world.submit(id, &submission).await.ok();
        assert_eq!((again.number, again.identity), (order.number, order.identity));
    }
    let submission = world.submission(&world.kiosk(), "ingridh").await;
    let without = Submission { identity: PHONE.into(), ..submission };
    assert_eq!(world.submit(uuid(), &without).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_kiosk_without_a_line_takes_the_code_once_whatever_restarts_between() {
    let folder = tempfile::tempdir().unwrap();
    let (data, booth) = (folder.path().join("server"), folder.path().join("kiosk"));
    let (clock, random) = (Clock::system(), Randomness::system());
    let access: [u8; 32] = hex::decode(AccessSecret::generate(&random).unwrap().public().to_string())
        .unwrap()
        .try_into()
        .unwrap();
    let lines = demo::load(&data, &access, &clock, &random).await.unwrap();
    let line = &lines.iter().find(|(role, _)| *role == Role::Kiosk).unwrap().1;
    let server = Server::start(config(&data, None), clock.clone(), random.clone()).await.unwrap();
    let url = format!("http://{}", server.local_addr());
    enrol(&booth, &url, line, Prefer::Files, clock.clone(), random.clone()).await.unwrap();
    let open = || Terminal::open(&booth, clock.clone(), random.clone());
    let terminal = open().await.unwrap();
    let (nonce, text) = sync::phone::show(&terminal).await.unwrap();
    let phone = reqwest::Client::builder().no_proxy().build().unwrap();
    let form = phone
        .post(format!("{url}/s/{text}"))
        .header("content-type", "application/x-www-form-urlencoded")
        .body("user_name=ingridh&password=demo");
    let typed: Code = code(&form.send().await.unwrap().text().await.unwrap()).parse().unwrap();
    server.shutdown().await.unwrap();
    let (own, other) = (UserName::new("ingridh").unwrap(), UserName::new("olanor").unwrap());
    let refused = sync::phone::attempt(&terminal, nonce, &other, &typed).await.unwrap();
    assert_eq!(refused, Err(Refusal::Wrong { left: 4 }));
    drop(terminal);
    let terminal = open().await.unwrap();
    assert_eq!(sync::phone::attempt(&terminal, nonce, &own, &typed).await.unwrap(), Ok(()));
    drop(terminal);
    let terminal = open().await.unwrap();
    assert_eq!(sync::phone::attempt(&terminal, nonce, &own, &typed).await.unwrap(), Err(Refusal::Used));
    // for the next QR code it is a used one as well
    let (next, _) = sync::phone::show(&terminal).await.unwrap();
    assert_eq!(sync::phone::attempt(&terminal, next, &own, &typed).await.unwrap(), Err(Refusal::Used));
}
