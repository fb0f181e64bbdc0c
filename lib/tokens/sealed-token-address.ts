/** The row and field that a sealed token is bound to: it cannot be opened anywhere else. */
export function sealedTokenAddress(
  workspaceId: string,
  tokenId: string,
  field: 'sealedAccessToken' | 'sealedRefreshToken',
) {
  return { workspaceId, table: 'InstanceToken', rowId: tokenId, field }
}
