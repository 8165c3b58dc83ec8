//! Every caller × request × relation × consent, against a table that is written down a second time, by relation and not by request.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking, and clippy does not see that these are tests"
)]

use baro_wire::{Ask, Consents, Decision, Purpose, Relation, Role, Standing, may};

/// Who may what of whom, and what must be agreed to: `-` nothing. What is not here is refused.
const TABLE: &str = "
    Patient    Own        OfferRecord PutChunk Have SealRecord PostDiary : Keep
    Device     Own        OfferRecord PutChunk Have SealRecord PostDiary : Keep
    Patient    Own        PostMessage PostNote SeeMessage SeeNote SeePlan SeeDiary : -
    Device     Own        PostMessage PostNote SeeMessage SeeNote SeePlan SeeDiary : -
    Patient    Own        GiveConsent WithdrawConsent RevokeDevice Erase : -
    Device     Own        WithdrawConsent : -
    Therapist  Treats     PostMessage PostPlan SeeMessage SeePlan SeeDiary : Therapist
    Therapist  Treats     PostNote SeeNote : Movements
    Therapist  Treats     ListRecords ReadChunk : Movements
    Therapist  Treats     ReadConsents ReadPosts : -
    Leader     Leads      PostMessage SeeMessage : Class
    Leader     Leads      ReadConsents ReadPosts : -
    Admin      Colleague  RevokeDevice Erase ReadConsents ListDevices ReadAudit : -
    Patient    Own        Feed ReadConsents ListDevices ListRecords ReadChunk ReadPosts ReadAudit : -
    Device     Own        Feed ReadConsents ListDevices ListRecords ReadChunk ReadPosts : -
    Therapist  Own        Feed ReadConsents ListDevices RevokeDevice ReadAudit ListPatients InvitePatient : -
    Leader     Own        Feed ReadConsents ListDevices RevokeDevice ReadAudit ListPatients : -
    Admin      Own        Feed ReadConsents ListDevices RevokeDevice ReadAudit InvitePatient InviteStaff : -
    Patient    Own        EnterRoom : Class
    Therapist  Own        OpenRoom LeadRoom EnterRoom : -
    Leader     Own        OpenRoom LeadRoom EnterRoom : -
    Patient    Own        SeeAvatar SeeRepetitions SeeScore SeeHeartRate SeeForm SeeAlarm : -
    Therapist  Own        SeeAvatar SeeRepetitions SeeScore SeeHeartRate SeeForm SeeAlarm : -
    Leader     Own        SeeAvatar SeeRepetitions SeeScore SeeHeartRate SeeForm SeeAlarm : -
    Therapist  Treats     SeeAvatar SeeRepetitions SeeScore SeeHeartRate SeeForm : Movements
    Therapist  Treats     SeeAlarm : Class
    Leader     Leads      SeeRepetitions SeeForm SeeAlarm : Class
    Patient    Classmate  SeeAvatar SeeRepetitions SeeScore SeeHeartRate : Class
    Therapist  Classmate  SeeAvatar SeeRepetitions SeeScore SeeHeartRate SeeAlarm : Class
    Leader     Classmate  SeeAvatar SeeRepetitions SeeScore SeeHeartRate SeeAlarm : Class
    Patient    Classmate  ReportPerson ReportInsulting ReportDisturbing ReportNotWhoTheySay : -
    Therapist  Classmate  ReportPerson ReportInsulting ReportDisturbing ReportNotWhoTheySay : -
    Leader     Classmate  ReportPerson ReportInsulting ReportDisturbing ReportNotWhoTheySay : -
";

/// The table's word: which consent is needed, if it is allowed at all.
fn allowed(role: Role, relation: Relation, ask: Ask) -> Option<Option<Purpose>> {
    let wanted = (format!("{role:?}"), format!("{relation:?}"), format!("{ask:?}"));
    let row = TABLE.lines().find(|line| {
        let mut words = line.split_whitespace();
        words.next() == Some(&wanted.0)
            && words.next() == Some(&wanted.1)
            && words.take_while(|word| *word != ":").any(|word| word == wanted.2)
    })?;
    let needed = row.rsplit(": ").next().unwrap();
    Some(Purpose::ALL.into_iter().find(|purpose| format!("{purpose:?}") == needed))
}

fn greets(ask: Ask) -> bool {
    matches!(ask, Ask::Pair | Ask::SignIn | Ask::Resume)
}

#[test]
fn every_pair_is_allowed_or_refused_as_the_table_says() {
    let mut decided = 0;
    for role in Role::ALL {
        for &ask in Ask::ALL {
            for relation in Relation::ALL {
                for consents in Consents::every() {
                    let decision = may(Standing::As(role), ask, relation, consents);
                    let knows = matches!(
                        (role, relation),
                        (_, Relation::Own)
                            | (Role::Therapist, Relation::Treats)
                            | (Role::Leader, Relation::Leads)
                            | (Role::Patient | Role::Therapist | Role::Leader, Relation::Classmate)
                    );
                    let expected = match allowed(role, relation, ask) {
                        _ if greets(ask) => Decision::Allowed,
                        Some(Some(purpose)) if !consents.has(purpose) => Decision::Consent(purpose),
                        Some(_) => Decision::Allowed,
                        None if knows => Decision::Forbidden,
                        None => Decision::Hidden,
                    };
                    assert_eq!(decision, expected, "{role:?} {ask:?} {relation:?} {consents:?}");
                    decided += 1;
                }
            }
        }
    }
    assert_eq!(decided, Role::ALL.len() * Ask::ALL.len() * Relation::ALL.len() * 16);
}

#[test]
fn a_stranger_may_only_introduce_themselves() {
    for &ask in Ask::ALL {
        for relation in Relation::ALL {
            for consents in Consents::every() {
                let expected = if greets(ask) { Decision::Allowed } else { Decision::SignIn };
                assert_eq!(may(Standing::Stranger, ask, relation, consents), expected);
            }
        }
    }
}

/// Each word of the table is one of the code, so that no row is dead.
#[test]
fn the_table_names_what_there_is() {
    let known = |word: &str| {
        Ask::ALL.iter().map(|ask| format!("{ask:?}")).any(|name| name == word)
            || Role::ALL.iter().map(|role| format!("{role:?}")).any(|name| name == word)
            || Relation::ALL.iter().map(|relation| format!("{relation:?}")).any(|name| name == word)
            || Purpose::ALL.iter().map(|purpose| format!("{purpose:?}")).any(|name| name == word)
            || [":", "-"].contains(&word)
    };
    for word in TABLE.split_whitespace() {
        assert!(known(word), "{word}");
    }
    assert!(
        Ask::ALL.is_sorted() && Ask::ALL.last() == Some(&Ask::ReportNotWhoTheySay),
        "Ask::ALL has every variant"
    );
}

/// Nothing of another organisation, or of a stranger's, is ever told apart from what does not exist.
#[test]
fn without_a_relation_everything_looks_missing() {
    for role in Role::ALL {
        for &ask in Ask::ALL.iter().filter(|ask| !greets(**ask)) {
            for consents in Consents::every() {
                assert_eq!(may(Standing::As(role), ask, Relation::Nothing, consents), Decision::Hidden);
            }
        }
    }
}
