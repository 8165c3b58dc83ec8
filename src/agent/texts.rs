//! Every state and every refusal has a sentence in both languages.

use crate::{PairingError, State, Told};
use baro_locale::{Language, Texts};
use baro_wire::{HelloRefusal, Purpose, Refusal};
use std::path::Path;

#[test]
fn every_state_is_told_in_both_languages() {
    let refusals = [
        Refusal::SignIn,
        Refusal::DeviceRevoked,
        Refusal::NotFound,
        Refusal::NotAllowed,
        Refusal::ConsentMissing { purpose: Purpose::Keep },
        Refusal::WrongCode,
        Refusal::FactorMissing,
        Refusal::TooManyAttempts { wait_s: 1 },
        Refusal::Busy { wait_ms: 1 },
        Refusal::ServerFull { wait_ms: 1 },
        Refusal::Erased,
        Refusal::Malformed,
        Refusal::NotInVersion,
    ];
    let updates = [HelloRefusal::ClientTooOld, HelloRefusal::ServerTooOld, HelloRefusal::SchemaDiffers];
    let mut told = vec![
        Told::UpToDate,
        Told::Busy,
        Told::Offline,
        Told::DeviceFull,
        Told::ServerFull,
        Told::NotAgreed(Purpose::Keep),
        Told::Revoked,
        Told::Erased,
    ];
    told.extend(refusals.into_iter().flat_map(|refusal| [Told::Kept(refusal), Told::SignIn(refusal)]));
    told.extend(updates.map(Told::Update));
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets");
    let both = Language::ALL.map(|language| Texts::load(&assets, language).unwrap());
    for told in told {
        let state = State { told: Some(told), ..State::default() };
        let [english, korean] = both.each_ref().map(|texts| state.sentence(texts));
        for (sentence, hangul) in [(&english, false), (&korean, true)] {
            let is_hangul = sentence.chars().any(|letter| ('가'..='힣').contains(&letter));
            assert!(!sentence.contains("sync-") && is_hangul == hangul, "{told:?}: {sentence}");
        }
    }
    for key in [
        PairingError::Already(String::new()).key(),
        PairingError::NotForThis(baro_wire::Role::Admin).key(),
        PairingError::Code(baro_net::InviteError::Scheme).key(),
        "sync-pair-stranger",
        "sync-pair-wrong-code",
        "sync-pair-wait",
        "sync-pair-update",
        "sync-pair-refused",
        "sync-pair-unreachable",
        "sync-pair-keys",
        "sync-pair-disk",
    ] {
        assert!(both.iter().all(|texts| texts.has(texts.language(), key)), "{key}");
    }
}
