/** A writer of numbers shows them as `formatNumber` does, whatever it has written before. */
import { expect, it } from 'vitest';
import { buildNumberWriter, formatNumber, parseUnit, PLAIN, type NumberFormat } from '#quantity';

it('writes every format as without memory', () => {
  const write = buildNumberWriter();
  const percent = parseUnit('%') ?? expect.unreachable();
  const formats: NumberFormat[] = ([PLAIN, percent] as const).flatMap((unit) =>
    [undefined, 0, 2].flatMap((decimals) =>
      [true, false].flatMap((flag) =>
        (['zh', 'en'] as const).map((language) => ({
          unit,
          decimals,
          language,
          grouped: flag,
          signed: !flag,
        })),
      ),
    ),
  );
  for (const value of [0, -12345.678, 0.08125]) {
    for (const format of [...formats, ...formats.toReversed()]) {
      expect(write(value, format)).toBe(formatNumber(value, format));
    }
  }
});
