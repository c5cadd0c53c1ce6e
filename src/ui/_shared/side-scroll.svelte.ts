import type { Attachment } from 'svelte/attachments';

/**
 * A row that may be wider than its place: what is chosen in it stays in view, and it fades (`goes-on`) where it goes on.
 * `changed` reads what the choice and the width depend on; `chosen` selects the entry.
 */
export function sideScroll(chosen: string, changed: () => unknown): Attachment<HTMLElement> {
  return (row) => {
    const look = () => {
      row.classList.toggle('goes-on', row.scrollLeft + row.clientWidth < row.scrollWidth - 1);
    };
    $effect(() => {
      changed();
      const entry = row.querySelector<HTMLElement>(chosen);
      if (entry) {
        const left = entry.offsetLeft - row.offsetLeft;
        const right = left + entry.offsetWidth;
        // only the row moves, never the page around it
        row.scrollLeft = Math.min(Math.max(row.scrollLeft, right - row.clientWidth), left);
      }
      look();
    });
    row.addEventListener('scroll', look, { passive: true });
    return () => row.removeEventListener('scroll', look);
  };
}
