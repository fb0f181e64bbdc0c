type Placed = { place: string; key: string }

/**
 * Gives each parameter the ID of the stored one with its place and key, in order, so that values of it stay. A second
 * parameter with the same place and key gets the second stored one.
 * @param stored in their order
 */
export function withStoredIds<Parameter extends Placed>(
  parameters: readonly Parameter[],
  stored: readonly (Placed & { id: string })[],
): (Parameter & { id: string | null })[] {
  const free = [...stored]
  return parameters.map((parameter) => {
    const index = free.findIndex(({ place, key }) => place === parameter.place && key === parameter.key)
    return { ...parameter, id: index < 0 ? null : free.splice(index, 1)[0]!.id }
  })
}
