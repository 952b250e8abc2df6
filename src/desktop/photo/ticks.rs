//! What runs beside the screen (camera, judge, memory stick) tells of changes by ticks without content: the screen then
//! reads the newest state, so that nothing piles up.

use std::hash::{Hash, Hasher};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use futures_util::StreamExt;
use futures_util::stream::{self, BoxStream};
use iced::Subscription;
use tokio::sync::watch;

use crate::camera::Camera;

/// Something that runs on threads of its own.
pub trait Ticking: Send + Sync + 'static {
    /// A tick after every change; ends when the thing does.
    fn ticks(&self) -> BoxStream<'static, ()>;
}

impl Ticking for Camera {
    fn ticks(&self) -> BoxStream<'static, ()> {
        Camera::ticks(self).boxed()
    }
}

/// A tick for every change of a watched value.
pub fn of<T: Send + Sync + 'static>(told: &watch::Receiver<T>) -> BoxStream<'static, ()> {
    stream::unfold(told.clone(), |mut told| async move {
        told.changed().await.ok()?;
        Some(((), told))
    })
    .boxed()
}

/// A running thing with a number that no other one has, so that a new one is listened to anew.
pub struct Running<T> {
    number: u64,
    thing: Arc<T>,
}

impl<T> Running<T> {
    pub fn new(thing: T) -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        Self { number: NEXT.fetch_add(1, Ordering::Relaxed), thing: Arc::new(thing) }
    }
}

impl<T> Clone for Running<T> {
    fn clone(&self) -> Self {
        Self { number: self.number, thing: Arc::clone(&self.thing) }
    }
}

impl<T> std::ops::Deref for Running<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.thing
    }
}

impl<T> Hash for Running<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.number.hash(state);
    }
}

impl<T: Ticking> Running<T> {
    pub fn subscription(&self) -> Subscription<()> {
        Subscription::run_with(self.clone(), |running| running.thing.ticks())
    }
}
