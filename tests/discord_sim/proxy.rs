//! The way in for a bot that believes it talks to `https://discord.com`: a CONNECT proxy with our own certificate.
//! Any other host is refused and written down, so that a test can prove that nothing leaves the machine.

use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

use super::net::{Conn, speak_http};
use super::sim::Shared;

const HOST: &str = "discord.com";

/// A fresh authority, and a TLS acceptor with its certificate for discord.com.
pub fn authority() -> (String, TlsAcceptor) {
    let mut params = CertificateParams::new(Vec::<String>::new()).expect("no names");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params
        .distinguished_name
        .push(DnType::CommonName, "Discord simulator test authority");
    params.key_usages = vec![
        KeyUsagePurpose::KeyCertSign,
        KeyUsagePurpose::CrlSign,
        KeyUsagePurpose::DigitalSignature,
    ];
    let ca_key = KeyPair::generate().expect("a key");
    let ca = params.self_signed(&ca_key).expect("a certificate");
    let issuer = Issuer::new(params, ca_key);

    let mut leaf = CertificateParams::new(vec![HOST.to_owned()]).expect("a valid name");
    leaf.distinguished_name.push(DnType::CommonName, HOST);
    leaf.use_authority_key_identifier_extension = true;
    leaf.extended_key_usages
        .push(ExtendedKeyUsagePurpose::ServerAuth);
    let key = KeyPair::generate().expect("a key");
    let certificate = leaf.signed_by(&key, &issuer).expect("a certificate");

    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let mut config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("TLS 1.2 and 1.3")
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone(), ca.der().clone()], key)
        .expect("the key fits the certificate");
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    (ca.pem(), TlsAcceptor::from(Arc::new(config)))
}

/// Accepts proxy connections until the simulator is dropped.
pub async fn serve(listener: TcpListener, acceptor: TlsAcceptor, shared: Arc<Shared>) {
    while let Ok((tcp, _)) = listener.accept().await {
        let (conn, control) = Conn::new(tcp);
        let (acceptor, inner) = (acceptor.clone(), Arc::clone(&shared));
        shared.spawn(async move {
            if let Some(conn) = tunnel(conn, &inner).await
                && let Ok(tls) = acceptor.accept(conn).await
            {
                speak_http(inner, control, tls).await;
            }
        });
    }
}

/// Reads the CONNECT request; gives the connection back when it is for us.
async fn tunnel(mut conn: Conn, shared: &Shared) -> Option<Conn> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        // Byte by byte: what follows the head belongs to TLS.
        head.push(conn.read_u8().await.ok()?);
        if head.len() > 8192 {
            return None;
        }
    }
    let head = String::from_utf8_lossy(&head);
    let mut words = head.split_whitespace();
    let (method, target) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    if method == "CONNECT" && target == "discord.com:443" {
        conn.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n")
            .await
            .ok()?;
        return Some(conn);
    }
    let host = target.trim_end_matches(":443").to_owned();
    shared.update(|state| state.refused_hosts.push(host));
    let _ = conn
        .write_all(b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
        .await;
    None
}
