//! A person with a browser: opens the address that a program printed, presses a button, follows the way back.
//!
//! Plain HTTP over a socket, so that nothing of the client under test is used.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::Child,
    time::Duration,
};

use anyhow::{Context, Result, bail, ensure};
use url::Url;

use crate::desk::Desk;

/// What the person presses on the consent page.
#[derive(Debug, Clone, Copy)]
pub enum Press {
    /// Allow.
    Allow,
    /// Deny.
    Deny,
}

/// Opens the authorize address and says where the browser is sent.
pub fn press(authorize: &Url, button: Press) -> Result<Url> {
    let mut url = authorize.clone();
    url.query_pairs_mut().append_pair(
        "auto",
        match button {
            Press::Allow => "allow",
            Press::Deny => "deny",
        },
    );
    let (head, _) = get(&url)?;
    let location = head
        .lines()
        .find_map(|line| line.split_once(':').filter(|(name, _)| name.eq_ignore_ascii_case("location")))
        .map(|(_, value)| value.trim())
        .with_context(|| format!("the consent page did not send the browser on: {head}"))?;
    Ok(Url::parse(location)?)
}

/// One GET; returns head and body.
pub fn get(url: &Url) -> Result<(String, String)> {
    let host = url.host_str().context("no host")?;
    ensure!(host == "127.0.0.1", "tests reach no network but loopback: {url}");
    let mut stream = TcpStream::connect((host, url.port().context("no port")?))?;
    stream.set_read_timeout(Some(Duration::from_secs(20)))?;
    let target = url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()));
    let port = url.port().unwrap_or(80);
    write!(stream, "GET {target} HTTP/1.1\r\nHost: {host}:{port}\r\nAccept: text/html\r\nConnection: close\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let text = String::from_utf8_lossy(&answer).into_owned();
    let (head, body) = text.split_once("\r\n\r\n").context("no end of the head")?;
    Ok((head.to_owned(), body.to_owned()))
}

/// Reads a running `coagentor connect --no-browser` until it has printed its address.
pub fn printed_address(child: &mut Child) -> Result<Url> {
    let out = child.stdout.take().context("standard output is not piped")?;
    for line in BufReader::new(out).lines() {
        let line = line?;
        if line.starts_with("http") {
            return Ok(Url::parse(line.trim())?);
        }
    }
    bail!("no address was printed")
}

/// Signs in from the command line, as a person does who copies the address into a browser.
pub fn sign_in(desk: &Desk) -> Result<()> {
    let mut child = desk.spawn(&["connect", "--no-browser", "--timeout", "30"])?;
    let callback = press(&printed_address(&mut child)?, Press::Allow)?;
    get(&callback)?;
    let output = child.wait_with_output()?;
    ensure!(output.status.success(), "sign-in failed: {}", crate::desk::errors(&output));
    Ok(())
}

/// A port that was free a moment ago.
pub fn free_port() -> Result<u16> {
    Ok(std::net::TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}
