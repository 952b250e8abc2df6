//! The clock and the randomness of the running program, as values that are passed in.

use std::num::NonZero;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use uuid::Uuid;

/// Tells the time. Cheap to clone; a test passes one of its own.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Timestamp + Send + Sync>);

impl Clock {
    /// The computer's clock.
    pub fn system() -> Self {
        #[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
        Self(Arc::new(Timestamp::now))
    }

    /// A clock that answers what `tell` says.
    pub fn of(tell: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        Self(Arc::new(tell))
    }

    /// The present moment.
    pub fn now(&self) -> Timestamp {
        (self.0)()
    }
}

impl std::fmt::Debug for Clock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Clock")
    }
}

/// The operating system gave no random bytes.
#[derive(Debug, thiserror::Error)]
#[error("the operating system gives no random bytes: {0}")]
pub struct NoRandomness(pub String);

/// How many threads of the processor this process may use at once.
pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, NonZero::get)
}

type Fill = dyn Fn(&mut [u8]) -> Result<(), NoRandomness> + Send + Sync;

/// Gives random bytes. Cheap to clone; a test passes a generator of its own.
#[derive(Clone)]
pub struct Randomness(Arc<Fill>);

impl Randomness {
    /// The operating system's generator.
    pub fn system() -> Self {
        #[expect(clippy::disallowed_methods, reason = "the one place that reads the generator")]
        Self(Arc::new(|bytes| getrandom::fill(bytes).map_err(|error| NoRandomness(error.to_string()))))
    }

    /// A generator that fills what it is given.
    pub fn of(fill: impl Fn(&mut [u8]) -> Result<(), NoRandomness> + Send + Sync + 'static) -> Self {
        Self(Arc::new(fill))
    }

    /// `N` random bytes.
    pub fn bytes<const N: usize>(&self) -> Result<[u8; N], NoRandomness> {
        let mut bytes = [0; N];
        (self.0)(&mut bytes)?;
        Ok(bytes)
    }

    /// Fills `bytes`.
    pub fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
        (self.0)(bytes)
    }

    /// A random UUID, version 4 (RFC 9562).
    pub fn uuid(&self) -> Result<Uuid, NoRandomness> {
        Ok(uuid::Builder::from_random_bytes(self.bytes()?).into_uuid())
    }
}

impl std::fmt::Debug for Randomness {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Randomness")
    }
}

/// Measures how long something took; not a clock, its zero is any moment. Cheap to clone; a test passes one of its own.
#[derive(Clone)]
pub struct Stopwatch(Arc<dyn Fn() -> Duration + Send + Sync>);

impl Stopwatch {
    /// The computer's monotonic clock.
    pub fn system() -> Self {
        #[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
        let start = Instant::now();
        Self(Arc::new(move || start.elapsed()))
    }

    /// The time that this process has had of the processor, on all its threads.
    #[cfg(all(unix, feature = "desktop"))]
    pub fn processor() -> Self {
        Self(Arc::new(|| {
            let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
            Duration::try_from(time).unwrap_or_default()
        }))
    }

    /// Where no such time is told: the monotonic clock.
    #[cfg(all(not(unix), feature = "desktop"))]
    pub fn processor() -> Self {
        Self::system()
    }

    /// A stopwatch that shows what `tell` says.
    pub fn of(tell: impl Fn() -> Duration + Send + Sync + 'static) -> Self {
        Self(Arc::new(tell))
    }

    /// The time since its zero.
    pub fn elapsed(&self) -> Duration {
        (self.0)()
    }
}

impl std::fmt::Debug for Stopwatch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Stopwatch")
    }
}

/// The day on which the program was built: a clock that shows an earlier one is wrong.
pub fn built() -> Date {
    let seconds = env!("KORTAUTOMAT_BUILT").parse().unwrap_or_default();
    let built = Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH);
    built.to_zoned(TimeZone::UTC).date()
}
