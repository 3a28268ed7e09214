//! Drawings are looked at by others' eyes: resvg's parser of XML, and the pixels.

use resvg::usvg::roxmltree::Document;

use super::*;
use crate::domain::chart::{Bar, Chart};

fn bar(label: &str, value: u64, second: u64) -> Bar {
    Bar {
        label: label.to_owned(),
        value,
        second,
        figure: format!("{value} voix"),
        marked: false,
    }
}

fn image(bars: Vec<Bar>) -> Image {
    Image {
        name: "S7.png".to_owned(),
        alt: "a : 1, b : 2".to_owned(),
        chart: Chart {
            title: "Par quoi commencer?".to_owned(),
            note: "4 personnes ont voté.".to_owned(),
            bars,
            parts: Some(["oui".to_owned(), "au besoin".to_owned()]),
            mark: "en tête".to_owned(),
        },
    }
}

fn three() -> Image {
    let mut image = image(vec![
        bar("a. Le transport", 2, 2),
        bar("b. Le bâtiment", 4, 0),
        bar("c. Les jardins", 0, 0),
    ]);
    image.chart.bars[1].marked = true;
    image
}

/// The rectangles of that colour: x, y, width.
fn blocks(drawing: &str, fill: &str) -> Vec<(u32, u32, u32)> {
    let document = Document::parse(drawing).unwrap();
    let rects = document
        .root_element()
        .children()
        .filter(|node| node.has_tag_name("rect") && node.attribute("fill") == Some(fill));
    let number = |node: &resvg::usvg::roxmltree::Node<'_, '_>, name| {
        node.attribute(name).unwrap().parse::<u32>().unwrap()
    };
    rects
        .map(|node| {
            (
                number(&node, "x"),
                number(&node, "y"),
                number(&node, "width"),
            )
        })
        .collect()
}

#[test]
fn bars_are_as_long_as_their_values() {
    let drawing = svg(&three());
    let marked = blocks(&drawing, svg::MARKED);
    let plain = blocks(&drawing, svg::PLAIN);
    let [(.., longest)] = marked[..] else {
        panic!("{marked:?}")
    };
    // The first option's two parts, of two each; then the key. An option without votes has no bar.
    let widths: Vec<u32> = plain.iter().map(|(.., width)| *width).collect();
    assert_eq!(widths, [longest / 2, longest.div_ceil(2), 40, 40]);
    assert!(longest > 400);
    let enormous = svg(&image(vec![bar("a", u64::MAX, u64::MAX), bar("b", 1, 0)]));
    let widths = blocks(&enormous, svg::PLAIN);
    assert!(
        widths.iter().all(|(x, _, width)| x + width <= 768),
        "{widths:?}"
    );
    assert!(widths[1].2 > 0, "one vote is seen beside any number");
}

#[test]
fn it_says_what_it_is_and_what_its_signs_mean() {
    let drawing = svg(&three());
    let document = Document::parse(&drawing).unwrap();
    let root = document.root_element();
    assert_eq!(root.attribute("role"), Some("img"));
    let said = |name: &str| {
        let found = root.children().filter(|node| node.has_tag_name(name));
        let texts = found.map(|node| node.text().unwrap_or_default().to_owned());
        texts.collect::<Vec<_>>()
    };
    assert_eq!(said("title"), ["Par quoi commencer?"]);
    assert_eq!(said("desc"), ["a : 1, b : 2"]);
    assert_eq!(
        said("text"),
        [
            "Par quoi commencer?",
            "4 personnes ont voté.",
            "a. Le transport",
            "2 voix",
            "✓ b. Le bâtiment",
            "4 voix",
            "c. Les jardins",
            "0 voix",
            "oui",
            "au besoin",
            "✓ en tête",
        ]
    );
    // What is read needs no letters in a font.
    let mut image = three();
    image.alt = "🚲 学校\u{202e}\u{0}".to_owned();
    assert!(svg(&image).contains("<desc>🚲 学校</desc>"));
    for banned in ["style", "script", "href", "http:"] {
        let own = drawing.replace("http://www.w3.org/2000/svg", "");
        assert!(!own.contains(banned), "{banned}");
    }
}

#[test]
fn whatever_people_write_stays_words_inside_the_canvas() {
    let hostile = [
        "</text><script>alert(1)</script>&lt;\"'>]]>",
        "<!DOCTYPE x [<!ENTITY a \"b\">]>&a;",
        "\u{202e}sens\u{202c} \u{200b}\u{feff}\u{0}\u{1}\u{b}\u{fffe}\u{ffff}",
        "🚲👩\u{200d}🌾🏳\u{fe0f}\u{200d}🌈",
        "z\u{335}\u{336}\u{337}\u{338}\u{335}\u{336}",
        "שלום عليكم 学校 ᑰᔾᔪᐊᖅ",
        "ligne\nligne\r\n\ttab",
        "",
    ];
    let long: Vec<String> = vec!["é".repeat(4_000), "mot ".repeat(1_000), "W".repeat(4_000)];
    let texts = hostile.iter().map(|text| (*text).to_owned()).chain(long);
    for text in texts {
        let mut image = image(vec![bar(&text, 3, 1), bar("b", 1, 0)]);
        image.chart.bars[0].figure.clone_from(&text);
        image.chart.title.clone_from(&text);
        image.chart.note.clone_from(&text);
        image.chart.mark.clone_from(&text);
        image.chart.parts = Some([text.clone(), text.clone()]);
        image.chart.bars[0].marked = true;
        image.alt.clone_from(&text);
        let drawing = svg(&image);
        let document = Document::parse(&drawing)
            .unwrap_or_else(|error| panic!("{error}: {text:?}\n{drawing}"));
        for node in document.descendants().filter(|node| node.is_element()) {
            let name = node.tag_name().name();
            let known = ["svg", "title", "desc", "defs", "pattern", "rect", "text"];
            assert!(known.contains(&name), "{name}: {text:?}");
        }
        let drawn = rasterised(&drawing).unwrap();
        assert_eq!(drawn.width, 800);
        assert!(drawn.height < 1_000, "{} for {text:?}", drawn.height);
        let canvas = Pixmap::decode_png(&drawn.bytes).unwrap();
        let edges = [0..20, 776..800].into_iter().flatten();
        for x in edges {
            for y in 0..drawn.height {
                let pixel = canvas.pixel(x, y).unwrap();
                assert_eq!(lightness(pixel), 255, "{x}, {y}: {text:?}");
            }
        }
    }
}

/// What a screen without colours shows, 0 to 255 (ITU-R BT.601).
fn lightness(pixel: resvg::tiny_skia::PremultipliedColorU8) -> u32 {
    let [red, green, blue] = [pixel.red(), pixel.green(), pixel.blue()].map(u32::from);
    (299 * red + 587 * green + 114 * blue) / 1_000
}

#[test]
fn without_colours_the_winner_is_darker_and_a_second_part_is_striped() {
    let image = three();
    let drawing = svg(&image);
    let canvas = Pixmap::decode_png(&rasterised(&drawing).unwrap().bytes).unwrap();
    let along = |(x, y, width): (u32, u32, u32)| {
        let middle = (x + 4..x + width - 4).map(|x| lightness(canvas.pixel(x, y + 20).unwrap()));
        let (least, most) = middle.fold((255, 0), |(least, most), light| {
            (light.min(least), light.max(most))
        });
        (least, most)
    };
    let marked = along(blocks(&drawing, svg::MARKED)[0]);
    let plain = blocks(&drawing, svg::PLAIN);
    let (first, second) = (along(plain[0]), along(plain[1]));
    assert_eq!((marked.0, first.0), (marked.1, first.1), "both are plain");
    assert!(first.0 > marked.0 + 60, "{first:?} {marked:?}");
    assert!(second.0 < 160 && second.1 > 240, "{second:?}");
    assert!(drawing.contains("font-weight=\"bold\" fill=\"#1a202c\">✓ b. Le bâtiment"));
}

#[tokio::test]
async fn a_drawing_is_a_small_png_that_is_the_same_each_time() {
    let image = three();
    let one = png(&image).await.unwrap();
    assert_eq!(one, png(&image).await.unwrap());
    assert_eq!(one.bytes[..8], *b"\x89PNG\r\n\x1a\n");
    assert!(one.bytes.len() < 60_000, "{}", one.bytes.len());
    let mut other = image;
    other.chart.bars[0].value = 3;
    assert_ne!(one, png(&other).await.unwrap());
    let most = (0..25).map(|at| bar(&"long ".repeat(40), at, 1)).collect();
    let tallest = png(&self::image(most)).await.unwrap();
    assert!(
        tallest.width * tallest.height * 4 < 15_000_000,
        "{}",
        tallest.height
    );
}
