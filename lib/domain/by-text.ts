/** Orders by code units, which is the same on every machine. */
export function byText<Item>(textOf: (item: Item) => string): (one: Item, other: Item) => number {
  return (one, other) => {
    const [first, second] = [textOf(one), textOf(other)]
    return first < second ? -1 : Number(first > second)
  }
}
