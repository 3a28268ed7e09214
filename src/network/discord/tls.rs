//! Which implementation of cryptography TLS uses.
//!
//! Two are compiled in (aws-lc-rs by matrix-sdk and sqlx, ring by serenity's HTTP client), and rustls
//! panics at the first connection when it has to guess between two. So one is chosen here, once.

use rustls::crypto::{CryptoProvider, aws_lc_rs};

/// Chooses TLS's cryptography for the whole process. To be called first thing in the program, before any network, database or
/// mail connection. Calling it again, or after somebody else chose, changes nothing.
pub fn install_crypto_provider() {
    if CryptoProvider::get_default().is_none() {
        // An error means that another thread chose in the meantime, which is as good.
        drop(aws_lc_rs::default_provider().install_default());
    }
}
