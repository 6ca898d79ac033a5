import { AuthError, type components } from '@auth/client';
import { auth } from './auth.svelte';
import { service } from './settings';

type Schemas = components['schemas'];

export type ServiceAccount = Schemas['ServiceAccountResponse'];
export type ServiceAccountChange = Schemas['ReplaceServiceAccountRequest'];
export type ServiceSecret = Schemas['ServiceSecretResponse'];
export type AddedServiceSecret = Schemas['AddedServiceSecretResponse'];

const accounts = 'api/service-accounts';

export const listServiceAccounts = () => call<ServiceAccount[]>('GET', accounts);

export const createServiceAccount = (account: Schemas['CreateServiceAccountRequest']) =>
  call<ServiceAccount>('POST', accounts, account);

export const replaceServiceAccount = (id: string, account: ServiceAccountChange) =>
  call<ServiceAccount>('PUT', `${accounts}/${id}`, account);

export const deleteServiceAccount = (id: string) => call<undefined>('DELETE', `${accounts}/${id}`);

export const listServiceSecrets = (id: string) => call<ServiceSecret[]>('GET', `${accounts}/${id}/secrets`);

export const addServiceSecret = (id: string) => call<AddedServiceSecret>('POST', `${accounts}/${id}/secrets`, {});

export const deleteServiceSecret = (id: string, secretId: string) =>
  call<undefined>('DELETE', `${accounts}/${id}/secrets/${secretId}`);

/** Calls a route that the client has no method for. */
async function call<T>(method: string, path: string, body?: object): Promise<T> {
  const init = body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  const response = await auth.fetch(new URL(path, service), { method, ...init }).catch((error: unknown) => {
    throw error instanceof AuthError ? error : new AuthError(0, { code: 'NETWORK_ERROR' }, undefined, error);
  });
  if (!response.ok) {
    const problem = (await response.json().catch(() => ({ code: 'UNEXPECTED_RESPONSE' }))) as { code: string };
    throw new AuthError(response.status, problem, Number(response.headers.get('Retry-After')) || undefined);
  }
  return (response.status === 204 ? undefined : await response.json()) as T;
}
