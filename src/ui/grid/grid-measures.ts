/** The measures of the grid, in pixels: as the tokens of the same names, for those who calculate with them. */

/** `--height-row`. */
export const ROW_HEIGHT = 28;

/** `--height-head`. */
export const HEAD_HEIGHT = 32;

/** The column of the row numbers. */
export const NUMBER_WIDTH = 36;

/** What a scrollbar takes of the width of what it stands in; nothing where scrollbars lie above what they scroll. */
export function scrollbarWidth(place: HTMLElement): number {
  const probe = document.createElement('div');
  Object.assign(probe.style, { position: 'absolute', visibility: 'hidden', overflow: 'scroll' });
  probe.style.width = '64px';
  place.append(probe);
  const width = probe.offsetWidth - probe.clientWidth;
  probe.remove();
  return width;
}
