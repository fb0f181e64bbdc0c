import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

/** What lib exports, read from its sources: so that what is added tomorrow is tested tomorrow. */

export type ExportedFunction = { file: string; name: string; firstParameter: string | null }

export function sourceFiles(folder = 'lib'): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.parentPath.includes('generated'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

export function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true)
}

export function exportedFunctions(file: string): ExportedFunction[] {
  const source = parse(file)
  return source.statements.filter(ts.isFunctionDeclaration).flatMap((declaration) => {
    const exported = declaration.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
    if (!exported || !declaration.name) return []
    return [
      { file, name: declaration.name.text, firstParameter: declaration.parameters[0]?.type?.getText(source) ?? null },
    ]
  })
}

/** What a file exports as the result of a call: `export const createFlow = operation({ … })`. */
export function exportedCalls(file: string): { file: string; name: string; of: string }[] {
  return parse(file)
    .statements.filter(ts.isVariableStatement)
    .filter(({ modifiers }) => modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword))
    .flatMap(({ declarationList }) => declarationList.declarations)
    .flatMap(({ name, initializer }) =>
      initializer && ts.isCallExpression(initializer) && ts.isIdentifier(name)
        ? [{ file, name: name.text, of: initializer.expression.getText() }]
        : [],
    )
}

/**
 * `operation({ … })`, or a maker of one that is handed what it depends on: `createInstanceWith(startAuthorisation)`.
 */
export function isOperation(call: string): boolean {
  return call === 'operation' || /^[a-z]\w+With(\(|$)/.test(call)
}

/** `lib/flows/create-flow.ts#createFlow`, for every operation. */
export function operationNames(): string[] {
  return sourceFiles()
    .flatMap(exportedCalls)
    .filter(({ of }) => isOperation(of))
    .map(({ file, name }) => `${file}#${name}`)
}

/** The same for every function that somebody is handed to as the first argument. */
export function functionsOfActors(): string[] {
  return sourceFiles()
    .flatMap(exportedFunctions)
    .filter(({ firstParameter }) => firstParameter === 'Actor')
    .map(({ file, name }) => `${file}#${name}`)
}

/** Server actions: whatever a file that begins with 'use server' exports can be called by anybody who finds its id. */
export function serverActions(): { file: string; name: string }[] {
  return sourceFiles()
    .filter((file) => /^['"]use server['"]/m.test(readFileSync(file, 'utf8')))
    .flatMap((file) => [...exportedFunctions(file), ...exportedCalls(file)])
    .map(({ file, name }) => ({ file, name }))
}
