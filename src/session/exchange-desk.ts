/** Files, links and tables, read and written off the page's thread. */
import type { Problem } from '#quantity';
import type { Lesson, Plan, Scenario } from '#plan';
import type {
  ChangedInput,
  DifferenceRow,
  Import,
  ModelReading,
  PlanDifference,
  ReadModel,
  TableReading,
} from '#exchange';

/** What somebody gave: a file with its name, or pasted text and links without one. The same object is read once. */
export interface Given {
  readonly name: string | undefined;
  readonly content: Uint8Array | string;
}

/** A file as a browser hands it over, not read yet. */
export interface OfferedFile {
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly lastModified: number;
  /** Bytes. */
  readonly size: number;
  readonly arrayBuffer: () => Promise<ArrayBuffer>;
}

/** What a given thing is, at first sight. */
export type Looked =
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] }
  | {
      readonly kind: 'document';
      /** The id of the plan that it speaks of. */
      readonly plan: string;
      /** What was taken in a way that should be known. */
      readonly problems: readonly Problem[];
    }
  /** A lesson in a file of its own; what it refers to in its plan is not checked. */
  | { readonly kind: 'lesson'; readonly lesson: Lesson; readonly problems: readonly Problem[] }
  | { readonly kind: 'table' }
  /** A workbook that others wrote. */
  | {
      readonly kind: 'workbook';
      readonly sheets: readonly SeenSheet[];
      /** What it carries that is not read. */
      readonly problems: readonly Problem[];
    };

/** A worksheet at first sight. */
export interface SeenSheet {
  readonly name: string;
  readonly isHidden: boolean;
  /** Cells that hold something, and how many of them a formula. */
  readonly cellCount: number;
  readonly formulaCount: number;
}

/** What was done in a workbook of ours since it was written. */
export interface ChangedWorkbook {
  /** The scenarios as they were written: where a merge begins. */
  readonly written: readonly Scenario[];
  /** The ids of the scenarios that say something else now. */
  readonly changed: readonly string[];
  /** The inputs that were typed over and are taken. */
  readonly inputs: readonly ChangedInput[];
  /** Every other change, cell by cell: none of them is taken. */
  readonly problems: readonly Problem[];
}

/** An arriving scenario beside what the person has. */
export interface ArrivedScenario {
  readonly scenario: Scenario;
  /**
   * present: word for word here already · own: the person has another state of it · namesake: the person has one of that id
   * that was begun on its own · new: none of these.
   */
  readonly standing: 'present' | 'own' | 'namesake' | 'new';
  /** What it would change; the first of them, or none, where there are very many or many scenarios. */
  readonly rows: readonly DifferenceRow[];
  /** How many rows there are in all. */
  readonly count: number;
}

/** Where the scenarios of a document have their place, or why they have none. */
export type Placed =
  | {
      readonly ok: true;
      readonly value: Import;
      /** The scenario that is meant comes first; empty where the plan itself is new. */
      readonly arrived: readonly ArrivedScenario[];
      /** Of a workbook of ours; undefined for any other document. */
      readonly workbook?: ChangedWorkbook;
      /** How an arriving plan differs from the one of that id at hand; undefined where there is none, or both are the same. */
      readonly difference?: PlanDifference;
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** How a table is to be read, and for which plan. */
export interface TableQuestion {
  readonly plan: Plan;
  readonly reading: Partial<TableReading>;
  /** The sheet, where the table is one of a workbook. */
  readonly sheet?: string;
  readonly language: 'zh' | 'en';
}

/** As what a workbook is to be read as a model. */
export interface ModelQuestion extends Omit<ModelReading, 'toUnit'> {
  /** In which units may be named. */
  readonly language: 'zh' | 'en';
}

/** A line of the plan with the numbers that a table gives it. Unit: of the line, percent as fraction. */
export interface TableLine {
  readonly line: string;
  readonly values: readonly (readonly [period: number, value: number])[];
}

/** A table, read. */
export type TableAnswer =
  | {
      readonly ok: true;
      /** How a text was read; undefined for a sheet, which needs no such reading. */
      readonly reading?: TableReading;
      /** The years stand in a column: columns are read as rows. */
      readonly isTurned?: boolean;
      readonly unsure: readonly (keyof TableReading)[];
      /** The first rows as they were read, for a look. */
      readonly preview: readonly (readonly string[])[];
      readonly rowCount: number;
      readonly lines: readonly TableLine[];
      /** What was not taken. */
      readonly problems: readonly Problem[];
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** What a workbook is asked for. */
export interface WorkbookQuestion {
  readonly scenarios: readonly Scenario[];
  readonly active: string;
  readonly language: 'zh' | 'en';
}

/** A workbook as the bytes of its file. */
export interface WorkbookAnswer {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Cells that keep their values, since Excel has no faithful formula. */
  readonly keptCount: number;
}

/** How something asked for is watched and stopped. */
export interface DeskOptions {
  readonly onProgress?: (share: number) => void;
  readonly signal?: AbortSignal;
}

/** Missing: undefined where it was stopped, or something newer of its kind was asked. Fails: rejects where the program is at fault. */
export interface ExchangeDesk {
  look(given: Given, options?: DeskOptions): Promise<Looked | undefined>;
  /** `known` is the plan at hand of the id that was seen; `own` are the person's scenarios of it. */
  place(
    given: Given,
    known: Plan | undefined,
    own: readonly Scenario[],
    options?: DeskOptions,
  ): Promise<Placed | undefined>;
  readTable(given: Given, question: TableQuestion, options?: DeskOptions): Promise<TableAnswer | undefined>;
  /** Reads a model out of a workbook of others. */
  readModel(given: Given, question: ModelQuestion, options?: DeskOptions): Promise<ReadModel | undefined>;
  writeWorkbook(
    plan: Plan,
    question: WorkbookQuestion,
    options?: DeskOptions,
  ): Promise<WorkbookAnswer | undefined>;
}
