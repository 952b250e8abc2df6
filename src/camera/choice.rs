//! Which camera a terminal uses: `webcam`, `webcam:NAME`, `file:PATH` or `synthetic`.

use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;

use super::file::Files;
use super::source::Opener;
use super::synthetic::Synthetic;

/// The variable that names the camera where the settings do not.
pub const VARIABLE: &str = "KORTAUTOMAT_CAMERA";

/// A camera as settings and command line name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// A real camera: the one whose name holds this text, or the first that works.
    #[cfg(feature = "desktop")]
    Webcam(Option<String>),
    /// A picture or a folder of pictures.
    File(PathBuf),
    /// The test pattern.
    Synthetic,
}

/// A text that names no camera.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is none of webcam, webcam:NAME, file:PATH, synthetic")]
pub struct Unknown(pub String);

impl FromStr for Choice {
    type Err = Unknown;

    fn from_str(text: &str) -> Result<Self, Unknown> {
        let (kind, rest) = text.split_once(':').unwrap_or((text, ""));
        match (kind, rest) {
            #[cfg(feature = "desktop")]
            ("webcam", "") => Ok(Self::Webcam(None)),
            #[cfg(feature = "desktop")]
            ("webcam", name) => Ok(Self::Webcam(Some(name.to_owned()))),
            ("file", path) if !path.is_empty() => Ok(Self::File(path.into())),
            ("synthetic", "") => Ok(Self::Synthetic),
            _ => Err(Unknown(text.to_owned())),
        }
    }
}

impl Choice {
    /// What opens this camera.
    pub fn opener(&self) -> Arc<dyn Opener> {
        match self {
            #[cfg(feature = "desktop")]
            Self::Webcam(name) => Arc::new(super::webcam::Webcam::new(name.clone())),
            Self::File(path) => Arc::new(Files::new(path)),
            Self::Synthetic => Arc::new(Synthetic),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cameras_are_named() {
        assert_eq!("synthetic".parse(), Ok(Choice::Synthetic));
        assert_eq!("file:/a:b.jpg".parse(), Ok(Choice::File("/a:b.jpg".into())));
        for wrong in ["", "file:", "camera", "synthetic:2"] {
            assert_eq!(wrong.parse::<Choice>(), Err(Unknown(wrong.to_owned())));
        }
    }
}
