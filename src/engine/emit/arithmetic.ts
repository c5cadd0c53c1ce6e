/** TEMPORARY copy until formula/kernels lands. */
export interface Arithmetic<V, M> {
  constant(value: number): V;
  add(a: V, b: V): V;
  subtract(a: V, b: V): V;
  multiply(a: V, b: V): V;
  divide(a: V, b: V): V;
  negate(a: V): V;
  absolute(a: V): V;
  squareRoot(a: V): V;
  floor(a: V): V;
  nearest(a: V): V;
  less(a: V, b: V): M;
  lessOrEqual(a: V, b: V): M;
  equal(a: V, b: V): M;
  both(a: M, b: M): M;
  either(a: M, b: M): M;
  not(a: M): M;
  select(mask: M, then: V, otherwise: V): V;
  upperHalf(a: V): V;
  exponentOf(a: V): V;
  mantissaOf(a: V): V;
  powerOfTwo(k: V): V;
  smaller(a: V, b: V): V;
  larger(a: V, b: V): V;
}
