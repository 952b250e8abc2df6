//! Whether the next order has room: asked before it begins, so that no disk becomes full in the middle of one.
//!
//! What is asked for is also held: a file of that size lies in the folder ([`RESERVE`]) and makes way when an order is
//! accepted and the disk has become full since.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{Error, Inner, Store};
use crate::system::NoRandomness;

/// The reserve's name inside the data folder.
const RESERVE: &str = "reserve";

/// How large a store may become, and what one order takes at most. Bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    pub database: u64,
    pub order: u64,
}

impl Default for Limits {
    /// Two gigabytes; a card photo of 1200 × 1558 pixels that is nothing but noise has less than four mebibytes.
    fn default() -> Self {
        Self { database: 2_000_000_000, order: 4 << 20 }
    }
}

impl Limits {
    /// On the disk an order stands in the log first and then in the database.
    fn reserve(self) -> u64 {
        2 * self.order
    }
}

/// How much room there is. Bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// What the database holds.
    pub used: u64,
    pub limits: Limits,
    /// Whether one more order can be written to the disk whatever else fills it.
    pub reserved: bool,
}

impl Room {
    /// Whether an order may begin.
    pub fn enough(&self) -> bool {
        self.orders() > 0
    }

    /// How many orders of the largest kind have room for certain.
    pub fn orders(&self) -> u64 {
        if self.reserved {
            self.limits.database.saturating_sub(self.used) / self.limits.order.max(1)
        } else {
            0
        }
    }
}

impl Store {
    /// How much room there is; the reserve is made where it is not there.
    pub async fn room(&self) -> Result<Room, Error> {
        let limits = self.0.limits;
        let used = self.0.used().await?;
        let (path, randomness) = (self.0.dir.join(RESERVE), self.0.randomness.clone());
        let filled = tokio::task::spawn_blocking(move || {
            // a file system that compresses would keep room for zeros only
            fill(&path, limits.reserve(), |block| randomness.fill(block))
        });
        let reserved = filled.await.is_ok_and(|filled| {
            filled.inspect_err(|error| tracing::warn!(%error, "no room can be kept for an order")).is_ok()
        });
        Ok(Room { used, limits, reserved })
    }
}

impl Inner {
    /// Bytes of the database in use.
    async fn used(&self) -> Result<u64, Error> {
        let pages: i64 = sqlx::query_scalar(
            "SELECT (c.page_count - f.freelist_count) * s.page_size
             FROM pragma_page_count c, pragma_freelist_count f, pragma_page_size s",
        )
        .fetch_one(&self.pool)
        .await?;
        Ok(pages.try_into().unwrap_or_default())
    }

    /// Whether the next order would outgrow the database's limit.
    pub(super) async fn short_of_room(&self) -> Result<bool, Error> {
        let Limits { database, order } = self.limits;
        Ok(self.used().await?.saturating_add(order) > database)
    }

    /// Gives the reserve to whoever needs it now; whether there was one.
    pub(super) fn let_go_of_reserve(&self) -> bool {
        std::fs::remove_file(self.dir.join(RESERVE)).is_ok()
    }
}

#[derive(Debug, thiserror::Error)]
enum Short {
    #[error(transparent)]
    Disk(#[from] io::Error),
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
}

/// Makes a file of that many bytes that are really on the disk; one that is there is left as it is, where it could be written.
fn fill(
    path: &Path,
    bytes: u64,
    random: impl Fn(&mut [u8]) -> Result<(), NoRandomness>,
) -> Result<(), Short> {
    if std::fs::metadata(path).is_ok_and(|there| there.len() == bytes) {
        // a disk that has become read-only keeps no room
        File::options().write(true).open(path)?;
        return Ok(());
    }
    let partial: PathBuf = path.with_extension("partial");
    let written = (|| {
        let mut file = File::create(&partial)?;
        let mut block = vec![0; 1 << 16];
        random(&mut block)?;
        let mut left = bytes;
        while left > 0 {
            let part = usize::try_from(left).unwrap_or(usize::MAX).min(block.len());
            file.write_all(block.get(..part).unwrap_or_default())?;
            left -= part as u64;
        }
        file.sync_all()?;
        Ok(std::fs::rename(&partial, path)?)
    })();
    if written.is_err() {
        // half a reserve would take room and keep none
        let _gone = std::fs::remove_file(&partial);
    }
    written
}

#[cfg(test)]
mod tests;
