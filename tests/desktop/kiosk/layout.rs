//! Every screen, upright and lying, in three languages: nothing outside of the window, nothing on top of anything else, every
//! target large enough for a finger.

use std::path::Path;

use iced::Size;
use kortautomat::desktop::kiosk::preset;
use kortautomat::desktop::report::Control;
use kortautomat::domain::person::Language;

use super::{UPRIGHT, app, layout, simulator};

const LYING: Size = Size::new(1920.0, 1080.0);
/// Where the screens are written as pictures, for looking at them.
const PICTURES: &str = "KORTAUTOMAT_SCREENS";
/// Pixels, at the design size.
const FINGER: f32 = 88.0;

fn overlap(a: &Control, b: &Control) -> bool {
    let apart = |start: f32, length: f32, other: f32, other_length: f32| {
        start + length <= other + 0.5 || other + other_length <= start + 0.5
    };
    let ([ax, ay, aw, ah], [bx, by, bw, bh]) = (a.bounds, b.bounds);
    !apart(ax, aw, bx, bw) && !apart(ay, ah, by, bh)
}

#[test]
fn every_screen_fits_in_every_language_upright_and_lying() {
    let mut wrong = Vec::new();
    for language in Language::ALL {
        for (name, screen) in preset::ALL {
            for size in [UPRIGHT, LYING] {
                let mut app = app(name, language);
                app.fit(size);
                let laid = layout(&app, size);
                assert_eq!(laid.screen, screen, "{name}");
                if let Some(folder) = std::env::var_os(PICTURES) {
                    let side = if size == LYING { "lying" } else { "upright" };
                    let file = Path::new(&folder).join(format!("{name}-{}-{side}", language.tag()));
                    simulator(&app, size).snapshot(&app.theme()).unwrap().matches_image(file).unwrap();
                }
                let at =
                    format!("{name} {} {}", language.tag(), if size == LYING { "lying" } else { "upright" });
                for control in &laid.controls {
                    let [x, y, width, height] = control.bounds;
                    if x < -0.5 || y < -0.5 || x + width > size.width + 0.5 || y + height > size.height + 0.5
                    {
                        wrong.push(format!("{at}: {} leaves the window: {:?}", control.id, control.bounds));
                    }
                    if height < FINGER || width < 72.0 {
                        wrong.push(format!("{at}: {} is small: {:?}", control.id, control.bounds));
                    }
                    if control.label.trim().is_empty() {
                        wrong.push(format!("{at}: {} has no label", control.id));
                    }
                }
                for (at_first, a) in laid.controls.iter().enumerate() {
                    for b in laid.controls.iter().skip(at_first + 1) {
                        if overlap(a, b) {
                            wrong.push(format!("{at}: {} and {} overlap", a.id, b.id));
                        }
                        if a.id == b.id {
                            wrong.push(format!("{at}: {} is there twice", a.id));
                        }
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong.join("\n"));
}
