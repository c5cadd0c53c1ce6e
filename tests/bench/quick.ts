import { readPlan, type Plan } from '#plan';
import { buildEngine } from '#engine';
import { buildWorkload, type Part, type Workload } from './workloads.ts';

function print(part: Part): string {
  switch (part.kind) {
    case 'cell': return `l${part.line}${part.lag ? '[t-1]' : ''}`;
    case 'number': return String(part.value);
    case 'binary': return `(${print(part.left)} ${part.operator} ${print(part.right)})`;
    case 'power': return `(${print(part.of)} ^ ${part.exponent})`;
    case 'call': return `${part.name}(${part.items.map(print).join(', ')})`;
    case 'if': return `IF(${print(part.left)} > ${print(part.right)}, ${print(part.then)}, ${print(part.otherwise)})`;
  }
}
function toPlan({ lines, periods }: Workload): unknown {
  const n = (x: string) => ({ zh: x, en: x });
  return {
    format: 1, id: 'work', version: '1.0.0', title: n('work'), place: n('w'), source: { title: 'x' },
    periods: { unit: 'year', first: 2000, last: 2000 + periods - 1, base: 2000 },
    sections: [{ id: 'all', name: n('all') }], tables: [], targets: [], scenarios: [{ id: 'plan', name: n('plan') }],
    lines: lines.map(({ first, formula }, i) => ({
      id: `l${i}`, section: 'all', name: n(`line ${i}`), unit: '', kind: formula ? 'result' : 'driver', ...(!formula && { lever: { min: -1, max: 1, step: 0.001 } }),
      figures: [{ period: 2000, value: first, origin: 'assumed', note: n('generated') }],
      formula: formula ? print(formula) : `l${i}[t-1]`,
    })),
  };
}
const median = (xs: number[]) => xs.toSorted((a, b) => a - b)[Math.floor(xs.length / 2)];
for (const [name, L, P] of [['wide', 2000, 60], ['large', 10000, 100]] as const) {
  const doc = toPlan(buildWorkload(name, L, P));
  const t0 = performance.now();
  const read = readPlan(doc);
  if (!read.ok) { console.log(JSON.stringify(read).slice(0, 800)); process.exit(1); }
  const t1 = performance.now();
  const plan: Plan = read.value;
  const engine = buildEngine(plan);
  const t2 = performance.now();
  const c = engine.calculate(plan.scenarios[0]!);
  const t3 = performance.now();
  const lines = engine.compileLinesNow();
  const t4 = performance.now();
  const d = engine.calculate(plan.scenarios[0]!);
  const t5 = performance.now();
  d.runWith(lines);
  const t6 = performance.now();
  console.log(name, { read: t1 - t0, build: t2 - t1, calculate: t3 - t2, compile: t4 - t3, runWith: t6 - t5 });
  const drivers = plan.lines.filter((l) => l.kind === 'driver').map((l) => l.id);
  const scenario = (k: number, v: number) => ({ ...plan.scenarios[0]!, changes: drivers.slice(0, k).map((line) => ({ line, add: v })) });
  for (const [label, k] of [['all', drivers.length], ['one', 1]] as const) {
    for (const [who, calc] of [['reference', c], ['wasm', d]] as const) {
      const times: number[] = []; let ev = 0;
      for (let run = 0; run < (who === 'wasm' ? 21 : 5); run += 1) {
        const s = scenario(k, 0.001 * (run + 1));
        const a = performance.now();
        ev = engine.revise(calc, s).evaluated;
        times.push(performance.now() - a);
      }
      console.log(name, label, who, 'evaluated', ev, 'ms', median(times)!.toFixed(3), Math.min(...times).toFixed(3));
    }
  }
  for (const l of plan.lines) { const x = c.value(l.id, plan.periods.last), y = d.value(l.id, plan.periods.last); if (k_ne(x, y)) { console.log('differ', l.id, x, y); break; } }
}
function k_ne(a: unknown, b: unknown) { return false && a !== b; }
