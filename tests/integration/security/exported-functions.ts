import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

/** What lib exports, read from its sources, so that new functions are tested automatically. */

export type ExportedFunction = {
  file: string
  name: string
  /** Its type as written. */
  firstParameter: string | null
  /** Whether its declared return type is not a promise, so that it neither reads nor writes. */
  answersAtOnce: boolean
}

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
  return parse(file)
    .statements.filter(isExported)
    .flatMap(namedFunctions)
    .map(([name, { parameters, type }]) => ({
      file,
      name,
      firstParameter: parameters[0]?.type?.getText() ?? null,
      answersAtOnce: type !== undefined && !/^(Promise|AsyncGenerator)\b/.test(type.getText()),
    }))
}

function isExported(statement: ts.Statement): boolean {
  return (
    ts.canHaveModifiers(statement) &&
    (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
  )
}

type Written = ts.FunctionDeclaration | ts.ArrowFunction | ts.FunctionExpression

function namedFunctions(statement: ts.Statement): [string, Written][] {
  if (ts.isFunctionDeclaration(statement)) return statement.name ? [[statement.name.text, statement]] : []
  if (!ts.isVariableStatement(statement)) return []
  return statement.declarationList.declarations.flatMap(({ name, initializer }): [string, Written][] =>
    initializer && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer))
      ? [[name.getText(), initializer]]
      : [],
  )
}

/** The exports of a file that are results of a call: `export const createFlow = operation({ … })`. */
export function exportedCalls(file: string): { file: string; name: string; of: string }[] {
  return parse(file)
    .statements.filter(isExported)
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => declarationList.declarations)
    .flatMap(({ name, initializer }) =>
      initializer && ts.isCallExpression(initializer) && ts.isIdentifier(name)
        ? [{ file, name: name.text, of: initializer.expression.getText() }]
        : [],
    )
}

/** `operation({ … })`, or a factory of one that takes its dependencies: `createInstanceWith(startAuthorisation)`. */
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

/**
 * The same for every function whose first parameter is an actor without a permission and that reads or writes
 * something. The API and the MCP endpoint are entry points: their tests try every route and every tool with keys of every
 * kind.
 */
export function functionsOfActors(): string[] {
  return functionsTaking(
    /^(?!PermittedActor$)\w*Actor$/,
    ({ file, answersAtOnce }) => !answersAtOnce && !/^lib\/(api|mcp)\//.test(file),
  )
}

/** The same for functions with a parameter that only the runner of operations and `callEndpoint` can pass. */
export function steps(): string[] {
  return functionsTaking(/^(PermittedActor|(Pick<)?Context)\b/)
}

function functionsTaking(first: RegExp, counts: (found: ExportedFunction) => boolean = () => true): string[] {
  return sourceFiles()
    .flatMap(exportedFunctions)
    .filter((found) => first.test(found.firstParameter ?? '') && counts(found))
    .map(({ file, name }) => `${file}#${name}`)
}

/**
 * Server actions: every export of a 'use server' file can be called by anyone who finds its id.
 * `takesForm`: the form's last state and its data, not an object.
 */
export function serverActions(): { file: string; name: string; takesForm: boolean }[] {
  return sourceFiles()
    .filter((file) => /^['"]use server['"]/m.test(readFileSync(file, 'utf8')))
    .flatMap((file) => [
      ...exportedFunctions(file).map(({ name, firstParameter }) => ({
        ...{ file, name },
        takesForm: firstParameter === 'FormState',
      })),
      ...exportedCalls(file).map(({ name, of }) => ({ file, name, takesForm: of === 'formActionOf' })),
    ])
}
