/** Time as the runners need it; an argument, so that tests own it. */
export interface Clock {
  /** Milliseconds from some beginning. */
  now(): number;
  /** Lets messages, input and painting have their turn. */
  breathe(): Promise<void>;
  /** Does work later unless what it returns is called before. */
  later(work: () => void, delayMs: number): () => void;
}

/** The clock of the platform. */
export function platformClock(): Clock {
  return {
    now: () => performance.now(),
    // a timer would wait 4 ms each time, which browsers ask of timers that follow each other
    breathe: () =>
      new Promise((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          port1.close();
          resolve();
        };
        port2.postMessage(null);
      }),
    later: (work, delayMs) => {
      const timer = setTimeout(work, delayMs);
      return () => clearTimeout(timer);
    },
  };
}
