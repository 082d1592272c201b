//! Places.

use crate::fields::{Field, Shape};
use crate::ids::{PlaceId, RecordKind};
use crate::storage::Str;
use crate::values::{fields, record};
use Shape::{Number, Reference, Text};

record! {
    /// Where something took place.
    pub struct Place {
        /// Its name.
        pub name: Option<Str>,
        /// The place that contains it.
        pub within: Option<PlaceId>,
        /// Degrees north, −90 to 90 (WGS 84).
        pub lat: Option<f64>,
        /// Degrees east, −180 to 180 (WGS 84).
        pub lon: Option<f64>,
    }
}

fields! {
    Place;
    name: Field::new("name", Text, "Its name.")
        .required(),
    within: Field::new("within", Reference(&[RecordKind::Place]), "The place that contains it.")
        .edge("within").links("place_within", "place").kept(),
    lat: Field::new("lat", Number { least: -90.0, most: 90.0 },
        "Latitude in degrees, north positive."),
    lon: Field::new("lon", Number { least: -180.0, most: 180.0 },
        "Longitude in degrees, east positive."),
}
