//! The shape of a theme file.

use iced::Color;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

/// A whole theme file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub name: String,
    /// An SVG file beside this one.
    pub logo: String,
    pub text: Programs<Scale>,
    pub target: Programs<f32>,
    pub space: Space,
    pub radius: Radius,
    pub light: Colors,
    pub dark: Colors,
    pub high_contrast: Colors,
}

/// One value for each program.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Programs<T> {
    pub kiosk: T,
    pub counter: T,
}

/// Sizes of text, pixels.
#[derive(Debug, Clone, Copy, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scale {
    pub caption: f32,
    pub body: f32,
    pub lead: f32,
    pub heading: f32,
    pub title: f32,
    pub display: f32,
}

/// Distances, pixels.
#[derive(Debug, Clone, Copy, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Space {
    pub xs: f32,
    pub s: f32,
    pub m: f32,
    pub l: f32,
    pub xl: f32,
    pub xxl: f32,
}

impl Space {
    pub(super) fn times(self, by: f32) -> Self {
        Self {
            xs: self.xs * by,
            s: self.s * by,
            m: self.m * by,
            l: self.l * by,
            xl: self.xl * by,
            xxl: self.xxl * by,
        }
    }
}

/// Roundness of corners, pixels.
#[derive(Debug, Clone, Copy, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Radius {
    pub small: f32,
    pub medium: f32,
    pub large: f32,
}

impl Radius {
    pub(super) fn times(self, by: f32) -> Self {
        Self { small: self.small * by, medium: self.medium * by, large: self.large * by }
    }
}

macro_rules! colors {
    ($($(#[$meta:meta])* $role:ident),* $(,)?) => {
        /// Colours by role.
        #[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct Colors {
            $($(#[$meta])* #[serde(deserialize_with = "hex")] pub $role: Color,)*
        }
    };
}

colors! {
    background,
    /// Cards and fields.
    surface,
    /// Wells: key caps, the ground of a picture.
    sunken,
    text,
    muted,
    /// Quiet lines that only decorate.
    line,
    /// The outline of a control: 3:1.
    line_strong,
    primary,
    primary_hover,
    primary_pressed,
    on_primary,
    /// The ground of what is chosen.
    primary_soft,
    accent,
    on_accent,
    success,
    success_soft,
    warning,
    warning_soft,
    danger,
    danger_soft,
    on_danger,
    /// The ring around the focused control: 3:1.
    focus,
    /// Over the camera's picture, and under a dialog.
    shade,
    on_shade,
    /// What is right, on the camera's picture.
    lit,
    /// The plastic of a card and what is printed on it, in every scheme.
    paper,
    on_paper,
    /// The light around the camera's picture: as bright as the screen can.
    lamp,
    on_lamp,
}

impl Colors {
    pub(super) fn bare() -> Self {
        let (ink, paper) = (Color::BLACK, Color::WHITE);
        Self {
            background: paper,
            surface: paper,
            sunken: paper,
            text: ink,
            muted: ink,
            line: ink,
            line_strong: ink,
            primary: ink,
            primary_hover: ink,
            primary_pressed: ink,
            on_primary: paper,
            primary_soft: paper,
            accent: paper,
            on_accent: ink,
            success: ink,
            success_soft: paper,
            warning: ink,
            warning_soft: paper,
            danger: ink,
            danger_soft: paper,
            on_danger: paper,
            focus: ink,
            shade: ink,
            on_shade: paper,
            lit: paper,
            paper,
            on_paper: ink,
            lamp: paper,
            on_lamp: ink,
        }
    }
}

/// `#RRGGBB`
fn hex<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Color, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.parse().map_err(|_| D::Error::custom(format!("{text:?} is not a colour like #0B4A5C")))
}
