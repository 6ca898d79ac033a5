// Checks that the type declarations are complete and contain no `any`.
import { join } from 'node:path';
import ts from 'typescript';

const dist = join(import.meta.dirname, '..', 'dist');
const program = ts.createProgram([join(dist, 'index.d.ts')], {
  strict: true,
  exactOptionalPropertyTypes: true,
  module: ts.ModuleKind.NodeNext,
  lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  types: [],
  noEmit: true,
});

// Missing types and missing declarations are errors, so any other `any` is explicit.
const problems = ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
for (const file of program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(dist))) {
  visit(file, (node) => {
    if (node.kind === ts.SyntaxKind.AnyKeyword) {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
      problems.push(`${file.fileName}:${line + 1}: any`);
    }
  });
}

function visit(node, action) {
  action(node);
  node.forEachChild((child) => visit(child, action));
}

console.log(problems.length > 0 ? problems.join('\n') : 'the type declarations are complete and contain no any');
process.exitCode = problems.length > 0 ? 1 : 0;
