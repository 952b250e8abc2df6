//! Disks: folders in memory, and what a power cut leaves of them.
//!
//! A database with a log written ahead only appends to that log until it is written back. What was appended since the last
//! moment at which everything was on the disk may be there after a power cut, or a part of it, or other bytes in its place.

use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::random::Random;

/// Where all folders of a history lie: in memory where the machine has such a place.
pub fn ground() -> TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { TempDir::new_in(memory).unwrap() } else { TempDir::new().unwrap() }
}

/// Everything but what no power cut leaves.
pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name();
        let target = to.join(&name);
        let name = name.to_string_lossy();
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else if !name.ends_with("-shm") && name != "lock" && name != "reserve" {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// How far a database's log was written when everything was on the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    length: u64,
    /// The log's head: another one when it was begun anew.
    head: Vec<u8>,
}

fn log(folder: &Path, database: &str) -> PathBuf {
    folder.join(format!("{database}-wal"))
}

pub fn mark(folder: &Path, database: &str) -> Mark {
    use std::io::Read;
    let Ok(mut file) = std::fs::File::open(log(folder, database)) else {
        return Mark { length: 0, head: vec![] };
    };
    let mut head = vec![0; 32];
    let read = file.read(&mut head).unwrap();
    head.truncate(read);
    Mark { length: file.metadata().unwrap().len(), head }
}

/// Tears what was appended to the log since the mark; says how.
pub fn tear(folder: &Path, database: &str, mark: &Mark, random: &mut Random) -> String {
    let now = self::mark(folder, database);
    let appended = now.length > mark.length && (mark.length == 0 || now.head == mark.head);
    if !appended {
        return "whole".into();
    }
    let path = log(folder, database);
    let mut content = std::fs::read(&path).unwrap();
    let at = mark.length + random.below(now.length - mark.length + 1);
    let end = usize::try_from(at).unwrap();
    let how = random.below(3);
    match how {
        0 => content.truncate(end),
        1 => content[end..].fill(0),
        _ => {
            let mut other = random.fork();
            content[end..].fill_with(|| other.next() as u8);
        }
    }
    std::fs::write(&path, content).unwrap();
    format!("log torn at {at} of {}..{} ({how})", mark.length, now.length)
}
