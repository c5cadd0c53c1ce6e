/** Places what floats beside the control that it belongs to. */
import type { Attachment } from 'svelte/attachments';

const GAP_PX = 4;
const EDGE_PX = 8;

/** Puts an element of fixed position under its anchor, or above it where there is more room, inside the window. */
export function placeBeside(
  anchor: () => Element | undefined,
  align: 'start' | 'end' = 'start',
): Attachment<HTMLElement> {
  return (element) => {
    const at = anchor()?.getBoundingClientRect();
    if (!at) return;
    const { width, height } = element.getBoundingClientRect();
    const roomBelow = window.innerHeight - at.bottom - GAP_PX - EDGE_PX;
    const isAbove = height > roomBelow && at.top > window.innerHeight - at.bottom;
    const top = isAbove ? Math.max(EDGE_PX, at.top - GAP_PX - height) : at.bottom + GAP_PX;
    const wanted = align === 'start' ? at.left : at.right - width;
    const left = Math.max(EDGE_PX, Math.min(wanted, window.innerWidth - width - EDGE_PX));
    element.style.top = `${Math.round(top)}px`;
    element.style.left = `${Math.round(left)}px`;
    element.style.maxHeight = `${Math.round(isAbove ? at.top - GAP_PX - EDGE_PX : roomBelow)}px`;
  };
}
