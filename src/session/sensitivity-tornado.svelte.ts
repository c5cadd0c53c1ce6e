/** What each driver alone does to the subject over its range. */
import { isNumber, type Value } from '#quantity';
import type { Line, Target } from '#plan';
import { metRange, type Cell, type DriverRange, type MetRange, type TornadoBar } from '#analysis';
import { Inquiry } from './inquiry.svelte.ts';
import type { PlanSession } from './plan-session.svelte.ts';
import { sensitivityChoicesOf, type Ends } from './sensitivity-choices.svelte.ts';
import type { Subject } from './subject.svelte.ts';

/** A bar with its driver's line. */
export interface ShownBar extends TornadoBar {
  readonly driver: Line;
  /** Whether the range was typed. */
  readonly isTyped: boolean;
  /** Whether this driver alone takes the subject over the limit of its target within its range. */
  readonly isDeciding: boolean;
}

/** A tornado as it is shown. */
export interface ShownTornado {
  readonly cell: Cell;
  readonly present: Value;
  /** The widest first. */
  readonly bars: readonly ShownBar[];
  /** Drivers that change nothing anywhere in their ranges. */
  readonly idle: readonly Line[];
  readonly isOutdated: boolean;
}

/** Bars that are shown before all are asked for. */
export const FIRST_BARS = 12;

/** What rounding may move, in parts of the subject. */
const FLAT = 1e-12;

/** The tornado of a session's subject. */
export class TornadoQuestion {
  readonly #session: PlanSession;
  readonly #subject: Subject;
  readonly inquiry: Inquiry<'tornado'>;

  constructor(session: PlanSession, subject: Subject) {
    this.#session = session;
    this.#subject = subject;
    const choices = sensitivityChoicesOf(session);
    this.inquiry = new Inquiry(session, 'tornado', () => {
      const { cell } = subject;
      const { scenario, scenarios } = session;
      return cell && { scenario, scenarios, cells: [cell], given: rangesOf(choices.ranges) };
    });
  }

  /** The tornado found last, marked where it belongs to inputs of before; undefined before the first. */
  readonly shown: ShownTornado | undefined = $derived.by(() => {
    const { shown } = this.inquiry;
    const [tornado] = shown?.output ?? [];
    if (!shown || !tornado) return undefined;
    const cell = { line: tornado.line, period: tornado.period };
    const target = targetOf(this.#session.plan.targets, cell);
    const range = target && metRange(target, this.#session.engine.unitOf(target.line));
    const bars = tornado.bars.flatMap((bar): ShownBar[] => {
      const driver = this.#session.line(bar.line);
      const isDeciding = range !== undefined && decides(bar, tornado.present, range);
      return driver ? [{ ...bar, driver, isTyped: bar.from === 'given', isDeciding }] : [];
    });
    return {
      cell,
      present: tornado.present,
      bars: bars.filter(hasEffect),
      idle: bars.filter((bar) => !hasEffect(bar)).map(({ driver }) => driver),
      isOutdated: shown.isOutdated,
    };
  });

  /** What the cell that is shown should be; undefined where the plan wants nothing of it. */
  readonly target: Target | undefined = $derived.by(() =>
    targetOf(this.#session.plan.targets, this.shown?.cell ?? this.#subject.cell),
  );
}

function rangesOf(typed: ReadonlyMap<string, Ends>): DriverRange[] {
  return [...typed].map(([line, { low, high }]) => ({ line, low, high, from: 'given' }));
}

function targetOf(targets: readonly Target[], cell: Cell | undefined): Target | undefined {
  return targets.find(({ line, period }) => line === cell?.line && period === cell.period);
}

/** What has no number anywhere is of more interest than what does not move. */
function hasEffect({ least, most, unknown }: TornadoBar): boolean {
  if (unknown > 0 || least === null || most === null) return true;
  return most - least > FLAT * Math.max(Math.abs(least), Math.abs(most));
}

function decides({ least, most }: TornadoBar, present: Value, { from, to }: MetRange): boolean {
  if (least === null || most === null || !isNumber(present)) return false;
  const isMet = present >= from && present <= to;
  return isMet ? least < from || most > to : least <= to && most >= from;
}
