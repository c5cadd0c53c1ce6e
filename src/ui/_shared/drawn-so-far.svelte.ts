/** Long lists are drawn a portion a frame: all at once they would hold up the page. */

/** How many of `total` are drawn by now; rises by a portion with each frame. To be called while a component is built. */
export function drawnSoFar(total: () => number, portion: number): { readonly count: number } {
  let count = $state(portion);
  $effect(() => {
    if (count >= total()) return undefined;
    const frame = requestAnimationFrame(() => (count += portion));
    return () => cancelAnimationFrame(frame);
  });
  return {
    get count() {
      return count;
    },
  };
}
