/** What the window is given, told apart without reading it: a link of ours, a document, a table. */

/** Whether a text holds one of our links; the checksum says later whether it is whole. */
export function looksLikeLink(text: string): boolean {
  return /(?:^|#)s[1-9]\d{0,2}\.[0-9a-z]{1,5}\.[\w.-]/.test(text.slice(0, 100_000).trim());
}

/** Whether a text begins as our documents do. */
export function looksLikeDocument(text: string): boolean {
  return /^\ufeff?\s*\{\s*"/.test(text);
}

/** Whether a text has rows and columns. */
export function looksLikeTable(text: string): boolean {
  let isBefore = false;
  for (let from = 0; from < text.length;) {
    const end = text.indexOf('\n', from);
    const isDivided = /[\t,;|]/.test(text.slice(from, end === -1 ? text.length : end));
    if (isBefore && isDivided) return true;
    if (end === -1) return false;
    isBefore = isDivided;
    from = end + 1;
  }
  return false;
}

/** The first file that a drag or a paste carries. */
export function fileIn(transfer: DataTransfer | null): File | undefined {
  return transfer?.files[0];
}
