/**
 * Which smallest sets of conditions contradict each other, and which smallest sets must go so that the rest can hold.
 * Knows nothing of plans: it asks whether a set of conditions can hold at once.
 */

/** Whether a set of conditions can hold. */
export type Verdict =
  /** It can; with it hold all of these, which may be more. */
  | { readonly kind: 'possible'; readonly holding: readonly number[] }
  /** It cannot; already these of it contradict each other, as far as was seen. */
  | { readonly kind: 'impossible'; readonly core: readonly number[] };

/** The smallest sets; each as ascending numbers of conditions, smaller ones first. */
export interface Contradictions {
  /** Sets that contradict each other, while any part of them can hold. */
  readonly conflicts: readonly (readonly number[])[];
  /** Sets without which all others can hold, while any part of them would not be enough. */
  readonly repairs: readonly (readonly number[])[];
  /** False where the search was ended by its limit: there may be more. */
  readonly isComplete: boolean;
}

/**
 * Finds all smallest contradicting sets and all smallest repairs among `count` conditions that cannot hold together.
 *
 * Each conflict is cut down by a deletion filter; a tree over what to leave out (Reiter 1987) leads to all repairs, and all
 * conflicts are what meets every repair. At most `limit` sets are tried. Yields how many were, after each.
 */
export function* findContradictions(
  count: number,
  ask: (conditions: readonly number[]) => Verdict,
  limit: number,
): Generator<number, Contradictions> {
  const possible: (readonly number[])[] = [];
  const conflicts: (readonly number[])[] = [];
  let asked = 0;
  function* tell(conditions: readonly number[]): Generator<number, Verdict | undefined> {
    const known = possible.find((holding) => isWithin(conditions, holding));
    if (known) return { kind: 'possible', holding: known };
    const conflict = conflicts.find((one) => isWithin(one, conditions));
    if (conflict) return { kind: 'impossible', core: conflict };
    if (asked >= limit) return undefined;
    asked += 1;
    const verdict = ask(conditions);
    if (verdict.kind === 'possible') possible.push([...new Set([...verdict.holding, ...conditions])]);
    yield asked;
    return verdict;
  }

  /** Leaves out one condition after the other, and puts back those without which there is no contradiction. */
  function* shrink(core: readonly number[]): Generator<number, readonly number[]> {
    let kept = core;
    for (const one of core) {
      const without = kept.filter((other) => other !== one);
      const verdict = yield* tell(without);
      if (verdict?.kind === 'impossible') kept = without.filter((other) => verdict.core.includes(other));
    }
    return ascending(kept);
  }

  const repairs: (readonly number[])[] = [];
  const tried = new Set<string>();
  const open: (readonly number[])[] = [[]];
  let isComplete = true;
  for (let removed = open.shift(); removed !== undefined; removed = open.shift()) {
    const left = removed;
    if (tried.has(left.join()) || repairs.some((repair) => isWithin(repair, left))) continue;
    tried.add(left.join());
    const rest = range(count).filter((one) => !left.includes(one));
    const verdict = yield* tell(rest);
    if (!verdict) {
      isComplete = false;
      break;
    }
    if (verdict.kind === 'possible') {
      repairs.push(left);
      continue;
    }
    const known = conflicts.find((one) => isWithin(one, rest));
    const conflict = known ?? (yield* shrink(verdict.core));
    if (!known) conflicts.push(conflict);
    for (const one of conflict) open.push(ascending([...left, one]));
  }
  const all = isComplete ? minimalMeeting(repairs) : conflicts;
  return { conflicts: bySize(all), repairs: bySize(repairs), isComplete: isComplete && asked < limit };
}

/** All smallest sets that share a member with each of the sets (Berge). */
export function minimalMeeting(sets: readonly (readonly number[])[]): (readonly number[])[] {
  return sets.reduce<(readonly number[])[]>(
    (meeting, set) => {
      const extended = meeting.flatMap((one) =>
        one.some((member) => set.includes(member)) ? [one] : set.map((member) => ascending([...one, member])),
      );
      const distinct = [...new Map(extended.map((one) => [one.join(), one])).values()];
      return distinct.filter(
        (one) => !distinct.some((other) => other.length < one.length && isWithin(other, one)),
      );
    },
    [[]],
  );
}

function isWithin(part: readonly number[], whole: readonly number[]): boolean {
  return part.every((one) => whole.includes(one));
}

function ascending(members: readonly number[]): number[] {
  return members.toSorted((a, b) => a - b);
}

function bySize(sets: readonly (readonly number[])[]): (readonly number[])[] {
  return sets.toSorted((a, b) => a.length - b.length || a.join().localeCompare(b.join()));
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}
