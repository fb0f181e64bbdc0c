import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { listChanges, listPeople } from '@/lib/activity/queries'
import { addMethod, createMethod } from '@/lib/authentication-methods/create-method'
import { methodDocument } from '@/lib/authentication-methods/document-schema'
import { planMethod } from '@/lib/authentication-methods/plan-method'
import { installConnector } from '@/lib/imports/install-connector'
import { importConnector, importMethod } from '@/lib/imports/document-mutations'
import { getMethodDocument, previewMethodDocument } from '@/lib/imports/document-queries'
import { replaceMethod } from '@/lib/imports/replace-method'
import { connectorDocumentSchema } from '@/lib/imports/document-schema'
import { deleteMethod } from '@/lib/authentication-methods/delete-method'
import { discoverServer } from '@/lib/authentication-methods/discover-server'
import { getMethodEndpoints } from '@/lib/authentication-methods/test-endpoints'
import { setMethodValue } from '@/lib/authentication-methods/method-values'
import { getMethod, getMethodSetup, listMethods } from '@/lib/authentication-methods/queries'
import { saveMethod } from '@/lib/authentication-methods/save-method'
import { getShapeSettings, listInstanceOptions } from '@/lib/flows/shape-queries'
import { runShape } from '@/lib/flows/run-shape'
import { saveShape } from '@/lib/flows/save-shape'
import { listConnectors } from '@/lib/connectors/list-connectors'
import { createConnector, deleteConnector, updateConnector } from '@/lib/connectors/mutations'
import { getAuthorisedInstance, getConnector, getConnectorIcon } from '@/lib/connectors/queries'
import { systemDb } from '@/lib/platform/db/client'
import type { Actor } from '@/lib/domain/access/actor'
import type { Result } from '@/lib/domain/result'
import { may, roles, type Permission } from '@/lib/domain/access/roles'
import { applyMatrix, setEnablement } from '@/lib/enablement/mutations'
import { getMatrix, listMethodSwitches, offeredEndpoints, planMatrix } from '@/lib/enablement/queries'
import { cloneEndpoint } from '@/lib/endpoints/clone-endpoint'
import { createEndpoint } from '@/lib/endpoints/create-endpoint'
import { deleteEndpoint } from '@/lib/endpoints/delete-endpoint'
import { getEndpoint, listEndpoints, listEntityTypes } from '@/lib/endpoints/queries'
import { saveEndpoint } from '@/lib/endpoints/save-endpoint'
import { addShape, createFlow, deleteFlow, moveShape, removeShape, updateFlow } from '@/lib/flows/mutations'
import { getFlow, listFlows } from '@/lib/flows/queries'
import { getOutboundPolicy } from '@/lib/platform/http/policy-view'
import { getInstallation } from '@/lib/settings/queries'
import { createInstance } from '@/lib/instances/create-instance'
import { deleteInstance, discardInstance, removeInstance } from '@/lib/instances/delete-instance'
import { getNewInstance, listConnectorChoices } from '@/lib/instances/new-instance'
import { getInstance } from '@/lib/instances/queries'
import { saveInstance } from '@/lib/instances/save-instance'
import { testInstance } from '@/lib/instances/test-instance'
import { completeAuthorisation } from '@/lib/authorisations/complete-authorisation'
import { needsAuthorisation } from '@/lib/authorisations/needs-authorisation'
import { discardPending, pendingFor } from '@/lib/authorisations/pending'
import { startAuthorisation } from '@/lib/authorisations/start-authorisation'
import { confirmOrigin } from '@/lib/connectors/origins/mutations'
import { listPendingOrigins } from '@/lib/connectors/origins/queries'
import { addPresetMethod, installPreset } from '@/lib/imports/preset-mutations'
import { listPresets } from '@/lib/imports/preset-queries'
import { getRequest, getRequestBodies, listRequests } from '@/lib/request-log/queries'
import { sendEndpointRequest } from '@/tests/support/send-endpoint-request'
import { checkInstance, verifyDraft } from '@/lib/verification/verify'
import { installSandboxConnector } from '@/lib/imports/sandbox/mutations'
import { getSandboxOffer } from '@/lib/imports/sandbox/queries'
import { listFound } from '@/lib/platform/search/queries'
import { createVariable, deleteVariable, reorderVariables, updateVariable } from '@/lib/variables/mutations'
import { listConnectorVariableUses, listRemovalQuestions, listVariables } from '@/lib/variables/queries'
import { saveVariableUse } from '@/lib/variables/save-variable-use'
import { anActor } from '@/tests/support/builders'
import { connectorDetails } from '@/tests/support/connector-builders'
import { testDatabase, type TestDatabase } from '@/tests/support/database'
import { valueOf } from '@/tests/support/definition-builders'
import { anHttpServer } from '@/tests/support/servers'
import { aVariableInput } from '@/tests/support/variable-builders'
import { functionsOfActors } from './exported-functions'
import { aWholeWorkspace, browserSecret, contentOf, marker, type WholeWorkspace } from './whole-workspace'

vi.mock('next/headers', async () => (await import('@/tests/support/request-scope')).nextHeaders)

/**
 * Every function of lib that acts for a person, with the ids of a workspace: what its administrator gets, what people of
 * another workspace get, and who of its own people is refused. A function that is not listed fails the first test.
 */

type Door = {
  permission: Permission
  call: (actor: Actor, world: WholeWorkspace) => Result<unknown> | Promise<Result<unknown>>
  /** What people of another workspace get: the refusal, or an answer of their own workspace without a word of this one. */
  foreign?: string | 'own answer'
  /** What its own administrator may be refused with here, where the rest of the example does not fit. */
  own?: string
  /** An answer of its own workspace that has no name in it: its absence elsewhere would prove nothing. */
  nameless?: true
}

const aDocument = (kind: 'connector' | 'authentication_method') => ({
  patchbay: 1,
  kind,
  name: 'From a document',
  ...(kind === 'authentication_method' && { type: 'basic' }),
})
const params = { q: '', sort: 'name', after: '' }
const byTime = { q: '', sort: '-at', after: '' }
const begun = async (): Promise<Result<{ redirectTo: string }>> => ({
  ok: true,
  value: { redirectTo: 'https://login.acme.test' },
})
const details = {
  name: 'Another name',
  timeZone: 'UTC',
  dateFormat: '',
  rateLimitAmount: null,
  rateLimitUnit: 'second',
  maxConcurrent: null,
} as const
const keep = { kind: 'keep' } as const
const nameOf = async (
  model: 'connector' | 'authenticationMethod' | 'endpoint' | 'instance' | 'flow',
  id: string,
): Promise<string> =>
  (
    await (
      systemDb()[model] as unknown as { findFirstOrThrow: (args: object) => Promise<{ name: string }> }
    ).findFirstOrThrow({ where: { id } })
  ).name
const owner = (w: WholeWorkspace) => ({
  level: 'connector' as const,
  connectorId: w.connectorId,
  ownerId: w.connectorId,
})
const place = { x: 0, y: 0 }

const doors: Record<string, Door> = {
  'lib/activity/queries.ts#listChanges': {
    permission: 'see',
    foreign: 'own answer',
    call: (a) => listChanges(a, {}, byTime),
  },
  'lib/activity/queries.ts#listPeople': { permission: 'see', foreign: 'own answer', call: (a) => listPeople(a) },
  'lib/authentication-methods/create-method.ts#addMethod': {
    permission: 'change',
    call: (a, w) =>
      addMethod(
        a,
        w.connectorId,
        valueOf(planMethod(methodDocument.parse({ name: 'added', type: 'basic' }))),
        'import_method',
      ),
  },
  'lib/authentication-methods/create-method.ts#createMethod': {
    permission: 'change',
    call: (a, w) =>
      createMethod(a, {
        connectorId: w.connectorId,
        name: 'New',
        type: 'basic',
        timeoutSeconds: 30,
        documentationUrl: '',
      }),
  },
  'lib/authentication-methods/discover-server.ts#discoverServer': {
    permission: 'change',
    own: 'invalid_url',
    foreign: 'invalid_url',
    call: (a) => discoverServer(a, { issuer: 'ftp://login.acme.test' }),
  },
  'lib/authentication-methods/test-endpoints.ts#getMethodEndpoints': {
    permission: 'see',
    foreign: 'own answer',
    call: (a, w) => getMethodEndpoints(a, w.connectorId),
  },
  'lib/authentication-methods/delete-method.ts#deleteMethod': {
    permission: 'change',
    call: async (a, w) =>
      deleteMethod(a, {
        methodId: w.unusedMethod.id,
        typedName: await nameOf('authenticationMethod', w.unusedMethod.id),
      }),
  },
  'lib/authentication-methods/method-values.ts#setMethodValue': {
    permission: 'change',
    call: (a, w) =>
      setMethodValue(a, { methodId: w.method.id, revision: 1, variableId: w.method.variables.password!, value: 'x' }),
  },
  'lib/authentication-methods/queries.ts#getMethod': {
    permission: 'see',
    call: (a, w) => getMethod(a, w.connectorId, w.method.id),
  },
  'lib/authentication-methods/queries.ts#getMethodSetup': {
    permission: 'see',
    call: (a, w) => getMethodSetup(a, w.connectorId, w.method.id),
  },
  'lib/authentication-methods/queries.ts#listMethods': {
    permission: 'see',
    foreign: 'own answer',
    call: (a, w) => listMethods(a, w.connectorId),
  },
  'lib/authentication-methods/save-method.ts#saveMethod': {
    permission: 'change',
    call: (a, w) =>
      saveMethod(a, {
        methodId: w.method.id,
        revision: 1,
        name: 'New',
        timeoutSeconds: 30,
        documentationUrl: '',
        options: {},
        phases: [],
        parameters: [],
      }),
  },
  'lib/flows/shape-queries.ts#getShapeSettings': {
    permission: 'see',
    call: (a, w) => getShapeSettings(a, w.flowId, w.shapeId, { instanceId: w.instanceId, endpointId: w.endpointId }),
  },
  'lib/flows/shape-queries.ts#listInstanceOptions': {
    permission: 'see',
    foreign: 'own answer',
    call: (a) => listInstanceOptions(a, ''),
  },
  'lib/flows/run-shape.ts#runShape': {
    permission: 'run',
    call: (a, w) => runShape(a, { flowId: w.flowId, shapeId: w.shapeId }),
  },
  'lib/flows/save-shape.ts#saveShape': {
    permission: 'change',
    call: (a, w) =>
      saveShape(a, {
        flowId: w.flowId,
        revision: 1,
        shapeId: w.shapeId,
        name: 'x',
        instanceId: w.instanceId,
        endpointId: w.endpointId,
        timeoutSeconds: null,
        values: [],
        filters: [{ parameterId: w.filterId, value: 'x' }],
      }),
  },
  'lib/imports/install-connector.ts#installConnector': {
    permission: 'change',
    foreign: 'own answer',
    nameless: true,
    call: (a) => installConnector(a, connectorDocumentSchema.parse(aDocument('connector')), 'install_connector'),
  },
  'lib/imports/document-mutations.ts#importConnector': {
    permission: 'change',
    foreign: 'own answer',
    nameless: true,
    call: (a) => importConnector(a, { document: JSON.stringify(aDocument('connector')), name: 'Imported' }),
  },
  'lib/imports/document-mutations.ts#importMethod': {
    permission: 'change',
    call: (a, w) =>
      importMethod(a, {
        connectorId: w.connectorId,
        document: JSON.stringify(aDocument('authentication_method')),
        name: '',
      }),
  },
  'lib/imports/replace-method.ts#replaceMethod': {
    permission: 'change',
    call: (a, w) =>
      replaceMethod(a, {
        connectorId: w.connectorId,
        methodId: w.method.id,
        revision: 1,
        document: JSON.stringify(aDocument('authentication_method')),
        confirmed: false,
      }),
  },
  'lib/imports/document-queries.ts#getMethodDocument': {
    permission: 'see',
    call: (a, w) => getMethodDocument(a, w.method.id),
  },
  'lib/imports/document-queries.ts#previewMethodDocument': {
    permission: 'change',
    call: (a, w) =>
      previewMethodDocument(a, {
        connectorId: w.connectorId,
        document: JSON.stringify(aDocument('authentication_method')),
      }),
  },
  'lib/connectors/list-connectors.ts#listConnectors': {
    permission: 'see',
    foreign: 'own answer',
    call: (a, w) => listConnectors(a, { ...params, status: null, systemType: null, connectorId: w.connectorId }),
  },
  'lib/connectors/mutations.ts#createConnector': {
    permission: 'change',
    foreign: 'own answer',
    nameless: true,
    call: (a) => createConnector(a, connectorDetails({ name: 'New' })),
  },
  'lib/connectors/mutations.ts#deleteConnector': {
    permission: 'change',
    own: 'in_use',
    call: async (a, w) =>
      deleteConnector(a, { connectorId: w.connectorId, typedName: await nameOf('connector', w.connectorId) }),
  },
  'lib/connectors/mutations.ts#updateConnector': {
    permission: 'change',
    call: (a, w) =>
      updateConnector(a, { ...connectorDetails({ name: 'New' }), connectorId: w.connectorId, revision: 1 }),
  },
  'lib/connectors/queries.ts#getAuthorisedInstance': {
    permission: 'see',
    foreign: 'own answer',
    call: (a, w) => getAuthorisedInstance(a, w.instanceId),
  },
  'lib/connectors/queries.ts#getConnector': { permission: 'see', call: (a, w) => getConnector(a, w.connectorId) },
  'lib/connectors/queries.ts#getConnectorIcon': {
    permission: 'see',
    call: (a, w) => getConnectorIcon(a, w.connectorId),
  },
  'lib/enablement/mutations.ts#applyMatrix': {
    permission: 'change',
    call: (a, w) =>
      applyMatrix(a, w.connectorId, [{ methodId: w.method.id, enable: [w.spareEndpointId], disable: [] }]),
  },
  'lib/enablement/mutations.ts#setEnablement': {
    permission: 'change',
    call: (a, w) => setEnablement(a, { endpointId: w.spareEndpointId, methodId: w.method.id, enabled: true }),
  },
  'lib/enablement/queries.ts#getMatrix': { permission: 'see', call: (a, w) => getMatrix(a, w.connectorId) },
  'lib/enablement/queries.ts#listMethodSwitches': {
    permission: 'see',
    call: (a, w) => listMethodSwitches(a, w.endpointId),
  },
  'lib/enablement/queries.ts#offeredEndpoints': {
    permission: 'see',
    call: (a, w) => offeredEndpoints(a, { instanceId: w.instanceId }),
  },
  'lib/enablement/queries.ts#planMatrix': {
    permission: 'change',
    call: (a, w) => planMatrix(a, w.connectorId, [{ methodId: w.method.id, enable: [], disable: [w.endpointId] }]),
  },
  'lib/endpoints/clone-endpoint.ts#cloneEndpoint': {
    permission: 'change',
    call: (a, w) => cloneEndpoint(a, { endpointId: w.endpointId, name: 'Copy' }),
  },
  'lib/endpoints/create-endpoint.ts#createEndpoint': {
    permission: 'change',
    call: (a, w) =>
      createEndpoint(a, {
        connectorId: w.connectorId,
        name: 'New',
        entityType: '',
        direction: 'receive',
        httpMethod: 'GET',
        url: '/x',
      }),
  },
  'lib/endpoints/delete-endpoint.ts#deleteEndpoint': {
    permission: 'change',
    call: async (a, w) =>
      deleteEndpoint(a, { endpointId: w.spareEndpointId, typedName: await nameOf('endpoint', w.spareEndpointId) }),
  },
  'lib/endpoints/queries.ts#getEndpoint': {
    permission: 'see',
    call: (a, w) => getEndpoint(a, w.connectorId, w.endpointId),
  },
  'lib/endpoints/queries.ts#listEndpoints': {
    permission: 'see',
    foreign: 'own answer',
    call: (a, w) => listEndpoints(a, w.connectorId, { ...params, sort: 'group', entityType: null }),
  },
  'lib/endpoints/queries.ts#listEntityTypes': {
    permission: 'see',
    foreign: 'own answer',
    nameless: true,
    call: (a, w) => listEntityTypes(a, w.connectorId),
  },
  'lib/endpoints/save-endpoint.ts#saveEndpoint': {
    permission: 'change',
    call: (a, w) =>
      saveEndpoint(a, {
        ...{
          endpointId: w.endpointId,
          revision: 1,
          name: 'New',
          entityType: '',
          direction: 'receive',
          httpMethod: 'GET',
          url: '/x',
        },
        ...{ deprecated: false, bodyFormat: 'none', body: '', dataPath: '', parameters: [], confirmed: true },
      }),
  },
  'lib/flows/mutations.ts#addShape': {
    permission: 'change',
    call: (a, w) => addShape(a, { flowId: w.flowId, revision: 1, name: 'New', ...place }),
  },
  'lib/flows/mutations.ts#createFlow': {
    permission: 'change',
    foreign: 'own answer',
    nameless: true,
    call: (a) => createFlow(a, { name: 'New', description: '' }),
  },
  'lib/flows/mutations.ts#deleteFlow': {
    permission: 'change',
    call: async (a, w) => deleteFlow(a, { flowId: w.spareFlowId, typedName: await nameOf('flow', w.spareFlowId) }),
  },
  'lib/flows/mutations.ts#moveShape': {
    permission: 'change',
    call: (a, w) => moveShape(a, { flowId: w.flowId, shapeId: w.shapeId, x: 5, y: 5 }),
  },
  'lib/flows/mutations.ts#removeShape': {
    permission: 'change',
    call: (a, w) => removeShape(a, { flowId: w.flowId, revision: 1, shapeId: w.shapeId }),
  },
  'lib/flows/mutations.ts#updateFlow': {
    permission: 'change',
    call: (a, w) => updateFlow(a, { flowId: w.flowId, revision: 1, name: 'New', description: '' }),
  },
  'lib/flows/queries.ts#getFlow': { permission: 'see', call: (a, w) => getFlow(a, w.flowId) },
  'lib/flows/queries.ts#listFlows': { permission: 'see', foreign: 'own answer', call: (a) => listFlows(a, params) },
  'lib/platform/http/policy-view.ts#getOutboundPolicy': {
    permission: 'administer',
    foreign: 'own answer',
    nameless: true,
    call: (a) => getOutboundPolicy(a),
  },
  'lib/settings/queries.ts#getInstallation': {
    permission: 'administer',
    foreign: 'own answer',
    nameless: true,
    call: (a) => getInstallation(a),
  },
  'lib/instances/create-instance.ts#createInstance': {
    permission: 'change',
    call: (a, w) =>
      createInstance(
        a,
        {
          connectorId: w.connectorId,
          methodId: w.method.id,
          details: { ...details },
          values: { [w.method.variables.username!]: 'x', [w.method.variables.password!]: 'y' },
          certificate: keep,
          withoutVerifying: false,
        },
        begun,
      ),
  },
  'lib/instances/delete-instance.ts#deleteInstance': {
    permission: 'change',
    call: async (a, w) =>
      deleteInstance(a, { instanceId: w.spareInstanceId, typedName: await nameOf('instance', w.spareInstanceId) }),
  },
  'lib/instances/delete-instance.ts#discardInstance': {
    permission: 'change',
    call: (a, w) => discardInstance(a, w.unauthorisedId),
  },
  'lib/instances/delete-instance.ts#removeInstance': {
    permission: 'change',
    call: (a, w) => removeInstance(a, w.unauthorisedId),
  },
  'lib/instances/new-instance.ts#getNewInstance': {
    permission: 'change',
    call: (a, w) => getNewInstance(a, w.connectorId),
  },
  'lib/instances/new-instance.ts#listConnectorChoices': {
    permission: 'change',
    foreign: 'own answer',
    call: (a) => listConnectorChoices(a, params),
  },
  'lib/instances/queries.ts#getInstance': { permission: 'see', call: (a, w) => getInstance(a, w.instanceId) },
  'lib/instances/save-instance.ts#saveInstance': {
    permission: 'change',
    call: (a, w) =>
      saveInstance(
        a,
        {
          instanceId: w.instanceId,
          revision: 1,
          details: { ...details },
          values: { [w.method.variables.password!]: 'y' },
          certificate: keep,
          intent: 'save',
        },
        begun,
      ),
  },
  'lib/instances/test-instance.ts#testInstance': {
    permission: 'change',
    call: (a, w) => testInstance(a, { instanceId: w.instanceId, values: {}, certificate: keep }),
  },
  'lib/authorisations/begin-authorisation.ts#beginAuthorisation': { permission: 'change', call: (a, w) => w.begin(a) },
  'lib/authorisations/complete-authorisation.ts#completeAuthorisation': {
    permission: 'change',
    foreign: 'state_foreign',
    own: 'token_refused',
    call: async (a, w) => {
      const started = await w.begin(w.administrator)
      const state = started.ok ? new URL(started.value.redirectTo).searchParams.get('state')! : ''
      return completeAuthorisation(a, new URLSearchParams({ code: 'code', state }), () => browserSecret)
    },
  },
  'lib/authorisations/needs-authorisation.ts#needsAuthorisation': {
    permission: 'change',
    call: (a, w) => needsAuthorisation(a, w.unauthorisedId, w.settings),
  },
  'lib/authorisations/pending.ts#discardPending': {
    permission: 'change',
    call: (a, w) => discardPending(a, w.unauthorisedId),
  },
  'lib/authorisations/pending.ts#pendingFor': {
    permission: 'see',
    foreign: 'own answer',
    nameless: true,
    call: (a, w) => pendingFor(a, w.unauthorisedId),
  },
  'lib/authorisations/start-authorisation.ts#startAuthorisation': {
    permission: 'change',
    call: (a, w) => startAuthorisation(a, { instanceId: w.unauthorisedId, baseRevision: 1, settings: w.settings }),
  },
  'lib/connectors/origins/mutations.ts#confirmOrigin': {
    permission: 'administer',
    call: (a, w) => confirmOrigin(a, { connectorId: w.connectorId, origin: 'https://new.acme.test' }),
  },
  'lib/connectors/origins/queries.ts#listPendingOrigins': {
    permission: 'see',
    foreign: 'own answer',
    nameless: true,
    call: (a, w) => listPendingOrigins(a, w.connectorId),
  },
  'lib/imports/preset-mutations.ts#addPresetMethod': {
    permission: 'change',
    call: (a, w) =>
      addPresetMethod(a, { connectorId: w.connectorId, preset: 'stripe', method: 'Secret key', name: '' }),
  },
  'lib/imports/preset-mutations.ts#installPreset': {
    permission: 'change',
    foreign: 'own answer',
    nameless: true,
    call: (a) => installPreset(a, { preset: 'stripe', name: '' }),
  },
  'lib/imports/preset-queries.ts#listPresets': {
    permission: 'see',
    foreign: 'own answer',
    nameless: true,
    call: (a) => listPresets(a),
  },
  'lib/request-log/queries.ts#getRequest': {
    permission: 'see',
    call: (a, w) => getRequest(a, w.request.id, w.request.at),
  },
  'lib/request-log/queries.ts#getRequestBodies': {
    permission: 'see',
    call: (a, w) => getRequestBodies(a, w.request.id, w.request.at),
  },
  'lib/request-log/queries.ts#listRequests': {
    permission: 'see',
    foreign: 'own answer',
    call: (a, w) => listRequests(a, { instanceId: w.instanceId }, byTime),
  },
  'lib/calls/call-endpoint.ts#callEndpoint': {
    permission: 'run',
    call: (a, w) =>
      sendEndpointRequest(a, { instanceId: w.instanceId, endpointId: w.endpointId, values: {}, filters: {} }),
  },
  'lib/verification/verify.ts#checkInstance': { permission: 'run', call: (a, w) => checkInstance(a, w.instanceId) },
  'lib/verification/verify.ts#verifyDraft': {
    permission: 'change',
    call: (a, w) => verifyDraft(a, { methodId: w.method.id, instanceId: w.instanceId, values: [], certificate: keep }),
  },
  'lib/imports/sandbox/mutations.ts#installSandboxConnector': {
    permission: 'change',
    foreign: 'own answer',
    nameless: true,
    call: (a) => installSandboxConnector(a),
  },
  'lib/imports/sandbox/queries.ts#getSandboxOffer': {
    permission: 'see',
    foreign: 'own answer',
    nameless: true,
    call: (a) => getSandboxOffer(a),
  },
  'lib/platform/search/queries.ts#listFound': {
    permission: 'see',
    foreign: 'own answer',
    call: (a) => listFound(a, marker),
  },
  'lib/variables/mutations.ts#createVariable': {
    permission: 'change',
    call: (a, w) =>
      createVariable(a, { owner: owner(w), revision: 1, variable: aVariableInput({ key: 'new' }), confirmed: true }),
  },
  'lib/variables/mutations.ts#deleteVariable': {
    permission: 'change',
    call: (a, w) => deleteVariable(a, { owner: owner(w), revision: 1, variableId: w.variableId, confirmed: true }),
  },
  'lib/variables/mutations.ts#reorderVariables': {
    permission: 'change',
    call: (a, w) => reorderVariables(a, { owner: owner(w), revision: 1, order: [w.variableId] }),
  },
  'lib/variables/mutations.ts#updateVariable': {
    permission: 'change',
    call: (a, w) =>
      updateVariable(a, {
        owner: owner(w),
        revision: 1,
        variableId: w.variableId,
        variable: aVariableInput(),
        confirmed: true,
      }),
  },
  'lib/variables/queries.ts#listConnectorVariableUses': {
    permission: 'see',
    foreign: 'own answer',
    call: (a, w) => listConnectorVariableUses(a, w.connectorId, w.method.id),
  },
  'lib/variables/queries.ts#listRemovalQuestions': {
    permission: 'change',
    call: (a, w) => listRemovalQuestions(a, owner(w), w.variableId),
  },
  'lib/variables/queries.ts#listVariables': {
    permission: 'see',
    foreign: 'own answer',
    call: (a, w) => listVariables(a, owner(w)),
  },
  'lib/variables/save-variable-use.ts#saveVariableUse': {
    permission: 'change',
    call: (a, w) =>
      saveVariableUse(a, {
        connectorId: w.connectorId,
        methodId: w.method.id,
        revision: 1,
        variableId: w.variableId,
        use: { required: false, configurable: true, advanced: false },
      }),
  },
}

/** Steps of the functions above: no door leads to them but through one that has asked who may. */
const steps = [
  'lib/domain/access/actor.ts#permit',
  'lib/instances/insert-instance.ts#insertInstance',
  'lib/instances/verify-first.ts#verifyFirst',
  'lib/instances/waiting-settings.ts#waitingSettings',
  'lib/authorisations/apply-authorisation.ts#applyAuthorisation',
  'lib/authorisations/find-pending.ts#findPendingByToken',
  'lib/authorisations/pending.ts#reusableSettings',
  'lib/verification/after-connect.ts#forgetKeptSecrets',
  'lib/verification/after-connect.ts#lookUpAfterSave',
  'lib/exchange/request-context.ts#causeOf',
]

let database: TestDatabase
/** Of all refusals: none of them may change it. */
let refusing: { world: WholeWorkspace; content: string }
const sent: string[] = []
const actors = new Map<string, Actor>()

beforeAll(async () => {
  database = await testDatabase()
  process.env.PATCHBAY_BUILT_IN_DATABASE = 'true'
  const server = createServer((request, response) => response.end(String(sent.push(request.url ?? ''))))
    .listen(0, '127.0.0.1')
    .unref()
  await once(server, 'listening')
  const world = await aWholeWorkspace(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  for (const role of roles) {
    actors.set(`own ${role}`, await anActor(role, world.workspaceId))
    actors.set(`foreign ${role}`, await anActor(role))
  }
  refusing = { world, content: await contentOf(database, world.workspaceId) }
})

const thirdParty = () =>
  anHttpServer((_request, response) =>
    response.setHeader('content-type', 'application/json').end('{"error":"invalid_grant"}'),
  )
const codeOf = (result: Result<unknown>) => (result.ok ? 'own answer' : result.error.code)

test('every function that acts for a person is listed here', () => {
  expect(functionsOfActors().sort()).toEqual([...Object.keys(doors), ...steps].sort())
})

// Another's state is refused before anything else is looked at, and nobody may use a pending authorisation but who began it.
const isCallback = (name: string) => name.endsWith('#completeAuthorisation')

describe.each(Object.entries(doors))(
  '%s',
  (name, { permission, call, foreign = 'not_found', own, nameless = false }) => {
    test('works for whoever may, in their own workspace', async () => {
      const world = await aWholeWorkspace((await thirdParty()).url)
      const answer = await call(world.administrator, world)
      expect(codeOf(answer)).toBe(own ?? 'own answer')
      if (foreign === 'own answer' && !nameless) expect(JSON.stringify(answer)).toContain(marker)
    })

    test('is refused to every other role, and changes nothing', async () => {
      for (const role of roles.filter((role) => !may(role, permission))) {
        expect(codeOf(await call(actors.get(`own ${role}`)!, refusing.world))).toBe(
          isCallback(name) ? 'state_foreign' : 'not_allowed',
        )
      }
      await nothingHappened(name)
    })

    test('neither shows nor changes anything to people of another workspace, whatever their role', async () => {
      for (const role of roles.filter((role) => may(role, permission))) {
        const answer = await call(actors.get(`foreign ${role}`)!, refusing.world)
        expect(codeOf(answer)).toBe(foreign)
        expect(JSON.stringify(answer)).not.toContain(marker)
      }
      await nothingHappened(name)
    })
  },
)

/** Nothing was sent and nothing written. A callback consumes the state it is refused for, and is compared no further. */
async function nothingHappened(name: string): Promise<void> {
  expect(sent).toEqual([])
  const content = await contentOf(database, refusing.world.workspaceId)
  if (isCallback(name)) refusing.content = content
  else expect(content).toBe(refusing.content)
}
