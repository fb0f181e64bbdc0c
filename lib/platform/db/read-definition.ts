import type {
  EndpointDefinition,
  Extraction,
  ParameterDefinition,
  PhaseDefinition,
  SelectOption,
  SuccessRule,
  VariableDefinition,
} from '@/lib/domain/definitions'
import { readMethodOptions } from '@/lib/domain/authentication/options-of-type'
import type { MethodOptions } from '@/lib/domain/method-options/options-schema'
import { readPagination } from '@/lib/domain/pagination-schema'
import type { AuthenticationType, HttpMethod } from '@/lib/domain/vocabulary'
import type { AuthenticationPhase, Endpoint, Parameter, Variable } from './generated/client'

/** Turns rows into definitions for the rules. The JSON columns are written only through our own schemas. */

export function variableDefinition(row: Variable): VariableDefinition {
  return {
    id: row.id,
    level: row.level,
    key: row.key,
    displayName: row.displayName,
    helpText: row.helpText,
    alias: row.alias,
    defaultValue: row.defaultValue,
    required: row.required,
    configurable: row.configurable,
    advanced: row.advanced,
    secret: row.secret,
    locked: row.locked,
    inputKind: row.inputKind,
    options: row.options as SelectOption[],
    pattern: row.pattern,
  }
}

/** The parameters of a connector itself: those of no method and no endpoint. */
export const ofConnector = { methodId: null, endpointId: null }

export function parameterDefinition(row: Parameter): ParameterDefinition {
  return {
    id: row.id,
    place: row.place,
    key: row.key,
    value: row.value,
    required: row.required,
    displayName: row.displayName,
    helpText: row.helpText,
    phases: row.phases,
    steps: row.steps,
  }
}

export function endpointDefinition(
  row: Endpoint & { variables: Variable[]; parameters: Parameter[] },
): EndpointDefinition {
  const { id, key, name, entityType, direction, url, bodyFormat, body, dataPath } = row
  return {
    ...{ id, key, name, entityType, direction, url, bodyFormat, body, dataPath },
    httpMethod: row.httpMethod as HttpMethod,
    pagination: readPagination(row.pagination),
    variables: row.variables.map(variableDefinition),
    parameters: row.parameters.map(parameterDefinition),
  }
}

export function phaseDefinition(row: AuthenticationPhase): PhaseDefinition {
  return {
    kind: row.kind,
    step: row.step,
    httpMethod: row.httpMethod as HttpMethod | null,
    url: row.url,
    bodyFormat: row.bodyFormat,
    body: row.body,
    clientAuthentication: row.clientAuthentication,
    successRule: row.successRule as SuccessRule | null,
    extract: (row.extract as Partial<Extraction>[] | null)?.map(extraction) ?? null,
  }
}

/** Rows from before extractions could be secret do not contain `secret`. */
function extraction({ variable = '', path = '', secret = false }: Partial<Extraction>): Extraction {
  return { variable, path, secret }
}

/**
 * The complete options of a method. The column is written only through our own schemas, so an unreadable one is a bug.
 */
export function storedOptions(row: { type: AuthenticationType; options: unknown }): MethodOptions {
  const read = readMethodOptions(row.type, row.options)
  if (!read.ok) throw new Error(read.error.message)
  return read.value
}
