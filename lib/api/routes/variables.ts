import { getMethod } from '@/lib/authentication-methods/get-method'
import { getConnector } from '@/lib/connectors/get-connector'
import type { Actor } from '@/lib/domain/access/actor'
import { succeed } from '@/lib/domain/result'
import { getEndpoint } from '@/lib/endpoints/get-endpoint'
import { createVariable } from '@/lib/variables/create-variable'
import { createVariables } from '@/lib/variables/create-variables'
import { deleteVariable } from '@/lib/variables/delete-variable'
import { getVariable } from '@/lib/variables/get-variable'
import { listRemovalQuestions } from '@/lib/variables/list-removal-questions'
import { listVariables } from '@/lib/variables/list-variables'
import { reorderVariables } from '@/lib/variables/reorder-variables'
import { variableFields } from '@/lib/variables/schema'
import { updateVariable } from '@/lib/variables/update-variable'
import type { VariableOwner } from '@/lib/variables/views'
import {
  act,
  change,
  create,
  createSeveral,
  list,
  read,
  remove,
  resource,
  type JsonObject,
  type PathValues,
  type Route,
} from '../route'

/** The variables of connectors, authentication methods and endpoints. They are part of the revision of their owner. */

/** As the form for a new variable proposes them. */
const defaults = {
  variable: {
    ...{ displayName: '', helpText: '', alias: '', defaultValue: '', pattern: '', options: [], inputKind: 'text' },
    ...{ required: false, configurable: true, advanced: false, secret: false },
  },
}

function routesOf(level: VariableOwner['level'], path: string, of: string): Route[] {
  const ownerOf = (values: PathValues): VariableOwner => ({
    level,
    connectorId: values.connectorId!,
    ownerId: (level === 'connector' ? values.connectorId : level === 'method' ? values.methodId : values.endpointId)!,
  })
  const owned = (values: PathValues) => ({ owner: ownerOf(values) })
  const oneOwned = (values: PathValues) => ({ ...owned(values), variableId: values.variableId! })
  const base = `${path}/variables`
  const variable = resource(`${base}/{variableId}`, getVariable, oneOwned)
  const ofOwner = { needsRevision: true, fixed: owned, hides: ['owner'] } as const
  const ofOne = { needsRevision: true, fixed: oneOwned, hides: ['owner', 'variableId'] } as const
  const id = (name: string) => ({ id: level === 'connector' ? name : `${name}_of_${level}` })
  return [
    list(base, listVariables, `List the variables of ${of}`, {
      ...id('list_variables'),
      fixed: ownerOf,
      hides: ['level', 'connectorId', 'ownerId'],
    }),
    create(base, createVariable, variable, `Create a variable of ${of}`, {
      ...{ ...id('create_variable'), ...ofOwner },
      ...{ bodyIn: 'variable', defaults, createdId: ({ variableId }) => String(variableId) },
    }),
    createSeveral(`${base}/bulk`, createVariables, `Create several variables of ${of}`, {
      ...{ ...id('create_variables'), ...ofOwner },
      again: async (actor, variableIds, values) => {
        const owner = await revised[level](actor, values)
        return owner.ok ? succeed({ variableIds, revision: owner.value.revision }) : owner
      },
    }),
    act(`${base}/order`, reorderVariables, `Order the variables of ${of}`, { ...id('reorder_variables'), ...ofOwner }),
    read(variable, `Read a variable of ${of}`, id('get_variable')),
    change(variable, updateVariable, `Change a variable of ${of}`, {
      ...{ ...id('update_variable'), ...ofOne },
      ...{ bodyIn: 'variable', baseOf: (view) => ({ variable: fieldsOf(view) }) },
    }),
    remove(variable, deleteVariable, `Delete a variable of ${of}`, { ...id('delete_variable'), ...ofOne }),
    list(`${variable.path}/removal`, listRemovalQuestions, `Read what deleting a variable of ${of} would mean`, {
      ...{ ...id('list_removal_questions'), fixed: oneOwned },
      hides: ['owner', 'variableId'],
    }),
  ]
}

/** Reads the owner of variables, which has their revision. */
const revised = {
  connector: (actor: Actor, { connectorId }: PathValues) => getConnector(actor, { connectorId: connectorId! }),
  method: (actor: Actor, { connectorId, methodId }: PathValues) =>
    getMethod(actor, { connectorId: connectorId!, methodId: methodId! }),
  endpoint: (actor: Actor, { connectorId, endpointId }: PathValues) =>
    getEndpoint(actor, { connectorId: connectorId!, endpointId: endpointId! }),
} satisfies Record<VariableOwner['level'], unknown>

function fieldsOf(view: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(view).filter(([name]) => name in variableFields))
}

export const variableRoutes = [
  ...routesOf('connector', '/connectors/{connectorId}', 'a connector'),
  ...routesOf('method', '/connectors/{connectorId}/methods/{methodId}', 'an authentication method'),
  ...routesOf('endpoint', '/connectors/{connectorId}/endpoints/{endpointId}', 'an endpoint'),
]
