//! Finds all matches of a byte string, including overlapping ones, in linear time.
//!
//! `memmem` finds the next match quickly, but resuming one byte after a long match costs the length
//! of the match each time. Once two matches overlap, the search continues with the algorithm of
//! Knuth, Morris and Pratt (1977), which reads each byte once.

use memchr::memmem::Finder;

/// For matches shorter than this, searching again is cheaper than building a table.
const SHORT: usize = 32;

/// The places of `needle` in `hay`, first to last.
pub(super) struct Places<'a> {
    hay: &'a [u8],
    needle: &'a [u8],
    search: Search<'a>,
}

enum Search<'a> {
    Jumping {
        finder: Box<Finder<'a>>,
        from: usize,
        last: Option<usize>,
    },
    Stepping(Stepper<std::iter::Copied<std::slice::Iter<'a, u8>>>),
}

impl<'a> Places<'a> {
    pub(super) fn new(hay: &'a str, needle: &'a str) -> Self {
        Self {
            hay: hay.as_bytes(),
            needle: needle.as_bytes(),
            search: Search::Jumping {
                finder: Box::new(Finder::new(needle.as_bytes())),
                from: 0,
                last: None,
            },
        }
    }
}

impl Iterator for Places<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let length = self.needle.len();
        if length == 0 {
            return None;
        }
        match &mut self.search {
            Search::Stepping(stepper) => stepper.next().map(|read| read - length),
            Search::Jumping { finder, from, last } => {
                let place = *from + finder.find(self.hay.get(*from..)?)?;
                let overlaps = last.is_some_and(|last| place < last + length);
                *from = place + 1;
                *last = Some(place);
                if overlaps && length > SHORT {
                    let hay = self.hay[place..].iter().copied();
                    let mut stepper = Stepper::new(hay, self.needle.to_vec(), place);
                    // The first match it reports is the current one.
                    stepper.next();
                    self.search = Search::Stepping(stepper);
                }
                Some(place)
            }
        }
    }
}

/// The last place of `needle` in `hay` that `fits`.
pub(super) fn last_place(
    hay: &str,
    needle: &str,
    mut fits: impl FnMut(usize) -> bool,
) -> Option<usize> {
    let place = memchr::memmem::rfind(hay.as_bytes(), needle.as_bytes())?;
    if needle.is_empty() || fits(place) {
        return (!needle.is_empty()).then_some(place);
    }
    let backwards = needle.bytes().rev().collect();
    Stepper::new(hay.bytes().rev(), backwards, 0)
        .map(|read| hay.len() - read)
        .find(|&place| fits(place))
}

/// Knuth, Morris and Pratt: yields the number of bytes read at the end of each match.
struct Stepper<I> {
    hay: I,
    needle: Vec<u8>,
    /// For each prefix of the needle, the longest proper prefix that is also its suffix.
    borders: Vec<u32>,
    matched: usize,
    read: usize,
}

impl<I: Iterator<Item = u8>> Stepper<I> {
    fn new(hay: I, needle: Vec<u8>, read: usize) -> Self {
        let mut borders = vec![0u32; needle.len()];
        let mut border = 0usize;
        for index in 1..needle.len() {
            while border > 0 && needle[index] != needle[border] {
                border = borders[border - 1] as usize;
            }
            if needle[index] == needle[border] {
                border += 1;
            }
            borders[index] = border as u32;
        }
        Self {
            hay,
            needle,
            borders,
            matched: 0,
            read,
        }
    }
}

impl<I: Iterator<Item = u8>> Iterator for Stepper<I> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        for byte in self.hay.by_ref() {
            self.read += 1;
            while self.matched > 0 && byte != self.needle[self.matched] {
                self.matched = self.borders[self.matched - 1] as usize;
            }
            if byte == self.needle[self.matched] {
                self.matched += 1;
            }
            if self.matched == self.needle.len() {
                self.matched = self.borders[self.matched - 1] as usize;
                return Some(self.read);
            }
        }
        None
    }
}
