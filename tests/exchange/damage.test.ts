/** Every damage to a file has its answer, with a place; nothing is taken of a file that is not whole. */
import { describe, expect, it } from 'vitest';
import { placeImport, readFile, readGiven, toScenarioFile, writeBundle, writeScenarioFile } from '#exchange';
import type { Plan, Scenario } from '#plan';
import { aPlan, aScenario } from '#tests/builders';

const plan = aPlan().line('gdp', { 2020: 100 }).line('loans', { 2020: 50 }).driver('growth', '5%').build();
const trial = aScenario({
  values: { growth: { 2023: 0.08 } },
  changes: [{ line: 'gdp', from: 2022, formula: 'gdp[t-1] * (1 + growth)' }],
});
const bytes = writeScenarioFile(plan, [...plan.scenarios, trial], 'trial');
const text = new TextDecoder().decode(bytes);

/** Code, and where it is known line and column or path, of each problem. */
function refusal(given: Uint8Array | string): string[] {
  const read = readFile(given);
  if (read.ok) throw new Error('was read');
  return read.problems.map(({ code, args, place }) =>
    [code, args.line !== undefined ? `${args.line}:${args.column}` : place.path].filter(Boolean).join(' '),
  );
}

const edited = (from: string | RegExp, to: string) => {
  const changed = text.replace(from, to);
  expect(changed).not.toBe(text);
  return changed;
};

describe('a file is refused', () => {
  it.each([
    ['', 'import_empty'],
    [' \n\t', 'import_empty'],
    ['PK\u0003\u0004 a workbook', 'import_archive'],
    ['hello', 'import_not_ours'],
    ['[1, 2]', 'import_not_ours'],
    ['"text"', 'import_not_ours'],
    ['{}', 'import_not_ours'],
    ['{"kind": "lesson", "format": 1}', 'import_not_ours'],
    ['{"kind": "scenario", "format": 99}', 'import_newer_format format'],
    ['{"kind": "scenario", "format": 0}', 'import_format format'],
    ['{"kind": "scenario", "format": 1.5}', 'import_format format'],
    ['{"kind": "scenario"}', 'import_format format'],
    ['{"a": 1,\n "b" 2}', 'import_json 2:6'],
    ['{"贷款": 1,}', 'import_json 1:10'],
    ['{"a": 01}', 'import_json 1:8'],
    ['{"a": +1}', 'import_json 1:7'],
    ['{"a": .5}', 'import_json 1:7'],
    ['{"a": NaN}', 'import_json 1:7'],
    ["{'a': 1}", 'import_json 1:2'],
    ['{"a": "x\ty"}', 'import_json 1:9'],
    ['{"a": "\\x"}', 'import_json 1:9'],
    ['{"a": "\\u12g4"}', 'import_json 1:12'],
    ['{"a": tru}', 'import_json 1:10'],
    ['{"a": 1} {}', 'import_json 1:10'],
    ['{"a": 1', 'import_json_end 1:8'],
    ['{"a": "x', 'import_json_end 1:9'],
    ['{"a": [1,\r\n2', 'import_json_end 2:2'],
    ['{"a": -', 'import_json_end 1:8'],
    ['{"a": 1e999}', 'import_json_number 1:7'],
    ['{"a": 1, "a": 2}', 'import_json_twice 1:10'],
    ['{"__proto__": {"x": 1}}', 'import_json_key 1:2'],
    ['{"a": {"constructor": 1}}', 'import_json_key 1:8'],
    ['{"\\u005f_proto__": 1}', 'import_json_key 1:2'],
    [`${'['.repeat(33)}${']'.repeat(33)}`, 'import_json_depth 1:33'],
  ])('%j', (given, answer) => {
    expect(refusal(new TextEncoder().encode(given))).toEqual([answer]);
    // pasted, a workbook is no workbook
    if (!given.startsWith('PK')) expect(refusal(given)).toEqual([answer]);
  });

  it('with 100,000 levels of brackets, at the first that is too many', () => {
    expect(refusal('['.repeat(100_000))).toEqual(['import_json_depth 1:33']);
    expect(refusal('{"a":'.repeat(100_000))).toEqual(['import_json_depth 1:161']);
  });

  it('with 32 levels of brackets for its content, not for its depth', () => {
    expect(refusal(`${'['.repeat(32)}${']'.repeat(32)}`)).toEqual(['import_not_ours']);
  });

  it.each([
    ['UTF-16', Uint8Array.of(0xff, 0xfe, 0x7b, 0x00)],
    ['half a character at the end', new TextEncoder().encode('{"a": "贷').slice(0, -1)],
    ['GB 18030', Uint8Array.of(0x7b, 0x22, 0xb4, 0xfb, 0xbf, 0xee, 0x22)],
  ])('in %s', (_, given) => {
    expect(refusal(given)).toEqual(['import_encoding']);
  });

  it('over its size, and read up to it', () => {
    // the file itself, then blanks
    const padded = (size: number) => text + ' '.repeat(size - text.length);
    expect(readFile(padded(5_000_000)).ok).toBe(true);
    expect(refusal(padded(5_000_001))).toEqual(['import_too_large']);
    expect(refusal(new Uint8Array(50_000_001))).toEqual(['import_too_large']);
    const bundle = new TextDecoder().decode(writeBundle(plan, [...plan.scenarios, trial]));
    expect(readFile(bundle + ' '.repeat(5_000_001)).ok).toBe(true);
  });

  it.each<[string, string | RegExp, string, string[]]>([
    [
      'an unknown key',
      '"scenario": "trial"',
      '"renderer": "html", "scenario": "trial"',
      ['plan_key_unknown renderer'],
    ],
    [
      'an unknown key of a scenario',
      '"id": "trial"',
      '"id": "trial", "url": "x"',
      ['plan_key_unknown scenarios[0].url'],
    ],
    ['a number in quotes', '0.08', '"0.08"', ['plan_shape scenarios[0].values.growth.2023']],
    ['a key that is no period', '"2023"', '"next"', ['plan_shape scenarios[0].values.growth.next']],
    [
      'a change of two minds',
      '"from": 2022',
      '"from": 2022, "set": 3',
      ['plan_shape scenarios[0].changes[0]'],
    ],
    ['no name', /"name": \{[^}]*\},/, '', ['plan_key_missing scenarios[0].name']],
    ['an id of blanks', '"id": "trial"', '"id": " "', ['plan_shape scenarios[0].id']],
    ['the same scenario twice', '"id": "plan"', '"id": "trial"', ['plan_duplicate_id scenarios[1].id']],
    ['no such scenario', '"scenario": "trial"', '"scenario": "other"', ['import_scenario_absent scenarios']],
    [
      'a base that did not come',
      '"basedOn": "plan"',
      '"basedOn": "other"',
      ['import_scenario_absent scenarios'],
    ],
    [
      'a base that is itself',
      '"basedOn": "plan"',
      '"basedOn": "trial"',
      ['plan_scenario_loop scenarios.trial.basedOn'],
    ],
    ['a hash that is none', /"hash": "\w+"/, '"hash": "x"', ['plan_shape plan.hash']],
    ['a version that is none', '"version": "1.0.0"', '"version": "latest"', ['plan_shape plan.version']],
    ['no plan', /"plan": \{[^}]*\{[^}]*\}[^}]*\},/, '"plan": null,', ['plan_shape plan']],
    ['scenarios that are no list', /"scenarios": \[[^]*\]\n\}/, '"scenarios": {}}', ['plan_shape scenarios']],
  ])('with %s', (_, from, to, answer) => {
    expect(refusal(edited(from, to))).toEqual(answer);
  });

  it('when scenarios go in a circle', () => {
    const a = aScenario({ id: 'a', basedOn: 'b' });
    const b = aScenario({ id: 'b', basedOn: 'plan', stack: ['a'] });
    const circle = writeScenarioFile(plan, [...plan.scenarios, a, b], 'a');
    expect(refusal(circle)).toEqual(['plan_scenario_loop scenarios.a.basedOn']);
  });

  it('when a bundle holds a plan that cannot be', () => {
    const bundle = new TextDecoder().decode(writeBundle(plan, plan.scenarios));
    expect(refusal(bundle.replace('"section": "all"', '"section": "none"'))).toEqual([
      'plan_unknown_reference plan.lines[0].section',
    ]);
    expect(refusal(bundle.replace(/"format": 1,\n {4}"id": "test"/, '"format": 2, "id": "test"'))).toEqual([
      'plan_newer_format plan.format',
    ]);
  });

  it('when a plan has too many cells', () => {
    const lines = Array.from({ length: 4000 }, (_, index) => ({
      ...(plan.lines[0] as object),
      id: `line_${index}`,
    }));
    const large = { ...plan, lines, periods: { unit: 'year', first: 1600, base: 2020, last: 2100 } };
    expect(refusal(JSON.stringify(large))).toEqual(['import_plan_cells plan']);
  });

  it('and leaves objects as they are', () => {
    refusal('{"kind":"scenario","__proto__":{"polluted":1}}');
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

describe('what cannot be seen', () => {
  it('is taken out of names, and said', () => {
    const name = { zh: '试\u202e算', en: 'Tri\u0007al\ud800' };
    const read = readFile(
      writeScenarioFile(
        plan,
        [...plan.scenarios, aScenario({ name, note: { zh: '一\n二', en: 'a\tb 👩‍🌾' } })],
        'trial',
      ),
    );
    if (!read.ok || read.document.kind !== 'scenario') throw new Error('not read');
    expect(read.document.scenarios[0]).toMatchObject({
      name: { zh: '试算', en: 'Trial' },
      note: { zh: '一\n二', en: 'a\tb 👩‍🌾' },
    });
    expect(
      read.problems.map(({ code, severity, args }) => [code, severity, args.path, args.characters]),
    ).toEqual([
      ['import_characters_dropped', 'warning', 'scenarios[0].name.zh', 'U+202E'],
      ['import_characters_dropped', 'warning', 'scenarios[0].name.en', 'U+0007 U+D800'],
    ]);
  });
});

describe('names', () => {
  it('that two scenarios share are told apart by a number, which is said', () => {
    const beside = { ...trial, name: { zh: 'plan', en: 'ＰＬＡＮ' } };
    const read = readFile(writeBundle(plan, [...plan.scenarios, beside]));
    if (!read.ok || read.document.kind !== 'bundle') throw new Error('not read');
    expect(read.document.scenarios.map(({ name }) => name)).toEqual([
      { zh: 'plan（2）', en: 'ＰＬＡＮ (2)' },
    ]);
    expect(read.problems.map(({ code, severity, args }) => [code, severity, args.given])).toEqual([
      ['import_name_twice', 'warning', 'plan（2） (ＰＬＡＮ (2))'],
    ]);
  });

  it('of several lines are made one line; a note keeps its lines', () => {
    const named = { ...plan, title: { zh: '一\n二', en: 'a\tb' }, note: { zh: '一\n二', en: 'a\nb' } };
    const read = readFile(JSON.stringify(named));
    if (!read.ok || read.document.kind !== 'bundle') throw new Error('not read');
    expect(read.document.plan).toMatchObject({ title: { zh: '一 二', en: 'a b' }, note: named.note });
    expect(read.problems.map(({ args }) => [args.path, args.characters])).toEqual([
      ['title.zh', 'U+000A'],
      ['title.en', 'U+0009'],
    ]);
  });
});

describe('another plan', () => {
  function place(scenario: Partial<Scenario>, at: Plan | undefined) {
    return placeImport(toScenarioFile(plan, [...plan.scenarios, aScenario(scenario)], 'trial'), at);
  }

  it.each([undefined, { ...plan, id: 'other' }])('is asked for by name', (known) => {
    expect(place({}, known)).toMatchObject({
      ok: false,
      problems: [{ code: 'import_unknown_plan', args: { id: 'test', version: '1.0.0', title: 'test' } }],
    });
  });

  it('of another version takes what has a place and lists the rest, each thing once', () => {
    const later: Plan = {
      ...aPlan().periods(2019, 2020, 2024).line('gdp', { 2020: 100 }).driver('growth', '5%').build(),
      version: '2.0.0',
    };
    const placed = place(
      {
        values: { growth: { 2023: 0.08, 2025: 0.09, 2018: 1 }, loans: { 2023: 1, 2024: 2 } },
        actuals: { loans: { 2021: 3 }, gdp: { 2021: 104 } },
        changes: [
          { line: 'gdp', from: 2022, to: 2025, add: 1 },
          { line: 'gdp', from: 2022, scale: 2 },
          { line: 'growth', formula: 'loans[t-1]' },
          { line: 'growth', formula: 'gdp[t-1] / gdp' },
        ],
        distributions: { loans: { kind: 'history' }, growth: { kind: 'normal', mean: 0, sd: 1 } },
        correlations: [
          { lines: ['growth', 'loans'], rank: 0.5 },
          { lines: ['gdp', 'growth'], rank: 0.5 },
        ],
      },
      later,
    );
    if (!placed.ok) throw new Error(JSON.stringify(placed.problems));
    expect(placed.value.isSamePlan).toBe(false);
    expect(placed.value.scenarios[0]).toEqual({
      id: 'trial',
      name: { zh: 'trial', en: 'trial' },
      basedOn: 'plan',
      values: { growth: { 2023: 0.08 } },
      actuals: { gdp: { 2021: 104 } },
      changes: [
        { line: 'gdp', from: 2022, scale: 2 },
        { line: 'growth', formula: 'gdp[t-1] / gdp' },
      ],
      distributions: { growth: { kind: 'normal', mean: 0, sd: 1 } },
      correlations: [{ lines: ['gdp', 'growth'], rank: 0.5 }],
    });
    expect(placed.value.problems.map(({ code, severity, args }) => [code, severity, args])).toEqual([
      ['import_other_version', 'warning', { id: 'test', version: '1.0.0', known: '2.0.0' }],
      ['import_period_outside', 'warning', { scenario: 'trial', line: 'growth', periods: '2018, 2025' }],
      ['import_line_unknown', 'warning', { scenario: 'trial', line: 'loans' }],
      ['import_period_outside', 'warning', { scenario: 'trial', line: 'gdp', periods: '2022, 2025' }],
      ['import_formula', 'warning', { scenario: 'trial', line: 'growth', text: 'loans[t-1]' }],
      ['formula_unknown_name', 'warning', { text: 'loans' }],
    ]);
  });

  it('of the same version but other content is told apart', () => {
    const other = { ...plan, lines: plan.lines.map((line) => ({ ...line, unit: '亿元' })) };
    expect(place({}, other)).toMatchObject({
      ok: true,
      value: { problems: [{ code: 'import_other_content' }] },
    });
  });

  it('that comes as a bundle stays a plan of its own', () => {
    const read = readFile(writeBundle(plan, [...plan.scenarios, trial], 'trial'));
    if (!read.ok) throw new Error('not read');
    const other: Plan = { ...plan, version: '2.0.0' };
    const placed = placeImport(read.document, other);
    expect(placed).toMatchObject({
      ok: true,
      value: { isPlanNew: true, plan: { version: '1.0.0' }, problems: [] },
    });
  });
});

it('what is given may be bytes or text, with a mark at its beginning or without', () => {
  for (const given of [
    bytes,
    text,
    `\ufeff${text}`,
    new TextEncoder().encode(`\ufeff${text}`),
    `\n  ${text}`,
  ]) {
    expect(readGiven(given)).toEqual(readFile(bytes));
  }
});
