//! A quinn server for tests: answers the requests of Homing's demo
//! (dev.homing.demo.wire.Request), under connection IDs that a load balancer can read. With
//! --connect it is such a server's client.

use std::{collections::HashMap, env, error::Error, fs, net::UdpSocket, sync::Arc};

mod client;
mod marks;
mod quiclb;
mod seeded;
use marks::{Marks, Watching};
use quiclb::QuicLb;
use seeded::Seeded;

type Outcome<T> = Result<T, Box<dyn Error>>;

const DEMO: &[u8] = b"homing-demo";
const BAD_REQUEST: u32 = 1;
const MAX_LINE: usize = 64;
const CHUNK: usize = 16 << 10;

/// Options come as --name=value.
fn options() -> HashMap<String, String> {
    env::args()
        .skip(1)
        .filter_map(|option| {
            let (name, value) = option.strip_prefix("--")?.split_once('=')?;
            Some((name.to_string(), value.to_string()))
        })
        .collect()
}

fn octets(hex: &str) -> Outcome<Vec<u8>> {
    (0..hex.len())
        .step_by(2)
        .map(|at| {
            Ok(u8::from_str_radix(
                hex.get(at..at + 2).ok_or("half an octet")?,
                16,
            )?)
        })
        .collect()
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome<()> {
    let options = options();
    let text = |name: &str, otherwise: &str| {
        options
            .get(name)
            .cloned()
            .unwrap_or_else(|| otherwise.to_string())
    };
    if let Some(server) = options.get("connect") {
        let number = |name: &str| options.get(name).map(|value| value.parse()).transpose();
        let task = client::Task {
            server: server.parse()?,
            trusted: certificates(&text("trusted", ""))?.remove(0),
            get: number("get")?,
            echo: number("echo")?,
            seed: text("seed", "0").parse()?,
        };
        return task.run().await;
    }
    let ids = QuicLb::new(
        text("rotation-bits", "0").parse()?,
        octets(&text("server-id", ""))?,
        text("nonce-length", "8").parse()?,
        text("encode-length", "false").parse()?,
        &octets(&text("cid-key", ""))?,
    )?;
    let keys = rustls_pemfile::pkcs8_private_keys(&mut fs::read(text("key", ""))?.as_slice())?;
    let mut tls = rustls::ServerConfig::builder()
        .with_safe_defaults()
        .with_no_client_auth()
        .with_single_cert(
            certificates(&text("cert", ""))?,
            rustls::PrivateKey(keys.into_iter().next().ok_or("no PKCS#8 key")?),
        )?;
    tls.alpn_protocols = vec![DEMO.to_vec()];

    let mut endpoint_config = quinn::EndpointConfig::default();
    endpoint_config.cid_generator(move || Box::new(ids.clone()));
    let mut server_config = quinn::ServerConfig::with_crypto(Arc::new(tls));
    server_config.migration(true);
    let marks = Arc::new(Marks::default());
    let socket = UdpSocket::bind(text("listen", "127.0.0.1:0"))?;
    let endpoint = quinn::Endpoint::new(
        endpoint_config,
        Some(server_config),
        socket,
        Watching(marks.clone()),
    )?;

    println!("listening on {}", endpoint.local_addr()?);
    let name: Arc<str> = text("name", "quinn").into();
    while let Some(connecting) = endpoint.accept().await {
        let (name, marks) = (name.clone(), marks.clone());
        tokio::spawn(async move {
            if let Ok(connection) = connecting.await {
                converse(connection.clone(), name).await;
                marks.say(connection.remote_address());
            }
        });
    }
    Ok(())
}

fn certificates(file: &str) -> Outcome<Vec<rustls::Certificate>> {
    let chain = rustls_pemfile::certs(&mut fs::read(file)?.as_slice())?;
    Ok(chain.into_iter().map(rustls::Certificate).collect())
}

async fn converse(connection: quinn::Connection, name: Arc<str>) {
    while let Ok((send, receive)) = connection.accept_bi().await {
        let (connection, name) = (connection.clone(), name.clone());
        tokio::spawn(async move {
            // An error means that the client has gone, or has given the stream up.
            let _ = answer(connection, send, receive, &name).await;
        });
    }
}

async fn answer(
    connection: quinn::Connection,
    mut send: quinn::SendStream,
    mut receive: quinn::RecvStream,
    name: &str,
) -> Outcome<()> {
    let line = read_line(&mut receive).await?;
    let words: Vec<&str> = line.split(' ').collect();
    match words[..] {
        ["ECHO"] => {
            println!("ECHO from {}", connection.remote_address());
            while let Some(piece) = receive.read_chunk(CHUNK, true).await? {
                send.write_chunk(piece.bytes).await?;
            }
        }
        ["GET", length, seed] => {
            println!("GET from {}", connection.remote_address());
            let (mut left, mut content) = (length.parse::<usize>()?, Seeded::new(seed.parse()?));
            send.write_all(format!("{name}\n").as_bytes()).await?;
            while left > 0 {
                let piece: Vec<u8> = content.by_ref().take(left.min(CHUNK)).collect();
                send.write_all(&piece).await?;
                left -= piece.len();
            }
        }
        _ => {
            receive.stop(BAD_REQUEST.into())?;
            send.reset(BAD_REQUEST.into())?;
            return Ok(());
        }
    }
    send.finish().await?;
    Ok(())
}

/// The request without its line feed; empty when there is none.
async fn read_line(receive: &mut quinn::RecvStream) -> Outcome<String> {
    let mut line = String::new();
    let mut next = [0];
    while receive.read(&mut next).await? == Some(1) && line.len() < MAX_LINE {
        if next[0] == b'\n' {
            return Ok(line);
        }
        line.push(next[0] as char);
    }
    Ok(String::new())
}
