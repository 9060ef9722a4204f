//! Charts are values, as reports are: what is drawn, not how. The table of the section holds the same figures, so that
//! who cannot look reads them.

use crate::money::Usd;

/// A drawing of a section's figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chart {
    /// What it shows, in a few words.
    pub title: String,
    /// What one sees in it, in a sentence.
    pub summary: String,
    /// The figures.
    pub plot: Plot,
}

/// The figures of a chart, by the way they are drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Plot {
    /// Upright bars, each the sum of its series: income by month and payer.
    Stacked {
        /// What stands under the bars.
        groups: Vec<String>,
        /// What the bars are made of, from the ground up.
        series: Vec<Series>,
    },
    /// Level bars, one under the other: where each dollar went.
    Bars(Vec<Bar>),
}

/// One series of a stacked chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// Its name in the legend.
    pub name: String,
    /// Its amounts, one a group.
    pub amounts: Vec<Usd>,
}

/// One level bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// What it is.
    pub label: String,
    /// How long it is.
    pub amount: Usd,
    /// What stands after the amount, such as a share.
    pub note: String,
    /// Is it the one to look at?
    pub strong: bool,
}

impl Chart {
    /// A chart.
    pub fn new(title: impl Into<String>, summary: impl Into<String>, plot: Plot) -> Chart {
        Chart { title: title.into(), summary: summary.into(), plot }
    }

    /// Every word of it.
    pub fn words(&self) -> Vec<&String> {
        let mut words = vec![&self.title, &self.summary];
        match &self.plot {
            Plot::Stacked { groups, series } => {
                words.extend(groups);
                words.extend(series.iter().map(|series| &series.name));
            }
            Plot::Bars(bars) => words.extend(bars.iter().flat_map(|bar| [&bar.label, &bar.note])),
        }
        words
    }
}

impl Plot {
    /// Has it nothing to draw?
    pub fn is_empty(&self) -> bool {
        match self {
            Plot::Stacked { series, .. } => {
                series.iter().all(|series| series.amounts.iter().all(|amount| *amount == Usd::ZERO))
            }
            Plot::Bars(bars) => bars.iter().all(|bar| bar.amount == Usd::ZERO),
        }
    }
}
