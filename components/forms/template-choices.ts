import type { CompletionChoice } from '@/components/forms/template-completions'
import type { TemplateVariable } from './template-variable'
import type { Completion } from '@/components/forms/template-tokens'
import type { TemplateFilter } from '@/lib/platform/forms/template-filters'

/** What the editor offers at the caret. */
export function choicesFor(
  completion: Completion,
  variables: readonly TemplateVariable[],
  filters: readonly TemplateFilter[],
): CompletionChoice[] {
  if (completion.kind === 'filter') return filterChoices(completion.prefix, filters)
  if (completion.kind === 'variable') return variableChoices(completion.prefix, variables)
  const parameter = filters.find(({ name }) => name === completion.filter)?.parameters[completion.index]
  if (!parameter) return []
  if (!parameter.choices) return variableChoices(completion.prefix, variables)
  return parameter.choices
    .filter((choice) => choice.startsWith(completion.prefix))
    .map((choice) => ({
      value: `"${choice}"`,
      label: parameter.name,
      note: choice === parameter.fallback ? 'default' : undefined,
    }))
}

/** Names that begin with the text come before names that contain it elsewhere. */
function filterChoices(typed: string, filters: readonly TemplateFilter[]): CompletionChoice[] {
  const prefix = typed.toLowerCase()
  return filters
    .filter(({ name }) => name.includes(prefix) && name !== typed)
    .sort((one, other) => Number(other.name.startsWith(prefix)) - Number(one.name.startsWith(prefix)))
    .map(({ name, signature, description, parameters }) => {
      const needsMore = parameters.some(({ fallback }) => fallback === undefined)
      return {
        value: name,
        insert: needsMore ? `${name}: ` : name,
        label: description,
        usage: signature === name ? undefined : signature,
      }
    })
}

function variableChoices(typed: string, variables: readonly TemplateVariable[]): CompletionChoice[] {
  const prefix = typed.toLowerCase()
  return variables
    .filter(
      ({ key, label }) =>
        key !== typed && (key.toLowerCase().includes(prefix) || label?.toLowerCase().includes(prefix)),
    )
    .sort(
      (one, other) =>
        Number(other.key.toLowerCase().startsWith(prefix)) - Number(one.key.toLowerCase().startsWith(prefix)),
    )
    .map(({ key, label, origin, secret }) => ({
      value: key,
      label,
      note: [origin, secret && 'secret'].filter(Boolean).join(' · '),
    }))
}
