/** Holds the source tree to the table of rooms: who imports whom, through which door, and who touches what. */
import { posix } from 'node:path';
import type { Reach, Room } from './room-table.ts';
import { readFacts, type FileFacts, type Import } from './read-imports.ts';
import type { SourceFile } from './source-files.ts';

/** Where a library may be touched: the one file, or the folder, that the table's last column names. */
const LIBRARIES: readonly { readonly name: RegExp; readonly place: RegExp; readonly says: string }[] = [
  { name: /^mathjs(\/|$)/, place: /^src\/formula\/grammar\.ts$/, says: 'formula/grammar.ts' },
  {
    name: /^pure-rand(\/|$)/,
    place: /^src\/analysis\/chance\/random-source\.ts$/,
    says: 'analysis/chance/random-source.ts',
  },
  { name: /^valibot$/, place: /^src\/plan\//, says: 'plan/' },
  { name: /^(hucre|fflate)(\/|$)/, place: /^src\/exchange\//, says: 'exchange/' },
  {
    name: /^quadprog$/,
    place: /^src\/analysis\/reach\/quadratic-step\.ts$/,
    says: 'analysis/reach/quadratic-step.ts',
  },
  { name: /^idb$/, place: /^src\/storage\/idb-store\.ts$/, says: 'storage/idb-store.ts' },
  {
    name: /^handsontable(\/|$)/,
    place: /^src\/ui\/grid\/grid-adapter\.ts$/,
    says: 'ui/grid/grid-adapter.ts',
  },
  { name: /^(echarts|zrender)(\/|$)/, place: /^src\/ui\/chart\//, says: 'ui/chart/' },
  { name: /^@dagrejs\//, place: /^src\/ui\/map\/map-layout\.ts$/, says: 'ui/map/map-layout.ts' },
  { name: /^uqr$/, place: /^src\/ui\/share\/qr-view\.svelte$/, says: 'ui/share/qr-view.svelte' },
  { name: /^svelte(\/|$)/, place: /^src\/(session|ui|app)\//, says: 'session/, ui/ and app/' },
];

/** Where a part of the platform may be touched; `oneFile` asks that one file holds it. */
const GLOBALS: readonly {
  readonly name: string;
  readonly rooms: readonly string[];
  readonly oneFile?: true;
}[] = [
  { name: 'WebAssembly', rooms: ['engine', 'app'] },
  { name: 'Worker', rooms: ['worker', 'app'] },
  { name: 'indexedDB', rooms: ['storage', 'app'], oneFile: true },
  { name: 'localStorage', rooms: ['storage', 'app'], oneFile: true },
  { name: 'sessionStorage', rooms: ['storage', 'app'], oneFile: true },
  { name: 'BroadcastChannel', rooms: ['storage', 'app'], oneFile: true },
  { name: 'navigator.locks', rooms: ['storage', 'app'], oneFile: true },
  { name: 'navigator.storage', rooms: ['storage', 'app'] },
  { name: 'document', rooms: ['ui', 'app'] },
  { name: 'window', rooms: ['ui', 'app'] },
];

/** The room where the others meet: it may import every door and touch everything. */
const COMPOSITION_ROOM = 'app';

/** Folders of `src/` that hold no code. */
const NOT_ROOMS: ReadonlySet<string> = new Set(['decisions']);

/** Lists, a sentence each, where the files break the table. */
export function findLayerProblems(rooms: readonly Room[], files: readonly SourceFile[]): string[] {
  const byName = new Map(rooms.map((room) => [room.name, room]));
  const formatting = new Map(rooms.map(({ name }) => [name, formattingNames(name, files)]));
  const edges = new Map<string, Set<string>>();
  const holders = new Map<string, string[]>();
  const problems: string[] = [];
  for (const file of files) {
    const folder = roomOf(file.path);
    if (folder === undefined || NOT_ROOMS.has(folder)) continue;
    const room = byName.get(folder);
    if (!room) {
      problems.push(`${file.path}: "${folder}" is not a room of the table`);
      continue;
    }
    const facts = readFacts(file);
    for (const one of facts.imports) {
      const say = (text: string): number => problems.push(`${file.path}:${one.line}: ${text}`);
      if (one.specifier.startsWith('#')) {
        const target = one.specifier.slice(1);
        if (!byName.has(target)) say(`"${one.specifier}" is not the door of a room`);
        else if (target === room.name) say(`a file of ${target} imports its own door; import the file`);
        else {
          edges.set(room.name, (edges.get(room.name) ?? new Set()).add(target));
          const refusal = refuseRoom(room, target, one, formatting.get(target) ?? new Set());
          if (refusal) say(refusal);
        }
      } else if (one.specifier.startsWith('.')) {
        const refusal = refuseRelative(file.path, room.name, one.specifier);
        if (refusal) say(refusal);
      } else {
        const refusal = refuseLibrary(file.path, room.name, one.specifier);
        if (refusal) say(refusal);
      }
    }
    for (const line of facts.starExports) {
      problems.push(`${file.path}:${line}: \`export *\` hides what goes through; list the names`);
    }
    problems.push(...refuseGlobals(file.path, room.name, facts, holders));
  }
  for (const [what, paths] of holders) {
    if (paths.length > 1) problems.push(`${what} is touched by ${paths.join(' and ')}; one file holds it`);
  }
  return [...problems, ...findCycles(edges)];
}

/** Lists cycles in the table itself, which would allow cycles in the tree. */
export function findTableCycles(rooms: readonly Room[]): string[] {
  return findCycles(new Map(rooms.map(({ name, mayImport }) => [name, new Set(mayImport.keys())])));
}

function roomOf(path: string): string | undefined {
  return /^src\/([^/]+)\//.exec(path)?.[1];
}

/** The names that a door takes as values from files named `*-text.ts`: what "formatting of" means. */
function formattingNames(room: string, files: readonly SourceFile[]): ReadonlySet<string> {
  const door = files.find(({ path }) => path === `src/${room}/index.ts`);
  if (!door) return new Set();
  const { imports } = readFacts(door);
  return new Set(
    imports.filter(({ specifier }) => specifier.endsWith('-text.ts')).flatMap(({ values }) => values),
  );
}

function refuseRoom(
  room: Room,
  target: string,
  { isType, values }: Import,
  formatting: ReadonlySet<string>,
): string | undefined {
  const reaches: readonly Reach[] = room.mayImport.get(target) ?? [];
  if (reaches.length === 0) return `${room.name} may not import ${target}`;
  if (isType || reaches.includes('values')) return undefined;
  const foreign = reaches.includes('formatting') ? values.filter((name) => !formatting.has(name)) : values;
  if (foreign.length === 0) return undefined;
  const allowed = reaches.includes('formatting') ? 'types and formatting' : 'types';
  return `${room.name} may import only ${allowed} of ${target}, not ${foreign.join(', ')}`;
}

function refuseRelative(path: string, room: string, specifier: string): string | undefined {
  const target = posix.join(posix.dirname(path), specifier.replace(/\?.*$/, ''));
  if (target.startsWith(`src/${room}/`)) return undefined;
  const other = roomOf(`${target}/`);
  if (other !== undefined) return `"${specifier}" goes past the door of ${other}; import "#${other}"`;
  return room === COMPOSITION_ROOM ? undefined : `"${specifier}" leaves the room`;
}

function refuseLibrary(path: string, room: string, specifier: string): string | undefined {
  const rule = LIBRARIES.find(({ name }) => name.test(specifier));
  if (rule) return rule.place.test(path) ? undefined : `${specifier} belongs to ${rule.says} alone`;
  return room === COMPOSITION_ROOM ? undefined : `${specifier} has no place in ${room}`;
}

function refuseGlobals(
  path: string,
  room: string,
  { globals }: FileFacts,
  holders: Map<string, string[]>,
): string[] {
  return GLOBALS.filter(({ name }) => globals.has(name)).flatMap(({ name, rooms, oneFile }) => {
    if (!rooms.includes(room)) return [`${path}: ${name} belongs to ${rooms.join(' and ')}`];
    if (oneFile && room !== COMPOSITION_ROOM) holders.set(name, [...(holders.get(name) ?? []), path]);
    return [];
  });
}

/** Finds rooms that reach themselves, each cycle named once, in the order in which it is walked. */
function findCycles(edges: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const done = new Set<string>();
  const cycles: string[] = [];
  const walk = (room: string, trail: readonly string[]): void => {
    const start = trail.indexOf(room);
    if (start >= 0) {
      cycles.push(`rooms in a circle: ${[...trail.slice(start), room].join(' → ')}`);
      return;
    }
    if (done.has(room)) return;
    for (const target of edges.get(room) ?? []) walk(target, [...trail, room]);
    done.add(room);
  };
  for (const room of edges.keys()) walk(room, []);
  return cycles;
}
