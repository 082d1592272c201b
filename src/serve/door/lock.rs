//! Who is let in: a key that works once, the sessions it opens, and the token of their forms.

use std::sync::{Mutex, PoisonError};

use sha2::{Digest as _, Sha256};

/// How many bytes are drawn for a key or a session: 256 bits.
const BYTES: usize = 32;

/// How many browsers can be in at once; the first to come is the first to go.
const SESSIONS: usize = 16;

/// A secret, in hexadecimal digits. It is never printed but in the address and the cookie.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Secret(String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret")
    }
}

impl Secret {
    /// Drawn from the system's source of randomness; `None` where there is none.
    fn drawn() -> Option<Secret> {
        let mut bytes = [0; BYTES];
        getrandom::fill(&mut bytes).ok()?;
        Some(Secret(hexadecimal(&bytes)))
    }

    /// As it stands in an address or a cookie.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a word is this secret; takes as long whichever letter differs.
    pub(crate) fn is(&self, word: &str) -> bool {
        let (own, word) = (self.0.as_bytes(), word.as_bytes());
        let differing = own.iter().zip(word).fold(0, |all, (a, b)| all | (a ^ b));
        own.len() == word.len() && std::hint::black_box(differing) == 0
    }

    /// What stands in the forms of a session: known to whoever can read its pages, and no way back to
    /// the cookie.
    pub(crate) fn token(&self) -> Secret {
        let mut sum = Sha256::new();
        sum.update(b"form of ");
        sum.update(self.0.as_bytes());
        Secret(hexadecimal(&sum.finalize()))
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The key that waits to be used, and who is in.
#[derive(Debug, Default)]
pub(crate) struct Lock {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    /// The key, and which of all keys it is.
    key: Option<(Secret, u64)>,
    drawn: u64,
    sessions: Vec<Secret>,
}

impl Lock {
    fn inner(&self) -> std::sync::MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Draws a key; an earlier one that was not used no longer works. Also tells which it is, for
    /// [`Lock::expire`].
    pub(crate) fn new_key(&self) -> Option<(Secret, u64)> {
        let key = Secret::drawn()?;
        let mut inner = self.inner();
        inner.drawn += 1;
        inner.key = Some((key.clone(), inner.drawn));
        Some((key, inner.drawn))
    }

    /// Ends the time of a key, if it still waits.
    pub(crate) fn expire(&self, nth: u64) {
        let mut inner = self.inner();
        inner.key = inner.key.take().filter(|(_, waiting)| *waiting != nth);
    }

    /// Uses a key up and opens a session.
    pub(crate) fn enter(&self, key: &str) -> Option<Secret> {
        let mut inner = self.inner();
        if !inner.key.as_ref().is_some_and(|(own, _)| own.is(key)) {
            return None;
        }
        let session = Secret::drawn()?;
        inner.key = None;
        if inner.sessions.len() == SESSIONS {
            inner.sessions.remove(0);
        }
        inner.sessions.push(session.clone());
        Some(session)
    }

    /// The session of a cookie.
    pub(crate) fn session(&self, cookie: &str) -> Option<Secret> {
        let inner = self.inner();
        // All are compared, whichever it is.
        let mut found = None;
        for session in &inner.sessions {
            if session.is(cookie) {
                found = Some(session.clone());
            }
        }
        found
    }

    /// Ends a session.
    pub(crate) fn leave(&self, session: &Secret) {
        self.inner().sessions.retain(|one| one != session);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_works_once() {
        let lock = Lock::default();
        let (key, _) = lock.new_key().unwrap();
        assert_eq!(key.as_str().len(), 64);
        assert!(lock.enter("").is_none());
        assert!(lock.enter(&key.as_str()[1..]).is_none());
        let session = lock.enter(key.as_str()).unwrap();
        assert!(lock.enter(key.as_str()).is_none(), "it is used up");
        assert!(lock.session(session.as_str()).is_some());
        assert!(lock.session(key.as_str()).is_none());
        lock.leave(&session);
        assert!(lock.session(session.as_str()).is_none());
    }

    #[test]
    fn a_key_has_its_time_and_a_new_one_ends_it() {
        let lock = Lock::default();
        let (first, nth) = lock.new_key().unwrap();
        let (second, _) = lock.new_key().unwrap();
        assert!(lock.enter(first.as_str()).is_none(), "another was drawn");
        lock.expire(nth);
        assert!(
            lock.enter(second.as_str()).is_some(),
            "only the first has expired"
        );
        let (third, nth) = lock.new_key().unwrap();
        lock.expire(nth);
        assert!(lock.enter(third.as_str()).is_none());
    }

    #[test]
    fn sessions_are_bounded_and_tokens_are_their_own() {
        let lock = Lock::default();
        let mut sessions = Vec::new();
        for _ in 0..=SESSIONS {
            let (key, _) = lock.new_key().unwrap();
            sessions.push(lock.enter(key.as_str()).unwrap());
        }
        assert!(
            lock.session(sessions[0].as_str()).is_none(),
            "the first is out"
        );
        assert!(lock.session(sessions[1].as_str()).is_some());
        assert_ne!(sessions[1].token(), sessions[2].token());
        assert!(sessions[1].token().is(sessions[1].token().as_str()));
    }
}
