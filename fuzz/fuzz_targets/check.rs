//! A picture from its file to its verdict. Needs the networks: packaging/models.

#![no_main]

use std::cell::RefCell;

use kortautomat_fuzz::domain::photo::{Declared, Verdict};
use kortautomat_fuzz::system::Stopwatch;
use kortautomat_fuzz::vision::judge::Judge;
use kortautomat_fuzz::vision::models::Library;
use kortautomat_fuzz::vision::net::InstructionSet;
use kortautomat_fuzz::vision::policy;
use libfuzzer_sys::fuzz_target;

thread_local! {
    static JUDGE: RefCell<Judge> = RefCell::new(
        Judge::load(&Library::of_this_machine(), InstructionSet::best(), Stopwatch::system())
            .expect("run packaging/models first"),
    );
}

fuzz_target!(init: kortautomat_fuzz::quiet(), |bytes: &[u8]| {
    let Ok(decoded) = kortautomat_fuzz::decode(bytes) else { return };
    let policy = policy::default().expect("the policy that comes with the program");
    let report = JUDGE.with_borrow_mut(|judge| judge.check(&decoded.picture, &policy, &Declared::default()));
    assert!(report.verdict != Verdict::Unreadable);
});
