#![no_main]

use baro_review::measures::Questionnaire;

// A FHIR Questionnaire that a clinic loads: refused or read, and what was read can be asked and is named.
libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Ok(questionnaire) = Questionnaire::from_json(text) {
        let nothing = Default::default();
        let asked = questionnaire.asked(&nothing).count();
        assert!(asked <= text.len());
        let _ = (questionnaire.in_language("ko"), questionnaire.band(0.0), questionnaire.band(f64::NAN));
    }
});
