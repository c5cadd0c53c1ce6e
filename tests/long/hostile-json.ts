/** Documents in which one value is hostile: of another kind, too large, too deep, a script, a key of prototypes. */

/** What is put in place of a value, as JSON text. */
const VALUES: readonly string[] = [
  ...[
    'null',
    'true',
    '-0',
    '1e308',
    '-1e308',
    '1e999',
    '1e-320',
    '9007199254740993',
    '0x1f',
    '01',
    '1.5',
    '-1',
  ],
  ...[
    '""',
    '[]',
    '{}',
    '[[]]',
    '"36"',
    '"\\ud800"',
    '"\\u202e"',
    '"\\u0000"',
    '"__proto__"',
    '"constructor"',
  ],
  '"<img src=x onerror=\\"globalThis.escaped=true\\">"',
  '"</script><script>globalThis.escaped=true</script>"',
  '"javascript:globalThis.escaped=true"',
  '"=cmd|\' /C calc\'!A0"',
  '"cos.constructor(\\"globalThis.escaped=true\\")()"',
  '"f(x)=x; f(1)"',
  `"${'a'.repeat(100_000)}"`,
  `"${'('.repeat(3000)}"`,
  `"${'1+'.repeat(1500)}1"`,
  `${'['.repeat(33)}${']'.repeat(33)}`,
  `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
  `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`,
  `[${'0,'.repeat(20_000)}0]`,
  '{"zh":"<b>x</b>","en":"<b>x</b>"}',
  '{"zh":1,"en":[]}',
];

/** What is put in front of an object's first key. */
const KEYS: readonly string[] = [
  '"__proto__":{"escaped":true},',
  '"constructor":{"prototype":{"escaped":true}},',
  '"prototype":1,',
  '"toString":1,',
  '"renderer":"html",',
  '"sanitizer":null,',
  '"url":"javascript:globalThis.escaped=true",',
  '"id":"plan",',
  '"":1,',
];

/** Says where values and objects begin in a JSON text that is written without blanks. */
export interface Anatomy {
  readonly text: string;
  /** Where each value begins and ends. */
  readonly values: readonly (readonly [from: number, to: number])[];
  /** Where the first key of each object that has one stands. */
  readonly objects: readonly number[];
}

/** Finds the values and objects of what `JSON.stringify` has written. */
export function anatomyOf(value: unknown): Anatomy {
  const values: (readonly [number, number])[] = [];
  const objects: number[] = [];
  let text = '';
  const write = (one: unknown): void => {
    const from = text.length;
    if (Array.isArray(one)) {
      text += '[';
      one.forEach((item, index) => {
        if (index > 0) text += ',';
        write(item);
      });
      text += ']';
    } else if (typeof one === 'object' && one !== null) {
      const entries = Object.entries(one).filter(([, part]) => part !== undefined);
      text += '{';
      if (entries.length > 0) objects.push(text.length);
      entries.forEach(([key, part], index) => {
        text += `${index > 0 ? ',' : ''}${JSON.stringify(key)}:`;
        write(part);
      });
      text += '}';
    } else text += JSON.stringify(one);
    values.push([from, text.length]);
  };
  write(value);
  return { text, values, objects };
}

/** Makes one value or one object of a document hostile; `chance` gives whole numbers below its argument. */
export function hostile({ text, values, objects }: Anatomy, chance: (below: number) => number): string {
  if (chance(4) === 0) {
    const at = objects[chance(objects.length)] ?? 1;
    return text.slice(0, at) + KEYS[chance(KEYS.length)] + text.slice(at);
  }
  const [from, to] = values[chance(values.length)] ?? [0, text.length];
  return text.slice(0, from) + VALUES[chance(VALUES.length)] + text.slice(to);
}
