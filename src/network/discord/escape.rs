//! Makes people's words show as written in Discord, whatever they hold: no formatting, no mention, no disguised link.
//!
//! Discord's Markdown has more than the usual: headings, small text (`-#`), spoilers, quotes to the end
//! (`>>>`), masked links, timestamps (`<t:…>`), mentions of people, roles, channels and commands, custom emoji. Nothing but plain
//! `http(s)` links survives. Lengths are counted in UTF-16 units, which is never less than what Discord counts.

use crate::domain::card::COMMAND_SIGN;

const BREAK: char = '\u{200B}';

/// `text` escaped, its line ends kept.
pub(super) fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for (number, line) in text.split('\n').enumerate() {
        if number > 0 {
            out.push('\n');
        }
        escape_line(line.trim_end_matches('\r'), &mut out);
    }
    out
}

/// `text` escaped, on one line.
pub(super) fn line(words: &str) -> String {
    text(&one_line(words))
}

/// Words for a place without Markdown (a footer, a label, a form): on one line, `@everyone` broken.
pub(super) fn plain(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let folded = one_line(words);
    for (at, c) in folded.char_indices() {
        out.push(if c == COMMAND_SIGN { '/' } else { c });
        if c == '@' && calls_everyone(&folded, at) {
            out.push(BREAK);
        }
    }
    out
}

/// `text` as code, which shows all but backticks as they are.
pub(super) fn code(words: &str) -> String {
    let words = words
        .replace(COMMAND_SIGN, "/")
        .replace('`', "ˋ")
        .replace('@', &format!("@{BREAK}"));
    if words.contains('\n') {
        format!("```\n{words}\n```")
    } else {
        format!("`{words}`")
    }
}

/// `text` cut to `max` UTF-16 units, with an ellipsis if anything is missing. For text without escapes.
pub(super) fn cut(text: &str, max: usize) -> String {
    if units(text) <= max {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut left = max.saturating_sub(1);
    for c in text.chars() {
        if c.len_utf16() > left {
            break;
        }
        left -= c.len_utf16();
        out.push(c);
    }
    // A lone joiner or accent after the cut would attach itself to the ellipsis.
    let mut out = out
        .trim_end_matches(['\u{200D}', '\u{FE0F}', ' '])
        .to_owned();
    if max > 0 {
        out.push('…');
    }
    out
}

/// Escaped text cut to `max` UTF-16 units, never in the middle of an escape.
pub(super) fn cut_escaped(escaped: &str, max: usize) -> String {
    if units(escaped) <= max {
        return escaped.to_owned();
    }
    let mut out = cut(escaped, max);
    out.pop();
    let slashes = out.len() - out.trim_end_matches('\\').len();
    if slashes % 2 == 1 {
        out.pop();
    }
    out.push('…');
    out
}

/// Length as Discord's own clients count it.
pub(super) fn units(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

fn one_line(words: &str) -> String {
    // A no-break space holds words together, as French asks before « : »: it stays.
    let breaks = |c: char| c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}');
    let words = words.split(breaks).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

fn calls_everyone(text: &str, at: usize) -> bool {
    let rest = text.get(at + 1..).unwrap_or_default();
    ["everyone", "here"].iter().any(|name| {
        rest.get(..name.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(name))
    })
}

fn escape_line(line: &str, out: &mut String) {
    let body = line.trim_start();
    // White space before a mark keeps the mark alive, and four spaces are no code in Discord.
    out.push_str(line.get(..line.len() - body.len()).unwrap_or_default());
    let mut rest = body;
    if let Some(mark) = block_mark(body) {
        let (digits, tail) = body.split_at(mark);
        out.push_str(digits);
        out.push('\\');
        let mut chars = tail.chars();
        out.extend(chars.next());
        rest = chars.as_str();
    }
    while let Some(c) = rest.chars().next() {
        if let Some(link) = plain_link(rest) {
            out.push_str(link);
            rest = rest.get(link.len()..).unwrap_or_default();
            continue;
        }
        match c {
            COMMAND_SIGN => out.push('/'),
            '\\' | '*' | '_' | '~' | '`' | '|' | '<' | '[' | ']' => {
                out.push('\\');
                out.push(c);
            }
            // Every `://` outside a plain link: Discord links other schemes, and half-hidden addresses, too.
            ':' if rest.starts_with("://") => out.push_str("\\:"),
            '@' if calls_everyone(rest, 0) => {
                out.push(c);
                out.push(BREAK);
            }
            _ => out.push(c),
        }
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
    }
}

/// Where in a line's start stands the character that makes it a heading, a quote or a list.
fn block_mark(line: &str) -> Option<usize> {
    if line.starts_with(['#', '>', '-', '+']) {
        return Some(0);
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let numbered = digits > 0
        && line
            .get(digits..)
            .is_some_and(|tail| tail.starts_with(['.', ')']));
    numbered.then_some(digits)
}

/// The link that `rest` starts with, if it is one that shows where it leads: `http` or `https`, an ASCII host,
/// no user name before the host (`https://discord.com@elsewhere`), nothing that Markdown reads.
fn plain_link(rest: &str) -> Option<&str> {
    let scheme = ["https://", "http://"].into_iter().find(|scheme| {
        rest.get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    })?;
    let end = rest
        .find(|c: char| c.is_whitespace() || c == '<')
        .unwrap_or(rest.len());
    let link = rest.get(..end)?.trim_end_matches([
        '.', ',', ';', ':', '!', '?', '\'', '"', '»', '”', '’', ']', '*', '_', '~', '|', '…',
    ]);
    let good = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#@!$&'()+,;=%".contains(c);
    let host = link.get(scheme.len()..)?.split(['/', '?', '#']).next()?;
    let plain = !host.is_empty()
        && !host.contains('@')
        && link.chars().all(good)
        && url::Url::parse(link)
            .is_ok_and(|url| url.username().is_empty() && url.password().is_none());
    plain.then_some(link)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formatting_is_shown_not_applied() {
        for (words, shown) in [
            (
                "**gras** __sous__ ~~non~~ ||caché|| `code`",
                r"\*\*gras\*\* \_\_sous\_\_ \~\~non\~\~ \|\|caché\|\| \`code\`",
            ),
            ("# titre", r"\# titre"),
            ("-# petit", r"\-# petit"),
            ("  > cité", r"  \> cité"),
            (">>> tout", r"\>>> tout"),
            ("- un", r"\- un"),
            ("* un", r"\* un"),
            ("12. douze", r"12\. douze"),
            ("a\n# b", "a\n\\# b"),
            (
                "l'été, c'est demain : 18 h 30 (bientôt) - ou pas",
                "l'été, c'est demain : 18 h 30 (bientôt) - ou pas",
            ),
            (r"\*", r"\\\*"),
        ] {
            assert_eq!(text(words), shown, "{words}");
        }
    }

    #[test]
    fn commands_begin_with_a_slash() {
        let named = format!("{COMMAND_SIGN}vote S1 a");
        assert_eq!(text(&named), "/vote S1 a");
        assert_eq!(plain(&named), "/vote S1 a");
        assert_eq!(code(&named), "`/vote S1 a`");
    }

    #[test]
    fn mentions_timestamps_and_custom_emoji_are_dead() {
        for words in [
            "<@123>",
            "<@&5>",
            "<#9>",
            "<t:0:R>",
            "<:x:1>",
            "</cmd:1>",
            "<id:guide>",
        ] {
            assert!(text(words).starts_with(r"\<"), "{words}");
        }
        for words in ["@everyone", "@HERE", "x@everyone y"] {
            assert!(text(words).contains("@\u{200B}"), "{words}");
            assert!(plain(words).contains("@\u{200B}"), "{words}");
            assert!(code(words).contains("@\u{200B}"), "{words}");
        }
        assert_eq!(text("ana@exemple.org"), "ana@exemple.org");
    }

    #[test]
    fn only_plain_links_stay_links() {
        for link in [
            "https://exemple.org/a_b_c?d=e&f=%20#g",
            "http://exemple.org",
            "https://fr.wikipedia.org/wiki/Qu%C3%A9bec_(ville)",
        ] {
            assert_eq!(text(link), link);
            assert!(text(&format!("voir {link}, merci")).contains(&format!("{link}, merci")));
        }
        for (words, shown) in [
            (
                "[banque](https://mal.example)",
                r"\[banque\](https://mal.example)",
            ),
            (
                "https://discord.com@mal.example",
                r"https\://discord.com@mal.example",
            ),
            ("https://exаmple.org", r"https\://exаmple.org"),
            ("steam://run", r"steam\://run"),
            ("discord://-/x", r"discord\://-/x"),
            ("https://", r"https\://"),
        ] {
            assert_eq!(text(words), shown, "{words}");
        }
    }

    #[test]
    fn cutting_respects_characters_and_escapes() {
        assert_eq!(cut("éléphant", 4), "élé…");
        assert_eq!(cut("👩‍🌾👩‍🌾", 4), "👩…");
        assert_eq!(cut("abc", 3), "abc");
        for max in 0..30 {
            let short = cut_escaped(&text("a*b_c\\d`e|f*"), max);
            assert!(units(&short) <= max.max(1), "{max} {short}");
            let kept = short.trim_end_matches('…');
            let slashes = kept.len() - kept.trim_end_matches('\\').len();
            assert_eq!(slashes % 2, 0, "{short}");
        }
    }

    #[test]
    fn code_cannot_be_left() {
        assert_eq!(code("a`b"), "`aˋb`");
        assert_eq!(code("a\n```b"), "```\na\nˋˋˋb\n```");
    }
}
