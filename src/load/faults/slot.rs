//! Which field of which kind of record holds a reference, in eight bytes: for the place of a
//! reference that cannot be resolved, and for the kinds of record that it may refer to.

use annals_finding::Path;
use annals_model::{Field, Moved, Pool, RecordKind, RecordRef, Shape};

/// The field that holds a reference: eight bytes, of which a million claims have some ten million.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Slot {
    kind: RecordKind,
    /// Which of the kind's own fields.
    field: u8,
    /// A bit for each kind of record that may stand there.
    targets: u8,
    within: Within,
    /// Where the reference stands in an object of a pool, its position there, which is at most
    /// `u32::MAX`.
    item: u32,
}

/// What a reference stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Within {
    /// Its field.
    Field,
    /// A list in place of a record: an order in short.
    List,
    /// An object.
    Object(Pool),
    /// It stands in place of an object.
    Bare(Pool),
}

impl Slot {
    /// The `nth` of the kind's own fields.
    pub(crate) fn of(kind: RecordKind, nth: usize) -> Slot {
        let targets = kind.own_fields()[nth].shape.targets().iter();
        Slot {
            kind,
            field: nth as u8,
            targets: targets.fold(0, |all, kind| all | 1 << *kind as u8),
            within: Within::Field,
            item: 0,
        }
    }

    /// In the object at a position of its pool.
    pub(crate) fn item(self, item: u32) -> Slot {
        let pool = self.described().shape.parts().and_then(|part| part.pool);
        Slot {
            within: pool.map_or(Within::Field, Within::Object),
            item,
            ..self
        }
    }

    /// In place of an object, or of a field.
    pub(crate) fn bare(self) -> Slot {
        let within = match self.within {
            Within::Object(pool) | Within::Bare(pool) => Within::Bare(pool),
            Within::Field | Within::List => Within::List,
        };
        Slot { within, ..self }
    }

    /// Which of the kind's own fields it is.
    pub(crate) fn nth(self) -> usize {
        usize::from(self.field)
    }

    fn described(self) -> &'static Field {
        &self.kind.own_fields()[self.nth()]
    }

    /// The field, as the facts call it.
    pub(crate) fn field(self) -> &'static str {
        self.described().name
    }

    /// The kinds of record that may stand there.
    pub(crate) fn kinds(self) -> &'static [RecordKind] {
        self.described().shape.targets()
    }

    /// A bit for each of these kinds.
    pub(crate) fn targets(self) -> u8 {
        self.targets
    }

    /// Whether a record may stand there.
    pub(crate) fn takes(self, record: RecordRef) -> bool {
        self.targets & 1 << record.kind() as u8 != 0
    }

    /// The object that it stands in, by its position in its pool.
    pub(crate) fn object(self) -> Option<(Pool, usize)> {
        match self.within {
            Within::Object(pool) | Within::Bare(pool) => Some((pool, self.item as usize)),
            Within::Field | Within::List => None,
        }
    }

    /// The same field, when the items of the pools are moved on.
    pub(crate) fn moved(self, moved: &Moved<'_>) -> Slot {
        let far = self.object().map_or(0, |(pool, _)| moved.objects(pool));
        Slot {
            item: self.item + far as u32,
            ..self
        }
    }

    /// Where the reference stands in its record.
    pub(crate) fn path(self, nth: usize) -> Path {
        let Field { name, shape, .. } = self.described();
        let field = Path::field(*name);
        match (self.within, shape) {
            (Within::List, _) => Path::RECORD.index(nth),
            (Within::Field, Shape::Reference(_)) => field,
            (Within::Object(_), Shape::Parts(part)) => {
                let mut fields = part.fields.iter();
                let inner = fields.find(|inner| !inner.shape.targets().is_empty());
                let item = field.index(nth);
                inner.map_or(item.clone(), |inner| item.key(inner.name))
            }
            _ => field.index(nth),
        }
    }
}
