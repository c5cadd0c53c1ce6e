/** Formulas: text ⇄ expression, names, functions, units. Evaluates nothing. */
export { NOW, assertNever, partsOf, shifted, withParts } from './expression.ts';
export type {
  ArithmeticOperator,
  BinaryOperator,
  ComparisonOperator,
  Expression,
  PeriodReference,
  TextSpan,
} from './expression.ts';
export type {
  Argument,
  CallPlace,
  FunctionExample,
  FunctionSpec,
  LazyFunction,
  Parameter,
  PlainFunction,
  Takes,
} from './function-spec.ts';
export { arityOf, findFunction, functionList, parameterAt, signatureOf } from './function-registry.ts';
export { FAINT_RATE } from './functions/finance.ts';
export { NEAR_WHOLE, raise } from './functions/maths.ts';
export { powerOf } from './functions/power-of.ts';
export type { Arithmetic } from './kernels/arithmetic.ts';
export { buildExponential } from './kernels/exponential.ts';
export { buildEquivalentRate, buildGrowth } from './kernels/growth.ts';
export { buildDecimalLogarithm, buildLogarithm, buildLogarithmOfMore } from './kernels/logarithm.ts';
export { exponentialMinusOne, logarithmOfMore } from './kernels/near-one-numbers.ts';
export { buildNormalInverse } from './kernels/normal-inverse.ts';
export { exponentOf, mantissaOf, powerOfTwo, upperHalf } from './kernels/number-bits.ts';
export { decimalLogarithm, exponential, logarithm, normalInverse, power } from './kernels/numbers.ts';
export { buildPower } from './kernels/power.ts';
export { buildNames, comparable } from './names.ts';
export type { NamedLine, Names } from './names.ts';
export { MAX_FORMULA_PARTS, parseFormula } from './parse.ts';
export { followNames, linesNamed, renameFormula } from './rename.ts';
export type { Formula, FormulaContext, ParsedFormula, Sheet } from './parse.ts';
export { setExpression } from './mathematics.ts';
export type { Mathematics } from './mathematics.ts';
export { printExpression, printPeriod } from './print.ts';
export type { PrintOptions } from './print.ts';
export { checkDimensions } from './dimension-check.ts';
export type { DimensionCheck } from './dimension-check.ts';
export type { FormulaProblem, FormulaProblemCode } from './problem.ts';
