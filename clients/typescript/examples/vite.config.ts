import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

const pages = ['angular', 'factors', 'frontend', 'quick-start', 'react', 'svelte', 'vanilla'];

export default defineConfig({
  plugins: [svelte()],
  build: { rollupOptions: { input: pages.map((page) => `${page}.html`) } },
});
