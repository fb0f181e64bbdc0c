-- What a connector was imported from, and what of the document could not be represented (DATA §16).
-- CreateEnum
CREATE TYPE "ImportLineKind" AS ENUM ('invalid', 'not_imported', 'changed', 'limit', 'note');

-- CreateTable
CREATE TABLE "Import" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "connectorId" UUID NOT NULL,
    "format" TEXT NOT NULL,
    "importedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "importedById" UUID,

    CONSTRAINT "Import_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ImportLine" (
    "id" UUID NOT NULL,
    "workspaceId" UUID NOT NULL,
    "connectorId" UUID NOT NULL,
    "importId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" "ImportLineKind" NOT NULL,
    "pointer" TEXT NOT NULL,
    "message" TEXT NOT NULL,

    CONSTRAINT "ImportLine_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Import_connectorId_importedAt_idx" ON "Import"("connectorId", "importedAt");

-- CreateIndex
CREATE UNIQUE INDEX "Import_workspaceId_connectorId_id_key" ON "Import"("workspaceId", "connectorId", "id");

-- CreateIndex
CREATE INDEX "ImportLine_importId_position_id_idx" ON "ImportLine"("importId", "position", "id");

-- AddForeignKey
ALTER TABLE "Import" ADD CONSTRAINT "Import_workspaceId_connectorId_fkey" FOREIGN KEY ("workspaceId", "connectorId") REFERENCES "Connector"("workspaceId", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ImportLine" ADD CONSTRAINT "ImportLine_workspaceId_connectorId_importId_fkey" FOREIGN KEY ("workspaceId", "connectorId", "importId") REFERENCES "Import"("workspaceId", "connectorId", "id") ON DELETE CASCADE ON UPDATE CASCADE;
