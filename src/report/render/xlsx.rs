//! XLSX: a sheet for each part, real numbers and dates, and formulas where a figure is the sum of its rows or stands in the
//! workpaper. A formula is written only where it gives the figure of the report, to the cent. Text is always text.

use std::collections::HashMap;

use chrono::{Datelike as _, NaiveDate};
use rust_decimal::prelude::ToPrimitive as _;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet, XlsxError,
};

use super::super::{Align, Cell, Report, Row, Section, Weight};
use super::{one_line, plain, words};
use crate::money::{Round, Usd};

/// A sheet's name is no longer.
const NAME: usize = 31;
/// A cell holds no longer text.
const TEXT: usize = 32_767;
/// Columns are between so many letters wide.
const WIDTHS: (usize, usize) = (9, 48);

/// Renders a report as a workbook that says it was made on `day`.
pub fn render(report: &Report, day: NaiveDate) -> Vec<u8> {
    write(report, day).unwrap_or_else(|fault| unreachable!("a report fits into a workbook: {fault}"))
}

/// Where a section stands.
#[derive(Clone, Debug)]
struct Place {
    sheet: String,
    /// Its heading, counted from 0.
    top: u32,
    /// Its first row of figures.
    rows: u32,
}

fn write(report: &Report, day: NaiveDate) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let number = |part: u32| u8::try_from(part).unwrap_or(1);
    let made =
        ExcelDateTime::from_ymd(u16::try_from(day.year()).unwrap_or(2_000), number(day.month()), number(day.day()))?;
    let properties = DocProperties::new()
        .set_title(one_line(&report.title))
        .set_subject(one_line(&report.subtitle))
        .set_author("perchart")
        .set_creation_datetime(&made);
    book.set_properties(&properties);
    let parts = parts(report);
    let places = places(&parts);
    for (name, sections) in &parts {
        let sheet = book.add_worksheet();
        sheet.set_name(name.as_str())?.set_paper_size(1).set_print_fit_to_pages(1, 0);
        sheet.write_string_with_format(0, 0, name.as_str(), &Format::new().set_bold().set_font_size(14))?;
        sheet.write_string_with_format(1, 0, line(&format!("{}. {}", report.title, report.subtitle)), &muted())?;
        widths(sheet, sections)?;
        for section in sections {
            write_section(sheet, section, report, &places)?;
        }
        match &**sections {
            [only] if !only.rows.is_empty() => sheet.set_freeze_panes(places[&only.id].rows, 0)?,
            _ => sheet.set_freeze_panes(2, 0)?,
        };
    }
    let remarks: Vec<&String> = report.notes.iter().chain(&report.limits).collect();
    if !remarks.is_empty() {
        let sheet = book.add_worksheet();
        sheet.set_name("Notes")?.set_column_width(0, 100)?;
        for (row, remark) in (0..).zip(remarks) {
            sheet.write_string_with_format(row, 0, line(remark), &Format::new().set_text_wrap())?;
        }
    }
    book.save_to_buffer()
}

/// The parts of a report with their sections, each with the name of its sheet.
fn parts(report: &Report) -> Vec<(String, Vec<&Section>)> {
    let mut parts: Vec<(String, Vec<&Section>)> = Vec::new();
    for section in &report.sections {
        if !section.part.is_empty() || parts.is_empty() {
            let title = if section.part.is_empty() { &report.title } else { &section.part };
            let name = sheet_name(title, &parts);
            parts.push((name, Vec::new()));
        }
        if let Some((_, sections)) = parts.last_mut() {
            sections.push(section);
        }
    }
    parts
}

/// A name that a sheet may have and no other has.
fn sheet_name(title: &str, taken: &[(String, Vec<&Section>)]) -> String {
    let allowed = |c: &char| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'');
    let name: String = one_line(title).chars().filter(allowed).take(NAME).collect();
    let name = if name.trim().is_empty() || name.eq_ignore_ascii_case("notes") { "Sheet".to_owned() } else { name };
    let free = |name: &str| taken.iter().all(|(other, _)| !other.eq_ignore_ascii_case(name));
    if free(&name) {
        return name;
    }
    let short: String = name.chars().take(NAME - 4).collect();
    (2..=taken.len() + 2).map(|number| format!("{short} {number}")).find(|name| free(name)).unwrap_or(name)
}

fn height(section: &Section) -> u32 {
    let count = |rows: usize| u32::try_from(rows).unwrap_or(u32::MAX);
    let table = if section.rows.is_empty() { 0 } else { 1 + count(section.rows.len()) };
    u32::from(!section.heading.is_empty()) + count(section.lead.len()) + table + count(section.notes.len()) + 1
}

/// Where each section stands.
fn places(parts: &[(String, Vec<&Section>)]) -> HashMap<String, Place> {
    let mut places = HashMap::new();
    for (sheet, sections) in parts {
        let mut top = 3;
        for section in sections {
            let before = u32::from(!section.heading.is_empty()) + u32::try_from(section.lead.len()).unwrap_or(0);
            let place = Place { sheet: sheet.clone(), top, rows: top + before + 1 };
            places.insert(section.id.clone(), place);
            top += height(section);
        }
    }
    places
}

fn muted() -> Format {
    Format::new().set_font_color(0x005A_5F66)
}

/// Text as a cell holds it.
fn line(text: &str) -> String {
    one_line(text).chars().take(TEXT).collect()
}

fn widths(sheet: &mut Worksheet, sections: &[&Section]) -> Result<(), XlsxError> {
    let columns = sections.iter().map(|section| section.columns.len()).max().unwrap_or(0);
    for place in 0..columns {
        let cell = |row: &Row| row.cells.get(place).map_or(0, |cell| words(cell).chars().count());
        let of_section = |section: &&Section| {
            let heading = section.columns.get(place).map_or(0, |column| column.heading.chars().count());
            section.rows.iter().map(cell).max().unwrap_or(0).max(heading)
        };
        let widest = sections.iter().map(of_section).max().unwrap_or(0).clamp(WIDTHS.0, WIDTHS.1);
        sheet.set_column_width(column(place), u32::try_from(widest + 2).unwrap_or(20))?;
    }
    Ok(())
}

fn column(place: usize) -> u16 {
    u16::try_from(place).unwrap_or(u16::MAX)
}

fn write_section(
    sheet: &mut Worksheet,
    section: &Section,
    report: &Report,
    places: &HashMap<String, Place>,
) -> Result<(), XlsxError> {
    let mut at = places[&section.id].top;
    if !section.heading.is_empty() {
        sheet.write_string_with_format(at, 0, line(&section.heading), &Format::new().set_bold().set_font_size(12))?;
        at += 1;
    }
    for sentence in &section.lead {
        sheet.write_string_with_format(at, 0, line(sentence), &Format::new())?;
        at += 1;
    }
    if !section.rows.is_empty() {
        for (place, head) in section.columns.iter().enumerate() {
            let format = muted().set_bold().set_border_bottom(FormatBorder::Thin).set_text_wrap();
            let format = if head.align == Align::Right { format.set_align(FormatAlign::Right) } else { format };
            sheet.write_string_with_format(at, column(place), line(&head.heading), &format)?;
        }
        at += 1;
        for (number, row) in section.rows.iter().enumerate() {
            for (place, cell) in row.cells.iter().enumerate() {
                let formula = formula(section, number, place, report, places);
                write_cell(sheet, at, column(place), cell, row, section.columns[place].align, formula)?;
            }
            at += 1;
        }
    }
    for note in &section.notes {
        sheet.write_string_with_format(at, 0, line(note), &muted())?;
        at += 1;
    }
    Ok(())
}

fn write_cell(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    of: &Row,
    align: Align,
    formula: Option<String>,
) -> Result<(), XlsxError> {
    let mut format = Format::new();
    if matches!(of.weight, Weight::Total | Weight::Headline) {
        format = format.set_bold();
        if align == Align::Right {
            format = format.set_border_top(FormatBorder::Thin);
        }
        if of.weight == Weight::Headline && align == Align::Right {
            format = format.set_border_bottom(FormatBorder::Double);
        }
    }
    let places =
        |places: u32| if places == 0 { "#,##0".to_owned() } else { format!("#,##0.{:0<1$}", "", places as usize) };
    let number = |value: rust_decimal::Decimal| value.to_f64().unwrap_or_default();
    match cell {
        Cell::Blank => Ok(()),
        Cell::Text(text) => {
            let format = if of.weight == Weight::Sub && column == 0 { format.set_indent(1) } else { format };
            sheet.write_string_with_format(row, column, line(text), &format).map(drop)
        }
        Cell::Money(amount) => {
            let format = format.set_num_format("#,##0.00");
            match formula {
                Some(formula) => {
                    let formula = Formula::new(formula).set_result(plain(cell));
                    sheet.write_formula_with_format(row, column, formula, &format).map(drop)
                }
                None => sheet.write_number_with_format(row, column, number(amount.to_decimal()), &format).map(drop),
            }
        }
        Cell::Number { value, places: shown } => {
            let format = format.set_num_format(places(*shown));
            sheet.write_number_with_format(row, column, number(*value), &format).map(drop)
        }
        Cell::Count(count) => {
            let format = format.set_num_format("#,##0");
            sheet.write_number_with_format(row, column, number((*count).into()), &format).map(drop)
        }
        Cell::Percent { share, places: shown } => {
            let format = format.set_num_format(format!("{}%", places(*shown)));
            sheet.write_number_with_format(row, column, number(share.round_dp(6)), &format).map(drop)
        }
        Cell::Date(date) => {
            let part = |part: u32| u8::try_from(part).unwrap_or(1);
            let year = u16::try_from(date.year()).unwrap_or(1_900);
            match ExcelDateTime::from_ymd(year, part(date.month()), part(date.day())) {
                Ok(day) => {
                    let format = format.set_num_format("yyyy-mm-dd");
                    sheet.write_datetime_with_format(row, column, &day, &format).map(drop)
                }
                // A day before 1900 is none to a spreadsheet.
                Err(_) => sheet.write_string_with_format(row, column, date.to_string(), &format).map(drop),
            }
        }
    }
}

fn money(row: &Row, place: usize) -> Option<Usd> {
    match row.cells.get(place) {
        Some(Cell::Money(amount)) => Some(*amount),
        _ => None,
    }
}

/// The formula of an amount, where one gives it.
fn formula(
    section: &Section,
    number: usize,
    place: usize,
    report: &Report,
    places: &HashMap<String, Place>,
) -> Option<String> {
    let row = &section.rows[number];
    let amount = money(row, place)?;
    match row.weight {
        Weight::Total => sum(section, number, place, amount, places),
        Weight::Headline => rounded(section, number, place, amount, places)
            .or_else(|| sum(section, number, place, amount, places))
            .or_else(|| elsewhere(section, row, place, amount, report, places)),
        Weight::Plain => elsewhere(section, row, place, amount, report, places),
        Weight::Sub => None,
    }
}

/// `A1` of a cell of a section.
fn address(section: &Section, number: usize, place: usize, places: &HashMap<String, Place>) -> String {
    let row = places[&section.id].rows + u32::try_from(number).unwrap_or(0) + 1;
    format!("{}{row}", rust_xlsxwriter::utility::column_number_to_name(column(place)))
}

/// A total as the sum of the plain rows above it, since the total before it.
fn sum(section: &Section, number: usize, place: usize, amount: Usd, places: &HashMap<String, Place>) -> Option<String> {
    let above = &section.rows[..number];
    let is_sum = |row: &Row| matches!(row.weight, Weight::Total | Weight::Headline);
    let from = above.iter().rposition(is_sum).map_or(0, |last| last + 1);
    let plain = |at: &usize| section.rows[*at].weight == Weight::Plain;
    let rows: Vec<usize> = (from..number).filter(plain).collect();
    let total: Usd = rows.iter().filter_map(|at| money(&section.rows[*at], place)).sum();
    let (first, last) = (*rows.first()?, *rows.last()?);
    // Only rows that lie together: a range is what people expect under a total.
    let together = last - first + 1 == rows.len();
    let same = total == amount && rows.iter().any(|at| money(&section.rows[*at], place).is_some());
    let end = |at: usize| address(section, at, place, places);
    let range = if first == last { end(first) } else { format!("{}:{}", end(first), end(last)) };
    (together && same).then(|| format!("=SUM({range})"))
}

/// A line as it is filed: the total above it in whole dollars.
fn rounded(
    section: &Section,
    number: usize,
    place: usize,
    amount: Usd,
    places: &HashMap<String, Place>,
) -> Option<String> {
    let above = (0..number).rev().find(|at| section.rows[*at].weight == Weight::Total)?;
    let total = money(&section.rows[above], place)?;
    let cell = address(section, above, place, places);
    if total == amount {
        return Some(format!("={cell}"));
    }
    (Round::WholeDollar.enter(total.into()) == amount).then(|| format!("=ROUND({cell},0)"))
}

/// The figure as it stands in the section that the row opens. That section comes later, so no formula goes in a circle.
fn elsewhere(
    section: &Section,
    row: &Row,
    place: usize,
    amount: Usd,
    report: &Report,
    places: &HashMap<String, Place>,
) -> Option<String> {
    let target = row.opens.as_deref()?;
    let own = report.sections.iter().position(|known| known.id == section.id)?;
    let (at, opened) = report.sections.iter().enumerate().find(|(_, known)| known.id == target)?;
    if at <= own {
        return None;
    }
    let id = &section.columns.get(place)?.id;
    let last = (0..row.cells.len()).rev().find(|place| money(row, *place).is_some()) == Some(place);
    let same = opened.columns.iter().position(|column| column.id == *id);
    let columns = same.into_iter().chain((0..opened.columns.len()).rev().filter(|_| last));
    let sums = |row: &Row| matches!(row.weight, Weight::Total | Weight::Headline);
    for column in columns {
        let found = opened.rows.iter().rposition(|row| sums(row) && money(row, column) == Some(amount));
        if let Some(number) = found {
            let (sheet, cell) = (&places[target].sheet, address(opened, number, column, places));
            return Some(format!("='{sheet}'!{cell}"));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read as _};

    use proptest::prelude::*;
    use rust_decimal::Decimal;

    use super::super::tests::sample;
    use super::*;
    use crate::import::workbook_cells;
    use crate::report::Column;
    use crate::report::binder::Files;
    use crate::report::package::package;
    use crate::report::package::tests::{book, sample_year, worked_out};

    const DAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 2, 1).expect("a day");

    /// Every formula of a workbook.
    fn formulas(file: &[u8]) -> Vec<String> {
        let mut archive = zip::ZipArchive::new(Cursor::new(file)).expect("an archive");
        let names: Vec<String> = archive.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect();
        let mut found = Vec::new();
        for name in names.iter().filter(|name| name.starts_with("xl/worksheets/sheet")) {
            let mut text = String::new();
            archive.by_name(name).expect("a part").read_to_string(&mut text).expect("text");
            let formulas = text.split("<f>").skip(1).filter_map(|rest| Some(rest.split_once("</f>")?.0.to_owned()));
            found.extend(formulas);
        }
        found
    }

    /// The cells of a report as our own reader gives them back, sheet by sheet; trailing blanks do not count.
    fn as_read(report: &Report) -> Vec<Vec<Vec<String>>> {
        let read = |cell: &Cell| match cell {
            Cell::Text(text) => line(text).trim().to_owned(),
            Cell::Percent { share, .. } => format!("{}%", (share.round_dp(6) * Decimal::ONE_HUNDRED).normalize()),
            Cell::Number { value, .. } => value.normalize().to_string(),
            Cell::Money(amount) => amount.to_decimal().normalize().to_string(),
            cell => plain(cell),
        };
        let rows = |sections: &Vec<&Section>| {
            let rows = sections.iter().flat_map(|section| &section.rows);
            rows.map(|row| trimmed(row.cells.iter().map(read).collect())).collect()
        };
        parts(report).iter().map(|(_, sections)| rows(sections)).collect()
    }

    fn trimmed(mut row: Vec<String>) -> Vec<String> {
        while row.last().is_some_and(String::is_empty) {
            row.pop();
        }
        row
    }

    /// Each row of the report stands on its sheet, in order.
    fn comes_back(report: &Report) {
        let file = render(report, DAY);
        let sheets = workbook_cells(&file).expect("a workbook that we can read");
        for (expected, (name, found)) in as_read(report).into_iter().zip(sheets) {
            let mut found = found.into_iter().map(|row| {
                let cell = |text: String| text.trim().to_owned();
                trimmed(row.into_iter().map(cell).collect())
            });
            for row in expected.into_iter().filter(|row| !row.is_empty()) {
                assert!(found.any(|known| known == row), "{name}: {row:?}");
            }
        }
        for formula in formulas(&file) {
            let ours = ["SUM(", "ROUND(", "'"].iter().any(|start| formula.starts_with(start));
            let cell = formula.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
            assert!(ours || cell, "{formula}");
        }
    }

    #[test]
    fn a_workbook_comes_back_as_it_was_written() {
        comes_back(&package(&sample_year(), &Files::new()));
        let file = render(&sample(), DAY);
        let sheets = workbook_cells(&file).expect("a workbook");
        assert!(sheets[0].1.iter().any(|row| row[0] == "=Cascade | ED"), "text is text");
    }

    #[test]
    fn totals_are_formulas() {
        let file = render(&package(&sample_year(), &Files::new()), DAY);
        let formulas = formulas(&file);
        let count = |start: &str| formulas.iter().filter(|formula| formula.starts_with(start)).count();
        assert!(count("SUM(") > 40, "{}", count("SUM("));
        assert!(count("ROUND(") >= 9, "{}", count("ROUND("));
        assert!(count("'Expenses'!") >= 10, "{}", count("'Expenses'!"));
    }

    #[test]
    fn the_same_report_gives_the_same_bytes() {
        let report = package(&sample_year(), &Files::new());
        assert_eq!(render(&report, DAY), render(&report, DAY));
    }

    #[test]
    fn names_of_sheets_are_allowed_and_differ() {
        let report = ["A/B", "AB", "a b [x]?*:'\\", "ab", &"long ".repeat(20), &"long ".repeat(20), "Notes", "/"]
            .into_iter()
            .zip(0..)
            .fold(Report::new("r", "T"), |report, (part, id)| {
                report.section(
                    Section::new(id.to_string(), "h").part(part).column(Column::left("a", "")).row(Row::new("x")),
                )
            });
        assert_eq!(workbook_cells(&render(&report.note("n"), DAY)).expect("a workbook").len(), 9);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

        #[test]
        fn any_book_comes_back(records in book()) {
            comes_back(&package(&worked_out(records), &Files::new()));
        }
    }
}
