/**
 * A large answer travels in pieces: reading one message is one task of the page, and a whole plan in one would hold it up.
 * What is met at several places of an answer travels once, as in one message.
 */

/** How much one message may weigh: a few milliseconds of reading. */
const MAX_WEIGHT = 12_000;

/** From this weight on an object that is met again is not sent again. */
const SHARED_WEIGHT = 200;

/** Characters of a text that weigh as much as a number. */
const CHARACTERS = 64;

/** One step of putting an answer together; containers are named by numbers, 0 is the answer. */
export type Step =
  | readonly [kind: 'make', container: number, isList: boolean]
  | readonly [kind: 'hold', container: number, whole: object]
  | readonly [kind: 'put', container: number, key: string | number, value: unknown]
  | readonly [kind: 'link', container: number, key: string | number, other: number];

/** Weighs an answer and cuts it into lists of steps; undefined where it fits in one message, or hands buffers over. */
export function cutAnswer(answer: unknown): readonly (readonly Step[])[] | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined;
  const scales = new Scales();
  const weight = scales.weigh(answer);
  if (weight <= MAX_WEIGHT || scales.hasBuffers) return undefined;
  return new Cutter(scales).cut(answer);
}

/** Puts an answer together, step by step. */
export class Assembly {
  readonly #containers = new Map<number, Record<string | number, unknown>>();

  take(steps: readonly Step[]): void {
    for (const step of steps) {
      const [kind, number] = step;
      if (kind === 'make') this.#containers.set(number, (step[2] ? [] : {}) as Record<string, unknown>);
      else if (kind === 'hold') this.#containers.set(number, step[2] as Record<string, unknown>);
      else this.#of(number)[step[2]] = kind === 'put' ? step[3] : this.#of(step[3]);
    }
  }

  /** The answer, when all steps have been taken. */
  get answer(): unknown {
    return this.#of(0);
  }

  #of(number: number): Record<string | number, unknown> {
    const found = this.#containers.get(number);
    if (!found) throw new Error(`no container ${number} in the answer`);
    return found;
  }
}

/** What every object of an answer weighs, and which are met more than once. */
class Scales {
  readonly #weights = new Map<object, number>();
  readonly #shared = new Set<object>();
  hasBuffers = false;

  weigh(value: unknown): number {
    if (typeof value === 'string') return 1 + value.length / CHARACTERS;
    if (typeof value !== 'object' || value === null) return 1;
    if (this.#weights.has(value)) {
      this.#shared.add(value);
      return 1;
    }
    this.#weights.set(value, 1);
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) this.hasBuffers = true;
    const weight = childrenOf(value).reduce<number>((sum, child) => sum + 1 + this.weigh(child), 1);
    this.#weights.set(value, weight);
    return weight;
  }

  weightOf(value: object): number {
    return this.#weights.get(value) ?? 1;
  }

  /** Whether it is met more than once, and heavy enough to be sent only once. */
  isShared(value: object): boolean {
    return this.#shared.has(value) && this.weightOf(value) >= SHARED_WEIGHT;
  }
}

function childrenOf(value: object): readonly unknown[] {
  if (value instanceof Map) return [...value.keys(), ...value.values()] as unknown[];
  if (value instanceof Set) return [...value] as unknown[];
  return ArrayBuffer.isView(value) ? [] : Object.values(value);
}

class Cutter {
  readonly #scales: Scales;
  readonly #numbers = new Map<object, number>();
  readonly #wholes = new Map<object, boolean>();
  readonly #pieces: Step[][] = [[]];
  #filled = 0;

  constructor(scales: Scales) {
    this.#scales = scales;
  }

  cut(answer: object): readonly (readonly Step[])[] {
    this.#container(answer);
    return this.#pieces;
  }

  /** Sends a container, its parts after it, unless it has been sent; gives its number. */
  #container(value: object): number {
    const known = this.#numbers.get(value);
    if (known !== undefined) return known;
    const number = this.#numbers.size;
    this.#numbers.set(value, number);
    if (this.#isWhole(value)) {
      this.#send(['hold', number, value], this.#scales.weightOf(value));
      return number;
    }
    this.#send(['make', number, Array.isArray(value)], 1);
    const entries = Array.isArray(value) ? value.entries() : Object.entries(value);
    for (const [key, child] of entries as Iterable<[string | number, unknown]>) {
      if (typeof child !== 'object' || child === null)
        this.#send(['put', number, key, child], this.#scales.weigh(child));
      else if (this.#isWhole(child) && !this.#scales.isShared(child))
        this.#send(['put', number, key, child], this.#scales.weightOf(child));
      else this.#send(['link', number, key, this.#container(child)], 1);
    }
    return number;
  }

  /** Whether it goes in one piece: it is light, or cannot be cut, and nothing in it is sent apart. */
  #isWhole(value: object): boolean {
    const known = this.#wholes.get(value);
    if (known !== undefined) return known;
    const isUncut = value instanceof Map || value instanceof Set;
    const isWhole =
      isUncut ||
      (this.#scales.weightOf(value) <= MAX_WEIGHT &&
        Object.values(value).every(
          (child: unknown) =>
            typeof child !== 'object' ||
            child === null ||
            (!this.#scales.isShared(child) && this.#isWhole(child)),
        ));
    this.#wholes.set(value, isWhole);
    return isWhole;
  }

  #send(step: Step, weight: number): void {
    if (this.#filled > 0 && this.#filled + weight > MAX_WEIGHT) {
      this.#pieces.push([]);
      this.#filled = 0;
    }
    this.#pieces.at(-1)?.push(step);
    this.#filled += weight;
  }
}
