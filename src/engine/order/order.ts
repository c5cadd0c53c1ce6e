/**
 * Strongly connected components of a graph in dependency order, after Tarjan. Knows nothing of lines: nodes are numbers.
 */

/**
 * Groups the nodes 0 … count − 1 so that every group comes after the groups it depends on.
 *
 * Shape: each group is a list of nodes that depend on each other; most have one. Iterative, so that a chain of any length
 * is ordered without deep recursion.
 */
export function orderByDependency(
  count: number,
  dependenciesOf: (node: number) => Iterable<number>,
): number[][] {
  const index = new Int32Array(count).fill(-1);
  const low = new Int32Array(count);
  const onStack = new Uint8Array(count);
  const stack: number[] = [];
  const groups: number[][] = [];
  let visited = 0;

  for (let root = 0; root < count; root += 1) {
    if (index[root] !== -1) continue;
    const work: { node: number; rest: Iterator<number> }[] = [];
    const enter = (node: number) => {
      index[node] = low[node] = visited;
      visited += 1;
      stack.push(node);
      onStack[node] = 1;
      work.push({ node, rest: dependenciesOf(node)[Symbol.iterator]() });
    };
    enter(root);
    for (let top = work.at(-1); top !== undefined; top = work.at(-1)) {
      const { node } = top;
      const next = top.rest.next();
      if (!next.done) {
        const target = next.value;
        if (index[target] === -1) enter(target);
        else if (onStack[target] === 1) low[node] = Math.min(low[node] as number, index[target] as number);
        continue;
      }
      work.pop();
      const parent = work.at(-1)?.node;
      if (parent !== undefined) low[parent] = Math.min(low[parent] as number, low[node] as number);
      if (low[node] !== index[node]) continue;
      const group: number[] = [];
      for (let member = stack.pop(); member !== undefined; member = stack.pop()) {
        onStack[member] = 0;
        group.push(member);
        if (member === node) break;
      }
      groups.push(group.reverse());
    }
  }
  return groups;
}
