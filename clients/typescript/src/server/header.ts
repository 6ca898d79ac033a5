import { base64url, errors } from 'jose';

const SIX_TEXTS = /^[^"\\]*(?:"[^"\\]+"[^"\\]*){6}$/; // three names and three values: none twice, none escaped

/**
 * Returns the id of the key that signed a text. The header must have exactly `alg`, `kid` and `typ`: anything else would have to be
 * understood, or is an attempt to bring a key along (RFC 8725 §3.10), and without `kid`, a withdrawn key could not be recognized.
 */
export function readKeyId(text: string, type: string): string {
  const { alg, kid, typ, ...others } = readHeader(text);
  if (typeof alg !== 'string' || typeof kid !== 'string' || typ !== type || Object.keys(others).length > 0) {
    throw new errors.JWSInvalid('The header has other members than those of this issuer.');
  }
  return kid;
}

function readHeader(text: string): Record<string, unknown> {
  try {
    const json = new TextDecoder('utf-8', { fatal: true }).decode(base64url.decode(text.split('.', 1)[0]!));
    return SIX_TEXTS.test(json) && !/[^\w.-]/.test(text) ? JSON.parse(json) : {};
  } catch (cause) {
    throw new errors.JWSInvalid('The header is malformed.', { cause });
  }
}
