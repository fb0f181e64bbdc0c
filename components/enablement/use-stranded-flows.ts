'use client'

import { useEffect, useState } from 'react'
import { useAction } from '@/components/forms/use-action'
import { planMatrixAction } from '@/lib/enablement/actions'
import type { MatrixChanges } from '@/lib/enablement/schema'
import type { StrandedFlow } from '@/lib/enablement/views'
import { unansweredResult } from '@/lib/platform/forms/unanswered'

const none: StrandedFlow[] = []

/** The flows that the staged changes would strand. The server is asked shortly after the last change. */
export function useStrandedFlows(connectorId: string, changes: MatrixChanges): StrandedFlow[] {
  const asked = JSON.stringify(
    changes.filter((change) => change.disable.length > 0).map((change) => ({ ...change, enable: [] })),
  )
  const [planMatrix] = useAction(planMatrixAction, unansweredResult)
  const [answer, setAnswer] = useState({ asked: '[]', flows: none })
  useEffect(() => {
    if (asked === '[]') return
    const ask = async () => {
      const plan = await planMatrix({ connectorId, changes: JSON.parse(asked) as MatrixChanges })
      if (plan.ok) setAnswer({ asked, flows: plan.value.strandedFlows })
    }
    const timer = setTimeout(() => void ask(), 400)
    return () => clearTimeout(timer)
  }, [asked, connectorId, planMatrix])
  return answer.asked === asked ? answer.flows : none
}
