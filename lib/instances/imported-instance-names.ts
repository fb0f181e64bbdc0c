import { FreeNames } from '@/lib/domain/free-names'
import { foldName } from '@/lib/domain/names'

/** Leaves space for a number. */
const longest = { environment: 50, method: 60 }

/**
 * The names of instances for sets of values, each once: the environment, or with the method where several have values
 * in it.
 */
export function importedInstanceNames(found: readonly { method: string; environment: string }[]): string[] {
  const names = new FreeNames(foldName)
  return found.map(({ method, environment }) => {
    if (environment === '') return names.takeFree(method.slice(0, 110))
    const isOnly = found.filter((other) => other.environment === environment).length === 1
    const withMethod = `${environment.slice(0, longest.environment)} (${method.slice(0, longest.method)})`
    return names.takeFree(isOnly ? environment : withMethod)
  })
}
