import { untrack } from 'svelte';

/** What the service has said about a value: it applies to the value that was sent, not to the one that is typed after that. */
export class Verdict {
  readonly #error: () => string | undefined;
  readonly #value: () => string;
  #rejected = $state.raw<string>();

  constructor(error: () => string | undefined, value: () => string) {
    this.#error = error;
    this.#value = value;
    $effect(() => {
      this.#rejected = error() === undefined ? undefined : untrack(value);
    });
  }

  get text(): string | undefined {
    return this.#value() === this.#rejected ? this.#error() : undefined;
  }
}
