use super::*;

#[test]
fn names_are_those_of_files() {
    for (i, measure) in Measure::ALL.into_iter().enumerate() {
        assert_eq!(measure as usize, i);
    }
}
