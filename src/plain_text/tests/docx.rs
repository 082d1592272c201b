//! Word documents.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;

use super::super::{PlainText, read};

/// An archive of these files.
pub(super) fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive
            .start_file(*name, SimpleFileOptions::default())
            .expect("a file");
        archive.write_all(bytes).expect("its bytes");
    }
    archive.finish().expect("an archive").into_inner()
}

fn part(element: &str, inner: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:{element} xmlns:w=\"urn:w\" xmlns:mc=\"urn:mc\">{inner}</w:{element}>"
    )
}

fn document(body: &str) -> String {
    part("document", &format!("<w:body>{body}</w:body>"))
}

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn of(body: &str) -> PlainText {
    read(
        "a.docx",
        archive(&[("word/document.xml", document(body).as_bytes())]),
    )
    .expect("a document")
}

fn refused(files: &[(&str, &[u8])]) -> String {
    read("a.docx", archive(files))
        .expect_err("refused")
        .to_string()
}

#[test]
fn paragraphs_are_read_with_what_is_in_them() {
    let read = of(&format!(
        "{}<w:p><w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr><w:r><w:t xml:space='preserve'>a </w:t><w:tab/>\
         <w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d &amp; e</w:t></w:r></w:p>{}",
        p("Erster Absatz"),
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Zelle</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    ));
    assert_eq!(
        read.text,
        "Erster Absatz\n\na \tb\nc\u{2011}d & e\n\nZelle\n"
    );
    assert_eq!(read.pages, []);
}

#[test]
fn what_was_deleted_or_is_there_twice_is_no_text() {
    let read = of(
        "<w:p><w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:ins><w:r><w:t>new</w:t></w:r></w:ins>\
         <w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom><w:r><w:instrText>PAGE</w:instrText></w:r>\
         <mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></mc:Choice>\
         <mc:Fallback><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></mc:Fallback>\
         </mc:AlternateContent><w:r><w:t> words</w:t></w:r></w:p>",
    );
    assert_eq!(read.text, "new words\n\nbox\n");
    assert_eq!(
        read.notes,
        ["changes that are tracked are read as if all were accepted"]
    );
}

#[test]
fn pages_are_those_on_which_word_last_showed_it() {
    let section = |inner: &str| format!("<w:p><w:pPr><w:sectPr>{inner}</w:sectPr></w:pPr></w:p>");
    let read = of(&format!(
        "{}{}<w:p><w:r><w:lastRenderedPageBreak/><w:t>One </w:t></w:r><w:r><w:t>goes</w:t>\
         <w:lastRenderedPageBreak/><w:t> on</w:t></w:r></w:p>{}<w:sectPr><w:pgNumType w:start='1'/></w:sectPr>",
        p("Preface"),
        section("<w:pgNumType w:fmt='lowerRoman' w:start='4'/>"),
        p("End"),
    ));
    assert_eq!(read.text, "Preface\n\n\u{c}One goes\u{c} on\n\nEnd\n");
    let page = |words: &str| {
        let at = read.text.find(words).expect("there");
        read.page_of(at..at + words.len())
    };
    assert_eq!(page("Preface").as_deref(), Some("iv"));
    assert_eq!(page("One goes").as_deref(), Some("1"));
    assert_eq!(page("goes\u{c} on").as_deref(), Some("1-2"));
    assert_eq!(page("End").as_deref(), Some("2"));
}

#[test]
fn notes_stand_where_they_are_referred_to() {
    let body = "<w:p><w:r><w:t>Said</w:t><w:footnoteReference w:id='2'/><w:t>.</w:t><w:footnoteReference w:id='2'/></w:r></w:p>";
    let footnotes = part(
        "footnotes",
        "<w:footnote w:type='separator' w:id='-1'><w:p><w:r><w:t>line</w:t></w:r></w:p></w:footnote>\
         <w:footnote w:id='2'><w:p><w:r><w:t>Minutes, p. 4</w:t></w:r></w:p></w:footnote>",
    );
    let endnotes = part(
        "endnotes",
        "<w:endnote w:id='1'><w:p><w:r><w:t>Last</w:t></w:r></w:p></w:endnote>",
    );
    let core = "<cp:coreProperties xmlns:cp='urn:c' xmlns:dc='urn:d' xmlns:dcterms='urn:t'><dc:title>On a  basin</dc:title>\
        <dcterms:created>2021-05-04T10:00:00Z</dcterms:created><dc:language>pt-PT</dc:language></cp:coreProperties>";
    let comments = part("comments", "<w:comment w:id='0'><w:p/></w:comment>");
    let header = part("hdr", &p("Draft of May"));
    let read = read(
        "a.docx",
        archive(&[
            ("_rels/.rels", b"<Relationships><Relationship Type='http://x/officeDocument' Target='/word/document2.xml'/></Relationships>"),
            ("word/document2.xml", document(&(body.to_owned() + &p("Next"))).as_bytes()),
            ("word/footnotes.xml", footnotes.as_bytes()),
            ("word/endnotes.xml", endnotes.as_bytes()),
            ("word/comments.xml", comments.as_bytes()),
            ("word/header1.xml", header.as_bytes()),
            ("docProps/core.xml", core.as_bytes()),
        ]),
    )
    .expect("a document");
    assert_eq!(read.text, "Said.\n\nMinutes, p. 4\n\nNext\n\nLast\n");
    assert_eq!(read.title.as_deref(), Some("On a basin"));
    assert_eq!(read.created.as_deref(), Some("2021-05-04"));
    assert_eq!(read.published, None);
    assert_eq!(read.language.as_deref(), Some("pt-PT"));
    assert_eq!(
        read.notes,
        [
            "left out: 1 comment",
            "left out: 3 words of page headers and footers"
        ]
    );
}

#[test]
fn hostile_archives_are_refused_with_words() {
    let zeros = vec![b' '; 24 << 20];
    let bomb = refused(&[("word/document.xml", &zeros)]);
    assert!(
        bomb.contains("it unpacks to more than 200 times its size"),
        "{bomb}"
    );
    let deep = document(&"<w:sdt>".repeat(3_000));
    assert!(
        refused(&[("word/document.xml", deep.as_bytes())]).contains("nested more than 500 deep")
    );
    let entities = "<!DOCTYPE d [<!ENTITY a 'x'>]><w:document xmlns:w='urn:w'>&a;</w:document>";
    assert!(refused(&[("word/document.xml", entities.as_bytes())]).contains("declares entities"));
    assert!(refused(&[("../word/document.xml", b"<a/>")]).contains("leads out"));
    assert!(refused(&[("content.xml", b"<a/>")]).contains("no Word document"));
    assert_eq!(
        refused(&[("word/document.xml", document("").as_bytes())]),
        "a.docx: there is no text in it"
    );
    let whole = archive(&[("word/document.xml", document(&p("a")).as_bytes())]);
    for end in [5, 40, whole.len() / 2, whole.len() - 3] {
        read("a.docx", &whole[..end]).expect_err("cut");
    }
}
