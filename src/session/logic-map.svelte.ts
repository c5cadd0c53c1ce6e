/** The logic map of an open plan: what is on it, what is looked at, and how the last change runs through it. */
import type { Value } from '#quantity';
import type { Line } from '#plan';
import { layersOf, type Calculation, type Engine } from '#engine';
import type { TargetResult } from '#analysis';
import { BesideCalculation } from './beside-calculation.svelte.ts';
import { buildMapGraph, type MapGraph } from './logic-map-graph.ts';
import { findRipple, type RippleLine, type RippleStep } from './logic-map-ripple.ts';
import { showMap, type MapNode, type Neighbourhood, type ShownMap } from './logic-map-shown.ts';
import type { PlanSession } from './plan-session.svelte.ts';

/** With more lines than this every section is folded when the map is first opened. */
const MAX_LINES_UNFOLDED = 200;

/** What a change is counted from: what stood before the last edit, or a scenario by its id. */
export type RippleFrom = { readonly kind: 'edit' } | { readonly kind: 'scenario'; readonly id: string };

/** A line in the ripple that is played, as it stands at the step that is shown. */
export interface ReachedLine extends RippleLine {
  /** Number of its step, from 0. */
  readonly step: number;
  /** Whether the change has come to it. */
  readonly isReached: boolean;
  /** Whether it has come to it in the step that is shown. */
  readonly isNow: boolean;
}

/** What a person has chosen; it stays as long as the plan is open. */
class Choices {
  folded = $state.raw<ReadonlySet<string>>();
  areLoneShown = $state(false);
  around = $state.raw<Neighbourhood>();
  from = $state.raw<RippleFrom>();
}

const known = new WeakMap<PlanSession, Choices>();

function choicesOf(session: PlanSession): Choices {
  const choices = known.get(session) ?? new Choices();
  known.set(session, choices);
  return choices;
}

/** The logic map of a session. */
export class LogicMap {
  readonly #session: PlanSession;
  readonly #choices: Choices;
  #graph: { readonly engine: Engine; readonly formulas: string; readonly graph: MapGraph } | undefined;
  /** While a lever moves what it began from stays. */
  readonly #former: BesideCalculation;
  /** The step that is shown; undefined while no ripple is. */
  #step = $state<number>();

  constructor(session: PlanSession) {
    this.#session = session;
    this.#choices = choicesOf(session);
    this.#former = new BesideCalculation(session);
  }

  // the graph

  readonly graph: MapGraph = $derived.by(() => {
    const { engine, scenario, scenarios } = this.#session;
    const layers = layersOf(scenario, scenarios);
    // only a formula changes the graph: while a lever moves it stays the same object
    const formulas = JSON.stringify(
      layers.flatMap(({ changes = [] }) => changes.filter((change) => 'formula' in change)),
    );
    if (this.#graph?.engine !== engine || this.#graph.formulas !== formulas)
      this.#graph = { engine, formulas, graph: buildMapGraph(engine, layers) };
    return this.#graph.graph;
  });

  readonly shown: ShownMap = $derived.by(() => {
    const { around, areLoneShown } = this.#choices;
    return showMap(this.graph, this.#session.plan, {
      folded: this.folded,
      areLoneShown,
      ...(around && this.#session.line(around.line) && { around }),
    });
  });

  readonly nodes: ReadonlyMap<string, MapNode> = $derived.by(
    () => new Map(this.shown.nodes.map((node) => [node.id, node])),
  );

  /** The node that a line stands on; undefined where it is not on the map. */
  readonly #nodeOfLine: ReadonlyMap<string, string> = $derived.by(
    () => new Map(this.shown.nodes.flatMap(({ id, lines }) => lines.map((line) => [line, id] as const))),
  );

  nodeOf(line: string): string | undefined {
    return this.#nodeOfLine.get(line);
  }

  /** Sections that are folded: those that were, or all where the plan is large. */
  get folded(): ReadonlySet<string> {
    const { lines, sections } = this.#session.plan;
    return (
      this.#choices.folded ?? new Set(lines.length > MAX_LINES_UNFOLDED ? sections.map(({ id }) => id) : [])
    );
  }

  /** Folds a section, or all of them. */
  fold(section: string | undefined, isFolded: boolean): void {
    const sections = section === undefined ? this.#session.plan.sections.map(({ id }) => id) : [section];
    const next = new Set(this.folded);
    for (const one of sections) {
      if (isFolded) next.add(one);
      else next.delete(one);
    }
    this.#choices.folded = next;
  }

  get areLoneShown(): boolean {
    return this.#choices.areLoneShown;
  }

  set areLoneShown(are: boolean) {
    this.#choices.areLoneShown = are;
  }

  /** The neighbourhood that is looked at alone. */
  get around(): Neighbourhood | undefined {
    return this.#choices.around;
  }

  set around(around: Neighbourhood | undefined) {
    this.#choices.around = around;
  }

  /** Makes a line visible: unfolds its section, leaves the neighbourhood of another, shows lone lines where it is one. */
  bring(line: Line): void {
    if (this.nodeOf(line.id) === line.id) return;
    this.around = undefined;
    this.fold(line.section, false);
    if (!this.graph.reads.has(line.id) && !this.graph.readers.has(line.id)) this.areLoneShown = true;
  }

  // what it is worth

  /** The period that is looked at: of the selection, else the last. */
  get period(): number {
    return this.#session.selection?.period ?? this.#session.plan.periods.last;
  }

  /** Looks at another period of what is selected. */
  choosePeriod(period: number): void {
    const { selection, plan } = this.#session;
    const line = selection?.line ?? plan.targets[0]?.line ?? plan.lines[0]?.id;
    if (line !== undefined) this.#session.select(line, period);
  }

  /** A line's target: of the period that is looked at, else the last. */
  targetOf(line: string): TargetResult | undefined {
    const own = this.#targets.get(line);
    return own?.find(({ target }) => target.period === this.period) ?? own?.at(-1);
  }

  readonly #targets: ReadonlyMap<string, readonly TargetResult[]> = $derived.by(() => {
    const targets = new Map<string, TargetResult[]>();
    for (const result of this.#session.targets)
      targets.set(result.target.line, [...(targets.get(result.target.line) ?? []), result]);
    return targets;
  });

  /** The value of a line at the step that is shown: what the change has not reached yet is as it was. */
  value(line: string): Value {
    const reached = this.reached.get(line);
    if (!reached || reached.isReached) return this.#session.value(line, this.period);
    return this.#before?.value(line, this.period) ?? null;
  }

  // how a change runs through it

  /** What a change can be counted from: the last edit where there is one, and every other scenario. */
  readonly origins: readonly RippleFrom[] = $derived.by(() => {
    const { former, scenarios, scenario } = this.#session;
    const others = scenarios.filter(({ id }) => id !== scenario.id);
    return [
      ...(former ? [{ kind: 'edit' as const }] : []),
      ...others.map(({ id }) => ({ kind: 'scenario' as const, id })),
    ];
  });

  /** What it is counted from: as chosen, else the last edit, else the plan's first other scenario. */
  readonly from: RippleFrom | undefined = $derived.by(() => {
    const { from } = this.#choices;
    const isThere = (one: RippleFrom) =>
      one.kind === from?.kind && (one.kind === 'edit' || (from.kind === 'scenario' && one.id === from.id));
    return this.origins.find(isThere) ?? this.origins[0];
  });

  chooseFrom(from: RippleFrom): void {
    this.#choices.from = from;
    this.#step = undefined;
  }

  /** The last edit that is kept, the same object as long as it is the same; undefined while one is only tried. */
  readonly edit: object | undefined = $derived.by(() => {
    const { former } = this.#session;
    return former?.isTrial === false ? former.edit : undefined;
  });

  /** The scenario that the change is counted from, among those that it may build on. */
  readonly #origin = $derived.by(() => {
    const { former, scenarios } = this.#session;
    const { from } = this;
    const all = from?.kind === 'edit' ? (former?.scenarios ?? []) : scenarios;
    const scenario = from?.kind === 'edit' ? former?.scenario : all.find(({ id }) => id === from?.id);
    return scenario && { scenario, all };
  });

  /** The values that the change is counted from. */
  readonly #before: Calculation | undefined = $derived.by(
    () => this.#origin && this.#former.of(this.#origin.scenario, this.#origin.all),
  );

  /** Whether what the change is counted from is still being calculated, as in a large plan. */
  get isFinding(): boolean {
    return this.#origin !== undefined && this.#before === undefined;
  }

  /** The steps of the change; none where nothing differs. */
  readonly steps: readonly RippleStep[] = $derived.by(() => {
    const before = this.#before;
    if (!before) return [];
    const { periods } = this.#session;
    return findRipple(this.graph, before, this.#session.explained.calculation, {
      periods,
      period: this.period,
    });
  });

  /** The step that is shown, from 0; undefined while no change is. */
  get step(): number | undefined {
    return this.#step === undefined || this.steps.length === 0
      ? undefined
      : Math.min(this.#step, this.steps.length - 1);
  }

  /** Shows a step of the change; undefined ends it. */
  showStep(step: number | undefined): void {
    this.#step = step === undefined ? undefined : Math.max(0, Math.min(step, this.steps.length - 1));
  }

  /** The lines of the change while it is shown, and whether it has come to them; empty otherwise. */
  readonly reached: ReadonlyMap<string, ReachedLine> = $derived.by(() => {
    const { step } = this;
    if (step === undefined) return new Map<string, ReachedLine>();
    return new Map(
      this.steps.flatMap((lines, at) =>
        lines.map(
          (one) => [one.line, { ...one, step: at, isReached: at <= step, isNow: at === step }] as const,
        ),
      ),
    );
  });
}
