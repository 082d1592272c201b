//! Places.

use super::{Common, Handle, Str};

/// Where something took place.
#[derive(Debug, Clone)]
pub struct Place {
    /// What every record has.
    pub common: Common,
    /// Its name.
    pub name: Option<Str>,
    /// The larger place that it lies in.
    pub within: Option<PlaceId>,
    /// Degrees north, −90 to 90 (WGS 84).
    pub lat: Option<f64>,
    /// Degrees east, −180 to 180 (WGS 84).
    pub lon: Option<f64>,
}

/// A handle of a [`Place`].
pub type PlaceId = Handle<Place>;
