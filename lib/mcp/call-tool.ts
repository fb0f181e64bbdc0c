import 'server-only'
import type { CallToolResult } from '@modelcontextprotocol/server'
import type { Actor } from '@/lib/domain/access/actor'
import { refusalOfFailure } from '@/lib/api/failure'
import { readInput } from '@/lib/operations/input'
import { refusalResult, resultOf } from './result'
import { refusalOfTool, type Tool } from './tool'

/** Runs a tool. Refusals and faults are results, which an agent reads; the sentences are those of the REST API. */
export async function callTool(actor: Actor, tool: Tool, given: unknown): Promise<CallToolResult> {
  try {
    const refused = refusalOfTool(actor, tool)
    if (refused) return refusalResult(refused)
    const input = readInput(tool.input, given)
    if (!input.ok) return refusalResult(input.error)
    const result = await tool.run(actor, input.value)
    return result.ok ? resultOf(result.value) : refusalResult(result.error)
  } catch (error) {
    return refusalResult(refusalOfFailure(error))
  }
}
