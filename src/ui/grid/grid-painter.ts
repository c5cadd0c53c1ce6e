/**
 * Puts the session's values into the grid's cells. It remembers what each cell shows, so that after a recalculation only
 * cells with another value, rule or status are touched; those whose value changed glow.
 */
import { unitName } from '#words';
import type { TargetResult } from '#analysis';
import type { Value } from '#quantity';
import type { Rule } from '#engine';
import type { GridView, PlanSession, Trace } from '#session';
import type { AppContext } from '../_shared/app-context.svelte.ts';
import { lookOf } from './cell-look.ts';
import type { Shown } from './grid-entries.ts';
import type { GridColumn, GridRow } from './grid-rows.ts';
import { drawSparkline } from './sparkline.ts';
import { STATUS_SIGNS, targetText } from './target-text.ts';

type LineRow = Extract<GridRow, { kind: 'line' }>;
type PeriodColumn = Extract<GridColumn, { kind: 'period' }>;

/** What a period's cell was painted from. */
interface Painted {
  /** The line and the period. */
  readonly place: string;
  readonly value: Value;
  readonly rule: Rule | undefined;
  readonly isUncertain: boolean;
}

/** The rows or columns that are drawn, both ends included. */
interface Drawn {
  readonly from: number;
  readonly to: number;
}

/** How long a glow stays when nothing follows; during a drag it stays until the drag rests. */
const GLOW_REST_MS = 90;

/** How long it takes to fade: as `--glow` in the tokens. */
const GLOW_FADE_MS = 600;

/** Paints the cells of one grid. */
export class GridPainter {
  readonly #session: PlanSession;
  readonly #view: GridView;
  readonly #app: AppContext;
  #shown: Shown = { rows: [], columns: [] };
  #targets = new Map<string, TargetResult>();
  /** By cell, so that what is not drawn is not remembered. */
  readonly #painted = new WeakMap<HTMLElement, Painted>();
  readonly #courses = new WeakMap<HTMLElement, readonly Value[]>();
  /** What cells are to the selected one, by `line period`. */
  #traces: ReadonlyMap<string, Trace> = new Map();
  readonly #glowing = new Map<string, HTMLElement>();
  #fade: ReturnType<typeof setTimeout> | undefined;

  constructor(session: PlanSession, view: GridView, app: AppContext) {
    this.#session = session;
    this.#view = view;
    this.#app = app;
    this.#readTargets();
  }

  /** Takes other rows and columns. */
  show(shown: Shown): void {
    this.#shown = shown;
  }

  #readTargets(): void {
    // a line with several targets shows its last
    this.#targets = new Map(this.#session.targets.map((result) => [result.target.line, result]));
  }

  /** Marks what the selected cell reads and what reads it, in the rows that are drawn. */
  trace(
    traces: ReadonlyMap<string, Trace>,
    { from, to }: Drawn,
    across: Drawn,
    find: (row: number, column: number) => HTMLElement | null,
  ): void {
    this.#traces = traces;
    for (let index = from; index <= to; index += 1) {
      const row = this.#shown.rows[index];
      if (!row) continue;
      for (let at = across.from; at <= across.to; at += 1) {
        const column = this.#shown.columns[at];
        const cell = column && find(index, at);
        if (cell) this.#paintTrace(cell, row, column);
      }
    }
  }

  #paintTrace(cell: HTMLElement, row: GridRow, column: GridColumn): void {
    const trace =
      row.kind === 'line' && column.kind === 'period'
        ? this.#traces.get(`${row.line.id} ${column.period}`)
        : undefined;
    if (trace) cell.dataset['trace'] = trace;
    else delete cell.dataset['trace'];
  }

  /** Paints a cell from nothing: it may have shown another line before. */
  paint(cell: HTMLElement, rowIndex: number, columnIndex: number): void {
    const row = this.#shown.rows[rowIndex];
    const column = this.#shown.columns[columnIndex];
    delete cell.dataset['glow'];
    if (!row || !column) return setText(cell, '');
    const isLast = this.#shown.rows[rowIndex + 1]?.kind !== 'line';
    cell.dataset['cell'] =
      row.kind === 'section' ? 'band' : column.kind === 'period' ? column.era : column.kind;
    cell.dataset['marks'] = '';
    this.#paintTrace(cell, row, column);
    cell.toggleAttribute('data-last', isLast);
    if (row.kind === 'section') this.#paintBand(cell, row, column);
    else if (column.kind === 'period') this.#paintPeriod(cell, row, column);
    else this.#paintLine(cell, row, column);
  }

  #paintBand(cell: HTMLElement, row: Extract<GridRow, { kind: 'section' }>, column: GridColumn): void {
    if (column.kind === 'target') return setText(cell, this.#met(row.section.id));
    if (column.kind !== 'name') return setText(cell, '');
    const page = cell.ownerDocument;
    const label = page.createElement('span');
    label.className = 'band-label';
    const name = page.createElement('span');
    name.textContent = this.#app.name(row.section.name);
    const count = page.createElement('span');
    count.className = 'band-count';
    count.textContent = String(row.lines);
    label.append(name, count);
    cell.dataset['folded'] = String(row.isFolded);
    cell.setAttribute('aria-expanded', String(!row.isFolded));
    cell.replaceChildren(label);
  }

  /** How many targets of a section are met: nothing when it has none. */
  #met(section: string): string {
    const results = [...this.#targets.values()].filter(
      ({ target }) => this.#session.line(target.line)?.section === section,
    );
    if (results.length === 0) return '';
    const met = results.filter(({ status }) => status === 'met' || status === 'atRisk').length;
    return this.#app.words.say('grid_band_met', { met, count: results.length });
  }

  #paintLine(cell: HTMLElement, { line }: LineRow, column: GridColumn): void {
    const result = this.#targets.get(line.id);
    switch (column.kind) {
      case 'name':
        return setText(cell, this.#app.name(line.name));
      case 'unit':
        return setText(cell, unitName(this.#app.words, line.unit));
      case 'target':
        return setText(cell, result ? targetText(this.#session, this.#app, result.target) : '');
      case 'status': {
        cell.dataset['status'] = result?.status ?? '';
        if (result) cell.setAttribute('aria-label', this.#statusName(result));
        return setText(cell, result ? STATUS_SIGNS[result.status] : '');
      }
      case 'trend':
        return this.#paintCourse(cell, line.id, result);
      case 'period':
    }
  }

  #statusName({ status }: TargetResult): string {
    const key = {
      met: 'status_met',
      atRisk: 'status_at_risk',
      missed: 'status_missed',
      unknown: 'status_unknown',
    } as const;
    return this.#app.words.say(key[status]);
  }

  #paintCourse(cell: HTMLElement, line: string, result: TargetResult | undefined): void {
    const values = this.#session.series(line);
    this.#courses.set(cell, values);
    const { base, first } = this.#session.plan.periods;
    const target = result && { index: result.target.period - first, value: result.target.value };
    drawSparkline(cell, { values, base: base - first, target });
  }

  #paintPeriod(cell: HTMLElement, { line }: LineRow, { period, era }: PeriodColumn): void {
    const place = `${line.id} ${period}`;
    const value = this.#session.value(line.id, period);
    const rule = this.#session.rule(line.id, period);
    const isUncertain = era === 'forecast' && this.#isUncertain(line.id);
    this.#painted.set(cell, { place, value, rule, isUncertain });
    const unit = this.#session.engine.unitOf(line.id);
    const facts = {
      line,
      value,
      rule,
      isForecast: era === 'forecast',
      isChanged: this.#session.isChanged(line.id, period),
      isUncertain,
      isRefused: this.#view.refusedAt(line.id, period) !== undefined,
    };
    const { text, marks } = lookOf(facts, (number) =>
      this.#app.number(number, unit, { decimals: line.decimals }),
    );
    cell.dataset['marks'] = marks.join(' ');
    if (this.#glowing.has(place)) {
      this.#glowing.set(place, cell);
      cell.dataset['glow'] = 'on';
    }
    setText(cell, text);
  }

  /**
   * Paints what a recalculation changed inside the rendered rows and columns. `find` gives the cell that stands at a place,
   * if one is drawn.
   */
  refresh(
    { from, to }: Drawn,
    across: Drawn,
    find: (row: number, column: number) => HTMLElement | null,
  ): void {
    const targetsBefore = this.#targets;
    this.#readTargets();
    const columns = this.#shown.columns;
    const [target, status, trend] = (['target', 'status', 'trend'] as const).map((kind) =>
      columns.findIndex((column) => column.kind === kind),
    ) as [number, number, number];
    const again = (row: number, column: number) => {
      const cell = column >= 0 ? find(row, column) : null;
      if (cell) this.paint(cell, row, column);
    };
    for (let index = from; index <= to; index += 1) {
      const row = this.#shown.rows[index];
      if (!row) continue;
      if (row.kind === 'section') {
        again(index, target);
        continue;
      }
      const { id } = row.line;
      for (let at = across.from; at <= across.to; at += 1) {
        const column = columns[at];
        const cell = column?.kind === 'period' ? find(index, at) : null;
        if (cell && column?.kind === 'period') this.#refreshPeriod(cell, id, column, index, at);
      }
      if (this.#targets.get(id)?.status !== targetsBefore.get(id)?.status) again(index, status);
      const course = trend >= across.from && trend <= across.to ? find(index, trend) : null;
      if (course && this.#courses.get(course) !== this.#session.series(id)) this.paint(course, index, trend);
    }
    if (this.#glowing.size > 0) this.#fadeLater();
  }

  #isUncertain(line: string): boolean {
    return this.#session.uncertainty.drawn(line) !== undefined;
  }

  #refreshPeriod(
    cell: HTMLElement,
    line: string,
    { period, era }: PeriodColumn,
    row: number,
    column: number,
  ): void {
    const place = `${line} ${period}`;
    const painted = this.#painted.get(cell);
    const before = painted?.place === place ? painted : undefined;
    const value = this.#session.value(line, period);
    const isSame = before !== undefined && isSameValue(before.value, value);
    const isUncertain = era === 'forecast' && this.#isUncertain(line);
    if (isSame && before.rule === this.#session.rule(line, period) && before.isUncertain === isUncertain)
      return;
    if (before && !isSame) this.#glowing.set(place, cell);
    this.paint(cell, row, column);
  }

  /** Lets the glow go when no recalculation has followed for a moment. */
  #fadeLater(): void {
    clearTimeout(this.#fade);
    this.#fade = setTimeout(() => {
      const cells = [...this.#glowing.values()];
      this.#glowing.clear();
      for (const cell of cells) if (cell.dataset['glow'] === 'on') cell.dataset['glow'] = 'fading';
      this.#fade = setTimeout(() => {
        for (const cell of cells) if (cell.dataset['glow'] === 'fading') delete cell.dataset['glow'];
      }, GLOW_FADE_MS);
    }, GLOW_REST_MS);
  }

  /** Stops what would still happen later. */
  rest(): void {
    clearTimeout(this.#fade);
  }
}

function isSameValue(a: Value, b: Value): boolean {
  if (Object.is(a, b)) return true;
  if (a === null || b === null || typeof a === 'number' || typeof b === 'number') return false;
  return a.code === b.code && a.reason === b.reason && a.line === b.line && a.period === b.period;
}

/** Sets a cell's text without making a new node when it has one. */
function setText(cell: HTMLElement, text: string): void {
  const only = cell.firstChild;
  if (only?.nodeType === Node.TEXT_NODE && only === cell.lastChild) {
    if (only.nodeValue !== text) only.nodeValue = text;
  } else cell.textContent = text;
}
