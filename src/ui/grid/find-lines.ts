/** Finds lines by what they are called. Pure. */
import { toHalfWidth } from '#quantity';
import type { Line } from '#plan';

/** More would not be read. */
const MAX_FOUND = 12;

const comparable = (text: string) => toHalfWidth(text).toLowerCase().replaceAll(/\s+/g, ' ').trim();

interface Names {
  readonly zh: string;
  readonly en: string;
  readonly id: string;
}

/** Names in the form in which they are compared, of lines that were gone through before. */
const knownNames = new WeakMap<Line, Names>();

function namesOf(line: Line): Names {
  const { name, id } = line;
  const known = knownNames.get(line) ?? {
    zh: comparable(name.zh),
    en: comparable(name.en),
    id: comparable(id),
  };
  knownNames.set(line, known);
  return known;
}

/** The lines whose name in either language or whose id has all words of a text; a name that is the text comes first, then those that begin with it. */
export function findLines(lines: readonly Line[], text: string, language: 'zh' | 'en'): Line[] {
  const sought = comparable(text);
  if (sought === '') return [];
  const words = sought.split(' ');
  const ranked = lines.flatMap((line) => {
    const { zh, en, id } = namesOf(line);
    const names = language === 'zh' ? [zh, en, id] : [en, zh, id];
    const hit = names.findIndex((name) => words.every((word) => name.includes(word)));
    if (hit === -1) return [];
    const isWhole = names.includes(sought);
    const isStart = names.some((name) => name.startsWith(sought));
    return [{ line, rank: (isWhole ? 0 : isStart ? 10 : 20) + hit }];
  });
  return ranked
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MAX_FOUND)
    .map(({ line }) => line);
}
