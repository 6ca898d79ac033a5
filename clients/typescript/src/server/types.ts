/** How access tokens are verified. */
export interface VerifierOptions {
  /** The address of the service that issues the tokens: its `Jwt:Issuer`. */
  readonly issuer: string;
  /** `Jwt:Audience` of the service. */
  readonly audience: string;
  /** The accepted algorithms; by default `ES256`. */
  readonly algorithms?: readonly ('ES256' | 'PS256' | 'RS256')[];
  /** How far clocks may differ, in seconds; by default 30, at most 300. */
  readonly clockTolerance?: number;
  /** Whether the service must be reached over HTTPS, unless it is on this machine; by default true. */
  readonly requireHttps?: boolean;
  /**
   * What happens to tokens when it is no longer known which have been revoked: `reject` answers 503 (the default), `accept`
   * accepts them unless they are known to be revoked.
   */
  readonly onStale?: 'reject' | 'accept';
  /** How long `ready` waits for the first list of revocations, in seconds; by default 2. */
  readonly startTimeout?: number;
  /** How often revocations are fetched where the service cannot send them by itself, in seconds; by default 1, at most a day. */
  readonly pollInterval?: number;
  /** Whether the service is asked to send revocations as they happen; by default true. */
  readonly stream?: boolean;
  /** Sends the requests to the service; by default the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch;
}

/** The claims of an access token. */
export interface AccessTokenClaims {
  /** The user's id. */
  readonly sub: string;
  /** The session's id. */
  readonly sid: string;
  readonly roles: readonly string[];
  readonly permissions: readonly string[];
  readonly iat: number;
  readonly exp: number;
  /** The version of the user and of the roles. */
  readonly ver: number;
  /** When the user last authenticated, in Unix seconds; not in tokens of services. */
  readonly auth_time?: number;
  /** How strongly the user authenticated: `pwd`, `mfa` or `phr`; not in tokens of services. */
  readonly acr?: string;
  readonly amr?: readonly string[];
  /** The id of the service whose token it is. */
  readonly client_id?: string;
}

/** What a route requires. */
export interface Requirements {
  /** A permission of the user. */
  readonly permission?: string;
  /** How long ago the user may have authenticated, in seconds (RFC 9470). */
  readonly maxAge?: number;
  /** The weakest accepted authentication. */
  readonly acr?: 'pwd' | 'mfa' | 'phr';
}

/** Verifies access tokens, and knows which have been revoked. */
export interface Verifier {
  /**
   * Returns the claims of the token in a header `Authorization`.
   *
   * @throws {RefusedError} if there is no acceptable token, or the requirements are not met.
   */
  verify(authorization: string | null | undefined, requirements?: Requirements): Promise<AccessTokenClaims>;
  /** Whether it is known which tokens have been revoked. */
  readonly isCurrent: boolean;
  /**
   * Completes when revocations are known for the first time, or after `startTimeout`: until they are, requests are answered
   * with 503. Wait for it before you listen.
   */
  readonly ready: Promise<void>;
  /** Fetches the revocations now. Tests use it instead of waiting. */
  refresh(): Promise<void>;
  /** Stops following the revocations. */
  close(): void;
}
