/** Targets that are chosen together: what is missed, a section, a target with those that its own value follows. Pure. */
import type { Line, Plan, Target } from '#plan';
import { drivers, type Kinship, type TargetStatus } from '#analysis';

/** A target that may be chosen. */
export interface OfferedTarget {
  /** Its place in the plan's list. */
  readonly place: number;
  readonly target: Target;
  readonly line: Line;
  readonly status: TargetStatus;
  readonly isChosen: boolean;
}

/** Targets that are chosen together. */
export interface TargetSet {
  readonly kind: 'missed' | 'judged' | 'section' | 'family';
  /** The section, or the line whose target the others belong to. */
  readonly id: string;
  readonly places: readonly number[];
}

type Candidate = Omit<OfferedTarget, 'isChosen'>;

/** Finds the sets, those that hold nothing left out: missed, all, families, sections. */
export function findSets(plan: Plan, offered: readonly Candidate[], kinship: Kinship): TargetSet[] {
  const judged = offered.filter(({ status }) => status !== 'unknown');
  const set = (kind: TargetSet['kind'], id: string, some: readonly Candidate[]): TargetSet => ({
    kind,
    id,
    places: some.map(({ place }) => place),
  });
  return [
    set(
      'missed',
      '',
      judged.filter(({ status }) => status === 'missed'),
    ),
    set('judged', '', judged),
    ...findFamilies(judged, kinship),
    ...plan.sections.map(({ id }) =>
      set(
        'section',
        id,
        judged.filter(({ line }) => line.section === id),
      ),
    ),
  ].filter(({ places }) => places.length > 0);
}

/** What is asked where nothing was chosen yet: what is missed, else the first target with what it is made of. */
export function openingTargets(
  plan: Plan,
  offered: readonly Candidate[],
  kinship: Kinship,
): readonly number[] {
  const all = drivers(plan);
  const movable = offered.filter(
    ({ target, status }) => status !== 'unknown' && all.some(({ id }) => kinship.get(target.line)?.has(id)),
  );
  const missed = movable.filter(({ status }) => status === 'missed');
  if (missed.length > 0) return missed.map(({ place }) => place);
  const [family] = findFamilies(movable, kinship);
  return family?.places ?? movable.slice(0, 1).map(({ place }) => place);
}

/** Each target with those of its period that its own value follows; families of the same targets once. */
function findFamilies(among: readonly Candidate[], kinship: Kinship): TargetSet[] {
  const families = among.map(({ target }): TargetSet => {
    const kin = kinship.get(target.line);
    const places = among
      .filter((one) => kin?.has(one.target.line) && one.target.period === target.period)
      .map(({ place }) => place);
    return { kind: 'family', id: target.line, places };
  });
  const distinct = new Map<string, TargetSet>();
  for (const family of families) {
    const key = family.places.join();
    if (family.places.length > 1 && !distinct.has(key)) distinct.set(key, family);
  }
  return [...distinct.values()];
}
