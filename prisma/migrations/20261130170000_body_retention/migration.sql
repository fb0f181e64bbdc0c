-- Bodies that are older than the retention of their workspace are found by it.
CREATE INDEX "RequestLogBody_workspaceId_at_idx" ON "RequestLogBody"("workspaceId", "at");
