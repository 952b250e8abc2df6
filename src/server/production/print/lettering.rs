//! Text on a card: embedded typefaces, the right one for each script, fitted to the width there is.

use krilla::geom::Point;
use krilla::surface::Surface;
use krilla::text::{Font, TextDirection};
use rustybuzz::{Face, UnicodeBuffer};

use super::Error;

/// How heavy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    Regular,
    Medium,
    Bold,
}

macro_rules! typeface {
    ($name:literal) => {
        include_bytes!(concat!("../../../../assets/fonts/", $name))
    };
}

const REGULAR: &[u8] = typeface!("Inter-Regular.otf");
const MEDIUM: &[u8] = typeface!("Inter-Medium.otf");
const BOLD: &[u8] = typeface!("Inter-Bold.otf");

/// For scripts that the first typeface does not have.
const OTHERS: [&[u8]; 9] = [
    typeface!("NotoSansArabic-Regular.ttf"),
    typeface!("NotoSansArmenian-Regular.ttf"),
    typeface!("NotoSansBengali-Regular.ttf"),
    typeface!("NotoSansDevanagari-Regular.ttf"),
    typeface!("NotoSansEthiopic-Regular.ttf"),
    typeface!("NotoSansGeorgian-Regular.ttf"),
    typeface!("NotoSansHebrew-Regular.ttf"),
    typeface!("NotoSansTamil-Regular.ttf"),
    typeface!("NotoSansThai-Regular.ttf"),
];

/// A typeface twice: to measure with and to embed.
struct Typeface {
    face: Face<'static>,
    font: Font,
}

impl Typeface {
    fn new(bytes: &'static [u8]) -> Result<Self, Error> {
        Ok(Self {
            face: Face::from_slice(bytes, 0).ok_or(Error::Typeface)?,
            font: Font::new(bytes.into(), 0).ok_or(Error::Typeface)?,
        })
    }

    fn has(&self, character: char) -> bool {
        self.face.glyph_index(character).is_some()
    }

    /// The width of a text in ems.
    fn width(&self, text: &str) -> f32 {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        let shaped = rustybuzz::shape(&self.face, &[], buffer);
        let units: i32 = shaped.glyph_positions().iter().map(|glyph| glyph.x_advance).sum();
        units as f32 / self.face.units_per_em() as f32
    }
}

/// A text as it fits: its lines and their size in points.
#[derive(Debug, Clone, PartialEq)]
pub struct Fitted {
    pub lines: Vec<String>,
    pub size: f32,
}

/// All typefaces.
pub struct Lettering {
    regular: Typeface,
    medium: Typeface,
    bold: Typeface,
    others: Vec<Typeface>,
}

impl Lettering {
    pub fn new() -> Result<Self, Error> {
        Ok(Self {
            regular: Typeface::new(REGULAR)?,
            medium: Typeface::new(MEDIUM)?,
            bold: Typeface::new(BOLD)?,
            others: OTHERS.into_iter().map(Typeface::new).collect::<Result<_, _>>()?,
        })
    }

    fn first(&self, weight: Weight) -> &Typeface {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Medium => &self.medium,
            Weight::Bold => &self.bold,
        }
    }

    fn for_character(&self, weight: Weight, character: char) -> Option<&Typeface> {
        std::iter::once(self.first(weight)).chain(&self.others).find(|typeface| typeface.has(character))
    }

    /// Whether every character of a text can be written.
    pub fn writes(&self, text: &str) -> bool {
        text.chars().all(|character| self.for_character(Weight::Bold, character).is_some())
    }

    /// The text in runs of one typeface each; spaces stay with the run before them.
    fn runs<'t>(&self, weight: Weight, text: &'t str) -> Vec<(&Typeface, &'t str)> {
        let mut runs: Vec<(&Typeface, usize)> = Vec::new();
        for (at, character) in text.char_indices() {
            let typeface = match runs.last() {
                Some((last, _)) if character == ' ' => *last,
                _ => self.for_character(weight, character).unwrap_or(self.first(weight)),
            };
            if runs.last().is_none_or(|(last, _)| !std::ptr::eq(*last, typeface)) {
                runs.push((typeface, at));
            }
        }
        let ends = runs.iter().skip(1).map(|(_, start)| *start).chain([text.len()]);
        runs.iter()
            .zip(ends)
            .filter_map(|((typeface, start), end)| Some((*typeface, text.get(*start..end)?)))
            .collect()
    }

    /// The width of a line in ems.
    fn width(&self, weight: Weight, text: &str) -> f32 {
        self.runs(weight, text).iter().map(|(typeface, run)| typeface.width(run)).sum()
    }

    /// Draws a line from its baseline's start, in the surface's colour.
    pub fn line(&self, surface: &mut Surface<'_>, start: Point, weight: Weight, size: f32, text: &str) {
        let mut x = start.x;
        for (typeface, run) in self.runs(weight, text) {
            let at = Point::from_xy(x, start.y);
            surface.draw_text(at, typeface.font.clone(), size, run, false, TextDirection::Auto);
            x += typeface.width(run) * size;
        }
    }

    /// Fits a text into at most two lines of this width in points: as large as it goes, in one line where that costs nothing,
    /// divided where both lines are shortest. What is too long even at the smallest size is divided inside a word.
    pub fn fit(&self, text: &str, weight: Weight, width: f32, largest: f32, smallest: f32) -> Fitted {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let size_of = |lines: &[&str]| {
            let widest = lines.iter().map(|line| self.width(weight, line)).fold(0.01, f32::max);
            (width / widest).min(largest)
        };
        let mut best = (size_of(&[&text]), vec![text.as_str()]);
        let spaces = text.match_indices([' ', '-']).map(|(at, found)| (at, found == " "));
        for (at, space) in spaces {
            // a hyphen stays at the end of its line
            let Some((first, second)) = text.split_at_checked(at + 1) else { continue };
            let first = if space { first.trim_end() } else { first };
            let size = size_of(&[first, second]);
            if size > best.0 {
                best = (size, vec![first, second]);
            }
        }
        if best.0 < smallest {
            let middle = text.chars().count().div_ceil(2);
            let at = text.char_indices().nth(middle).map_or(text.len(), |(at, _)| at);
            let (first, second) = text.split_at(at);
            let size = size_of(&[first, second]);
            if size > best.0 {
                best = (size, vec![first, second]);
            }
        }
        Fitted { lines: best.1.into_iter().map(str::to_owned).collect(), size: best.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_any_length_and_script_fit() {
        let lettering = Lettering::new().unwrap();
        for (name, lines) in [
            ("Suharto", 1),
            ("Øyvind Ødegård", 1),
            ("Anne-Kristine Margrethe Fredriksen von Hohenlohe-Waldenburg", 2),
            ("Олена Власенко", 1),
            ("محمد الأحمد", 1),
            ("მარიამ ბერიძე", 1),
        ] {
            assert!(lettering.writes(name), "{name}");
            let fitted = lettering.fit(name, Weight::Bold, 128.0, 14.0, 6.0);
            assert!(fitted.size >= 6.0, "{name}: {fitted:?}");
            assert!(fitted.lines.len() >= lines, "{name}: {fitted:?}");
            for line in &fitted.lines {
                assert!(lettering.width(Weight::Bold, line) * fitted.size <= 128.5, "{name}: {fitted:?}");
            }
        }
        assert!(!lettering.writes("王小明"));
        let one_word = "W".repeat(60);
        let fitted = lettering.fit(&one_word, Weight::Bold, 128.0, 14.0, 6.0);
        assert_eq!(fitted.lines.len(), 2);
    }
}
