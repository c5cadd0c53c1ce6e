/** What we use of quadprog, which ships no types. Arrays count from 1, as in the Fortran that it follows; index 0 is unused. */
declare module 'quadprog' {
  interface QuadprogResult {
    readonly solution: number[];
    /** Multipliers by constraint, without a sign for equalities. */
    readonly Lagrangian: number[];
    /** Empty when solved. */
    readonly message: string;
  }
  /** Minimises ½ bᵀDb − dᵀb with Aᵀb ≥ b0, the first `meq` as equalities. Changes its arguments. */
  export function solveQP(
    Dmat: number[][],
    dvec: number[],
    Amat: number[][],
    bvec: number[],
    meq: number,
  ): QuadprogResult;
}
