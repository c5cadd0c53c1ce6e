/**
 * The few members of the platform that the pure rooms use.
 *
 * TypeScript types them only in its DOM library, and rooms 1 to 7 are compiled without that library so that
 * `document` or `indexedDB` there is a type error. A member is added here when a pure room needs it, and only
 * then. The file belongs to `tsconfig.pure.json` alone: elsewhere the DOM library says the same.
 */

interface TextEncoder {
  encode(text?: string): Uint8Array<ArrayBuffer>;
}
declare const TextEncoder: { new (): TextEncoder };

interface TextDecoder {
  decode(bytes?: ArrayBufferView | ArrayBuffer, options?: { stream?: boolean }): string;
}
declare const TextDecoder: {
  new (encoding?: string, options?: { fatal?: boolean; ignoreBOM?: boolean }): TextDecoder;
};

declare namespace WebAssembly {
  class Module {
    readonly #module: true;
    constructor(bytes: ArrayBufferView<ArrayBuffer>);
  }
  class Memory {
    constructor(descriptor: { initial: number; maximum?: number });
    readonly buffer: ArrayBuffer;
  }
  class Table {
    constructor(descriptor: { element: 'anyfunc'; initial: number });
    readonly length: number;
    set(index: number, value: unknown): void;
  }
  class Instance {
    constructor(module: Module, imports: Record<string, Record<string, Memory | Table>>);
    readonly exports: Record<string, unknown>;
  }
  class CompileError extends Error {}
  function compile(bytes: ArrayBufferView<ArrayBuffer>): Promise<Module>;
}
