/** The text beside a cell on which the pointer rests: one listener for the whole grid, since its cells come and go. */
import type { Attachment } from 'svelte/attachments';

/** As the tips of other controls. */
const DELAY_MS = 450;
const GAP_PX = 4;
const EDGE_PX = 8;

/** Shows what `textOf` says about the element under the pointer; nothing for an empty text. */
export function gridTip(
  textOf: (element: Element) => { text: string; anchor: Element } | undefined,
): Attachment<HTMLElement> {
  return (host) => {
    let shown: HTMLElement | undefined;
    let anchor: Element | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;

    const hide = () => {
      clearTimeout(timer);
      shown?.remove();
      shown = undefined;
      anchor = undefined;
    };
    const show = (text: string, at: DOMRect) => {
      shown?.remove();
      shown = document.createElement('div');
      shown.className = 'tip';
      shown.setAttribute('aria-hidden', 'true');
      shown.textContent = text;
      document.body.append(shown);
      const { width, height } = shown.getBoundingClientRect();
      const below = at.bottom + GAP_PX;
      const top = below + height + EDGE_PX > window.innerHeight ? at.top - GAP_PX - height : below;
      const left = Math.min(Math.max(EDGE_PX, at.left), window.innerWidth - width - EDGE_PX);
      shown.style.left = `${Math.round(left)}px`;
      shown.style.top = `${Math.round(top)}px`;
    };
    const onMove = (event: PointerEvent) => {
      if (event.pointerType === 'touch' || event.buttons > 0 || !(event.target instanceof Element))
        return hide();
      const said = textOf(event.target);
      if (!said || said.text === '') return hide();
      if (said.anchor === anchor) return;
      hide();
      anchor = said.anchor;
      timer = setTimeout(() => show(said.text, said.anchor.getBoundingClientRect()), DELAY_MS);
    };

    host.addEventListener('pointermove', onMove);
    host.addEventListener('pointerleave', hide);
    host.addEventListener('pointerdown', hide);
    host.addEventListener('keydown', hide);
    host.addEventListener('wheel', hide, { passive: true });
    return () => {
      hide();
      host.removeEventListener('pointermove', onMove);
      host.removeEventListener('pointerleave', hide);
      host.removeEventListener('pointerdown', hide);
      host.removeEventListener('keydown', hide);
      host.removeEventListener('wheel', hide);
    };
  };
}
