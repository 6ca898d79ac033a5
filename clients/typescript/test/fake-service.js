import { mock } from 'node:test';

export const BASE = 'https://auth.example.com';
export const PASSWORD = 'correct-horse-battery-staple';

/** The service, as far as clients see it, and the browser's cookie jar: a refresh token is `session.generation`. */
export class FakeService {
  lifetime = 900;
  graceSeconds = 30;
  users = new Map();
  sessions = [];
  requests = [];
  cookie = undefined;
  /** What happens to a request on its way: may throw, or return the response that another machine gives. */
  onRequest = () => undefined;
  /** What happens to a response on its way. */
  onResponse = (response) => response;
  /** Answers of routes that tests need beyond those below. */
  routes = {};

  constructor() {
    this.fetch = this.fetch.bind(this);
  }

  async fetch(input, init) {
    const request = new Request(input, init);
    const { origin, pathname } = new URL(request.url);
    const text = await request.text();
    const record = {
      origin,
      path: pathname,
      method: request.method,
      body: text && JSON.parse(text),
      token: request.headers.get('Authorization')?.replace('Bearer ', ''),
      credentials: request.credentials,
    };
    this.requests.push(record);
    await turn();
    const elsewhere = await this.onRequest(record);
    if (elsewhere) {
      return elsewhere;
    }
    const response = this.#answer(record);
    await turn();
    return this.onResponse(response, record);
  }

  count(path) {
    return this.requests.filter((request) => request.path === path).length;
  }

  addUser(email, more = {}) {
    const id = `user-${this.users.size + 1}`;
    this.users.set(email, {
      password: PASSWORD,
      user: { id, email, displayName: null, emailConfirmed: false, roles: ['viewer'], permissions: [], ...more },
    });
    return this.users.get(email).user;
  }

  /** A user who has signed in in this browser before. */
  signedIn(email = 'ada@example.com') {
    const user = this.addUser(email);
    const session = this.#start(email);
    this.cookie = tokenOf(session);
    return { user, session };
  }

  end(session, reason) {
    session.ended = reason;
  }

  #start(email) {
    const session = { id: `session-${this.sessions.length + 1}`, email, generation: 1, rotatedAt: [], ended: undefined };
    this.sessions.push(session);
    return session;
  }

  #answer({ origin, path, method, body, token }) {
    const special = this.routes[`${method} ${path}`];
    if (special) {
      return special({ token, body, session: this.#sessionOf(token) });
    }
    if (origin !== BASE) {
      return json(200, { token });
    }
    switch (path) {
      case '/api/auth/register': {
        if (this.users.has(body.email)) {
          return problem(409, 'EMAIL_ALREADY_REGISTERED');
        }
        this.addUser(body.email, { displayName: body.displayName ?? null });
        return this.#signIn(201, this.#start(body.email), body);
      }
      case '/api/auth/login':
        return this.users.get(body.email)?.password === body.password
          ? this.#signIn(200, this.#start(body.email), body)
          : problem(401, 'INVALID_CREDENTIALS', { detail: 'The e-mail address or password is wrong.' });
      case '/api/auth/refresh':
        return this.#refresh(body);
      case '/api/auth/logout': {
        const session = this.#sessionOf(token) ?? this.#sessionOf(body?.refreshToken ?? this.cookie);
        session && (session.ended ??= 'logout');
        this.cookie = undefined;
        return new Response(null, { status: 204 });
      }
      default:
        return this.#protected(path, token);
    }
  }

  #protected(path, token) {
    const session = this.#sessionOf(token);
    if (!session) {
      return problem(401, token ? 'INVALID_TOKEN' : 'MISSING_TOKEN');
    }
    if (session.ended) {
      return problem(401, 'TOKEN_REVOKED', { reason: session.ended });
    }
    if (token !== session.accessToken) {
      return problem(401, 'TOKEN_EXPIRED');
    }
    if (path === '/api/auth/logout-all') {
      session.ended = 'logout_all';
    }
    return path.startsWith('/api/users') || path === '/api/auth/me'
      ? json(200, { email: session.email, displayName: 'Ada' })
      : new Response(null, { status: 204 });
  }

  #refresh(body) {
    const token = body?.refreshToken ?? this.cookie;
    const session = this.#sessionOf(token);
    if (!session || session.ended) {
      this.cookie = body ? this.cookie : undefined;
      return problem(401, 'INVALID_REFRESH_TOKEN', session && { reason: session.ended });
    }
    const generation = Number(token.split('.')[1]);
    const now = performance.now() / 1000;
    if (generation === session.generation) {
      session.rotatedAt[generation] = now;
      session.generation++;
    } else if (now - session.rotatedAt[generation] >= this.graceSeconds) {
      session.ended = 'reuse_detected';
      return problem(401, 'TOKEN_REUSE_DETECTED');
    }
    return this.#signIn(200, session, body && { refreshTokenIn: 'body' });
  }

  #signIn(status, session, body) {
    session.accessToken = `access-${session.id}.${Math.random()}`;
    const answer = {
      accessToken: session.accessToken,
      tokenType: 'Bearer',
      expiresIn: this.lifetime,
      refreshTokenExpiresAt: '2026-12-31T00:00:00Z',
      sessionId: session.id,
      user: this.users.get(session.email).user,
    };
    if (body?.refreshTokenIn === 'body') {
      answer.refreshToken = tokenOf(session);
      answer.deviceToken = body.deviceToken === undefined ? undefined : `device-${session.email}`;
    }
    // A cookie arrives with the response, or is lost with it.
    return Object.assign(json(status, answer), body?.refreshTokenIn !== 'body' && { cookie: tokenOf(session) });
  }

  #sessionOf(token) {
    return token && this.sessions.find(({ id }) => token.replace('access-', '').startsWith(`${id}.`));
  }
}

/** Installs a fake service, and clocks that only tests advance. */
export function install(t, { document } = { document: true }) {
  const service = new FakeService();
  const clock = { seconds: 1_000 };
  mock.timers.enable({ apis: ['setTimeout', 'Date'], now: Date.UTC(2026, 10, 28) });
  mock.method(performance, 'now', () => clock.seconds * 1000);
  mock.method(globalThis, 'fetch', async (input, init) => {
    const response = await service.fetch(input, init);
    if (response.cookie) {
      service.cookie = response.cookie;
    }
    return response;
  });
  const window = new EventTarget();
  if (document) {
    globalThis.document = Object.assign(new EventTarget(), { visibilityState: 'visible' });
    globalThis.addEventListener = window.addEventListener.bind(window);
  }
  t.after(() => {
    mock.timers.reset();
    mock.restoreAll();
    delete globalThis.document;
    delete globalThis.addEventListener;
  });

  /** Lets time pass, one second after the other. */
  async function pass(seconds) {
    for (let second = 0; second < seconds; second++) {
      clock.seconds++;
      mock.timers.tick(1000);
      await settle();
    }
  }

  /** Time passes while the device sleeps: no timer runs, and some monotonic clocks stop. */
  function sleep(seconds, { monotonic = true } = {}) {
    clock.seconds += monotonic ? seconds : 0;
    mock.timers.setTime(Date.now() + seconds * 1000);
  }

  function show(visibilityState) {
    globalThis.document.visibilityState = visibilityState;
    globalThis.document.dispatchEvent(new Event('visibilitychange'));
  }

  return { service, window, pass, sleep, show };
}

export function json(status, body, headers) {
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } });
}

export function problem(status, code, more, headers) {
  return json(status, { status, code, detail: code, ...more }, headers);
}

/** Lets everything happen that does not wait for a clock. */
export async function settle() {
  for (let i = 0; i < 12; i++) {
    await turn();
  }
}

/** Waits until something is the case. */
export async function until(condition) {
  for (let i = 0; !condition(); i++) {
    if (i === 10_000) {
      throw new Error(`It did not happen: ${condition}`);
    }
    await turn();
  }
}

function turn() {
  return new Promise((resolve) => setImmediate(resolve));
}

function tokenOf({ id, generation }) {
  return `${id}.${generation}`;
}
