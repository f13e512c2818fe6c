use std::{net::SocketAddr, net::UdpSocket, sync::Arc};

use crate::{
    marks::{Marks, Watching},
    seeded::Seeded,
    Outcome, CHUNK, DEMO,
};

/// What a client is to do: GET and then ECHO so many octets, if any, each on a stream of its own.
pub struct Task {
    pub server: SocketAddr,
    /// The server's own certificate.
    pub trusted: rustls::Certificate,
    pub get: Option<usize>,
    pub echo: Option<usize>,
    pub seed: i64,
}

impl Task {
    /// Asks a server and compares what it answers with the seed, octet by octet.
    pub async fn run(self) -> Outcome<()> {
        let mut roots = rustls::RootCertStore::empty();
        roots.add(&self.trusted)?;
        let mut tls = rustls::ClientConfig::builder()
            .with_safe_defaults()
            .with_root_certificates(roots)
            .with_no_client_auth();
        tls.alpn_protocols = vec![DEMO.to_vec()];
        let marks = Arc::new(Marks::default());
        let local = if self.server.is_ipv6() { "[::]:0" } else { "0.0.0.0:0" };
        let mut endpoint = quinn::Endpoint::new(
            quinn::EndpointConfig::default(),
            None,
            UdpSocket::bind(local)?,
            Watching(marks.clone()),
        )?;
        endpoint.set_default_client_config(quinn::ClientConfig::new(Arc::new(tls)));
        let connection = endpoint.connect(self.server, "localhost")?.await?;
        if let Some(length) = self.get {
            self.get(&connection, length).await?;
        }
        if let Some(length) = self.echo {
            self.echo(&connection, length).await?;
        }
        marks.say(self.server);
        connection.close(0u32.into(), b"");
        endpoint.wait_idle().await;
        Ok(())
    }

    async fn get(&self, connection: &quinn::Connection, length: usize) -> Outcome<()> {
        let (mut send, mut receive) = connection.open_bi().await?;
        send.write_all(format!("GET {length} {}\n", self.seed).as_bytes())
            .await?;
        send.finish().await?;
        let name = crate::read_line(&mut receive).await?;
        self.compare(receive, length).await?;
        println!("got {length} octets from {name}");
        Ok(())
    }

    async fn echo(&self, connection: &quinn::Connection, length: usize) -> Outcome<()> {
        let (send, receive) = connection.open_bi().await?;
        let sent = tokio::spawn(say(send, self.seed, length));
        self.compare(receive, length).await?;
        sent.await??;
        println!("echoed {length} octets");
        Ok(())
    }

    /// Reads to the end; all that comes has to be the seed's octets, as many as given.
    async fn compare(&self, mut receive: quinn::RecvStream, length: usize) -> Outcome<()> {
        let (mut expected, mut read) = (Seeded::new(self.seed), 0);
        while let Some(piece) = receive.read_chunk(CHUNK, true).await? {
            if !piece.bytes.iter().all(|octet| Some(*octet) == expected.next()) {
                return Err(format!("a wrong octet behind {read} right ones").into());
            }
            read += piece.bytes.len();
        }
        if read != length {
            return Err(format!("{read} octets instead of {length}").into());
        }
        Ok(())
    }
}

async fn say(mut send: quinn::SendStream, seed: i64, length: usize) -> Result<(), quinn::WriteError> {
    send.write_all(b"ECHO\n").await?;
    let (mut left, mut content) = (length, Seeded::new(seed));
    while left > 0 {
        let piece: Vec<u8> = content.by_ref().take(left.min(CHUNK)).collect();
        send.write_all(&piece).await?;
        left -= piece.len();
    }
    send.finish().await
}
