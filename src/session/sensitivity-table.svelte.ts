/** The subject, or several figures, over the levels of one or two drivers. */
import { isNumber, type Failure, type Unit, type Value } from '#quantity';
import type { Line } from '#plan';
import { drivers, levelsBetween, metRange, tableValue, type Cell, type MetRange } from '#analysis';
import { shiftDrivers, type DriverShift } from './driver-shifts.ts';
import { heatSheet, type HeatSheet, type SheetAxis } from './heat-sheet.ts';
import { Inquiry } from './inquiry.svelte.ts';
import type { PlanSession } from './plan-session.svelte.ts';
import { sensitivityChoicesOf, type Ends, type SensitivityChoices } from './sensitivity-choices.svelte.ts';
import { StepsOnCell } from './step-effects.svelte.ts';
import type { Subject } from './subject.svelte.ts';

/** A driver along a side of a table. */
export interface TableSide {
  readonly driver: Line;
  readonly unit: Unit;
  readonly ends: Ends;
  readonly isTyped: boolean;
}

/** One figure over the levels of a driver. */
export interface TableCurve {
  readonly cell: Cell;
  readonly line: Line;
  readonly unit: Unit;
  readonly values: readonly Value[];
  /** What it is worth where the driver stands. */
  readonly present: Value;
}

/** A table of one driver. */
export interface ShownCurves {
  readonly across: SheetAxis;
  readonly present: number;
  readonly curves: readonly TableCurve[];
}

/** What was found last. */
export interface ShownTable {
  readonly cell: Cell;
  readonly heat: HeatSheet | undefined;
  readonly curves: ShownCurves | undefined;
  /** Why there is no table: a driver has no level from which it could be moved. */
  readonly fault: Failure | undefined;
  readonly isOutdated: boolean;
}

/** Where nothing is wanted and the subject has no number now. */
const EVERYTHING: MetRange = { from: -Infinity, to: Infinity };

/** The table of a session's subject. */
export class TableQuestionOfSubject {
  readonly #session: PlanSession;
  readonly #subject: Subject;
  readonly #choices: SensitivityChoices;
  /** The drivers that are offered for a figure: found once, so that they do not change under a moving lever. */
  readonly #offered = new Map<string, readonly string[]>();
  readonly inquiry: Inquiry<'table'>;
  readonly #steps: StepsOnCell;

  constructor(session: PlanSession, subject: Subject) {
    this.#session = session;
    this.#subject = subject;
    this.#choices = sensitivityChoicesOf(session);
    this.#steps = new StepsOnCell(session, 'tableSteps', () => {
      const { cell } = subject;
      return cell && !this.#offered.has(keyOf(cell)) ? cell : undefined;
    });
    this.inquiry = new Inquiry(session, 'table', () => {
      const { across, up, wanted } = this;
      const { cell } = subject;
      if (!cell || !across) return undefined;
      const { size, isTwoWay } = this.#choices.table;
      const axisOf = ({ driver, ends }: TableSide) => ({
        lever: { line: driver.id },
        levels: levelsBetween(ends.low, ends.high, size),
      });
      const { scenario, scenarios } = session;
      const asked = { scenario, scenarios };
      if (!isTwoWay) return { ...asked, rows: axisOf(across), cells: this.cells };
      const axes = up && { rows: axisOf(up), columns: axisOf(across) };
      return axes && { ...asked, ...axes, cells: [cell], ...(wanted && { wanted }) };
    });
  }

  /** The drivers of the plan that may be chosen. */
  get drivers(): readonly Line[] {
    return drivers(this.#session.plan).filter(({ id }) => id !== this.#subject.line?.id);
  }

  /** The driver along the lower edge: the chosen one, else the one that moves the subject most. */
  readonly across: TableSide | undefined = $derived.by(() =>
    this.#sideOf([this.#choices.table.across, ...this.#offer]),
  );

  /** The driver along the left edge; never the same as the one along the lower. */
  readonly up: TableSide | undefined = $derived.by(() => {
    const taken = this.across?.driver.id;
    return this.#sideOf([this.#choices.table.up, ...this.#offer].filter((id) => id !== taken));
  });

  /** Which values of the subject are wanted: what meets its target; without one, the present value and more. */
  readonly wanted: MetRange | undefined = $derived.by(() => {
    const { target, unit, present } = this.#subject;
    if (target && unit) return metRange(target, unit);
    return isNumber(present) ? { from: present, to: Infinity } : undefined;
  });

  /** The figures of a table of one driver: the subject with those beside it, or the subject over the periods. */
  readonly cells: readonly Cell[] = $derived.by(() => {
    const { cell } = this.#subject;
    if (!cell) return [];
    const { periods } = this.#session.plan;
    if (this.#choices.table.shows === 'periods')
      return this.#session.periods
        .filter((period) => period > periods.base)
        .map((period) => ({ line: cell.line, period }));
    const others = this.#choices.table.figures.filter((one) => !isSameCell(one, cell));
    return [{ line: cell.line, period: cell.period }, ...others];
  });

  /** What was found last; undefined before the first answer. */
  readonly shown: ShownTable | undefined = $derived.by(() => {
    const { shown } = this.inquiry;
    const [first] = shown?.input.cells ?? [];
    if (!shown || !first) return undefined;
    const { input, output } = shown;
    return {
      cell: first,
      heat: heatSheet(input, output, input.wanted ?? EVERYTHING),
      curves: this.#curves(shown),
      fault: output.ok ? undefined : output.fault,
      isOutdated: shown.isOutdated,
    };
  });

  chooseAcross(id: string): void {
    const { up } = this;
    const turned = up?.driver.id === id && this.across ? { up: this.across.driver.id } : {};
    this.#choices.table = { ...this.#choices.table, across: id, ...turned };
  }

  chooseUp(id: string): void {
    const { across } = this;
    const turned = across?.driver.id === id && this.up ? { across: this.up.driver.id } : {};
    this.#choices.table = { ...this.#choices.table, up: id, ...turned };
  }

  /** Puts a figure beside the subject, or takes it away. */
  toggleFigure(cell: Cell): void {
    const { figures } = this.#choices.table;
    const isThere = figures.some((one) => isSameCell(one, cell));
    const next = isThere ? figures.filter((one) => !isSameCell(one, cell)) : [...figures, cell];
    this.#choices.table = { ...this.#choices.table, figures: next };
  }

  /** Moves the drivers of the table to levels of their axes, as one edit; nothing while it belongs to inputs of before. */
  moveTo(across: number, up?: number): void {
    const { shown } = this;
    if (!shown || shown.isOutdated) return;
    const { heat, curves } = shown;
    const shifts: DriverShift[] = [];
    if (heat && up !== undefined) {
      shifts.push({ line: heat.across.line, shift: across - heat.present.across });
      shifts.push({ line: heat.up.line, shift: up - heat.present.up });
    } else if (curves) shifts.push({ line: curves.across.line, shift: across - curves.present });
    const moved = shifts.filter(({ shift }) => shift !== 0);
    if (moved.length > 0) shiftDrivers(this.#session, moved);
  }

  /** The first of these that is a driver which can be moved here. */
  #sideOf(ids: readonly (string | undefined)[]): TableSide | undefined {
    const [driver] = ids.flatMap((id) => this.drivers.filter((one) => one.id === id));
    if (!driver?.lever) return undefined;
    const typed = this.#choices.axes.get(driver.id);
    const { min: low, max: high } = driver.lever;
    return {
      driver,
      unit: this.#session.engine.unitOf(driver.id),
      ends: typed ?? { low, high },
      isTyped: typed !== undefined,
    };
  }

  /** The two drivers whose lever step moves the subject most; fewer where the plan has fewer, none until they are found. */
  readonly #offer: readonly string[] = $derived.by(() => {
    const { cell } = this.#subject;
    if (!cell) return [];
    const known = this.#offered.get(keyOf(cell));
    if (known) return known;
    const effects = this.#steps.found;
    if (!effects) return [];
    const found = this.drivers
      .toSorted((a, b) => (effects.get(b.id) ?? 0) - (effects.get(a.id) ?? 0))
      .slice(0, 2)
      .map(({ id }) => id);
    this.#offered.set(keyOf(cell), found);
    return found;
  });

  /** What looks for the drivers to begin with; undefined where they are known. Keep it going with `$effect(() => table.follow())`. */
  get ranking(): Inquiry<'leverSteps' | 'tableSteps'> | undefined {
    return this.#offer.length > 0 ? undefined : this.#steps.inquiry;
  }

  follow(): (() => void) | undefined {
    return this.#steps.inquiry.follow();
  }

  #curves({ input, output }: NonNullable<Inquiry<'table'>['shown']>): ShownCurves | undefined {
    if (!output.ok || input.columns) return undefined;
    const { levels, lever } = input.rows;
    return {
      across: { line: lever.line, levels },
      present: output.present.row,
      curves: output.sheets.flatMap((sheet): TableCurve[] => {
        const line = this.#session.line(sheet.line);
        if (!line) return [];
        return [
          {
            cell: { line: sheet.line, period: sheet.period },
            line,
            unit: this.#session.engine.unitOf(line.id),
            values: levels.map((_, index) => tableValue(sheet, output.failures, index)),
            present: this.#session.value(sheet.line, sheet.period),
          },
        ];
      }),
    };
  }
}

function keyOf({ line, period }: Cell): string {
  return `${line}@${period}`;
}

function isSameCell(a: Cell, b: Cell): boolean {
  return a.line === b.line && a.period === b.period;
}
