'use client'

import { Check, X } from 'lucide-react'
import Link from 'next/link'
import { toast } from '@/components/ui/toast'
import { useAction } from '@/components/forms/use-action'
import { Card } from '@/components/ui/card'
import { IconButton } from '@/components/ui/icon-button'
import { cn } from '@/components/ui/cn'
import { unansweredResult } from '@/lib/platform/forms/unanswered'
import { dismissFirstStepsAction } from '@/lib/setup/actions'
import type { FirstSteps as Steps } from '@/lib/setup/first-steps-view'

const words: { step: keyof Steps; label: string; href: '/connectors/new' | '/instances/new' | '/flows' }[] = [
  { step: 'connector', label: 'Install a connector', href: '/connectors/new' },
  { step: 'instance', label: 'Add an instance', href: '/instances/new' },
  { step: 'call', label: 'Send a request', href: '/flows' },
  { step: 'ownConnector', label: 'Describe an API of your own', href: '/connectors/new' },
]

/** The checklist of the first steps; it stays until all are done or the person closes it. */
export function FirstSteps({ steps }: { steps: Steps }) {
  const [dismiss, pending] = useAction(dismissFirstStepsAction, unansweredResult)
  const close = async () => {
    const answer = await dismiss({})
    if (!answer.ok) toast.error(answer.error.message)
  }
  const next = words.find(({ step }) => !steps[step])
  return (
    <Card
      title="First steps"
      actions={
        <IconButton label="Dismiss first steps" disabled={pending} onClick={close}>
          <X aria-hidden />
        </IconButton>
      }
    >
      <ol className="flex flex-wrap gap-x-6 gap-y-2">
        {words.map(({ step, label, href }) => (
          <li key={step} className={cn('flex min-h-6 items-center gap-2', steps[step] && 'text-muted')}>
            <span
              aria-hidden
              className={cn('grid size-4 shrink-0 place-items-center rounded-full border', steps[step] && 'bg-subtle')}
            >
              {steps[step] && <Check className="size-3" />}
            </span>
            {steps[step] ? (
              <span>
                {label}
                <span className="sr-only"> (done)</span>
              </span>
            ) : (
              <Link
                href={href}
                className={cn('hover:underline', step === next?.step && 'font-medium text-accent-text')}
              >
                {label}
              </Link>
            )}
          </li>
        ))}
      </ol>
    </Card>
  )
}
