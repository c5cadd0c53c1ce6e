/**
 * A short text beside what the pointer or the keyboard rests on. It repeats or adds to what the control already tells a
 * screen reader, so it is itself hidden from one. Escape sends it away.
 */
import type { Attachment } from 'svelte/attachments';

/** How long the pointer rests before a tip shows; shorter than that, tips would follow every movement. */
const DELAY_MS = 450;

/** Distance between a control and its tip, and between a tip and the window's edge. */
const GAP_PX = 6;

/** Shows a tip for an element. An empty text shows none. */
export function tip(text: () => string): Attachment<HTMLElement> {
  return (element) => {
    let shown: HTMLElement | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;

    const hide = () => {
      clearTimeout(timer);
      shown?.remove();
      shown = undefined;
      document.removeEventListener('keydown', onKey, true);
    };
    const show = () => {
      hide();
      const words = text();
      if (words === '' || !element.isConnected) return;
      shown = document.createElement('div');
      shown.className = 'tip';
      shown.setAttribute('aria-hidden', 'true');
      shown.textContent = words;
      document.body.append(shown);
      place(shown, element.getBoundingClientRect());
      document.addEventListener('keydown', onKey, true);
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') hide();
    };
    const onEnter = (event: PointerEvent) => {
      clearTimeout(timer);
      if (event.pointerType !== 'touch') timer = setTimeout(show, DELAY_MS);
    };
    const onFocus = () => {
      if (element.matches(':focus-visible')) show();
    };

    element.addEventListener('pointerenter', onEnter);
    element.addEventListener('pointerleave', hide);
    element.addEventListener('pointerdown', hide);
    element.addEventListener('focus', onFocus);
    element.addEventListener('blur', hide);
    return () => {
      hide();
      element.removeEventListener('pointerenter', onEnter);
      element.removeEventListener('pointerleave', hide);
      element.removeEventListener('pointerdown', hide);
      element.removeEventListener('focus', onFocus);
      element.removeEventListener('blur', hide);
    };
  };
}

/** Below its control and centred on it; above where there is no room, and never over the window's edge. */
function place(shown: HTMLElement, anchor: DOMRect): void {
  const { width, height } = shown.getBoundingClientRect();
  const below = anchor.bottom + GAP_PX;
  const top = below + height + GAP_PX > window.innerHeight ? anchor.top - height - GAP_PX : below;
  const centred = anchor.left + (anchor.width - width) / 2;
  const left = Math.max(GAP_PX, Math.min(centred, window.innerWidth - width - GAP_PX));
  shown.style.left = `${Math.round(left)}px`;
  shown.style.top = `${Math.round(Math.max(GAP_PX, top))}px`;
}
