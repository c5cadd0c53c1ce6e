/**
 * A condition of a lesson as one line of a form has it: parts with `;` between them, each a formula or a word with a colon and
 * what it is about. `any: a >= 1; any: b >= 2` is enough with one of the two, `met: loans 2025` asks for a target,
 * `missed: loans 2025` for a missed one, `only: growth` for no other assumption moved (`only: -` for none at all).
 */
import type { LessonPredicate } from '#plan';

type Part = 'any' | 'met' | 'missed' | 'only';

/** The words that begin a part, in both languages. */
const PARTS: Readonly<Record<string, Part>> = {
  any: 'any',
  met: 'met',
  missed: 'missed',
  only: 'only',
  任一: 'any',
  达成: 'met',
  未达成: 'missed',
  只调: 'only',
};

/** What stands for an empty list. */
const NONE = '-';

/** Reads a condition, unchecked: what it says wrongly is found where the lesson is read. Missing: undefined for an empty text. */
export function conditionOf(text: string): object | undefined {
  const formulas: string[] = [];
  const any: string[] = [];
  const met: unknown[] = [];
  const missed: unknown[] = [];
  let only: readonly string[] | undefined;
  for (const written of partsOf(text)) {
    const [, word = '', rest = ''] = /^([^\s:：]+)\s*[:：]\s*(.*)$/.exec(written) ?? [];
    const part = PARTS[word];
    if (part === 'any') any.push(rest);
    else if (part === 'met') met.push(...cellsOf(rest));
    else if (part === 'missed') missed.push(...cellsOf(rest));
    else if (part === 'only') only = [...(only ?? []), ...idsOf(rest)];
    else formulas.push(written);
  }
  const fields = {
    // two formulas in one condition are none: the reading says so
    formula: formulas.length > 1 ? formulas : formulas[0],
    any: any.length > 0 ? any : undefined,
    met: met.length > 0 ? met : undefined,
    missed: missed.length > 0 ? missed : undefined,
    onlyMoved: only,
  };
  const said = Object.entries(fields).filter(([, value]) => value !== undefined);
  return said.length > 0 ? Object.fromEntries(said) : undefined;
}

/** Writes a condition as `conditionOf` reads it. */
export function conditionText({ formula, any, met, missed, onlyMoved }: LessonPredicate): string {
  return [
    ...(formula === undefined ? [] : [formula]),
    ...(any ?? []).map((one) => `any: ${one}`),
    ...(met ? [`met: ${cellsText(met, ', ')}`] : []),
    ...(missed ? [`missed: ${cellsText(missed, ', ')}`] : []),
    ...(onlyMoved ? [`only: ${idsText(onlyMoved)}`] : []),
  ].join('; ');
}

/** The parts of a text, without what is blank; a sign between brackets belongs to a formula. */
function partsOf(text: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const sign of text) {
    if ('([（'.includes(sign)) depth += 1;
    if (')]）'.includes(sign)) depth -= 1;
    if (depth <= 0 && (sign === ';' || sign === '；')) parts.push('');
    else parts.push(`${parts.pop() ?? ''}${sign}`);
  }
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** Cells of targets, `line period`, each on a line of its own or behind a comma; unchecked. */
export function cellsOf(text: string): unknown[] {
  return text
    .split(/[\n,，、]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const [line, period] = part.split(/\s+/);
      return {
        line,
        ...(period !== undefined && { period: Number.isNaN(Number(period)) ? period : Number(period) }),
      };
    });
}

/** Writes cells as `cellsOf` reads them. */
export function cellsText(cells: readonly { line: string; period: number }[], between = '\n'): string {
  return cells.map(({ line, period }) => `${line} ${period}`).join(between);
}

/** Ids with spaces or commas between them; the sign for none alone is an empty list. */
export function idsOf(text: string): string[] {
  return text.split(/[\s,，、]+/).filter((id) => id !== '' && id !== NONE);
}

/** Writes ids as `idsOf` reads them. */
export function idsText(ids: readonly string[]): string {
  return ids.length === 0 ? NONE : ids.join(' ');
}
