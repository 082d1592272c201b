//! Adds values to columns: a row goes from what it is in memory into its columns, and is never JSON in between.

use serde::ser::{self, Serialize, Serializer};
use serde_json::value::Serializer as AsJson;
use serde_json::{Error, Value};

use super::column::{BoundColumns, Column, DateColumns, ListColumn, StructColumn, day};
use super::text::Texts;

/// Adds one value to a column, as that of a row. What the column cannot hold is null there, and nulls are
/// added later.
pub(super) struct Append<'c> {
    column: &'c mut Column,
    row: usize,
}

impl<'c> Append<'c> {
    pub(super) fn new(column: &'c mut Column, row: usize) -> Self {
        Append { column, row }
    }

    /// The column, as long as there are rows before this one.
    fn before(self) -> &'c mut Column {
        self.column.fill(self.row);
        self.column
    }

    /// Adds JSON to a column of JSON, and nothing to any other.
    fn json(self, made: impl FnOnce() -> Result<Value, Error>) -> Result<(), Error> {
        match self.before() {
            Column::Json(all) => put(all, &made()?),
            _ => Ok(()),
        }
    }

    fn whole(self, value: Option<i64>, number: f64) {
        match self.before() {
            Column::Whole(all) => all.append_option(value),
            Column::Number(all) => all.append_value(number),
            _ => {}
        }
    }

    fn items(self, len: Option<usize>) -> Result<Items<'c>, Error> {
        Ok(match self.before() {
            Column::List(list) => {
                list.begun();
                Items::List(list)
            }
            Column::Json(all) => Items::Json(all, AsJson.serialize_seq(len)?),
            _ => Items::Nowhere,
        })
    }

    fn fields(self, json: impl FnOnce() -> Result<JsonObject, Error>) -> Result<Fields<'c>, Error> {
        let row = self.row;
        let object = match self.before() {
            Column::Struct(object) => {
                object.begun();
                match object {
                    StructColumn {
                        is_item: true,
                        columns,
                        ..
                    } => match columns.as_mut_slice() {
                        [Column::Date(date), ..] => Object::Date(date, row),
                        _ => Object::Nowhere,
                    },
                    StructColumn { keys, columns, .. } => Object::Struct {
                        keys,
                        columns,
                        row,
                        next: 0,
                    },
                }
            }
            Column::Date(date) => Object::Date(date, row),
            Column::Json(all) => Object::Json(all, json()?),
            _ => Object::Nowhere,
        };
        let key = String::new();
        Ok(Fields { object, key })
    }
}

/// Adds JSON to a column of texts.
fn put(all: &mut Texts, value: &Value) -> Result<(), Error> {
    if value.is_null() {
        return Ok(());
    }
    push(all, &value.to_string())
}

/// Adds a text to a column of texts.
fn push(all: &mut Texts, text: &str) -> Result<(), Error> {
    all.push(text).map_err(ser::Error::custom)
}

type JsonList = <AsJson as Serializer>::SerializeSeq;
type JsonObject = <AsJson as Serializer>::SerializeMap;

impl<'c> Serializer for Append<'c> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Items<'c>;
    type SerializeTuple = Items<'c>;
    type SerializeTupleStruct = Items<'c>;
    type SerializeTupleVariant = JsonOnly<'c, <AsJson as Serializer>::SerializeTupleVariant>;
    type SerializeMap = Fields<'c>;
    type SerializeStruct = Fields<'c>;
    type SerializeStructVariant = JsonOnly<'c, <AsJson as Serializer>::SerializeStructVariant>;

    fn serialize_bool(self, value: bool) -> Result<(), Error> {
        match self.before() {
            Column::Truth(all) => all.append_value(value),
            Column::Json(all) => put(all, &Value::from(value))?,
            _ => {}
        }
        Ok(())
    }

    fn serialize_i8(self, value: i8) -> Result<(), Error> {
        self.serialize_i64(value.into())
    }

    fn serialize_i16(self, value: i16) -> Result<(), Error> {
        self.serialize_i64(value.into())
    }

    fn serialize_i32(self, value: i32) -> Result<(), Error> {
        self.serialize_i64(value.into())
    }

    #[expect(clippy::cast_precision_loss, reason = "as JSON has it")]
    fn serialize_i64(self, value: i64) -> Result<(), Error> {
        if matches!(self.column, Column::Json(_)) {
            return self.json(|| Ok(Value::from(value)));
        }
        self.whole(Some(value), value as f64);
        Ok(())
    }

    fn serialize_u8(self, value: u8) -> Result<(), Error> {
        self.serialize_u64(value.into())
    }

    fn serialize_u16(self, value: u16) -> Result<(), Error> {
        self.serialize_u64(value.into())
    }

    fn serialize_u32(self, value: u32) -> Result<(), Error> {
        self.serialize_u64(value.into())
    }

    #[expect(clippy::cast_precision_loss, reason = "as JSON has it")]
    fn serialize_u64(self, value: u64) -> Result<(), Error> {
        if matches!(self.column, Column::Json(_)) {
            return self.json(|| Ok(Value::from(value)));
        }
        self.whole(i64::try_from(value).ok(), value as f64);
        Ok(())
    }

    fn serialize_f32(self, value: f32) -> Result<(), Error> {
        self.serialize_f64(value.into())
    }

    fn serialize_f64(self, value: f64) -> Result<(), Error> {
        match self.before() {
            // JSON has no number that is none.
            Column::Number(all) => all.append_option(Some(value).filter(|value| value.is_finite())),
            Column::Json(all) => put(all, &Value::from(value))?,
            _ => {}
        }
        Ok(())
    }

    fn serialize_char(self, value: char) -> Result<(), Error> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<(), Error> {
        match self.before() {
            Column::Text(all) => push(all, value)?,
            Column::Word(all) => all.push(value),
            Column::Day(all) => all.append_option(day(value)),
            Column::Json(all) => put(all, &Value::from(value))?,
            _ => {}
        }
        Ok(())
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<(), Error> {
        self.json(|| AsJson.serialize_bytes(value))
    }

    fn serialize_none(self) -> Result<(), Error> {
        Ok(())
    }

    fn serialize_some<T: ?Sized + Serialize>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Error> {
        self.serialize_none()
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Error> {
        self.serialize_none()
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<(), Error> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: ?Sized + Serialize>(
        self,
        name: &'static str,
        nth: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        self.json(|| AsJson.serialize_newtype_variant(name, nth, variant, value))
    }

    fn serialize_seq(self, len: Option<usize>) -> Result<Items<'c>, Error> {
        self.items(len)
    }

    fn serialize_tuple(self, len: usize) -> Result<Items<'c>, Error> {
        self.items(Some(len))
    }

    fn serialize_tuple_struct(self, _: &'static str, len: usize) -> Result<Items<'c>, Error> {
        self.items(Some(len))
    }

    fn serialize_tuple_variant(
        self,
        name: &'static str,
        nth: u32,
        variant: &'static str,
        len: usize,
    ) -> Result<Self::SerializeTupleVariant, Error> {
        let made = AsJson.serialize_tuple_variant(name, nth, variant, len)?;
        Ok(JsonOnly(self, made))
    }

    fn serialize_map(self, len: Option<usize>) -> Result<Fields<'c>, Error> {
        self.fields(|| AsJson.serialize_map(len))
    }

    fn serialize_struct(self, name: &'static str, len: usize) -> Result<Fields<'c>, Error> {
        self.fields(|| AsJson.serialize_struct(name, len))
    }

    fn serialize_struct_variant(
        self,
        name: &'static str,
        nth: u32,
        variant: &'static str,
        len: usize,
    ) -> Result<Self::SerializeStructVariant, Error> {
        let made = AsJson.serialize_struct_variant(name, nth, variant, len)?;
        Ok(JsonOnly(self, made))
    }
}

/// The items of a list.
pub(super) enum Items<'c> {
    List(&'c mut ListColumn),
    Json(&'c mut Texts, JsonList),
    /// The column holds no lists.
    Nowhere,
}

impl ser::SerializeSeq for Items<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_element<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Error> {
        match self {
            Items::List(list) => {
                value.serialize(Append::new(&mut list.items, list.count))?;
                list.count += 1;
                Ok(())
            }
            Items::Json(_, list) => list.serialize_element(value),
            Items::Nowhere => Ok(()),
        }
    }

    fn end(self) -> Result<(), Error> {
        match self {
            Items::List(list) => list.ended().map_err(ser::Error::custom),
            Items::Json(all, list) => put(all, &ser::SerializeSeq::end(list)?),
            Items::Nowhere => Ok(()),
        }
    }
}

impl ser::SerializeTuple for Items<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_element<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Error> {
        ser::SerializeSeq::serialize_element(self, value)
    }

    fn end(self) -> Result<(), Error> {
        ser::SerializeSeq::end(self)
    }
}

impl ser::SerializeTupleStruct for Items<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Error> {
        ser::SerializeSeq::serialize_element(self, value)
    }

    fn end(self) -> Result<(), Error> {
        ser::SerializeSeq::end(self)
    }
}

/// An object that is being added, and the key of a map whose value comes next.
pub(super) struct Fields<'c> {
    object: Object<'c>,
    key: String,
}

/// Where the fields of an object go.
enum Object<'c> {
    Struct {
        keys: &'c [String],
        columns: &'c mut [Column],
        row: usize,
        /// Which field is likely the next: they come in the order of the schema.
        next: usize,
    },
    /// A date, and the row that it is of.
    Date(&'c mut DateColumns, usize),
    Json(&'c mut Texts, JsonObject),
    /// The column holds no objects.
    Nowhere,
}

impl Object<'_> {
    fn field<T: ?Sized + Serialize>(&mut self, key: &str, value: &T) -> Result<(), Error> {
        match self {
            Object::Struct {
                keys,
                columns,
                row,
                next,
            } => {
                let is_key = |nth: &usize| keys.get(*nth).is_some_and(|one| one == key);
                let Some(nth) = Some(*next)
                    .filter(is_key)
                    .or_else(|| (0..keys.len()).find(is_key))
                else {
                    // What users have added has no column.
                    return Ok(());
                };
                *next = nth + 1;
                value.serialize(Append::new(&mut columns[nth], *row))
            }
            Object::Date(date, row) => {
                if let Some(bounds) = date.bounds() {
                    told(bounds, key, value)?;
                }
                match date.part(key) {
                    Some(part) => value.serialize(Append::new(part, *row)),
                    None => Ok(()),
                }
            }
            Object::Json(_, object) => ser::SerializeMap::serialize_entry(object, key, value),
            Object::Nowhere => Ok(()),
        }
    }

    fn ended(self) -> Result<(), Error> {
        match self {
            Object::Struct { .. } | Object::Nowhere => Ok(()),
            Object::Date(date, row) => {
                date.ended(row);
                Ok(())
            }
            Object::Json(all, object) => put(all, &ser::SerializeMap::end(object)?),
        }
    }
}

/// Tells bounds what a date is, as far as they are made of it.
fn told<T: ?Sized + Serialize>(
    bounds: &mut BoundColumns,
    key: &str,
    value: &T,
) -> Result<(), Error> {
    if matches!(key, "written" | "calendar")
        && let Value::String(value) = value.serialize(AsJson)?
    {
        bounds.told(key, &value);
    }
    Ok(())
}

impl ser::SerializeStruct for Fields<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: ?Sized + Serialize>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        match &mut self.object {
            // JSON that is kept as it is written is such a struct.
            Object::Json(_, object) => ser::SerializeStruct::serialize_field(object, key, value),
            other => other.field(key, value),
        }
    }

    fn end(self) -> Result<(), Error> {
        match self.object {
            Object::Json(all, object) => put(all, &ser::SerializeStruct::end(object)?),
            other => other.ended(),
        }
    }
}

impl ser::SerializeMap for Fields<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: ?Sized + Serialize>(&mut self, key: &T) -> Result<(), Error> {
        match key.serialize(AsJson)? {
            Value::String(key) => self.key = key,
            _ => return Err(ser::Error::custom("a key is a text")),
        }
        Ok(())
    }

    fn serialize_value<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Error> {
        self.object.field(&self.key, value)
    }

    fn end(self) -> Result<(), Error> {
        self.object.ended()
    }
}

/// A value that only columns of JSON hold.
pub(super) struct JsonOnly<'c, S>(Append<'c>, S);

impl<S: ser::SerializeTupleVariant<Ok = Value, Error = Error>> ser::SerializeTupleVariant
    for JsonOnly<'_, S>
{
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Error> {
        self.1.serialize_field(value)
    }

    fn end(self) -> Result<(), Error> {
        let value = self.1.end()?;
        self.0.json(|| Ok(value))
    }
}

impl<S: ser::SerializeStructVariant<Ok = Value, Error = Error>> ser::SerializeStructVariant
    for JsonOnly<'_, S>
{
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: ?Sized + Serialize>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        self.1.serialize_field(key, value)
    }

    fn end(self) -> Result<(), Error> {
        let value = self.1.end()?;
        self.0.json(|| Ok(value))
    }
}
