/** A browser that was found, and where. */
export interface FoundBrowser {
  readonly path: string;
  /** A folder of shared libraries that the browser needs and the machine lacks. */
  readonly libraries?: string;
  /** One line for the person at the terminal when it is not the browser that the tests are made for. */
  readonly note?: string;
}
/** Finds a browser that starts. Fails: throws with one clear sentence when there is none. */
export declare function findBrowser(): FoundBrowser;
/** The path of the browser that the tests drive. */
export declare function browserPath(): string;
/** The environment in which the browser is started: fonts for Chinese, and its libraries. */
export declare function browserEnv(): Record<string, string>;
/** The arguments with which the browser is started. */
export declare const browserArgs: string[];
