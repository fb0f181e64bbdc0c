import 'server-only'
import { listen } from '@/lib/platform/db/listen'
import { channelOf, topics, type Topic } from './topics'

/** The listener of the process, and the followers that get its signals. */

type Follower = { topic: Topic; workspaceId: string; signal: () => void }

type Listener = {
  followers: Set<Follower>
  close: (() => Promise<void>) | null
  /** Since when every signal has been received; null while the connection is broken. */
  listeningSince: number | null
  /** The time of the last signal for each topic and workspace, for the last minutes. */
  lastSignals: Map<string, number>
}

// One per process, which survives hot reloads in development.
const holder = globalThis as { patchbayLive?: Listener }
const listener = (holder.patchbayLive ??= {
  followers: new Set(),
  close: null,
  listeningSince: null,
  lastSignals: new Map(),
})

/** Clocks of processes differ, and signals are delayed. */
const toleranceMs = 5_000
const rememberedMs = 10 * 60_000
const mostRemembered = 10_000

/**
 * Calls `signal` for every signal of the topic in the workspace, and once whenever some may have been lost.
 * @returns a function that stops it
 */
export function follow(topic: Topic, workspaceId: string, signal: () => void): () => void {
  const follower = { topic, workspaceId, signal }
  listener.followers.add(follower)
  start()
  return () => void listener.followers.delete(follower)
}

/** Whether this process knows that there was no signal since then. @param time of an event, in milliseconds */
export function isCertainlyQuietSince(topic: Topic, workspaceId: string, time: number): boolean {
  const since = time - toleranceMs
  if (listener.listeningSince === null || since < listener.listeningSince || since < Date.now() - rememberedMs)
    return false
  return (listener.lastSignals.get(keyOf(topic, workspaceId)) ?? 0) < since
}

/** Ends the connection; the next follower opens another. */
export async function stopListening(): Promise<void> {
  const { close } = listener
  Object.assign(listener, { close: null, listeningSince: null })
  listener.lastSignals.clear()
  await close?.()
}

const keyOf = (topic: Topic, workspaceId: string) => `${topic} ${workspaceId}`
const topicOfChannel = new Map(topics.map((topic) => [channelOf(topic), topic]))

function start(): void {
  listener.close ??= listen({
    channels: topics.map(channelOf),
    onSignal: (channel, workspaceId) => {
      const topic = topicOfChannel.get(channel)
      if (topic) signalled(topic, workspaceId)
    },
    onConnected: () => {
      listener.listeningSince = Date.now()
      for (const { signal } of listener.followers) signal()
    },
    onLost: () => {
      listener.listeningSince = null
      listener.lastSignals.clear()
    },
  })
}

function signalled(topic: Topic, workspaceId: string): void {
  const { lastSignals, followers } = listener
  const key = keyOf(topic, workspaceId)
  // Keeps the map in the order of the last signal, the oldest first.
  lastSignals.delete(key)
  lastSignals.set(key, Date.now())
  if (lastSignals.size > mostRemembered) forget(lastSignals)
  for (const follower of followers)
    if (follower.topic === topic && follower.workspaceId === workspaceId) follower.signal()
}

/** A forgotten topic counts as unknown, so `listeningSince` moves up. */
function forget(lastSignals: Map<string, number>): void {
  const [oldest] = lastSignals
  if (!oldest) return
  const [key, time] = oldest
  lastSignals.delete(key)
  listener.listeningSince = Math.max(listener.listeningSince ?? 0, time + 1)
}
