//! The memory of both programs: what is freed is wiped, nothing of it is dumped, and none of it is swapped where the system
//! allows that (invariants 2 and 5).
//!
//! Types that hold secrets wipe themselves; the allocator does the same for everything that passes through others' hands:
//! messages, widgets, decoders, pictures. What it costs is in `benches/README.md`.

use zeroizing_alloc::ZeroAlloc;

#[global_allocator]
static WIPED_WHEN_FREED: ZeroAlloc<std::alloc::System> = ZeroAlloc(std::alloc::System);

/// How far the system let the process guard its memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guard {
    /// No core dump is written, and no other program of the same user reads the memory.
    pub undumped: bool,
    /// Nothing is swapped.
    pub locked: bool,
}

/// Guards the process's memory from now on. To be called first: what was there before is guarded too, what was read is not.
#[cfg(target_os = "linux")]
pub fn guard() -> Guard {
    use rustix::mm::{MlockAllFlags, mlockall};
    use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit};

    let none = Rlimit { current: Some(0), maximum: Some(0) };
    let undumped = setrlimit(Resource::Core, none).is_ok()
        && set_dumpable_behavior(DumpableBehavior::NotDumpable).is_ok();
    // pages are locked when they are first used: to be asked for at once they would all have to be there
    let flags = MlockAllFlags::CURRENT | MlockAllFlags::FUTURE | MlockAllFlags::ONFAULT;
    Guard { undumped, locked: may_lock_all() && mlockall(flags).is_ok() }
}

/// Under a limit the lock would hold at first and refuse memory later.
#[cfg(target_os = "linux")]
fn may_lock_all() -> bool {
    use rustix::process::{Resource, getrlimit};

    getrlimit(Resource::Memlock).current.is_none()
}

/// Guards the process's memory as far as the system can.
#[cfg(all(unix, not(target_os = "linux")))]
pub fn guard() -> Guard {
    use rustix::process::{Resource, Rlimit, setrlimit};

    let none = Rlimit { current: Some(0), maximum: Some(0) };
    Guard { undumped: setrlimit(Resource::Core, none).is_ok(), locked: false }
}

/// Guards the process's memory as far as the system can.
#[cfg(not(unix))]
pub fn guard() -> Guard {
    Guard { undumped: false, locked: false }
}

/// Has all threads share what is freed, and the largest blocks go back to the system at once. By itself the GNU allocator keeps
/// a store for each thread, and twice the largest block that was ever freed in each of them; pictures wander through three.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub fn keep_little() {
    // a camera's frames stay below it; what the renderer makes of them for the whole mirror would leave holes as large as it is
    const LARGE: libc::c_int = 4 << 20;
    let wishes = [(libc::M_ARENA_MAX, 1), (libc::M_MMAP_THRESHOLD, LARGE), (libc::M_TRIM_THRESHOLD, LARGE)];
    for (what, value) in wishes {
        // SAFETY: sets a number of the allocator under its own lock. One that it does not take leaves it as it was.
        unsafe { libc::mallopt(what, value) };
    }
}

/// Other allocators do that by themselves.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub fn keep_little() {}

/// Gives what was freed back to the system, wherever it lies: after work that needed far more than what comes.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub fn give_back() {
    // SAFETY: works on the allocator's own lists under its own locks; what is in use is not touched.
    unsafe { libc::malloc_trim(0) };
}

/// Other allocators do that by themselves.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub fn give_back() {}

#[cfg(test)]
mod tests {
    /// Reads through the system's own view of the process, as whoever came by a dump would.
    #[cfg(target_os = "linux")]
    #[test]
    fn invariant_5_what_is_freed_is_wiped() {
        use std::os::unix::fs::FileExt as _;

        let memory = std::fs::File::open("/proc/self/mem").unwrap();
        // a block so large that the system would take it back at once, and smaller ones that stay with the allocator
        for size in [64, 1_000, 30_000] {
            let block: Vec<u8> = std::hint::black_box((0..size).map(|at| (at % 251) as u8 | 1).collect());
            let place = block.as_ptr() as u64;
            let mut seen = vec![0_u8; size];
            memory.read_exact_at(&mut seen, place).unwrap();
            assert_eq!(seen, block, "the view is not of this memory");
            drop(block);
            seen.fill(1);
            memory.read_exact_at(&mut seen, place).unwrap();
            // the allocator keeps its own marks in the first bytes of what is free
            assert!(seen[32..].iter().all(|byte| *byte == 0), "of {size} bytes something is left");
        }
    }
}
