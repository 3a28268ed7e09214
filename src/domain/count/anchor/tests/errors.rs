use super::*;

#[test]
fn an_error_gives_its_line_and_its_reason() {
    let first = "[1,[0]]";
    for (head, ballots, line, reason) in [
        (RANKING, "[1,[0,3]]", 9, "option 3 is unknown"),
        (RANKING, "[1,[-1]]", 9, "integer `-1`, expected an option"),
        (RANKING, "[1,[[0,1],1]]", 9, "option 1 stands twice"),
        (RANKING, "[1,[0.5]]", 9, "floating point"),
        (RANKING, "[1,[\"a\"]]", 9, "string"),
        (RANKING, "[-1,[0]]", 9, "expected a whole number of voters"),
        (RANKING, "[1.5,[0]]", 9, "expected a whole number of voters"),
        (
            RANKING,
            "[99999999999999999999,[0]]",
            9,
            "expected a whole number of voters",
        ),
        (
            RANKING,
            "[18446744073709551615,[0]]",
            9,
            "more than 1099511627776 ballots",
        ),
        (
            RANKING,
            "[1]",
            9,
            "invalid length 1, expected [weight, ballot]",
        ),
        (
            RANKING,
            "[1,[0],2]",
            9,
            "invalid length 3, expected [weight, ballot]",
        ),
        (RANKING, "[1,{\"0\":1}]", 9, "expected a list of options"),
        (RANKING, "[1,[0,1]\n],[1,[0]]]", 11, "expected"),
        (RANKING, "[1,[0,]]", 9, "expected value"),
        (APPROVAL, "[1,[0,0]]", 9, "option 0 stands twice"),
        (APPROVAL, "[1,[0,1,2,3]]", 9, "option 3 is unknown"),
        (APPROVAL, "[1,[[0]]]", 9, "expected an option from 0 to 2"),
    ] {
        let text = file(head, 3, &format!("{first},\n{ballots}"));
        let error = count_file(&text).unwrap_err();
        assert!(error.reason.contains(reason), "{ballots}: {error}");
        assert_eq!(error.line, line, "{ballots}: {error}");
    }
    for (head, ballots, reason) in [
        (
            SCORE,
            r#"[1,{"0":6}]"#,
            "expected a whole score from 0 to 5",
        ),
        (
            SCORE,
            r#"[1,{"0":-1}]"#,
            "expected a whole score from 0 to 5",
        ),
        (
            SCORE,
            r#"[1,{"0":2.5}]"#,
            "expected a whole score from 0 to 5",
        ),
        (SCORE, r#"[1,{"0":1,"0":1}]"#, "option 0 stands twice"),
        (SCORE, r#"[1,{"3":1}]"#, "option 3 is unknown"),
        (SCORE, r#"[1,{"x":1}]"#, "expected"),
        (SCORE, "[1,[0]]", "expected an object of options and scores"),
        (POINTS, "[1,[[0,5],[1,4]]]", "more than 8 points given"),
        (POINTS, "[1,[[0,5],[0,1]]]", "option 0 stands twice"),
        (POINTS, "[1,[[0,-5]]]", "expected a whole number of points"),
        (
            POINTS,
            "[1,[[0]]]",
            "invalid length 1, expected [option, points]",
        ),
        (
            POINTS,
            "[1,[[0,1,1]]]",
            "invalid length 3, expected [option, points]",
        ),
        (
            POINTS,
            "[1,[[0,18446744073709551615],[1,1]]]",
            "more than 8 points given",
        ),
    ] {
        let error = count_file(&file(head, 3, ballots)).unwrap_err();
        assert!(error.reason.contains(reason), "{ballots}: {error}");
        assert_eq!(error.line, 8, "{ballots}: {error}");
    }
}

#[test]
fn the_rest_of_the_file_is_checked_too() {
    let good = file(RANKING, 3, "[1,[0]]");
    for (from, to, line, reason) in [
        (
            "poll-anchor/1",
            "poll-anchor/2",
            2,
            "unknown variant `poll-anchor/2`",
        ),
        ("\"ranking\"", "\"borda\"", 4, "unknown variant `borda`"),
        (
            "\"ranking\"",
            "\"ranking\", \"seats\": 0",
            4,
            "seats: at least one",
        ),
        (
            "\"ranking\"",
            "\"ranking\", \"seats\": -1",
            4,
            "expected u64",
        ),
        (
            "\"ranking\"",
            "\"ranking\", \"budget\": 1.5",
            4,
            "expected u64",
        ),
        (
            "\"ranking\"",
            "\"ranking\", \"score_range\": [5, 0]",
            4,
            "scores from 5 to 0",
        ),
        (
            "\"ranking\"",
            "\"ranking\", \"points_per_voter\": 9999999",
            4,
            "9999999 points per voter",
        ),
        ("\"ranking\"", "\"score\"", 7, "missing field `score_range`"),
        (
            "\"ranking\"",
            "\"points\"",
            7,
            "missing field `points_per_voter`",
        ),
        ("\"cost\": 0", "\"cost\": -1", 5, "expected u64"),
        (
            "\"cost\": 0",
            "\"cost\": 0, \"cost\": 1",
            5,
            "duplicate field `cost`",
        ),
        (
            "{\"id\": \"c0\"",
            "[], {\"id\": \"c0\"",
            5,
            "invalid type: sequence",
        ),
        (
            "\"id\": \"x\"",
            "\"total_weight\": 2, \"id\": \"x\"",
            9,
            "total_weight is 2, but the ballots make 1",
        ),
        (
            "\"id\": \"x\"",
            "\"empty_ballots\": 1, \"id\": \"x\"",
            9,
            "empty_ballots is 1, but the ballots make 0",
        ),
        ("\"ballots\"", "\"paper\"", 10, "missing field `ballots`"),
        (
            "\"candidates\"",
            "\"options\"",
            10,
            "missing field `candidates`",
        ),
        ("\"schema\"", "\"scheme\"", 10, "missing field `schema`"),
        (
            "\"id\": \"x\"",
            "\"ballots\": [], \"id\": \"x\"",
            7,
            "duplicate field `ballots`",
        ),
        ("\n}\n", "\n}\n}", 11, "trailing characters"),
        ("\n}\n", "\n", 10, "EOF while parsing"),
        (
            "\"id\": \"x\"",
            "\"expected\": {\"irv\": 1,\n\"score_sum\": 1}, \"id\": \"x\"",
            4,
            "score_sum: this count needs other ballots",
        ),
        (
            "\"id\": \"x\"",
            "\"expected\": {\"stv_scottish\": 1}, \"id\": \"x\"",
            3,
            "stv_scottish: the number of seats is missing",
        ),
        (
            "\"id\": \"x\"",
            "\"expected\": {\"irv\": 1, \"irv\": 2}, \"id\": \"x\"",
            3,
            "irv stands twice",
        ),
        (
            "\"id\": \"x\"",
            "\"expected\": [], \"id\": \"x\"",
            3,
            "expected an object",
        ),
        ("[1,[0]]", "[1,[[0,1]]]", 0, ""),
    ] {
        let text = good.replacen(from, to, 1);
        assert_ne!(text, good, "{from}");
        match count_file(&text) {
            Err(error) => {
                assert!(error.reason.contains(reason), "{to}: {error}");
                assert_eq!(error.line, line, "{to}: {error}");
            }
            Ok(_) => assert_eq!(line, 0, "{to}"),
        }
    }
    let equal = file(
        &format!("{RANKING}, \"expected\": {{\"irv\": 1}}"),
        3,
        "[1,[[0,1]]]",
    );
    let error = count_file(&equal).unwrap_err();
    assert_eq!(error.line, 4);
    assert!(
        error
            .reason
            .starts_with("irv: a ballot ranks options equal"),
        "{error}"
    );
    for text in [
        "", "[]", "null", "{", "{}", "\u{0}", "[[[[", "\"a\"", "1e999",
    ] {
        assert!(count_file(text).is_err(), "{text}");
    }
    let deep = "[".repeat(100_000);
    assert!(count_file(&deep).is_err());
    assert!(count_file(&format!("{{\"source\": {deep}")).is_err());
}

#[test]
fn a_ballot_over_several_lines_is_named_by_the_line_that_is_wrong() {
    let text = file(RANKING, 3, "[\n1,\n[\n0,\n7,\n1\n]\n]");
    assert_eq!(count_file(&text).unwrap_err().line, 12);
    let text = file(SCORE, 3, "[\n1,\n{\n\"0\":\n9,\n\"1\": 2\n}\n]");
    assert_eq!(count_file(&text).unwrap_err().line, 12);
}
