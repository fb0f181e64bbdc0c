'use client'

import { TryIt } from '@/components/trials/try-it'
import type { InstanceOption } from '@/lib/flows/shape-views'

/** *Try it* in the heading of an instance. */
export function TryThisInstance({ instance }: { instance: InstanceOption }) {
  return <TryIt>{(trials, panel) => <trials.TryInstance panel={panel} instance={instance} />}</TryIt>
}
