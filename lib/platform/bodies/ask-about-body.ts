import 'server-only'
import { existsSync } from 'node:fs'
import { textOf } from '@/lib/domain/responses/response'
import { succeed, type Result } from '@/lib/domain/result'
import { logger } from '@/lib/platform/log/logger'
import type { BodyQuestion } from './body-question'
import { BodyThread } from './body-thread'

/** In bytes. What is larger is never parsed, searched or redacted in the main thread, which would block everybody. */
export const mostInMainThread = 64 * 1024

/** In bytes. Parsing XML takes ten times as long as parsing JSON. */
const mostXmlInMainThread = 8 * 1024

export function fitsMainThread(...bodies: readonly Uint8Array[]): boolean {
  return bodies.reduce((sum, { byteLength }) => sum + byteLength, 0) <= mostInMainThread
}

/** In bytes: what takes longer waits by itself, so that a token, or a line of the request log, does not wait for it. */
const largest = 1024 * 1024

type Threads = { medium?: BodyThread; large?: BodyThread }

// Threads of the process, which hot reloads in development share.
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
 * Asks about bodies: small ones in this thread, without a copy; large ones in another, with a limit of time and
 * memory. `too_costly`: it was reached, or too many others are waiting.
 *
 * The input may contain secrets. A thread belongs to this process and its memory, so they leave neither (DATA §5).
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

/** Others may have a part of the same memory: short ones share it. */
function fillsItsMemory({ byteLength, buffer }: Uint8Array): boolean {
  return byteLength === buffer.byteLength
}
