'use client'

import { useEffect, useState } from 'react'
import { useAction } from '@/components/forms/use-action'
import type { TypedValues } from '@/components/instances/credentials-draft'
import type { SentWith } from '@/components/trials/use-send'
import type { MethodChoice } from '@/lib/instances/views'
import { unansweredResult } from '@/lib/platform/forms/unanswered'
import { trialInstancesAction, trialMethodsAction } from '@/lib/trials/actions'
import type { TrialSubject } from '@/lib/trials/schema'
import type { TrialInstance } from '@/lib/trials/views'

type Offered = { instances: TrialInstance[]; methods: MethodChoice[] }

type ChoiceInput = {
  subject: TrialSubject
  /** The choices are read whenever the panel opens. What was chosen and typed stays. */
  open: boolean
  canChange: boolean
  onChange: () => void
}

/**
 * The credentials for trying an endpoint or a method, and the choice among them: an instance, or values typed for this
 * trial.
 */
export function useCredentialsChoice({ subject, open, canChange, onChange }: ChoiceInput) {
  const [listInstances] = useAction(trialInstancesAction, unansweredResult)
  const [listMethods] = useAction(trialMethodsAction, unansweredResult)
  const [offered, setOffered] = useState<Offered | { refusal: string } | null>(null)
  const [mode, setMode] = useState<'instance' | 'typed'>('instance')
  const [instance, setInstance] = useState<TrialInstance | null>(null)
  const [methodId, setMethodId] = useState('')
  const [typed, setTyped] = useState<TypedValues>({})
  const subjectKey = JSON.stringify(subject)

  useEffect(() => {
    if (!open) return
    const load = async () => {
      const asked = JSON.parse(subjectKey) as TrialSubject
      const [instances, methods] = await Promise.all([
        listInstances({ subject: asked, search: '' }),
        canChange ? listMethods({ subject: asked }) : { ok: true as const, value: [] },
      ])
      if (!instances.ok) return setOffered({ refusal: instances.error.message })
      if (!methods.ok) return setOffered({ refusal: methods.error.message })
      setOffered({ instances: instances.value, methods: methods.value })
      setInstance((chosen) => chosen ?? instances.value[0] ?? null)
      setMethodId((chosen) => chosen || (methods.value[0]?.id ?? ''))
      if (instances.value.length === 0 && methods.value.length > 0) setMode('typed')
    }
    void load()
  }, [listInstances, listMethods, subjectKey, open, canChange])

  const methods = offered && 'methods' in offered ? offered.methods : []
  const method = methods.find(({ id }) => id === methodId) ?? null
  const changing =
    <Value>(set: (value: Value) => void) =>
    (value: Value) => {
      set(value)
      onChange()
    }
  return {
    offered,
    mode,
    setMode: changing(setMode),
    instance,
    setInstance: changing(setInstance),
    method,
    setMethodId: changing((id: string) => (setMethodId(id), setTyped({}))),
    typed,
    setTyped: changing(setTyped),
    /** What a request is sent with; null until it is chosen. */
    chosen: mode === 'instance' ? instance && withInstance(instance) : method && withTyped(method, typed),
    search: async (text: string) => {
      const answer = await listInstances({ subject, search: text })
      return answer.ok ? answer.value : null
    },
  }
}

function withInstance(instance: TrialInstance): SentWith {
  const method = { id: instance.methodId, name: instance.methodName }
  return { credentials: { kind: 'instance', instanceId: instance.id }, instance, method }
}

function withTyped(method: MethodChoice, credentials: TypedValues): SentWith {
  return { credentials: { kind: 'typed', methodId: method.id, credentials }, instance: null, method }
}

export type CredentialsChoice = ReturnType<typeof useCredentialsChoice>
