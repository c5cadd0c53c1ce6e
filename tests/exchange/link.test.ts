/** A link carries a document whole, or says what became of it; another program inflates what it holds. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  hasLink,
  readFile,
  readGiven,
  readLink,
  toBundle,
  toScenarioFile,
  writeLink,
  writeScenarioFile,
} from '#exchange';
import { aPlan, aScenario } from '#tests/builders';

const plan = aPlan().line('gdp', { 2020: 100 }).driver('growth', '5%').build();
const scenarios = [...plan.scenarios, aScenario({ values: { growth: { 2023: 0.08 } } })];
const file = toScenarioFile(plan, scenarios, 'trial');
const address = 'https://example.org/tuiyan/';
const written = writeLink(file, address);
if (!written.ok) throw new Error('too long');
const { link } = written;
const whole = readFile(writeScenarioFile(plan, scenarios, 'trial'));

/** A link of ours around any bytes, checksum and all. */
function linkOf(deflated: Uint8Array): string {
  const payload = Buffer.from(deflated).toString('base64url');
  const body = `s1.${payload.length.toString(36)}.${payload}`;
  return `#${body}.${createHash('sha256').update(body).digest('hex').slice(0, 12)}`;
}

function answer(text: string): unknown {
  const read = readLink(text);
  return read.ok ? 'read' : [read.problems[0]?.code, ...Object.values(read.problems[0]?.args ?? {})];
}

describe('a link', () => {
  it('holds the document on one line, deflated', () => {
    expect(link).toMatch(/^https:\/\/example\.org\/tuiyan\/#s1\.[0-9a-z]+\.[\w-]+\.[0-9a-f]{12}$/);
    const payload = link.split('.').at(-2) ?? '';
    const text = inflateRawSync(Buffer.from(payload, 'base64url')).toString();
    expect(JSON.parse(text)).toEqual({ format: 1, ...file });
    expect(text).not.toContain('\n');
    expect(link).toBe(linkOf(Buffer.from(payload, 'base64url')).replace('#', `${address}#`));
  });

  it('is read from an address, a fragment, a sentence, or in pieces as mail breaks it', () => {
    const fragment = link.slice(link.indexOf('#'));
    const broken = link.replace(/.{60}/g, '$&\r\n');
    for (const text of [
      link,
      fragment,
      fragment.slice(1),
      `看看这个：${link}。谢谢`,
      `> ${broken}\n`,
      `${link} please`,
    ]) {
      expect(readLink(text)).toEqual(whole);
      expect(hasLink(text)).toBe(true);
    }
    expect(readGiven(new TextEncoder().encode(`${link}\n`))).toEqual(whole);
  });

  it('that another program deflated is read too', () => {
    const text = JSON.stringify({ format: 1, ...file });
    for (const level of [0, 1, 9]) expect(readLink(linkOf(deflateRawSync(text, { level })))).toEqual(whole);
  });

  it('of a bundle carries the plan', () => {
    const bundle = writeLink(toBundle(plan, scenarios, 'trial'), address);
    const read = bundle.ok ? readLink(bundle.link) : undefined;
    expect(read).toMatchObject({
      ok: true,
      document: { kind: 'bundle', plan: { ...plan }, scenario: 'trial' },
    });
  });

  it('that would be too long says how long, address included', () => {
    const values = (count: number) => ({
      growth: Object.fromEntries(Array.from({ length: 8 }, (_, at) => [2018 + at, Math.sin(at)])),
      gdp: { 2021: count },
    });
    let words = '';
    for (let number = 1; words.length < 9000; number += 1)
      words += createHash('md5').update(`${number}`).digest('hex');
    const long = (length: number, at: string) =>
      writeLink(
        toScenarioFile(
          plan,
          [
            aScenario({
              values: values(length),
              note: { zh: words.slice(0, 1000), en: words.slice(1000, length) },
              basedOn: 'plan',
            }),
            ...plan.scenarios,
          ],
          'trial',
        ),
        at,
      );
    expect(long(4000, address).ok).toBe(true);
    const first = long(4000, address);
    const room = 8000 - (first.ok ? first.link.length : 0);
    expect(long(4000, address + 'x'.repeat(room)).ok).toBe(true);
    expect(long(4000, address + 'x'.repeat(room + 1))).toMatchObject({
      ok: false,
      problem: { code: 'link_too_long', args: { characters: 8001, limit: 8000 } },
    });
  });
});

describe('a link is refused', () => {
  const fragment = link.slice(link.indexOf('#'));
  const total = fragment.replace(/^#s1\.\w+\./, '').length;

  it.each([1, 5, 13, 14, 60])(
    'when its last %i characters are missing, and says how many arrived',
    (missing) => {
      expect(answer(link.slice(0, -missing))).toEqual(['link_cut', total - missing, total]);
    },
  );

  it('when any one of its characters is another', () => {
    for (let at = 1; at < fragment.length; at += 1) {
      const letter = fragment.charAt(at);
      const other = letter === 'a' ? 'b' : 'a';
      const read = readLink(fragment.slice(0, at) + other + fragment.slice(at + 1));
      expect([at, read.ok]).toEqual([at, false]);
    }
  });

  it('when two neighbours changed places', () => {
    for (let at = 3; at < fragment.length - 1; at += 1) {
      const swapped =
        fragment.slice(0, at) + fragment.charAt(at + 1) + fragment.charAt(at) + fragment.slice(at + 2);
      if (swapped !== fragment) expect([at, readLink(swapped).ok]).toEqual([at, false]);
    }
  });

  it.each([
    ['', ['link_none']],
    ['https://example.org/', ['link_none']],
    ['https://example.org/#top', ['link_none']],
    [fragment.replace('#s1', '#s2'), ['link_newer', 2, 1]],
    ['#s1.0..e3b0c44298fc', ['link_damaged']],
    [linkOf(Buffer.from('this was never deflated')), ['link_damaged']],
    [linkOf(deflateRawSync('{"kind":"scenario"').subarray(0, -4)), ['link_damaged']],
    [linkOf(deflateRawSync('{"kind":')), ['import_json_end', 1, 9]],
    [linkOf(deflateRawSync(Uint8Array.of(0xff, 0xfe))), ['import_encoding']],
    [linkOf(deflateRawSync('[]')), ['import_not_ours']],
  ])('%s', (text, code) => {
    expect(answer(text)).toEqual(code);
  });

  it('when it would inflate beyond measure, without doing so', () => {
    const bomb = linkOf(deflateRawSync(Buffer.alloc(60_000_000, 0x20), { level: 9 }));
    expect(bomb.length).toBeLessThan(100_000);
    const before = process.memoryUsage();
    expect(answer(bomb)).toEqual(['link_too_large']);
    const after = process.memoryUsage();
    expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(20_000_000);
    const text = JSON.stringify({ format: 1, ...file });
    const padded = (size: number) =>
      linkOf(deflateRawSync(text + ' '.repeat(size - Buffer.byteLength(text))));
    expect(answer(padded(2_000_000))).toBe('read');
    expect(answer(padded(2_000_001))).toEqual(['link_too_large']);
  });

  it('when it has more characters than any link of ours', () => {
    expect(answer(link.padEnd(100_001, 'x'))).toEqual(['link_too_large']);
    expect(hasLink(link.padEnd(100_001, 'x'))).toBe(false);
  });
});
