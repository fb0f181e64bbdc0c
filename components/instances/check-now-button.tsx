'use client'

import { useState } from 'react'
import { useAction } from '@/components/forms/use-action'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { refuse } from '@/lib/domain/result'
import { checkInstanceAction } from '@/lib/instances/actions'
import type { VerificationView } from '@/lib/instances/outcomes'

type Answer = { report: VerificationView } | { refusal: string } | null

const unanswered = (said = 'The server could not be reached, or failed. Try again.') => refuse('unexpected', said)

/**
 * *Check now*: sends the test request with the current credentials, for every type (rule R7).
 * @param label its accessible name, if a page has several of these buttons
 */
export function CheckNowButton({ instanceId, label }: { instanceId: string; label?: string }) {
  const [answer, setAnswer] = useState<Answer>(null)
  const [checkInstance, pending] = useAction(checkInstanceAction, unanswered)
  const check = async () => {
    const result = await checkInstance({ instanceId })
    setAnswer(result.ok ? { report: result.value } : { refusal: result.error.message })
  }
  return (
    <div className="grid">
      <div>
        <Button size="sm" pending={pending} onClick={check} aria-label={label}>
          Check now
        </Button>
      </div>
      <div role="status" className="mt-2 text-sm empty:mt-0">
        {answer && 'report' in answer && (
          <p className={answer.report.outcome === 'accepted' ? 'text-ok' : 'text-warn'}>{answer.report.message}</p>
        )}
      </div>
      {answer && 'refusal' in answer && <Alert tone="bad">{answer.refusal}</Alert>}
    </div>
  )
}
