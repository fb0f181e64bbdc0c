import 'server-only'
import type { CallToolResult } from '@modelcontextprotocol/server'
import type { Actor } from '@/lib/domain/access/actor'
import type { Refusal } from '@/lib/domain/result'
import { refusalOfFailure } from '@/lib/api/failure'
import { readInput } from '@/lib/operations/input'
import { refusalResult, resultOf } from './result'
import { refusalOfTool, type Tool } from './tool'

/** Runs a tool. Refusals and faults are results, which an agent reads; the sentences are those of the REST API. */
export async function callTool(actor: Actor, tool: Tool, given: unknown): Promise<CallToolResult> {
  try {
    const refused = refusalOfTool(actor, tool)
    if (refused) return refusalResult(refused)
    const input = readInput(tool.input, given, 'program')
    if (!input.ok) return refusalResult(withInputNamed(input.error))
    const result = await tool.run(actor, input.value)
    return result.ok ? resultOf(result.value) : refusalResult(result.error)
  } catch (error) {
    return refusalResult(refusalOfFailure(error))
  }
}

/** What is wrong with the whole input needs a name too. */
function withInputNamed(refusal: Refusal): Refusal {
  if (refusal.fields === undefined) return refusal
  const fields = Object.entries(refusal.fields).map(([name, message]) => [name || 'input', message])
  return { ...refusal, fields: Object.fromEntries(fields) as Record<string, string> }
}
