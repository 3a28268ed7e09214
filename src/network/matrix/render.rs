//! A neutral message as Matrix shows it: a plain body, and the same as HTML.
//!
//! Pure: no room, no network, no clock. Every string of a [`Message`] is somebody's, so all of them are escaped
//! for HTML and freed of control characters; the tags are ours alone. HTML keeps to what the client-server API
//! lets clients show (<https://spec.matrix.org/v1.13/client-server-api/#mroommessage-msgtypes>).
//!
//! Links are. Buttons are not shown: the footer says what to type, and actions with an emoji get a reaction (see
//! [`send`](super::send)). Menus are shown as lists, because somebody has to type one of their values.
//!
//! To show a new kind of block: a branch in [`Page::block`], and a line in the table test below.

use crate::domain::card::{Block, COMMAND_SIGN, Control, Message};

/// A message in both forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rendered {
    /// For clients without HTML, notifications and searches.
    pub plain: String,
    /// For everyone else.
    pub html: String,
}

/// Writes `message` in both forms.
pub(super) fn render(message: &Message) -> Rendered {
    let mut page = Page::default();
    if let Some(title) = &message.title {
        page.add(
            clean(title),
            format!("<p><strong>{}</strong></p>", lines(title)),
        );
    }
    for block in &message.body {
        page.block(block);
    }
    for action in &message.actions {
        if let Control::Link(address) = &action.control {
            let (label, address) = (clean(&action.label), clean(address));
            let html = format!(
                "<p><a href=\"{}\">{}</a></p>",
                escape(&address),
                lines(&label)
            );
            page.add(format!("{label}\n{address}"), html);
        }
        if let Control::Menu(choices) | Control::Several { choices, .. } = &action.control {
            let mut plain = vec![clean(&action.label)];
            let mut html = String::new();
            for choice in choices {
                let value = clean(&choice.value);
                let label = clean(&choice.label);
                plain.push(format!("- {value} — {label}"));
                let label = escape(&label);
                let label = if choice.chosen {
                    format!("<strong>{label}</strong>")
                } else {
                    label
                };
                html.push_str(&format!(
                    "<li><code>{}</code> — {label}</li>",
                    escape(&value)
                ));
            }
            page.add(
                plain.join("\n"),
                format!("<p>{}</p><ul>{html}</ul>", lines(&action.label)),
            );
        }
    }
    if let Some(footer) = &message.footer {
        page.add(clean(footer), format!("<p><em>{}</em></p>", lines(footer)));
    }
    Rendered {
        plain: page.plain.join("\n\n"),
        html: page.html,
    }
}

/// The two forms while they grow.
#[derive(Default)]
struct Page {
    plain: Vec<String>,
    html: String,
}

impl Page {
    fn add(&mut self, plain: String, html: String) {
        self.plain.push(plain);
        self.html.push_str(&html);
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Text(text) => self.add(clean(text), format!("<p>{}</p>", lines(text))),
            Block::Quote(text) => {
                // Not "> ": clients cut lines that start so from replies, as the old reply fallback.
                let quoted: Vec<String> = clean(text)
                    .lines()
                    .map(|line| format!("│ {line}"))
                    .collect();
                let html = format!("<blockquote><p>{}</p></blockquote>", lines(text));
                self.add(quoted.join("\n"), html);
            }
            Block::Fields(fields) => {
                let plain: Vec<String> = fields
                    .iter()
                    .map(|(name, value)| format!("{} {}", clean(name), clean(value)))
                    .collect();
                let html: Vec<String> = fields
                    .iter()
                    .map(|(name, value)| {
                        format!("<strong>{}</strong> {}", lines(name), lines(value))
                    })
                    .collect();
                self.add(plain.join("\n"), format!("<p>{}</p>", html.join("<br>")));
            }
            Block::List(items) => {
                let plain: Vec<String> = items
                    .iter()
                    .map(|item| format!("- {}", clean(item)))
                    .collect();
                let html: String = items
                    .iter()
                    .map(|item| format!("<li>{}</li>", lines(item)))
                    .collect();
                self.add(plain.join("\n"), format!("<ul>{html}</ul>"));
            }
            Block::Heading(text) => self.add(clean(text), format!("<h4>{}</h4>", lines(text))),
            Block::Code(text) => {
                let text = clean(text);
                let html = escape(&text);
                let html = if text.contains('\n') {
                    format!("<pre><code>{html}</code></pre>")
                } else {
                    format!("<p><code>{html}</code></p>")
                };
                self.add(text, html);
            }
        }
    }
}

/// Text for HTML, with its line ends kept.
fn lines(text: &str) -> String {
    escape(&clean(text)).replace('\n', "<br>")
}

/// Text without what could break out of its line or turn it round: control characters (a NUL is an error for
/// some homeservers) and the marks that change the direction of what follows.
pub(super) fn clean(text: &str) -> String {
    text.replace("\r\n", "\n")
        .chars()
        .filter_map(|c| match c {
            '\n' => Some('\n'),
            '\t' | '\r' => Some(' '),
            COMMAND_SIGN => Some('!'),
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => None,
            c if c.is_control() => None,
            c => Some(c),
        })
        .collect()
}

/// Text for HTML, in an element or in an attribute with double quotes.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::card::{Action, Choice};

    fn of(body: Vec<Block>) -> Rendered {
        render(&Message {
            body,
            ..Message::default()
        })
    }

    #[test]
    fn every_block_has_its_plain_text_and_its_html() {
        let text = |text: &str| text.to_owned();
        let table = [
            (Block::Text(text("a\nb")), "a\nb", "<p>a<br>b</p>"),
            (
                Block::Quote(text("a\nb")),
                "│ a\n│ b",
                "<blockquote><p>a<br>b</p></blockquote>",
            ),
            (
                Block::Fields(vec![
                    (text("Quand :"), text("jeudi")),
                    (text("Où :"), text("ici")),
                ]),
                "Quand : jeudi\nOù : ici",
                "<p><strong>Quand :</strong> jeudi<br><strong>Où :</strong> ici</p>",
            ),
            (
                Block::List(vec![text("a"), text("b")]),
                "- a\n- b",
                "<ul><li>a</li><li>b</li></ul>",
            ),
            (Block::Heading(text("a")), "a", "<h4>a</h4>"),
            (
                Block::Code(format!("{COMMAND_SIGN}aide")),
                "!aide",
                "<p><code>!aide</code></p>",
            ),
            (
                Block::Code(text("a\nb")),
                "a\nb",
                "<pre><code>a\nb</code></pre>",
            ),
        ];
        for (block, plain, html) in table {
            let rendered = of(vec![block.clone()]);
            assert_eq!(
                (rendered.plain.as_str(), rendered.html.as_str()),
                (plain, html),
                "{block:?}"
            );
        }
    }

    #[test]
    fn what_people_typed_is_never_markup() {
        let hostile = "<script>\"&'</b>\u{0}\u{202E}\u{1b}";
        let escaped = "&lt;script&gt;&quot;&amp;&#39;&lt;/b&gt;";
        let text = || hostile.to_owned();
        let rendered = render(&Message {
            title: Some(text()),
            body: vec![
                Block::Text(text()),
                Block::Quote(text()),
                Block::Fields(vec![(text(), text())]),
                Block::List(vec![text()]),
                Block::Heading(text()),
                Block::Code(text()),
            ],
            actions: vec![Action {
                control: Control::Menu(vec![Choice {
                    value: text(),
                    label: text(),
                    chosen: true,
                }]),
                ..Action::button("x", &[], text())
            }],
            footer: Some(text()),
            ..Message::default()
        });
        assert_eq!(rendered.html.matches(escaped).count(), 12);
        assert!(!rendered.html.contains("<script"));
        assert!(!rendered.plain.contains(['\u{0}', '\u{202E}', '\u{1b}']));
    }

    #[test]
    fn a_link_shows_its_address_where_there_is_no_html() {
        let address = "https://votes.example.org/bulletin/a?b&\"c".to_owned();
        let rendered = render(&Message {
            actions: vec![Action::link(address, "Voter <ici>".to_owned())],
            ..Message::default()
        });
        assert_eq!(
            rendered.plain,
            "Voter <ici>\nhttps://votes.example.org/bulletin/a?b&\"c"
        );
        assert_eq!(
            rendered.html,
            "<p><a href=\"https://votes.example.org/bulletin/a?b&amp;&quot;c\">Voter &lt;ici&gt;</a></p>"
        );
    }

    #[test]
    fn a_menu_is_a_list_of_values_and_a_button_is_nothing() {
        let choice = |value: &str, label: &str, chosen| Choice {
            value: value.to_owned(),
            label: label.to_owned(),
            chosen,
        };
        let rendered = render(&Message {
            title: Some("Titre".to_owned()),
            actions: vec![
                Action::button("vote", &[], "Voter".to_owned()).with_emoji("✅"),
                Action {
                    control: Control::Menu(vec![
                        choice("1", "Mardi", false),
                        choice("2", "Jeudi", true),
                    ]),
                    ..Action::button("vote", &[], "Choix".to_owned())
                },
            ],
            footer: Some("A12".to_owned()),
            ..Message::default()
        });
        assert_eq!(
            rendered.plain,
            "Titre\n\nChoix\n- 1 — Mardi\n- 2 — Jeudi\n\nA12"
        );
        assert_eq!(
            rendered.html,
            "<p><strong>Titre</strong></p><p>Choix</p><ul><li><code>1</code> — Mardi</li>\
             <li><code>2</code> — <strong>Jeudi</strong></li></ul><p><em>A12</em></p>"
        );
    }
}
