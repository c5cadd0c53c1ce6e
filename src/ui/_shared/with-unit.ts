/** Numbers beside their units, where components look for them. */
export { besideUnit, nameBeside, withUnit } from '#words';
