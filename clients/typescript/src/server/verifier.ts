import { errors, jwtVerify, type JWTPayload } from 'jose';
import { Follower, type Issuer } from './follower.js';
import { readKeyId } from './header.js';
import { IssuerKeys } from './keys.js';
import { RefusedError } from './refused.js';
import { Revocations } from './revocations.js';
import type { AccessTokenClaims, Requirements, Verifier, VerifierOptions } from './types.js';

const WEAKEST_FIRST = ['pwd', 'mfa', 'phr'];
const LONGEST_TOLERANCE = 300; // revocations are listed for five minutes longer than tokens live
const LONGEST_INTERVAL = 86_400; // timers that are much longer fire at once
const LONGEST_LIFETIME = 86_400; // of any token that the service can be configured to issue
const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/**
 * Creates a verifier, and starts to follow the revocations.
 *
 * @throws {TypeError} if an option is not acceptable.
 */
export function createVerifier(options: VerifierOptions): Verifier {
  const { issuer, audience, algorithms = ['ES256'], clockTolerance = 30, onStale = 'reject' } = options;
  const { pollInterval = 1, requireHttps = true } = options;
  checkAddress(issuer, requireHttps);
  if (!(clockTolerance >= 0 && clockTolerance <= LONGEST_TOLERANCE)) {
    throw new TypeError(`clockTolerance must be between 0 and ${LONGEST_TOLERANCE} seconds.`);
  }
  if (!(pollInterval > 0 && pollInterval <= LONGEST_INTERVAL)) {
    throw new TypeError(`pollInterval must be above 0 and at most ${LONGEST_INTERVAL} seconds.`);
  }
  const send = options.fetch ?? globalThis.fetch;
  const revocations = new Revocations(issuer, clockTolerance);
  let discovery: Promise<Issuer> | undefined;

  async function discover(): Promise<Issuer> {
    const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const response = await send(address, { redirect: 'error', signal: AbortSignal.timeout(10_000) });
    if (!response.ok) {
      throw new Error(`${address} cannot be read (status ${response.status}).`);
    }
    const found = (await response.json()) as { issuer?: string; jwks_uri?: string; revocations_uri?: string };
    if (found.issuer !== issuer || !found.jwks_uri || !found.revocations_uri) {
      throw new Error(`${issuer} calls itself ${found.issuer}, or does not publish revocations.`);
    }
    checkAddress(found.jwks_uri, requireHttps);
    checkAddress(found.revocations_uri, requireHttps);
    return { issuer, revocations: found.revocations_uri, keys: new IssuerKeys(found.jwks_uri, send) };
  }

  function find() {
    discovery ??= discover().catch((failure: unknown) => {
      discovery = undefined;
      throw failure;
    });
    return discovery;
  }

  const follower = new Follower(find, revocations, {
    fetch: send,
    algorithms,
    interval: pollInterval,
    stream: options.stream ?? true,
    startTimeout: options.startTimeout ?? 2,
  });

  async function read(token: string): Promise<AccessTokenClaims> {
    try {
      const keyId = readKeyId(token, 'at+jwt'); // no other kind of token of the same issuer
      const { keys } = await find();
      const { payload } = await jwtVerify<AccessTokenClaims>(token, (header) => keys.find(header), {
        issuer,
        audience,
        algorithms: [...algorithms],
        clockTolerance,
        requiredClaims: ['sub', 'sid', 'iat', 'exp', 'ver'],
      });
      if (!isAsIssued(payload, Date.now() / 1000 + clockTolerance) || (await revocations.isWithdrawn(keyId))) {
        throw new errors.JWTInvalid('The claims are not those of this issuer, or its key was withdrawn.');
      }
      return payload;
    } catch (failure) {
      throw new RefusedError(
        failure instanceof errors.JWTExpired
          ? 'TOKEN_EXPIRED'
          : failure instanceof errors.JOSEError
            ? 'INVALID_TOKEN'
            : 'SERVICE_UNAVAILABLE', // without keys, nothing is known of the token
      );
    }
  }

  return {
    ready: follower.ready,
    get isCurrent() {
      return revocations.isCurrent;
    },
    async verify(authorization, requirements = {}) {
      if (!authorization) {
        throw new RefusedError('MISSING_TOKEN');
      }
      const token = /^bearer +([^\s,]+)$/i.exec(authorization)?.[1];
      if (!token) {
        throw new RefusedError('INVALID_FORMAT');
      }
      const claims = await read(token);
      const revocation = await revocations.find(claims);
      if (revocation) {
        throw new RefusedError('TOKEN_REVOKED', revocation);
      }
      if (onStale === 'reject' && !revocations.isCurrent) {
        throw new RefusedError('SERVICE_UNAVAILABLE');
      }
      check(claims, requirements);
      return claims;
    },
    refresh: () => follower.poll(),
    close: () => follower.close(),
  };
}

function check(claims: AccessTokenClaims, { permission, maxAge, acr }: Requirements): void {
  if (permission !== undefined && !claims.permissions.includes(permission)) {
    throw new RefusedError('FORBIDDEN');
  }
  // Services cannot sign in again.
  if ((maxAge === undefined && acr === undefined) || claims.client_id !== undefined) {
    return;
  }
  const given = claims.acr ?? (claims.amr?.includes('mfa') ? 'mfa' : 'pwd');
  const isRecent =
    maxAge === undefined || (claims.auth_time !== undefined && Date.now() / 1000 - claims.auth_time <= maxAge);
  if (!isRecent || WEAKEST_FIRST.indexOf(given) < WEAKEST_FIRST.indexOf(acr ?? 'pwd')) {
    throw new RefusedError('STEP_UP_REQUIRED', { maxAge: maxAge ?? 600, acrValues: acr ?? 'pwd' });
  }
}

// Anybody who can change the key set on its way can sign tokens.
function checkAddress(address: string, requireHttps: boolean): void {
  const { protocol, hostname } = new URL(address);
  if (protocol !== 'https:' && (protocol !== 'http:' || (requireHttps && !LOOPBACK.test(hostname)))) {
    throw new TypeError(`${address} must use https.`);
  }
}

/** Whether claims have the form in which they are issued, and are not from after an instant, in Unix seconds. */
function isAsIssued(claims: AccessTokenClaims & JWTPayload, latest: number): boolean {
  const { aud, sub, sid, acr = '', client_id = '', roles, permissions, amr = [], ver, iat, exp, auth_time = 1 } = claims;
  return (
    [aud, sub, sid, acr, client_id].every(isText) &&
    [roles, permissions, amr].every(isTexts) &&
    [ver, iat, exp, auth_time].every((value) => Number.isSafeInteger(value) && value > 0) &&
    Math.max(iat, auth_time) <= latest &&
    exp > iat &&
    exp - iat <= LONGEST_LIFETIME &&
    !('cnf' in claims) // bound to a key that the sender would have to prove (RFC 7800)
  );
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(isText);
}
