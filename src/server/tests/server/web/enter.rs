//! Who comes in, and what a page from elsewhere can't do.

use super::browser::{Browser, PASSWORD, Staff};
use crate::{device::paired, running::Running};
use baro_wire::Role;

#[test]
fn a_link_a_password_and_digits_open_the_pages() {
    let server = Running::start();
    let mut staff = Staff::new(&server, Role::Therapist, 2, None);
    let mut nobody = Browser::default();
    let page = nobody.get(&server, "/");
    assert_eq!((page.status, page.header("location")), (303, Some("/sign-in")));

    let link = staff.link(&server);
    let page = nobody.get(&server, &link);
    assert!(page.status == 200 && page.body.contains(&staff.name), "{}", page.body);
    let digits = staff.digits();
    for (password, again, why) in
        [("short", "short", "too short"), (PASSWORD, "seven green umbrella", "not the same")]
    {
        let typed = [("password", password), ("again", again), ("digits", &*digits)];
        let page = nobody.post(&server, &link, &typed);
        assert!(page.status == 200 && page.body.contains(why), "{}", page.body);
    }
    let typed = [("password", PASSWORD), ("again", PASSWORD), ("digits", "000000")];
    assert!(nobody.post(&server, &link, &typed).body.contains("digits were not right"));
    let typed = [("password", PASSWORD), ("again", PASSWORD), ("digits", &*digits)];
    let page = nobody.post(&server, &link, &typed);
    assert_eq!((page.status, page.header("location")), (303, Some("/")), "{}", page.body);
    assert_eq!(nobody.get(&server, "/").status, 200);
    assert_eq!(Browser::default().get(&server, &link).status, 404, "a link is good once");

    // Signed out is signed out, also for whoever kept the cookie.
    let kept = nobody.clone();
    let form = nobody.get(&server, "/").form();
    assert_eq!(nobody.post(&server, "/sign-out", &[("form", &form)]).status, 303);
    assert!(nobody.0.is_empty());
    assert_eq!(kept.clone().get(&server, "/").status, 303);

    // And in again, with digits that nobody used.
    let again = staff.digits();
    let typed = |password: &'static str, digits: &str| {
        vec![("name", staff.name.clone()), ("password", password.into()), ("digits", digits.into())]
    };
    let mut sign_in = |typed: Vec<(&'static str, String)>| {
        let typed: Vec<_> = typed.iter().map(|(name, value)| (*name, &**value)).collect();
        nobody.post(&server, "/sign-in", &typed)
    };
    assert!(sign_in(typed(PASSWORD, &digits)).body.contains("not right"), "used digits");
    assert!(sign_in(typed("seven green umbrellaz", &again)).body.contains("not right"));
    assert_eq!(sign_in(typed(PASSWORD, &again)).header("location"), Some("/"));
    assert!(server.done(&["devices", &staff.id]).contains("browser"));

    // What the operator ends is over at once; a new link puts an end to the old password.
    let device = server.done(&["devices", &staff.id]);
    let device = device.lines().find(|line| line.contains("browser") && !line.contains("revoked")).unwrap();
    server.done(&["revoke", device.split_whitespace().next().unwrap()]);
    assert_eq!(nobody.get(&server, "/").header("location"), Some("/sign-in"));
    let mut new = staff.browser(&server);
    assert_eq!(new.get(&server, "/").status, 200);
    assert!(server.log().lines().all(|line| !line.contains(&staff.name)), "{}", server.log());
}

#[test]
fn passwords_are_guessed_slowly_and_only_staff_have_one() {
    let server = Running::start();
    let patient = paired(&Running::invitation(&server.said), 1).is.person.to_string();
    assert!(server.refused(&["web-access", &patient]).contains("for staff"));
    let mut staff = Staff::new(&server, Role::Therapist, 2, None);
    staff.browser(&server);
    let (mut browser, name) = (Browser::default(), staff.name.clone());
    let mut guess = |name: &str| {
        let typed = [("name", name), ("password", "guess guess guess"), ("digits", "123456")];
        browser.post(&server, "/sign-in", &typed)
    };
    let (known, unknown) = (guess(&name), guess("00000000"));
    assert_eq!((known.status, &known.body), (unknown.status, &unknown.body), "nobody learns who is there");
    let guesses: Vec<u16> = (0..6).map(|_| guess(&name).status).collect();
    assert!(guesses.ends_with(&[429, 429]), "{guesses:?}");
}

#[test]
fn every_answer_is_guarded_and_forms_from_elsewhere_do_nothing() {
    let server = Running::start();
    let mut staff = Staff::new(&server, Role::Therapist, 2, None);
    let mut browser = staff.browser(&server);
    for path in ["/", "/sign-in", "/nowhere", "/static/web.css"] {
        let page = browser.get(&server, path);
        let policy = page.header("content-security-policy").unwrap();
        assert!(
            policy.starts_with("default-src 'none'; script-src 'self'") && !policy.contains("unsafe"),
            "{policy}"
        );
        assert_eq!(page.header("x-content-type-options"), Some("nosniff"));
        assert!(page.header("cache-control").is_some());
        assert!(!page.body.contains(" style=") && !page.body.contains(" onclick="), "{path}");
    }
    let page = browser.get(&server, "/");
    assert_eq!(page.header("cache-control"), Some("no-store"));
    let form = page.form();
    let own = format!("https://{}", server.web);
    for (headers, form) in [
        (vec![], &*form),
        (vec![("Origin", "https://evil.example")], &*form),
        (vec![("Origin", &*own)], "guessed"),
        (vec![("Sec-Fetch-Site", "cross-site"), ("Origin", &*own)], &*form),
        (vec![("Sec-Fetch-Site", "same-site")], &*form),
    ] {
        let page = browser.clone().send(&server, "POST", "/sign-out", &headers, &format!("form={form}"));
        assert_eq!(page.status, 403, "{headers:?}");
    }
    assert_eq!(browser.get(&server, "/").status, 200, "still signed in");
    // Nobody is signed in from elsewhere, either.
    let typed = "name=x&password=y&digits=123456";
    let page =
        Browser::default().send(&server, "POST", "/sign-in", &[("Origin", "https://evil.example")], typed);
    assert_eq!(page.status, 403);
    let large = format!("form={}", "x".repeat(40_000));
    assert_eq!(browser.send(&server, "POST", "/sign-out", &[("Origin", &own)], &large).status, 413);

    let korean = browser.get(&server, "/?lang=ko");
    assert!(korean.body.contains("lang=\"ko\"") && korean.body.contains("환자 목록"), "{}", korean.body);
    assert!(browser.get(&server, "/").body.contains("환자 목록"), "kept");
}
