//! How long the instance's latest backups took, and how large they are: two rows of bars for the same backups. A table
//! contains the same figures for screen readers.

use yew::prelude::*;

use crate::text::{LanguageText, utc_time};
use crate::view::cx::ViewCx;
use console_core::Bar;

/// Width of a bar with its gap, in units of the drawing.
const STEP: i64 = 12;
/// Width of a bar.
const WIDTH: i64 = 8;
/// Height of the tallest bar.
const HEIGHT: i64 = 48;

pub(super) fn chart(cx: &ViewCx, bars: &[Bar]) -> Html {
    let (Some(first), text) = (bars.first(), cx.language.later_text()) else { return Html::default() };
    let extremes = |part: fn(&Bar) -> i64| {
        bars.iter()
            .map(part)
            .fold((part(first), part(first)), |(least, most), value| (least.min(value), most.max(value)))
    };
    let (shortest, longest) = extremes(|bar| bar.seconds);
    let (smallest, largest) = extremes(|bar| bar.size);
    let (units, size) = (&text.follow.units, text.lists.size_of);
    let summary = (text.chart_summary)(
        bars.len(),
        [units.duration(shortest), units.duration(longest), size(smallest), size(largest)],
    );
    let [manual, automated] = text.chart_legend;
    html! {
        <figure class="chart">
            <figcaption>
                <h3>{ text.chart }</h3>
                <p class="note">{ &summary }</p>
                <p class="legend" aria-hidden="true">
                    <span class="key manual">{ manual }</span>
                    <span class="key automated">{ automated }</span>
                </p>
            </figcaption>
            <div class="panels">
                { panel(cx, text.lists.duration, bars, longest, |bar| bar.seconds, &|seconds| units.duration(seconds)) }
                { panel(cx, text.lists.size, bars, largest, |bar| bar.size, &size) }
            </div>
            { numbers(cx, bars) }
        </figure>
    }
}

fn panel(
    cx: &ViewCx,
    label: &str,
    bars: &[Bar],
    most: i64,
    part: fn(&Bar) -> i64,
    words: &dyn Fn(i64) -> String,
) -> Html {
    let punctuation = &cx.language.text().punctuation;
    let width = STEP * i64::try_from(bars.len()).unwrap_or_default();
    let drawn = (0_i64..).zip(bars).map(|(index, bar)| {
        let is_manual = bar.is_manual;
        // Even the smallest one is visible.
        let height = (part(bar).saturating_mul(HEIGHT) / most.max(1)).max(1);
        // The class is on a group: for SVG elements it isn't a property, and has to be a literal.
        let bar = html! {
            <rect
                x={(index * STEP).to_string()}
                y={(HEIGHT - height).to_string()}
                width={WIDTH.to_string()}
                height={height.to_string()}
                rx="1"
            >
                <title>{ punctuation.labelled(&bar.name, &words(part(bar))) }</title>
            </rect>
        };
        if is_manual {
            html! { <g class="manual">{ bar }</g> }
        } else {
            html! { <g class="automated">{ bar }</g> }
        }
    });
    html! {
        <div class="panel" aria-hidden="true">
            <p class="note">{ label }{ " ≤ " }{ words(most) }</p>
            <svg viewBox={format!("0 0 {width} {HEIGHT}")} preserveAspectRatio="xMinYMax meet">{ for drawn }</svg>
        </div>
    }
}

fn numbers(cx: &ViewCx, bars: &[Bar]) -> Html {
    let text = cx.language.later_text();
    let rows = bars.iter().map(|bar| {
        html! {
            <tr>
                <th scope="row"><bdi>{ bar.name.clone() }</bdi></th>
                <td>{ utc_time(&bar.begin_time) }</td>
                <td>{ text.follow.units.duration(bar.seconds) }</td>
                <td>{ (text.lists.size_of)(bar.size) }</td>
            </tr>
        }
    });
    html! {
        <details>
            <summary>{ text.chart_numbers }</summary>
            <div class="table" tabindex="0" role="group" aria-label={text.chart}>
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{ text.parts.name }</th>
                            <th scope="col">{ text.parts.begin_time }</th>
                            <th scope="col">{ text.lists.duration }</th>
                            <th scope="col">{ text.lists.size }</th>
                        </tr>
                    </thead>
                    <tbody>{ for rows }</tbody>
                </table>
            </div>
        </details>
    }
}
