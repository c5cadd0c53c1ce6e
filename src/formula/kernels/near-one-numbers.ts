/**
 * The kernels that keep the digits near 1 on plain numbers: the same bits in every browser, and in WebAssembly.
 *
 * Printed, a line for each operation, from the kernels beside this file; not written by hand. To print it again:
 * `npx vitest run tests/formula/printed-kernels.test.ts -u`, which fails where this file is not what they say.
 */
import { exponentOf, mantissaOf, powerOfTwo, upperHalf } from './number-bits.ts';

/** e^x − 1; see `buildExponentialMinusOne`. */
export function exponentialMinusOne(x: number): number {
  let v3: number;
  if (Math.abs(x) < 0.001953125) {
    const v4 = x * x;
    v3 =
      x +
      v4 *
        ((0.001388888888888889 * v4 + 0.041666666666666664) * v4 +
          0.5 +
          ((0.0001984126984126984 * v4 + 0.008333333333333333) * v4 + 0.16666666666666666) * x);
  } else {
    const v20 = 800 < x ? 800 : x < -800 ? -800 : x;
    const v21 = upperHalf(v20);
    const v23 = v21 * 1.4426950514316559;
    const v26 = v20 * -1.0542692476429138e-8 + (v20 - v21) * 1.4426950514316559;
    const v29 = v23 + v26 + 6755399441055744 - 6755399441055744;
    const v30 = v23 - v29;
    const v31 = v30 + v26;
    const v33 = v31 + 824633720832 - 824633720832;
    const v36 = v33 * v33;
    const v40 = 1 + v33 * 0.6931471805601177 + v36 * 0.24022650718688965;
    const v48 = v31 * v31;
    const v70 =
      v48 *
        v31 *
        ((((4.4541068401718915e-10 * v48 + 1.0178067252442298e-7) * v48 + 0.000015252733820815906) * v48 +
          0.0013333558146423204) *
          v48 +
          0.05550410866482158 +
          ((((2.572085448323225e-11 * v48 + 7.054902335637785e-9) * v48 + 0.0000013215486798438914) * v48 +
            0.00015403530393379018) *
            v48 +
            0.009618129107628477) *
            v31) +
      ((v30 - v33 + v26) * (0.6931471805599453 + 0.24022650695910072 * (v31 + v33)) +
        (v33 * -1.7239444525614835e-13 + v36 * -2.2778893610394874e-10));
    const v73 = powerOfTwo(v29 < -64 ? -64 : v29);
    const v74 = v40 * v73;
    const v75 = v74 - 1;
    const v76 = v75 - v74;
    const v84 = v29 * 0.5 + 6755399441055744 - 6755399441055744;
    v3 =
      64 < v29
        ? 1024 < v29
          ? Infinity
          : v29 < -1075
            ? 0
            : (v40 + v70) * powerOfTwo(v84) * powerOfTwo(v29 - v84)
        : v75 + (v74 - (v75 - v76) - (1 + v76) + v70 * v73);
  }
  return v3;
}

/** ln(1 + x); see `buildLogarithmOfMore`. */
export function logarithmOfMore(x: number): number {
  const v1 = 1 + x;
  const v3 = Math.abs(x) < 1;
  const v9 = v1 < 2.2250738585072014e-308;
  const v11 = v9 ? v1 * 18014398509481984 : v1;
  const v15 = mantissaOf(v11);
  const v16 = v15 < 1.189207115002721;
  const v17 = 1.681792830507429 < v15;
  const v19 = v16 ? 1 : v17 ? 2 : 1.4140625;
  const v22 = exponentOf(v11) + (v9 ? -54 : 0) + (v16 ? 0 : v17 ? 1 : 0.499845887083211);
  const v25 = v15 - v19;
  const v26 = v15 + v19;
  const v27 = 1 / v26;
  const v28 = v25 * v27;
  const v29 = upperHalf(v28);
  const v31 = v26 + 402653184 - 402653184;
  const v38 = (v25 - v29 * v31 - v29 * (v15 - (v31 - v19))) * v27;
  const v39 = v29 * v29;
  const v41 = v39 + 786432 - 786432;
  const v45 = v39 - v41 + v38 * (v29 + v28);
  const v46 = v41 + v45;
  const v47 = v46 * v46;
  const v48 = v41 * 0.9617967009544373;
  const v66 = 2.8853901028633118 + v48 + 402653184 - 402653184;
  const v71 = v29 * v66;
  const v76 = upperHalf(v22 + v71);
  return v1 === 0
    ? -Infinity
    : v1 === Infinity
      ? Infinity
      : v76 * 0.6931471824645996 +
        ((0 <= v1
          ? v22 -
            v76 +
            v71 +
            ((v16 || v17 ? 0 : -5.621848729602859e-15) +
              (v28 *
                (2.8853901028633118 -
                  v66 +
                  v48 +
                  (v41 * -7.028461650952758e-9 +
                    v45 * 0.9617966939259756 +
                    v47 *
                      ((0.22192005362956843 * v47 + 0.32059889774706224) * v47 +
                        0.5770780163555853 +
                        ((0.19624245173737928 * v47 + 0.26230831846191577) * v47 + 0.4121985831112798) *
                          v46) +
                    -2.1085384952858276e-8)) +
                v38 * v66))
          : NaN) *
          0.6931471805599453 +
          v76 * -1.904654299957768e-9 +
          ((v3 ? x : 1) - (v1 - (v3 ? 1 : x))) / v1);
}
