import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { arityOf, findFunction, functionList, type FunctionExample } from '#formula';

const conformance = JSON.parse(
  readFileSync(new URL('../conformance.json', import.meta.url), 'utf8'),
) as FunctionExample[];

describe.each(functionList.map((spec) => [spec.name, spec] as const))('%s', (name, spec) => {
  it('shows at least two worked examples of its own, each with its source', () => {
    expect(spec.examples.length).toBeGreaterThanOrEqual(2);
    for (const example of spec.examples) {
      expect(example.text).toMatch(/^=/);
      expect(example.text).toContain(`${name}(`);
      expect(example.source).not.toBe('');
    }
  });

  it('gathers flattened values at the end only', () => {
    const takes = spec.parameters.map((parameter) => parameter.takes);
    const first = takes.indexOf('values');
    if (first >= 0) expect(takes.slice(first).every((one) => one === 'values')).toBe(true);
  });

  it('has a result whose unit is that of a parameter, none, or unknown', () => {
    expect(['1', '?', ...spec.parameters.map((parameter) => parameter.unit)]).toContain(spec.result);
  });

  it('can be called', () => {
    expect(findFunction(name.toLowerCase())).toBe(spec);
    expect(arityOf(spec).least).toBeGreaterThanOrEqual(1);
  });
});

describe('the conformance cases', () => {
  it('are many, each with a source', () => {
    expect(conformance.length).toBeGreaterThanOrEqual(300);
    for (const one of conformance) expect(one.source, one.text).not.toBe('');
  });

  it('reach every function that bears an Excel name', () => {
    const ours = functionList.filter(({ family, name }) => family === 'time' || name === 'INTERPOLATE');
    for (const { name } of functionList.filter((spec) => !ours.includes(spec))) {
      expect(
        conformance.filter(({ text }) => new RegExp(`\\b${name}\\(`).test(text)).length,
        name,
      ).toBeGreaterThanOrEqual(4);
    }
  });
});
