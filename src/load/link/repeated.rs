//! Many findings of one kind about one id: beyond the first thousand they are counted.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use annals_finding::Finding;
use annals_model::Name;

/// How many findings about one id are listed. A sheet of a few bytes can repeat a row a million
/// times.
const MOST: u32 = 1000;

/// How many findings there are about each id. Only used for lookups, never iterated.
#[derive(Debug, Default)]
pub(super) struct Repeated {
    counts: HashMap<Name, (u32, usize), RandomState>,
}

impl Repeated {
    /// Whether one more finding about an id is to be listed, which is then the next of `findings`;
    /// else it is counted by the last that was.
    pub(super) fn is_listed(&mut self, name: Name, findings: &mut [Finding]) -> bool {
        let (count, last) = self.counts.entry(name).or_insert((0, 0));
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
                "{more} more of this kind about this id are not listed"
            ));
        }
        false
    }
}
