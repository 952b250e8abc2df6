//! Who someone is: a provider answers for user name and password. OpenID Connect and LDAP come in as further providers.

use std::sync::Arc;

use argon2::password_hash::{PasswordHash, PasswordHasher as _, PasswordVerifier as _, SaltString};
use futures_util::future::BoxFuture;
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

use super::storage::{self, Storage, persons};
use crate::domain::person::UserName;
use crate::system::{NoRandomness, Randomness};

/// How many passwords are worked on at once: each takes 19 MiB and a core for some ten milliseconds.
const AT_ONCE: usize = 2;

/// Why a provider could not answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Storage(#[from] storage::Error),
    #[error("a password cannot be hashed: {0}")]
    Hash(argon2::password_hash::Error),
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
    #[error("the work on a password was stopped")]
    Stopped,
}

/// What a provider says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    Proven,
    /// No such account, or not its password: never told apart.
    Wrong,
}

/// Something that knows whether a user name and a password belong together.
pub trait Provider: Send + Sync + std::fmt::Debug {
    fn verify(&self, user: UserName, password: Zeroizing<String>) -> BoxFuture<'_, Result<Answer, Error>>;
}

/// The argon2id hash of a password (PHC string).
pub fn hash(password: &str, randomness: &Randomness) -> Result<String, Error> {
    let salt = SaltString::encode_b64(&randomness.bytes::<16>()?).map_err(Error::Hash)?;
    let hash = argon2::Argon2::default().hash_password(password.as_bytes(), &salt).map_err(Error::Hash)?;
    Ok(hash.to_string())
}

/// The passwords in the server's own database.
#[derive(Debug)]
pub struct Passwords {
    storage: Storage,
    /// What unknown user names are compared with, so that they take as long as known ones.
    nobody: Arc<str>,
    turns: Semaphore,
}

impl Passwords {
    pub fn new(storage: Storage, randomness: &Randomness) -> Result<Self, Error> {
        let nobody = hash(&hex::encode(randomness.bytes::<16>()?), randomness)?;
        Ok(Self { storage, nobody: nobody.into(), turns: Semaphore::new(AT_ONCE) })
    }

    async fn compare(&self, user: UserName, password: Zeroizing<String>) -> Result<Answer, Error> {
        let known = persons::password(&mut *self.storage.read().await?, &user).await?;
        let is_known = known.is_some();
        let nobody = Arc::clone(&self.nobody);
        let _turn = self.turns.acquire().await.map_err(|_| Error::Stopped)?;
        let fits = tokio::task::spawn_blocking(move || -> Result<bool, Error> {
            let hash = PasswordHash::new(known.as_deref().unwrap_or(&nobody)).map_err(Error::Hash)?;
            match argon2::Argon2::default().verify_password(password.as_bytes(), &hash) {
                Ok(()) => Ok(true),
                Err(argon2::password_hash::Error::Password) => Ok(false),
                Err(error) => Err(Error::Hash(error)),
            }
        })
        .await
        .map_err(|_| Error::Stopped)??;
        Ok(if fits && is_known { Answer::Proven } else { Answer::Wrong })
    }
}

impl Provider for Passwords {
    fn verify(&self, user: UserName, password: Zeroizing<String>) -> BoxFuture<'_, Result<Answer, Error>> {
        Box::pin(self.compare(user, password))
    }
}
