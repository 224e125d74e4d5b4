//! Who may ask: what `Host` and `Origin` have to be. Pure.

/// Whether a `Host` names this server: anything else is a foreign name that was made to lead here.
pub(crate) fn is_ours(host: &str, port: u16) -> bool {
    let Some((name, told)) = host.rsplit_once(':') else { return false };
    is_loopback(name) && port_of(told) == Some(port)
}

/// Whether a page of this origin may ask: one that is served on this machine.
pub(crate) fn is_local(origin: &str) -> bool {
    let Some(host) = origin.strip_prefix("http://") else { return false };
    host.rsplit_once(':').map_or_else(|| is_loopback(host), |(name, port)| is_loopback(name) && port_of(port).is_some())
}

fn is_loopback(name: &str) -> bool {
    name == "127.0.0.1" || name.eq_ignore_ascii_case("localhost")
}

fn port_of(text: &str) -> Option<u16> {
    text.parse().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("127.0.0.1:4000", true)]
    #[case("localhost:4000", true)]
    #[case("LocalHost:4000", true)]
    #[case("127.0.0.1:4001", false)]
    #[case("127.0.0.1", false)]
    #[case("localhost", false)]
    #[case("evil.example:4000", false)]
    #[case("localhost.evil.example:4000", false)]
    #[case("127.0.0.1.evil.example:4000", false)]
    #[case("127.0.0.1:4000.evil.example", false)]
    #[case("127.0.0.1:+4000", false)]
    #[case("user@127.0.0.1:4000", false)]
    #[case("0.0.0.0:4000", false)]
    #[case("[::1]:4000", false)]
    #[case(":4000", false)]
    #[case("", false)]
    fn hosts(#[case] host: &str, #[case] is_fine: bool) {
        assert_eq!(is_ours(host, 4000), is_fine);
    }

    #[rstest]
    #[case("http://127.0.0.1", true)]
    #[case("http://127.0.0.1:8080", true)]
    #[case("http://localhost", true)]
    #[case("http://localhost:5173", true)]
    #[case("null", false)]
    #[case("", false)]
    #[case("https://localhost", false)]
    #[case("https://evil.example", false)]
    #[case("http://evil.example", false)]
    #[case("http://localhost.evil.example", false)]
    #[case("http://127.0.0.1.evil.example:80", false)]
    #[case("http://localhost:80@evil.example", false)]
    #[case("http://localhost:", false)]
    #[case("http://localhost:x", false)]
    #[case("http://localhost/path", false)]
    #[case("file://", false)]
    #[case("chrome-extension://abc", false)]
    fn origins(#[case] origin: &str, #[case] is_fine: bool) {
        assert_eq!(is_local(origin), is_fine);
    }
}
