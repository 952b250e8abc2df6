//! Cameras that follow a script: every trouble of a real one, without a device and without reading a clock.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::StreamExt;

use super::*;
use crate::camera::mjpeg;
use crate::camera::preview::Look;
use crate::camera::source::Source;

/// What the script has a camera do next.
#[derive(Clone)]
enum Step {
    Frame,
    /// Bytes of a webcam, through our own reader.
    Jpeg(Vec<u8>),
    Fail(Error),
    Panic,
    /// Blocks until the reader is given up.
    Block,
}

/// One opening after the other: refused, or a list of steps; the last one is repeated.
struct Script {
    openings: Mutex<VecDeque<Result<Vec<Step>, Error>>>,
    open_now: Arc<AtomicUsize>,
    most_open: Arc<AtomicUsize>,
}

impl Script {
    fn new(openings: Vec<Result<Vec<Step>, Error>>) -> Arc<Self> {
        Arc::new(Self {
            openings: Mutex::new(openings.into()),
            open_now: Arc::default(),
            most_open: Arc::default(),
        })
    }
}

struct Player {
    steps: VecDeque<Step>,
    leave: Leave,
    jpegs: mjpeg::Reader,
    open_now: Arc<AtomicUsize>,
}

impl Opener for Script {
    fn open(&self, leave: &Leave) -> Result<Box<dyn Source>, Error> {
        let mut openings = self.openings.lock().unwrap();
        let next = if openings.len() > 1 { openings.pop_front() } else { openings.front().cloned() };
        let steps = next.unwrap()?.into();
        let open = self.open_now.fetch_add(1, Ordering::SeqCst) + 1;
        self.most_open.fetch_max(open, Ordering::SeqCst);
        let open_now = Arc::clone(&self.open_now);
        Ok(Box::new(Player { steps, leave: leave.clone(), jpegs: mjpeg::Reader::default(), open_now }))
    }
}

impl Source for Player {
    fn name(&self) -> &str {
        "scripted"
    }

    fn next_frame(&mut self) -> Result<Picture, Error> {
        let step = if self.steps.len() > 1 { self.steps.pop_front() } else { self.steps.front().cloned() };
        match step.unwrap() {
            Step::Frame => {
                self.leave.wait(Duration::from_millis(2));
                Ok(Picture::new(4, 2, vec![7; 24]).unwrap())
            }
            Step::Jpeg(bytes) => {
                self.leave.wait(Duration::from_millis(2));
                self.jpegs.read(&bytes)
            }
            Step::Fail(error) => Err(error),
            Step::Panic => std::panic::resume_unwind(Box::new("as a decoder does")),
            Step::Block => {
                while !self.leave.wait(Duration::from_secs(60)) {}
                Err(Error::Failed("woken".to_owned()))
            }
        }
    }
}

impl Drop for Player {
    fn drop(&mut self) {
        self.open_now.fetch_sub(1, Ordering::SeqCst);
    }
}

fn start(script: &Arc<Script>) -> Camera {
    let patience = Patience {
        opening: Duration::from_millis(400),
        frame: Duration::from_millis(200),
        retry: Duration::from_millis(10),
    };
    let clock = Clock::of(|| Timestamp::UNIX_EPOCH);
    Camera::start(Arc::clone(script) as Arc<dyn Opener>, clock, patience).unwrap()
}

/// Waits for a view that fits; the limit only keeps a broken program from hanging.
fn until(camera: &Camera, fits: impl Fn(&View) -> bool) -> View {
    let mut view = camera.view.clone();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    runtime.block_on(async move {
        tokio::time::timeout(Duration::from_secs(60), view.wait_for(fits))
            .await
            .expect("the camera never came to it")
            .unwrap()
            .clone()
    })
}

fn reaches(camera: &Camera, state: State) -> View {
    until(camera, |view| view.state == state)
}

#[test]
fn frames_come_and_only_the_newest_is_kept() {
    let script = Script::new(vec![Ok(vec![Step::Frame])]);
    let camera = start(&script);
    let first = reaches(&camera, State::Live).frame.unwrap().sequence;
    let later = until(&camera, |view| view.frame.as_ref().is_some_and(|frame| frame.sequence > first + 20));
    assert_eq!(later.name.as_deref(), Some("scripted"));
    assert_eq!(later.preview, None);
    camera.show(Some(Look { size: (3, 2), oval: None }));
    let preview = until(&camera, |view| view.preview.is_some()).preview.unwrap();
    assert_eq!((preview.width, preview.height), (3, 2));
}

#[test]
fn invariant_11_a_blocked_frame_is_frozen_and_the_camera_comes_back() {
    let script = Script::new(vec![Ok(vec![Step::Frame, Step::Frame, Step::Block]), Ok(vec![Step::Frame])]);
    let camera = start(&script);
    let frozen = reaches(&camera, State::Frozen);
    assert_eq!((frozen.frame, frozen.frames), (None, 2), "an old picture is never shown as live");
    let live = reaches(&camera, State::Live);
    assert!(live.frame.unwrap().sequence >= 2, "the numbers go on");
}

#[test]
fn a_source_that_tells_of_its_stall_is_frozen_and_opened_again() {
    let script = Script::new(vec![
        Ok(vec![Step::Frame, Step::Fail(Error::Stalled)]),
        Ok(vec![Step::Fail(Error::Stalled)]),
        Ok(vec![Step::Frame]),
    ]);
    let camera = start(&script);
    reaches(&camera, State::Frozen);
    reaches(&camera, State::Live);
    assert_eq!(script.most_open.load(Ordering::SeqCst), 1);
}

#[test]
fn a_camera_that_sends_only_broken_frames_is_frozen() {
    let frame = |size: u32| {
        let mut bytes = Vec::new();
        let picture = image::RgbImage::from_pixel(size, size, image::Rgb([90; 3]));
        picture.write_to(&mut std::io::Cursor::new(&mut bytes), image::ImageFormat::Jpeg).unwrap();
        bytes
    };
    let whole = frame(16);
    let half = whole[..whole.len() / 2].to_vec();
    let script = Script::new(vec![
        Ok(vec![
            Step::Jpeg(vec![0x55; 4000]),
            Step::Jpeg(whole.clone()),
            Step::Jpeg(half),
            Step::Jpeg(Vec::new()),
        ]),
        Ok(vec![Step::Jpeg(whole)]),
    ]);
    let camera = start(&script);
    let live = until(&camera, |view| view.frame.is_some());
    assert_eq!(live.frame.unwrap().picture.width, 16);
    reaches(&camera, State::Frozen);
    reaches(&camera, State::Live);
}

#[test]
fn invariant_11_unplugged_stays_so_until_it_is_back() {
    let script = Script::new(vec![
        Ok(vec![Step::Frame, Step::Fail(Error::Unplugged)]),
        Err(Error::Missing),
        Err(Error::Missing),
        Ok(vec![Step::Frame]),
    ]);
    let camera = start(&script);
    reaches(&camera, State::Unplugged);
    reaches(&camera, State::Live);
    drop(camera);
}

#[test]
fn invariant_11_every_way_of_not_opening_has_its_state() {
    for (error, state) in [
        (Error::Missing, State::Missing),
        (Error::NoRights, State::NoRights),
        (Error::Busy, State::Busy),
        (Error::Failed("x".to_owned()), State::Failed),
    ] {
        let script = Script::new(vec![Err(error)]);
        reaches(&start(&script), state);
    }
}

#[test]
fn invariant_11_three_failures_are_out_of_order_until_it_runs_steadily() {
    let broken = || Err(Error::Failed("x".to_owned()));
    // a frame now and then is no running camera
    let one = || Ok(vec![Step::Frame, Step::Fail(Error::Failed("x".to_owned()))]);
    let steady = vec![Step::Frame; 40];
    let script = Script::new(vec![broken(), one(), broken(), Ok(steady)]);
    let camera = start(&script);
    assert!(!until(&camera, |view| view.failures == 2).out_of_order());
    assert!(until(&camera, |view| view.failures == 3).out_of_order());
    assert!(!reaches(&camera, State::Live).out_of_order());
}

#[test]
fn a_panic_in_the_driver_costs_one_opening() {
    let script = Script::new(vec![Ok(vec![Step::Frame, Step::Panic]), Ok(vec![Step::Frame])]);
    let camera = start(&script);
    until(&camera, |view| view.state == State::Failed);
    reaches(&camera, State::Live);
}

#[test]
fn the_dead_handle_is_dropped_before_the_next_opens() {
    let mut openings = vec![Ok(vec![Step::Frame, Step::Fail(Error::Failed("EIO".to_owned()))]); 20];
    openings.push(Ok(vec![Step::Frame]));
    let script = Script::new(openings);
    let camera = start(&script);
    until(&camera, |view| view.frame.as_ref().is_some_and(|frame| frame.sequence > 5));
    assert_eq!(script.most_open.load(Ordering::SeqCst), 1);
}

#[test]
fn ticks_end_with_the_camera_and_the_device_is_closed() {
    let script = Script::new(vec![Ok(vec![Step::Frame])]);
    let camera = start(&script);
    let mut ticks = Box::pin(camera.ticks());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    runtime.block_on(async {
        tokio::time::timeout(Duration::from_secs(60), async {
            for _ in 0..10 {
                ticks.next().await.unwrap();
            }
            drop(camera);
            while ticks.next().await.is_some() {}
            while script.open_now.load(Ordering::SeqCst) > 0 {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        })
        .await
        .unwrap();
    });
}
