/** The heads of the columns: the letter of an address small above what the column holds, and the fold of empty years. */
import type { AppContext } from '../_shared/app-context.svelte.ts';
import type { GridView, PlanSession } from '#session';
import type { GridColumn, GridRow } from './grid-rows.ts';

/** Says a run of years as `2016–2019`. */
function yearsText(years: readonly number[]): string {
  const [first, last] = [years[0], years.at(-1)];
  return first === last ? String(first ?? '') : `${first}–${last}`;
}

/** Fills the head of a column. */
export function paintHead(
  head: HTMLElement,
  column: GridColumn | undefined,
  session: PlanSession,
  view: GridView,
  app: AppContext,
): void {
  const page = head.ownerDocument;
  const part = (className: string, text: string) => {
    const element = page.createElement('span');
    element.className = className;
    element.textContent = text;
    return element;
  };
  const cell = head.closest('th');
  if (cell) cell.dataset['head'] = column?.kind === 'period' ? column.era : (column?.kind ?? '');
  if (!column) return head.replaceChildren();
  const letter = part('letter', 'letter' in column ? column.letter : '');
  switch (column.kind) {
    case 'name':
      return head.replaceChildren(letter, part('title', app.words.say('grid_name')));
    case 'unit':
      return head.replaceChildren(letter, part('title', app.words.say('grid_unit')));
    case 'period': {
      const children = [letter, part('title', String(column.period))];
      if (column.hidden.length > 0) children.push(foldButton(page, view, app, column.hidden, false));
      else if (column.isFoldable) children.push(foldButton(page, view, app, [], true));
      if (cell) cell.toggleAttribute('data-gap', column.hidden.length > 0);
      return head.replaceChildren(...children);
    }
    case 'target': {
      const { last } = session.plan.periods;
      return head.replaceChildren(part('letter', String(last)), part('title', app.words.say('grid_target')));
    }
    case 'status':
      return head.replaceChildren(letter, part('title', app.words.say('grid_status')));
    case 'trend':
      return head.replaceChildren(letter, part('title', app.words.say('grid_trend')));
  }
}

/** Fills the head of a row: its number. */
export function paintNumber(head: HTMLElement, row: GridRow | undefined): void {
  head.textContent = String(row?.number ?? '');
  const cell = head.closest('th');
  if (cell) cell.dataset['head'] = row?.kind === 'section' ? 'band' : '';
}

/** A press on it shows or folds the years without a figure; the keyboard reaches the same by the grid's menu. */
function foldButton(
  page: Document,
  view: GridView,
  app: AppContext,
  years: readonly number[],
  isShown: boolean,
): HTMLElement {
  const button = page.createElement('button');
  button.type = 'button';
  button.tabIndex = -1;
  button.className = 'years';
  button.textContent = isShown ? '›‹' : '‹›';
  const says = isShown
    ? app.words.say('grid_fold_years')
    : app.words.say('grid_show_years', { years: yearsText(years) });
  button.setAttribute('aria-label', says);
  button.dataset['tip'] = says;
  button.addEventListener('mousedown', (event) => event.stopPropagation());
  button.addEventListener('click', () => view.showPast(!isShown));
  return button;
}
