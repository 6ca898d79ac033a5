export { RefusedError } from './refused.js';
export { createVerifier } from './verifier.js';
export type * from './types.js';
