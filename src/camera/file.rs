//! A picture, or the pictures of a folder, as a camera: for the demo, for tests and where no camera is.

use std::path::{Path, PathBuf};

use super::decode;
use super::pace::Pace;
use super::source::{Error, Leave, Opener, Picture, Source};
use crate::system::Stopwatch;

/// Frames after which the next picture of a folder comes: about five seconds.
const FRAMES_EACH: u32 = 150;
/// Frames after which the file is looked for again: taking it away unplugs this camera.
const FRAMES_BETWEEN_LOOKS: u32 = 15;
/// The largest file that is read, in bytes.
const LARGEST: u64 = 30_000_000;

/// A file or a folder as a camera.
#[derive(Debug, Clone)]
pub struct Files {
    path: PathBuf,
}

impl Files {
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }
}

impl Opener for Files {
    fn open(&self, leave: &Leave) -> Result<Box<dyn Source>, Error> {
        let mut pictures = Vec::new();
        if self.path.is_dir() {
            pictures = std::fs::read_dir(&self.path)
                .map_err(of_io)?
                .filter_map(|entry| entry.ok().map(|entry| entry.path()))
                .filter(|path| is_picture(path))
                .collect();
            pictures.sort();
        } else if self.path.exists() {
            pictures.push(self.path.clone());
        }
        let name = self.path.file_name().unwrap_or(self.path.as_os_str()).to_string_lossy().into_owned();
        let pace = Pace::new(Stopwatch::system());
        let mut roll = Roll { name, leave: leave.clone(), pace, pictures, at: 0, frame: 0, shown: None };
        roll.shown = Some(roll.load()?);
        Ok(Box::new(roll))
    }
}

fn is_picture(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    matches!(ending.as_deref(), Some("jpg" | "jpeg" | "png" | "webp"))
}

fn of_io(error: std::io::Error) -> Error {
    match error.kind() {
        std::io::ErrorKind::NotFound => Error::Missing,
        std::io::ErrorKind::PermissionDenied => Error::NoRights,
        _ => Error::Failed(error.to_string()),
    }
}

struct Roll {
    name: String,
    leave: Leave,
    pace: Pace,
    pictures: Vec<PathBuf>,
    at: usize,
    frame: u32,
    shown: Option<Picture>,
}

impl Roll {
    /// The picture whose turn it is; those that cannot be read are left out.
    fn load(&mut self) -> Result<Picture, Error> {
        loop {
            let count = self.pictures.len();
            let Some(path) = self.pictures.get(self.at % count.max(1)).cloned() else {
                return Err(Error::Missing);
            };
            match read(&path) {
                Ok(picture) => return Ok(picture),
                Err(error) if count == 1 => return Err(error),
                Err(error) => {
                    tracing::warn!(path = %path.display(), %error, "left out of the camera's folder");
                    self.pictures.remove(self.at % count);
                }
            }
        }
    }
}

fn read(path: &Path) -> Result<Picture, Error> {
    if std::fs::metadata(path).map_err(of_io)?.len() > LARGEST {
        return Err(Error::Failed("the file is larger than 30 MB".to_owned()));
    }
    let bytes = std::fs::read(path).map_err(of_io)?;
    decode::decode(&bytes, None).map_err(|error| Error::Failed(error.to_string()))
}

impl Source for Roll {
    fn name(&self) -> &str {
        &self.name
    }

    fn next_frame(&mut self) -> Result<Picture, Error> {
        self.pace.wait(&self.leave);
        self.frame = self.frame.wrapping_add(1);
        if self.frame.is_multiple_of(FRAMES_BETWEEN_LOOKS) {
            let there =
                self.pictures.get(self.at % self.pictures.len().max(1)).is_some_and(|path| path.exists());
            if !there {
                return Err(Error::Unplugged);
            }
        }
        if self.pictures.len() > 1 && self.frame.is_multiple_of(FRAMES_EACH) {
            self.at = (self.at + 1) % self.pictures.len();
            self.shown = Some(self.load()?);
        }
        self.shown.clone().ok_or(Error::Missing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(path: &Path, grey: u8) {
        image::RgbImage::from_pixel(8, 6, image::Rgb([grey; 3])).save(path).unwrap();
    }

    #[test]
    fn a_folder_shows_its_pictures_in_turn_and_leaves_out_what_is_none() {
        let folder = tempfile::tempdir().unwrap();
        picture(&folder.path().join("a.png"), 10);
        std::fs::write(folder.path().join("b.png"), b"not a picture").unwrap();
        picture(&folder.path().join("c.png"), 30);
        std::fs::write(folder.path().join("notes.txt"), b"").unwrap();
        let leave = Leave::default();
        leave.give_up(); // so that nothing waits
        let mut source = Files::new(folder.path()).open(&leave).unwrap();
        let greys: Vec<u8> = (0..310).map(|_| source.next_frame().unwrap().rgb[0]).collect();
        assert_eq!((greys[0], greys[149], greys[299]), (10, 30, 10));
    }

    #[test]
    fn a_file_that_goes_is_unplugged_and_one_that_is_not_there_is_missing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("face.png");
        let leave = Leave::default();
        leave.give_up();
        assert_eq!(Files::new(&path).open(&leave).err(), Some(Error::Missing));
        picture(&path, 50);
        let mut source = Files::new(&path).open(&leave).unwrap();
        source.next_frame().unwrap();
        std::fs::remove_file(&path).unwrap();
        let end = (0..30).find_map(|_| source.next_frame().err());
        assert_eq!(end, Some(Error::Unplugged));
        assert_eq!(Files::new(folder.path()).open(&leave).err(), Some(Error::Missing), "an empty folder");
    }
}
