/** What a part of the long tests is told on the command line, and how it tells what it has counted. */

const given = JSON.parse(process.env['TUIYAN_LONG'] ?? '{}') as Readonly<Record<string, string>>;

/** The number typed after `--name`; `usual` where nothing was typed. Fails: throws where it is no number. */
export function option(name: string, usual: number): number {
  const typed = given[name];
  if (typed === undefined) return usual;
  const number = Number(typed);
  if (typed === '' || !Number.isFinite(number)) throw new Error(`--${name} needs a number, not “${typed}”`);
  return number;
}

/** Prints what was counted, a line each. */
export function tell(counts: Readonly<Record<string, string | number>>): void {
  for (const [name, count] of Object.entries(counts)) console.log(`  ${name}: ${count}`);
}
