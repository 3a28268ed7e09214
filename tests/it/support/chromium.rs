//! A headless Chromium, driven by the DevTools protocol over its websocket
//! (<https://chromedevtools.github.io/devtools-protocol/>): no driver, no package of npm's.
//!
//! It reaches this machine only: every other host name fails to resolve. Each page that
//! [`Chromium::open`] gives has cookies and storage of its own, so that two pages are two people.
//! Clicks and keys are real input events, at the place where the element is: a button that is
//! covered, hidden or disabled cannot be clicked by a test either.

pub mod page;

mod connection;

use std::{
    ffi::OsString,
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use serde_json::json;

use self::{connection::Connection, page::Page};
use super::{
    lifeline::{Lifeline, backoff},
    missing, server_dir, tail,
};

/// How long a start, a page's load or the wait for a condition may take on a busy machine.
const LIMIT: Duration = Duration::from_mins(1);

/// A running browser. It is killed, and its profile removed, when this and its pages are dropped.
#[derive(Debug)]
pub struct Chromium {
    connection: Arc<Connection>,
    process: Arc<Process>,
}

/// What each page holds too, so that the browser lives as long as one of them.
#[derive(Debug)]
struct Process {
    dir: PathBuf,
    lifeline: Option<Lifeline>,
}

impl Chromium {
    /// Starts a browser with a new profile.
    ///
    /// # Panics
    /// When Chromium is not installed, or does not start within a minute.
    pub async fn launch() -> Self {
        let program = program();
        let dir = server_dir("chromium");
        let mut command: Vec<OsString> = vec![program.into()];
        command.extend(
            [
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--no-default-browser-check",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-domain-reliability",
                "--disable-client-side-phishing-detection",
                "--disable-default-apps",
                "--disable-extensions",
                "--disable-sync",
                "--disable-breakpad",
                "--disable-features=Translate,OptimizationHints,MediaRouter,DialMediaRouteProvider",
                "--metrics-recording-only",
                "--no-pings",
                "--password-store=basic",
                "--use-mock-keychain",
                "--hide-scrollbars",
                "--force-color-profile=srgb",
                "--lang=fr-CA",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
                "--remote-debugging-port=0",
            ]
            .map(OsString::from),
        );
        let mut profile = OsString::from("--user-data-dir=");
        profile.push(dir.join("profile"));
        command.push(profile);
        command.push("about:blank".into());
        let log = dir.join("chromium.log");
        // Its caches and crash reports stay in our directory.
        let environment =
            ["HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"].map(|key| (key, dir.clone().into()));
        let mut process = Lifeline::spawn("Chromium", &command, &environment, &log, Some(&dir));

        let port_file = dir.join("profile/DevToolsActivePort");
        let start = Instant::now();
        let mut attempt = 0;
        let url = loop {
            let text = std::fs::read_to_string(&port_file).unwrap_or_default();
            if let Some((port, path)) = text.split_once('\n').filter(|(_, path)| !path.is_empty()) {
                break format!("ws://127.0.0.1:{port}{}", path.trim());
            }
            let ended = process.ended();
            assert!(
                ended.is_none() && start.elapsed() < LIMIT,
                "Chromium does not start (ended: {ended:?}):\n{}",
                tail(&log, 20),
            );
            tokio::time::sleep(backoff(attempt)).await;
            attempt += 1;
        };
        let connection = Connection::open(&url).await;
        Self {
            connection,
            process: Arc::new(Process {
                dir,
                lifeline: Some(process),
            }),
        }
    }

    /// A new tab, 1280 by 800 pixels, of a person with no cookies, at `url` and loaded.
    pub async fn open(&self, url: &str) -> Page {
        let context = self
            .connection
            .call("", "Target.createBrowserContext", json!({}))
            .await;
        let target = json!({
            "url": "about:blank",
            "browserContextId": context["browserContextId"],
        });
        let target = self
            .connection
            .call("", "Target.createTarget", target)
            .await;
        let attach = json!({"targetId": target["targetId"], "flatten": true});
        let session = self
            .connection
            .call("", "Target.attachToTarget", attach)
            .await;
        let session = session["sessionId"].as_str().expect("a session").to_owned();
        let page = Page::new(
            Arc::clone(&self.connection),
            Arc::clone(&self.process),
            session,
        );
        page.call("Page.enable", json!({})).await;
        page.viewport(1280, 800).await;
        page.go_to(url).await;
        page
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.lifeline.take());
        let _ = std::fs::remove_dir_all(&self.dir);
    }
}

/// `CERCLES_TEST_CHROMIUM`, or the first of the usual names in `PATH`.
fn program() -> PathBuf {
    if let Some(path) = std::env::var_os("CERCLES_TEST_CHROMIUM") {
        return path.into();
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    ["chromium", "chromium-browser", "google-chrome"]
        .iter()
        .find_map(|name| {
            std::env::split_paths(&path)
                .map(|dir| dir.join(name))
                .find(|file| file.exists())
        })
        .unwrap_or_else(|| {
            missing(
                "Chromium",
                "chromium in PATH, or what CERCLES_TEST_CHROMIUM names",
            )
        })
}
