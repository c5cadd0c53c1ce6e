/** Finds what a source file imports and which globals it touches; `.ts` and `.svelte` alike. */
import ts from 'typescript';
import type { SourceFile } from './source-files.ts';

/** One import, in whatever form it is written. */
export interface Import {
  readonly specifier: string;
  readonly line: number;
  /** True when only types come through it. */
  readonly isType: boolean;
  /** The names that come as values, as the imported file calls them; `*` for all. */
  readonly values: readonly string[];
}

/** What the layer rules ask of a file. */
export interface FileFacts {
  readonly imports: readonly Import[];
  /** Lines with `export * from`. */
  readonly starExports: readonly number[];
  /** Names that the file uses and does not declare, such as `localStorage` or `navigator.locks`. */
  readonly globals: ReadonlySet<string>;
}

/** Reads one file. A component's scripts are read as they stand in it, so that lines are the component's. */
export function readFacts(file: SourceFile): FileFacts {
  const isSvelte = file.path.endsWith('.svelte');
  const source = ts.createSourceFile(
    'file.ts',
    isSvelte ? scriptsOf(file.text) : file.text,
    ts.ScriptTarget.Latest,
    true,
    ts.ScriptKind.TS,
  );
  const imports: Import[] = [];
  const starExports: number[] = [];
  const used = new Set<string>();
  const declared = new Set<string>();
  const lineOf = (node: ts.Node): number =>
    source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
  const add = (node: ts.Node, specifier: ts.Node | undefined, isType: boolean, values: string[]): void => {
    if (specifier && ts.isStringLiteralLike(specifier)) {
      imports.push({ specifier: specifier.text, line: lineOf(node), isType, values });
    }
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      const values = importedValues(node.importClause);
      add(node, node.moduleSpecifier, values?.length === 0, values ?? []);
    } else if (ts.isExportDeclaration(node)) {
      const { exportClause } = node;
      if (!exportClause) starExports.push(lineOf(node));
      const values =
        exportClause && ts.isNamedExports(exportClause) ? namedValues(exportClause.elements) : ['*'];
      const isType = node.isTypeOnly || values.length === 0;
      add(node, node.moduleSpecifier, isType, isType ? [] : values);
    } else if (ts.isImportTypeNode(node)) {
      add(node, ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, true, []);
    } else if (ts.isCallExpression(node) && isLoader(node.expression, source)) {
      for (const literal of literalsOf(node.arguments[0])) add(node, literal, false, ['*']);
    } else if (ts.isNewExpression(node) && node.expression.getText(source) === 'URL') {
      const [address, base] = node.arguments ?? [];
      if (base?.getText(source) === 'import.meta.url') add(node, address, false, ['*']);
    }
    if (ts.isIdentifier(node)) noteName(node, used, declared);
    ts.forEachChild(node, visit);
  };
  visit(source);
  if (isSvelte) imports.push(...markupImports(file.text));
  return { imports, starExports, globals: new Set([...used].filter((name) => !declared.has(rootOf(name)))) };
}

/** Blanks everything outside a component's scripts and keeps every line where it is. */
function scriptsOf(component: string): string {
  let result = '';
  let end = 0;
  const blank = (text: string): string => text.replaceAll(/[^\n]/g, ' ');
  for (const match of component.matchAll(/(<script\b[^>]*>)([\s\S]*?)<\/script>/g)) {
    const start = match.index + (match[1] ?? '').length;
    const script = match[2] ?? '';
    result += blank(component.slice(end, start)) + script;
    end = start + script.length;
  }
  return result + blank(component.slice(end));
}

/** Dynamic imports in a component's markup, as in `{#await import('./part.svelte')}`. */
function markupImports(component: string): Import[] {
  const markup = component.replaceAll(/<script\b[^>]*>[\s\S]*?<\/script>/g, (script) =>
    script.replaceAll(/[^\n]/g, ' '),
  );
  return [...markup.matchAll(/\bimport\(\s*['"]([^'"]+)['"]/g)].map((match) => ({
    specifier: match[1] ?? '',
    line: markup.slice(0, match.index).split('\n').length,
    isType: false,
    values: ['*'],
  }));
}

/** The names that an import brings as values; none for types only; undefined for an import for its effect. */
function importedValues(clause: ts.ImportClause | undefined): string[] | undefined {
  if (!clause) return undefined;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return [];
  const { namedBindings } = clause;
  const named = namedBindings && ts.isNamedImports(namedBindings) ? namedValues(namedBindings.elements) : [];
  const all = namedBindings && ts.isNamespaceImport(namedBindings) ? ['*'] : [];
  return [...(clause.name ? ['default'] : []), ...named, ...all];
}

function namedValues(elements: readonly (ts.ImportSpecifier | ts.ExportSpecifier)[]): string[] {
  return elements
    .filter((element) => !element.isTypeOnly)
    .map((element) => (element.propertyName ?? element.name).text);
}

function isLoader(callee: ts.Expression, source: ts.SourceFile): boolean {
  return callee.kind === ts.SyntaxKind.ImportKeyword || callee.getText(source) === 'import.meta.glob';
}

function literalsOf(argument: ts.Expression | undefined): readonly ts.Node[] {
  if (!argument) return [];
  return ts.isArrayLiteralExpression(argument) ? argument.elements : [argument];
}

/** Notes a name as declared here, or as used; `navigator` with the member that is asked of it. */
function noteName(node: ts.Identifier, used: Set<string>, declared: Set<string>): void {
  const { parent } = node;
  const isName = 'name' in parent && parent.name === node;
  if (ts.isPropertyAccessExpression(parent) && isName) {
    if (/^(globalThis|window|self)$/.test(parent.expression.getText())) used.add(node.text);
    return;
  }
  if (ts.isPropertyAssignment(parent) && isName) return;
  if (ts.isTypeReferenceNode(parent) || ts.isQualifiedName(parent) || isMemberDeclaration(parent)) {
    if (isName || ts.isTypeReferenceNode(parent)) return;
  }
  if (isName && isBinding(parent)) {
    declared.add(node.text);
    return;
  }
  const isChain = ts.isPropertyAccessExpression(parent) && node.text === 'navigator';
  used.add(isChain ? `navigator.${parent.name.text}` : node.text);
}

function isMemberDeclaration(node: ts.Node): boolean {
  return (
    ts.isPropertySignature(node) ||
    ts.isPropertyDeclaration(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isMethodSignature(node) ||
    ts.isGetAccessorDeclaration(node) ||
    ts.isSetAccessorDeclaration(node) ||
    ts.isQualifiedName(node)
  );
}

function isBinding(node: ts.Node): boolean {
  return (
    ts.isVariableDeclaration(node) ||
    ts.isParameter(node) ||
    ts.isBindingElement(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isFunctionExpression(node) ||
    ts.isClassDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isTypeParameterDeclaration(node) ||
    ts.isImportSpecifier(node) ||
    ts.isImportClause(node) ||
    ts.isNamespaceImport(node)
  );
}

function rootOf(name: string): string {
  return name.split('.')[0] ?? name;
}
