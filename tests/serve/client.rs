//! A server that runs, and a client that says what it is told to, however wrong.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// The program.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_annals");

/// A running server; it ends when this is dropped.
pub(crate) struct Server {
    child: Child,
    /// Kept open: the server prints on.
    _stderr: BufReader<std::process::ChildStderr>,
    /// Its port.
    pub(crate) port: u16,
    /// The key of the address it printed.
    pub(crate) key: String,
    /// The cookie of a session, once one was opened.
    pub(crate) cookie: String,
}

impl Server {
    /// Starts a server and does not enter.
    pub(crate) fn locked(folder: &Path, options: &[&str]) -> Server {
        let mut child = Command::new(PROGRAM)
            .arg("serve")
            .arg(folder)
            .args(["--port", "0"])
            .args(options)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stderr = BufReader::new(child.stderr.take().unwrap());
        let mut line = String::new();
        while !line.contains("/enter?key=") {
            line.clear();
            let read = stderr.read_line(&mut line).unwrap();
            assert!(read > 0, "the server ended before it printed its address");
        }
        let (before, after) = line.split_once("/enter?key=").unwrap();
        let port = before.rsplit(':').next().unwrap().parse().unwrap();
        let key = after.split_whitespace().next().unwrap().to_owned();
        Server {
            child,
            _stderr: stderr,
            port,
            key,
            cookie: String::new(),
        }
    }

    /// Starts a server and enters.
    pub(crate) fn entered(folder: &Path, options: &[&str]) -> Server {
        let mut server = Server::locked(folder, options);
        let key = server.key.clone();
        let answer = server.get(&format!("/enter?key={key}"));
        assert_eq!(answer.status, 303, "{}", answer.body());
        let cookie = answer.header("set-cookie").unwrap().to_owned();
        cookie
            .split(';')
            .next()
            .unwrap()
            .clone_into(&mut server.cookie);
        server
    }

    /// Its process.
    pub(crate) fn child(&mut self) -> &mut Child {
        &mut self.child
    }

    fn connected(&self) -> TcpStream {
        let stream = TcpStream::connect(SocketAddr::from(([127, 0, 0, 1], self.port))).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(30)))
            .unwrap();
        stream
    }

    /// Sends bytes as they are, and reads until the other end closes.
    pub(crate) fn raw(&self, bytes: &[u8]) -> Answer {
        let mut stream = self.connected();
        // The other end may have seen enough before all is sent.
        let _ = stream.write_all(bytes);
        let mut all = Vec::new();
        let _ = stream.read_to_end(&mut all);
        Answer::read(&all)
    }

    /// Sends a request with these headers and no others but that of closing.
    pub(crate) fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Answer {
        let mut request = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        if !body.is_empty() {
            request.push_str(&format!("Content-Length: {}\r\n", body.len()));
        }
        request.push_str("\r\n");
        request.push_str(body);
        self.raw(request.as_bytes())
    }

    /// The name by which it is called.
    pub(crate) fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Gets a page as a browser that is in.
    pub(crate) fn get(&self, path: &str) -> Answer {
        let host = self.host();
        self.send(
            "GET",
            path,
            &[("Host", &host), ("Cookie", &self.cookie)],
            "",
        )
    }

    /// Posts a form as a page of the server would.
    pub(crate) fn post(&self, path: &str, body: &str) -> Answer {
        let host = self.host();
        let origin = format!("http://{host}");
        let headers = [
            ("Host", host.as_str()),
            ("Cookie", &self.cookie),
            ("Origin", &origin),
            ("Sec-Fetch-Site", "same-origin"),
            ("Content-Type", "application/x-www-form-urlencoded"),
        ];
        self.send("POST", path, &headers, body)
    }

    /// The token of the session's forms, from the page that has one.
    pub(crate) fn token(&self) -> String {
        let page = self.get("/keys").body();
        let after = page.split("name=\"token\" value=\"").nth(1).unwrap();
        after.split('"').next().unwrap().to_owned()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What was answered.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    /// The status; 0 if there was no answer.
    pub(crate) status: u16,
    head: String,
    /// The body, without the marks of its pieces.
    pub(crate) bytes: Vec<u8>,
}

impl Answer {
    fn read(all: &[u8]) -> Answer {
        let end = all.windows(4).position(|four| four == b"\r\n\r\n");
        let Some(end) = end else {
            return Answer {
                status: 0,
                head: String::new(),
                bytes: Vec::new(),
            };
        };
        let head = String::from_utf8(all[..end].to_vec()).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let mut answer = Answer {
            status,
            head,
            bytes: all[end + 4..].to_vec(),
        };
        if answer.header("transfer-encoding") == Some("chunked") {
            answer.bytes = joined(&answer.bytes);
        }
        answer
    }

    /// A header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (own, value) = line.split_once(':')?;
            own.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    /// The body as text.
    pub(crate) fn body(&self) -> String {
        String::from_utf8(self.bytes.clone()).unwrap()
    }
}

/// The pieces of a body, joined.
fn joined(mut rest: &[u8]) -> Vec<u8> {
    let mut all = Vec::new();
    loop {
        let end = rest
            .windows(2)
            .position(|two| two == b"\r\n")
            .expect("a piece has a size");
        let size = usize::from_str_radix(std::str::from_utf8(&rest[..end]).unwrap(), 16).unwrap();
        rest = &rest[end + 2..];
        if size == 0 {
            return all;
        }
        all.extend_from_slice(&rest[..size]);
        rest = &rest[size + 2..];
    }
}
