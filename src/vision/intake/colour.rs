//! From the colours that a file means to sRGB, which is what the rules, the card printer and every screen here expect.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use moxcms::{
    Chromaticity, CicpProfile, ColorPrimaries, ColorProfile, Layout, MatrixCoefficients, RenderingIntent,
    ToneReprCurve, TransferCharacteristics, Transform8BitExecutor, Transform16BitExecutor, TransformOptions,
    curve_from_gamma,
};

/// How many pixels are converted at once: small enough for the processor's cache.
const STRETCH: usize = 1024;

/// What one pixel's samples are. Cyan, magenta, yellow and black are shares of ink: 255 is full.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Samples {
    Grey,
    Rgb,
    Cmyk,
}

impl Samples {
    pub const fn count(self) -> usize {
        match self {
            Self::Grey => 1,
            Self::Rgb => 3,
            Self::Cmyk => 4,
        }
    }

    const fn layout(self) -> Layout {
        match self {
            Self::Grey => Layout::Gray,
            Self::Rgb => Layout::Rgb,
            Self::Cmyk => Layout::Rgba,
        }
    }
}

/// What a file says about its colours.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Claim<'a> {
    /// sRGB, or nothing.
    Srgb,
    /// An ICC profile (ISO 15076-1).
    Profile(&'a [u8]),
    AdobeRgb,
    /// Code points of ITU-T H.273 for primaries and transfer.
    CodePoints {
        primaries: u8,
        transfer: u8,
    },
    /// A gamma, and white, red, green and blue in CIE x and y where they are said (PNG's gAMA and cHRM).
    Gamma {
        gamma: f32,
        chromaticities: Option<[[f32; 2]; 4]>,
    },
}

/// The claim cannot be followed: the profile is broken, for another kind of picture, or for light that no screen here has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotUnderstood;

/// Turns samples into sRGB.
pub struct Colours {
    samples: Samples,
    transform: Option<Transform>,
}

struct Transform {
    eight: Arc<Transform8BitExecutor>,
    /// Made only for files that have sixteen bits.
    sixteen: Option<Arc<Transform16BitExecutor>>,
}

impl Colours {
    /// The samples as they are; inks as plain shares of light that they swallow.
    pub const fn plain(samples: Samples) -> Self {
        Self { samples, transform: None }
    }

    /// What the claim says. `sixteen` asks for [`Self::convert_sixteen`] too.
    pub fn claimed(claim: Claim<'_>, samples: Samples, sixteen: bool) -> Result<Self, NotUnderstood> {
        // profiles are foreign bytes like the picture: a panic over one is a profile that says nothing
        catch_unwind(AssertUnwindSafe(|| {
            let Some(profile) = profile(claim, samples)? else { return Ok(Self::plain(samples)) };
            let transform = Transform::new(&profile, samples, sixteen).ok_or(NotUnderstood)?;
            let plain = samples != Samples::Cmyk && transform.changes_nothing(samples)?;
            Ok(Self { samples, transform: (!plain).then_some(transform) })
        }))
        .unwrap_or(Err(NotUnderstood))
    }

    /// Whether [`Self::convert`] would only copy.
    pub fn copies(&self) -> bool {
        self.transform.is_none() && self.samples == Samples::Rgb
    }

    /// Converts whole pixels; as many as both have room for.
    pub fn convert(&self, from: &[u8], rgb: &mut [u8]) {
        let per = self.samples.count();
        for (from, rgb) in from.chunks(STRETCH * per).zip(rgb.chunks_mut(STRETCH * 3)) {
            let converted =
                self.transform.as_ref().is_some_and(|transform| transform.eight.transform(from, rgb).is_ok());
            if converted {
                continue;
            }
            let pixels = from.chunks_exact(per).zip(rgb.chunks_exact_mut(3));
            match self.samples {
                Samples::Grey => pixels.for_each(|(from, rgb)| rgb.fill(from[0])),
                Samples::Rgb => pixels.for_each(|(from, rgb)| rgb.copy_from_slice(from)),
                Samples::Cmyk => pixels.for_each(|(from, rgb)| {
                    let light = 255 - u16::from(from[3]);
                    for (to, &ink) in rgb.iter_mut().zip(from) {
                        *to = (((255 - u16::from(ink)) * light + 127) / 255) as u8;
                    }
                }),
            }
        }
    }

    /// As [`Self::convert`], from sixteen bits: rounded once, at the end.
    pub fn convert_sixteen(&self, from: &[u16], rgb: &mut [u8]) {
        let per = self.samples.count();
        let mut wide = [0_u16; STRETCH * 3];
        for (from, rgb) in from.chunks(STRETCH * per).zip(rgb.chunks_mut(STRETCH * 3)) {
            let wide = &mut wide[..rgb.len().min(STRETCH * 3)];
            let transform = self.transform.as_ref().and_then(|transform| transform.sixteen.as_ref());
            let converted = transform.is_some_and(|transform| transform.transform(from, wide).is_ok());
            if converted {
                rgb.iter_mut().zip(wide.iter()).for_each(|(to, &value)| *to = eight(value));
                continue;
            }
            let pixels = from.chunks_exact(per).zip(rgb.chunks_exact_mut(3));
            match self.samples {
                Samples::Grey => pixels.for_each(|(from, rgb)| rgb.fill(eight(from[0]))),
                _ => pixels.for_each(|(from, rgb)| {
                    rgb.iter_mut().zip(from).for_each(|(to, &value)| *to = eight(value));
                }),
            }
        }
    }
}

/// The nearest of 256 steps.
pub fn eight(value: u16) -> u8 {
    ((u32::from(value) + 128) / 257) as u8
}

impl Transform {
    fn new(profile: &ColorProfile, samples: Samples, sixteen: bool) -> Option<Self> {
        let srgb = ColorProfile::new_srgb();
        // pictures for people: the profile's own way of fitting what a screen cannot show
        let options = TransformOptions {
            rendering_intent: RenderingIntent::Perceptual,
            prefer_fixed_point: false,
            ..TransformOptions::default()
        };
        let eight = profile.create_transform_8bit(samples.layout(), &srgb, Layout::Rgb, options).ok()?;
        let sixteen = match sixteen {
            true => Some(profile.create_transform_16bit(samples.layout(), &srgb, Layout::Rgb, options).ok()?),
            false => None,
        };
        Some(Self { eight, sixteen })
    }

    /// Whether no colour moves by more than one step: the profile is sRGB by another name.
    fn changes_nothing(&self, samples: Samples) -> Result<bool, NotUnderstood> {
        const STEPS: u8 = 9;
        let level = |step: u8| (u16::from(step) * 255 / u16::from(STEPS - 1)) as u8;
        let mut from: Vec<u8> = (0..=255_u8).flat_map(|value| [value; 3]).collect();
        for red in 0..STEPS {
            for green in 0..STEPS {
                from.extend((0..STEPS).flat_map(|blue| [level(red), level(green), level(blue)]));
            }
        }
        let mut rgb = vec![0; from.len()];
        if samples == Samples::Grey {
            from = (0..=255).collect();
            rgb.truncate(from.len() * 3);
        }
        self.eight.transform(&from, &mut rgb).map_err(|_| NotUnderstood)?;
        let near = |from: u8, to: u8| from.abs_diff(to) <= 1;
        Ok(match samples {
            Samples::Grey => {
                from.iter().zip(rgb.chunks_exact(3)).all(|(&from, to)| to.iter().all(|&to| near(from, to)))
            }
            _ => from.iter().zip(&rgb).all(|(&from, &to)| near(from, to)),
        })
    }
}

/// The profile that a claim means; none when it is sRGB.
fn profile(claim: Claim<'_>, samples: Samples) -> Result<Option<ColorProfile>, NotUnderstood> {
    match claim {
        Claim::Srgb => Ok(None),
        Claim::Profile(bytes) => {
            let profile = ColorProfile::new_from_slice(bytes).map_err(|_| NotUnderstood)?;
            let meant = match profile.color_space {
                moxcms::DataColorSpace::Gray => Samples::Grey,
                moxcms::DataColorSpace::Rgb => Samples::Rgb,
                moxcms::DataColorSpace::Cmyk => Samples::Cmyk,
                _ => return Err(NotUnderstood),
            };
            if meant == samples { Ok(Some(profile)) } else { Err(NotUnderstood) }
        }
        // these three speak of light: a grey sample is red, green and blue alike
        Claim::AdobeRgb => Ok(of_light(ColorProfile::new_adobe_rgb(), samples)),
        Claim::CodePoints { primaries, transfer } => {
            let curve = match transfer {
                // BT.709 and its kin are shown with sRGB's curve by everything that shows them
                1 | 6 | 13..=15 => None,
                4 => Some(curve_from_gamma(2.2)),
                5 => Some(curve_from_gamma(2.8)),
                8 => Some(curve_from_gamma(1.0)),
                // the others are for brighter screens, or unknown
                _ => return Err(NotUnderstood),
            };
            let said = CicpProfile {
                color_primaries: primaries.try_into().map_err(|_| NotUnderstood)?,
                transfer_characteristics: TransferCharacteristics::Srgb,
                matrix_coefficients: MatrixCoefficients::Identity,
                full_range: true,
            };
            let mut profile = ColorProfile::new_srgb();
            profile.cicp = None;
            // it answers false whatever it does: whether it knew the primaries is seen by what it leaves
            profile.update_rgb_colorimetry_from_cicp(said);
            if profile.cicp.is_none() {
                return Err(NotUnderstood);
            }
            Ok(of_light(with_curve(profile, curve), samples))
        }
        Claim::Gamma { gamma, chromaticities } => {
            // outside of this the writer meant something else
            if !(0.2..=3.0).contains(&gamma) {
                return Err(NotUnderstood);
            }
            // 1/2.2 is what writers of sRGB are told to write
            let curve = (!(0.45..=0.46).contains(&gamma)).then(|| curve_from_gamma(1.0 / gamma));
            let mut profile = ColorProfile::new_srgb();
            if let Some(points) = chromaticities {
                if !points.iter().all(|[x, y]| (0.0..=1.0).contains(x) && (0.001..=1.0).contains(y)) {
                    return Err(NotUnderstood);
                }
                let [white, red, green, blue] = points.map(|[x, y]| Chromaticity { x, y });
                profile.update_rgb_colorimetry(white.to_xyyb(), ColorPrimaries { red, green, blue });
            }
            Ok(of_light(with_curve(profile, curve), samples))
        }
    }
}

fn with_curve(mut profile: ColorProfile, curve: Option<ToneReprCurve>) -> ColorProfile {
    profile.cicp = None;
    if let Some(curve) = curve {
        profile.red_trc = Some(curve.clone());
        profile.green_trc = Some(curve.clone());
        profile.blue_trc = Some(curve);
    }
    profile
}

/// A profile of red, green and blue for these samples; none for inks.
fn of_light(profile: ColorProfile, samples: Samples) -> Option<ColorProfile> {
    match samples {
        Samples::Rgb => Some(profile),
        Samples::Grey => {
            let mut grey = ColorProfile::new_gray_with_gamma(1.0);
            grey.gray_trc = profile.green_trc;
            Some(grey)
        }
        Samples::Cmyk => None,
    }
}
