import { RadioGroupField } from '@/components/forms/radio-group-field'
import { counted } from '@/lib/domain/counted'
import type { ImportView } from '@/lib/imports/import-views'

export type InstancesChoice = 'create' | 'leave_out'

type ImportInstancesProps = {
  instances: ImportView['instances']
  value: InstancesChoice | null
  error?: string | undefined
  onChange: (choice: InstancesChoice) => void
}

/** The values that the document has for instances. Nothing is chosen before: secrets may be among them. */
export function ImportInstances({ instances, value, error, onChange }: ImportInstancesProps) {
  if (instances.length === 0) return null
  return (
    <div className="grid max-w-2xl gap-3">
      <p>The document has values for {counted(instances.length, 'instance')}. They may be secrets and are not shown.</p>
      <ul className="list-disc pl-5 text-sm">
        {instances.map(({ method, environment, values }) => (
          <li key={`${environment} ${method}`}>
            {environment === '' ? method : `${environment}: ${method}`} – {counted(values, 'value')}
          </li>
        ))}
      </ul>
      <RadioGroupField
        name="instances"
        label="Values of the document"
        required
        {...(error !== undefined && { error })}
        value={value ?? ''}
        onValueChange={(choice) => onChange(choice as InstancesChoice)}
        options={[
          {
            value: 'create',
            label: 'Create an instance with them',
            description: 'Of each method that is imported. Credentials that the API rejects are not stored.',
          },
          {
            value: 'leave_out',
            label: 'Leave them out',
            description: 'The values are deleted when the connector is added.',
          },
        ]}
      />
    </div>
  )
}
