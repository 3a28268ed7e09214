//! Acts that wait for their author's agreement, in memory.
//!
//! Nothing about a person is stored before they agree, so what they wanted to do when they were asked is kept here and
//! nowhere else: one act per account, for a quarter of an hour. It is then carried out as if it came anew. When the process
//! ends meanwhile the act is lost, and its author, told that the agreement is noted, does it again.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Duration, Utc};

use super::inbound::Inbound;
use crate::domain::actor::Account;

/// How long an act waits.
const WAITS: Duration = Duration::minutes(15);
/// Most acts that wait at once; beyond that the oldest goes.
const MOST: usize = 1000;

/// The acts that wait.
#[derive(Default)]
pub(super) struct Pending(Mutex<HashMap<Account, (DateTime<Utc>, Inbound)>>);

impl Pending {
    /// Keeps an act, in place of its author's earlier one.
    pub(super) fn put(&self, act: &Inbound, now: DateTime<Utc>) {
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
        acts.insert(act.account.clone(), (now, act.clone()));
    }

    /// The act of an account that waits. It goes on waiting: the transaction that asks may be undone.
    pub(super) fn of(&self, account: &Account, now: DateTime<Utc>) -> Option<Inbound> {
        let acts = self.lock();
        let (since, act) = acts.get(account)?;
        (now - *since < WAITS).then(|| act.clone())
    }

    /// Forgets the act of an account.
    pub(super) fn forget(&self, account: &Account) {
        self.lock().remove(account);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Account, (DateTime<Utc>, Inbound)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::Deed;
    use crate::domain::network::NetworkKind;
    use crate::domain::standing::Standing;

    fn act(address: &str, text: &str) -> Inbound {
        Inbound {
            key: "k".to_owned(),
            account: Account {
                network: NetworkKind::Matrix,
                address: address.to_owned(),
            },
            standing: Standing::default(),
            bridged: false,
            room: "r".to_owned(),
            private: false,
            elsewhere: Vec::new(),
            thread: None,
            language: None,
            name: None,
            at: DateTime::UNIX_EPOCH,
            deed: Deed::Text(text.to_owned()),
        }
    }

    #[test]
    fn the_last_act_of_each_account_waits_a_quarter_of_an_hour() {
        let (pending, now) = (Pending::default(), DateTime::UNIX_EPOCH);
        pending.put(&act("a", "one"), now);
        pending.put(&act("a", "two"), now);
        pending.put(&act("b", "three"), now);
        let account = act("a", "").account;
        let soon = now + Duration::minutes(14);
        assert_eq!(pending.of(&account, soon), Some(act("a", "two")));
        assert_eq!(pending.of(&account, now + WAITS), None);
        pending.forget(&account);
        assert_eq!(pending.of(&account, soon), None);
    }

    #[test]
    fn there_is_room_for_so_many() {
        let pending = Pending::default();
        for n in 0..=MOST {
            let at = DateTime::UNIX_EPOCH + Duration::milliseconds(i64::try_from(n).unwrap());
            pending.put(&act(&n.to_string(), "x"), at);
        }
        assert_eq!(pending.lock().len(), MOST);
        assert!(
            pending
                .of(&act("0", "").account, DateTime::UNIX_EPOCH)
                .is_none()
        );
    }
}
