//! Terminals, network, clocks, disks and server in one process: the real store in its files, the real plan and client, the
//! real router and its database. What happens, and what goes wrong, follows from a seed alone: one operation is awaited to
//! its end before the next begins.
//!
//! `packaging/simulate --seeds N` runs that many histories, `--seed S` one alone, with its trace.

#![allow(clippy::print_stdout, reason = "packaging/simulate shows what it prints")]

mod disk;
mod draft;
mod history;
mod model;
mod network;
mod random;
mod server;
mod soak;
mod terminal;

use std::panic::AssertUnwindSafe;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use history::{History, Sabotage, Told};
use server::Template;

/// Runs one history to its end.
fn run(template: &Template, seed: u64, sabotage: Sabotage) -> Told {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let told = std::panic::catch_unwind(AssertUnwindSafe(|| {
        runtime.block_on(async { History::begin(template, seed, sabotage).await.tell().await })
    }));
    told.unwrap_or_else(|_| panic!("seed {seed} came to no end"))
}

/// Runs the histories of these seeds on all cores; the first that breaks an invariant, and how many there were.
fn run_all(template: &Template, seeds: std::ops::Range<u64>) -> (Option<(u64, Told)>, u64) {
    let (next, stop, done) = (AtomicU64::new(seeds.start), AtomicBool::new(false), AtomicU64::new(0));
    let broken: Mutex<Option<(u64, Told)>> = Mutex::new(None);
    let cores = kortautomat::system::cores();
    std::thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                while !stop.load(Ordering::Relaxed) {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= seeds.end {
                        return;
                    }
                    let told = run(template, seed, Sabotage::None);
                    let count = done.fetch_add(1, Ordering::Relaxed) + 1;
                    if count.is_multiple_of(500) {
                        println!("{count} histories");
                    }
                    if told.broken.is_some() {
                        stop.store(true, Ordering::Relaxed);
                        broken.lock().unwrap().get_or_insert((seed, told));
                    }
                }
            });
        }
    });
    (broken.into_inner().unwrap(), done.into_inner())
}

#[track_caller]
fn all_well(template: &Template, seeds: std::ops::Range<u64>) -> u64 {
    let (broken, done) = run_all(template, seeds);
    if let Some((seed, told)) = broken {
        println!("{}", told.trace.join("\n"));
        panic!("seed {seed}: {}", told.broken.unwrap_or_default());
    }
    done
}

#[test]
fn invariants_1_and_2_hold_through_histories_of_faults() {
    let template = Template::make();
    all_well(&template, 0..24);
}

#[test]
fn the_same_seed_is_the_same_history() {
    let template = Template::make();
    for seed in [3, 77] {
        let (once, again) = (run(&template, seed, Sabotage::None), run(&template, seed, Sabotage::None));
        assert_eq!(once.trace, again.trace);
        assert!(once.trace.len() > 20);
    }
}

/// A simulation that cannot fail proves nothing: each of these breaks one promise on purpose, and has to be found.
#[test]
fn what_is_broken_on_purpose_is_found() {
    let template = Template::make();
    for sabotage in [
        Sabotage::NumberBeforeCommit,
        Sabotage::IdempotenceForgotten,
        Sabotage::SentForgottenAtOnce,
        Sabotage::AnswersBeforeCommit,
        Sabotage::PinChanged,
    ] {
        let found = (0..200).find(|seed| run(&template, *seed, sabotage).broken.is_some());
        println!("{sabotage:?}: seed {found:?}");
        assert!(found.is_some(), "{sabotage:?} is not found");
    }
}

/// What `packaging/simulate` runs: `SIMULATE_SEEDS` histories from `SIMULATE_FROM` on, or the one of `SIMULATE_SEED`.
#[test]
#[ignore = "packaging/simulate runs it"]
fn as_many_as_asked() {
    let asked = |name: &str| std::env::var(name).ok().map(|text| text.parse::<u64>().unwrap());
    let template = Template::make();
    if let Some(seed) = asked("SIMULATE_SEED") {
        let told = run(&template, seed, Sabotage::None);
        println!("{}", told.trace.join("\n"));
        assert_eq!(told.broken, None, "seed {seed}");
        return;
    }
    let from = asked("SIMULATE_FROM").unwrap_or(0);
    let seeds = asked("SIMULATE_SEEDS").unwrap_or(500);
    let begun = kortautomat::system::Stopwatch::system();
    let done = all_well(&template, from..from + seeds);
    let seconds = begun.elapsed().as_secs_f64();
    println!("{done} histories, seeds {from} to {}, {seconds:.0} s: every invariant held", from + seeds - 1);
}
