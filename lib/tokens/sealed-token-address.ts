/** What a sealed token is bound to: moved to another row or field, it does not open. */
export function sealedTokenAddress(
  workspaceId: string,
  tokenId: string,
  field: 'sealedAccessToken' | 'sealedRefreshToken',
) {
  return { workspaceId, table: 'InstanceToken', rowId: tokenId, field }
}
