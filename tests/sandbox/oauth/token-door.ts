import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type Provider from 'oidc-provider'
import type { TokenCall, TokenHold } from '../control/control'
import { answerJson } from '../http/answer'
import { readBody } from '../http/read-body'
import { takeOnce, type SandboxState } from '../state'
import { asForm, processCall, type ProcessedAnswer } from './process-call'
import { answerScripted, reshapeAnswer } from './token-answers'

function readParameters(request: IncomingMessage, body: string): Record<string, string> {
  try {
    return Object.fromEntries(new URLSearchParams(asForm(request, body)))
  } catch {
    return {}
  }
}

function noteCall(state: SandboxState, request: IncomingMessage, body: string): TokenCall {
  const parameters = readParameters(request, body)
  const call: TokenCall = {
    at: new Date().toISOString(),
    grantType: parameters.grant_type ?? '',
    outcome: null,
    status: null,
    error: null,
    delivered: false,
    contentType: request.headers['content-type'] ?? '',
    authorization: request.headers.authorization ?? '',
    parameters,
  }
  state.tokenCalls.push(call)
  return call
}

function noteAnswer(call: TokenCall, answer: ProcessedAnswer): void {
  call.outcome = answer.status === 200 ? 'succeeded' : 'refused'
  call.status = answer.status
  call.error = answer.status === 200 ? null : ((JSON.parse(answer.body) as { error?: string }).error ?? null)
}

/** Time to notice that a caller was killed just before the release. */
const noticeMs = 50

/** Waits as the test asked, but not after the caller has disconnected. */
async function wait(state: SandboxState, at: TokenHold, delayMs: number, gone: Promise<void>): Promise<void> {
  if (delayMs > 0) {
    let timer: NodeJS.Timeout | undefined
    await Promise.race([new Promise<void>((resolve) => (timer = setTimeout(resolve, delayMs))), gone])
    clearTimeout(timer)
  }
  if (state.tokenHold !== at) return
  state.heldTokenCalls += 1
  await Promise.race([state.holdEnded.then(() => sleep(noticeMs)), gone])
  state.heldTokenCalls -= 1
}

/** Processes one call at a time, so that a refresh token is used once even if several calls arrive together. */
function createQueue() {
  let last: Promise<unknown> = Promise.resolve()
  return <Value>(work: () => Promise<Value>): Promise<Value> => {
    const next = last.then(work, work)
    last = next
    return next
  }
}

/**
 * The token endpoint. The provider does the work; this counts, delays, blocks and reshapes. A caller that disconnects
 * before the work begins has no effect; one that disconnects later does.
 */
export function createTokenDoor(provider: Provider, state: SandboxState, path: string) {
  const inTurn = createQueue()

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const gone = new Promise<void>((resolve) => response.once('close', resolve))
    const body = await readBody(request)
    const call = noteCall(state, request, body)
    response.once('finish', () => (call.delivered = !response.closed))
    const delay = takeOnce(state.tokenDelay) ?? { beforeMs: 0, afterMs: 0 }
    const wanted = takeOnce(state.tokenAnswer)

    await wait(state, 'before_commit', delay.beforeMs, gone)
    if (response.closed || response.destroyed) return void (call.outcome = 'abandoned')
    if (wanted && answerScripted(wanted, response)) return void (call.outcome = 'scripted')

    const answer = await inTurn(() => processCall(provider, request, body, path)).catch(() => null)
    if (!answer)
      return answerJson(response, 400, { error: 'invalid_request', error_description: 'The body cannot be read' })
    noteAnswer(call, answer)
    await wait(state, 'after_commit', delay.afterMs, gone)
    const shaped = reshapeAnswer(wanted, answer)
    response.writeHead(shaped.status, shaped.headers).end(shaped.body)
  }
}
