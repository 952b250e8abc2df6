//! Cards as a PDF at true size: CR80 (ISO/IEC 7810 ID-1, 85.60 × 53.98 mm), a page a card, and a page to align the printer.

mod barcode;
mod lettering;

use bytes::Bytes;
use jiff::civil::Date;
use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Rect, Size, Transform};
use krilla::image::Image;
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule};
use krilla::surface::Surface;

use crate::domain::card::Number;
use crate::server::theme::{self, LOGO_PNG, Theme};
use lettering::{Lettering, Weight};

/// Width and height of a card in millimetres.
pub const CARD: (f32, f32) = (85.60, 53.98);

/// Points of a millimetre.
const MM: f32 = 72.0 / 25.4;

/// The photo's place: left, top, width, height in millimetres. The ratio is the crop's, 1200 to 1558.
const PHOTO: (f32, f32, f32, f32) = (5.0, 15.2, 26.2, 34.0);

/// The band at the top, in millimetres.
const BAND: f32 = 11.5;

/// The left edge and width of all beside the photo, in millimetres.
const COLUMN: (f32, f32) = (35.6, 45.0);

/// The barcode's left edge and width in millimetres: a module of 0.48, with more than ten of them free on both sides (ISO/IEC
/// 15417, 4.4).
const BARCODE: (f32, f32) = (36.4, 43.4);

/// Why there is no PDF.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("a page of {0} × {1} mm is not possible")]
    Page(f32, f32),
    #[error("a typeface is damaged")]
    Typeface,
    #[error("a picture cannot be put on a card: {0}")]
    Picture(String),
    #[error("the PDF cannot be written: {0}")]
    Document(String),
    #[error("a barcode cannot be made: {0}")]
    Barcode(String),
    #[error(transparent)]
    Theme(#[from] theme::Error),
}

/// What stands on one card.
#[derive(Debug, Clone)]
pub struct Card {
    pub number: Number,
    /// The name that the person uses.
    pub name: String,
    /// Printed where no typeface of ours can write the other.
    pub legal_name: String,
    pub valid_to: Date,
    /// The photo as a JPEG; none: the photo is gone.
    pub photo: Option<Bytes>,
    /// The number is dead: the page shows that and nothing else.
    pub dead: bool,
}

fn fill(color: [u8; 3]) -> Fill {
    Fill {
        paint: rgb::Color::new(color[0], color[1], color[2]).into(),
        opacity: NormalizedF32::ONE,
        rule: FillRule::default(),
    }
}

/// A filled rectangle, in millimetres.
fn rectangle(surface: &mut Surface<'_>, x: f32, y: f32, width: f32, height: f32, color: [u8; 3]) {
    let mut path = PathBuilder::new();
    let rect = Rect::from_xywh(x * MM, y * MM, width * MM, height * MM);
    if let Some(rect) = rect {
        path.push_rect(rect);
    }
    if let Some(path) = path.finish() {
        surface.set_fill(Some(fill(color)));
        surface.draw_path(&path);
    }
}

/// A picture in a rectangle, in millimetres.
fn picture(surface: &mut Surface<'_>, image: Image, (x, y, width, height): (f32, f32, f32, f32)) {
    if let Some(size) = Size::from_wh(width * MM, height * MM) {
        surface.push_transform(&Transform::from_translate(x * MM, y * MM));
        surface.draw_image(image, size);
        surface.pop();
    }
}

fn point(x: f32, y: f32) -> Point {
    Point::from_xy(x * MM, y * MM)
}

fn page_settings(width: f32, height: f32) -> Result<PageSettings, Error> {
    PageSettings::from_wh(width * MM, height * MM).ok_or(Error::Page(width, height))
}

fn finished(document: Document) -> Result<Vec<u8>, Error> {
    document.finish().map_err(|error| Error::Document(format!("{error:?}")))
}

struct Press {
    theme: Theme,
    lettering: Lettering,
    logo: Image,
}

impl Press {
    fn new() -> Result<Self, Error> {
        Ok(Self {
            theme: Theme::own()?,
            lettering: Lettering::new()?,
            logo: Image::from_png(LOGO_PNG.into(), true).map_err(Error::Picture)?,
        })
    }

    fn front(&self, surface: &mut Surface<'_>, card: &Card) -> Result<(), Error> {
        let colors = &self.theme.light;
        let (ink, muted) = (theme::rgb(&colors.text), theme::rgb(&colors.muted));
        rectangle(surface, 0.0, 0.0, CARD.0, BAND, theme::rgb(&colors.primary));
        rectangle(surface, 0.0, BAND, CARD.0, 0.7, theme::rgb(&colors.accent));
        // the logo's own ground is of the band's colour: a light plate keeps it apart
        rectangle(surface, PHOTO.0, 1.9, 7.7, 7.7, theme::rgb(&colors.surface));
        picture(surface, self.logo.clone(), (PHOTO.0 + 0.35, 2.25, 7.0, 7.0));
        surface.set_fill(Some(fill(theme::rgb(&colors.on_primary))));
        self.lettering.line(surface, point(15.2, 5.6), Weight::Bold, 10.5, "STUDENTKORT");
        self.lettering.line(surface, point(15.2, 9.2), Weight::Regular, 7.5, "STUDENT CARD");
        match &card.photo {
            Some(photo) => {
                let image = Image::from_jpeg(photo.to_vec().into(), true).map_err(Error::Picture)?;
                picture(surface, image, PHOTO);
            }
            None => rectangle(surface, PHOTO.0, PHOTO.1, PHOTO.2, PHOTO.3, theme::rgb(&colors.line)),
        }
        let name = if self.lettering.writes(&card.name) { &card.name } else { &card.legal_name };
        let fitted = self.lettering.fit(name, Weight::Bold, COLUMN.1 * MM, 14.0, 6.0);
        surface.set_fill(Some(fill(ink)));
        let mut baseline = 16.0 + fitted.size * 0.75 / MM;
        for line in &fitted.lines {
            self.lettering.line(surface, point(COLUMN.0, baseline), Weight::Bold, fitted.size, line);
            baseline += fitted.size * 1.15 / MM;
        }
        surface.set_fill(Some(fill(muted)));
        self.lettering.line(surface, point(COLUMN.0, 31.0), Weight::Regular, 6.5, "GYLDIG TIL / VALID UNTIL");
        surface.set_fill(Some(fill(ink)));
        let valid = card.valid_to.strftime("%d.%m.%Y").to_string();
        self.lettering.line(surface, point(COLUMN.0, 35.2), Weight::Bold, 10.0, &valid);
        let modules = barcode::modules(card.number)?;
        let width = BARCODE.1 / modules.len() as f32;
        for (at, _) in modules.iter().enumerate().filter(|(_, dark)| **dark) {
            rectangle(surface, BARCODE.0 + at as f32 * width, 38.2, width, 7.4, [0; 3]);
        }
        surface.set_fill(Some(fill(ink)));
        self.lettering.line(
            surface,
            point(COLUMN.0, 49.0),
            Weight::Medium,
            8.5,
            &format!("M {}", card.number),
        );
        Ok(())
    }

    fn void(&self, surface: &mut Surface<'_>, card: &Card) {
        rectangle(surface, 4.0, 4.0, CARD.0 - 8.0, CARD.1 - 8.0, theme::rgb(&self.theme.light.line));
        surface.set_fill(Some(fill(theme::rgb(&self.theme.light.text))));
        self.lettering.line(surface, point(9.0, 24.0), Weight::Bold, 22.0, "UGYLDIG / VOID");
        self.lettering.line(surface, point(9.0, 33.0), Weight::Medium, 11.0, &format!("M {}", card.number));
    }
}

/// The PDF of a batch: a page a card, in the order given.
pub fn batch(cards: &[Card]) -> Result<Vec<u8>, Error> {
    let press = Press::new()?;
    let mut document = Document::new();
    for card in cards {
        let mut page = document.start_page_with(page_settings(CARD.0, CARD.1)?);
        let mut surface = page.surface();
        if card.dead {
            press.void(&mut surface, card);
        } else {
            press.front(&mut surface, card)?;
        }
        surface.finish();
        page.finish();
    }
    finished(document)
}

/// A page of a card's size with marks every millimetre from each edge: what is missing on the print is how far it is off.
pub fn alignment() -> Result<Vec<u8>, Error> {
    let press = Press::new()?;
    let ink = theme::rgb(&press.theme.light.text);
    let mut document = Document::new();
    let mut page = document.start_page_with(page_settings(CARD.0, CARD.1)?);
    let mut surface = page.surface();
    let line = 0.12;
    for inset in [0.5, 1.0, 2.0, 3.0, 5.0_f32] {
        let (width, height) = (CARD.0 - 2.0 * inset, CARD.1 - 2.0 * inset);
        rectangle(&mut surface, inset, inset, width, line, ink);
        rectangle(&mut surface, inset, inset + height - line, width, line, ink);
        rectangle(&mut surface, inset, inset, line, height, ink);
        rectangle(&mut surface, inset + width - line, inset, line, height, ink);
    }
    let (middle, centre) = (CARD.0 / 2.0, CARD.1 / 2.0);
    rectangle(&mut surface, middle - line / 2.0, 5.0, line, CARD.1 - 10.0, ink);
    rectangle(&mut surface, 5.0, centre - line / 2.0, CARD.0 - 10.0, line, ink);
    // a ruler of 50 mm: to be measured on the printed card
    for mark in 0..=50_u8 {
        let height = if mark % 10 == 0 { 3.0 } else { 1.5 };
        rectangle(
            &mut surface,
            middle - 25.0 + f32::from(mark) - line / 2.0,
            centre - height,
            line,
            height,
            ink,
        );
    }
    surface.set_fill(Some(fill(ink)));
    let text = "85,60 × 53,98 mm · 50 mm · 0,5 1 2 3 5 mm";
    press.lettering.line(&mut surface, point(middle - 25.0, centre + 5.0), Weight::Regular, 7.0, text);
    surface.finish();
    page.finish();
    finished(document)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_the_size_of_a_card() {
        let card = Card {
            number: Number::with_check(123_456_789).unwrap(),
            name: "Øyvind Ødegård".into(),
            legal_name: "Øyvind Ødegård".into(),
            valid_to: jiff::civil::date(2029, 8, 31),
            photo: None,
            dead: false,
        };
        let pdf = batch(&[card.clone(), Card { dead: true, ..card }]).unwrap();
        let text = String::from_utf8_lossy(&pdf);
        let boxes: Vec<_> = text.match_indices("/MediaBox").collect();
        assert_eq!(boxes.len(), 2);
        for (at, _) in boxes {
            let inside = text[at..].split(['[', ']']).nth(1).unwrap();
            let numbers: Vec<f32> = inside.split_whitespace().map(|number| number.parse().unwrap()).collect();
            assert!(
                (numbers[2] / MM - 85.60).abs() < 0.01 && (numbers[3] / MM - 53.98).abs() < 0.01,
                "{inside}"
            );
        }
    }
}
