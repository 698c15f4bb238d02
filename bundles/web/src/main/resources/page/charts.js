// SPDX-License-Identifier: Apache-2.0
// Plots over time with uPlot, sparklines and bars without. Colours are those of the style sheet, light or dark.

import uPlot from './uplot/uPlot.esm.js';
import {byId, bytes, clock, clockOf, dayOf, duration, make, many, reconcile, text} from './format.js';

/** A colour of the style sheet as it is now, light or dark. */
export const colour = name => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
const plots = [];
const dark = matchMedia('(prefers-color-scheme: dark)');

/** Calls something when the colours change. */
export const onColours = changed => dark.addEventListener('change', changed);

/** Where a scale of bytes is divided, and where time is: in whole seconds, minutes, hours and days. */
const POWERS = Array.from({length: 42}, (each, power) => 2 ** power);
const DAY = 86400;
const SECONDS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21600, 43200,
  ...[1, 2, 7, 14, 30, 90].map(days => days * DAY)];

function axis(format, side) {
  return {
    stroke: () => colour('soft'),
    grid: {stroke: () => colour('line'), width: 1},
    ticks: {show: false},
    font: '12px system-ui, sans-serif',
    size: side === 'y' ? 62 : 28,
    space: side === 'y' ? 34 : 84,
    incrs: side === 'x' ? SECONDS : format === bytes ? POWERS : undefined,
    values: (plot, ticks, _, space, step) => ticks.map(tick => side === 'x' ? format(tick, step) : format(tick)),
  };
}

/** Times in the words that fit the distance between them. */
export const timeAxis = () => axis((time, step) => (step < DAY ? clockOf : dayOf)(1000 * time), 'x');

/**
 * A plot over time in an element.
 *
 * @param id of the element
 * @param series [{label, colour, format, fill, width, dash, points}]: format is given a value and its index; points
 *        gives the indices of those that are marked
 * @param options {height, format, range, label}: format and range of the y axis, label of the whole
 */
export class TimePlot {
  constructor(id, series, {height = 190, format = many, range, label} = {}) {
    this.box = byId(id);
    const scales = {x: {time: true}, y: {range: range ?? ((plot, min, max) => [0, Math.max(max * 1.12 || 1, 1)])}};
    this.plot = new uPlot({
      width: this.width(), height, scales,
      cursor: {y: false, points: {size: 6}},
      legend: {live: true, isolate: false},
      axes: [timeAxis(), axis(format, 'y')],
      series: [{label: 'Time', value: (plot, time) => time === null ? '' : clock(1000 * time)},
        ...series.map(each => ({
          label: each.label, width: each.width ?? 1.75, dash: each.dash, spanGaps: false,
          points: {show: each.points !== undefined, size: 7, filter: each.points},
          stroke: () => colour(each.colour),
          fill: each.fill ? () => colour(each.colour) + '22' : undefined,
          value: (plot, value, _, i) => value === null || value === undefined ? '–' : (each.format ?? format)(value, i),
        }))],
    }, [[], ...series.map(() => [])], this.box);
    this.box.setAttribute('role', 'img');
    this.label = label;
    this.colours = series.map(each => each.colour);
    this.names = series.map(each => each.label);
    this.formats = series.map(each => each.format ?? format);
    new ResizeObserver(() => this.plot.setSize({width: this.width(), height})).observe(this.box);
    plots.push(this);
  }

  width() {
    return Math.max(200, this.box.clientWidth);
  }

  /** The legend's marks are coloured once only by uPlot. */
  recolour() {
    this.plot.redraw();
    this.box.querySelectorAll('.u-series:not(:first-child) .u-marker')
        .forEach((mark, i) => { mark.style.borderColor = colour(this.colours[i]); });
  }

  /** Shows values over times, in seconds; the legend tells the last of them while the pointer is elsewhere. */
  show(times, ...values) {
    this.plot.setData([times, ...values]);
    if (this.plot.cursor.left < 0 || this.plot.cursor.left === undefined) {
      // After uPlot itself, which empties the legend in a task of its own.
      queueMicrotask(() => this.plot.setLegend({idx: times.length - 1}));
    }
    const now = values.map((each, i) => `${this.names[i]} ${each.at(-1) === null || each.at(-1) === undefined
        ? 'unknown' : this.formats[i](each.at(-1), each.length - 1)}`);
    this.box.setAttribute('aria-label', `${this.label}: ${now.join(', ')}`);
  }
}

onColours(() => plots.forEach(each => each.recolour()));

const SVG = 'http://www.w3.org/2000/svg';

/** A line of the last values, as high as its element; decoration, since the value stands beside it. */
export function sparkline() {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 100 24');
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('aria-hidden', 'true');
  svg.classList.add('spark');
  const area = document.createElementNS(SVG, 'path');
  area.classList.add('area');
  const line = document.createElementNS(SVG, 'path');
  svg.append(area, line);
  svg.show = values => {
    const known = values.map(value => value ?? 0);
    if (known.length < 2) {
      return;
    }
    const top = Math.max(...known, 1e-9);
    const points = known.map((value, i) =>
        `${(100 * i / (known.length - 1)).toFixed(1)} ${(22 - 20 * value / top).toFixed(1)}`);
    line.setAttribute('d', 'M' + points.join('L'));
    area.setAttribute('d', `M0 24L${points.join('L')}L100 24Z`);
  };
  return svg;
}

/** The distribution of durations: a bar for each bucket from the first that has samples to the last. */
export function bars(histogram) {
  const counts = histogram.buckets.map((bucket, i) => ({
    to: bucket.upToMillis / 1000,
    from: i === 0 ? 0 : histogram.buckets[i - 1].upToMillis / 1000,
    count: bucket.count - (i === 0 ? 0 : histogram.buckets[i - 1].count),
  }));
  const used = counts.map(each => each.count > 0);
  const first = Math.max(0, used.indexOf(true) - 1);
  const last = Math.min(counts.length - 1, Math.max(used.lastIndexOf(true) + 1, first + 7));
  const shown = counts.slice(first, last + 1);
  const most = Math.max(...shown.map(each => each.count), 1);
  byId('bars').classList.toggle('dense', shown.length > 9);
  reconcile(byId('bars'), shown, each => each.to,
      each => make('div.bar-slot', {}, make('span.bar-fill'), make('span.bar-name', {}, duration(each.to))),
      (slot, each) => {
        // One among thousands is seen too.
        slot.firstChild.style.height = each.count === 0 ? '0' : `max(1px, ${(100 * each.count / most).toFixed(2)}%)`;
        slot.title = `${duration(each.from)} to ${duration(each.to)}: ${each.count.toLocaleString('en')}`;
      });
  const said = histogram.samples === 0 ? 'No sample yet.'
      : `${histogram.samples.toLocaleString('en')} samples: half within ${duration(histogram.p50Millis / 1000)}, `
      + `99 % within ${duration(histogram.p99Millis / 1000)}, the longest ${duration(histogram.maxMillis / 1000)}.`;
  text(byId('bars-text'), said);
}
