//! `kortserver`: what its command line says, and what is done then.
#![expect(
    clippy::print_stdout,
    reason = "what a command answers goes to standard output; the log to standard error"
)]

mod terminals;

use std::io::{BufRead as _, IsTerminal as _};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use zeroize::Zeroizing;

use self::terminals::Terminal;
use crate::domain::person::UserName;
use crate::server::adapters::access_system::simulator::{self, Simulator};
use crate::server::problem::told;
use crate::server::storage::record::Verified;
use crate::server::storage::{self, Storage, record};
use crate::server::tls::Authority;
use crate::server::{self, Config, Server, demo, import, install};
use crate::system::{Clock, Randomness};

#[derive(Parser)]
#[command(
    name = "kortserver",
    version,
    about = "The central server of Kortautomat: orders, cards, photos and the record"
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Make a data folder and its first administrator (password on standard input; empty: one is made and printed)
    Init {
        #[arg(long)]
        data: PathBuf,
        /// The administrator's user name
        #[arg(long, default_value = "admin")]
        admin: String,
        /// The access system's public key, or a file that holds it
        #[arg(long)]
        pin_key: Option<String>,
    },
    /// Make a data folder for the demo, or leave the one that is there; prints the enrolment of a kiosk and a counter
    DemoData {
        #[arg(long)]
        data: PathBuf,
        /// The access system's public key, or a file that holds it
        #[arg(long)]
        pin_key: String,
    },
    /// Serve terminals and web pages
    Serve {
        #[arg(long)]
        data: PathBuf,
        /// Where to listen: with plain HTTP on loopback, with TLS elsewhere
        #[arg(long, default_value = "127.0.0.1:8600")]
        listen: SocketAddr,
        /// TLS on loopback too
        #[arg(long)]
        tls: bool,
        /// A name or address by which terminals reach this server; may be given several times
        #[arg(long, value_name = "NAME")]
        tls_name: Vec<String>,
        /// How phones reach this server
        #[arg(long)]
        public_url: Option<String>,
        /// Address of the access system
        #[arg(long)]
        access_system: Option<String>,
    },
    /// One terminal: add it, revoke it, ask it for a new key
    #[command(subcommand)]
    Terminal(Terminal),
    /// List the terminals and how they are
    Terminals {
        #[arg(long)]
        data: PathBuf,
    },
    /// Make the authority for TLS that `init` makes, in a folder of an older version; prints its SHA-256
    Authority {
        #[arg(long)]
        data: PathBuf,
    },
    /// Import a CSV file: all of it or nothing
    Import {
        kind: Kind,
        file: PathBuf,
        #[arg(long)]
        data: PathBuf,
    },
    /// Set a person's password (on standard input; empty: one is made and printed)
    Password {
        user: String,
        #[arg(long)]
        data: PathBuf,
    },
    /// Say to which key of the access system PINs are sealed
    PinKey {
        /// 64 hexadecimal digits, or a file that holds them
        key: String,
        #[arg(long)]
        data: PathBuf,
    },
    /// Set the code by which staff leaves a kiosk's full screen (digits on standard input)
    StaffExit {
        #[arg(long)]
        data: PathBuf,
    },
    /// The record
    #[command(subcommand)]
    Audit(Audit),
    /// Stand in for another system
    #[command(subcommand)]
    Simulate(Simulate),
    /// Copy the database to FILE and the photos to FILE.photos, also while the server runs
    Backup {
        file: PathBuf,
        #[arg(long)]
        data: PathBuf,
    },
    /// Make a new data folder of what `backup` wrote; the terminals then hand in once more what they still keep
    Restore {
        file: PathBuf,
        #[arg(long)]
        data: PathBuf,
    },
}

#[derive(Subcommand)]
enum Simulate {
    /// The access system: opens sealed PINs, confirms every change after a while; for the demo and for tests
    AccessSystem {
        /// Its own folder, with its own key
        #[arg(long)]
        dir: PathBuf,
        /// Where to listen; left out, the key is made, its public part printed, and nothing more done
        #[arg(long)]
        listen: Option<SocketAddr>,
        /// Seconds until a change is confirmed
        #[arg(long, default_value_t = 2)]
        delay: u32,
    },
}

#[derive(Subcommand)]
enum Audit {
    /// Follow the chain of the record from its first entry to its last
    Verify {
        #[arg(long)]
        data: PathBuf,
    },
}

#[derive(Clone, Copy, ValueEnum)]
enum Kind {
    Students,
    Staff,
    Cards,
    Places,
}

/// Why the program ends with an error.
#[derive(Debug, thiserror::Error)]
enum Error {
    #[error(transparent)]
    Server(#[from] server::Error),
    #[error(transparent)]
    Storage(#[from] storage::Error),
    #[error(transparent)]
    Install(#[from] install::Error),
    #[error(transparent)]
    Import(#[from] import::Error),
    #[error(transparent)]
    Demo(#[from] demo::Error),
    #[error(transparent)]
    Simulator(#[from] simulator::Error),
    #[error("{0:?} cannot be a user name: 2–64 of a–z, 0–9, . _ - @")]
    UserName(String),
    #[error("standard input cannot be read")]
    Input(#[source] std::io::Error),
    #[error("signals cannot be waited for")]
    Signals(#[source] std::io::Error),
    #[error("entry {0} of the record is missing, altered or not chained to the one before")]
    Broken(i64),
}

fn user_name(text: &str) -> Result<UserName, Error> {
    UserName::new(text).ok_or_else(|| Error::UserName(text.to_owned()))
}

/// A line of standard input, or a new password, which is printed.
fn password(randomness: &Randomness) -> Result<Zeroizing<String>, Error> {
    if std::io::stdin().is_terminal() {
        eprintln!("Password (shown while you type; empty: one is made):");
    }
    let mut line = Zeroizing::new(String::new());
    std::io::stdin().lock().read_line(&mut line).map_err(Error::Input)?;
    let typed = line.trim_end_matches(['\r', '\n']);
    if !typed.is_empty() {
        return Ok(Zeroizing::new(typed.to_owned()));
    }
    let made = install::generate_password(randomness)?;
    println!("{}", made.as_str());
    Ok(made)
}

async fn ended() -> Result<(), Error> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate()).map_err(Error::Signals)?;
        tokio::select! {
            _ = terminate.recv() => Ok(()),
            pressed = tokio::signal::ctrl_c() => pressed.map_err(Error::Signals),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await.map_err(Error::Signals)
}

async fn run(command: Command) -> Result<(), Error> {
    let (clock, randomness) = (Clock::system(), Randomness::system());
    match command {
        Command::Init { data, admin, pin_key } => {
            let admin = user_name(&admin)?;
            let pin_key = pin_key.as_deref().map(install::read_pin_key).transpose()?;
            let password = password(&randomness)?;
            install::init(&data, admin, &password, pin_key.as_ref(), &clock, &randomness).await?;
        }
        Command::DemoData { data, pin_key } => {
            let key = install::read_pin_key(&pin_key)?;
            for (role, enrolment) in demo::load(&data, &key, &clock, &randomness).await? {
                println!("{} {enrolment}", role.code());
            }
        }
        Command::Serve { data, listen, tls, tls_name, public_url, access_system } => {
            let config =
                Config { tls, tls_names: tls_name, public_url, access_system, ..Config::new(data, listen) };
            let server = Server::start(config, clock, randomness).await?;
            println!("{}", server.url());
            ended().await?;
            server.shutdown().await?;
        }
        Command::Terminal(command) => terminals::run(command, &clock, &randomness).await?,
        Command::Terminals { data } => terminals::list(&data, &clock).await?,
        Command::Authority { data } => {
            Storage::open(&data).await?.close().await;
            println!("{}", hex::encode(Authority::make(&data).map_err(server::Error::Tls)?.fingerprint()));
        }
        Command::Import { kind, file, data } => {
            let storage = Storage::open(&data).await?;
            let kind = match kind {
                Kind::Students => import::Kind::Students,
                Kind::Staff => import::Kind::Staff,
                Kind::Cards => import::Kind::Cards,
                Kind::Places => import::Kind::Places,
            };
            println!("{}", import::file(&storage, kind, &file, &clock, &randomness).await?);
        }
        Command::Password { user, data } => {
            let storage = Storage::open(&data).await?;
            let password = password(&randomness)?;
            install::set_password(&storage, &user_name(&user)?, &password, &clock, &randomness).await?;
        }
        Command::PinKey { key, data } => {
            let storage = Storage::open(&data).await?;
            install::set_pin_key(&storage, &install::read_pin_key(&key)?, &clock).await?;
        }
        Command::StaffExit { data } => {
            let storage = Storage::open(&data).await?;
            let mut code = Zeroizing::new(String::new());
            std::io::stdin().lock().read_line(&mut code).map_err(Error::Input)?;
            install::set_staff_exit(&storage, code.trim(), &clock, &randomness).await?;
        }
        Command::Audit(Audit::Verify { data }) => {
            let storage = Storage::open(&data).await?;
            match record::verify(&mut *storage.read().await?).await? {
                Verified::Whole { entries, last } => println!("ok {entries} {}", hex::encode(last.0)),
                Verified::Broken { sequence } => return Err(Error::Broken(sequence)),
            }
        }
        Command::Simulate(Simulate::AccessSystem { dir, listen: None, .. }) => {
            println!("{}", simulator::key(&dir, &randomness)?.public());
        }
        Command::Simulate(Simulate::AccessSystem { dir, listen: Some(listen), delay }) => {
            let delay = jiff::SignedDuration::from_secs(delay.into());
            let simulator = Simulator::start(&dir, listen, delay, clock, &randomness).await?;
            println!("http://{}", simulator.local_addr());
            ended().await?;
            simulator.shutdown().await?;
        }
        Command::Backup { file, data } => {
            let storage = Storage::open(&data).await?;
            install::backup(&storage, &data, &file).await?;
        }
        Command::Restore { file, data } => {
            let restored = install::restore(&file, &data, &Clock::system(), &Randomness::system()).await?;
            restored.close().await;
        }
    }
    Ok(())
}

/// Does what the command line says. Exit status: 0 when it is done, 1 when the record is broken, 2 when it cannot be done.
pub fn run_program() -> ExitCode {
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal())
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("KORTAUTOMAT_LOG")
                .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info,sqlx=error")),
        )
        .init();
    let arguments = Arguments::parse();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("kortserver: the program cannot start its threads: {error}");
            return ExitCode::from(2);
        }
    };
    match runtime.block_on(run(arguments.command)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("kortserver: {}", told(&error));
            ExitCode::from(match error {
                Error::Broken(_) => 1,
                _ => 2,
            })
        }
    }
}
