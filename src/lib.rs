//! Kortautomat: student cards at a university, from the camera to the hand.
//!
//! | module | what it is |
//! |---|---|
//! | [`camera`] | a webcam, a file or a test pattern as one kind of source, and the worker that keeps it running |
//! | `desktop` | the program with windows: theme, widgets, the kiosk and the counter |
//! | [`domain`] | the words and decisions of the product: orders, cards, photo verdicts, PIN rules, places, working days |
//! | [`memory`] | what is freed is wiped; no core dumps; not swapped where the system allows it |
//! | [`seal`] | everything cryptographic: sealed PINs, sealed records, key stores |
//! | [`server`] | the central server: API, pages, jobs, storage |
//! | [`store`] | what a terminal keeps on its disk: outbox, settings |
//! | [`sync`] | what a terminal sends and asks: the only HTTP client of the terminals |
//! | [`texts`] | every text a person reads, in bokmål, nynorsk and English |
//! | [`vision`] | pixels in, measurements and findings out: the photo rules, the crop, the coaching |
//! | [`wire`] | the versioned messages between terminals and server |
//! | [`system`] | the one place that reads the clock and the generator of randomness |

pub mod camera;
#[cfg(feature = "desktop")]
pub mod desktop;
pub mod domain;
pub mod memory;
pub mod seal;
#[cfg(feature = "server")]
pub mod server;
pub mod store;
pub mod sync;
pub mod system;
pub mod texts;
pub mod vision;
pub mod wire;
