//! The program with windows: arguments and start.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use kortautomat::desktop::{check, counter, demo, doctor, enrol, kiosk, measure};
use kortautomat::memory;

/// Student cards: the photo kiosk and the counter.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// The photo kiosk in the hall
    Kiosk(kiosk::Arguments),
    /// The desks of the staff: handover, photo review, production
    Counter(counter::Arguments),
    /// The photo rules on the command line
    Check(check::Arguments),
    /// Everything at once on this computer, with sample people
    Demo(demo::Arguments),
    /// Makes a data folder the folder of a terminal
    Enrol(enrol::Arguments),
    /// What a terminal finds around itself
    Doctor(doctor::Arguments),
    /// How fast photos are judged on this computer, for packaging/bench
    #[command(hide = true)]
    Measure(measure::Arguments),
}

fn main() -> ExitCode {
    memory::guard();
    memory::keep_little();
    match Arguments::parse().command {
        Command::Kiosk(arguments) => kiosk::run(arguments),
        Command::Counter(arguments) => counter::run(arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Demo(arguments) => demo::run(&arguments),
        Command::Enrol(arguments) => enrol::run(arguments),
        Command::Doctor(arguments) => doctor::run(arguments),
        Command::Measure(arguments) => measure::run(&arguments),
    }
}
