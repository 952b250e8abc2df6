//! A server with the demo's people, two terminals that call it, and a clock that a test moves.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicI64, AtomicU32, AtomicU64, Ordering};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use kortautomat::domain::number::{Number, TerminalCode};
use kortautomat::domain::order::{Event, Status};
use kortautomat::seal::call::Call;
use kortautomat::seal::pin::AccessSecret;
use kortautomat::seal::signing::Signer;
use kortautomat::server::storage::terminals::Role;
use kortautomat::server::{Config, Server, demo};
use kortautomat::sync::client::{self, Client};
use kortautomat::system::{Clock, Randomness};
use kortautomat::wire::order::{Details, Order, Photo, Submission, Wish};
use kortautomat::wire::session::Session;
use kortautomat::wire::terminal::Enrolment;
use kortautomat::wire::{self, Problem, ProblemCode};
use reqwest::{Method, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use tempfile::TempDir;
use uuid::Uuid;

/// Monday 16 November 2026, 09:00 in Norway.
const BEGIN: i64 = 1_794_816_000_000_000;

/// The demo's data folder, made once and copied for each test.
struct Template {
    folder: TempDir,
    kiosk: Key,
    counter: Key,
    pin_key: AccessSecret,
}

fn template() -> &'static Template {
    static TEMPLATE: OnceLock<Template> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        // its own thread: this may be called from inside a runtime
        std::thread::spawn(|| tokio::runtime::Runtime::new().unwrap().block_on(make_template()))
            .join()
            .unwrap()
    })
}

async fn make_template() -> Template {
    let folder = tempfile::tempdir().unwrap();
    let randomness = Randomness::system();
    let clock = Clock::of(|| Timestamp::from_microsecond(BEGIN).unwrap());
    let pin_key = AccessSecret::generate(&randomness).unwrap();
    let public: [u8; 32] = hex::decode(pin_key.public().to_string()).unwrap().try_into().unwrap();
    let made = demo::load(folder.path(), &public, &clock, &randomness).await.unwrap();
    let server = Server::start(config(folder.path(), None), clock, randomness.clone()).await.unwrap();
    let enrolled = async |wanted| {
        let line = &made.iter().find(|(role, _)| *role == wanted).unwrap().1;
        enrol(&server, line).await
    };
    let (kiosk, counter) = (enrolled(Role::Kiosk).await, enrolled(Role::Counter).await);
    server.shutdown().await.unwrap();
    Template { folder, kiosk, counter, pin_key }
}

/// An answer, whole.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: reqwest::header::HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    #[track_caller]
    pub fn ok<T: DeserializeOwned>(&self) -> T {
        assert!(self.status.is_success(), "{}: {}", self.status, String::from_utf8_lossy(&self.bytes));
        serde_json::from_slice(&self.bytes).unwrap()
    }

    #[track_caller]
    pub fn refused(&self) -> ProblemCode {
        self.problem().code
    }

    #[track_caller]
    pub fn problem(&self) -> Problem {
        assert!(!self.status.is_success(), "{}", String::from_utf8_lossy(&self.bytes));
        serde_json::from_slice(&self.bytes).unwrap()
    }
}

/// Who calls.
#[derive(Debug, Clone)]
pub struct Caller {
    /// None: nobody that a server knows.
    pub key: Option<Key>,
    pub session: Option<String>,
}

/// What a terminal signs with.
#[derive(Debug, Clone)]
pub struct Key {
    pub code: TerminalCode,
    pub signer: Signer,
}

impl Key {
    pub fn new(code: &str, seed: &[u8; 32]) -> Self {
        Self { code: code.parse().unwrap(), signer: Signer::from_bytes(seed) }
    }

    /// Signs a request as the call of this number.
    pub fn sign(&self, request: &mut reqwest::Request, sequence: u64) {
        let target = match request.url().query() {
            Some(query) => format!("{}?{query}", request.url().path()),
            None => request.url().path().to_owned(),
        };
        let call = Call {
            terminal: self.code,
            sequence,
            method: request.method().as_str(),
            target: &target,
            body: request.body().and_then(reqwest::Body::as_bytes).unwrap_or_default(),
        };
        let claim = call.sign(&self.signer).to_string().parse().unwrap();
        request.headers_mut().insert(wire::terminal::AUTHORIZATION, claim);
    }
}

/// Makes a terminal with a line of `kortserver terminal add`.
async fn enrol(server: &Server, line: &Enrolment) -> Key {
    let signer = Signer::generate(&Randomness::system()).unwrap();
    let key = client::Key::fleeting(line.code, signer.clone(), 1);
    let client = Client::new(&format!("http://{}", server.local_addr()), None, key).unwrap();
    client.enrol(line.secret.as_str()).await.unwrap();
    Key { code: line.code, signer }
}

/// A server on a free port.
pub fn config(data: &Path, access_system: Option<String>) -> Config {
    let public_url = Some("https://kort.example/".into());
    Config { public_url, access_system, ..Config::new(data.to_owned(), "127.0.0.1:0".parse().unwrap()) }
}

pub struct World {
    folder: TempDir,
    now: Arc<AtomicI64>,
    server: Option<Server>,
    client: reqwest::Client,
    numbers: AtomicU32,
    /// The number of the next call, of all terminals together.
    calls: AtomicU64,
}

impl World {
    pub async fn new() -> Self {
        Self::telling(None).await
    }

    /// A world whose server tells an access system at this address.
    pub async fn telling(access_system: Option<String>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy(template().folder.path(), folder.path());
        let now = Arc::new(AtomicI64::new(BEGIN));
        let client = reqwest::Client::builder().no_proxy().timeout(Duration::from_secs(20)).build().unwrap();
        let mut world =
            Self { folder, now, server: None, client, numbers: AtomicU32::new(1), calls: AtomicU64::new(1) };
        world.start(access_system).await;
        world
    }

    pub async fn start(&mut self, access_system: Option<String>) {
        let config = config(&self.data(), access_system);
        self.server = Some(Server::start(config, self.clock(), Randomness::system()).await.unwrap());
    }

    pub fn clock(&self) -> Clock {
        let now = Arc::clone(&self.now);
        Clock::of(move || Timestamp::from_microsecond(now.load(Ordering::SeqCst)).unwrap())
    }

    pub fn server(&self) -> &Server {
        self.server.as_ref().unwrap()
    }

    pub fn data(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    /// Stops the server; the data stay.
    pub async fn stop(&mut self) {
        if let Some(server) = self.server.take() {
            server.shutdown().await.unwrap();
        }
    }

    pub fn pass(&self, time: SignedDuration) {
        self.now.fetch_add(i64::try_from(time.as_micros()).unwrap(), Ordering::SeqCst);
    }

    pub fn kiosk(&self) -> Caller {
        Caller { key: Some(template().kiosk.clone()), session: None }
    }

    pub fn counter(&self) -> Caller {
        Caller { key: Some(template().counter.clone()), session: None }
    }

    /// A terminal that was added with this line.
    pub async fn enrol(&self, line: &Enrolment) -> Caller {
        Caller { key: Some(enrol(self.server(), line).await), session: None }
    }

    pub fn pin_key(&self) -> &AccessSecret {
        &template().pin_key
    }

    pub async fn send(&self, caller: &Caller, request: reqwest::RequestBuilder) -> Answer {
        let mut request = request.build().unwrap();
        if let Some(key) = &caller.key {
            key.sign(&mut request, self.calls.fetch_add(1, Ordering::SeqCst));
        }
        if let Some(token) = &caller.session {
            request.headers_mut().insert(wire::session::HEADER, token.parse().unwrap());
        }
        self.carry(request).await
    }

    /// Sends a request as it is.
    pub async fn carry(&self, request: reqwest::Request) -> Answer {
        let response = self.client.execute(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        Answer { status, headers, bytes: response.bytes().await.unwrap().to_vec() }
    }

    pub fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.client.request(method, format!("http://{}{path}", self.server().local_addr()))
    }

    pub async fn get(&self, caller: &Caller, path: &str) -> Answer {
        self.send(caller, self.request(Method::GET, path)).await
    }

    pub async fn post(&self, caller: &Caller, path: &str, body: &impl Serialize) -> Answer {
        self.send(caller, self.request(Method::POST, path).json(body)).await
    }

    pub async fn put(&self, caller: &Caller, path: &str, body: &impl Serialize) -> Answer {
        self.send(caller, self.request(Method::PUT, path).json(body)).await
    }

    pub async fn sign_in(&self, at: &Caller, user: &str, password: &str) -> Answer {
        let body = serde_json::json!({ "user_name": user, "password": password });
        self.post(at, "/v1/sessions", &body).await
    }

    /// A student who signed in at the kiosk.
    pub async fn student(&self, user: &str) -> Caller {
        let session: Session = self.sign_in(&self.kiosk(), user, "demo").await.ok();
        Caller { session: Some(session.token.0.clone()), ..self.kiosk() }
    }

    /// The member of staff who may work at every desk, at the counter.
    pub async fn staff(&self) -> Caller {
        self.clerk("staff").await
    }

    pub async fn clerk(&self, user: &str) -> Caller {
        let session: Session = self.sign_in(&self.counter(), user, "demo").await.ok();
        Caller { session: Some(session.token.0.clone()), ..self.counter() }
    }

    /// Sends a photo of one grey; its SHA-256.
    pub async fn photo(&self, grey: u8) -> String {
        let bytes = jpeg(grey);
        let sha256 = hex::encode(Sha256::digest(&bytes));
        let answer = self.put_photo(&sha256, bytes).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", String::from_utf8_lossy(&answer.bytes));
        sha256
    }

    pub async fn put_photo(&self, sha256: &str, bytes: Vec<u8>) -> Answer {
        self.send(&self.kiosk(), self.request(Method::PUT, &format!("/v1/photos/{sha256}")).body(bytes)).await
    }

    /// A submission of this student with a photo that is good.
    pub async fn submission(&self, student: &Caller, user: &str) -> Submission {
        Submission {
            number: Number::new("K1".parse().unwrap(), self.numbers.fetch_add(1, Ordering::SeqCst))
                .as_str()
                .to_owned(),
            user_name: user.to_owned(),
            identity: if student.session.is_some() { "proven" } else { "unproven" }.to_owned(),
            session: student.session.clone().map(wire::session::Token),
            nonce: None,
            reason: "new".into(),
            place: "trondheim-gloshaugen".into(),
            promised: Some("2026-11-18".into()),
            submitted_at: BEGIN,
            consents: vec!["terms-1".into()],
            language: Some("en".into()),
            photo: Photo {
                sha256: self.photo(127).await,
                verdict: "accept".into(),
                policy: "university".into(),
                findings: vec![],
                insisted: false,
                report: None,
                signed_by: None,
            },
            sealed_pin: "00".repeat(77),
            pin_key_fingerprint: "00".repeat(32),
        }
    }

    pub async fn submit(&self, id: Uuid, submission: &Submission) -> Answer {
        self.put(&self.kiosk(), &format!("/v1/orders/{id}"), submission).await
    }

    /// An approved order of this student.
    pub async fn ordered(&self, user: &str) -> Order {
        let student = self.student(user).await;
        let submission = self.submission(&student, user).await;
        self.submit(uuid(), &submission).await.ok()
    }

    pub async fn details(&self, staff: &Caller, order: &Order) -> Details {
        let details: Details = self.get(staff, &format!("/v1/orders/{}", order.id)).await.ok();
        for event in &details.history {
            // the desks have words for these only
            assert!(Event::from_code(&event.action).is_some(), "no event of the domain: {event:?}");
            assert!(Status::from_code(&event.status).is_some(), "no status of the domain: {event:?}");
        }
        details
    }

    pub async fn ask(&self, caller: &Caller, order: &Order, wish: Wish) -> Answer {
        let wish = wire::order::Move { id: uuid().to_string(), version: order.version, wish };
        self.post(caller, &format!("/v1/orders/{}/moves", order.id), &wish).await
    }

    #[track_caller]
    pub fn moved(&self, answer: &Answer) -> Order {
        answer.ok::<Details>().order
    }

    /// Takes an order into production, prints it, and puts it into a tray slot.
    pub async fn shelved(&self, staff: &Caller, order: &Order) -> Order {
        let printed = self.printed(staff, order).await;
        self.moved(&self.ask(staff, &printed, Wish::Shelve { slot: "A 3".into() }).await)
    }

    pub async fn printed(&self, staff: &Caller, order: &Order) -> Order {
        let batch = wire::production::NewBatch {
            id: uuid().to_string(),
            place: None,
            orders: vec![order.id.clone()],
        };
        let batch: wire::production::Batch = self.post(staff, "/v1/batches", &batch).await.ok();
        self.moved(&self.ask(staff, &batch.items[0].order, Wish::Print).await)
    }

    pub async fn handed_out(&self, staff: &Caller, order: &Order) -> Order {
        self.moved(&self.ask(staff, order, hand_out(order)).await)
    }
}

/// The wish to hand an order's own card out.
pub fn hand_out(order: &Order) -> Wish {
    Wish::HandOut {
        document: "passport".into(),
        scanned: format!("M {}", order.card.as_deref().unwrap_or("")),
    }
}

pub fn uuid() -> Uuid {
    Randomness::system().uuid().unwrap()
}

/// A small picture in one grey.
pub fn jpeg(grey: u8) -> Vec<u8> {
    let picture = image::RgbImage::from_pixel(600, 779, image::Rgb([grey; 3]));
    let mut bytes = Vec::new();
    picture.write_with_encoder(image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 95)).unwrap();
    bytes
}

pub fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            std::fs::create_dir_all(&target).unwrap();
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
