export function sealedTokenPlace(workspaceId: string, tokenId: string, field: 'sealedAccessToken' | 'sealedRefreshToken') {
  return { workspaceId, table: 'InstanceToken', rowId: tokenId, field }
}
