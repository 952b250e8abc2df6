//! Attempts to sign in: counted before the password is looked at, so that many at once cannot slip by.

use jiff::{SignedDuration, Timestamp};
use sqlx::{Row, SqliteConnection};

use super::record::commitment;
use super::{Error, time};

/// How many failures are free and how the lock grows afterwards.
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    pub free: i64,
    pub first: SignedDuration,
    pub longest: SignedDuration,
    /// After so long without an attempt all is forgotten.
    pub forget: SignedDuration,
}

/// For what was typed as user name.
pub const ACCOUNT: Limit = Limit {
    free: 5,
    first: SignedDuration::from_secs(30),
    longest: SignedDuration::from_mins(60),
    forget: SignedDuration::from_hours(24),
};

/// For a terminal, where many people sign in: a guard against trying many accounts.
pub const TERMINAL: Limit = Limit {
    free: 30,
    first: SignedDuration::from_secs(30),
    longest: SignedDuration::from_mins(10),
    forget: SignedDuration::from_mins(30),
};

impl Limit {
    /// How long an account is locked after so many failures.
    pub fn lock(self, failures: i64) -> SignedDuration {
        match failures.saturating_sub(self.free) {
            ..0 => SignedDuration::ZERO,
            more => self.first.saturating_mul(1 << more.min(16)).min(self.longest),
        }
    }
}

/// The subject of what was typed as user name. It is never kept itself: people type passwords there.
pub fn account(salt: &str, typed: &str) -> String {
    format!("account {}", commitment(salt.as_bytes(), &typed.trim().to_lowercase()))
}

/// Counts an attempt as failed until [`succeeded`] says otherwise; or says for how long the subject is locked.
pub async fn begin(
    db: &mut SqliteConnection,
    subject: &str,
    limit: Limit,
    now: Timestamp,
) -> Result<Result<(), SignedDuration>, Error> {
    let row = sqlx::query("SELECT failures, last_at, locked_until FROM attempts WHERE subject = $1")
        .bind(subject)
        .fetch_optional(&mut *db)
        .await?;
    let mut failures: i64 = 0;
    if let Some(row) = row {
        let locked_until = time(row.try_get(2)?)?;
        if locked_until > now {
            return Ok(Err(locked_until.duration_since(now)));
        }
        if now.duration_since(time(row.try_get(1)?)?) < limit.forget {
            failures = row.try_get(0)?;
        }
    }
    failures += 1;
    let locked_until = now.saturating_add(limit.lock(failures)).unwrap_or(now);
    sqlx::query(
        "INSERT INTO attempts (subject, failures, last_at, locked_until) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (subject) DO UPDATE SET failures = excluded.failures, last_at = excluded.last_at, \
         locked_until = excluded.locked_until",
    )
    .bind(subject)
    .bind(failures)
    .bind(now.as_microsecond())
    .bind(locked_until.as_microsecond())
    .execute(db)
    .await?;
    Ok(Ok(()))
}

/// The attempt was right: nothing is held against the subject.
pub async fn succeeded(db: &mut SqliteConnection, subject: &str) -> Result<(), Error> {
    sqlx::query("DELETE FROM attempts WHERE subject = $1").bind(subject).execute(db).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_grows_to_its_longest() {
        let seconds: Vec<_> = (4..=14).map(|failures| ACCOUNT.lock(failures).as_secs()).collect();
        assert_eq!(seconds, [0, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]);
        assert_eq!(ACCOUNT.lock(i64::MAX), ACCOUNT.longest);
    }
}
