'use client'

import { useState, useTransition } from 'react'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { checkInstanceAction } from '@/lib/instances/actions'
import type { VerificationView } from '@/lib/instances/views'

type Answer = { report: VerificationView } | { refusal: string } | null

/** *Check now*: the test request with the credentials in force, for every type (rule R7). */
export function CheckNowButton({ instanceId }: { instanceId: string }) {
  const [answer, setAnswer] = useState<Answer>(null)
  const [pending, startTransition] = useTransition()
  const check = () =>
    startTransition(async () => {
      const result = await checkInstanceAction({ instanceId })
      setAnswer(result.ok ? { report: result.value } : { refusal: result.error.message })
    })
  return (
    <div className="grid gap-2">
      <div>
        <Button size="sm" pending={pending} onClick={check}>
          Check now
        </Button>
      </div>
      <div role="status" className="text-sm">
        {answer && 'report' in answer && (
          <p className={answer.report.outcome === 'accepted' ? 'text-ok' : 'text-warn'}>{answer.report.message}</p>
        )}
      </div>
      {answer && 'refusal' in answer && <Alert tone="bad">{answer.refusal}</Alert>}
    </div>
  )
}
