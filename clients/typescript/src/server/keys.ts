import { createLocalJWKSet, errors, type CompactJWSHeaderParameters } from 'jose';

const LIFETIME = 15 * 60 * 1000;
const PAUSE = 5000; // anybody can send tokens that name unknown keys

/** The public keys of the issuer in memory. They are kept until others have been fetched. */
export class IssuerKeys {
  readonly #address: string;
  readonly #fetch: typeof globalThis.fetch;
  #known: ReturnType<typeof createLocalJWKSet> | undefined;
  #loading: Promise<void> | undefined;
  #started = -Infinity;
  #due = -Infinity;

  constructor(address: string, fetch: typeof globalThis.fetch) {
    this.#address = address;
    this.#fetch = fetch;
  }

  /** Finds the key that a header names, and fetches the keys if it is unknown and they were not just fetched. */
  async find(header: CompactJWSHeaderParameters, pause = PAUSE): Promise<CryptoKey> {
    try {
      return await this.#find(header);
    } catch (failure) {
      if (this.#known && !(failure instanceof errors.JWKSNoMatchingKey)) {
        throw failure;
      }
    }
    if (performance.now() - this.#started >= pause || this.#loading) {
      await this.#load();
    }
    return this.#find(header);
  }

  /** Finds the key of a header that the issuer itself has sent. */
  findNamedByIssuer(header: CompactJWSHeaderParameters): Promise<CryptoKey> {
    return this.find(header, 0);
  }

  /** Says that the keys have changed. */
  expire(): void {
    this.#due = -Infinity;
  }

  /** Fetches the keys if they are old, or could not be fetched the last time. */
  loadIfDue(): void {
    if (performance.now() >= this.#due) {
      void this.#load();
    }
  }

  #find(header: CompactJWSHeaderParameters): Promise<CryptoKey> {
    if (!this.#known) {
      throw new Error('The keys of the issuer are not known.');
    }
    return this.#known(header);
  }

  #load(): Promise<void> {
    this.#loading ??= this.#loadOnce().finally(() => (this.#loading = undefined));
    return this.#loading;
  }

  async #loadOnce(): Promise<void> {
    this.#started = performance.now();
    this.#due = this.#started + LIFETIME; // before the request: the keys may change during it
    try {
      const response = await this.#fetch(this.#address, {
        headers: { 'Cache-Control': 'no-cache' }, // a shared cache may still have a withdrawn key
        signal: AbortSignal.timeout(10_000),
        redirect: 'error',
      });
      if (!response.ok) {
        throw new Error(`The keys cannot be read (status ${response.status}).`);
      }
      this.#known = createLocalJWKSet(await response.json());
    } catch {
      this.expire(); // the known keys are kept
    }
  }
}
