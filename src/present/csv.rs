//! Tables for other programs: CSV with a header (RFC 4180).
//!
//! Texts of people may begin with a sign that spreadsheets take for a formula; such a cell gets an apostrophe in front
//! (OWASP, "CSV Injection").

use crate::domain::card::TextFile;

/// A file of these lines, the first of which is the header.
pub(super) fn file(name: String, lines: impl IntoIterator<Item = Vec<String>>) -> TextFile {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for line in lines {
        let cells = line.iter().map(|cell| harmless(cell));
        // Writing to memory fails never; an empty file would be the worst that could come of it.
        drop(writer.write_record(cells.collect::<Vec<_>>()));
    }
    let bytes = writer.into_inner().unwrap_or_default();
    TextFile {
        name,
        content: String::from_utf8(bytes).unwrap_or_default(),
    }
}

fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_never_a_formula() {
        assert_eq!(harmless("=cmd|' /C calc'!A0"), "'=cmd|' /C calc'!A0");
        assert_eq!(harmless("@SUM(A1)"), "'@SUM(A1)");
        assert_eq!(harmless("Le transport"), "Le transport");
    }
}
