import { AuthError } from '@auth/client';
import type { Texts } from './texts/index.svelte';

/** What went wrong, in words for people. */
export function describe(error: unknown, texts: Texts): string {
  const t = texts.errors;
  if (!(error instanceof AuthError)) {
    return t.other(undefined);
  }
  switch (error.code) {
    case 'INVALID_CREDENTIALS':
      return t.invalidCredentials;
    case 'EMAIL_ALREADY_REGISTERED':
      return t.emailTaken;
    case 'INVALID_OR_EXPIRED_TOKEN':
      return t.invalidToken;
    case 'INVALID_CODE':
      return t.invalidCode;
    case 'VALIDATION_FAILED':
      return t.invalidFields;
    case 'STEP_UP_REQUIRED':
      return t.notProved;
    case 'FORBIDDEN':
      return t.forbidden;
    case 'SECRET_LIMIT_REACHED':
      return t.secretLimit;
    case 'LAST_ADMINISTRATOR':
      return t.lastAdministrator;
    case 'FACTOR_LIMIT_REACHED':
      return t.tooManyFactors;
    case 'PASSKEY_CANCELLED':
      return t.passkeyCancelled;
    case 'PASSKEY_EXISTS':
      return t.passkeyExists;
    case 'PASSKEY_UNAVAILABLE':
      return t.passkeyUnavailable;
    case 'NOT_FOUND':
      return t.notFound;
    case 'CONCURRENT_UPDATE':
      return t.concurrentUpdate;
    case 'PAYLOAD_TOO_LARGE':
      return t.tooLarge;
    case 'RATE_LIMITED':
      return t.rateLimited(wait(error, texts));
    case 'SERVICE_UNAVAILABLE':
      return t.unavailable(wait(error, texts));
    case 'NETWORK_ERROR':
      return navigator.onLine ? t.unreachable : t.offline;
    case 'UNEXPECTED_RESPONSE':
      return t.unreachable;
    case 'USER_CHANGED':
      return t.userChanged;
    default: {
      const { traceId } = error.problem;
      return t.other(typeof traceId === 'string' ? traceId : undefined);
    }
  }
}

/** What the service says about the fields, in the language of the page if it is known there. */
export function describeFields(error: unknown, texts: Texts): Readonly<Record<string, string>> {
  if (!(error instanceof AuthError)) {
    return {};
  }
  return Object.fromEntries(
    Object.entries(error.errors).map(([field, messages]) => [
      field,
      messages.map((message) => texts.translate(message)).join(' '),
    ]),
  );
}

function wait({ retryAfter }: AuthError, { language }: Texts): string | undefined {
  if (!retryAfter) {
    return undefined;
  }
  const format = new Intl.RelativeTimeFormat(language);
  return retryAfter < 90 ? format.format(retryAfter, 'second') : format.format(Math.ceil(retryAfter / 60), 'minute');
}
