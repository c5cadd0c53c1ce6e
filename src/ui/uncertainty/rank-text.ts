/** A rank correlation as it is typed. */

/** Reads a number from −1 to 1; undefined for anything else. */
export function readRank(text: string): number | undefined {
  const plain = text.trim().replace('−', '-').replace('－', '-').replace('．', '.');
  if (!/^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(plain)) return undefined;
  const rank = Number(plain);
  return Math.abs(rank) <= 1 ? rank : undefined;
}
