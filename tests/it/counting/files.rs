//! Files that are not what they should be: an error with its line, never a panic, whatever is in them.

use cercles::domain::count as counting;
use counting::anchor::{Anchor, count_file};
use proptest::prelude::*;

/// One file of each type, with all that counts can need.
const FILES: [&str; 5] = [
    r#"{"schema": "poll-anchor/1", "id": "a", "title": "A", "ballot_type": "ranking", "seats": 2,
 "candidates": [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}, {"id": "c", "name": "C"}, {"id": "d", "name": "D"}],
 "total_weight": 15, "empty_ballots": 1,
 "ballots": [
  [5,[0,1,2]],
  [4,[3]],
  [3,[2,[1,3]]],
  [2,[[1]]],
  [1,[]]
 ],
 "expected": {"pairwise": {}, "schulze_wv": {}, "condorcet_winner": null, "borda": 1}}"#,
    r#"{"schema": "poll-anchor/1", "ballot_type": "ranking", "seats": 2,
 "candidates": [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}, {"id": "c", "name": "C"}],
 "ballots": [
  [5,[0,1,2]],
  [4,[2]],
  [4,[1,0]]
 ]}"#,
    r#"{"schema": "poll-anchor/1", "ballot_type": "approval", "seats": 2, "budget": 90,
 "candidates": [{"id": "a", "name": "A", "cost": 40}, {"id": "b", "name": "B", "cost": 50}, {"id": "c", "name": "C", "cost": 30}],
 "ballots": [
  [5,[0,1]],
  [4,[2]],
  [2,[]]
 ]}"#,
    r#"{"schema": "poll-anchor/1", "ballot_type": "score", "score_range": [-2, 5],
 "candidates": [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}, {"id": "c", "name": "C"}],
 "ballots": [
  [5,{"0":5,"2":-1}],
  [4,{"1":3}],
  [2,{}]
 ]}"#,
    r#"{"schema": "poll-anchor/1", "ballot_type": "points", "points_per_voter": 8, "budget": 90,
 "candidates": [{"id": "a", "name": "A", "cost": 40}, {"id": "b", "name": "B", "cost": 50}, {"id": "c", "name": "C", "cost": 30}],
 "ballots": [
  [5,[[0,5],[2,3]]],
  [4,[[1,8]]],
  [2,[]]
 ]}"#,
];

/// Pieces that break a file in other ways than single bytes do.
const PIECES: [&str; 24] = [
    "-",
    "0",
    "9",
    "99999999999999999999",
    "18446744073709551615",
    "-9223372036854775808",
    "1e999",
    "1.5",
    "null",
    "true",
    "\"",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    "\n",
    "\\u0000",
    "\u{FEFF}",
    "é",
    "[[0]]",
    "{\"0\":1}",
    "\"0\"",
];

/// Counting gives results or an error on a line of the file. Results are written down and read again.
fn must_answer(text: &str) {
    match count_file(text) {
        Ok(results) => {
            let anchor = Anchor::read(text).unwrap();
            assert_eq!(anchor.results().unwrap(), results);
            let again = Anchor::read(&anchor.write()).unwrap();
            assert_eq!(again.ballots.voters(), anchor.ballots.voters());
        }
        Err(error) => {
            assert!(
                (1..=text.split('\n').count()).contains(&error.line),
                "{error}"
            );
            assert!(!error.reason.is_empty());
        }
    }
}

/// Breaks a text at a place: by leaving bytes out, by putting a piece in, or by cutting it off.
fn broken(text: &str, at: usize, length: usize, piece: usize, cut: bool) -> String {
    let bytes = text.as_bytes();
    let at = at % (bytes.len() + 1);
    let mut broken = bytes[..at].to_vec();
    broken.extend(PIECES.get(piece).unwrap_or(&"").as_bytes());
    if !cut {
        broken.extend(&bytes[(at + length).min(bytes.len())..]);
    }
    String::from_utf8_lossy(&broken).into_owned()
}

#[test]
fn the_files_are_right_before_they_are_broken() {
    for text in FILES {
        count_file(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        must_answer(text);
    }
}

#[test]
fn every_file_cut_off_anywhere_is_refused() {
    for text in FILES {
        for end in 0..text.len() {
            let error = count_file(&text[..end]).unwrap_err();
            assert!(
                error.line >= 1 && error.line <= text.lines().count(),
                "{error}"
            );
        }
    }
}

#[test]
fn every_single_byte_can_be_left_out_or_replaced() {
    for text in FILES {
        for at in 0..text.len() {
            must_answer(&broken(text, at, 1, PIECES.len(), false));
            for piece in 0..PIECES.len() {
                must_answer(&broken(text, at, 1, piece, false));
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn files_broken_in_several_places_never_panic(
        file in 0..FILES.len(),
        breaks in proptest::collection::vec((any::<usize>(), 0_usize..12, 0..=PIECES.len(), any::<bool>()), 1..6),
    ) {
        let mut text = FILES[file].to_owned();
        for (at, length, piece, cut) in breaks {
            text = broken(&text, at, length, piece, cut && length == 0);
        }
        must_answer(&text);
    }

    #[test]
    fn any_text_is_answered(text in "\\PC{0,80}") {
        must_answer(&text);
    }

    #[test]
    fn any_json_is_answered(
        head in "\"(schema|ballot_type|candidates|ballots|seats|budget|expected)\"",
        value in "[\\[\\]{}0-9,:\"a-z.eE+-]{0,40}",
    ) {
        must_answer(&format!("{{{head}: {value}}}"));
    }
}

#[test]
fn real_elections_broken_at_many_places_never_panic() {
    let mut dice: usize = 12345;
    let mut throw = || {
        dice = dice
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        dice >> 33
    };
    for (_, text) in super::elections::files() {
        if text.len() > 15_000 {
            continue;
        }
        for _ in 0..60 {
            must_answer(&broken(
                &text,
                throw(),
                throw() % 4,
                throw() % (PIECES.len() + 1),
                throw() % 10 == 0,
            ));
        }
    }
}
