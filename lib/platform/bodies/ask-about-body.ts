import 'server-only'
import { existsSync } from 'node:fs'
import { textOf } from '@/lib/domain/responses/response'
import { succeed, type Result } from '@/lib/domain/result'
import { logger } from '@/lib/platform/log/logger'
import type { BodyQuestion } from './body-question'
import { BodyThread } from './body-thread'

/**
 * In bytes. A larger body is never parsed, searched or redacted in the main thread, where it would block all requests.
 */
export const mostInMainThread = 64 * 1024

/** In bytes. Parsing XML takes ten times as long as parsing JSON. */
const mostXmlInMainThread = 8 * 1024

export function fitsMainThread(...bodies: readonly Uint8Array[]): boolean {
  return bodies.reduce((sum, { byteLength }) => sum + byteLength, 0) <= mostInMainThread
}

/**
 * In bytes: larger bodies have their own thread, so that a token or a line of the request log does not wait for them.
 */
const largest = 1024 * 1024

type Threads = { medium?: BodyThread; large?: BodyThread }

// The threads of the process, shared across hot reloads in development.
const holder = globalThis as { patchbayBodyThreads?: Threads }

/** The app, the commands and the tests all run in the checkout, or in a folder that `npm run package` has made. */
function threadFile(): string {
  const source = `${process.cwd()}/lib/worker/body-thread.ts`
  return existsSync(source) ? source : `${process.cwd()}/programs/body-thread.mjs`
}

function threadFor(bytes: number): BodyThread {
  const threads = (holder.patchbayBodyThreads ??= {})
  return (threads[bytes <= largest ? 'medium' : 'large'] ??= new BodyThread({
    file: threadFile(),
    onFailure: (error) => logger().error({ error }, 'a thread that reads large bodies has ended'),
  }))
}

function isLongXml(body: Uint8Array): boolean {
  return body.byteLength > mostXmlInMainThread && /^\s*</.test(textOf({ body: body.subarray(0, 256) }))
}

type About = {
  /** All bodies of the third party in the input. */
  bodies: readonly Uint8Array[]
  /** The bodies are no longer needed, so their memory is transferred to the thread instead of copied. */
  handOver?: boolean
}

/**
 * Asks about bodies: small ones in this thread, without a copy; large ones in another, with a limit of time and memory.
 * `too_costly`: the limit was reached, or too many others are waiting.
 *
 * The input may contain secrets. A thread belongs to this process and its memory, so they do not leave the process
 * (DATA §5).
 */
export async function askAboutBody<Input, Output>(
  question: BodyQuestion<Input, Output>,
  input: Input,
  { bodies, handOver = false }: About,
): Promise<Result<Output>> {
  const isSmall = fitsMainThread(...bodies) && !bodies.some(isLongXml)
  if (isSmall) return succeed(question.answer(input))
  const bytes = bodies.reduce((sum, { byteLength }) => sum + byteLength, 0)
  const memory = handOver ? bodies.filter(fillsItsMemory).map(({ buffer }) => buffer as ArrayBuffer) : []
  return (await threadFor(bytes).ask({ name: question.name, input, bytes, handOver: memory })) as Result<Output>
}

/** Whether nothing else uses the same memory: Node puts several short buffers into one block. */
function fillsItsMemory({ byteLength, buffer }: Uint8Array): boolean {
  return byteLength === buffer.byteLength
}
