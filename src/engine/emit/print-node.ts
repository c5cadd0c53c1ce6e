/** Printed form of nodes: nested operations, with what several others use written once, before them. */
import type { Node } from './node.ts';

/** A node and what it needs; the last row is the node itself. */
export function printNode(root: Node): string[] {
  const rows: string[] = [];
  const named = new Map<Node, string>();
  const textOf = (node: Node): string => {
    const known = named.get(node);
    if (known !== undefined) return known;
    const text =
      node.operands.length === 0 ? node.name : `(${[node.name, ...node.operands.map(textOf)].join(' ')})`;
    if (node === root || node.uses < 2 || node.isCheap) return text;
    const name = `$${named.size + 1}`;
    named.set(node, name);
    rows.push(`${name} = ${text}`);
    return name;
  };
  const last = textOf(root);
  return [...rows, last];
}
