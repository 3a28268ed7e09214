//! Personal links: an address that is one person's ballot in one poll, for a while.
//!
//! The link is the authority: whoever has it votes as its person, so it is given in private only and is never logged.
//! It names an account rather than a person: when accounts are linked it stays good, and it works before the first
//! stored act. Nothing is stored: what a link says is inside it, covered, under a signature.
//!
//! The token is SIV (RFC 5297) with HMAC-SHA256 as its pseudo-random function: the signature is that of the content and
//! starts the stream that covers it. The same content gives the same link, and one changed bit anywhere gives none.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Duration, Utc};
use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use url::Url;
use uuid::Uuid;

use crate::domain::actor::{Account, Actor};
use crate::domain::language::Language;
use crate::domain::organisation::Organisation;
use crate::domain::poll::Poll;
use crate::domain::poll::rules::Level;
use crate::domain::workshop::Workshop;

/// Where ballots stand, below the public address.
pub const BALLOTS: &str = "bulletin";
/// What stands before an organisation's short name behind an address, where a ballot is not the bearer's own. It adds no
/// authority: whether they represent it is looked up.
pub const VOICE: &str = "pour";
/// Where calendars stand.
pub const AGENDA: &str = "agenda";
/// The word behind the `?` of a workshop's calendar that carries its key.
pub const KEY: &str = "cle";

/// Which calendar.
#[derive(Debug, Clone, Copy)]
pub enum Calendar<'c> {
    /// The whole collective's.
    Collective,
    /// That of the circle of this short name.
    Circle(&'c str),
    /// One workshop's.
    Workshop(&'c Workshop),
}
/// Shortest key, in characters.
pub const KEY_MIN: usize = 32;
/// A link lives no longer than this, however long the poll is open: a fresh one is a press away.
const LONGEST_DAYS: i64 = 14;
/// Bytes of a signature: 128 bits, as in RFC 5297.
const SIGNATURE: usize = 16;
/// Bytes before the texts: when it expires, the poll.
const FIXED: usize = 8 + 16;

/// What a link says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bearer {
    /// Whose it is.
    pub account: Account,
    /// The name to show where the poll is declared public; empty of others.
    pub name: Option<String>,
    /// The poll.
    pub poll: Uuid,
    /// The language that its person was answered in.
    pub language: Language,
    /// When it ends; whole seconds.
    pub expires_at: DateTime<Utc>,
}

impl Bearer {
    /// The link of somebody in a poll, made at `now`: it ends at the close at the latest.
    #[must_use]
    pub fn new(actor: &Actor, poll: &Poll, now: DateTime<Utc>) -> Self {
        Self {
            name: (poll.terms.level == Level::Public).then(|| actor.display_name()),
            ..Self::nameless(actor.account.clone(), actor.language, poll, now)
        }
    }

    /// The same of somebody whose name is not known: not for polls that show names.
    #[must_use]
    pub fn nameless(account: Account, language: Language, poll: &Poll, now: DateTime<Utc>) -> Self {
        Self {
            account,
            name: None,
            poll: poll.id,
            language,
            expires_at: poll.closes_at.min(now + Duration::days(LONGEST_DAYS)),
        }
    }
}

/// A link that opens nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadLink {
    /// It was not made here, or was changed.
    #[error("no link of ours")]
    Wrong,
    /// Its time is over; the language of its person.
    #[error("an expired link")]
    Expired(Language),
}

/// Settings that make no links.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadSettings {
    /// A key that could be guessed.
    #[error("expected at least {KEY_MIN} characters; make one with: openssl rand -hex 32")]
    ShortKey,
    /// No address of a website.
    #[error(
        "expected an address that starts with https:// (or http://, behind a proxy on this machine)"
    )]
    Address,
}

/// Makes links and reads them.
pub struct BallotLinks {
    base: Url,
    signing: Key,
    covering: Key,
}

type Key = [u8; 32];

/// Without the keys.
impl fmt::Debug for BallotLinks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BallotLinks").finish_non_exhaustive()
    }
}

impl BallotLinks {
    /// BallotLinks below `base`, the public address, under this key.
    ///
    /// # Errors
    /// A short key, or no address of a website.
    pub fn new(mut base: Url, key: &str) -> Result<Self, BadSettings> {
        if key.chars().count() < KEY_MIN {
            return Err(BadSettings::ShortKey);
        }
        if !matches!(base.scheme(), "http" | "https") || !base.has_host() {
            return Err(BadSettings::Address);
        }
        if !base.path().ends_with('/') {
            base.set_path(&format!("{}/", base.path()));
        }
        Ok(Self {
            base,
            // Two keys of one, so that no output of the one use means anything in the other.
            signing: digest(key.as_bytes(), &[b"cercles ballot link 1: sign"]),
            covering: digest(key.as_bytes(), &[b"cercles ballot link 1: cover"]),
        })
    }

    /// The origin of the pages, as browsers send it.
    #[must_use]
    pub fn origin(&self) -> String {
        self.base.origin().ascii_serialization()
    }

    /// The address of a ballot: the bearer's own, or that of an organisation.
    #[must_use]
    pub fn address(&self, bearer: &Bearer, voice: Option<&Organisation>) -> String {
        let own = format!("{}{BALLOTS}/{}", self.base, self.token(bearer));
        match voice {
            Some(organisation) => format!("{own}?{VOICE}={}", organisation.slug),
            None => own,
        }
    }

    /// The full address of a public page, by the parts of its path.
    #[must_use]
    pub fn page(&self, parts: &[&str]) -> String {
        let mut address = self.base.clone();
        if let Ok(mut path) = address.path_segments_mut() {
            path.pop_if_empty().extend(parts);
        }
        address.into()
    }

    /// The address of a calendar: a collective's, a circle's, or one workshop's, which carries its key.
    #[must_use]
    pub fn agenda(&self, collective: &str, what: Calendar<'_>, language: Language) -> String {
        let mut address = self.base.clone();
        if let Ok(mut path) = address.path_segments_mut() {
            path.pop_if_empty().push(AGENDA);
            match what {
                Calendar::Collective => path.push(&format!("{collective}.ics")),
                Calendar::Circle(slug) => path.push(collective).push(&format!("{slug}.ics")),
                Calendar::Workshop(workshop) => {
                    let id = workshop.short_id();
                    path.push(collective).push(&format!("{id}.ics"))
                }
            };
        }
        let mut query = address.query_pairs_mut();
        query.append_pair("lang", language.tag());
        if let Calendar::Workshop(workshop) = what {
            query.append_pair(KEY, &self.agenda_key(workshop.id));
        }
        drop(query);
        address.into()
    }

    /// What opens a workshop's calendar to who was told its address, wherever it was announced.
    #[must_use]
    pub fn agenda_key(&self, workshop: Uuid) -> String {
        let signature = digest(&self.signing, &[b"agenda", workshop.as_bytes()]);
        hex::encode(signature.get(..SIGNATURE).unwrap_or_default())
    }

    fn token(&self, bearer: &Bearer) -> String {
        let mut content = Vec::with_capacity(128);
        content.extend(bearer.expires_at.timestamp().to_be_bytes());
        content.extend(bearer.poll.as_bytes());
        let Account { network, address } = &bearer.account;
        let name = bearer.name.as_deref().unwrap_or_default();
        let texts = [bearer.language.tag(), network.name(), name, address];
        content.extend(texts.join("\n").as_bytes());
        let signature = digest(&self.signing, &[&content]);
        let signature = signature.get(..SIGNATURE).unwrap_or_default();
        self.cover(signature, &mut content);
        URL_SAFE_NO_PAD.encode([signature, &content].concat())
    }

    /// What a token says, if it was made here and its time is not over.
    ///
    /// # Errors
    /// See [`BadLink`].
    pub fn read(&self, token: &str, now: DateTime<Utc>) -> Result<Bearer, BadLink> {
        let bytes = URL_SAFE_NO_PAD.decode(token).map_err(|_| BadLink::Wrong)?;
        let (signature, covered) = bytes.split_at_checked(SIGNATURE).ok_or(BadLink::Wrong)?;
        let mut content = covered.to_vec();
        self.cover(signature, &mut content);
        // In constant time: how far a guess is right must not show in how long the answer takes.
        mac(&self.signing, &[&content])
            .verify_truncated_left(signature)
            .map_err(|_| BadLink::Wrong)?;
        let bearer = unpack(&content).ok_or(BadLink::Wrong)?;
        if bearer.expires_at <= now {
            return Err(BadLink::Expired(bearer.language));
        }
        Ok(bearer)
    }

    /// Covers, or uncovers, what stands under a signature.
    fn cover(&self, signature: &[u8], content: &mut [u8]) {
        for (number, block) in (0_u32..).zip(content.chunks_mut(size_of::<Key>())) {
            let stream = digest(&self.covering, &[signature, &number.to_be_bytes()]);
            for (byte, cover) in block.iter_mut().zip(stream) {
                *byte ^= cover;
            }
        }
    }
}

fn unpack(content: &[u8]) -> Option<Bearer> {
    let (fixed, texts) = content.split_at_checked(FIXED)?;
    let (expires, poll) = fixed.split_at_checked(8)?;
    let mut texts = std::str::from_utf8(texts).ok()?.splitn(4, '\n');
    let language = Language::from_tag(texts.next()?)?;
    let network = texts.next()?.parse().ok()?;
    let name = Some(texts.next()?.to_owned()).filter(|name| !name.is_empty());
    let address = texts.next()?.to_owned();
    Some(Bearer {
        account: Account { network, address },
        name,
        poll: Uuid::from_slice(poll).ok()?,
        language,
        expires_at: DateTime::from_timestamp(i64::from_be_bytes(expires.try_into().ok()?), 0)?,
    })
}

fn mac(key: &[u8], parts: &[&[u8]]) -> Hmac<Sha256> {
    // HMAC takes a key of any length; there is nothing that the fallback could be reached by.
    let mut mac =
        Hmac::<Sha256>::new_from_slice(key).unwrap_or_else(|_| Hmac::new(&Default::default()));
    for part in parts {
        mac.update(part);
    }
    mac
}

fn digest(key: &[u8], parts: &[&[u8]]) -> Key {
    mac(key, parts).finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::network::NetworkKind;

    const KEY: &str = "0123456789abcdef0123456789abcdef";

    fn links(key: &str) -> BallotLinks {
        BallotLinks::new(Url::parse("https://votes.example.org/zen").unwrap(), key).unwrap()
    }

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + seconds, 0).unwrap()
    }

    fn bearer() -> Bearer {
        Bearer {
            account: Account {
                network: NetworkKind::Matrix,
                address: "@chloe:example.org".to_owned(),
            },
            name: Some("Chloé".to_owned()),
            poll: Uuid::from_u128(7),
            language: Language::EnCa,
            expires_at: at(60),
        }
    }

    #[test]
    fn a_link_says_what_it_was_made_of_until_it_expires() {
        let (links, bearer) = (links(KEY), bearer());
        let token = links.token(&bearer);
        assert_eq!(links.read(&token, at(59)), Ok(bearer.clone()));
        assert_eq!(
            links.read(&token, at(60)),
            Err(BadLink::Expired(Language::EnCa))
        );
        let nameless = Bearer {
            name: None,
            ..bearer
        };
        assert_eq!(
            links.read(&links.token(&nameless), at(0)),
            Ok(nameless.clone())
        );
        let address = links.address(&nameless, None);
        assert!(
            address.starts_with("https://votes.example.org/zen/bulletin/"),
            "{address}"
        );
        assert!(address.len() < 200, "{}", address.len());
    }

    #[test]
    fn a_link_that_is_changed_in_any_byte_opens_nothing() {
        let links = links(KEY);
        let bytes = URL_SAFE_NO_PAD.decode(links.token(&bearer())).unwrap();
        for place in 0..bytes.len() {
            for bit in 0..8 {
                let mut changed = bytes.clone();
                changed[place] ^= 1 << bit;
                let token = URL_SAFE_NO_PAD.encode(&changed);
                assert_eq!(
                    links.read(&token, at(0)),
                    Err(BadLink::Wrong),
                    "byte {place}, bit {bit}"
                );
            }
        }
        for length in 0..bytes.len() {
            let token = URL_SAFE_NO_PAD.encode(&bytes[..length]);
            assert_eq!(
                links.read(&token, at(0)),
                Err(BadLink::Wrong),
                "{length} bytes"
            );
        }
        for token in [
            "",
            "a",
            "é",
            "../../etc/passwd",
            "====",
            &"A".repeat(10_000),
        ] {
            assert_eq!(links.read(token, at(0)), Err(BadLink::Wrong), "{token:?}");
        }
    }

    #[test]
    fn a_link_of_another_key_opens_nothing() {
        let other = links("another key, another place, 0123456789");
        assert_eq!(
            other.read(&links(KEY).token(&bearer()), at(0)),
            Err(BadLink::Wrong)
        );
    }

    #[test]
    fn links_of_other_people_and_other_polls_have_nothing_in_common() {
        let links = links(KEY);
        let (one, mut other_person, mut other_poll) = (bearer(), bearer(), bearer());
        other_person.account.address = "@chloi:example.org".to_owned();
        other_poll.poll = Uuid::from_u128(6);
        let tokens = [one, other_person, other_poll]
            .map(|b| URL_SAFE_NO_PAD.decode(links.token(&b)).unwrap());
        for (a, b) in [(0, 1), (0, 2), (1, 2)] {
            let same = tokens[a]
                .iter()
                .zip(&tokens[b])
                .filter(|(a, b)| a == b)
                .count();
            assert!(
                same < tokens[a].len() / 8,
                "{same} of {} bytes",
                tokens[a].len()
            );
        }
        // Signature of the one with the content of the other.
        let mixed = [&tokens[0][..SIGNATURE], &tokens[1][SIGNATURE..]].concat();
        assert_eq!(
            links.read(&URL_SAFE_NO_PAD.encode(mixed), at(0)),
            Err(BadLink::Wrong)
        );
    }

    #[test]
    fn nothing_in_an_address_tells_who_or_what() {
        let links = links(KEY);
        let address = links.address(&bearer(), None);
        let token = address.rsplit('/').next().unwrap();
        let bytes = URL_SAFE_NO_PAD.decode(token).unwrap();
        let has = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
        assert!(
            !has(b"chloe")
                && !has(b"example.org")
                && !has(b"matrix")
                && !has(Uuid::from_u128(7).as_bytes())
        );
        assert!(!format!("{links:?}").contains("key"));
    }

    #[test]
    fn weak_settings_are_refused() {
        let make = |base: &str, key: &str| BallotLinks::new(Url::parse(base).unwrap(), key).err();
        assert_eq!(make("https://x.org", "short"), Some(BadSettings::ShortKey));
        assert_eq!(make("ftp://x.org", KEY), Some(BadSettings::Address));
        assert_eq!(make("https://x.org/", KEY), None);
    }
}
