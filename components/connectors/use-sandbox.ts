'use client'

import { useState } from 'react'
import { useAction } from '@/components/forms/use-action'
import { unansweredForm } from '@/lib/platform/forms/unanswered'
import { installSandboxConnectorAction, trySandboxAction } from '@/lib/sandbox/actions'
import type { SandboxOffer } from '@/lib/sandbox/views'

/** The label of each offer. */
export const sandboxOffers: Record<Exclude<SandboxOffer, 'none'>, string> = {
  try: 'Try it with the sandbox',
  install: 'Install the sandbox connector',
}

/** Starts or installs the sandbox and opens the page of what was created; `error` says why it failed. */
export function useSandbox(offer: SandboxOffer) {
  const [error, setError] = useState('')
  const [begin, pending] = useAction(offer === 'try' ? trySandboxAction : installSandboxConnectorAction, unansweredForm)
  const start = async () => {
    setError('')
    const state = await begin({})
    if (state.status === 'invalid') setError(state.message ?? Object.values(state.fieldErrors)[0] ?? '')
  }
  return { start: () => void start(), pending, error }
}
