//! Strange and broken pictures (tests/fixtures/corpus), each with the answer that it must get.

use std::collections::BTreeMap;
use std::fs;

use kortautomat::system::Stopwatch;
use kortautomat::vision::intake::{self, Decoded, Error, Limits};

use super::sources;

fn corpus() -> std::path::PathBuf {
    sources::root().join("tests/fixtures/corpus")
}

/// The pictures of a folder and those below it, by their names in the corpus.
fn folder(name: &str) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    sources::walk(&corpus().join(name), &mut |path| {
        let file = path.strip_prefix(corpus()).unwrap().to_string_lossy().replace('\\', "/");
        if !file.ends_with(".LICENSE") {
            files.insert(file, fs::read(path).unwrap());
        }
    });
    assert!(!files.is_empty(), "{name}: no files");
    files
}

fn decode(bytes: &[u8]) -> Result<Decoded, Error> {
    intake::decode(bytes, &Limits::default(), &Stopwatch::system())
}

/// The answer in a word or two: width and height and notes, or the kind of refusal.
fn answer(bytes: &[u8]) -> String {
    match decode(bytes) {
        Ok(Decoded { picture, notes }) => {
            let notes: String = notes.iter().map(|note| format!(" {}", note.code())).collect();
            format!("{}x{}{notes}", picture.width(), picture.height())
        }
        Err(error) => {
            let said = format!("{error:?}");
            said.split(|mark: char| !mark.is_alphanumeric()).next().unwrap().to_owned()
        }
    }
}

#[test]
fn every_picture_gets_its_answer() {
    let table = fs::read_to_string(corpus().join("expected.tsv")).unwrap();
    let expected: BTreeMap<_, _> = table.lines().map(|line| line.split_once('\t').unwrap()).collect();
    let mut files = folder("good");
    files.extend(folder("refused"));
    files.extend(folder("public"));
    let known: Vec<_> = files.keys().map(String::as_str).collect();
    assert_eq!(known, expected.keys().copied().collect::<Vec<_>>());
    let wrong: Vec<_> = files
        .iter()
        .map(|(name, bytes)| (name, answer(bytes), expected[name.as_str()]))
        .filter(|(_, answer, expected)| answer != expected)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    for (name, answer) in expected {
        // a decoder's panic is caught, and still no answer to be content with
        assert_ne!(answer, "Panicked", "{name}");
        let read = answer.starts_with(|first: char| first.is_ascii_digit());
        assert!(if read { !name.starts_with("refused/") } else { !name.starts_with("good/") }, "{name}");
    }
}

#[test]
fn colours_come_out_as_another_colour_management_has_them() {
    let files = folder("colour");
    for (name, bytes) in files.iter().filter(|(name, _)| !name.ends_with(".reference.png")) {
        let Decoded { picture, notes } = decode(bytes).unwrap();
        assert!(notes.is_empty(), "{name}: {notes:?}");
        let reference = decode(&files[&format!("{name}.reference.png")]).unwrap().picture;
        assert_eq!((picture.width(), picture.height()), (reference.width(), reference.height()));
        let pairs = picture.rgb().pixels().zip(reference.rgb().pixels());
        let (most, place) = pairs
            .enumerate()
            .map(|(place, (ours, theirs))| {
                let off = ours.0.iter().zip(theirs.0).map(|(a, b)| a.abs_diff(b)).max().unwrap();
                (off, place)
            })
            .max()
            .unwrap();
        // between the steps of a table of inks each goes its own way
        let allowed = if name == "colour/inks.jpg" { 5 } else { 2 };
        assert!(most <= allowed, "{name}: {most} levels at pixel {place}");
    }
}

#[test]
fn no_picture_is_refused_for_what_stands_beside_it() {
    let plain = fs::read(corpus().join("good/one-pixel.jpg")).unwrap();
    let with = |mark: u8, name: &[u8], block: &[u8]| {
        let length = (name.len() + block.len() + 2) as u16;
        [&plain[..2], &[0xFF, mark], &length.to_be_bytes(), name, block, &plain[2..]].concat()
    };
    for (mark, kind, name) in [(0xE1, "exif", &b"Exif\0\0"[..]), (0xE2, "profile", b"ICC_PROFILE\0\x01\x01")]
    {
        for (file, block) in folder(kind) {
            for end in (0..=block.len()).step_by(1 + block.len() / 200) {
                assert!(decode(&with(mark, name, &block[..end])).is_ok(), "{file} up to {end}");
            }
        }
    }
}
