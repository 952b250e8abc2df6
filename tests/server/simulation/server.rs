//! The server: its real router and database, which crash and come back from backups.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::Router;
use axum::body::Body;
use bytes::Bytes;
use futures_util::future::BoxFuture;
use jiff::Timestamp;
use kortautomat::domain::number::{Number, TerminalCode};
use kortautomat::domain::person::UserName;
use kortautomat::seal::pin::AccessSecret;
use kortautomat::server::identity::{Answer, Provider};
use kortautomat::server::storage::terminals::Role;
use kortautomat::server::storage::{FILE, Storage};
use kortautomat::server::{App, Config, demo, identity, install, jobs, routes};
use kortautomat::sync::enrol::Line;
use kortautomat::system::{Clock, Randomness};
use tempfile::TempDir;
use tower::ServiceExt as _;
use zeroize::Zeroizing;

use super::disk;
use super::random::Random;

/// Monday 16 November 2026, 09:00 in Norway.
pub const BEGIN: i64 = 1_794_816_000_000_000;

/// Most terminals of a history.
pub const TERMINALS: usize = 3;

/// A server's folder with people and terminals, made once and copied for each history.
pub struct Template {
    folder: TempDir,
    pub lines: Vec<Line>,
    pub access: AccessSecret,
}

impl Template {
    pub fn make() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let folder = disk::ground();
            let random = Random::new(1).randomness();
            let clock = Clock::of(|| Timestamp::from_microsecond(BEGIN).unwrap());
            let access = AccessSecret::generate(&random).unwrap();
            let public: [u8; 32] = hex::decode(access.public().to_string()).unwrap().try_into().unwrap();
            demo::load(folder.path(), &public, &clock, &random).await.unwrap();
            let storage = Storage::open(folder.path()).await.unwrap();
            let mut lines = Vec::new();
            for _ in 0..TERMINALS {
                let line =
                    install::add_terminal(&storage, "gjovik", Role::Kiosk, None, &clock, &random).await;
                lines.push(line.unwrap());
            }
            storage.close().await;
            Self { folder, lines, access }
        })
    }
}

/// Nobody signs in: a password takes longer than a history may.
#[derive(Debug)]
struct Nobody;

impl Provider for Nobody {
    fn verify(&self, _: UserName, _: Zeroizing<String>) -> BoxFuture<'_, Result<Answer, identity::Error>> {
        Box::pin(async { Ok(Answer::Wrong) })
    }
}

pub struct Server {
    app: Option<Arc<App>>,
    router: Router,
    ground: PathBuf,
    generation: u32,
    pub now: Arc<AtomicI64>,
    randomness: Randomness,
    /// Nobody answers until then.
    pub down: bool,
}

fn clock(now: &Arc<AtomicI64>) -> Clock {
    let now = Arc::clone(now);
    Clock::of(move || Timestamp::from_microsecond(now.load(Ordering::Relaxed)).unwrap())
}

async fn open(folder: &Path, now: &Arc<AtomicI64>, randomness: &Randomness) -> (Arc<App>, Router) {
    let address = "127.0.0.1:9".parse().unwrap();
    let config = Config::new(folder.to_owned(), address);
    let storage = Storage::open(folder).await.unwrap();
    let app = App::with(&config, address, storage, Box::new(Nobody), clock(now), randomness.clone());
    let app = Arc::new(app.unwrap());
    let router = routes::router(Arc::clone(&app));
    (app, router)
}

impl Server {
    pub async fn begin(template: &Template, ground: &Path, random: Random) -> Self {
        let folder = ground.join("server-0");
        disk::copy(template.folder.path(), &folder);
        let (now, randomness) = (Arc::new(AtomicI64::new(BEGIN)), random.randomness());
        let (app, router) = open(&folder, &now, &randomness).await;
        Self {
            app: Some(app),
            router,
            ground: ground.to_owned(),
            generation: 0,
            now,
            randomness,
            down: false,
        }
    }

    pub fn folder(&self) -> PathBuf {
        self.ground.join(format!("server-{}", self.generation))
    }

    pub fn app(&self) -> &App {
        self.app.as_ref().unwrap()
    }

    pub async fn call(&self, request: &http::Request<Bytes>) -> http::Response<Bytes> {
        let mut copy = http::Request::builder().method(request.method()).uri(request.uri());
        *copy.headers_mut().unwrap() = request.headers().clone();
        let answer = self
            .router
            .clone()
            .oneshot(copy.body(Body::from(request.body().clone())).unwrap())
            .await
            .unwrap();
        let (head, body) = answer.into_parts();
        let body = axum::body::to_bytes(body, 1 << 24).await.unwrap();
        http::Response::from_parts(head, body)
    }

    pub fn mark(&self) -> disk::Mark {
        disk::mark(&self.folder(), FILE)
    }

    /// Ends without a word and comes back with what was on the disk.
    pub async fn crash(&mut self, since: Option<&disk::Mark>, random: &mut Random) -> String {
        let (old, mark) = (self.folder(), since);
        self.generation += 1;
        let new = self.folder();
        disk::copy(&old, &new);
        let how = mark.map_or_else(|| "whole".into(), |mark| disk::tear(&new, FILE, mark, random));
        self.close().await;
        std::fs::remove_dir_all(&old).unwrap();
        (self.app, self.router) = {
            let (app, router) = open(&new, &self.now, &self.randomness).await;
            (Some(app), router)
        };
        how
    }

    async fn close(&mut self) {
        self.router = Router::new();
        if let Some(app) = self.app.take() {
            app.storage.close().await;
        }
    }

    pub async fn back_up(&self, name: &str) -> PathBuf {
        let file = self.ground.join(name);
        install::backup(&self.app().storage, &self.folder(), &file).await.unwrap();
        file
    }

    pub async fn restore(&mut self, backup: &Path) {
        let old = self.folder();
        self.close().await;
        std::fs::remove_dir_all(&old).unwrap();
        self.generation += 1;
        let new = self.folder();
        let restored = install::restore(backup, &new, &clock(&self.now), &self.randomness).await.unwrap();
        restored.close().await;
        let (app, router) = open(&new, &self.now, &self.randomness).await;
        (self.app, self.router) = (Some(app), router);
    }

    /// A new code for a terminal.
    pub async fn line_for(&self, code: TerminalCode) -> Line {
        let (storage, clock) = (&self.app().storage, clock(&self.now));
        install::restore_terminal(storage, code, None, &clock, &self.randomness).await.unwrap()
    }

    /// What the jobs write behind.
    pub async fn save_calls(&self) {
        self.app().calls.save(&self.app().storage).await.unwrap();
    }

    /// Keeps an order once more, as a server would that does not know the id any more.
    pub async fn take_again(&self, id: &str, random: &mut Random) {
        let mut db = self.app().storage.write().await.unwrap();
        let columns: Vec<String> = sqlx::query_scalar(
            "SELECT name FROM pragma_table_info('orders') WHERE name NOT IN ('id', 'number')",
        )
        .fetch_all(&mut *db)
        .await
        .unwrap();
        let columns = columns.join(", ");
        let other = uuid::Builder::from_u128(u128::from(random.next())).into_uuid();
        let number = Number::new("Z9".parse().unwrap(), random.next() as u32);
        let ask = format!(
            "INSERT INTO orders (id, number, {columns}) SELECT $1, $2, {columns} FROM orders WHERE id = $3"
        );
        let query =
            sqlx::query(sqlx::AssertSqlSafe(ask)).bind(other.to_string()).bind(number.as_str()).bind(id);
        query.execute(&mut *db).await.unwrap();
        db.commit().await.unwrap();
    }

    pub async fn tidy(&self) {
        jobs::tidy(self.app()).await.unwrap();
    }
}
