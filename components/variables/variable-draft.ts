import type { VariableInput } from '@/lib/variables/schema'
import type { VariableView } from '@/lib/variables/views'

/** One option per line, `value` or `value | what people see`. */
export function readOptions(text: string): VariableInput['options'] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [value = '', ...label] = line.split('|')
      return { value: value.trim(), label: label.join('|').trim() || value.trim() }
    })
}

export function writeOptions(options: VariableInput['options']): string {
  return options.map(({ value, label }) => (label === value || label === '' ? value : `${value} | ${label}`)).join('\n')
}

/** A key derived from the display name: `Client ID` → `client_id`. */
export function suggestKey(displayName: string): string {
  const key = displayName
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 64)
  return /^[0-9]/.test(key) ? `_${key}` : key
}

/**
 * The form's fields as input of the action. The key of a locked variable, and whether it is secret, cannot be changed
 * (rule R13).
 */
export function readVariable(data: FormData, current: VariableView | null): VariableInput {
  const text = (name: string) => String(data.get(name) ?? '')
  const { key, secret } = current?.locked ? current : { key: text('key').trim(), secret: data.has('secret') }
  const inputKind = text('inputKind') as VariableInput['inputKind']
  return {
    key,
    displayName: text('displayName'),
    helpText: text('helpText'),
    alias: text('alias'),
    defaultValue: secret ? '' : text('defaultValue'),
    required: data.has('required'),
    configurable: data.has('configurable'),
    advanced: data.has('advanced'),
    secret,
    inputKind,
    options: inputKind === 'select' ? readOptions(text('options')) : [],
    pattern: text('pattern'),
  }
}
