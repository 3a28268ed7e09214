//! What every answer tells the browser, and who may post.
//!
//! The link is the authority: a page elsewhere does not know it, so it cannot post in a person's name. That a browser
//! says the post comes from elsewhere is refused all the same.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;

use super::page;
use crate::i18n::Words;

/// Our own style, our own form; no script, nothing from elsewhere, nothing inline, no frame around it.
const POLICY: &str = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; \
     frame-ancestors 'none'";

/// Refuses posts from pages elsewhere; then as [`headers`].
pub(super) async fn guard(
    State((origin, words)): State<(Arc<str>, Arc<Words>)>,
    request: Request,
    next: Next,
) -> Response {
    if request.method() == Method::POST && !from_here(request.headers(), &origin) {
        let language = page::preferred(request.headers());
        let refused = page::notice(&words, language, StatusCode::FORBIDDEN, "refused");
        return closed(refused);
    }
    closed(next.run(request).await)
}

/// Tells the browser how narrow the page is.
pub(super) async fn headers(request: Request, next: Next) -> Response {
    closed(next.run(request).await)
}

fn closed(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in [
        ("content-security-policy", POLICY),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        (
            "permissions-policy",
            "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        ),
        ("cross-origin-opener-policy", "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    // What is for everybody says so itself.
    for (name, value) in [
        ("cross-origin-resource-policy", "same-origin"),
        ("x-robots-tag", "noindex, nofollow"),
        ("cache-control", "no-store"),
    ] {
        let unsaid = headers.entry(name);
        unsaid.or_insert(HeaderValue::from_static(value));
    }
    response
}

/// Whether a post may come from our own page. Browsers say so in `Sec-Fetch-Site`; older ones send an `Origin`, which is
/// `null` for a page that, as ours, gives no referrer.
fn from_here(headers: &HeaderMap, own: &str) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    match text("sec-fetch-site") {
        Some(site) => matches!(site, "same-origin" | "none"),
        None => {
            text(header::ORIGIN.as_str()).is_none_or(|origin| origin == own || origin == "null")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_from_elsewhere_is_refused() {
        let own = "https://votes.example.org";
        let ask = |pairs: &[(&'static str, &'static str)]| {
            let mut headers = HeaderMap::new();
            for (name, value) in pairs {
                headers.insert(*name, HeaderValue::from_static(value));
            }
            from_here(&headers, own)
        };
        assert!(ask(&[]));
        assert!(ask(&[("origin", own)]) && ask(&[("origin", "null")]));
        assert!(ask(&[
            ("sec-fetch-site", "same-origin"),
            ("origin", "null")
        ]));
        assert!(!ask(&[("origin", "https://evil.example")]));
        assert!(!ask(&[(
            "origin",
            "https://votes.example.org.evil.example"
        )]));
        assert!(!ask(&[("sec-fetch-site", "cross-site"), ("origin", own)]));
        assert!(!ask(&[("sec-fetch-site", "same-site")]));
    }
}
