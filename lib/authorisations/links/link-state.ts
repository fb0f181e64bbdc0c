import type { LinkState } from './views'

type Pending = { state: 'live' | 'consumed' | 'superseded'; endedAt: Date | null }

type Link = {
  state: 'waiting' | 'opened' | 'succeeded' | 'refused' | 'superseded'
  expiresAt: Date
  /** The authorisation that began with it. */
  pending: Pending | null
}

/** The time in which the token endpoint has responded for certain: its limit is five minutes at most. */
const exchangeMinutes = 10

/** The state of a link as programs see it. A link whose time is over has no row of its own for that. */
export function linkStateOf({ state, expiresAt, pending }: Link, now: Date): LinkState {
  if (state === 'superseded') return 'expired'
  if (state === 'opened') return isUnderWay(pending, expiresAt, now) ? 'opened' : 'expired'
  return state === 'waiting' && expiresAt <= now ? 'expired' : state
}

/** After the person has returned, the code is being exchanged, whatever the time. */
function isUnderWay(pending: Pending | null, expiresAt: Date, now: Date): boolean {
  if (pending?.state === 'live') return expiresAt > now
  if (pending?.state !== 'consumed' || pending.endedAt === null) return false
  return pending.endedAt.getTime() + exchangeMinutes * 60_000 > now.getTime()
}
