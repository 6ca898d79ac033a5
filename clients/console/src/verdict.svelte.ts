import { createContext } from 'svelte';

/** A form that is sent: its fields remember what they sent. */
export class Submission {
  readonly #fields = new Set<() => void>();

  /** Adds a field; returns how to remove it. */
  join(remember: () => void): () => void {
    this.#fields.add(remember);
    return () => this.#fields.delete(remember);
  }

  /** To be called before the values are sent. */
  begin(): void {
    this.#fields.forEach((remember) => remember());
  }
}

export const [getSubmission, setSubmission] = createContext<Submission>();

/** What the service has said about a value: it applies to the value that was sent, not to the one that is typed after that. */
export class Verdict {
  readonly #error: () => string | undefined;
  readonly #value: () => string;
  #sent = $state.raw<string>();

  constructor(error: () => string | undefined, value: () => string) {
    this.#error = error;
    this.#value = value;
    const submission = getSubmission();
    $effect(() => submission.join(() => (this.#sent = value())));
  }

  get text(): string | undefined {
    return this.#value() === this.#sent ? this.#error() : undefined;
  }
}
