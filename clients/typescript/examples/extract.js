// Writes the examples of Markdown pages to files in src/readme, with the actual addresses of the services.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

const FILES = {
  'Sign in from your frontend': ['frontend.ts'],
  'Quick start': ['auth.ts', 'quick-start.ts'],
  'Without a framework': ['vanilla.ts'],
  React: ['react.tsx'],
  Svelte: ['Greeting.svelte'],
  Angular: ['interceptor.ts'],
  'Signed out': ['signed-out.ts'],
  'Second factors': ['second-factor.ts', 'authenticator-app.ts'],
  Passkeys: ['passkeys.ts'],
  'Without cookies: Capacitor and Node.js': ['capacitor.ts', 'node.ts'],
};

const pages = process.argv.slice(2);
const { AUTH_URL = 'http://localhost:5000', ARTICLES_URL = 'http://localhost:5100' } = process.env;
const folder = new URL('src/readme/', import.meta.url);
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);

for (const page of pages) {
  const text = readFileSync(page, 'utf8');
  for (const [section, heading] of text.matchAll(/^##+ (.*)\n(?:(?!##).*\n?)*/gm)) {
    const blocks = [...section.matchAll(/^```(?:ts|tsx|svelte)\n(.*?)^```/gms)].map(([, code]) => code);
    const files = FILES[heading] ?? [];
    if (blocks.length !== files.length) {
      throw new Error(`${page}: "${heading}" has ${blocks.length} examples; expected ${files.length}.`);
    }
    files.forEach((file, index) => {
      const code = blocks[index].replaceAll('http://localhost:5000', AUTH_URL).replaceAll('http://localhost:5100', ARTICLES_URL);
      writeFileSync(new URL(file, folder), code);
    });
  }
}
