/** The inputs that were typed over in a workbook of ours, as a person reads them. */
import { parseUnit, type Unit } from '#quantity';
import type { Line, Localized } from '#plan';
import type { Import } from '#exchange';
import type { ChangedWorkbook } from './exchange-desk.ts';

/** One input: where it stands, of which line and scenario, and its numbers in a unit. Null: empty. */
export interface WorkbookInput {
  readonly place: string;
  readonly line: Line | undefined;
  readonly from: number;
  readonly to: number;
  readonly scenario: Localized;
  readonly unit: Unit;
  readonly before: number | null;
  readonly after: number | null;
}

const PLAIN: Unit = { text: '', dimension: {}, scale: 1, shown: 1 };
const PERCENT: Unit = { ...PLAIN, text: '%', shown: 100 };

/** Lists them in the order of the workbook. */
export function listInputs(workbook: ChangedWorkbook, { plan, scenarios }: Import): readonly WorkbookInput[] {
  return workbook.inputs.map(({ input, scenario, before, after, sheet, cell }) => {
    const line = plan.lines.find(({ id }) => id === input.line);
    return {
      place: `${sheet} ${cell}`,
      line,
      from: input.from,
      to: input.to,
      scenario: nameIn([...scenarios, ...workbook.written, ...plan.scenarios], scenario),
      unit: unitOf(input.slot, line),
      before,
      after,
    };
  });
}

function nameIn(
  scenarios: readonly { readonly id: string; readonly name: Localized }[],
  id: string,
): Localized {
  return scenarios.find((one) => one.id === id)?.name ?? { zh: id, en: id };
}

function unitOf(slot: ChangedWorkbook['inputs'][number]['input']['slot'], line: Line | undefined): Unit {
  if (slot === 'growth') return PERCENT;
  const own = slot === 'scale' || !line ? undefined : parseUnit(line.unit);
  return own ?? PLAIN;
}
