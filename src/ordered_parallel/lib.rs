//! Runs work on several threads and consumes the results in input order, so that output never
//! depends on the number of threads.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::num::NonZero;
use std::sync::{Condvar, Mutex, MutexGuard, OnceLock, PoisonError, mpsc};
use std::thread;

use annals_watch::look;

/// How many results per thread may wait for an earlier one to finish.
const AHEAD: usize = 4;

/// The number of threads to use: the available parallelism, at most `most`.
pub fn threads(most: usize) -> usize {
    // The lookup reads several files, so it is cached.
    static ALL: OnceLock<usize> = OnceLock::new();
    let all = ALL.get_or_init(|| thread::available_parallelism().map_or(1, NonZero::get));
    most.min(*all)
}

/// The remaining work.
struct Queue<I: Iterator> {
    work: std::iter::Enumerate<I>,
    given: usize,
    taken: usize,
    /// How many threads wait for room.
    waiting: usize,
    stopped: bool,
}

/// The queue, and a condition variable to wait on while the window of results is full.
struct Shared<I: Iterator> {
    queue: Mutex<Queue<I>>,
    room: Condvar,
    ahead: usize,
}

impl<I: Iterator> Shared<I> {
    /// A panicking thread ends the whole run, so a poisoned lock is harmless.
    fn lock(&self) -> MutexGuard<'_, Queue<I>> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next piece of work; blocks while too many results are waiting.
    fn next(&self) -> Option<(usize, I::Item)> {
        let mut queue = self.lock();
        while queue.given >= queue.taken + self.ahead && !queue.stopped {
            queue.waiting += 1;
            queue = self
                .room
                .wait(queue)
                .unwrap_or_else(PoisonError::into_inner);
            queue.waiting -= 1;
        }
        if queue.stopped {
            return None;
        }
        queue.given += 1;
        queue.work.next()
    }

    /// Notes that so many results were taken.
    fn took(&self, count: usize) {
        let mut queue = self.lock();
        queue.taken = count;
        let waits = queue.waiting > 0;
        drop(queue);
        // To wake nobody is a system call too.
        if waits {
            self.room.notify_all();
        }
    }

    fn stop(&self) {
        self.lock().stopped = true;
        self.room.notify_all();
    }
}

/// Stops the other threads when its own panics. Otherwise they would wait forever for a result that
/// is never sent or never taken.
struct Guard<'s, I: Iterator>(&'s Shared<I>);

impl<I: Iterator> Drop for Guard<'_, I> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.stop();
        }
    }
}

/// So many items justify another thread that sorts.
const SORTED_ALONE: usize = 1 << 16;

/// Sorts by a key, on several threads if there are many items. Those with equal keys come in any order.
pub fn sort_by_key<T: Send, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K + Sync) {
    let all = threads(items.len() / SORTED_ALONE);
    if all <= 1 {
        items.sort_unstable_by_key(key);
        return;
    }
    let each = items.len().div_ceil(all);
    thread::scope(|scope| {
        for part in items.chunks_mut(each) {
            // What is put together of sorted parts is in order in long runs, which a stable sort merges.
            scope.spawn(|| part.sort_by_key(&key));
        }
    });
    look();
    // A stable sort finds what is in order already, and merges it.
    items.sort_by_key(key);
}

/// So few items are sorted by comparing them.
const FEW: usize = 1 << 9;
/// The bits of a number by which one pass of [`sort_by_number`] distributes.
const DIGIT: u32 = 11;

/// Sorts by a number, on several threads if there are many items: a radix sort from the last digit, of those
/// digits in which numbers differ. Those with equal numbers stay in the order in which they are.
pub fn sort_by_number<T: Copy + Send + Sync>(items: &mut [T], number: impl Fn(&T) -> u64 + Sync) {
    let all = threads(items.len() / SORTED_ALONE);
    if all <= 1 || items.is_sorted_by_key(&number) {
        distribute(items, &number);
        return;
    }
    // Each thread sorts what lies between two numbers, so that nothing need be merged.
    let bounds = bounds(items, all, &number);
    let dealt: Vec<Vec<Vec<T>>> = thread::scope(|scope| {
        let each = items.len().div_ceil(all);
        let parts = items.chunks(each);
        let deal = |part: &[T]| {
            let mut dealt = vec![Vec::with_capacity(part.len() / all); all];
            for item in part {
                let number = number(item);
                dealt[bounds.iter().filter(|bound| **bound <= number).count()].push(*item);
            }
            dealt
        };
        let begun: Vec<_> = parts.map(|part| scope.spawn(move || deal(part))).collect();
        let ended = begun.into_iter().map(thread::ScopedJoinHandle::join);
        ended
            .map(|dealt| dealt.unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    });
    look();
    thread::scope(|scope| {
        let mut rest = items;
        for nth in 0..all {
            let count = dealt.iter().map(|dealt| dealt[nth].len()).sum();
            let (part, others) = rest.split_at_mut(count);
            rest = others;
            let (dealt, number) = (&dealt, &number);
            scope.spawn(move || {
                let mut at = 0;
                for dealt in dealt {
                    part[at..at + dealt[nth].len()].copy_from_slice(&dealt[nth]);
                    at += dealt[nth].len();
                }
                distribute(part, number);
            });
        }
    });
}

/// Numbers between which about as many items lie, one fewer than there are parts; told from some of the items.
fn bounds<T>(items: &[T], parts: usize, number: &impl Fn(&T) -> u64) -> Vec<u64> {
    const LOOKED_AT: usize = 1 << 10;
    let some = items.iter().step_by(items.len() / LOOKED_AT + 1);
    let mut some: Vec<u64> = some.map(number).collect();
    some.sort_unstable();
    (1..parts)
        .filter_map(|nth| some.get(nth * some.len() / parts).copied())
        .collect()
}

fn distribute<T: Copy>(items: &mut [T], number: &impl Fn(&T) -> u64) {
    if items.len() < FEW || items.is_sorted_by_key(number) {
        items.sort_by_key(number);
        return;
    }
    let first = items.first().map_or(0, number);
    let mut differing = items
        .iter()
        .fold(0, |bits, item| bits | (number(item) ^ first));
    let mut others = items.to_vec();
    let (mut from, mut to) = (items, others.as_mut_slice());
    let mut is_in_others = false;
    while differing != 0 {
        let shift = differing.trailing_zeros();
        let digit = |item: &T| (number(item) >> shift) as usize & ((1 << DIGIT) - 1);
        differing &= u64::MAX.checked_shl(shift + DIGIT).unwrap_or(0);
        let mut places = [0_usize; 1 << DIGIT];
        for item in from.iter() {
            places[digit(item)] += 1;
        }
        let mut before = 0;
        for place in &mut places {
            before += std::mem::replace(place, before);
        }
        for item in from.iter() {
            let place = &mut places[digit(item)];
            to[*place] = *item;
            *place += 1;
        }
        std::mem::swap(&mut from, &mut to);
        is_in_others = !is_in_others;
    }
    if is_in_others {
        to.copy_from_slice(from);
    }
}

/// What `make` gives for each number below `count`, in order; made on several threads if there are many.
pub fn make_all<R: Copy + Default + Send>(
    count: usize,
    make: impl Fn(usize) -> R + Sync,
) -> Vec<R> {
    let all = threads(count / SORTED_ALONE);
    if all <= 1 {
        return (0..count).map(make).collect();
    }
    let mut made = vec![R::default(); count];
    let each = count.div_ceil(all);
    thread::scope(|scope| {
        for (nth, part) in made.chunks_mut(each).enumerate() {
            let make = &make;
            scope.spawn(move || {
                for (place, number) in part.iter_mut().zip(nth * each..) {
                    *place = make(number);
                }
            });
        }
    });
    made
}

/// So many items justify another thread that makes something of each.
const MAPPED_ALONE: usize = 1 << 6;
/// Into how many pieces per thread they are divided, since some take longer than others.
const PIECES: usize = 8;

/// What `make` gives for each item, in order; made on several threads if there are many. For items that take a few
/// microseconds each, which are not worth being handed over one by one.
pub fn map<T: Sync, R: Send>(items: &[T], make: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let pieces = map_pieces(items, |piece| piece.iter().map(&make).collect::<Vec<R>>());
    pieces.into_iter().flatten().collect()
}

/// What `make` gives for each of some pieces that together are all items, in order; how many there are depends on
/// the number of threads. There is one if items are few, and none if there are none.
pub fn map_pieces<T: Sync, R: Send>(items: &[T], make: impl Fn(&[T]) -> R + Sync) -> Vec<R> {
    let all = threads(items.len() / MAPPED_ALONE).max(1);
    let each = match all {
        1 => items.len(),
        all => items.len().div_ceil(all * PIECES),
    };
    let mut made = Vec::with_capacity(all * PIECES);
    let pieces = items.chunks(each.max(1));
    let Ok(()) = for_each_ordered(pieces, all, make, |piece| {
        made.push(piece);
        Ok::<(), Infallible>(())
    });
    made
}

/// Processes each piece of `work` on one of several threads and takes the results in order.
///
/// # Errors
/// The first error that `take` returns; no further work is started.
pub fn for_each_ordered<I, R, E>(
    work: I,
    threads: usize,
    done: impl Fn(I::Item) -> R + Sync,
    take: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E>
where
    I: Iterator + Send,
    I::Item: Send,
    R: Send,
{
    for_each_ordered_with(work, threads, || (), |(), piece| done(piece), take)
}

/// Like [`for_each_ordered`], but each worker keeps state from one piece of work to the next. Each
/// worker receives its pieces in order.
///
/// # Errors
/// The first error that `take` returns; no further work is started.
pub fn for_each_ordered_with<I, W, R, E>(
    work: I,
    threads: usize,
    worker: impl Fn() -> W + Sync,
    done: impl Fn(&mut W, I::Item) -> R + Sync,
    mut take: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E>
where
    I: Iterator + Send,
    I::Item: Send,
    R: Send,
{
    if threads < 2 {
        let mut worker = worker();
        return work
            .map(|piece| {
                look();
                done(&mut worker, piece)
            })
            .try_for_each(take);
    }
    let queue = Queue {
        work: work.enumerate(),
        given: 0,
        taken: 0,
        waiting: 0,
        stopped: false,
    };
    let shared = Shared {
        queue: Mutex::new(queue),
        room: Condvar::new(),
        ahead: threads * AHEAD,
    };
    let (sender, results) = mpsc::channel::<(usize, R)>();
    let watch = annals_watch::here().unwrap_or_default();
    let ended = thread::scope(|scope| {
        for _ in 0..threads {
            let (shared, sender, worker, done) = (&shared, sender.clone(), &worker, &done);
            let watch = &watch;
            scope.spawn(move || {
                let _guard = Guard(shared);
                // If it is stopped, so is the thread that takes: that one says so.
                let stopped = watch.during(|| {
                    let mut worker = worker();
                    while let Some((nth, piece)) = shared.next() {
                        look();
                        if sender.send((nth, done(&mut worker, piece))).is_err() {
                            break;
                        }
                    }
                });
                if stopped.is_err() {
                    shared.stop();
                }
            });
        }
        drop(sender);
        let _guard = Guard(&shared);
        let (mut waiting, mut next) = (BTreeMap::new(), 0);
        for (nth, result) in results {
            look();
            waiting.insert(nth, result);
            while let Some(result) = waiting.remove(&next) {
                if let Err(error) = take(result) {
                    shared.stop();
                    return Err(error);
                }
                next += 1;
                shared.took(next);
            }
        }
        Ok(())
    });
    // If the others were stopped, not all is done.
    look();
    ended
}

/// A pool of reusable buffers, shared by all threads. The kernel zeroes freshly mapped pages,
/// whereas a reused buffer is already mapped and in the cache.
#[derive(Debug)]
pub struct BufferPool<T>(Mutex<Vec<T>>);

impl<T> Default for BufferPool<T> {
    fn default() -> Self {
        BufferPool(Mutex::default())
    }
}

impl<T> BufferPool<T> {
    /// Takes a buffer from the pool, or creates one.
    pub fn take(&self, new: impl FnOnce() -> T) -> T {
        // A panicking thread ends the whole run.
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let one = all.pop();
        drop(all);
        one.unwrap_or_else(new)
    }

    /// All buffers that are in the pool.
    pub fn into_inner(self) -> Vec<T> {
        let all = self.0.into_inner();
        all.unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns a buffer to the pool.
    pub fn give(&self, one: T) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.push(one);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn results_come_in_the_order_of_the_work() {
        for threads in [1, 2, 7] {
            let mut all = Vec::new();
            let slow = |n: u64| {
                thread::sleep(std::time::Duration::from_micros(n * 37 % 500));
                n * n
            };
            let done: Result<(), ()> = for_each_ordered(0..200, threads, slow, |n| {
                all.push(n);
                Ok(())
            });
            assert!(done.is_ok());
            assert!(all.iter().copied().eq((0..200).map(|n| n * n)), "{threads}");
        }
    }

    #[test]
    fn many_are_sorted_as_few_are() {
        for items in [0, 1, 1000, SORTED_ALONE * 2 + 1] {
            let scattered = |n: u32| (n.wrapping_mul(2_654_435_761), n);
            let mut all: Vec<(u32, u32)> = (0..items as u32).map(scattered).collect();
            let mut expected = all.clone();
            expected.sort_unstable();
            sort_by_key(&mut all, |one| *one);
            assert_eq!(all, expected);
        }
    }

    #[test]
    fn numbers_are_sorted_and_keep_their_order_where_they_are_equal() {
        for items in [0, 1, 2, FEW + 1, SORTED_ALONE * 2 + 1] {
            for bits in [
                0,
                u64::MAX,
                1 << 63,
                0xff << 40 | 0b11,
                0x7ff << 20,
                0xfff_ffff << 36,
            ] {
                let scattered = |n: u64| (n.wrapping_mul(0x9e37_79b9_7f4a_7c15) & bits, n);
                let mut all: Vec<(u64, u64)> = (0..items as u64).map(scattered).collect();
                let mut expected = all.clone();
                expected.sort_unstable();
                sort_by_number(&mut all, |(number, _)| *number);
                assert_eq!(all, expected, "{items} items, {bits:x}");
            }
        }
    }

    #[test]
    fn many_are_mapped_as_few_are() {
        for count in [0, 1, MAPPED_ALONE, MAPPED_ALONE * 7 + 1, 10_000] {
            let items: Vec<usize> = (0..count).collect();
            let expected: Vec<String> = items.iter().map(usize::to_string).collect();
            assert_eq!(map(&items, usize::to_string), expected);
        }
    }

    #[test]
    fn many_are_made_as_few_are() {
        for count in [0, 1, 1000, SORTED_ALONE * 2 + 1] {
            let expected: Vec<u64> = (0..count as u64).map(|n| n * n).collect();
            assert_eq!(make_all(count, |n| (n * n) as u64), expected);
        }
    }

    #[test]
    fn the_first_error_ends_the_work() {
        let begun = AtomicUsize::new(0);
        let count = |n: usize| {
            begun.fetch_add(1, Ordering::Relaxed);
            n
        };
        let ended = for_each_ordered(
            0..1_000_000,
            3,
            count,
            |n| if n < 5 { Ok(()) } else { Err(n) },
        );
        assert_eq!(ended, Err(5));
        assert!(begun.into_inner() < 1000);
    }

    #[test]
    fn a_worker_is_given_its_work_in_order() {
        let last = |last: &mut Option<u64>, n: u64| {
            assert!(last.is_none_or(|last| last < n));
            *last = Some(n);
        };
        let done: Result<(), ()> = for_each_ordered_with(0..1000, 4, || None, last, |()| Ok(()));
        assert!(done.is_ok());
    }

    #[test]
    fn a_stopped_run_ends_on_all_threads() {
        for threads in [1, 3] {
            let watch = annals_watch::Watch::new();
            let begun = AtomicUsize::new(0);
            let ended = watch.during(|| {
                let endless = std::iter::repeat(());
                let piece = |()| {
                    if begun.fetch_add(1, Ordering::Relaxed) == 100 {
                        watch.stop();
                    }
                    annals_watch::look();
                };
                for_each_ordered(endless, threads, piece, |()| Ok::<(), ()>(()))
            });
            assert_eq!(ended, Err(annals_watch::Stopped));
            assert!(begun.into_inner() < 200);
        }
    }

    #[test]
    #[should_panic(expected = "the third is not taken")]
    fn a_panic_of_who_takes_is_passed_on_too() {
        let _: Result<(), ()> = for_each_ordered(
            0..1000,
            2,
            |n: usize| n,
            |n| {
                assert!(n != 3, "the third is not taken");
                Ok(())
            },
        );
    }

    #[test]
    #[should_panic(expected = "a scoped thread panicked")]
    fn a_panic_is_passed_on_and_nobody_waits_for_ever() {
        let fails = |n: usize| assert!(n != 3, "the third fails");
        let _: Result<(), ()> = for_each_ordered(0..1000, 2, fails, |()| Ok(()));
    }
}
