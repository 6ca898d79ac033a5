import type { AccessTokenClaims } from './types.js';

const USERS = 2 ** 20; // the claim ver is the version of the roles times this, plus that of the user

/** A revocation, as the service lists it. */
export interface RevocationEvent {
  readonly t: string;
  readonly h?: string;
  readonly ver?: number;
  readonly iat?: number;
  readonly exp: number;
}

/** The payload of a signed list. */
export interface RevocationList {
  readonly iss: string;
  readonly iat: number;
  readonly exp: number;
  readonly cursor: string;
  readonly full: boolean;
  readonly events: readonly RevocationEvent[];
}

interface Entry {
  readonly value: number;
  readonly exp: number;
}

/**
 * The revocations in memory. They are facts: each is kept until its own expiry, so neither an old list nor one of an instance
 * that is behind takes anything back.
 */
export class Revocations {
  readonly #known = new Map<string, Entry>();
  readonly #issuer: string;
  readonly #tolerance: number;
  #everything: Entry | undefined;
  #current: { readonly exp: number; readonly lifetime: number; readonly receivedAt: number } | undefined;

  constructor(issuer: string, tolerance: number) {
    this.#issuer = issuer;
    this.#tolerance = tolerance;
  }

  /** Whether there is a list that has not expired, measured here, because it may have been held back. */
  get isCurrent(): boolean {
    const known = this.#current;
    return (
      known !== undefined &&
      (performance.now() - known.receivedAt) / 1000 <= known.lifetime &&
      now() - this.#tolerance < known.exp
    );
  }

  /** Adds a genuine list. Returns whether it withdraws a key that was not known to be withdrawn. */
  add(list: RevocationList): boolean {
    let hasNewKeys = false;
    for (const { t, h, ver, iat, exp } of list.events) {
      if (exp <= now()) {
        continue;
      }
      if (t === 'a' && iat !== undefined) {
        this.#everything = merge(this.#everything, { value: iat, exp });
      } else if (h !== undefined && (t === 's' || t === 'k' || ((t === 'u' || t === 'r') && ver !== undefined))) {
        const key = t + h;
        hasNewKeys ||= t === 'k' && !this.#known.has(key);
        this.#known.set(key, merge(this.#known.get(key), { value: ver ?? 0, exp }));
      }
    }
    if (!this.#current || list.exp >= this.#current.exp) {
      this.#current = { exp: list.exp, lifetime: list.exp - list.iat, receivedAt: performance.now() };
    }
    return hasNewKeys;
  }

  /** Removes what has expired. */
  sweep(): void {
    for (const [key, entry] of this.#known) {
      if (entry.exp <= now()) {
        this.#known.delete(key);
      }
    }
  }

  async isWithdrawn(keyId: string): Promise<boolean> {
    return (await this.#find('k', keyId)) !== undefined;
  }

  /** Returns the members of the problem of a revoked token; undefined if it was not revoked. */
  async find(claims: AccessTokenClaims): Promise<Readonly<Record<string, unknown>> | undefined> {
    if (await this.#find('s', claims.sid)) {
      return {};
    }
    // Services cannot refresh. Whether the session of a user goes on is not in the list: if it does not, the refresh says why.
    const refresh = claims.client_id === undefined ? { refresh: true } : {};
    const user = await this.#find('u', claims.sub);
    const everything = this.#everything;
    if (
      (user && claims.ver % USERS < user.value) ||
      (everything && everything.exp > now() && claims.iat <= everything.value)
    ) {
      return refresh;
    }
    for (const name of claims.roles) {
      const role = await this.#find('r', name);
      if (role && Math.floor(claims.ver / USERS) < role.value) {
        return { reason: 'roles_changed', ...refresh };
      }
    }
    return undefined;
  }

  async #find(type: string, value: string): Promise<Entry | undefined> {
    if (this.#known.size === 0) {
      return undefined;
    }
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${this.#issuer}\0${value}`));
    const hash = btoa(String.fromCharCode(...new Uint8Array(digest, 0, 16)));
    const entry = this.#known.get(type + hash.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''));
    return entry && entry.exp > now() ? entry : undefined;
  }
}

function merge(known: Entry | undefined, added: Entry): Entry {
  return known
    ? { value: Math.max(known.value, added.value), exp: Math.max(known.exp, added.exp) }
    : added;
}

function now(): number {
  return Date.now() / 1000;
}
