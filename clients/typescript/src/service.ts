import { AuthError, isTransient, networkError, readError } from './errors.js';
import type { SignIn, TokenStore } from './types.js';

/** Calls the routes that need no access token, and knows where refresh and device tokens are kept. */
export class Service {
  constructor(
    readonly baseUrl: string,
    readonly store: TokenStore | undefined,
  ) {}

  /**
   * Posts to a route. The time limit of a refresh has to leave room for another try: a refresh token whose successor was lost
   * on the way can be used for another 30 seconds.
   */
  async post(path: string, body: object | undefined, seconds: number, token?: string): Promise<Response> {
    let response;
    try {
      response = await fetch(this.baseUrl + path, {
        method: 'POST',
        credentials: this.store ? 'omit' : 'include',
        headers: {
          ...(body && { 'Content-Type': 'application/json' }),
          ...(token && { Authorization: `Bearer ${token}` }),
        },
        body: body ? JSON.stringify(body) : null,
        signal: AbortSignal.timeout(seconds * 1000),
      });
    } catch (error) {
      throw networkError(error);
    }
    if (!response.ok) {
      throw await readError(response);
    }
    return response;
  }

  /** Sends a POST request whose response has tokens. */
  async signIn(path: string, body: object | undefined, seconds: number, token?: string): Promise<SignIn> {
    const response = await this.post(path, body, seconds, token);
    if (response.status === 204) {
      throw new AuthError(204, { code: 'UNEXPECTED_RESPONSE' }); // done, and nobody is signed in
    }
    const signIn = await readJson<Partial<SignIn> | null>(response);
    if (!isSignIn(signIn)) {
      throw new AuthError(response.status, { code: 'UNEXPECTED_RESPONSE' });
    }
    return signIn;
  }

  /** Keeps the tokens that outlive the page. */
  async keep(signIn: SignIn): Promise<void> {
    for (const key of ['refreshToken', 'deviceToken'] as const) {
      const token = signIn[key];
      if (token) {
        await this.store?.setItem(key, token);
      }
    }
  }

  /** What a sign-in sends besides its own fields. */
  async delivery(): Promise<object> {
    const { store } = this;
    return store ? { refreshTokenIn: 'body', deviceToken: (await store.getItem('deviceToken')) ?? '' } : {};
  }

  /** What a change of the password sends besides its own fields. */
  async device(): Promise<object> {
    const deviceToken = await this.store?.getItem('deviceToken');
    return deviceToken ? { deviceToken } : {};
  }
}

/** Reads a body; a connection that breaks in the middle of it is a network error like any other. */
export async function readJson<T>(response: Response): Promise<T> {
  try {
    return (await response.json()) as T;
  } catch (error) {
    throw networkError(error);
  }
}

/** Calls a function up to three times, with growing pauses, as long as it may still succeed. */
export async function withRetries<T>(call: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await call();
    } catch (error) {
      const wait = (error as Partial<AuthError>).retryAfter ?? 0;
      if (tries === 3 || !isTransient(error) || wait > 2) {
        throw error;
      }
      const pause = Math.max(wait, jitter(tries / 2)) * 1000;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

/** Clients that failed together should not come back together. */
export function jitter(seconds: number): number {
  return seconds * (1 + Math.random() / 2);
}

function isSignIn(body: Partial<SignIn> | null): body is SignIn {
  return !!body?.accessToken && !!body.user;
}
