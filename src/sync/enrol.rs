//! Makes a data folder the folder of a terminal: with the line that `kortserver terminal add` prints.
//!
//! The key is on the disk before the server hears of it, so that an enrolment that was cut anywhere is repeated with the same
//! line and comes to the same end.

use std::path::Path;

use super::client::{self, Client};
use super::setup::{self, Setup};
use super::terminal::Error;
use crate::seal::SharedKey;
use crate::seal::keys::{self, KeyStore, Prefer};
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
    pub keys: keys::Kind,
}

/// Makes a key, hands it in with the line's code, checks that the server's key for PINs is the one named in the line, and
/// keeps everything in the data folder. Until then the folder stays what it was. One that was enrolled before keeps its orders
/// and belongs to the new server from now on.
pub async fn enrol(
    data: &Path,
    server: &str,
    line: &terminal::Enrolment,
    prefer: Prefer,
    clock: Clock,
    randomness: Randomness,
) -> Result<Enrolled, Error> {
    // a wrong address must not leave a folder behind
    let address = Client::address(server).map_err(setup::Error::Client)?;
    let (folder, generator) = (data.to_owned(), randomness.clone());
    let code = line.secret.clone();
    let (keys, signer) = blocking(move || {
        let keys = KeyStore::open(&folder, prefer, &generator)?;
        let signer = keys.key_for(code.as_str(), &generator)?;
        Ok((keys, signer))
    })
    .await?;
    let key = client::Key::fleeting(line.code, signer.clone(), 1);
    let client = Client::new(server, line.authority, key).map_err(setup::Error::Client)?;
    let enrolment = Enrolment {
        server: address,
        code: line.code,
        access_key: Fingerprint::from_bytes(line.pin_key_fingerprint),
        authority: line.authority,
    };
    let answer = client.enrol(line.secret.as_str()).await.map_err(setup::Error::Client)?;
    let phone_key = SharedKey::from_hex(&answer.phone_key).ok_or(keys::Error::Malformed("phone_key"))?;
    let (setup, text) = setup::checked(answer.setup, &enrolment)?;
    let (folder, generator) = (data.to_owned(), randomness.clone());
    let code = line.secret.clone();
    let (record_key, kind) = blocking(move || {
        let record_key = keys.record_key(Store::exists(&folder), &generator)?;
        keys.enrolled(code.as_str(), signer, phone_key)?;
        Ok((record_key, keys.kind()))
    })
    .await?;
    let store = Store::open(data, record_key, clock, randomness).await?;
    store.settings().remember_setup(&text).await?;
    store.settings().remember_enrolment(&enrolment).await?;
    store.replica().begin_anew().await?;
    store.close().await;
    Ok(Enrolled { setup, keys: kind })
}

/// Work with the key store, which may be another process that asks its user.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, keys::Error> + Send + 'static,
) -> Result<T, Error> {
    Ok(tokio::task::spawn_blocking(work).await.map_err(Error::Interrupted)??)
}
