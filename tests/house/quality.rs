//! Faults of the picture itself, on portraits of light and of dark skin with the real networks: each is named, and the
//! untouched portrait has none of them.

use image::codecs::jpeg::JpegEncoder;
use image::{Rgb, RgbImage, imageops};
use kortautomat::domain::photo::{Rule, Weight};
use kortautomat::vision::judge::{Judge, Report};
use kortautomat::vision::picture::Picture;

use super::photos::{broken, check, judge, photo};

const SKINS: [&str; 3] = ["composite_m-african.jpg", "composite_f-easian.jpg", "composite_m-white.jpg"];

/// The pupils, by the region of the rule about eyes.
fn pupils(report: &Report) -> [[f32; 2]; 2] {
    let eyes =
        report.measured.rules.iter().find(|value| value.rule == Rule::EyesOpen).unwrap().region.unwrap();
    let apart = report.measured.detail("inter_eye_distance").unwrap();
    let middle = [eyes.x + eyes.width / 2.0, eyes.y + eyes.height / 2.0];
    [[middle[0] - apart / 2.0, middle[1]], [middle[0] + apart / 2.0, middle[1]]]
}

/// Each pixel from its place and what it was.
fn changed(picture: &RgbImage, change: impl Fn(f32, f32, [f32; 3]) -> [f32; 3]) -> RgbImage {
    RgbImage::from_fn(picture.width(), picture.height(), |x, y| {
        let pixel = change(x as f32, y as f32, picture.get_pixel(x, y).0.map(f32::from));
        Rgb(pixel.map(|value| value.round().clamp(0.0, 255.0) as u8))
    })
}

/// The portrait's change that breaks each rule.
fn faults(picture: &RgbImage, report: &Report) -> Vec<(Rule, RgbImage)> {
    let pupils = pupils(report);
    let apart = pupils[1][0] - pupils[0][0];
    let (eye_row, middle) = (pupils[0][1], pupils[0][0] + apart / 2.0);
    let away = |x: f32, y: f32, [cx, cy]: [f32; 2]| (x - cx).hypot(y - cy);
    let chance = |x: f32, y: f32| {
        let mixed = (x as u32).wrapping_mul(73_856_093) ^ (y as u32).wrapping_mul(19_349_663);
        let mixed = mixed.wrapping_mul(2_654_435_761) ^ (mixed >> 13);
        (mixed.wrapping_mul(2_246_822_519) >> 8) as f32 / (1 << 23) as f32 - 1.0
    };
    let length = (0.13 * apart) as u32;
    let moved = RgbImage::from_fn(picture.width(), picture.height(), |x, y| {
        let sum = (0..length).fold([0_u32; 3], |sum, step| {
            let pixel = picture.get_pixel((x + step).min(picture.width() - 1), y).0;
            [0, 1, 2].map(|channel| sum[channel] + u32::from(pixel[channel]))
        });
        Rgb(sum.map(|value| (value / length) as u8))
    });
    let mut compressed = Vec::new();
    JpegEncoder::new_with_quality(&mut compressed, 8).encode_image(picture).unwrap();
    let small = imageops::resize(picture, 120, 120, imageops::FilterType::Triangle);
    let smooth = imageops::blur(picture, 0.04 * apart);
    let mut print = RgbImage::from_pixel(picture.width() + 260, picture.height() + 260, Rgb([110, 80, 60]));
    let paper = RgbImage::from_pixel(picture.width() + 100, picture.height() + 100, Rgb([248; 3]));
    imageops::replace(&mut print, &paper, 80, 80);
    imageops::replace(&mut print, picture, 130, 130);
    // so much that even the darkest channel of the cheeks is burnt out
    let cheek = picture.get_pixel((middle - 0.45 * apart) as u32, (eye_row + 0.6 * apart) as u32).0;
    let brighter = 320.0 / f32::from(cheek.into_iter().min().unwrap_or(255).max(1));
    let waves = |x: f32, y: f32| (1.15 * x + 0.35 * y).sin() + (0.3 * x - 1.2 * y).sin();
    vec![
        (Rule::Exposure, changed(picture, |_, _, pixel| pixel.map(|value| 0.08 * value))),
        (Rule::Exposure, changed(picture, |_, _, pixel| pixel.map(|value| value * brighter))),
        (
            Rule::DynamicRange,
            changed(picture, |_, _, pixel| pixel.map(|value| 110.0 + 0.2 * (value - 110.0))),
        ),
        (
            Rule::EvenLight,
            changed(picture, |x, _, pixel| {
                let light = (0.65 + 0.7 * (x - middle) / apart).clamp(0.15, 1.0);
                pixel.map(|value| light * value)
            }),
        ),
        (
            Rule::HotSpots,
            changed(picture, |x, y, pixel| {
                let spots = [[middle, eye_row - 0.6 * apart], [middle - 0.5 * apart, eye_row + 0.5 * apart]];
                if spots.iter().any(|spot| away(x, y, *spot) < 0.25 * apart) { [252.0; 3] } else { pixel }
            }),
        ),
        (Rule::Sharp, imageops::blur(picture, 0.02 * apart)),
        (Rule::MotionBlur, moved),
        (Rule::Noise, changed(picture, |x, y, pixel| pixel.map(|value| value + 30.0 * chance(x, y)))),
        (Rule::Compression, image::load_from_memory(&compressed).unwrap().into_rgb8()),
        (
            Rule::Pixelation,
            imageops::resize(&small, picture.width(), picture.height(), imageops::FilterType::Nearest),
        ),
        (Rule::ColourCast, changed(picture, |_, _, [red, green, blue]| [red, 0.85 * green, 0.6 * blue])),
        (
            Rule::Greyscale,
            changed(picture, |_, _, [red, green, blue]| [0.3 * red + 0.6 * green + 0.1 * blue; 3]),
        ),
        (
            Rule::RedEye,
            changed(picture, |x, y, pixel| {
                let pupil = pupils.iter().any(|pupil| away(x, y, *pupil) < 0.07 * apart);
                if pupil { [210.0, 40.0, 35.0] } else { pixel }
            }),
        ),
        (Rule::PhotoOfPhoto, print),
        (
            Rule::PhotoOfPhoto,
            changed(picture, |x, y, pixel| pixel.map(|value| value * (1.0 + 0.06 * waves(x, y)))),
        ),
        (
            Rule::HeavyEdit,
            changed(picture, |x, y, pixel| {
                let kept = pupils.iter().any(|pupil| away(x, y, *pupil) < 0.3 * apart);
                if kept { pixel } else { smooth.get_pixel(x as u32, y as u32).0.map(f32::from) }
            }),
        ),
    ]
}

fn names(judge: &mut Judge, rule: Rule, picture: RgbImage) -> bool {
    broken(&check(judge, &Picture::new(picture))).iter().any(|(found, _)| *found == rule)
}

#[test]
fn faults_of_the_picture_are_named_on_any_skin() {
    let mut judge = judge();
    let mut missed = Vec::new();
    for name in SKINS {
        let picture = photo(name);
        let report = check(&mut judge, &picture);
        for (rule, fault) in faults(picture.rgb(), &report) {
            assert!(!broken(&report).iter().any(|(found, _)| *found == rule), "{name}: {}", rule.code());
            if !names(&mut judge, rule, fault) {
                missed.push((name, rule.code()));
            }
        }
    }
    assert!(missed.is_empty(), "{missed:?}");
}

#[test]
fn what_leaves_no_features_is_refused() {
    let mut judge = judge();
    let picture = photo("composite_f-multi.jpg");
    let smeared = check(&mut judge, &Picture::new(imageops::blur(picture.rgb(), 8.0)));
    assert!(broken(&smeared).contains(&(Rule::Sharp, Weight::Hard)), "{:?}", smeared.findings);
    let grey = changed(picture.rgb(), |_, _, [red, green, blue]| [0.3 * red + 0.6 * green + 0.1 * blue; 3]);
    let grey = check(&mut judge, &Picture::new(grey));
    assert!(broken(&grey).contains(&(Rule::Greyscale, Weight::Hard)), "{:?}", grey.findings);
}

#[test]
fn poor_light_and_a_near_camera_are_named_on_natural_pictures() {
    let mut judge = judge();
    let dim = check(&mut judge, &photo("lisa_lisa2.jpg"));
    assert!(broken(&dim).contains(&(Rule::Sharp, Weight::Soft)), "{:?}", dim.findings);
    let near = check(&mut judge, &photo("zoom_15cm.jpg"));
    let far = check(&mut judge, &photo("zoom_60cm.jpg"));
    let nearness = |report: &Report| report.measured.value(Rule::CameraDistance).unwrap();
    assert!(nearness(&near) > nearness(&far) + 0.4);
}
