//! The tables of a project.

use std::collections::BTreeMap;

use rusqlite::config::DbConfig;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};

use annals_source::{At, SourceError};

/// A document.
pub(super) struct Document {
    pub(super) id: i64,
    pub(super) title: String,
    pub(super) text: String,
    pub(super) coder: i64,
    pub(super) author: String,
    pub(super) source: String,
    pub(super) section: String,
    pub(super) notes: String,
    pub(super) kind: String,
    /// Seconds since 1970, of a clock without a zone.
    pub(super) date: i64,
}

/// A statement.
pub(super) struct Statement {
    pub(super) id: i64,
    pub(super) kind: i64,
    pub(super) document: i64,
    /// UTF-16 units.
    pub(super) start: i64,
    pub(super) stop: i64,
    pub(super) coder: i64,
}

/// What is coded in short texts.
pub(super) struct Entity {
    pub(super) variable: i64,
    pub(super) value: String,
    pub(super) colour: (i64, i64, i64),
    pub(super) child_of: i64,
    /// Names and values, in the order of their variables.
    pub(super) attributes: Vec<(String, String)>,
}

/// What a statement has for a variable.
pub(super) enum Coded {
    Entity(i64),
    Text(String),
    Number(i64),
    Truth(bool),
}

/// A project.
pub(super) struct Tables {
    pub(super) coders: BTreeMap<i64, String>,
    pub(super) documents: Vec<Document>,
    /// Types of statements: label and colour.
    pub(super) kinds: BTreeMap<i64, (String, (i64, i64, i64))>,
    pub(super) variables: BTreeMap<i64, String>,
    pub(super) entities: BTreeMap<i64, Entity>,
    pub(super) statements: Vec<Statement>,
    /// By statement: variable and value.
    pub(super) coded: BTreeMap<i64, Vec<(i64, Coded)>>,
}

/// A database that is read.
struct Reader<'r> {
    connection: Connection,
    at: &'r At,
}

impl Tables {
    pub(super) fn read(mut bytes: Vec<u8>, at: &At) -> Result<Tables, SourceError> {
        // A database with a log beside it is read as it is without: the two bytes that say so are
        // set to what a database in memory can be.
        if let Some(modes) = bytes.get_mut(18..20) {
            modes.fill(1);
        }
        let reader = Reader::new(&bytes, at).map_err(|error| broken(at, &error))?;
        drop(bytes);
        reader.check()?;
        let mut entities = BTreeMap::new();
        reader.rows(
            "ENTITIES",
            "ID, VariableId, Value, Red, Green, Blue, ChildOf",
            |row| {
                let entity = Entity {
                    variable: number(row, 1)?,
                    value: text(row, 2)?,
                    colour: (number(row, 3)?, number(row, 4)?, number(row, 5)?),
                    child_of: number(row, 6)?,
                    attributes: Vec::new(),
                };
                entities.insert(number(row, 0)?, entity);
                Ok(())
            },
        )?;
        reader.attributes(&mut entities)?;
        let mut tables = Tables {
            coders: reader.labels("CODERS", "Name")?,
            documents: reader.documents()?,
            kinds: BTreeMap::new(),
            variables: reader.labels("VARIABLES", "Variable")?,
            entities,
            statements: Vec::new(),
            coded: BTreeMap::new(),
        };
        reader.rows("STATEMENTTYPES", "ID, Label, Red, Green, Blue", |row| {
            let colour = (number(row, 2)?, number(row, 3)?, number(row, 4)?);
            tables
                .kinds
                .insert(number(row, 0)?, (text(row, 1)?, colour));
            Ok(())
        })?;
        let columns = "ID, StatementTypeId, DocumentId, Start, Stop, Coder";
        reader.rows("STATEMENTS", columns, |row| {
            tables.statements.push(Statement {
                id: number(row, 0)?,
                kind: number(row, 1)?,
                document: number(row, 2)?,
                start: number(row, 3)?,
                stop: number(row, 4)?,
                coder: number(row, 5)?,
            });
            Ok(())
        })?;
        tables.coded = reader.coded()?;
        Ok(tables)
    }
}

impl<'r> Reader<'r> {
    fn new(bytes: &[u8], at: &'r At) -> rusqlite::Result<Self> {
        let mut connection = Connection::open_in_memory()?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false)?;
        connection.deserialize_read_exact("main", bytes, bytes.len(), true)?;
        connection.pragma_update(None, "cell_size_check", true)?;
        Ok(Reader { connection, at })
    }

    /// Whether this is a project, and of a version that is known.
    fn check(&self) -> Result<(), SourceError> {
        let mut version = String::new();
        self.rows_by("SETTINGS", "Property, Value", "Property", |row| {
            if text(row, 0)? == "version" {
                version = text(row, 1)?;
            }
            Ok(())
        })?;
        if version.starts_with('3') {
            return Ok(());
        }
        let version = annals_finding::shown(&version);
        let message = format!(
            "this is a Discourse Network Analyzer {version} project; only version 3 is read"
        );
        Err(SourceError::syntax(self.at.clone(), message)
            .help("open it with DNA 3, which imports older projects, and save it"))
    }

    fn rows(
        &self,
        table: &str,
        columns: &str,
        read: impl FnMut(&Row<'_>) -> Result<(), Wrong>,
    ) -> Result<(), SourceError> {
        self.rows_by(table, columns, "ID", read)
    }

    /// Every row of an ordinary table.
    fn rows_by(
        &self,
        table: &str,
        columns: &str,
        order: &str,
        mut read: impl FnMut(&Row<'_>) -> Result<(), Wrong>,
    ) -> Result<(), SourceError> {
        let ordinary = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = ?1 COLLATE NOCASE \
                        AND sql LIKE 'CREATE TABLE%'";
        let count = self
            .connection
            .query_row(ordinary, [table], |row| row.get::<_, i64>(0))
            .map_err(|error| broken(self.at, &error))?;
        if count != 1 {
            let message = format!(
                "this is not a Discourse Network Analyzer 3 project: it has no table {table}"
            );
            return Err(SourceError::syntax(self.at.clone(), message));
        }
        let query = format!("SELECT {columns} FROM {table} ORDER BY {order}");
        let fault = |error: &rusqlite::Error| {
            let at = At::item(&self.at.file, format!("table {table}"));
            broken(&at, error)
        };
        let mut statement = self
            .connection
            .prepare(&query)
            .map_err(|error| fault(&error))?;
        let mut rows = statement.query([]).map_err(|error| fault(&error))?;
        let mut count = 0;
        while let Some(row) = rows.next().map_err(|error| fault(&error))? {
            count += 1;
            read(row).map_err(|Wrong(what)| {
                let at = At::item(&self.at.file, format!("table {table}, row {count}"));
                SourceError::syntax(at, what)
            })?;
        }
        Ok(())
    }

    fn labels(&self, table: &str, label: &str) -> Result<BTreeMap<i64, String>, SourceError> {
        let mut labels = BTreeMap::new();
        self.rows(table, &format!("ID, {label}"), |row| {
            labels.insert(number(row, 0)?, text(row, 1)?);
            Ok(())
        })?;
        Ok(labels)
    }

    fn documents(&self) -> Result<Vec<Document>, SourceError> {
        let mut documents = Vec::new();
        let columns = "ID, Title, Text, Coder, Author, Source, Section, Notes, Type, Date";
        self.rows("DOCUMENTS", columns, |row| {
            documents.push(Document {
                id: number(row, 0)?,
                title: text(row, 1)?,
                text: text(row, 2)?,
                coder: number(row, 3)?,
                author: text(row, 4)?,
                source: text(row, 5)?,
                section: text(row, 6)?,
                notes: text(row, 7)?,
                kind: text(row, 8)?,
                date: number(row, 9)?,
            });
            Ok(())
        })?;
        Ok(documents)
    }

    fn attributes(&self, entities: &mut BTreeMap<i64, Entity>) -> Result<(), SourceError> {
        let names = self.labels("ATTRIBUTEVARIABLES", "AttributeVariable")?;
        let columns = "EntityId, AttributeVariableId, AttributeValue";
        let order = "EntityId, AttributeVariableId";
        self.rows_by("ATTRIBUTEVALUES", columns, order, |row| {
            let value = text(row, 2)?;
            let name = names.get(&number(row, 1)?);
            let entity = entities.get_mut(&number(row, 0)?);
            if let (Some(entity), Some(name), false) = (entity, name, value.is_empty()) {
                entity.attributes.push((name.clone(), value));
            }
            Ok(())
        })
    }

    fn coded(&self) -> Result<BTreeMap<i64, Vec<(i64, Coded)>>, SourceError> {
        let mut coded: BTreeMap<i64, Vec<(i64, Coded)>> = BTreeMap::new();
        let mut all = |table: &str, column: &str, value: fn(&Row<'_>) -> Result<Coded, Wrong>| {
            let columns = format!("StatementId, VariableId, {column}");
            self.rows_by(table, &columns, "StatementId, VariableId", |row| {
                let of = coded.entry(number(row, 0)?).or_default();
                of.push((number(row, 1)?, value(row)?));
                Ok(())
            })
        };
        all("DATASHORTTEXT", "Entity", |row| {
            Ok(Coded::Entity(number(row, 2)?))
        })?;
        all("DATALONGTEXT", "Value", |row| {
            Ok(Coded::Text(text(row, 2)?))
        })?;
        all("DATAINTEGER", "Value", |row| {
            Ok(Coded::Number(number(row, 2)?))
        })?;
        all("DATABOOLEAN", "Value", |row| {
            Ok(Coded::Truth(number(row, 2)? != 0))
        })?;
        Ok(coded)
    }
}

/// Why a row is not read.
struct Wrong(String);

fn broken(at: &At, error: &rusqlite::Error) -> SourceError {
    SourceError::syntax(at.clone(), format!("the database cannot be read: {error}"))
        .note("this happens when a file is copied incompletely, or while DNA is writing")
}

fn value<'r>(row: &'r Row<'_>, nth: usize) -> Result<ValueRef<'r>, Wrong> {
    row.get_ref(nth).map_err(|error| Wrong(error.to_string()))
}

/// A whole number; nothing is 0, which is no id.
fn number(row: &Row<'_>, nth: usize) -> Result<i64, Wrong> {
    match value(row, nth)? {
        ValueRef::Null => Ok(0),
        ValueRef::Integer(number) => Ok(number),
        _ => Err(Wrong("a value that is not a whole number".to_owned())),
    }
}

fn text(row: &Row<'_>, nth: usize) -> Result<String, Wrong> {
    match value(row, nth)? {
        ValueRef::Null => Ok(String::new()),
        ValueRef::Integer(number) => Ok(number.to_string()),
        ValueRef::Text(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => Ok(text.to_owned()),
            Err(_) => Err(Wrong("a text that is not UTF-8".to_owned())),
        },
        _ => Err(Wrong("a value that is not text".to_owned())),
    }
}
