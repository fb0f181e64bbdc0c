export type TemplateToken = { text: string; kind: 'text' | 'mark' | 'known' | 'unknown' | 'filter' | 'flow' }

const output = /\{\{([\s\S]*?)\}\}|\[\[([^[\]]*)\]\]/g

/** The variable an output names: `{{ account | downcase }}` → account, `{{ step1.url }}` → step1; null for a literal. */
function namedVariable(inside: string): string | null {
  return /^\s*([A-Za-z_]\w*)/.exec(inside)?.[1] ?? null
}

function outputTokens(inside: string, isKnown: (key: string) => boolean): TemplateToken[] {
  const pipe = inside.indexOf('|')
  const expression = pipe === -1 ? inside : inside.slice(0, pipe)
  const key = namedVariable(expression)
  const literal = key === null && /^\s*(['"\d]|$)/.test(expression)
  const [, before = '', words = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(expression) ?? []
  const tokens: TemplateToken[] = [
    { text: `{{${before}`, kind: 'mark' },
    { text: words, kind: literal || (key !== null && isKnown(key)) ? 'known' : 'unknown' },
    { text: after, kind: 'mark' },
  ]
  if (pipe !== -1) tokens.push({ text: inside.slice(pipe), kind: 'filter' })
  return [...tokens, { text: '}}', kind: 'mark' }]
}

/** Cuts a template into what is coloured differently. Joined again, the texts are the template. */
export function templateTokens(template: string, isKnown: (key: string) => boolean): TemplateToken[] {
  const tokens: TemplateToken[] = []
  let end = 0
  for (const match of template.matchAll(output)) {
    if (match.index > end) tokens.push({ text: template.slice(end, match.index), kind: 'text' })
    if (match[1] === undefined) tokens.push({ text: match[0], kind: 'flow' })
    else tokens.push(...outputTokens(match[1], isKnown))
    end = match.index + match[0].length
  }
  if (end < template.length) tokens.push({ text: template.slice(end), kind: 'text' })
  return tokens
}

/** The variables a template names and nobody has defined, each once. */
export function unknownVariables(template: string, isKnown: (key: string) => boolean): string[] {
  const names = templateTokens(template, isKnown)
    .filter((token) => token.kind === 'unknown')
    .map((token) => namedVariable(token.text) ?? token.text.trim())
  return [...new Set(names)]
}

export type Completion = { from: number; prefix: string; kind: 'variable' | 'filter' }

/** What could be completed at the caret: a variable after `{{`, a filter after `|`. */
export function completionAt(template: string, caret: number): Completion | null {
  const before = template.slice(0, caret)
  const variable = /\{\{\s*([A-Za-z_]\w*)?$/.exec(before)
  if (variable) return { from: caret - (variable[1] ?? '').length, prefix: variable[1] ?? '', kind: 'variable' }
  const filter = /\{\{[^{}]*\|\s*([a-z_]\w*)?$/.exec(before)
  if (filter) return { from: caret - (filter[1] ?? '').length, prefix: filter[1] ?? '', kind: 'filter' }
  return null
}

/** The template with the choice put in, and where the caret goes. */
export function complete(template: string, caret: number, completion: Completion, choice: string): { template: string; caret: number } {
  const rest = template.slice(caret).replace(/^\w*/, '')
  const closing = completion.kind === 'variable' && !/^\s*(\}\}|\|)/.test(rest) ? ' }}' : ''
  const space = completion.kind === 'variable' && template[completion.from - 1] === '{' ? ' ' : ''
  const head = template.slice(0, completion.from) + space + choice + closing
  const tail = space !== '' && closing === '' && rest.startsWith('}}') ? ` ${rest}` : rest
  return { template: head + tail, caret: head.length }
}
