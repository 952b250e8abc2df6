//! The program with windows. Kiosk and counter share all but the screens.
//!
//! A screen owns its state and answers a message with an `Action`; only the root navigates. Sizes and colours come from
//! the [`theme`], texts from [`crate::texts`], everything that can be pressed from [`widget`].

pub mod boot;
pub mod check;
pub mod counter;
pub mod demo;
pub mod doctor;
pub mod enrol;
pub mod font;
pub mod icon;
pub mod kiosk;
pub mod measure;
pub mod office;
pub mod parcel;
pub mod photo;
pub mod pixels;
pub mod report;
pub mod sound;
pub mod start;
pub mod theme;
pub mod unreadable;
pub mod widget;

pub use theme::Theme;

/// An element in the product's own theme.
pub type Element<'a, Message> = iced::Element<'a, Message, Theme>;
