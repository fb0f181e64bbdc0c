import type { SandboxState } from '../state'
import type { Caller } from './caller'
import { ApiFaultError } from './fault'

type Window = { second: number; used: number }

/** Limits the requests per clock second and caller. */
export function createRateLimiter(state: SandboxState): (caller: Caller | null) => Record<string, string> {
  const windows = new Map<string, Window>()
  return (caller): Record<string, string> => {
    if (state.rateLimit === null) return {}
    const key = caller ? `${caller.type}:${caller.name}` : 'nobody'
    const second = Math.floor(Date.now() / 1000)
    const window = windows.get(key)?.second === second ? windows.get(key)! : { second, used: 0 }
    windows.set(key, window)
    window.used += 1
    if (window.used > state.rateLimit) {
      throw new ApiFaultError(429, 'rate_limited', `At most ${state.rateLimit} requests per second`, {
        'retry-after': '1',
      })
    }
    return {
      'x-ratelimit-limit': String(state.rateLimit),
      'x-ratelimit-remaining': String(state.rateLimit - window.used),
    }
  }
}
