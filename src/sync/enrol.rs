//! Makes a data folder the folder of a terminal: from the line that `kortserver terminal add` prints.

use std::path::Path;

use super::client::Client;
use super::setup::{self, Setup};
use super::terminal::Error;
use crate::seal::Secret;
use crate::seal::keys::{KeyStore, Prefer};
use crate::seal::pin::Fingerprint;
use crate::store::Store;
use crate::store::settings::Enrolment;
use crate::system::{Clock, Randomness};
use crate::wire::terminal;
/// What `kortserver terminal add` prints once.
pub use crate::wire::terminal::Enrolment as Line;

/// What enrolment made.
#[derive(Debug)]
pub struct Enrolled {
    pub setup: Setup,
    /// Where the keys are kept: to be said plainly when it is in files.
    pub keys: crate::seal::keys::Kind,
}

/// Asks the server as this terminal, checks that its key for PINs is the one named in the line, and keeps everything in the
/// data folder. Nothing is kept when the server does not answer or something does not fit. A folder that was enrolled before
/// keeps its orders and belongs to the new server from now on.
pub async fn enrol(
    data: &Path,
    server: &str,
    line: &terminal::Enrolment,
    prefer: Prefer,
    clock: Clock,
    randomness: Randomness,
) -> Result<Enrolled, Error> {
    let client = Client::new(server, line).map_err(setup::Error::Client)?;
    let enrolment = Enrolment {
        server: client.server().to_owned(),
        code: line.code,
        access_key: Fingerprint::from_bytes(line.pin_key_fingerprint),
    };
    let (setup, text) = setup::ask(&client, &enrolment).await?;
    let folder = data.to_owned();
    let generator = randomness.clone();
    let secret = Secret::new(line.secret.as_str().to_owned());
    let (key, kind) = tokio::task::spawn_blocking(move || {
        let keys = KeyStore::open(&folder, prefer, &generator)?;
        let key = keys.record_key(Store::exists(&folder), &generator)?;
        keys.keep_terminal_secret(&secret)?;
        Ok::<_, Error>((key, keys.kind()))
    })
    .await
    .map_err(Error::Interrupted)??;
    let store = Store::open(data, key, clock, randomness).await?;
    store.settings().remember_setup(&text).await?;
    store.settings().remember_enrolment(&enrolment).await?;
    store.close().await;
    Ok(Enrolled { setup, keys: kind })
}
