//! What waits for its author's word, in memory.
//!
//! Nothing about a person is stored before they agree, and no commitment before its author has confirmed the sentence: what
//! they wanted when they were asked is kept here and nowhere else, one thing per account, for a quarter of an hour. When the
//! process ends meanwhile it is lost, and its author, told so when they answer, says it again.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Duration, Utc};

use crate::domain::actor::Account;

/// How long something waits.
const WAITS: Duration = Duration::minutes(15);
/// Most that waits at once; beyond that the oldest goes.
const MOST: usize = 1000;

/// Things that wait, by the account of their author.
pub(super) struct Waiting<T>(Mutex<HashMap<Account, (DateTime<Utc>, T)>>);

impl<T> Default for Waiting<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T: Clone> Waiting<T> {
    /// Keeps something, in place of its author's earlier one.
    pub(super) fn put(&self, account: &Account, thing: T, now: DateTime<Utc>) {
        let mut acts = self.lock();
        acts.retain(|_, (since, _)| now - *since < WAITS);
        if acts.len() >= MOST
            && let Some(oldest) = acts
                .iter()
                .min_by_key(|(_, (since, _))| *since)
                .map(|(account, _)| account.clone())
        {
            acts.remove(&oldest);
        }
        acts.insert(account.clone(), (now, thing));
    }

    /// What waits of an account. It goes on waiting: the transaction that asks may be undone.
    pub(super) fn of(&self, account: &Account, now: DateTime<Utc>) -> Option<T> {
        let acts = self.lock();
        let (since, thing) = acts.get(account)?;
        (now - *since < WAITS).then(|| thing.clone())
    }

    /// Forgets what waits of an account.
    pub(super) fn forget(&self, account: &Account) {
        self.lock().remove(account);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Account, (DateTime<Utc>, T)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::network::NetworkKind;

    fn account(address: &str) -> Account {
        Account {
            network: NetworkKind::Matrix,
            address: address.to_owned(),
        }
    }

    #[test]
    fn the_last_thing_of_each_account_waits_a_quarter_of_an_hour() {
        let (waiting, now) = (Waiting::default(), DateTime::UNIX_EPOCH);
        waiting.put(&account("a"), 1, now);
        waiting.put(&account("a"), 2, now);
        waiting.put(&account("b"), 3, now);
        let soon = now + Duration::minutes(14);
        assert_eq!(waiting.of(&account("a"), soon), Some(2));
        assert_eq!(waiting.of(&account("a"), now + WAITS), None);
        waiting.forget(&account("a"));
        assert_eq!(waiting.of(&account("a"), soon), None);
    }

    #[test]
    fn there_is_room_for_so_many() {
        let waiting = Waiting::default();
        for n in 0..=MOST {
            let at = DateTime::UNIX_EPOCH + Duration::milliseconds(i64::try_from(n).unwrap());
            waiting.put(&account(&n.to_string()), n, at);
        }
        assert_eq!(waiting.lock().len(), MOST);
        assert_eq!(waiting.of(&account("0"), DateTime::UNIX_EPOCH), None);
    }
}
