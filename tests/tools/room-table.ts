/** Reads the table of rooms in `src/README.md`, which is the rule of who may import whom. */

/** How far an import may go: values and types, the formatting functions of a room, or its types alone. */
export type Reach = 'values' | 'formatting' | 'types';

/** A room of the source tree. */
export interface Room {
  readonly number: number;
  readonly name: string;
  /** For each room that may be imported, by name, how far the import may go. */
  readonly mayImport: ReadonlyMap<string, readonly Reach[]>;
}

/** Reads every row of the form `| 3 | formula | 1 2 | … |`. Fails: throws when a cell cannot be read. */
export function parseRoomTable(markdown: string): Room[] {
  const rows = [...markdown.matchAll(/^\|\s*(\d+)\s*\|\s*([a-z]+)\s*\|([^|]*)\|/gm)].map((match) => ({
    number: Number(match[1]),
    name: match[2] ?? '',
    cell: (match[3] ?? '').trim(),
  }));
  return rows.map(({ number, name, cell }) => {
    const numbers = rows.map((row) => row.number).filter((other) => other !== number);
    const mayImport = new Map<string, readonly Reach[]>();
    for (const [other, reaches] of parseImportCell(cell, numbers)) {
      const room = rows.find((row) => row.number === other);
      if (!room) throw new Error(`Room ${number} may import room ${other}, which the table does not have.`);
      mayImport.set(room.name, reaches);
    }
    return { number, name, mayImport };
  });
}

/**
 * Reads a cell such as `1–4 (not 5)` or `7, 10; types of 1–6, formatting of 1`.
 *
 * `types of` and `formatting of` hold for the numbers after them, up to the next `;`.
 */
function parseImportCell(cell: string, others: readonly number[]): Map<number, Reach[]> {
  const allowed = new Map<number, Reach[]>();
  const refused = new Set<number>();
  let reach: Reach = 'values';
  let isRefusing = false;
  const words = cell.match(/types of|formatting of|nothing|all|not|\d+–\d+|\d+|[;()]|[^\s,]+/g) ?? [];
  for (const word of words) {
    const range = /^(\d+)(?:–(\d+))?$/.exec(word);
    if (range) {
      const from = Number(range[1]);
      for (let number = from; number <= Number(range[2] ?? from); number += 1) {
        if (isRefusing) refused.add(number);
        else allowed.set(number, [...(allowed.get(number) ?? []), reach]);
      }
    } else if (word === 'types of') reach = 'types';
    else if (word === 'formatting of') reach = 'formatting';
    else if (word === ';') reach = 'values';
    else if (word === 'not') isRefusing = true;
    else if (word === ')') isRefusing = false;
    else if (word === 'all') for (const number of others) allowed.set(number, ['values']);
    else if (word !== 'nothing' && word !== '(') throw new Error(`"${word}" in "${cell}" is not understood.`);
  }
  for (const number of refused) allowed.delete(number);
  return allowed;
}
