//! The border of a print that was photographed: straight lines around the person, the lower one right through the body.
//!
//! Doors and shelves make lines beside and above people, nothing but a picture's own edge makes one below. On a small copy
//! each side is searched for the straight line, a little slanted or not, across which brightness changes the same way
//! nearly all along.

use crate::vision::picture::Pyramid;
use crate::vision::sample::{self, Frame, Outside, Range};

use super::patch::brightness;
use super::plane::Plane;

/// Longest side of the copy in pixels.
const LONGEST: f32 = 192.0;
/// Places that are looked at along a line, within this share of the side's length at each end.
const PLACES: usize = 64;
const END: f32 = 0.06;
/// A line begins within this share of the picture from its side.
const DEEP: f32 = 0.3;
/// Steepest line, and how many to each side of the level one are tried.
const STEEP: f32 = 0.14;
const SLANTS: i32 = 14;
/// Less change from one pixel before a line to one behind it, in levels, is none.
const CHANGE: f32 = 6.0;

/// How much of a border is seen, 0 to 1: the share of the lower line that is found, or of the second best of the others if
/// that is less. Up to 0.55 for people before doors and shelves, 0.9 for prints.
pub fn border(picture: &Pyramid<'_>) -> f32 {
    let longest = picture.width().max(picture.height()).max(1) as f32;
    let size = [picture.width(), picture.height()].map(|side| (side as f32 * LONGEST / longest) as usize);
    if size.iter().any(|side| *side < 16) {
        return 0.0;
    }
    let mut rgb = vec![0.0; size[0] * size[1] * 3];
    let middles = Frame::of_pixels(picture).of_middles(size[0], size[1]);
    sample::fill(picture, &middles, size, Outside::Border, Range::BYTES, &mut rgb);
    let light = rgb.chunks_exact(3).map(|pixel| brightness([pixel[0], pixel[1], pixel[2]])).collect();
    let light = Plane::new(size[0], light);
    let [width, height] = size;
    let below = line(width, height, |x, y| light.at(x, height - 1 - y));
    let mut others = [
        line(width, height, |x, y| light.at(x, y)),
        line(height, width, |x, y| light.at(y, x)),
        line(height, width, |x, y| light.at(width - 1 - y, x)),
    ];
    others.sort_by(f32::total_cmp);
    below.min(others[1])
}

/// The share that is found of the best line near the upper side of what is `width` by `height`.
fn line(width: usize, height: usize, at: impl Fn(usize, usize) -> f32) -> f32 {
    let columns: [usize; PLACES] = std::array::from_fn(|place| {
        let share = END + (1.0 - 2.0 * END) * place as f32 / (PLACES - 1) as f32;
        (share * (width - 1) as f32).round() as usize
    });
    // brighter, darker or neither, row by row
    let rows = (DEEP * height as f32) as usize + (STEEP * width as f32) as usize + 2;
    let steps: Vec<i8> = (0..rows.min(height))
        .flat_map(|y| columns.map(|x| (x, y)))
        .map(|(x, y)| {
            if y == 0 || y + 1 >= height {
                return 0;
            }
            let change = at(x, y + 1) - at(x, y - 1);
            i8::from(change > CHANGE) - i8::from(change < -CHANGE)
        })
        .collect();
    let mut best = 0;
    for slant in -SLANTS..=SLANTS {
        let slope = slant as f32 / SLANTS as f32 * STEEP;
        let off = columns.map(|x| (slope * (x as f32 - (width - 1) as f32 / 2.0)).round() as isize);
        for start in 2..(DEEP * height as f32) as usize {
            let (mut up, mut down) = (0, 0);
            for (place, off) in off.iter().enumerate() {
                let step = start
                    .checked_add_signed(*off)
                    .and_then(|row| steps.get(row * PLACES + place).copied())
                    .unwrap_or_default();
                up += i32::from(step > 0);
                down += i32::from(step < 0);
            }
            best = best.max(up).max(down);
        }
    }
    best as f32 / PLACES as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{Rgb, RgbImage};

    /// A picture of a given size on a table, turned by some tangent.
    fn print(width: u32, height: u32, slope: f32) -> f32 {
        let picture = RgbImage::from_fn(800, 1000, |x, y| {
            let (x, y) = (x as f32 - 400.0, y as f32 - 500.0);
            let (x, y) = (x + slope * y, y - slope * x);
            let on = x.abs() < width as f32 / 2.0 && y.abs() < height as f32 / 2.0;
            let body = on && x.abs() < 150.0 && y > -100.0;
            Rgb(if body {
                [170, 150, 140]
            } else if on {
                [225; 3]
            } else {
                [90, 70, 60]
            })
        });
        border(&Pyramid::build(&picture, 128))
    }

    #[test]
    fn a_print_on_a_table_is_found_straight_and_slanted() {
        for slope in [0.0, 0.06, -0.1] {
            let found = print(640, 840, slope);
            assert!((0.6..=1.0).contains(&found), "{slope}: {found}");
        }
    }

    #[test]
    fn a_door_behind_a_person_is_none() {
        let door = RgbImage::from_fn(800, 1000, |x, y| {
            let body = (250..550).contains(&x) && y > 500;
            let door = (150..650).contains(&x) && y > 80;
            Rgb(if body {
                [160, 150, 140]
            } else if door {
                [90, 50, 30]
            } else {
                [200; 3]
            })
        });
        assert!(border(&Pyramid::build(&door, 128)) < 0.2);
        assert_eq!(print(2000, 2000, 0.0), 0.0);
        assert_eq!(border(&Pyramid::build(&RgbImage::new(3, 900), 128)), 0.0);
    }
}
