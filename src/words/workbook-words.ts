/** The words of a workbook, for the room that writes one. */
import type { WorkbookWords } from '#exchange';
import type { Words } from './index.ts';
import { unitName } from './unit-names.ts';

/** Gives the words of a workbook in the language of `words`. */
export function workbookWords(words: Words): WorkbookWords {
  const { say } = words;
  const sheets = {
    drivers: say('workbook_sheet_drivers'),
    model: say('workbook_sheet_model'),
    targets: say('workbook_sheet_targets'),
    sources: say('workbook_sheet_sources'),
  };
  return {
    language: words.language,
    sheets,
    unit: (text) => unitName(words, text),
    kept(reason, subject) {
      switch (reason) {
        case 'function':
          return say('workbook_kept_function', { subject });
        case 'cycle':
          return say('workbook_kept_cycle');
        case 'invalid':
          return say('workbook_kept_invalid');
        case 'tooLong':
          return say('workbook_kept_too_long');
      }
    },
    labels: {
      scenario: say('workbook_scenario'),
      name: say('workbook_name'),
      otherName: say('workbook_other_name'),
      unit: say('workbook_unit'),
      id: say('workbook_id'),
      what: say('workbook_what'),
      from: say('workbook_from'),
      to: say('workbook_to'),
      inForce: say('workbook_in_force'),
      slotLevel: say('workbook_slot_level'),
      slotValue: say('workbook_slot_value'),
      slotAdd: say('workbook_slot_add'),
      slotScale: say('workbook_slot_scale'),
      slotGrowth: say('workbook_slot_growth'),
      driversHint: say('workbook_drivers_hint'),
      chooseTitle: say('workbook_choose_title'),
      chooseMessage: say('workbook_choose_message'),
      chooseRefusal: say('workbook_choose_refusal'),
      modelHint: say('workbook_model_hint', { drivers: sheets.drivers }),
      targetsHint: say('workbook_targets_hint'),
      line: say('workbook_line'),
      period: say('workbook_period'),
      comparator: say('workbook_comparator'),
      target: say('workbook_target'),
      upTo: say('workbook_up_to'),
      direction: say('workbook_direction'),
      atLeast: say('workbook_at_least'),
      atMost: say('workbook_at_most'),
      near: say('workbook_near'),
      tolerance: say('workbook_tolerance'),
      decimals: say('workbook_decimals'),
      projected: say('workbook_projected'),
      gap: say('workbook_gap'),
      status: say('workbook_status'),
      met: say('workbook_met'),
      missed: say('workbook_missed'),
      unknown: say('workbook_unknown'),
      about: say('workbook_about'),
      range: say('workbook_range'),
      asPrinted: say('workbook_as_printed'),
      place: say('workbook_place'),
      note: say('workbook_note'),
      issuer: say('workbook_issuer'),
      number: say('workbook_number'),
      date: say('workbook_date'),
      source: say('workbook_source'),
      version: say('workbook_version'),
      figures: say('workbook_figures'),
      value: say('workbook_value'),
      origin: say('workbook_origin'),
      printed: say('workbook_printed'),
      derived: say('workbook_derived'),
      assumed: say('workbook_assumed'),
      lineNotes: say('workbook_line_notes'),
      scenarios: say('workbook_scenarios'),
      kept: say('workbook_kept'),
      keptNone: say('workbook_kept_none'),
      reason: say('workbook_reason'),
    },
  };
}
