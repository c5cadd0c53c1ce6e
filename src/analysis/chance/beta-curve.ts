/** The beta curve on 0…1 with both parameters at least 1: share below a place, and the place below which a share lies. */
import { exponential, logarithm, logarithmOfMore } from '#formula';

const LANCZOS = [
  0.9999999999998099, 676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406,
  12.507343278686905, -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
];

/** Logarithm of the gamma function of a positive number. Source: C. Lanczos (1964), g = 7, nine terms; error about 1e-15. */
function logGamma(x: number): number {
  const [first = 0, ...terms] = LANCZOS;
  const sum = terms.reduce((total, term, index) => total + term / (x + index), first);
  const shifted = x + 6.5;
  return 0.5 * logarithm(2 * Math.PI) + (x - 0.5) * logarithm(shifted) - shifted + logarithm(sum);
}

/** Terms of the continued fraction; with parameters of 1 to 5 fewer than 30 are needed. */
const MAX_TERMS = 200;

/**
 * Gives the share of the beta curve below a place.
 *
 * Source: continued fraction DLMF 8.17.22, evaluated by the modified Lentz rule; absolute error below 1e-14.
 */
export function betaShare(place: number, a: number, b: number): number {
  return shareBelow(place, a, b, logGamma(a) + logGamma(b) - logGamma(a + b));
}

function shareBelow(place: number, a: number, b: number, logBeta: number): number {
  if (place <= 0) return 0;
  if (place >= 1) return 1;
  // the fraction runs fast below the mean; above it the other side is taken
  if (place > (a + 1) / (a + b + 2)) return 1 - shareBelow(1 - place, b, a, logBeta);
  const front = exponential(a * logarithm(place) + b * logarithmOfMore(-place) - logBeta) / a;
  let c = 1;
  let d = 1 / (1 - ((a + b) * place) / (a + 1));
  let fraction = d;
  for (let m = 1; m < MAX_TERMS; m += 1) {
    const even = (m * (b - m) * place) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / (1 + even * d);
    c = 1 + even / c;
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * place) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + odd * d);
    c = 1 + odd / c;
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return front * fraction;
}

/** Places at which share and slope are known beforehand. */
const NODES = 512;

/** What interpolation between two nodes may be off by, in the middle between them; a cell that is worse is solved anew. */
const CELL_ERROR = 1e-10;

/** Steps of the solver; bisection alone would need about 50. */
const MAX_STEPS = 60;

/**
 * Builds the function that gives the place below which a share of the beta curve lies.
 *
 * Between nodes the place is a cubic in the share; absolute error below 1e-9 (measured: 1e-10). Towards the ends, where the
 * curve is a power of the distance, and where the cubic would be worse, it is solved to 1e-13.
 */
export function buildBetaPlace(a: number, b: number): (share: number) => number {
  const logBeta = logGamma(a) + logGamma(b) - logGamma(a + b);
  const shares = Float64Array.from({ length: NODES + 1 }, (_, node) =>
    shareBelow(node / NODES, a, b, logBeta),
  );
  /** How fast the place moves with the share, at each node. */
  const slopes = shares.map((_, node) => 1 / densityAt(node / NODES, a, b, logBeta));

  const solve = (share: number, node: number) => solvePlace(share, node, shares, a, b, logBeta);
  const cubic = (share: number, node: number) => {
    const [before, after] = [shares[node] as number, shares[node + 1] as number];
    const width = after - before;
    const s = (share - before) / width;
    const rise = s * s * (3 - 2 * s);
    const bends = (1 - s) * (slopes[node] as number) - s * (slopes[node + 1] as number);
    return (node + rise) / NODES + s * (1 - s) * width * bends;
  };
  const isSmooth = Array.from({ length: NODES }, (_, node) => {
    const middle = ((shares[node] as number) + (shares[node + 1] as number)) / 2;
    return Math.abs(cubic(middle, node) - solve(middle, node)) <= CELL_ERROR;
  });

  return (share) => {
    if (share <= 0) return 0;
    if (share >= 1) return 1;
    let node = 0;
    for (let step = NODES / 2; step >= 1; step /= 2)
      if ((shares[node + step] as number) <= share) node += step;
    return isSmooth[node] === true ? cubic(share, node) : solve(share, node);
  };
}

function densityAt(place: number, a: number, b: number, logBeta: number): number {
  return exponential((a - 1) * logarithm(place) + (b - 1) * logarithmOfMore(-place) - logBeta);
}

/** Solves between a node and the next by Halley's steps, held by bisection. */
function solvePlace(
  share: number,
  node: number,
  shares: Float64Array,
  a: number,
  b: number,
  logBeta: number,
): number {
  let low = node / NODES;
  let high = (node + 1) / NODES;
  const [before, after] = [shares[node] as number, shares[node + 1] as number];
  // at either end a straight line would start far off
  let place =
    node === 0
      ? exponential((logarithm(share * a) + logBeta) / a)
      : node === NODES - 1
        ? 1 - exponential((logarithm((1 - share) * b) + logBeta) / b)
        : low + ((share - before) / (after - before)) * (high - low);
  for (let step = 0; step < MAX_STEPS; step += 1) {
    if (!(place > low && place < high)) place = (low + high) / 2;
    const miss = shareBelow(place, a, b, logBeta) - share;
    if (miss > 0) high = place;
    else low = place;
    const newton = miss / densityAt(place, a, b, logBeta);
    const bend = (a - 1) / place - (b - 1) / (1 - place);
    const move = newton / (1 - 0.5 * Math.max(-1, Math.min(1, newton * bend)));
    place -= move;
    if (Math.abs(move) <= 1e-13 * place || high - low <= Number.EPSILON * high) break;
  }
  return Math.min(1, Math.max(0, place));
}
