import Link from 'next/link'
import { cn } from '@/components/ui/cn'
import type { ParameterDefinition } from '@/lib/domain/definitions'

type InheritedParametersProps = {
  connectorId: string
  parameters: readonly ParameterDefinition[]
  /** Whether the same key is sent from here instead. */
  isReplaced: (parameter: ParameterDefinition) => boolean
}

/** What the connector sends as well in one location; it is edited there. */
export function InheritedParameters({ connectorId, parameters, isReplaced }: InheritedParametersProps) {
  return (
    <div className="grid gap-1 text-sm text-muted">
      <p>
        Also sent, from the connector’s{' '}
        <Link href={`/connectors/${connectorId}/endpoints/parameters`} className="underline">
          shared parameters
        </Link>
        :
      </p>
      <ul aria-label="From the connector" className="grid gap-0.5">
        {parameters.map((parameter) => {
          const replaced = isReplaced(parameter)
          return (
            <li key={parameter.id} className="flex flex-wrap gap-x-2">
              <code className={cn('break-all', replaced && 'line-through')}>
                {parameter.key}: {parameter.value}
              </code>
              {replaced && <span>replaced here</span>}
            </li>
          )
        })}
      </ul>
    </div>
  )
}
