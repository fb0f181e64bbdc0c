import Link from 'next/link'
import { cn } from '@/components/ui/cn'
import type { Replacement } from '@/components/parameters/parameter-editing'
import type { ParameterDefinition } from '@/lib/domain/definitions'

type InheritedParametersProps = {
  connectorId: string
  parameters: readonly ParameterDefinition[]
  /** When a parameter that is edited here is sent instead. */
  replacedBy: (parameter: ParameterDefinition) => Replacement | null
}

const replacements: Record<Replacement, string> = {
  always: 'replaced here',
  with_value: 'replaced here when it has a value',
}

/** What the connector also sends in one location. It is edited at the connector. */
export function InheritedParameters({ connectorId, parameters, replacedBy }: InheritedParametersProps) {
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
          const replaced = replacedBy(parameter)
          return (
            <li key={parameter.id} className="flex flex-wrap gap-x-2">
              <code className={cn('break-all', replaced === 'always' && 'line-through')}>
                {parameter.key}: {parameter.value}
              </code>
              {replaced && <span>{replacements[replaced]}</span>}
            </li>
          )
        })}
      </ul>
    </div>
  )
}
