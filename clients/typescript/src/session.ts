import { AuthError } from './errors.js';
import { jitter, withRetries, type Service } from './service.js';
import { startStopwatch } from './stopwatch.js';
import { isHidden, openTab, type Tab, type TabMessage } from './tabs.js';
import type { AuthState, SignIn, SignOutReason, User } from './types.js';

interface AccessToken {
  readonly value: string;
  /** In seconds. */
  readonly lifetime: number;
  readonly age: () => number;
}

const REFRESH_SECONDS = 10;
const SIGN_IN_SECONDS = 30;

/** The sign-in of this tab: its state, its access token, and when to refresh. */
export class Session {
  readonly #service: Service;
  readonly #onSignedOut: ((reason: SignOutReason | undefined) => void) | undefined;
  readonly #tab: Tab;
  readonly #listeners = new Set<(state: AuthState) => void>();

  #state: AuthState = { status: 'unknown' };
  #accessToken: AccessToken | undefined;
  /** Changes with each sign-in and sign-out, so that responses to earlier refreshes are ignored. */
  #epoch = 0;
  #refreshing: Promise<AuthState> | undefined;
  #lastExchange: Promise<unknown> = Promise.resolve();
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(service: Service, onSignedOut: ((reason: SignOutReason | undefined) => void) | undefined) {
    this.#service = service;
    this.#onSignedOut = onSignedOut;
    this.#tab = openTab(`auth ${service.baseUrl}`, {
      message: (message) => this.#hear(message),
      wake: () => this.#isDue() && this.#refreshInBackground(),
      restored: () => this.#renew(),
    });
    if (service.store || typeof document === 'object') {
      this.#refreshInBackground();
    }
  }

  get state(): AuthState {
    return this.#state;
  }

  get userId(): string | undefined {
    return this.#state.status === 'signedIn' ? this.#state.user.id : undefined;
  }

  subscribe(listener: (state: AuthState) => void): () => void {
    // A separate function, so that the same listener can be added twice.
    const own = (state: AuthState) => listener(state);
    this.#listeners.add(own);
    listener(this.#state);
    return () => this.#listeners.delete(own);
  }

  /** Signs in with a request to a route of the service, with an access token if it takes one. */
  async signIn(path: string, body: object, token?: string): Promise<User> {
    const { user } = await this.#exchange(async () => {
      const age = startStopwatch();
      const delivered = { ...body, ...(await this.#service.delivery()) };
      const signIn = await this.#service.signIn(path, delivered, SIGN_IN_SECONDS, token);
      await this.#service.keep(signIn);
      this.#accept(signIn, age);
      return signIn;
    });
    this.#tab.post({ type: 'signedIn', userId: user.id });
    return user;
  }

  /** Clears the sign-in, and notifies the other tabs. */
  async signOut(reason: SignOutReason | undefined): Promise<void> {
    const { userId } = this;
    this.#leave(reason);
    await this.#service.store?.removeItem('refreshToken');
    if (userId !== undefined) {
      this.#tab.post({ type: 'signedOut', userId, reason });
    }
  }

  /** Gets a new access token, with a single request for all callers. */
  refresh(): Promise<AuthState> {
    return (this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = undefined;
    }));
  }

  /** A token that remains valid for a while; undefined if nobody is signed in. */
  async getAccessToken(): Promise<string | undefined> {
    // Twice, because a user may sign in in another tab while this one refreshes.
    for (let tries = 0; tries < 2 && this.#state.status !== 'signedOut' && !this.#isUsable(); tries++) {
      await this.refresh();
    }
    return this.#accessToken?.value;
  }

  /** Discards an access token. */
  drop(token = this.#accessToken?.value): void {
    if (this.#accessToken?.value === token) {
      this.#accessToken = undefined;
    }
  }

  /** The access token even if it has expired. */
  get lastAccessToken(): string | undefined {
    return this.#accessToken?.value;
  }

  /** Applies a change of the account to the state. */
  updateUser(changes: Partial<User>): void {
    if (this.#state.status === 'signedIn') {
      this.#setState({ ...this.#state, user: { ...this.#state.user, ...changes } });
    }
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#tab.close();
    this.#listeners.clear();
  }

  async #refresh(): Promise<AuthState> {
    const epoch = this.#epoch;
    clearTimeout(this.#timer);
    try {
      await withRetries(() => this.#exchange(() => this.#refreshOnce(epoch)));
    } catch (error) {
      // This does not sign the user out. Retries soon, then less and less often.
      const wait = Math.max((error as Partial<AuthError>).retryAfter ?? 0, jitter(Math.min(2 ** this.#failures++, 40)));
      this.#schedule(wait, () => this.#refreshInBackground());
      throw error;
    }
    return this.#state;
  }

  async #refreshOnce(epoch: number): Promise<void> {
    const { store } = this.#service;
    const refreshToken = await store?.getItem('refreshToken');
    if (epoch !== this.#epoch) {
      return; // signed in or out while this refresh waited
    }
    if (store && !refreshToken) {
      return this.#leave(undefined);
    }

    // Another tab or a logout may have changed the store meanwhile; that change is kept.
    const isCurrent = async () => (await store?.getItem('refreshToken')) === refreshToken;
    const age = startStopwatch();
    try {
      const signIn = await this.#service.signIn('/api/auth/refresh', store && { refreshToken }, REFRESH_SECONDS);
      if (await isCurrent()) {
        await this.#service.keep(signIn);
      }
      if (epoch === this.#epoch) {
        this.#accept(signIn, age);
      }
    } catch (error) {
      if (!isSignedOut(error)) {
        throw error;
      }
      if (epoch === this.#epoch && (await isCurrent())) {
        await this.signOut(error.reason ?? (error.code === 'TOKEN_REUSE_DETECTED' ? 'reuse_detected' : undefined));
      }
    }
  }

  /** For callers that do not wait for the result. */
  #refreshInBackground(): void {
    this.refresh().catch(() => {
      // The next attempt has been scheduled.
    });
  }

  /** One at a time: of two responses that set the cookie, the browser keeps the later one. */
  #exchange<T>(action: () => Promise<T>): Promise<T> {
    const exchange = this.#lastExchange.then(action);
    this.#lastExchange = exchange.catch(() => {
      // The caller that started it receives the error.
    });
    return exchange;
  }

  #accept(signIn: SignIn, age: () => number): void {
    const lifetime = signIn.expiresIn;
    this.#epoch++;
    this.#failures = 0;
    this.#accessToken = { value: signIn.accessToken, lifetime, age };
    this.#setState({ status: 'signedIn', user: signIn.user, sessionId: signIn.sessionId });
    // At about 80 % of the lifetime. A hidden tab refreshes when it becomes visible or has a request to send.
    this.#schedule(lifetime * (0.75 + Math.random() / 10), () => isHidden() || this.#refreshInBackground());
  }

  #leave(reason: SignOutReason | undefined): void {
    const before = this.#state.status;
    this.#epoch++;
    this.#accessToken = undefined;
    clearTimeout(this.#timer);
    if (before !== 'signedOut') {
      this.#setState({ status: 'signedOut', reason });
      // A user who was not signed in has not been signed out.
      if (before === 'signedIn' || reason) {
        queueMicrotask(() => this.#onSignedOut?.(reason));
      }
    }
  }

  #hear(message: TabMessage): void {
    if (message.type === 'signedIn') {
      this.#renew();
    } else if (message.userId === this.userId) {
      this.#leave(message.reason);
    } else if (this.#state.status !== 'signedOut') {
      this.#renew();
    }
  }

  /** Refreshes because the cookie has changed, or may have: the state and pending requests are obsolete. */
  #renew(): void {
    this.#epoch++;
    this.#accessToken = undefined;
    const next = () => this.#refreshInBackground();
    if (this.#refreshing) {
      this.#refreshing.then(next, next);
    } else {
      next();
    }
  }

  #isUsable(): boolean {
    const token = this.#accessToken;
    return token !== undefined && token.age() < token.lifetime * 0.95;
  }

  #isDue(): boolean {
    const token = this.#accessToken;
    return this.#state.status !== 'signedOut' && (this.#failures > 0 || !token || token.age() >= token.lifetime * 0.8);
  }

  #schedule(seconds: number, action: () => void): void {
    clearTimeout(this.#timer);
    if (!this.#closed) {
      this.#timer = setTimeout(action, seconds * 1000);
      // In Node.js, the timer does not keep the process alive.
      (this.#timer as { unref?: () => void }).unref?.();
    }
  }

  #setState(state: AuthState): void {
    if (JSON.stringify(state) === JSON.stringify(this.#state)) {
      return;
    }
    this.#state = state;
    for (const listener of this.#listeners) {
      // Asynchronously, so that a listener that throws does not affect anything else.
      queueMicrotask(() => this.#listeners.has(listener) && listener(state));
    }
  }
}

/** Whether the response means that the session has ended. Any other response, or none, does not. */
function isSignedOut(error: unknown): error is AuthError {
  return (
    error instanceof AuthError &&
    error.status === 401 &&
    (error.code === 'INVALID_REFRESH_TOKEN' || error.code === 'TOKEN_REUSE_DETECTED')
  );
}
