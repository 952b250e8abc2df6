//! `kortserver terminals`, one a line, and `kortserver terminal`: what is done to one.
#![expect(clippy::print_stdout, reason = "what a command answers goes to standard output")]

use std::path::{Path, PathBuf};

use clap::{Subcommand, ValueEnum};
use jiff::Timestamp;

use super::Error;
use crate::domain::number::TerminalCode;
use crate::server::storage::Storage;
use crate::server::storage::terminals::Role;
use crate::server::tls::Authority;
use crate::server::{self, install, terminals};
use crate::system::{Clock, Randomness};
use crate::wire::health;

#[derive(Subcommand)]
pub(super) enum Terminal {
    /// Add a terminal and print, once, the line that it is enrolled with within seven days
    Add {
        #[arg(long)]
        data: PathBuf,
        #[arg(long)]
        place: String,
        #[arg(long)]
        role: TerminalRole,
        /// Terminals reach the server through a proxy with a certificate that their systems trust
        #[arg(long)]
        system_authorities: bool,
    },
    /// Take nothing from a terminal any more, from now on
    Revoke {
        code: TerminalCode,
        #[arg(long)]
        data: PathBuf,
    },
    /// Ask a terminal to make itself a new key when it is next heard
    Rotate {
        code: TerminalCode,
        #[arg(long)]
        data: PathBuf,
    },
    /// Print a new line for a terminal that was revoked or set aside: enrolled with it, it is active again
    Restore {
        code: TerminalCode,
        #[arg(long)]
        data: PathBuf,
        /// Terminals reach the server through a proxy with a certificate that their systems trust
        #[arg(long)]
        system_authorities: bool,
    },
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum TerminalRole {
    Kiosk,
    Counter,
}

/// The authority that terminals are to trust, and no other.
fn authority(data: &Path, system: bool) -> Result<Option<[u8; 32]>, Error> {
    let own = Authority::read(data).map_err(server::Error::Tls)?;
    Ok(own.filter(|_| !system).map(|authority| authority.fingerprint()))
}

pub(super) async fn run(command: Terminal, clock: &Clock, randomness: &Randomness) -> Result<(), Error> {
    match command {
        Terminal::Add { data, place, role, system_authorities } => {
            let role = match role {
                TerminalRole::Kiosk => Role::Kiosk,
                TerminalRole::Counter => Role::Counter,
            };
            let storage = Storage::open(&data).await?;
            let authority = authority(&data, system_authorities)?;
            println!(
                "{}",
                install::add_terminal(&storage, &place, role, authority, clock, randomness).await?
            );
        }
        Terminal::Revoke { code, data } => {
            terminals::revoke(&Storage::open(&data).await?, code, clock).await?;
        }
        Terminal::Rotate { code, data } => {
            terminals::rotate(&Storage::open(&data).await?, code, clock).await?;
        }
        Terminal::Restore { code, data, system_authorities } => {
            let storage = Storage::open(&data).await?;
            let authority = authority(&data, system_authorities)?;
            println!("{}", install::restore_terminal(&storage, code, authority, clock, randomness).await?);
        }
    }
    Ok(())
}

/// Prints how the terminals are.
pub(super) async fn list(data: &Path, clock: &Clock) -> Result<(), Error> {
    let storage = Storage::open(data).await?;
    let now = clock.now();
    for terminal in terminals::list(&mut *storage.read().await?, |_| None).await? {
        println!("{}", listed(&terminal, now));
    }
    Ok(())
}

/// A terminal in one line: what is not known is left out.
fn listed(terminal: &health::Terminal, now: Timestamp) -> String {
    let mut words = vec![
        terminal.code.clone(),
        format!("{:8}", terminal.role),
        terminal.place.clone(),
        terminal.status.clone(),
    ];
    words.push(match terminal.heard_at.and_then(|at| Timestamp::from_microsecond(at).ok()) {
        Some(at) => format!("heard {} s ago", now.duration_since(at).as_secs().max(0)),
        None => "never heard".to_owned(),
    });
    let mut word = |name: &str, value: Option<String>| {
        words.extend(value.map(|value| format!("{name} {value}")));
    };
    if let Some(health) = &terminal.health {
        word("version", Some(health.version.clone()));
        word("epoch", health.epoch.clone());
        word("waiting", Some(health.waiting.to_string()));
        word("needs a person", Some(health.needs_person.to_string()));
        word("room for", health.room.map(|orders| format!("{orders} orders")));
        word("keys in", health.keys.clone());
        word("camera", health.camera.clone());
        word("troubles", Some(health.troubles.join(",")).filter(|troubles| !troubles.is_empty()));
    }
    word("clock", terminal.clock_difference.map(|micros| format!("{:+.1} s", micros as f64 / 1e6)));
    word("new key", terminal.new_key_wanted.then(|| "wanted".to_owned()));
    words.join("  ")
}
