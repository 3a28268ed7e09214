//! The two requests: show a ballot, take it.

use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use futures::FutureExt;
use url::form_urlencoded;

use super::Site;
use super::fields::{CONSENT, Fault, Fields, REASON, What};
use super::form::Form;
use super::page::{self, BallotPage, Frame, VotedPage};
use crate::domain::ids::new_id;
use crate::domain::language::Language;
use crate::domain::organisation::Organisation;
use crate::i18n::args;
use crate::present;
use crate::service::ballot_links::{BadLink, Bearer, VOICE};
use crate::service::polls::{self, Linked};
use crate::service::{Refusal, ServiceError};

/// What an address asks for behind its `?`.
#[derive(Debug, Default)]
struct Asked {
    language: Option<Language>,
    /// The short name of the organisation for which somebody votes, if not in their own name.
    voice: Option<String>,
    /// What was recorded, rather than the form.
    receipt: bool,
}

/// The word behind the `?` of the page that says what was recorded.
const RECEIPT: &str = "recu";

impl Asked {
    fn read(query: Option<&str>) -> Self {
        let mut asked = Self::default();
        for (name, value) in form_urlencoded::parse(query.unwrap_or_default().as_bytes()) {
            match name.as_ref() {
                "lang" => asked.language = Language::from_tag(&value),
                VOICE => asked.voice = Some(value.into_owned()),
                RECEIPT => asked.receipt = true,
                _ => {}
            }
        }
        asked
    }
}

/// A link that was opened: what it is about, in which language.
struct Opened {
    linked: Linked,
    language: Language,
    now: DateTime<Utc>,
}

/// `GET /bulletin/{token}`: the form; with `?recu`, what was recorded.
pub(super) async fn show(
    State(site): State<Site>,
    Path(token): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let asked = Asked::read(query.as_deref());
    let opened = match open(&site, &token, &asked, &headers).await {
        Ok(opened) => opened,
        Err(notice) => return notice,
    };
    if asked.receipt && opened.linked.voted {
        return voted_page(&site, &opened);
    }
    let own = opened.linked.own.as_ref();
    let fields = own.map(Fields::of).unwrap_or_default();
    form_page(&site, &opened, &fields, &[])
}

/// `POST /bulletin/{token}`: takes the ballot, then leads to what was recorded. With faults, the form again, as it was
/// filled in.
pub(super) async fn take(
    State(site): State<Site>,
    Path(token): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let asked = Asked::read(query.as_deref());
    let opened = match open(&site, &token, &asked, &headers).await {
        Ok(opened) => opened,
        Err(notice) => return notice,
    };
    let fields = Fields::posted(&body);
    let missing = opened.linked.terms.is_some() && !fields.agrees();
    let missing = missing.then(|| Fault::new(CONSENT, What::NoConsent));
    let ballot = match (fields.ballot(&opened.linked.poll), missing) {
        (Ok(ballot), None) => ballot,
        (ballot, missing) => {
            let mut faults = ballot.err().unwrap_or_default();
            faults.extend(missing);
            return form_page(&site, &opened, &fields, &faults);
        }
    };
    let (linked, agrees, now) = (opened.linked.clone(), fields.agrees(), opened.now);
    let reason = fields.reason().map(str::to_owned);
    let recorded = site
        .db
        .write(move |tx| {
            async move {
                let reason = reason.as_deref();
                polls::vote_linked(tx, &linked, &ballot, reason, agrees, now).await
            }
            .boxed()
        })
        .await;
    match recorded {
        // Relative, so that it holds below any public address.
        Ok(_) => {
            let voice = voice_query(opened.linked.voice.as_ref());
            let place = format!("?{RECEIPT}&{voice}lang={}", opened.language.tag());
            (StatusCode::SEE_OTHER, [(header::LOCATION, place)]).into_response()
        }
        Err(ServiceError::Refused(Refusal::Text(_, error))) => {
            let faults = [Fault::new(REASON, What::Reason(error))];
            form_page(&site, &opened, &fields, &faults)
        }
        Err(error) => refused(&site, opened.language, now, &error),
    }
}

/// Opens a link, or says why it opens nothing.
async fn open(
    site: &Site,
    token: &str,
    asked: &Asked,
    headers: &HeaderMap,
) -> Result<Opened, Response> {
    let now = site.clock.now();
    let unknown = || asked.language.unwrap_or_else(|| page::preferred(headers));
    let wrong = |language| page::notice(&site.words, language, StatusCode::FORBIDDEN, "wrong");
    let bearer = site.links.read(token, now).map_err(|bad| match bad {
        BadLink::Wrong => wrong(unknown()),
        BadLink::Expired(language) => {
            let language = asked.language.unwrap_or(language);
            page::notice(&site.words, language, StatusCode::GONE, "expired")
        }
    })?;
    let language = asked.language.unwrap_or(bearer.language);
    let failed = |error| refused(site, language, now, &error);
    let linked = found(site, bearer, asked.voice.clone(), now).await;
    let linked = linked.map_err(failed)?;
    let linked = linked.ok_or_else(|| wrong(language))?;
    let language = asked.language.unwrap_or(linked.actor.language);
    Ok(Opened {
        linked,
        language,
        now,
    })
}

/// What a link opens, if its person may vote now.
async fn found(
    site: &Site,
    bearer: Bearer,
    voice: Option<String>,
    now: DateTime<Utc>,
) -> Result<Option<Linked>, ServiceError> {
    site.db
        .read(move |tx| {
            async move { polls::linked(tx, &bearer, voice.as_deref(), now).await }.boxed()
        })
        .await
}

/// The part of an address that says for which organisation somebody votes; nothing in their own name.
fn voice_query(voice: Option<&Organisation>) -> String {
    voice.map_or_else(String::new, |one| format!("{VOICE}={}&", one.slug))
}

/// Why there is no voting here now.
fn refused(site: &Site, language: Language, now: DateTime<Utc>, error: &ServiceError) -> Response {
    let words = &site.words;
    let say = |status, what, args| {
        let text = words.say(language, &format!("web-{what}"), args);
        page::notice_saying(words, language, status, what, text)
    };
    match error {
        ServiceError::Refused(Refusal::PollClosed(id)) => {
            say(StatusCode::GONE, "closed", args().text("id", id))
        }
        ServiceError::Refused(Refusal::PollNotOpen(id, at, zone)) => say(
            StatusCode::FORBIDDEN,
            "not-open",
            args().text("id", id).when("when", *at, *zone),
        ),
        ServiceError::Refused(Refusal::NotEligible(id)) => {
            say(StatusCode::FORBIDDEN, "not-eligible", args().text("id", id))
        }
        // Whatever else a use case refuses, it says why in its own words.
        ServiceError::Refused(refusal) => {
            let (id, args) = refusal.words();
            let text = words.say(language, id, args);
            page::notice_saying(words, language, StatusCode::FORBIDDEN, "cannot", text)
        }
        error @ ServiceError::Store(_) => {
            let reference = new_id(now).simple().to_string();
            let reference = reference.get(24..).unwrap_or_default();
            tracing::error!(%reference, %error, "a ballot page failed");
            let args = args().text("reference", reference);
            say(StatusCode::INTERNAL_SERVER_ERROR, "failed", args)
        }
    }
}

fn form_page(site: &Site, opened: &Opened, fields: &Fields, faults: &[Fault]) -> Response {
    let (words, language) = (&site.words, opened.language);
    let poll = &opened.linked.tally();
    let form = Form {
        words,
        language,
        poll,
        fields,
        faults,
        terms: opened.linked.terms.as_ref(),
    };
    let closes = args().when("when", poll.closes_at, poll.zone);
    let page = BallotPage {
        frame: frame(site, opened, ""),
        names: names(site, opened),
        id: poll.short_id().to_string(),
        question: poll.question.in_language(language),
        how: present::poll::how(words, language, poll),
        closes: words.say(language, "web-closes", closes),
        level: present::poll::level(words, language, poll),
        before: opened.linked.voted.then(|| before(site, opened)),
        questions: form.questions(),
    };
    let status = if faults.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    page::drawn(status, &page)
}

fn voted_page(site: &Site, opened: &Opened) -> Response {
    let (words, language) = (&site.words, opened.language);
    let Linked {
        poll, own, voice, ..
    } = &opened.linked;
    let message = match own {
        Some(own) => {
            let voice = voice.as_ref();
            present::poll::voted(words, language, poll, voice, &own.ballot, None)
        }
        // A link may be passed on, or lie about in a browser's history; a receipt shows a ballot for good.
        None => present::poll::voted_sealed(words, language, poll, None),
    };
    let page = VotedPage {
        frame: frame(site, opened, "recu&"),
        id: poll.short_id().to_string(),
        question: poll.question.in_language(language),
        message: &message,
        reason: own.as_ref().and_then(|own| own.reason.as_deref()),
    };
    page::drawn(StatusCode::OK, &page)
}

/// That a ballot was cast already, and what becomes of it.
fn before(site: &Site, opened: &Opened) -> String {
    let (words, language) = (&site.words, opened.language);
    match &opened.linked {
        // What is sealed cannot fill in the form.
        Linked { own: None, .. } => words.plain(language, "web-before-sealed"),
        Linked {
            voice: Some(voice), ..
        } => {
            let name = args().text("name", voice.name.in_language(language));
            words.say(language, "web-before-for", name)
        }
        Linked { .. } => words.plain(language, "web-before"),
    }
}

/// What a page of this ballot has around it.
fn frame<'a>(site: &'a Site, opened: &'a Opened, receipt: &'static str) -> Frame<'a> {
    let voice = voice_query(opened.linked.voice.as_ref());
    let (words, language) = (&site.words, opened.language);
    Frame::of_ballot(words, language, receipt, voice, &opened.linked.collective)
}

/// In whose name one may vote: the words, where that is, whether it is here. Nothing if there is no choice.
fn names(site: &Site, opened: &Opened) -> Vec<(String, String, bool)> {
    let (words, language) = (&site.words, opened.language);
    let Linked {
        poll, able, voice, ..
    } = &opened.linked;
    let own = (!poll.is_of_organisations()).then_some(None);
    let all = own.into_iter().chain(able.iter().map(Some));
    let name = |one: Option<&Organisation>| match one {
        Some(one) => {
            let name = args().text("name", one.name.in_language(language));
            words.say(language, "poll-on-behalf", name)
        }
        None => words.plain(language, "poll-own-name"),
    };
    if able.is_empty() {
        return Vec::new();
    }
    let entries = all.map(|one| {
        let place = format!("?{}lang={}", voice_query(one), language.tag());
        (name(one), place, one == voice.as_ref())
    });
    entries.collect()
}
