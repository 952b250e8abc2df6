//! A QR code, drawn.

use iced::advanced::mouse;
use iced::widget::canvas::{self, Geometry};
use iced::{Point, Rectangle, Renderer, Size};
use qrcode::{EcLevel, QrCode};

use crate::desktop::{Element, Theme};

struct Code {
    width: usize,
    dark: Vec<bool>,
}

/// A code of this size in pixels, quiet zone included; none for a text that no code holds.
pub fn view<'a, Message: 'a>(size: f32, text: &str) -> Option<Element<'a, Message>> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let width = code.width();
    let dark = code.to_colors().into_iter().map(|color| color == qrcode::Color::Dark).collect();
    Some(canvas::Canvas::new(Code { width, dark }).width(size).height(size).into())
}

/// Modules of white around the code (ISO/IEC 18004).
const QUIET: usize = 4;

impl<Message> canvas::Program<Message, Theme> for Code {
    type State = ();

    fn draw(
        &self,
        _state: &(),
        renderer: &Renderer,
        theme: &Theme,
        bounds: Rectangle,
        _cursor: mouse::Cursor,
    ) -> Vec<Geometry> {
        let mut frame = canvas::Frame::new(renderer, bounds.size());
        // dark on light whatever the scheme: scanners expect it
        frame.fill_rectangle(Point::ORIGIN, bounds.size(), theme.color.paper);
        let module = (bounds.width / (self.width + 2 * QUIET) as f32).floor().max(1.0);
        let margin = (bounds.width - module * self.width as f32) / 2.0;
        for (at, _) in self.dark.iter().enumerate().filter(|(_, dark)| **dark) {
            let (x, y) = ((at % self.width) as f32, (at / self.width) as f32);
            let corner = Point::new((margin + x * module).round(), (margin + y * module).round());
            frame.fill_rectangle(corner, Size::new(module, module), theme.color.on_paper);
        }
        vec![frame.into_geometry()]
    }
}
