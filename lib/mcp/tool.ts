import { z } from 'zod'
import type { Actor } from '@/lib/domain/access/actor'
import type { Refusal, Result } from '@/lib/domain/result'
import type { ApiRefusal } from '@/lib/api/problem'
import { refusalFor, type Operation } from '@/lib/operations/operation'

/** A tool as `tools/list` shows it and `tools/call` runs it (MCP 2026-07-28, server/tools). */
export type Tool = {
  name: string
  /** Every operation without which the tool is of no use. Their permissions decide who sees it. */
  operations: readonly Gate[]
  input: z.ZodObject
  listed: () => ListedTool
  /** @param input has passed the schema */
  run: (actor: Actor, input: unknown) => Promise<Result<object, ApiRefusal>>
}

/** What decides who may call an operation. */
export type Gate = { definition: Pick<Operation<z.ZodType, z.ZodType>['definition'], 'permission'> & Keys }
type Keys = Pick<Operation<z.ZodType, z.ZodType>['definition'], 'restrictedKeys' | 'callOnlyKeys'>

export type Annotations = {
  readOnlyHint: boolean
  destructiveHint: boolean
  idempotentHint: boolean
  openWorldHint: boolean
}

type ObjectSchema = { type: 'object'; [keyword: string]: unknown }
export type ListedTool = {
  name: string
  title: string
  description: string
  inputSchema: ObjectSchema
  outputSchema: ObjectSchema
  annotations: Annotations
}

/** Reads what Patchbay has stored: changes nothing and asks no third party. */
export const reads: Annotations = {
  ...{ readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
}

type Definition<Input extends z.ZodObject, Output extends z.ZodObject> = {
  name: string
  title: string
  /** For an agent: what it does, and when to use it. */
  description: string
  annotations: Annotations
  operations: readonly Gate[]
  /** A strict object. */
  input: Input
  /** A strict object: `structuredContent` conforms to it. */
  output: Output
  run: (actor: Actor, input: z.output<Input>) => Promise<Result<z.output<Output>, Refusal>>
}

export function tool<Input extends z.ZodObject, Output extends z.ZodObject>(
  definition: Definition<Input, Output>,
): Tool {
  const { name, title, description, annotations, operations, input, output } = definition
  let listed: ListedTool | undefined
  return {
    ...{ name, operations, input },
    listed: () =>
      (listed ??= {
        ...{ name, title, description, annotations },
        inputSchema: jsonSchemaOf(input, 'input'),
        outputSchema: jsonSchemaOf(output, 'output'),
      }),
    // `callTool` has read the input with the same schema.
    run: (actor, given) => definition.run(actor, given as z.output<Input>),
  }
}

function jsonSchemaOf(schema: z.ZodObject, io: 'input' | 'output'): ObjectSchema {
  return z.toJSONSchema(schema, { io, target: 'draft-2020-12' }) as ObjectSchema
}

/** Why this actor can never use the tool, whatever the input; null if they can. */
export function refusalOfTool(actor: Actor, { operations }: Tool): Refusal | null {
  for (const { definition } of operations) {
    const refusal = refusalFor(actor, definition)
    if (refusal) return refusal
  }
  return null
}
