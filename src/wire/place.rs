//! Pickup places on the wire.

use jiff::civil::{Date, Time, Weekday};
use serde::{Deserialize, Serialize};

use super::Impossible;
use crate::domain::{card, place};

/// A text in each language.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Localized {
    pub nb: String,
    pub nn: String,
    pub en: String,
}

/// Opening hours of one day of the week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Hours {
    /// 1 Monday … 7 Sunday.
    pub weekday: i8,
    /// `09:00`
    pub from: String,
    pub to: String,
}

/// A pickup place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Place {
    pub id: String,
    pub name: Localized,
    pub address: String,
    pub directions: Localized,
    pub hours: Vec<Hours>,
    /// ISO days.
    pub closed: Vec<String>,
    pub documents: Vec<String>,
    /// Latitude and longitude in degrees.
    pub position: Option<(f64, f64)>,
}

impl From<&place::Localized> for Localized {
    fn from(text: &place::Localized) -> Self {
        Self { nb: text.nb.clone(), nn: text.nn.clone(), en: text.en.clone() }
    }
}

impl From<Localized> for place::Localized {
    fn from(text: Localized) -> Self {
        Self { nb: text.nb, nn: text.nn, en: text.en }
    }
}

impl From<&place::Place> for Place {
    fn from(place: &place::Place) -> Self {
        Self {
            id: place.id.as_str().to_owned(),
            name: (&place.name).into(),
            address: place.address.clone(),
            directions: (&place.directions).into(),
            hours: place
                .hours
                .iter()
                .map(|hours| Hours {
                    weekday: hours.day.to_monday_one_offset(),
                    from: hours.from.strftime("%H:%M").to_string(),
                    to: hours.to.strftime("%H:%M").to_string(),
                })
                .collect(),
            closed: place.closed.iter().map(Date::to_string).collect(),
            documents: place.documents.iter().map(|document| document.code().to_owned()).collect(),
            position: place.position,
        }
    }
}

impl TryFrom<Place> for place::Place {
    type Error = Impossible;

    fn try_from(place: Place) -> Result<Self, Impossible> {
        let time = |text: &str| -> Result<Time, Impossible> {
            Time::strptime("%H:%M", text).map_err(|_| Impossible::new("hours", text))
        };
        Ok(Self {
            id: place::Id::new(&place.id).ok_or_else(|| Impossible::new("place", &place.id))?,
            name: place.name.into(),
            address: place.address,
            directions: place.directions.into(),
            hours: place
                .hours
                .iter()
                .map(|hours| {
                    Ok(place::Hours {
                        day: Weekday::from_monday_one_offset(hours.weekday)
                            .map_err(|_| Impossible::new("weekday", hours.weekday))?,
                        from: time(&hours.from)?,
                        to: time(&hours.to)?,
                    })
                })
                .collect::<Result<_, Impossible>>()?,
            closed: place
                .closed
                .iter()
                .map(|day| day.parse().map_err(|_| Impossible::new("closed", day)))
                .collect::<Result<_, _>>()?,
            documents: place
                .documents
                .iter()
                .map(|code| {
                    card::IdDocument::from_code(code).ok_or_else(|| Impossible::new("documents", code))
                })
                .collect::<Result<_, _>>()?,
            position: place.position,
        })
    }
}
