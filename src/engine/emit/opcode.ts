/** The instructions of WebAssembly that are emitted, by the names of its text format. */

/** Types of values. */
export const TYPE = { i32: 0x7f, i64: 0x7e, f64: 0x7c, v128: 0x7b } as const;

/** A type by its name. */
export type ValueType = keyof typeof TYPE;

/** Opcodes of one byte. */
export const OP = {
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  end: 0x0b,
  br: 0x0c,
  br_if: 0x0d,
  call: 0x10,
  select: 0x1b,
  'local.get': 0x20,
  'local.set': 0x21,
  'local.tee': 0x22,
  'i64.load': 0x29,
  'f64.load': 0x2b,
  'i32.store': 0x36,
  'f64.store': 0x39,
  'i32.const': 0x41,
  'i64.const': 0x42,
  'f64.const': 0x44,
  'i32.eqz': 0x45,
  'i32.lt_u': 0x49,
  'i32.ge_u': 0x4f,
  'i64.eq': 0x51,
  'i64.ne': 0x52,
  'f64.eq': 0x61,
  'f64.ne': 0x62,
  'f64.lt': 0x63,
  'f64.le': 0x65,
  'i32.add': 0x6a,
  'i32.and': 0x71,
  'i32.or': 0x72,
  'i64.and': 0x83,
  'i64.or': 0x84,
  'i64.shl': 0x86,
  'i64.shr_u': 0x88,
  'f64.abs': 0x99,
  'f64.floor': 0x9c,
  'f64.nearest': 0x9e,
  'f64.sqrt': 0x9f,
  'f64.add': 0xa0,
  'f64.sub': 0xa1,
  'f64.mul': 0xa2,
  'f64.div': 0xa3,
  'f64.min': 0xa4,
  'f64.max': 0xa5,
  'f64.convert_i32_s': 0xb7,
  'i64.reinterpret_f64': 0xbd,
  'f64.reinterpret_i64': 0xbf,
} as const;

/** The block type of a block without a result. */
export const NO_RESULT = 0x40;

/** The byte before an instruction on two lanes. */
export const LANES_PREFIX = 0xfd;

/** Instructions on two lanes, by the numbers after the prefix. */
export const LANE_OP = {
  'v128.load': 0x00,
  'v128.load64_splat': 0x0a,
  'v128.store': 0x0b,
  'v128.const': 0x0c,
  'f64x2.eq': 0x47,
  'f64x2.ne': 0x48,
  'f64x2.lt': 0x49,
  'f64x2.le': 0x4b,
  'v128.not': 0x4d,
  'v128.and': 0x4e,
  'v128.or': 0x50,
  'v128.bitselect': 0x52,
  'v128.any_true': 0x53,
  'f64x2.floor': 0x75,
  'f64x2.nearest': 0x94,
  'i64x2.shl': 0xcb,
  'i64x2.shr_u': 0xcd,
  'f64x2.abs': 0xec,
  'f64x2.sqrt': 0xef,
  'f64x2.add': 0xf0,
  'f64x2.sub': 0xf1,
  'f64x2.mul': 0xf2,
  'f64x2.div': 0xf3,
  'f64x2.min': 0xf4,
  'f64x2.max': 0xf5,
} as const;
