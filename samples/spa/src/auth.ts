import { createAuthClient } from '@auth/client';

export const authUrl = import.meta.env.VITE_AUTH_URL ?? location.origin;
export const articlesUrl = import.meta.env.VITE_ARTICLES_URL ?? location.origin;

export const auth = createAuthClient({ baseUrl: authUrl, fetchOrigins: [articlesUrl] });
