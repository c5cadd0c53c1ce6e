/**
 * The walk over the agenda, compiled: goes from stale step to stale step, lets the line's function calculate it and marks who
 * reads what has changed, until a step needs the reference evaluator.
 *
 * `walk` takes the step to begin with and gives the one that is left to the reference evaluator, from the index that its
 * record then holds; −1 where nothing is stale any more. What `run/agenda.ts` does is done here in the same way.
 */
import { CELL_BYTES } from '../run/cell-store.ts';
import { HEAD, READER, READER_BYTES, RECORD, RECORD_BYTES } from '../run/head.ts';
import { Instructions } from './instructions.ts';
import { LINE_SIGNATURE } from './line-function.ts';
import { buildModule } from './module.ts';
import { Locals } from './node.ts';

/** The name of the function. */
export const WALK = 'walk';

/** Flags are looked at by the eight. */
const FLAGS_AT_ONCE = 8;

/** Builds the module. */
export function buildWalkModule(): Uint8Array<ArrayBuffer> {
  const locals = new Locals(1);
  const local = () => locals.add('i32');
  const step = 0;
  const [steps, end, flags, records, readers] = [local(), local(), local(), local(), local()];
  const [list, shown, changes, evaluated] = [local(), local(), local(), local()];
  const [record, from, stopped, changed, line] = [local(), local(), local(), local(), local()];
  const [reader, readersEnd, target, stale] = [local(), local(), local(), local()];
  const bits = locals.add('i64');
  const code = new Instructions();
  const head = (word: keyof typeof HEAD) => code.whole(HEAD[word]).memory('i32.load', 0);
  const give = (value: () => void) => {
    code.whole(HEAD.changes).get(changes).memory('i32.store', 0);
    code.whole(HEAD.evaluated).get(evaluated).memory('i32.store', 0);
    value();
    code.do('return');
  };

  /** The step whose flag comes next, its flag taken away. */
  const findStep = () => {
    code.loop(() => {
      code.get(step, steps).do('i32.ge_u');
      code.if(() => give(() => code.whole(-1)));
      code.get(flags, step).do('i32.add').memory('i64.load', 0).tee(bits).do('i64.eqz', 'i32.eqz');
      code.branch('br_if', 1);
      code.get(step).whole(FLAGS_AT_ONCE).do('i32.add').set(step).branch('br', 0);
    });
    // each flag is a byte
    code.get(step).get(bits).do('i64.ctz', 'i32.wrap_i64').whole(3).do('i32.shr_u', 'i32.add').set(step);
    code.get(flags, step).do('i32.add').whole(0).memory('i32.store8', 0);
    code.get(records, step).whole(RECORD_BYTES).do('i32.mul', 'i32.add').set(record);
  };
  /** Puts a step in front of the eight that its flag stands among. */
  const beginEight = () => code.get(step).whole(-FLAGS_AT_ONCE).do('i32.and').set(step);

  /** From what index on a reader is stale: the whole of it where it looks at a fixed period that has changed. */
  const staleIndex = () => {
    code.get(end).whole(0);
    code.get(reader).memory('i32.load', READER.last).get(changed).do('i32.lt_s', 'select');
    code.get(changed, reader).memory('i32.load', READER.lag).do('i32.sub').tee(stale);
    code.whole(0).get(stale).whole(0).do('i32.ge_s', 'select');
    code.get(reader).memory('i32.load', READER.last).whole(0).do('i32.ge_s', 'select').set(stale);
  };
  const markReaders = () => {
    const bound = (word: 'readers' | 'readersEnd') =>
      code.get(readers, record).memory('i32.load', RECORD[word]).whole(READER_BYTES).do('i32.mul', 'i32.add');
    bound('readers').set(reader);
    bound('readersEnd').set(readersEnd);
    code.loop(() => {
      code.get(reader, readersEnd).do('i32.ge_u').branch('br_if', 1);
      staleIndex();
      code.get(records, reader).memory('i32.load', READER.step).whole(RECORD_BYTES).do('i32.mul', 'i32.add');
      code
        .set(target)
        .get(stale, target)
        .memory('i32.load', RECORD.stale)
        .do('i32.lt_s')
        .if(() => {
          code.get(target, stale).memory('i32.store', RECORD.stale);
          code
            .get(flags, reader)
            .memory('i32.load', READER.step)
            .do('i32.add')
            .whole(1)
            .memory('i32.store8', 0);
        });
      code.get(reader).whole(READER_BYTES).do('i32.add').set(reader).branch('br', 0);
    });
  };

  for (const [word, into] of [
    ['steps', steps],
    ['end', end],
    ['flags', flags],
    ['records', records],
    ['readers', readers],
    ['list', list],
    ['shown', shown],
    ['changes', changes],
    ['evaluated', evaluated],
  ] as const)
    head(word).set(into);
  code.loop(() => {
    beginEight();
    findStep();
    code.whole(HEAD.changed).get(end).memory('i32.store', 0);
    code.get(record).memory('i32.load', RECORD.stale).tee(from);
    code.get(record).memory('i32.load', RECORD.tail).do('i32.lt_s');
    code.if(() => give(() => code.get(step)));
    code.get(from, end, record).memory('i32.load', RECORD.row);
    code.get(record).memory('i32.load', RECORD.run).callNumbered().tee(stopped);
    code.get(from).do('i32.sub').whole(Math.log2(CELL_BYTES)).do('i32.shr_u').get(evaluated).do('i32.add');
    code.set(evaluated).get(record, stopped).memory('i32.store', RECORD.stale);
    code.get(stopped, end).do('i32.ne');
    code.if(() => give(() => code.get(step)));
    head('changed').tee(changed).get(end).do('i32.ge_s').branch('br_if', 0);
    code.get(record).memory('i32.load', RECORD.line).set(line);
    code.get(list, changes).whole(4).do('i32.mul', 'i32.add').get(line).memory('i32.store', 0);
    code.get(changes).whole(1).do('i32.add').set(changes);
    code.get(shown, line).do('i32.add').whole(0).memory('i32.store8', 0);
    markReaders();
    code.branch('br', 0);
  });
  code.whole(-1);
  const signature = { takes: ['i32'], gives: ['i32'] } as const;
  return buildModule([{ signature, locals: locals.types, code: code.bytes, name: WALK }], LINE_SIGNATURE);
}
