//! The least and most of a quotient of two sums, of which each summand is chosen by itself.

use super::bounds::End;

/// What a choice adds above and below the line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Point {
    pub(crate) top: f64,
    pub(crate) below: f64,
}

/// The least or most of Σ top / Σ below, with one point of each part. Where nothing need be below the
/// line, 0 is one of the quotients: what is divided by 0 is 0.
///
/// Source: W. Dinkelbach, *On nonlinear fractional programming* (1967): to maximise N/D, maximise N − λD
/// with λ the best quotient so far, until that is no more than 0.
pub(crate) fn extreme(parts: &[Vec<Point>], end: End) -> f64 {
    let sign = if end == End::Most { 1.0 } else { -1.0 };
    let least: f64 = parts
        .iter()
        .map(|part| {
            part.iter()
                .map(|one| one.below)
                .fold(f64::INFINITY, f64::min)
        })
        .sum();
    let first = parts.iter().filter_map(|part| part.first());
    let (top, below) = first.fold((0.0, 0.0), |(top, below), one| {
        (top + one.top, below + one.below)
    });
    let mut best = if least <= 0.0 || below <= 0.0 {
        0.0
    } else {
        sign * top / below
    };
    // It takes a handful of rounds; each is a better choice of finitely many.
    for _ in 0..200 {
        let (mut top, mut below) = (0.0, 0.0);
        for part in parts {
            let value = |one: &Point| sign * one.top - best * one.below;
            let chosen = part.iter().max_by(|a, b| value(a).total_cmp(&value(b)));
            if let Some(one) = chosen {
                top += sign * one.top;
                below += one.below;
            }
        }
        if top - best * below <= 1e-12 * top.abs().max(1.0) || below <= 0.0 {
            break;
        }
        best = top / below;
    }
    sign * best
}
