//! The macros that declare a kind of record and list its fields.

/// Declares a kind of record: its struct, `new` for a record without values, and the marker of its
/// handles.
macro_rules! record {
    ($(#[$doc:meta])* pub struct $record:ident { $($(#[$mdoc:meta])* pub $member:ident: $type:ty,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone)]
        pub struct $record {
            /// What every record has.
            pub common: $crate::Common,
            $($(#[$mdoc])* pub $member: $type,)+
        }
        impl $record {
            /// A record without any value.
            pub fn new(common: $crate::Common) -> Self {
                $record { common, $($member: Default::default(),)+ }
            }
        }
        impl $crate::Row for $record {
            type Marker = $crate::ids::marker::$record;
        }
        impl $crate::Record for $record {
            fn common_mut(&mut self) -> &mut $crate::Common {
                &mut self.common
            }
        }
    };
}

/// Lists the fields of a struct, in the order of the model's description: what keeps the value, then
/// the description of the field. The value is kept by
///
/// - `quote`: this member;
/// - `(act own_act)`: two members, one for a word of a vocabulary, one for a word that the user has
///   added;
/// - `[repeats]`: this member of the claim's links;
/// - `{by}`: no member; the method of this name gives the value as JSON.
macro_rules! fields {
    ($record:ident; $($place:tt: $field:expr,)+) => {
        impl $crate::Fields for $record {
            const FIELDS: &'static [$crate::Field] = &[$($field),+];

            fn cell(&mut self, nth: usize) -> $crate::Cell<'_> {
                let mut place = 0;
                $(
                    if nth == place { return fields!(@cell self $place); }
                    place += 1;
                )+
                unreachable!("field {nth} of {place}")
            }

            fn written(&self, facts: &impl $crate::Resolve, nth: usize) -> Option<serde_json::Value> {
                let mut place = 0;
                $(
                    if nth == place { return fields!(@written self facts $place); }
                    place += 1;
                )+
                let _ = place;
                None
            }

            fn count(&self, facts: &impl $crate::Resolve, nth: usize) -> Option<usize> {
                let mut place = 0;
                $(
                    if nth == place { return fields!(@count self facts $place); }
                    place += 1;
                )+
                let _ = (place, facts);
                None
            }

            fn lead(&self, facts: &impl $crate::Resolve, nth: usize, item: usize) -> Option<$crate::RecordRef> {
                let mut place = 0;
                $(
                    if nth == place { return fields!(@lead self facts item $place); }
                    place += 1;
                )+
                let _ = place;
                None
            }

            fn move_on(&mut self, moved: &$crate::Moved<'_>) {
                $(fields!(@moved self moved $place);)+
            }
        }
    };
    (@cell $me:ident ($known:ident $own:ident)) => {
        $crate::Cell::OneWordOrOwn(&mut $me.$known, &mut $me.$own)
    };
    (@cell $me:ident [$link:ident]) => { $crate::Cell::Linked(|links| &mut links.$link) };
    (@cell $me:ident {$method:ident}) => { $crate::Cell::Elsewhere };
    (@cell $me:ident $member:ident) => { $crate::FieldValue::cell(&mut $me.$member) };
    (@written $me:ident $facts:ident ($known:ident $own:ident)) => {
        $crate::FieldValue::written(&$me.$known, $facts)
            .or_else(|| $crate::FieldValue::written(&$me.$own, $facts))
    };
    (@written $me:ident $facts:ident [$link:ident]) => {
        $crate::FieldValue::written(&$crate::Resolve::links($facts, $me.links).$link, $facts)
    };
    (@written $me:ident $facts:ident {$method:ident}) => { $me.$method() };
    (@written $me:ident $facts:ident $member:ident) => {
        $crate::FieldValue::written(&$me.$member, $facts)
    };
    (@count $me:ident $facts:ident [$link:ident]) => {
        $crate::FieldValue::count(&$crate::Resolve::links($facts, $me.links).$link)
    };
    (@count $me:ident $facts:ident $member:ident) => { $crate::FieldValue::count(&$me.$member) };
    (@count $me:ident $facts:ident $other:tt) => { None };
    (@lead $me:ident $facts:ident $item:ident [$link:ident]) => {
        $crate::FieldValue::lead(&$crate::Resolve::links($facts, $me.links).$link, $facts, $item)
    };
    (@lead $me:ident $facts:ident $item:ident $member:ident) => {
        $crate::FieldValue::lead(&$me.$member, $facts, $item)
    };
    (@lead $me:ident $facts:ident $item:ident $other:tt) => { None };
    (@moved $me:ident $moved:ident ($known:ident $own:ident)) => {
        $crate::FieldValue::move_on(&mut $me.$own, $moved)
    };
    (@moved $me:ident $moved:ident $member:ident) => {
        $crate::FieldValue::move_on(&mut $me.$member, $moved)
    };
    // References are resolved only after the move; a distance holds no handle.
    (@moved $me:ident $moved:ident $other:tt) => {};
}
pub(crate) use {fields, record};
