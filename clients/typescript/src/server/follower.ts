import { compactVerify } from 'jose';
import { readKeyId } from './header.js';
import type { IssuerKeys } from './keys.js';
import type { RevocationList, Revocations } from './revocations.js';

const FIRST_EVENT = 5000;
const WITHOUT_STREAM = 30_000;
const LONGEST_PAUSE = 5000;

/** What the follower needs to know of the issuer. */
export interface Issuer {
  readonly issuer: string;
  readonly revocations: string;
  readonly keys: IssuerKeys;
}

/** Follows the revocations: by a stream if there is one, otherwise by asking every second. */
export class Follower {
  readonly #find: () => Promise<Issuer>;
  readonly #store: Revocations;
  readonly #fetch: typeof globalThis.fetch;
  readonly #algorithms: string[];
  readonly #interval: number;
  readonly #stop = new AbortController();
  #endPause = () => {};
  #stream: boolean;
  #streamFailed = -Infinity;
  #cursor = '';
  #issuedAt = 0;
  #answered: { after: string; tag: string } | undefined;
  #resolveReady!: () => void;
  readonly #startTimer: ReturnType<typeof setTimeout>;
  readonly ready = new Promise<void>((resolve) => (this.#resolveReady = resolve));

  constructor(
    find: () => Promise<Issuer>,
    store: Revocations,
    options: { fetch: typeof globalThis.fetch; algorithms: readonly string[]; interval: number; stream: boolean; startTimeout: number },
  ) {
    this.#find = find;
    this.#store = store;
    this.#fetch = options.fetch;
    this.#algorithms = [...options.algorithms];
    this.#interval = options.interval;
    this.#stream = options.stream;
    this.#startTimer = setTimeout(this.#resolveReady, options.startTimeout * 1000); // keeps a starting process alive
    void this.#follow();
  }

  close(): void {
    this.#stop.abort();
    this.#endPause();
    clearTimeout(this.#startTimer);
  }

  /** Fetches the list once. */
  async poll(): Promise<void> {
    const issuer = await this.#find();
    const after = this.#cursor;
    const response = await this.#fetch(issuer.revocations + (after && `?after=${encodeURIComponent(after)}`), {
      headers: this.#answered?.after === after ? { 'If-None-Match': this.#answered.tag } : {},
      signal: AbortSignal.any([this.#stop.signal, AbortSignal.timeout(10_000)]),
      redirect: 'error',
    });
    if (response.status === 304) {
      issuer.keys.loadIfDue();
      return;
    }
    if (!response.ok) {
      throw new Error(`The revocations cannot be read (status ${response.status}).`);
    }
    await this.#accept(issuer, await response.text(), after !== '');
    const tag = response.headers.get('ETag');
    this.#answered = tag ? { after, tag } : undefined;
  }

  async #follow(): Promise<void> {
    for (let failures = 0; !this.#stop.signal.aborted; ) {
      try {
        await this.poll();
        failures = 0;
        if (this.#stream && performance.now() - this.#streamFailed >= WITHOUT_STREAM) {
          await this.#read();
        }
        await this.#pause(this.#interval * 1000);
      } catch {
        // Many services lose the issuer at the same time, and should not return at the same time.
        failures++;
        await this.#pause(Math.min(LONGEST_PAUSE, 250 * 2 ** failures) * (0.5 + Math.random() / 2));
      }
      this.#store.sweep();
    }
  }

  /** Reads a stream until it ends. What happens until the next one is polled. */
  async #read(): Promise<void> {
    const idle = new AbortController();
    let timer = later(() => idle.abort(), FIRST_EVENT);
    let events = 0;
    try {
      const issuer = await this.#find();
      const response = await this.#fetch(issuer.revocations, {
        headers: { Accept: 'text/event-stream', ...(this.#cursor && { 'Last-Event-ID': this.#cursor }) },
        signal: AbortSignal.any([this.#stop.signal, idle.signal]),
        redirect: 'error',
      });
      if (!response.ok || !response.body || !response.headers.get('Content-Type')?.startsWith('text/event-stream')) {
        await response.body?.cancel();
        return;
      }
      const hasRest = this.#cursor !== '';
      for await (const text of readEvents(response.body)) {
        const list = await this.#accept(issuer, text, hasRest || events > 0);
        events++;
        this.#store.sweep();
        clearTimeout(timer);
        // A connection on which nothing arrives any more is dead, even if nobody has closed it.
        timer = later(() => idle.abort(), Math.max(1, (list.exp - list.iat) / 2) * 1000);
      }
    } catch {
      // polled next
    } finally {
      clearTimeout(timer);
      if (events === 0) {
        this.#streamFailed = performance.now();
      }
    }
  }

  async #accept(issuer: Issuer, text: string, mayBePart: boolean): Promise<RevocationList> {
    const keyId = readKeyId(text, 'revocations+jwt');
    // After an emergency, the list itself is what says that there are other keys.
    const { payload } = await compactVerify(text, (header) => issuer.keys.findNamedByIssuer(header), {
      algorithms: this.#algorithms,
    });
    const list = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload)) as RevocationList;
    if (
      list.iss !== issuer.issuer ||
      !(list.exp > list.iat) ||
      !Array.isArray(list.events) ||
      (!list.full && !mayBePart) || // a part makes sense only after the rest
      (await this.#store.isWithdrawn(keyId))
    ) {
      throw new Error('The list of revocations is not one of this issuer.');
    }
    if (this.#store.add(list)) {
      issuer.keys.expire();
    }
    issuer.keys.loadIfDue(); // not awaited: the next list may be as urgent
    if (list.iat >= this.#issuedAt) {
      this.#cursor = list.cursor;
      this.#issuedAt = list.iat;
    }
    clearTimeout(this.#startTimer);
    this.#resolveReady();
    return list;
  }

  #pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      this.#endPause = resolve;
      later(resolve, this.#stop.signal.aborted ? 0 : milliseconds);
    });
  }
}

/** The data of server-sent events (WHATWG HTML §9.2). An event that is cut off is dropped. */
async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  try {
    for (let rest = ''; ; ) {
      const { done, value } = await reader.read();
      if (done) {
        return;
      }
      const events = (rest + decoder.decode(value, { stream: true })).split('\n\n');
      rest = events.pop()!;
      for (const event of events) {
        const line = event.split('\n').find((text) => text.startsWith('data: '));
        if (line) {
          yield line.slice('data: '.length);
        }
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** A timer that does not keep the process alive. */
function later(action: () => void, milliseconds: number): ReturnType<typeof setTimeout> {
  const timer = setTimeout(action, milliseconds);
  (timer as unknown as { unref?: () => void }).unref?.();
  return timer;
}
