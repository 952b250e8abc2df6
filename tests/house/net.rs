//! The networks against TensorFlow Lite's own results, kept as vectors by `packaging/vectors.py`, and against files that
//! are not what they should be.

use kortautomat::vision::models::{Library, Model};
use kortautomat::vision::net::{InstructionSet, Memory, Network};
use proptest::prelude::*;
use serde::Deserialize;

/// How far a value may be from the other engine's, as a share of the largest value of its output: both round each of
/// some thousand additions, in another order.
const TOLERANCE: f32 = 2e-5;
/// The same for the mask of the person, whose sharp edges hang on means over the whole picture: TensorFlow Lite itself
/// moves by 7e-5 when its input is moved by one rounding.
const TOLERANCE_OF_MASK: f32 = 5e-4;

#[derive(Deserialize)]
struct Vectors {
    low: f64,
    high: f64,
    outputs: Vec<Output>,
}

#[derive(Deserialize)]
struct Output {
    shape: Vec<usize>,
    every: usize,
    largest: f32,
    values: Vec<f32>,
}

/// The bytes of a network. A test that needs one fails without: the file can be had.
fn network(model: Model) -> Vec<u8> {
    Library::of_this_machine().load(model).unwrap_or_else(|missing| panic!("{missing}: run packaging/models"))
}

/// The drawing of `packaging/vectors.py` at `s` to the right and `t` down, of 256.
fn colour(s: i32, t: i32) -> [u8; 3] {
    let inside =
        |x: i32, y: i32, a: i32, b: i32| (s - x).pow(2) * b * b + (t - y).pow(2) * a * a < a * a * b * b;
    if inside(112, 98, 6, 3) || inside(144, 98, 6, 3) {
        [30, 25, 25]
    } else if inside(128, 134, 15, 4) {
        [150, 70, 70]
    } else if inside(128, 106, 40, 54) {
        [220, 180, 150]
    } else if inside(128, 92, 50, 60) {
        [60, 40, 30]
    } else if t > 176 && (s - 128).abs() < 92 {
        [40, 60, 120]
    } else {
        [200, 205, 210]
    }
}

/// The input that the vectors were made from.
fn portrait(shape: &[usize], low: f64, high: f64) -> Vec<f32> {
    let mut state = 1u32;
    let mut noise = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        f64::from(state >> 8) / f64::from(1 << 24)
    };
    let into_range = |value: f64| (low + (high - low) * value) as f32;
    match *shape {
        [1, height, width, 3] => (0..height * width)
            .flat_map(|pixel| {
                colour((pixel % width * 256 / width) as i32, (pixel / width * 256 / height) as i32)
            })
            .map(|channel| into_range(0.9 * (f64::from(channel) / 255.0) + 0.1 * noise()))
            .collect(),
        _ => (0..shape.iter().product()).map(|_| into_range(noise())).collect(),
    }
}

fn agrees(model: Model, vectors: &str, tolerance: f32) {
    let bytes = network(model);
    let vectors: Vectors = serde_json::from_str(vectors).unwrap();
    let other = network(Model::FaceDetector);
    for isa in InstructionSet::available() {
        let mut network = Network::load(&bytes, isa).unwrap();
        let input = portrait(network.input_shape(), vectors.low, vectors.high);
        // it computes where another one has left something
        let mut other = Network::load(&other, isa).unwrap();
        let mut memory = Memory::of([&network, &other]);
        other.input(&mut memory).fill(0.7);
        other.run(&mut memory);
        network.input(&mut memory).copy_from_slice(&input);
        network.run(&mut memory);
        assert_eq!(network.output_shapes().len(), vectors.outputs.len());
        let first: Vec<Vec<f32>> =
            (0..vectors.outputs.len()).map(|index| network.output(index, &memory).to_vec()).collect();
        for (index, expected) in vectors.outputs.iter().enumerate() {
            assert_eq!(network.output_shapes()[index], expected.shape);
            let near = tolerance * expected.largest.max(0.01);
            let kept = first[index].iter().step_by(expected.every);
            assert_eq!(kept.len(), expected.values.len());
            for (place, (value, expected)) in kept.zip(&expected.values).enumerate() {
                let apart = (value - expected).abs();
                assert!(
                    apart <= near,
                    "{model:?}, {isa:?}, output {index}, {place}: {value} is not {expected}"
                );
            }
        }
        // nothing of a run stays behind for the next, nor does it matter where one pauses
        let mut asked = 0;
        let mut now_and_then = || {
            asked += 1;
            asked % 3 != 0
        };
        for way in ["second run", "run in parts"] {
            match way {
                "second run" => network.run(&mut memory),
                _ => {
                    network.begin();
                    while !network.go_on(&mut memory, &mut now_and_then) {}
                }
            }
            for (index, first) in first.iter().enumerate() {
                assert_eq!(network.output(index, &memory), first, "{model:?}, {isa:?}, {way}");
            }
        }
    }
}

#[test]
fn the_face_detector_agrees() {
    agrees(Model::FaceDetector, include_str!("vectors/face_detector.json"), TOLERANCE);
}

#[test]
fn the_face_landmarks_agree() {
    agrees(Model::FaceLandmarks, include_str!("vectors/face_landmarks_detector.json"), TOLERANCE);
}

#[test]
fn the_expression_agrees() {
    agrees(Model::Expression, include_str!("vectors/face_blendshapes.json"), TOLERANCE);
}

#[test]
fn the_mask_of_the_person_agrees() {
    agrees(Model::Person, include_str!("vectors/selfie_segmentation.json"), TOLERANCE_OF_MASK);
}

#[test]
fn the_classes_agree() {
    agrees(Model::Classes, include_str!("vectors/selfie_multiclass_256x256.json"), TOLERANCE);
}

#[test]
fn the_palms_agree() {
    agrees(Model::Palms, include_str!("vectors/palm_detection_lite.json"), TOLERANCE);
}

#[test]
fn the_far_faces_agree() {
    agrees(Model::FarFaces, include_str!("vectors/face_detection_full_range_sparse.json"), TOLERANCE);
}

#[test]
fn a_file_that_is_no_network_is_an_error() {
    for bytes in [&b""[..], b"TFL3", &[0; 64], &network(Model::FaceGeometry)] {
        assert!(Network::load(bytes, InstructionSet::best()).is_err());
    }
}

/// Where a file's structure lies: at its two ends, between them are the weights.
fn place(len: usize) -> impl Strategy<Value = usize> {
    let end = (16 * 1024).min(len);
    prop_oneof![2 => 0..end, 2 => len - end..len, 1 => 0..len]
}

/// Loads and, where that goes well, runs: neither may panic.
fn survives(bytes: &[u8]) {
    if let Ok(mut network) = Network::load(bytes, InstructionSet::best()) {
        let mut memory = Memory::of([&network]);
        network.run(&mut memory);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn altered_bytes_never_panic(
        model in prop::sample::select(vec![
            Model::FaceDetector,
            Model::Expression,
            Model::Person,
            Model::FarFaces,
        ]),
        changes in prop::collection::vec((place(229_746), any::<u8>()), 1..6),
    ) {
        let mut bytes = network(model);
        let len = bytes.len();
        for (place, value) in changes {
            // counted from the nearer end, as the files differ in length
            let place = if place < 229_746 / 2 { place } else { len - (229_746 - place) };
            bytes[place] = value;
        }
        survives(&bytes);
    }

    #[test]
    fn cut_files_never_panic(model in prop::sample::select(vec![Model::FaceDetector, Model::FarFaces]), len in place(229_746)) {
        survives(&network(model)[..len]);
    }
}
