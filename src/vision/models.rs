//! Finds the files of the networks and makes sure that they are the ones this program was built for.
//!
//! They are fetched by `packaging/models` or come with a package; the networks that read them are in [`super::net`].

use sha2::{Digest, Sha256};
use std::io;
use std::path::{Path, PathBuf};

/// The file could not be had. Running `packaging/models` mends all three.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{file} is in none of {searched:?}")]
    Missing { file: &'static str, searched: Vec<PathBuf> },
    #[error("{} is not the file that was expected", path.display())]
    Altered { file: &'static str, path: PathBuf },
    #[error("{} cannot be read", path.display())]
    Unreadable { file: &'static str, path: PathBuf, source: io::Error },
}

/// A file of the collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Model {
    /// 128² picture → 896 boxes with six points, and their scores.
    FaceDetector,
    /// 256² picture of a face → 478 points, and whether there is a face.
    FaceLandmarks,
    /// 146 points → 52 weights of expressions.
    Expression,
    /// The canonical face, in three dimensions; not a network.
    FaceGeometry,
    /// 256² picture → a mask of the person.
    Person,
    /// 256² picture → background, hair, body skin, face skin, clothes, others. Optional.
    Classes,
    /// 192² picture → hands. Optional.
    Palms,
    /// 192² picture → boxes of faces that are far away. Optional.
    FarFaces,
}

/// What a file must be.
struct Pin {
    file: &'static str,
    len: u64,
    sha256: &'static str,
    optional: bool,
}

impl Model {
    pub const ALL: [Self; 8] = [
        Self::FaceDetector,
        Self::FaceLandmarks,
        Self::Expression,
        Self::FaceGeometry,
        Self::Person,
        Self::Classes,
        Self::Palms,
        Self::FarFaces,
    ];

    /// The name of its file.
    pub fn file(self) -> &'static str {
        self.pin().file
    }

    /// Whether the program works without it: the rules that need it are not judged then.
    pub fn is_optional(self) -> bool {
        self.pin().optional
    }

    fn pin(self) -> Pin {
        let pin = |file, len, sha256| Pin { file, len, sha256, optional: false };
        let optional = |file, len, sha256| Pin { file, len, sha256, optional: true };
        match self {
            Self::FaceDetector => pin(
                "face_detector.tflite",
                229_746,
                "b4578f35940bf5a1a655214a1cce5cab13eba73c1297cd78e1a04c2380b0152f",
            ),
            Self::FaceLandmarks => pin(
                "face_landmarks_detector.tflite",
                2_553_590,
                "c7d54204ce0448474c7f3fa9af494787c0965cbdd6f20fc72867e43046bd43d5",
            ),
            Self::Expression => pin(
                "face_blendshapes.tflite",
                955_312,
                "4f36dded049db18d76048567439b2a7f58f1daabc00d78bfe8f3ad396a2d2082",
            ),
            Self::FaceGeometry => pin(
                "geometry_pipeline_metadata_landmarks.binarypb",
                19_376,
                "bdbcda96dfcb7da883da124aaa2c55dee49770d934f0fcc71747f8c21bdc75b4",
            ),
            Self::Person => pin(
                "selfie_segmentation.tflite",
                249_505,
                "9ee168ec7c8f2a16c56fe8e1cfbc514974cbbb7e434051b455635f1bd1462f5c",
            ),
            Self::Classes => optional(
                "selfie_multiclass_256x256.tflite",
                16_371_837,
                "c6748b1253a99067ef71f7e26ca71096cd449baefa8f101900ea23016507e0e0",
            ),
            Self::Palms => optional(
                "palm_detection_lite.tflite",
                1_985_440,
                "e9a4aaddf90dda56a87235303cf00e4c2d3fb28725f68fd88772997dac905c18",
            ),
            Self::FarFaces => optional(
                "face_detection_full_range_sparse.tflite",
                676_746,
                "2c3728e6da56f21e21a320433396fb06d40d9088f2247c05e5635a688d45dfe1",
            ),
        }
    }
}

/// The folders where the files may lie.
#[derive(Clone, Debug)]
pub struct Library {
    folders: Vec<PathBuf>,
}

impl Library {
    /// The folder in `KORTAUTOMAT_MODELS`; where that is not set `models` beside the program, the user's cache and the
    /// system's folder, in that order.
    pub fn of_this_machine() -> Self {
        if let Some(folder) = std::env::var_os("KORTAUTOMAT_MODELS") {
            return Self::in_folders(vec![folder.into()]);
        }
        let beside = std::env::current_exe().ok().and_then(|program| Some(program.parent()?.join("models")));
        let cache = match std::env::var_os("XDG_CACHE_HOME") {
            Some(cache) => Some(PathBuf::from(cache)),
            None => std::env::home_dir().map(|home| home.join(".cache")),
        };
        let cache = cache.map(|cache| cache.join("kortautomat/models"));
        let system = PathBuf::from("/usr/share/kortautomat/models");
        Self::in_folders(beside.into_iter().chain(cache).chain([system]).collect())
    }

    /// Looks in `folders`, the first one first.
    pub fn in_folders(folders: Vec<PathBuf>) -> Self {
        Self { folders }
    }

    /// The bytes of a file, of the first folder that has it.
    ///
    /// # Errors
    /// Where no folder has it, it cannot be read, or it is not the one that is expected.
    pub fn load(&self, model: Model) -> Result<Vec<u8>, Error> {
        let pin = model.pin();
        for folder in &self.folders {
            match read(&folder.join(pin.file), &pin) {
                Err(Error::Unreadable { source, .. }) if source.kind() == io::ErrorKind::NotFound => {}
                found => return found,
            }
        }
        Err(Error::Missing { file: pin.file, searched: self.folders.clone() })
    }

    /// As [`Self::load`]; `None` for an optional file that is in no folder.
    ///
    /// # Errors
    /// As [`Self::load`].
    pub fn load_if_there(&self, model: Model) -> Result<Option<Vec<u8>>, Error> {
        match self.load(model) {
            Err(Error::Missing { .. }) if model.is_optional() => Ok(None),
            found => found.map(Some),
        }
    }
}

fn read(path: &Path, pin: &Pin) -> Result<Vec<u8>, Error> {
    let file = pin.file;
    let unreadable = |source| Error::Unreadable { file, path: path.to_owned(), source };
    let altered = || Error::Altered { file, path: path.to_owned() };
    // the length first: a wrong file may be any size
    if std::fs::metadata(path).map_err(unreadable)?.len() != pin.len {
        return Err(altered());
    }
    let bytes = std::fs::read(path).map_err(unreadable)?;
    if hex::encode(Sha256::digest(&bytes)) == pin.sha256 { Ok(bytes) } else { Err(altered()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_files_say_where_they_were_looked_for() {
        let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let folders = vec![first.path().to_owned(), second.path().to_owned()];
        let library = Library::in_folders(folders.clone());
        for model in Model::ALL {
            let missing = library.load(model).unwrap_err();
            assert!(
                matches!(&missing, Error::Missing { file, searched } if *file == model.file() && *searched == folders)
            );
            assert_eq!(library.load_if_there(model).is_ok(), model.is_optional());
        }
    }

    #[test]
    fn other_bytes_are_altered_whether_the_length_fits_or_not() {
        let folder = tempfile::tempdir().unwrap();
        let library = Library::in_folders(vec![folder.path().to_owned()]);
        for len in [0, 10, 19_376] {
            std::fs::write(folder.path().join(Model::FaceGeometry.file()), vec![7; len]).unwrap();
            assert!(matches!(library.load(Model::FaceGeometry), Err(Error::Altered { .. })));
        }
        // an altered file is no reason to go without it
        std::fs::write(folder.path().join(Model::Palms.file()), [1]).unwrap();
        assert!(matches!(library.load_if_there(Model::Palms), Err(Error::Altered { .. })));
    }

    #[test]
    fn a_folder_in_the_place_of_a_file_is_unreadable_or_altered() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join(Model::Person.file())).unwrap();
        let library = Library::in_folders(vec![folder.path().to_owned()]);
        assert!(matches!(library.load(Model::Person), Err(Error::Altered { .. } | Error::Unreadable { .. })));
    }
}
