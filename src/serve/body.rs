//! The body of a response: whole, or written by a command while it is sent.

use std::convert::Infallible;
use std::io::{self, Write};
use std::pin::Pin;
use std::task::{Context, Poll};

use hyper::body::{Bytes, Frame, SizeHint};
use tokio::sync::mpsc;

/// The body of a response.
#[derive(Debug)]
pub(crate) enum Body {
    /// All of it.
    Whole(Option<Bytes>),
    /// As it is written: the first piece, and those that follow. An error cuts the connection, so that
    /// what is there is not taken for all.
    Written(Option<Bytes>, mpsc::Receiver<io::Result<Bytes>>),
}

impl Body {
    pub(crate) fn whole(bytes: impl Into<Bytes>) -> Body {
        Body::Whole(Some(bytes.into()))
    }
}

impl hyper::body::Body for Body {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        match self.get_mut() {
            Body::Whole(bytes) => Poll::Ready(bytes.take().map(|bytes| Ok(Frame::data(bytes)))),
            Body::Written(first @ Some(_), _) => {
                Poll::Ready(first.take().map(|bytes| Ok(Frame::data(bytes))))
            }
            Body::Written(None, pieces) => {
                let piece = pieces.poll_recv(context);
                piece.map(|piece| piece.map(|bytes| bytes.map(Frame::data)))
            }
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Body::Whole(bytes) => SizeHint::with_exact(bytes.as_ref().map_or(0, Bytes::len) as u64),
            Body::Written(..) => SizeHint::default(),
        }
    }
}

/// How many bytes are sent at a time, and how many pieces wait to be sent.
const PIECE: usize = 64 * 1024;
const WAITING: usize = 4;

/// Where a command writes what is sent: it waits for whoever reads.
pub(crate) struct Pieces {
    out: mpsc::Sender<io::Result<Bytes>>,
    begun: Vec<u8>,
}

/// A body and its writer.
pub(crate) fn written() -> (Pieces, mpsc::Receiver<io::Result<Bytes>>) {
    let (out, body) = mpsc::channel(WAITING);
    let begun = Vec::new();
    (Pieces { out, begun }, body)
}

impl Pieces {
    /// Says that what was written is not all: the connection is cut.
    pub(crate) fn fail(&mut self) {
        self.begun.clear();
        let _ = self
            .out
            .blocking_send(Err(io::Error::other("the answer was not finished")));
    }
}

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.begun.extend_from_slice(bytes);
        if self.begun.len() >= PIECE {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.begun.is_empty() {
            return Ok(());
        }
        let piece = Bytes::from(std::mem::take(&mut self.begun));
        let sent = self.out.blocking_send(Ok(piece));
        sent.map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))
    }
}

/// What never fails.
pub(crate) type Never = Infallible;
