//! Which files are meant, and their bytes.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::vision::intake::{self, Limits};

/// Endings of files that are taken from a folder; the content decides what they are.
const PICTURES: [&str; 6] = ["jpg", "jpeg", "png", "webp", "heic", "heif"];

/// The photo itself, or the pictures in a folder, sorted, without those in folders below.
pub fn expanded(path: &Path) -> io::Result<Vec<PathBuf>> {
    if !fs::metadata(path)?.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut found = Vec::new();
    for entry in fs::read_dir(path)? {
        let path = entry?.path();
        let ending = path.extension().and_then(OsStr::to_str).map(str::to_ascii_lowercase);
        if ending.is_some_and(|ending| PICTURES.contains(&ending.as_str())) && path.is_file() {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// The bytes of a file; what is too large is not read.
pub fn read(path: &Path, limits: &Limits) -> io::Result<Result<Vec<u8>, intake::Error>> {
    let file = File::open(path)?;
    let length = usize::try_from(file.metadata()?.len()).unwrap_or(usize::MAX);
    if length > limits.max_bytes {
        return Ok(Err(intake::Error::TooManyBytes { bytes: length, limit: limits.max_bytes }));
    }
    let mut bytes = Vec::with_capacity(length);
    // a device has no length and no end
    file.take(limits.max_bytes as u64 + 1).read_to_end(&mut bytes)?;
    Ok(Ok(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_their_pictures_in_order() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.JPG", "a.webp", "notes.txt", "c"] {
            fs::write(folder.path().join(name), "x").unwrap();
        }
        fs::create_dir(folder.path().join("z.png")).unwrap();
        let found = expanded(folder.path()).unwrap();
        let names: Vec<_> = found.iter().filter_map(|path| path.file_name()).collect();
        assert_eq!(names, ["a.webp", "b.JPG"]);
        assert_eq!(expanded(&folder.path().join("c")).unwrap().len(), 1);
        assert!(expanded(&folder.path().join("d")).is_err());
    }
}
