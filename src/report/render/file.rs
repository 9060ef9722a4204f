//! Files: what is written, by the ending of its name.

use chrono::NaiveDate;

use super::super::Report;
use super::{csv, html, json, pdf, txf, xlsx};

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A document.
    Pdf,
    /// A page for a browser.
    Html,
    /// A workbook.
    Xlsx,
    /// One figure a line.
    Csv,
    /// Schedule C for tax software.
    Txf,
    /// One object.
    Json,
}

/// A report as a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// What the file holds.
    pub bytes: Vec<u8>,
    /// What whoever writes it should know, such as what could not be put into it.
    pub remarks: Vec<String>,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Kind; 6] = [Kind::Pdf, Kind::Html, Kind::Xlsx, Kind::Csv, Kind::Txf, Kind::Json];

    /// The kind that an ending names, in capitals or not.
    pub fn of_ending(ending: &str) -> Option<Kind> {
        let ending = ending.to_ascii_lowercase();
        Kind::ALL.into_iter().find(|kind| kind.ending() == ending)
    }

    /// The ending of its name.
    pub const fn ending(self) -> &'static str {
        match self {
            Kind::Pdf => "pdf",
            Kind::Html => "html",
            Kind::Xlsx => "xlsx",
            Kind::Csv => "csv",
            Kind::Txf => "txf",
            Kind::Json => "json",
        }
    }

    /// What it is.
    pub const fn words(self) -> &'static str {
        match self {
            Kind::Pdf => "a document",
            Kind::Html => "a page for a browser",
            Kind::Xlsx => "a workbook",
            Kind::Csv => "one figure a line",
            Kind::Txf => "Schedule C for tax software",
            Kind::Json => "for programs",
        }
    }

    /// A report of a tax year as such a file, which says it was made on `day`.
    pub fn render(self, report: &Report, year: u16, day: NaiveDate) -> Written {
        let whole = |bytes| Written { bytes, remarks: Vec::new() };
        match self {
            Kind::Pdf => whole(pdf::render(report, day)),
            Kind::Html => whole(html::render(report).into_bytes()),
            Kind::Xlsx => whole(xlsx::render(report, day)),
            Kind::Csv => whole(csv::render(report).into_bytes()),
            Kind::Txf => txf::render(report, year, day),
            Kind::Json => whole(json::render(report).into_bytes()),
        }
    }
}
