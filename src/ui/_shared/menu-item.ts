/** One command of a menu. */
import type { IconName } from './icon-paths.ts';

/** A command, or a choice when `isChecked` is given. */
export interface MenuItem {
  readonly id: string;
  readonly label: string;
  readonly choose: () => void;
  readonly icon?: IconName;
  /** Small text at the end: a shortcut, a count. */
  readonly hint?: string;
  readonly isChecked?: boolean;
  readonly isDisabled?: boolean;
  readonly isDanger?: boolean;
  /** Draws a line above. */
  readonly startsGroup?: boolean;
}
