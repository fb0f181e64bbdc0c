/** The records that were found in a payload. Their texts are made when they are asked for, one at a time. */
export type Slices = {
  readonly count: number
  /** One record as a payload of its own. */
  one: (index: number) => string
  /** Several records as one payload; `end` is exclusive. */
  many: (begin: number, end: number) => string
}

/**
 * What counts as a record if a path finds lists. `items`: the items of each list. `only_list`: the items of the list if
 * it is the only value that is found, otherwise the values, as a data path says where records are.
 */
export type Expansion = 'items' | 'only_list'
