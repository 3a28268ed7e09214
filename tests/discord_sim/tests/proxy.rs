//! The HTTPS way in: discord.com is us, every other host is refused and written down.

use super::{Rest, start};

fn through(rest: &Rest) -> reqwest::Client {
    let ca = reqwest::Certificate::from_pem(rest.sim.ca_pem().as_bytes()).expect("a certificate");
    reqwest::Client::builder()
        .tls_built_in_root_certs(false)
        .add_root_certificate(ca)
        .proxy(reqwest::Proxy::all(rest.sim.proxy_url()).expect("an address"))
        .build()
        .expect("a client")
}

#[tokio::test]
async fn discord_com_is_the_simulator_and_nothing_else_is_reached() {
    let (sim, rest, _channel) = start().await;
    let http = through(&rest);
    let token = format!("Bot {}", rest.token);
    let answer = http
        .get("https://discord.com/api/v10/users/@me")
        .header("authorization", token)
        .send()
        .await;
    assert_eq!(answer.expect("an answer").status().as_u16(), 200);
    sim.assert_clean();
    assert!(http.get("https://example.org/").send().await.is_err());
    let plain = http
        .get("http://example.net/")
        .send()
        .await
        .expect("the proxy's own answer");
    assert_eq!(plain.status().as_u16(), 403);
    assert_eq!(sim.refused_hosts(), ["example.org", "http://example.net/"]);
}
