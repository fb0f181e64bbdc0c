import { Badge } from '@/components/ui/badge'
import { inputKinds, type InputKind } from '@/lib/domain/vocabulary'

type Flags = { required: boolean; configurable: boolean; advanced: boolean; secret: boolean; inputKind: InputKind }

/**
 * The properties of a variable in a few words. If it is neither required, configurable nor advanced, nobody is asked
 * for it.
 */
export function VariableFlags({ variable }: { variable: Flags }) {
  const { required, configurable, advanced, secret, inputKind } = variable
  const words = [
    required && 'Required',
    configurable && 'Configurable',
    advanced && 'Advanced',
    !required && !configurable && !advanced && 'Not shown',
    secret && 'Secret',
    inputKind !== 'text' && inputKinds[inputKind],
  ].filter((word): word is string => Boolean(word))
  return (
    <span className="flex flex-wrap gap-1">
      {words.map((word) => (
        <Badge key={word} tone={word === 'Secret' ? 'accent' : 'plain'}>
          {word}
        </Badge>
      ))}
    </span>
  )
}
