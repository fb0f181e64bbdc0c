import { SelectField } from '@/components/forms/select-field'
import { TextField } from '@/components/forms/text-field'
import { resolved, type Parameter, type Schemas } from './document'
import { InlineCode } from './prose'
import { fieldOf } from './request-of'
import { factsOf, typeText } from './schema-text'

type ParameterFieldProps = {
  parameter: Parameter
  schemas: Schemas
  value: string
  error?: string
  onChange: (value: string) => void
}

/** Describes a parameter and takes its value. An empty value is not sent. */
export function ParameterField({ parameter, schemas, value, error, onChange }: ParameterFieldProps) {
  const { name, required, description, schema, in: place } = parameter
  const choices = choicesOf(parameter, schemas)
  const facts = [typeText(schema, schemas), ...factsOf(schema, schemas)].join(', ')
  const shared = {
    ...{ name: fieldOf(parameter), label: name, required, value, error },
    help: (
      <span className="wrap-anywhere">
        <InlineCode text={description} /> In the {place}: {facts}.
      </span>
    ),
  }
  if (choices)
    return (
      <SelectField
        {...shared}
        placeholder="Not sent"
        options={choices.map((choice) => ({ value: choice, label: choice }))}
        onChange={(event) => onChange(event.target.value)}
      />
    )
  return (
    <TextField
      {...shared}
      mono
      autoComplete="off"
      spellCheck={false}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}

function choicesOf({ schema: given }: Parameter, schemas: Schemas): string[] | null {
  const schema = resolved(given, schemas)
  if (schema.const !== undefined) return [String(schema.const)]
  if (schema.type === 'boolean') return ['true', 'false']
  return schema.enum?.map(String) ?? null
}
