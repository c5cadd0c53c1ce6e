/**
 * The built app makes no code from text. Every build looks at what it made and fails on a finding; this holds the
 * search to examples, and the allow-list to its reasons.
 */
import { describe, expect, it } from 'vitest';
import { ALLOWED_EVAL, findEval, findForbiddenEval } from '../tools/bundle-check.ts';

describe('the search for code made from text', () => {
  it.each([
    'eval("1")',
    '(0,eval)("1")',
    'globalThis.eval("1")',
    'window.Function("return 1")',
    'new Function("a","return a")',
    'var x=Function("return this")()',
    'a=()=>{try{return new Function("")}catch{return!1}}',
  ])('finds %s', (script) => {
    expect(findEval(script)).toHaveLength(1);
  });

  it.each([
    'x.eval("1")',
    'x={eval(a){return a}}',
    'typeof x=="function"',
    'x instanceof Function',
    '"new Function(1)"',
    '/eval(1)/.test(x)',
    'csp="script-src \'unsafe-eval\'"',
  ])('passes %s', (script) => {
    expect(findEval(script)).toEqual([]);
  });

  it('goes as deep as a minifier chains', () => {
    const chain = Array.from({ length: 20_000 }, (_, item) => `f(${item})`).join(',');
    expect(findEval(`eval(1),${chain},eval(2)`).map(({ offset }) => offset)).toEqual([0, chain.length + 9]);
  });

  it('names the file and the place', () => {
    const files = [{ name: 'assets/index-a.js', content: 'let a=1;eval(a)' }];
    expect(findForbiddenEval(files)).toEqual([
      'assets/index-a.js, character 8, makes code from text: eval(a)',
    ]);
  });

  it('looks past what is allowed, in its file alone', () => {
    const content = 'new Function("return ("+a+");")()';
    const allowed = [
      { file: 'assets/charts-', text: /^new Function\("return \("/, because: 'never reached' },
    ];
    expect(findForbiddenEval([{ name: 'assets/charts-a.js', content }], allowed)).toEqual([]);
    expect(findForbiddenEval([{ name: 'assets/index-a.js', content }], allowed)).toHaveLength(1);
  });
});

it('every allowance has a reason', () => {
  expect(ALLOWED_EVAL.filter(({ because }) => because.length < 40)).toEqual([]);
});
