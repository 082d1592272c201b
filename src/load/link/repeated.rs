//! Many findings of one kind about one id or one record: beyond the first thousand they are counted.

use std::collections::HashMap;
use std::hash::Hash;

use foldhash::fast::RandomState;

use annals_finding::Finding;

/// How many findings about one thing are listed. A sheet of a few bytes can repeat a row a million
/// times.
const MOST: u32 = 1000;

/// How many findings there are about each thing. Only used for lookups, never iterated.
#[derive(Debug)]
pub(super) struct Repeated<K> {
    counts: HashMap<K, (u32, usize), RandomState>,
    /// What a thing is called.
    called: &'static str,
}

impl<K: Eq + Hash> Repeated<K> {
    pub(super) fn new(called: &'static str) -> Self {
        Repeated {
            counts: HashMap::default(),
            called,
        }
    }

    /// Whether one more finding about a thing is to be listed, which is then the next of
    /// `findings`; else it is counted by the last that was.
    pub(super) fn is_listed(&mut self, thing: K, findings: &mut [Finding]) -> bool {
        let called = self.called;
        let (count, last) = self.counts.entry(thing).or_insert((0, 0));
        if *count < MOST {
            *count += 1;
            *last = findings.len();
            return true;
        }
        if let Some(finding) = findings.get_mut(*last) {
            if finding.more > 0 {
                finding.notes.pop();
            }
            finding.more += 1;
            let more = finding.more;
            finding.notes.push(format!(
                "{more} more of this kind about this {called} are not listed"
            ));
        }
        false
    }
}
