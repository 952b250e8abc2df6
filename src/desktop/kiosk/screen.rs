//! The kiosk's screens, in the order in which a person meets them. Each owns its state and answers with an `Action`.

pub mod alone;
pub mod attract;
pub mod camera;
pub mod done;
pub mod language;
pub mod overview;
pub mod phone;
pub mod pin;
pub mod place;
pub mod reason;
pub mod receipt;
pub mod setup;
pub mod sign_in;
pub mod summary;
pub mod terms;

use super::photo;

/// The screen that is shown.
pub enum Screen {
    Setup(setup::Setup),
    Camera(Box<camera::Setup>),
    Attract,
    Language,
    SignIn(sign_in::SignIn),
    Phone(phone::Phone),
    Alone(alone::Alone),
    Overview(overview::Overview),
    Reason(reason::Reason),
    Terms(terms::Terms),
    Photo(Box<photo::Photo>),
    Pin(pin::Pin),
    Place(place::Place),
    Summary(summary::Summary),
    Receipt(receipt::Receipt),
    Done(done::Done),
}
