//! The simulator itself: starting, waiting, looking, and breaking things.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::json;
use tokio::net::TcpListener;
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::watch;

use super::faults::{ActiveFault, Fault, RouteMatch};
use super::gateway::{Conditions, Outgoing};
use super::ids::{ChannelId, InteractionId, MessageId};
use super::interactions::ShownMessage;
use super::net::ConnControl;
use super::options::SimOptions;
use super::state::{RequestLog, State, Violation};
use super::{net, proxy, spec};

type Link = (Arc<ConnControl>, UnboundedSender<Outgoing>);

/// What all tasks share.
pub struct Shared {
    state: Mutex<State>,
    changed: watch::Sender<u64>,
    pub conditions: watch::Sender<Conditions>,
    links: Mutex<HashMap<u64, Link>>,
    next_link: AtomicU64,
    stopped: watch::Sender<bool>,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        // A failed assertion in one test closure must not hide behind poisoned locks everywhere else.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn read<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        look(&self.lock())
    }

    /// Changes the state and wakes whoever waits for something.
    pub fn update<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let result = change(&mut self.lock());
        self.changed.send_modify(|version| *version += 1);
        result
    }

    /// Runs a task that ends with the simulator.
    pub fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        let mut stopped = self.stopped.subscribe();
        tokio::spawn(async move {
            tokio::select! {
                () = task => {}
                _ = stopped.wait_for(|stopped| *stopped) => {}
            }
        });
    }

    fn links(&self) -> MutexGuard<'_, HashMap<u64, Link>> {
        self.links.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn add_link(&self, control: Arc<ConnControl>, link: UnboundedSender<Outgoing>) -> u64 {
        let number = self.next_link.fetch_add(1, Ordering::SeqCst);
        self.links().insert(number, (control, link));
        number
    }

    pub fn remove_link(&self, number: u64) {
        self.links().remove(&number);
    }
}

struct Owner(Arc<Shared>);

impl Drop for Owner {
    fn drop(&mut self) {
        self.0.stopped.send_replace(true);
    }
}

/// What a test waited for did not happen; its text says what did.
pub struct WaitTimeout(String);

impl std::fmt::Debug for WaitTimeout {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::fmt::Display for WaitTimeout {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for WaitTimeout {}

/// A running simulator; clones are the same one, the last one dropped stops it.
#[derive(Clone)]
pub struct DiscordSim {
    pub(super) shared: Arc<Shared>,
    _owner: Arc<Owner>,
    address: SocketAddr,
    proxy: SocketAddr,
    ca_pem: Arc<str>,
}

impl DiscordSim {
    /// Listens on 127.0.0.1 only.
    pub async fn start(options: SimOptions) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", options.port))
            .await
            .expect("a free port on 127.0.0.1");
        let proxy_listener = TcpListener::bind(("127.0.0.1", 0))
            .await
            .expect("a free port on 127.0.0.1");
        let address = listener.local_addr().expect("bound");
        let proxy = proxy_listener.local_addr().expect("bound");
        let mut state = State::new(options, address.to_string(), spec::load());
        state.furnish();
        let shared = Arc::new(Shared {
            state: Mutex::new(state),
            changed: watch::Sender::new(0),
            conditions: watch::Sender::new(Conditions::default()),
            links: Mutex::default(),
            next_link: AtomicU64::new(1),
            stopped: watch::Sender::new(false),
        });
        let (ca_pem, acceptor) = proxy::authority();
        shared.spawn(net::serve(listener, Arc::clone(&shared)));
        shared.spawn(proxy::serve(proxy_listener, acceptor, Arc::clone(&shared)));
        let owner = Arc::new(Owner(Arc::clone(&shared)));
        Self {
            shared,
            _owner: owner,
            address,
            proxy,
            ca_pem: ca_pem.into(),
        }
    }

    /// `http://127.0.0.1:port`, the root under which `/api/v10` lies.
    pub fn http_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// `ws://127.0.0.1:port`.
    pub fn gateway_url(&self) -> String {
        format!("ws://{}", self.address)
    }

    /// The HTTPS proxy that plays discord.com.
    pub fn proxy_url(&self) -> String {
        format!("http://{}", self.proxy)
    }

    /// Certificate of the authority that signed "discord.com".
    pub fn ca_pem(&self) -> &str {
        &self.ca_pem
    }

    /// Writes the authority's certificate into a folder and gives its path.
    pub fn write_ca(&self, folder: &Path) -> PathBuf {
        let path = folder.join("discord-sim-ca.pem");
        std::fs::write(&path, self.ca_pem.as_bytes()).expect("a writable folder");
        path
    }

    /// Whether Discord's published description takes part in the checks.
    pub fn openapi_loaded(&self) -> bool {
        self.read(|state| state.spec.is_some())
    }

    pub fn read<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        self.shared.read(look)
    }

    /// Changes the state directly, for what has no method of its own.
    pub fn update<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        self.shared.update(change)
    }

    /// Pushes simulated time forward: limits refill, tokens and nonces expire.
    pub fn advance_clock(&self, by: Duration) {
        self.update(|state| state.clock.advance(by));
    }

    /// Simulated time, milliseconds since 1970.
    pub fn now_ms(&self) -> u64 {
        self.read(State::now)
    }

    /// Waits, without polling, until `look` finds something.
    pub async fn wait_for<T>(
        &self,
        mut look: impl FnMut(&State) -> Option<T>,
        timeout: Duration,
    ) -> Result<T, WaitTimeout> {
        let mut changed = self.shared.changed.subscribe();
        let search = async {
            loop {
                changed.borrow_and_update();
                if let Some(found) = self.read(&mut look) {
                    return found;
                }
                changed
                    .changed()
                    .await
                    .expect("the simulator lives as long as we do");
            }
        };
        tokio::time::timeout(timeout, search)
            .await
            .map_err(|_| WaitTimeout(self.situation(timeout)))
    }

    /// Waits, without polling, until the condition holds.
    pub async fn wait_until(
        &self,
        mut holds: impl FnMut(&State) -> bool,
        timeout: Duration,
    ) -> Result<(), WaitTimeout> {
        self.wait_for(|state| holds(state).then_some(()), timeout)
            .await
    }

    /// What a person needs to see when a wait failed.
    fn situation(&self, timeout: Duration) -> String {
        self.read(|state| {
            let mut text = format!("nothing within {timeout:?}. Latest requests:\n");
            for request in state.requests.iter().rev().take(8).rev() {
                let body: String = request.body.to_string().chars().take(300).collect();
                text.push_str(&format!(
                    "  {} {} -> {} {body}\n",
                    request.method, request.path, request.status
                ));
            }
            text.push_str(&format!(
                "connected sessions: {}, violations: {:#?}",
                state
                    .sessions
                    .values()
                    .filter(|session| session.link.is_some())
                    .count(),
                state.violations
            ));
            text
        })
    }

    pub fn requests(&self) -> Vec<RequestLog> {
        self.read(|state| state.requests.clone())
    }

    pub fn violations(&self) -> Vec<Violation> {
        self.read(|state| state.violations.clone())
    }

    /// Gives the violations and forgets them: for tests that provoke them.
    pub fn take_violations(&self) -> Vec<Violation> {
        self.update(|state| std::mem::take(&mut state.violations))
    }

    /// Fails the test when anything was refused, written down, or sent elsewhere than to discord.com.
    #[track_caller]
    pub fn assert_clean(&self) {
        let (violations, hosts) =
            self.read(|state| (state.violations.clone(), state.refused_hosts.clone()));
        assert!(violations.is_empty(), "violations: {violations:#?}");
        assert!(hosts.is_empty(), "connections to other machines: {hosts:?}");
    }

    /// Hosts other than discord.com that were asked of the proxy.
    pub fn refused_hosts(&self) -> Vec<String> {
        self.read(|state| state.refused_hosts.clone())
    }

    /// Visible messages of a channel, oldest first.
    pub fn messages(&self, channel: ChannelId) -> Vec<ShownMessage> {
        self.read(|state| state.history(channel.0).map(ShownMessage::of).collect())
    }

    /// One message, ephemeral or not, unless deleted.
    pub fn message(&self, id: MessageId) -> Option<ShownMessage> {
        self.read(|state| {
            state
                .messages
                .get(&id.0)
                .filter(|message| !message.deleted)
                .map(ShownMessage::of)
        })
    }

    /// How many messages were ever created in a channel (ephemeral ones not counted).
    pub fn creations(&self, channel: ChannelId) -> usize {
        self.read(|state| state.channels[&channel.0].creations)
    }

    /// How many edits there were in a channel.
    pub fn edits(&self, channel: ChannelId) -> usize {
        self.read(|state| state.channels[&channel.0].edits)
    }

    /// How often a client has identified itself, all bots together: Discord allows 1000 a day.
    pub fn identifies(&self) -> usize {
        self.read(|state| state.apps.iter().map(|app| app.identifies.len()).sum())
    }

    pub fn resumes(&self) -> usize {
        self.read(|state| state.resumes)
    }

    /// Websocket upgrades asked for, refused ones included.
    pub fn upgrades(&self) -> usize {
        self.read(|state| state.upgrades)
    }

    /// Requests of the last ten simulated minutes that bring the bot nearer to a ban (10,000).
    pub fn invalid_requests(&self) -> usize {
        self.read(|state| {
            let recent = state
                .invalid_requests
                .iter()
                .filter(|when| state.within(**when, Duration::from_secs(600)));
            recent.count()
        })
    }

    /// Interactions that got no first answer so far.
    pub fn unanswered(&self) -> Vec<InteractionId> {
        self.read(|state| {
            let open = state
                .interactions
                .values()
                .filter(|interaction| interaction.first.is_none());
            open.map(|interaction| InteractionId(interaction.id))
                .collect()
        })
    }

    /// Interactions whose first answer came after three seconds.
    pub fn late(&self) -> Vec<InteractionId> {
        self.read(|state| {
            let late = state
                .interactions
                .values()
                .filter(|interaction| interaction.late);
            late.map(|interaction| InteractionId(interaction.id))
                .collect()
        })
    }

    /// Lets the next `times` matching requests go wrong.
    pub fn fault(&self, route: RouteMatch, fault: Fault, times: usize) {
        if times > 0 {
            self.update(|state| {
                state.faults.push_back(ActiveFault {
                    route,
                    fault,
                    left: times,
                })
            });
        }
    }

    /// Removes all faults that were not used up.
    pub fn clear_faults(&self) {
        self.update(|state| state.faults.clear());
    }

    fn to_all(&self, order: &Outgoing) {
        for (_, link) in self.shared.links().values() {
            let _ = link.send(order.clone());
        }
    }

    /// Cuts every gateway connection with a TCP reset.
    pub fn drop_sockets(&self) {
        for (control, _) in self.shared.links().values() {
            control.reset();
        }
    }

    /// Closes every gateway connection with this code.
    pub fn close(&self, code: u16) {
        self.to_all(&Outgoing::Close(code));
    }

    fn condition(&self, change: impl FnOnce(&mut Conditions)) {
        self.shared.conditions.send_modify(change);
    }

    /// While true, websocket upgrades answer 503.
    pub fn refuse_upgrades(&self, refuse: bool) {
        self.condition(|conditions| conditions.refuse_upgrades = refuse);
    }

    /// Refuses upgrades for this much real time.
    pub fn refuse_upgrades_for(&self, time: Duration) {
        self.refuse_upgrades(true);
        let shared = Arc::clone(&self.shared);
        self.shared.spawn(async move {
            tokio::time::sleep(time).await;
            shared
                .conditions
                .send_modify(|conditions| conditions.refuse_upgrades = false);
        });
    }

    /// While true, upgrades are accepted as TCP connections and never answered.
    pub fn never_answer_upgrade(&self, silent: bool) {
        self.condition(|conditions| conditions.silent_upgrades = silent);
    }

    /// While true, gateway connections stay open and mute, old and new. Those that were there when it began stay
    /// mute for ever, since what was lost on them cannot come back; later ones work once it is over.
    pub fn black_hole(&self, on: bool) {
        self.condition(|conditions| conditions.black_hole = on);
    }

    /// Sends op 9. When not resumable, the sessions are gone as well.
    pub fn invalid_session(&self, resumable: bool) {
        if !resumable {
            self.forget_sessions();
        }
        self.to_all(&Outgoing::Payload(
            json!({"op": 9, "s": null, "t": null, "d": resumable}).to_string(),
        ));
    }

    /// Sends op 7: "reconnect, please".
    pub fn reconnect(&self) {
        self.to_all(&Outgoing::Payload(
            json!({"op": 7, "s": null, "t": null, "d": null}).to_string(),
        ));
    }

    /// Sends op 1: "heartbeat now, please".
    pub fn request_heartbeat(&self) {
        self.to_all(&Outgoing::Payload(
            json!({"op": 1, "s": null, "t": null, "d": null}).to_string(),
        ));
    }

    /// No present session can be resumed any more.
    pub fn forget_sessions(&self) {
        self.update(|state| {
            state
                .sessions
                .values_mut()
                .for_each(|session| session.resumable = false)
        });
    }
}
