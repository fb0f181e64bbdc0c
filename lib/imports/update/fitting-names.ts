import { FreeNames } from '@/lib/domain/free-names'
import { foldName } from '@/lib/domain/names'
import type { PartValue } from './item-parts'

export type Named = { key: string; name: string }

/** Names of siblings differ, so a part that gets another one may have to do without. */
export class FittingNames {
  readonly #names = new FreeNames(foldName)

  constructor(taken: readonly string[]) {
    for (const name of taken) this.#names.take(name)
  }

  /** A part that is here keeps its name if the document’s is taken; a new one gets a number. */
  fitting(here: PartValue | null, after: PartValue): PartValue {
    const { name } = after as PartValue & Named
    if (here === null) return { ...after, name: this.#names.takeFree(name) }
    const own = (here as PartValue & Named).name
    if (foldName(name) === foldName(own) || this.#names.take(name)) return after
    return { ...after, name: own }
  }
}
