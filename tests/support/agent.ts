import { Client, StreamableHTTPClientTransport, type ClientOptions } from '@modelcontextprotocol/client'
import { answerMcp } from '@/lib/mcp/answer-mcp'
import type { PersonActor } from '@/lib/domain/access/actor'
import { anApiKey } from './api-key-builders'

/** An agent that uses the MCP endpoint with the official client, in the process of the test. */

export const mcpUrl = new URL('http://localhost:3000/api/mcp')

/** What a tool returned: its structured content, or the refusal. */
export type ToolAnswer = { refusal: Refused | null; value: Record<string, unknown>; bytes: number; text: string }
type Refused = { code: string; message: string; field?: string; [more: string]: unknown }

export type Agent = {
  client: Client
  key: string
  keyId: string
  call: (name: string, input?: object) => Promise<ToolAnswer>
  toolNames: () => Promise<string[]>
}

export async function anAgent(
  owner: Pick<PersonActor, 'workspaceId' | 'userId'>,
  given: Parameters<typeof anApiKey>[1] = {},
  options: ClientOptions = { versionNegotiation: { mode: 'auto' } },
): Promise<Agent> {
  const { key, keyId } = await anApiKey(owner, given)
  const client = await aClient(key, options)
  return {
    ...{ client, key, keyId },
    call: (name, input = {}) => callTool(client, name, input),
    toolNames: async () => (await client.listTools()).tools.map(({ name }) => name),
  }
}

/** @param key null: none is sent */
export async function aClient(key: string | null, options: ClientOptions = {}): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' }, options)
  const headers: Record<string, string> = key === null ? {} : { authorization: `Bearer ${key}` }
  await client.connect(
    new StreamableHTTPClientTransport(mcpUrl, {
      requestInit: { headers },
      fetch: (url, init) => answerMcp(new Request(url, init)),
    }),
  )
  return client
}

async function callTool(client: Client, name: string, input: object): Promise<ToolAnswer> {
  const result = await client.callTool({ name, arguments: { ...input } })
  const [content] = result.content
  if (content?.type !== 'text') throw new Error(`${name} returned no text.`)
  const { text } = content
  return {
    refusal: result.isError ? (JSON.parse(text) as Refused) : null,
    value: (result.structuredContent ?? {}) as Record<string, unknown>,
    bytes: Buffer.byteLength(JSON.stringify(result)),
    text,
  }
}
