//! What each public page shows: read in one transaction, written by `present`, drawn by a template.

use askama::Template;
use chrono::{DateTime, Utc};
use futures::FutureExt;
use uuid::Uuid;

use super::super::Site;
use super::super::page::{drawn_text, printable};
use super::super::shared::Shared;
use super::frame::Frame;
use super::text::{Drawing, pieces};
use super::{Page, feed};
use crate::chart;
use crate::domain::card::{Block, Message};
use crate::domain::collective::Collective;
use crate::domain::digest::Digest;
use crate::domain::ids::{Kind, ShortId};
use crate::domain::language::Language;
use crate::domain::workshop::Workshop;
use crate::present;
use crate::present::site::{Action, Line, Milestone};
use crate::service::gateway::Tx;
use crate::service::site as service;
use crate::service::{ServiceError, plan, privacy};

const HTML: &str = "text/html; charset=utf-8";
const ATOM: &str = "application/atom+xml; charset=utf-8";

/// What a page is made of.
enum Content {
    Home(Box<service::Front>),
    Workshops(Vec<Workshop>, Vec<Workshop>),
    Polls(
        Vec<crate::domain::poll::Poll>,
        Vec<crate::domain::poll::Poll>,
    ),
    Plan(crate::service::plan::Plan, crate::domain::commitment::Tally),
    Digests(Vec<Digest>),
    Circles(Vec<crate::domain::widening::Report>),
    Privacy(Option<crate::domain::privacy::Statement>),
    Workshop(Box<Workshop>),
    Poll(
        Box<crate::domain::poll::Poll>,
        Vec<crate::service::polls::Detail>,
    ),
    Digest(Box<Digest>),
}

async fn read(
    tx: &mut Tx,
    collective: Uuid,
    page: Page,
    now: DateTime<Utc>,
) -> Result<Option<Content>, ServiceError> {
    Ok(Some(match page {
        Page::Home => Content::Home(Box::new(service::front(tx, collective, now).await?)),
        Page::Workshops | Page::WorkshopFeed => Content::Workshops(
            service::coming(tx, collective, now).await?,
            service::past(tx, collective, now).await?,
        ),
        Page::Polls => {
            let (open, closed) = service::polls(tx, collective, now).await?;
            Content::Polls(open, closed)
        }
        Page::Plan => Content::Plan(
            plan::of_collective(tx, collective).await?,
            service::commitments(tx, collective).await?,
        ),
        Page::Digests | Page::DigestFeed => {
            Content::Digests(service::digests(tx, collective).await?)
        }
        Page::Circles => Content::Circles(service::widening(tx, collective).await?),
        Page::Privacy => Content::Privacy(privacy::statement(tx).await?),
        Page::Object(id) => {
            return Ok(match id.kind {
                Kind::Workshop => service::workshop(tx, collective, id.number)
                    .await?
                    .map(|found| Content::Workshop(Box::new(found))),
                Kind::Poll => service::poll(tx, collective, id.number)
                    .await?
                    .map(|(poll, tallies)| Content::Poll(Box::new(poll), tallies)),
                Kind::Digest => service::digest(tx, collective, id.number)
                    .await?
                    .map(|found| Content::Digest(Box::new(found))),
                _ => None,
            });
        }
    }))
}

/// A page as everybody sees it; none if there is none.
///
/// # Errors
/// The database's.
pub(super) async fn draw(
    site: &Site,
    slug: String,
    language: Language,
    page: Page,
    now: DateTime<Utc>,
) -> Result<Option<Shared>, ServiceError> {
    let found = site
        .db
        .read::<_, ServiceError, _>(move |tx| {
            async move {
                let Some(collective) = service::collective(tx, &slug).await? else {
                    return Ok(None);
                };
                let content = read(tx, collective.id, page, now).await?;
                Ok(content.map(|content| (collective, content)))
            }
            .boxed()
        })
        .await?;
    let Some((collective, content)) = found else {
        return Ok(None);
    };
    let frame = Frame {
        words: &site.words,
        links: &site.links,
        language,
        collective: &collective,
        page,
    };
    let (media, text) = match page {
        Page::DigestFeed | Page::WorkshopFeed => {
            (ATOM, feed::write(frame, &content.entries(), now))
        }
        _ => (HTML, written(frame, content, now)),
    };
    Ok(text.map(|text| Shared::new(media, text)))
}

impl Content {
    /// What a feed tells one by one.
    fn entries(&self) -> Vec<feed::Entry<'_>> {
        match self {
            Self::Digests(all) => all.iter().map(feed::Entry::Digest).collect(),
            Self::Workshops(coming, _) => coming.iter().map(feed::Entry::Workshop).collect(),
            _ => Vec::new(),
        }
    }
}

fn written(frame: Frame<'_>, content: Content, now: DateTime<Utc>) -> Option<String> {
    let (words, language) = (frame.words, frame.language);
    let workshops = |all: &[Workshop]| -> Vec<Line> {
        let line = |one| present::site::workshop_line(words, language, one);
        all.iter().map(line).collect()
    };
    let polls = |all: &[crate::domain::poll::Poll]| -> Vec<Line> {
        let line = |one| present::site::poll_line(words, language, one, now);
        all.iter().map(line).collect()
    };
    match content {
        Content::Home(front) => {
            let milestones = present::site::milestones(words, language, &front.plan);
            drawn_text(&HomePage {
                steps: present::site::steps(words, language, frame.collective),
                coming: workshops(&front.coming),
                open: polls(&front.open),
                decided: polls(&front.decided),
                digest: front.digest.as_ref().map(|digest| {
                    let message = present::digest::card(words, language, digest);
                    (digest.short_id(), message.title.unwrap_or_default())
                }),
                glance: present::site::plan_at_a_glance(words, language, &milestones),
                milestones,
                ways: present::site::ways(words, language),
                frame,
            })
        }
        Content::Workshops(coming, past) => drawn_text(&ListsPage {
            title: frame.say("site-workshops"),
            lists: vec![
                List::new(&frame, "site-coming", workshops(&coming)),
                List::new(&frame, "site-past", workshops(&past)),
            ],
            also: vec![
                (
                    format!("../../agenda/{}.ics?lang={}", frame.slug(), frame.tag()),
                    frame.say("site-calendar-all"),
                ),
                (Page::WorkshopFeed.name(), frame.say("site-feed-workshops")),
            ],
            frame,
        }),
        Content::Polls(open, closed) => drawn_text(&ListsPage {
            title: frame.say("site-polls"),
            lists: vec![
                List::new(&frame, "site-open", polls(&open)),
                List::new(&frame, "site-decided", polls(&closed)),
            ],
            also: Vec::new(),
            frame,
        }),
        Content::Digests(all) => {
            let lines = all.iter().map(|digest| Line {
                id: digest.short_id(),
                title: present::digest::card(words, language, digest)
                    .title
                    .unwrap_or_default(),
                when: String::new(),
                notes: Vec::new(),
                mark: None,
            });
            drawn_text(&ListsPage {
                title: frame.say("site-digests"),
                lists: vec![List {
                    heading: frame.say("site-editions"),
                    lines: lines.collect(),
                    none: frame.say("site-digests-none"),
                }],
                also: vec![(Page::DigestFeed.name(), frame.say("site-feed"))],
                frame,
            })
        }
        Content::Plan(plan, tally) => {
            let milestones = present::site::milestones(words, language, &plan);
            drawn_text(&PlanPage {
                glance: present::site::plan_at_a_glance(words, language, &milestones),
                commitments: present::site::commitments(words, language, tally),
                milestones,
                frame,
            })
        }
        Content::Circles(reports) => {
            let mut message = present::widening::report(words, language, &reports);
            // How to see it in chat is of no use here.
            message.footer = None;
            object(frame, None, message, &[], Vec::new())
        }
        Content::Privacy(statement) => {
            let message = match statement {
                Some(statement) => present::privacy::about(words, language, &statement),
                None => Message {
                    title: Some(frame.say("site-privacy")),
                    body: vec![Block::Text(frame.say("site-no-privacy"))],
                    ..Message::default()
                },
            };
            object(frame, None, message, &[], Vec::new())
        }
        Content::Workshop(workshop) => {
            let id = workshop.short_id();
            let message = present::site::workshop(words, language, &workshop, now);
            let calendar = format!(
                "../../agenda/{}/{id}.ics?lang={}",
                frame.slug(),
                frame.tag()
            );
            let also = (now < workshop.over_at()).then(|| (calendar, frame.say("site-calendar")));
            let poll = workshop.poll.map(|number| ShortId::new(Kind::Poll, number));
            object(
                frame,
                Some(id),
                message,
                poll.as_slice(),
                also.into_iter().collect(),
            )
        }
        Content::Poll(poll, tallies) => {
            let message = present::site::poll(words, language, &poll, &tallies, now);
            object(frame, Some(poll.short_id()), message, &[], Vec::new())
        }
        Content::Digest(digest) => {
            let message = present::digest::card(words, language, &digest);
            let facts = &digest.facts;
            let polls = facts.decided.iter().chain(&facts.open);
            let workshops = facts.held.iter().chain(&facts.next);
            let known: Vec<ShortId> = polls
                .map(crate::domain::poll::Poll::short_id)
                .chain(workshops.map(Workshop::short_id))
                .collect();
            object(frame, Some(digest.short_id()), message, &known, Vec::new())
        }
    }
}

fn object(
    frame: Frame<'_>,
    id: Option<ShortId>,
    message: Message,
    known: &[ShortId],
    also: Vec<(String, String)>,
) -> Option<String> {
    let drawing = message.image.as_deref().map(chart::svg);
    drawn_text(&ObjectPage {
        title: message.title.clone().unwrap_or_default(),
        chart: drawing.map(|drawing| Drawing(printable(drawing))),
        id,
        message,
        known,
        also,
        frame,
    })
}

/// The collectives to choose from, where there are several.
pub(super) fn choice(
    site: &Site,
    language: Language,
    all: &[Collective],
) -> axum::response::Html<String> {
    let entry = |one: &Collective| (format!("{}/", one.slug), one.name.clone());
    let page = ChoicePage {
        language: language.tag(),
        title: site.words.plain(language, "site-choose"),
        all: all.iter().map(entry).collect(),
    };
    axum::response::Html(drawn_text(&page).unwrap_or_default())
}

/// A list with its heading, and what is said where it is empty.
struct List {
    heading: String,
    lines: Vec<Line>,
    none: String,
}

impl List {
    fn new(frame: &Frame<'_>, id: &str, lines: Vec<Line>) -> Self {
        Self {
            heading: frame.say(id),
            lines,
            none: frame.say(&format!("{id}-none")),
        }
    }
}

#[derive(Template)]
#[template(path = "site/home.html")]
struct HomePage<'a> {
    frame: Frame<'a>,
    steps: Vec<(String, bool)>,
    coming: Vec<Line>,
    open: Vec<Line>,
    decided: Vec<Line>,
    digest: Option<(ShortId, String)>,
    glance: Option<String>,
    milestones: Vec<Milestone>,
    ways: [String; 3],
}

#[derive(Template)]
#[template(path = "site/lists.html")]
struct ListsPage<'a> {
    frame: Frame<'a>,
    title: String,
    lists: Vec<List>,
    also: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "site/plan.html")]
struct PlanPage<'a> {
    frame: Frame<'a>,
    glance: Option<String>,
    milestones: Vec<Milestone>,
    commitments: Vec<String>,
}

impl PlanPage<'_> {
    /// The actions that no organisation carries yet.
    fn to_carry(&self) -> Vec<&Action> {
        let all = self.milestones.iter().flat_map(|one| &one.actions);
        all.filter(|action| action.state == crate::domain::plan::State::NeedsLead)
            .collect()
    }
}

#[derive(Template)]
#[template(path = "site/object.html")]
struct ObjectPage<'a> {
    frame: Frame<'a>,
    title: String,
    id: Option<ShortId>,
    message: Message,
    chart: Option<Drawing>,
    /// The objects that its words may name: each leads to its page.
    known: &'a [ShortId],
    also: Vec<(String, String)>,
}

impl ObjectPage<'_> {
    fn pieces<'t>(&self, text: &'t str) -> Vec<(Option<String>, &'t str)> {
        pieces(text, self.known)
    }
}

#[derive(Template)]
#[template(path = "site/choice.html")]
struct ChoicePage {
    language: &'static str,
    title: String,
    all: Vec<(String, String)>,
}
