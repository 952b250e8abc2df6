//! Pictures that lie on their side or stand on their head: found by the face in them, to be turned before they are judged.
//! The detector takes some faces that stand on their head for upright ones; those pictures stay as they are.

use crate::vision::detect::Face;
use crate::vision::picture::{Picture, Pyramid, Quarter};

use super::{Judge, PRESENT, SMALLEST_COPY};

impl Judge {
    /// How a picture has to be turned for its largest face to stand upright. A head that is only tilted stays as it is, and so
    /// does a picture without a face.
    pub fn quarter(&mut self, picture: &Picture) -> Quarter {
        let pyramid = Pyramid::build(picture.rgb(), SMALLEST_COPY);
        let mut found = self.detector.whole(&pyramid);
        if found.is_empty() {
            found = self.detector.thorough(&pyramid);
        }
        if let Some(turn) = self.turn_of_largest(&pyramid, &found) {
            return turn;
        }
        // the detector knows faces that stand, not those that lie
        let lying = Quarter::ALL.into_iter().filter(|quarter| *quarter != Quarter::Upright);
        let mut found = Vec::new();
        for quarter in lying {
            found.extend(self.detector.turned(&pyramid, -quarter.degrees()));
        }
        self.turn_of_largest(&pyramid, &found).unwrap_or(Quarter::Upright)
    }

    /// None where the landmark network takes none of them for a face.
    fn turn_of_largest(&mut self, pyramid: &Pyramid<'_>, found: &[Face]) -> Option<Quarter> {
        let mut found: Vec<&Face> = found.iter().collect();
        found.sort_by(|a, b| b.area().total_cmp(&a.area()));
        found.into_iter().find_map(|face| {
            let mesh = self.landmarks.find(pyramid, &face.region());
            (mesh.presence >= PRESENT).then(|| Quarter::against(mesh.next_region().turn.to_degrees()))
        })
    }
}
