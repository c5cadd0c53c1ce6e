/** Instructions one after another, as functions are written that loop, call and store. */
import { Bytes } from './bytes.ts';
import { LANES_PREFIX, LANE_OP, NO_RESULT, OP } from './opcode.ts';
import { node, writeNode, type Locals, type Node } from './node.ts';

/** log2 of the alignment that is stated for every access: that of a number of 32 bits, which all have; for bytes none. */
const ALIGNED = 2;

/** A growing row of instructions. */
export class Instructions {
  readonly bytes: Bytes;

  /** Begins a row, or goes on with one. */
  constructor(bytes = new Bytes()) {
    this.bytes = bytes;
  }

  /** Instructions without immediates. */
  do(...names: readonly (keyof typeof OP)[]): this {
    for (const name of names) this.bytes.byte(OP[name]);
    return this;
  }

  /** Instructions on two lanes without immediates. */
  lanes(...names: readonly (keyof typeof LANE_OP)[]): this {
    for (const name of names) this.bytes.byte(LANES_PREFIX).unsigned(LANE_OP[name]);
    return this;
  }

  /** One lane of two or more. */
  lane(name: 'i32x4.extract_lane' | 'f64x2.extract_lane', lane: number): this {
    this.lanes(name).bytes.byte(lane);
    return this;
  }

  get(...locals: readonly number[]): this {
    for (const local of locals) this.bytes.byte(OP['local.get']).unsigned(local);
    return this;
  }

  set(local: number): this {
    this.bytes.byte(OP['local.set']).unsigned(local);
    return this;
  }

  tee(local: number): this {
    this.bytes.byte(OP['local.tee']).unsigned(local);
    return this;
  }

  whole(value: number): this {
    this.bytes.byte(OP['i32.const']).signed(BigInt(value));
    return this;
  }

  long(value: bigint): this {
    this.bytes.byte(OP['i64.const']).signed(value);
    return this;
  }

  /** The bits of both lanes. */
  lanesConstant(first: bigint, second: bigint): this {
    this.lanes('v128.const').bytes.all(new Uint8Array(BigInt64Array.of(first, second).buffer));
    return this;
  }

  number(value: number): this {
    this.bytes.byte(OP['f64.const']).double(value);
    return this;
  }

  /** Reads or writes memory; the address lies on the stack, `offset` is added to it. */
  memory(
    name: 'i32.load' | 'i64.load' | 'f64.load' | 'i32.store' | 'f64.store' | 'i32.store8',
    offset: number,
  ): this {
    this.bytes
      .byte(OP[name])
      .unsigned(name === 'i32.store8' ? 0 : ALIGNED)
      .unsigned(offset);
    return this;
  }

  laneMemory(name: 'v128.load' | 'v128.load64_splat' | 'v128.store', offset: number): this {
    this.lanes(name).bytes.unsigned(ALIGNED).unsigned(offset);
    return this;
  }

  /** Writes the first of two lanes. */
  storeFirst(offset: number): this {
    this.lanes('v128.store64_lane').bytes.unsigned(ALIGNED).unsigned(offset).byte(0);
    return this;
  }

  /** What another row holds. */
  all({ bytes }: Instructions): this {
    this.bytes.all(bytes.toArray());
    return this;
  }

  /** Calculates a node; its value then lies on the stack. */
  node(node: Node, locals: Locals): this {
    writeNode(node, this.bytes, locals);
    return this;
  }

  /** A loop in a block: from inside, a branch of 0 levels begins it again and one of 1 leaves it. */
  loop(inside: () => void): this {
    this.do('block').bytes.byte(NO_RESULT).byte(OP.loop).byte(NO_RESULT);
    inside();
    return this.do('end', 'end');
  }

  /** Where what lies on the stack is not 0, else the other. */
  if(then: () => void, otherwise?: () => void): this {
    this.do('if').bytes.byte(NO_RESULT);
    then();
    if (otherwise) {
      this.do('else');
      otherwise();
    }
    return this.do('end');
  }

  /** Goes to the end of a block or the beginning of a loop that is so many levels up. */
  branch(name: 'br' | 'br_if', levels: number): this {
    this.bytes.byte(OP[name]).unsigned(levels);
    return this;
  }

  /** Calls the function of the table whose number lies on the stack; its type is number 0. */
  callNumbered(): this {
    this.bytes.byte(OP.call_indirect).unsigned(0).unsigned(0);
    return this;
  }
}

/** A node without operands, by its instructions. */
export function leaf(
  name: string,
  type: Node['type'],
  write: (code: Instructions, locals: Locals) => void,
  isCheap = false,
): Node {
  return node(name, type, [], (bytes, locals) => write(new Instructions(bytes), locals), isCheap);
}
