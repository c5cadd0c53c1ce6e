/**
 * A formula can calculate and do nothing else: rows 1 to 3 and 5 of the table of threats.
 *
 * The shapes are those that mathjs has had to close since 2017, its own tests of security and its published advisories
 * (CVE-2017-1001002, CVE-2017-1001003, CVE-2020-7743, CVE-2026-40897, CVE-2026-41139) among them. Each carries a script
 * that would leave a mark. They are tried as they are, after the sign with which Excel begins, in full-width characters,
 * and with everything taken out that the first look already refuses, so that the later ones are asked too.
 */
import type * as Library from 'mathjs/number';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { buildNames, functionList, parseFormula, type FormulaContext } from '#formula';

/** Every text that mathjs is given. */
const given = vi.hoisted((): string[] => []);
vi.mock('mathjs/number', async (original) => {
  const library = await original<typeof Library>();
  return {
    ...library,
    create: (...parts: Parameters<typeof library.create>) => {
      const { parse } = library.create(...parts) as unknown as { parse: (text: string) => unknown };
      return {
        parse(text: string) {
          given.push(text);
          return parse(text);
        },
      };
    },
  };
});

const context: FormulaContext = {
  names: buildNames([
    { id: 'loans', name: { zh: '贷款余额', en: 'Loans' } },
    { id: 'gdp', name: { zh: '地区生产总值', en: 'GDP' } },
  ]),
  periods: { unit: 'year', first: 2015, base: 2020, last: 2025 },
  here: 2022,
};

const SCRIPT = 'globalThis.escaped = true';

/** Ways to a constructor, to a property that is none of theirs, to another engine, or to a node made by hand. */
const ESCAPES = [
  // the constructor of a function, by every road to it
  `f = sqrt.constructor("${SCRIPT}"); f()`,
  `cos.constructor("${SCRIPT}")()`,
  `f = [].map.constructor("${SCRIPT}"); f()`,
  `f = [].map.constructor.call(null, "${SCRIPT}"); f()`,
  `f = [].map.constructor.apply(null, ["${SCRIPT}"]); f()`,
  `f = [].map.constructor.bind()("${SCRIPT}"); f()`,
  `f = [].map["constructor"]("${SCRIPT}"); f()`,
  `way = "constructor"; f = [].map[way]("${SCRIPT}"); f()`,
  `f = [].map[concat("constr", "uctor")]("${SCRIPT}"); f()`,
  `f = [].map["\\u0063onstructor"]("${SCRIPT}"); f()`,
  `[].constructor()`,
  `{}.constructor`,
  `{}.__proto__`,
  `constructor`,
  `toString`,
  `hasOwnProperty`,
  `__proto__`,
  `loans.constructor`,
  `loans["constructor"]`,
  `loans[constructor]`,
  `loans.co\\u006Estructor`,
  `loans["co\\u006Estructor"]`,
  `loans.constructor = 2`,
  `loans["constructor"] = 2`,
  `loans.__proto__.constructor("${SCRIPT}")()`,
  `unit("5 cm").valueOf`,
  `o = {}.constructor; d = o.getOwnPropertyDescriptor(o.__proto__, "constructor"); evaluate("value", d)("${SCRIPT}")()`,
  `loans["co\\u006Estructor"] = 2`,
  `loans.a`,
  `"a".replace("a", cos)`,
  `[1, 2].reduce(cos)`,
  `f(constructor) = 1`,
  `f(__proto__) = 1; f(2)`,
  `complex(4, 0).sqrt(2)`,
  // objects that carry what they should not
  `a = {"constructor": 2}`,
  `a = {constructor: 2}`,
  `a = {"co\\u006Estructor": 2}`,
  `{hasOwnProperty: 2}`,
  `{co\\u006Estructor: 2}`,
  `{toString: 2}`,
  `{}.constructor.assign(cos.constructor, {bind: null})`,
  `{}.constructor.assign(cos.constructor, {binding: cos.bind})\nf = cos.constructor.binding()("${SCRIPT}")\nf()`,
  `{}.valueOf.bind("".toString.bind("${SCRIPT}"))`,
  `{}["(){}+(${SCRIPT});function a"]() = 0`,
  `[]["(){}+(${SCRIPT});function a"]() = 0`,
  `chain("a(){return evaluate;};function b").typed({"": f() = 0}).done()`,
  // what stands behind a matrix, an index, a range
  `["//", "a/*\\n${SCRIPT}"]._data.map(cos.constructor)[1]()`,
  `[]._data`,
  `a = ["${SCRIPT}"]._data; a.isRange = true; x = {subset: cos.constructor}[a]; x()`,
  `f() = false; i = {isIndex: true, isScalar: f, size: f, min: f, max: f, dimension: f}; subset([[[0]]], i)`,
  `subset(parse("1"), index("value"), "evaluate").compile().evaluate()("${SCRIPT}")`,
  // CVE-2026-41139: an index that only looks like a list; CVE-2026-40897: a property set on a list
  `matrix([1, 2]).get({length: 1, reduce: f(g, start) = "constructor"})`,
  `a = [1, 2]; a.map = f(g) = "constructor"; a.map(cos)`,
  `a = [1, 2]; a["map"] = parse("1"); a`,
  `[1, 2].map(cos)`,
  `[1, 2].forEach(cos)`,
  // another engine, other settings (CVE-2020-7743), names for everybody
  `import({sqrt: cos.constructor}, {override: true})`,
  `import({matrix: cos.constructor}, {override: 1}); x = ["${SCRIPT}"]; x()`,
  `config({number: "BigNumber"})`,
  `config({"__proto__": {polluted: true}})`,
  `createUnit("revenue")`,
  `createUnit("x", {definition: "1 m", override: true})`,
  `create()`,
  `import({"_compile": f(a, b, c) = "evaluate", "isNode": f() = true})`,
  `import({sum: f(x) = x}, {override: true}); sum(loans)`,
  `f(args, math, scope) = args; f.rawArgs = true; f("${SCRIPT}")`,
  `createUnit({constructor: "1 m"})`,
  `other = chain().create().done(); other.import({"_compile": f(a) = "${SCRIPT}"})`,
  `splitUnit(5 cm, ["m"])`,
  `chain().create().done()`,
  `typed("${SCRIPT}", {"": f() = 0})`,
  `reviver("x", {mathjs: "Unit"})`,
  // text made into an expression, and nodes made by hand
  `evaluate("${SCRIPT}")`,
  `parse("1").compile().evaluate()`,
  `compile("1").evaluate()`,
  `simplify("x + x")`,
  `derivative("x^2", "x")`,
  `parser().evaluate("1")`,
  `help(cos).doc`,
  `print("$a.constructor", {a: cos})`,
  `set = evaluate("f(o, name, value, assign) = (o[name] = value)", {}); set(parse("1"), "value", "${SCRIPT}", subset)`,
  `s = {}; s.__proto__ = expression.node.SymbolNode["prototype"]; s.compile()`,
  `expression.node.SymbolNode.apply({}, ["${SCRIPT}"]._data)`,
  ...['expression', 'type', 'error', 'json', 'Chain', 'Matrix', 'Node', 'mathWithTransform', 'math'],
  `p = parser()\np.evaluate("", [])\no = p.get("constructor")\no.getOwnPropertyDescriptor(o.__proto__, "constructor")`,
  `expression.node.SymbolNode.prototype.compile.call({})`,
  `expression.node.AssignmentNode.prototype.__defineGetter__("_compile", evaluate("f() = 0"))`,
  `expression.node.ConstantNode.prototype.clone.call({"value": "evaluate"}).evaluate()("${SCRIPT}")`,
  `c(x, y) = "${SCRIPT}"; expression.node.Node.prototype.compile.apply({_compile: c}).evaluate()`,
  `x = parse("cos"); x.name = "\\");},\\"evaluate\\": function(a) {${SCRIPT}}};//a"; x.compile().evaluate()`,
  `p = parse("{}[\\"${SCRIPT}\\"]"); p.index.dimensions["0"].valueType = "boolean"; p.evaluate()`,
  `cos.syntax = "global.eval"; s = unit("5 cm"); s.units = []._data; s.value = cos`,
  `bad = {isNode: true, type: "ConstantNode", value: {replace: f, toString: f}}; parse("a = 3").map(g(a, b, c) = bad)`,
  `bad = {isNode: true, type: "ArrayNode", items: {map: f}}; parse("a = 3").map(g(a, b, c) = bad)`,
  `bad = {isNode: true, type: "OperatorNode", fn: "__lookupGetter__", args: {map: f}}; parse("(0)").map(g(a, b, c) = bad)`,
  `bad = {isNode: true, type: "FunctionAssignmentNode", params: {join: f, forEach: f}}; parse("f() = x").map(g(a, b, c) = bad)`,
  `evaluate("f(validateSafeMethod) = cos.constructor(\\"${SCRIPT}\\")()")(evaluate("f(x, y) = 0"))`,
  `x = parse("\\"a\\""); x.__defineGetter__("value", evaluate("f() = \\"false\\\\\\"&&evaluate;}};//\\""))`,
  `x = parse("a", {nodes: {a: Chain}}); Chain.bind(x, {})()`,
  // the language around a formula
  `f(x) = x; f(1)`,
  `a = 1; a`,
  `a := 1`,
  `loans => loans`,
  `loans#${SCRIPT}`,
  `loans // ${SCRIPT}`,
  `\`\${${SCRIPT}}\``,
  `this.constructor`,
  `globalThis.escaped`,
  `window.location`,
  `new Function("${SCRIPT}")`,
  `loans ? . constructor : 1`,
  `loans?.constructor`,
  `(1).constructor`,
  `1..constructor`,
  `loans'`,
  `loans to cm`,
  `5 cm`,
] as const;

/** Few letters that keep a machine busy for seconds where they are evaluated. */
const BURNERS = [
  'ones(5000, 5000)',
  'zeros(100000, 100000)',
  'combinations(1e9, 5e8)',
  'zeta(0.5 + 1e6i)',
  'sum(1:100000000)',
  'f(n) = n < 2 ? 1 : f(n - 1) + f(n - 2); f(40)',
  'format(1/3, {precision: 1e9})',
  'bignumber("1e999999999")',
  '170!',
  '1e9!',
  'random(1e9)',
  'inv(identity(2000))',
  'factorial(1e9)',
] as const;

/** Texts that would be read as something else than they say. */
const OTHER_MEANINGS = [
  'loans gdp',
  '2 loans',
  '(1)(2)',
  '1/2 loans',
  '10% 3',
  '(8)%',
  '1_000',
  'loans # note',
  '1e999',
  'Infinity',
  'NaN',
  'i',
  'pi',
  'e',
  'end',
  'l\u043eans', // a Cyrillic letter
  '\u202eloans',
  'lo\u00adans',
] as const;

function answer(text: string): string {
  const parsed = parseFormula(text, context);
  return parsed.ok ? `read: ${text}` : parsed.problem.code;
}

const fullWidth = (text: string) =>
  text.replaceAll(/[!-~]/g, (one) => String.fromCodePoint((one.codePointAt(0) ?? 0) + 0xfee0));
/** Without texts, assignments and separators, which are refused before anything else is looked at. */
const stripped = (text: string) =>
  text
    .replaceAll(/"(?:[^"\\]|\\.)*"/g, '1')
    .replaceAll(/;|\n/g, ' + ')
    .replaceAll(/(?<![<>=!:])=(?![=>])/g, '==');

const VARIANTS: readonly (readonly [string, (text: string) => string])[] = [
  ['as it is', (text) => text],
  ['as Excel writes it', (text) => `=${text}`],
  ['in full width', fullWidth],
  ['without its texts', stripped],
  ['in a call', (text) => `SUM(${stripped(text)})`],
];

afterEach(() => {
  expect((globalThis as { escaped?: unknown }).escaped).toBeUndefined();
  expect(Object.keys(Object.prototype)).toEqual([]);
});

describe.each(VARIANTS)('%s', (_, variant) => {
  it.each(ESCAPES)('%j is refused', (text) => {
    expect(answer(variant(text))).toMatch(/^formula_/);
  });
  it.each(BURNERS)('%j is refused', (text) => {
    expect(answer(variant(text))).toMatch(/^formula_/);
  });
});

it.each(OTHER_MEANINGS)('%j is refused rather than read as something else', (text) => {
  expect(answer(text)).toMatch(/^formula_/);
});

it('mathjs is given placeholders and signs, never a text that was typed', () => {
  given.length = 0;
  const good = [
    "= loans[t-1] * (1 + 8%) + SUM({1, 2}, '贷款余额') / (loans > 3)",
    'loans[2020:t] * 2',
    'IF(loans >= gdp and not (gdp == 3), -loans ^ 2, 1e3)',
    'loans > 1 ? gdp : loans[base]',
  ];
  good.forEach(answer);
  expect(given).toHaveLength(good.length);
  for (const [, variant] of VARIANTS)
    for (const text of [...ESCAPES, ...BURNERS, ...OTHER_MEANINGS]) answer(variant(text));
  const strange = given.filter(
    (text) => !/^(?:w\d+|empty|and|or|not|[-+*/^()[\]?:,<>%]|[=!<>]=|\s)*$/.test(text),
  );
  expect(strange).toEqual([]);
});

it('a formula calls the functions of the list, and no other', () => {
  const names = new Set(functionList.map(({ name }) => name.toLowerCase()));
  for (const name of ['parse', 'evaluate', 'import', 'config', 'create', 'map', 'constructor', 'typed'])
    expect(names.has(name)).toBe(false);
  expect(
    Object.getOwnPropertyNames(Object.prototype).filter((name) => names.has(name.toLowerCase())),
  ).toEqual([]);
});
