/**
 * Nodes: what an expression becomes before it is bytes. A node that several others use is calculated once and kept in a
 * local. Nodes have no effect beside their result and cannot trap, so the order in which they are calculated is free.
 */
import type { Bytes } from './bytes.ts';
import { OP, type ValueType } from './opcode.ts';

/** One calculation. */
export interface Node {
  readonly type: ValueType;
  /** What it is called in the printed form, with its immediates. */
  readonly name: string;
  readonly operands: readonly Node[];
  /** Writes the instruction; its operands stand on the stack. */
  readonly write: (code: Bytes, locals: Locals) => void;
  /** How many nodes use it. */
  uses: number;
  /** The local that keeps it, once it has been calculated. */
  local?: number;
  /** Costs no more than reading a local. */
  readonly isCheap?: boolean;
  /** Of a constant its number. */
  readonly number?: number;
}

/** The locals of a function, given out as they are needed. */
export class Locals {
  readonly types: ValueType[] = [];
  readonly #parameters: number;

  constructor(parameters: number) {
    this.#parameters = parameters;
  }

  /** A fresh local. */
  add(type: ValueType): number {
    return this.#parameters + this.types.push(type) - 1;
  }
}

/** A node for one instruction without immediates. */
export function instruction(name: keyof typeof OP, type: ValueType, operands: readonly Node[]): Node {
  return node(name, type, operands, (code) => code.byte(OP[name]));
}

/** A node; counts itself among the users of its operands. */
export function node(
  name: string,
  type: ValueType,
  operands: readonly Node[],
  write: Node['write'],
  isCheap = false,
): Node {
  for (const operand of operands) operand.uses += 1;
  return { type, name, operands, write, uses: 0, isCheap };
}

/** How many calculations a node is, itself and what it needs; one that several use counts once. */
export function countNodes(of: Node): number {
  const met = new Set<Node>();
  const visit = (one: Node): void => {
    if (met.has(one)) return;
    met.add(one);
    one.operands.forEach(visit);
  };
  visit(of);
  return met.size;
}

/** Reads a local that somebody else sets. */
export function localNode(local: number, type: ValueType): Node {
  return node(`local ${local}`, type, [], (code) => code.byte(OP['local.get']).unsigned(local), true);
}

/** Writes a node and what it needs; its value then lies on the stack. */
export function writeNode(one: Node, code: Bytes, locals: Locals): void {
  if (one.local !== undefined) {
    code.byte(OP['local.get']).unsigned(one.local);
    return;
  }
  for (const operand of one.operands) writeNode(operand, code, locals);
  one.write(code, locals);
  if (one.uses > 1 && !one.isCheap) {
    one.local = locals.add(one.type);
    code.byte(OP['local.tee']).unsigned(one.local);
  }
}
