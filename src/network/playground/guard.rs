//! Who may talk to the page: this machine's own browser, from the page itself.
//!
//! The page has no password. A page of somebody else's, open in the same browser, must not act through it: such a
//! page sends its own `Origin`, and reaches us under its own host name when it plays with DNS ("rebinding").

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// What the page may load and do: its own script, its own style, its own events; nothing from elsewhere, nothing
/// inline, no frame around it.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
     img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Refuses what does not come from this machine's own page, and tells the browser how narrow the page is.
pub async fn guard(request: Request, next: Next) -> Response {
    let mut response = if allowed(request.method(), request.headers()) {
        next.run(request).await
    } else {
        StatusCode::FORBIDDEN.into_response()
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.insert(
        "cross-origin-resource-policy",
        HeaderValue::from_static("same-origin"),
    );
    response
}

fn allowed(method: &Method, headers: &HeaderMap) -> bool {
    let Some(host) = text(headers, header::HOST) else {
        return false;
    };
    if !is_local(host) {
        return false;
    }
    // Browsers put an origin on every POST; whoever sends none is no page.
    method == Method::GET
        || method == Method::HEAD
        || text(headers, header::ORIGIN).and_then(|origin| origin.strip_prefix("http://"))
            == Some(host)
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// Whether a `Host` names this machine, whatever the port.
fn is_local(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.chars().all(|c| c.is_ascii_digit()) => name,
        _ => host,
    };
    matches!(name, "127.0.0.1" | "localhost")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(host: &str, origin: Option<&str>) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, host.parse().unwrap());
        if let Some(origin) = origin {
            headers.insert(header::ORIGIN, origin.parse().unwrap());
        }
        headers
    }

    #[test]
    fn only_this_machines_own_page_may_act() {
        for host in ["127.0.0.1:8123", "localhost:8123", "localhost"] {
            assert!(allowed(&Method::GET, &headers(host, None)), "{host}");
            assert!(
                allowed(
                    &Method::POST,
                    &headers(host, Some(&format!("http://{host}")))
                ),
                "{host}"
            );
            assert!(!allowed(&Method::POST, &headers(host, None)), "{host}");
        }
        for host in [
            "evil.example",
            "127.0.0.1.evil.example:80",
            "localhost.evil.example",
            "",
            "evil:localhost",
        ] {
            assert!(!allowed(&Method::GET, &headers(host, None)), "{host}");
        }
        let rebound = headers("127.0.0.1:8123", Some("http://evil.example"));
        assert!(!allowed(&Method::POST, &rebound));
        assert!(!allowed(
            &Method::POST,
            &headers("127.0.0.1:8123", Some("null"))
        ));
        assert!(!allowed(
            &Method::POST,
            &headers("127.0.0.1:8123", Some("http://127.0.0.1:9"))
        ));
    }

    #[test]
    fn a_request_without_a_host_is_refused() {
        assert!(!allowed(&Method::GET, &HeaderMap::new()));
    }
}
