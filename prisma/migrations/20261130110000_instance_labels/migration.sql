-- AlterTable
ALTER TABLE "Instance" ADD COLUMN "externalId" TEXT,
ADD COLUMN "labels" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN "foldedTags" TEXT NOT NULL DEFAULT '';

-- CreateIndex
CREATE UNIQUE INDEX "Instance_workspaceId_connectorId_externalId_key" ON "Instance"("workspaceId", "connectorId", "externalId");
