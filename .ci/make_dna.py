"""Makes a small project of Discourse Network Analyzer 3, with the tables that DNA 3.0.7 creates.

    python3 make_dna.py OUT.dna            the example of the tests
    python3 make_dna.py OUT.dna --many N   N statements more, for measuring

The columns are those of dna/src/main/java/sql/Sql.java in the public repository of DNA; what is coded is made up.
"""

import sqlite3
import sys

TABLES = """
CREATE TABLE SETTINGS(Property TEXT PRIMARY KEY, Value TEXT NOT NULL);
CREATE TABLE CODERS(ID INTEGER NOT NULL PRIMARY KEY, Name TEXT NOT NULL, Red INTEGER, Green INTEGER, Blue INTEGER, Password TEXT NOT NULL);
CREATE TABLE DOCUMENTS(ID INTEGER NOT NULL PRIMARY KEY, Title TEXT NOT NULL, Text TEXT NOT NULL, Coder INTEGER, Author TEXT NOT NULL DEFAULT '',
  Source TEXT NOT NULL DEFAULT '', Section TEXT NOT NULL DEFAULT '', Notes TEXT NOT NULL DEFAULT '', Type TEXT NOT NULL DEFAULT '', Date INTEGER NOT NULL);
CREATE TABLE STATEMENTTYPES(ID INTEGER NOT NULL PRIMARY KEY, Label TEXT NOT NULL, Red INTEGER, Green INTEGER, Blue INTEGER);
CREATE TABLE VARIABLES(ID INTEGER NOT NULL PRIMARY KEY, Variable TEXT NOT NULL, DataType TEXT NOT NULL, StatementTypeId INTEGER, UNIQUE (Variable, StatementTypeId));
CREATE TABLE VARIABLELINKS(ID INTEGER NOT NULL PRIMARY KEY, SourceVariableId INTEGER, TargetVariableId INTEGER);
CREATE TABLE REGEXES(Label TEXT PRIMARY KEY, Red INTEGER, Green INTEGER, Blue INTEGER);
CREATE TABLE STATEMENTS(ID INTEGER NOT NULL PRIMARY KEY, StatementTypeId INTEGER, DocumentId INTEGER, Start INTEGER NOT NULL, Stop INTEGER NOT NULL, Coder INTEGER);
CREATE TABLE DATABOOLEAN(ID INTEGER PRIMARY KEY NOT NULL, StatementId INTEGER NOT NULL, VariableId INTEGER NOT NULL, Value INTEGER NOT NULL DEFAULT 1, UNIQUE (StatementId, VariableId));
CREATE TABLE DATAINTEGER(ID INTEGER PRIMARY KEY NOT NULL, StatementId INTEGER NOT NULL, VariableId INTEGER NOT NULL, Value INTEGER NOT NULL DEFAULT 0, UNIQUE (StatementId, VariableId));
CREATE TABLE ENTITIES(ID INTEGER PRIMARY KEY NOT NULL, VariableId INTEGER NOT NULL, Value TEXT NOT NULL DEFAULT '', Red INTEGER, Green INTEGER, Blue INTEGER, ChildOf INTEGER, UNIQUE (VariableId, Value));
CREATE TABLE DATASHORTTEXT(ID INTEGER PRIMARY KEY NOT NULL, StatementId INTEGER NOT NULL, VariableId INTEGER NOT NULL, Entity INTEGER NOT NULL, UNIQUE (StatementId, VariableId));
CREATE TABLE DATALONGTEXT(ID INTEGER PRIMARY KEY NOT NULL, StatementId INTEGER NOT NULL, VariableId INTEGER NOT NULL, Value TEXT DEFAULT '', UNIQUE (StatementId, VariableId));
CREATE TABLE ATTRIBUTEVARIABLES(ID INTEGER PRIMARY KEY NOT NULL, VariableId INTEGER NOT NULL, AttributeVariable TEXT NOT NULL, UNIQUE (VariableId, AttributeVariable));
CREATE TABLE ATTRIBUTEVALUES(ID INTEGER PRIMARY KEY NOT NULL, EntityId INTEGER NOT NULL, AttributeVariableId INTEGER NOT NULL, AttributeValue TEXT NOT NULL DEFAULT '', UNIQUE (EntityId, AttributeVariableId));
"""

TEXT = """The quay 🚢 is full.
"The new quay must open in May," said Ada Lind of the City. Jon Berg of the Dockers' Union was not so sure:
nobody had asked the dockers. The City will pay half.
"""
VARIABLES = [(1, "person", "short text", 1), (2, "organization", "short text", 1), (3, "concept", "short text", 1),
             (4, "agreement", "boolean", 1), (5, "strength", "integer", 1), (6, "arena", "short text", 1),
             (7, "note", "long text", 2)]
ENTITIES = [(1, 1, "", 0, 0, 0, None), (2, 2, "", 0, 0, 0, None), (3, 3, "", 0, 0, 0, None), (4, 1, "Ada Lind", 0, 204, 0, None),
            (5, 1, "Jon Berg", 0, 0, 0, None), (6, 2, "City of Harbour", 0, 0, 0, None), (7, 2, "Dockers' Union", 255, 153, 0, None),
            (8, 3, "The new quay should open", 0, 0, 0, 9), (9, 3, "The quay", 0, 0, 0, None), (10, 6, "press", 0, 0, 0, None)]


def utf16(text):
    return len(text.encode("utf-16-le")) // 2


def span(words):
    start = TEXT.index(words)
    return utf16(TEXT[:start]), utf16(TEXT[:start + len(words)])


def main():
    path = sys.argv[1]
    db = sqlite3.connect(path)
    db.execute("PRAGMA page_size = 512")
    db.executescript(TABLES)
    many = db.executemany
    many("INSERT INTO SETTINGS VALUES (?, ?)", [("version", "3.0.7"), ("date", "2022-06-10")])
    many("INSERT INTO CODERS VALUES (?, ?, 255, 255, 0, 'x')", [(1, "Admin"), (2, "Mia")])
    many("INSERT INTO DOCUMENTS VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", [
        (1, "Quay to open", TEXT, 2, "Ole Kern", "Harbour News", "Town", "From the archive.", "report", 1682035200),
        (2, "A short one", "Nothing.\n", 1, "", "", "", "", "", 1682072100)])
    many("INSERT INTO STATEMENTTYPES VALUES (?, ?, ?, ?, ?)", [(1, "DNA Statement", 239, 208, 51), (2, "Annotation", 211, 211, 211)])
    many("INSERT INTO VARIABLES VALUES (?, ?, ?, ?)", VARIABLES)
    many("INSERT INTO ENTITIES VALUES (?, ?, ?, ?, ?, ?, ?)", ENTITIES)
    many("INSERT INTO ATTRIBUTEVARIABLES VALUES (?, ?, ?)", [(1, 1, "Type"), (2, 2, "Alias"), (3, 3, "Notes"), (4, 6, "Type")])
    many("INSERT INTO ATTRIBUTEVALUES VALUES (?, ?, ?, ?)", [(1, 4, 1, "Mayor"), (2, 7, 2, "the Union"), (3, 8, 3, "By summer."), (4, 10, 4, "public"), (5, 5, 1, "")])
    statements = [span('"The new quay must open in May," said Ada Lind'), span("nobody had asked the dockers"),
                  span("The City will pay half."), span("is full"), (9, 10), (5, 5000)]
    kinds = [1, 1, 1, 2, 2, 1]
    many("INSERT INTO STATEMENTS VALUES (?, ?, 1, ?, ?, 2)",
         [(n + 1, kind, *places) for n, (kind, places) in enumerate(zip(kinds, statements))])
    many("INSERT INTO DATASHORTTEXT VALUES (?, ?, ?, ?)", [
        (1, 1, 1, 4), (2, 1, 2, 6), (3, 1, 3, 8), (4, 1, 6, 10),
        (5, 2, 1, 5), (6, 2, 2, 7), (7, 2, 3, 8), (8, 3, 1, 1), (9, 3, 2, 6), (10, 3, 3, 3)])
    many("INSERT INTO DATABOOLEAN VALUES (?, ?, 4, ?)", [(1, 1, 1), (2, 2, 0), (3, 3, 1)])
    many("INSERT INTO DATAINTEGER VALUES (?, ?, 5, ?)", [(1, 1, 3), (2, 2, -1)])
    many("INSERT INTO DATALONGTEXT VALUES (?, ?, 7, ?)", [(1, 4, "Check the day.\nTwice.")])
    if "--many" in sys.argv:
        count = int(sys.argv[sys.argv.index("--many") + 1])
        first, last = span("The City will pay half.")
        many("INSERT INTO STATEMENTS VALUES (?, 1, 1, ?, ?, 2)", [(n + 7, first, last) for n in range(count)])
        many("INSERT INTO DATASHORTTEXT VALUES (NULL, ?, ?, ?)",
             [(n + 7, variable, entity) for n in range(count) for variable, entity in ((1, 4), (3, 8))])
    db.commit()
    db.execute("VACUUM")
    db.close()


if __name__ == "__main__":
    main()
