/**
 * A heavy record lies in the database in parts, since what is written or read in one go holds up the page. Its own key
 * holds what is left when heavy lists and objects are emptied; their items lie in parts, under that key and a number behind it.
 */
import type { Turns } from './turns.ts';

/** How much may be written or read in one go: a few milliseconds. */
const MAX_WEIGHT = 12_000;

/** Characters of a text that weigh as much as a number. */
const CHARACTERS = 64;

type Key = string | number;
type Container = Record<Key, unknown>;

/** Items of one emptied list or object. */
export interface Part {
  /** The way to it from the record. */
  readonly path: readonly Key[];
  readonly items: readonly (readonly [key: Key, value: unknown])[];
}

/** A record that lies in parts, as it lies under its own key. */
export interface CutRecord {
  readonly whole: unknown;
  /** How many parts there are. */
  readonly parts: number;
}

/** Tells whether a value is too heavy to be written in one go. */
export function isHeavy(value: unknown): boolean {
  return weigh(value, MAX_WEIGHT) > MAX_WEIGHT;
}

/** What a value weighs; where it is more than the limit, some weight above that. */
function weigh(value: unknown, limit: number): number {
  if (typeof value === 'string') return 1 + value.length / CHARACTERS;
  if (typeof value !== 'object' || value === null) return 1;
  let weight = 1;
  for (const key in value) {
    weight += 1 + weigh((value as Container)[key], limit - weight);
    if (weight > limit) break;
  }
  return weight;
}

/** Cuts a record that is heavy: what lies under its own key, and the parts. */
export function* cutRecord(record: object): Turns<{ whole: unknown; parts: readonly Part[] }> {
  const parts: Part[] = [];
  const whole = yield* cut(record, [], parts);
  return { whole, parts };
}

function* cut(value: object, path: readonly Key[], parts: Part[]): Turns<unknown> {
  if (!isHeavy(value)) return value;
  const isList = Array.isArray(value);
  const filled: Part[] = [];
  let items: [Key, unknown][] = [];
  let weight = 0;
  for (const [name, item] of Object.entries(value) as [string, unknown][]) {
    const key = isList ? Number(name) : name;
    const isCut = typeof item === 'object' && item !== null && isHeavy(item);
    const kept = isCut ? yield* cut(item, [...path, key], parts) : item;
    const itemWeight = weigh(kept, MAX_WEIGHT);
    if (items.length > 0 && weight + itemWeight > MAX_WEIGHT) {
      filled.push({ path, items });
      items = [];
      weight = 0;
    }
    items.push([key, kept]);
    weight += itemWeight;
    yield;
  }
  // light enough, now that what is heavy in it has been emptied
  if (filled.length === 0) return isList ? items.map(([, item]) => item) : Object.fromEntries(items);
  parts.push(...filled, { path, items });
  return isList ? [] : {};
}

/** Tells whether what lies under a record's own key is a record in parts. */
export function isCutRecord(value: unknown): value is CutRecord {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.keys(value).length === 2 &&
    'whole' in value &&
    'parts' in value
  );
}

/** Puts a record together again; undefined where a part is missing, or is none. Its content is as little believed as any. */
export function* joinRecord({ whole, parts: count }: CutRecord, parts: readonly unknown[]): Turns<unknown> {
  if (parts.length !== count || !parts.every(isPart)) return undefined;
  // what holds others is filled before them
  for (const { path, items } of parts.toSorted((a, b) => a.path.length - b.path.length)) {
    const container = path.reduce<unknown>((at, key) => (hasOwn(at, key) ? at[key] : undefined), whole);
    if (typeof container !== 'object' || container === null) return undefined;
    for (const [key, value] of items) {
      if (hasOwn(container, key) || key === '__proto__') return undefined;
      (container as Container)[key] = value;
    }
    yield;
  }
  return whole;
}

function isPart(value: unknown): value is Part {
  if (typeof value !== 'object' || value === null || !('path' in value) || !('items' in value)) return false;
  const { path, items } = value;
  return (
    Array.isArray(path) &&
    path.every(isKey) &&
    Array.isArray(items) &&
    items.every((item: unknown) => Array.isArray(item) && item.length === 2 && isKey(item[0]))
  );
}

function isKey(value: unknown): value is Key {
  return typeof value === 'string' || typeof value === 'number';
}

function hasOwn(value: unknown, key: Key): value is Container {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key);
}
