mod errors;

use super::*;

/// A file of that type with these ballots, one per line from line 8 on.
fn file(head: &str, candidates: usize, ballots: &str) -> String {
    let candidates: Vec<String> = (0..candidates)
        .map(|c| format!(r#"{{"id": "c{c}", "name": "C {c}", "cost": {}}}"#, c * 10))
        .collect();
    format!(
        "{{\n \"schema\": \"poll-anchor/1\",\n \"id\": \"x\", \"title\": \"X\",\n {head},\n \"candidates\": [{}],\n \
         \"source\": {{\"name\": [null, 1.5]}},\n \"ballots\": [\n{ballots}\n ]\n}}\n",
        candidates.join(", ")
    )
}

const RANKING: &str = r#""ballot_type": "ranking""#;
const APPROVAL: &str = r#""ballot_type": "approval""#;
const SCORE: &str = r#""ballot_type": "score", "score_range": [0, 5]"#;
const POINTS: &str = r#""ballot_type": "points", "points_per_voter": 8"#;

fn results(text: &str) -> Value {
    count_file(text).unwrap_or_else(|error| panic!("{error}\n{text}"))["results"].clone()
}

fn keys(results: &Value) -> Vec<&str> {
    results
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

#[test]
fn a_file_is_counted_in_whatever_order_its_keys_stand() {
    let text = r#"{"expected": {"pairwise": {}, "borda": 1}, "ballots": [[2, [[0, 1], 2]], [1, []]],
        "candidates": [{"name": "A", "id": "a"}, {"name": "B", "id": "b"}, {"name": "C", "id": "c"}],
        "ballot_type": "ranking", "schema": "poll-anchor/1"}"#;
    assert_eq!(
        count_file(text).unwrap().to_string(),
        r#"{"results":{"pairwise":{"matrix":[[0,0,2],[0,0,2],[0,0,0]]}}}"#
    );
    assert_eq!(count_file(&format!("\u{FEFF}{text}\n\n")), count_file(text));
}

#[test]
fn without_expected_every_count_that_the_ballots_allow_is_made() {
    let strict = file(RANKING, 2, "[1,[0,1]]");
    let names = [
        "condorcet_winner",
        "irv",
        "pairwise",
        "plurality",
        "schulze_wv",
    ];
    assert_eq!(keys(&results(&strict)), names);
    let equal = file(&format!("{RANKING}, \"seats\": 1"), 2, "[1,[[0,1]]]");
    assert_eq!(
        keys(&results(&equal)),
        ["condorcet_winner", "pairwise", "schulze_wv"]
    );
    let seats = file(&format!("{RANKING}, \"seats\": 1"), 2, "[1,[0]]");
    assert!(keys(&results(&seats)).contains(&"stv_scottish"));
    let approval = file(APPROVAL, 2, "[1,[0]]");
    assert_eq!(keys(&results(&approval)), ["approval_counts"]);
    let committee = results(&file(&format!("{APPROVAL}, \"seats\": 1"), 2, "[1,[0]]"));
    assert_eq!(
        keys(&committee),
        ["approval_counts", "approval_top_k", "equal_shares"]
    );
    assert!(committee["equal_shares"]["committees"].is_array());
    let both = format!("{APPROVAL}, \"seats\": 1, \"budget\": 10");
    let both = results(&file(&both, 2, "[1,[0]]"));
    assert_eq!(keys(&both).len(), 5);
    assert!(both["equal_shares"]["selected"].is_array());
    assert_eq!(
        keys(&results(&file(SCORE, 1, "[1,{}]"))),
        ["score_mean", "score_sum"]
    );
    assert_eq!(keys(&results(&file(POINTS, 1, "[1,[]]"))), ["points_sum"]);
    let null = file(RANKING, 2, "[1,[0,1]]").replacen('{', "{\"expected\": null,", 1);
    assert_eq!(keys(&results(&null)), names);
}

#[test]
fn expected_says_which_equal_shares_are_meant() {
    let head = format!("{APPROVAL}, \"seats\": 1, \"budget\": 10");
    let text = file(&head, 2, "[1,[1]]");
    for (expected, field) in [
        (r#"{"equal_shares": {"committees": []}}"#, "committees"),
        (r#"{"equal_shares": {"selected": []}}"#, "selected"),
        (r#"{"equal_shares": null}"#, "selected"),
    ] {
        let text = text.replacen('{', &format!("{{\"expected\": {expected},"), 1);
        assert!(
            results(&text)["equal_shares"][field].is_array(),
            "{expected}"
        );
    }
}

#[test]
fn odd_ballots_are_counted_to_the_letter() {
    // One rank in brackets, an empty rank, a weight of nobody.
    let text = file(RANKING, 3, "[2,[[2],[],0]],\n[0,[[0,1]]],\n[1,[]]");
    let results_ = results(&text);
    assert_eq!(
        results_["plurality"]["first_preferences"],
        serde_json::json!([0, 0, 2])
    );
    assert_eq!(results_["irv"]["winners"], serde_json::json!([2]));
    let text = file(SCORE, 3, r#"[2,{"2":5,"0":1}],[1,{}]"#);
    assert_eq!(
        results(&text)["score_mean"]["means"],
        serde_json::json!(["1", null, "5"])
    );
    // Nobody voted.
    let text = file(RANKING, 2, "");
    assert_eq!(
        results(&text)["plurality"]["winners"],
        serde_json::json!([0, 1])
    );
    assert_eq!(results(&text)["condorcet_winner"]["winner"], Value::Null);
}

#[test]
fn more_than_255_options_are_counted() {
    let text = file(RANKING, 300, "[1,[299,0]],\n[2,[299]]");
    assert_eq!(
        results(&text)["schulze_wv"]["winners"],
        serde_json::json!([299])
    );
    let long: Vec<String> = (0..256).map(|o| o.to_string()).collect();
    let text = file(RANKING, 300, &format!("[1,[{}]]", long.join(",")));
    let error = count_file(&text).unwrap_err();
    assert_eq!(
        (error.line, &error.reason[..]),
        (8, "more than 255 ranks in one ballot")
    );
    let error = count_file(&file(RANKING, 1001, "")).unwrap_err();
    assert_eq!(error.reason, "1001 options: a poll has 1 to 1000");
}

#[test]
fn writing_keeps_everything_that_counts() {
    for (head, ballots) in [
        (RANKING, "[2,[[2,0],1]],[1,[]],[3,[1]]"),
        (APPROVAL, "[2,[2,0]],[1,[]]"),
        (SCORE, r#"[2,{"2":0,"0":5}],[1,{}]"#),
        (POINTS, "[2,[[2,3],[0,5]]],[1,[]],[1,[[1,0]]]"),
    ] {
        let head = format!("{head}, \"seats\": 2, \"budget\": 30");
        let mut anchor = Anchor::read(&file(&head, 3, ballots)).unwrap();
        anchor.title = "« Où ? »\n\"\\\u{1}".to_owned();
        let text = anchor.write();
        let again = Anchor::read(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        assert_eq!(again, anchor, "{text}");
        assert_eq!(again.write(), text);
        assert_eq!(again.results(), anchor.results());
    }
    let anchor = Anchor::read(&file(RANKING, 2, "[1,[1]],[1,[0,1]],[2,[1]]")).unwrap();
    let text = anchor.write();
    assert!(
        text.contains("\n  [1,[0,1]],\n  [3,[1]]\n ]\n}\n"),
        "{text}"
    );
}
