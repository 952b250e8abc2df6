//! `kortautomat enrol`: makes a data folder the folder of a terminal.

use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use super::boot::{self, Trouble};
use super::start::{self, EXIT_USAGE};
use crate::seal::keys::{Kind, Prefer};
use crate::system::{Clock, Randomness};
use crate::texts::Texts;

/// Sets a terminal up: asks the server as this terminal and keeps what it needs in the data folder.
#[derive(Debug, Clone, clap::Args)]
pub struct Arguments {
    /// The server's address, such as https://kort.example
    #[arg(long, value_name = "URL")]
    pub server: String,
    /// The data folder
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Whose folder it is, where none is named
    #[arg(long, value_enum, default_value_t = Program::Kiosk)]
    pub program: Program,
    /// Where the keys are kept
    #[arg(long, value_enum, default_value_t = Keys::Keyring)]
    pub keys: Keys,
    /// The line that `kortserver terminal add` printed; - reads it from standard input
    #[arg(value_name = "CODE", default_value = "-")]
    pub code: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Program {
    Kiosk,
    Counter,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Keys {
    /// The system's keyring, files where there is none
    Keyring,
    Files,
}

/// Enrols, and says how it went.
pub fn run(arguments: Arguments) -> ExitCode {
    let texts = match start::texts() {
        Ok(texts) => texts,
        Err(error) => {
            eprintln!("kortautomat: {error}");
            return ExitCode::from(EXIT_USAGE);
        }
    };
    match enrol(arguments) {
        Ok(kind) => say(&texts, kind),
        Err(trouble) => {
            eprintln!("kortautomat: {}", trouble.says(&texts));
            ExitCode::from(EXIT_USAGE)
        }
    }
}

fn say(texts: &Texts, kind: Kind) -> ExitCode {
    let kept = match kind {
        Kind::Keyring => texts.enrol_keyring(),
        Kind::Credential => texts.enrol_credential(),
        Kind::Files => texts.enrol_files(),
    };
    // whoever closed the pipe does not want to know
    let _ = writeln!(io::stdout(), "{}\n{kept}", texts.enrol_done());
    ExitCode::SUCCESS
}

fn enrol(arguments: Arguments) -> Result<Kind, Trouble> {
    let mut code = arguments.code;
    if code == "-" {
        code.clear();
        io::stdin().read_to_string(&mut code).map_err(|_| Trouble::Malformed)?;
    }
    let program = match arguments.program {
        Program::Kiosk => "kiosk",
        Program::Counter => "counter",
    };
    let data = arguments.data.unwrap_or_else(|| start::data_folder(program));
    let prefer = match arguments.keys {
        Keys::Keyring => Prefer::Keyring,
        Keys::Files => Prefer::Files,
    };
    let runtime = tokio::runtime::Runtime::new().map_err(|_| Trouble::Other)?;
    runtime.block_on(boot::enrol(
        &data,
        &arguments.server,
        code.trim(),
        prefer,
        Clock::system(),
        Randomness::system(),
    ))
}
