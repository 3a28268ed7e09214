//! A real Matrix server: Synapse, with SQLite, without federation and without rate limits.
//!
//! All tests of a binary share one (a start takes 2 to 7 seconds, a room a fifth of a second):
//! each test registers its own users and makes its own rooms. A test of outages starts its own.

use std::{
    ffi::OsString,
    fmt::Write as _,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant},
};

use hmac::{Hmac, Mac};
use serde_json::{Value, json};
use sha1::Sha1;

use super::{
    free_port,
    lifeline::{Lifeline, backoff},
    matrix::{MatrixUser, http_client},
    server_dir, tail, venv_python,
};

/// The name of the server in every user's and room's id.
pub const SERVER_NAME: &str = "test.local";

/// How long a start may take on a busy machine.
const READY: Duration = Duration::from_mins(1);

/// The secret of shared-secret registration.
const SECRET: &str = "registration in tests";

/// A fixed key saves the second that Synapse needs to make one.
const SIGNING_KEY: &str = "ed25519 a_test Y2VyY2xlcyB0ZXN0cywgbm90IGEgc2VjcmV0IGtleSE\n";

/// One Synapse.
#[derive(Debug)]
pub struct Synapse {
    dir: PathBuf,
    port: u16,
    server: Option<Lifeline>,
}

impl Synapse {
    /// The server that all tests of this binary share. It cannot be stopped: it is not mutable.
    pub async fn shared() -> &'static Self {
        static SHARED: tokio::sync::OnceCell<Synapse> = tokio::sync::OnceCell::const_new();
        SHARED.get_or_init(Self::start_own).await
    }

    /// A server that one test may stop, kill and restart, in a directory that goes with it.
    pub async fn start_own() -> Self {
        Self::start(&server_dir("synapse")).await
    }

    /// A new server in `dir`, which is removed when the server is dropped.
    ///
    /// # Panics
    /// When Synapse is not installed, or does not answer within a minute.
    pub async fn start(dir: &Path) -> Self {
        let mut synapse = Self {
            dir: dir.to_owned(),
            port: 0,
            server: None,
        };
        // Another process may take the port between our look and Synapse's.
        let mut attempts_left = 3;
        loop {
            synapse.port = free_port();
            synapse.write_configuration();
            match synapse.launch().await {
                Ok(()) => return synapse,
                Err(error) => assert!(attempts_left > 0, "{error}"),
            }
            attempts_left -= 1;
        }
    }

    /// `http://127.0.0.1:PORT`, without a slash at its end.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Ends the server in an orderly way (SIGTERM) and waits for its end.
    pub async fn stop(&mut self) {
        let server = self.server.take().expect("Synapse was stopped already");
        server.stop("TERM", READY).await;
    }

    /// Ends the server with SIGKILL.
    pub async fn kill(&mut self) {
        self.server
            .take()
            .expect("Synapse was stopped already")
            .kill()
            .await;
    }

    /// Starts the server again after [`stop`](Self::stop) or [`kill`](Self::kill), on the same
    /// port and database; stops it first when it runs.
    pub async fn restart(&mut self) {
        if self.server.is_some() {
            self.stop().await;
        }
        self.launch()
            .await
            .unwrap_or_else(|error| panic!("{error}"));
    }

    /// A new user `@{localpart_prefix}-{number}:test.local` with a device and an access token.
    pub async fn register(&self, localpart_prefix: &str) -> MatrixUser {
        self.register_as(localpart_prefix, false).await
    }

    /// A new user who administers the server: `/_synapse/admin` answers them.
    pub async fn register_admin(&self, localpart_prefix: &str) -> MatrixUser {
        self.register_as(localpart_prefix, true).await
    }

    async fn register_as(&self, localpart_prefix: &str, admin: bool) -> MatrixUser {
        static NUMBER: AtomicU64 = AtomicU64::new(1);
        let localpart = format!(
            "{localpart_prefix}-{}",
            NUMBER.fetch_add(1, Ordering::Relaxed)
        );
        let password = format!("password of {localpart}");
        let url = format!("{}/_synapse/admin/v1/register", self.url());
        let http = http_client();

        let answer: Value = async { http.get(&url).send().await?.json().await }
            .await
            .unwrap_or_else(|error: reqwest::Error| panic!("no nonce from Synapse: {error}"));
        let nonce = answer["nonce"].as_str().expect("a nonce");
        let mut mac = Hmac::<Sha1>::new_from_slice(SECRET.as_bytes()).expect("any key will do");
        let role = if admin { "admin" } else { "notadmin" };
        mac.update([nonce, &localpart, &password, role].join("\0").as_bytes());
        let body = json!({
            "nonce": nonce,
            "username": localpart,
            "password": password,
            "admin": admin,
            "mac": hex::encode(mac.finalize().into_bytes()),
        });
        let user: Value = async { http.post(&url).json(&body).send().await?.json().await }
            .await
            .unwrap_or_else(|error: reqwest::Error| panic!("cannot register: {error}"));
        let field = |name: &str| {
            user[name]
                .as_str()
                .unwrap_or_else(|| panic!("cannot register: {user}"))
                .to_owned()
        };
        MatrixUser::new(
            self.url(),
            field("user_id"),
            field("access_token"),
            field("device_id"),
            password,
        )
    }

    async fn launch(&mut self) -> Result<(), String> {
        let python = venv_python("CERCLES_TEST_SYNAPSE_VENV", "synapse-venv", "Synapse");
        let log = self.dir.join("synapse.log");
        let command: Vec<OsString> = vec![
            python.into(),
            "-m".into(),
            "synapse.app.homeserver".into(),
            "-c".into(),
            self.dir.join("homeserver.yaml").into(),
        ];
        let environment = [
            ("PYTHONUNBUFFERED", "1".into()),
            ("PYTHONSAFEPATH", "1".into()),
        ];
        let mut server = Lifeline::spawn("Synapse", &command, &environment, &log, Some(&self.dir));

        let health = format!("{}/health", self.url());
        let http = http_client();
        let start = Instant::now();
        for attempt in 0.. {
            if let Some(status) = server.ended() {
                return Err(format!(
                    "Synapse ended at once ({status}):\n{}",
                    tail(&log, 30)
                ));
            }
            let answer = http
                .get(&health)
                .timeout(Duration::from_secs(5))
                .send()
                .await;
            if answer.is_ok_and(|answer| answer.status().is_success()) {
                break;
            }
            if start.elapsed() > READY {
                let log = tail(&log, 30);
                return Err(format!("Synapse not ready after {READY:?}:\n{log}"));
            }
            tokio::time::sleep(backoff(attempt)).await;
        }
        self.server = Some(server);
        Ok(())
    }

    /// Writes `homeserver.yaml` and what it refers to. JSON strings are YAML strings.
    fn write_configuration(&self) {
        let path = |name: &str| json!(self.dir.join(name)).to_string();
        let mut yaml = format!(
            "server_name: {SERVER_NAME}\n\
             report_stats: false\n\
             pid_file: {pid}\n\
             signing_key_path: {key}\n\
             log_config: {log}\n\
             media_store_path: {media}\n\
             registration_shared_secret: {SECRET}\n\
             macaroon_secret_key: macaroons in tests\n\
             form_secret: forms in tests\n\
             trusted_key_servers: []\n\
             federation_domain_whitelist: []\n\
             presence: {{enabled: false}}\n\
             bcrypt_rounds: 4\n\
             url_preview_enabled: false\n\
             public_baseurl: {url}/\n\
             listeners:\n  - {{port: {port}, type: http, bind_addresses: [127.0.0.1], \
             resources: [{{names: [client], compress: false}}]}}\n\
             database: {{name: sqlite3, args: {{database: {database}}}}}\n",
            pid = path("synapse.pid"),
            key = path("signing.key"),
            log = path("log.yaml"),
            media = path("media"),
            url = self.url(),
            port = self.port,
            database = path("homeserver.db"),
        );
        let free = "{per_second: 100000, burst_count: 100000}";
        for limit in [
            "rc_message",
            "rc_registration",
            "rc_registration_token_validity",
            "rc_admin_redaction",
            "rc_joins_per_room",
            "rc_room_creation",
            "rc_key_requests",
            "rc_third_party_invite",
            "rc_media_create",
            "rc_delayed_event_mgmt",
            "rc_reports",
            "rc_presence",
        ] {
            let nested = limit == "rc_presence";
            let value = if nested {
                format!("{{per_user: {free}}}")
            } else {
                free.to_owned()
            };
            writeln!(yaml, "{limit}: {value}").expect("writing to a string");
        }
        for (limit, parts) in [
            (
                "rc_login",
                &["address", "account", "failed_attempts"] as &[&str],
            ),
            ("rc_joins", &["local", "remote"]),
            ("rc_invites", &["per_room", "per_user", "per_issuer"]),
        ] {
            let values: Vec<String> = parts.iter().map(|part| format!("{part}: {free}")).collect();
            writeln!(yaml, "{limit}: {{{}}}", values.join(", ")).expect("writing to a string");
        }
        let log = "version: 1\n\
                   formatters: {plain: {format: '%(asctime)s %(name)s %(levelname)s %(message)s'}}\n\
                   handlers: {console: {class: logging.StreamHandler, formatter: plain}}\n\
                   root: {level: WARNING, handlers: [console]}\n";
        for (name, text) in [
            ("homeserver.yaml", yaml.as_str()),
            ("log.yaml", log),
            ("signing.key", SIGNING_KEY),
        ] {
            let file = self.dir.join(name);
            std::fs::write(&file, text)
                .unwrap_or_else(|error| panic!("cannot write {}: {error}", file.display()));
        }
    }
}

impl Drop for Synapse {
    fn drop(&mut self) {
        drop(self.server.take());
        let _ = std::fs::remove_dir_all(&self.dir);
    }
}
