//! The keys of confidential ballots: made per poll, kept in the database only wrapped by a master key that lives
//! outside it, and destroyed with the poll's close.
//!
//! A ballot is found by a row key, `HMAC-SHA256(K_id, poll ‖ person)`, and sealed by XChaCha20-Poly1305 under `K_ct`,
//! bound to its poll and row. Without the two keys neither says whose it is nor what it says. All ballots of a poll have
//! one length (see `domain::poll::ballot`), so a sealed one tells nothing by its size.

use std::fmt;
use std::sync::Arc;

use chacha20poly1305::aead::{Aead, AeadCore, KeyInit, OsRng, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use secrecy::{ExposeSecret, SecretBox};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::StoreError;
use crate::domain::poll::receipt::Receipt;

const KEY: usize = 32;
const NONCE: usize = 24;

/// The master key, or none where no confidential polls are held. Cheap to clone.
#[derive(Clone, Default)]
pub struct Vault(Option<Arc<SecretBox<[u8; KEY]>>>);

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_open() {
            "Vault(…)"
        } else {
            "Vault(none)"
        })
    }
}

impl Vault {
    /// A vault under that secret: any long text that nobody can guess. It must stay the same while a confidential poll
    /// is open.
    #[must_use]
    pub fn new(secret: &str) -> Self {
        let key: [u8; KEY] = Sha256::digest(secret.as_bytes()).into();
        Self(Some(Arc::new(SecretBox::new(Box::new(key)))))
    }

    /// Whether there is a master key.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        self.0.is_some()
    }

    fn master(&self) -> Result<&[u8; KEY], StoreError> {
        let key = self.0.as_ref().ok_or(StoreError::NoVault)?;
        Ok(key.expose_secret())
    }
}

/// A poll's two keys.
pub(super) struct Keys {
    poll: Uuid,
    id: SecretBox<[u8; KEY]>,
    ballot: SecretBox<[u8; KEY]>,
}

impl Keys {
    /// New keys.
    pub(super) fn new(poll: Uuid) -> Self {
        let fresh = || {
            let key: [u8; KEY] = XChaCha20Poly1305::generate_key(&mut OsRng).into();
            SecretBox::new(Box::new(key))
        };
        Self {
            poll,
            id: fresh(),
            ballot: fresh(),
        }
    }

    /// The keys as the database keeps them.
    pub(super) fn wrap(&self, vault: &Vault) -> Result<Vec<u8>, StoreError> {
        let both = [*self.id.expose_secret(), *self.ballot.expose_secret()].concat();
        seal(vault.master()?, &both, self.poll.as_bytes())
    }

    /// The keys that the database keeps.
    pub(super) fn unwrap(poll: Uuid, wrapped: &[u8], vault: &Vault) -> Result<Self, StoreError> {
        let both = unseal(vault.master()?, wrapped, poll.as_bytes())?;
        let part = |from: usize| -> Result<SecretBox<[u8; KEY]>, StoreError> {
            let bytes = both.get(from..from + KEY).ok_or(StoreError::Sealed)?;
            let key: [u8; KEY] = bytes.try_into().map_err(|_| StoreError::Sealed)?;
            Ok(SecretBox::new(Box::new(key)))
        };
        Ok(Self {
            poll,
            id: part(0)?,
            ballot: part(KEY)?,
        })
    }

    /// Where a person's ballot lies.
    pub(super) fn row(&self, person: Uuid) -> Result<Vec<u8>, StoreError> {
        let key = self.id.expose_secret();
        let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(key).map_err(|_| StoreError::Sealed)?;
        mac.update(self.poll.as_bytes());
        mac.update(person.as_bytes());
        Ok(mac.finalize().into_bytes().to_vec())
    }

    /// What a voter is told, by which they find their ballot among those that are published.
    pub(super) fn receipt(&self, row: &[u8]) -> Result<Receipt, StoreError> {
        let key = self.id.expose_secret();
        let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(key).map_err(|_| StoreError::Sealed)?;
        // Rows are made from 32 bytes: this is none.
        mac.update(b"receipt");
        mac.update(row);
        let digest = mac.finalize().into_bytes();
        let bits = digest
            .iter()
            .take(8)
            .fold(0, |bits, byte| bits << 8 | u64::from(*byte));
        Ok(Receipt::from_bits(bits))
    }

    /// A ballot for its row.
    pub(super) fn seal(&self, row: &[u8], marks: &[u8]) -> Result<Vec<u8>, StoreError> {
        seal(self.ballot.expose_secret(), marks, &self.place(row))
    }

    /// The ballot of a row.
    pub(super) fn unseal(&self, row: &[u8], sealed: &[u8]) -> Result<Vec<u8>, StoreError> {
        unseal(self.ballot.expose_secret(), sealed, &self.place(row))
    }

    fn place(&self, row: &[u8]) -> Vec<u8> {
        [self.poll.as_bytes(), row].concat()
    }
}

fn seal(key: &[u8; KEY], content: &[u8], place: &[u8]) -> Result<Vec<u8>, StoreError> {
    let nonce = XChaCha20Poly1305::generate_nonce(&mut OsRng);
    let payload = Payload {
        msg: content,
        aad: place,
    };
    let sealed = XChaCha20Poly1305::new(Key::from_slice(key))
        .encrypt(&nonce, payload)
        .map_err(|_| StoreError::Sealed)?;
    Ok([nonce.as_slice(), &sealed].concat())
}

fn unseal(key: &[u8; KEY], sealed: &[u8], place: &[u8]) -> Result<Vec<u8>, StoreError> {
    let (nonce, content) = sealed.split_at_checked(NONCE).ok_or(StoreError::Sealed)?;
    let payload = Payload {
        msg: content,
        aad: place,
    };
    XChaCha20Poly1305::new(Key::from_slice(key))
        .decrypt(XNonce::from_slice(nonce), payload)
        .map_err(|_| StoreError::Sealed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ballot_opens_in_its_own_row_of_its_own_poll_under_its_own_master_key() {
        let vault = Vault::new("secret");
        let (poll, ana, bob) = (Uuid::from_u128(1), Uuid::from_u128(2), Uuid::from_u128(3));
        let wrapped = Keys::new(poll).wrap(&vault).unwrap();
        let keys = Keys::unwrap(poll, &wrapped, &vault).unwrap();
        let (row, other) = (keys.row(ana).unwrap(), keys.row(bob).unwrap());
        assert_ne!(row, other);
        let receipt = |row: &[u8]| keys.receipt(row).unwrap().to_string();
        assert_eq!(receipt(&row), receipt(&row));
        assert_ne!(receipt(&row), receipt(&other));
        let sealed = keys.seal(&row, &[0, 1, 0]).unwrap();
        assert_ne!(
            sealed,
            keys.seal(&row, &[0, 1, 0]).unwrap(),
            "never the same twice"
        );
        assert_eq!(keys.unseal(&row, &sealed).unwrap(), [0, 1, 0]);
        assert!(keys.unseal(&other, &sealed).is_err());
        assert!(Keys::new(poll).unseal(&row, &sealed).is_err());
        assert!(Keys::unwrap(poll, &wrapped, &Vault::new("other")).is_err());
        assert!(Keys::unwrap(ana, &wrapped, &vault).is_err());
        assert!(Keys::new(poll).wrap(&Vault::default()).is_err());
        assert_eq!(format!("{vault:?}"), "Vault(…)");
    }
}
