/** Hands a file to the browser, which saves it where the person wants it. */

/** How long the address of the file stays good: the browser has begun to read by then. */
const KEPT_MS = 60_000;

/** A name that every file system takes: what none takes becomes a dash. */
export function fileName(name: string): string {
  return name.replaceAll(/[\\/:*?"<>|\p{Cc}]+/gu, '-');
}

/** Saves a file under a name; what no file system takes in a name becomes a dash. */
export function saveFile(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName(name);
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MS);
}
