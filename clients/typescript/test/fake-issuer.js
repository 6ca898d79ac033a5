import { createHash, KeyObject, sign } from 'node:crypto';
import { CompactSign, exportJWK, generateKeyPair, SignJWT } from 'jose';

export const ISSUER = 'https://auth.example.com';
export const AUDIENCE = 'example';
export const USER = '0190f000-0000-7000-8000-000000000001';
export const SESSION = '0190f000-0000-7000-8000-000000000002';

/** The hash under which a value is listed. */
export function hash(value, issuer = ISSUER) {
  return createHash('sha256').update(`${issuer}\0${value}`).digest().subarray(0, 16).toString('base64url');
}

export function now() {
  return Math.floor(Date.now() / 1000);
}

/** The service, as far as other services see it. */
export class FakeIssuer {
  keys = new Map();
  current = undefined;
  events = [];
  cursor = '';
  /** What is answered instead of the list: a text, or null if nothing can be reached. */
  list = undefined;
  /** Members of the discovery document. */
  discovery = {};
  /** Whether the list is answered with 304. */
  isUnchanged = false;
  /** Whether the key set can be fetched. */
  hasKeys = true;
  requests = [];
  streams = new Set();

  static async start() {
    const issuer = new FakeIssuer();
    await issuer.rotate('one');
    return issuer;
  }

  constructor() {
    this.fetch = this.fetch.bind(this);
  }

  /** Replaces all keys with a new one. */
  async rotate(kid) {
    this.keys.clear();
    await this.add(kid);
  }

  /** Signs with a new key from now on. */
  async add(kid) {
    this.keys.set(kid, await generateKeyPair('ES256', { extractable: true }));
    this.current = kid;
  }

  token(claims = {}, header = {}, kid = this.current) {
    return new SignJWT({
      iss: ISSUER,
      aud: AUDIENCE,
      sub: USER,
      sid: SESSION,
      iat: now(),
      exp: now() + 900,
      auth_time: now(),
      amr: ['pwd'],
      ver: 2 * 2 ** 20 + 5,
      roles: ['viewer'],
      permissions: ['articles:read'],
      ...claims,
    })
      .setProtectedHeader({ alg: 'ES256', kid, typ: 'at+jwt', ...header })
      .sign(this.keys.get(kid).privateKey);
  }

  /** A text with the payload of a token, and a header that libraries would not write. */
  async signWithHeader(header) {
    const [, payload] = (await this.token()).split('.');
    const text = `${Buffer.from(header).toString('base64url')}.${payload}`;
    const key = KeyObject.from(this.keys.get(this.current).privateKey);
    return `${text}.${sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
  }

  signList(members = {}, header = {}) {
    const payload = {
      iss: ISSUER,
      iat: now(),
      exp: now() + 60,
      cursor: this.cursor,
      full: true,
      events: this.events,
      ...members,
    };
    return new CompactSign(new TextEncoder().encode(JSON.stringify(payload)))
      .setProtectedHeader({ alg: 'ES256', kid: this.current, typ: 'revocations+jwt', ...header })
      .sign(this.keys.get(this.current).privateKey);
  }

  revoke(t, value, members = {}) {
    this.events.push({ t, ...(value && { h: hash(value) }), exp: now() + 1200, ...members });
  }

  /** Sends a text to all streams. */
  push(text) {
    for (const stream of this.streams) {
      stream.enqueue(new TextEncoder().encode(text));
    }
  }

  async fetch(input, init = {}) {
    const url = new URL(input);
    const headers = new Headers(init.headers);
    this.requests.push({ path: url.pathname + url.search, headers });
    if (this.list === null) {
      throw new TypeError('fetch failed');
    }
    switch (url.pathname) {
      case '/.well-known/openid-configuration':
        return Response.json({
          issuer: ISSUER,
          jwks_uri: `${ISSUER}/.well-known/jwks.json`,
          revocations_uri: `${ISSUER}/.well-known/revocations`,
          ...this.discovery,
        });
      case '/.well-known/jwks.json': {
        if (!this.hasKeys) {
          return new Response('', { status: 502 });
        }
        const keys = [...this.keys].map(async ([kid, { publicKey }]) => ({
          ...(await exportJWK(publicKey)),
          kid,
          alg: 'ES256',
          use: 'sig',
        }));
        return Response.json({ keys: await Promise.all(keys) });
      }
      default:
        if (this.isUnchanged) {
          return new Response(null, { status: 304 });
        }
        return headers.get('Accept') === 'text/event-stream'
          ? this.#stream(init.signal)
          : new Response(this.list ?? (await this.signList()), { headers: { ETag: '"tag"' } });
    }
  }

  #stream(signal) {
    let controller;
    const body = new ReadableStream({
      start: (opened) => {
        controller = opened;
        this.streams.add(controller);
      },
      cancel: () => this.streams.delete(controller),
    });
    signal?.addEventListener('abort', () => {
      if (this.streams.delete(controller)) {
        controller.error(signal.reason);
      }
    });
    return new Response(body, { headers: { 'Content-Type': 'text/event-stream' } });
  }
}
