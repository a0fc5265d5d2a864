import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { barChart } from '../../../../../bench/methods/plots/bar-chart.js';
import { lineChart } from '../../../../../bench/methods/plots/line-chart.js';
import { reliabilityDiagram } from '../../../../../cli/charts/reliability.js';

const words = { title: 'Labels & "accuracy" < 100', subtitle: 'three seeds' };
const point = (x: number, mean: number) => ({ x, mean, deviation: 1 });

const CHARTS = {
  lines: (theme?: 'light' | 'dark') =>
    lineChart(
      {
        ...words,
        x: { name: 'labels', scale: 'logarithmic' },
        y: { name: '%' },
        series: [
          { name: 'Supervised', points: [point(10, 70), point(100, 85)] },
          { name: 'FixMatch', points: [point(10, 80), point(100, 85.2)], dashed: true },
          { name: 'not measured', points: [] },
        ],
        levels: [{ name: 'all labels', y: 92 }],
      },
      theme,
    ),
  bars: (theme?: 'light' | 'dark') =>
    barChart(
      {
        ...words,
        axis: 'points',
        signed: true,
        bars: [
          { name: 'teacher', value: -2.5, deviation: 0.3, reference: true },
          { name: 'soft labels', value: 0.25, deviation: 0 },
        ],
      },
      theme,
    ),
  reliability: (theme?: 'light' | 'dark') => {
    const bins = [
      { confidence: 0.5, accuracy: 0.4, images: 20 },
      { confidence: 0, accuracy: 0, images: 0 },
      { confidence: 0.95, accuracy: 0.9, images: 500 },
    ];
    return reliabilityDiagram([{ name: 'before', bins, error: 0.054 }], words, theme).svg;
  },
};

for (const [name, chart] of Object.entries(CHARTS)) {
  test(`${name}: an SVG that a renderer reads, escaped, in light and dark`, async () => {
    for (const theme of [undefined, 'light', 'dark'] as const) {
      const svg = chart(theme);
      assert.ok(svg.includes('Labels &amp; &quot;accuracy&quot; &lt; 100'));
      assert.doesNotMatch(svg, /NaN|Infinity|undefined/);
      const { width, height } = await sharp(Buffer.from(svg)).metadata();
      assert.ok(width! > 300 && height! > 100);
    }
    assert.match(chart(), /prefers-color-scheme:dark/);
    assert.notEqual(chart('light'), chart('dark'));
  });

  test(`${name}: the same values give the same bytes`, () => {
    assert.equal(chart(), chart());
  });
}

test('a chart has its values as text', () => {
  assert.ok(CHARTS.lines().includes('85.2  FixMatch'));
  assert.ok(CHARTS.lines().includes('92.0  all labels'));
  assert.ok(!CHARTS.lines().includes('not measured'));
  assert.ok(CHARTS.bars().includes('−2.50'));
  assert.ok(CHARTS.bars().includes('+0.25'));
  assert.ok(CHARTS.reliability().includes('calibration error 5.4 %'));
});

test('a whisker ends at the limits, open', () => {
  const bars = [{ name: 'teacher', value: 90, deviation: 20 }];
  const lines = (limits?: [number, number]) =>
    barChart({ ...words, axis: '%', bars, ...(limits && { limits }) }).match(/<line[^>]*whisker/g)!.length;
  assert.equal(lines(), 3);
  assert.equal(lines([0, 100]), 2);
});

test('charts without data are empty frames', () => {
  const nothing = lineChart({
    ...words,
    x: { name: 'labels', scale: 'linear' },
    y: { name: '%' },
    series: [],
  });
  assert.doesNotMatch(nothing, /NaN|Infinity|undefined/);
  assert.doesNotMatch(barChart({ ...words, axis: 'points', bars: [] }), /NaN|Infinity|undefined/);
});
