//! Wiring and lifecycle: from configuration to a running process, and back to a clean end.
//!
//! What starts: the desk (inbox), the scheduler, and for each network its session and its reconciler, each in a task
//! of its own. SIGTERM or ctrl-c: no new work is begun, what is under way is finished within [`DRAIN`], the
//! database is closed.

pub mod doctor;
pub mod playground;

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use futures::FutureExt;
use secrecy::ExposeSecret;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::command::Desk;
use crate::config::Config;
use crate::delivery::{Reconciler, Scheduler};
use crate::domain::clock::{Clock, SystemClock};
use crate::domain::privacy::Statement;
use crate::i18n::Words;
use crate::network::Network;
use crate::network::discord::{self, DiscordNetwork};
use crate::network::matrix::MatrixNetwork;
use crate::service::ballot_links::BallotLinks;
use crate::service::setup;
use crate::store::{Db, Vault};
use crate::web::{self, Site};

/// Longest time that work under way gets to finish.
const DRAIN: Duration = Duration::from_secs(8);

/// What every process has, whatever networks it speaks to.
pub(crate) struct Core {
    pub(crate) db: Db,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) words: Arc<Words>,
    pub(crate) desk: Arc<Desk>,
    links: Option<Arc<BallotLinks>>,
    tasks: TaskTracker,
    stop: CancellationToken,
}

impl Core {
    /// Opens the database and brings it in line with the plans.
    pub(crate) async fn open(
        url: &str,
        vault: Vault,
        clock: Arc<dyn Clock>,
        plans: Vec<setup::Plan>,
        statement: Option<Statement>,
        links: Option<Arc<BallotLinks>>,
    ) -> Result<Self> {
        let db = Db::open_with(url, vault)
            .await
            .context("the database could not be opened")?;
        let now = clock.now();
        db.write(move |tx| {
            async move { setup::apply(tx, &plans, statement.as_ref(), now).await }.boxed()
        })
        .await
        .context("the configured collectives could not be recorded")?;
        let words = Arc::new(Words::load().context("the catalogues of words cannot be read")?);
        let desk = Arc::new(Desk::new(
            db.clone(),
            clock.clone(),
            words.clone(),
            links.clone(),
        ));
        Ok(Self {
            db,
            clock,
            words,
            links,
            desk,
            tasks: TaskTracker::new(),
            stop: CancellationToken::new(),
        })
    }

    /// Starts what does not depend on a network.
    pub(crate) fn start(&self) {
        let (desk, stop) = (self.desk.clone(), self.stop.clone());
        self.tasks.spawn(async move { desk.serve(stop).await });
        let scheduler = Scheduler::new(self.db.clone(), self.clock.clone());
        let stop = self.stop.clone();
        self.tasks.spawn(async move { scheduler.serve(stop).await });
    }

    /// Starts delivering to a network.
    pub(crate) fn deliver(&self, network: Arc<dyn Network>) {
        let reconciler = Reconciler::new(
            self.db.clone(),
            self.clock.clone(),
            self.words.clone(),
            network,
            self.links.clone(),
        );
        let stop = self.stop.clone();
        self.tasks
            .spawn(async move { reconciler.serve(stop).await });
    }

    /// Starts a network's session. When it ends with an error, that is told and the others go on; when it was the
    /// last, the process ends.
    fn connect<E: std::error::Error + Send + Sync + 'static>(
        &self,
        name: &'static str,
        sessions: &Sessions,
        session: impl Future<Output = Result<(), E>> + Send + 'static,
    ) {
        let (stop, sessions) = (self.stop.clone(), sessions.clone());
        sessions.begin();
        self.tasks.spawn(async move {
            if let Err(error) = session.await {
                tracing::error!(network = name, error = %anyhow::Error::new(error), "a network's session ended; nothing is lost, the other networks go on");
                if sessions.failed() {
                    stop.cancel();
                }
            }
        });
    }

    /// The pages behind these links.
    pub(crate) fn site(&self, links: Arc<BallotLinks>) -> Site {
        let (db, clock) = (self.db.clone(), self.clock.clone());
        Site::new(db, clock, self.words.clone(), links)
    }

    /// Starts the web server.
    fn show_pages(&self, listener: TcpListener, links: Arc<BallotLinks>) {
        let (site, stop) = (self.site(links), self.stop.clone());
        self.tasks.spawn(async move {
            if let Err(error) = web::serve(listener, site, stop).await {
                tracing::error!(%error, "the web server ended; voting by chat goes on");
            }
        });
    }

    /// Lets work under way finish, and closes the database.
    pub(crate) async fn shut_down(&self) {
        self.stop.cancel();
        self.tasks.close();
        if tokio::time::timeout(DRAIN, self.tasks.wait())
            .await
            .is_err()
        {
            tracing::warn!("some work did not finish in time; it is taken up at the next start");
        }
        self.db.close().await;
    }

    /// The token that ends everything.
    pub(crate) fn stop(&self) -> CancellationToken {
        self.stop.clone()
    }
}

/// How many sessions run, to tell when the last has failed.
#[derive(Clone, Default)]
struct Sessions(
    Arc<std::sync::atomic::AtomicUsize>,
    Arc<std::sync::atomic::AtomicBool>,
);

impl Sessions {
    fn begin(&self) {
        self.0.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
    }

    /// Records that one failed; true when none is left.
    fn failed(&self) -> bool {
        self.1.store(true, std::sync::atomic::Ordering::SeqCst);
        self.0.fetch_sub(1, std::sync::atomic::Ordering::SeqCst) == 1
    }

    fn any_failed(&self) -> bool {
        self.1.load(std::sync::atomic::Ordering::SeqCst)
    }
}

/// Runs until a signal ends it.
///
/// # Errors
/// What a steward has to put right before anything can run.
pub async fn serve(config: Config) -> Result<()> {
    discord::install_crypto_provider();
    if config.discord.is_none() && config.matrix.is_none() {
        anyhow::bail!(
            "no network is configured: add [discord] or [matrix] to the configuration, or try `cercles playground`"
        );
    }
    let plans = config.plans();
    // Bound before anything else starts: a port that is taken is the steward's to put right.
    let mut listener = None;
    let mut links = None;
    if let Some(web) = &config.web {
        let bound = TcpListener::bind(web.listen).await;
        listener = Some(bound.with_context(|| format!("[web] cannot listen on {}", web.listen))?);
        let made = web.links().map_err(|(_, error)| error).context("[web]")?;
        links = Some(Arc::new(made));
    }
    let core = Core::open(
        config.database.url.expose_secret(),
        config.polls.vault(),
        Arc::new(SystemClock),
        plans,
        config.privacy.clone(),
        links.clone(),
    )
    .await?;
    if config.privacy.is_none() {
        tracing::warn!(
            "[privacy] is missing from the configuration: no answer, vote or commitment is kept until somebody is responsible for it"
        );
    }
    let sessions = Sessions::default();
    if let Some(config) = config.discord {
        let network = DiscordNetwork::new(config).context("[discord]")?;
        core.deliver(network.clone());
        core.connect(
            "discord",
            &sessions,
            network.run(core.desk.clone(), core.stop()),
        );
    }
    if let Some(config) = config.matrix {
        let network = Box::pin(MatrixNetwork::start(config, core.desk.clone()))
            .await
            .context("[matrix]")?;
        core.deliver(network.clone());
        core.connect(
            "matrix",
            &sessions,
            network.run(core.desk.clone(), core.stop()),
        );
    }
    if let (Some(listener), Some(links)) = (listener, links) {
        core.show_pages(listener, links);
    }
    core.start();
    tracing::info!("cercles is ready");
    let failed = tokio::select! {
        () = terminated() => false,
        () = core.stop.cancelled() => sessions.any_failed(),
    };
    tracing::info!("cercles is stopping");
    core.shut_down().await;
    anyhow::ensure!(!failed, "no network is left to serve; see the errors above");
    Ok(())
}

/// Resolves on SIGTERM or ctrl-c.
pub(crate) async fn terminated() {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = match signal(SignalKind::terminate()) {
        Ok(terminate) => terminate,
        Err(error) => {
            tracing::warn!(%error, "SIGTERM cannot be heard; only ctrl-c ends the process cleanly");
            drop(tokio::signal::ctrl_c().await);
            return;
        }
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}
