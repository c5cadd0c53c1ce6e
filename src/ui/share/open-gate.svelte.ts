/** The one way in: whatever is opened, dropped, pasted or linked is handed to the gate, which shows it in one dialog. */
import { getContext, setContext } from 'svelte';
import { Arrival, type AppSession, type OfferedFile } from '#session';

const KEY = Symbol('gate');

/** What stands before the door. */
export class OpenGate {
  readonly #app: AppSession;
  #arrival = $state.raw<Arrival>();
  /** Lets a person choose a file; the gate's component sets it. */
  chooseFile: () => void = () => undefined;

  constructor(app: AppSession) {
    this.#app = app;
  }

  /** What is being looked at. */
  get arrival(): Arrival | undefined {
    return this.#arrival;
  }

  /** Takes a file or a text, in place of what was looked at before. */
  take(offered: OfferedFile | string): void {
    this.#arrival?.stop();
    this.#arrival = new Arrival(this.#app, offered);
    void this.#arrival.read();
  }

  /** Leaves what is looked at; nothing was changed by looking. */
  leave(): void {
    this.#arrival?.stop();
    this.#arrival = undefined;
  }
}

/** Offers the gate to all components below. */
export function provideGate(app: AppSession): OpenGate {
  return setContext(KEY, new OpenGate(app));
}

/** The gate, for a component that opens something. */
export function useGate(): OpenGate {
  return getContext<OpenGate>(KEY);
}
