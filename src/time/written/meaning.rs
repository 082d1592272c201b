//! The meaning of a parsed date in days.

use super::atom::Atom;
use super::stretch::{MOST_ALTERNATIVES, Stretches};
use super::{DateError, End, Member, Reading, TimeOfDay, refusal, refuse};
use crate::extent::{Bound, Extent};
use crate::{Calendar, Precision};

/// What a date stores besides its text.
pub(crate) struct Meaning {
    /// At least one, at most [`MOST_ALTERNATIVES`].
    pub(crate) alternatives: Vec<Extent>,
    pub(crate) precision: Precision,
    pub(crate) time: Option<TimeOfDay>,
    pub(crate) uncertain: bool,
    pub(crate) approximate: bool,
    pub(crate) season: bool,
}

impl Meaning {
    /// Parses a text. `slack` is the number of units of its written precision by which the bounds
    /// of each single date in it are moved apart.
    pub(crate) fn parse(text: &str, calendar: Calendar, slack: u32) -> Result<Meaning, DateError> {
        let reading = Reading::parse(text)?;
        let days = Days {
            text,
            calendar,
            slack,
        };
        let mut alternatives = days
            .extents(&reading)
            .map_err(|error| refusal::on_char_boundaries(text, error))?;
        if alternatives.len() > MOST_ALTERNATIVES {
            alternatives = hull(&alternatives).into_iter().collect();
        }
        let atoms = reading.atoms();
        Ok(Meaning {
            alternatives,
            precision: precision(&reading),
            time: match reading {
                Reading::Moment(_, time) => Some(time),
                _ => None,
            },
            uncertain: atoms.iter().any(|atom| atom.uncertain),
            approximate: atoms.iter().any(|atom| atom.approximate),
            season: atoms.iter().any(|atom| atom.is_season()),
        })
    }
}

/// Whether a text is spelt according to the standard and its days exist.
pub(crate) fn is_date(text: &str, calendar: Calendar) -> bool {
    Reading::strictly(text)
        .and_then(|reading| {
            Days {
                text,
                calendar,
                slack: 0,
            }
            .extents(&reading)
        })
        .is_ok()
}

/// The smallest extent that contains every reading of all extents; `None` if there are none.
pub(super) fn hull(extents: &[Extent]) -> Option<Extent> {
    extents.iter().copied().reduce(Extent::hull)
}

struct Days<'a> {
    text: &'a str,
    calendar: Calendar,
    slack: u32,
}

impl Days<'_> {
    fn extents(&self, reading: &Reading) -> Result<Vec<Extent>, DateError> {
        match reading {
            Reading::One(atom) | Reading::Moment(atom, _) => Ok(self.stretches(atom)?.extents()),
            Reading::Interval(start, end) => self.interval(*start, *end),
            Reading::OneOf(members) => {
                let mut extents = Vec::new();
                for &member in members {
                    extents.extend(self.one_of(member)?);
                }
                Ok(extents)
            }
            Reading::AllOf(members) => {
                let all: Result<Vec<Extent>, DateError> =
                    members.iter().map(|&member| self.all_of(member)).collect();
                // From the earliest start to the latest end of all members.
                let together = all?.into_iter().reduce(|one, other| {
                    let start = [
                        one.earliest_start().min(other.earliest_start()),
                        one.latest_start().min(other.latest_start()),
                    ];
                    let end = [
                        one.earliest_end().max(other.earliest_end()),
                        one.latest_end().max(other.latest_end()),
                    ];
                    // Minima and maxima of tight bounds keep every start before its end.
                    Extent::new(start, end).unwrap_or(one)
                });
                Ok(together.into_iter().collect())
            }
        }
    }

    fn stretches(&self, atom: &Atom) -> Result<Stretches, DateError> {
        Stretches::from_atom(atom, self.calendar, self.slack)
            .ok_or_else(|| refusal::of_missing_day(self.text, atom, self.calendar))
    }

    fn one_of(&self, member: Member) -> Result<Vec<Extent>, DateError> {
        Ok(match member {
            Member::On(atom) => self.stretches(&atom)?.extents(),
            Member::Through(from, to) => {
                let [from, to] = [self.stretches(&from)?.hull(), self.stretches(&to)?.hull()];
                if from[0] > to[1] {
                    return Err(refuse(
                        "the range ends before it begins",
                        0..self.text.len(),
                    ));
                }
                vec![Extent::within(from[0], to[1])]
            }
            Member::OrEarlier(atom) => {
                vec![Extent::within(
                    Bound::PAST,
                    self.stretches(&atom)?.hull()[1],
                )]
            }
            Member::OrLater(atom) => {
                vec![Extent::within(
                    self.stretches(&atom)?.hull()[0],
                    Bound::FUTURE,
                )]
            }
        })
    }

    /// The extent of one member of a set in braces, where all members hold.
    fn all_of(&self, member: Member) -> Result<Extent, DateError> {
        let (start, end) = match member {
            Member::On(atom) => {
                let [first, last] = self.stretches(&atom)?.hull();
                return Ok(Extent::within(first, last));
            }
            Member::Through(from, to) => {
                (self.stretches(&from)?.hull(), self.stretches(&to)?.hull())
            }
            Member::OrEarlier(atom) => {
                let on = self.stretches(&atom)?.hull();
                ([Bound::PAST, on[1]], on)
            }
            Member::OrLater(atom) => {
                let on = self.stretches(&atom)?.hull();
                (on, [on[0], Bound::FUTURE])
            }
        };
        Extent::new(start, end)
            .ok_or_else(|| refuse("the range ends before it begins", 0..self.text.len()))
    }

    fn interval(&self, start: End, end: End) -> Result<Vec<Extent>, DateError> {
        let starts = self.end(start, Bound::PAST)?;
        let ends = self.end(end, Bound::FUTURE)?;
        let spelt_out = starts.len().saturating_mul(ends.len()) <= MOST_ALTERNATIVES;
        let extents: Vec<Extent> = if spelt_out {
            let pairs = starts
                .iter()
                .flat_map(|start| ends.iter().map(move |end| (start, end)));
            pairs
                .filter_map(|(&start, &end)| Extent::new(start, end))
                .collect()
        } else {
            let hull = |runs: &[[Bound; 2]]| [runs[0][0], runs[runs.len() - 1][1]];
            Extent::new(hull(&starts), hull(&ends))
                .into_iter()
                .collect()
        };
        if extents.is_empty() {
            let reason = "the interval ends before it begins";
            return Err(refuse(reason, 0..self.text.len()));
        }
        Ok(extents)
    }

    /// The stretches of days in which one side of an interval can lie: at least one. `open` is its
    /// position if the side is open.
    fn end(&self, end: End, open: Bound) -> Result<Vec<[Bound; 2]>, DateError> {
        Ok(match end {
            End::On(atom) => self.stretches(&atom)?.runs().to_vec(),
            End::OrEarlier(atom) => vec![[Bound::PAST, self.stretches(&atom)?.hull()[1]]],
            End::OrLater(atom) => vec![[self.stretches(&atom)?.hull()[0], Bound::FUTURE]],
            End::Open => vec![[open, open]],
            End::Unknown => vec![[Bound::PAST, Bound::FUTURE]],
        })
    }
}

fn precision(reading: &Reading) -> Precision {
    match reading {
        Reading::One(atom) => atom.precision(),
        Reading::Moment(..) => Precision::Second,
        Reading::Interval(..) => Precision::Interval,
        Reading::AllOf(members) => match members.as_slice() {
            [Member::On(atom)] => atom.precision(),
            _ => Precision::Interval,
        },
        Reading::OneOf(members) => {
            let endless =
                |member: &Member| matches!(member, Member::OrEarlier(_) | Member::OrLater(_));
            let mut all = members.iter().flat_map(Member::atoms).map(Atom::precision);
            match all.next() {
                Some(first) if !members.iter().any(endless) && all.all(|next| next == first) => {
                    first
                }
                _ => Precision::Unknown,
            }
        }
    }
}
