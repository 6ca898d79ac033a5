// What the client adds to an application, as a bundler puts it there: at most 5 kB, and nothing if it is not used.
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const LIMIT = 5000;

async function measure(source) {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: import.meta.dirname },
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
    logLevel: 'error',
  });
  const { contents } = outputFiles[0];
  return { bytes: contents.length, gzipped: contents.length && gzipSync(contents, { level: 9 }).length };
}

const all = await measure("export * from '../dist/index.js';");
const none = await measure("import '../dist/index.js';");
console.log(`${all.gzipped} bytes gzipped of ${LIMIT}; unused: ${none.bytes} bytes`);
if (all.gzipped > LIMIT || none.bytes > 0) {
  process.exitCode = 1;
}
