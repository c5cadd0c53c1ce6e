/** Answers of `calc --mc` and `--tornado` as text. */
import { parseUnit, PLAIN } from '#quantity';
import type { Probability } from '#analysis';
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
    ...(standardError === undefined ? [] : [`± ${pen.plain(standardError, PERCENT)}`]),
  ];
  const spreading = cells.filter(({ isFixed }) => !isFixed);
  return [
    words.say('calc_mc_head', { samples: pen.plain(samples), seed }),
    ...(drivers.length === 0 ? [words.say('calc_mc_certain')] : []),
    ...drivers.map(({ line, distribution, mean, sd }) =>
      [pen.name(line), distribution, pen.number(line, mean), `± ${pen.number(line, sd)}`].join('\t'),
    ),
    ...answer.unused.map(({ line, code }) =>
      words.say('calc_mc_unused', { line: line === null ? '—' : pen.name(line), code }),
    ),
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
    ...(targets.length > 0 ? [words.say('calc_mc_targets')] : []),
    ...targets.map(({ line, period, comparator, value, met }) =>
      [pen.name(line), period, `${comparator} ${pen.number(line, value)}`, ...chance(met)].join('\t'),
    ),
    ...(allMet ? [[words.say('calc_mc_all'), ...chance(allMet)].join('\t')] : []),
    words.say('calc_mc_failed', { share: pen.plain(failedSamples / samples, PERCENT) }),
  ];
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
