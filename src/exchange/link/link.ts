/**
 * A document in the fragment of an address, which no browser sends anywhere: `#s1.<length>.<payload>.<checksum>`.
 *
 * The length stands first and the checksum last, so that a link that was cut says how much of it arrived. It ends in a
 * letter or digit: programs that recognise links in a text leave out a sign at their end.
 */
import { problem, type Problem } from '#quantity';
import { printDocument, type ExchangeDocument } from '../document/exchange-document.ts';
import { hashText } from '../document/content-hash.ts';
import { readFile, type DocumentProblem, type ReadDocument } from '../document/read-document.ts';
import { MAX_INFLATED_BYTES, MAX_LINK_CHARACTERS, MAX_READ_LINK_CHARACTERS } from '../limits.ts';
import type { LinkProblemCode } from '../problem.ts';
import { fromBase64Url, toBase64Url } from './base64url.ts';
import { deflate, inflate } from './deflate.ts';

/** The form of link that this program writes. */
const LINK_VERSION = 1;

/** Digits of the checksum: 48 bits let one damaged link in 10¹⁴ pass, and that one still has to be a whole document. */
const CHECKSUM_DIGITS = 12;

/** Either the whole address, or that it would be too long: then a file is the way. */
export type WrittenLink =
  | { readonly ok: true; readonly link: string }
  | { readonly ok: false; readonly problem: Problem<LinkProblemCode> };

/** What is said about a link or what it holds. */
export type ReadLink =
  | ReadDocument
  | { readonly ok: false; readonly problems: readonly (DocumentProblem | Problem<LinkProblemCode>)[] };

/** Writes a document as a link to the page at `address`, which must have no fragment of its own. */
export function writeLink(document: ExchangeDocument, address: string): WrittenLink {
  const payload = toBase64Url(deflate(new TextEncoder().encode(printDocument(document, 0))));
  const body = `s${LINK_VERSION}.${payload.length.toString(36)}.${payload}`;
  const link = `${address}#${body}.${hashText(body, CHECKSUM_DIGITS)}`;
  if (link.length <= MAX_LINK_CHARACTERS) return { ok: true, link };
  const args = { characters: link.length, limit: MAX_LINK_CHARACTERS };
  return { ok: false, problem: problem('link_too_long', {}, args) };
}

/** Tells whether a text holds something that looks like one of our links, whole or not. */
export function hasLink(text: string): boolean {
  return text.length <= MAX_READ_LINK_CHARACTERS && findLink(text) !== undefined;
}

/** Reads a link, a fragment with or without `#`, or a text in which a link stands. */
export function readLink(text: string): ReadLink {
  if (text.length > MAX_READ_LINK_CHARACTERS) {
    return refuse('link_too_large');
  }
  const found = findLink(text);
  if (!found) return refuse('link_none');
  const { version, length, rest } = found;
  if (version > LINK_VERSION) return refuse('link_newer', { version, known: LINK_VERSION });
  if (version !== LINK_VERSION) return refuse('link_damaged');
  const expected = Number.parseInt(length, 36);
  const payload = rest.slice(0, expected);
  const checksum = /^\.([0-9a-f]{12})/.exec(rest.slice(expected))?.[1];
  if (checksum === undefined) {
    const whole = expected + 1 + CHECKSUM_DIGITS;
    const isCut = rest.length < whole && whole <= MAX_READ_LINK_CHARACTERS;
    return isCut ? refuse('link_cut', { received: rest.length, expected: whole }) : refuse('link_damaged');
  }
  if (checksum !== hashText(`s${version}.${length}.${payload}`, CHECKSUM_DIGITS))
    return refuse('link_damaged');
  const bytes = fromBase64Url(payload);
  if (!bytes) return refuse('link_damaged');
  const inflated = inflate(bytes, MAX_INFLATED_BYTES);
  if (inflated.ok) return readFile(inflated.bytes);
  return inflated.reason === 'damaged' ? refuse('link_damaged') : refuse('link_too_large');
}

/** Reads what a person gives, whatever it is: the bytes of a file, pasted text, or a link in either. */
export function readGiven(given: Uint8Array | string): ReadLink {
  const size = typeof given === 'string' ? given.length : given.byteLength;
  if (size <= MAX_READ_LINK_CHARACTERS) {
    // bytes that are no text hold no link; what they are instead, the reading of files says
    const text = typeof given === 'string' ? given : new TextDecoder('utf-8').decode(given);
    if (!/^\s*\{/.test(text) && findLink(text)) return readLink(text);
  }
  return readFile(given);
}

function refuse(code: LinkProblemCode, args: Readonly<Record<string, number>> = {}): ReadLink {
  return { ok: false, problems: [problem(code, {}, args)] };
}

interface FoundLink {
  readonly version: number;
  readonly length: string;
  /** Payload, dot, checksum, as far as they arrived, and whatever stands behind. */
  readonly rest: string;
}

function findLink(text: string): FoundLink | undefined {
  // mail programs break long lines; nothing of a link is blank
  const joined = text.replace(/[\s\u200b]+/g, '');
  const match = /(?:^|#)s([1-9]\d{0,2})\.([0-9a-z]{1,5})\.([\w.-]*)/.exec(joined);
  return match ? { version: Number(match[1]), length: match[2] ?? '', rest: match[3] ?? '' } : undefined;
}
