//! `cercles doctor`: what is wrong, and how to put it right. Changes nothing.

use chrono::{DateTime, Utc};
use futures::FutureExt;
use secrecy::ExposeSecret;

use crate::config::{Config, ConfigError};
use crate::domain::network::NetworkKind;
use crate::network::{Finding, discord, matrix};
use crate::store::{Db, StoreError, cards, collectives};

/// Stuck cards that are named.
const NAMED: i64 = 10;

/// Looks at everything that can be looked at without running.
pub async fn examine(config: Result<Config, ConfigError>, now: DateTime<Utc>) -> Vec<Finding> {
    let config = match config {
        Ok(config) => config,
        Err(error) => {
            return vec![Finding::wrong(
                format!("the configuration cannot be used: {error}"),
                "Correct that line; `cercles config example` explains every setting.",
            )];
        }
    };
    let mut findings = vec![Finding::Good("the configuration can be read".to_owned())];
    findings.push(if config.privacy.is_some() {
        Finding::Good("somebody is responsible for personal information".to_owned())
    } else {
        Finding::wrong(
            "[privacy] is missing: the bot keeps no answer, vote or commitment".to_owned(),
            "Add the section: the responsible organisation, the title and e-mail of the person in charge, where the data is, who can see it.",
        )
    });
    if config.discord.is_none() && config.matrix.is_none() {
        findings.push(Finding::wrong(
            "no network is configured".to_owned(),
            "Add [discord] or [matrix].",
        ));
    }
    if config
        .collective
        .iter()
        .all(|collective| collective.room.is_empty())
    {
        findings.push(Finding::wrong(
            "no collective has a room".to_owned(),
            "Add [[collective.room]] for each channel and room.",
        ));
    }
    let (of_database, lists) = database(config.database.url.expose_secret()).await;
    findings.extend(of_database);
    let rooms = |network: NetworkKind| -> Vec<String> {
        let all = config
            .collective
            .iter()
            .flat_map(|collective| &collective.room);
        all.filter(|room| room.network == network)
            .map(|room| room.address.clone())
            .collect()
    };
    if let Some(section) = &config.discord {
        findings
            .extend(discord::examine(section, &rooms(NetworkKind::Discord), &lists.discord).await);
    }
    if let Some(section) = &config.matrix {
        findings.extend(
            matrix::examine(section, &rooms(NetworkKind::Matrix), &lists.matrix, now).await,
        );
    }
    findings
}

/// The rooms that keep a list of workshops pinned.
#[derive(Default)]
struct Lists {
    discord: Vec<String>,
    matrix: Vec<String>,
}

async fn database(url: &str) -> (Vec<Finding>, Lists) {
    let alone = |finding: Finding| (vec![finding], Lists::default());
    match Db::pending(url).await {
        Ok(0) => {}
        Ok(pending) => {
            return alone(Finding::wrong(
                format!("the database lacks {pending} migration(s)"),
                "Run `cercles migrate` (or `cercles serve`, which does it too).",
            ));
        }
        Err(error) => return alone(unreachable(&error)),
    }
    let looked = async {
        let db = Db::open(url).await?;
        let looked = db.read(|tx| {
            async move {
                let lists = Lists {
                    discord: collectives::lists(tx, NetworkKind::Discord).await?,
                    matrix: collectives::lists(tx, NetworkKind::Matrix).await?,
                };
                Ok::<_, StoreError>((cards::stuck(tx, NAMED).await?, lists))
            }
            .boxed()
        });
        let looked = looked.await;
        db.close().await;
        looked
    };
    let (stuck, lists) = match looked.await {
        Ok(looked) => looked,
        Err(error) => return alone(unreachable(&error)),
    };
    let mut findings = vec![Finding::Good(
        "the database answers and is up to date".to_owned(),
    )];
    findings.extend(stuck.into_iter().map(|(network, address, reason)| {
        Finding::wrong(
            format!("a card for {network} {address} is stuck: {reason}"),
            "Give the bot the permission it lacks there, then edit the object that the card shows: that tries again.",
        )
    }));
    (findings, lists)
}

fn unreachable(error: &StoreError) -> Finding {
    Finding::wrong(
        format!("the database cannot be used: {error}"),
        "Check `url` under [database], that its server runs, and that this user may open it.",
    )
}
