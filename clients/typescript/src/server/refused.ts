const INVALID = 'Bearer error="invalid_token"';

const REFUSALS: Readonly<Record<string, readonly [status: number, detail: string, challenge?: string]>> = {
  MISSING_TOKEN: [
    401,
    'An access token is required. Send it in the Authorization header with the scheme Bearer.',
    'Bearer',
  ],
  INVALID_FORMAT: [401, 'The Authorization header must have the form Bearer <token>.', INVALID],
  TOKEN_EXPIRED: [401, 'The access token has expired. Refresh it.', INVALID],
  INVALID_TOKEN: [401, 'The access token is invalid.', INVALID],
  TOKEN_REVOKED: [401, 'The access token has been revoked.', INVALID],
  STEP_UP_REQUIRED: [
    401,
    'This operation requires a recent authentication; see `maxAge` and `acrValues`. Authenticate again, and repeat the request with the new access token.',
  ],
  FORBIDDEN: [403, 'You are not allowed to do this.', 'Bearer error="insufficient_scope"'],
  SERVICE_UNAVAILABLE: [503, 'The service is temporarily unavailable. Try again shortly.'],
};

/** A request that is refused because of its access token, with the response that the service itself would give. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  /** The error code. */
  readonly code: string;
  /** The HTTP status. */
  readonly status: number;
  /** The headers of the response. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body of the response (RFC 9457). */
  readonly problem: Readonly<Record<string, unknown>>;

  /** @internal */
  constructor(code: string, members: Readonly<Record<string, unknown>> = {}) {
    const [status, detail, challenge] = REFUSALS[code]!;
    super(detail);
    this.code = code;
    this.status = status;
    this.problem = {
      type: `urn:auth:${code.toLowerCase().replaceAll('_', '-')}`,
      title: code[0] + code.slice(1).toLowerCase().replaceAll('_', ' '),
      status,
      detail,
      code,
      ...members,
    };
    const authenticate =
      code === 'STEP_UP_REQUIRED'
        ? `Bearer error="insufficient_user_authentication", max_age="${members['maxAge']}", acr_values="${members['acrValues']}"`
        : challenge;
    this.headers = {
      'Content-Type': 'application/problem+json',
      'Cache-Control': 'no-store',
      ...(authenticate ? { 'WWW-Authenticate': authenticate } : {}),
      ...(status === 503 ? { 'Retry-After': '1' } : {}),
    };
  }

  /** The response, for frameworks that use the Fetch API. */
  toResponse(): Response {
    return new Response(JSON.stringify(this.problem), { status: this.status, headers: this.headers });
  }
}
