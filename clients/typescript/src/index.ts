export type { components, operations, paths } from './api.js';
export { createAuthClient } from './client.js';
export { AuthError, type AuthErrorCode } from './errors.js';
export type * from './types.js';
