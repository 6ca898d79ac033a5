import type { components } from './api.js';
import { AuthError, networkError, readError } from './errors.js';
import { createPasskey, hasPasskeys, usePasskey } from './passkeys.js';
import { readJson, Service, withRetries } from './service.js';
import { Session } from './session.js';
import type { Account, AuthClient, AuthClientOptions, Claims, NewPasskey, SecondFactor, StepUpProof } from './types.js';

type PasskeyOptions = components['schemas']['PasskeyOptionsResponse'];
type RecoveryCodes = components['schemas']['RecoveryCodesResponse'];

const LOGOUT_SECONDS = 10;
const OPTIONS_SECONDS = 30;

/** Creates a client for a service. An application needs only one. */
export function createAuthClient(options: AuthClientOptions): AuthClient {
  const base = new URL(options.baseUrl, globalThis.location?.href);
  const service = new Service(base.href.replace(/[?#].*|\/+$/g, ''), options.tokenStore);
  const origins = new Set([base.origin, ...(options.fetchOrigins ?? []).map((origin) => new URL(origin).origin)]);
  const session = new Session(service, options.onSignedOut);
  let steppingUp: Promise<boolean> | undefined;

  /** A single prompt, however many calls wait for its result. */
  async function stepUp({ problem }: AuthError): Promise<boolean> {
    const request = {
      maxAge: problem['maxAge'] as number | undefined,
      acrValues: problem['acrValues'] as string | undefined,
    };
    steppingUp ??= Promise.resolve(options.onStepUp?.(request) ?? false).finally(() => {
      steppingUp = undefined;
    });
    return steppingUp;
  }

  /** Sends a request with the access token. A rejected token is refreshed once, and a step-up is performed once. */
  async function send(request: Request): Promise<Response> {
    const { userId } = session;
    let renewed = false;
    let steppedUp = false;
    let refusal: Response | undefined;
    for (;;) {
      const token = await session.getAccessToken();
      if (refusal && !token) {
        return refusal; // signed out meanwhile
      }
      // A request of one user must not be sent on behalf of another.
      if (userId && session.userId && userId !== session.userId) {
        throw new AuthError(0, { code: 'USER_CHANGED' });
      }

      const attempt = request.clone();
      if (token) {
        attempt.headers.set('Authorization', `Bearer ${token}`);
      }
      const response = await fetch(attempt);
      if (response.status !== 401 || !token) {
        return response;
      }

      const error = await readError(response.clone());
      if (!steppedUp && error.code === 'STEP_UP_REQUIRED') {
        // Another call may have completed the step-up meanwhile: then try the new token first.
        steppedUp = session.lastAccessToken === token;
        if (steppedUp && !(await stepUp(error))) {
          return response;
        }
      } else if (!renewed && isTokenRefused(error, response)) {
        renewed = true;
      } else {
        return response;
      }
      // If the callback got no new token, a refresh returns one that includes the step-up.
      session.drop(token);
      refusal = response;
    }
  }

  async function call(method: string, path: string, body?: object): Promise<Response> {
    let response;
    try {
      response = await send(
        new Request(service.baseUrl + path, {
          method,
          // Some of these routes delete the cookie.
          credentials: service.store ? 'omit' : 'include',
          ...(body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
        }),
      );
    } catch (error) {
      throw error instanceof TypeError ? networkError(error) : error;
    }
    if (!response.ok) {
      throw await readError(response);
    }
    return response;
  }

  async function read<T>(method: string, path: string, body?: object): Promise<T> {
    return readJson<T>(await call(method, path, body));
  }

  function completeLogin(challenge: string, factor: SecondFactor) {
    return session.signIn('/api/auth/login/second-factor', { challenge, ...factor });
  }

  async function completeStepUp(proof: StepUpProof): Promise<void> {
    await call('POST', '/api/auth/step-up', { ...proof, ...(await service.device()) });
    session.drop(); // the next refresh returns a token that includes it
  }

  /** The options for a passkey of a user who is not signed in; with a challenge, of the one whose password was right. */
  async function readLoginOptions(challenge?: string): Promise<PasskeyOptions> {
    const body = { challenge, ...(await service.device()) };
    return readJson(await service.post('/api/auth/login/passkey/options', body, OPTIONS_SECONDS));
  }

  /** Calls a route that changes the factors, after which earlier access tokens are revoked. */
  async function changeFactors<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await call(method, `/api/auth/factors/${path}`, body);
    session.drop();
    return response.status === 204 ? (undefined as T) : readJson(response);
  }

  return {
    get state() {
      return session.state;
    },
    subscribe: (listener) => session.subscribe(listener),

    register: (registration) => session.signIn('/api/auth/register', registration),

    requestAccount: (registration) => read('POST', '/api/auth/register', registration),

    async verifyEmail(proofs) {
      try {
        return await session.signIn('/api/auth/verify-email', proofs, await session.getAccessToken());
      } catch (error) {
        if ((error as AuthError).status !== 204) {
          throw error;
        }
      }
      if (session.userId && proofs.password) {
        await session.refresh(); // the address may be that of another user
      } else {
        session.updateUser({ emailConfirmed: true });
      }
      return undefined;
    },

    resendMail: (flowToken) => read('POST', '/api/auth/verify-email/resend', { flowToken }),
    forgotPassword: (email) => read('POST', '/api/auth/forgot-password', { email }),

    async resetPassword(reset) {
      await call('POST', '/api/auth/reset-password', reset);
    },

    async changeEmail(change) {
      return read('POST', '/api/auth/change-email', { ...change, ...(await service.device()) });
    },

    async confirmEmailChange(proofs) {
      await call('POST', '/api/auth/change-email/confirm', proofs);
      session.drop(); // the next refresh brings the new address
      await session.refresh();
    },

    async undoEmailChange(token) {
      await call('POST', '/api/auth/change-email/undo', { token });
    },

    acceptInvitation: (acceptance) => session.signIn('/api/auth/accept-invitation', acceptance),

    async login(credentials) {
      try {
        return await session.signIn('/api/auth/login', credentials);
      } catch (error) {
        const request = (error as Partial<AuthError>).secondFactor;
        const factor = request && (await options.onSecondFactor?.(request));
        if (!factor) {
          throw error;
        }
        return completeLogin(request.challenge, factor);
      }
    },

    completeLogin,

    async logout() {
      await withRetries(async () => {
        const token = session.lastAccessToken;
        await service.post(
          '/api/auth/logout',
          service.store && { refreshToken: await service.store.getItem('refreshToken') },
          LOGOUT_SECONDS,
          token,
        );
      });
      await session.signOut('logout');
    },

    async logoutAll() {
      await call('POST', '/api/auth/logout-all');
      await session.signOut('logout_all');
    },

    refresh: () => session.refresh(),
    getAccessToken: () => session.getAccessToken(),

    async fetch(input, init) {
      const request = new Request(input, init);
      const isOurs = origins.has(new URL(request.url).origin) && !request.headers.has('Authorization');
      return isOurs ? send(request) : fetch(request);
    },

    getAccount: () => read('GET', '/api/users/me'),

    async updateAccount(changes) {
      const account = await read<Account>('PATCH', '/api/users/me', changes);
      session.updateUser({ displayName: account.displayName });
      return account;
    },

    async deleteAccount(deletion) {
      await call('POST', '/api/users/me/delete', { ...deletion, ...(await service.device()) });
      await session.signOut('user_deleted');
    },

    exportAccount: () => read('GET', '/api/users/me/export'),

    async changePassword(change) {
      await call('POST', '/api/auth/change-password', { ...change, ...(await service.device()) });
      session.drop(); // the session goes on with the next refresh
    },

    stepUp: completeStepUp,

    listFactors: () => read('GET', '/api/auth/factors'),
    enrolTotp: (name) => read('POST', '/api/auth/factors/totp', { name }),

    async confirmTotp(id, code) {
      const path = `totp/${encodeURIComponent(id)}/confirm`;
      return (await changeFactors<RecoveryCodes>('POST', path, { code })).recoveryCodes;
    },

    renameFactor: (id, name) => read('PATCH', `/api/auth/factors/${encodeURIComponent(id)}`, { name }),
    removeFactor: (id) => changeFactors('DELETE', encodeURIComponent(id)),

    async renewRecoveryCodes() {
      return (await read<RecoveryCodes>('POST', '/api/auth/factors/recovery-codes')).recoveryCodes!;
    },

    passkeys: {
      get areSupported() {
        return hasPasskeys();
      },

      async create(name, signal) {
        const proof = await createPasskey(await read('POST', '/api/auth/factors/passkeys/options'), signal);
        return changeFactors<NewPasskey>('POST', 'passkeys', { ...proof, name });
      },

      async signIn(manner) {
        return session.signIn('/api/auth/login/passkey', await usePasskey(() => readLoginOptions(), manner));
      },

      getSecondFactor: ({ challenge }, signal) => usePasskey(() => readLoginOptions(challenge), { signal }),

      async stepUp(signal) {
        await completeStepUp(await usePasskey(() => read('POST', '/api/auth/step-up/passkey/options'), { signal }));
      },
    },

    getClaims: () => read<Claims>('GET', '/api/auth/me'),
    listSessions: () => read('GET', '/api/auth/sessions'),

    async endSession(id) {
      await call('DELETE', `/api/auth/sessions/${encodeURIComponent(id)}`);
    },

    async endOtherSessions() {
      await call('DELETE', '/api/auth/sessions');
    },

    close: () => session.close(),
  };
}

/**
 * Whether a refresh may help. This includes tokens revoked because their session has ended: only the response to a refresh
 * signs a user out. Other services return `invalid_token` (RFC 6750).
 */
function isTokenRefused({ code }: AuthError, response: Response): boolean {
  return (
    code === 'TOKEN_EXPIRED' ||
    code === 'TOKEN_REVOKED' ||
    code === 'INVALID_TOKEN' ||
    (code === 'UNEXPECTED_RESPONSE' && !!response.headers.get('WWW-Authenticate')?.includes('invalid_token'))
  );
}
