import type { VariableDefinition } from '../definitions'
import type { InputKind } from '../vocabulary'

/** Kinds of input that hold the same texts: how a text is typed changes nothing about it. */
export const textKinds = ['text', 'multiline'] as const satisfies readonly InputKind[]

const always = ['displayName', 'defaultValue', 'helpText', 'alias'] as const satisfies (keyof VariableDefinition)[]

/** Whether the value of a variable is any text, in one line or in several. */
export function isText({ inputKind }: Pick<VariableDefinition, 'inputKind'>): boolean {
  return textKinds.some((kind) => kind === inputKind)
}

/** What may change on a locked variable (rule R13); a text may be typed in one line or in several, as a private key is. */
export function openWhenLocked(
  variable: Pick<VariableDefinition, 'inputKind'>,
): readonly ((typeof always)[number] | 'inputKind')[] {
  return isText(variable) ? [...always, 'inputKind'] : always
}
