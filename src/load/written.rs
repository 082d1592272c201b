//! The records of one file as it writes them, whatever they refer to: for whoever changes the file and
//! reads back what became of it.

use crate::decode::Decoder;
use crate::decode::block::{Block, Frame};
use crate::decode::reader_cache::ReaderCache;
pub use crate::decode::written_record::WrittenRecord;
use crate::read;
use crate::source::files::kind_of;
use annals_finding::Finding;
use annals_model::{FileId, FileKind, OwnWords, SourceFile};

/// What one file has.
#[derive(Debug)]
pub struct WrittenFile {
    /// The records, in order.
    pub records: Vec<WrittenRecord>,
    /// What is wrong in reading them.
    pub findings: Vec<Finding>,
    /// Whether all of the file could be read.
    pub is_whole: bool,
}

/// Reads the records of a file, whose name says its spelling; `None` where it says none.
pub fn written_records(name: &str, bytes: &[u8], own_words: &OwnWords) -> Option<WrittenFile> {
    let kind = kind_of(name)?;
    Some(written(name, kind, bytes, own_words))
}

fn written(name: &str, kind: FileKind, bytes: &[u8], own_words: &OwnWords) -> WrittenFile {
    let frame = Frame {
        files: vec![SourceFile {
            name: name.to_owned(),
            short: name.to_owned(),
            kind,
        }],
        own_words: own_words.clone(),
    };
    let (file, known) = (FileId(0), ReaderCache::default());
    let mut decoder = Decoder::new(&frame, file, known, Block::default());
    decoder.keep_written();
    let usable = read::begun(bytes, file, kind, &mut decoder);
    let records = decoder.take_written();
    let (block, _) = decoder.finish();
    WrittenFile {
        records,
        is_whole: usable && block.unread.is_empty() && !block.full,
        findings: block.findings,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_gives_the_same_records() {
        let yaml = "annals: 1\nactors:\n- {id: a, name: A, kind: person}\n- id: b\n  name: no\n";
        let json = r#"{"annals":1,"actors":[{"id":"a","name":"A","kind":"person"},{"id":"b","name":"no"}]}"#;
        let lines = "{\"type\":\"actor\",\"id\":\"a\",\"name\":\"A\",\"kind\":\"person\"}\n\
                     {\"type\":\"actor\",\"id\":\"b\",\"name\":\"no\"}\n";
        let table = "id,name,kind\na,A,person\nb,no,\n";
        let read = |name: &str, text: &str| {
            let file = written_records(name, text.as_bytes(), &OwnWords::default()).unwrap();
            assert!(file.is_whole, "{name}");
            let mut records = file.records;
            for record in &mut records {
                record.offset = 0;
                record.value.as_object_mut().unwrap().shift_remove("type");
            }
            records
        };
        let first = read("f.yaml", yaml);
        assert_eq!((first.len(), first[1].nth), (2, 2));
        assert_eq!(first, read("f.json", json));
        assert_eq!(first, read("f.jsonl", lines));
        assert_eq!(first, read("actors.csv", table));
        let broken = written_records(
            "f.json",
            b"{\"annals\":1,\"actors\":[{]}",
            &OwnWords::default(),
        );
        assert!(!broken.unwrap().is_whole);
    }
}
