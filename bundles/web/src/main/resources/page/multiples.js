// SPDX-License-Identifier: Apache-2.0
// Small multiples: one curve a row, each on its own scale, peaks compressed, one axis of time below the last.

import uPlot from './uplot/uPlot.esm.js';
import {colour, onColours, timeAxis} from './charts.js';
import {make, text} from './format.js';

const HEIGHT = 46;
const AXIS = 26;
const NONE = {show: false};
/** Of a compressed scale: what is usual reaches half of it, so that a peak is seen. */
const LEAST = 1.8;

const median = values => {
  const sorted = values.filter(value => value > 0).sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 1;
};

/** Linear up to what is usual, logarithmic above it: a burst does not press the rest flat. */
const compressed = (values, usual) => values.map(value => value === null || value === undefined ? null
    : Math.asinh(value / usual));

const last = values => values.findLast(value => value !== null && value !== undefined) ?? 0;

/**
 * Rows of curves in a list.
 *
 * @param list the element
 * @param rows [{name, sub, colour, value, more}]: value(number) says one in words, more(curve) what stands below it
 * @param said is given the time under the pointer, or null
 */
export class Multiples {
  constructor(list, rows, said) {
    this.rows = rows.map((row, i) => this.row(list, row, i === rows.length - 1));
    this.said = said;
    this.times = [];
    new ResizeObserver(() => this.rows.forEach(row => row.plot.setSize({width: row.width(), height: row.height})))
        .observe(list);
    onColours(() => this.rows.forEach(row => row.plot.redraw()));
  }

  row(list, {name, sub, colour: paint, value, more}, lowest) {
    const box = make('div.strip-plot', {role: 'img'});
    const number = make('span.strip-number');
    const note = make('span.sub');
    list.append(make('li', {}, make('p', {}, name, make('span.sub', {}, sub)), box, make('p.number', {}, number, note)));
    const height = HEIGHT + (lowest ? AXIS : 0);
    const width = () => Math.max(120, box.clientWidth);
    const pale = alpha => () => colour(paint) + alpha;
    const plot = new uPlot({
      width: width(), height, padding: [4, 20, 0, 20], legend: NONE,
      cursor: {y: false, points: {size: 6}, sync: {key: list.id}, drag: {x: false, y: false}},
      scales: {y: {range: (u, min, max) => [0, Math.max(1.05 * (max ?? 0), LEAST)]}},
      axes: [{...timeAxis(), show: lowest, grid: NONE}, NONE],
      series: [{}, {stroke: null, width: 0, points: NONE}, {stroke: null, width: 0, points: NONE},
        {stroke: () => colour(paint), width: 1.5, fill: pale('22'), points: NONE}],
      bands: [{series: [1, 2], fill: pale('40')}],
      hooks: {setCursor: [u => this.point(u)]},
    }, [[], [], [], []], box);
    return {plot, box, number, note, name, value, more, width, height, curve: null};
  }

  /** The row under the pointer tells all of them where it is. */
  point(plot) {
    const at = plot.cursor.idx;
    const row = this.rows?.find(each => each.plot === plot);
    if (row?.curve) {
      text(row.number, row.value(at === null || at === undefined ? last(row.curve.mean) : row.curve.mean[at] ?? 0));
      this.said(at === null || at === undefined ? null : this.times[at]);
    }
  }

  /** Shows curves {min, mean, max} over times, in the order of the rows. */
  show(times, curves) {
    this.times = times;
    this.rows.forEach((row, i) => {
      const {min, mean, max} = row.curve = curves[i];
      const usual = median(mean);
      row.plot.setData([times, ...[max, min, mean].map(values => compressed(values, usual))]);
      const now = row.value(last(mean));
      if (row.plot.cursor.idx === null || row.plot.cursor.idx === undefined) {
        text(row.number, now);
      }
      text(row.note, row.more(row.curve, curves));
      row.box.setAttribute('aria-label', `${row.name}: ${now} now, at most ${row.value(Math.max(0, ...max))}`);
    });
  }
}
