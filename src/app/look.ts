/** `npm run -s look -- <plan> <line> [period]`: what every stage of the engine makes of one line. For developers. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readPlan, type Plan, type Scenario } from '#plan';
import { lookAt } from '#engine';

function refuse(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

function findPlan(name: string): Plan {
  const file = name.endsWith('.json')
    ? resolve(process.env['INIT_CWD'] ?? process.cwd(), name)
    : resolve('models', `${name}.plan.json`);
  let text = '';
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    refuse(`There is no plan ${name}. Give the name of one in models/, or a file that ends with .json.`);
  }
  const read = readPlan(JSON.parse(text) as unknown);
  return read.ok ? read.value : refuse(`${name} is not a plan: ${read.problems[0]?.code ?? ''}`);
}

const [name, line, period] = process.argv.slice(2);
if (name === undefined || line === undefined) refuse('npm run -s look -- <plan> <line> [period]');
const plan = findPlan(name);
if (!plan.lines.some(({ id }) => id === line)) refuse(`${plan.id} has no line ${line}; give its id.`);
const { first, last } = plan.periods;
const year = period === undefined ? last : Number(period);
if (!(Number.isInteger(year) && year >= first && year <= last))
  refuse(`${period} is no period of ${plan.id}: ${first} to ${last}.`);
const scenario: Scenario = plan.scenarios[0] ?? { id: 'plan', name: { zh: '规划', en: 'Plan' } };
process.stdout.write(`${lookAt(plan, scenario, line, year)}\n`);
