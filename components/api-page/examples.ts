/**
 * The examples of the *API* page, which people copy. Tests run them (tests/e2e/api-page.spec.ts). Names are only written
 * into comments; an address and keys contain nothing that a shell or a string would read differently.
 */

/** What is called: the keys of an instance and of an endpoint that accepts its method (rule R1), with their names. */
export type ExampleCall = {
  instance: { key: string; name: string }
  endpoint: { key: string; name: string }
  /** The keys of the variables that it needs. */
  values: readonly string[]
  /** Whether it sends a JSON body. */
  sendsJson: boolean
}

/** Without an instance that can call something. */
export const placeholderCall: ExampleCall = {
  instance: { key: 'INSTANCE', name: 'an instance' },
  endpoint: { key: 'ENDPOINT', name: 'an endpoint' },
  values: [],
  sendsJson: false,
}

/** Where people put their key. */
const keyPlaceholder = 'pb_YOUR_KEY'

const callPath = ({ instance, endpoint }: ExampleCall) => `/instances/${instance.key}/endpoints/${endpoint.key}/call`
const callComment = ({ instance, endpoint }: ExampleCall) => `Call ${quoted(endpoint)} with ${quoted(instance)}`
const quoted = ({ key, name }: { key: string; name: string }) => (key === key.toUpperCase() ? name : `“${name}”`)
const valuesOf = ({ values }: ExampleCall) => Object.fromEntries(values.map((key) => [key, 'VALUE']))

/** @param api the address of the REST API, without a slash at the end */
export function curlExample(api: string, call: ExampleCall): string {
  return [curlListing(api), curlCall(api, call)].join('\n\n')
}

export function curlListing(api: string): string {
  return [
    `export PATCHBAY_KEY='${keyPlaceholder}'`,
    '',
    '# The instances that the key may use',
    `curl '${api}/instances' \\`,
    '  -H "Authorization: Bearer $PATCHBAY_KEY"',
  ].join('\n')
}

function curlCall(api: string, call: ExampleCall): string {
  const values = JSON.stringify(valuesOf(call))
  return [
    `# ${callComment(call)}`,
    [
      `curl -X POST '${api}${callPath(call)}'`,
      '  -H "Authorization: Bearer $PATCHBAY_KEY"',
      ...(call.values.length > 0 ? [`  -H 'Patchbay-Values: ${values}'`] : []),
      ...(call.sendsJson ? [`  -H 'Content-Type: application/json' -d '{}'`] : []),
    ].join(' \\\n'),
  ].join('\n')
}

export function typeScriptExample(api: string, call: ExampleCall): string {
  return [typeScriptListing(api), typeScriptCall(call)].join('\n\n')
}

export function typeScriptListing(api: string): string {
  return [
    `const api = '${api}'`,
    'const headers = { Authorization: `Bearer ${process.env.PATCHBAY_KEY}` }',
    '',
    '// The instances that the key may use',
    'const listed = await fetch(`${api}/instances`, { headers })',
    'if (!listed.ok) throw new Error(await listed.text())',
    'const { items } = (await listed.json()) as { items: { key: string; name: string; status: string }[] }',
    'for (const { key, name, status } of items) console.log(key, name, status)',
  ].join('\n')
}

function typeScriptCall(call: ExampleCall): string {
  const values = `{ ${call.values.map((key) => `${key}: 'VALUE'`).join(', ')} }`
  const headers = [
    '...headers',
    ...(call.values.length > 0 ? [`'Patchbay-Values': JSON.stringify(${values})`] : []),
    ...(call.sendsJson ? [`'Content-Type': 'application/json'`] : []),
  ]
  return [
    `// ${callComment(call)}`,
    `const called = await fetch(\`\${api}${callPath(call)}\`, {`,
    `  method: 'POST',`,
    headers.length === 1 ? '  headers,' : `  headers: { ${headers.join(', ')} },`,
    ...(call.sendsJson ? ['  body: JSON.stringify({}),'] : []),
    '})',
    `if (called.headers.get('Patchbay-Response') === 'patchbay') throw new Error(await called.text())`,
    'console.log(called.status, await called.text())',
  ].join('\n')
}

/** The configuration of an MCP client (Streamable HTTP), in the form that most of them read. */
export function mcpConfiguration(address: string): string {
  const patchbay = {
    type: 'http',
    url: `${address}/api/mcp`,
    headers: { Authorization: `Bearer ${keyPlaceholder}` },
  }
  return JSON.stringify({ mcpServers: { patchbay } }, null, 2)
}
