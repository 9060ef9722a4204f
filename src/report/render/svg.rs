//! SVG for pages: no script, no style of its own. Colours are presentation attributes, which a page may override by class.

use std::fmt::Write as _;

use html_escape::{encode_double_quoted_attribute as attribute, encode_text as text};

use super::super::chart::Chart;
use super::draw::{Anchor, Drawing, Ink, Shape, draw};
use super::font::Face;
use super::one_line;

/// Draws a chart as one `<svg>`, whose parts are named after `id`.
pub fn render(chart: &Chart, id: &str) -> String {
    let Drawing { width, height, title, summary, shapes } = draw(chart);
    let id = attribute(id);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 {width} {height}\" aria-labelledby=\"{id}-title {id}-desc\" font-family=\"'Source Sans 3', 'Segoe UI', Helvetica, Arial, sans-serif\">\n<title id=\"{id}-title\">{}</title>\n<desc id=\"{id}-desc\">{}</desc>\n",
        text(&one_line(&title)),
        text(&one_line(&summary)),
    );
    for shape in &shapes {
        push(&mut svg, shape);
    }
    svg.push_str("</svg>\n");
    svg
}

fn colour(ink: Ink) -> String {
    let [red, green, blue] = ink.rgb();
    format!("#{red:02x}{green:02x}{blue:02x}")
}

fn push(svg: &mut String, shape: &Shape) {
    // Writing to a string cannot fail.
    let _ = match shape {
        Shape::Rect { x, y, width, height, ink } => writeln!(
            svg,
            "<rect class=\"{}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{}\"/>",
            ink.class(),
            colour(*ink),
        ),
        Shape::Line { from, to, thickness, ink } => writeln!(
            svg,
            "<path class=\"{}\" d=\"M{} {}L{} {}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{thickness}\"/>",
            ink.class(),
            from.0,
            from.1,
            to.0,
            to.1,
            colour(*ink),
        ),
        Shape::Text { x, y, size, face, anchor, ink, text: words } => {
            let anchor = match anchor {
                Anchor::Start => "start",
                Anchor::Middle => "middle",
                Anchor::End => "end",
            };
            let weight = if *face == Face::Bold { " font-weight=\"600\"" } else { "" };
            writeln!(
                svg,
                "<text class=\"{}\" x=\"{x}\" y=\"{y}\" font-size=\"{size}\" text-anchor=\"{anchor}\"{weight} fill=\"{}\">{}</text>",
                ink.class(),
                colour(*ink),
                text(&one_line(words)),
            )
        }
    };
}

#[cfg(test)]
mod tests {
    use super::super::super::chart::{Bar, Plot, Series};
    use super::*;
    use crate::money::Usd;

    fn by_month() -> Chart {
        let series = |name: &str, amounts: [i64; 3]| Series {
            name: name.to_owned(),
            amounts: amounts.into_iter().map(Usd::dollars).collect(),
        };
        Chart::new(
            "Received by month & payer",
            "Most came in March.",
            Plot::Stacked {
                groups: ["Jan", "Feb", "Mar"].map(str::to_owned).to_vec(),
                series: vec![series("Northside", [1_200, 0, 3_900]), series("<Cascade>", [800, -150, 400])],
            },
        )
    }

    #[test]
    fn bars_by_month() {
        insta::assert_snapshot!(render(&by_month(), "income"));
    }

    #[test]
    fn level_bars() {
        let bar = |label: &str, amount, strong| Bar {
            label: label.to_owned(),
            amount: Usd::dollars(amount),
            note: format!("{}¢", amount / 10),
            strong,
        };
        let bars = vec![bar("Supplies", 120, false), bar("Taxes", 330, false), bar("Yours", 550, true)];
        insta::assert_snapshot!(render(
            &Chart::new("Where each dollar went", "55 cents are yours.", Plot::Bars(bars)),
            "went"
        ));
    }

    #[test]
    fn nothing_runs_and_nothing_is_fetched() {
        let svg = render(&by_month(), "income");
        for never in ["<script", "style=", "href", "url(", "<Cascade>"] {
            assert!(!svg.contains(never), "{never}");
        }
        assert_eq!(svg, render(&by_month(), "income"));
    }
}
