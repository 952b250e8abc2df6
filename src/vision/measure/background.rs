//! What is behind the person: how plain it is, whether the head throws a shadow on it, what else stands there. All by the wall's
//! own brightness, which may slope: a one-way gradient is what light makes of any wall.

use crate::domain::photo::Region;
use crate::vision::picture::Pyramid;
use crate::vision::sample::{self, Frame, Outside, Range};

use super::patch::brightness;

const WIDTH: usize = 128;
const HEIGHT: usize = 166;
/// Nearer to the person than this, in pixels of the card picture at this size, is hair and blur.
const AWAY: usize = 6;
/// Less of the card picture than this says nothing about its background.
const LEAST_SHARE: f32 = 0.02;

/// What a card picture would show, as small as its background is measured.
pub struct View {
    card: Frame,
    /// Of the whole picture.
    size: [f32; 2],
    colours: Vec<[f32; 3]>,
}

impl View {
    pub fn of(picture: &Pyramid<'_>, card: &Frame) -> Self {
        let mut rgb = vec![0.0; WIDTH * HEIGHT * 3];
        let middles = card.of_middles(WIDTH, HEIGHT);
        sample::fill(picture, &middles, [WIDTH, HEIGHT], Outside::Border, Range::BYTES, &mut rgb);
        let colours = rgb.as_chunks::<3>().0.to_vec();
        Self { card: *card, size: [picture.width() as f32, picture.height() as f32], colours }
    }
}

/// The background of a card picture.
pub struct Backdrop {
    card: Frame,
    colours: Vec<[f32; 3]>,
    /// Not the background: the person, somebody else, or outside the photo.
    taken: Vec<bool>,
    outside: Vec<bool>,
    /// Background, and not near to what is taken.
    free: Vec<bool>,
}

/// What differs from the wall.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wall {
    /// How much darker than the wall its darkest tenth is, 0 to 1.
    pub shadow: f32,
    /// The share of the background that is something else: of another colour, or much darker or brighter.
    pub objects: f32,
    /// Around most of what differs.
    pub region: Option<Region>,
}

impl Backdrop {
    /// Looks behind the person; none where hardly any background is seen. `taken` says which pixels are no background.
    pub fn of(view: View, taken: impl Fn([f32; 2]) -> bool) -> Option<Self> {
        let View { card, size: [width, height], colours } = view;
        let outside: Vec<bool> = card
            .cells(WIDTH, HEIGHT)
            .map(|[x, y]| !(-0.5..width - 0.5).contains(&x) || !(-0.5..height - 0.5).contains(&y))
            .collect();
        let places = card.cells(WIDTH, HEIGHT).zip(&outside);
        let taken: Vec<bool> = places.map(|(place, outside)| *outside || taken(place)).collect();
        let near = widened(&widened(&taken, 1, WIDTH), WIDTH, HEIGHT);
        let free: Vec<bool> = near.iter().map(|near| !near).collect();
        let count = free.iter().filter(|free| **free).count();
        (count as f32 >= LEAST_SHARE * (WIDTH * HEIGHT) as f32).then_some(Self {
            card,
            colours,
            taken,
            outside,
            free,
        })
    }

    /// The mean of Sobel's gradient over the background, 0 for a plain one.
    pub fn gradient(&self) -> f32 {
        let values: Vec<f32> = self.colours.iter().map(|&colour| brightness(colour)).collect();
        let (mut sum, mut count) = (0.0, 0_u32);
        for y in 1..HEIGHT - 1 {
            for x in 1..WIDTH - 1 {
                let at = y * WIDTH + x;
                if self.free.get(at) != Some(&true) {
                    continue;
                }
                let value = |dx: usize, dy: usize| {
                    values.get(at + dx + dy * WIDTH - WIDTH - 1).copied().unwrap_or_default()
                };
                let across = value(2, 0) + 2.0 * value(2, 1) + value(2, 2)
                    - value(0, 0)
                    - 2.0 * value(0, 1)
                    - value(0, 2);
                let down = value(0, 2) + 2.0 * value(1, 2) + value(2, 2)
                    - value(0, 0)
                    - 2.0 * value(1, 0)
                    - value(2, 0);
                sum += across.hypot(down);
                count += 1;
            }
        }
        sum / count.max(1) as f32
    }

    /// What differs from the wall, which is laid through the background as a slope of each channel's logarithm.
    pub fn wall(&self) -> Wall {
        /// Keeps the logarithm of black finite, in levels of 255.
        const DARK: f32 = 8.0;
        /// Another colour, and another brightness, as differences of logarithms.
        const COLOUR: f32 = 0.12;
        const BRIGHTNESS: f32 = 0.25;
        const DARKEST: f32 = 0.1;
        let places: Vec<(usize, Place)> = self
            .colours
            .iter()
            .enumerate()
            .filter(|(at, _)| self.free.get(*at) == Some(&true))
            .map(|(at, colour)| {
                let across = ((at % WIDTH) as f32 + 0.5) / WIDTH as f32 - 0.5;
                let down = ((at / WIDTH) as f32 + 0.5) / HEIGHT as f32 - 0.5;
                (at, Place { at: [1.0, across, down], levels: colour.map(|value| (value + DARK).ln()) })
            })
            .collect();
        // a part of them is enough for a slope, and no multiple of a row falls into the same columns
        let slope = Slope::through(places.iter().step_by(5).map(|(_, place)| place));
        let mut dark: Vec<f32> = Vec::with_capacity(places.len());
        let mut differs: Vec<usize> = self.others();
        let others = differs.len();
        for (at, place) in &places {
            let off = slope.off(place);
            let all = off.iter().sum::<f32>() / 3.0;
            let colour = off.iter().map(|channel| (channel - all).abs()).fold(0.0, f32::max);
            dark.push(-all);
            if colour > COLOUR || all.abs() > BRIGHTNESS {
                differs.push(*at);
            }
        }
        dark.sort_by(|a, b| b.total_cmp(a));
        let darkest = dark.get((DARKEST * dark.len() as f32) as usize).copied().unwrap_or_default();
        Wall {
            shadow: 1.0 - (-darkest.max(0.0)).exp(),
            objects: differs.len() as f32 / (places.len() + others).max(1) as f32,
            region: self.around(&differs),
        }
    }

    /// Places of other people and things that do not hang together with the person in the middle.
    fn others(&self) -> Vec<usize> {
        let within = self.taken.iter().zip(&self.outside).map(|(taken, outside)| *taken && !outside);
        let mut left: Vec<bool> = within.collect();
        // the eyes are there, in the middle and above it
        let mut open = vec![(WIDTH / 2, HEIGHT * 2 / 5)];
        while let Some((column, row)) = open.pop() {
            let Some(place) = left.get_mut(row * WIDTH + column).filter(|place| **place) else { continue };
            *place = false;
            if column > 0 {
                open.push((column - 1, row));
            }
            if column + 1 < WIDTH {
                open.push((column + 1, row));
            }
            if row > 0 {
                open.push((column, row - 1));
            }
            open.push((column, row + 1));
        }
        // strands of hair beside the head are nobody
        let person: Vec<bool> = self.taken.iter().zip(&left).map(|(taken, left)| *taken && !left).collect();
        let near = widened(&widened(&person, 1, WIDTH), WIDTH, HEIGHT);
        let apart = left.iter().zip(near).map(|(left, near)| *left && !near);
        apart.enumerate().filter(|(_, apart)| *apart).map(|(at, _)| at).collect()
    }

    /// Around those of the places that lie on the side of the head where most of them are.
    fn around(&self, places: &[usize]) -> Option<Region> {
        let (left, right): (Vec<usize>, Vec<usize>) =
            places.iter().copied().partition(|at| at % WIDTH < WIDTH / 2);
        let more = if left.len() >= right.len() { left } else { right };
        let edges = more.iter().fold(None, |edges: Option<[f32; 4]>, &at| {
            let cell = [(at % WIDTH) as f32 / WIDTH as f32, (at / WIDTH) as f32 / HEIGHT as f32];
            let [x, y] = self.card.to_picture(cell);
            let [left, top, right, bottom] = edges.unwrap_or([x, y, x, y]);
            Some([left.min(x), top.min(y), right.max(x), bottom.max(y)])
        });
        edges.map(|[x, y, right, bottom]| Region { x, y, width: right - x, height: bottom - y })
    }
}

/// A place of the background: 1, across and down, and the logarithms of its colour.
struct Place {
    at: [f32; 3],
    levels: [f32; 3],
}

/// For each channel, how it changes across and down.
struct Slope([[f32; 3]; 3]);

impl Slope {
    /// The slope through most places. What lies far off counts less in each round, what is darker less than what is
    /// brighter: a wall is what the light falls on.
    fn through<'a>(places: impl Iterator<Item = &'a Place> + Clone) -> Self {
        const ROUNDS: usize = 6;
        const LEAST_SPREAD: f32 = 0.01;
        let mut slope = Self([[0.0; 3]; 3]);
        let mut spread = None;
        for _ in 0..ROUNDS {
            let mut square = [[0.0_f64; 3]; 3];
            let mut side = [[0.0_f64; 3]; 3];
            for place in places.clone() {
                let weight = spread.map_or(1.0, |spread: f32| {
                    let off = slope.off(place).iter().sum::<f32>() / 3.0;
                    let weight = 1.0 / (1.0 + (off / spread).powi(2));
                    if off < 0.0 { weight / 2.0 } else { weight }
                });
                for (row, &a) in place.at.iter().enumerate() {
                    for (column, &b) in place.at.iter().enumerate() {
                        square[row][column] += f64::from(weight * a * b);
                    }
                    for (channel, &level) in place.levels.iter().enumerate() {
                        side[channel][row] += f64::from(weight * a * level);
                    }
                }
            }
            for (channel, side) in side.iter().enumerate() {
                slope.0[channel] = solved(&square, side).unwrap_or(slope.0[channel]);
            }
            let mut away: Vec<f32> =
                places.clone().map(|place| (slope.off(place).iter().sum::<f32>() / 3.0).abs()).collect();
            away.sort_by(f32::total_cmp);
            let middle = away.get(away.len() / 2).copied().unwrap_or_default();
            spread = Some(2.5 * middle.max(LEAST_SPREAD));
        }
        slope
    }

    /// How much brighter a place is than the slope, for each channel.
    fn off(&self, place: &Place) -> [f32; 3] {
        [0, 1, 2].map(|channel| {
            let wall: f32 = self.0[channel].iter().zip(place.at).map(|(by, at)| by * at).sum();
            place.levels[channel] - wall
        })
    }
}

/// The solution of three linear equations; none where they have none.
fn solved(square: &[[f64; 3]; 3], side: &[f64; 3]) -> Option<[f32; 3]> {
    let determinant = |m: &[[f64; 3]; 3]| {
        m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1]) - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
            + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0])
    };
    let whole = determinant(square);
    (whole.abs() > 1e-9).then(|| {
        [0, 1, 2].map(|column| {
            let mut replaced = *square;
            for (row, value) in side.iter().enumerate() {
                replaced[row][column] = *value;
            }
            (determinant(&replaced) / whole) as f32
        })
    })
}

/// Takes what lies up to [`AWAY`] places before or behind along one direction as well.
fn widened(taken: &[bool], step: usize, length: usize) -> Vec<bool> {
    let mut out = taken.to_vec();
    for (at, _) in taken.iter().enumerate().filter(|(_, taken)| **taken) {
        let position = at / step % length;
        // within a run its ends reach further
        let before = position == 0 || taken.get(at - step) == Some(&true);
        if before && (position + 1 == length || taken.get(at + step) == Some(&true)) {
            continue;
        }
        for away in 1..=AWAY {
            if position >= away
                && let Some(place) = out.get_mut(at - away * step)
            {
                *place = true;
            }
            if position + away < length
                && let Some(place) = out.get_mut(at + away * step)
            {
                *place = true;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{Rgb, RgbImage};

    const CARD: Frame = Frame { centre: [128.0; 2], size: [154.0, 200.0], turn: 0.0 };

    fn head([x, y]: [f32; 2]) -> bool {
        (90.0..166.0).contains(&x) && y > 60.0
    }

    fn seen(background: impl Fn(u32, u32) -> [u8; 3]) -> Backdrop {
        let photo = RgbImage::from_fn(256, 256, |x, y| {
            Rgb(if head([x as f32, y as f32]) { [(x * y) as u8; 3] } else { background(x, y) })
        });
        Backdrop::of(View::of(&Pyramid::build(&photo, 64), &CARD), head).unwrap()
    }

    #[test]
    fn only_the_background_counts() {
        assert!(seen(|_, _| [200; 3]).gradient() < 1.0);
        let slope = seen(|x, _| [150 + (x / 4) as u8; 3]).gradient();
        let busy = seen(|x, y| [if (x / 12 + y / 12) % 2 == 0 { 60 } else { 190 }; 3]).gradient();
        assert!(slope < 10.0 && busy > 60.0, "{slope} {busy}");
    }

    #[test]
    fn without_background_nothing_is_said() {
        let photo = RgbImage::from_pixel(256, 256, Rgb([90; 3]));
        assert!(Backdrop::of(View::of(&Pyramid::build(&photo, 64), &CARD), |_| true).is_none());
    }

    #[test]
    fn a_wall_may_slope() {
        let sloped = seen(|x, y| [90 + (x / 3) as u8, 80 + (y / 4) as u8, 70 + (x / 4) as u8]).wall();
        assert!(sloped.shadow < 0.05 && sloped.objects < 0.01, "{sloped:?}");
    }

    #[test]
    fn shadows_and_things_are_told_from_the_wall() {
        for wall in [70.0, 210.0] {
            let shade = |dark: f32| {
                seen(move |x, y| {
                    [(if x < 76 && (100..180).contains(&y) { dark * wall } else { wall }) as u8; 3]
                })
                .wall()
            };
            assert!(shade(1.0).shadow < 0.02 && shade(0.95).shadow < 0.1);
            let dark = shade(0.6);
            assert!(dark.shadow > 0.25, "{dark:?}");
            assert!(dark.region.is_some_and(|region| region.x < 76.0 && region.x + region.width < 100.0));
        }
        let poster =
            seen(|x, y| if x > 180 && (60..120).contains(&y) { [190, 90, 60] } else { [180; 3] }).wall();
        assert!(poster.objects > 0.05 && poster.region.is_some_and(|region| region.x > 170.0), "{poster:?}");
    }

    #[test]
    fn somebody_else_is_a_thing() {
        let photo = RgbImage::from_pixel(256, 256, Rgb([180; 3]));
        let pyramid = Pyramid::build(&photo, 64);
        let other = |[x, y]: [f32; 2]| x > 188.0 && (70.0..140.0).contains(&y);
        let behind =
            Backdrop::of(View::of(&pyramid, &CARD), |place| head(place) || other(place)).unwrap().wall();
        assert!(behind.objects > 0.05, "{behind:?}");
        let alone = Backdrop::of(View::of(&pyramid, &CARD), head).unwrap().wall();
        assert_eq!(alone.objects, 0.0);
    }
}
