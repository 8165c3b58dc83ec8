#![no_main]

use baro_review::measures::{Answer, Questionnaire};

// A FHIR Questionnaire that a clinic loads: refused or read, and what was read can be asked, named, answered and counted.
libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Ok(questionnaire) = Questionnaire::from_json(text) {
        let nothing = Default::default();
        let asked = questionnaire.asked(&nothing).count();
        assert!(asked <= text.len());
        let _ = questionnaire.title.in_language("ko");
        let first = |item: &baro_review::measures::Item| {
            Some((item.link_id.clone(), Answer::Code(item.choices.first()?.code.clone())))
        };
        let answers = questionnaire.items.iter().filter_map(first).collect();
        let _ = questionnaire.asks_for_safety(&answers);
        if let Ok(filled) = questionnaire.fill(Default::default(), answers) {
            let _ = filled.total();
        }
    }
});
