import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

/** The service that `npm run dev` forwards calls to. */
const service = process.env.AUTH_SERVICE ?? 'http://localhost:5000';

export default defineConfig(({ command }) => ({
  plugins: [svelte()],
  // Relative, because only the service knows under which prefix a proxy serves it.
  base: command === 'build' ? './' : '/account/',
  resolve: {
    // The public entry of the client; its source, so that nothing has to be built before.
    alias: { '@auth/client': fileURLToPath(new URL('../typescript/src/index.ts', import.meta.url)) },
  },
  build: {
    outDir: fileURLToPath(new URL('../../src/Auth.Api/wwwroot/account', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    // The security policy allows neither data: URLs nor inline scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    license: { fileName: 'licenses.md' },
  },
  server: {
    fs: { allow: ['.', '../typescript/src'] },
    proxy: { '/api': service },
  },
}));
