//! Which memory sticks are in.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// Where desktops and servers put what is plugged in.
const PLACES: [&str; 2] = ["/media", "/run/media"];
/// Where Linux lists what is mounted.
const TABLE: &str = "/proc/self/mounts";

/// The folders of the sticks that are in, sorted; `own` is a folder that counts as one while it is there.
pub fn present(own: Option<&Path>) -> Vec<PathBuf> {
    // a system without this table has no memory sticks for us
    let table = std::fs::read_to_string(TABLE).unwrap_or_default();
    let mut sticks: Vec<_> = own.filter(|own| own.is_dir()).map(Path::to_owned).into_iter().collect();
    sticks.extend(removable(&table));
    sticks
}

/// The mount points below [`PLACES`] in a table of mounts.
fn removable(table: &str) -> Vec<PathBuf> {
    let mut found: Vec<_> = table
        .lines()
        .filter_map(|line| line.split(' ').nth(1))
        .map(unescaped)
        .filter(|path| PLACES.iter().any(|place| path.starts_with(place) && path != Path::new(place)))
        .collect();
    found.sort();
    found.dedup();
    found
}

/// The table writes spaces and the like as a backslash and three octal digits.
fn unescaped(field: &str) -> PathBuf {
    let mut bytes = Vec::with_capacity(field.len());
    let mut rest = field.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let code = after.get(..3).and_then(|digits| std::str::from_utf8(digits).ok());
        match code.and_then(|digits| u8::from_str_radix(digits, 8).ok()).filter(|_| first == b'\\') {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(3..).unwrap_or_default();
            }
            None => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    path(bytes)
}

#[cfg(unix)]
fn path(bytes: Vec<u8>) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    OsString::from_vec(bytes).into()
}

#[cfg(not(unix))]
fn path(bytes: Vec<u8>) -> PathBuf {
    OsString::from(String::from_utf8_lossy(&bytes).into_owned()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sticks_are_what_is_mounted_below_the_known_places() {
        let table = "/dev/sda1 / ext4 rw 0 0\n\
                     tmpfs /media tmpfs rw 0 0\n\
                     /dev/sdc1 /run/media/kiosk/B\\303\\206RBAR vfat rw 0 0\n\
                     /dev/sdb1 /media/kiosk/MY\\040PHOTOS vfat rw 0 0\n\
                     /dev/sdd1 /mediation vfat rw 0 0\nbroken";
        let expected = ["/media/kiosk/MY PHOTOS", "/run/media/kiosk/BÆRBAR"].map(PathBuf::from);
        assert_eq!(removable(table), expected);
    }

    #[test]
    fn a_folder_counts_while_it_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let own = folder.path().join("photos");
        assert!(!present(Some(&own)).contains(&own));
        std::fs::create_dir(&own).unwrap();
        assert!(present(Some(&own)).contains(&own));
    }
}
