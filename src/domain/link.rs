//! The one-time code by which two accounts say that they are one person.
//!
//! Ten characters of an alphabet without look-alikes hold 50 bits: with ten minutes and a few tries per account, guessing
//! one is hopeless. The database holds its digest only.

use std::fmt;

use chrono::Duration;
use sha2::{Digest as _, Sha256};

use super::actor::Account;
use super::code;

/// How long a code is good.
pub const GOOD_FOR: Duration = Duration::minutes(10);
/// How many wrong codes an account may try within [`TRIES_FOR`].
pub const TRIES: i64 = 5;
/// How long wrong tries are remembered.
pub const TRIES_FOR: Duration = Duration::hours(1);

const LENGTH: usize = 10;

/// A code, as a person types it. No `Debug`: it must not get into a log.
#[derive(Clone, PartialEq, Eq)]
pub struct Code(String);

impl Code {
    /// The code that 50 of these random bits make.
    #[must_use]
    pub fn from_random(bits: u64) -> Self {
        Self(code::write(bits, LENGTH))
    }

    /// Reads a code in any case, with or without hyphens and spaces, look-alikes forgiven. None if it is no code.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        code::read(text, LENGTH).map(Self)
    }

    /// What the database keeps of it.
    #[must_use]
    pub fn digest(&self, pepper: &str) -> String {
        digest(pepper, "code", &self.0)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, second) = self.0.split_at_checked(LENGTH / 2).unwrap_or_default();
        write!(f, "{first}-{second}")
    }
}

/// What stands for an account where the account itself must not stand.
#[must_use]
pub fn account_digest(account: &Account, pepper: &str) -> String {
    digest(pepper, account.network.name(), &account.address)
}

fn digest(pepper: &str, what: &str, text: &str) -> String {
    let mut hash = Sha256::new();
    for part in [pepper, what, text] {
        hash.update(part.len().to_be_bytes());
        hash.update(part);
    }
    hex::encode(hash.finalize())
}

/// Whether two digests are the same, with the same effort whatever they hold.
#[must_use]
pub fn same(one: &str, other: &str) -> bool {
    let differences = one
        .bytes()
        .zip(other.bytes())
        .fold(0, |found, (a, b)| found | (a ^ b));
    one.len() == other.len() && differences == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_back_as_people_type_it() {
        let code = Code::from_random(0x0123_4567_89AB_CDEF);
        let shown = code.to_string();
        assert_eq!(shown.len(), 11);
        for typed in [
            shown.clone(),
            shown.to_lowercase(),
            shown.replace('-', " "),
            shown.replace('-', ""),
            shown.replace('0', "o").replace('1', "l"),
        ] {
            assert!(Code::read(&typed) == Some(code.clone()), "{typed}");
        }
        for wrong in ["", "ABC", "12345-678901", "12345-6789U", "12345-6789é"] {
            assert!(Code::read(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn digests_depend_on_code_and_pepper() {
        let code = Code::from_random(7);
        assert!(same(&code.digest("a"), &code.digest("a")));
        assert!(!same(&code.digest("a"), &code.digest("b")));
        assert!(!same(&code.digest("a"), &Code::from_random(8).digest("a")));
        assert!(!same("ab", "abc"));
    }
}
