//! People's pages in a playground: polls are opened, links asked for, forms sent as a browser sends them.

use reqwest::redirect::Policy;
use reqwest::{Client, Response};
use serde_json::{Value, json};

use crate::playground::Playground;
use crate::support::app::people::plain;

/// The playground, and people's pages in it.
pub(super) struct Pages {
    pub(super) playground: Playground,
    pub(super) client: Client,
}

impl Pages {
    pub(super) async fn start() -> Self {
        let pages = Self {
            playground: Playground::start().await,
            client: Client::builder().redirect(Policy::none()).build().unwrap(),
        };
        for persona in ["organizer", "citizen-1"] {
            pages.agree(persona).await;
        }
        pages
    }

    async fn post(&self, path: &str, body: Value) -> Value {
        let url = &self.playground.url;
        let request = self.client.post(format!("{url}{path}"));
        let request = request
            .header("origin", url)
            .header("content-type", "application/json");
        let answer = request.body(body.to_string()).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{body}");
        serde_json::from_str(&answer.text().await.unwrap()).unwrap()
    }

    /// Agrees that what this persona does is kept.
    async fn agree(&self, persona: &str) {
        let deed = json!({ "text": "/accepte" });
        let body = json!({ "persona": persona, "room": "salon-boutons", "deed": deed });
        self.post("/act", body).await;
    }

    pub(super) async fn press(
        &self,
        persona: &str,
        invoke: &str,
        fields: &[(&str, &str)],
    ) -> Value {
        let deed = json!({ "press": { "invoke": invoke, "fields": fields } });
        let body = json!({ "persona": persona, "room": "salon-boutons", "deed": deed });
        self.post("/act", body).await
    }

    /// Opens a poll; its short id.
    pub(super) async fn poll(&self, fields: &[(&str, &str)]) -> String {
        let answer = self.press("organizer", "poll.create", fields).await;
        let text = answer["say"]["body"][0]["text"].as_str();
        let text = text.unwrap_or_else(|| panic!("{fields:?}: {answer}"));
        let id = text.split_whitespace().find(|word| {
            word.strip_prefix('S')
                .is_some_and(|rest| rest.parse::<u32>().is_ok())
        });
        id.unwrap_or_else(|| panic!("{text}")).to_owned()
    }

    /// The address of a persona's page in a poll.
    pub(super) async fn link(&self, persona: &str, poll: &str) -> String {
        let menu = self.press(persona, &format!("vote?poll={poll}"), &[]).await;
        let actions = menu["say"]["actions"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let link = actions
            .iter()
            .find_map(|action| action["control"]["link"].as_str());
        link.unwrap_or_else(|| panic!("{menu}")).to_owned()
    }

    pub(super) async fn get(&self, address: &str) -> Response {
        self.client.get(address).send().await.unwrap()
    }

    pub(super) async fn send(&self, address: &str, form: &[(&str, &str)]) -> Response {
        let mut body = url::form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(form);
        let request = self.client.post(address);
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        request.body(body.finish()).send().await.unwrap()
    }

    /// Votes; the page that says what was recorded.
    pub(super) async fn vote(&self, address: &str, form: &[(&str, &str)]) -> String {
        let answer = self.send(address, form).await;
        let status = answer.status();
        let place = answer.headers().get("location").cloned();
        let text = answer.text().await.unwrap();
        assert_eq!(status, 303, "{form:?}: {text}");
        let place = place.unwrap();
        let receipt = url::Url::parse(address).unwrap();
        let receipt = receipt.join(place.to_str().unwrap()).unwrap();
        words(self.get(receipt.as_str()).await).await
    }

    pub(super) async fn advance(&self, seconds: i64) {
        self.post("/clock", json!({ "advance_seconds": seconds }))
            .await;
    }
}

/// What a page says, with plain spaces.
pub(super) async fn words(response: Response) -> String {
    plain(&response.text().await.unwrap())
}
