/** The commands of the grid's menu. */
import type { AppContext } from '../_shared/app-context.svelte.ts';
import type { MenuItem } from '../_shared/menu-item.ts';
import type { Notices } from '../_shared/notices.svelte.ts';
import { modelDeskOf } from '../plan/model-desk.svelte.ts';
import type { GridController } from './grid-controller.ts';

/** Changes that the menu offers; the editor has the rest. */
const CHANGES = ['set', 'add', 'scale', 'growth', 'actual'] as const;

/** Copies a block as text, and with its formats for a spreadsheet. */
async function copy({ text, html }: ReturnType<GridController['copied']>): Promise<void> {
  const part = (content: string, type: string) => new Blob([content], { type });
  await navigator.clipboard.write([
    new ClipboardItem({ 'text/plain': part(text, 'text/plain'), 'text/html': part(html, 'text/html') }),
  ]);
}

/** Lists the commands for what is selected now. */
export function gridMenuItems(controller: GridController, app: AppContext, notices: Notices): MenuItem[] {
  const { session, view, adapter, shown } = controller;
  const { words } = app;
  const place = adapter?.place;
  const row = place && shown.rows[place.row];
  const cell = place && controller.cell(place.row, place.column);
  const line = row?.kind === 'line' ? row.line : undefined;
  const isTraced = app.app.layout.isTraceShown === true;
  const refuse = () =>
    notices.show({
      kind: 'refused',
      what: words.say('grid_clipboard_denied'),
      next: words.say('grid_clipboard_next'),
    });
  const items: MenuItem[] = [
    {
      id: 'copy',
      label: words.say('grid_copy'),
      hint: 'Ctrl+C',
      choose: () => void copy(controller.copied()).catch(refuse),
    },
    {
      id: 'paste',
      label: words.say('grid_paste'),
      hint: 'Ctrl+V',
      isDisabled: !line,
      choose: () => void navigator.clipboard.readText().then((text) => controller.paste(text), refuse),
    },
    {
      id: 'fill',
      label: words.say('grid_fill_right'),
      hint: 'Ctrl+R',
      isDisabled: !cell,
      choose: () => controller.fillRight(),
    },
    {
      id: 'explain',
      label: words.say('explain_menu'),
      hint: 'F9',
      startsGroup: true,
      isDisabled: !cell,
      choose: () => controller.explain(),
    },
    {
      id: 'trace_input',
      label: words.say('trace_first_input'),
      hint: 'Ctrl+[',
      isDisabled: !cell,
      choose: () => controller.trace('input'),
    },
    {
      id: 'trace_dependent',
      label: words.say('trace_first_dependent'),
      hint: 'Ctrl+]',
      isDisabled: !cell,
      choose: () => controller.trace('dependent'),
    },
    {
      id: 'trace_marks',
      label: words.say(isTraced ? 'trace_no_marks' : 'trace_marks'),
      choose: () => app.app.keepLayout({ isTraceShown: !isTraced }),
    },
    ...CHANGES.map((kind, index) => ({
      id: `change_${kind}`,
      label: words.say(`override_menu_${kind}`),
      ...(index === 0 && { hint: 'Ctrl+E', startsGroup: true }),
      isDisabled: !cell,
      choose: () => controller.onChange?.(kind),
    })),
    {
      id: 'reset_cell',
      label: words.say('grid_reset_cell'),
      hint: 'Delete',
      isDisabled: !cell || !session.isChanged(cell.line, cell.period),
      startsGroup: true,
      choose: () => controller.clear(),
    },
    {
      id: 'reset_line',
      label: words.say('grid_reset_line'),
      isDisabled: !line || session.overlay(line.id) === null,
      choose: () => controller.resetLines(),
    },
  ];
  const section = row?.kind === 'section' ? row.section.id : line?.section;
  if (session.isOwnPlan && section !== undefined) {
    items.push(
      {
        id: 'edit_line',
        label: words.say(line ? 'model_edit_line' : 'model_edit_section'),
        hint: 'F2',
        startsGroup: true,
        choose: () => controller.openForm(),
      },
      {
        id: 'add_line',
        label: words.say('model_add_line_here'),
        choose: () => (modelDeskOf(session).asked = { kind: 'line', section }),
      },
    );
  }
  if (row?.kind === 'section') {
    items.push({
      id: 'fold',
      label: words.say(row.isFolded ? 'grid_unfold_section' : 'grid_fold_section'),
      hint: 'Enter',
      startsGroup: true,
      choose: () => controller.toggle(place?.row ?? -1),
    });
  }
  if (controller.hasEmptyPast) {
    items.push({
      id: 'years',
      label: words.say(view.isPastShown ? 'grid_fold_years' : 'grid_show_all_years'),
      startsGroup: true,
      choose: () => view.showPast(!view.isPastShown),
    });
  }
  return items;
}
