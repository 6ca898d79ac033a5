import type { Problem, SecondFactorRequest, SignOutReason } from './types.js';

/**
 * An error code of the service, or one of this package: `NETWORK_ERROR` (no response), `UNEXPECTED_RESPONSE` (a response that
 * is not from the service), `USER_CHANGED` (another user has signed in in this browser), `PASSKEY_CANCELLED` (no passkey was used or
 * created), `PASSKEY_EXISTS` (the device has one of this account already) and `PASSKEY_UNAVAILABLE` (this browser, or this page,
 * cannot use them). A newer service may have others.
 */
export type AuthErrorCode =
  | Problem['code']
  | 'NETWORK_ERROR'
  | 'UNEXPECTED_RESPONSE'
  | 'USER_CHANGED'
  | 'PASSKEY_CANCELLED'
  | 'PASSKEY_EXISTS'
  | 'PASSKEY_UNAVAILABLE'
  | (string & {});

type Body = Pick<Partial<Problem>, 'detail' | 'reason' | 'errors'> & { readonly code: AuthErrorCode };

/** The messages of the errors of this package. */
const MESSAGES: Readonly<Record<string, string>> = {
  NETWORK_ERROR: 'The service cannot be reached.',
  UNEXPECTED_RESPONSE: 'The service is currently unavailable.',
  USER_CHANGED: 'Another user has signed in.',
  PASSKEY_CANCELLED: 'No passkey was used.',
  PASSKEY_EXISTS: 'This device already has a passkey for the account.',
  PASSKEY_UNAVAILABLE: 'Passkeys cannot be used here.',
};

/** A call that failed. */
export class AuthError extends Error {
  override readonly name = 'AuthError';
  /** The error code, for programs. */
  readonly code: AuthErrorCode;
  /** The HTTP status; 0 without a response. */
  readonly status: number;
  /** Why a token is no longer valid. */
  readonly reason: SignOutReason | undefined;
  /** The validation errors by field name. */
  readonly errors: Readonly<Record<string, readonly string[]>>;
  /** The number of seconds to wait before retrying. */
  readonly retryAfter: number | undefined;
  /** What is needed to complete the sign-in; only with `SECOND_FACTOR_REQUIRED`. */
  readonly secondFactor: SecondFactorRequest | undefined;
  /** The whole problem, including properties that only some errors have. */
  readonly problem: Readonly<Record<string, unknown>>;

  constructor(status: number, problem: Body, retryAfter?: number, cause?: unknown) {
    super(problem.detail ?? MESSAGES[problem.code] ?? problem.code, { cause });
    this.code = problem.code;
    this.status = status;
    this.reason = problem.reason;
    this.errors = problem.errors ?? {};
    this.retryAfter = retryAfter;
    this.secondFactor =
      problem.code === 'SECOND_FACTOR_REQUIRED' ? (problem as unknown as SecondFactorRequest) : undefined;
    this.problem = problem;
  }
}

/** Creates the error of an unsuccessful response. */
export async function readError(response: Response): Promise<AuthError> {
  // A proxy returns a page, or nothing.
  const body: unknown = await response.json().catch(() => undefined);
  return new AuthError(
    response.status,
    isProblem(body) ? body : { code: 'UNEXPECTED_RESPONSE' },
    Number(response.headers.get('Retry-After')) || undefined,
  );
}

/** The error of a call without a response. */
export function networkError(cause: unknown): AuthError {
  return new AuthError(0, { code: 'NETWORK_ERROR' }, undefined, cause);
}

/** Whether the same call may succeed later. */
export function isTransient(error: unknown): boolean {
  return !(error instanceof AuthError && error.status >= 400 && error.status < 500 && ![408, 409, 429].includes(error.status));
}

function isProblem(body: unknown): body is Body {
  return typeof (body as Body | null | undefined)?.code === 'string';
}
