import type { MethodDraft } from '@/components/authentication-methods/method-draft'
import { stepsOf } from '@/components/authentication-methods/phase-steps'
import type { TemplateVariable } from '@/components/forms/template-variable'
import type { ConnectorDefinition, VariableDefinition } from '@/lib/domain/definitions'
import { runTimeVariables } from '@/lib/platform/forms/reserved-name-words'

/** All names that a template of the method may use, nearest first. */
export function templateVariablesOf(
  connector: ConnectorDefinition,
  variables: readonly VariableDefinition[],
  draft: MethodDraft,
): TemplateVariable[] {
  const own = variables.map((variable) => named(variable, variable.level === 'connector' ? 'Connector' : 'Method'))
  const others = connector.variables.filter(({ key }) => !variables.some((variable) => variable.key === key))
  const all = [
    ...own,
    ...computed(draft),
    ...keptBySteps(draft),
    ...others.map((variable) => named(variable, 'Connector')),
    ...runTimeVariables,
  ]
  return all.filter(({ key }, index) => key !== '' && all.findIndex((other) => other.key === key) === index)
}

function named({ key, displayName, secret }: VariableDefinition, origin: string): TemplateVariable {
  return { key, label: displayName, secret, origin }
}

function computed({ options }: MethodDraft): TemplateVariable[] {
  return (options.computed ?? []).map(({ key }) => ({ key, origin: 'Computed' }))
}

/** `step1.instance_url`: a value from the response to an earlier token request. */
function keptBySteps(draft: MethodDraft): TemplateVariable[] {
  return stepsOf(draft, 'exchange').flatMap(({ step, extract }) =>
    (extract ?? [])
      .filter(({ variable }) => variable !== '')
      .map(({ variable, secret }) => ({
        key: `step${step + 1}.${variable}`,
        secret,
        origin: `Get token, request ${step + 1}`,
      })),
  )
}
