//! A chart of the slow line: how soon each page is ready, and how much it loads until then.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::{Medians, THIS};

const WIDTH: f64 = 360.0;
const ROW: usize = 28;

/// Draws it; it is read on light and dark ground.
pub fn draw(medians: &BTreeMap<&'static str, Medians>) -> String {
    let mut rows: Vec<(&str, f64, f64)> =
        medians.iter().map(|(name, of)| (*name, of["ready ms"] / 1000.0, of["bytes"] / 1000.0)).collect();
    rows.sort_by(|one, other| one.1.total_cmp(&other.1));
    let greatest = |pick: fn(&(&str, f64, f64)) -> f64| rows.iter().map(pick).fold(1.0, f64::max);
    let (slowest, heaviest) = (greatest(|row| row.1), greatest(|row| row.2));
    let height = (rows.len() + 2) * ROW;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1100 {height}\" font-family=\"sans-serif\" font-size=\"14\" fill=\"#808080\">\n\
         <title>How soon each page is ready on the slow line, and what it loads</title>\n\
         <text x=\"250\" y=\"20\">ready, in seconds</text><text x=\"690\" y=\"20\">loaded, in KB</text>\n"
    );
    for (index, (name, ready, bytes)) in rows.iter().enumerate() {
        let y = (index + 1) * ROW;
        let colour = if *name == THIS { "#2563eb" } else { "#94a3b8" };
        for (x, share, label) in
            [(250, ready / slowest, format!("{ready:.2}")), (690, bytes / heaviest, format!("{bytes:.0}"))]
        {
            let width = share * WIDTH;
            writeln!(
                svg,
                "<rect x=\"{x}\" y=\"{y}\" width=\"{width:.0}\" height=\"18\" fill=\"{colour}\"/><text x=\"{:.0}\" y=\"{}\">{label}</text>",
                f64::from(x) + width + 6.0,
                y + 14
            )
            .unwrap();
        }
        writeln!(svg, "<text x=\"240\" y=\"{}\" text-anchor=\"end\">{name}</text>", y + 14).unwrap();
    }
    svg + "</svg>\n"
}
