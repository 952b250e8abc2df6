//! The university's colours and logo for cards and web pages, from the same file of tokens as the windows'.

use serde::Deserialize;

const TOKENS: &str = include_str!("../../assets/theme/default.toml");

/// The logo for pages.
pub const LOGO_SVG: &str = include_str!("../../assets/theme/logo.svg");

/// The logo for cards.
pub const LOGO_PNG: &[u8] = include_bytes!("../../assets/theme/logo-card.png");

/// A theme file that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("the theme file is not in the form of assets/theme/default.toml")]
pub struct Error(#[from] toml::de::Error);

/// The light colours, as `#RRGGBB`.
#[derive(Debug, Clone, Deserialize)]
pub struct Theme {
    pub light: Colors,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Colors {
    pub background: String,
    pub surface: String,
    pub text: String,
    pub muted: String,
    pub line: String,
    pub primary: String,
    pub on_primary: String,
    pub accent: String,
}

impl Theme {
    /// The theme that is part of the program.
    pub fn own() -> Result<Self, Error> {
        Ok(toml::from_str(TOKENS)?)
    }
}

/// Red, green and blue of `#RRGGBB`; black where it is none.
pub fn rgb(color: &str) -> [u8; 3] {
    let mut bytes = [0; 3];
    match hex::decode_to_slice(color.trim_start_matches('#'), &mut bytes) {
        Ok(()) => bytes,
        Err(_) => [0; 3],
    }
}
