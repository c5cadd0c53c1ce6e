/** What an explanation says of a cell, in sentences: for the screen and for the copied text alike. */
import { parseNumber } from '#quantity';
import type { Unit, Value } from '#quantity';
import type { Derivation, DerivationStep, Rule } from '#engine';
import { formulaText, isAssumption, type FormulaReading, type PlanSession } from '#session';
import { failureRemedy, failureSentence, unitName, withUnit } from '#words';
import type { AppContext } from '../_shared/app-context.svelte.ts';
import { decisionSentence, placeOf, scenarioName } from '../grid/decided-by.ts';
import { exactText } from '../grid/exact-text.ts';

/** A cell that a sentence names. */
interface Place {
  readonly line: string;
  readonly period: number;
}

/** A sentence about a cell; where it speaks of another cell that can be gone to, that one's place. */
export interface Fact {
  readonly text: string;
  readonly place?: Place;
}

/** The sentences of one explanation; `isExact` writes numbers with all their digits. */
export interface ExplainWords {
  nameOf(line: string): string;
  /** The value of a cell with its unit, as the grid shows it. */
  value(derivation: Derivation): string;
  /** The formula with names; undefined where none takes part. */
  inNames(derivation: Derivation): string | undefined;
  /** The formula with numbers, begun with `=`, or with `≈` where digits were left out. */
  inNumbers(derivation: Derivation): string | undefined;
  /** How numbers are put into a formula. */
  numbers: FormulaReading;
  /** What scenarios do to the result, one sentence a change. */
  steps(derivation: Derivation): readonly string[];
  /** Where it comes from, what it stands in front of, what is to be known. */
  facts(derivation: Derivation): readonly Fact[];
}

/** What lies below this part of a number is noise of its arithmetic, and no digit that was left out. */
const NOISE = 1e-12;

/** Whether a text says all that a number is. */
function isSaid(value: number, text: string): boolean {
  const read = parseNumber(text);
  return typeof read === 'number' && Math.abs(read - value) <= NOISE * Math.abs(value);
}

/** Builds the sentences for a reader. */
export function explainWords(session: PlanSession, app: AppContext, isExact: boolean): ExplainWords {
  const { words } = app;
  const unitOf = (line: string): Unit => session.engine.unitOf(line);
  const nameOf = (id: string): string => {
    const line = session.line(id);
    return line ? app.name(line.name) : id;
  };

  /** A number inside a formula: no thousands, whose commas would part arguments. */
  const bare = (value: Value, unit: Unit): string => {
    if (value === null) return words.say('explain_missing');
    if (typeof value !== 'number') return value.code;
    return isExact ? exactText(value, unit) : app.number(value, unit, { grouped: false });
  };
  const inUnit = (value: Value, line: string): string => {
    if (value === null) return words.say('explain_missing');
    if (typeof value !== 'number') return value.code;
    const { decimals } = session.line(line) ?? {};
    const unit = unitOf(line);
    const shown = isExact ? exactText(value, unit) : app.number(value, unit, { decimals });
    return withUnit(shown, unit, words);
  };

  const numbers: FormulaReading = {
    kind: 'numbers',
    textOf: (line, period) => bare(session.value(line, period), unitOf(line)),
  };

  function inNumbers(derivation: Derivation): string | undefined {
    let isRounded = false;
    const text = formulaText(
      session,
      derivation,
      {
        kind: 'numbers',
        textOf(line, period) {
          const value = session.value(line, period);
          const shown = bare(value, unitOf(line));
          if (typeof value === 'number' && !isSaid(value, shown)) isRounded = true;
          return shown;
        },
      },
      app.language,
    );
    return text === undefined ? undefined : `${isRounded ? '≈' : '='} ${text}`;
  }

  function step({ line }: Derivation, { transform, before, after }: DerivationStep): string {
    const scenario = scenarioName(session, app, transform.scenario);
    const result = inUnit(after, line);
    switch (transform.kind) {
      case 'add':
        return words.say('explain_step_add', { scenario, by: inUnit(transform.by, line), result });
      case 'scale':
        return words.say('explain_step_scale', { scenario, by: String(transform.by), result });
      case 'growth': {
        const percent: Unit = { text: '%', dimension: {}, scale: 1, shown: 100 };
        const by = bare(transform.by, percent);
        return words.say('explain_step_growth', { scenario, before: inUnit(before, line), by, result });
      }
    }
  }

  function figureFacts({ rule: { base } }: Derivation): Fact[] {
    if (base.kind !== 'figure') return [];
    const { also = [], dated, note, origin, source } = base.figure;
    const more = also.map((one) =>
      words.say('explain_also', { printed: one.asPrinted, place: placeOf(session, app, one.source) }),
    );
    // a derived or assumed figure has its note in the sentence that says so
    if (note && origin === 'printed') more.push(app.name(note));
    if (source && origin !== 'printed') more.push(placeOf(session, app, source));
    if (dated !== undefined) more.push(words.say('shell_line_dated', { date: dated }));
    return more.map((text) => ({ text }));
  }

  function decided(derivation: Derivation): string {
    const { base } = derivation.rule;
    if (!isAssumption(derivation) || base.kind !== 'formula') return decisionSentence(session, app, base);
    return base.scenario === undefined
      ? words.say('explain_assumption')
      : words.say('explain_assumption_in', { scenario: scenarioName(session, app, base.scenario) });
  }

  /** Who decides the cell; the plan's own formula needs no more words than itself. */
  function decision(derivation: Derivation): Fact[] {
    const { base } = derivation.rule;
    const isPlain = base.kind === 'formula' && base.scenario === undefined && derivation.inputs.length > 0;
    const hasNothing = base.kind === 'missing' && derivation.steps.length > 0;
    return isPlain || hasNothing ? [] : [{ text: decided(derivation) }];
  }

  function replaced({ base, transforms }: Rule, line: string): string {
    const what = decisionSentence(session, app, base);
    const growth = transforms.findLast(({ kind }) => kind === 'growth');
    const said = growth
      ? words.say('explain_growth_of', { scenario: scenarioName(session, app, growth.scenario) })
      : base.kind === 'override' || base.kind === 'actual' || base.kind === 'figure'
        ? words.say('explain_with_value', { decided: what, value: inUnit(base.value, line) })
        : what;
    return words.say('explain_instead', { decided: said });
  }

  function factors({ factors: all, line }: Derivation): Fact[] {
    return all.map(({ by, lines, isWhole }) => {
      const units = [...new Set(lines.map((one) => unitOf(one).text).filter((text) => text !== ''))];
      const values = {
        by: app.number(by, { text: '', dimension: {}, scale: 1, shown: 1 }),
        units: units.map((text) => unitName(words, text)).join(words.say('explain_comma')),
        unit: unitName(words, unitOf(line).text),
      };
      return {
        text: isWhole ? words.say('explain_factor', values) : words.say('explain_factor_part', values),
      };
    });
  }

  function began({ value, began: place }: Derivation): Fact[] {
    if (typeof value === 'number') return [];
    if (value !== null)
      return [
        { text: failureSentence(words, value, nameOf), ...(place && { place }) },
        { text: failureRemedy(words, value) },
      ];
    if (!place) return [];
    const text = words.say('explain_gap', { line: nameOf(place.line), period: String(place.period) });
    const isInside = session.periods.includes(place.period);
    return [isInside ? { text, place } : { text }];
  }

  return {
    nameOf,
    numbers,
    value: ({ value, line }) => inUnit(value, line),
    inNames: (derivation) => formulaText(session, derivation, { kind: 'names' }, app.language),
    inNumbers,
    steps: (derivation) => derivation.steps.map((one) => step(derivation, one)),
    facts(derivation) {
      const line = session.line(derivation.line);
      const hasNote = line?.note !== undefined && (line.kind === 'driver' || derivation.inputs.length === 0);
      const note = hasNote && line.note ? [{ text: app.name(line.note) }] : [];
      const loop =
        derivation.loop.length === 0
          ? []
          : [
              {
                text: words.say('explain_loop', {
                  lines: derivation.loop.map(nameOf).join(words.say('explain_comma')),
                }),
              },
            ];
      return [
        ...began(derivation),
        ...decision(derivation),
        ...figureFacts(derivation),
        ...note,
        ...factors(derivation),
        ...loop,
        ...derivation.replaced.map((rule) => ({ text: replaced(rule, derivation.line) })),
      ];
    },
  };
}
