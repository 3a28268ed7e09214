use crate::command::invocation::{PollWish, Who};
use crate::domain::poll::rules::{Eligibility, Level, PollKind, Reveal, Voices};
use chrono::{NaiveDate, TimeZone};
use chrono_tz::America::Toronto;
use proptest::prelude::*;

use super::*;
use crate::command::Grammar;
use crate::command::invocation::commitments::Act;
use crate::domain::checkin::Answer;
use crate::domain::commitment::{CheckIn, Visibility};
use crate::domain::ids::ShortId;
use crate::domain::language::Language;
use crate::domain::series::{Pace, RepeatWish};
use crate::domain::when::When;
use crate::domain::workshop::{Mode, Request, Rsvp, Spoken, Wish};
use crate::i18n::Words;

/// Monday, 23 November 2026, noon in Québec.
fn now() -> DateTime<Utc> {
    local(2026, 11, 23, 12, 0)
}

fn local(y: i32, m: u32, d: u32, h: u32, min: u32) -> DateTime<Utc> {
    Toronto
        .with_ymd_and_hms(y, m, d, h, min, 0)
        .unwrap()
        .with_timezone(&Utc)
}

fn grammar() -> Grammar {
    Grammar::new(&Words::load().unwrap())
}

fn read(text: &str) -> Result<Parsed, ParseError> {
    let grammar = grammar();
    let (spec, rest) = grammar.command(text).expect("a known command");
    typed(&grammar, spec, rest, now(), Toronto)
}

fn ready(text: &str) -> Command {
    match read(text).unwrap() {
        Parsed::Ready(command) => command,
        Parsed::Missing(missing) => panic!("{text:?} lacks {}", missing.first.name),
    }
}

fn created(wish: Wish) -> Command {
    Command::WorkshopCreate {
        wish: Box::new(wish),
        draft: false,
        publish: None,
    }
}

#[test]
fn a_workshop_is_created_in_one_line() {
    let expected = created(Wish {
        title: Some("Se nourrir en 2040".into()),
        when: Some((local(2026, 12, 3, 19, 0), None)),
        place: Some("Centre Saint-Roch".into()),
        ..Wish::default()
    });
    for text in [
        r#"atelier créer "Se nourrir en 2040" 3 décembre 19 h lieu="Centre Saint-Roch""#,
        r#"atelier creer « Se nourrir en 2040 » 3 décembre 19 h lieu=Centre Saint-Roch"#,
        "atelier créer Se nourrir en 2040 | 3 décembre 19 h | Centre Saint-Roch",
        "atelier créer\nSe nourrir en 2040\n3 décembre 19 h\nlieu : Centre Saint-Roch",
        "workshop create \"Se nourrir en 2040\" December 3 7pm place=\"Centre Saint-Roch\"",
        r#"atelier créer quand="3 décembre 19 h" lieu="Centre Saint-Roch" titre="Se nourrir en 2040""#,
    ] {
        assert_eq!(ready(text), expected, "{text}");
    }
}

#[test]
fn everything_that_a_workshop_says_can_be_typed_in_both_languages() {
    let slugs = |slugs: &[&str]| Some(slugs.iter().map(|&slug| slug.to_owned()).collect());
    let expected = Wish {
        title: Some("Se nourrir // Feeding ourselves".into()),
        when: Some((local(2026, 12, 3, 19, 0), None)),
        mode: Some(Mode::Hybrid),
        cost: Some("5 $".into()),
        access: slugs(&["entree-sans-marche", "lsq"]),
        transit: Some("bus 7".into()),
        spoken: Some(Spoken::Bilingual),
        themes: slugs(&["agriculture", "transport"]),
        step: Some("plan".into()),
        kind: Some("vision".into()),
        hosts: slugs(&["Coop A", "Coop B"]),
        ..Wish::default()
    };
    for text in [
        "atelier créer \"Se nourrir // Feeding ourselves\" 3 décembre 19 h mode=hybride coût=\"5 $\" accès=entrée, lsq \
         trajet=bus 7 langue-parlée=les deux thèmes=alimentation; transport étape=plan type=vision par=Coop A, Coop B",
        "workshop create\nSe nourrir // Feeding ourselves\nDecember 3 7pm\nmode: hybrid\ncost: 5 $\n\
         access: step-free entrance, LSQ\ngetting-there: bus 7\nspoken: both\nthemes: Agriculture and food; transport\n\
         step: operational\ntype: vision\nhosts: Coop A; Coop B",
    ] {
        assert_eq!(ready(text), created(expected.clone()), "{text}");
    }
    let wish = Wish {
        without: vec!["place".into(), "cost".into()],
        ..Wish::default()
    };
    assert_eq!(
        ready("atelier modifier A3 enlever=lieu, coût"),
        Command::WorkshopEdit {
            workshop: 3,
            wish: Box::new(wish),
            all: false,
        }
    );
    assert!(matches!(
        read("atelier modifier A3 thèmes=télégraphe"),
        Err(ParseError::Term {
            vocabulary: "themes",
            ..
        })
    ));
    assert!(matches!(
        read("atelier modifier A3 enlever=couleur"),
        Err(ParseError::UnknownArgument { .. })
    ));
}

#[test]
fn a_workshop_comes_again_in_plain_words_or_by_a_rule() {
    let weekly = RepeatWish {
        every: Some(Pace::TwoWeeks),
        times: Some(10),
        until: NaiveDate::from_ymd_opt(2027, 6, 30),
        ..RepeatWish::default()
    };
    for text in [
        "atelier répéter A3 deux semaines fois=10 jusqu’à=\"30 juin 2027\"",
        "atelier répéter A3 chaque=deux-semaines 10 jusqu-à=2027-06-30",
        "workshop repeat A3 every=fortnight times=10 until=\"June 30, 2027\"",
    ] {
        let wish = weekly.clone();
        assert_eq!(
            ready(text),
            Command::WorkshopRepeat { workshop: 3, wish },
            "{text}"
        );
    }
    let wish = RepeatWish {
        rule: Some("FREQ=WEEKLY;BYDAY=TU".to_owned()),
        ..RepeatWish::default()
    };
    for text in [
        "atelier répéter A3 règle=\"FREQ=WEEKLY;BYDAY=TU\"",
        "workshop repeat 3 rule=FREQ=WEEKLY;BYDAY=TU",
    ] {
        let wish = wish.clone();
        assert_eq!(
            ready(text),
            Command::WorkshopRepeat { workshop: 3, wish },
            "{text}"
        );
    }
    let day = NaiveDate::from_ymd_opt(2026, 12, 22).unwrap();
    for text in [
        "atelier sauter A3 22 décembre 2026",
        "workshop skip A3 on=2026-12-22",
    ] {
        assert_eq!(
            ready(text),
            Command::WorkshopSkip { workshop: 3, day },
            "{text}"
        );
    }
    for (text, all) in [
        ("atelier annuler A3 toutes", true),
        ("workshop cancel A3 scope=all", true),
        ("atelier annuler A3 cette séance", false),
        ("atelier annuler A3", false),
    ] {
        assert_eq!(
            ready(text),
            Command::WorkshopCancel { workshop: 3, all },
            "{text}"
        );
    }
}

#[test]
fn a_draft_is_kept_and_announced_when_its_time_comes() {
    for (text, kept, at) in [
        (
            "atelier créer X | 3 décembre 19 h brouillon=oui",
            true,
            None,
        ),
        (
            "workshop create X | December 3 7pm publish=\"November 30 9am\"",
            false,
            Some(local(2026, 11, 30, 9, 0)),
        ),
    ] {
        let Command::WorkshopCreate { draft, publish, .. } = ready(text) else {
            panic!("{text}");
        };
        assert_eq!((draft, publish), (kept, at), "{text}");
    }
    let publishes = |at| Command::WorkshopPublish { workshop: 3, at };
    assert_eq!(ready("atelier publier A3"), publishes(None));
    let monday = Some(local(2026, 11, 30, 9, 0));
    assert_eq!(
        ready("atelier publier A3 lundi prochain 9 h"),
        publishes(monday)
    );
}

#[test]
fn a_poll_takes_its_options_line_by_line_or_by_semicolons() {
    let expected = Command::PollCreate(Box::new(PollWish {
        question: "Par quoi commencer?".into(),
        options: vec!["Le transport".into(), "Le bâtiment".into()],
        closes: Some(When {
            start: local(2026, 11, 27, 20, 0),
            end: None,
        }),
        opens: None,
        kind: PollKind::Choose,
        number: None,
        level: Level::Reserved,
        reveal: Reveal::Live,
        quorum: 0,
        eligible: None,
        who: Who::Persons(Eligibility::All),
        majority: "simple",
        cap: None,
        objections: 0,
        greedy: false,
        draw: false,
        receipts: false,
        proposals: None,
        voices: Voices::Persons,
    }));
    for text in [
        "sondage créer\nPar quoi commencer?\n- Le transport\n- Le bâtiment\nferme : vendredi 20 h",
        "sondage creer \"Par quoi commencer?\" \"Le transport; Le bâtiment\" ferme=\"vendredi 20 h\"",
        "poll create \"Par quoi commencer?\" Le transport; Le bâtiment closes=Friday 8pm",
    ] {
        assert_eq!(ready(text), expected, "{text}");
    }
}

#[test]
fn the_answers_of_a_sense_check_fit_on_its_line() {
    let expected = Command::PulseTake {
        question: "Ça va?".into(),
        options: vec!["Bien".into(), "Moins - bien".into()],
        closes: None,
        several: false,
    };
    for text in [
        "pouls \"Ça va?\"\n- Bien\n- Moins - bien",
        "pulse take \"Ça va?\" \"Bien; Moins - bien\"",
    ] {
        assert_eq!(ready(text), expected, "{text}");
    }
    let row = ready("pouls \"Ça va?\" - Bien - Moins bien ferme=\"vendredi 20 h\" plusieurs=oui");
    let Command::PulseTake {
        options,
        closes: Some(_),
        several: true,
        ..
    } = row
    else {
        panic!("{row:?}")
    };
    assert_eq!(options, ["Bien", "Moins bien"]);
}

#[test]
fn a_number_alone_names_an_object_of_the_kind_that_is_meant() {
    for text in ["vote 7 b", "vote S7 b", "vote s7 b"] {
        assert!(
            matches!(ready(text), Command::Vote { poll: 7, .. }),
            "{text}"
        );
    }
}

#[test]
fn a_poll_of_any_kind_fits_on_one_line() {
    let wish = |text: &str| match ready(text) {
        Command::PollCreate(wish) => wish,
        other => panic!("{text}: {other:?}"),
    };
    let points =
        wish("sondage créer \"Où?\" \"a; b\" genre=points nombre=7 plafond=4 niveau=public");
    assert_eq!(points.kind, PollKind::Points);
    assert_eq!((points.number, points.cap), (Some(7), Some(4)));
    assert_eq!(points.level, Level::Public);
    let budget =
        wish("poll create\nWhat?\n- A garden = 500\n- Bikes = 1500\nkind: budget\nnumber: $2 000");
    assert_eq!((budget.kind, budget.number), (PollKind::Budget, Some(2000)));
    let proposal =
        wish("sondage créer \"On y va?\" genre=proposition majorité=deux-tiers quorum=\"40 %\"");
    assert_eq!(proposal.kind, PollKind::Proposal);
    assert_eq!((proposal.majority, proposal.quorum), ("two-thirds", 40));
    assert!(proposal.options.is_empty());
    for both in [
        "voix=\"les deux\"",
        "voix=deux",
        "voices=both",
        "voix=les deux",
    ] {
        let wish = wish(&format!(
            "sondage créer \"On y va?\" genre=proposition {both}"
        ));
        assert_eq!(wish.voices, Voices::Both, "{both}");
    }
}

#[test]
fn an_organisation_comes_in_on_one_line() {
    let added = |slug: Option<&str>| Command::OrganisationAdd {
        name: "Table de quartier // Neighbourhood table".into(),
        sector: "communautaire",
        slug: slug.map(str::to_owned),
    };
    let name = "\"Table de quartier // Neighbourhood table\"";
    for (text, slug) in [
        (format!("organisation ajouter {name} communautaire"), None),
        (
            format!("organisation ajouter {name} communautaire table-quartier"),
            Some("table-quartier"),
        ),
        (
            format!(
                "organization add {name} sector=\"Community action organizations\" short-name=tqrc"
            ),
            Some("tqrc"),
        ),
    ] {
        assert_eq!(ready(&text), added(slug), "{text}");
    }
}

#[test]
fn a_ballot_is_the_rest_of_the_line_and_menus_add_up() {
    let vote = |choice: &str| Command::Vote {
        poll: 7,
        choice: Some(choice.into()),
        reason: None,
        behalf: None,
    };
    assert_eq!(ready("vote S7 b > a = d"), vote("b > a = d"));
    assert_eq!(ready("vote S7 a3, c2"), vote("a3, c2"));
    for text in [
        "vote S7 b pour=table-quartier",
        "vote S7 b for=\"table-quartier\"",
    ] {
        let read = ready(text);
        let Command::Vote { choice, behalf, .. } = &read else {
            panic!("{text}: {read:?}")
        };
        assert_eq!(choice.as_deref(), Some("b"), "{text}");
        assert_eq!(behalf.as_deref(), Some("table-quartier"), "{text}");
    }
    let grammar = grammar();
    let spec = CommandSpec::find("vote").unwrap();
    let fields = [("poll", "S7"), ("choice", "a"), ("choice", "c")];
    let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let read = named(&grammar, spec, &fields, now(), Toronto);
    assert_eq!(read, Ok(Parsed::Ready(vote("a c"))));
}

#[test]
fn the_words_of_a_ballot_are_known_in_both_languages() {
    use crate::domain::poll::ballot::Answer;
    let grammar = grammar();
    for (text, expected) in [
        ("oui", Some((Answer::Yes, 3))),
        ("Pour", Some((Answer::Yes, 4))),
        ("against", Some((Answer::No, 7))),
        ("au besoin, c non", Some((Answer::IfNeedBe, 9))),
        ("if need be c", Some((Answer::IfNeedBe, 10))),
        ("je m’efface", Some((Answer::StandAside, 13))),
        ("objection parce que", Some((Answer::Objection, 9))),
        ("bof", None),
    ] {
        assert_eq!(grammar.answer(text), expected, "{text}");
    }
}

const fn request(answer: Rsvp, companions: Option<i64>) -> Request {
    Request { answer, companions }
}

#[test]
fn companions_come_with_a_plus_sign() {
    let coming = |answer, companions| Command::Rsvp {
        workshop: 12,
        request: request(answer, companions),
    };
    for text in [
        "viens A12 +2",
        "viens A12 oui +2",
        "coming A12 with=2",
        "viens A12 avec=+2",
    ] {
        assert_eq!(ready(text), coming(Rsvp::Yes, Some(2)), "{text}");
    }
    assert_eq!(ready("viens A12 +0"), coming(Rsvp::Yes, Some(0)));
    assert!(matches!(
        read("viens A12 +10"),
        Err(ParseError::Number { max: 9, .. })
    ));
    assert!(matches!(
        read("viens A12 +"),
        Err(ParseError::Choice { .. })
    ));
}

#[test]
fn citizens_act_in_few_words() {
    assert_eq!(
        ready("viens A12"),
        Command::Rsvp {
            workshop: 12,
            request: request(Rsvp::Yes, None)
        }
    );
    assert_eq!(
        ready("viens a12 non"),
        Command::Rsvp {
            workshop: 12,
            request: request(Rsvp::No, None)
        }
    );
    assert_eq!(
        ready("coming A12 maybe"),
        Command::Rsvp {
            workshop: 12,
            request: request(Rsvp::Maybe, None)
        }
    );
    assert_eq!(
        ready("vote S7 b"),
        Command::Vote {
            poll: 7,
            choice: Some("b".into()),
            reason: None,
            behalf: None,
        }
    );
    assert_eq!(
        ready("vote S7"),
        Command::Vote {
            poll: 7,
            choice: None,
            reason: None,
            behalf: None,
        }
    );
    assert_eq!(
        ready("point E3 fait"),
        Command::Commitment(Act::CheckIn {
            commitment: 3,
            answer: Answer::Goes(CheckIn::Done),
            due: None
        })
    );
    assert_eq!(
        ready("engagement \"Je marche au travail\" avant le 1er juin"),
        Command::Commitment(Act::Take {
            sentence: "Je marche au travail".into(),
            due: NaiveDate::from_ymd_opt(2027, 6, 1),
            about: None,
            visibility: None,
            behalf: None,
            others: None,
        })
    );
    assert_eq!(
        ready("engagement \"Je marche\" visible=prénom pour=J2"),
        Command::Commitment(Act::Take {
            sentence: "Je marche".into(),
            due: None,
            about: Some("J2".into()),
            visibility: Some(Visibility::FirstName),
            behalf: None,
            others: None,
        })
    );
    assert_eq!(
        ready("engagement \"Je composte\" si 20 avant 1er juin"),
        Command::Commitment(Act::Take {
            sentence: "Je composte".into(),
            due: NaiveDate::from_ymd_opt(2027, 6, 1),
            about: None,
            visibility: None,
            behalf: None,
            others: Some(20),
        })
    );
    assert_eq!(
        ready("engagement rejoindre E3 si 0"),
        Command::Commitment(Act::Join {
            commitment: 3,
            others: Some(0),
            behalf: None,
        })
    );
    assert_eq!(
        ready("engagement voir E4"),
        Command::Commitment(Act::Show {
            commitment: Some(4)
        })
    );
    assert_eq!(
        ready("langue anglais"),
        Command::Language {
            language: Language::EnCa
        }
    );
    assert_eq!(ready("aide"), Command::Help);
}

#[test]
fn what_is_missing_is_named_and_what_was_given_is_kept() {
    let Parsed::Missing(missing) = read("atelier créer Vision du quartier").unwrap() else {
        panic!("a date is missing");
    };
    assert_eq!(missing.first.name, "when");
    assert_eq!(
        missing.given,
        vec![("title", "Vision du quartier".to_owned())]
    );
}

#[test]
fn wrong_values_are_refused_with_their_reason() {
    assert!(matches!(
        read("atelier créer \"x\" 31/02/2027 19 h"),
        Err(ParseError::When {
            argument: "when",
            ..
        })
    ));
    assert!(matches!(
        read("viens S7"),
        Err(ParseError::Reference {
            kind: Kind::Workshop,
            ..
        })
    ));
    assert!(matches!(
        read("viens A7 bof"),
        Err(ParseError::Choice {
            argument: "answer",
            ..
        })
    ));
    assert!(matches!(
        read("viens A7 non merci"),
        Err(ParseError::LeftOver { .. })
    ));
    let unknown = named(
        &grammar(),
        CommandSpec::find("rsvp").unwrap(),
        &[("colour".into(), "red".into())],
        now(),
        Toronto,
    );
    assert!(matches!(unknown, Err(ParseError::UnknownArgument { .. })));
}

#[test]
fn every_command_of_the_table_can_be_built() {
    let grammar = grammar();
    for spec in super::super::spec::COMMANDS {
        let args: Vec<(String, String)> = spec
            .args
            .iter()
            .map(|arg| {
                let value = match arg.kind {
                    ArgKind::Text { .. }
                    | ArgKind::Long { .. }
                    | ArgKind::Ballot
                    | ArgKind::Word => "b".to_owned(),
                    ArgKind::Number { .. } | ArgKind::Plus { .. } | ArgKind::Condition { .. } => {
                        "1".to_owned()
                    }
                    ArgKind::Instant => "2026-12-03 19:30".to_owned(),
                    ArgKind::Date | ArgKind::Day => "2026-12-03".to_owned(),
                    ArgKind::Ref(kind) => ShortId::new(kind, 1).to_string(),
                    ArgKind::Choice(choices) | ArgKind::CircleOr(choices) => choices[0].to_owned(),
                    ArgKind::Options | ArgKind::List { .. } => "a;b".to_owned(),
                    ArgKind::Term(_) | ArgKind::Terms(_) => match arg.name {
                        "step" | "type" => "plan".to_owned(),
                        "access" => "lsq".to_owned(),
                        _ => "energie".to_owned(),
                    },
                    ArgKind::Names => "place".to_owned(),
                };
                (arg.name.to_owned(), value)
            })
            .collect();
        let parsed = named(&grammar, spec, &args, now(), Toronto);
        assert!(
            matches!(parsed, Ok(Parsed::Ready(_))),
            "{}: {parsed:?}",
            spec.id
        );
    }
}

proptest! {
    #[test]
    fn nothing_that_is_typed_panics(text in "\\PC{0,80}", command in 0..super::super::spec::COMMANDS.len()) {
        let grammar = grammar_once();
        let spec = &super::super::spec::COMMANDS[command];
        let _ = typed(grammar, spec, &text, now(), Toronto);
        let _ = grammar.command(&text);
    }

    #[test]
    fn quotes_bars_and_equal_signs_never_panic(text in "[a \"«»|=;\n-]{0,40}") {
        let spec = CommandSpec::find("workshop.create").unwrap();
        let _ = typed(grammar_once(), spec, &text, now(), Toronto);
    }
}

fn grammar_once() -> &'static Grammar {
    static GRAMMAR: std::sync::OnceLock<Grammar> = std::sync::OnceLock::new();
    GRAMMAR.get_or_init(grammar)
}

#[test]
fn who_may_answer_is_a_choice_or_a_circle() {
    let who = |typed: &str| {
        let text = format!("sondage créer\nOù?\n- Nord\n- Sud\nqui={typed}");
        match ready(&text) {
            Command::PollCreate(wish) => wish.who,
            other => panic!("{typed}: {other:?}"),
        }
    };
    let circle = |name: &str| Who::Circle(name.to_owned());
    for (typed, expected) in [
        ("tous", Who::Persons(Eligibility::All)),
        ("\"déjà là\"", Who::Persons(Eligibility::KnownBefore)),
        ("cercle:jeunes", circle("jeunes")),
        ("\"Circle: Jeunes du Nord\"", circle("Jeunes du Nord")),
        ("jeunes", circle("jeunes")),
        ("salon:jeunes", circle("salon:jeunes")),
    ] {
        assert_eq!(who(typed), expected, "{typed}");
    }
}
