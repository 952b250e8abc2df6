//! What each place around a head shows: background, hair, skin, clothes or something else, by google/mediapipe's
//! selfie multiclass network (Apache-2.0).

use super::crop::{self, Head};
use super::net::{Memory, Network};
use super::picture::Pyramid;
use super::sample::{self, Frame, Outside, Range};

/// Side of the network's input and of the map, in places.
pub const SIDE: usize = 256;
/// Width of the square that is looked at by the height of the card picture that is wished for.
const ROOM: f32 = 1.1;

/// What a place shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    Background,
    Hair,
    /// Skin below the chin, hands and arms.
    Body,
    /// Skin of the face.
    Face,
    Clothes,
    /// Glasses, hats and whatever else a person wears or holds.
    Other,
}

impl Class {
    /// In the network's order.
    pub const ALL: [Self; 6] =
        [Self::Background, Self::Hair, Self::Body, Self::Face, Self::Clothes, Self::Other];
}

/// The classes of a square around a head that is turned with the eyes.
#[derive(Debug, Clone, PartialEq)]
pub struct ClassMap {
    frame: Frame,
    /// Row by row.
    classes: Vec<Class>,
}

impl ClassMap {
    /// The class of the nearest place; none outside the square.
    pub fn at(&self, pixel: [f32; 2]) -> Option<Class> {
        let [x, y] = self.frame.from_picture(pixel).map(|share| share * SIDE as f32);
        let inside = |value: f32| (0.0..SIDE as f32).contains(&value);
        (inside(x) && inside(y)).then(|| self.classes.get(y as usize * SIDE + x as usize).copied()).flatten()
    }

    /// The square in the picture.
    pub fn frame(&self) -> &Frame {
        &self.frame
    }

    /// The share of each of some classes among these pixels of the picture; pixels outside the square are left out, and
    /// where none is left the share is 0.
    pub fn share(&self, pixels: impl Iterator<Item = [f32; 2]>, of: &[Class]) -> f32 {
        let (mut all, mut hits) = (0_u32, 0_u32);
        for class in pixels.filter_map(|pixel| self.at(pixel)) {
            all += 1;
            hits += u32::from(of.contains(&class));
        }
        if all == 0 { 0.0 } else { hits as f32 / all as f32 }
    }
}

/// The network of classes.
pub struct Classes {
    network: Network,
    /// Its own: it runs between the others.
    memory: Memory,
    /// Where a run that is not over looks.
    underway: Option<Frame>,
}

impl Classes {
    /// `None` where the network's inputs and outputs are not those of the network of classes.
    pub fn new(network: Network) -> Option<Self> {
        let length = |shape: &[usize]| shape.iter().product::<usize>();
        let wanted = SIDE * SIDE * Class::ALL.len();
        let output = network.output_shapes().first().is_some_and(|shape| length(shape) == wanted);
        let memory = Memory::of([&network]);
        (output && length(network.input_shape()) == SIDE * SIDE * 3).then_some(Self {
            network,
            memory,
            underway: None,
        })
    }

    /// The classes around a head, computed by so many threads.
    pub fn map(&mut self, picture: &Pyramid<'_>, head: &Head, threads: usize) -> ClassMap {
        let frame = self.look_at(picture, head);
        self.underway = None;
        self.network.run_on(threads, &mut self.memory);
        self.read(frame)
    }

    /// Begins to look for the classes around a head, on this thread and in parts; a run that is not over is forgotten.
    pub fn begin(&mut self, picture: &Pyramid<'_>, head: &Head) {
        self.underway = Some(self.look_at(picture, head));
        self.network.begin();
    }

    /// Whether a run was begun and is not over.
    pub fn is_running(&self) -> bool {
        self.underway.is_some()
    }

    /// Forgets a run that is not over.
    pub fn stop(&mut self) {
        self.underway = None;
    }

    /// Goes on with the run that was begun as long as `more` says so, which is asked every few milliseconds; the classes when it
    /// is over.
    pub fn go_on(&mut self, more: impl FnMut() -> bool) -> Option<ClassMap> {
        let frame = self.underway.filter(|_| self.network.go_on(&mut self.memory, more))?;
        self.underway = None;
        Some(self.read(frame))
    }

    /// Fills the network's input.
    fn look_at(&mut self, picture: &Pyramid<'_>, head: &Head) -> Frame {
        let card = crop::first_wish(head);
        let frame = Frame { size: [card.size[1] * ROOM; 2], ..card };
        let input = self.network.input(&mut self.memory);
        sample::fill(
            picture,
            &frame.of_middles(SIDE, SIDE),
            [SIDE; 2],
            Outside::Border,
            Range::MINUS_ONE_TO_ONE,
            input,
        );
        frame
    }

    fn read(&self, frame: Frame) -> ClassMap {
        let classes = self
            .network
            .output(0, &self.memory)
            .chunks_exact(Class::ALL.len())
            .map(|scores| {
                let best = scores.iter().zip(Class::ALL).max_by(|(a, _), (b, _)| a.total_cmp(b));
                best.map_or(Class::Background, |(_, class)| class)
            })
            .collect();
        ClassMap { frame, classes }
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// The map of a picture of 256 by 256 pixels.
    pub fn map(class: impl Fn(f32, f32) -> Class) -> ClassMap {
        let side = SIDE as f32;
        let frame = Frame { centre: [side / 2.0; 2], size: [side; 2], turn: 0.0 };
        let classes =
            (0..SIDE * SIDE).map(|at| class((at % SIDE) as f32 + 0.5, (at / SIDE) as f32 + 0.5)).collect();
        ClassMap { frame, classes }
    }

    #[test]
    fn places_are_found() {
        let map = map(|x, y| if x < 100.0 && y < 50.0 { Class::Hair } else { Class::Clothes });
        assert_eq!(map.at([10.0, 10.0]), Some(Class::Hair));
        assert_eq!(map.at([100.5, 10.0]), Some(Class::Clothes));
        assert_eq!(map.at([-1.0, 10.0]), None);
        assert_eq!(map.at([f32::NAN, 10.0]), None);
        let row = (0..200).map(|x| [x as f32 + 0.5, 10.0]);
        assert_eq!(map.share(row, &[Class::Hair]), 0.5);
        assert_eq!(map.share([[999.0, 999.0]].into_iter(), &[Class::Hair]), 0.0);
    }
}
