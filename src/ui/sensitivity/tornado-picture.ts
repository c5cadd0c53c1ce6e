/** A tornado as plain data, and what it says in sentences. */
import type { Value } from '#quantity';
import type { Line, Target } from '#plan';
import type { PlanSession, ShownBar, ShownTornado } from '#session';
import type { AppContext } from '../_shared/app-context.svelte.ts';
import { inSentences } from '../_shared/sentences.ts';
import { valueText } from '../questions/amounts.ts';
import { driverAmounts, limitsText, lineAmounts } from './driver-words.ts';
import { isTargetDrawn, type TornadoPicture } from './tornado-option.ts';

/** What a tornado is drawn from: all that was found, the bars that are drawn, what the plan wants. */
interface TornadoParts {
  readonly shown: ShownTornado;
  readonly bars: readonly ShownBar[];
  readonly target: Target | undefined;
}

/** Draws up the tornado of a line; undefined where the figure has no number now. */
export function tornadoPicture(
  context: AppContext,
  session: PlanSession,
  line: Line,
  { shown, bars, target }: TornadoParts,
): TornadoPicture | undefined {
  if (typeof shown.present !== 'number') return undefined;
  const { words } = context;
  const unit = session.engine.unitOf(line.id);
  const scaled = (value: number | null) => (value === null ? null : value * unit.shown);
  const end = (value: Value) => (typeof value === 'number' ? value * unit.shown : null);
  return {
    bars: bars.map((bar) => ({
      name: context.name(bar.driver.name),
      atLow: end(bar.atLow),
      atHigh: end(bar.atHigh),
      least: scaled(bar.least),
      most: scaled(bar.most),
      isMonotone: bar.isMonotone,
    })),
    present: shown.present * unit.shown,
    targets: target ? limitsOf(target).map((limit) => limit * unit.shown) : [],
    show: (value, decimals = line.decimals) =>
      context.number(value, { ...unit, shown: 1 }, { decimals }) +
      (unit.text === '%' || unit.text === '‰' ? unit.text : ''),
    words: {
      low: words.say('sens_low_end'),
      high: words.say('sens_high_end'),
      present: words.say('sens_present'),
      target: words.say('chart_target'),
    },
  };
}

/** The values of a target that are drawn: the printed one, or both ends of a range. */
function limitsOf({ value, upTo, direction }: Target): number[] {
  return upTo === undefined || direction === 'atLeast'
    ? [value]
    : direction === 'atMost'
      ? [upTo]
      : [value, upTo];
}

/** Says which driver moves the figure most, and how many decide on its target. */
export function tornadoSentence(
  context: AppContext,
  session: PlanSession,
  line: Line,
  parts: TornadoParts,
): string {
  const { words } = context;
  const { shown, target } = parts;
  const figure = context.name(line.name);
  const amounts = lineAmounts(context, session, line);
  const [widest] = shown.bars;
  if (!widest) return words.say('sens_tornado_none', { figure });
  const driver = driverAmounts(context, session, widest.driver);
  const said = [
    words.say('sens_tornado_widest', {
      driver: context.name(widest.driver.name),
      figure,
      low: driver.levelInUnit(widest.low),
      high: driver.levelInUnit(widest.high),
      atLow: valueText(widest.atLow, amounts.levelInUnit),
      atHigh: valueText(widest.atHigh, amounts.levelInUnit),
    }),
  ];
  if (target) {
    const deciding = shown.bars.filter(({ isDeciding }) => isDeciding).length;
    said.push(
      deciding === 0
        ? words.say('sens_tornado_decides_none')
        : words.say('sens_tornado_decides', { count: deciding }),
    );
    const picture = tornadoPicture(context, session, line, parts);
    if (picture && !isTargetDrawn(picture))
      said.push(words.say('sens_tornado_target_far', { target: limitsText(amounts, limitsOf(target)) }));
  }
  return inSentences(context.language, said);
}
