//! Codes from phones: what [`Guard`] decides is on the disk before anybody is told of it, so that a power cut or a killed
//! program gives no try back and lets no code in twice.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sqlx::{Sqlite, Transaction};

use super::{Error, Inner};
use crate::domain::phone::{Guard, Nonce, Refusal, Shown};

/// The shape that is sealed. Fields are added, never changed; times in microseconds.
#[derive(Serialize, Deserialize, Default)]
struct Shape {
    shown: Vec<(String, i64, u8, bool)>,
    wrong: u32,
    locked_until: Option<i64>,
    wrong_at: Option<i64>,
    mark: Option<i64>,
}

const NAME: &str = "phone 1 guard";

/// The codes of an open store.
pub struct Phone<'a>(pub(super) &'a Inner);

impl Phone<'_> {
    /// A new QR code: from now on the only one that can be answered.
    pub async fn show(&self) -> Result<Shown, Error> {
        let nonce = Nonce(self.0.randomness.bytes()?);
        let mut transaction = self.0.pool.begin().await?;
        let mut guard = self.read(&mut transaction).await?;
        let shown = guard.show(nonce, self.0.clock.now());
        self.write(transaction, &guard).await?;
        Ok(shown)
    }

    /// Tries a code for the QR code with this nonce; `fits` says for which ones it is right.
    pub async fn attempt(
        &self,
        nonce: Nonce,
        fits: impl Fn(&Shown) -> bool,
    ) -> Result<Result<(), Refusal>, Error> {
        let mut transaction = self.0.pool.begin().await?;
        let mut guard = self.read(&mut transaction).await?;
        let answer = guard.attempt(nonce, self.0.clock.now(), fits);
        self.write(transaction, &guard).await?;
        Ok(answer)
    }

    async fn read(&self, transaction: &mut Transaction<'_, Sqlite>) -> Result<Guard, Error> {
        let sealed: Option<Vec<u8>> = sqlx::query_scalar("SELECT guard FROM phone WHERE id = 1")
            .fetch_optional(&mut **transaction)
            .await?;
        let Some(sealed) = sealed else { return Ok(Guard::default()) };
        guard(self.0.unseal_json(NAME, &sealed)?).ok_or_else(|| Error::Damaged(NAME.to_owned()))
    }

    async fn write(&self, mut transaction: Transaction<'_, Sqlite>, guard: &Guard) -> Result<(), Error> {
        let sealed = self.0.seal_json(NAME, &shape(guard))?;
        sqlx::query(
            "INSERT INTO phone (id, guard) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET guard = excluded.guard",
        )
        .bind(sealed)
        .execute(&mut *transaction)
        .await?;
        Ok(transaction.commit().await?)
    }
}

fn shape(guard: &Guard) -> Shape {
    let of = |at: Option<Timestamp>| at.map(Timestamp::as_microsecond);
    Shape {
        shown: guard
            .shown
            .iter()
            .map(|shown| (shown.nonce.to_string(), shown.at.as_microsecond(), shown.tries, shown.used))
            .collect(),
        wrong: guard.wrong,
        locked_until: of(guard.locked_until),
        wrong_at: of(guard.wrong_at),
        mark: of(guard.mark),
    }
}

/// None if this program cannot hold what was written.
fn guard(shape: Shape) -> Option<Guard> {
    let of = |at: Option<i64>| match at {
        Some(at) => Timestamp::from_microsecond(at).ok().map(Some),
        None => Some(None),
    };
    let shown = |(nonce, at, tries, used): (String, i64, u8, bool)| {
        Some(Shown { nonce: nonce.parse().ok()?, at: Timestamp::from_microsecond(at).ok()?, tries, used })
    };
    Some(Guard {
        shown: shape.shown.into_iter().map(shown).collect::<Option<_>>()?,
        wrong: shape.wrong,
        locked_until: of(shape.locked_until)?,
        wrong_at: of(shape.wrong_at)?,
        mark: of(shape.mark)?,
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::open;
    use super::*;

    #[tokio::test]
    async fn a_restart_gives_no_try_back() {
        let dir = tempfile::tempdir().unwrap();
        let store = open(dir.path()).await.unwrap();
        let nonce = store.phone().show().await.unwrap().nonce;
        drop(store);
        for left in [4, 3, 2, 1] {
            // opened anew each time, without being closed: as after a power cut
            let store = open(dir.path()).await.unwrap();
            assert_eq!(store.phone().attempt(nonce, |_| false).await.unwrap(), Err(Refusal::Wrong { left }));
        }
        let store = open(dir.path()).await.unwrap();
        assert_eq!(store.phone().attempt(nonce, |_| false).await.unwrap(), Err(Refusal::Spent));
        drop(store);
        let store = open(dir.path()).await.unwrap();
        assert_eq!(store.phone().attempt(nonce, |_| true).await.unwrap(), Err(Refusal::Spent));
    }

    #[tokio::test]
    async fn a_used_code_stays_used_over_a_restart() {
        let dir = tempfile::tempdir().unwrap();
        let store = open(dir.path()).await.unwrap();
        let nonce = store.phone().show().await.unwrap().nonce;
        assert_eq!(store.phone().attempt(nonce, |_| true).await.unwrap(), Ok(()));
        drop(store);
        let store = open(dir.path()).await.unwrap();
        assert_eq!(store.phone().attempt(nonce, |_| true).await.unwrap(), Err(Refusal::Used));
    }

    #[tokio::test]
    async fn the_terminals_lock_outlives_restarts_and_new_qr_codes() {
        let dir = tempfile::tempdir().unwrap();
        let mut wrong = 0;
        loop {
            let store = open(dir.path()).await.unwrap();
            let nonce = store.phone().show().await.unwrap().nonce;
            match store.phone().attempt(nonce, |_| false).await.unwrap() {
                Err(Refusal::Wrong { .. }) => wrong += 1,
                Err(Refusal::Locked { .. }) => break,
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(wrong, 10);
        let store = open(dir.path()).await.unwrap();
        let nonce = store.phone().show().await.unwrap().nonce;
        let answer = store.phone().attempt(nonce, |_| true).await.unwrap();
        assert!(matches!(answer, Err(Refusal::Locked { .. })), "{answer:?}");
    }

    #[tokio::test]
    async fn nothing_of_it_is_readable_on_the_disk() {
        let dir = tempfile::tempdir().unwrap();
        let store = open(dir.path()).await.unwrap();
        let nonce = store.phone().show().await.unwrap().nonce.to_string();
        store.close().await;
        for entry in std::fs::read_dir(dir.path()).unwrap() {
            let bytes = std::fs::read(entry.unwrap().path()).unwrap();
            assert!(!bytes.windows(nonce.len()).any(|window| window == nonce.as_bytes()));
        }
    }
}
