/** Every ink can be read on every ground that it is meant for, in both themes. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const css = readFileSync(resolve(import.meta.dirname, '../../../src/ui/_shared/tokens.css'), 'utf8');

const INKS = ['ink', 'muted', 'input', 'changed', 'met', 'risk', 'missed', 'unknown', 'uncertain'];
const SCENARIOS = Array.from({ length: 8 }, (_, index) => `scenario-${index + 1}`);
const GROUNDS = ['ground', 'surface', 'sunken', 'float', 'hover'];

/** Grounds that mean something, and what is written on them. */
const OWN_GROUNDS: Readonly<Record<string, readonly string[]>> = {
  'changed-ground': ['ink', 'input', 'changed', 'muted', 'met', 'risk', 'missed'],
  'actual-ground': ['actual', 'ink', 'muted', 'input'],
  'input-ground': ['ink', 'input', 'muted'],
  selection: ['ink', 'input', 'muted'],
  pressed: ['ink', 'muted', 'input'],
  'met-ground': ['met', 'ink'],
  'risk-ground': ['risk', 'ink'],
  'missed-ground': ['missed', 'ink'],
  'unknown-ground': ['unknown', 'ink'],
  seal: ['on-seal'],
  input: ['on-input'],
  ink: ['ground'],
};

function themeOf(name: 'light' | 'dark'): ReadonlyMap<string, string> {
  const block = new RegExp(`\\[data-theme='${name}'\\]\\s*\\{(.*?)\\n\\}`, 's').exec(css)?.[1] ?? '';
  return new Map(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, token = '', colour = '']) => [token, colour]),
  );
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

describe.each(['light', 'dark'] as const)('the %s theme', (name) => {
  const theme = themeOf(name);
  const colour = (token: string) => {
    const found = theme.get(token);
    if (found === undefined) throw new Error(`no colour --${token}`);
    return found;
  };
  const pairs = [
    ...[...INKS, ...SCENARIOS].flatMap((ink) => GROUNDS.map((ground) => [ink, ground] as const)),
    ...Object.entries(OWN_GROUNDS).flatMap(([ground, inks]) => inks.map((ink) => [ink, ground] as const)),
  ];

  it('writes with at least 4.5 : 1', () => {
    const weak = pairs.filter(([ink, ground]) => contrast(colour(ink), colour(ground)) < 4.5);
    expect(weak).toEqual([]);
  });

  it('draws the edges of controls with at least 3 : 1', () => {
    const weak = ['ground', 'surface', 'sunken', 'float'].filter(
      (one) => contrast(colour('edge'), colour(one)) < 3,
    );
    expect(weak).toEqual([]);
  });

  it('names the same tokens as the other', () => {
    const other = themeOf(name === 'light' ? 'dark' : 'light');
    expect([...theme.keys()].toSorted()).toEqual([...other.keys()].toSorted());
  });
});
