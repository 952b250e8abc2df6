//! The demo's people, cards, places and terminals. Their passwords are known to everyone: they exist in a database that was
//! made for the demo and nowhere else.

use std::path::Path;

use super::import::{self, Kind};
use super::install;
use super::storage::settings::{self, Name};
use super::storage::terminals::Role;
use super::storage::{self, FILE, Storage};
use crate::system::{Clock, Randomness};
use crate::wire::terminal::Enrolment;

const PLACES: &[u8] = include_bytes!("../../assets/demo/places.csv");
const STUDENTS: &[u8] = include_bytes!("../../assets/demo/students.csv");
const STAFF: &[u8] = include_bytes!("../../assets/demo/staff.csv");
const CARDS: &[u8] = include_bytes!("../../assets/demo/cards.csv");

/// Where the demo's two terminals stand.
const TERMINALS: [(&str, Role); 2] =
    [("trondheim-gloshaugen", Role::Kiosk), ("trondheim-gloshaugen", Role::Counter)];

/// The code by which one leaves the demo kiosk's full screen.
const STAFF_EXIT: &str = "4711";

/// Why there is no demo.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the database in this folder is a real one: demo data is not put into it")]
    NotDemo,
    #[error(transparent)]
    Install(#[from] install::Error),
    #[error(transparent)]
    Import(#[from] import::Error),
    #[error(transparent)]
    Storage(#[from] storage::Error),
}

/// Makes a database marked demo with all that is in it, or, where there is one already, leaves it as it is. Answers the
/// enrolment of a kiosk and a counter the first time.
pub async fn load(
    data: &Path,
    pin_key: &[u8; 32],
    clock: &Clock,
    randomness: &Randomness,
) -> Result<Vec<(Role, Enrolment)>, Error> {
    if data.join(FILE).exists() {
        let storage = Storage::open(data).await?;
        let demo = settings::get(&mut *storage.read().await?, Name::Demo).await?;
        storage.close().await;
        return if demo.is_some() { Ok(Vec::new()) } else { Err(Error::NotDemo) };
    }
    let storage = install::create(data, true, clock, randomness).await?;
    install::set_pin_key(&storage, pin_key, clock).await?;
    install::set_staff_exit(&storage, STAFF_EXIT, clock, randomness).await?;
    for (kind, content) in
        [(Kind::Places, PLACES), (Kind::Students, STUDENTS), (Kind::Staff, STAFF), (Kind::Cards, CARDS)]
    {
        import::content(&storage, kind, content, clock, randomness).await?;
    }
    let mut enrolments = Vec::new();
    for (place, role) in TERMINALS {
        enrolments.push((role, install::add_terminal(&storage, place, role, None, clock, randomness).await?));
    }
    storage.close().await;
    Ok(enrolments)
}
