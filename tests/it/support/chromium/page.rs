//! One tab: going to a page, waiting for a condition, clicking, typing, taking pictures.

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use super::{LIMIT, Process, connection::Connection};

/// One tab, of one person.
#[derive(Debug, Clone)]
pub struct Page {
    connection: Arc<Connection>,
    session: String,
    _browser: Arc<Process>,
}

impl Page {
    pub(super) const fn new(
        connection: Arc<Connection>,
        browser: Arc<Process>,
        session: String,
    ) -> Self {
        Self {
            connection,
            session,
            _browser: browser,
        }
    }

    /// Any method of the protocol, for this tab.
    ///
    /// # Panics
    /// When the browser refuses.
    pub async fn call(&self, method: &str, parameters: Value) -> Value {
        self.connection
            .call(&self.session, method, parameters)
            .await
    }

    /// Goes to a page and waits until it has loaded.
    pub async fn go_to(&self, url: &str) {
        let answer = self.call("Page.navigate", json!({"url": url})).await;
        assert!(
            answer.get("errorText").is_none(),
            "{url}: {}",
            answer["errorText"]
        );
        self.wait_for("document.readyState === 'complete'").await;
    }

    /// The size of the page in CSS pixels.
    pub async fn viewport(&self, width: u32, height: u32) {
        let size = json!({
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false,
        });
        self.call("Emulation.setDeviceMetricsOverride", size).await;
    }

    /// The value of a JavaScript expression (a promise is awaited), as JSON.
    ///
    /// # Panics
    /// When it throws, with what it threw.
    pub async fn eval(&self, expression: &str) -> Value {
        self.try_eval(expression)
            .await
            .unwrap_or_else(|error| panic!("{expression}: {error}"))
    }

    async fn try_eval(&self, expression: &str) -> Result<Value, String> {
        let parameters = json!({
            "expression": expression, "awaitPromise": true, "returnByValue": true,
            "userGesture": true,
        });
        let answer = self
            .connection
            .try_call(&self.session, "Runtime.evaluate", parameters)
            .await?;
        if let Some(exception) = answer.get("exceptionDetails") {
            let thrown = &exception["exception"]["description"];
            return Err(thrown
                .as_str()
                .map_or_else(|| exception.to_string(), str::to_owned));
        }
        Ok(answer["result"]["value"].clone())
    }

    /// Waits until a JavaScript expression is true (or otherwise "truthy"), and returns its value.
    ///
    /// The page itself watches its changes; when it is replaced by another page, the watch goes on
    /// there.
    ///
    /// # Panics
    /// After a minute, with the page's address and text.
    pub async fn wait_for(&self, condition: &str) -> Value {
        let start = Instant::now();
        let mut last = String::new();
        while let Some(left) = LIMIT.checked_sub(start.elapsed()) {
            let watch = format!(
                "new Promise((resolve, reject) => {{
                    const look = () => {{
                        let value;
                        try {{ value = ({condition}); }} catch (error) {{ end(); reject(error); return; }}
                        if (value) {{ end(); resolve(value); }}
                    }};
                    const events = ['input', 'change', 'load', 'readystatechange', 'toggle',
                                    'transitionend', 'focusin', 'popstate', 'hashchange'];
                    const observer = new MutationObserver(look);
                    // For what no event tells, such as a size or a value set by a script.
                    const timer = setInterval(look, 100);
                    const limit = setTimeout(() => {{ end(); resolve(null); }}, {limit});
                    const end = () => {{
                        observer.disconnect(); clearInterval(timer); clearTimeout(limit);
                        for (const name of events) removeEventListener(name, look, true);
                    }};
                    observer.observe(document, {{
                        subtree: true, childList: true, attributes: true, characterData: true,
                    }});
                    for (const name of events) addEventListener(name, look, true);
                    look();
                }})",
                limit = left.min(Duration::from_secs(5)).as_millis(),
            );
            match self.try_eval(&watch).await {
                Ok(Value::Null) => {}
                Ok(value) => return value,
                // The page went away under the watch: the next round looks at the new one.
                Err(error) if navigated(&error) => {
                    tokio::time::sleep(Duration::from_millis(10)).await;
                    last = error;
                }
                Err(error) => panic!("{condition}: {error}"),
            }
        }
        let state = self
            .try_eval("location.href + '\\n' + document.body?.innerText.slice(0, 2000)")
            .await
            .unwrap_or_else(|error| json!(error));
        panic!(
            "not true within {LIMIT:?}: {condition}\n{last}\n{}",
            state.as_str().unwrap_or_default()
        );
    }

    /// Waits until an element is there, and returns its text as a person sees it.
    pub async fn text(&self, css: &str) -> String {
        let css = json!(css);
        self.wait_for(&format!("document.querySelector({css})"))
            .await;
        let text = self
            .eval(&format!("document.querySelector({css}).innerText"))
            .await;
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Clicks the middle of the first element that `css` selects, with the mouse, as soon as it is
    /// there, visible, enabled, at rest and not covered by another.
    pub async fn click(&self, css: &str) {
        let place = self
            .wait_for(&format!(
                "(() => {{
                    const element = document.querySelector({css});
                    if (!element || element.disabled) return null;
                    element.scrollIntoView({{block: 'center', inline: 'center', behavior: 'instant'}});
                    const box = element.getClientRects()[0];
                    if (!box || !box.width || !box.height) return null;
                    const x = box.x + box.width / 2, y = box.y + box.height / 2;
                    const before = element.clickedBox;
                    element.clickedBox = `${{x}} ${{y}}`;
                    if (before !== element.clickedBox) return null;
                    const top = document.elementFromPoint(x, y);
                    if (!top || !(element.contains(top) || top.closest('label')?.control === element))
                        return null;
                    return {{x, y}};
                }})()",
                css = json!(css),
            ))
            .await;
        for (kind, buttons) in [("mouseMoved", 0), ("mousePressed", 1), ("mouseReleased", 0)] {
            let button = if kind == "mouseMoved" { "none" } else { "left" };
            let event = json!({
                "type": kind, "x": place["x"], "y": place["y"],
                "button": button, "buttons": buttons, "clickCount": i32::from(button == "left"),
            });
            self.call("Input.dispatchMouseEvent", event).await;
        }
    }

    /// Clicks a field and types into it, key by key.
    pub async fn type_text(&self, css: &str, text: &str) {
        self.click(css).await;
        for character in text.chars() {
            if character == '\n' {
                self.press("Enter").await;
                continue;
            }
            let key = character.to_string();
            for (kind, text) in [("keyDown", Some(&key)), ("keyUp", None)] {
                let mut event = json!({"type": kind, "key": key});
                if let Some(text) = text {
                    event["text"] = json!(text);
                }
                self.call("Input.dispatchKeyEvent", event).await;
            }
        }
    }

    /// Presses one named key (`Enter`, `Tab`, `Escape`, `ArrowDown`, `Space`…) where the focus is.
    pub async fn press(&self, key: &str) {
        let (key, code, number, text) = match key {
            "Enter" => ("Enter", "Enter", 13, Some("\r")),
            "Tab" => ("Tab", "Tab", 9, None),
            "Escape" => ("Escape", "Escape", 27, None),
            "Backspace" => ("Backspace", "Backspace", 8, None),
            "Delete" => ("Delete", "Delete", 46, None),
            "Space" => (" ", "Space", 32, Some(" ")),
            "ArrowLeft" => ("ArrowLeft", "ArrowLeft", 37, None),
            "ArrowUp" => ("ArrowUp", "ArrowUp", 38, None),
            "ArrowRight" => ("ArrowRight", "ArrowRight", 39, None),
            "ArrowDown" => ("ArrowDown", "ArrowDown", 40, None),
            other => panic!("add the key {other:?} to Page::press"),
        };
        let mut event = json!({
            "type": if text.is_some() { "keyDown" } else { "rawKeyDown" },
            "key": key, "code": code, "windowsVirtualKeyCode": number,
        });
        if let Some(text) = text {
            event["text"] = json!(text);
        }
        self.call("Input.dispatchKeyEvent", event).await;
        let event =
            json!({"type": "keyUp", "key": key, "code": code, "windowsVirtualKeyCode": number});
        self.call("Input.dispatchKeyEvent", event).await;
    }

    /// Writes what the viewport shows to a PNG file, whose directory is made.
    pub async fn screenshot(&self, path: impl AsRef<Path>) {
        self.picture(path.as_ref(), false).await;
    }

    /// Writes the page in its whole length to a PNG file, whose directory is made.
    pub async fn screenshot_whole(&self, path: impl AsRef<Path>) {
        self.picture(path.as_ref(), true).await;
    }

    async fn picture(&self, path: &Path, whole: bool) {
        self.eval("document.fonts.ready.then(() => true)").await;
        let mut options = json!({"format": "png", "captureBeyondViewport": whole});
        if whole {
            let size = self.call("Page.getLayoutMetrics", json!({})).await;
            let size = &size["cssContentSize"];
            options["clip"] = json!({
                "x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1,
            });
        }
        let answer = self.call("Page.captureScreenshot", options).await;
        let png = decode_base64(answer["data"].as_str().expect("a picture"));
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).expect("the directory of the screenshot");
        }
        std::fs::write(path, png)
            .unwrap_or_else(|error| panic!("cannot write {}: {error}", path.display()));
    }
}

/// Whether an evaluation failed because its page was replaced by another.
fn navigated(error: &str) -> bool {
    [
        "context was destroyed",
        "Cannot find context",
        "navigated or closed",
        "Promise was collected",
    ]
    .iter()
    .any(|part| error.contains(part))
}

/// Standard base64, as the protocol sends pictures.
fn decode_base64(text: &str) -> Vec<u8> {
    let value = |byte: u8| -> u32 {
        match byte {
            b'A'..=b'Z' => u32::from(byte - b'A'),
            b'a'..=b'z' => u32::from(byte - b'a') + 26,
            b'0'..=b'9' => u32::from(byte - b'0') + 52,
            b'+' => 62,
            b'/' => 63,
            _ => panic!("not base64: {byte}"),
        }
    };
    let digits: Vec<u32> = text.trim_end_matches('=').bytes().map(value).collect();
    let mut bytes = Vec::with_capacity(digits.len() * 3 / 4);
    for group in digits.chunks(4) {
        let bits = group.iter().fold(0, |bits, digit| bits << 6 | digit) << (6 * (4 - group.len()));
        let [_, a, b, c] = bits.to_be_bytes();
        bytes.extend_from_slice(&[a, b, c][..group.len() - 1]);
    }
    bytes
}
