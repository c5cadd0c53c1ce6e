/** The map's graph: who reads whom, what is folded, which column, and in which order a change runs. */
import { describe, expect, it } from 'vitest';
import { buildEngine, type Calculation, type Engine } from '#engine';
import type { Plan, Scenario } from '#plan';
import { aPlan, aScenario } from '#tests/builders';
import { loadPlan, planIds } from '#tests/plans';
import { buildMapGraph, type MapGraph } from '../../src/session/logic-map-graph.ts';
import { orderNodes } from '../../src/session/logic-map-order.ts';
import { findRipple, type RippleStep } from '../../src/session/logic-map-ripple.ts';
import { loneLines, MAX_NODES, sectionNode, showMap } from '../../src/session/logic-map-shown.ts';

const plan: Plan = {
  ...aPlan()
    .driver('growth', 'loans[2020] / loans[2019] - 1', { section: 'drivers' })
    .driver('share', '20%', { section: 'drivers' })
    .line('loans', { 2019: 90, 2020: 100 }, 'loans[t-1] * (1 + growth)', { section: 'money' })
    .line('green', {}, 'loans * share', { section: 'money' })
    .line('multiple', {}, 'green / loans[2020]', { section: 'told' })
    .line('people', { 2020: 5 }, undefined, { section: 'told' })
    .line('each', {}, 'loans / people[2020]', { section: 'told' })
    .line('alone', { 2020: 7 }, undefined, { section: 'told' })
    .target('multiple', 2)
    .build(),
  sections: ['drivers', 'money', 'told'].map((id) => ({ id, name: { zh: id, en: id } })),
};
const all = { folded: new Set<string>(), areLoneShown: false };

function graphOf(of: Plan, layers: readonly Scenario[] = []): MapGraph {
  return buildMapGraph(buildEngine(of), layers);
}

const arrows = (links: readonly { from: string; to: string; isLagged?: boolean }[]) =>
  links.map(({ from, to, isLagged }) => `${from} ${isLagged ? '⇢' : '→'} ${to}`).toSorted();

describe('the graph', () => {
  it('is read off the compiled formulas, and tells what only other periods are read of', () => {
    const { links, ownPast } = graphOf(plan);
    expect(arrows(links)).toEqual([
      'green → multiple',
      'growth → loans',
      'loans → each',
      'loans → green',
      'loans ⇢ growth',
      'loans ⇢ multiple',
      'people ⇢ each',
      'share → green',
    ]);
    expect([...ownPast]).toEqual(['loans']);
  });

  it('takes the formulas of a scenario, and keeps one that a number is written over', () => {
    const layers = [
      aScenario({
        changes: [
          { line: 'each', formula: 'green / people[2020]' },
          { line: 'growth', set: 0.05 },
        ],
      }),
    ];
    const { links } = graphOf(plan, layers);
    expect(arrows(links)).toContain('green → each');
    expect(arrows(links)).toContain('loans ⇢ growth');
  });

  it('tells a sum up to the year itself from one of years before', () => {
    const sums = aPlan()
      .line('flow', { 2020: 1 }, 'flow[t-1]')
      .line('until', {}, 'sum(flow[2018:t])')
      .line('before', {}, 'sum(flow[2018:t-1])')
      .build();
    expect(arrows(graphOf(sums).links)).toEqual(['flow → until', 'flow ⇢ before']);
  });
});

describe('what is shown', () => {
  const graph = graphOf(plan);

  it('leaves out lines without links and counts them', () => {
    expect([...loneLines(graph)]).toEqual(['alone']);
    const shown = showMap(graph, plan, all);
    expect(shown.nodes.map(({ id }) => id)).not.toContain('alone');
    expect(shown.lone).toBe(1);
    expect(showMap(graph, plan, { ...all, areLoneShown: true }).nodes.map(({ id }) => id)).toContain('alone');
  });

  it('puts drivers first and every line right of what it reads; what a driver reads leads back', () => {
    const { nodes, links } = showMap(graph, plan, all);
    expect(Object.fromEntries(nodes.map(({ id, layer }) => [id, layer]))).toEqual({
      growth: 0,
      share: 0,
      loans: 1,
      green: 2,
      multiple: 3,
      people: 1,
      each: 2,
    });
    expect(links.filter(({ isForward }) => !isForward).map(({ from, to }) => [from, to])).toEqual([
      ['loans', 'growth'],
    ]);
  });

  it('folds a section to one node with the links of its lines, each once', () => {
    const { nodes, links } = showMap(graph, plan, { ...all, folded: new Set(['drivers', 'money']) });
    expect(nodes.find(({ id }) => id === sectionNode('money'))?.lines).toEqual(['loans', 'green']);
    expect(arrows(links)).toEqual([
      'people ⇢ each',
      '§drivers → §money',
      '§money → each',
      '§money → multiple',
      '§money ⇢ §drivers',
    ]);
  });

  it('shows the neighbourhood of a line, so many links away and no further', () => {
    const near = (steps: number) =>
      showMap(graph, plan, { ...all, around: { line: 'green', steps } })
        .nodes.map(({ id }) => id)
        .toSorted();
    expect(near(1)).toEqual(['green', 'loans', 'multiple', 'share']);
    // each is read by nobody that green reads: it is a reader of loans, not of green
    expect(near(2)).toEqual(['green', 'growth', 'loans', 'multiple', 'share']);
    expect(near(Infinity)).toEqual(near(2));
  });

  it('shows nothing and says how many where there are too many', () => {
    let builder = aPlan().line('l0', { 2020: 1 }, 'l0[t-1]');
    for (let one = 1; one <= MAX_NODES; one += 1) builder = builder.line(`l${one}`, {}, `l${one - 1} + 1`);
    const long = builder.build();
    const longGraph = graphOf(long);
    expect(showMap(longGraph, long, all)).toMatchObject({ nodes: [], cut: MAX_NODES + 1 });
    const folded = showMap(longGraph, long, { ...all, folded: new Set(['all']) });
    expect(folded.nodes.map(({ id }) => id)).toEqual([sectionNode('all')]);
  });

  it.each(planIds)('every forward link of %s leads to the right, and drivers stand left', (id) => {
    const of = loadPlan(id);
    const { nodes, links } = showMap(graphOf(of), of, all);
    const layers = new Map(nodes.map((node) => [node.id, node.layer]));
    const wrong = links.filter(
      ({ from, to, isForward }) => isForward !== (layers.get(from) ?? 0) < (layers.get(to) ?? 0),
    );
    expect(wrong.filter(({ isForward }) => isForward)).toEqual([]);
    // a link that does not lead on reads another period
    expect(links.filter(({ isForward, isLagged }) => !isForward && !isLagged)).toEqual([]);
    const ofOthers = new Set(links.filter(({ isForward }) => isForward).map(({ to }) => to));
    for (const { line, layer } of nodes)
      if (line?.kind === 'driver' && !ofOthers.has(line.id)) expect(layer).toBe(0);
  });
});

describe('the order', () => {
  const link = (from: string, to: string, isLagged = false) => ({ from, to, isLagged });

  it('breaks a loop where another period is read', () => {
    const { levels, isForward } = orderNodes(['a', 'b'], [link('a', 'b', true), link('b', 'a')]);
    expect([...levels]).toEqual([
      ['b', 0],
      ['a', 1],
    ]);
    expect(isForward({ from: 'a', to: 'b' })).toBe(false);
  });

  it('takes a loop within a period as it is given', () => {
    const { levels } = orderNodes(['a', 'b', 'c'], [link('a', 'b'), link('b', 'c'), link('c', 'a')]);
    expect(Object.fromEntries(levels)).toEqual({ a: 0, b: 1, c: 2 });
  });
});

describe('a ripple', () => {
  const periods = [2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025];

  function rippleOf(engine: Engine, before: Calculation, after: Calculation, period = 2025) {
    return findRipple(buildMapGraph(engine, []), before, after, { periods, period });
  }

  const linesOf = (steps: readonly RippleStep[]) => steps.map((step) => step.map(({ line }) => line));

  it('runs from the assumption to what depends on it, with the numbers of the period', () => {
    const engine = buildEngine(plan);
    const before = engine.calculate(aScenario());
    const after = engine.calculate(aScenario({ changes: [{ line: 'growth', set: 0 }] }));
    const steps = rippleOf(engine, before, after);
    expect(linesOf(steps)).toEqual([['growth'], ['loans'], ['green', 'each'], ['multiple']]);
    const [loans] = steps[1] ?? [];
    expect(loans).toEqual({ line: 'loans', period: 2025, before: before.value('loans', 2025), after: 100 });
  });

  it('shows the last change before the period where nothing changes in it, else the first one', () => {
    const engine = buildEngine(plan);
    const before = engine.calculate(aScenario());
    const after = engine.calculate(aScenario({ values: { share: { 2022: 0.3, 2024: 0.4 } } }));
    const shares = (period: number) => rippleOf(engine, before, after, period)[0]?.map((one) => one.period);
    expect([2025, 2024, 2023, 2021].map(shares)).toEqual([[2024], [2024], [2022], [2022]]);
  });

  it('is nothing where nothing differs', () => {
    const engine = buildEngine(plan);
    expect(rippleOf(engine, engine.calculate(aScenario()), engine.calculate(aScenario()))).toEqual([]);
  });

  it.each(planIds)('reaches every changed line of %s once, after what it reads', (id) => {
    const of = loadPlan(id);
    const engine = buildEngine(of);
    const [first, ...others] = of.scenarios;
    if (!first) throw new Error('no scenario');
    const before = engine.calculate(first);
    const graph = buildMapGraph(engine, []);
    const span = Array.from(
      { length: of.periods.last - of.periods.first + 1 },
      (_, index) => of.periods.first + index,
    );
    for (const other of others) {
      const after = engine.calculate(other);
      const steps = findRipple(graph, before, after, { periods: span, period: of.periods.last });
      const stepOf = new Map(steps.flatMap((step, at) => step.map(({ line }) => [line, at] as const)));
      const changed = of.lines.filter((line) =>
        span.some((period) => !Object.is(before.value(line.id, period), after.value(line.id, period))),
      );
      const reached = steps.flat().map(({ line }) => line);
      expect(reached.toSorted()).toEqual(changed.map((line) => line.id).toSorted());
      expect(changed.length).toBeGreaterThan(0);
      expect(steps.every((step) => step.length > 0)).toBe(true);
      const early = graph.links.filter(
        ({ from, to, isLagged }) =>
          !isLagged &&
          stepOf.has(from) &&
          stepOf.has(to) &&
          Number(stepOf.get(from)) >= Number(stepOf.get(to)),
      );
      expect(early).toEqual([]);
    }
  });
});
