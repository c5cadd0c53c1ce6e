/** Answers of `calc --mc` and `--tornado` as text. */
import { parseUnit, PLAIN } from '#quantity';
import type { Probability, VarianceShare } from '#analysis';
import type { Pen } from './calc-analysis-text.ts';
import type { ReportedTornado, ReportedUncertainty } from './calc-uncertainty.ts';

const PERCENT = parseUnit('%') ?? PLAIN;

/** Which percentiles stand in the table. */
const SHOWN = ['0.05', '0.5', '0.95'] as const;

/** What was drawn, a row for each cell that spreads, the probabilities, and what failed. */
export function printUncertainty(pen: Pen, answer: ReportedUncertainty): string[] {
  const { words } = pen;
  const { samples, seed, drivers, cells, targets, allMet, failedSamples } = answer;
  const chance = ({ share, standardError }: Probability) => [
    pen.plain(share, PERCENT),
    ...(standardError === undefined ? [] : [pen.error(standardError, PERCENT)]),
  ];
  const spreading = cells.filter(({ isFixed }) => !isFixed);
  return [
    words.say('calc_mc_head', { samples: pen.plain(samples), seed }),
    ...(drivers.length === 0 ? [words.say('calc_mc_certain')] : []),
    ...drivers.map(({ line, distribution, mean, sd }) =>
      [pen.name(line), distribution, pen.number(line, mean), `± ${pen.number(line, sd)}`].join('\t'),
    ),
    ...answer.unused.map(({ reason }) => words.say('calc_mc_unused', { reason })),
    ...(answer.repair
      ? [
          words.say('calc_mc_repaired', {
            lines: answer.repair.lines.map((one) => pen.name(one)).join(' / '),
            asked: pen.plain(answer.repair.asked),
            used: pen.plain(answer.repair.used),
          }),
        ]
      : []),
    ...(spreading.length > 0 ? [words.say('calc_mc_columns')] : []),
    ...spreading.map(({ line, period, figures, numbers }) =>
      [
        pen.name(line),
        period,
        ...(figures
          ? [figures.mean, ...SHOWN.map((share) => figures.percentiles[share] ?? null)]
          : [null]
        ).map((value) => pen.number(line, value)),
        ...(numbers < samples
          ? [words.say('calc_mc_numbers', { share: pen.plain(numbers / samples, PERCENT) })]
          : []),
      ].join('\t'),
    ),
    ...printHistograms(pen, spreading),
    ...printIndices(pen, answer),
    ...(targets.length > 0 ? [words.say('calc_mc_targets')] : []),
    ...targets.map(({ line, period, comparator, value, met }) =>
      [pen.name(line), period, `${comparator} ${pen.number(line, value)}`, ...chance(met)].join('\t'),
    ),
    ...(allMet ? [[words.say('calc_mc_all'), ...chance(allMet)].join('\t')] : []),
    words.say('calc_mc_failed', { share: pen.plain(failedSamples / samples, PERCENT) }),
  ];
}

/** A row for each cell: where its bars begin and end, then how many samples each holds, those beyond in brackets. */
function printHistograms(pen: Pen, cells: ReportedUncertainty['cells']): string[] {
  const rows = cells.flatMap(({ line, period, figures }) => {
    if (!figures) return [];
    const { from, to, counts, below, above } = figures.histogram;
    const ends = `${pen.number(line, from)} → ${pen.number(line, to)}`;
    const bars = [`(${below})`, ...counts, `(${above})`].join(' ');
    return [[pen.name(line), period, ends, bars].join('\t')];
  });
  return rows.length > 0 ? [pen.words.say('calc_mc_histogram'), ...rows] : [];
}

/** Shares of the variance below this are left to `--json`. */
const SMALL_SHARE = 0.005;

/** A row for each driver from which a cell's spread comes. */
function printIndices(pen: Pen, { indices }: ReportedUncertainty): string[] {
  const share = ({ share, standardError }: VarianceShare) =>
    [
      pen.plain(share, PERCENT),
      ...(standardError === undefined ? [] : [pen.error(standardError, PERCENT)]),
    ].join(' ');
  const rows = indices.flatMap(({ line, period, groups }) =>
    groups
      .filter(({ total }) => total.share >= SMALL_SHARE)
      .map(({ lines, first, total }) => {
        const names = lines.map((one) => pen.name(one)).join(' + ');
        return [pen.name(line), period, names, share(first), share(total)].join('\t');
      }),
  );
  return rows.length > 0 ? [pen.words.say('calc_mc_indices'), ...rows] : [];
}

/** The cell now, then a row for each driver that moves it. */
export function printTornado(pen: Pen, { line, period, present, bars }: ReportedTornado): string[] {
  const { words } = pen;
  const moving = bars.filter(({ least, most, unknown }) => least !== most || unknown > 0);
  return [
    words.say('calc_tornado_head', { line: pen.name(line), period, value: pen.number(line, present) }),
    ...moving.map((bar) =>
      [
        pen.name(bar.line),
        `${pen.number(bar.line, bar.low)} → ${pen.number(bar.line, bar.high)}`,
        `${pen.number(line, bar.atLow)} → ${pen.number(line, bar.atHigh)}`,
        ...(bar.isMonotone
          ? []
          : [
              words.say('calc_tornado_turns', {
                least: pen.number(line, bar.least),
                most: pen.number(line, bar.most),
              }),
            ]),
      ].join('\t'),
    ),
    words.say('calc_tornado_rest', { count: bars.length - moving.length }),
  ];
}
