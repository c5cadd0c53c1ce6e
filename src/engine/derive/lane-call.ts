/** Calls of functions in many periods at once. */
import { isNumber } from '#quantity';
import type { Instruction } from '../code/instruction.ts';
import { prepareCall } from '../run/function-call.ts';
import type { Lanes, Mask } from './lanes.ts';
import { findRule } from './rules.ts';

type Call = Extract<Instruction, { op: 'call' }>;

/** Lists by register: the registers of their items. */
export type Lists = readonly (readonly number[] | undefined)[];

/** Calls a function in all lanes; those in which it stands on a kink, steps or has no closed form are left. */
export function callInLanes(
  lanes: Lanes,
  lists: Lists,
  call: Call,
  mask: Mask,
  periodOf: (lane: number) => number,
): void {
  const groups = groupsOf(call, lists);
  const items = groups.length === 1 ? (groups[0] as readonly number[]) : groups.flat();
  const isMoving = items.some((item) => lanes.moves(item));
  const values = lanes.room(call.to);
  const { name } = call.spec;
  if (name === 'SUM' && items.length > 0) return sumUp(lanes, items, call.to, mask);
  const weights = items.map(() => new Float64Array(lanes.count));
  if (name === 'MIN' || name === 'MAX') takeExtreme(lanes, name, items, values, weights, mask);
  else
    for (let lane = 0; lane < lanes.count; lane += 1)
      if (!lanes.isLeft(lane) && (!mask || mask[lane] === 1))
        callAt(lanes, lists, call, groups, lane, periodOf(lane), isMoving ? weights : undefined);
  lanes.check(call.to, mask);
  if (!isMoving) return;
  lanes.step(call.to, (worth) => {
    for (const [place, item] of items.entries()) lanes.pass(worth, item, weights[place] as Float64Array);
  });
}

function sumUp(lanes: Lanes, items: readonly number[], to: number, mask: Mask): void {
  const values = lanes.of(to).fill(0, 0, lanes.count);
  for (const item of items) {
    const of = lanes.of(item);
    for (let lane = 0; lane < lanes.count; lane += 1)
      values[lane] = (values[lane] as number) + (of[lane] as number);
  }
  lanes.check(to, mask);
  if (items.some((item) => lanes.moves(item)))
    lanes.step(to, (worth) => {
      for (const item of items) lanes.pass(worth, item, 1);
    });
}

/** Where two are equal it is left which of them is taken. */
function takeExtreme(
  lanes: Lanes,
  name: 'MIN' | 'MAX',
  items: readonly number[],
  values: Float64Array,
  weights: readonly Float64Array[],
  mask: Mask,
): void {
  const sign = name === 'MIN' ? -1 : 1;
  for (let lane = 0; lane < lanes.count; lane += 1) {
    let held = -Infinity;
    let taken = 0;
    for (let place = 0; place < items.length; place += 1) {
      const one = sign * (lanes.of(items[place] as number)[lane] as number);
      if (one > held) [held, taken] = [one, place];
      else if (one === held) lanes.leave(lane, mask);
    }
    values[lane] = sign * held;
    const weight = weights[taken];
    if (weight) weight[lane] = 1;
  }
}

/** One call by the rule of its function. */
function callAt(
  lanes: Lanes,
  lists: Lists,
  { to, spec, args: registers, takes }: Call,
  groups: readonly (readonly number[])[],
  lane: number,
  period: number,
  weights: readonly Float64Array[] | undefined,
): void {
  const valueIn = (register: number) => lanes.of(register)[lane] as number;
  const given = registers.map((register) =>
    register === undefined ? undefined : (lists[register]?.map(valueIn) ?? valueIn(register)),
  );
  const call = prepareCall(spec, takes, given);
  const value = 'value' in call ? call.value : spec.compute(call.args, { period });
  lanes.of(to)[lane] = isNumber(value) ? value : NaN;
  if (!weights || !isNumber(value) || 'value' in call) return;
  const note = (_what: string, _argument: number, tied?: readonly number[]) => {
    if (!tied || tied.length > 1) lanes.leave(lane, undefined);
  };
  const partials = findRule(spec.name)?.({ spec, args: call.args, value, place: { period }, note });
  if (!partials) return lanes.leave(lane, undefined);
  let item = 0;
  for (const [argument, group] of groups.entries()) {
    const partial = partials[argument];
    for (let place = 0; place < group.length; place += 1, item += 1)
      (weights[item] as Float64Array)[lane] = typeof partial === 'number' ? partial : (partial?.[place] ?? 0);
  }
}

/** The registers of a call in the shape of the arguments of `compute`. */
function groupsOf({ args, takes }: Call, lists: Lists): readonly (readonly number[])[] {
  const groups: (readonly number[])[] = [];
  const gathered: number[] = [];
  for (let place = 0; place < args.length; place += 1) {
    const register = args[place];
    const list = register === undefined ? undefined : lists[register];
    if (takes[place] !== 'values') groups.push(list ?? (register === undefined ? [] : [register]));
    else if (list) gathered.push(...list);
    else if (register !== undefined) gathered.push(register);
  }
  return takes.includes('values') ? [...groups, gathered] : groups;
}
