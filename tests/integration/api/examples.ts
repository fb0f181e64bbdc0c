import type { WholeWorkspace } from '../security/whole-workspace'
import { systemDb } from '@/lib/platform/db/client'

/**
 * One valid request for every route of the API, by the ID of its operation: the tests send it with keys of every kind.
 */

export type Example = {
  /** Values of the address that differ from those of `addressOf`. */
  path?: Record<string, string>
  query?: string
  body?: object
  /** Default: 1, where the route needs one. */
  revision?: number
  /** The code of the refusal that is expected although the key may do it. */
  refusedWith?: string
}

type ExampleOf = (world: WholeWorkspace) => Example | Promise<Example>

/** The objects that addresses name. */
export function addressOf(w: WholeWorkspace): Record<string, string> {
  return {
    connectorId: w.connectorId,
    methodId: w.method.id,
    endpointId: w.endpointId,
    instanceId: w.instanceId,
    flowId: w.flowId,
    shapeId: w.shapeId,
    variableId: w.variableId,
    userId: w.memberId,
    keyId: w.keyId,
    invitationId: w.invitationId,
    id: w.request.id,
    preset: 'stripe',
  }
}

const nothing: ExampleOf = () => ({})
const aVariable = { key: 'new_one', displayName: 'New one' }
const document = (kind: 'connector' | 'authentication_method') =>
  JSON.stringify({
    patchbay: 1,
    kind,
    name: 'From a document',
    ...(kind === 'authentication_method' && { type: 'basic' }),
  })
const variableOf = async (where: { methodId: string } | { endpointId: string }) =>
  (await systemDb().variable.findFirstOrThrow({ where })).id

export const examples: Record<string, ExampleOf> = {
  list_instances: nothing,
  create_instance: (w) => ({
    body: {
      ...{ connectorId: w.connectorId, methodId: w.method.id, details: { name: 'Another shop' } },
      values: { username: 'x', password: 'y' },
    },
  }),
  get_instance: nothing,
  update_instance: () => ({ body: { details: { labels: ['new'] } } }),
  delete_instance: (w) => ({ path: { instanceId: w.spareInstanceId } }),
  discard_instance: (w) => ({ path: { instanceId: w.unauthorisedId } }),
  create_authorisation_link: (w) => ({ path: { instanceId: w.unauthorisedId } }),
  get_authorisation_link: async (w) => {
    const link = await systemDb().authorisationLink.findFirstOrThrow({ where: { workspaceId: w.workspaceId } })
    return { path: { instanceId: link.instanceId, linkId: link.id } }
  },
  list_offered_endpoints: nothing,
  test_instance: () => ({ body: { values: { password: 'y' } } }),
  check_instance: nothing,
  disable_instance: (w) => ({ path: { instanceId: w.spareInstanceId }, body: { confirmed: true } }),
  enable_instance: (w) => ({ path: { instanceId: w.spareInstanceId } }),
  explain_instance: nothing,
  list_timeline: nothing,
  list_replacements: nothing,
  preview_replacement: (w) => ({ body: { newInstanceId: w.spareInstanceId } }),
  replace_instance: (w) => ({
    body: { newInstanceId: w.spareInstanceId, flows: [{ flowId: w.flowId, revision: 99, losing: [] }] },
    refusedWith: 'changed_by_someone_else',
  }),

  list_connectors: nothing,
  create_connector: () => ({ body: { name: 'Shop', systemType: 'ecommerce' } }),
  preview_connector_document: () => ({ body: { document: document('connector') } }),
  get_connector_import: nothing,
  get_connector_document: nothing,
  get_endpoint_schemas: nothing,
  list_import_lines: nothing,
  import_connector: () => ({ body: { document: document('connector') } }),
  apply_connector_document: () => ({ body: { document: document('connector') } }),
  compare_connector_document: () => ({ body: { document: document('connector') } }),
  import_curl_command: () => ({
    body: { command: 'curl -u ada:x https://curl.acme.test/orders -d a=1', name: 'From curl', instanceName: 'Ada' },
  }),
  read_curl_command: () => ({ body: { command: 'curl -u ada:x https://curl.acme.test/orders' } }),
  list_imports: nothing,
  start_import: () => ({ body: { text: document('connector') } }),
  begin_import_upload: () => ({ body: { fileName: 'openapi.json' } }),
  import_file: () => ({ query: 'fileName=openapi.json', body: {} }),
  apply_import: (w) => ({ path: { importId: w.comparedId } }),
  get_import: (w) => ({ path: { importId: w.importId } }),
  store_import_chunk: (w) => ({ path: { importId: w.uploadId }, body: { position: 0, bytes: 'e30=' } }),
  finish_import_upload: (w) => ({ path: { importId: w.uploadId } }),
  list_import_items: (w) => ({ path: { importId: w.importId } }),
  list_import_tags: (w) => ({ path: { importId: w.importId } }),
  list_import_report: (w) => ({ path: { importId: w.importId } }),
  choose_import_items: (w) => ({ path: { importId: w.importId }, body: { chosen: false } }),
  name_import: (w) => ({ path: { importId: w.importId }, body: { name: 'Another name' } }),
  get_import_item: (w) => ({ path: { importId: w.importId, itemId: w.itemId } }),
  update_from_preset: nothing,
  rename_import_item: (w) => ({ path: { importId: w.importId, itemId: w.itemId }, body: { name: 'Another name' } }),
  confirm_import: (w) => ({ path: { importId: w.importId } }),
  cancel_import: (w) => ({ path: { importId: w.importId } }),
  get_connector: nothing,
  update_connector: () => ({ body: { description: 'New' } }),
  delete_connector: () => ({ refusedWith: 'in_use' }),
  duplicate_connector: () => ({ body: { versionLabel: 'v2' } }),
  disable_connector: () => ({ body: { confirmed: false }, refusedWith: 'confirmation_needed' }),
  enable_connector: nothing,
  get_connector_parameters: nothing,
  update_connector_parameters: () => ({
    body: { parameters: [{ id: null, place: 'header', key: 'X-A', value: 'a' }] },
  }),
  list_pending_origins: nothing,
  confirm_origin: () => ({ body: { origin: 'https://new.acme.test' } }),
  preview_revocation: nothing,
  revoke_connector_tokens: nothing,
  list_presets: nothing,
  install_connector: nothing,

  list_methods: nothing,
  create_method: () => ({ body: { name: 'New', type: 'basic' } }),
  import_method: () => ({ body: { document: document('authentication_method') } }),
  preview_method_document: () => ({ body: { document: document('authentication_method') } }),
  add_preset_method: () => ({ body: { preset: 'stripe', method: 'Secret key' } }),
  get_method: nothing,
  update_method: () => ({ body: { timeoutSeconds: 20 } }),
  delete_method: (w) => ({ path: { methodId: w.unusedMethod.id } }),
  get_method_document: nothing,
  replace_method: () => ({ body: { document: document('authentication_method'), confirmed: true } }),
  set_method_value: (w) => ({ path: { variableId: w.method.variables.password! }, body: { value: 'x' } }),
  list_connector_variable_uses: nothing,
  save_variable_use: () => ({ body: { use: { required: false, configurable: true, advanced: false } } }),
  discover_server: () => ({ body: { issuer: 'ftp://login.acme.test' }, refusedWith: 'invalid_url' }),

  list_endpoints: nothing,
  create_endpoint: () => ({
    body: { name: 'New', entityType: '', direction: 'receive', httpMethod: 'GET', url: '/x' },
  }),
  create_endpoints: () => ({
    body: {
      entityType: '',
      endpoints: [{ name: 'New', direction: 'receive', httpMethod: 'GET', url: '/x/{{ id }}', variables: ['id'] }],
    },
  }),
  get_endpoint: nothing,
  update_endpoint: () => ({ body: { url: '/orders/all' } }),
  delete_endpoint: (w) => ({ path: { endpointId: w.spareEndpointId } }),
  clone_endpoint: () => ({ body: { name: 'Copy' } }),
  list_entity_types: nothing,
  list_method_switches: nothing,
  set_enablement: () => ({ body: { enabled: true } }),
  get_matrix: nothing,
  apply_matrix: (w) => ({ body: { changes: [{ methodId: w.method.id, enable: [w.spareEndpointId], disable: [] }] } }),
  plan_matrix: (w) => ({ body: { changes: [{ methodId: w.method.id, enable: [], disable: [w.endpointId] }] } }),

  list_variables: nothing,
  create_variable: () => ({ body: aVariable, query: 'confirmed=true' }),
  create_variables: () => ({ body: { variables: [{ key: 'new_one' }], confirmed: true } }),
  reorder_variables: (w) => ({ body: { order: [w.variableId] } }),
  get_variable: nothing,
  update_variable: () => ({ body: { helpText: 'Help' }, query: 'confirmed=true' }),
  delete_variable: () => ({ query: 'confirmed=true' }),
  list_removal_questions: nothing,
  list_variables_of_method: nothing,
  create_variable_of_method: () => ({ body: aVariable, query: 'confirmed=true' }),
  create_variables_of_method: () => ({ body: { variables: [{ key: 'new_one' }], confirmed: true } }),
  reorder_variables_of_method: (w) => ({ body: { order: Object.values(w.method.variables) } }),
  get_variable_of_method: (w) => ({ path: { variableId: w.method.variables.username! } }),
  update_variable_of_method: (w) => ({
    path: { variableId: w.method.variables.username! },
    ...{ body: { helpText: 'Help' }, query: 'confirmed=true' },
  }),
  delete_variable_of_method: (w) => ({
    path: { variableId: w.method.variables.username! },
    ...{ query: 'confirmed=true', refusedWith: 'locked_variable' },
  }),
  list_removal_questions_of_method: (w) => ({ path: { variableId: w.method.variables.username! } }),
  list_variables_of_endpoint: nothing,
  create_variable_of_endpoint: () => ({ body: aVariable, query: 'confirmed=true' }),
  create_variables_of_endpoint: () => ({ body: { variables: [{ key: 'new_one' }], confirmed: true } }),
  reorder_variables_of_endpoint: async (w) => ({
    body: { order: [await variableOf({ endpointId: w.endpointId })] },
  }),
  get_variable_of_endpoint: async (w) => ({ path: { variableId: await variableOf({ endpointId: w.endpointId }) } }),
  update_variable_of_endpoint: async (w) => ({
    path: { variableId: await variableOf({ endpointId: w.endpointId }) },
    ...{ body: { helpText: 'Help' }, query: 'confirmed=true' },
  }),
  delete_variable_of_endpoint: async (w) => ({
    path: { variableId: await variableOf({ endpointId: w.endpointId }) },
    query: 'confirmed=true',
  }),
  list_removal_questions_of_endpoint: async (w) => ({
    path: { variableId: await variableOf({ endpointId: w.endpointId }) },
  }),

  list_flows: nothing,
  create_flow: () => ({ body: { name: 'New' } }),
  get_flow: nothing,
  update_flow: () => ({ body: { description: 'New' } }),
  delete_flow: (w) => ({ path: { flowId: w.spareFlowId } }),
  add_shape: () => ({ body: { name: 'New' } }),
  get_shape_settings: nothing,
  save_shape: () => ({ body: { name: 'Renamed' } }),
  remove_shape: nothing,
  move_shape: () => ({ body: { x: 5, y: 5 } }),
  reorder_shape: () => ({ body: { parentId: null } }),
  run_shape: nothing,

  list_requests: nothing,
  get_request: (w) => ({ query: `at=${encodeURIComponent(w.request.at)}` }),
  get_request_bodies: (w) => ({ query: `at=${encodeURIComponent(w.request.at)}` }),
  list_changes: nothing,
  get_connector_history: nothing,
  search_workspace: () => ({ query: 'text=Zanzibar' }),

  list_workers: nothing,

  list_people: nothing,
  change_role: () => ({ body: { role: 'manager' } }),
  preview_person_removal: nothing,
  remove_person: nothing,
  create_reset_link: nothing,
  list_invitations: nothing,
  invite_person: () => ({ body: { email: 'someone@example.com', role: 'user' } }),
  get_invitation: nothing,
  renew_invitation: nothing,
  withdraw_invitation: nothing,
  list_api_keys: nothing,
  create_api_key: () => ({ body: { name: 'New', role: 'user' } }),
  get_api_key: nothing,
  update_api_key: nothing,
  save_api_key: () => ({ body: { name: 'Renamed' } }),
  revoke_api_key: nothing,
}
