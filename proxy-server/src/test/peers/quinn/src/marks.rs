use std::{
    future::Future,
    io::{self, IoSliceMut},
    net::SocketAddr,
    pin::Pin,
    sync::{
        atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed},
        Arc,
    },
    task::{Context, Poll},
    time::Instant,
};

use quinn::{AsyncTimer, AsyncUdpSocket, Runtime, TokioRuntime};
use quinn_proto::Transmit;
use quinn_udp::{RecvMeta, UdpState};

/// What can be seen of ECN (RFC 9000 section 13.4) at an endpoint's socket, and how long its trains
/// are. quinn marks all that it sends, until an acknowledgement does not say that the marks have
/// arrived: so whoever still marks has validated every one of them.
#[derive(Debug, Default)]
pub struct Marks {
    is_marking: AtomicBool,
    received: AtomicUsize,
    marked: AtomicUsize,
    longest_train: AtomicUsize,
}

impl Marks {
    /// As the quic-go peer says it:
    ///
    /// ```text
    /// ECN capable, 140000 of 140010 datagrams from 127.0.0.1:4433 were marked
    /// longest train sent: 10
    /// ```
    pub fn say(&self, remote: SocketAddr) {
        println!(
            "ECN {}, {} of {} datagrams from {remote} were marked",
            if self.is_marking.load(Relaxed) { "capable" } else { "failed" },
            self.marked.load(Relaxed),
            self.received.load(Relaxed),
        );
        println!("longest train sent: {}", self.longest_train.load(Relaxed));
    }

    fn sent(&self, transmit: &Transmit) {
        self.is_marking.store(transmit.ecn.is_some(), Relaxed);
        if let Some(size) = transmit.segment_size {
            let segments = (transmit.contents.len() + size - 1) / size;
            self.longest_train.fetch_max(segments, Relaxed);
        }
    }

    /// A receive call may bring several datagrams of one sender and one mark (UDP_GRO).
    fn received(&self, meta: &RecvMeta) {
        let datagrams = (meta.len + meta.stride - 1) / meta.stride.max(1);
        self.received.fetch_add(datagrams, Relaxed);
        if meta.ecn.is_some() {
            self.marked.fetch_add(datagrams, Relaxed);
        }
    }
}

/// Tokio with an eye on its sockets.
#[derive(Debug)]
pub struct Watching(pub Arc<Marks>);

impl Runtime for Watching {
    fn new_timer(&self, at: Instant) -> Pin<Box<dyn AsyncTimer>> {
        TokioRuntime.new_timer(at)
    }

    fn spawn(&self, future: Pin<Box<dyn Future<Output = ()> + Send>>) {
        TokioRuntime.spawn(future)
    }

    fn wrap_udp_socket(&self, socket: std::net::UdpSocket) -> io::Result<Box<dyn AsyncUdpSocket>> {
        Ok(Box::new(Socket {
            inner: TokioRuntime.wrap_udp_socket(socket)?,
            marks: self.0.clone(),
        }))
    }
}

#[derive(Debug)]
struct Socket {
    inner: Box<dyn AsyncUdpSocket>,
    marks: Arc<Marks>,
}

impl AsyncUdpSocket for Socket {
    fn poll_send(
        &mut self,
        state: &UdpState,
        cx: &mut Context,
        transmits: &[Transmit],
    ) -> Poll<Result<usize, io::Error>> {
        let sent = self.inner.poll_send(state, cx, transmits);
        if let Poll::Ready(Ok(count)) = sent {
            transmits[..count].iter().for_each(|transmit| self.marks.sent(transmit));
        }
        sent
    }

    fn poll_recv(
        &self,
        cx: &mut Context,
        buffers: &mut [IoSliceMut<'_>],
        metas: &mut [RecvMeta],
    ) -> Poll<io::Result<usize>> {
        let received = self.inner.poll_recv(cx, buffers, metas);
        if let Poll::Ready(Ok(count)) = received {
            metas[..count].iter().for_each(|meta| self.marks.received(meta));
        }
        received
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.inner.local_addr()
    }
}
