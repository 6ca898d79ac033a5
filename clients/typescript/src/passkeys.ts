import type { components } from './api.js';
import { AuthError, type AuthErrorCode } from './errors.js';
import { isHidden } from './tabs.js';
import type { PasskeyProof } from './types.js';

type Options = components['schemas']['PasskeyOptionsResponse'];

/** How a passkey is asked for. */
interface Manner {
  /** Offers passkeys in the autofill of a field, instead of in a dialog. */
  readonly mediation?: 'conditional' | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Challenges are valid for 300 seconds; nobody knows when a user opens the autofill. */
const AUTOFILL_SECONDS = 240;

/** The request that the browser is working on. It allows one for each page. */
let running: AbortController | undefined;

/** Whether this browser has passkeys. */
export function hasPasskeys(): boolean {
  return typeof PublicKeyCredential === 'function';
}

/** Creates a passkey. The options are there already: to get them, the user may have to use another one. */
export function createPasskey(options: Options, signal?: AbortSignal): Promise<PasskeyProof> {
  return ask(async () => options, { signal }, (options, signal) =>
    navigator.credentials.create({
      publicKey: (PublicKeyCredential.parseCreationOptionsFromJSON ?? read)(options as never) as never,
      signal,
    }),
  );
}

/** Uses a passkey. */
export async function usePasskey(load: () => Promise<Options>, manner: Manner = {}): Promise<PasskeyProof> {
  const { mediation } = manner;
  if (mediation && !(hasPasskeys() && (await PublicKeyCredential.isConditionalMediationAvailable?.()))) {
    throw passkeyError();
  }
  for (;;) {
    try {
      return await ask(load, manner, (options, signal) =>
        navigator.credentials.get({
          publicKey: (PublicKeyCredential.parseRequestOptionsFromJSON ?? read)(options as never) as never,
          signal,
          ...(mediation && { mediation }),
        }),
      );
    } catch (error) {
      if (!mediation || ((error as AuthError).cause as Error | undefined)?.name !== 'TimeoutError') {
        throw error;
      }
    }
    if (isHidden()) {
      await new Promise((resolve) => document.addEventListener('visibilitychange', resolve, { once: true }));
    }
  }
}

async function ask(
  load: () => Promise<Options>,
  { mediation, signal }: Manner,
  perform: (options: unknown, signal: AbortSignal) => Promise<Credential | null>,
): Promise<PasskeyProof> {
  if (!hasPasskeys()) {
    throw passkeyError();
  }
  const own = new AbortController();
  // To end a request that has ended already does nothing.
  const end = (reason?: unknown) => own.abort(reason);
  signal?.addEventListener('abort', () => end());
  if (signal?.aborted) {
    end();
  } else {
    running?.abort();
    running = own;
  }
  try {
    const { challengeToken, options } = await load();
    if (mediation) {
      setTimeout(end, AUTOFILL_SECONDS * 1000, new DOMException('', 'TimeoutError'));
    }
    return { challengeToken, credential: write((await perform(options, own.signal)) as PublicKeyCredential) };
  } catch (error) {
    throw error instanceof AuthError ? error : passkeyError(error);
  }
}

/** Browsers do not tell whether a user has declined, has no passkey, or has taken too long. */
const CODES: Readonly<Record<string, AuthErrorCode>> = {
  NotAllowedError: 'PASSKEY_CANCELLED',
  AbortError: 'PASSKEY_CANCELLED',
  TimeoutError: 'PASSKEY_CANCELLED',
  InvalidStateError: 'PASSKEY_EXISTS',
};

function passkeyError(cause?: unknown): AuthError {
  return new AuthError(0, { code: CODES[(cause as Error | undefined)?.name ?? ''] ?? 'PASSKEY_UNAVAILABLE' }, undefined, cause);
}

// JSON and back. Browsers before 2025 leave that to the page.

type Json = Record<string, unknown> & { readonly [id in 'challenge' | 'id']?: string };

function read(json: Json): object {
  const { challenge, user, excludeCredentials, allowCredentials } = json;
  const readIds = (list: unknown) => (list as readonly Json[] | undefined)?.map(readId);
  return {
    ...json,
    challenge: decode(challenge!),
    ...(user ? { user: readId(user as Json) } : {}),
    excludeCredentials: readIds(excludeCredentials),
    allowCredentials: readIds(allowCredentials),
  };
}

function readId(json: Json): object {
  return { ...json, id: decode(json.id!) };
}

function write(credential: PublicKeyCredential): object {
  if (credential.toJSON) {
    return credential.toJSON() as object;
  }
  const { id, type, authenticatorAttachment } = credential;
  const response = credential.response as AuthenticatorAttestationResponse & AuthenticatorAssertionResponse;
  return {
    id,
    rawId: id,
    type,
    authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: {
      ...Object.fromEntries(
        (['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle'] as const)
          .filter((key) => response[key])
          .map((key) => [key, encode(response[key]!)]),
      ),
      transports: response.getTransports?.(),
    },
  };
}

function decode(base64url: string): Uint8Array {
  return Uint8Array.from(atob(base64url.replace(/-/g, '+').replace(/_/g, '/')), (char) => char.charCodeAt(0));
}

function encode(buffer: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=/g, '');
}
