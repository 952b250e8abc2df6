//! The typefaces, part of the program so that it looks the same everywhere. Licences: `assets/fonts`, `assets/icons`.

use std::borrow::Cow;

use iced::Font;
use iced::font::Weight;

/// The typeface of all texts.
pub const REGULAR: Font = Font::with_name("Inter");
pub const MEDIUM: Font = Font { weight: Weight::Medium, ..REGULAR };
pub const SEMIBOLD: Font = Font { weight: Weight::Semibold, ..REGULAR };
pub const BOLD: Font = Font { weight: Weight::Bold, ..REGULAR };
/// The icons.
pub const ICONS: Font = Font::with_name("lucide");

/// The files to load at the start: Inter, the icons, and Noto Sans for names in other scripts.
pub fn files() -> Vec<Cow<'static, [u8]>> {
    macro_rules! files {
        ($($name:literal),* $(,)?) => {
            vec![$(Cow::Borrowed(include_bytes!(concat!("../../assets/", $name)).as_slice())),*]
        };
    }
    files![
        "fonts/Inter-Regular.otf",
        "fonts/Inter-Medium.otf",
        "fonts/Inter-SemiBold.otf",
        "fonts/Inter-Bold.otf",
        "icons/lucide.ttf",
        "fonts/NotoSansArabic-Regular.ttf",
        "fonts/NotoSansArmenian-Regular.ttf",
        "fonts/NotoSansBengali-Regular.ttf",
        "fonts/NotoSansDevanagari-Regular.ttf",
        "fonts/NotoSansEthiopic-Regular.ttf",
        "fonts/NotoSansGeorgian-Regular.ttf",
        "fonts/NotoSansHebrew-Regular.ttf",
        "fonts/NotoSansTamil-Regular.ttf",
        "fonts/NotoSansThai-Regular.ttf",
    ]
}
