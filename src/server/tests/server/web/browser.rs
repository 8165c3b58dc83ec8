//! A browser without a window: it keeps cookies, finds forms, and sends them as browsers do.

use crate::{
    device::{digits_of_step, paired, secret_of},
    running::Running,
};
use baro_wire::Role;
use std::{
    collections::BTreeMap,
    io::{Read as _, Write as _},
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

pub const PASSWORD: &str = "seven green umbrellas";

/// What came back.
pub struct Page {
    pub status: u16,
    pub head: String,
    pub body: String,
    /// As it came, where it is no text.
    pub bytes: Vec<u8>,
    /// From the end of the question to the end of the answer, on a connection that stands.
    pub took: Duration,
    /// The same until the place of a film was there, which comes before the rest.
    pub film: Option<Duration>,
}

/// The end of the place of a film.
const FILM: &[u8] = b"/static/film.js";

impl Page {
    pub fn header(&self, name: &str) -> Option<&str> {
        let line = self
            .head
            .lines()
            .find_map(|line| line.split_once(": ").filter(|(key, _)| key.eq_ignore_ascii_case(name)));
        line.map(|(_, value)| value)
    }

    /// The fields of the form that goes to this address, as a browser would send them unchanged; without a button's.
    pub fn fields(&self, action: &str) -> Fields {
        let forms = self.body.split("<form").skip(1).map(|form| form.split("</form>").next().unwrap());
        let form = forms.into_iter().find(|form| form.contains(&format!("action=\"{action}\"")));
        let form = form.unwrap_or_else(|| panic!("no form for {action}: {}", self.body));
        let mut fields = Vec::new();
        for (at, _) in form.match_indices('<') {
            let (tag, rest) = form[at + 1..].split_once('>').unwrap();
            let kind = tag.split([' ', '/']).next().unwrap();
            let inside = || rest.split(&format!("</{kind}")).next().unwrap();
            let value = match kind {
                "input" if tag.contains("checkbox") => tag.contains(" checked").then(|| "on".to_owned()),
                "input" => Some(attribute(tag, "value").unwrap_or_default()),
                "textarea" => Some(plain(inside())),
                "select" => {
                    let options: Vec<&str> = inside().split("<option").skip(1).collect();
                    let tag = |option: &&&str| option.split('>').next().unwrap().contains(" selected");
                    options.iter().find(tag).or(options.first()).and_then(|option| attribute(option, "value"))
                }
                _ => None,
            };
            fields.extend(attribute(tag, "name").zip(value));
        }
        Fields(fields)
    }

    /// The value of the field that every form holds.
    pub fn form(&self) -> String {
        let rest = self
            .body
            .split("name=\"form\" value=\"")
            .nth(1)
            .unwrap_or_else(|| panic!("no form: {}", self.body));
        rest.split('"').next().unwrap().to_owned()
    }
}

/// What a form holds.
#[derive(Clone, Debug)]
pub struct Fields(pub Vec<(String, String)>);

impl Fields {
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(other, _)| other == name).map(|(_, value)| &**value).unwrap_or_default()
    }

    /// With these typed.
    pub fn with(mut self, typed: &[(&str, &str)]) -> Self {
        for (name, value) in typed {
            self.0.retain(|(other, _)| other != name);
            self.0.push(((*name).to_owned(), (*value).to_owned()));
        }
        self
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let rest = tag.split('>').next()?.split(&format!(" {name}=\"")).nth(1)?;
    Some(plain(rest.split('"').next()?))
}

/// Text as a browser reads it.
fn plain(html: &str) -> String {
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")]
        .into_iter()
        .fold(html.to_owned(), |text, (from, to)| text.replace(from, to))
}

/// Cookies, by name.
#[derive(Clone, Default)]
pub struct Browser(pub BTreeMap<String, String>);

impl Browser {
    pub fn get(&mut self, server: &Running, path: &str) -> Page {
        self.send(server, "GET", path, &[], "")
    }

    /// A form of a page of this server.
    pub fn post(&mut self, server: &Running, path: &str, fields: &[(&str, &str)]) -> Page {
        let origin = format!("https://{}", server.web);
        self.send(server, "POST", path, &[("Origin", &origin)], &encoded(fields))
    }

    pub fn post_fields(&mut self, server: &Running, path: &str, fields: &Fields) -> Page {
        let fields: Vec<_> = fields.0.iter().map(|(name, value)| (&**name, &**value)).collect();
        self.post(server, path, &fields)
    }

    pub fn send(
        &mut self,
        server: &Running,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Page {
        let mut to = server.tls(server.web);
        let cookies: Vec<String> = self.0.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut head = format!("{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n", server.web);
        for (name, value) in headers {
            head += &format!("{name}: {value}\r\n");
        }
        if !cookies.is_empty() {
            head += &format!("Cookie: {}\r\n", cookies.join("; "));
        }
        if method == "POST" {
            head += &format!(
                "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n",
                body.len()
            );
        }
        // The connection stands when the head has gone.
        write!(to, "{head}").and_then(|()| to.flush()).unwrap();
        let begun = Instant::now();
        write!(to, "\r\n{body}").unwrap();
        let (mut answer, mut part, mut film) = (Vec::new(), [0; 16 * 1024], None);
        // A TLS end without its last word is none of ours.
        while let Ok(n @ 1..) = to.read(&mut part) {
            answer.extend_from_slice(&part[..n]);
            let new = &answer[answer.len().saturating_sub(n + FILM.len())..];
            if film.is_none() && new.windows(FILM.len()).any(|some| some == FILM) {
                film = Some(begun.elapsed());
            }
        }
        let took = begun.elapsed();
        let end = answer.windows(4).position(|four| four == b"\r\n\r\n");
        let (head, rest) = answer.split_at(end.unwrap_or_else(|| panic!("{path}: no answer")));
        let head = String::from_utf8_lossy(head).into_owned();
        let chunked = head.to_lowercase().contains("transfer-encoding: chunked");
        let bytes = if chunked { joined(&rest[4..]) } else { rest[4..].to_vec() };
        let body = String::from_utf8_lossy(&bytes).into_owned();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let page = Page { status, head, body, bytes, took, film };
        self.keep(&page);
        page
    }

    fn keep(&mut self, page: &Page) {
        for line in page.head.lines() {
            let Some((name, value)) = line.split_once(": ") else { continue };
            if !name.eq_ignore_ascii_case("set-cookie") {
                continue;
            }
            for must in ["; Path=/;", "; Secure", "; HttpOnly", "; SameSite=Strict"] {
                assert!(value.contains(must), "{value}");
            }
            let (name, value) = value.split(';').next().unwrap().split_once('=').unwrap();
            assert!(name.starts_with("__Host-"), "{name}");
            self.0.insert(name.into(), value.into());
        }
        self.0.retain(|_, value| !value.is_empty());
    }
}

/// What was sent in parts, each behind its length.
fn joined(mut bytes: &[u8]) -> Vec<u8> {
    let mut all = Vec::new();
    while let Some(end) = bytes.windows(2).position(|two| two == b"\r\n") {
        let length = usize::from_str_radix(std::str::from_utf8(&bytes[..end]).unwrap(), 16).unwrap();
        all.extend_from_slice(&bytes[end + 2..end + 2 + length]);
        bytes = &bytes[end + 2 + length + 2..];
    }
    all
}

/// As browsers write forms.
pub fn encoded(fields: &[(&str, &str)]) -> String {
    let letters = |text: &str| -> String {
        let byte = |byte: u8| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        };
        text.bytes().map(byte).collect()
    };
    fields.iter().map(|(name, value)| format!("{name}={}", letters(value))).collect::<Vec<_>>().join("&")
}

/// A member of staff who may sign in.
pub struct Staff {
    pub id: String,
    pub name: String,
    secret: Vec<u8>,
    /// Each step's digits are good once.
    step: u64,
}

impl Staff {
    pub fn new(server: &Running, role: Role, number: u8, organisation: Option<&str>) -> Self {
        let role = format!("{role:?}").to_lowercase();
        let mut invite = vec!["invite", "--role", &role];
        invite.extend(organisation.iter().flat_map(|id| ["--organisation", id]));
        let said = server.done(&invite);
        let device = paired(&Running::invitation(&said), number);
        let id = device.is.person.to_string();
        let url = Running::word(&server.done(&["factor", &id]), "factor");
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() / 30;
        Self { name: id.chars().take(8).collect(), id, secret: secret_of(&url), step: now }
    }

    /// Digits that are good for a minute yet: a Chromium takes its time to start.
    pub fn late_digits(&mut self) -> String {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() / 30;
        self.step = self.step.max(now + 1);
        self.digits()
    }

    pub fn digits(&mut self) -> String {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() / 30;
        // The step of now is good for half a minute at least, also where the machine is busy.
        self.step = self.step.max(now);
        while self.step > SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() / 30 + 1 {
            std::thread::sleep(std::time::Duration::from_millis(200));
        }
        let digits = digits_of_step(&self.secret, self.step);
        self.step += 1;
        format!("{digits:06}")
    }

    /// The path of a new link.
    pub fn link(&self, server: &Running) -> String {
        let link = Running::word(&server.done(&["web-access", &self.id]), "link");
        link.strip_prefix(&format!("https://{}", server.web)).unwrap_or_else(|| panic!("{link}")).to_owned()
    }

    /// Chooses a password with a new link, and is signed in by that.
    pub fn browser(&mut self, server: &Running) -> Browser {
        let (link, mut browser) = (self.link(server), Browser::default());
        assert_eq!(browser.get(server, &link).status, 200);
        let digits = self.digits();
        let chosen = [("password", PASSWORD), ("again", PASSWORD), ("digits", &digits)];
        let page = browser.post(server, &link, &chosen);
        assert_eq!((page.status, page.header("location")), (303, Some("/")), "{}", page.body);
        browser
    }
}
