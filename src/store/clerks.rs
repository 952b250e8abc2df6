//! The clerks who signed in at this counter with the server, so that each can unlock it without: for half a day, and with few
//! tries, which are counted on the disk before a password is looked at.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{Error, Inner};
use crate::domain::person::UserName;
use crate::seal::verifier;

/// How long after signing in with the server a clerk may unlock without.
pub const SHIFT: SignedDuration = SignedDuration::from_hours(12);

/// Wrong passwords after which only the server lets the clerk in.
pub const TRIES: u8 = 5;

const CLERKS: &str = "clerks";

/// A clerk as the server knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clerk {
    pub user_name: String,
    pub name: String,
    /// Codes of `domain::person::Role`.
    pub roles: Vec<String>,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    user_name: String,
    name: String,
    roles: Vec<String>,
    verifier: String,
    /// Microseconds.
    signed_in_at: i64,
    wrong: u8,
}

impl Kept {
    /// A clock that was put back gives no more time.
    fn counts(&self, now: Timestamp) -> bool {
        Timestamp::from_microsecond(self.signed_in_at)
            .is_ok_and(|at| (SignedDuration::ZERO..=SHIFT).contains(&now.duration_since(at)))
    }
}

/// What came of a try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tried {
    In(Clerk),
    Wrong,
    /// Too many wrong ones.
    Closed,
    /// Has not signed in here with the server in the last hours.
    Unknown,
}

/// The clerks of an open store.
pub struct Clerks<'a>(pub(super) &'a Inner);

impl Clerks<'_> {
    async fn all(&self) -> Result<Vec<Kept>, Error> {
        Ok(self.0.setting(CLERKS).await?.unwrap_or_default())
    }

    /// The server has let this clerk in with this password.
    pub async fn signed_in(&self, clerk: &Clerk, password: Zeroizing<String>) -> Result<(), Error> {
        let randomness = self.0.randomness.clone();
        let verifier = tokio::task::spawn_blocking(move || verifier::of(&password, &randomness)).await;
        let verifier = match verifier {
            Ok(Ok(verifier)) => verifier,
            Ok(Err(verifier::Error::Randomness(error))) => return Err(error.into()),
            Ok(Err(verifier::Error::Hash(_))) | Err(_) => {
                return Err(Error::Damaged("a password's hash".into()));
            }
        };
        let now = self.0.clock.now();
        let mut all = self.all().await?;
        all.retain(|kept| kept.user_name != clerk.user_name && kept.counts(now));
        all.push(Kept {
            user_name: clerk.user_name.clone(),
            name: clerk.name.clone(),
            roles: clerk.roles.clone(),
            verifier,
            signed_in_at: now.as_microsecond(),
            wrong: 0,
        });
        self.0.set(CLERKS, &all).await
    }

    /// The server has refused this clerk for good: a closed account, another password.
    pub async fn forget(&self, user_name: &str) -> Result<(), Error> {
        let mut all = self.all().await?;
        all.retain(|kept| !same(&kept.user_name, user_name));
        self.0.set(CLERKS, &all).await
    }

    /// Nobody unlocks this counter without the server any more.
    pub async fn forget_all(&self) -> Result<(), Error> {
        self.0.set(CLERKS, &Vec::<Kept>::new()).await
    }

    /// Tries a password without the server. The try is on the disk before the password is looked at.
    pub async fn unlock(&self, user_name: &str, password: Zeroizing<String>) -> Result<Tried, Error> {
        let now = self.0.clock.now();
        let mut all = self.all().await?;
        let Some(kept) = all.iter_mut().find(|kept| same(&kept.user_name, user_name) && kept.counts(now))
        else {
            return Ok(Tried::Unknown);
        };
        if kept.wrong >= TRIES {
            return Ok(Tried::Closed);
        }
        kept.wrong += 1;
        let clerk =
            Clerk { user_name: kept.user_name.clone(), name: kept.name.clone(), roles: kept.roles.clone() };
        let verifier = kept.verifier.clone();
        self.0.set(CLERKS, &all).await?;
        let fits = tokio::task::spawn_blocking(move || verifier::fits(&verifier, &password)).await;
        if !fits.unwrap_or(false) {
            return Ok(Tried::Wrong);
        }
        let mut all = self.all().await?;
        all.iter_mut().filter(|kept| kept.user_name == clerk.user_name).for_each(|kept| kept.wrong = 0);
        self.0.set(CLERKS, &all).await?;
        Ok(Tried::In(clerk))
    }
}

/// Whether two spellings are one user name.
fn same(kept: &str, typed: &str) -> bool {
    UserName::new(typed).is_some_and(|typed| typed.as_str() == kept)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicI64, Ordering::SeqCst};

    use super::*;
    use crate::store::tests::key;
    use crate::store::{Clock, Store};
    use crate::system::Randomness;

    fn password(text: &str) -> Zeroizing<String> {
        Zeroizing::new(text.to_owned())
    }

    #[tokio::test]
    async fn a_clerk_unlocks_for_half_a_day_and_tries_outlive_a_power_cut() {
        let dir = tempfile::tempdir().unwrap();
        let now = Arc::new(AtomicI64::new(1_795_000_000));
        let tell = Arc::clone(&now);
        let clock = Clock::of(move || Timestamp::from_second(tell.load(SeqCst)).unwrap());
        let open =
            async || Store::open(dir.path(), key(), clock.clone(), Randomness::system()).await.unwrap();
        let clerk =
            Clerk { user_name: "liv".into(), name: "Liv Hansen".into(), roles: vec!["handover".into()] };
        let store = open().await;
        assert_eq!(store.clerks().unlock("liv", password("x")).await.unwrap(), Tried::Unknown);
        store.clerks().signed_in(&clerk, password("hemmelig")).await.unwrap();
        assert_eq!(
            store.clerks().unlock("Liv ", password("hemmelig")).await.unwrap(),
            Tried::In(clerk.clone())
        );
        for _ in 0..TRIES - 1 {
            assert_eq!(store.clerks().unlock("liv", password("x")).await.unwrap(), Tried::Wrong);
        }
        drop(store);
        let store = open().await;
        assert_eq!(store.clerks().unlock("liv", password("x")).await.unwrap(), Tried::Wrong);
        assert_eq!(store.clerks().unlock("liv", password("hemmelig")).await.unwrap(), Tried::Closed);
        // the server lets them in again
        store.clerks().signed_in(&clerk, password("hemmelig")).await.unwrap();
        now.fetch_add(SHIFT.as_secs(), SeqCst);
        assert!(matches!(store.clerks().unlock("liv", password("hemmelig")).await.unwrap(), Tried::In(_)));
        now.fetch_add(1, SeqCst);
        assert_eq!(store.clerks().unlock("liv", password("hemmelig")).await.unwrap(), Tried::Unknown);
        now.fetch_sub(SHIFT.as_secs() + 2, SeqCst);
        assert_eq!(store.clerks().unlock("liv", password("hemmelig")).await.unwrap(), Tried::Unknown);
        store.clerks().forget("liv").await.unwrap();
    }
}
