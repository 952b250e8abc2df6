//! The central server's program.

use std::process::ExitCode;

use kortautomat::memory;
use kortautomat::server::command;

fn main() -> ExitCode {
    memory::guard();
    command::run_program()
}
