//! PDF of our own writing.

use std::fmt::Write as _;
use std::io::Write as _;

use super::super::{PlainText, read};

/// A file of these objects, numbered from 1; the first is the catalogue.
fn file(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".to_vec();
    let mut offsets = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        offsets.push(bytes.len());
        bytes.extend(format!("{} 0 obj\n", number + 1).bytes());
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    let start = bytes.len();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for offset in offsets {
        writeln!(table, "{offset:010} 00000 n ").expect("written");
    }
    write!(
        table,
        "trailer\n<< /Size {} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n",
        objects.len() + 1
    )
    .expect("written");
    bytes.extend(table.bytes());
    bytes
}

fn stream(dictionary: &str, content: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(content).expect("packed");
    let packed = packed.finish().expect("packed");
    let mut object = format!(
        "<< /Length {} /Filter /FlateDecode {dictionary} >>\nstream\n",
        packed.len()
    )
    .into_bytes();
    object.extend(packed);
    object.extend(b"\nendstream");
    object
}

/// A document of pages with this content, in a font of Windows letters.
fn pages(contents: &[&str], catalogue: &str, more: &[Vec<u8>]) -> Vec<u8> {
    let first = 4 + more.len();
    let kids: Vec<String> = (0..contents.len())
        .map(|at| format!("{} 0 R", first + 2 * at))
        .collect();
    let mut objects = vec![
        format!("<< /Type /Catalog /Pages 2 0 R {catalogue} >>").into_bytes(),
        format!(
            "<< /Type /Pages /Count {} /Kids [{}] /MediaBox [0 0 595 842] >>",
            contents.len(),
            kids.join(" ")
        )
        .into_bytes(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
            .to_vec(),
    ];
    objects.extend_from_slice(more);
    for (at, content) in contents.iter().enumerate() {
        let resources = "<< /Font << /F1 3 0 R /F2 4 0 R >> /XObject << /X1 4 0 R >> >>";
        objects.push(
            format!(
                "<< /Type /Page /Parent 2 0 R /Resources {resources} /Contents {} 0 R >>",
                first + 2 * at + 1
            )
            .into_bytes(),
        );
        objects.push(stream("", content.as_bytes()));
    }
    file(
        &objects,
        "/Info << /Title (Minutes of May) /CreationDate (D:20210504101500Z) >>",
    )
}

fn text(content: &str) -> PlainText {
    read("a.pdf", pages(&[content], "", &[])).expect("a PDF")
}

/// Lines at 14 points from each other.
fn lines(lines: &[&str]) -> String {
    let mut content = "BT /F1 11 Tf 14 TL 70 700 Td ".to_owned();
    for line in lines {
        write!(content, "({line}) Tj T* ").expect("written");
    }
    content + "ET"
}

#[test]
fn lines_make_paragraphs_and_pages_are_parted() {
    let first = lines(&[
        "The mayor said on Monday that the basin will be",
        "opened in May. The engineer did",
        "not agree. He",
    ]);
    let second = lines(&["said so twice."]);
    let read = read("a.pdf", pages(&[&first, &second], "/Lang (en)", &[])).expect("a PDF");
    assert_eq!(
        read.text,
        "The mayor said on Monday that the basin will be\nopened in May. The engineer did\nnot agree. He\n\n\u{c}said so twice.\n"
    );
    assert_eq!(read.title.as_deref(), Some("Minutes of May"));
    assert_eq!(read.created.as_deref(), Some("2021-05-04"));
    assert_eq!(read.published, None);
    assert_eq!(read.language.as_deref(), Some("en"));
    let at = read.text.find("twice").expect("there");
    assert_eq!(read.page_of(at..at + 5).as_deref(), Some("2"));
    assert_eq!(read.page_of(0..5).as_deref(), Some("1"));
}

#[test]
fn a_sentence_goes_on_over_the_page() {
    let long = "The mayor said on Monday that the basin will be opened and the";
    let read = read(
        "a.pdf",
        pages(
            &[&lines(&[long, long]), &lines(&["engineer agreed."])],
            "",
            &[],
        ),
    )
    .expect("a PDF");
    assert_eq!(read.text, format!("{long}\n{long}\u{c}engineer agreed.\n"));
    let at = read.text.find("and the\u{c}").expect("there");
    assert_eq!(read.page_of(at..at + 16).as_deref(), Some("1-2"));
}

#[test]
fn words_are_parted_where_they_stand_apart() {
    let read = text(
        "BT /F1 10 Tf 50 700 Td [(Vie) 20 (w) -300 (of) -280 (it)] TJ ET BT /F1 10 Tf 1 0 0 1 94 700 Tm (now) Tj ET",
    );
    assert_eq!(read.text, "View of it now\n");
    // Each word is placed by itself, and a letter drawn twice is bold.
    let read = text(
        "BT /F1 10 Tf 1 0 0 1 50 700 Tm (A) Tj 1 0 0 1 50.3 700 Tm (A) Tj 1 0 0 1 57 700 Tm (B) Tj ET",
    );
    assert_eq!(read.text, "AB\n");
    // Text that runs upwards.
    let read =
        text("BT /F1 10 Tf 0 1 -1 0 50 100 Tm (up) Tj T* ET BT /F1 10 Tf 50 50 Td (right) Tj ET");
    assert_eq!(read.text, "up\n\nright\n");
}

#[test]
fn a_gap_or_a_short_line_begins_a_paragraph() {
    let read = text(
        "BT /F1 18 Tf 70 750 Td (Heading) Tj ET BT /F1 11 Tf 14 TL 70 700 Td \
         (A first line that is as long as a line of it is, and more.) Tj T* (Short.) Tj T* \
         (A second paragraph that is as long as lines of it are now.) Tj T* (It goes on) Tj T* T* (Far below) Tj ET",
    );
    assert_eq!(
        read.text,
        "Heading\n\nA first line that is as long as a line of it is, and more.\nShort.\n\n\
         A second paragraph that is as long as lines of it are now.\nIt goes on\n\nFar below\n"
    );
}

#[test]
fn letters_are_those_that_the_file_tells() {
    let windows = text("BT /F1 10 Tf 50 700 Td (\\223Na\\357ve\\224, \\200) Tj ET");
    assert_eq!(windows.text, "“Naïve”, €\n");
    let cmap = b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n\
        /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n\
        /CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n\
        1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n\
        2 beginbfchar\n<0001> <041A>\n<0002> <00660069>\nendbfchar\n\
        1 beginbfrange\n<0010> <0012> <0438>\nendbfrange\n\
        endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
    let more = vec![
        b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /ToUnicode 5 0 R /DescendantFonts [6 0 R] >>".to_vec(),
        stream("", cmap),
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /DW 500 /W [1 [600 700] 16 18 550] >>".to_vec(),
    ];
    let content = "BT /F2 10 Tf 50 700 Td <000100100002000900110012> Tj ET";
    let read = read("a.pdf", pages(&[content], "", &more)).expect("a PDF");
    assert_eq!(read.text, "Киfi\u{FFFD}йк\n");
    assert_eq!(
        read.notes,
        ["signs whose letters the PDF does not tell, each shown as \u{FFFD}: 1"]
    );
    let named = b"<< /Type /Font /Subtype /Type1 /BaseFont /Y /Encoding << /Type /Encoding /Differences [1 /Scaron /uni0107 /f_i /odd65] >> >>";
    let read = super::super::read(
        "a.pdf",
        pages(
            &["BT /F2 10 Tf 9 9 Td <01020304> Tj ET"],
            "",
            &[named.to_vec()],
        ),
    )
    .expect("a PDF");
    assert_eq!(read.text, "Šćfi\u{FFFD}\n");
}

#[test]
fn pages_have_their_labels() {
    let labels = "/PageLabels << /Nums [0 << /S /r /St 3 >> 2 << /S /D /P (A-) >>] >>";
    let page = lines(&["Words of a page."]);
    let read = read("a.pdf", pages(&[&page, &page, &page, ""], labels, &[])).expect("a PDF");
    let labels: Vec<&str> = read.pages.iter().map(|page| &*page.label).collect();
    assert_eq!(labels, ["iii", "iv", "A-1", "A-2"]);
    assert_eq!(read.notes, ["pages without text: 1 of 4"]);
}

#[test]
fn drawings_within_drawings_are_followed() {
    let inner = stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 99 99] /Matrix [1 0 0 1 0 -60]",
        b"BT /F1 10 Tf 50 700 Td (within) Tj ET",
    );
    let read = read(
        "a.pdf",
        pages(
            &["q BT /F1 10 Tf 50 700 Td (before) Tj ET /X1 Do Q"],
            "",
            &[inner],
        ),
    )
    .expect("a PDF");
    assert_eq!(read.text, "before\n\nwithin\n");
}

fn refused(bytes: &[u8]) -> String {
    read("a.pdf", bytes).expect_err("refused").to_string()
}

#[test]
fn hostile_files_are_refused_with_words() {
    // Drawings that draw themselves many times over.
    let loops = stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 9 9]",
        "/X1 Do ".repeat(40).as_bytes(),
    );
    let words = refused(&pages(&["/X1 Do"], "", &[loops]));
    assert!(words.contains("it draws more than is read"), "{words}");
    let bomb = stream("", &vec![b' '; 3 << 20]);
    let words = refused(&pages(
        &["/X1 Do"],
        "/Names 4 0 R",
        std::slice::from_ref(&bomb),
    ));
    assert!(words.contains("no text in it"), "{words}");
    let page = stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 9 9]",
        &vec![b' '; 3 << 20],
    );
    let words = refused(&pages(&["/X1 Do"], "", &[page]));
    assert!(words.contains("more than 1 MiB"), "{words}");
    let words = refused(&pages(&[""], "", &vec![bomb; 16]));
    assert!(words.contains("more than 8 MiB"), "{words}");
}

#[test]
fn broken_files_are_refused_or_mended() {
    let whole = pages(&[&lines(&["Words of a page."])], "", &[]);
    // Without its table, the objects are looked for.
    let table = whole
        .windows(4)
        .rposition(|four| four == b"xref")
        .expect("a table")
        - 5;
    let cut = &whole[..table];
    if let Ok(read) = read("a.pdf", cut) {
        assert_eq!(read.text, "Words of a page.\n");
    }
    for end in (9..whole.len()).step_by(37) {
        let _ = read("a.pdf", &whole[..end]);
    }
    for at in (9..whole.len()).step_by(11) {
        let mut changed = whole.clone();
        changed[at] ^= 0x15;
        let _ = read("a.pdf", changed);
    }
    let nested = format!("<< /Type /Catalog /Pages 2 0 R /X {}", "[".repeat(100_000));
    let _ = read("a.pdf", file(&[nested.into_bytes()], ""));
    // A tree of pages that goes round.
    let round = [
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Count 9 /Kids [2 0 R 2 0 R] >>".to_vec(),
    ];
    assert!(refused(&file(&round, "")).contains("no text"));
    let word = refused(&file(
        &[b"<< /Type /Catalog /Pages 2 0 R >>".to_vec()],
        "/Encrypt << /Filter /Standard /V 1 /R 2 /O (x) /U (x) /P -4 >> /ID [(a) (b)]",
    ));
    assert!(!word.is_empty());
}
