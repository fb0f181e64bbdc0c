/**
 * What the conformance suite of MCP asks of its own example server and what does not apply to Patchbay, by reason: whole
 * scenarios, and single checks as `scenario: check`. Everything else has to pass, and what is listed here has to fail, so
 * that the list stays true.
 */

type NotApplicable = Record<string, readonly string[]>

const exampleTools = ['simple-text', 'image', 'audio', 'embedded-resource', 'mixed-content', 'error', 'with-progress']
const examplePrompts = ['list', 'get-simple', 'get-with-args', 'get-embedded-resource', 'get-with-image']

const both: NotApplicable = {
  'Patchbay offers tools only: no prompts, no resources and no completion.': [
    ...['completion-complete', ...examplePrompts.map((name) => `prompts-${name}`)],
    ...['list', 'read-text', 'read-binary', 'templates-read'].map((name) => `resources-${name}`),
  ],
  'Calls a tool that only the example server of the suite has.': [
    ...[...exampleTools.map((name) => `tools-call-${name}`), 'json-schema-2020-12'],
  ],
}

const inputRequired = [
  ...['basic-elicitation', 'basic-sampling', 'basic-list-roots', 'request-state', 'multiple-input-requests'],
  ...['multi-round', 'result-type', 'tampered-state', 'capability-check'],
]
const tasks = [
  ...['lifecycle', 'capability-negotiation', 'wire-fields', 'request-state-removal', 'mrtr-input', 'request-headers'],
  ...['dispatch-and-envelope', 'required-task-error', 'mrtr-composition'],
]

export const notApplicable: Record<string, NotApplicable> = {
  '2026-07-28': {
    ...both,
    'Patchbay offers tools only, so only their list has hints for caches, and only tools are called.': [
      'caching: sep-2549-prompts-list-caching-hints',
      'caching: sep-2549-resources-list-caching-hints',
      'caching: sep-2549-resources-templates-list-caching-hints',
      'input-required-result-non-tool-request',
    ],
    'No tool asks the client for input, for a model or for its folders.': [
      ...inputRequired.map((name) => `input-required-result-${name}`),
    ],
    'Needs a diagnostic tool of the example server; the other checks of the scenario pass.': [
      'server-stateless: sep-2575-server-rejects-undeclared-capability',
      'server-stateless: sep-2575-missing-capability-http-400',
      'server-stateless: sep-2575-http-server-no-independent-requests-on-stream',
      'server-stateless: sep-2575-server-no-log-without-loglevel',
    ],
    'The extension Tasks, which no revision requires (the suite never scores it).': tasks.map(
      (name) => `tasks-${name}`,
    ),
    'No tool repeats a parameter in a header (x-mcp-header; the suite never scores it).': [
      'http-custom-header-server-validation',
    ],
  },
  '2025-11-25': {
    ...both,
    'Patchbay offers tools only, and writes no log to clients.': [
      ...['resources-subscribe', 'resources-unsubscribe', 'logging-set-level', 'tools-call-with-logging'],
    ],
    'No tool asks the client for input or for a model.': [
      ...['tools-call-sampling', 'tools-call-elicitation', 'elicitation-sep1034-defaults', 'elicitation-sep1330-enums'],
    ],
  },
}

/** The checks that failed and are not listed, and the lines of the list that no failed check justifies. */
export function compareWithList(failed: readonly string[], list: NotApplicable) {
  const lines = Object.values(list).flat()
  const covers = (line: string, check: string) =>
    // The form of every message is checked everywhere, whatever the scenario needs.
    line === check || (check.startsWith(`${line}: `) && !check.endsWith(': wire-schema-valid'))
  return {
    unexpected: failed.filter((check) => !lines.some((line) => covers(line, check))),
    outdated: lines.filter((line) => !failed.some((check) => covers(line, check))),
  }
}
