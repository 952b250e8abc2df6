//! The program `kortserver` as the operator meets it, and what it refuses to do to a data folder.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use kortautomat::server::storage::{FILE, Storage};
use kortautomat::server::{Config, Error, Server};
use kortautomat::system::Randomness;
use kortautomat::wire::terminal::Enrolment;

use super::world::World;

const KEY: &str = "1111111111111111111111111111111111111111111111111111111111111111";

fn kortserver(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_kortserver"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

#[track_caller]
fn said(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// Ended with two, and said it in one line without a word of a panic.
#[track_caller]
fn refused(output: &Output, word: &str) {
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code() == Some(2) && text.contains(word), "{:?}: {text}", output.status);
    assert!(
        text.lines().count() == 1 && text.starts_with("kortserver: ") && !text.contains("panic"),
        "{text}"
    );
}

#[test]
fn from_nothing_to_a_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let data = data.to_str().unwrap();
    refused(&kortserver(&["init", "--data", data], "short\n"), "at least 10");
    let made = said(&kortserver(&["init", "--data", data, "--admin", "per"], "\n"));
    assert_eq!(made.trim().len(), 20);
    refused(&kortserver(&["init", "--data", data], "a long password\n"), "already");
    refused(&kortserver(&["demo-data", "--data", data, "--pin-key", KEY], ""), "real");

    let places = folder.path().join("places.csv");
    std::fs::write(&places, include_str!("../../assets/demo/places.csv")).unwrap();
    let import = ["import", "places", places.to_str().unwrap(), "--data", data];
    assert_eq!(said(&kortserver(&import, "")).trim(), "4");
    let add = ["terminal", "add", "--data", data, "--place", "gjovik", "--role", "kiosk"];
    refused(&kortserver(&add, ""), "pin-key");
    said(&kortserver(&["pin-key", KEY, "--data", data], ""));
    refused(
        &kortserver(&["terminal", "add", "--data", data, "--place", "oslo", "--role", "kiosk"], ""),
        "alesund",
    );
    let line = said(&kortserver(&add, ""));
    let enrolment: Enrolment = line.parse().unwrap();
    assert_eq!((line.lines().count(), enrolment.code.as_str()), (1, "K1"));
    let list = said(&kortserver(&["terminals", "--data", data], ""));
    assert!(list.starts_with("K1") && !list.contains(enrolment.secret.as_str()), "{list}");
    assert!(said(&kortserver(&["audit", "verify", "--data", data], "")).starts_with("ok 5 "));

    let copy = folder.path().join("copy.sqlite");
    said(&kortserver(&["backup", copy.to_str().unwrap(), "--data", data], ""));
    assert!(copy.exists() && folder.path().join("copy.sqlite.photos").exists());
    refused(&kortserver(&["backup", copy.to_str().unwrap(), "--data", data], ""), "already");
    refused(&kortserver(&["serve", "--data", data, "--listen", "0.0.0.0:0"], ""), "--tls-name");
}

#[tokio::test]
async fn a_record_that_was_changed_ends_with_one() {
    let mut world = World::new().await;
    let storage = &world.server().app().storage;
    let mut db = storage.write().await.unwrap();
    sqlx::query("UPDATE record SET action = 'other' WHERE sequence = 2").execute(&mut *db).await.unwrap();
    db.commit().await.unwrap();
    world.stop().await;
    let output = kortserver(&["audit", "verify", "--data", world.data().to_str().unwrap()], "");
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(1) && text.contains("entry 2"), "{text}");
}

#[tokio::test]
async fn a_port_in_use_is_said() {
    let world = World::new().await;
    let address = world.server().local_addr().to_string();
    let data = world.data();
    refused(&kortserver(&["serve", "--data", data.to_str().unwrap(), "--listen", &address], ""), "in use");
}

fn serve(data: &Path, more: &[&str]) -> Output {
    let mut arguments = vec!["serve", "--data", data.to_str().unwrap(), "--listen", "127.0.0.1:0"];
    arguments.extend(more);
    kortserver(&arguments, "")
}

#[test]
fn a_folder_without_a_database_is_told_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    refused(&serve(&folder.path().join("none"), &[]), "run `kortserver init` first");
    for content in ["", "no database at all, but longer than the sixteen bytes that SQLite looks at first"] {
        std::fs::write(folder.path().join(FILE), content).unwrap();
        refused(&serve(folder.path(), &[]), "restore a backup");
        assert_eq!(bytes(folder.path()), content.as_bytes());
    }
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_to_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    let below = file.join("data");
    refused(&kortserver(&["init", "--data", below.to_str().unwrap()], "a long password\n"), "may write");
    // also for one who may write everywhere: where the log of the database belongs stands something else
    let mut world = World::new().await;
    world.stop().await;
    let log = world.data().join(format!("{FILE}-wal"));
    if log.exists() {
        std::fs::remove_file(&log).unwrap();
    }
    std::fs::create_dir(&log).unwrap();
    refused(&serve(&world.data(), &[]), "right to write");
}

#[tokio::test]
async fn an_address_that_is_none_is_said() {
    let mut world = World::new().await;
    world.stop().await;
    refused(&serve(&world.data(), &["--access-system", "nonsense"]), "is no address");
}

fn bytes(data: &Path) -> Vec<u8> {
    std::fs::read(data.join(FILE)).unwrap()
}

#[tokio::test]
async fn a_newer_database_is_refused_and_not_touched() {
    let mut world = World::new().await;
    let mut db = world.server().app().storage.write().await.unwrap();
    sqlx::query(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
         VALUES (9999, 'later', 1, x'00', 0)",
    )
    .execute(&mut *db)
    .await
    .unwrap();
    db.commit().await.unwrap();
    world.stop().await;
    let before = bytes(&world.data());
    let config = Config::new(world.data(), "127.0.0.1:0".parse().unwrap());
    let error = Server::start(config, world.clock(), Randomness::system()).await.unwrap_err();
    assert!(
        matches!(&error, Error::Storage(kortautomat::server::storage::Error::Newer { found: 9999, .. })),
        "{error}"
    );
    refused(&serve(&world.data(), &[]), "start that version");
    assert_eq!(bytes(&world.data()), before);
    assert!(Storage::open(Path::new("/nowhere")).await.is_err());
}
