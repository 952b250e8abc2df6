//! Colours, sizes and the logo, all from one file of tokens (`assets/theme/default.toml`) that a university replaces.
//! Screens name roles, never values.

mod catalog;
pub mod style;
mod tokens;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use iced::theme::{Base, Mode, Palette};
use iced::widget::svg;

pub use tokens::{Colors, Scale, Space};

/// Which colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scheme {
    #[default]
    Light,
    Dark,
    HighContrast,
}

impl Scheme {
    /// The one after this, in a circle.
    pub fn next(self) -> Self {
        match self {
            Self::Light => Self::Dark,
            Self::Dark => Self::HighContrast,
            Self::HighContrast => Self::Light,
        }
    }
}

/// Which sizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Density {
    /// Large, for fingers and for reading at an arm's length.
    Kiosk,
    /// Dense, for a day's work with keyboard and scanner.
    Counter,
}

/// A theme file that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{0} cannot be read")]
    Read(PathBuf, #[source] std::io::Error),
    #[error("the theme file is not in the form of assets/theme/default.toml")]
    Form(#[from] toml::de::Error),
}

/// A university's look, as read from its theme file.
#[derive(Debug, Clone)]
pub struct Brand {
    tokens: Arc<tokens::File>,
    logo: svg::Handle,
}

impl Brand {
    /// The look that is part of the program.
    pub fn own() -> Result<Self, Error> {
        let tokens = toml::from_str(include_str!("../../assets/theme/default.toml"))?;
        let logo = include_bytes!("../../assets/theme/logo.svg").as_slice();
        Ok(Self { tokens: Arc::new(tokens), logo: svg::Handle::from_memory(logo) })
    }

    /// The look of a theme file; its logo stands beside it.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let read = |path: &Path| std::fs::read(path).map_err(|error| Error::Read(path.to_owned(), error));
        let text = String::from_utf8_lossy(&read(path)?).into_owned();
        let tokens: tokens::File = toml::from_str(&text)?;
        let logo = read(&path.with_file_name(&tokens.logo))?;
        Ok(Self { tokens: Arc::new(tokens), logo: svg::Handle::from_memory(logo) })
    }

    /// The theme for a program and the chosen colours.
    pub fn theme(&self, density: Density, scheme: Scheme) -> Theme {
        let file = &self.tokens;
        let (text, target, half) = match density {
            Density::Kiosk => (file.text.kiosk, file.target.kiosk, 1.0),
            Density::Counter => (file.text.counter, file.target.counter, 0.5),
        };
        Theme {
            name: Arc::from(file.name.as_str()),
            scheme,
            density,
            color: match scheme {
                Scheme::Light => file.light,
                Scheme::Dark => file.dark,
                Scheme::HighContrast => file.high_contrast,
            },
            text,
            space: file.space.times(half),
            radius: file.radius.times(half),
            target,
            logo: self.logo.clone(),
            lit: false,
        }
    }
}

/// What everything is drawn with.
#[derive(Debug, Clone)]
pub struct Theme {
    name: Arc<str>,
    pub scheme: Scheme,
    pub density: Density,
    pub color: Colors,
    pub text: Scale,
    pub space: Space,
    pub radius: tokens::Radius,
    /// The smallest height of a control, pixels.
    pub target: f32,
    pub logo: svg::Handle,
    /// The window is a lamp: see [`Theme::lit`].
    pub lit: bool,
}

impl Theme {
    /// The same on a ground that lights the person in front of it.
    pub fn lit(mut self) -> Self {
        (self.color.background, self.color.text) = (self.color.lamp, self.color.on_lamp);
        Self { lit: true, ..self }
    }

    /// The width of the ring around the focused control, pixels.
    pub fn ring(&self) -> f32 {
        match self.density {
            Density::Kiosk => 5.0,
            Density::Counter => 3.0,
        }
    }
}

impl Base for Theme {
    /// Only asked for where a program names no theme of its own; ours always do.
    fn default(preference: Mode) -> Self {
        let scheme = if preference == Mode::Dark { Scheme::Dark } else { Scheme::Light };
        Brand::own().map_or_else(|_| Self::bare(), |brand| brand.theme(Density::Kiosk, scheme))
    }

    fn mode(&self) -> Mode {
        if self.scheme == Scheme::Light { Mode::Light } else { Mode::Dark }
    }

    fn base(&self) -> iced::theme::Style {
        iced::theme::Style { background_color: self.color.background, text_color: self.color.text }
    }

    fn palette(&self) -> Option<Palette> {
        Some(Palette {
            background: self.color.background,
            text: self.color.text,
            primary: self.color.primary,
            success: self.color.success,
            warning: self.color.warning,
            danger: self.color.danger,
        })
    }

    fn name(&self) -> &str {
        &self.name
    }
}

impl Theme {
    /// Black on white, for the case that the program's own file were broken.
    fn bare() -> Self {
        Self {
            name: Arc::from("bare"),
            scheme: Scheme::Light,
            density: Density::Kiosk,
            color: Colors::bare(),
            text: Scale::default(),
            space: Space::default(),
            radius: tokens::Radius::default(),
            target: 96.0,
            logo: svg::Handle::from_memory(Vec::new()),
            lit: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use iced::Color;

    /// WCAG 2.1, relative luminance and contrast ratio.
    fn contrast(a: Color, b: Color) -> f32 {
        let luminance = |color: Color| {
            let [r, g, b, _] = color.into_linear();
            0.2126 * r + 0.7152 * g + 0.0722 * b
        };
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn every_text_has_a_contrast_of_seven() {
        let brand = Brand::own().unwrap();
        for scheme in [Scheme::Light, Scheme::Dark, Scheme::HighContrast] {
            let c = brand.theme(Density::Kiosk, scheme).color;
            for (what, text, ground) in [
                ("text", c.text, c.background),
                ("text on surface", c.text, c.surface),
                ("text on sunken", c.text, c.sunken),
                ("muted", c.muted, c.background),
                ("muted on surface", c.muted, c.surface),
                ("primary button", c.on_primary, c.primary),
                ("hovered button", c.on_primary, c.primary_hover),
                ("pressed button", c.on_primary, c.primary_pressed),
                ("primary text", c.primary, c.background),
                ("chosen", c.text, c.primary_soft),
                ("primary on soft", c.primary, c.primary_soft),
                ("accent", c.on_accent, c.accent),
                ("success", c.success, c.success_soft),
                ("warning", c.warning, c.warning_soft),
                ("danger", c.danger, c.danger_soft),
                ("danger button", c.on_danger, c.danger),
                ("over the camera", c.on_shade, c.shade),
            ] {
                let ratio = contrast(text, ground);
                assert!(ratio >= 7.0, "{scheme:?}: {what} has only {ratio:.1}");
            }
            for ground in [c.background, c.surface] {
                let (ring, line) = (contrast(c.focus, ground), contrast(c.line_strong, ground));
                assert!(ring >= 3.0 && line >= 3.0, "{scheme:?}: focus ring {ring:.1}, line {line:.1}");
            }
        }
    }
}
