/** Compiled lines for analyses that calculate again and again on a large plan. */
import type { Turns } from '#plan';
import { isRefusal, type CompiledLines, type Engine } from '#engine';

/** An engine is asked again and again while its plan is open, and compiling a large one takes longer than a question. */
const known = new WeakMap<Engine, CompiledLines>();

/** The compiled lines of an engine, kept with it. Missing: undefined where WebAssembly is refused; the reference evaluator goes on then. */
export async function* compiledLinesOf(engine: Engine): AsyncGenerator<number, CompiledLines | undefined> {
  const kept = known.get(engine);
  if (kept) return kept;
  const compile = yield* untold(engine.compileLinesInTurns());
  try {
    const lines = await compile();
    known.set(engine, lines);
    return lines;
  } catch (thrown) {
    if (!isRefusal(thrown)) throw thrown;
    return undefined;
  }
}

/** Work in turns does not tell how much of it is done. */
export function* untold<T>(work: Turns<T>): Generator<number, T> {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    yield 0;
  }
}
