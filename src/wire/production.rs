//! Batches of cards for the printer.

use serde::{Deserialize, Serialize};

use super::order::Order;

/// Asks for a batch of all approved and settled orders, or of those named.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct NewBatch {
    /// The batch's id, made by the caller: asking again gives the same batch.
    pub id: String,
    /// Only orders for this place.
    pub place: Option<String>,
    /// Only these orders.
    #[serde(default)]
    pub orders: Vec<String>,
}

/// A batch: its orders are in production and have their card numbers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Batch {
    pub id: String,
    /// Microseconds.
    pub created_at: i64,
    pub created_by: String,
    /// In the order of the PDF's pages.
    pub items: Vec<Item>,
}

/// One card of a batch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Item {
    /// One-based page of the PDF.
    pub page: u32,
    /// Ten digits; dead after a misprint.
    pub card: String,
    pub dead: bool,
    pub order: Order,
}

/// The newest batches first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "server", derive(utoipa::ToSchema))]
pub struct Batches {
    pub batches: Vec<Batch>,
}
